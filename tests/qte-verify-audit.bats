# SPDX-License-Identifier: MIT
# Audit logs under qte-verify: each rule finds its defect at its line, and keeps
# quiet about what is nearly one.  The logs are made by sha256sum.
# shellcheck shell=bash

load helper

zeros=$(printf '%064d' 0)

setup()
{
	cd "$TMP" || return
}

# body SEQ [MORE [TIME]]: a record without its h; MORE stands in place of an
# action.
body()
{
	printf '{"type":"audit","ts":"%s","seq":%d,"user":"ann",%s' \
		"${3:-2024-01-02T00:00:0$(($1 % 10))Z}" "$1" \
		"${2:-\"action\":\"run\",\"resource\":\"qte-run\",\"result\":\"ok\"}"
}

# seal [H]: give each body on standard input its h, the first one behind H.
seal()
{
	local h=${1:-$zeros} line

	while read -r line; do
		h=$(printf '%s\n%s' "$h" "$line" | sha256sum | cut -d ' ' -f 1)
		printf '%s,"h":"%s"}\n' "$line" "$h"
	done
}

# log SEQ...: a whole log of these numbers.
log()
{
	local seq

	for seq; do
		body "$seq"
		echo
	done | seal
}

# finds RULE:LINE... [-- ARGUMENT...]: what is found in audit.jsonl, in the order
# of the lines, and nothing else.
finds()
{
	local wanted=()

	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		wanted+=("$1")
		shift
	done
	[ $# = 0 ] || shift
	run qte-verify --profile=audit "${@:-audit.jsonl}"
	[ "$status" = $((${#wanted[@]} > 0)) ] || fail "status $status: $output"
	run -0 jq -rs 'map(select(.type == "finding") | "\(.rule):\(.line)") |
		join(" ")' <<<"$output"
	assert_output "${wanted[*]}"
}

head_of()
{
	jq -c "select(.seq == $1) | {seq, h}" "${2:-audit.jsonl}"
}

@test "verify audit: a whole log is fine, and counted" {
	log 1 2 3 >audit.jsonl
	finds
	run -0 qte-verify --reproducible audit.jsonl
	assert_line --index 1 --partial '"rows":3,'
	assert_line --index 1 --partial '"first_ts":"2024-01-02T00:00:01Z","last_ts":"2024-01-02T00:00:03Z"'
	run -0 qte-verify --profile=audit --format=text - <audit.jsonl
	assert_output 'OK: - - 3 rows'
}

@test "verify audit: what the suite's own writer writes is fine" {
	"$QTE_BIN/tests/bench/audit" audit.jsonl 20 2>/dev/null
	finds
}

@test "verify audit: bad-json at its line, whatever follows" {
	log 1 2 3 4 | sed '2s/"user"/user/' >audit.jsonl
	finds bad-json:2
	log 1 2 3 | sed '2i\\' >audit.jsonl
	finds bad-json:2
	log 1 2 3 | sed '3s/"audit"/"other"/' >audit.jsonl
	finds bad-json:3
	run -1 qte-verify --format=text audit.jsonl
	assert_line --index 0 "audit.jsonl:3: error: type: expected 'audit', not 'other' [bad-json]"
	# Twice the same key: readers would differ.
	{ body 1 '"action":"a","action":"b"' && echo; } | seal >audit.jsonl
	finds bad-json:1
}

@test "verify audit: keys that are not known are no bad-json" {
	{
		body 1 '"action":"a","new":{"a":[1,null,"\u00e9"]}' && echo
		body 2 '"action":"名称 \"quoted\"\n","argv":["a","b"],"pid":7' &&
			echo
	} | seal >audit.jsonl
	finds
}

@test "verify audit: audit-truncated for a torn last line" {
	log 1 2 3 | head -c -1 >audit.jsonl
	finds audit-truncated:3
	log 1 2 3 | head -c -30 >audit.jsonl
	finds audit-truncated:3
}

@test "verify audit: a torn line before a repair is none" {
	local h

	log 1 2 >audit.jsonl
	h=$(head_of 2 | jq -r .h)
	printf '{"type":"audit","ts":"2024\n' >>audit.jsonl
	{ body 3 '"action":"repair"' && echo && body 4 && echo; } | seal "$h" \
		>>audit.jsonl
	finds
	# Without the repair it is what it looks like.
	log 1 2 >audit.jsonl
	printf '{"type":"audit","ts":"2024\n' >>audit.jsonl
	{ body 3 && echo && body 4 && echo; } | seal "$h" >>audit.jsonl
	finds bad-json:3
}

@test "verify audit: chain-break at the line that was edited" {
	log 1 2 3 4 >whole
	sed '2s/"ann"/"bob"/' whole >audit.jsonl
	finds chain-break:2
	sed '4s/"ok"/"no"/' whole >audit.jsonl
	finds chain-break:4
	sed '1s/2024/2023/' whole >audit.jsonl
	finds chain-break:1
	sed '3s/"h":"./"h":"x/' whole >audit.jsonl
	finds bad-json:3
	h=$(head_of 3 whole | jq -r '.h[0:2]')
	sed "3s/\"h\":\"$h/\"h\":\"$(tr 0-9a-f 1-9a-f0 <<<"$h")/" whole \
		>audit.jsonl
	finds chain-break:3
}

@test "verify audit: chain-break and sequence-gap where a line is gone" {
	log 1 2 3 4 >whole
	sed 2d whole >audit.jsonl
	finds sequence-gap:2 chain-break:2
	sed 1d whole >audit.jsonl
	finds sequence-gap:1 chain-break:1
	# A tail that is cut off shows by anchors alone.
	sed '$d' whole >audit.jsonl
	finds
}

@test "verify audit: lines that were swapped are found where they stand" {
	log 1 2 3 4 | sed '2{h;d};3G' >audit.jsonl
	run -0 jq -c .seq audit.jsonl
	assert_output $'1\n3\n2\n4'
	run -1 qte-verify --profile=audit audit.jsonl
	assert_output --partial '"rule":"chain-break","severity":"error","file":"audit.jsonl","line":2,'
	assert_output --partial '"rule":"sequence-gap","severity":"error","file":"audit.jsonl","line":3,'
}

@test "verify audit: sequence-gap when the hashes are right" {
	log 1 2 4 5 >audit.jsonl
	finds sequence-gap:3
	log 1 2 2 3 >audit.jsonl
	finds sequence-gap:3
	log 2 3 >audit.jsonl
	finds sequence-gap:1
	run -1 qte-verify --format=text audit.jsonl
	assert_line --index 0 'audit.jsonl:1:51: error: seq 2 stands where 1 should [sequence-gap]'
}

@test "verify audit: time-backwards, but not time that stands still" {
	{
		body 1 '' 2024-01-02T00:00:05Z && echo
		body 2 '' 2024-01-02T00:00:05Z && echo
		body 3 '' 2024-01-02T00:00:04.999999999Z && echo
		body 4 '' 2024-01-02T01:00:04.999999999+01:00 && echo
	} | seal >audit.jsonl
	finds time-backwards:3
	run -1 qte-verify --reproducible audit.jsonl
	assert_line --index 1 --partial '"rule":"time-backwards","severity":"warning"'
	run -0 qte-verify --fail-on=error audit.jsonl
}

@test "verify audit: anchors find a tail that was cut off" {
	log 1 2 3 4 >audit.jsonl
	{ head_of 2 && head_of 4; } >anchors
	finds -- --anchor=anchors audit.jsonl
	log 1 2 3 >audit.jsonl
	finds head-mismatch:3 -- --anchor=anchors audit.jsonl
	: >audit.jsonl
	run -1 qte-verify --anchor=anchors audit.jsonl
	assert_output --partial '"by_rule":{"file-empty":1,"head-mismatch":2}'
}

@test "verify audit: anchors that no log is held against are refused" {
	log 1 2 >audit.jsonl
	head_of 1 >anchors
	bars 2020-01-01,5,6,4,5,10 >bars.csv
	run -64 qte-verify --anchor=anchors bars.csv
	assert_line --index 0 --partial 'no audit log is to be checked'
	run -0 qte-verify --anchor=anchors bars.csv audit.jsonl
	# What stands in the configuration is for when there is a log.
	QTE_VERIFY_ANCHOR=anchors run -0 qte-verify bars.csv
}

@test "verify audit: a log of another name is one by what it holds" {
	log 1 2 3 | head -c -30 >cut.jsonl
	run -1 qte-verify cut.jsonl
	assert_output --partial '"by_rule":{"audit-truncated":1}'
	bars 2020-01-01,5,6,4,5,10 >bars.jsonl
	run -0 qte-verify bars.jsonl
}

@test "verify audit: anchors find a log that was written anew" {
	log 1 2 3 4 >audit.jsonl
	head_of 3 >anchors
	for seq in 1 2 3 4; do body $seq '"action":"none"' && echo; done | seal \
		>audit.jsonl
	finds
	finds head-mismatch:3 -- --anchor=anchors audit.jsonl
}

@test "verify audit: anchors as lines of the log, as text, as hashes alone" {
	log 1 2 3 >audit.jsonl
	sed -n 2p audit.jsonl >anchors
	{
		echo '# kept on another machine'
		echo
		jq -r 'select(.seq == 3) | "\(.seq) \(.h)"' audit.jsonl
		jq -r 'select(.seq == 3) | "\(.h)\t\(.seq)"' audit.jsonl
		jq -r 'select(.seq == 1) | .h' audit.jsonl
	} >>anchors
	finds -- --anchor=anchors audit.jsonl
	log 1 >audit.jsonl
	finds head-mismatch:1 head-mismatch:1 head-mismatch:1 \
		-- --anchor=anchors audit.jsonl
	tr 0-9a-f 1-9a-f0 <<<"$zeros" >anchors
	finds head-mismatch:1 -- --anchor=anchors audit.jsonl
}

@test "verify audit: a bad list of anchors is no answer" {
	log 1 >audit.jsonl
	run -66 --separate-stderr qte-verify --anchor=none audit.jsonl
	[[ $stderr == 'qte-verify: none: cannot open: No such file or directory' ]]
	echo 12 >anchors
	run -65 --separate-stderr qte-verify --anchor=anchors audit.jsonl
	[[ $stderr == 'qte-verify: anchors:1: not a seq and a hash' ]]
	printf '\n{"seq":0,"h":"%s"}\n' "$zeros" >anchors
	run -65 --separate-stderr qte-verify --anchor=anchors audit.jsonl
	[[ $stderr == 'qte-verify: anchors:2: seq: expected 1 or more' ]]
	for text in '' '# none yet'; do
		echo "$text" >anchors
		run -65 --separate-stderr qte-verify --anchor=anchors audit.jsonl
		[[ $stderr == 'qte-verify: anchors: there is no anchor in it' ]]
	done
}

# rotated: logs of a chain in dir/, under names that are not in its order.
rotated()
{
	local h

	mkdir dir
	log 1 2 3 >dir/audit.jsonl.9
	h=$(head_of 3 dir/audit.jsonl.9 | jq -r .h)
	{ body 4 "\"action\":\"rotate\",\"head\":\"$h\"" && echo &&
		body 5 && echo; } | seal "$h" >dir/audit.jsonl.10
	h=$(head_of 5 dir/audit.jsonl.10 | jq -r .h)
	{ body 6 "\"action\":\"rotate\",\"head\":\"$h\"" && echo &&
		body 7 && echo; } | seal "$h" >dir/audit.jsonl
}

@test "verify audit: a directory is one chain through its rotations" {
	rotated
	finds -- dir
	run -0 qte-verify --profile=audit --format=text dir
	assert_output 'OK: dir/audit.jsonl.9 - 3 rows
OK: dir/audit.jsonl.10 - 2 rows
OK: dir/audit.jsonl - 2 rows'
	gzip dir/audit.jsonl.9
	finds -- dir
	ln dir/audit.jsonl dir/audit.jsonl.7
	finds -- dir/
	head_of 5 dir/audit.jsonl.10 >anchors
	finds -- --anchor=anchors dir
}

@test "verify audit: a log that is missing between others is found" {
	rotated
	rm dir/audit.jsonl.10
	finds sequence-gap:1 chain-break:1 -- dir
	rm dir/audit.jsonl.9
	finds -- dir
	rm dir/audit.jsonl
	run -1 qte-verify --profile=audit --format=text dir
	assert_line --index 0 'dir: error: the directory has no audit log [file-missing]'
}

@test "verify audit: a directory in which only rotated logs are lacks one" {
	rotated
	rm dir/audit.jsonl
	run -1 qte-verify --profile=audit --format=text dir
	assert_line --index 2 'dir/audit.jsonl: error: there is no such log, but some that were rotated from it [file-missing]'
	# Without a profile it may be where old ones are kept.
	run -0 qte-verify dir
	# One that was compressed as a whole was not rotated.
	mkdir old
	log 1 2 3 | gzip >old/audit.jsonl.gz
	finds -- old
}

@test "verify audit: without a profile too a directory's logs are one chain" {
	rotated
	bars 2020-01-01,5,6,4,5,10 >dir/bars.csv
	run -0 qte-verify --format=text dir
	assert_output 'OK: dir/audit.jsonl.9 - 3 rows
OK: dir/audit.jsonl.10 - 2 rows
OK: dir/audit.jsonl - 2 rows
OK: dir/bars.csv - 1 row'
	head_of 7 dir/audit.jsonl >anchors
	sed -i '$d' dir/audit.jsonl
	run -0 qte-verify dir
	run -1 qte-verify --anchor=anchors dir
	assert_output --partial '"rule":"head-mismatch"'
	run -64 qte-verify -o dir/audit.jsonl.9 dir
	rm dir/audit.jsonl.10
	run -1 qte-verify dir
	assert_output --partial '"by_rule":{"chain-break":1,"sequence-gap":1}'
	# They are no CSV.
	run -0 qte-verify --profile=csv dir
	assert_output --partial '"files":1,'
}

@test "verify audit: a log goes on with the one whose end it follows" {
	rotated
	log 1 2 >dir/audit-2.jsonl
	log 1 2 3 | gzip >dir/audit-1.jsonl.gz
	cp dir/audit.jsonl.10 dir/audit.jsonl.bak
	mv dir/audit.jsonl.9 dir/audit-gate.jsonl
	run -0 qte-verify --format=text dir
	assert_output 'OK: dir/audit-1.jsonl.gz - 3 rows
OK: dir/audit-2.jsonl - 2 rows
OK: dir/audit-gate.jsonl - 3 rows
OK: dir/audit.jsonl.10 - 2 rows
OK: dir/audit.jsonl.bak - 2 rows
OK: dir/audit.jsonl - 2 rows'
	head_of 7 dir/audit.jsonl >anchors
	run -64 --separate-stderr qte-verify --anchor=anchors dir
	# shellcheck disable=SC2154 # bats sets it.
	assert_equal "$stderr" 'qte-verify: --anchor: dir has logs of more than one chain; name the one that the anchors are of'
}

@test "verify audit: a copy does not stand for a log that was cut" {
	mkdir dir
	log 1 2 3 4 5 >dir/audit-gate.jsonl
	head_of 5 dir/audit-gate.jsonl >anchors
	cp dir/audit-gate.jsonl dir/audit-copy.jsonl
	sed -i '$d' dir/audit-gate.jsonl
	run -64 qte-verify --anchor=anchors dir
	finds head-mismatch:4 -- --anchor=anchors dir/audit-gate.jsonl
	# Anchors from a pipe are for each of the logs.
	run -1 qte-verify --anchor=- dir/audit-gate.jsonl \
		dir/audit-copy.jsonl <anchors
	assert_output --partial '"by_rule":{"head-mismatch":1}'
}

@test "verify audit: a name of a log that leads nowhere is a missing log" {
	rotated
	ln -s nowhere dir/audit-gate.jsonl
	run -1 qte-verify --format=text dir
	assert_line 'dir/audit-gate.jsonl: error: there is no such file [file-missing]'
	rm dir/audit-gate.jsonl
	mkfifo dir/audit-gate.jsonl
	run -0 --separate-stderr qte-verify dir
	assert_equal "$stderr" 'qte-verify: warning: dir/audit-gate.jsonl: is no regular file, and passed over'
}

@test "verify audit: a rotated log stands alone, and anchors of later ones wait" {
	rotated
	finds -- dir/audit.jsonl.10
	{ head_of 2 dir/audit.jsonl.9 && head_of 7 dir/audit.jsonl; } >anchors
	finds -- --anchor=anchors dir/audit.jsonl.9
	finds -- --anchor=anchors dir/audit.jsonl
	sed 's/"rotate","head":"../"rotate","head":"00/' dir/audit.jsonl.10 \
		>audit.jsonl
	finds sequence-gap:1 chain-break:1
}

@test "verify audit: a log that no anchor is of was held against nothing" {
	local h

	rotated
	{ head_of 2 dir/audit.jsonl.9 && head_of 3 dir/audit.jsonl.9; } >anchors
	# The last line before a log stands in its first one.
	finds -- --anchor=anchors dir/audit.jsonl.10
	finds head-mismatch:2 -- --anchor=anchors dir/audit.jsonl
	head_of 7 dir/audit.jsonl >anchors
	finds head-mismatch:3 -- --anchor=anchors dir/audit.jsonl.9
	# A log that was made up goes on with one that nobody has.
	head_of 3 dir/audit.jsonl.9 >anchors
	h=$(printf '%064d' 7)
	{ body 4 "\"action\":\"rotate\",\"head\":\"$h\"" && echo; } |
		seal "$h" >audit.jsonl
	finds
	finds head-mismatch:1 -- --anchor=anchors audit.jsonl
	run -1 qte-verify --format=text --anchor=anchors audit.jsonl
	assert_line --index 0 --partial 'it follows another h than the anchor of the line before has [head-mismatch]'
	{ body 1000 "\"action\":\"rotate\",\"head\":\"$h\"" && echo; } |
		seal "$h" >audit.jsonl
	finds head-mismatch:1 -- --anchor=anchors audit.jsonl
	run -1 qte-verify --format=text --anchor=anchors audit.jsonl
	assert_line --index 0 'audit.jsonl:1: error: no anchor is of a line of this log: nothing was held against it [head-mismatch]'
}

@test "verify audit: the profile wants to be told which log" {
	run -64 qte-verify --profile=audit
	assert_line --index 0 'qte-verify: --profile: audit needs FILE or DIR'
	log 1 >audit.jsonl
	printf 'audit.jsonl\0' | run -0 qte-verify --profile=audit -0
}

@test "verify audit: what is no log at all is told in a few lines" {
	run -1 qte-verify --profile=audit none.jsonl
	assert_output --partial '"rule":"file-missing"'
	: >audit.jsonl
	run -1 qte-verify audit.jsonl
	assert_output --partial '"rule":"file-empty"'
	run -1 qte-verify --profile=audit /dev/zero
	[ "$(grep -c '"finding"' <<<"$output")" = 1 ]
	assert_output --partial '"rule":"bad-json"'
	head -c 300000 "$QTE_BIN/qte-verify" >audit.jsonl
	run -1 qte-verify --max-per-rule=3 audit.jsonl
	[ "$(grep -c '"rule":"bad-json"' <<<"$output")" = 3 ]
	log 1 2 3 | gzip | head -c 100 >audit.jsonl.gz
	run -1 qte-verify audit.jsonl.gz
	assert_output --partial '"rule":"file-unreadable"'
}

@test "verify audit: who is in the middle of a line is waited for" {
	log 1 2 3 >whole
	head -c -20 whole >audit.jsonl
	(
		flock 3
		: >locked
		sleep 0.3
		tail -c 20 whole >&3
	) 3>>audit.jsonl &
	until [ -e locked ]; do sleep 0.01; done
	finds
	wait
}

@test "verify audit: a log that is rotated meanwhile is read where it went" {
	local pid status=0

	rotated
	exec 8>>dir/audit.jsonl.10
	flock 8
	qte-verify --profile=audit dir >out 3>&- 8>&- &
	pid=$!
	# It knows the logs, and waits for one of them.
	until readlink "/proc/$pid/fd/"* | grep -q '/audit\.jsonl\.10$'; do
		kill -0 "$pid"
	done
	mv dir/audit.jsonl dir/audit.jsonl.11
	: >dir/audit.jsonl
	exec 8>&-
	wait "$pid" || status=$?
	[ "$status" = 0 ] || fail "$(cat out)"
	[ "$(jq -r 'select(.type == "verified") | .file' out)" = \
		$'dir/audit.jsonl.9\ndir/audit.jsonl.10\ndir/audit.jsonl.11' ] ||
		fail "$(cat out)"
}
