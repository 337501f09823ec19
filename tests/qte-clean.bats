#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What qte-clean takes, what never, and how it says so.

load helper
load clean

setup()
{
	clean_setup
}

@test "clean: every example of qte-clean(1) runs and prints what stands there" {
	unset QTE_NOW QTE_CONFIG
	"$QTE_TREE/tests/examples" "$QTE_TREE/man/qte-clean.1"
}

# same ONE TWO: the same lines, in any order.
same()
{
	diff <(sort -u <<<"$1") <(sort -u <<<"$2")
}

# items PAGE SECTION MACRO: the first names that .It lines give as "MACRO name".
items()
{
	awk -v section="$2" -v macro="$3" '
	/^\.S[hs] / { inside = substr($0, 5) == section }
	inside && /^\.It / {
		for (i = 2; i < NF; i++)
			if ($i == macro)
				print $(i + 1)
	}' "$QTE_TREE/man/$1"
}

@test "clean: options and keys are those of the manual pages" {
	unset QTE_CONFIG
	same "$(grep '^\.It ' "$QTE_TREE/man/qte-clean.1" |
		grep -o 'Fl -[a-z-]*' | cut -c 5-)" "$(qte-clean --help=all |
		sed -nE 's/^  (-[a-zA-Z],|   ) --([a-z-]*).*/\2/p')"
	same "$(items qte.conf.5 'The section clean' Ic)" \
		"$(qte-clean -c /dev/null --print-config --format=json |
		jq -r 'select(.section == "clean").key')"
	same "$(items qte.conf.5 'The sections clean \(dqNAME\(dq' Ic)" \
		"$(grep -o '{.name = "[a-z-]*"' \
		"$QTE_TREE/cmd/qte-clean/rules/rule_keys.c" | cut -d '"' -f 2 |
		tr - _)"
}

@test "clean: without --delete the plan is written and nothing changes" {
	old a b
	run -0 --separate-stderr qte-clean
	cleaned <<<"$output" | diff - <(printf 'planned %s\n' a b)
	[ "$(left)" = $'a\nb' ]
	[ ! -e "$AUDIT" ]
}

@test "clean: the built-in rules take *.log.* and temp_* of 30 days" {
	local log=$TMP/log data=$TMP/data

	mkdir -p "$log/below" "$data"
	BASE=$log old run.log.1 run.log below/old.log.1
	BASE=$log aged 2026-02-20 new.log.1
	BASE=$data old temp_1 other_temp_1
	printf '[paths]\nlog = %s\ndata = %s\naudit = %s\n' "$log" "$data" \
		"$AUDIT" >"$CONF"
	delete
	BASE=$TMP cleaned <"$TMP/out" | diff - <(printf 'ok %s\n' data/temp_1 log/run.log.1)
	[ ! -e "$log/run.log.1" ]
	[ -e "$log/below/old.log.1" ] && [ -e "$log/run.log" ]
}

@test "clean: a rule of a built-in name begins with the built-in keys" {
	printf '[paths]\nlog = %s\n[clean "logs"]\nolder = 10d\n' "$DIR" >"$CONF"
	aged 2026-02-10 run.log.1 other
	qte-clean >"$TMP/out"
	cleaned <"$TMP/out" | diff - <(echo planned run.log.1)
}

@test "clean: built-in rules stay but where a rule of one's own works" {
	local data=$TMP/data

	mkdir "$data"
	BASE=$data old temp_1
	old run.log.1
	printf '[paths]\nlog = %s\ndata = %s\n[clean "logs"]\nolder = 10d\n' \
		"$DIR" "$data" >"$CONF"
	qte-clean >"$TMP/out"
	[ "$(jq -r 'select(.path).rule' "$TMP/out" | paste -sd ' ')" = 'logs temp' ]
	printf '[clean "keep"]\ndir = %s\nolder = 9000d\n' "$DIR" >"$CONF"
	qte-clean --log-dir="$DIR" --data-dir="$data" >"$TMP/out"
	[ "$(jq -r 'select(.path).rule' "$TMP/out")" = temp ]
	printf '[clean "keep"]\ndir = %s\nolder = 9000d\nrecursive = yes\n' \
		"$TMP" >"$CONF"
	qte-clean --log-dir="$DIR" --data-dir="$data" >"$TMP/out"
	[ "$(jq 'select(.result == "planned")' "$TMP/out")" = '' ]
}

@test "clean: old is more than the age, to the nanosecond" {
	aged '2026-01-30 00:00:00' exact
	aged '2026-01-29 23:59:59.999999999' older
	qte-clean | cleaned | diff - <(echo planned older)
	qte-clean | jq -e -n 'first(inputs | select(.type == "cleaned")) |
		.mtime == "2026-01-29T23:59:59.999999999Z" and .size_bytes == 6 and
		(.age_s | . >= 2592000 and . < 2592001) and .links == 1'
}

@test "clean: age_s is exact" {
	aged '2026-01-29 23:59:59.999999999' older
	qte-clean | grep '"age_s":2592000.000000001,'
}

@test "clean: what comes from the future is reported and stays" {
	rule r 'older = 0' 'match = *'
	aged 2026-03-02 later
	aged 2026-02-28 sooner
	run -0 --separate-stderr qte-clean --delete
	cleaned <<<"$output" | diff - <(printf '%s\n' 'ok sooner' \
		'skipped:future later')
	# shellcheck disable=SC2154  # run sets it
	[[ $stderr == *'1 files are from the future'* ]]
	[ "$(left)" = later ]
}

@test "clean: links, directories, FIFOs and dot-files are never taken" {
	rule r 'older = 1d' 'recursive = yes'
	old file .hidden .dir/file
	mkdir "$DIR/directory.log.1" && mkfifo "$DIR/fifo"
	ln -s file "$DIR/link"
	ln -s nowhere "$DIR/dangling"
	mkdir "$TMP/outside" && echo precious >"$TMP/outside/file"
	touch -d 2020-01-01 "$TMP/outside/file"
	ln -s "$TMP/outside" "$DIR/out"
	touch -h -d 2020-01-01 "$DIR"/{link,dangling,out,fifo,directory.log.1}
	delete
	cleaned <"$TMP/out" | diff - <(echo ok file)
	[ -e "$TMP/outside/file" ] && [ -L "$DIR/link" ] && [ -p "$DIR/fifo" ]
}

@test "clean: names with a newline or bytes that are not UTF-8 are handled" {
	local odd=$'new\nline' bad=$'bad\xff'

	old "$odd" "$bad"
	qte-clean >"$TMP/plan"
	jq -r 'select(.path_b64).path_b64' "$TMP/plan" | base64 -d |
		cmp - <(printf %s "$DIR/$bad")
	delete --plan="$TMP/plan"
	[ -z "$(left)" ]
	summary .deleted "$TMP/out" | grep -x 2
	run -0 qte-clean -f text
	refute_output --partial "$odd"
}

@test "clean: a file that may not be read is deleted" {
	old secret
	chmod 0 "$DIR/secret"
	delete
	[ -z "$(left)" ]
}

@test "clean: what is planned is what is done" {
	rule r 'older = 10d' 'recursive = yes' 'rmdir_empty = yes' 'keep_last = 2'
	old a b/c b/d/e
	aged 2026-02-25 f g/h
	qte-clean | cleaned | sed 's/^planned/ok/' >"$TMP/planned"
	delete
	cleaned <"$TMP/out" | diff "$TMP/planned" -
	[ "$(left)" = $'f\ng\ng/h' ]
}

@test "clean: two plans of one tree are the same bytes" {
	rule r 'older = 1d' 'recursive = yes'
	old {1..50} a/{1..50} b/c/{1..50}
	qte-clean --reproducible >"$TMP/one"
	qte-clean --reproducible | cmp - "$TMP/one"
}

@test "clean: freed_bytes counts blocks when the last name goes" {
	rule r 'older = 1d' 'match = one two'
	head -c 10000 /dev/zero >"$DIR/one"
	ln "$DIR/one" "$DIR/two"
	touch -d 2026-01-01 "$DIR/one"
	local disk

	disk=$(($(stat -c %b "$DIR/one") * 512))
	delete
	jq -r 'select(.type == "cleaned") | "\(.links) \(.freed_bytes)"' \
		"$TMP/out" | diff - <(printf '%s\n' '2 0' "1 $disk")
	summary .freed_bytes "$TMP/out" | grep -x $disk
}

@test "clean: an open file stays, unless in_use = ignore" {
	old open closed
	exec 9<"$DIR/open"
	delete
	cleaned <"$TMP/out" | diff - <(printf '%s\n' 'ok closed' \
		'skipped:in_use open')
	[ "$(left)" = open ]
	rule r 'older = 1d' 'in_use = ignore'
	delete
	[ -z "$(left)" ]
	exec 9<&-
}

@test "clean: every deletion has its intent and its result in the audit log" {
	old a b
	delete
	jq -c '[.action, (.resource // "" | sub(".*/"; "")), .result]' "$AUDIT" |
		sort | diff - <(printf '%s\n' '["clean","","begin"]' \
		'["clean.delete","a","intent"]' '["clean.delete","a","ok"]' \
		'["clean.delete","b","intent"]' '["clean.delete","b","ok"]')
	jq -r '.run_id // empty' "$TMP/out" | head -n 1 >"$TMP/run"
	jq -e -n --arg run "$(cat "$TMP/run")" '[inputs | select(.resource)] |
		all(.reason == "run \($run), rule r")' "$AUDIT"
}

@test "clean: without its audit log nothing is deleted" {
	old a
	run -73 qte-clean --delete --audit="$TMP/nowhere/audit.jsonl"
	[ "$(left)" = a ]
	run -1 bash -c 'qte-clean --delete --audit=/dev/full >/dev/null || exit 1'
	[ "$(left)" = a ]
}

@test "clean: the audit log, its rotations and other names of it stay" {
	export QTE_CLEAN_AUDIT=$DIR/audit.jsonl
	old gone audit.jsonl.1 audit.jsonl-20260101 audit.jsonlike
	: >"$DIR/audit.jsonl"
	ln "$DIR/audit.jsonl" "$DIR/another"
	touch -d 2025-01-01 "$DIR/audit.jsonl"
	delete
	cleaned <"$TMP/out" | diff - <(printf '%s\n' 'ok audit.jsonlike' 'ok gone' \
		'skipped:protected another' 'skipped:protected audit.jsonl' \
		'skipped:protected audit.jsonl-20260101' \
		'skipped:protected audit.jsonl.1')
}

@test "clean: a slash at the end of a directory changes nothing" {
	rule r "dir = $DIR/" 'older = 30d'
	more_rule s 'match = x*' 'older = 1d'
	old audit.jsonl.12 a
	delete --audit="$DIR/audit.jsonl"
	run -0 cleaned <"$TMP/out"
	assert_output "ok a
skipped:protected audit.jsonl.12"
	old temp_a
	QTE_CONFIG='' qte-clean --data-dir="$DIR/" --log-dir="$DIR/" >"$TMP/out"
	run -0 cleaned <"$TMP/out"
	assert_output 'planned temp_a'
}

@test "clean: a missing directory is a fault unless it is optional" {
	rule r "dir = $TMP/tree/none" 'older = 1d'
	more_rule s 'older = 1d'
	old a
	cd "$DIR"
	run -1 --separate-stderr qte-clean --delete
	[[ $stderr == *'none: No such file or directory'* ]]
	[ -z "$(left)" ]
	rule r "dir = $TMP/tree/none" 'older = 1d' 'optional = yes'
	run -0 --separate-stderr qte-clean
}

@test "clean: a directory behind a link is not worked on" {
	old temp_1
	ln -s "$TMP/tree" "$TMP/link"
	printf '[paths]\naudit = %s\n' "$AUDIT" >"$CONF"
	mkdir "$TMP/log"
	run -1 --separate-stderr qte-clean --delete --log-dir="$TMP/log" \
		--data-dir="$TMP/link/dir"
	[[ $stderr == *"symbolic link"*"name what it leads to, $DIR" ]]
	[ "$(wc -l <<<"$stderr")" = 1 ]
	[ "$(left)" = temp_1 ]
}

@test "clean: a mount below is not gone into" {
	unshare -m true 2>/dev/null || skip 'mounting is not allowed here'
	rule r 'older = 1d' 'recursive = yes'
	old inside/a
	mkdir "$TMP/tree/other"
	BASE=$TMP/tree/other old precious
	mkdir "$DIR/bound"
	# shellcheck disable=SC2016  # the inner shell expands it
	unshare -m bash -c 'mount --bind "$1" "$2" &&
		exec qte-clean --delete' - "$TMP/tree/other" \
		"$DIR/bound" >"$TMP/out"
	cleaned <"$TMP/out" | diff - <(printf '%s\n' 'ok inside/a' \
		'skipped:mount bound')
	[ -e "$TMP/tree/other/precious" ]
	summary .skipped.mount "$TMP/out" | grep -x 1
}

@test "clean: nothing is done where a mount that a rule needs is missing" {
	rule r 'older = 1d' 'require_mount = yes'
	old inside/a
	run -1 --separate-stderr qte-clean --delete
	[[ $stderr == *'nothing is mounted'* ]]
	[ -e "$DIR/inside/a" ]
}

@test "clean: a file that changed since the plan is left alone" {
	old a b c d
	qte-clean >"$TMP/plan"
	touch -d 2026-01-19 "$DIR/a"
	echo longer >>"$DIR/b" && touch -r "$DIR/d" "$DIR/b"
	mv "$DIR/c" "$TMP/c" && cp -p "$TMP/c" "$DIR/c"
	delete --plan="$TMP/plan"
	cleaned <"$TMP/out" | diff - <(printf '%s\n' 'ok d' 'skipped:changed a' \
		'skipped:changed b' 'skipped:changed c')
	[ "$(left)" = $'a\nb\nc' ]
}

@test "clean: --plan takes the listed items and no others" {
	old a b c
	qte-clean | jq -c 'select(.path // "" | endswith("/b"))' |
		qte-clean --plan=- | cleaned | diff - <(echo planned b)
	qte-clean | jq -c 'select(.path // "" | endswith("/b"))' |
		qte-clean --delete --plan=- | cleaned | diff - <(echo ok b)
	[ "$(left)" = $'a\nc' ]
}

# item PATH ACTION: a plan of that file below DIR, whatever the rule says.
item()
{
	jq -c --arg path "$DIR/$1" --arg action "$2" \
		--arg ino "$(stat -c %i "$DIR/$1" || true)" \
		'.path = $path | .action = $action | .ino = $ino' "$TMP/plan"
}

@test "clean: a wrong plan is refused as a whole, with its line" {
	local line

	old a
	qte-clean | grep cleaned >"$TMP/plan"
	for line in '{"type":"cleaned"' \
		"$(sed 's/"r"/"none"/' "$TMP/plan")" \
		"$(sed 's/"delete"/"trash"/' "$TMP/plan")" \
		"$(sed 's,/dir/a,/a,' "$TMP/plan")" \
		"$(sed 's,/dir/a,/dir/../a,' "$TMP/plan")" \
		"$(sed 's,"ino":"[0-9]*",,; s/,,/,/' "$TMP/plan")"; do
		{
			cat "$TMP/plan"
			echo "$line"
		} >"$TMP/bad"
		run -65 --separate-stderr qte-clean --delete --plan="$TMP/bad"
		[[ $stderr == *bad:2:* ]]
		[ "$(left)" = a ]
	done
	run -66 qte-clean --delete --plan="$TMP/nowhere"
}

@test "clean: a plan has inodes of all 64 bits" {
	old a
	qte-clean | sed 's/"ino":"[0-9]*"/"ino":"18446744073709551615"/' \
		>"$TMP/plan"
	qte-clean --delete --plan="$TMP/plan" | cleaned |
		diff - <(echo skipped:changed a)
	[ "$(left)" = a ]
}

@test "clean: a plan takes nothing that the rule is not about" {
	local path

	rule r 'older = 30d' 'match = a*' 'exclude = *x' 'action = trash' \
		'recursive = yes' 'max_depth = 2'
	old a b ax .a d/a d/e/a dx/a
	qte-clean | jq -c 'select(.path // "" | endswith("/dir/a"))' >"$TMP/plan"
	for path in b ax .a d/e/a dx/a; do
		item "$path" trash >"$TMP/bad"
		run -65 --separate-stderr qte-clean --delete --plan="$TMP/bad"
		[[ $stderr == *"is nothing that rule 'r' takes"* ]]
	done
	# To purge is for the trash alone, and to remove directories too.
	for path in a .qte-trash .qte-trash/.a; do
		item "$path" purge >"$TMP/bad"
		run -65 --separate-stderr qte-clean --delete --plan="$TMP/bad"
	done
	item d rmdir >"$TMP/bad"
	run -65 --separate-stderr qte-clean --delete --plan="$TMP/bad"
	item d/a trash >"$TMP/good"
	delete --plan="$TMP/good"
	[ ! -e "$DIR/d/a" ]
	[ -e "$DIR/a" ]
}

@test "clean: a file of the plan that is protected or open stays" {
	old a b
	qte-clean >"$TMP/plan"
	rule r 'older = 30d' 'protect = a'
	exec 9<"$DIR/b"
	delete --plan="$TMP/plan"
	exec 9<&-
	cleaned <"$TMP/out" | diff - <(printf '%s\n' 'skipped:in_use b' \
		'skipped:protected a')
}

@test "clean: a plan's items have no age in the text" {
	old a
	qte-clean >"$TMP/plan"
	run -0 qte-clean --plan="$TMP/plan" --format=text
	assert_line -n 0 --regexp '^planned +delete +6 B +'"$DIR/a\$"
}

@test "clean: more than --max-delete of 100 files is refused" {
	old {001..060}
	aged 2026-02-25 {101..140}
	run -0 --separate-stderr qte-clean
	[[ $stderr == *'60 of 100 files'* ]]
	summary .refused - <<<"$output" | grep -x true
	run -1 --separate-stderr qte-clean --delete
	[[ $stderr == *'60 of 100 files'* ]]
	[ "$(left | wc -l)" = 100 ]
	run -1 --separate-stderr qte-clean --delete --quiet --format=text
	[[ $stderr == *'60 of 100 files'*'nothing is done without --force' ]]
	assert_output 'Refused: nothing was done.'
	delete --max-delete=60%
	[ "$(left | wc -l)" = 40 ]
	old {001..060}
	delete --force
	[ "$(left | wc -l)" = 40 ]
	# So few files say nothing.
	old {001..050}
	delete
	[ "$(left | wc -l)" = 40 ]
}

@test "clean: --max-delete counts what all rules take of a directory" {
	rule a 'older = 30d' 'match = a*'
	more_rule b 'older = 30d' 'match = b*'
	more_rule up "dir = $TMP/tree" 'older = 30d' 'match = c*' \
		'recursive = yes'
	old a{01..30} b{01..15} c{01..10}
	aged 2026-02-25 {01..45}
	run -1 --separate-stderr qte-clean --delete
	[[ $stderr == *'/dir: 55 of 100 files'* ]]
	[ "$(left | wc -l)" = 100 ]
	delete --max-delete=55%
	[ "$(left | wc -l)" = 45 ]
}

@test "clean: a clock before the audit log's last record refuses the run" {
	old a b
	QTE_NOW=2026-04-01 delete
	old a
	run -1 --separate-stderr qte-clean --delete
	[[ $stderr == *'later time'* ]]
	[ "$(left)" = a ]
	delete --force
	[ -z "$(left)" ]
}

@test "clean: another run in the directory is status 75, or waited for" {
	local pid

	old a
	mkfifo "$TMP/plan"
	qte-clean --delete --plan="$TMP/plan" >"$TMP/first" 3>&- &
	pid=$!
	exec 8>"$TMP/plan"
	# It has the lock before it reads its plan.
	run -75 --separate-stderr qte-clean --delete
	[[ $stderr == *'another run'* ]]
	run -0 qte-clean
	qte-clean --delete --wait=60 >"$TMP/second" 3>&- 8>&- &
	local second=$!
	exec 8>&-
	wait $pid
	wait $second
	[ -z "$(left)" ]
}

@test "clean: one failure does not stop the rest" {
	[ "$(id -u)" = 0 ] && command -v chattr >/dev/null || skip 'needs chattr'
	old a b c
	chattr +i "$DIR/b" 2>/dev/null || skip 'this file system has no chattr'
	run -1 --separate-stderr qte-clean --delete
	chattr -i "$DIR/b"
	cleaned <<<"$output" | diff - <(printf '%s\n' 'failed b' 'ok a' 'ok c')
	jq -e -n 'first(inputs | select(.result == "failed")) |
		.reason | length > 3' <<<"$output"
	[ "$(left)" = b ]
}

@test "clean: a run that a signal stops ends by it, with its summary" {
	local status=0

	old {1..5}
	mkfifo "$TMP/plan"
	qte-clean --delete --plan="$TMP/plan" >"$TMP/out" 3>&- &
	exec 8>"$TMP/plan"
	kill -TERM $!
	wait $! || status=$?
	exec 8>&-
	[ $status = 143 ]
	summary '[.complete, .reason]' "$TMP/out" | grep -Fx '[false,"SIGTERM"]'
}

@test "clean: a signal stops a run before what it has not intended" {
	local status=0 pid

	old 0
	delete
	old {1..5}
	exec 8>>"$AUDIT"
	flock 8
	qte-clean --delete --force >"$TMP/out" 3>&- 8>&- &
	pid=$!
	# It waits for its log, with the files still to be taken.
	until readlink "/proc/$pid/fd/"* | grep -qFx "$AUDIT"; do
		kill -0 "$pid"
	done
	kill -TERM "$pid"
	exec 8>&-
	wait "$pid" || status=$?
	[ $status = 143 ]
	summary '[.complete, .deleted]' "$TMP/out" | grep -Fx '[false,0]'
	[ "$(left)" = $'1\n2\n3\n4\n5' ]
	[ "$(grep -c '"intent"' "$AUDIT")" = 1 ]
}

@test "clean: a signal stops a run in the file that it compresses" {
	local status=0 pid

	rule r 'older = 1d' 'action = compress:gzip'
	old {1..5}
	# Sparse, so that it is long in the making.
	truncate -s 256M "$DIR/0" && touch -d 2026-01-20 "$DIR/0"
	qte-clean >"$TMP/plan"
	{
		grep /0\" "$TMP/plan"
		grep -v /0\" "$TMP/plan"
	} >"$TMP/first"
	qte-clean --delete --plan="$TMP/first" >"$TMP/out" 3>&- &
	pid=$!
	until compgen -G "$DIR/.0.*" >/dev/null; do
		kill -0 "$pid"
	done
	kill -TERM "$pid"
	wait "$pid" || status=$?
	[ $status = 143 ]
	summary '[.complete, .compressed, .planned]' "$TMP/out" |
		grep -Fx '[false,0,6]'
	[ "$(left)" = $'0\n1\n2\n3\n4\n5' ]
	[ "$(grep -c '"result":"planned"' "$AUDIT")" = 6 ]
}

@test "clean: nothing to do is status 0, with a summary" {
	run -0 --separate-stderr qte-clean --delete
	summary '[.scanned, .matched, .deleted]' - <<<"$output" | grep -Fx '[0,0,0]'
}

@test "clean: records have the keys of qte-records(5)" {
	rule r 'older = 1d' 'recursive = yes' 'rmdir_empty = yes'
	old a b/c $'bad\xff'
	aged 2026-03-02 later
	qte-clean >"$TMP/plan"
	delete --reproducible
	"$QTE_TREE/tests/record-keys" "$TMP/plan" "$TMP/out" "$AUDIT"
}

@test "clean: --output of /dev/full is status 74" {
	old a
	run -74 bash -c 'qte-clean >/dev/full'
}

@test "clean: an option that is wrong is status 64" {
	run -64 qte-clean --undo=abc
	run -64 qte-clean --delete --undo=0123456789abcdef
	run -64 --separate-stderr qte-clean --rule=s
	[[ $stderr == *"there is no rule 's'"* ]]
	run -64 qte-clean --max-delete=101%
	run -64 qte-clean operand
}
