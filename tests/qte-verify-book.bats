#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Books: trades, positions and bars held against one another.

load helper

setup()
{
	cd "$TMP" || return
	mkdir book
	cat >book/market_data.csv <<-'END'
		symbol,timestamp,open,high,low,close,volume
		AAA,2024-01-02T14:30:00Z,10,10.50,9.50,10.20,1000
		BBB,2024-01-02T14:30:00Z,20,20.50,19.50,20.20,1000
		AAA,2024-01-02T14:31:00Z,10.20,10.60,10.10,10.50,1000
		BBB,2024-01-02T14:31:00Z,20.20,20.60,20.10,20.50,1000
		AAA,2024-01-02T14:32:00Z,10.50,10.70,10.40,10.60,1000
		BBB,2024-01-02T14:32:00Z,20.50,20.70,20.40,20.60,1000
	END
	cat >book/trades.csv <<-'END'
		trade_id,timestamp,symbol,side,quantity,price,commission
		T1,2024-01-02T14:30:05Z,AAA,BUY,100,10.10,1.00
		T2,2024-01-02T14:31:59Z,AAA,BUY,50,10.55,
		T3,2024-01-02T14:32:00Z,AAA,SELL,30,10.70,0.35
		T4,2024-01-02T14:32:10Z,BBB,BUY,10,20.50,0
	END
	cat >book/portfolio.csv <<-'END'
		symbol,quantity,avg_price
		AAA,120,10.25
		BBB,10,20.50
		CASH,8577.15,
	END
}

# verify [OPTION]...: check the book that began with 10000.
verify()
{
	qte-verify --profile=book --initial-cash=10000 "$@" book
}

# finds STATUS LINE... [-- OPTION...]: the findings as "FILE:LINE:COL rule", and
# the status.  What run calls lines it sets in here too.
finds()
{
	local want=$1 expected=()
	shift
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		expected+=("$1")
		shift
	done
	run --separate-stderr verify "${@:2}"
	assert_equal "$status" "$want"
	run jq -r 'select(.type == "finding") |
		"\(.file | sub("book/"; "")):\(.line // 0):\(.col // 0) \(.rule)"' \
		<<<"$output"
	assert_equal "$output" "$(printf '%s\n' "${expected[@]}")"
}

# put LINE TEXT [FILE]: that line of a file of the book, trades.csv by default.
put()
{
	TEXT=$2 awk -v n="$1" 'NR == n { $0 = ENVIRON["TEXT"] } 1' \
		"book/${3-trades.csv}" >new
	mv new "book/${3-trades.csv}"
}

# add TEXT...: rows behind those of trades.csv.
add()
{
	printf '%s\n' "$@" >>book/trades.csv
}

@test "book: a file in place of the directory is refused" {
	run -64 --separate-stderr qte-verify --profile=book book/trades.csv
	refute_output --partial '"verified"'
	# shellcheck disable=SC2154 # bats sets it.
	assert_equal "${stderr%: --profile*}" \
		'qte-verify: book/trades.csv: is not a directory'
}

@test "book: no output replaces one of its files" {
	cp book/trades.csv before
	for option in -o --split-bad; do
		run -64 verify $option book/trades.csv
		assert_line --index 0 --partial "'book/trades.csv' is one of"
	done
	cmp before book/trades.csv
}

@test "book: one that is right is found right, from any place" {
	finds 0
	cd book
	run qte-verify --profile=book --initial-cash=10000 --format=text .
	assert_success
	assert_output "OK: ./market_data.csv - 6 rows
OK: ./trades.csv - 4 rows
OK: ./portfolio.csv - 3 rows"
	QTE_VERIFY_DATA=$PWD run qte-verify --profile=book --initial-cash=10000 \
		--format=text
	assert_success
}

@test "book: a trade_id that stands twice" {
	put 5 'T1,2024-01-02T14:32:10Z,BBB,BUY,10,20.50,0'
	finds 1 'trades.csv:5:1 duplicate-trade-id'
}

@test "book: a trade_id that stands twice is found in trades alone, too" {
	put 5 'T1,2024-01-02T14:32:10Z,BBB,BUY,10.0000000001,20.50,0'
	run -1 qte-verify --format=text book/trades.csv
	assert_line 'book/trades.csv:5:1: error: a trade before has this trade_id [duplicate-trade-id]'
	assert_line 'FAILED: book/trades.csv - 4 rows: 1 error'
	put 5 't1,2024-01-02T14:32:10Z,BBB,BUY,10.0000000001,20.50,0'
	run -0 qte-verify book/trades.csv
	run -1 qte-verify - < <(printf '%s\n' trade_id,time,symbol,side,quantity,price \
		1,2024-01-02,A,BUY,1,1 1,2024-01-03,A,BUY,1,1)
	assert_line --partial '"rule":"duplicate-trade-id","severity":"error","file":"-","line":3,"column":"trade_id","field":1,'
}

@test "book: a row that stands twice counts once, one with the same id twice" {
	add 'T2,2024-01-02T14:31:59Z,AAA,BUY,50,10.55,'
	finds 1 'trades.csv:6:1 duplicate-trade-id'
	put 6 't2,2024-01-02T14:31:59Z,AAA,BUY,50,10.55,'
	finds 1 'portfolio.csv:2:5 position-mismatch' \
		'portfolio.csv:4:6 cash-mismatch' 'portfolio.csv:4:6 equity-mismatch'
}

@test "book: a side that is neither BUY nor SELL, a quantity not above 0" {
	put 5 'T4,2024-01-02T14:32:10Z,BBB,buy,10,20.50,0'
	finds 1 'trades.csv:5:29 bad-side'
	put 5 'T4,2024-01-02T14:32:10Z,BBB,BUY,0,20.50,0'
	finds 1 'trades.csv:5:33 bad-quantity'
	put 5 'T4,2024-01-02T14:32:10Z,BBB,BUY,-10,20.50,0'
	finds 1 'trades.csv:5:33 bad-quantity'
}

@test "book: a fee below 0 is found and counted; blank or without column is 0" {
	put 5 'T4,2024-01-02T14:32:10Z,BBB,BUY,10,20.50,-0.01'
	put 4 'CASH,8577.16,' portfolio.csv
	finds 1 'trades.csv:5:42 negative-fee'
	cut -d, -f1-6 book/trades.csv >new
	mv new book/trades.csv
	put 4 'CASH,8578.50,' portfolio.csv
	finds 0
}

@test "book: a symbol without bars, in the trades and in the portfolio" {
	add 'T5,2024-01-02T14:31:10Z,CCC,BUY,5,10,0'
	put 4 'CASH,8527.15,' portfolio.csv
	echo 'CCC,5,10' >>book/portfolio.csv
	finds 1 'trades.csv:6:25 orphan-symbol' 'portfolio.csv:5:1 orphan-symbol'
}

@test "book: a symbol without bars is nothing where nothing is held of it" {
	echo 'CCC,0,0' >>book/portfolio.csv
	finds 0
}

@test "book: a bar covers its time up to the next one, and no more" {
	put 5 'T4,2024-01-02T14:32:59.999999999Z,BBB,BUY,10,20.50,0'
	finds 0
	put 5 'T4,2024-01-02T14:33:00Z,BBB,BUY,10,20.50,0'
	finds 1 'trades.csv:5:4 trade-no-bar'
	finds 0 -- --interval=61s
	put 5 'T4,2024-01-02T14:29:59.999999999Z,BBB,BUY,10,20.50,0'
	finds 1 'trades.csv:5:4 trade-no-bar'
	put 5 'T4,2024-01-02T14:30:00Z,BBB,BUY,10,20.50,0'
	finds 0
}

@test "book: a hole between bars is no bar" {
	sed -i '/^BBB.*14:31/d' book/market_data.csv
	put 5 'T4,2024-01-02T14:31:00Z,BBB,BUY,10,20.50,0'
	finds 1 'trades.csv:5:4 trade-no-bar'
}

@test "book: bars of days hold all trades of the day, over weekends too" {
	cat >book/market_data.csv <<-'END'
		timestamp,open,high,low,close,volume,symbol
		2024-01-05,10,11,9,10,1,AAA
		2024-01-08,10,11,9,10,1,AAA
		2024-01-05,20,21,19,20,1,BBB
		2024-01-08,20,21,19,20,1,BBB
	END
	sed -i 's/2024-01-02/2024-01-05/' book/trades.csv
	finds 0
	sed -i 's/2024-01-05T14:32:10/2024-01-06T00:00:00/' book/trades.csv
	finds 1 'trades.csv:5:4 trade-no-bar'
}

@test "book: the order of bars and of trades does not matter" {
	(head -n 1 book/market_data.csv && tail -n +2 book/market_data.csv |
		sort -r) >new
	mv new book/market_data.csv
	(head -n 1 book/trades.csv && tail -n +2 book/trades.csv | sort -r) >new
	mv new book/trades.csv
	finds 0 -- --disable=not-monotonic
	put 2 'T4,2024-01-02T14:31:10Z,BBB,BUY,10,20.61,0'
	put 4 'CASH,8576.05,' portfolio.csv
	put 3 'BBB,10,20.61' portfolio.csv
	finds 1 'trades.csv:2:36 trade-price-outside-bar' -- \
		--disable=not-monotonic
}

@test "book: a price at the edge of its bar is in it, one beyond is not" {
	put 4 'T3,2024-01-02T14:32:00Z,AAA,SELL,30,10.4,0.35'
	put 4 'CASH,8568.15,' portfolio.csv
	finds 0
	put 4 'T3,2024-01-02T14:32:00Z,AAA,SELL,30,10.39,0.35'
	put 4 'CASH,8567.85,' portfolio.csv
	finds 1 'trades.csv:4:37 trade-price-outside-bar'
	run verify
	assert_line --partial '"expected":">= 10.4 (low)"'
	put 4 'T3,2024-01-02T14:32:00Z,AAA,SELL,30,10.700000001,0.35'
	put 4 'CASH,8577.15000003,' portfolio.csv
	finds 1 'trades.csv:4:37 trade-price-outside-bar'
}

@test "book: a trade while the market is closed, by its clock" {
	finds 0 -- --session=14:30-14:33
	finds 1 'trades.csv:3:4 trade-outside-session' \
		'trades.csv:4:4 trade-outside-session' \
		'trades.csv:5:4 trade-outside-session' -- --session=14:30-14:31
	finds 0
	printf 'tz America/New_York\nsession 09:30-16:00\n' >new-york
	finds 0 -- --calendar=new-york
	echo 2024-01-02 >>new-york
	run verify --calendar=new-york --only=trade-outside-session
	assert_equal "$(grep -c '"finding"' <<<"$output")" 4
}

@test "book: a trade of a date alone is of that day, whatever the zone" {
	sed -i 's/T14:3[012]:[0-9]*Z//' book/*.csv
	sed -i '4,$d' book/market_data.csv
	put 4 'T3,2024-01-02,AAA,SELL,30,10.40,0.35'
	put 3 'T2,2024-01-02,AAA,BUY,50,10.40,'
	for zone in America/New_York Asia/Shanghai; do
		printf 'tz %s\nsession 09:30-16:00\n' $zone >days
		run verify --interval=1d --calendar=days \
			--only=trade-outside-session
		assert_equal "$status$(grep '"finding"' <<<"$output")" 0
		echo 2024-01-02 >>days
		run verify --interval=1d --calendar=days \
			--only=trade-outside-session
		assert_equal "$(grep -c '"finding"' <<<"$output")" 4
	done
}

@test "book: a position that the trades do not leave" {
	put 2 'AAA,121,10.25' portfolio.csv
	finds 1 'portfolio.csv:2:5 position-mismatch' \
		'portfolio.csv:4:6 equity-mismatch'
	put 2 'AAA,120.000000001,10.25' portfolio.csv
	finds 1 'portfolio.csv:2:5 position-mismatch'
	put 2 'AAA,120.000,10.25' portfolio.csv
	finds 0
}

@test "book: a position without a row, and a row without trades" {
	sed -i 2d book/portfolio.csv
	finds 1 'portfolio.csv:0:0 position-mismatch' \
		'portfolio.csv:3:6 equity-mismatch'
	run verify
	assert_line --partial '"symbol":"AAA","expected":"120"'
	put 2 'AAA,120,10.25' portfolio.csv
	finds 1 'portfolio.csv:0:0 position-mismatch' \
		'portfolio.csv:3:6 equity-mismatch'
}

@test "book: a row of the portfolio that cannot be read may be any" {
	put 4 CASH,8577.15 portfolio.csv
	finds 1 'portfolio.csv:4:13 column-count'
	put 2 AAA,120 portfolio.csv
	finds 1 'portfolio.csv:2:8 column-count' 'portfolio.csv:4:13 column-count'
}

@test "book: of bars of a day the market's midnight is a day, another time none" {
	printf 'tz America/New_York\nsession 09:30-16:00\n' >days
	for time in 05:00:00 00:00:00; do
		sed -i "s/T[0-9:]*Z/T${time}Z/" book/trades.csv
		run verify --interval=1d --calendar=days \
			--only=trade-outside-session
		# Midnight of New York, and the evening of the day before.
		assert_equal "$(grep -c '"finding"' <<<"$output")" \
			"$([ $time = 05:00:00 ] && echo 0 || echo 4)"
	done
}

@test "book: what was not judged for want of a trade is said" {
	finds 0
	run -0 --separate-stderr verify
	# shellcheck disable=SC2154 # bats sets it.
	assert_equal "$stderr" ''
	put 3 'T2,2024-01-02T14:31:59Z,AAA,BUY,x,10.55,'
	finds 1 'trades.csv:3:33 not-a-number'
	run -1 --separate-stderr verify
	assert_equal "$stderr" 'qte-verify: warning: book: cash, equity and a position were not judged by the trades: a trade of it cannot be counted'
	put 3 'T2,2024-01-02T14:31:59Z,AAA,BUY'
	run -1 --separate-stderr verify
	assert_equal "$stderr" 'qte-verify: warning: book: positions, cash and equity were not judged by the trades: a row of trades.csv cannot be read'
	rm book/trades.csv
	run -1 --separate-stderr verify
	assert_equal "$stderr" 'qte-verify: warning: book: positions, cash and equity were not judged by the trades: not all of them were read'
}

@test "book: what was not judged for want of a price or a row is said" {
	said()
	{
		run --separate-stderr verify "${@:2}"
		# shellcheck disable=SC2154 # bats sets it.
		assert_equal "$stderr" "qte-verify: $1"
	}
	cp -r book kept
	put 6 'AAA,2024-01-02T14:32:00Z,10.50,10.70,10.40,1x,1' market_data.csv
	said 'warning: book: equity was not judged: the last price of a holding is not known'
	cp kept/* book
	put 3 'BBB,ten,' portfolio.csv
	said 'warning: book: equity was not judged: a row of portfolio.csv cannot be counted'
	put 3 BBB,10 portfolio.csv
	said 'warning: book: equity and what has no row were not judged: not all rows of portfolio.csv were read'
	# Nothing is missing from a file of which no column is known.
	sed -i '1s/quantity/many/' book/portfolio.csv
	said 'warning: book: equity and what has no row were not judged: not all rows of portfolio.csv were read'
	finds 1 'portfolio.csv:1:1 missing-column' 'portfolio.csv:1:8 unknown-column' \
		'portfolio.csv:3:7 column-count'
	cp kept/* book
	run -0 --separate-stderr qte-verify -v --profile=book book
	assert_equal "$(grep -c 'cash and equity were not judged by the trades: there is no --initial-cash' \
		<<<"$stderr")" 1
	run -0 --separate-stderr qte-verify --profile=book book
	assert_equal "$stderr" ''
	# The portfolio's own sum needs no trades.
	echo 'EQUITY,10055.16,' >>book/portfolio.csv
	put 5 'T4,2024-01-02T14:32:10Z,BBB,BUY,ten,20.50,0'
	finds 1 'trades.csv:5:33 not-a-number' 'portfolio.csv:5:8 equity-mismatch'
}

@test "book: an equity that is not what the portfolio is worth" {
	echo EQUITY,9999, >>book/portfolio.csv
	run verify --format=text
	assert_line --partial 'the equity is 9999, cash and holdings are worth 10055.15 [equity-mismatch]'
}

@test "book: a position that is closed needs no row" {
	add 'T5,2024-01-02T14:32:30Z,BBB,SELL,10,20.50,0'
	put 4 'CASH,8782.15,' portfolio.csv
	put 3 'BBB,0,' portfolio.csv
	finds 0
	sed -i 3d book/portfolio.csv
	finds 0
}

@test "book: what is sold without being held is short, unless that is allowed" {
	add 'T5,2024-01-02T14:32:30Z,BBB,SELL,15,20.50,0'
	put 3 'BBB,-5,20.50' portfolio.csv
	put 4 'CASH,8884.65,' portfolio.csv
	finds 1 'trades.csv:6:34 short-not-allowed' \
		'portfolio.csv:3:5 short-not-allowed'
	finds 0 -- --disable=short-not-allowed
	finds 0 'trades.csv:6:34 short-not-allowed' \
		'portfolio.csv:3:5 short-not-allowed' -- \
		--severity=short-not-allowed=info
	put 3 'BBB,-5,20.52' portfolio.csv
	finds 1 'portfolio.csv:3:8 avg-price-mismatch' -- \
		--disable=short-not-allowed
}

@test "book: selling all that is held is not short" {
	add 'T5,2024-01-02T14:32:30Z,BBB,SELL,10,20.50,0' \
		'T6,2024-01-02T14:32:40Z,BBB,BUY,10,20.50,0'
	finds 0
}

@test "book: cash is exact, to the last digit that is given" {
	put 4 'CASH,8577.14,' portfolio.csv
	finds 1 'portfolio.csv:4:6 cash-mismatch' 'portfolio.csv:4:6 equity-mismatch'
	put 4 'CASH,8577.150000000001,' portfolio.csv
	finds 1 'portfolio.csv:4:6 cash-mismatch' 'portfolio.csv:4:6 equity-mismatch'
	put 4 'CASH,8577.1500,' portfolio.csv
	finds 0
	put 4 'CASH,8577,' portfolio.csv
	finds 1 'portfolio.csv:4:6 cash-mismatch' 'portfolio.csv:4:6 equity-mismatch'
	run verify
	assert_line --partial '"expected":"8577.15"'
}

@test "book: cash or equity that stands twice is judged by none of them" {
	printf 'CASH,1,\nEQUITY,10055.15,\n' >>book/portfolio.csv
	finds 1 'portfolio.csv:5:1 duplicate-row'
	put 4 'CASH,2,' portfolio.csv
	put 6 'EQUITY,9,' portfolio.csv
	finds 1 'portfolio.csv:5:1 duplicate-row'
	put 4 'CASH,8577.15,' portfolio.csv
	put 5 'EQUITY,8,' portfolio.csv
	finds 1 'portfolio.csv:6:1 duplicate-row'
	put 6 'EQUITY,10055.15,' portfolio.csv
	finds 1 'portfolio.csv:6:1 duplicate-row'
}

@test "book: cash that is wrong is shown with its row" {
	put 4 'CASH,8577.14,' portfolio.csv
	run verify --format=text --only=cash-mismatch
	assert_line 'book/portfolio.csv:4:6: error: the cash is 8577.14, by the trades it is 8577.15 [cash-mismatch]'
	assert_line '  CASH,8577.14,'
	run verify
	assert_line --partial '"col":6,"offset":58,"symbol":"CASH","value":"8577.14","expected":"8577.15"'
}

@test "book: cash that is rounded to the cent is right, cash cut off is not" {
	put 4 'T3,2024-01-02T14:32:00Z,AAA,SELL,30,10.70,0.344'
	finds 1 'portfolio.csv:4:6 cash-mismatch' 'portfolio.csv:4:6 equity-mismatch'
	put 4 'CASH,8577.16,' portfolio.csv
	finds 0
	put 4 'CASH,8577.156,' portfolio.csv
	finds 0
	put 4 'CASH,8577.157,' portfolio.csv
	finds 1 'portfolio.csv:4:6 cash-mismatch' 'portfolio.csv:4:6 equity-mismatch'
}

@test "book: a hundred million cents add up without a wrong one" {
	awk 'BEGIN {
		print "trade_id,timestamp,symbol,side,quantity,price,commission"
		for (i = 0; i < 1000; i++)
			print i ",2024-01-02T14:30:05Z,AAA,BUY,0.1,10.1,0.1"
	}' >book/trades.csv
	printf 'symbol,quantity\nAAA,100\nCASH,8890\n' >book/portfolio.csv
	finds 0
	put 3 CASH,8890.01 portfolio.csv
	finds 1 'portfolio.csv:3:6 cash-mismatch' 'portfolio.csv:3:6 equity-mismatch'
}

@test "book: without the money that it began with cash is not judged" {
	put 4 'CASH,1,' portfolio.csv
	run -0 qte-verify --profile=book book
	sed -i 4d book/portfolio.csv
	run -0 qte-verify --profile=book book
	finds 1 'portfolio.csv:0:0 cash-mismatch'
}

@test "book: the average cost stays when some is sold" {
	put 2 'AAA,120,10.26' portfolio.csv
	finds 1 'portfolio.csv:2:9 avg-price-mismatch'
	add 'T5,2024-01-02T14:32:30Z,AAA,BUY,10,10.50,0'
	put 2 'AAA,130,10.26923' portfolio.csv
	put 4 'CASH,8472.15,' portfolio.csv
	finds 0
	put 2 'AAA,130,10.269230769230768' portfolio.csv
	finds 0 'portfolio.csv:2:9 precision'
	put 2 'AAA,130,10.26924' portfolio.csv
	finds 1 'portfolio.csv:2:9 avg-price-mismatch'
	put 2 'AAA,130,' portfolio.csv
	finds 0
}

@test "book: the average cost begins anew when all was sold" {
	add 'T5,2024-01-02T14:32:30Z,BBB,SELL,10,20.60,0' \
		'T6,2024-01-02T14:32:40Z,BBB,BUY,10,20.40,0'
	put 3 'BBB,10,20.40' portfolio.csv
	put 4 'CASH,8579.15,' portfolio.csv
	finds 0
}

@test "book: an equity that is not cash and positions at the last prices" {
	echo 'EQUITY,10055.15,' >>book/portfolio.csv
	finds 0
	put 5 'EQUITY,10055.16,' portfolio.csv
	finds 1 'portfolio.csv:5:8 equity-mismatch'
	run -1 qte-verify --profile=book book
}

@test "book: a last price that cannot be read is not that of the bar before" {
	echo 'EQUITY,10055.15,' >>book/portfolio.csv
	put 6 'AAA,2024-01-02T14:32:00Z,10.50,10.70,10.40,1x,1000' market_data.csv
	finds 1 'market_data.csv:6:44 not-a-number'
	put 6 'AAA,2024-01-02T14:32:00Z,10.50,10.70,10.40,10.80,1000' market_data.csv
	finds 1 'market_data.csv:6:44 close-outside-range'
	put 6 'AAA,2024-01-02T14:32:00Z,10.50,10.70,10.40,10.60' market_data.csv
	finds 1 'market_data.csv:6:49 column-count' 'trades.csv:4:4 trade-no-bar'
	put 6 'AAA,2024-01-02T14:72:00Z,10.50,10.70,10.40,10.60,1' market_data.csv
	finds 1 'market_data.csv:6:5 bad-timestamp' 'trades.csv:4:4 trade-no-bar'
	put 6 'AAA,2204-01-02T14:32:00Z,10.50,10.70,10.40,1.60,1' market_data.csv
	finds 1 'market_data.csv:6:5 future-timestamp' \
		'market_data.csv:6:44 close-outside-range' \
		'trades.csv:4:4 trade-no-bar'
	put 6 ',2024-01-02T14:32:00Z,10.50,10.70,10.40,10.60,1' market_data.csv
	finds 1 'market_data.csv:6:1 missing-value' 'trades.csv:4:4 trade-no-bar'
}

@test "book: bars that cannot be read before the last ones hide no price" {
	local row

	echo 'EQUITY,10055.16,' >>book/portfolio.csv
	for row in AAA,2024-01-02T14:30:59Z,1 ,2024-01-02T14:30:59Z,1,1,1,1,1 \
		AAA,soon,1,1,1,1,1 AAA,2024-01-02T14:30:59Z,9,9,9,9x,1; do
		cp book/market_data.csv kept
		sed -i "4i\\$row" book/market_data.csv
		run -1 verify --only=equity-mismatch
		assert_line --partial '"rule":"equity-mismatch"'
		mv kept book/market_data.csv
	done
	# None of these is a bar.
	printf '\n%s\n' "$(head -n 1 book/market_data.csv)" >new
	cat new >>book/market_data.csv
	finds 1 'market_data.csv:8:1 blank-line' 'market_data.csv:9:1 header-repeated' \
		'portfolio.csv:5:8 equity-mismatch'
}

@test "book: of bars in no order any that cannot be read may be the last" {
	echo 'EQUITY,10055.16,' >>book/portfolio.csv
	(head -n 1 book/market_data.csv && tail -n +2 book/market_data.csv |
		sort -t, -rk 2,2) >new
	mv new book/market_data.csv
	finds 1 'portfolio.csv:5:8 equity-mismatch'
	put 2 'AAA,2024-01-02T14:32:00Z,10.50,10.70' market_data.csv
	run verify --only=equity-mismatch
	refute_line --partial '"rule":"equity-mismatch"'
	# Nothing shows in which order these are.
	sed -i '4,$d' book/market_data.csv
	run verify --only=equity-mismatch
	refute_line --partial '"rule":"equity-mismatch"'
}

@test "book: a row that cannot be read is of no symbol" {
	put 3 'B,2024-01-02T14:30:00Z,x,20.50,19.50,20.20,1000' market_data.csv
	put 4 'A very long row that stands here instead of one' market_data.csv
	run verify
	run jq -s '.[] | select(.type == "verified").symbols' <<<"$output"
	assert_line --index 0 3
}

@test "book: sums that some row cannot be part of are not judged" {
	put 5 'T4,2024-01-02T14:32:10Z,BBB,BUY,ten,20.50,0'
	finds 1 'trades.csv:5:33 not-a-number'
	put 5 'T4,2024-01-02T14:32:10Z,BBB,BUY,10,20.50'
	finds 1 'trades.csv:5:41 column-count'
	put 5 'T4,2024-01-02T14:32:10Z,BBB,BUY,10.0000000001,20.50,0'
	finds 0 'trades.csv:5:33 precision'
	put 5 'T4,2024-01-02T14:32:10Z,BBB,BUY,99999999999,20.50,0'
	finds 0 'trades.csv:5:33 precision'
}

@test "book: bars without a symbol are of the only one that is traded" {
	grep -v BBB book/market_data.csv | cut -d, -f2- >new
	mv new book/market_data.csv
	finds 1 'market_data.csv:1:0 missing-column'
	sed -i 5d book/trades.csv
	sed -i 3d book/portfolio.csv
	put 3 'CASH,8782.15,' portfolio.csv
	finds 0
	put 4 'T3,2024-01-02T14:32:00Z,AAA,SELL,30,10.71,0.35'
	put 3 'CASH,8782.45,' portfolio.csv
	finds 1 'trades.csv:4:37 trade-price-outside-bar'
}

@test "book: a file that is missing is found, and the others are judged" {
	mv book/market_data.csv kept
	put 4 'CASH,1,' portfolio.csv
	finds 1 'market_data.csv:0:0 file-missing' 'portfolio.csv:4:6 cash-mismatch'
	mv kept book/market_data.csv
	mv book/portfolio.csv kept
	finds 1 'portfolio.csv:0:0 file-missing'
	mv kept book/portfolio.csv
	rm book/trades.csv
	finds 1 'trades.csv:0:0 file-missing'
	rm book/portfolio.csv
	run verify
	assert_equal "$(grep -c file-missing <<<"$output")" 5
}

@test "book: column names of any letter case, in any order, quoted" {
	{
		echo 'Symbol,Datetime,SIDE,Quantity,Price,Trade_ID'
		echo '"AAA",2024-01-02 14:30:05,"BUY","100",10.10,T1'
	} >book/trades.csv
	printf 'QUANTITY,Symbol\n100,AAA\n8990,CASH\n' >book/portfolio.csv
	run verify
	assert_success
	put 2 '"AAA",2024-01-02 14:30:05,"BUY","100",10.51,T1'
	run -1 verify --only=trade-price-outside-bar
	assert_line --partial '"line":2,"column":"price","field":5,"col":39,'
	assert_line --partial '"value":"10.51","expected":"<= 10.5 (high)"'
}

@test "book: what is found is told the same twice, and no more than asked for" {
	for i in 1 2 3 4 5; do
		add "X$i,2024-01-02T14:40:00Z,BBB,BUY,1,20.50,0"
	done
	run verify --reproducible --max-per-rule=2
	once=$output
	run verify --reproducible --max-per-rule=2 -j2
	assert_output "$once"
	assert_equal "$(grep -c '"rule":"trade-no-bar"' <<<"$output")" 2
	assert_line --partial '"by_rule":{"trade-no-bar":5},"suppressed":3'
}

@test "book: a bar of centuries before covers no trade" {
	cd book || return
	sed -i 's/,2024-01-02T14:3[01]/,1700-01-02T14:30/' market_data.csv
	sed -i '/:32:00Z/d' market_data.csv
	sed -i 's/,2024/,2200/' trades.csv
	cd ..
	run verify
	assert_equal "$(grep -c '"rule":"trade-no-bar"' <<<"$output")" 4
}

@test "book: money that no difference holds is another" {
	sed -i 's/^CASH,.*/CASH,-170141183460469231731,/' book/portfolio.csv
	echo 'EQUITY,170141183460469231731,' >>book/portfolio.csv
	run verify --initial-cash=10000
	assert_equal "$status" 1
	assert_line --partial '"rule":"cash-mismatch"'
	assert_line --partial '"rule":"equity-mismatch"'
}
