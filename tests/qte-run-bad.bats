#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What qte-run makes of bad input: one line that says where and why, the right
# status, and nothing that could be taken for a result.

# shellcheck disable=SC2016  # rules have dollars of their own
load helper
stderr=

setup()
{
	cd "$TMP" || return
}

# bad STATUS TEXT [OPTION...]: on bad.csv, qte-run says TEXT and only that.
bad()
{
	local want=$1 text=$2
	shift 2
	[ $# -gt 0 ] || set -- -s buy_hold bad.csv
	for format in json text; do
		run --separate-stderr qte-run "$@" --format=$format
		assert_equal "$stderr" "qte-run: $text"
		assert_equal "$status" "$want"
		refute_output --partial summary
		refute_output --partial equity
	done
}

# rows ROW...: two good days, then ROWs.
rows()
{
	bars 2023-02-27,10,11,9,10,100 2023-02-28,10,12,10,12,100 "$@" >bad.csv
}

# plain: the two good days and a third are what bad.csv comes to.
plain()
{
	bars 2023-02-27,10,11,9,10,100 2023-02-28,10,12,10,12,100 \
		2023-03-01,12,13,11,13,100 >plain.csv
	run -0 --separate-stderr qte-run -s buy_hold --reproducible \
		--emit=equity,trades - <plain.csv
	local want=$output
	run -0 --separate-stderr qte-run -s buy_hold --reproducible \
		--emit=equity,trades - <bad.csv
	assert_equal "$stderr" ''
	assert_output "$want"
}

@test "qte-run: a file that is not there is 66" {
	bad 66 'missing.csv: cannot open: No such file or directory' \
		-s buy_hold missing.csv
}

@test "qte-run: a directory is 66" {
	mkdir dir
	bad 66 'dir: is a directory' -s buy_hold dir
	run -66 --separate-stderr bash -c 'qte-run -s buy_hold <dir'
	assert_equal "$stderr" 'qte-run: standard input: is a directory'
}

@test "qte-run: a file that may not be read is 66" {
	rows
	chmod 000 bad.csv
	local without=()
	if [ -r bad.csv ]; then
		# root may read everything, unless it is without that power.
		without=(setpriv --bounding-set '-dac_override,-dac_read_search'
			--inh-caps=-all)
		"${without[@]}" true || skip 'cannot give up the powers of root'
	fi
	run --separate-stderr "${without[@]}" qte-run -s buy_hold bad.csv
	assert_equal "$stderr" 'qte-run: bad.csv: cannot open: Permission denied'
	assert_equal "$status" 66
	assert_output ''
}

@test "qte-run: an empty file is 65" {
	: >bad.csv
	bad 65 'bad.csv: is empty'
	printf '\n\n' >bad.csv
	bad 65 'bad.csv: is empty'
	printf '\xef\xbb\xbf' >bad.csv
	bad 65 'bad.csv: is empty'
}

@test "qte-run: a header without rows is 65" {
	bars >bad.csv
	bad 65 'bad.csv: no data rows'
}

@test "qte-run: a column that is missing is 65" {
	printf '%s\n' timestamp,open,high,low,volume 2023-02-27,1,1,1,1 >bad.csv
	bad 65 "bad.csv:1:1: no column 'close': the header has 'timestamp', 'open', 'high', 'low', 'volume': rename it, or see --columns"
	printf '%s\n' 'timestamp;open;high;low;close;volume' '2023-02-27;1;1;1;1;1' >bad.csv
	bad 65 "bad.csv:1:1: no column 'timestamp': is it separated by ';'?"
	echo 2023-02-27,10,11,9,10,100 >bad.csv
	bad 65 "bad.csv:1:1: no column 'timestamp': is the header line missing? --columns says what the columns are"
}

@test "qte-run: a column that stands twice is 65, under either name" {
	printf '%s\n' timestamp,open,high,low,close,close,volume >bad.csv
	bad 65 "bad.csv:1:31: second column for 'close': 'close' after 'close'"
	printf '%s\n' timestamp,open,high,low,close,volume,Time >bad.csv
	bad 65 "bad.csv:1:38: second column for 'timestamp': 'Time' after 'timestamp'"
}

@test "qte-run: an unknown strategy is 64, with the nearest one" {
	rows
	bad 64 "--strategy: unknown strategy 'sma_corss'; did you mean 'sma_cross'?" \
		-s sma_corss bad.csv
	bad 64 "--strategy: unknown strategy 'zzz'; --list-strategies shows the names" -s zzz bad.csv
}

@test "qte-run: an unknown or wrong parameter is 64" {
	rows
	bad 64 "--param: unknown parameter 'fsat'; did you mean 'fast'?" \
		-s sma_cross -p fsat=3 bad.csv
	bad 64 "--param: fast: 'x' is not a number" -s sma_cross -p fast=x bad.csv
	bad 64 "--param: 'fast' is not NAME=VALUE, as fast=10" \
		-s sma_cross -p fast bad.csv
	bad 64 "--param: 'fast' is given twice" \
		-s sma_cross -p fast=1 -p fast=2 bad.csv
}

@test "qte-run: a bad rule is 64, with a caret under what is wrong" {
	rows
	bad 64 $'--entry:1:13: unknown name \'opne\'; did you mean \'open\'?\n  close > 1 + opne * 2\n              ^~~~' \
		--entry='close > 1 + opne * 2' bad.csv
	bad 64 $'--exit:1:9: the text ends where a value should stand\n  close > \n          ^' \
		--entry=true '--exit=close > ' bad.csv
	bad 64 $'--entry:1:1: a condition (true or false) should stand here, not a number\n  sma(close, 3)\n  ^~~~~~~~~~~~~' \
		--entry='sma(close, 3)' bad.csv
	bad 64 $'--entry:1:5: a number should stand here, not true or false\n  1 + (1 < 2) > 0\n      ^~~~~~~' \
		--entry='1 + (1 < 2) > 0' bad.csv
	bad 64 $'--entry:2:5: unknown function \'smaa\'; did you mean \'sma\'?\n  and smaa(close,3) > 1\n      ^~~~' \
		--entry=$'true\nand smaa(close,3) > 1' bad.csv
}

@test "qte-run: a parameter that makes a rule impossible is 64" {
	rows
	run -64 --separate-stderr qte-run -s sma_cross -p fast=0 bad.csv
	[[ $stderr == *'a whole number from 1 to 1000000 should stand here'* ]] ||
		fail "$stderr"
	run -64 qte-run -s sma_cross -p fast=2.5 bad.csv
}

@test "qte-run: what is not a number is 65, with line and column" {
	rows 2023-03-01,ten,13,11,13,100
	bad 65 "bad.csv:4:12: open 'ten' is not a number"
	rows 2023-03-01,12,13,11,13,
	bad 65 'bad.csv:4:24: volume is empty'
	rows '2023-03-01, 12,13,11,13,100'
	bad 65 "bad.csv:4:12: open ' 12' is not a number"
	rows '2023-03-01,"1,000",13,11,13,100'
	bad 65 "bad.csv:4:12: open '1,000' is not a number"
	rows '2023-03-01,12,0x1p3,11,13,100'
	bad 65 "bad.csv:4:15: high '0x1p3' is not a number"
	rows '2023-03-01,12,+13,11,13,100'
	bad 65 "bad.csv:4:15: high '+13' is not a number"
	rows '2023-03-01,12,13,11,13$,100'
	bad 65 "bad.csv:4:21: close '13\$' is not a number"
}

@test "qte-run: NaN, infinity and what no double holds are 65" {
	for value in NaN nan inf -Infinity 1e309; do
		rows "2023-03-01,12,13,11,$value,100"
		bad 65 "bad.csv:4:21: close '$value' is not a finite number"
	done
	rows 2023-03-01,12,13,11,12,1e309
	bad 65 "bad.csv:4:24: volume '1e309' is not a finite number"
}

@test "qte-run: prices that cannot be are 65" {
	rows 2023-03-01,12,10,11,12,100
	bad 65 'bad.csv:4:15: high 10 is below low 11'
	rows 2023-03-01,14,13,11,12,100
	bad 65 'bad.csv:4:12: open 14 is above high 13'
	rows 2023-03-01,12,13,11,10.999999999,100
	bad 65 'bad.csv:4:21: close 10.999999999 is below low 11'
	rows 2023-03-01,0,13,0,12,100
	bad 65 'bad.csv:4:12: open 0 is zero'
	rows 2023-03-01,12,13,-11,12,100
	bad 65 'bad.csv:4:18: low -11 is negative'
	rows 2023-03-01,12,13,11,12,-1
	bad 65 'bad.csv:4:24: volume -1 is negative'
}

@test "qte-run: times out of order, repeated or not in the calendar are 65" {
	rows 2023-02-26,12,13,11,12,100
	bad 65 "bad.csv:4:1: timestamp '2023-02-26' is before 2023-02-28 in line 3"
	rows 2023-02-28,12,13,11,12,100
	bad 65 "bad.csv:4:1: timestamp '2023-02-28' repeats 2023-02-28 in line 3"
	rows 2023-02-29,12,13,11,12,100
	bad 65 "bad.csv:4:1: timestamp '2023-02-29' is not in the calendar"
	rows 2023-13-01,12,13,11,12,100
	bad 65 "bad.csv:4:1: timestamp '2023-13-01' is not in the calendar"
	rows '2023-03-01 24:01,12,13,11,12,100'
	bad 65 "bad.csv:4:1: timestamp '2023-03-01 24:01' is not in the calendar"
	rows 01/03/2023,12,13,11,12,100
	bad 65 "bad.csv:4:1: timestamp '01/03/2023' is not a time such as 2020-01-02 14:30"
	rows ,12,13,11,12,100
	bad 65 'bad.csv:4:1: timestamp is empty'
}

@test "qte-run: times with and without a zone in one file are 65" {
	rows 2023-03-01T00:00:00Z,12,13,11,12,100
	bad 65 "bad.csv:4:1: timestamp '2023-03-01T00:00:00Z' is with a time zone, those before are without a time zone"
	rows 1677628800,12,13,11,12,100
	bad 65 "bad.csv:4:1: timestamp '1677628800' is a count since 1970, those before are without a time zone"
}

@test "qte-run: text in a price is 65, quoted over two lines too" {
	rows '2023-03-01,12,13,"a' 'b",12,100'
	bad 65 "bad.csv:4:18: low 'a\\x0Ab' is not a number"
	# The line after it still has its own number.
	rows '2023-03-01,"12",13,11,"12",100' 2023-03-02,12,13,11,12,x
	bad 65 "bad.csv:5:24: volume 'x' is not a number"
}

@test "qte-run: an unclosed quote is 65, where it opens" {
	rows '2023-03-01,12,13,"11,12,100' 2023-03-02,12,13,11,12,100
	run --separate-stderr qte-run -s buy_hold bad.csv
	[ "$status" = 65 ] || fail "$status"
	[[ $stderr =~ ^qte-run:\ bad.csv:4:18:\ [^$'\n']*quote[^$'\n']*$ ]] || fail "$stderr"
	refute_output --partial summary
	# Nothing can follow it, so it cannot be skipped.
	run -65 qte-run -s buy_hold --on-bad=skip bad.csv
}

@test "qte-run: a stray quote, a NUL and bad UTF-8 are 65" {
	rows '2023-03-01,12,1"3,11,12,100'
	run -65 --separate-stderr qte-run -s buy_hold bad.csv
	[[ $stderr =~ ^qte-run:\ bad.csv:4:1[56]:\ [^$'\n']*quote[^$'\n']*$ ]] || fail "$stderr"
	rows
	printf '2023-03-01,12,1\0003,11,12,100\n' >>bad.csv
	run -65 --separate-stderr qte-run -s buy_hold bad.csv
	[[ $stderr =~ ^qte-run:\ bad.csv:4:16:\ [^$'\n']*NUL[^$'\n']*$ ]] || fail "$stderr"
	rows
	printf '2023-03-01,12,1\xff3,11,12,100\n' >>bad.csv
	run -65 --separate-stderr qte-run -s buy_hold bad.csv
	[[ $stderr =~ ^qte-run:\ bad.csv:4:16:\ [^$'\n']*UTF-8[^$'\n']*$ ]] || fail "$stderr"
}

@test "qte-run: too few or too many fields are 65, a cut last line too" {
	rows 2023-03-01,12,13 2023-03-02,12,13,11,12,100
	bad 65 'bad.csv:4:17: row has 3 fields, the header has 6'
	rows 2023-03-01,12,13,11,12,100,7
	bad 65 'bad.csv:4:28: row has 7 fields, the header has 6'
	rows
	printf 2023-03-01,12,13,1 >>bad.csv
	bad 65 'bad.csv:4:19: last line is cut off: 4 of 6 fields, no newline'
}

@test "qte-run: a hostile value cannot write to the terminal" {
	rows
	printf '2023-03-01,\e]0;owned\a,13,11,12,100\n' >>bad.csv
	bad 65 "bad.csv:4:12: open '\\x1B]0;owned\\x07' is not a number"
	mkdir $'d\e[31m'
	cp bad.csv $'d\e[31m/x'
	run -65 --separate-stderr qte-run -s buy_hold $'d\e[31m/x'
	[[ $stderr != *$'\e'* ]]
}

@test "qte-run: a binary file is told in one line" {
	head -c 100000 "$QTE_BIN/qte-run" >bad.csv
	run -65 --separate-stderr qte-run -s buy_hold bad.csv
	[[ $stderr =~ ^qte-run:\ bad.csv:[^$'\n']*$ ]] || fail "$stderr"
}

@test "qte-run: the trades before a bad row stand, without a summary" {
	"$QTE_BIN/tests/tools/genbars" 3000 42 >bad.csv
	run -0 qte-run -s sma_cross --reproducible bad.csv
	local whole=$output
	echo '2030-01-01,x' >>bad.csv
	run -65 --separate-stderr qte-run -s sma_cross --reproducible bad.csv
	[[ $stderr == 'qte-run: bad.csv:3002:'* ]] || fail "$stderr"
	assert_output "$(grep -v -e '"type":"summary"' -e '"exit_reason":"open"' <<<"$whole")"
	run -65 --separate-stderr qte-run -s sma_cross -f text bad.csv
	assert_output ''
}

@test "qte-run: CRLF, a byte-order mark and no last newline change nothing" {
	rows 2023-03-01,12,13,11,13,100
	plain
	sed -i 's/$/\r/' bad.csv
	plain
	{ printf '\xef\xbb\xbf'; bars 2023-02-27,10,11,9,10,100; } >bad.csv
	printf '2023-02-28,10,12,10,12,100\n2023-03-01,12,13,11,13,100' >>bad.csv
	plain
	printf '\r\n' >>bad.csv
	plain
	printf '\n\r\n' >>bad.csv
	plain
}

@test "qte-run: other names, cases, orders and columns change nothing" {
	printf '%s\n' 'Close,VOL,Date,ignored,Open,Low,High' \
		'10,100,2023-02-27,x,10,9,11' '12,100,2023-02-28,"y,z",10,10,12' \
		'13.00,1e2,2023-03-01,,12.0,11,13' >bad.csv
	plain
	printf '%s\n' ',open,high,low,close,volume' '20230227,10,11,9,10,100' \
		20230228,10,12,10,12,100 20230301,12,13,11,13,100 >bad.csv
	sed -i 1d bad.csv
	sed -i '1i ,open,high,low,close,volume' bad.csv
	run -0 qte-run -s buy_hold --reproducible bad.csv
	assert_output --partial '"first_ts":"2023-02-27T00:00:00Z"'
	printf '%s\n' '"timestamp","open","high","low","close","volume"' \
		'"2023-02-27","10","11","9","10","100"' \
		'"2023-02-28","10","12","10","12","100"' \
		'"2023-03-01","12","13","11","13","100"' >bad.csv
	plain
}

@test "qte-run: a line of 1 GiB is refused, in bounded memory" {
	rows
	# Far less than the line, and more than a sanitizer's own needs is not
	# to be had below a limit: there it is left out.
	local limit='ulimit -v 65536;'
	! nm -D "$QTE_BIN/qte-run" 2>/dev/null | grep -q '__[at]san_' || limit=
	for line in 'yes 2023-03-01,12 | tr -d "\n"' 'tr "\0" , </dev/zero' \
		'printf \"; tr "\0" x </dev/zero'; do
		run --separate-stderr bash -c "$limit"'
			{ cat bad.csv; { '"$line"'; } 2>/dev/null | head -c 1G; } 2>/dev/null |
			qte-run -s buy_hold'
		[ "$status" = 65 ] || fail "$status: $stderr"
		[[ $stderr =~ ^qte-run:\ (-|standard input):4:[0-9]+:\ [^$'\n']*$ ]] ||
			fail "$stderr"
		refute_output --partial summary
	done
}
