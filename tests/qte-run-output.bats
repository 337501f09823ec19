#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Where the output of qte-run goes, and what of it a terminal gets.

# shellcheck disable=SC2016  # rules have dollars of their own
load helper
stderr=

setup()
{
	cd "$TMP" || return
	bars 2020-01-01,10,11,9,10,100 2020-01-02,10,12,10,12,100 >two.csv
	printf 'entry = bar == 0\n' >my.qts
	printf '[run]\nstrategy = buy_hold\n' >my.conf
}

# replaces WHAT FILE OPTION...: refused, and the FILE stays.
replaces()
{
	local what=$1 file=$2
	shift 2
	cp "$file" before
	run --separate-stderr -64 qte-run "$@"
	assert_equal "${stderr%%$'\n'*}" "qte-run: --output: '$file' is the $what"
	cmp "$file" before
}

@test "qte-run: -o that names the strategy file is refused" {
	replaces strategy my.qts -s my.qts -o my.qts two.csv
	ln -s my.qts link.qts
	replaces strategy my.qts -s ./link.qts -o my.qts two.csv
	replaces strategy my.qts -s my.qts -o my.qts --show
}

@test "qte-run: -o that names the configuration is refused" {
	replaces configuration my.conf -c my.conf -o my.conf two.csv
	replaces configuration my.conf -c my.conf -o my.conf --print-config
	QTE_CONFIG=./my.conf replaces configuration my.conf -o my.conf two.csv
}

@test "qte-run: -o that names the file on standard input is refused" {
	exec 9<two.csv
	replaces input two.csv -s buy_hold -o two.csv <&9
	replaces input two.csv -s buy_hold -o two.csv - <&9
	run -0 qte-run -s buy_hold -o other two.csv <&9
	exec 9<&-
}

@test "qte-run: what is only printed goes to the file of -o as well" {
	local option
	for option in --show --list-strategies --list-functions --print-config \
		--help --version --completion=bash; do
		qte-run -s rsi $option >want
		run -0 qte-run -s rsi $option -o made
		assert_output ''
		diff want made
		rm made
	done
	run -73 qte-run --show -s rsi -o nowhere/made
}

# quiet_terminal: nothing of the last output acts on a terminal.
quiet_terminal()
{
	refute_output --regexp $'[\x01-\x08\x0b-\x1f\x7f]'
	refute_output --partial $'\u009b'
	refute_output --partial $'\u202e'
}

@test "qte-run: no name acts on the terminal" {
	local name=$'a\e]0;b\a\u009b1m\u202ec\x7f'
	mkdir "$name"
	cp my.qts "$name/$name.qts"
	cp my.conf "$name/my.conf"
	cp two.csv "$name/$name.csv"
	run -0 qte-run -q -s "$name/$name.qts" --format=text \
		"$name/$name.csv"
	quiet_terminal
	assert_line --index 0 --partial \
		'a\x1B]0;b\x07\xC2\x9B1m\xE2\x80\xAEc\x7F on'
	run -0 qte-run -q -s "$name/$name.qts" "$name/$name.csv"
	quiet_terminal
	run -0 jq -r 'select(.strategy).strategy' <<<"$output"
	assert_output "$name"
	run -66 qte-run -s buy_hold "$name/no.csv"
	quiet_terminal
}

@test "qte-run: --print-config shows no control characters, nor a line of its own" {
	local name=$'a\e[2J\u009b\n[run]\ncash = 1\n.d'
	mkdir "$name"
	cp my.conf "$name/my.conf"
	export QTE_RUN_SYMBOL=$'x\x7fy' QTE_RUN_ENTRY=$'\u202etrue'
	run -0 qte-run -c "$name/my.conf" --print-config
	quiet_terminal
	assert_equal "$(grep -c '^\[run\]' <<<"$output")" 1
	assert_line '# symbol ='
	assert_line '# entry ='
	assert_line --partial 'a\x1B[2J\xC2\x9B\x0A[run]\x0Acash = 1\x0A.d/my.conf:2'
	run -0 qte-run -c "$name/my.conf" --print-config --format=json
	quiet_terminal
	run -0 jq -r 'select(.key == "strategy").source' <<<"$output"
	assert_output "$name/my.conf:2"
}
