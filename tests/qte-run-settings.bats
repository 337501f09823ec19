#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What qte-run makes of settings that do not stand on the command line.

# shellcheck disable=SC2016  # rules have dollars of their own
load helper
stderr=

setup()
{
	cd "$TMP" || return
	bars 2020-01-01,10,11,9,10,100 2020-01-02,10,12,10,12,100 \
		2020-01-03,12,13,11,13,100 >three.csv
}

# wrong STATUS TEXT OPTION...: the first line of what qte-run says.
wrong()
{
	local want=$1 text=$2
	shift 2
	run --separate-stderr qte-run "$@" three.csv
	assert_equal "${stderr%%$'\n'*}" "qte-run: $text"
	assert_equal "$status" "$want"
}

# conf LINE...: the section run of the file conf.
conf()
{
	printf '%s\n' '[run]' "$@" >conf
}

params()
{
	run -0 --separate-stderr qte-run "$@" three.csv
	run -0 jq -c 'select(.params).params' <<<"$output"
}

@test "settings: a wrong rule of the configuration is 78 with its place" {
	conf '' 'entry = "close > smma(close)"'
	wrong 78 "conf:3:9: entry:1:9: unknown function 'smma'; did you mean 'sma'?" \
		-c conf
	[[ $stderr == *'  close > smma(close)'$'\n'* ]]
	[[ $stderr != *--help* ]]
	conf 'size = 1.5'
	wrong 78 'conf:2:8: size: 1.5 is not a whole number of shares: add --fractional' \
		-c conf -s buy_hold
	wrong 64 '--size: 2.5 is not a whole number of shares: add --fractional' \
		-c conf -s buy_hold --size=2.5
	conf 'from = 2020-01-03' 'to = 2020-01-02'
	wrong 78 'conf:2:8: from is not before --to' -c conf -s buy_hold
	wrong 64 '--to is not after --from' -c conf -s buy_hold --to=2020-01-03
}

@test "settings: a wrong rule of the environment is 78 with its name" {
	QTE_RUN_ENTRY='close > smma(close)' wrong 78 \
		"QTE_RUN_ENTRY:1:9: unknown function 'smma'; did you mean 'sma'?"
	QTE_RUN_PARAM='nn=3' wrong 78 \
		"QTE_RUN_PARAM: unknown parameter 'nn'; there are n, low, high" -s rsi
	wrong 64 "--param: unknown parameter 'nn'; there are n, low, high" \
		-s rsi -p nn=3
}

@test "settings: what needs another setting is an error as a flag only" {
	conf 'warmup = 3' 'short_entry = true' 'short_exit = false'
	run -0 qte-run -c conf -s buy_hold --reproducible three.csv
	assert_output "$(qte-run -s buy_hold --reproducible three.csv)"
	wrong 64 '--warmup needs --from' -c conf -s buy_hold --warmup=2
	QTE_RUN_WARMUP=2 run -0 qte-run -s buy_hold three.csv
	wrong 64 '--short-entry and --short-exit need --direction=short or --direction=long-short' \
		-c conf -s buy_hold --short-entry=true
	run -0 qte-run -c conf -s buy_hold --direction=short three.csv
	run -0 jq -r 'select(.digest).short_entry' <<<"$output"
	assert_output true
}

@test "settings: parameters of several sources are merged by name" {
	conf 'strategy = sma_cross' 'param = fast=2 slow=9'
	params -c conf -p slow=7
	assert_output '{"fast":2,"slow":7}'
	QTE_RUN_PARAM='fast=3' params -c conf -p slow=7
	assert_output '{"fast":3,"slow":7}'
	QTE_RUN_PARAM='fast=3 slow=4' params -c conf
	assert_output '{"fast":3,"slow":4}'
	QTE_RUN_PARAM='fast=3' run -0 qte-run -c conf -p slow=7 --print-config
	assert_line --regexp '^param .* = "slow=7 fast=3" |"fast=3 slow=7" '
}

@test "settings: parameters of a strategy that is not run are dropped" {
	conf 'strategy = sma_cross' 'param = fast=2 slow=9'
	params -c conf -s rsi -p n=5
	assert_output '{"n":5,"low":30,"high":70}'
	QTE_RUN_STRATEGY=rsi params -c conf
	assert_output '{"n":14,"low":30,"high":70}'
	QTE_RUN_PARAM=n=4 params -s rsi
	assert_output '{"n":4,"low":30,"high":70}'
	QTE_RUN_STRATEGY=rsi QTE_RUN_PARAM=n=3 params -c conf
	assert_output '{"n":3,"low":30,"high":70}'
	run -0 qte-run -c conf -s rsi --print-config
	assert_line '# param ='
}
