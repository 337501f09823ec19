#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The strategy language from the outside: names, files, what --show and --print
# give, and that nothing is known before its time.

# shellcheck disable=SC2016  # rules have dollars of their own
load helper
stderr=

setup()
{
	mkdir "$TMP/work"
	cd "$TMP/work" || return
	bars 2020-01-01,10,11,9,10,100 2020-01-02,10,12,10,12,100 \
		2020-01-03,12,14,11,13,100 2020-01-06,13,13,9,9,100 \
		2020-01-07,9,10,8,10,100 2020-01-08,10,12,10,12,100 >six.csv
	csv=$(data sp500.csv)
}

# values OPTION... FILE: the values that are printed, as one array; absent: -.
values()
{
	qte-run --reproducible "$@" | jq -c -n \
		'[inputs | select(.type == "value") | if has("value") then .value else "-" end]'
}

# trades OPTION... FILE: what the run did, but for names and digest.
trades()
{
	qte-run --reproducible "$@" | jq -c 'select(.type == "trade")'
}

# refused STATUS TEXT: the status, and exactly TEXT on standard error.
refused()
{
	[ "$status" = "$1" ] || fail "status $status: $stderr"
	assert_equal "$stderr" "qte-run: $2"
	assert_output ''
}

# bad STATUS TEXT OPTION...: a run over the six days is refused so.
bad()
{
	run --separate-stderr qte-run "${@:3}" six.csv
	refused "$1" "$2"
}

@test "language: names in a rule stand for values" {
	assert_equal "$(trades --entry='x = close; x > 11.5' \
		--exit='close < 9.5' six.csv)" \
		"$(trades --entry='close > 11.5' --exit='close < 9.5' six.csv)"
	assert_equal "$(trades --entry='up = sma(close, 2) # a mean
		top = highest(high, 2)[1]

		close > up
		and close > top' six.csv)" \
		"$(trades --entry='close > sma(close, 2) and close > highest(high, 2)[1]' six.csv)"
}

@test "language: a name is given once, before its use, and is not taken" {
	bad 64 "--entry:1:8: 'x' has another value already
  x = 1; x = 2; close > x
         ^" --entry='x = 1; x = 2; close > x'
	bad 64 "--entry:1:1: 'sma' has a meaning already
  sma = 1; close > 1
  ^~~" --entry='sma = 1; close > 1'
	bad 64 "--entry:1:1: 'close' has a meaning already: take another name, or compare by '=='
  close = 1; close > 1
  ^~~~~" --entry='close = 1; close > 1'
	bad 64 "--entry:1:5: unknown name 'y'; --list-functions shows all
  x = y; y = x; x > 1
      ^" --entry='x = y; y = x; x > 1'
	bad 64 "--entry:1:5: unknown name 'x'; --list-functions shows all
  x = x[1] + 1; x > 1
      ^" --entry='x = x[1] + 1; x > 1'
	# It comes before its use from rule to rule too, whatever stands first.
	bad 64 "--entry:1:9: unknown name 'x'; --list-functions shows all
  close > x
          ^" --exit='x = 1; close > x' --entry='close > x'
	bad 64 "--exit:1:1: 'x' has another value already, in --entry
  x = 2; close > x
  ^" --entry='x = 1; close > x' --exit='x = 2; close > x'
}

@test "language: a name of one rule can be used in those after it" {
	assert_equal "$(trades --entry='x = 11.5; close > x' \
		--exit='close < x - 2' six.csv)" \
		"$(trades --entry='close > 11.5' --exit='close < 9.5' six.csv)"
	assert_equal "$(values --entry='x = close; x > 11.5' \
		--exit='y = x - 2; y < 9.5' --print='x, y' six.csv |
		jq -c '.[0:4]')" '[10,8,12,10]'
	# The same value again is no other one.
	qte-run --entry='x = close; x > 11.5' --exit='x = close; x < 9.5' \
		six.csv >out
}

@test "language: names of a file can be used in what is given with it" {
	cat >my.qts <<-'END'
		fast = ema(close, $n = 2)
		level = fast - 1
		other = level + 5
		entry = close > 11.5
		exit = close < level and close < other
	END
	assert_equal "$(values -s my.qts --print='fast, level, entry' six.csv)" \
		"$(values --print='ema(close, 2), ema(close, 2) - 1, close > 11.5' \
			six.csv)"
	# A rule that stands in for the file's says all that it needs.
	run -0 qte-run -s my.qts --exit='d = 2; # days
		level[d] > close' --reproducible six.csv
	assert_equal "$(tail -n 1 <<<"$output" | jq -r .exit)" \
		'fast = ema(close, $n = 2); level = fast - 1; d = 2; # days
		level[d] > close'
	assert_equal "$(jq -c 'select(.type == "trade")' <<<"$output")" \
		"$(trades --entry='close > 11.5' six.csv \
			--exit="$(tail -n 1 <<<"$output" | jq -r .exit)")"
	assert_equal "$(trades -s my.qts --entry='close > other - 4' six.csv)" \
		"$(trades --entry='close > ema(close, 2)' \
			--exit='close < ema(close, 2) - 1' six.csv)"
	bad 64 "--print:1:1: unknown name 'leve'; did you mean 'level'?
  leve
  ^~~~" -s my.qts --print=leve
	bad 64 "--exit:1:1: 'level' has another value already, in my.qts
  level = 3; close < level
  ^~~~~" -s my.qts --exit='level = 3; close < level'
}

@test "language: a rule with the names of others keeps to a length, and to --show" {
	local rules=('--entry=x = close; y = x + 1; y > 12' '--exit=y < 10.5')

	qte-run "${rules[@]}" --show >my.qts
	assert_equal "$(cat my.qts)" '# custom
x = close; y = x + 1; entry = y > 12
x = close; y = x + 1; exit = y < 10.5'
	assert_equal "$(trades -s my.qts six.csv)" "$(trades "${rules[@]}" six.csv)"
	printf 'x = 1%s\nentry = close > x\n' \
		"$(printf ' + 1%.0s' {1..1010})" >my.qts
	qte-run -s my.qts --exit='close < x' six.csv >out
	bad 64 '--exit: longer than 4096 bytes, the names that it needs included' \
		-s my.qts --exit="close < x$(printf ' + 0%.0s' {1..20})"
}

@test "language: errors show their line with a caret, and the nearest name" {
	bad 64 "--entry:2:19: unknown name 'fsat'; did you mean 'fast'?
    and not close < fsat
                    ^~~~" --entry='fast = 3; close > fast
  and not close < fsat'
	bad 64 "--exit:1:1: unknown function 'rsii'; did you mean 'rsi'?
  rsii(close,2) > 1
  ^~~~" --entry=true --exit='rsii(close,2) > 1'
	bad 64 "--entry:1:1: roc takes 2 values: roc(x,n)
  roc(close) > 1
  ^~~" --entry='roc(close) > 1'
	bad 64 "--entry:1:17: a number should stand here, not true or false
  close > 1 ? 1 : true
                  ^~~~" --entry='close > 1 ? 1 : true'
	# shellcheck disable=SC2154  # bad sets it
	[ "$(wc -l <<<"$stderr")" = 3 ]
}

@test "language: a file holds names and rules" {
	cat >my.qts <<-'END'
		# Buys strength.
		level = $level = 11.5
		strong =
		    close > level # at the close

		entry = strong; exit = close < 9.5
	END
	run -0 qte-run -s my.qts --reproducible six.csv
	assert_equal "$(jq -c 'select(.type == "trade")' <<<"$output")" \
		"$(trades --entry='close > 11.5' --exit='close < 9.5' six.csv)"
	assert_equal "$(tail -n 1 <<<"$output" |
		jq -c '[.strategy, .entry, .exit, .params]')" \
		'["my","level = $level = 11.5; strong = close > level; strong","close < 9.5",{"level":11.5}]'
	assert_equal "$(trades -s ./my.qts -p level=12 six.csv)" \
		"$(trades --entry='close > 12' --exit='close < 9.5' six.csv)"
	assert_equal "$(trades -s /dev/stdin six.csv <my.qts)" \
		"$(trades -s my.qts six.csv)"
	assert_equal "$(trades -s my.qts --exit='bar == 3' six.csv)" \
		"$(trades --entry='close > 11.5' --exit='bar == 3' six.csv)"
}

@test "language: what the summary says of a file's rule runs as a rule" {
	cat >my.qts <<-'END'
		fast = ema(close, $n = 5) # days
		slow = ema(close, 3 * $n)
		entry = cross_above(fast,
		    slow) # either
		exit = cross_below(fast, slow)
	END
	qte-run -s my.qts --reproducible "$csv" >file
	run -0 qte-run --entry="$(tail -n 1 file | jq -r .entry)" \
		--exit="$(tail -n 1 file | jq -r .exit)" --reproducible "$csv"
	assert_equal "$(sed 's/"strategy":"custom"/"strategy":"my"/; s/"digest.*//' <<<"$output")" \
		"$(sed 's/"digest.*//' file)"
	# And what is told of two files is not the same when they are not.
	sed 's/ema(close, $n/sma(close, $n/' my.qts >other.qts
	refute [ "$(tail -n 1 file | jq -r .entry)" = \
		"$(qte-run -s other.qts "$csv" | tail -n 1 | jq -r .entry)" ]
}

@test "language: a chain of names in a file's rule is given back whole" {
	printf '%s\n' 'a = $n = 3' 'b = sma(close, 2) # days' 'c = b + a' \
		'other = c * 2' 'entry = close < c and close > b' \
		'exit = close < other - 14' >my.qts
	qte-run -s my.qts --reproducible six.csv >file
	assert_equal "$(tail -n 1 file | jq -r .entry)" \
		'a = $n = 3; b = sma(close, 2); c = b + a; close < c and close > b'
	assert_equal "$(trades --entry="$(tail -n 1 file | jq -r .entry)" \
		--exit="$(tail -n 1 file | jq -r .exit)" six.csv)" \
		"$(jq -c 'select(.type == "trade")' file)"
	[ "$(wc -l <file)" -gt 2 ]
}

@test "language: bars before the range count down to its first" {
	local engine

	for engine in v1 v2; do
		assert_equal "$(values --engine=$engine --from=2020-01-06 --warmup=2 \
			--print='bar, valuewhen(bar == 0, close)' \
			--print='valuewhen(bar == -1, close), valuewhen(bar == -2, close)' \
			--print='valuewhen(bar == -3, close)' six.csv |
			jq -c '[_nwise(5)][0:2]')" \
			'[[0,9,13,12,"-"],[1,9,13,12,"-"]]'
	done
}

@test "language: an exact value is printed to its last digit" {
	bars 2020-01-0{1..3},9000000000.000000001,9000000000.000000001,9000000000.000000001,9000000000.000000001,1 >great.csv
	for engine in v1 v2; do
		run -0 qte-run --engine=$engine --print='close, highest(close, 2)' \
			--print='-close' great.csv
		assert_line --index 4 --regexp '"name":"close","value":9000000000\.000000001\}$'
		assert_line --index 5 --regexp ',"value":9000000000\.000000001\}$'
		assert_line --index 6 --regexp ',"value":-9000000000\.000000001\}$'
		run -0 qte-run --engine=$engine --print='sma(close, 2)' great.csv
		assert_line --index 2 --regexp ',"value":9000000000\}$'
	done
}

@test "language: a file's rules for going short count, and no exit is never" {
	printf '%s\n' 'entry = false' 'short_entry = bar == 1' \
		'short_exit = bar == 3' >short.qts
	assert_equal "$(trades -s short.qts --direction=short six.csv |
		jq -c '[.side, .entry_bar, .exit_bar]')" '["short",2,4]'
	assert_equal "$(trades -s short.qts --direction=long-short six.csv |
		jq -c '[.side, .entry_bar, .exit_bar]')" '["short",2,4]'
	assert_equal "$(trades -s short.qts six.csv)" ''
	echo 'entry = close > 11.5' >open.qts
	assert_equal "$(qte-run -s open.qts six.csv | tail -n 1 |
		jq -c '[.exit, .trades_open]')" '["false",1]'
}

@test "language: rules for going short stand alone" {
	local rules=(--short-entry='bar == 1' --short-exit='bar == 3')

	assert_equal "$(trades "${rules[@]}" --direction=short six.csv |
		jq -c '[.side, .entry_bar, .exit_bar]')" '["short",2,4]'
	assert_equal "$(trades "${rules[@]}" --direction=short six.csv)" \
		"$(trades --entry=false "${rules[@]}" --direction=short six.csv)"
	printf '%s\n' 'short_entry = bar == 1' 'short_exit = bar == 3' >short.qts
	assert_equal "$(trades -s short.qts --direction=short six.csv)" \
		"$(trades "${rules[@]}" --direction=short six.csv)"
	qte-run -s short.qts --show | cmp <(printf '# short\n'; cat short.qts) -
	bad 64 "--strategy: 'short' has rules for short positions only: add --direction=short" -s short.qts
	echo 'short_exit = bar == 3' >short.qts
	bad 65 "short.qts: has no rule 'entry = CONDITION'" -s short.qts \
		--direction=short
}

@test "language: a rule that is given makes the strategy one's own" {
	local summary='select(.bars) | [.strategy, .entry, .short_entry]'

	run -0 bash -c "qte-run --short-entry='close < 11' --print=close \
		--direction=long-short six.csv | jq -c '$summary'"
	assert_output '["custom","false","close < 11"]'
	run -0 bash -c "qte-run -s turtle --short-exit='close < 11' \
		--direction=long-short six.csv | jq -c '$summary'"
	assert_output '["custom","close > highest(high, $in=20)[1]",null]'
	echo 'entry = close > 5' >my.qts
	run -0 bash -c "qte-run -s my.qts --short-entry='close < 11' \
		--direction=long-short six.csv | jq -c '$summary'"
	assert_output '["custom","close > 5","close < 11"]'
}

@test "language: what is never left is warned of" {
	local warning='qte-run: warning: there is no exit rule: a position is never left'

	warns()
	{
		run -0 --separate-stderr qte-run "${@:2}" six.csv
		assert_equal "$stderr" "$1"
	}
	echo 'entry = close > 5' >my.qts
	warns "$warning" -s my.qts
	warns "$warning" --entry='close > 5'
	warns "$warning" --short-entry='close > 5' --direction=short
	warns "$warning" --entry='close > 5' --direction=short
	warns '' -s my.qts --exit=false
	warns '' -s my.qts -q
	warns '' -s buy_hold
	warns '' --print=close
	warns '' --entry='close > 5' --emit=signals
	warns '' --entry='close > 5' --direction=long-short
	warns '' --entry='close > 5' --short-exit='close < 9' --direction=short
}

@test "language: a byte-order mark, CRLF and no last newline change nothing" {
	printf 'x = 11.5\nentry = close > x # up\nexit =\n  close < 9.5' >my.qts
	qte-run -s my.qts --reproducible six.csv >plain
	mkdir dos mark
	sed 's/$/\r/' my.qts >dos/my.qts
	{
		printf '\xef\xbb\xbf'
		cat my.qts
	} >mark/my.qts
	qte-run -s dos/my.qts --reproducible six.csv | cmp plain -
	qte-run -s mark/my.qts --reproducible six.csv | cmp plain -
}

@test "language: a file that is missing or wrong says so with its place" {
	bad 66 'none.qts: cannot open: No such file or directory' -s none.qts
	mkdir dir.qts
	bad 66 'dir.qts: is a directory' -s dir.qts
	: >my.qts
	bad 65 "my.qts: has no rule 'entry = CONDITION'" -s my.qts
	printf '# nothing\n\n' >my.qts
	bad 65 "my.qts: has no rule 'entry = CONDITION'" -s my.qts
	echo 'exit = true' >my.qts
	bad 65 "my.qts: has no rule 'entry = CONDITION'" -s my.qts
	printf 'entry = true\nexit = close > 1\0\n' >my.qts
	bad 65 'my.qts:2:17: a NUL byte
  exit = close > 1
                  ^' -s my.qts
	printf 'entry = true # \xff\n' >my.qts
	bad 65 'my.qts:1:16: not valid UTF-8
  entry = true # \xFF
                 ^~~~' -s my.qts
	printf 'entry = close\n' >my.qts
	bad 65 'my.qts:1:9: a condition (true or false) should stand here, not a number
  entry = close
          ^~~~~' -s my.qts
	printf 'entry = true\nclose > 1\n' >my.qts
	bad 65 'my.qts:2:1: NAME = value should stand here
  close > 1
  ^~~~~' -s my.qts
	printf 'x = 1\nx = 2\nentry = close > x\n' >my.qts
	bad 65 "my.qts:2:1: 'x' has another value already
  x = 2
  ^" -s my.qts
	printf 'entry = close > 1\n\nentry = close > 2\n' >my.qts
	bad 65 "my.qts:3:1: 'entry' has another value already
  entry = close > 2
  ^~~~~" -s my.qts
	printf 'entry = sma(close, 0) > 1\n' >my.qts
	bad 65 'my.qts:1:20: a whole number from 1 to 1000000 should stand here, in sma(x,n)
  entry = sma(close, 0) > 1
                     ^' -s my.qts
	printf 'entry = close > $k\n' >my.qts
	bad 65 'my.qts:1:17: $k has no value: give one by --param or a default, as $k=10
  entry = close > $k
                  ^~' -s my.qts
}

@test "language: a name in a file that nothing uses is refused" {
	printf 'entry = true\nexti = close < 5\n' >my.qts
	bad 65 "my.qts:2:1: nothing uses 'exti'; did you mean 'exit'?
  exti = close < 5
  ^~~~" -s my.qts
	printf 'entry = close > 5\nsell = close < 5\nstop_loss = 0.05' >my.qts
	bad 65 "my.qts:2:1: nothing uses 'sell'; did you mean 'exit'?
  sell = close < 5
  ^~~~" -s my.qts
	printf 'mean = sma(close, 2)\nlevel = mean + 1\nentry = true' >my.qts
	bad 65 "my.qts:2:1: nothing uses 'level', and it is none of the rules: entry exit short_entry short_exit
  level = mean + 1
  ^~~~~" -s my.qts
	run -65 qte-run -s my.qts --show
	# What is given beside the file may be all that uses it.
	run -0 qte-run -s my.qts --print=level six.csv
	run -0 qte-run -s my.qts --exit='close < level' six.csv
	run -0 qte-run -s my.qts --entry='close > level' six.csv
	# A rule that another one stands in for is none that nothing uses.
	printf 'mean = sma(close, 2)\nentry = close > mean' >my.qts
	run -0 qte-run -s my.qts --entry='close > 5' six.csv
}

@test "language: control bytes stand in no text" {
	bad 64 '--exit:1:13: a control byte
  close < 5 # \x01
              ^~~~' --entry=true --exit=$'close < 5 # \x01'
	bad 64 '--print:1:9: a control byte
  close # \x7F
          ^~~~' --print=$'close # \x7f'
	printf 'entry = true # \033[1m\n' >my.qts
	bad 65 'my.qts:1:16: a control byte
  entry = true # \x1B[1m
                 ^~~~' -s my.qts
	# So the longest rules make records within their limit.
	local long rule

	long=$(printf '"%.0s' {1..4080})
	for rule in entry exit short-entry short-exit; do
		printf '%s\n' "--$rule=true # $long"
	done >options
	mapfile -t long <options
	run -0 --separate-stderr qte-run "${long[@]}" --direction=long-short \
		--reproducible six.csv
	[ "$(jq length <<<"${lines[-1]}")" -gt 20 ]
	[ "$(wc -L <<<"$output")" -lt 65536 ]
}

@test "language: what is not told as it should be is told how" {
	local help=$'\nTry \'qte-run --help\' for the options.'

	bad 64 "--param: unknown parameter 'fast'; there are in, out" \
		-s turtle -p fast=3
	bad 64 "--strategy: unknown strategy 'goldencross'; --list-strategies shows the names" \
		-s goldencross
	bad 64 "'my.qts' is a strategy file: -s my.qts$help" my.qts
	run --separate-stderr qte-run six.csv my.qts
	refused 64 "'my.qts' is a strategy file: -s my.qts$help"
	run --separate-stderr qte-run -s turtle six.csv seven.csv
	refused 64 "one operand too many: 'seven.csv'$help"
}

@test "language: a file and its rules keep to a length" {
	{
		echo 'entry = true'
		head -c 65536 /dev/zero | tr '\0' '#'
	} >my.qts
	bad 65 'my.qts: is longer than 65536 bytes: is it a strategy?' -s my.qts
	{
		printf 'x = 1'
		printf ' + 1%.0s' {1..1000}
		printf '\ny = x + 100\nentry = close > y\n'
	} >my.qts
	qte-run -s my.qts six.csv >out
	sed -i 's/100$/100000000000000000000000000000000000000000000000000000000000000000000000000/' my.qts
	bad 65 'my.qts: entry is longer than 4096 bytes, the names that it needs included' \
		-s my.qts
	run -64 --separate-stderr qte-run --print="close$(printf '+close%.0s' {1..800})" six.csv
	[[ $stderr == "qte-run: --print: longer than 4096 bytes"* ]]
}

@test "language: --show of each strategy is a file with the same bytes out" {
	local name count=0

	for name in $(qte-run --list-strategies | grep -v '^ '); do
		qte-run -s "$name" --show >"$name.qts"
		qte-run -s "$name" --reproducible "$csv" >want
		qte-run -s "$name.qts" --reproducible "$csv" | cmp want -
		qte-run -s "$name.qts" --show | grep -v '^#' |
			cmp - <(grep -v '^#' "$name.qts")
		: $((count += 1))
	done
	[ "$count" -ge 10 ]
}

@test "language: --show has the parameters that were given" {
	qte-run -s sma_cross -p fast=5 -p slow=2e1 --show >my.qts
	assert_equal "$(trades -s my.qts "$csv")" \
		"$(trades -s sma_cross -p fast=5 -p slow=20 "$csv")"
	assert_equal "$(qte-run -s my.qts "$csv" | tail -n 1 | jq -c .params)" \
		'{"fast":5,"slow":20}'
	printf '%s\n' 'entry = close > $a and $b = 3 < close # $c = 4' \
		'exit = close < - $a' >first.qts
	qte-run -s first.qts -p a=-1.5 --show >second.qts
	assert_equal "$(trades -s second.qts six.csv)" \
		"$(trades -s first.qts -p a=-1.5 six.csv)"
	qte-run -s second.qts -p b=13 --show >third.qts
	assert_equal "$(trades -s third.qts six.csv)" \
		"$(trades -s first.qts -p a=-1.5 -p b=13 six.csv)"
	# One whose default stands in a rule that was replaced.
	qte-run -s rsi --entry='bar == 0' --show >rsi.qts
	assert_equal "$(trades -s rsi.qts "$csv")" \
		"$(trades -s rsi --entry='bar == 0' "$csv")"
}

@test "language: --show puts names before the rule that needs them" {
	local rules=('--entry=x = 3; # three
		y = close # of the day
		y > x * 3.7' '--exit=x = 3
		close < x * 3.1;')

	qte-run "${rules[@]}" --show >my.qts
	assert_equal "$(trades -s my.qts six.csv)" "$(trades "${rules[@]}" six.csv)"
	qte-run -s my.qts --show | grep -v '^#' | cmp - <(grep -v '^#' my.qts)
}

# shown OPTION...: that what --show prints of these options, read as a file,
# does what they do, whatever the direction.
shown()
{
	local way ways=(short long-short)

	[[ "$*" == *--short-* ]] || ways+=(long)
	qte-run "$@" --direction=long-short --show >my.qts
	for way in "${ways[@]}"; do
		qte-run "$@" --direction="$way" --emit=orders,trades six.csv |
			jq -c 'select(.id)' >want
		qte-run -s my.qts --direction="$way" --emit=orders,trades six.csv |
			jq -c 'select(.id)' | cmp want -
	done
}

@test "language: what --show prints runs as what it shows" {
	printf 'x = close\nentry = x > $k\nexit = x < $j = 10' >file.qts
	shown --entry='close > $k' --print='$k=11'
	assert_equal "$(cat my.qts)" '# custom
# $k is 11
entry = close > $k=11
exit = false'
	shown -s file.qts --print='$k=11'
	shown -s file.qts -p k=11 -p j=9.5
	shown --entry='close > $k and high > $k' --exit='low < $k=9.5'
	assert_equal "$(tail -n 2 my.qts)" 'entry = close > $k and high > $k
exit = low < $k=9.5'
	shown --entry='close > $k' --exit='open < $k' -p k=11
	assert_equal "$(tail -n 2 my.qts)" 'entry = close > $k=11
exit = open < $k'
	shown --entry='close[$k] > - $k' --exit='$k==1' --print='$k = - 0' -p k=1
	shown --entry='up = close > $k = 10; up' --exit='x = up; # not
		not x'
	shown --entry='x = 11; close > x' --exit='x = 11; close < x;'
	shown --entry='close > 10' --short-exit='y = 9; close > y' \
		--exit=false --print=low --print='$z=3'
	shown -s turtle --entry='bar == $n' -p n=2 -p out=2
}

@test "language: --show refuses what a file would say otherwise" {
	bad 64 "--show: entry gives a value to 'exit', which would be a rule in a file" \
		--entry='exit = close > 5; exit and open > 3' --show
	bad 64 "--show: exit gives a value to 'short_entry', which would be a rule in a file" \
		--entry=true --exit='a = 1; short_entry = a > 2; short_entry' --show
	qte-run --entry='exit = close > 5; exit == (open > 3)' six.csv >out
}

@test "language: --show of a file with an odd name can be read" {
	local name=$'a\nb\e[31m\xff\r'

	echo 'entry = bar == 1' >"$name.qts"
	qte-run -s "$name.qts" --show >b.qts
	assert_equal "$(head -n 1 b.qts)" '# a\x0Ab\x1B[31m\xFF\x0D'
	assert_equal "$(trades -s b.qts six.csv)" "$(trades -s "$name.qts" six.csv)"
}

@test "language: --show shows a file as it is, and not with other rules" {
	printf '\xef\xbb\xbfentry = bar == 0 # first\nexit = $n = 5 < bar' >my.qts
	run -0 qte-run -s my.qts --show
	assert_output '# my
# $n is 5
entry = bar == 0 # first
exit = $n = 5 < bar'
	run --separate-stderr qte-run -s my.qts --exit=false --show
	refused 64 "--show: shows a file as it is, not with another rule for 'exit'"
	cp my.qts $'a\nb.qts'
	qte-run -s $'a\nb.qts' --show >c.qts
	qte-run -s c.qts six.csv >out
}

@test "language: --print writes a record a bar and value" {
	run -0 qte-run --print='close, sma(close, 3)' --print='close > open' \
		--reproducible six.csv
	assert_line --index 1 \
		'{"type":"value","ts":"2020-01-01T00:00:00Z","bar":0,"symbol":"six","name":"close","value":10}'
	assert_line --index 2 \
		'{"type":"value","ts":"2020-01-01T00:00:00Z","bar":0,"symbol":"six","name":"sma(close, 3)"}'
	assert_line --index 3 \
		'{"type":"value","ts":"2020-01-01T00:00:00Z","bar":0,"symbol":"six","name":"close > open","value":false}'
	assert_line --index 6 \
		'{"type":"value","ts":"2020-01-02T00:00:00Z","bar":1,"symbol":"six","name":"close > open","value":true}'
	[ "${#lines[@]}" = 20 ]
	assert_equal "$(values --print='sma(close, 3)' six.csv)" \
		"[\"-\",\"-\",11.666666666666666,11.333333333333334,10.666666666666666,10.333333333333334]"
	assert_equal "$(values --print='1/0' --print='close[1] > 10' six.csv)" \
		'["-","-","-",false,"-",true,"-",true,"-",false,"-",false]'
	assert_equal "$(values -p n=2 --print='mom(close, $n)' six.csv)" \
		'["-","-",3,-3,-3,3]'
	assert_equal "$(values --print='$n = 2 + 1' six.csv | jq -c unique)" '[3]'
}

@test "language: --print beside a strategy changes nothing of it" {
	qte-run -s rsi --reproducible "$csv" >plain
	qte-run -s rsi --print='rsi(close, $n)' --print=pos --reproducible "$csv" >both
	grep -v '"type":"value"' both | cmp - plain
	# One for each bar, and in time with the trades.
	assert_equal "$(grep -c '"name":"pos"' both)" "$(tail -n 1 plain | jq .bars)"
	jq -se '[.[] | select(.type == "trade")][0] as $t |
		[.[] | select(.name == "pos")] |
		.[$t.entry_bar - 1].value == 0 and .[$t.entry_bar].value == 1 and
		.[$t.exit_bar - 1].value == 1 and .[$t.exit_bar].value == 0' both
	run -0 qte-run --print=close --reproducible six.csv
	assert_equal "$(tail -n 1 <<<"$output" |
		jq -c '[.strategy, .entry, .trades_closed, .final_equity]')" \
		'["none","false",0,100000]'
}

@test "language: a value to print is one, and a list of them is complete" {
	bad 64 '--print:1:7: the text ends where a value should stand
  close,
        ^' --print='close,'
	bad 64 "--print:1:1: macd has several series: choose one of .macd .signal .hist
  macd(2,3,4)
  ^~~~" --print='macd(2,3,4)'
	bad 64 "--print:1:7: ',' or an operator should stand here, not 'open'
  close open
        ^~~~" --print='close open'
	bad 64 '--print:1:1: $n has no value: give one by --param or a default, as $n=10
  $n
  ^~' --print='$n'
}

@test "language: the account is that of the bar's close" {
	assert_equal "$(values --entry='close > 11.5' --exit='close < 9.5' \
		--cash=1000 --commission=0 --print=pos --print=equity \
		--print=entry_price --print=bars_held --print=pnl_pct six.csv |
		jq -c '_nwise(5)')" \
		'[0,1000,"-","-","-"]
[0,1000,"-","-","-"]
[1,1083,12,0,8.333333333333332]
[1,751,12,1,-25]
[0,751,"-","-","-"]
[0,751,"-","-","-"]'
	assert_equal "$(trades --entry='close > 11.5' --exit='bars_held >= 2' \
		six.csv | jq -c '[.entry_bar, .exit_bar]')" '[2,5]'
	assert_equal "$(trades --entry='bar == 0' --exit='pnl_pct < -5 or pnl_pct > 20' \
		six.csv | jq -c '[.entry_bar, .exit_bar]')" '[1,3]'
	assert_equal "$(values --entry=false --short-entry='bar == 0' \
		--direction=short --cash=1000 --commission=0 --print=pos \
		--print=pnl_pct six.csv | jq -c '.[0:4]')" '[0,"-",-1,-20]'
}

@test "language: the time is that of the bar, in UTC" {
	bars 2020-02-29T23:59:59Z,1,1,1,1,1 2020-03-01T00:00:00Z,1,1,1,1,1 \
		2020-03-02T09:30:59+02:00,1,1,1,1,1 >times.csv
	assert_equal "$(values --print='weekday,hour,minute' times.csv)" \
		'[6,23,59,7,0,0,1,7,30]'
	assert_equal "$(values --print='year,month,day' times.csv)" \
		'[2020,2,29,2020,3,1,2020,3,2]'
	assert_equal "$(values --print='month != month[1]' times.csv)" \
		'["-",true,false]'
}

@test "language: means of prices, % and ?: as their pages say" {
	assert_equal "$(values --print='hl2, hlc3, ohlc4' six.csv | jq -c '.[6:9]')" \
		'[12.5,12.666666666666666,12.5]'
	assert_equal "$(values --print='-7 % 3, 7 % -3, 5.5 % 2, 7 % 0' six.csv |
		jq -c '.[0:4]')" '[-1,1,1.5,"-"]'
	assert_equal "$(values --print='close > open ? close - open : 0' six.csv)" \
		'[0,2,1,0,1,2]'
	assert_equal "$(values --print='close[1] > open ? 1 : 0' six.csv)" \
		'["-",0,0,0,0,0]'
}

@test "language: what moves nothing has the values that its page gives" {
	bars 2020-01-0{1..8},5,5,5,5,0 >flat.csv
	assert_equal "$(values --print='mfi(3), kama(close, 1)' flat.csv |
		jq -c '.[-2:]')" '[50,5]'
	assert_equal "$(values --print='plus_di(3), minus_di(3), adx(3)' flat.csv |
		jq -c unique)" '["-"]'
	# With volume, and still without a change of price.
	bars 2020-01-0{1..8},5,6,4,5,7 >still.csv
	assert_equal "$(values --print='mfi(3), plus_di(3), minus_di(3), adx(3)' \
		still.csv | jq -c '.[-4:]')" '[50,0,0,0]'
	assert_equal "$(values --print='kama(close, 1) -
		(kama(close, 1)[1] + 4 * (close - kama(close, 1)[1]) / 9)' six.csv |
		jq -c '[.[2:][] | fabs < 1e-12] | unique')" '[true]'
}

# calls: every function and name of --list-functions with values that fit.
calls()
{
	qte-run --list-functions | sed 's/  .*//' | sed -E '
		s/\(k,smooth,d\)/(5,2,3)/
		s/\(fast,slow,n\)/(3,6,4)/
		s/\(x,upper,lower\)/(close,high+2,low-2)/
		s/\(c,x\)/(close>open,close)/
		s/\(c\)/(close>open)/
		s/\(a,b\)/(close,sma(close,4))/
		s/\(x,y\)/(close[3],open)/
		s/\(n,k\)/(4,1.5)/
		s/\(x,n,k\)/(close,4,1.5)/
		s/\(x,n\)/(close,4)/
		s/\(n\)/(4)/
		s/\(x\)/(close)/'
}

@test "language: every name in the list can be used, and no value looks ahead" {
	local all

	all=$(calls | paste -sd ,)
	[ "$(calls | wc -l)" -ge 70 ]
	head -n 121 "$csv" >long.csv
	mkdir short
	qte-run --entry='bar % 9 == 0' --exit='bar % 9 == 5' --print="$all" \
		--reproducible long.csv | grep '"type":"value"' >long
	for rows in 2 3 7 34 90; do
		head -n $((rows + 1)) "$csv" >short/long.csv
		qte-run --entry='bar % 9 == 0' --exit='bar % 9 == 5' \
			--print="$all" --reproducible short/long.csv |
			grep '"type":"value"' >short/values
		cmp short/values <(head -n "$(wc -l <short/values)" long)
		[ "$(wc -l <short/values)" = $((rows * $(calls | wc -l))) ]
	done
	# What comes later is not what was, so something was there to be seen.
	refute cmp -s <(head -n 500 long) <(tail -n 500 long)
}

@test "language: a future bar cannot be asked for" {
	for rule in 'close[-1] > 1' 'close[0 - 1] > 1' 'close[-$n=1] > 1' \
		'mom(close, -1) > 1' 'sma(close, -1) > 1' 'close[bar] > 1'; do
		run -64 --separate-stderr qte-run --entry="$rule" six.csv
		[[ $stderr == *'a whole number from '* ]] || fail "$rule: $stderr"
	done
}
