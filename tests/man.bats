#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The manual pages, the README and HACKING say what the tools do: examples print
# what stands there; options, keys, functions and statuses are all there, and
# no others.

load helper

man()
{
	printf '%s\n' "$QTE_TREE/man/$1"
}

# items FILE SECTION MACRO: the first names that .It lines give as "MACRO name",
# below the .Sh or .Ss SECTION and up to the next one.
items()
{
	awk -v section="$2" -v macro="$3" '
	/^\.S[hs] / { inside = substr($0, 5) == section }
	inside && /^\.It / {
		for (i = 2; i < NF; i++)
			if ($i == macro)
				print $(i + 1)
	}' "$(man "$1")"
}

same()
{
	diff <(sort -u <<<"$1") <(sort -u <<<"$2")
}

@test "man: every example of qte-run(1) runs and prints what stands there" {
	"$QTE_TREE/tests/examples" "$(man qte-run.1)"
}

@test "man: every example of qte-verify(1) runs and prints what stands there" {
	"$QTE_TREE/tests/examples" "$(man qte-verify.1)"
}

@test "man: every example of qte-strategy(7) runs and prints what stands there" {
	"$QTE_TREE/tests/examples" "$(man qte-strategy.7)"
}

@test "man: every example of qte-records(5) runs and prints what stands there" {
	"$QTE_TREE/tests/examples" "$(man qte-records.5)"
}

@test "man: every example of qte-data(5) runs and prints what stands there" {
	"$QTE_TREE/tests/examples" "$(man qte-data.5)"
}

@test "man: every example of qte.conf(5) runs and prints what stands there" {
	"$QTE_TREE/tests/examples" "$(man qte.conf.5)"
}

@test "man: every example of qte(7) runs and prints what stands there" {
	"$QTE_TREE/tests/examples" "$(man qte.7)"
}

@test "man: every example of the README runs and prints what stands there" {
	"$QTE_TREE/tests/examples" "$QTE_TREE/README"
}

@test "man: the README has at most 100 lines, HACKING at most 60" {
	[ "$(wc -l <"$QTE_TREE/README")" -le 100 ]
	[ "$(wc -l <"$QTE_TREE/contrib/HACKING")" -le 60 ]
	head -n 24 "$QTE_TREE/README" | grep 'make demo'
	head -n 24 "$QTE_TREE/README" | grep 'make check'
	head -n 24 "$QTE_TREE/README" | grep 'qte-run -s'
}

@test "man: an example that prints something else is found" {
	printf '    $ echo a\n    b\n\n    $ false\n' >"$TMP/page"
	run -1 "$QTE_TREE/tests/examples" "$TMP/page"
	assert_line --partial 'page:1: prints something else: echo a'
	assert_line --partial 'page:4: status 1: false'
}

@test "man: the demo runs, and so do the commands that it ends with" {
	cd "$QTE_TREE"
	run -0 contrib/demo
	assert_line --partial 'final equity'
	# Three commands, one of them on two lines.
	run -0 bash -ec "$(printf '%s\n' "${lines[@]: -4}")"
	assert_equal "$(grep -c '^{"type":"summary"' <<<"$output")" 3
}

@test "man: the options of --help=all are those of the tool's page" {
	local tool page help

	for tool in qte-run qte-verify; do
		page=$(grep '^\.It ' "$(man $tool.1)" |
			grep -o 'Fl -[a-z-]*' | cut -c 5-)
		help=$($tool --help=all |
			sed -nE 's/^  (-[a-zA-Z0-9],|   ) --([a-z-]*).*/\2/p')
		same "$page" "$help"
	done
}

@test "man: an option's letter is the same in --help=all and the tool's page" {
	local tool page help letter='[a-zA-Z0-9]'

	for tool in qte-run qte-verify; do
		page=$(sed -n "s/^\.It Fl \($letter\) , Fl -\([a-z-]*\).*/\1 \2/p" \
			"$(man $tool.1)")
		help=$($tool --help=all |
			sed -n "s/^ *-\($letter\), --\([a-z-]*\).*/\1 \2/p")
		same "$page" "$help"
	done
}

@test "man: the keys of qte.conf(5) are the options that can stand in a file" {
	local tool section

	for tool in run verify; do
		for section in common $tool; do
			same "$(items qte.conf.5 "The section $section" Ic)" \
				"$(qte-$tool --print-config --format=json |
				jq -r "select(.section == \"$section\").key")"
		done
	done
}

# value KIND: one that a key of this kind takes.
value()
{
	case $1 in
	flag) echo yes ;;
	count) echo 4 ;;
	number) echo 0.7 ;;
	path) echo /var/lib ;;
	text) echo anything ;;
	esac
}

# settings FILE: "section key kind" of every key that all tools check.
settings()
{
	awk '
	/^\.Ss The section paths/ { section = "paths" }
	section != "" && /^\.Li \[/ { section = substr($2, 2, length($2) - 2) }
	/^\.Sh FILES/ { exit }
	section != "" && /^\.It Ic/ { print section, $3, $7 }' "$(man qte.conf.5)"
}

@test "man: every key that all tools check is accepted, with its kind" {
	local section key kind

	while read -r section key kind; do
		printf '[%s]\n%s = %s\n' "$section" "$key" "$(value "$kind")" \
			>"$TMP/conf"
		qte-run -c "$TMP/conf" --print-config >"$TMP/out"
		[ "$kind" != text ] || continue
		printf '[%s]\n%s = nothing\n' "$section" "$key" >"$TMP/conf"
		run -78 qte-run -c "$TMP/conf" --print-config
		assert_output --partial "conf:2:"
		assert_output --partial "$key: 'nothing'"
	done < <(settings)
}

@test "man: qte.conf(5) has every key that all tools check" {
	same "$(settings | cut -d ' ' -f 2)" \
		"$(grep -o 'ANY("[a-z_]*"' "$QTE_TREE/lib/face/cli.c" |
		cut -d '"' -f 2)"
}

@test "man: every key of every record stands in qte-records(5)" {
	local all=trades,summary,orders,fills,equity,signals,positions,refusals
	local csv

	csv=$(data sp500.csv)
	head -n 300 "$csv" >"$TMP/short.csv"
	{
		qte-run -s macd --emit=$all "$TMP/short.csv"
		qte-run -s rsi --direction=long-short --emit=$all --size=50% \
			"$TMP/short.csv"
		qte-run --entry=true --short-entry=bar==7 --short-exit=bar==9 \
			--direction=long-short --emit=$all --reproducible \
			--size=10 "$TMP/short.csv"
		qte-run --entry=true --size=1000000 --emit=refusals \
			"$TMP/short.csv"
		sed '5s/$/,/' "$TMP/short.csv" |
			qte-run -s buy_hold -q --on-bad=skip
		head -n 2 "$csv" | qte-run -s rsi
		qte-run --print='close, sma(close,3), close > 1400' \
			"$TMP/short.csv"
		printf 'entry = bar == 3' >"$TMP/plain.qts"
		qte-run -s "$TMP/plain.qts" "$TMP/short.csv"
		qte-run -s rsi -p n=7,14 --where='n > 3' "$TMP/short.csv"
		qte-run -s rsi --heartbeat=1ns "$TMP/short.csv"
		qte-verify "$TMP/short.csv"
		printf 'symbol,time,open,high,low,close,volume\n%s\n' \
			$'\xff,2020-01-02,5,4,4,4,x' 'A,2020-01-02,5,4,4,4,x' |
			qte-verify - || true
		mkdir "$TMP/tree"
		ln -s "$TMP" "$TMP/tree/link"
		ln -s $'\xff' "$TMP/tree/"$'\xfe'
		qte-verify --create "$TMP/tree" >"$TMP/manifest"
		cat "$TMP/manifest"
		touch "$TMP/tree/file" "$TMP/tree/"$'\xfd'
		qte-verify --create "$TMP/tree"
		qte-verify --profile=manifest --manifest="$TMP/manifest" \
			"$TMP/tree" || true
		qte-run --print-config --format=json
		"$QTE_BIN/tests/bench/audit" "$TMP/audit.jsonl" 3 2>/dev/null
		cat "$TMP/audit.jsonl"
		mkdir -p "$TMP/data"
		touch -d 2020-01-01 "$TMP/data/temp_1"
		qte-clean --rule=temp --data-dir="$TMP/data"
	} >"$TMP/records"
	"$QTE_TREE/tests/record-keys" "$TMP/records"
	same "$(jq -r .type "$TMP/records")" \
		"$(sed -n '/^\.Sh RECORD TYPES/,/^\.Sh EX/s/^\.Ss \([a-z_]*\)$/\1/p' \
		"$(man qte-records.5)")"
}

@test "man: every figure that need not be there has its formula in qte-run(1)" {
	local name formulas

	formulas=$(items qte-run.1 Figures Va)
	while read -r name; do
		case $name in
		elapsed_s | rows_per_s) ;;
		*) grep -qx "$name" <<<"$formulas" || fail "$name" ;;
		esac
	done < <(sed -n '/^\.Ss summary/,/^\.Ss config/s/^\.It Va \([a-z_]*\) Pq number or absent/\1/p' \
		"$(man qte-records.5)")
}

@test "man: a key that does not stand in qte-records(5) is found" {
	run -1 "$QTE_TREE/tests/record-keys" <<-'END'
		{"type":"equity","ts":"2020-01-01T00:00:00Z","bar":0.5,"cash":1,
		"position":0,"equity":1,"new":1}
		{"type":"other"}
	END
	assert_line 'equity: no such key: new'
	assert_line 'equity: bar is not integer'
	assert_line 'other: no such record'
	[ "${#lines[@]}" = 3 ]
}

@test "man: the built-in strategies are those of qte-strategy(7), rules included" {
	diff <(awk '
	/^\.Sh / { inside = /STRATEGIES/; next }
	!inside || /^\.[^I]/ || !/^(\.It Cm|entry|exit|  )/ { next }
	/^\.It/ { print ""; printf "%s", $3; next }
	/^ / { sub(/^ */, " "); printf "%s", $0; next }
	{ printf "\n    %-6s", $1; sub(/^[a-z]* */, ""); printf "%s", $0 }
	END { print "" }' "$(man qte-strategy.7)" | sed 1d) \
		<(qte-run --list-strategies)
}

@test "man: the strategies that are shipped run, each way" {
	local file way

	for file in "$QTE_TREE"/contrib/examples/strategies/*.qts; do
		for way in long short long-short; do
			qte-run -s "$file" --direction="$way" \
				"$(data sp500.csv)" |
				jq -e -n '[inputs][-1] | .complete and
				.trades_closed > 10'
		done
		grep -q "${file##*/}" "$(man qte-strategy.7)"
	done
}

@test "man: the fields of the language are those of qte-strategy(7)" {
	same "$(items qte-strategy.7 Fields Li)" \
		"$(qte-run --list-functions | awk '$1 !~ /\(/ { print $1 }')"
}

# functions: what qte-strategy(7) says of each one: a line of its call, the first
# bar that has a value or "-", and the names and the value that define it or "-".
functions()
{
	awk -v OFS='\t' '
	function put()
	{
		if (call != "")
			print call, from == "" ? "-" : from,
				value == "" ? "-" : names "v = (" value ")"
		call = from = names = value = ""
	}
	/^\.S[hs] / { put() }
	/^\.Sh / { inside = /FUNCTIONS/ }
	!inside { next }
	/^\.It Fn / {
		put()
		call = $3 "("
		for (i = 4; i <= NF && $i != "Ns"; i++)
			call = call (i > 4 ? "," : "") $i
		call = call ")" (i < NF ? $NF : "")
	}
	/^From bar / { from = $3; sub(/[.,]$/, "", from) }
	/^\.Bd / { shown = 1; next }
	/^\.Ed/ { shown = 0 }
	shown && /^[a-z]+ = / { names = names $0 "; " }
	shown && !/^[a-z]+ = / { value = value $0 }
	' "$(man qte-strategy.7)"
}

@test "man: the functions of the language are those of qte-strategy(7)" {
	same "$(functions | cut -f 1)" \
		"$(qte-run --list-functions | awk '$1 ~ /\(/ { print $1 }')"
}

# given PARAMETER: what it stands for below.
given()
{
	case $1 in
	x | a) echo close ;;
	y | b) echo open ;;
	c) echo 'close > open' ;;
	upper) echo high ;;
	lower) echo low ;;
	fast) echo 4 ;;
	slow) echo 9 ;;
	smooth) echo 3 ;;
	n) echo 7 ;;
	k) echo 6 ;;
	d) echo 5 ;;
	*) echo "$1" ;;
	esac
}

# filled TEXT: with what is given for the names in it.
filled()
{
	local text=$1 name

	while read -r name; do
		text=$(sed "s/\<$name\>/$(given "$name")/g" <<<"$text")
	done < <(grep -o '[a-z]*' <<<"$1" | sort -u)
	printf '%s\n' "$text"
}

# called CALL: the same of what stands in its parentheses.
called()
{
	local rest=${1#*(}

	printf '%s(%s)%s\n' "${1%%(*}" "$(filled "${rest%%)*}")" "${rest#*)}"
}

@test "man: functions have a value from the bar on that qte-strategy(7) gives" {
	local call from wanted='' options=() without=()

	while IFS=$'\t' read -r call from _; do
		if [ "$from" = - ]; then
			without+=("${call%%(*}")
			continue
		fi
		from=$(filled "$from")
		options+=("--print=$(called "$call")")
		wanted+="$(called "$call") $((from))"$'\n'
	done < <(functions)
	assert_equal "${without[*]}" \
		'cross_above cross_below crossed barssince valuewhen highestsince lowestsince'
	head -n 60 "$(data sp500.csv)" | qte-run "${options[@]}" |
		jq -nr 'reduce (inputs | select(has("name") and has("value"))) as $r
		({}; .[$r.name] //= $r.bar) | to_entries[] |
		"\(.key) \(.value)"' >"$TMP/got"
	diff <(sort <<<"${wanted%$'\n'}") <(sort "$TMP/got")
}

@test "man: events have no value before they can" {
	bars 2020-01-01,1,1,1,1,1 2020-01-02,2,2,2,2,1 2020-01-03,3,3,3,3,1 \
		2020-01-04,2,2,2,2,1 >"$TMP/four.csv"
	qte-run --print='barssince(bar == 1)' --print='valuewhen(bar == 1,close)' \
		--print='cross_above(close,2), cross_below(close,2.5)' \
		"$TMP/four.csv" | jq -c 'select(.name) | .value' |
		paste -d ' ' - - - - >"$TMP/got"
	diff - "$TMP/got" <<-'END'
		null null false null
		0 2 false false
		1 2 true false
		2 2 false true
	END
}

# One price and hardly a volume, so that every range is nothing.
flat()
{
	local i

	bars
	for i in {10..49}; do
		echo "2020-01-01 00:$i,5,5,5,5,$((i % 9 == 0))"
	done
}

@test "man: functions are what qte-strategy(7) defines them to be" {
	local call definition parameter names file

	flat >"$TMP/flat.csv"
	head -n 500 "$(data sp500.csv)" >"$TMP/short.csv"
	while IFS=$'\t' read -r call _ definition; do
		[ "$definition" != - ] || continue
		names=''
		for parameter in $(grep -o '(.*)' <<<"$call" | tr '(),' ' '); do
			names+="$parameter = $(given "$parameter"); "
		done
		# Both have a value and it is the same, or neither has.
		for file in "$TMP/flat.csv" "$TMP/short.csv"; do
			qte-run --emit=signals --entry="$names$definition
				w = $call
				nz(v == w, false) or not nz(v == v, false) and
				not nz(w == w, false)" "$file" |
				jq -e -n '[inputs] | (map(select(.rules)) | length)
				== .[-1].bars' >"$TMP/out" || fail "$call"
		done
	done < <(functions)
}

# exact EXPRESSION...: say of each whether its value is 9000000000.000000001 to
# the last digit.  To a double that is the same as one with 2 at the end.
exact()
{
	local i name options=()

	{
		bars
		for i in {1..9}; do
			printf '2020-01-0%d' "$i"
			printf ',9000000000.000000001%.0s' 1 2 3 4 5
			echo
		done
	} >"$TMP/large.csv"
	for name; do
		options+=("--print=$name == 9000000000.000000002")
	done
	qte-run --entry=true --cash=90000000000 "${options[@]}" "$TMP/large.csv" |
		jq -r 'select(.bar == 8 and .name) | .value | not'
}

@test "man: what is exact is what qte-strategy(7) says" {
	same "$(sed -n '/^\.Ss Exactness/,/^What is exact/s/^\.Fn//p' \
		"$(man qte-strategy.7)" | grep -o '[a-z]\{2,\}')" \
		"$(printf '%s\n' sma highest lowest mom valuewhen highestsince \
			lowestsince nz highestbars lowestbars barssince)"
	exact open high low close hl2 hlc3 ohlc4 '-(-close)' 'close[2]' \
		'sma(close,3)' 'sma(sma(close,2),3)' 'highest(close,3)' \
		'lowest(close,3)' 'valuewhen(true,close)' 'nz(close,open)' \
		'highestsince(bar == 2,close)' 'lowestsince(true,close)' \
		'(bar > 3 ? close : high)' >"$TMP/got"
	same "$(cat "$TMP/got")" true
	exact volume entry_price 'close + 0' 'close * 1' 'close / 1' \
		'close % 1e10' 'ema(close,3)' 'rma(close,3)' 'wma(close,1)' \
		'kama(close,3)' 'abs(close)' 'max(close,open)' 'min(close,open)' \
		'linreg(close,1)' 'bbands(close,3,2).upper' \
		'nz(close,sma(close,3))' '(bar > 3 ? close : sma(close,3))' \
		>"$TMP/got"
	same "$(cat "$TMP/got")" false
	bars 2020-01-01,9e9,9e9,9e9,9e9,0 \
		2020-01-02,9e9,9000000000.000000001,9e9,9000000000.000000001,0 |
		qte-run --print='mom(close,1) == 0.000000001, close - close[1]' |
		jq -c 'select(.bar == 1 and .name).value' >"$TMP/got"
	diff "$TMP/got" <(printf 'true\n0\n')
}

@test "man: the kinds of bad rows are those of qte-data(5)" {
	same "$(items qte-data.5 'Rows that cannot be used' Li)" \
		"$(sed -n 's/^	    \[BARS_[A-Z0-9_]*\] = "\([a-z0-9-]*\)".*/\1/p' \
		"$QTE_TREE/lib/market/bars_fault.c")"
}

# cause STATUS: what qte-run(1) says leads to it.
cause()
{
	local csv

	csv=$(data sp500.csv)
	case $1 in
	0) qte-run --version ;;
	64) qte-run --no-such-option ;;
	65) qte-run -s rsi /dev/null ;;
	66) qte-run -s rsi "$TMP/none.csv" ;;
	69)
		mkdir -p "$TMP/none"
		: >"$TMP/none/libarchive.so.13"
		gzip -c "$csv" >"$TMP/packed.csv.gz"
		LD_LIBRARY_PATH=$TMP/none qte-run -s rsi "$TMP/packed.csv.gz"
		;;
	71) (ulimit -v 20000 && qte-run --entry='close>sma(close,1000000)' "$csv") ;;
	73) qte-run -s rsi -o "$TMP/nowhere/out" "$csv" ;;
	74) qte-run -s rsi "$csv" >/dev/full ;;
	78) QTE_RUN_CASH=much qte-run -s rsi "$csv" ;;
	*) echo "no cause for status $1" ;;
	esac
}

@test "man: every exit status of qte-run(1) comes about, with one line" {
	local status statuses

	statuses=$(sed -n '/^\.Sh EXIT/,/^\.Sh EX[^I]/s/^\.It \([0-9]*\)$/\1/p' \
		"$(man qte-run.1)")
	[ "$(wc -w <<<"$statuses")" -ge 8 ]
	for status in $statuses; do
		# A sanitizer needs more address space than a limit leaves.
		[ "$status" != 71 ] || ! grep -q __asan_ "$QTE_BIN/qte-run" ||
			continue
		run "-$status" --separate-stderr cause "$status"
		# shellcheck disable=SC2154  # run sets it
		if [ "$status" = 64 ]; then
			[ "${#stderr_lines[@]}" = 2 ]
		elif [ "$status" != 0 ]; then
			[ "${#stderr_lines[@]}" = 1 ]
		fi
		grep -q "^\.It $status\$" "$(man qte.7)"
	done
}

@test "man: a run that a signal stops ends by it, and says so in its summary" {
	local signal pid status feed

	feed=$TMP/feed
	mkfifo "$feed"
	for signal in INT TERM HUP; do
		# A shell lets what it starts beside itself ignore INT.
		env --default-signal=INT qte-run -s rsi "$feed" \
			>"$TMP/out" 3>&- &
		pid=$!
		{
			head -n 5 "$(data sp500.csv)"
			sleep 0.2
			kill -s "$signal" $pid
			sleep 0.1
		} >"$feed"
		status=0
		wait $pid || status=$?
		[ $status = $((128 + $(kill -l $signal))) ]
		tail -n 1 "$TMP/out" | jq -e --arg s "SIG$signal" \
			'.type == "summary" and .complete == false and
			.reason == $s and .bars == 4'
	done
}

@test "man: a reader that goes away ends the run by PIPE" {
	local statuses

	qte-run -s rsi --emit=equity "$(data sp500.csv)" | head -c 1 >"$TMP/out" ||
		statuses=("${PIPESTATUS[@]}")
	[ "${statuses[0]-${PIPESTATUS[0]}}" = 141 ]
}
