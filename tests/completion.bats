#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What bash, zsh and fish offer at the tab key, by the scripts that --completion
# prints.
load helper

setup_file()
{
	local shell

	for shell in bash zsh fish; do
		mkdir "$BATS_FILE_TMPDIR/$shell"
	done
	cd "$BATS_FILE_TMPDIR" || return
	scripts qte-run qte-run
	# A tool with commands.
	scripts "$QTE_BIN/tests/tools/facetool" qte-backup
}

# scripts PROGRAM NAME: what it prints for each shell.
scripts()
{
	"$1" --completion=bash >"bash/$2" &&
		"$1" --completion=zsh >"zsh/_$2" &&
		"$1" --completion=fish >"fish/$2.fish"
}

setup()
{
	cd "$TMP" || return
	mkdir dir
	touch bars.csv 'two words.csv' dir/inner.csv
}

# has SHELL: the test is passed over without it.
has()
{
	[ -n "$(command -v "$1")" ] || skip "no $1"
}

# zsh_offers LINE: the answers are the whole line each.
zsh_offers()
{
	has zsh
	run -0 timeout 60 "$QTE_TREE/tests/tools/offers.zsh" \
		"$BATS_FILE_TMPDIR/zsh" "$1"
}

# fish_offers LINE: the answers are the last word each, without what fish says
# about them.
fish_offers()
{
	has fish
	# shellcheck disable=SC2016  # fish expands it
	HOME=$TMP run -0 --separate-stderr fish --no-config -c '
		source $argv[1]/(string match -r "^\S+" -- $argv[2]).fish
		complete -C $argv[2] | string replace -r "\\t.*" ""
		true' \
		"$BATS_FILE_TMPDIR/fish" "$1"
	[ -z "$stderr" ] || fail "$stderr"
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
		bash "$BATS_FILE_TMPDIR/bash" "$@"
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

@test "completion: a built-in strategy, or a file" {
	touch rule.qts
	offers qte-run -s r
	assert_offers <<<$'rsi\nrule.qts'
	offers qte-run --strategy = r
	assert_offers <<<$'rsi\nrule.qts'
}

@test "completion: the parameters of the strategy that stands before" {
	touch rule.qtx
	printf 'entry = close > sma(close, $deep=3)\n' >rule.qts
	offers qte-run -s r
	assert_offers <<<$'rsi\nrule.qts'
	offers qte-run -s sma_cross -p ''
	assert_offers <<<$'fast=\nslow='
	offers qte-run --strategy = sma_cross --param = s
	assert_output slow=
	offers qte-run -srule.qts -q -p ''
	assert_output deep=
	offers qte-run -s rsi -p n = 1
	refute_output
	offers qte-run -p ''
	refute_output
	offers qte-run -s nono -p ''
	refute_output
	QTE_RUN_STRATEGY=momentum offers qte-run -p ''
	assert_output n=
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

@test "completion: the time zones of the machine" {
	offers qte-run --tz = Asia/Kolk
	assert_output Asia/Kolkata
	offers qte-run --tz America/Argentina/Sal
	assert_output America/Argentina/Salta
	offers qte-run --tz = U
	assert_line UTC
	TZDIR=$TMP/none offers qte-run --tz = U
	refute_output
	zsh_offers 'qte-run --tz=Asia/Kolk'
	assert_line --partial Kolkata
	fish_offers 'qte-run --tz=America/Argentina/Sal'
	assert_output -- --tz=America/Argentina/Salta
	fish_offers 'qte-run --tz Asia/Kolk'
	assert_output Asia/Kolkata
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
		"$BATS_FILE_TMPDIR/bash/qte-run"
	assert_output 'complete -F _qte_run qte-run'
}

@test "completion: the scripts stand up to shellcheck" {
	[ -n "$(command -v shellcheck)" ] || skip 'no shellcheck'
	run -0 shellcheck "$BATS_FILE_TMPDIR/bash/qte-run" \
		"$BATS_FILE_TMPDIR/bash/qte-backup"
}

@test "completion: the scripts in the tree are what the tool prints" {
	run -0 diff "$QTE_TREE/completions/bash/qte-run" \
		"$BATS_FILE_TMPDIR/bash/qte-run"
	run -0 diff "$QTE_TREE/completions/zsh/_qte-run" \
		"$BATS_FILE_TMPDIR/zsh/_qte-run"
	run -0 diff "$QTE_TREE/completions/fish/qte-run.fish" \
		"$BATS_FILE_TMPDIR/fish/qte-run.fish"
}

@test "completion: a shell that is not known is a wrong option" {
	run -64 --separate-stderr qte-run --completion=dos
	refute_output
	# shellcheck disable=SC2154  # bats sets it
	assert_equal "${#stderr_lines[@]}" 2
	assert_equal "${stderr_lines[0]}" \
		"qte-run: --completion: 'dos' is not one of bash, zsh, fish"
}

@test "completion: zsh: options, with = where a value follows" {
	zsh_offers 'qte-run --fo'
	assert_output 'qte-run --format='
	zsh_offers 'qte-run --frac'
	assert_output 'qte-run --fractional'
	zsh_offers 'qte-run -'
	assert_line 'qte-run -f'
	assert_line 'qte-run --reproducible'
	zsh_offers 'qte-run -- -'
	refute_output
}

@test "completion: zsh: every long option of the help is offered" {
	zsh_offers 'qte-run --'
	for option in $(qte-run --help=all |
		sed -n 's/^  [ -].[ ,] \(--[a-z-]*\).*/\1/p'); do
		assert_line --regexp "^qte-run $option=?\$"
	done
}

@test "completion: zsh: choices, lists, and values that may lack" {
	zsh_offers 'qte-run --format='
	assert_offers <<<$'qte-run --format=json\nqte-run --format=text'
	zsh_offers 'qte-run -qf t'
	assert_output 'qte-run -qf text'
	zsh_offers 'qte-run --emit=trades,su'
	assert_output --regexp '^qte-run --emit=trades,summary,?$'
	zsh_offers 'qte-run --emit trades,tr'
	refute_output --partial 'trades,trades'
	zsh_offers 'qte-run --help='
	assert_output 'qte-run --help=all'
	zsh_offers 'qte-run --help b'
	assert_output 'qte-run --help bars.csv'
	zsh_offers 'qte-run --cash='
	refute_output
}

@test "completion: zsh: files and strategies" {
	touch rule.qts
	zsh_offers 'qte-run --quiet t'
	assert_output 'qte-run --quiet two\ words.csv'
	zsh_offers 'qte-run --output=dir/'
	assert_output 'qte-run --output=dir/inner.csv'
	zsh_offers 'qte-run -s r'
	assert_offers <<<$'qte-run -s rsi\nqte-run -s rule.qts'
	touch rule.qtx
	zsh_offers 'qte-run -s r'
	assert_offers <<<$'qte-run -s rsi\nqte-run -s rule.qts'
}

@test "completion: zsh: the parameters of the strategy that stands before" {
	zsh_offers 'qte-run -s sma_cross -p '
	assert_offers <<<$'qte-run -s sma_cross -p fast=\nqte-run -s sma_cross -p slow='
	zsh_offers 'qte-run --strategy=sma_cross --param=s'
	assert_output 'qte-run --strategy=sma_cross --param=slow='
	printf 'entry = close > sma(close, $deep=3)\n' >'a rule.qts'
	zsh_offers 'qte-run -s a\ rule.qts -p '
	assert_output 'qte-run -s a\ rule.qts -p deep='
	zsh_offers 'qte-run -p '
	refute_output
}

@test "completion: zsh: names of the language inside a rule" {
	zsh_offers 'qte-run --entry=sm'
	assert_output 'qte-run --entry=sma\('
	zsh_offers "qte-run --exit 'rsi(close, \$n=4) > cross_b"
	assert_output "qte-run --exit 'rsi(close, \$n=4) > cross_below("
}

@test "completion: zsh: commands first, then the options of each" {
	zsh_offers 'qte-backup '
	assert_offers <<<$'qte-backup create\nqte-backup list'
	zsh_offers 'qte-backup --color always li'
	assert_output 'qte-backup --color always list'
	zsh_offers 'qte-backup --le'
	refute_output
	zsh_offers 'qte-backup create --le'
	assert_output 'qte-backup create --level='
	zsh_offers 'qte-backup create b'
	assert_output 'qte-backup create bars.csv'
	zsh_offers 'qte-backup list b'
	refute_output
	zsh_offers 'qte-backup list --fa'
	assert_output 'qte-backup list --fast'
}

@test "completion: fish: options" {
	# From version 4 on, fish adds what has these letters further apart.
	fish_offers 'qte-run --fo'
	assert_equal "$(grep -e '^--fo' <<<"$output")" --format
	fish_offers 'qte-run -'
	assert_line -- -f
	assert_line -- --reproducible
	fish_offers 'qte-run --'
	for option in $(qte-run --help=all |
		sed -n 's/^  [ -].[ ,] \(--[a-z-]*\).*/\1/p'); do
		assert_line -- "$option"
	done
}

@test "completion: fish: choices, lists, and values that may lack" {
	fish_offers 'qte-run --format='
	assert_offers <<<$'--format=json\n--format=text'
	fish_offers 'qte-run -f t'
	assert_output text
	fish_offers 'qte-run --emit=trades,su'
	assert_output --emit=trades,summary
	fish_offers 'qte-run --emit trades,'
	refute_line trades,trades
	assert_line trades,equity
	fish_offers 'qte-run --help='
	assert_output --help=all
	fish_offers 'qte-run --help b'
	assert_output bars.csv
	fish_offers 'qte-run --cash '
	refute_output
}

@test "completion: fish: files and strategies" {
	touch rule.qts
	fish_offers 'qte-run t'
	assert_output 'two words.csv'
	fish_offers 'qte-run --output dir/'
	assert_output dir/inner.csv
	fish_offers 'qte-run -s r'
	assert_offers <<<$'rsi\nrule.qts'
	touch rule.qtx
	mkdir rules
	touch rules/in.qts
	fish_offers 'qte-run -s ru'
	assert_offers <<<$'rules/\nrule.qts'
	fish_offers 'qte-run --strategy=rules/'
	assert_output '--strategy=rules/in.qts'
}

@test "completion: fish: the parameters of the strategy that stands before" {
	fish_offers 'qte-run -s sma_cross -p '
	assert_offers <<<$'fast=\nslow='
	fish_offers 'qte-run --strategy=sma_cross --param=s'
	assert_output '--param=slow='
	fish_offers 'qte-run --strategy sma_cross -q -p s'
	assert_output 'slow='
	fish_offers 'qte-run -p '
	refute_output
}

@test "completion: fish: names of the language inside a rule" {
	fish_offers 'qte-run --entry=sm'
	assert_output '--entry=sma('
	fish_offers "qte-run --exit 'rsi(close, \$n=4) > cross_b"
	assert_output "rsi(close, \$n=4) > cross_below("
	fish_offers "qte-run --print='close, bb"
	assert_output '--print=close, bbands('
}

@test "completion: fish: commands first, then the options of each" {
	fish_offers 'qte-backup '
	assert_offers <<<$'create\nlist'
	fish_offers 'qte-backup --color always li'
	assert_output list
	fish_offers 'qte-backup --le'
	refute grep -e '^--le' <<<"$output"
	fish_offers 'qte-backup create --lev'
	assert_output --level
	fish_offers 'qte-backup create b'
	assert_output bars.csv
	fish_offers 'qte-backup list b'
	refute_output
}

@test "completion: make install puts the scripts where the shells look" {
	cd "$QTE_TREE"
	DESTDIR=$TMP PREFIX=/usr contrib/install "$QTE_BIN/qte-run"
	[ -f "$TMP/usr/share/bash-completion/completions/qte-run" ]
	[ -f "$TMP/usr/share/zsh/site-functions/_qte-run" ]
	[ -f "$TMP/usr/share/fish/vendor_completions.d/qte-run.fish" ]
	DESTDIR=$TMP PREFIX=/usr contrib/install --remove "$QTE_BIN/qte-run"
	run -0 find "$TMP/usr" -type f
	refute_output
}

@test "completion: what zsh reads by source completes as well" {
	has zsh
	run -0 zsh -fc 'autoload -U compinit && compinit -D -u &&
		source <(qte-run --completion=zsh) && print $_comps[qte-run]'
	assert_output _qte_run
}
