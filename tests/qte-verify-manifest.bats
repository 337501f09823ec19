#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Manifests: written, read, and held against the tree.

load helper

setup()
{
	cd "$TMP" || return
	mkdir -p tree/sub/void
	printf one >tree/a
	printf two >tree/sub/b
	printf three >tree/sub.c
	ln -s ../a tree/sub/link
	chmod 644 tree/a tree/sub/b tree/sub.c
	touch -d 2024-01-02T03:04:05.678901234Z tree/a
}

# create [OPTION]...: the manifest of the tree, as M.
create()
{
	qte-verify --create "$@" -o M tree
}

# check [OPTION]...: the tree against M.
check()
{
	qte-verify --profile=manifest --manifest=M "$@" tree
}

# finds STATUS LINE...: the findings as "LINE rule path", and the status.
finds()
{
	run check
	assert_equal "$status" "$1"
	run jq -r 'select(.type == "finding") |
		"\(.line // 0) \(.rule) \(.path // "" | @json)"' <<<"$output"
	assert_equal "$output" "$(printf '%s\n' "${@:2}")"
}

# hash TEXT: its SHA-256.
hash()
{
	printf %s "$1" | sha256sum | cut -c1-64
}

@test "manifest: a tree is as it was listed, in both forms" {
	create
	finds 0
	run check --format=text
	assert_output 'OK: M - 6 rows'
	create --format=sha256sum
	finds 0
	run check --format=text
	assert_output 'OK: M - 3 rows'
}

@test "manifest: names are in the order of their bytes, a directory first" {
	create
	run jq -r '[.path, .kind, .mode, .size, .mtime, .target] | @tsv' M
	assert_line --index 0 --partial $'a\tfile\t0644\t3\t2024-01-02T03:04:05.678901234Z'
	assert_equal "$(jq -r 'select(.path).path' M | tr '\n' ' ')" \
		'a sub sub/b sub/link sub/void sub.c '
	assert_line --index 3 --regexp $'^sub/link\tsymlink\t\t\t.*\t\.\./a$'
	assert_equal "$(tail -n 1 M | jq -c 'del(.sha256)')" \
		'{"type":"manifest","entries":6,"files":3,"bytes":11}'
	assert_equal "$(tail -n 1 M | jq -r .sha256)" \
		"$(head -n -1 M | sha256sum | cut -c1-64)"
}

@test "manifest: the same tree has the same bytes, also with several threads" {
	for i in $(seq 300); do
		echo "$i" >"tree/sub/f$i"
	done
	create
	mv M one
	create -j4
	cmp one M
	printf x >tree/sub/f7
	rm tree/sub/f200
	run check --reproducible -j1
	single=$output
	run check --reproducible -j4
	assert_output "$single"
}

@test "manifest: sha256sum reads what is written, whatever the names" {
	local odd=$'new\nline' back='back\slash' cr=$'c\rr' byte=$'\xff\xfe'
	touch "tree/$odd" "tree/$back" "tree/$cr" "tree/$byte" 'tree/ blank ' \
		'tree/*star' tree/-dash
	create --format=sha256sum
	(cd tree && sha256sum --status -c ../M)
	(cd tree && sha256sum -- * 2>/dev/null | sort) >want
	(cd tree && sort ../M | grep -av ' sub/') >got
	cmp want got
	finds 0
	create
	finds 0
	assert_equal "$(jq -r 'select(.path_b64).path_b64' M)" '//4='
}

@test "manifest: what sha256sum writes is read, whatever the names" {
	touch $'tree/new\nline' 'tree/back\slash' $'tree/c\rr' $'tree/\xff'
	(cd tree && find . -type f -print0 | xargs -0 sha256sum) >M
	finds 0
	(cd tree && find . -type f -print0 | xargs -0 sha256sum -b --tag) >M
	finds 0
	(cd tree && find . -type f -print0 | xargs -0 sha256sum -b) |
		sed 's/$/\r/; 1i# a comment\r' | tr a-f A-F >M
	rm -r tree/[!a]*
	run check
	assert_output --partial '"rule":"manifest-missing"'
	refute_output --partial manifest-syntax
	refute_output --partial hash-mismatch
}

@test "manifest: a file whose content is another one" {
	create --format=sha256sum
	printf 0ne >tree/a
	finds 1 '1 hash-mismatch "a"'
	run check
	assert_line --partial "\"value\":\"$(hash 0ne)\",\"expected\":\"$(hash one)\""
	printf one >tree/a
	finds 0
}

@test "manifest: another size is found before anything is read" {
	create
	printf more >>tree/sub/b
	run check
	assert_line --partial '"line":3,"column":"size",'
	assert_line --partial '"value":"7","expected":"3"'
	refute_output --partial hash-mismatch
	assert_line --partial '"type":"verified"'
	assert_line --partial '"bytes":8,'
}

@test "manifest: a file that is gone, and one that came" {
	create
	rm tree/sub/b
	printf new >tree/sub/new
	mkfifo tree/pipe
	finds 1 '0 manifest-extra "pipe"' '0 manifest-extra "sub/new"' \
		'3 manifest-missing "sub/b"'
	(cd tree && sha256sum a sub.c) >M
	finds 1 '0 manifest-extra "sub/new"'
}

@test "manifest: permissions, owner and time of change" {
	create
	chmod 600 tree/sub/b
	finds 1 '3 mode-drift "sub/b"'
	chmod 644 tree/sub/b
	touch -d 2024-01-02T03:04:05.678901235Z tree/a
	finds 0 '1 mtime-drift "a"'
	chmod 700 tree/sub
	finds 1 '1 mtime-drift "a"' '2 mode-drift "sub"'
	create
	sed -i '1s/"uid":[0-9]*/"uid":54321/' M
	finds 1 '1 owner-drift "a"' '7 manifest-syntax ""'
}

@test "manifest: a directory's time is not looked at" {
	create
	touch tree/sub/void
	finds 0
}

@test "manifest: what became of another type is not opened" {
	create
	rm tree/a tree/sub.c
	ln -s sub/b tree/a
	mkfifo tree/sub.c
	finds 1 '1 type-changed "a"' '6 type-changed "sub.c"'
	create --format=sha256sum
	rm tree/sub/b
	mkdir tree/sub/b
	finds 1 '1 type-changed "sub/b"'
}

@test "manifest: a link is its text, and never followed" {
	create
	ln -sfn ../b tree/sub/link
	run check
	assert_line --partial '"rule":"hash-mismatch"'
	assert_line --partial '"column":"target"'
	assert_line --partial '"value":"../b","expected":"../a"'
	printf '%s  sub/link\n%s  a\n' "$(hash one)" "$(hash one)" >M
	ln -sfn ../a tree/sub/link
	run check
	assert_line --partial '"rule":"type-changed"'
	assert_line --partial '"value":"symlink","expected":"file"'
}

@test "manifest: a link on the way leads nowhere" {
	mkdir outside
	printf secret >outside/b
	create --format=sha256sum
	rm -r tree/sub
	ln -s ../outside tree/sub
	finds 1 '2 manifest-missing "sub/b"'
}

@test "manifest: paths that leave the tree are not opened, others are checked" {
	create --format=sha256sum
	{
		printf '%s  %s\n' "$(hash one)" "$TMP/tree/a"
		printf '%s  ../tree/a\n' "$(hash one)"
		printf '%s  sub/../a\n' "$(hash one)"
		printf '%s  ..\n' "$(hash one)"
	} >>M
	finds 1 "4 manifest-path \"$TMP/tree/a\"" '5 manifest-path "../tree/a"' \
		'6 manifest-path "sub/../a"' '7 manifest-path ".."'
	mkdir tree/..d
	touch tree/... tree/..d/a..
	create --format=sha256sum
	finds 0
}

@test "manifest: a path that is listed twice, however it is written" {
	create --format=sha256sum
	printf '%s  .//./a\n' "$(hash one)" >>M
	finds 1 '4 manifest-path "a"'
	printf '%s  a\n' "$(hash two)" >>M
	finds 1 '4 manifest-path "a"' '5 manifest-path "a"' '5 hash-mismatch "a"'
}

@test "manifest: a line that is none hides nothing else" {
	create --format=sha256sum
	sed -i '1s/.//; 2s/  / /; 3s/./g/' M
	printf changed >tree/a
	printf '\n%s  a\n%s  sub/b\nSHA256 (a) = %s\n' "$(hash one)" \
		"$(hash two)" "$(hash changed)" >>M
	finds 1 '0 manifest-extra "sub.c"' '1 manifest-syntax ""' \
		'2 manifest-syntax ""' '3 manifest-syntax ""' \
		'5 hash-mismatch "a"' '7 manifest-path "a"'
}

@test "manifest: a list of nothing is never right" {
	: >M
	run check
	assert_equal "$status" 1
	assert_line --partial '"rule":"manifest-empty","severity":"error"'
	printf '# nothing\n\n' >M
	run check --disable=manifest-extra
	assert_equal "$status" 1
	rm -r tree/*
	create
	finds 1 '0 manifest-empty ""'
}

@test "manifest: one that was cut, edited or made longer is not closed" {
	create
	cp M good
	head -n -1 good >M
	finds 1 '6 manifest-syntax ""'
	{ head -n 2 good && tail -n +4 good; } >M
	finds 1 '0 manifest-extra "sub/b"' '6 manifest-syntax ""'
	sed '1s/0644/0644/; 1s/"gid":/"gid": /' good >M
	finds 1 '7 manifest-syntax ""'
	{ cat good && head -n 1 good; } >M
	finds 1 '8 manifest-syntax ""'
	sed '3s/.$//' good >M
	run check
	assert_equal "$status" 1
	assert_line --partial '"line":3,'
	assert_line --partial 'not JSON'
}

@test "manifest: the list and the output are no part of the tree they lie in" {
	qte-verify --create tree -o tree/M
	run -0 qte-verify --profile=manifest --manifest=tree/M tree
	run -0 qte-verify --profile=manifest --manifest=tree/M -o tree/found tree
	qte-verify --create tree -o tree/M
	run -0 qte-verify --profile=manifest --manifest=tree/M tree
	assert_equal "$(jq -r 'select(.path).path' tree/M | grep -c '^M$')" 0
	qte-verify --create tree >tree/M2
	assert_equal "$(jq -r 'select(.path).path' tree/M2 | grep -c M2)" 0
	run -0 qte-verify --profile=manifest --manifest=tree/M2 tree
}

@test "manifest: the output never replaces what is listed" {
	create
	before=$(cat tree/sub/b)
	for way in tree/sub/b tree/../tree/sub/b; do
		run -64 --separate-stderr qte-verify --profile=manifest \
			--manifest=M -o $way tree
		# shellcheck disable=SC2154 # bats sets it.
		assert_equal "$stderr" \
			"qte-verify: --output: the manifest lists '$way'"
		assert_equal "$(cat tree/sub/b)" "$before"
	done
	ln -s tree/sub/b link
	run -64 qte-verify --profile=manifest --manifest=M -o link tree
	assert_equal "$(cat tree/sub/b)" "$before"
	# Not in the place of what is missing either; a path that leads out is
	# no file of the tree.
	rm tree/sub/b
	run -64 qte-verify --profile=manifest --manifest=M -o tree/sub/b tree
	assert [ ! -e tree/sub/b ]
	: >out
	sha256sum out | sed 's/out/..\/out/' >M
	run -1 qte-verify --profile=manifest --manifest=M -o out tree
	assert_equal "$(jq -r 'select(.rule).rule' out | grep path)" \
		manifest-path
}

@test "manifest: how far it is, while one of a large tree is made" {
	local pid

	[ -n "$(command -v script)" ] || skip 'script(1) is not installed'
	mkdir many
	(cd many && printf '%s\0' {10000..30000} | xargs -0 touch)
	export TERM=xterm
	# Somewhere in the tree it stands still until a line is due.
	for _ in 1 2 3 4 5; do
		! grep -q ' files' shown 2>/dev/null || break
		rm -f pid
		# It would wait for ever if what it starts itself stood still.
		script -qefc "sh -c 'echo \$\$ >pid
			exec qte-verify --create -o out many'; exit \$?" \
			/dev/null >shown 3>&- &
		until [ -s pid ]; do sleep .01; done
		pid=$(<pid)
		until readlink "/proc/$pid/fd/"* | grep -q '/many$' ||
			! kill -0 "$pid"; do sleep .01; done
		! kill -STOP "$pid" || { sleep .6 && kill -CONT "$pid"; }
		wait $!
	done
	assert_regex "$(cat shown)" 'qte-verify: [0-9]+ files, [0-9.]+ files/s'
	assert_equal "$(jq -r 'select(.path).path' out | wc -l)" 20001
}

@test "manifest: without it, or without the tree, is no check" {
	run --separate-stderr check
	assert_equal "$status" 66
	refute_output --partial '"verified"'
	# shellcheck disable=SC2154 # bats sets it.
	assert_equal "$stderr" \
		'qte-verify: M: cannot open: No such file or directory'
	create
	run qte-verify --profile=manifest --manifest=M none
	assert_equal "$status" 66
	run qte-verify --create none
	assert_equal "$status" 66
}

@test "manifest: what cannot be read has no hash, and is said" {
	[ "$(id -u)" != 0 ] || as='setpriv --reuid=65534 --clear-groups'
	chmod 755 . tree tree/sub
	chmod 000 tree/sub/b
	# shellcheck disable=SC2086 # It is a command.
	run --separate-stderr $as "$QTE_BIN/qte-verify" --create tree
	[ "$status" != 126 ] || skip 'cannot run as another user'
	assert_equal "$status" 1
	# shellcheck disable=SC2154 # bats sets it.
	assert_regex "$stderr" 'tree/sub/b: cannot be read: Permission denied'
	printf '%s\n' "$output" >M
	assert_equal "$(jq -c 'select(.path == "sub/b") | [.mode, .sha256]' M)" \
		'["0000",null]'
	finds 0
	chmod 644 tree/sub/b
	create
	chmod 000 tree/sub/b
	# shellcheck disable=SC2086 # It is a command.
	run $as "$QTE_BIN/qte-verify" --profile=manifest --manifest=M tree
	assert_line --partial '"rule":"file-unreadable"'
	assert_line --partial '"rule":"mode-drift"'
}

@test "manifest: of several trees a finding says which" {
	create
	cp -a tree copy
	rm copy/sub/b
	echo >tree/more
	for j in 1 2; do
		run -1 qte-verify -j $j --profile=manifest --manifest=M tree \
			copy/
		run -0 jq -r 'select(.type == "finding") | "\(.path) \(.message)"' \
			<<<"$output"
		assert_line "copy/sub/b 'copy/sub/b' is not there"
		assert_line "tree/more 'tree/more' is not listed"
	done
}

@test "manifest: it may come on standard input, or compressed" {
	create
	run -0 qte-verify --profile=manifest --manifest=- tree <M
	gzip M
	run -0 qte-verify --profile=manifest --manifest=M.gz tree
}

@test "manifest: options that do not go together are refused" {
	run qte-verify --create
	assert_equal "$status" 64
	run qte-verify --create tree tree
	assert_equal "$status" 64
	run qte-verify --profile=manifest tree
	assert_equal "$status" 64
	run qte-verify --manifest=M tree
	assert_equal "$status" 64
	run qte-verify --format=sha256sum tree
	assert_equal "$status" 64
	assert_line --partial '--format: sha256sum is for --create'
	QTE_FORMAT=sha256sum run qte-verify tree
	assert_equal "$status" 78
	run qte-run --format=sha256sum -s rsi M
	assert_equal "$status" 64
}

@test "manifest: a full disk is no list" {
	run qte-verify --create tree -o /dev/full
	assert_equal "$status" 74
}
