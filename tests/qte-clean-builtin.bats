#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The built-in rules of qte-clean beside rules of one's own: which of them stay,
# and what is wrong with the directories of both.

load helper
load clean

# The directory of the rule temp, with a file that it takes; and one for rule r.
setup()
{
	clean_setup
	DATA=$TMP/data
	mkdir "$DATA" "$TMP/log"
	export QTE_CLEAN_DATA_DIR=$DATA QTE_CLEAN_LOG_DIR=$TMP/log
	BASE=$DATA old temp_1
	old a
}

# clean_all STATUS [ARG...]: delete, with what is said in $stderr.
clean_all()
{
	local status=$1

	shift
	run "-$status" --separate-stderr qte-clean --delete "$@"
}

# says TEXT: that is what the run said, on one line, but for where help is.
says()
{
	# shellcheck disable=SC2154  # run sets it
	[ "${stderr%$'\n'Try *}" = "qte-clean: $1" ] || fail "$stderr"
}

# kept FILE...: they are there, and what rule r takes is gone.
kept()
{
	local file

	for file; do
		[ -e "$file" ] || fail "$file is gone"
	done
	[ -z "$(left)" ]
}

@test "builtin: a rule claims its directory through links, wanted or not" {
	mkdir "$TMP/real"
	mv "$DATA" "$TMP/real/data"
	ln -s real "$TMP/link"
	rule keep "dir = $TMP/link/data" 'older = 9000d'
	clean_all 64 --rule=temp --data-dir="$TMP/real/data"
	says "--rule: 'temp' is not used: rule 'keep' works in its directory, $TMP/real/data"
	# The links may be on the way to the built-in's directory too.
	rule keep "dir = $TMP/real" 'recursive = yes' 'older = 9000d'
	more_rule r 'older = 30d'
	clean_all 0 --data-dir="$TMP/link/data/"
	[ -z "$stderr" ]
	kept "$TMP/real/data/temp_1"
}

@test "builtin: a rule whose directory is behind a link stops the run" {
	local dir link

	ln -s tree "$TMP/link"
	ln -s dir "$TMP/tree/last"
	for dir in link/dir link/dir/ link/none tree/last; do
		rule keep "dir = $TMP/$dir" 'older = 1d'
		clean_all 78
		link=$TMP/link
		[ "$dir" != tree/last ] || link=$TMP/tree/last
		says "$CONF:4:7: dir: '$TMP/${dir%/}' leads through the symbolic link '$link': name what it leads to"
	done
	[ "$(left)" = a ]
	[ -e "$DATA/temp_1" ]
}

@test "builtin: a rule that is not wanted may be behind a link" {
	ln -s dir "$TMP/tree/link"
	rule r 'older = 30d'
	more_rule bad "dir = $TMP/tree/link" 'older = 9000d'
	clean_all 78
	clean_all 78 --rule=r --rule=bad
	clean_all 0 --rule=r
	[ -z "$stderr" ]
	kept "$DATA/temp_1"
	# Its keys are to be right all the same.
	more_rule worse 'older = soon'
	clean_all 78 --rule=r
}

@test "builtin: one that is not used may have any directory" {
	rule temp 'match = a' 'older = 30d'
	clean_all 0 --data-dir=/data
	[ -z "$stderr" ]
	kept
}

@test "builtin: one that may not be cleaned is left out beside others" {
	rule r 'older = 30d'
	QTE_CLEAN_DATA_DIR=/data clean_all 0
	says "warning: QTE_CLEAN_DATA_DIR: '/data' is too near to the root to be cleaned: rule temp is left out"
	kept
	old a
	clean_all 0 --rule=r --data-dir=/data
	[ -z "$stderr" ]
	clean_all 0 -q --data-dir=/usr/lib
	[ -z "$stderr" ]
	unset QTE_CLEAN_DATA_DIR
	sed -i '1a data = /data' "$CONF"
	clean_all 0
	says "warning: $CONF:2:8: data: '/data' is too near to the root to be cleaned: rule temp is left out"
	# Nobody asks for a rule and gets nothing.
	clean_all 78 --rule=temp
	printf '[paths]\ndata = /data\n' >"$CONF"
	clean_all 78
	clean_all 64 --data-dir=/usr/lib
}

@test "builtin: one that cannot be opened is left out beside others" {
	local without=()

	chmod 000 "$DATA"
	if [ -r "$DATA" ]; then
		# root may read everything, unless it is without that power.
		without=(setpriv --bounding-set '-dac_override,-dac_read_search'
			--inh-caps=-all)
		"${without[@]}" true || skip 'cannot give up the powers of root'
	fi
	rule r 'older = 30d'
	run -0 --separate-stderr "${without[@]}" qte-clean --delete
	says "warning: rule temp: cannot open $DATA: Permission denied: it is left out"
	kept
	# It is a fault of the one that is asked for, and of a rule of one's own.
	run -1 "${without[@]}" qte-clean --delete --rule=temp
	more_rule own "dir = $DATA" 'older = 30d'
	run -1 "${without[@]}" qte-clean --delete
	QTE_CONFIG='' run -1 "${without[@]}" qte-clean --delete \
		--audit="$AUDIT"
	chmod 700 "$DATA"
	kept "$DATA/temp_1"
}

@test "builtin: one that another run is at work in is left out beside others" {
	exec 8<"$DATA"
	flock 8
	rule r 'older = 30d'
	clean_all 0
	says "warning: rule temp: another run is at work in $DATA: it is left out"
	kept "$DATA/temp_1"
	clean_all 75 --rule=temp
	more_rule own "dir = $DATA" 'older = 30d'
	clean_all 75
	QTE_CONFIG='' clean_all 75 --audit="$AUDIT"
	exec 8<&-
	kept "$DATA/temp_1"
}

@test "builtin: a rule that cannot be looked at claims all" {
	local drop=(setpriv "--bounding-set=-dac_override,-dac_read_search"
		--inh-caps=-all)

	[ "$(id -u)" != 0 ] || [ -n "$(command -v setpriv)" ] ||
		skip 'setpriv(1) is not installed'
	[ "$(id -u)" = 0 ] || drop=()
	mkdir -p "$TMP/locked/at"
	ln -s "$DATA" "$TMP/locked/at/link"
	rule r "dir = $TMP/locked/at/link" 'older = 9000d'
	chmod 0 "$TMP/locked"
	run -1 --separate-stderr "${drop[@]}" qte-clean --delete
	chmod 700 "$TMP/locked"
	[ -e "$DATA/temp_1" ]
}

@test "builtin: a rule claims its directory where that is bound to another" {
	unshare -m true 2>"$TMP/why" || skip 'no right to mount'
	mkdir "$TMP/bound" "$DATA/in"
	mv "$DATA/temp_1" "$DATA/in"
	rule keep "dir = $TMP/bound" 'recursive = yes' 'older = 9000d'
	more_rule r 'older = 30d'
	unshare -m bash -c 'mount --bind "$1" "$2" &&
		qte-clean --delete --data-dir="$1/in"' - \
		"$DATA" "$TMP/bound" >"$TMP/out"
	kept "$DATA/in/temp_1"
}

@test "builtin: none is left out of a plan or of what comes back" {
	local plan=$TMP/plan

	rule r 'older = 30d'
	qte-clean -f json >"$plan"
	exec 8<"$DATA"
	flock 8
	clean_all 75 --plan="$plan"
	[ -e "$DATA/temp_1" ]
	run -75 qte-clean --undo=0123456789abcdef
	exec 8<&-
	clean_all 0 --plan="$plan"
	[ ! -e "$DATA/temp_1" ]
}

@test "builtin: it is said which rule takes the place of one" {
	rule r "dir = $DATA" 'match = a*' 'older = 30d'
	clean_all 0
	[ -z "$stderr" ]
	clean_all 0 -v
	says "rule temp is not used: rule r works in its directory, $DATA"
	clean_all 0 -v --rule=r
	[ -z "$stderr" ]
	clean_all 64 --rule=temp
	says "--rule: 'temp' is not used: rule 'r' works in its directory, $DATA"
	clean_all 64 --rule=tmp
	says "--rule: there is no rule 'tmp'"
	[ -e "$DATA/temp_1" ]
}

@test "builtin: a section that changes keys of one leaves the other alone" {
	BASE=$DATA old run.log.1 temp_2.log.1
	for dir in '' "dir = $DATA/"; do
		printf '[paths]\naudit = %s\n[clean "logs"]\nolder = 90d\n%s\n' \
			"$AUDIT" "$dir" >"$CONF"
		BASE=$DATA old temp_1
		clean_all 0 --log-dir="$DATA"
		[ -z "$stderr" ]
		# What logs keeps for 90 days temp does not take.
		[ "$(cd "$DATA" && echo *)" = 'run.log.1 temp_2.log.1' ]
	done
	# One that is about other files works there by itself.
	BASE=$DATA old temp_1
	echo 'match = *' >>"$CONF"
	clean_all 0 -v --log-dir="$DATA"
	says "rule temp is not used: rule logs works in its directory, $DATA"
	[ -e "$DATA/temp_1" ]
	# So does one that works where temp does, and not by default.
	printf '[clean "logs"]\nolder = 90d\ndir = %s\n' "$DATA" >"$CONF"
	clean_all 0 --audit="$AUDIT"
	[ -e "$DATA/temp_1" ]
}

@test "builtin: what a section of one keeps the other does not take" {
	local key

	for key in exclude protect; do
		printf '[paths]\naudit = %s\n[clean "logs"]\n%s = temp_k*\n' \
			"$AUDIT" "$key" >"$CONF"
		BASE=$DATA old temp_1 temp_kept
		clean_all 0 --log-dir="$DATA"
		[ "$(cd "$DATA" && echo *)" = temp_kept ]
	done
	# In a directory of its own it keeps nothing of the other's.
	clean_all 0
	[ ! -e "$DATA/temp_kept" ]
}

@test "builtin: a plan takes nothing that a section of a built-in keeps" {
	BASE=$DATA old temp_2.log.1
	qte-clean >"$TMP/plan"
	printf '[paths]\naudit = %s\n[clean "logs"]\nolder = 90d\n' \
		"$AUDIT" >"$CONF"
	jq -c 'select(.rule == "temp")' "$TMP/plan" >"$TMP/temp"
	grep -q temp_2 "$TMP/temp"
	clean_all 65 --plan="$TMP/temp" --log-dir="$DATA"
	[ -e "$DATA/temp_2.log.1" ]
}

@test "builtin: one whose directory is a link or a file is left out beside others" {
	ln -s data "$TMP/link"
	: >"$TMP/file"
	clean_all 0 --data-dir="$TMP/link"
	says "warning: rule temp: $TMP/link leads through a symbolic link: name what it leads to, $DATA: it is left out"
	kept "$DATA/temp_1"
	old a
	clean_all 0 --data-dir="$TMP/file"
	says "warning: rule temp: $TMP/file is not a directory: it is left out"
	kept
	clean_all 0 --data-dir="$TMP/file/below"
	says "warning: rule temp: $TMP/file/below is not a directory: it is left out"
	# It is a fault of the one that is asked for.
	clean_all 1 --data-dir="$TMP/link" --rule=temp
	says "rule temp: $TMP/link leads through a symbolic link: name what it leads to, $DATA"
	clean_all 1 --data-dir="$TMP/file" --rule=temp
	kept "$DATA/temp_1"
}

@test "builtin: one that is asked for has to have its directory" {
	clean_all 0 --data-dir="$TMP/none"
	[ -z "$stderr" ]
	clean_all 1 --data-dir="$TMP/none" --rule=temp
	says "rule temp: cannot open $TMP/none: No such file or directory"
	# A plan or what comes back asks for none by its name.
	qte-clean --data-dir="$TMP/none" -f json >"$TMP/plan"
	clean_all 0 --data-dir="$TMP/none" --plan="$TMP/plan"
}

@test "builtin: a relative directory is a wrong value, used or not" {
	clean_all 64 --rule=r --data-dir=relative
	says "--data-dir: 'relative' is not an absolute path"
	QTE_CLEAN_DATA_DIR=relative clean_all 78
	says "QTE_CLEAN_DATA_DIR: 'relative' is not an absolute path"
	printf '[clean]\nlog_dir = relative\n' >>"$CONF"
	clean_all 78
	says "$CONF:7:11: log_dir: 'relative' is not an absolute path"
	[ "$(left)" = a ]
}

@test "builtin: a link of a section's directory is blamed on who named it" {
	local wrong="leads through the symbolic link '$TMP/link': name what it leads to"

	ln -s data "$TMP/link"
	printf '[paths]\naudit = %s\n[clean "temp"]\nolder = 1d\n' "$AUDIT" \
		>"$CONF"
	clean_all 64 --data-dir="$TMP/link"
	says "--data-dir: '$TMP/link' $wrong"
	QTE_CLEAN_DATA_DIR=$TMP/link clean_all 78
	says "QTE_CLEAN_DATA_DIR: '$TMP/link' $wrong"
	unset QTE_CLEAN_DATA_DIR
	sed -i "1a data = $TMP/link" "$CONF"
	clean_all 78
	says "$CONF:2:8: data: '$TMP/link' $wrong"
	echo "dir = $TMP/link" >>"$CONF"
	clean_all 78
	says "$CONF:6:7: dir: '$TMP/link' $wrong"
	[ -e "$DATA/temp_1" ]
}

@test "builtin: a default directory that is a link is blamed on the section" {
	unshare -m true 2>/dev/null || skip 'mounting is not allowed here'
	printf '[paths]\naudit = %s\n[clean "logs"]\nolder = 90d\n' \
		"$AUDIT" >"$CONF"
	unset QTE_CLEAN_LOG_DIR
	# shellcheck disable=SC2016  # the inner shell expands it
	run -78 --separate-stderr unshare -m bash -c '
		mount -t tmpfs x /var/log && ln -s "$1" /var/log/qte &&
			exec qte-clean' - "$TMP/log"
	[[ $stderr == "qte-clean: $CONF:3:"*"'/var/log/qte' leads through the \
symbolic link '/var/log/qte': name what it leads to" ]]
}
