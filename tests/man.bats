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

@test "man: the options of --help=all are those of qte-run(1)" {
	local page help

	page=$(sed -n 's/^\.It .*Fl -\([a-z-]*\).*/\1/p' "$(man qte-run.1)")
	help=$(qte-run --help=all |
		sed -nE 's/^  (-[a-zA-Z],|   ) --([a-z-]*).*/\2/p')
	same "$page" "$help"
}

@test "man: an option's letter is the same in --help=all and qte-run(1)" {
	local page help

	page=$(sed -n 's/^\.It Fl \([a-zA-Z]\) , Fl -\([a-z-]*\).*/\1 \2/p' \
		"$(man qte-run.1)")
	help=$(qte-run --help=all |
		sed -n 's/^ *-\([a-zA-Z]\), --\([a-z-]*\).*/\1 \2/p')
	same "$page" "$help"
}

@test "man: the keys of qte.conf(5) are the options that can stand in a file" {
	local section

	for section in common run; do
		same "$(items qte.conf.5 "The section $section" Ic)" \
			"$(qte-run --print-config --format=json |
			jq -r "select(.section == \"$section\").key")"
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
		qte-run --print-config --format=json
	} >"$TMP/records"
	"$QTE_TREE/tests/record-keys" "$TMP/records"
	same "$(jq -r .type "$TMP/records")" \
		"$(sed -n '/^\.Sh RECORD TYPES/,/^\.Sh EX/s/^\.Ss \([a-z]*\)$/\1/p' \
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

@test "man: the built-in strategies are those of qte-run(1), rules included" {
	local name

	same "$(items qte-run.1 'Built-in strategies' Cm)" \
		"$(sed -n 's/.*ROW("\([a-z_]*\)".*/\1/p' \
		"$QTE_TREE/cmd/qte-run/strategy/builtin.c")"
	for name in $(items qte-run.1 'Built-in strategies' Cm); do
		same "$(qte-run -s "$name" "$(data sp500.csv)" |
			jq -r 'select(.type == "summary") | .entry, .exit')" \
			"$(awk -v it=".It Cm $name" '
			/^\./ && $0 !~ /^\.B|^\.E/ { inside = $0 == it; next }
			/^\./ || !inside { next }
			/^ / { sub(/^ */, " "); rule = rule $0; next }
			rule != "" { print rule }
			{ sub(/^[a-z]* */, ""); rule = $0 }
			END { print rule }' "$(man qte-run.1)")"
	done
}

@test "man: the functions of the language are those of qte-run(1)" {
	same "$(grep '^\.It Fn' "$(man qte-run.1)" | grep -o 'Fn [a-z_]*' |
		cut -d ' ' -f 2)" \
		"$(sed -n 's/^    {"\([a-z_]*\)".*/\1/p' \
		"$QTE_TREE/cmd/qte-run/strategy/indic.c")"
}

# first EXPRESSION: the first bar at which it has a value.
first()
{
	qte-run --entry="$1 == $1" --emit=signals "$(data sp500.csv)" |
		jq -n 'first(inputs | select(.type == "signal")).bar'
}

@test "man: functions have a value from the bar on that qte-run(1) gives" {
	[ "$(first 'sma(close,7)')" = 6 ]
	[ "$(first 'ema(close,7)')" = 6 ]
	[ "$(first 'rsi(close,7)')" = 7 ]
	[ "$(first 'stddev(close,7)')" = 6 ]
	[ "$(first 'highest(close,7)')" = 6 ]
	[ "$(first 'lowest(close,7)')" = 6 ]
	[ "$(first 'bbands(close,7,2).upper')" = 6 ]
	[ "$(first 'bbands(close,7,2).lower')" = 6 ]
	[ "$(first 'macd(4,9,5).macd')" = 8 ]
	[ "$(first 'macd(4,9,5).signal')" = 12 ]
	[ "$(first 'macd(4,9,5).hist')" = 12 ]
	[ "$(first 'close[3]')" = 3 ]
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
	71) (ulimit -v 20000 && qte-run --entry='close>sma(close,1000000)' "$csv") ;;
	73) qte-run -s rsi -o "$TMP/none/out" "$csv" ;;
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
