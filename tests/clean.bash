# SPDX-License-Identifier: MIT
# What the tests of qte-clean stand on: `load clean` beside `load helper`.
# shellcheck shell=bash

# A place of the test's own: a directory to clean, an audit log, and one now.
clean_setup()
{
	DIR=$TMP/tree/dir AUDIT=$TMP/audit.jsonl CONF=$TMP/conf
	mkdir -p "$DIR"
	export QTE_NOW=2026-03-01T00:00:00Z QTE_CONFIG=$CONF
	rule r 'older = 30d'
}

# rule NAME LINE...: a configuration with this one rule of DIR.
rule()
{
	: >"$CONF"
	more_rule "$@"
}

# more_rule NAME LINE...: add it.  A line "dir = ..." stands in for DIR.
more_rule()
{
	local name=$1

	shift
	grep -q paths "$CONF" || printf '[paths]\naudit = %s\n' "$AUDIT" >"$CONF"
	printf '[clean "%s"]\n' "$name" >>"$CONF"
	case $* in
	*dir\ =*) ;;
	*) echo "dir = $DIR" >>"$CONF" ;;
	esac
	printf '%s\n' "$@" >>"$CONF"
}

# old NAME...: files of 40 days below DIR.
old()
{
	aged 2026-01-20 "$@"
}

# aged TIME NAME...: files of that mtime, with six bytes.  BASE, where it is set,
# stands in for DIR.
aged()
{
	local time=$1 name file

	shift
	for name; do
		file=${BASE-$DIR}/$name
		mkdir -p "$(dirname "$file")"
		echo bytes >"$file"
		touch -m -d "$time UTC" "$file"
	done
}

# cleaned [FILTER]: of the cleaned records on standard input, "result path" in
# order of the path, the path below DIR, or BASE.
cleaned()
{
	jq -r --arg dir "${BASE-$DIR}/" 'select(.type == "cleaned") |
		"\(.result) \(.path | ltrimstr($dir))"' | LC_ALL=C sort
}

# left: what is below DIR, files and directories.
left()
{
	(cd "$DIR" && find . -mindepth 1 | LC_ALL=C sort | sed 's,^\./,,')
}

# summary FILTER FILE: of the summary in FILE.
summary()
{
	jq -c "select(.type == \"summary\") | $1" "$2"
}

# delete ARG...: act, with the records in $TMP/out.
delete()
{
	qte-clean --delete "$@" >"$TMP/out"
}

# reason TEXT: why the item failed of the last run, whose records are standard
# input; in the audit log too.
reason()
{
	jq -r 'select(.path).reason' | diff - <(echo "$1")
	[[ $(tail -n 1 "$AUDIT" | jq -r .reason) == *", rule r: $1" ]]
}

# run_id: of the last run, whose records are in $TMP/out.
run_id()
{
	jq -r 'select(.args).run_id' "$TMP/out"
}

# An access control list that lets user 1234 read, as the kernel has it.
LIST=0200000001000600ffffffff02000400d204000004000000ffffffff
LIST+=10000400ffffffff20000000ffffffff

# give FILE NAME HEX: an attribute; the test is skipped where there are none.
give()
{
	local status=0

	"$QTE_BIN/tests/tools/attr" "$@" || status=$?
	[ $status != 77 ] || skip 'this file system has no attributes'
	return $status
}

# attrs FILE: those that are kept.
attrs()
{
	"$QTE_BIN/tests/tools/attr" "$1" | grep -E '^(user|system\.posix)' | sort
}
