#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What bash offers at the tab key, by the script that --completion=bash prints.
load helper

setup_file()
{
	qte-run --completion=bash >"$BATS_FILE_TMPDIR/qte-run"
	"$QTE_BIN/tests/tools/facetool" --completion=bash \
		>"$BATS_FILE_TMPDIR/qte-backup"
}

setup()
{
	cd "$TMP" || return
	mkdir dir
	touch bars.csv 'two words.csv' dir/inner.csv
}

# offers WORD...: complete the last WORD, cut as bash cuts a line; BREAKS stands
# for COMP_WORDBREAKS.
offers()
{
	# shellcheck disable=SC2016  # the inner bash expands it
	run bash --norc --noprofile -uc '
		. "$1/$2"
		shift
		COMP_WORDBREAKS=${BREAKS-$COMP_WORDBREAKS}
		COMP_WORDS=("$@")
		COMP_CWORD=$(($# - 1))
		"_${1//-/_}"
		[ ${#COMPREPLY[@]} = 0 ] || printf "%s\n" "${COMPREPLY[@]}"' \
		bash "$BATS_FILE_TMPDIR" "$@"
	assert_success
}

# The answers are the lines of standard input.
assert_offers()
{
	assert_output "$(cat)"
}

@test "completion: long options, with = where a value follows" {
	offers qte-run --fo
	assert_output --format=
	offers qte-run --frac
	assert_output --fractional
	offers qte-run --help
	assert_output --help
}

@test "completion: a dash offers long and short options" {
	offers qte-run -
	assert_line -- -f
	assert_line -- --format=
	assert_line -- -h
	assert_line -- --reproducible
}

@test "completion: every long option of the help is offered" {
	offers qte-run --
	for option in $(qte-run --help=all |
		sed -n 's/^  [ -].[ ,] \(--[a-z-]*\).*/\1/p'); do
		assert_line --regexp "^$option=?\$"
	done
}

@test "completion: a choice behind =, behind a blank and behind a letter" {
	offers qte-run --format =
	assert_offers <<<$'json\ntext'
	offers qte-run --format = j
	assert_output json
	offers qte-run --format ''
	assert_offers <<<$'json\ntext'
	offers qte-run -f t
	assert_output text
	offers qte-run -qf t
	assert_output text
	offers qte-run --color = al
	assert_output always
}

@test "completion: the whole word where = does not cut words" {
	BREAKS=$' \t\n' offers qte-run --format=j
	assert_output --format=json
	BREAKS=$' \t\n' offers qte-run --emit=trades,sum
	assert_output --emit=trades,summary
}

@test "completion: the last of a list, without what is there already" {
	offers qte-run --emit = sum
	assert_output summary
	offers qte-run --emit = trades,sum
	assert_output trades,summary
	offers qte-run --emit trades,summary,
	refute_line trades,summary,trades
	refute_line trades,summary,summary
	assert_line trades,summary,equity
}

@test "completion: files for options that take them, and for operands" {
	offers qte-run -o b
	assert_output bars.csv
	offers qte-run --output = dir/
	assert_output dir/inner.csv
	offers qte-run t
	assert_output 'two words.csv'
	offers qte-run --format = text b
	assert_output bars.csv
	offers qte-run -- -
	refute_output
	offers qte-run -- b
	assert_output bars.csv
}

@test "completion: nothing for free text and for flags with a value" {
	offers qte-run --cash ''
	refute_output
	offers qte-run --cash = 1
	refute_output
	offers qte-run --fractional =
	refute_output
	offers qte-run --quiet = y
	refute_output
	offers qte-run --no-such = y
	refute_output
}

@test "completion: an optional value only behind =" {
	offers qte-run --help =
	assert_output all
	offers qte-run --help b
	assert_output bars.csv
}

@test "completion: commands first, then the options and operands of each" {
	offers qte-backup ''
	assert_offers <<<$'create\nlist'
	offers qte-backup --format = json cr
	assert_output create
	offers qte-backup --color always li
	assert_output list
	offers qte-backup --le
	refute_output
	offers qte-backup create --le
	assert_output --level=
	offers qte-backup create b
	assert_output bars.csv
	offers qte-backup list b
	refute_output
	offers qte-backup list --fa
	assert_output --fast
}

@test "completion: the script registers itself" {
	# shellcheck disable=SC2016  # the inner bash expands it
	run -0 bash --norc -c '. "$1"; complete -p qte-run' bash \
		"$BATS_FILE_TMPDIR/qte-run"
	assert_output 'complete -F _qte_run qte-run'
}

@test "completion: the scripts stand up to shellcheck" {
	[ -n "$(command -v shellcheck)" ] || skip 'no shellcheck'
	run -0 shellcheck "$BATS_FILE_TMPDIR/qte-run" \
		"$BATS_FILE_TMPDIR/qte-backup"
}

@test "completion: the script in the tree is what the tool prints" {
	run -0 diff "$QTE_TREE/completions/bash/qte-run" \
		"$BATS_FILE_TMPDIR/qte-run"
}

@test "completion: a shell that is not known is a wrong option" {
	run -64 --separate-stderr qte-run --completion=csh
	refute_output
	# shellcheck disable=SC2154  # bats sets it
	assert_equal "${#stderr_lines[@]}" 2
	assert_equal "${stderr_lines[0]}" \
		"qte-run: --completion: 'csh' is not one of bash"
}
