#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Sweeps: many combinations of parameters in one pass.

load helper
stderr=

setup()
{
	cd "$TMP" || return
	csv=$(data sp500.csv)
}

# results [OPTION...]: the results of a sweep, without what opens and closes it.
results()
{
	qte-run --reproducible "$@" "${data:-$csv}" | jq -c 'select(.type == "result")'
}

# figures OPTION...: those of one run, as a result has them.
figures()
{
	qte-run --reproducible --emit=summary "$@" "${data:-$csv}" |
		jq -cS 'select(.type == "summary")'
}

@test "sweep: a result has the figures that a run of its own has" {
	results -s sma_cross -p fast=5,10 -p slow=20:40:10 >all
	assert_equal "$(wc -l <all)" 6
	jq -r '"\(.params.fast) \(.params.slow)"' all >params
	assert_equal "$(cat params)" \
		$'5 20\n5 30\n5 40\n10 20\n10 30\n10 40'
	while read -r fast slow; do
		figures -s sma_cross -p fast="$fast" -p slow="$slow" >one
		jq -cS --argjson fast "$fast" --argjson slow "$slow" 'select(
			.params.fast == $fast and .params.slow == $slow) |
			del(.type, .ts, .index)' all >result
		jq -cS --slurpfile r result '. as $one | $r[0] |
			with_entries(.value = $one[.key])' one >want
		cmp want result
	done <params
}

@test "sweep: threads, batches and rules that know the account change nothing" {
	local rules=(--entry='close > sma(close, $n=10) and pos == 0'
		--exit='pnl_pct > $gain=2 or bars_held > 30')
	results "${rules[@]}" -p n=5:20:5 -p gain=1,2.5 >want
	assert_equal "$(wc -l <want)" 8
	for jobs in 1 2 3 16; do
		for batch in 1 100 2048; do
			results "${rules[@]}" -p n=5:20:5 -p gain=1,2.5 \
				--jobs=$jobs --batch=$batch >got
			cmp want got
		done
	done
	figures "${rules[@]}" -p n=15 -p gain=2.5 | jq -c .final_equity >one
	jq -c 'select(.params.n == 15 and .params.gain == 2.5).final_equity' \
		want | cmp one -
}

@test "sweep: data beyond what columns hold come out as in single runs" {
	bars 2020-01-01,10,11,9,10,100 2020-01-02,10,12,10,12,100 \
		2020-01-03,12,13.0000000001,11,13,100 \
		2020-01-04,13,14,12,12,100 2020-01-05,12,14,12,14,100 \
		2020-01-06,13,14,12,13,100 2020-01-07,12,14,12,12,100 >odd.csv
	local data=odd.csv
	local rules=(--entry='close > sma(close, $n=2)'
		--exit='close < sma(close, $n)')
	for batch in 1 2 2048; do
		results "${rules[@]}" -p n=1:3 --jobs=2 --batch=$batch |
			jq -c '[.final_equity, .trades_closed, .sharpe]' >got
		for n in 1 2 3; do
			figures "${rules[@]}" -p n=$n --engine=v1 |
				jq -c '[.final_equity, .trades_closed, .sharpe]'
		done | cmp - got
	done
}

# compare_singles N OPTION...: a sweep of $n from 1 to N by two workers comes to
# what single runs of the other engine do, and not without trades.
compare_singles()
{
	local last=$1 n batch figures='[.final_equity, .trades_closed, .sharpe]'
	shift

	for ((n = 1; n <= last; n++)); do
		figures "$@" -p n=$n --engine=v1 | jq -c "$figures"
	done >want
	[ "$(jq -s 'map(.[1]) | min' want)" -gt 0 ]
	[ "$(sort -u want | wc -l)" -eq "$last" ]
	for batch in 1 7 2048; do
		results "$@" -p n=1:"$last" --jobs=2 --batch=$batch |
			jq -c "$figures" >got
		cmp want got
	done
}

@test "sweep: each worker has the clock of --tz, in columns and beyond them" {
	local data=hours.csv
	# Hours across the change to summer time; then a price of 10 decimals.
	awk -v OFS=, 'BEGIN {
		print "timestamp,open,high,low,close,volume"
		for (i = 0; i < 96; i++) {
			day = 27 + int(i / 24)
			price = 100 + i * 7 % 11
			print sprintf("2020-03-%02dT%02d:00:00Z", day, i % 24),
				price, price + 2, price - 1,
				price (i == 60 ? ".0000000001" : ".5"), 10
		}
	}' >hours.csv
	compare_singles 3 --tz=Europe/London --entry='hour == 6 + $n' \
		--exit='hour == 15'
	cp want london
	compare_singles 3 --entry='hour == 6 + $n' --exit='hour == 15'
	run -1 cmp -s want london
}

@test "sweep: by the general parser, of one symbol of several" {
	local data=symbols.csv
	awk -F, -v OFS=, 'NR == 1 { print "symbol", $0 }
		NR > 1 && NR < 400 {
			print "A", $0
			print "B", $1, 7, 9, 5, 5 + NR % 4, 1
		}' "$csv" >symbols.csv
	compare_singles 4 --symbol=A --parser=general \
		--entry='close > sma(close, 3 * $n)' --exit='close < sma(close, $n)[1]'
	cp want general
	compare_singles 4 --symbol=A --entry='close > sma(close, 3 * $n)' \
		--exit='close < sma(close, $n)[1]'
	cmp want general
}

@test "sweep: --where leaves combinations out, by names or as in rules" {
	assert_equal "$(results -s sma_cross -p fast=5:15:5 -p slow=10,15 \
		--where='fast < slow' | jq -c '[.index, .params.fast]')" \
		$'[0,5]\n[1,5]\n[3,10]'
	assert_equal "$(results -s rsi -p low=20,80 -p high=30,90 \
		--where='$low < $high and n == 14' -p n=14 |
		jq -c '[.index, .params.low, .params.high]')" \
		$'[0,20,30]\n[1,20,90]\n[3,80,90]'
	# Parameters that keep their default have it here too.
	assert_equal "$(results -s sma_cross -p fast=25:40:5 \
		--where='$fast < slow' | jq -c .params.fast)" 25
	assert_equal "$(results -s rsi --entry='rsi(close, $n) < $in=20' \
		-p in=10,20,30 --where='in < $high / 4 and n == 14' |
		jq -c .params.in)" 10
}

@test "sweep: --rank puts the best first, --top leaves the others out" {
	results -s sma_cross -p fast=5:20:5 -p slow=30,50 >all
	results -s sma_cross -p fast=5:20:5 -p slow=30,50 --rank=fees >got
	jq -s -c 'sort_by(.fees)[]' all | cmp - got
	results -s sma_cross -p fast=5:20:5 -p slow=30,50 --top=3 >got
	jq -s -c 'sort_by(-.sharpe)[:3][]' all | cmp - got
	qte-run --reproducible -s sma_cross -p fast=5:20:5 -p slow=30,50 --top=3 \
		"$csv" | jq -c 'select(.type == "summary") | [.index, .trials,
		.results, .rank, .grid.fast, (.sharpe * 1e6 | round)]' >got
	jq -s -c 'sort_by(-.sharpe)[0] | [.index, 8, 3, "sharpe", [5, 10, 15, 20],
		(.sharpe * 1e6 | round)]' all | cmp - got
}

@test "sweep: a single run passes over what is set for sweeps" {
	printf '[run]\nwhere = fast < slow\nrank = fees\ntop = 3\njobs = 2\n' >my.conf
	figures -s sma_cross >want
	figures -s sma_cross --jobs=4 | cmp want -
	figures -c my.conf -s sma_cross | cmp want -
	QTE_RUN_TOP=2 figures -s sma_cross | cmp want -
}

@test "sweep: max_workers is a value for --jobs, not a limit of it" {
	printf '[threading]\nmax_workers = 2\n' >my.conf
	run bash -c "qte-run -c my.conf --print-config | tr -s ' '"
	assert_line 'jobs = 2 # my.conf:2'
	run bash -c "qte-run -c my.conf --jobs=4 --print-config | tr -s ' '"
	assert_line 'jobs = 4 # flag'
	printf '[threading]\nmax_workers = 257\n' >my.conf
	run -78 qte-run -c my.conf -s rsi "$csv"
	assert_output "qte-run: my.conf:2:15: max_workers: '257' is not from 1 to 256"
}

@test "sweep: a figure that is not defined comes last" {
	assert_equal "$(results --entry='close > $level' --exit='close < 900' \
		-p level=1000000000,1 --rank=win_rate |
		jq -c '[.params.level, has("win_rate")]')" \
		$'[1,true]\n[1000000000,false]'
}

@test "sweep: its records are those of qte-records(5)" {
	qte-run -s sma_cross -p fast=5,10 -p slow=20,30 --where='fast < slow' \
		--top=2 "$csv" >out
	run -0 "$QTE_TREE/tests/record-keys" out
	assert_output ''
}

@test "sweep: a table shows the first twenty, and says so" {
	run -0 qte-run -s sma_cross -p fast=1:30 -p slow=50 -f text "$csv"
	assert_line --index 2 '30 combinations, 20 shown, by their order'
	assert_equal "$(grep -c '^fast=' <<<"$output")" 20
	run -0 qte-run -s sma_cross -p fast=1:30 -p slow=50 --top=25 -f text "$csv"
	assert_equal "$(grep -c '^fast=' <<<"$output")" 25
}

@test "sweep: a table says what was run, on what, and by which settings" {
	run -0 qte-run --entry='close > sma(close, $n)' --exit='close < 1' \
		-p n=5:50:5 --where='n < 40' --size=50% --rf=2% --tz=Asia/Shanghai \
		--from=2010 --top=1 -f text "$csv"
	assert_line --index 0 --regexp '^custom on sp500: .* from 2010-01-04 to '
	assert_output --partial 'in Asia/Shanghai'
	assert_output --partial 'long, size 50%, fill open, cash 100,000'
	assert_output --partial 'rf 0.02, from 2010-01-01'
	assert_line '  entry       close > sma(close, $n)'
	assert_line '7 of 10 combinations, 1 shown, by sharpe'
	refute_output --partial 'n=5 on'
}

@test "sweep: a table shows the figure that it is ranked by" {
	local rank head
	while read -r rank head; do
		results -s sma_cross -p fast=5,10 --rank="$rank" >best
		run -0 qte-run -s sma_cross -p fast=5,10 --rank="$rank" -f text \
			"$csv"
		assert_line --regexp "^parameters .*  $head\$"
		assert_equal "$(awk '/^fast=/ { print $1; exit }' <<<"$output")" \
			"fast=$(jq -s '.[0].params.fast' best)"
	done <<-'END'
	none profit factor
	sharpe profit factor
	sortino sortino
	annual_return annual
	final_equity equity
	gross_profit gross profit
	volatility volatility
	fees fees
	max_drawdown_bars bars below peak
	exposure_ratio in market
	END
	run -0 qte-run -s sma_cross -p fast=5,10 --rank=fees -f text "$csv"
	assert_line --regexp '^fast=10 .* [0-9]{2},[0-9]{3}\.[0-9]{2}$'
}

@test "sweep: a table of one that was stopped says so" {
	mkfifo feed
	qte-run -s sma_cross -p fast=5,10 -f text feed >out &
	local pid=$!
	exec 9>feed
	# More than a pipe holds, so that some of it was read.
	head -n 3000 "$csv" >&9
	kill -TERM "$pid"
	run wait "$pid"
	exec 9>&-
	run cat out
	assert_line 'Stopped by SIGTERM: this is not all of the data.'
}

@test "sweep: what is wrong with the grid is said, and nothing is run" {
	local options text
	while IFS=$'\t' read -r options text; do
		# shellcheck disable=SC2086  # options are words
		run -64 --separate-stderr qte-run -s sma_cross $options "$csv"
		assert_equal "${stderr%%$'\n'*}" "qte-run: $text"
		assert_output ''
	done <<-'END'
	-p fast=5:1	--param: fast: '5:1' does not go from low to high by a step above 0
	-p fast=5:9:0	--param: fast: '5:9:0' does not go from low to high by a step above 0
	-p fast=5,,6	--param: fast: '' is not a number, nor LOW:HIGH or LOW:HIGH:STEP
	-p fast=1:2:3:4	--param: fast: '1:2:3:4' is not a number, nor LOW:HIGH or LOW:HIGH:STEP
	-p fast=5,5.0	--param: fast: the value 5 stands there twice
	-p fast=0:1:0.000001	--param: more than 100000 combinations of parameters
	-p fast=1:1000 -p slow=1:1000	more than 100000 combinations of parameters
	-p fast=1,2 --where=fast>5	--where: is true of none of the 2 combinations
	-p fast=1,2 --where=close>fast	--where: 'close' is of a bar, but the condition is about parameters
	-p fast=1 --where=fast<2	--where needs a parameter with several values
	-p fast=1 --rank=fees	--rank needs a parameter with several values
	-p fast=1 --top=3	--top needs a parameter with several values
	-s rsi -p high=60,70 --where=high>60	--where: 'high' is of a bar, but the condition is about parameters: $high is one
	-p fast=1,2 --where=fsat<slow	--where:1:1: unknown name 'fsat'; did you mean 'fast'?
	-p fsat=1,2	--param: unknown parameter 'fsat'; did you mean 'fast'?
	-p fast=1,2 -p fast=3	--param: 'fast' is given twice
	-p fast=1,2 --show	--show: give each parameter one value, not several
	-p fast=1,2 --print=close	--print: a sweep writes results, not values of each bar
	-p fast=1,2 --emit=equity	--emit: a sweep writes only results and a summary
	-p fast=1,2 --engine=v1	--engine: a sweep needs v2
	-p fast=0,1	fast=0: sma_cross:1:24: a whole number from 1 to 1000000 should stand here, in sma(x,n)
	END
}

@test "sweep: one that is stopped before a bar has no time to show" {
	mkfifo feed
	qte-run --entry='close > sma(close, $n=2)' -p n=1,2 feed >out &
	local pid=$!
	exec 9>feed
	head -n 1 "$csv" >&9
	sleep 0.2
	kill -TERM "$pid"
	run wait "$pid"
	exec 9>&-
	assert_equal "$(jq -c 'select(.type == "result") | has("ts")' out)" \
		$'false\nfalse'
	run -0 "$QTE_TREE/tests/record-keys" out
}

@test "sweep: orders that the cash does not pay for are told of" {
	run -0 --separate-stderr qte-run -s sma_cross -p fast=5,10 --size=10000 \
		--cash=1000000000 "$csv"
	assert_equal "$stderr" ''
	run -0 --separate-stderr qte-run -s sma_cross -p fast=5,10 --size=10000 \
		"$csv"
	assert_equal "$stderr" "qte-run: warning: orders refused for want of cash: \
$(jq -s 'map(select(.type == "result").refusals) | add' <<<"$output"), \
in 2 of 2 combinations"
	run -0 --separate-stderr qte-run --entry='close > $level' -p level=1,9999 \
		--exit=false --cash=1 "$csv"
	assert_equal "$stderr" "qte-run: warning: orders dropped, since the cash \
buys nothing: $(jq -s 'map(select(.type == "result").unaffordable) | add' \
<<<"$output"), in 1 of 2 combinations"
	run -0 --separate-stderr qte-run --entry='close > $level' -p level=1,2 \
		"$csv"
	assert_equal "$stderr" \
		'qte-run: warning: there is no exit rule: a position is never left'
}

# least_limit OPTION...: the least --memory-limit of some that lets it run, in
# ${limit}.
least_limit()
{
	for limit in 9 12 16 24 32 48 64 96 128 192 256; do
		if qte-run --memory-limit=$limit "$@" "$csv" >out 2>err; then
			return
		fi
		run cat err
		assert_line --regexp '^qte-run: --memory-limit: .* could need [0-9]+ MiB'
	done
	false
}

@test "sweep: --memory-limit counts the combinations, and is kept" {
	run -64 --separate-stderr qte-run -s sma_cross -p fast=1:100 -p slow=1:100 \
		--memory-limit=20 "$csv"
	assert_output ''
	assert_regex "$stderr" \
		'^qte-run: --memory-limit: the first [0-9]+ combinations could need 21 MiB'
	for options in '-s sma_cross -p fast=1:9 -p slow=1:50 --jobs=4' \
		'-s bollinger -p n=5:99 -p k=1:3' \
		'-s rsi -p n=5:40 -p low=20,30 --exit=pnl_pct>1'; do
		# shellcheck disable=SC2086  # options are words
		least_limit $options
		run -0 jq --argjson limit "$limit" \
			'select(.trials).peak_memory_bytes <= $limit * 1048576' out
		assert_output true
	done
}

@test "sweep: more threads than shares, and trades that stay open" {
	results --entry='bar >= $n=1' -p n=1:60 --jobs=1 >want
	for jobs in 40 64 256; do
		results --entry='bar >= $n=1' -p n=1:60 --jobs=$jobs | cmp - want
	done
}

@test "sweep: a bad row ends it before any result" {
	{
		head -n 100 "$csv"
		echo 2020-01-01,x,1,1,1,1
	} >bad.csv
	run -65 --separate-stderr qte-run -s sma_cross -p fast=5,10 --jobs=2 bad.csv
	refute_output --partial result
	assert_regex "$stderr" '^qte-run: bad.csv:101:12: '
}

@test "sweep: what goes wrong first is told, however the trials are dealt" {
	local prices=(1 1 1 1.5 1.5 1.8 2.5 4 8 8 8) p day=1 jobs

	{
		echo timestamp,open,high,low,close,volume
		for p in "${prices[@]}"; do
			printf '2020-01-%02d,%s,%s,%s,%s,1\n' $((day++)) \
				"$p" "$p" "$p" "$p"
		done
	} >rise.csv
	for jobs in 1 2 3 6; do
		# The last trial is in the market first; the first one comes
		# first in a batch that holds all bars.
		run -65 qte-run -p k=1:6 --entry 'bar == 7 - $k' --exit false \
			--cash=100000000000000000000 --batch=1 --jobs=$jobs rise.csv
		assert_output --partial 'rise.csv:7:'
		run -65 qte-run -p k=1:6 --entry 'bar == 7 - $k' --exit false \
			--cash=100000000000000000000 --batch=64 --jobs=$jobs rise.csv
		assert_output --partial 'rise.csv:10:'
	done
}
