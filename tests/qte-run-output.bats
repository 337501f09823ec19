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
	replaces input two.csv -s buy_hold -o two.csv <two.csv
	replaces input two.csv -s buy_hold -o two.csv - <two.csv
	run -0 qte-run -s buy_hold -o other two.csv <two.csv
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
