#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# How far a run is, on a terminal that script(1) makes up.

load helper

setup()
{
	[ -n "$(command -v script)" ] || skip 'script(1) is not installed'
	cd "$TMP" || return
	mkfifo bars.fifo
	: >log
	export TERM=xterm
}

erase=$'\r\e[J'

# shown COMMAND: what the terminal is sent by it.  The data it reads from
# bars.fifo come slowly until there is a line in it, and end in a bad row.
shown()
{
	script -qefc "$1" log >script.out 3>&- &
	{
		bars 100,10,11,9,10,100
		for day in {101..400}; do
			echo "$day,10,11,9,10,100"
			! grep -q ' rows' log || break
			sleep .05
		done
		echo 999,1,1,1,1,
	} >bars.fifo
	wait $! || true
	output=$(<script.out)
}

# silent COMMAND: the same when there is to be no line, however long it takes.
silent()
{
	script -qefc "$1" log >script.out 3>&- &
	{
		bars 101,10,11,9,10,100
		for day in 102 103; do
			sleep .4
			echo "$day,10,11,9,10,100"
		done
	} >bars.fifo
	wait $!
	output=$(<script.out)
	refute_output --partial ' rows'
	refute_output --partial "$erase"
}

@test "progress: rows and their rate, erased before anything else is written" {
	shown 'qte-run -s buy_hold --on-bad=skip --color=never bars.fifo'
	assert_regex "$output" \
		"${erase/[/\\[}"$'qte-run: [0-9]+ rows, [0-9]+([.][0-9])? rows/s\r'
	assert_output --partial "${erase}qte-run: warning: 1 of "
	assert_output --partial $'\nbuy_hold on bars: '
}

@test "progress: erased before an error, and before records" {
	shown 'qte-run -s buy_hold bars.fifo'
	assert_output --partial "${erase}qte-run: bars.fifo:"
	shown 'qte-run -s buy_hold -f json --on-bad=skip -v bars.fifo'
	assert_output --partial "$erase"'qte-run: '
	assert_output --partial $'\n{"type":"head"'
}

@test "progress: the answer in a file is the same" {
	shown 'qte-run -s buy_hold --on-bad=skip --reproducible -o out bars.fifo'
	assert_output --partial ' rows/s'
	run -0 jq -r .type out
	assert_output $'head\ntrade\nsummary'
}

@test "progress: none with -q, in a pipe, in a file, or where nothing erases" {
	silent 'qte-run -s buy_hold -q bars.fifo'
	silent 'qte-run -s buy_hold bars.fifo | cat'
	silent 'qte-run -s buy_hold bars.fifo 2>err'
	assert_equal "$(cat err)" ''
	TERM=dumb silent 'qte-run -s buy_hold bars.fifo'
}

@test "progress: none in the background" {
	silent "bash -mc 'qte-run -s buy_hold -o out bars.fifo & wait'"
	assert [ -s out ]
}

@test "progress: none for work that is soon done" {
	bars 101,10,11,9,10,100 >short.csv
	run -0 script -qec 'qte-run -s buy_hold short.csv' /dev/null
	refute_output --partial "$erase"
}
