#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The same trades to the last digit: recorded ones, those of an independent
# reference, and whatever the prices look like in the file.

# shellcheck disable=SC2016  # awk and jq have dollars of their own
load helper
stderr=

setup_file()
{
	"$QTE_BIN/tests/tools/genbars" 100000 42 >"$BATS_FILE_TMPDIR/bars.csv"
}

setup()
{
	cd "$TMP" || return
	bars=$BATS_FILE_TMPDIR/bars.csv
}

# summary FILTER: of the last record in the output.
summary()
{
	tail -n 1 <<<"$output" | jq -c "$1"
}

@test "exact: recorded runs come out byte for byte" {
	mkdir out
	"$QTE_TREE/tests/golden/record" "$PWD/out"
	[ "$(find out -type f | wc -l)" -gt 10 ]
	for file in out/*; do
		cmp "$file" "$QTE_TREE/tests/golden/${file#out/}"
	done
}

@test "exact: an independent reference comes to the same trades and figures" {
	run "$QTE_TREE/tests/golden/compare" "$QTE_TREE/tests/golden/ticks.json" \
		"$QTE_TREE/tests/data/ticks.csv"
	assert_output '16 cases, 0 differences'
	assert_equal "$status" 0
	[ "$(jq .sma_10_30_exact_ties "$QTE_TREE/tests/golden/ticks.json")" -gt 10 ]
}

@test "exact: what differs from the reference is told" {
	jq '.cases |= .[0:2] | .cases[0].expected.trades[0].entry_price *= 1 + 1e-8 |
		.cases[1].expected |= (.trades[2].exit_bar += 1 | .metrics.fees += 1e-4 |
			del(.trades[-1]))' \
		"$QTE_TREE/tests/golden/ticks.json" >cases.json
	run "$QTE_TREE/tests/golden/compare" cases.json "$QTE_TREE/tests/data/ticks.csv"
	assert_equal "$status" 1
	assert_line --index 0 --partial 'buy_hold/plain: trade 1: entry_price: got '
	assert_line --index 1 --partial 'sma_cross/plain: trades: got '
	assert_line --index 2 --partial 'sma_cross/plain: trade 3: exit_bar: got '
	assert_line --index 3 --partial 'sma_cross/plain: fees: got '
	assert_line --index 4 '2 cases, 4 differences'
}

@test "exact: 100,000 bars have 1,770 entries, where rounding finds others" {
	assert_equal "$(sha256sum <"$bars")" \
		'3461d97b5b3c7738868a055f5740232dc976095443c85874baecdd4fd76e91c1  -'
	run -0 qte-run -s sma_cross --fractional --commission=0.0001 \
		--reproducible "$bars"
	assert_equal "$(summary '[.trades_closed + .trades_open, .trades_open, .exact]')" \
		'[1770,1,true]'
	assert_equal "$(summary .digest)" \
		'"4f4f80335d5e218287217448253a6221771d0ad41d42d81fbf9676bcac74bf05"'
	run -0 qte-run --entry='sma(close,10) == sma(close,30)' --exit=false \
		--emit=signals --reproducible "$bars"
	assert_equal "$(grep -c '"type":"signal"' <<<"$output")" 95
}

# same AWK: the first bars as AWK makes them over give the same bytes.
same()
{
	head -n 20001 "$bars" >plain.csv
	local options=(-s sma_cross --reproducible '--emit=trades,equity')
	[ -e want ] || qte-run "${options[@]}" - <plain.csv >want
	awk -F, -v OFS=, "$1" plain.csv >changed.csv
	! cmp -s plain.csv changed.csv
	qte-run "${options[@]}" - <changed.csv >got
	cmp want got
}

@test "exact: how prices are written does not matter" {
	# Zeros up to the ninth decimal and beyond it, and before the point.
	same 'NR > 1 { for (i = 2; i < 6; i++) $i = $i "0000000" } 1'
	same 'NR > 1 { for (i = 2; i < 6; i++) $i = $i "00000000000" } 1'
	same 'NR > 1 { for (i = 2; i < 6; i++) $i = "00" $i } 1'
	# Some with digits more than others, as a stream may come.
	same 'NR > 1 && NR % 3 == 0 { $2 = $2 "000"; $5 = $5 "0000000" } 1'
	same 'NR > 1 { sub(/0$/, "", $3); sub(/0$/, "", $5) } 1'
	# As a power of ten.
	same 'NR > 1 { for (i = 2; i < 6; i++) { sub(/\./, "", $i); $i = $i "e-2" } } 1'
	same 'NR > 1 { $6 = $6 ".0" } 1'
}

@test "exact: how the file is laid out does not matter" {
	same '{ print $6, $5, $4, $3, $2, $1 }'
	same '{ print "x", $1, $2, $3, $4, $5, $6, "\"a,b\"" }'
	same '{ printf "%s\r\n", $0 }'
	same '{ for (i = 1; i <= NF; i++) $i = "\"" $i "\"" } 1'
	same 'NR > 1 { sub(/ /, "T", $1); $1 = $1 "Z" } 1'
	same 'NR > 1 { $1 = sprintf("%.0f", 1577836800 + 60 * (NR - 2)) } 1'
	same 'NR > 1 { $1 = sprintf("%.0f", 1577836800000 + 60000 * (NR - 2)) } 1'
	same 'NR == 1 { print "DATE,Open,HIGH,low,CLOSE,Vol"; next } 1'
}

@test "exact: the scale of prices changes no trade but their prices" {
	local filter='select(.type == "trade") | [.entry_bar, .exit_bar, .side]'
	head -n 20001 "$bars" >plain.csv
	qte-run -s sma_cross plain.csv | jq -c "$filter" >want
	for factor in 1e-7 1e-3 1e4 3e7; do
		# Cents times a factor are still whole numbers of 1e-9.
		awk -F, -v OFS=, -v f=$factor 'NR > 1 {
			for (i = 2; i < 6; i++) $i = sprintf("%.9f", $i * f) } 1' \
			plain.csv >scaled.csv
		qte-run -s sma_cross --cash=1e12 scaled.csv >out
		assert_equal "$(tail -n 1 out | jq .exact)" true
		jq -c "$filter" out | cmp want -
	done
}

@test "exact: more than nine decimals are told, and close to exact" {
	head -n 20001 "$bars" | awk -F, -v OFS=, 'NR > 1 {
		for (i = 2; i < 6; i++) $i = $i "00000001" } 1' >fine.csv
	run -0 --separate-stderr qte-run -s sma_cross --reproducible fine.csv
	assert_equal "$(summary .exact)" false
	[[ $stderr =~ ^'qte-run: warning: '[^$'\n']*' decimals'[^$'\n']*$ ]] || fail "$stderr"
}

@test "exact: money is a decimal, down to its last digit" {
	bars 2020-01-01,1,4063.14,1,1,1 2020-01-02,4063.14,4063.14,0.1,0.1,1 \
		2020-01-03,0.1,0.3,0.1,0.3,1 >bars.csv
	run -0 qte-run --entry='bar == 0' --exit='bar == 1' --slippage=5bp \
		--commission=0.000000001 --size=1 --reproducible --emit=fills,trades bars.csv
	assert_line --index 1 --partial '"price":4065.17157,"fees":0.00000406517157}'
	assert_line --index 2 --partial '"price":0.09995,"fees":0.00000000009995}'
	assert_line --index 3 --partial '"pnl":-4065.07162406527152,'
}

@test "exact: qte-run links at most five shared objects" {
	[ -n "$(command -v ldd)" ] || skip 'ldd is not installed'
	run -0 ldd "$QTE_BIN/qte-run"
	[[ $output != *san.so* ]] || skip 'a sanitizer is linked'
	[ "$(grep -vc vdso <<<"$output")" -le 5 ] || fail "$output"
}
