#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# qte-run from the outside: front door, output, options and records.

# shellcheck disable=SC2016  # rules and scripts have dollars of their own
load helper

# Six days.  The rules below buy at the open of the third (12), sell at the
# open of the fifth (9), and signal another entry at the last close.
setup()
{
	# A directory that nobody else leaves files in.
	mkdir "$TMP/work"
	cd "$TMP/work" || return
	bars 2020-01-01,10,11,9,10,100 2020-01-02,10,12,10,12,100 \
		2020-01-03,12,14,11,13,100 2020-01-06,13,13,9,9,100 \
		2020-01-07,9,10,8,10,100 2020-01-08,10,12,10,12,100 >six.csv
}

rules=('--entry=close > 11.5' '--exit=close < 9.5' --cash=1000)

# six OPTION...: run the rules on the six days.
six()
{
	run --separate-stderr -0 qte-run "${rules[@]}" --reproducible \
		"$@" six.csv
	[ -z "$stderr" ] || fail "$stderr"
}

# record TYPE FILTER: what jq's FILTER makes of the records of that type.
record()
{
	jq -c "select(.type == \"$1\") | $2" <<<"$output"
}

# refused STATUS TEXT: exactly TEXT on standard error, and nothing that looks
# like a result.
refused()
{
	[ "$status" = "$1" ] || fail "status $status: $stderr"
	assert_equal "$stderr" "qte-run: $2"
	refute_output --partial summary
}

# narrow COLUMNS: no line of the output is wider.
narrow()
{
	[ "$(wc -L <<<"$output")" -le "$1" ] || fail "wider than $1: $output"
}

@test "qte-run: --help fits a screen, shows two examples and ends with 0" {
	run --separate-stderr -0 qte-run --help
	assert_equal "$stderr" ''
	[ "${#lines[@]}" -le 30 ]
	[ "$(wc -l <<<"$output")" -le 30 ]
	[ "$(wc -L <<<"$output")" -le 80 ]
	assert_equal "$(grep -A 9 ^Examples: <<<"$output" | grep -c '^  qte-run ')" 2
	run -0 qte-run -h
	assert_output "$(qte-run --help)"
}

@test "qte-run: --help=all has every option of --help, and more" {
	run -0 qte-run --help=all
	for name in $(qte-run --help | grep -o '^ .*--[a-z-]*' | grep -o -e '--[a-z-]*$') \
		--fill --periods --rf --short-entry --short-exit; do
		assert_line --regexp "^ .*$name"
	done
}

@test "qte-run: --version is a name and a number" {
	run --separate-stderr -0 qte-run --version
	assert_line --index 0 --regexp '^qte-run [0-9]+\.[0-9]+\.[0-9]+ \(records qte/1\)$'
	run -0 qte-run -V
	assert_output "$(qte-run --version)"
}

@test "qte-run: a wrong command line is two lines and 64" {
	local options=('--stratgy=x' '-Z' '--cash' '--cash=0' '--cash=-1'
		'--cash=1e' '--cash=nan' '--cash=1e30' '--commission=1'
		'--commission=-1%' '--commission=x' '--commission=0.0000000001'
		'--slippage=100%' '--slippage=1tick' '--size=0' '--size=x'
		'--size=101%' '--size=2.5' '--direction=up' '--direction='
		'--fill=high' '--on-bad=maybe' '--parser=x' '--periods=0'
		'--periods=inf'
		'--rf=x' '--emit=' '--emit=trade' '--emit=trades,,summary'
		'--emit=trades;summary' '--fractional=1' '--format=xml'
		'--color=maybe' '--short-entry=true' '-oa -qv'
		'six.csv')
	for option in "${options[@]}"; do
		# shellcheck disable=SC2086  # one of them is two options
		run --separate-stderr -64 qte-run -s buy_hold six.csv $option
		[ "$(wc -l <<<"$stderr")" = 2 ] || fail "$option: $stderr"
		[ -z "$output" ] || fail "$option: $output"
		[[ $stderr == "qte-run: "* ]] || fail "$option: $stderr"
		[[ $stderr == *$'\n'"Try 'qte-run --help' for the options." ]] ||
			fail "$option: $stderr"
	done
}

@test "qte-run: a misspelt option is answered with the nearest one" {
	run --separate-stderr qte-run --stratgy=x
	refused 64 "unknown option '--stratgy'; did you mean '--strategy'?
Try 'qte-run --help' for the options."
}

@test "qte-run: a strategy is needed" {
	run --separate-stderr qte-run six.csv
	refused 64 'needs a strategy: --strategy=NAME or --entry=RULE; --list-strategies shows the names'
}

@test "qte-run: a terminal is no data" {
	[ -n "$(command -v script)" ] || skip 'script(1) is not installed'
	run -0 script -qec 'qte-run -s buy_hold; echo $?' /dev/null
	assert_line --partial 'needs FILE, or data on standard input'
	assert_line --regexp '^64'
}

@test "qte-run: writing to a full device ends with 74 and the reason" {
	for args in --help --version --print-config --completion=bash \
		'-s buy_hold six.csv' '-s buy_hold -ftext six.csv' \
		'-s buy_hold -o /dev/full six.csv'; do
		# shellcheck disable=SC2086
		run -74 --separate-stderr bash -c 'qte-run "$@" >/dev/full' - $args
		[[ $stderr == 'qte-run: '*': cannot write: No space left on device' ]] ||
			fail "$args: $stderr"
	done
}

@test "qte-run: a closed standard output ends with 74 and the reason" {
	run -74 --separate-stderr bash -c 'qte-run -s buy_hold six.csv >&-'
	assert_equal "$stderr" \
		'qte-run: standard output: cannot write: Bad file descriptor'
	run -74 bash -c 'qte-run --version >&-'
}

@test "qte-run: a closed standard input or error harms nobody else" {
	six
	local plain=$output
	run -66 bash -c 'qte-run -s buy_hold <&-'
	run -0 bash -c 'qte-run "$@" --reproducible six.csv <&-' - "${rules[@]}"
	assert_output "$plain"
	run -0 bash -c 'qte-run -s buy_hold --cash=5 six.csv 2>&- | tail -n 1'
	assert_output --partial '"type":"summary"'
}

@test "qte-run: a reader that leaves early ends it by SIGPIPE, in silence" {
	"$QTE_BIN/tests/tools/genbars" 20000 >bars.csv
	run -0 --separate-stderr bash -c '
		env --default-signal=PIPE qte-run -s buy_hold --emit=equity \
			bars.csv | head -n 1
		echo "${PIPESTATUS[0]}"'
	assert_line --index 1 141
	assert_equal "$stderr" ''
}

@test "qte-run: standard input, - and a FIFO are read like the file" {
	six
	local plain=${output//'"symbol":"six"'/'"symbol":"-"'}
	# The digest covers the trades, and these name the symbol.
	plain=${plain%\"digest*}
	mkfifo six.fifo
	for how in 'qte-run "$@" <six.csv' 'qte-run "$@" - <six.csv' \
		'cat six.csv | qte-run "$@"' '{ sleep .1; cat six.csv; } | qte-run "$@"'; do
		run -0 bash -c "$how" - "${rules[@]}" --reproducible
		assert_equal "${output%\"digest*}" "$plain"
	done
	cat six.csv >six.fifo &
	run -0 qte-run "${rules[@]}" --reproducible six.fifo
	assert_equal "${output%\"digest*}" \
		"${plain//'"symbol":"-"'/'"symbol":"six"'}"
}

@test "qte-run: a name that looks like an option follows --" {
	cp six.csv ./-x.csv
	run -64 qte-run -s buy_hold -x.csv
	run -0 qte-run -s buy_hold -- -x.csv
	assert_output --partial '"symbol":"-x"'
}

@test "qte-run: -o writes the file that standard output would get" {
	six
	local plain=$output
	six -o out.jsonl
	assert_output ''
	assert_equal "$(cat out.jsonl)" "$plain"
	six -o -
	assert_output "$plain"
}

@test "qte-run: -o keeps a link a link and a device a device, and the mode" {
	echo old >target
	chmod 640 target
	ln -s target link
	six -o link
	[ -L link ]
	assert_equal "$(stat -c %a target)" 640
	assert_equal "$(tail -n 1 target | jq -r .type)" summary
	six -o /dev/null
	[ -c /dev/null ]
	[ ! -L /dev/null ]
}

@test "qte-run: -o leaves the old file, and nothing else, after an error" {
	echo old >out
	cp six.csv bad.csv
	echo 2020-01-09,1,2,3,4,5 >>bad.csv
	run -65 qte-run -s buy_hold -o out bad.csv
	assert_equal "$(cat out)" old
	run -65 qte-run -s buy_hold -o new bad.csv
	run -66 qte-run -s buy_hold -o new missing.csv
	run -64 qte-run -s buy_hold -p x=1 -o new six.csv
	run -0 ls -A
	assert_output $'bad.csv\nout\nsix.csv'
}

@test "qte-run: -o to where no file can be is 73" {
	mkdir dir
	run --separate-stderr qte-run -s buy_hold -o none/x six.csv
	refused 73 'none/x: cannot create: No such file or directory'
	run --separate-stderr qte-run -s buy_hold -o dir six.csv
	refused 73 'dir: cannot create: Is a directory'
	run --separate-stderr qte-run -s buy_hold -o six.csv/x six.csv
	refused 73 'six.csv/x: cannot create: Not a directory'
}

@test "qte-run: two runs to one file leave one of them, whole" {
	six --cash=2000
	local one=$output
	six --cash=3000
	local two=$output
	for _ in 1 2 3 4 5; do
		qte-run "${rules[@]}" --reproducible --cash=2000 -o out six.csv &
		qte-run "${rules[@]}" --reproducible --cash=3000 -o out six.csv
		wait $!
		[ "$(cat out)" = "$one" ] || [ "$(cat out)" = "$two" ] || fail "$(cat out)"
	done
	run -0 ls -A
	assert_output $'out\nsix.csv'
}

@test "qte-run: a full disk is 74, and the old file stays" {
	"$QTE_BIN/tests/tools/genbars" 2000 >bars.csv
	mkdir small
	run --separate-stderr unshare -rm bash -c '
		mount -t tmpfs -o size=64k none small 2>/dev/null || exit 99
		echo old >small/out
		qte-run -s buy_hold --emit=equity -o small/out bars.csv
		echo $? $(ls -A small) $(cat small/out)'
	[ "$status" = 0 ] || skip 'a file system cannot be mounted'
	assert_output '74 out old'
	assert_equal "$stderr" 'qte-run: small/out: cannot write: No space left on device'
}

@test "qte-run: without a terminal it writes records, --format=text a table" {
	six
	[ "$(jq -r .type <<<"$output" | paste -sd ' ')" = 'head trade summary' ]
	six --format=text
	assert_line --index 0 'custom on six: 6 bars from 2020-01-01 to 2020-01-08'
	assert_line --regexp '^ +1 +long +83 +2020-01-03 +12 +2020-01-07 +9 +1.74 +-250.74$'
	assert_line --partial 'final equity      749.26'
	assert_line --partial 'Pending for the next bar: buy to open.'
	refute_output --partial $'\e'
	local text=$output
	QTE_FORMAT=text six
	assert_output "$text"
	QTE_FORMAT=text six -f json
	assert_output --partial '"type":"summary"'
	six -f text --color=always
	assert_output --partial $'\e['
	assert_equal "$(printf '%s\n' "$output" | sed $'s/\e\\[[0-9]*m//g')" "$text"
}

@test "qte-run: on a terminal it writes the table" {
	[ -n "$(command -v script)" ] || skip 'script(1) is not installed'
	run -0 script -qec 'qte-run -s buy_hold six.csv' /dev/null
	assert_line --partial 'buy_hold on six: 6 bars'
	refute_output --partial '"type"'
}

@test "qte-run: the table shows the last ten of many trades" {
	"$QTE_BIN/tests/tools/genbars" 2000 42 >bars.csv
	run -0 qte-run -s sma_cross -f text bars.csv
	assert_equal "$(grep -c ' long ' <<<"$output")" 10
	assert_line --regexp '^The last 10 of [0-9]+ trades; --format=json writes all of them\.$'
}

@test "qte-run: the table is as wide as the terminal at most" {
	"$QTE_BIN/tests/tools/genbars" 2000 42 >bars.csv
	local width rule='close > sma(close, 5) and rsi(close, 14) < 55 and bar > 7'

	for width in 70 80 100 120; do
		COLUMNS=$width run -0 --separate-stderr qte-run -f text \
			--entry="$rule and $rule" --exit='close < sma(close, 5)' \
			--cash=1000000000 bars.csv
		narrow $width
		assert_line --partial 'The last 10 of'
		assert_line --partial 'final equity'
		assert_line --partial 'trades ended'
	done
	assert_line --regexp '^ *id +side +qty +entry +price +exit +price +fees +gain$'
	# Without a terminal that says otherwise it is 80 wide.
	run -0 --separate-stderr qte-run -s rsi -f text --cash=1000000000 bars.csv
	narrow 80
	assert_line --regexp '^ *id +side +entry +price +exit +price +gain$'
}

@test "qte-run: on a terminal the table has its width" {
	[ -n "$(command -v script)" ] || skip 'script(1) is not installed'
	"$QTE_BIN/tests/tools/genbars" 2000 42 >bars.csv
	for width in 80 120; do
		run -0 script -qec "stty cols $width; \
			qte-run -s rsi --cash=1000000000 --color=never bars.csv" \
			/dev/null
		narrow $width
		[ "$(wc -L <<<"$output")" -gt $((width - 10)) ]
	done
}

@test "qte-run: the equity as a line, in blocks or in ASCII" {
	six --format=text
	assert_line '  equity      ▇▇█▁▁▁  749 to 1,082'
	LC_ALL=C six --format=text
	assert_line '  equity      ##@...  749 to 1,082'
	LC_ALL='' LANG=en_GB.UTF-8 six --format=text
	assert_line --partial '█'
	COLUMNS=40 LC_ALL=C six --format=text
	assert_line '  equity      ##@...  749 to 1,082'
}

@test "qte-run: buying and holding stands beside the strategy" {
	# From 100 to 80 to 120, at two bars a year.
	bars 2020-01-01,100,100,100,100,1 2020-01-02,80,80,80,80,1 \
		2020-01-03,120,120,120,120,1 >three.csv
	run -0 qte-run --entry=false --periods=2 -f text three.csv
	assert_line --regexp '^ {15,}strategy  buy and hold$'
	assert_line --regexp '^  total return +0.00 % +20.00 %  won '
	assert_line --regexp '^  annual return +0.00 % +20.00 %  '
	assert_line --regexp '^  max drawdown +0.00 % +-20.00 %  '
	# Returns -0.2 and 0.5: mean 0.15, deviation sqrt(0.245), x sqrt(2).
	assert_line --regexp '^  volatility +0.00 % +70.00 %  '
	assert_line --regexp '^  Sharpe ratio +- +0.43  '
	assert_line --regexp '^  Sortino ratio +- +1.50  '
}

@test "qte-run: the text says what the result depends on" {
	six --format=text
	assert_line --index 1 \
		'  long, size all, fill open, cash 1,000, commission 0.001, slippage 0'
	six --format=text --direction=long-short --size=12.5% --fractional \
		--fill=close --cash=1234.5 --commission=5bp --slippage=0.02% \
		--rf=3% --from=2020-01-02 --to='2020-01-07 09:30' --warmup=1
	assert_line --index 1 \
		'  long-short, size 12.5%, fractional, fill close, cash 1,234.5,'
	assert_line --index 2 \
		'  commission 0.0005, slippage 0.0002, rf 0.03, from 2020-01-02,'
	assert_line --index 3 '  to 2020-01-07 09:30, warmup 1'
	narrow 80
	COLUMNS=30 six --format=text --size=7
	assert_line --index 2 '  long, size 7, fill open,'
	assert_line --index 3 '  cash 1,000,'
	assert_line --index 4 '  commission 0.001,'
	assert_line --index 5 '  slippage 0'
}

@test "qte-run: the text shows the last of the values that are printed" {
	six --format=text --print='sma(close, 2), sma(close, 9)[1]' \
		--print='close > 11, close / 7' --print='close / 1e6, close * 1e6'
	assert_line '  printed           at the last bar  bars without'
	assert_line '  sma(close, 2)                  11             1'
	assert_line '  sma(close, 9)[1]                -             6'
	assert_line '  close > 11                   true             0'
	assert_line '  close / 7                1.714286             0'
	assert_line '  close / 1e6              0.000012             0'
	assert_line '  close * 1e6            12,000,000             0'
	# The bars of the range count, and those before it do not.
	six --format=text --print='sma(close, 2)' --from=2020-01-03
	assert_line --regexp '^  sma\(close, 2\) +11 +1$'
	six --format=text --print='sma(close, 2)' --from=2020-01-03 --warmup=1
	assert_line --regexp '^  sma\(close, 2\) +11 +0$'
	COLUMNS=30 six --format=text --print='close + close + close, sma(close, 9)'
	assert_line '  close + close + close: 36'
	assert_line --partial '  sma(close, 9): -, bars'
	assert_line '    without: 6'
	# Without a strategy too, and with nothing printed nothing is shown.
	run -0 qte-run --print=close -f text six.csv
	assert_line --regexp '^  close +12 +0$'
	run -0 qte-run -s buy_hold -f text six.csv
	refute_output --partial printed
}

few='Fewer than 30 trades ended: chance alone may explain the figures.'
short='Less than a year of data: the annual figures are extrapolated.'
dear='The fees are larger than the gains of the trades that won.'

@test "qte-run: the text says when there are reasons for doubt" {
	run -0 qte-run -s sma_cross -f text "$(data sp500.csv)"
	refute_line "$few"
	refute_line "$short"
	refute_line "$dear"
	assert_line --index -1 --partial 'Sortino ratio'
	run -0 qte-run -s rsi -f text "$(data sp500.csv)"
	assert_line "$few"
	refute_line "$short"
	run -0 qte-run -s sma_cross -f text --commission=1% "$(data sp500.csv)"
	refute_line "$few"
	assert_line "$dear"
	six --format=text
	assert_line "$few"
	assert_line "$short"
	assert_line "$dear"
	# A trade that has not ended says nothing of fees.
	run -0 qte-run -s buy_hold -f text six.csv
	refute_line "$dear"
}

@test "qte-run: a year of data is 360 days from the first bar to the last" {
	bars 2020-01-01,1,1,1,1,1 2020-12-25,1,1,1,1,1 >short.csv
	run -0 qte-run -s buy_hold -f text short.csv
	assert_line "$short"
	bars 2020-01-01,1,1,1,1,1 2020-12-26,1,1,1,1,1 >year.csv
	run -0 qte-run -s buy_hold -f text year.csv
	refute_line "$short"
}

@test "qte-run: the trade, to the last digit" {
	six
	assert_line --index 1 '{"type":"trade","ts":"2020-01-07T00:00:00Z","id":1,"symbol":"six","side":"long","qty":83,"entry_ts":"2020-01-03T00:00:00Z","entry_bar":2,"entry_price":12,"exit_ts":"2020-01-07T00:00:00Z","exit_bar":4,"exit_price":9,"fees":1.743,"pnl":-250.743,"return_ratio":-0.25175,"bars_held":2,"exit_reason":"signal"}'
	assert_equal "$(record summary '[.final_equity, .total_return * 1e6, .max_drawdown_bars, .trades_closed, .wins, .losses, .win_rate, .bars_in_market, .exposure_ratio * 3]')" \
		'[749.257,-250743.00000000006,3,1,0,1,0,2,1]'
	assert_equal "$(record summary .pending)" \
		'[{"id":3,"symbol":"six","side":"buy","intent":"open"}]'
}

@test "qte-run: --emit writes the kinds that are asked for, in the order of things" {
	six --emit=trades,summary,orders,fills,equity,signals,positions,refusals
	assert_equal "$(jq -r '[.type, .bar // empty] | join(" ")' <<<"$output" | paste -sd ,)" \
		'head,equity 0,equity 1,signal 1,order 1,fill 2,position 2,equity 2,signal 2,position 3,equity 3,signal 3,order 3,fill 4,trade,equity 4,equity 5,signal 5,order 5,summary'
	assert_line '{"type":"equity","ts":"2020-01-06T00:00:00Z","bar":3,"cash":3.004,"position":83,"equity":750.004}'
	assert_line '{"type":"signal","ts":"2020-01-06T00:00:00Z","bar":3,"symbol":"six","rules":["exit"]}'
	assert_line '{"type":"order","ts":"2020-01-06T00:00:00Z","bar":3,"symbol":"six","id":2,"side":"sell","intent":"close"}'
	assert_line '{"type":"fill","ts":"2020-01-07T00:00:00Z","bar":4,"symbol":"six","order":2,"side":"sell","qty":83,"price":9,"fees":0.747}'
	assert_line '{"type":"position","ts":"2020-01-06T00:00:00Z","bar":3,"symbol":"six","trade":1,"side":"long","qty":83,"entry_price":12,"price":9,"pnl":-249.996}'
	local all=$output kind
	for kind in trade order fill equity signal position; do
		six --emit="$kind$([ $kind = equity ] || echo s)"
		assert_output "$(grep -E "\"type\":\"($kind|head|summary)\"" <<<"$all")"
	done
	six --emit=summary
	assert_equal "$(jq -r .type <<<"$output" | paste -sd ' ')" 'head summary'
}

@test "qte-run: every record stands in qte-records(5) with its keys" {
	for options in '' --size=1000 --direction=long-short --fractional \
		'--cash=5' '--direction=short --size=10%'; do
		# shellcheck disable=SC2086
		qte-run "${rules[@]}" $options six.csv \
			--emit=trades,orders,fills,equity,signals,positions,refusals
		qte-run --entry='close > 1000' --reproducible six.csv
		qte-run -s macd --on-bad=skip -p fast=3 "$(data sp500.csv)"
	done >records 2>/dev/null
	run -0 "$QTE_TREE/tests/record-keys" records
	assert_equal "$(jq -r .type records | sort -u | paste -sd ' ')" \
		'equity fill head order position refusal signal summary trade'
}

@test "qte-run: --size: shares, a percentage, a refusal" {
	six --size=10
	assert_equal "$(record trade '[.qty, .fees, .pnl]')" '[10,0.21,-30.21]'
	six --size=50%
	assert_equal "$(record trade .qty)" 41
	assert_equal "$(record summary .size)" '"50%"'
	run --separate-stderr -0 qte-run "${rules[@]}" --reproducible \
		--size=100 --emit=refusals six.csv
	assert_equal "$stderr" \
		'qte-run: warning: orders refused for want of cash: 2'
	assert_line --index 1 '{"type":"refusal","ts":"2020-01-03T00:00:00Z","bar":2,"symbol":"six","order":1,"side":"buy","qty":100,"price":12,"reason":"cash"}'
	assert_equal "$(record summary '[.refusals, .trades_closed, .fees, .final_equity]')" \
		'[2,0,0,1000]'
	run -64 qte-run "${rules[@]}" --size=2.5 six.csv
	six --size=2.5 --fractional
	assert_equal "$(record trade '[.qty, .fees]')" '[2.5,0.0525]'
}

@test "qte-run: --fractional trades to the last digit of the cash" {
	six --fractional --commission=0
	assert_output --partial '"qty":83.333333333333333333,'
	six --fractional --commission=0 --size=25%
	assert_output --partial '"qty":20.833333333333333333,'
}

@test "qte-run: --commission takes 0.001, 0.1% and 10bp for the same" {
	six --commission=0.001
	local plain=$output
	six --commission=0.1%
	assert_output "$plain"
	six --commission=10bp
	assert_output "$plain"
	six --commission=0
	assert_equal "$(record trade '[.fees, .pnl]')" '[0,-249]'
}

@test "qte-run: --slippage worsens each fill" {
	six --slippage=1%
	assert_equal "$(record trade '[.qty, .entry_price, .exit_price, .pnl]')" \
		'[82,12.12,8.91,-264.94446]'
}

@test "qte-run: --fill=close fills at the next close" {
	six --fill=close
	assert_equal "$(record trade '[.qty, .entry_bar, .entry_price, .exit_bar, .exit_price]')" \
		'[76,2,13,4,10]'
	assert_equal "$(record summary .fill)" '"close"'
}

@test "qte-run: --direction=short mirrors, long-short turns around" {
	six --direction=short
	assert_equal "$(record trade '[.side, .qty, .pnl, .fees]')" \
		'["short",83,247.257,1.743]'
	six --direction=long-short
	assert_equal "$(record trade '[.side, .qty, .entry_bar, .exit_bar, .pnl, .bars_held, .exit_reason]')" \
		$'["long",83,2,4,-250.743,2,"signal"]\n["short",83,4,null,-249.747,2,"open"]'
	assert_equal "$(record summary '[.trades_open, .trades_closed, .bars_in_market, .final_equity, .fees]')" \
		'[1,1,4,499.51,2.49]'
	assert_equal "$(record summary .pending[0].intent)" '"reverse"'
}

@test "qte-run: --short-entry and --short-exit stand in for the other rules" {
	six --direction=long-short --short-entry='bar == 0' --short-exit='bar == 1'
	assert_equal "$(record trade '[.side, .entry_bar, .exit_bar]')" \
		$'["short",1,2]\n["long",2,4]'
	six --direction=short --short-entry='bar == 2' --short-exit='bar == 3'
	assert_equal "$(record trade '[.side, .entry_bar, .exit_bar]')" \
		'["short",3,4]'
	assert_equal "$(record summary '[.short_entry, .short_exit]')" \
		'["bar == 2","bar == 3"]'
}

@test "qte-run: the short rules of a strategy file count as those of options" {
	cat >both.qts <<-'END'
		entry = close > 11.5
		exit = close < 9.5
		short_entry = bar == 2
		short_exit = bar == 3
	END
	run -0 qte-run -s both.qts --direction=short --cash=1000 six.csv
	assert_equal "$(record trade '[.side, .entry_bar, .exit_bar]')" \
		'["short",3,4]'
	run -0 qte-run -s both.qts --cash=1000 six.csv
	assert_equal "$(record trade '[.side, .entry_bar, .exit_bar]')" \
		'["long",2,4]'
}

@test "qte-run: --cash too small for a share trades nothing, and says so" {
	run --separate-stderr -0 qte-run "${rules[@]}" --cash=5 six.csv
	assert_equal "$stderr" \
		'qte-run: warning: orders dropped, since the cash buys nothing: 2'
	assert_equal "$(record summary '[.unaffordable, .fees, .final_equity, .undefined.win_rate]')" \
		'[2,0,5,"no trade ended"]'
	run --separate-stderr -0 qte-run "${rules[@]}" --cash=5 -q six.csv
	assert_equal "$stderr" ''
}

@test "qte-run: --periods and --rf go into the ratios, and nothing else" {
	six
	local plain=$output
	six --periods=12 --rf=0.05
	assert_equal "$(record summary .periods_per_year)" 12
	assert_equal \
		"$(record summary 'del(.periods_per_year, .annual_return, .volatility, .sharpe, .sortino, .rf)')" \
		"$(jq -c 'select(.type == "summary") | del(.periods_per_year, .annual_return, .volatility, .sharpe, .sortino, .rf)' <<<"$plain")"
	# volatility goes with the root of P.
	local ratio
	ratio=$(jq -s '.[0] / .[1] | . * . | . * 1e9 | round' \
		<<<"$(record summary .volatility) $(jq 'select(.type == "summary").volatility' <<<"$plain")")
	assert_equal "$ratio" 47619048 # 12/252
}

@test "qte-run: -p sets a parameter, of a rule and of a built-in" {
	run -0 qte-run --entry='close > $x=100' -p x=11.5 --exit='close < $y=9.5' \
		--cash=1000 --reproducible six.csv
	assert_equal "$(record summary .params)" '{"x":11.5,"y":9.5}'
	assert_equal "$(record trade .entry_bar)" 2
	run -0 qte-run -s sma_cross -p fast=1 -p slow=2 --reproducible six.csv
	assert_equal "$(record summary .params)" '{"fast":1,"slow":2}'
}

@test "qte-run: --symbol picks one of several, and is needed then" {
	awk -F, -v OFS=, 'NR == 1 { $1 = $1 ",symbol"; print; next }
		{ t = $1; $1 = t ",A"; print; $1 = t ",B"; $3 += 1; print }' \
		six.csv >two.csv
	six
	local plain
	plain=$(record trade 'del(.symbol)')
	run -0 --separate-stderr qte-run "${rules[@]}" --reproducible --symbol=A two.csv
	assert_equal "$(record trade 'del(.symbol)')" "$plain"
	assert_equal "$(record trade .symbol)" '"A"'
	assert_equal "$(record summary '[.bars, .rows_read, .rows_skipped]')" '[6,12,{}]'
	run --separate-stderr qte-run "${rules[@]}" two.csv
	[ "$status" = 65 ]
	[[ $stderr == 'qte-run: two.csv:3:12: '* ]] || fail "$stderr"
	run --separate-stderr qte-run "${rules[@]}" --symbol=C two.csv
	[ "$status" = 65 ]
	# What is passed over is not bad.
	run -0 --separate-stderr qte-run "${rules[@]}" --symbol=A --on-bad=skip two.csv
	assert_equal "$stderr" ''
}

@test "qte-run: options come from the environment and a file too" {
	six --size=10
	local plain=$output
	QTE_RUN_SIZE=10 six
	assert_output "$plain"
	printf '[run]\nsize = 10\n' >qte.conf
	six -c qte.conf
	assert_output "$plain"
	QTE_RUN_SIZE=20 six -c qte.conf --size=10
	assert_output "$plain"
	run -78 qte-run -c none.conf -s rsi six.csv
	QTE_RUN_SIZE=x run -78 --separate-stderr qte-run -s rsi six.csv
	assert_equal "$(wc -l <<<"$stderr")" 1
}

@test "qte-run: --reproducible leaves out what differs, and only that" {
	QTE_NOW=2020-02-03T04:05:06Z run -0 qte-run "${rules[@]}" six.csv
	assert_equal "$(record head .ts)$(record summary .ts)" \
		'"2020-02-03T04:05:06Z""2020-02-03T04:05:06Z"'
	assert_equal "$(record head .args)" \
		'["--entry=close > 11.5","--exit=close < 9.5","--cash=1000","six.csv"]'
	local plain
	plain=$(jq -c 'if .type == "head" then del(.ts, .run_id, .args) elif
		.type == "summary" then
			del(.ts, .elapsed_s, .rows_per_s, .peak_memory_bytes)
		else . end' <<<"$output")
	six
	assert_equal "$(jq -c . <<<"$output")" "$plain"
}

@test "qte-run: the digest is that of the trades and settings, whatever is emitted" {
	six
	local digest
	digest=$(record summary .digest)
	six --emit=summary
	assert_equal "$(record summary .digest)" "$digest"
	six --emit=equity,fills
	assert_equal "$(record summary .digest)" "$digest"
	six --size=10
	[ "$(record summary .digest)" != "$digest" ]
	six --commission=0.0010001
	[ "$(record summary .digest)" != "$digest" ]
}

@test "qte-run: one bar is enough, and leaves out what it cannot tell" {
	bars 2020-01-01,10,11,9,10,100 >one.csv
	run -0 --separate-stderr qte-run -s buy_hold one.csv
	assert_equal "$stderr" ''
	assert_equal "$(record summary '[.bars, .total_return, .trades_open, (.pending | length), has("sharpe"), has("annual_return")]')" \
		'[1,0,0,1,false,false]'
	assert_equal "$(record summary '.undefined | keys | length')" 6
}

@test "qte-run: all seven strategies run on real data" {
	for strategy in buy_hold sma_cross ema_cross macd rsi bollinger donchian; do
		run -0 --separate-stderr qte-run -s $strategy "$(data sp500.csv)"
		assert_equal "$stderr" ''
		assert_equal "$(record summary '[.bars, .complete, .exact]')" '[5105,true,true]'
		[ "$(record summary '.trades_closed + .trades_open')" -gt 0 ]
	done
}

@test "qte-run: a built-in strategy is the rules that its summary shows" {
	for strategy in buy_hold sma_cross ema_cross macd rsi bollinger donchian; do
		run -0 qte-run -s $strategy --reproducible "$(data sp500.csv)"
		local trades entry exit
		trades=$(record trade .)
		entry=$(jq -r 'select(.type == "summary").entry' <<<"$output")
		exit=$(jq -r 'select(.type == "summary").exit' <<<"$output")
		run -0 qte-run --entry="$entry" --exit="$exit" --reproducible \
			"$(data sp500.csv)"
		assert_equal "$(record trade .)" "$trades"
	done
}

@test "qte-run: no rule sees a later bar" {
	"$QTE_BIN/tests/tools/genbars" 600 7 >whole.csv
	for strategy in sma_cross ema_cross macd rsi bollinger donchian; do
		run -0 qte-run -s $strategy --emit=signals --reproducible whole.csv
		local whole
		whole=$(record signal '[.bar, .rules]')
		for n in 100 333 599; do
			head -n $((n + 1)) whole.csv >part.csv
			run -0 qte-run -s $strategy --emit=signals --reproducible part.csv
			assert_equal "$(record signal '[.bar, .rules]')" \
				"$(jq -c "select(.[0] < $n)" <<<"$whole")"
		done
	done
}

@test "qte-run: --on-bad=skip passes over bad rows and counts them by kind" {
	bars 2020-01-01,10,11,9,10,100 2020-01-02,10,12,10,12,100 \
		2020-01-03,12,14,11,13,100 2020-01-03,12,14,11,13,100 \
		2020-01-01,1,1,1,1,1 2020-02-30,1,1,1,1,1 \
		'2020-01-04T00:00:00Z,1,1,1,1,1' 2020-01-05,x,1,1,1,1 \
		2020-01-05,1,nan,1,1,1 2020-01-05,1,1e309,1,1,1 2020-01-05,0,1,0,1,1 \
		2020-01-05,-1,1,-1,1,1 2020-01-05,1,1,1,1,-1 2020-01-05,2,1,2,2,1 \
		2020-01-05,3,2,1,2,1 2020-01-05,1,2,1,3,1 2020-01-05,1,1 \
		2020-01-05,,1,1,1,1 '2020-01-05,"1"x,1,1,1,1' \
		$'2020-01-05,1,1,\xff,1,1' 2020-01-06,13,13,9,9,100 \
		2020-01-07,9,10,8,10,100 2020-01-08,10,12,10,12,100 >bad.csv
	printf '2020-01-09,1\0,1,1,1,1\n2020-01-09,1,1' >>bad.csv
	run -65 qte-run "${rules[@]}" bad.csv
	run --separate-stderr -0 qte-run "${rules[@]}" --reproducible --on-bad=skip bad.csv
	assert_equal "$stderr" \
		'qte-run: warning: 19 of 25 rows are bad and were skipped; the summary counts them by kind: more than half: are the columns right?'
	assert_equal "$(record summary '.rows_skipped | to_entries | map("\(.key) \(.value)") | sort | .[]' | tr -d '"' | paste -sd ,)" \
		'bad-timestamp 1,close-outside-range 1,column-count 1,duplicate-timestamp 1,high-below-low 1,invalid-utf8 1,missing-value 1,negative-price 1,negative-volume 1,not-a-number 1,not-finite 2,not-monotonic 1,nul-byte 1,open-outside-range 1,stray-quote 1,truncated-last-line 1,zero-price 1,zone-mismatch 1'
	assert_equal "$(record summary '[.rows_read, .bars]')" '[25,6]'
	local got
	got=$(record trade 'del(.symbol)')
	six
	assert_equal "$got" "$(record trade 'del(.symbol)')"
}

@test "qte-run: --on-bad=skip with nothing left is an error" {
	bars 2020-01-01,x,11,9,10,100 >bad.csv
	run --separate-stderr qte-run -s buy_hold --on-bad=skip bad.csv
	refused 65 'bad.csv: no usable data rows: all 1 were refused'
}

@test "qte-run: an order whose value money cannot hold ends the run with 65" {
	bars 2020-01-01,1,1,1,1,1 2020-01-02,0.000000001,1,0.000000001,1,1 \
		2020-01-03,1,1,1,1,1 >tiny.csv
	run --separate-stderr qte-run -s buy_hold --cash=1e19 --commission=0 tiny.csv
	refused 65 'tiny.csv:3:1: a value is beyond 1.7e20, which exact money cannot hold'
}

@test "qte-run: rules that are given stand in for those of the strategy" {
	run -0 qte-run -s buy_hold --exit='bar == 3' --reproducible six.csv
	assert_equal "$(record summary '[.strategy, .entry, .exit]')" \
		'["custom","bar == 0","bar == 3"]'
	assert_equal "$(record trade .exit_bar)" 4
	run -0 qte-run -s buy_hold --exit='bar == 3' --format=text six.csv
	assert_line '  exit        bar == 3'
	printf '[run]\nstrategy = rsi\n' >conf
	run -0 qte-run -c conf --entry='bar == 1' --exit=false --reproducible \
		six.csv
	assert_equal "$(record trade .entry_bar)" 2
}

@test "qte-run: the order of -p changes nothing, nor does a default given" {
	local digests
	digests=$(for p in '' '-p fast=10' '-p slow=30 -p fast=10'; do
		# shellcheck disable=SC2086
		qte-run -s sma_cross $p "$(data sp500.csv)" |
			jq -r 'select(.digest) | .digest'
	done | sort -u)
	assert_equal "$(wc -l <<<"$digests")" 1
}

@test "qte-run: -o that names the input is refused, and the input stays" {
	cp six.csv same.csv
	ln -s same.csv link.csv
	run --separate-stderr -64 qte-run -s buy_hold same.csv -o link.csv
	cmp six.csv same.csv
	[[ $stderr == "qte-run: --output: 'link.csv' is the input"* ]]
}

@test "qte-run: a bad row leaves the same output with -o - as without" {
	sed '$a2020-01-09,1,2,3,4,5' six.csv >late.csv
	qte-run -s buy_hold --emit=equity --reproducible late.csv >plain || true
	qte-run -s buy_hold --emit=equity --reproducible -o - late.csv >dash || true
	[ "$(wc -l <plain)" = 7 ]
	cmp plain dash
}

@test "qte-run: rules and symbols keep to the length of a record" {
	run -64 qte-run --entry="true$(printf ' and true%.0s' {1..500})" six.csv
	{
		echo symbol,timestamp,open,high,low,close,volume
		printf '%0300d,2020-01-01,1,1,1,1,1\n' 7
	} >long.csv
	run --separate-stderr -65 qte-run -s buy_hold long.csv
	assert_equal "$stderr" \
		'qte-run: long.csv:2:1: symbol is longer than 256 bytes'
}

@test "qte-run: a wrong value in the environment or a file is 78" {
	QTE_RUN_STRATEGY=zz run --separate-stderr -78 qte-run six.csv
	[[ $stderr == "qte-run: QTE_RUN_STRATEGY: unknown strategy 'zz'"* ]]
	printf '[run]\nparam = fast=5 slow\n' >conf
	run --separate-stderr -78 qte-run -c conf -s sma_cross six.csv
	[[ $stderr == "qte-run: conf:2:9: "* ]]
}

@test "qte-run: a rule that stays keeps the defaults of one that was replaced" {
	run -0 qte-run -s rsi --entry='bar == 0' --reproducible \
		"$(data sp500.csv)"
	assert_equal "$(record summary .params)" '{"n":14,"high":70}'
}

@test "qte-run: a misspelt variable is 78, with the nearest one" {
	QTE_RUN_COMISSION=5bp run --separate-stderr -78 qte-run -s rsi six.csv
	assert_equal "$stderr" "qte-run: unknown variable QTE_RUN_COMISSION; \
did you mean 'QTE_RUN_COMMISSION'?"
	QTE_OTHER=1 run -0 qte-run -s buy_hold six.csv
}

@test "qte-run: --heartbeat shows that it lives, also while nothing comes" {
	csv=$(data sp500.csv)
	mkfifo feed
	qte-run -s sma_cross --heartbeat=50ms feed >out &
	local pid=$!
	exec 9>feed
	head -n 200 "$csv" >&9
	until [ "$(grep -c '"heartbeat"' out)" -ge 3 ]; do sleep 0.05; done
	exec 9>&-
	wait "$pid"
	run -0 jq -s '(map(select(.type == "throughput").rows) | add) as $rows |
		[.[-2].type, .[-1].type, $rows, .[-1].rows_read] | tojson' out
	assert_output '"[\"throughput\",\"summary\",199,199]"'
	run -0 jq -e -s 'map(select(.latency_p50_s)) | length > 0 and
		all(.latency_p50_s <= .latency_p95_s and
		.latency_p95_s <= .latency_p99_s and
		.latency_p99_s <= .latency_max_s)' out
	qte-run -s sma_cross --reproducible "$csv" >want
	qte-run -s sma_cross --reproducible --heartbeat=1ns "$csv" | cmp - want
}

# feed_until N COMMAND...: run COMMAND again and again, into the feed that 9 is,
# until ./out has N heartbeats.
feed_until()
{
	local n=$1
	shift

	until [ "$(grep -c '^{"type":"heartbeat"' out)" -ge "$n" ]; do
		"$@" >&9
		sleep 0.02
	done
}

@test "qte-run: --heartbeat is kept while what comes holds no bar" {
	mkfifo feed
	qte-run -s rsi --symbol=A --heartbeat=50ms feed >out &
	local pid=$!
	exec 9>feed
	printf '%s\n' symbol,timestamp,open,high,low,close,volume \
		A,2020-01-01,5,5,5,5,1 >&9
	feed_until 3 echo B,2020-01-01,7,7,7,7,1
	# Nor a whole row.
	feed_until 6 printf B
	echo ,2020-01-01,7,7,7,7,1 >&9
	exec 9>&-
	wait "$pid"
	run -0 jq -s '(map(select(.type == "throughput").rows) | add) ==
		.[-1].rows_read' out
	assert_output true
}

@test "qte-run: --heartbeat is kept while a compressed feed stands still" {
	gzip -c "$(data sp500.csv)" >whole.gz
	mkfifo feed
	qte-run -s rsi --heartbeat=50ms feed >out &
	local pid=$!
	exec 9>feed
	head -c 60000 whole.gz >&9
	feed_until 3 true
	tail -c +60001 whole.gz >&9
	exec 9>&-
	wait "$pid"
	run -0 jq 'select(.type == "summary").rows_read' out
	assert_output 5105
}

@test "qte-run: a --heartbeat that is longer than the clock runs is never due" {
	run -0 --separate-stderr qte-run -s rsi --batch=64 \
		--heartbeat=9223372036854775807ns "$(data sp500.csv)"
	run -0 jq -s 'map(select(.type == "heartbeat")) | length' <<<"$output"
	assert_output 0
}
