#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The trash of qte-clean's rules: what goes there, stays there and comes back.

load helper
load clean

setup()
{
	clean_setup
}

@test "trash: what it takes frees nothing, also by a plan" {
	old a
	rule r 'older = 1d' 'action = trash'
	qte-clean | tee "$TMP/plan" | qte-clean --plan=- >"$TMP/out"
	summary .freed_bytes "$TMP/plan" | grep -x 0
	summary .freed_bytes "$TMP/out" | grep -x 0
}

@test "trash: a plan purges nothing but what is in it" {
	old a
	rule r 'older = 1d' 'action = trash'
	qte-clean | sed 's/"action":"trash"/"action":"purge"/' >"$TMP/plan"
	run -65 --separate-stderr qte-clean --delete --plan="$TMP/plan"
	# shellcheck disable=SC2154  # run sets it
	[[ $stderr == *"is nothing that rule 'r' takes"* ]]
	[ "$(left)" = a ]
}

@test "trash: it takes files away, --undo brings them back" {
	local run

	old a b/c
	rule r 'older = 1d' 'recursive = yes' 'action = trash' \
		'rmdir_empty = yes'
	delete
	run=$(run_id)
	[ -e "$DIR/.qte-trash/$run/b/c" ]
	[ ! -e "$DIR/b" ]
	summary .trashed "$TMP/out" | grep -x 2
	run -66 qte-clean --undo=0123456789abcdef
	qte-clean --undo="$run" >"$TMP/out"
	[ "$(left)" = $'.qte-trash\na\nb\nb/c' ]
	[ "$(stat -c %y "$DIR/a")" = "$(stat -c %y "$DIR/b/c")" ]
	summary .restored "$TMP/out" | grep -x 2
	jq -r 'select(.resource).action' "$AUDIT" | sort -u |
		diff - <(printf 'clean.%s\n' restore rmdir trash)
}

# kinds: mode and owner of the directories below DIR.
kinds()
{
	(cd "$DIR" && find . -mindepth 1 -type d ! -path '*/.qte*' \
		-printf '%P %m %U %G\n' | LC_ALL=C sort)
}

@test "trash: --undo makes directories as they were" {
	rule r 'older = 1d' 'action = trash' 'recursive = yes' \
		'rmdir_empty = yes'
	old a/b/c a/d e/f
	[ "$(id -u)" != 0 ] || chown 1234:2345 "$DIR/a" "$DIR/e"
	chmod 710 "$DIR/a"
	chmod 2750 "$DIR/a/b"
	chmod 1775 "$DIR/e"
	kinds >"$TMP/kinds"
	delete
	[ "$(left | grep -v '^\.')" = '' ]
	[ "$(stat -c %a "$DIR/.qte-trash/$(run_id)")" = 700 ]
	umask 077
	qte-clean --undo="$(run_id)" >"$TMP/out"
	kinds | diff "$TMP/kinds" -
	[ "$(left)" = $'.qte-trash\na\na/b\na/b/c\na/d\ne\ne/f' ]
}

@test "trash: --undo makes no directory of another for anybody" {
	[ "$(id -u)" = 0 ] || skip 'only root can give a file away'
	[ -n "$(command -v setpriv)" ] || skip 'setpriv(1) is not installed'
	rule r 'older = 1d' 'action = trash' 'recursive = yes' \
		'rmdir_empty = yes'
	old a/b
	chown 1234:2345 "$DIR/a"
	chmod 2775 "$DIR/a"
	delete
	setpriv --bounding-set -chown --inh-caps=-all \
		qte-clean --undo="$(run_id)" >"$TMP/out"
	kinds | diff - <(echo a 700 0 0)
}

@test "trash: --undo keeps what a directory has beside its mode" {
	rule r 'older = 1d' 'action = trash' 'recursive = yes' \
		'rmdir_empty = yes'
	old a/b
	give "$DIR/a" user.note 6869
	# We may enter it ourselves.
	give "$DIR/a" system.posix_acl_access "${LIST/01000600/01000700}"
	give "$DIR/a" system.posix_acl_default "$LIST"
	attrs "$DIR/a" >"$TMP/attrs"
	[ "$(wc -l <"$TMP/attrs")" = 3 ]
	delete
	qte-clean --undo="$(run_id)" >"$TMP/out"
	attrs "$DIR/a" | diff "$TMP/attrs" -
}

@test "trash: a file comes back as it was" {
	rule r 'older = 1d' 'action = trash'
	old a
	[ "$(id -u)" != 0 ] || chown 1234:2345 "$DIR/a"
	chmod 6751 "$DIR/a"
	stat -c '%i %a %u %g %y' "$DIR/a" >"$TMP/stat"
	delete
	qte-clean --undo="$(run_id)" >"$TMP/out"
	stat -c '%i %a %u %g %y' "$DIR/a" | diff "$TMP/stat" -
}

@test "trash: --undo leaves what has the old name now" {
	local run

	old a b
	rule r 'older = 1d' 'action = trash'
	delete
	run=$(run_id)
	echo new >"$DIR/a"
	run -1 --separate-stderr qte-clean --undo="$run"
	[ "$(cat "$DIR/a")" = new ]
	[ -e "$DIR/b" ] && [ -e "$DIR/.qte-trash/$run/a" ]
}

@test "trash: --undo fails where its way back is blocked" {
	local run block

	rule r 'older = 1d' 'recursive = yes' 'action = trash' \
		'rmdir_empty = yes'
	for block in 'touch' 'ln -s .' 'ln -s nowhere'; do
		old b/c
		delete
		run=$(run_id)
		$block "$DIR/b"
		run -1 --separate-stderr qte-clean --undo="$run"
		jq -r 'select(.action == "restore") | "\(.result) \(.reason)"' \
			<<<"$output" | diff - <(echo failed \
			'a file or a link stands where its directory was')
		summary .failed - <<<"$output" | grep -x 1
		[ -e "$DIR/.qte-trash/$run/b/c" ]
		rm "$DIR/b"
		qte-clean --undo="$run" >"$TMP/out"
		[ "$(left)" = $'.qte-trash\nb\nb/c' ]
		rm -r "$DIR/b"
	done
}

@test "trash: --undo fails where a file system is mounted on the way" {
	local run

	unshare -m true 2>/dev/null || skip 'mounting is not allowed here'
	rule r 'older = 1d' 'recursive = yes' 'action = trash'
	old b/c
	delete
	run=$(run_id)
	# shellcheck disable=SC2016  # the inner shell expands it
	run -1 --separate-stderr unshare -m bash -c 'mount --bind "$1" "$2" &&
		exec qte-clean --undo="$3"' - "$TMP" "$DIR/b" "$run"
	jq -r 'select(.reason).reason' <<<"$output" |
		diff - <(echo 'a file system is mounted where it should go')
	[ -e "$DIR/.qte-trash/$run/b/c" ]
}

@test "trash: one that cannot be looked through is said, and status 1" {
	local run how

	rule r 'older = 1d' 'action = trash'
	old a
	delete
	run=$(run_id)
	mv "$DIR/.qte-trash" "$TMP/moved"
	ln -s "$TMP/moved" "$DIR/.qte-trash"
	for how in --undo="$run" --delete; do
		run -1 --separate-stderr qte-clean "$how"
		# shellcheck disable=SC2154  # run sets it
		[[ $stderr == "qte-clean: rule r: cannot look through \
$DIR/.qte-trash: "* ]]
		[ "$(wc -l <<<"$stderr")" = 1 ]
		summary .rules_failed - <<<"$output" | grep -x 1
	done
	[ -e "$TMP/moved/$run/a" ]
}

@test "trash: what cannot be reached in it has failed" {
	local run how

	unshare -m true 2>/dev/null || skip 'mounting is not allowed here'
	rule r 'older = 1d' 'recursive = yes' 'action = trash'
	old a b/c
	delete
	run=$(run_id)
	for how in --undo="$run" --delete; do
		# shellcheck disable=SC2016  # the inner shell expands it
		QTE_NOW=2026-04-01 run -1 --separate-stderr unshare -m bash -c '
			mount --bind "$1" "$2" && exec qte-clean "$3"' - \
			"$TMP" "$DIR/.qte-trash/$run/b" "$how"
		jq -r 'select(.reason) | "\(.result) \(.path) \(.reason)"' \
			<<<"$output" | diff - <(echo "failed" \
			"$DIR/.qte-trash/$run/b a file system is mounted there")
		[ -e "$DIR/.qte-trash/$run/b/c" ]
	done
}

@test "trash: a link or a file in its place takes nothing" {
	local trash

	rule r 'older = 1d' 'action = trash'
	mkdir "$TMP/outside"
	for trash in "ln -s $TMP/outside" touch; do
		old a
		$trash "$DIR/.qte-trash"
		run -1 --separate-stderr qte-clean --delete
		reason 'a file or a link stands where its trash belongs' \
			<<<"$output"
		[ "$(left)" = $'.qte-trash\na' ]
		[ -z "$(ls -A "$TMP/outside")" ]
		rm "$DIR/.qte-trash"
	done
}

@test "trash: in one of somebody else's nothing of his is used" {
	[ "$(id -u)" = 0 ] || skip 'only root can give a file away'
	rule r 'older = 1d' 'action = trash' 'recursive = yes'
	old a/b
	chmod 755 "$DIR/a"
	mkdir -p "$DIR/.qte-trash/.new"
	chmod 777 "$DIR/.qte-trash/.new"
	chown -R 1234:2345 "$DIR/.qte-trash"
	delete
	[ "$(stat -c '%a %u' "$DIR/.qte-trash/$(run_id)/a")" = '700 0' ]
	[ "$(stat -c '%a %u' "$DIR/.qte-trash/.new")" = '777 1234' ]
}

@test "trash: what a killed run left there is in no later one's way" {
	rule r 'older = 1d' 'action = trash' 'recursive = yes'
	old a/b
	mkdir -p "$DIR/.qte-trash/.new/a" "$DIR/.qte-trash/.new.1/a"
	chmod 710 "$DIR/a"
	delete
	[ "$(stat -c %a "$DIR/.qte-trash/$(run_id)/a")" = 710 ]
	[ -e "$DIR/.qte-trash/.new/a" ] && [ -e "$DIR/.qte-trash/.new.1/a" ]
}

@test "trash: what lies below a directory that nobody may write to goes too" {
	local as=()

	if [ "$(id -u)" = 0 ]; then
		[ -n "$(command -v setpriv)" ] ||
			skip 'setpriv(1) is not installed'
		as=(setpriv --bounding-set '-dac_override,-dac_read_search')
		as+=(--inh-caps=-all)
	fi
	rule r 'older = 1d' 'action = trash' 'recursive = yes'
	old a/b/c
	chmod 555 "$DIR/a"
	"${as[@]}" qte-clean --delete >"$TMP/out"
	(cd "$DIR/.qte-trash/$(run_id)" && stat -c '%n %a' a a/b) |
		diff - <(printf '%s\n' 'a 700' "a/b $(stat -c %a "$DIR/a/b")")
	"${as[@]}" qte-clean --undo="$(run_id)" >"$TMP/out"
	[ "$(left)" = $'.qte-trash\na\na/b\na/b/c' ]
	chmod 755 "$DIR/a"
}

@test "trash: --undo looks at as many names as there are" {
	old a b
	rule r 'older = 1d' 'action = trash'
	delete
	run -0 qte-clean --undo="$(run_id)" --format=text
	assert_line -p '3 of 3 looked at: done'
}

# actions: of the last run's items, each as "action result".
actions()
{
	jq -r 'select(.type == "cleaned") | .action + " " + .result' "$TMP/out"
}

@test "trash: it is purged once trash_ttl is over, by the runs' clock" {
	local year

	rule r 'older = 1d' 'action = trash' 'trash_ttl = 2d'
	# Whatever the clock of the file system shows, it has no part in it.
	for year in 2001 2026 2036; do
		rm -f "$AUDIT"
		BASE=$DIR aged $year-02-01 a b/c
		QTE_NOW=$year-03-01T12:00:00.5Z delete
		[ ! -e "$DIR/a" ]
		QTE_NOW=$year-03-03T12:00:00.5Z qte-clean | cleaned |
			diff - /dev/null
		QTE_NOW=$year-03-03T12:00:00.6Z qte-clean >"$TMP/plan"
		jq -r 'select(.type == "cleaned") | "\(.action) \(.age_s)"' \
			"$TMP/plan" |
			diff - <(printf '%s\n' 'purge 172800.1' 'rmdir null')
		QTE_NOW=$year-03-03T12:00:00.6Z delete --plan="$TMP/plan"
		[ "$(left)" = $'.qte-trash\nb\nb/c' ]
		summary '[.deleted, .directories]' "$TMP/out" |
			grep -Fx '[1,1]'
		rm -r "$DIR/b"
	done
}

@test "trash: a time that cannot be set is said once" {
	rule r 'older = 1d' 'action = trash' 'recursive = yes'
	old a b c/d
	# 1 is EPERM.
	run --separate-stderr "$QTE_BIN/tests/tools/deny" utimensat 1 \
		qte-clean --delete
	# shellcheck disable=SC2154  # run sets it
	[ "$status" != 77 ] || skip 'no call can be denied here'
	[ "$status" = 0 ]
	summary .trashed - <<<"$output" | grep -x 3
	# shellcheck disable=SC2154  # run sets it
	[[ $stderr == "qte-clean: warning: rule r: the time of "*" cannot be \
set: trash_ttl counts from that of the file system" ]]
	[ "$(wc -l <<<"$stderr")" = 1 ]
}

@test "trash: what stays there stays by its own time" {
	local run

	rule r 'older = 1d' 'action = trash' 'trash_ttl = 2d' 'recursive = yes'
	old a b c d/e
	delete
	run=$(run_id)
	exec 9<"$DIR/.qte-trash/$run/a"
	echo new >"$DIR/b"
	# Names go, by --undo and by a purge: what is left is no younger.
	run -1 --separate-stderr qte-clean --undo="$run"
	[ "$(cd "$DIR/.qte-trash/$run" && echo *)" = b ]
	rm "$DIR"/{a,b,c,d/e}
	exec 9<&-
	exec 9<"$DIR/.qte-trash/$run/b"
	for day in 2026-03-04 2026-03-05; do
		QTE_NOW=$day delete
		actions | diff - <(echo 'purge skipped:in_use')
	done
	exec 9<&-
	QTE_NOW=2026-03-05 delete
	actions | diff - <(printf '%s\n' 'purge ok' 'rmdir ok')
	[ "$(left)" = $'.qte-trash\nd' ]
}

@test "trash: one file that is open does not keep the others" {
	local run

	rule r 'older = 1d' 'action = trash' 'trash_ttl = 2d' 'recursive = yes'
	old a b c/d
	delete
	run=$(run_id)
	exec 9<"$DIR/.qte-trash/$run/a"
	QTE_NOW=2026-03-04 delete
	exec 9<&-
	actions | LC_ALL=C sort | diff - <(printf '%s\n' 'purge ok' 'purge ok' \
		'purge skipped:in_use' 'rmdir ok')
	QTE_NOW=2026-03-04 delete
	actions | diff - <(printf '%s\n' 'purge ok' 'rmdir ok')
}

@test "trash: what no run put there is not purged" {
	rule r 'older = 1d' 'action = trash' 'trash_ttl = 0'
	BASE=$DIR/.qte-trash old file mine/a 0123456789abcdeF/b
	touch -d 2026-01-20 "$DIR/.qte-trash"/*
	left >"$TMP/left"
	delete
	left | diff "$TMP/left" -
}
