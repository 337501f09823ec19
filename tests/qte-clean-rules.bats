#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The keys of qte-clean's rules: what each takes, and what is refused.

load helper
load clean

setup()
{
	clean_setup
}

# takes WANTED...: the plan has these, below DIR, and nothing else.
takes()
{
	qte-clean --reproducible >"$TMP/plan"
	cleaned <"$TMP/plan" |
		diff - <([ $# = 0 ] || printf 'planned %s\n' "$@" | sort)
}

# in_days N: by the clock of the system, which file systems go by.
in_days()
{
	date -u -d "+$1 days" +%FT%TZ
}

# refused LINE TEXT: a rule with this line is 78, and the message says TEXT.
refused()
{
	rule r 'older = 1d' "$1"
	run -78 --separate-stderr qte-clean --delete
	# shellcheck disable=SC2154  # run sets it
	[[ $stderr == *"conf:"*"$2"* ]] || fail "$1: $stderr"
	[ "$(wc -l <<<"$stderr")" = 1 ]
}

@test "rules: match and exclude are patterns of names" {
	old a.tmp b.tmp c.log d.txt keep.tmp
	rule r 'older = 1d' 'match = *.tmp  *.log' 'exclude = keep* [b]*'
	takes a.tmp c.log
}

@test "rules: recursive, max_depth and excluded directories" {
	old a b/c b/d/e skip/f
	rule r 'older = 1d'
	takes a
	rule r 'older = 1d' 'recursive = yes' 'exclude = skip'
	takes a b/c b/d/e
	rule r 'older = 1d' 'recursive = yes' 'max_depth = 2'
	takes a b/c skip/f
}

@test "rules: by says which time counts" {
	old file
	rule r 'older = 30d' 'by = mtime'
	takes file
	# The other times are of today.
	for by in ctime atime max; do
		rule r 'older = 30d' "by = $by"
		QTE_NOW=$(in_days 20) takes
		QTE_NOW=$(in_days 40) takes file
	done
}

@test "rules: by = name reads the time in the name" {
	aged 2026-02-28 bars_20260101.csv bars_20260131.csv bars_20260129.csv \
		bars_20261399.csv bars_120260101.csv bars.csv x2026010120260102
	rule r 'older = 30d' 'by = name:"%Y%m%d"'
	takes bars_20260101.csv bars_20260129.csv
	rule r 'older = 30d' 'by = name:_%Y%m%d.'
	takes bars_20260101.csv bars_20260129.csv
	aged 2026-02-28 tick-2026-01-29T23-59-59 tick-2026-01-30T00-00-00
	rule r 'older = 30d' 'by = name:%Y-%m-%dT%H-%M-%S'
	takes tick-2026-01-29T23-59-59
}

@test "rules: by = name takes a time in any order, if it is whole" {
	aged 2026-02-28 x-29-01-2026 x-30-01-2026 y012026 y022026 y132025
	rule r 'older = 30d' 'by = name:%d-%m-%Y'
	takes x-29-01-2026
	# A month begins with its first day.
	rule r 'older = 30d' 'by = name:%m%Y' 'match = y*'
	takes y012026
	refused 'by = name:%m%d' 'by: '
	refused 'by = name:%Y%d' 'by: '
}

@test "rules: a pattern has a blank behind a backslash" {
	old 'd e' d e
	rule r 'older = 1d' 'protect = d\ e'
	qte-clean | cleaned | diff - <(printf '%s\n' 'planned d' 'planned e' \
		'skipped:protected d e')
	rule r 'older = 1d' 'protect = "d e"'
	qte-clean | cleaned | diff - <(printf '%s\n' 'planned d e' \
		'skipped:protected d' 'skipped:protected e')
	rule r 'older = 1d' 'match = d\ e f'
	takes 'd e'
}

@test "rules: min_size leaves small files alone" {
	old small
	head -c 2048 /dev/zero >"$DIR/large"
	touch -d 2026-01-01 "$DIR/large"
	rule r 'older = 1d' 'min_size = 2K'
	takes large
}

@test "rules: keep_last keeps the newest, by time and then by path" {
	aged 2026-02-01 a b
	aged 2026-02-02 c sub/d
	aged 2026-02-03 e
	rule r 'keep_last = 3' 'recursive = yes'
	takes a b
	rule r 'keep_last = 2' 'recursive = yes'
	takes a b c
	rule r 'keep_last = 4' 'recursive = yes'
	takes a
	rule r 'keep_last = 1' 'older = 27d' 'recursive = yes'
	takes a b
	rule r 'keep_last = 9' 'recursive = yes'
	takes
	rule r 'keep_last = 0' 'recursive = yes'
	takes a b c sub/d e
}

@test "rules: keep_last counts no files from the future" {
	aged 2026-02-10 a
	aged 2026-02-11 b
	aged 2026-02-12 c
	aged 2026-04-01 x y
	rule r 'keep_last = 2'
	delete
	[ "$(left)" = $'b\nc\nx\ny' ]
}

@test "rules: quota lets the oldest go until the sizes fit" {
	aged 2026-02-01 a
	aged 2026-02-02 b
	aged 2026-02-03 c
	rule r 'quota = 18B'
	takes
	rule r 'quota = 17B'
	takes a
	rule r 'quota = 6B'
	takes a b
	rule r 'quota = 0'
	takes a b c
	rule r 'quota = 0' 'keep_last = 1'
	takes a b
	rule r 'quota = 12B' 'exclude = c'
	takes
	rule r 'quota = 0' 'protect = */b'
	takes a c
}

@test "rules: min_free lets the oldest go until there is room" {
	aged 2026-02-01 a
	aged 2026-02-02 b
	rule r 'min_free = 1B'
	takes
	rule r 'min_free = 0%'
	takes
	# More than any disk has: all of them.
	rule r 'min_free = 8000000T'
	takes a b
	rule r 'min_free = 8000000T' 'keep_last = 1'
	takes a
	rule r 'min_free = 8000000T' 'protect = b'
	takes a
}

# on_small COMMAND...: run it where $TMP/tree is a file system of 20 MiB with
# directories a, of 20 files, and b, of 10: each of 512 KiB, so that 5 are free.
on_small()
{
	unshare -m true 2>"$TMP/why" || skip 'no right to mount'
	# shellcheck disable=SC2016  # the inner shell expands it
	unshare -m bash -ec '
		mount -t tmpfs -o size=20m small "$TMP/tree"
		cd "$TMP/tree"
		mkdir a b
		for file in a/{101..120} b/{201..210}; do
			head -c 512K /dev/zero >"$file"
			touch -d "2026-01-01 UTC +${file#*/} minutes" "$file"
		done
		"$@"
		ls a b >"$TMP/left"' - "$@"
}

# two_rules LINE...: rules a and b, with these lines.
two_rules()
{
	rule a "dir = $TMP/tree/a" "$@"
	more_rule b "dir = $TMP/tree/b" "$@"
}

@test "rules: what one rule frees counts for the next one's min_free" {
	two_rules 'min_free = 8M'
	on_small qte-clean -o "$TMP/plan"
	on_small qte-clean --delete -o "$TMP/out"
	# Six of a are 3 MiB, and b has nothing to do.
	diff - "$TMP/left" < <(printf '%s\n' a: {107..120} '' b: {201..210})
	for file in plan out; do
		jq -r 'select(.path).path | sub(".*/"; "")' "$TMP/$file" |
			sort | diff - <(seq 101 106)
		summary .freed_bytes "$TMP/$file" | grep -Fx 3145728
	done
	# Where a may not give so much, b gives the rest.
	two_rules 'min_free = 8M' 'keep_last = 16'
	on_small qte-clean --delete -o "$TMP/out"
	diff - "$TMP/left" < <(printf '%s\n' a: {105..120} '' b: {201..210})
	two_rules 'min_free = 8M' 'keep_last = 8' 'protect = */a/1*'
	on_small qte-clean --delete -o "$TMP/out"
	diff - "$TMP/left" < <(printf '%s\n' a: {101..120} '' b: {203..210})
}

@test "rules: where nobody knows what is free, min_free takes nothing" {
	unshare -m true 2>"$TMP/why" || skip 'no right to mount'
	rule r 'min_free = 8000000T'
	# shellcheck disable=SC2016  # the inner shell expands it
	run -1 --separate-stderr unshare -m bash -ec '
		mount -t ramfs none "$1"
		touch -d 2026-01-01 "$1/a"
		status=0
		qte-clean --delete || status=$?
		[ -e "$1/a" ]
		exit $status' - "$DIR"
	[ "$stderr" = "qte-clean: rule r: the file system of $DIR does not tell what is free: nothing is done" ]
}

@test "rules: --max-delete goes by what a rule has still to free" {
	# It would be 6 of 10 in b, if a had not freed that.
	two_rules 'min_free = 8M'
	# shellcheck disable=SC2016  # the inner shell expands it
	on_small bash -c 'touch b/{301..395}
		touch -d 2026-02-25 b/3*
		qte-clean --delete --max-delete=5% -o "$TMP/out"'
	summary '[.deleted, .refused]' "$TMP/out" | grep -Fx '[6,false]'
}

@test "rules: thousands of files are cut at the right one" {
	local i

	for i in {1000..5999}; do
		echo bytes >"$DIR/f$i"
	done
	touch -d '2026-01-05 UTC' "$DIR"/f[1-4]*
	touch -d '2026-01-06 UTC' "$DIR"/f5*
	rule r 'keep_last = 1500'
	qte-clean --reproducible >"$TMP/plan"
	cleaned <"$TMP/plan" | cut -d ' ' -f 2 >"$TMP/got"
	printf 'f%d\n' {1000..4499} | diff - "$TMP/got"
}

@test "rules: protect names files, or whole paths" {
	old a b sub/a
	rule r 'older = 1d' 'recursive = yes' 'protect = a'
	qte-clean >"$TMP/plan"
	cleaned <"$TMP/plan" | diff - <(printf '%s\n' 'planned b' \
		'skipped:protected a' 'skipped:protected sub/a')
	summary .skipped.protected "$TMP/plan" | grep -x 2
	rule r 'older = 1d' 'recursive = yes' 'protect = */sub/*'
	qte-clean | cleaned | diff - <(printf '%s\n' 'planned a' 'planned b' \
		'skipped:protected sub/a')
}

@test "rules: rmdir_empty removes what is empty then, and old empty ones" {
	old a/b/c d/e
	aged 2026-02-28 d/new
	mkdir "$DIR/fresh" "$DIR/empty"
	touch -d 2026-01-01 "$DIR/empty"
	touch -d 2026-02-28 "$DIR/fresh"
	rule r 'older = 10d' 'recursive = yes' 'rmdir_empty = yes'
	takes a/b/c a/b a d/e empty
	delete
	[ "$(left)" = $'d\nd/new\nfresh' ]
	summary .directories "$TMP/out" | grep -x 3
}

@test "rules: compress keeps mode, owner and time, and reads back" {
	local kind suffix read

	for kind in gzip:gz:zcat zstd:zst:zstdcat; do
		IFS=: read -r kind suffix read <<<"$kind"
		rm -rf "${DIR:?}"/*
		seq 100000 >"$DIR/big"
		chmod 640 "$DIR/big"
		touch -d '2026-01-01T01:02:03.123456789Z' "$DIR/big"
		cp -p "$DIR/big" "$TMP/copy"
		rule r 'older = 1d' "action = compress:$kind"
		delete
		[ "$(left)" = "big.$suffix" ]
		"$read" "$DIR/big.$suffix" | cmp - "$TMP/copy"
		[ "$(stat -c '%a %u %g %y' "$TMP/copy")" = \
			"$(stat -c '%a %u %g %y' "$DIR/big.$suffix")" ]
		summary '[.compressed, (.freed_bytes > 0)]' "$TMP/out" |
			grep -Fx '[1,true]'
		# It is not compressed twice.
		qte-clean | cleaned | diff - /dev/null
	done
}

@test "rules: compress keeps the access control list and user attributes" {
	rule r 'older = 1d' 'action = compress:gzip'
	old x
	give "$DIR/x" user.note 6869
	give "$DIR/x" system.posix_acl_access "$LIST"
	attrs "$DIR/x" >"$TMP/attrs"
	[ "$(wc -l <"$TMP/attrs")" = 2 ]
	chmod 640 "$DIR/x"
	cp -p "$DIR/x" "$TMP/copy"
	delete
	[ "$(left)" = x.gz ]
	attrs "$DIR/x.gz" | diff "$TMP/attrs" -
	[ "$(stat -c %a "$DIR/x.gz")" = 640 ]
}

@test "rules: compress takes over no list that the directory gives to new files" {
	rule r 'older = 1d' 'action = compress:gzip'
	old x
	chmod 660 "$DIR/x"
	give "$DIR" system.posix_acl_default "$LIST"
	delete
	[ "$(left)" = x.gz ]
	[ -z "$(attrs "$DIR/x.gz")" ]
	[ "$(stat -c %a "$DIR/x.gz")" = 660 ]
}

# without CAP COMMAND...: run it without this power of root.
without()
{
	local cap=$1

	shift
	[ "$(id -u)" = 0 ] || skip 'only root can give a file away'
	[ -n "$(command -v setpriv)" ] || skip 'setpriv(1) is not installed'
	setpriv --bounding-set "-$cap" --inh-caps=-all "$@"
}

@test "rules: set-user-ID and set-group-ID go with an owner that is left out" {
	local bits

	rule r 'older = 1d' 'action = compress:gzip'
	for bits in 4755:705 2755:705 6751:701 1744:1704; do
		rm -rf "${DIR:?}"/*
		old x
		chmod "${bits%:*}" "$DIR/x"
		delete
		[ "$(stat -c %a "$DIR/x.gz")" = "${bits%:*}" ]
		rm "$DIR/x.gz"
		old x
		[ "$(id -u)" = 0 ] || continue
		chown 1234:2345 "$DIR/x"
		chmod "${bits%:*}" "$DIR/x"
		without chown qte-clean --delete >"$TMP/out"
		cleaned <"$TMP/out" | diff - <(echo ok x)
		[ "$(stat -c '%a %u %g' "$DIR/x.gz")" = "${bits#*:} 0 0" ]
	done
}

@test "rules: the group is given without the owner, or has no rights" {
	[ "$(id -u)" = 0 ] || skip 'only root can give a file away'
	[ -n "$(command -v setpriv)" ] || skip 'setpriv(1) is not installed'
	rule r 'older = 1d' 'action = compress:gzip'
	old x
	chown 1234:2345 "$DIR/x"
	chmod 640 "$DIR/x"
	setpriv --groups=2345 --bounding-set -chown --inh-caps=-all \
		qte-clean --delete >"$TMP/out"
	[ "$(stat -c '%a %u %g' "$DIR/x.gz")" = '640 0 2345' ]
	rm "$DIR/x.gz"
	old x
	chown 1234:2345 "$DIR/x"
	chmod 640 "$DIR/x"
	without chown qte-clean --delete >"$TMP/out"
	[ "$(stat -c '%a %u %g' "$DIR/x.gz")" = '600 0 0' ]
	# Those of the group are others now, who get no more than it had.
	for mode in 604/600 644/604 657/605; do
		rm -f "$DIR/x.gz"
		old x
		chown 1234:2345 "$DIR/x"
		chmod ${mode%/*} "$DIR/x"
		without chown qte-clean --delete >"$TMP/out"
		assert_equal "$(stat -c %a "$DIR/x.gz")" ${mode#*/}
	done
}

@test "rules: compressing the same bytes gives the same bytes" {
	rule r 'older = 1d' 'action = compress:gzip'
	seq 1000 >"$DIR/x" && touch -d 2026-01-01 "$DIR/x"
	delete && mv "$DIR/x.gz" "$TMP/one"
	seq 1000 >"$DIR/x" && touch -d 2026-01-01 "$DIR/x"
	delete
	cmp "$TMP/one" "$DIR/x.gz"
}

@test "rules: compress leaves a file whose new name is taken" {
	old x x.gz
	rule r 'older = 1d' 'action = compress:gzip'
	run -1 --separate-stderr qte-clean --delete
	jq -e -n 'first(inputs | select(.result == "failed")).reason' <<<"$output"
	[ "$(left)" = $'x\nx.gz' ]
}

# halfway SUFFIX COMMAND: as a run leaves x that is killed before x goes.
halfway()
{
	rm -rf "${DIR:?}"/*
	seq 1000 >"$DIR/x"
	"$2" -c "$DIR/x" >"$DIR/x.$1"
	chmod 640 "$DIR/x" "$DIR/x.$1"
	touch -d '2026-01-01T01:02:03.123456789Z' "$DIR/x" "$DIR/x.$1"
}

@test "rules: a file whose compressed form a killed run left goes" {
	local kind suffix

	for kind in gzip:gz zstd:zst; do
		IFS=: read -r kind suffix <<<"$kind"
		halfway "$suffix" "$kind"
		cp -p "$DIR/x.$suffix" "$TMP/form"
		rule r 'older = 1d' "action = compress:$kind"
		delete
		[ "$(left)" = "x.$suffix" ]
		cmp "$TMP/form" "$DIR/x.$suffix"
		cleaned <"$TMP/out" | diff - <(echo ok x)
		jq -r .result "$AUDIT" | tail -n 2 | diff - <(printf \
			'%s\n' intent ok)
	done
}

@test "rules: what is not quite the compressed form leaves the file" {
	local change

	rule r 'older = 1d' 'action = compress:gzip'
	for change in 'chmod 600' 'touch -d 2026-01-01T01:02:04Z' 'other' \
		'truncate -s -1' 'linked' 'noted' 'unnoted'; do
		halfway gz gzip
		case $change in
		other)
			seq 1001 | gzip >"$DIR/x.gz"
			touch -r "$DIR/x" "$DIR/x.gz"
			;;
		noted) give "$DIR/x.gz" user.note 6869 ;;
		unnoted) give "$DIR/x" user.note 6869 ;;
		linked)
			mv "$DIR/x.gz" "$TMP/x.gz"
			ln -s "$TMP/x.gz" "$DIR/x.gz"
			;;
		truncate*)
			truncate -s -1 "$DIR/x.gz"
			touch -r "$DIR/x" "$DIR/x.gz"
			;;
		*) $change "$DIR/x.gz" ;;
		esac
		run -1 --separate-stderr qte-clean --delete
		cleaned <<<"$output" | diff - <(echo failed x)
		reason 'its compressed form is there already' <<<"$output"
		seq 1000 | cmp - "$DIR/x"
		[ "$(left)" = $'x\nx.gz' ]
	done
}

# deny STATUS CALL HOW: delete, while the system denies this call.
deny()
{
	local status=0

	"$QTE_BIN/tests/tools/deny" "$2" "$3" qte-clean --delete >"$TMP/out" \
		2>"$TMP/err" || status=$?
	[ $status != 77 ] || skip 'no call can be denied here'
	[ $status = "$1" ] || fail "status $status: $(cat "$TMP/err")"
}

@test "rules: a run that is killed before the file goes is ended by the next" {
	local kind suffix

	for kind in gzip:gz zstd:zst; do
		IFS=: read -r kind suffix <<<"$kind"
		rm -rf "${DIR:?}"/*
		rule r 'older = 1d' "action = compress:$kind"
		old x
		cp -p "$DIR/x" "$TMP/copy"
		# As by a kill -9: SIGSYS, and no time for anything.
		deny 159 unlinkat kill
		[ "$(left)" = "x"$'\n'"x.$suffix" ]
		cp -p "$DIR/x.$suffix" "$TMP/form"
		[ "$(tail -n 1 "$AUDIT" | jq -r .result)" = intent ]
		delete
		[ "$(left)" = "x.$suffix" ]
		cmp "$TMP/form" "$DIR/x.$suffix"
		cleaned <"$TMP/out" | diff - <(echo ok x)
	done
}

@test "rules: a form that cannot be looked at is not another's" {
	rule r 'older = 1d' 'action = compress:gzip'
	halfway gz gzip
	# The descriptors below are of the directory and the log; 5 is EIO.
	deny 1 fstat:5 5
	reason 'Input/output error' <"$TMP/out"
	[ "$(left)" = $'x\nx.gz' ]
}

@test "rules: a compressed form that cannot be compared is not another's" {
	mkdir "$TMP/none"
	: >"$TMP/none/libarchive.so.13"
	rule r 'older = 1d' 'action = compress:gzip'
	halfway gz gzip
	run -1 --separate-stderr env LD_LIBRARY_PATH="$TMP/none" \
		qte-clean --delete
	reason 'libarchive13 is not installed, or too old' <<<"$output"
	[ "$(left)" = $'x\nx.gz' ]
}

@test "rules: a file that cannot go has no compressed form beside it" {
	old a b
	rule r 'older = 1d' 'action = compress:gzip'
	chattr +i "$DIR/b" 2>/dev/null || skip 'no file can be made immutable'
	run -1 --separate-stderr qte-clean --delete
	chattr -i "$DIR/b"
	cleaned <<<"$output" | diff - <(printf '%s\n' 'failed b' 'ok a')
	[ "$(left)" = $'a.gz\nb' ]
}

@test "rules: a file that one rule takes is none of a later one's" {
	old a.log b.txt
	seq 1000 >"$DIR/c.log" && touch -d 2026-01-20 "$DIR/c.log"
	rule pack 'older = 1d' 'match = *.log' 'action = compress:gzip'
	more_rule all 'older = 1d'
	qte-clean | cleaned | sed 's/planned/ok/' >"$TMP/planned"
	diff - "$TMP/planned" <<-'END'
		ok a.log
		ok b.txt
		ok c.log
	END
	delete
	cleaned <"$TMP/out" | diff "$TMP/planned" -
	[ "$(left)" = $'a.log.gz\nc.log.gz' ]
}

@test "rules: no file is taken for another that an earlier one had" {
	rule r 'older = 30d'
	more_rule s 'older = 1d'
	old {a..j}{01..99}
	delete --force
	[ -z "$(left)" ]
}

@test "rules: --rule takes these rules alone" {
	old a.log b.txt
	rule one 'older = 1d' 'match = *.log'
	more_rule two 'older = 1d' 'match = *.txt'
	qte-clean --rule=two | cleaned | diff - <(echo planned b.txt)
	run -64 --separate-stderr qte-clean --rule=tow
	[[ $stderr == *"did you mean 'two'"* ]]
}

@test "rules: what makes no sense is refused, with its place" {
	refused 'oldr = 1d' "6:1: unknown key 'oldr' in [clean \"r\"]; did you mean 'older'?"
	refused 'by = name:%d' "6:6: by: "
	refused 'by = size' "'size'"
	refused 'match = a/b' "without '/'"
	refused 'match =' 'match: is empty'
	refused 'max_depth = 2' 'without recursive'
	refused 'rmdir_empty = yes' 'without recursive'
	refused 'quota = much' 'not a size'
	refused 'quota = 500' "'500' has no unit"
	refused 'min_free = 15' "'15' has no unit: a share is as 15%, a size as 20G"
	refused 'min_free = 100%' 'below 100%'
	refused 'action = shred' "'shred'"
	refused $'action = trash\nmin_free = 1G' 'action = delete'
	refused 'in_use = maybe' "'maybe'"
	rule r 'match = *'
	run -78 --separate-stderr qte-clean
	[[ $stderr == *'older: is missing'* ]]
	printf '[clean "r"]\nolder = 1d\n' >"$CONF"
	run -78 --separate-stderr qte-clean
	[[ $stderr == *'conf:1:2: dir: is missing'* ]]
}

@test "rules: directories that are not to be cleaned are refused" {
	local dir

	for dir in / /etc /usr /home /boot /proc /sys /dev /etc/qte /usr/lib \
		/proc/self /dev/pts relative "$TMP/../x" "$TMP/./x" /tmp; do
		rule r "dir = $dir" 'older = 1d'
		run -78 --separate-stderr qte-clean --delete
		[[ $stderr == *conf:4:7:* ]] || fail "$dir: $stderr"
		printf '[paths]\nlog = %s\n' "$dir" >"$CONF"
		run -78 --separate-stderr qte-clean --delete
	done
	: >"$CONF"
	run -64 --separate-stderr qte-clean --log-dir=/etc
	[[ $stderr == *'--log-dir'* ]]
	printf '[clean "logs"]\nolder = 1d\n' >"$CONF"
	run -64 --separate-stderr qte-clean --log-dir=relative
	[[ $stderr == "qte-clean: --log-dir: 'relative' is not an absolute path"* ]]
}

@test "rules: --print-config shows them" {
	rule 'a b' 'older = 1d' 'match = *.x'
	qte-clean --print-config >"$TMP/again"
	QTE_CONFIG=$TMP/again qte-clean --print-config |
		grep -A 3 -F '[clean "a b"]' | grep -F 'match = "*.x"'
	qte-clean --print-config --format=json |
		jq -e -n 'first(inputs | select(.name == "a b" and
			.key == "older")) | .value == "1d"'
}
