#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# qte-run when it is told to stop.

# shellcheck disable=SC2016  # perl has dollars of its own
load helper

setup()
{
	cd "$TMP" || return
	mkfifo bars.fifo
}

# started OPTION...: qte-run on a FIFO that stays open as 9, with 4 bars in it.
# Its process id is ${pid}.
started()
{
	# What runs in the background of a script ignores INT.
	env --default-signal=HUP,INT,TERM qte-run -s buy_hold --cash=1000 \
		--reproducible "$@" bars.fifo >out 2>err 3>&- &
	pid=$!
	exec 9>bars.fifo
	bars 2020-01-01,10,11,9,10,100 2020-01-02,10,12,10,12,100 \
		2020-01-03,12,14,11,13,100 2020-01-06,13,13,9,9,100 >&9
	waiting
}

# Waits until the process sleeps: what was written is worked off.
waiting()
{
	local state

	for _ in {1..500}; do
		state=$(ps -o state= -p "$pid") || fail 'it has ended'
		[ "$state" != S ] || return 0
		sleep .01
	done
	fail 'it does not come to wait for input'
}

# ended STATUS: of a process that a signal ended it is 128 and the signal.
ended()
{
	local status=0

	wait "$pid" || status=$?
	exec 9>&-
	assert_equal "$status" "$1"
}

@test "qte-run: INT, TERM and HUP end it by the signal, with a summary" {
	for signal in INT=130 TERM=143 HUP=129; do
		started
		kill -s "${signal%=*}" "$pid"
		ended "${signal#*=}"
		assert_equal "$(cat err)" ''
		assert_equal "$(jq -r .type out | paste -sd ' ')" 'head trade summary'
		assert_equal \
			"$(tail -n 1 out | jq -c '[.complete, .reason, .bars, .trades_open]')" \
			"[false,\"SIG${signal%=*}\",4,1]"
	done
}

@test "qte-run: a sweep that waits for input ends by the signal, whoever reads" {
	local jobs

	for jobs in 1 2 5; do
		started --entry='close > $x=1' -p x=1:9 --jobs=$jobs
		kill -s INT "$pid"
		ended 130
		assert_equal "$(jq -r .type out | sort | uniq -c | xargs)" \
			'1 head 9 result 1 summary'
		assert_equal "$(tail -n 1 out | jq -c '[.complete, .reason]')" \
			'[false,"SIGINT"]'
	done
}

@test "qte-run: what ends it is the signal itself, not a status like it" {
	[ -n "$(command -v perl)" ] || skip 'perl is not installed'
	exec 9<>bars.fifo
	bars 2020-01-01,10,11,9,10,100 >&9
	run -0 perl -e '$pid = fork; exec @ARGV if !$pid; select undef, undef, undef, .3;
		kill "TERM", $pid; waitpid $pid, 0; print $? & 127, "\n"' \
		qte-run -s buy_hold -o out bars.fifo
	exec 9>&-
	assert_output 15
}

@test "qte-run: stopped in text form it says that this is not all" {
	started -f text
	kill -TERM "$pid"
	ended 143
	run -0 cat out
	assert_line --index 0 'buy_hold on bars: 4 bars from 2020-01-01 to 2020-01-06'
	assert_line 'Stopped by SIGTERM: this is not all of the data.'
}

@test "qte-run: stopped with -o it leaves the old file and no other" {
	echo old >result
	started -o result
	kill -TERM "$pid"
	ended 143
	assert_equal "$(cat result)" old
	rm result
	started -o result
	kill -INT "$pid"
	ended 130
	run -0 ls -A
	assert_output $'bars.fifo\nerr\nout'
	assert_equal "$(cat out err)" ''
}

@test "qte-run: killed with -o it leaves the old file as it was" {
	echo old >result
	started -o result
	kill -KILL "$pid"
	ended 137
	assert_equal "$(cat result)" old
}

@test "qte-run: stopped before the first bar it still closes the stream" {
	env --default-signal=INT,TERM qte-run -s buy_hold --reproducible \
		bars.fifo >out 2>err 3>&- &
	pid=$!
	exec 9>bars.fifo
	bars >&9
	waiting
	kill -TERM "$pid"
	ended 143
	assert_equal "$(cat err)" ''
	assert_equal "$(jq -r .type out | paste -sd ' ')" 'head summary'
	assert_equal "$(tail -n 1 out | jq -c '[.complete, .bars, .rows_read]')" \
		'[false,0,0]'
	run -0 "$QTE_TREE/tests/record-keys" out
}

@test "qte-run: stopped while it waits for a FIFO's writer it ends at once" {
	env --default-signal=INT,TERM qte-run -s buy_hold bars.fifo >out 2>err 3>&- &
	pid=$!
	sleep .2
	kill -INT "$pid"
	ended 130
	assert_equal "$(cat out err)" ''
}

@test "qte-run: a signal that was ignored at the start stays ignored" {
	env --ignore-signal=HUP qte-run -s buy_hold --reproducible bars.fifo \
		>out 2>err 3>&- &
	pid=$!
	exec 9>bars.fifo
	bars 2020-01-01,10,11,9,10,100 >&9
	waiting
	kill -HUP "$pid"
	echo 2020-01-02,10,12,10,12,100 >&9
	exec 9>&-
	wait "$pid"
	assert_equal "$(tail -n 1 out | jq -c '[.complete, .bars]')" '[true,2]'
}

@test "qte-run: a second signal ends it at once, whatever it does" {
	"$QTE_BIN/tests/tools/genbars" 20000 >bars.csv
	mkfifo slow
	exec 8<>slow
	env --default-signal=INT,TERM qte-run -s buy_hold --emit=equity bars.csv \
		>slow 2>err 3>&- 8>&- &
	pid=$!
	sleep .4
	# Nobody reads: the first leaves the reader a moment.
	kill -TERM "$pid"
	sleep .1
	kill -INT "$pid"
	ended 130
	exec 8>&-
	assert_equal "$(cat err)" ''
}

@test "qte-run: a reader that stands still does not keep it from ending" {
	"$QTE_BIN/tests/tools/genbars" 20000 >bars.csv
	mkfifo slow
	exec 8<>slow
	env --default-signal=INT,TERM qte-run -s buy_hold --emit=equity bars.csv \
		>slow 2>err 3>&- 8>&- &
	pid=$!
	sleep .4
	kill -TERM "$pid"
	timeout 5 tail --pid="$pid" -f /dev/null
	ended 143
	exec 8>&-
	assert_equal "$(cat err)" ''
}

@test "qte-run: a full disk is told, though a signal came" {
	bars 2020-01-01,10,11,9,10,100 >bars.csv
	exec 9<>bars.fifo
	cat bars.csv >&9
	env --default-signal=TERM qte-run -s buy_hold bars.fifo \
		>/dev/full 2>err 3>&- 9>&- &
	pid=$!
	waiting
	kill -TERM "$pid"
	ended 74
	assert_equal "$(cat err)" 'qte-run: standard output: cannot write: No space left on device'
}

@test "qte-run: it ends when what it writes does not arrive" {
	"$QTE_BIN/tests/tools/genbars" 5000 >bars.csv
	for engine in v1 v2; do
		{
			cat bars.csv
			exec sleep 60
		} >bars.fifo &
		local feeder=$!
		run -74 timeout 20 bash -c 'qte-run --print=close "$@" >/dev/full' \
			run --engine=$engine bars.fifo
		kill "$feeder" || true # or the FIFO has no reader
		# Its end of the FIFO is not to be the one that is read next.
		wait "$feeder" || true
	done
}
