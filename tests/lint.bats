#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Each check of contrib/lint finds a defect planted in a small tree without any.

bats_require_minimum_version 1.5.0

setup()
{
	root=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	tree=$BATS_TEST_TMPDIR/tree
	mkdir -p "$tree"/{lib/base,lib/machine,cmd/qte-a,cmd/qte-b,man,contrib}
	cd "$tree" || exit
	cp "$root/.clang-format" "$root/.clang-tidy" .
	printf '%s\n' 'base: err num' 'machine on base: in out' >lib/FLOORS
	header lib/base/err.h 'int err_a(int);'
	header lib/base/num.h 'int num_a(int);'
	header lib/machine/in.h 'int in_a(int);'
	header cmd/qte-a/plan.h 'int plan_a(int);'
	source_ lib/base/num.c num_a 'return a;'
}

header()
{
	write "$1" "#ifndef X_H" "#define X_H" "" "${@:2}" "" "#endif"
}

# source_ FILE NAME BODY...
source_()
{
	write "$1" "int $2(int);" "" int "$2(int a)" "{" "${@/#/	}" "}"
	sed -i "/^	\(lib\|cmd\)\//d; /^	$2$/d" "$1"
}

write()
{
	printf '%s\n' '/* SPDX-License-Identifier: MIT */' '/* A file. */' \
		"${@:2}" >"$1"
}

compile()
{
	mkdir -p "build/${1%/*}"
	cc -iquote lib -c -o "build/${1%.c}.o" "$1"
}

# finds CHECK FILE:LINE WORDS: the check says this, and nothing else.
finds()
{
	O=build run -1 "$root/contrib/lint" -C "$tree" "$1"
	echo "$output"
	[[ ${lines[0]} == "$2: "*"$3"*" [$1]" ]]
	[ "${lines[1]}" = 'lint: 1 findings' ]
}

# needs PROGRAM: .ci/run brings them all, make check does not.
needs()
{
	command -v "$1" >/dev/null || skip "$1 is not installed"
}

passes()
{
	O=build run -0 "$root/contrib/lint" -C "$tree" "$@"
	[ -z "$output" ]
}

@test "lint: a tree without defects passes" {
	compile lib/base/num.c
	header lib/machine/in.h '#include "base/err.h"' '' 'int in_a(int);'
	passes text floors packages size calls symbols globals
	for tool in clang-format shellcheck mandoc groff codespell clang-tidy cppcheck gcc; do
		needs "$tool"
	done
	passes format shell pages width spelling tidy cppcheck analyzer
}

@test "lint: an unknown check is a usage error" {
	run -64 "$root/contrib/lint" -C "$tree" nosuch
}

@test "lint: a file without its licence" {
	sed -i 1d lib/base/err.h
	printf '#include "base/err.h"\n' | cat lib/base/err.h - >x
	O=build run -1 "$root/contrib/lint" -C "$tree" text
	[[ $output == *'lib/base/err.h:1: '*'not the SPDX line'* ]]
}

@test "lint: a script without its licence" {
	printf '%s\n' '#!/bin/sh' 'true' >contrib/x
	finds text contrib/x:2 'no SPDX line'
}

@test "lint: a line of more than 80 columns" {
	printf '/*%80s*/\n' x >>lib/base/err.h
	finds text lib/base/err.h:9 'more than 80 columns'
}

@test "lint: another layout" {
	needs clang-format
	sed -i 's/^int num_a(int);/int  num_a (int);/' lib/base/num.c
	O=build run -1 "$root/contrib/lint" -C "$tree" format
	[[ $output == *'lib/base/num.c:3: make format'* ]]
}

@test "lint: a module that includes one above it" {
	header lib/base/num.h '#include "machine/in.h"'
	finds floors lib/base/num.h:6 'may not include machine/in.h'
}

@test "lint: a module that includes a later one of its room" {
	header lib/base/err.h '#include "base/num.h"'
	finds floors lib/base/err.h:6 'may not include base/num.h'
}

@test "lint: a module that is on no floor" {
	header lib/base/new.h
	finds floors lib/base/new.h:1 'does not stand in lib/FLOORS'
}

@test "lint: a library that includes a tool" {
	header lib/machine/in.h '#include "plan.h"'
	finds floors lib/machine/in.h:6 'not a module of lib/FLOORS'
}

@test "lint: a tool that includes another" {
	header cmd/qte-b/b.h '#include "plan.h"'
	finds floors cmd/qte-b/b.h:6 'neither a module'
	header cmd/qte-b/b.h '#include "../qte-a/plan.h"'
	finds floors cmd/qte-b/b.h:6 'leaves'
}

@test "lint: a package's header outside its module" {
	header lib/base/num.h '#include <nettle/sha2.h>'
	finds packages lib/base/num.h:6 '<nettle/sha2.h>'
}

@test "lint: a function of 61 lines" {
	mapfile -t body < <(yes 'a++;' | head -n 60)
	source_ lib/base/num.c num_a "${body[@]}" 'return a;'
	finds size lib/base/num.c:6 'num_a has 61 lines'
}

@test "lint: six parameters" {
	write lib/base/num.c int 'num_a(int a, int b, int c, int (*d)(int, int),' \
		'    int e, int f)' '{' '	return a;' '}'
	finds size lib/base/num.c:4 'takes 6 parameters'
}

@test "lint: five levels" {
	source_ lib/base/num.c num_a 'if (a > 1)' '	if (a > 2)' \
		'		if (a > 3) {' '			while (a > 4)' \
		'				if (a > 5)' \
		'					return a;' '		}' \
		'return a;'
	finds size lib/base/num.c:12 'num_a nests 5 deep'
}

@test "lint: a long file, a long header, a long main.c" {
	{ yes '' | head -n 500; } >>lib/base/num.c
	finds size lib/base/num.c:501 'at most 500'
	source_ lib/base/num.c num_a 'return a;'
	{ yes '' | head -n 150; } >>lib/base/err.h
	finds size lib/base/err.h:151 'at most 150'
	header lib/base/err.h
	{ yes '' | head -n 301; } >cmd/qte-a/main.c
	finds size cmd/qte-a/main.c:301 'at most 300'
}

@test "lint: a call that is never right" {
	source_ lib/base/num.c num_a '/* strcpy(a, b) in words. */' \
		'return puts_a("atoi(x)") + atoi("1");'
	finds calls lib/base/num.c:9 'atoi'
}

@test "lint: printing, ending, the clock and the environment have their places" {
	source_ lib/base/num.c num_a 'fprintf(f, "x");'
	finds calls lib/base/num.c:8 'fprintf'
	source_ lib/base/num.c num_a 'exit(1);'
	finds calls lib/base/num.c:8 'exit'
	source_ lib/base/num.c num_a 'return time(NULL);'
	finds calls lib/base/num.c:8 'time'
	source_ lib/base/num.c num_a 'return getenv("X") != NULL;'
	finds calls lib/base/num.c:8 'getenv'
}

@test "lint: a name without the module's prefix" {
	source_ lib/base/num.c number_a 'return a;'
	compile lib/base/num.c
	finds symbols lib/base/num.c:1 'exports number_a'
}

@test "lint: a part of a module bears the module's prefix" {
	compile lib/base/num.c
	source_ lib/base/num_put.c num_put 'return a;'
	compile lib/base/num_put.c
	passes symbols
}

@test "lint: main.c exports more than main" {
	compile lib/base/num.c
	source_ cmd/qte-a/main.c go 'return a;'
	compile cmd/qte-a/main.c
	finds symbols cmd/qte-a/main.c:1 'exports go'
}

@test "lint: an object that is not built is not passed over" {
	finds symbols lib/base/num.c:1 'not built'
	finds globals lib/base/num.c:1 'not built'
}

@test "lint: a variable of the whole program" {
	source_ lib/base/num.c num_a 'static int count;' \
		'static const char *const names[] = {"a", "b"};' \
		'return count++ + *names[a];'
	compile lib/base/num.c
	finds globals lib/base/num.c:1 'count'
}

@test "lint: a careless script" {
	needs shellcheck
	printf '%s\n' '#!/bin/sh' '# SPDX-License-Identifier: MIT' \
		"rm \$1" >contrib/x
	finds shell contrib/x:3 'SC2086'
}

@test "lint: a page that is not mdoc" {
	needs mandoc
	printf '%s\n' '.Dd January 1, 2026' '.Dt X 1' '.Os' '.Sh NAME' '.Nm x' \
		'.Nd one' '.Sh DESCRIPTION' '.Xx' >man/x.1
	finds pages man/x.1:8 'unknown macro'
}

@test "lint: a page that does not fit into 60 columns" {
	needs groff
	printf '%s\n' '.Dd January 1, 2026' '.Dt X 1' '.Os' '.Sh NAME' '.Nm x' \
		'.Nd one' '.Sh DESCRIPTION' \
		'.Bl -column "a column of twenty-four" "of a good twenty" "more"' \
		'.It one Ta a text that is longer than that Ta and one more text' \
		'.El' >man/x.1
	O=build run -1 "$root/contrib/lint" -C "$tree" width
	[[ $output == *'man/x.1:9: '*'break line, at 60 columns [width]'* ]]
}

@test "lint: a word misspelt" {
	needs codespell
	sed -i 's/A file/T''eh file/' lib/base/err.h
	finds spelling lib/base/err.h:2 '==>'
}

@test "lint: what clang-tidy finds" {
	needs clang-tidy
	source_ lib/base/num.c num_a 'if (a > 1)' '	a = a;' 'return a ? a : a;'
	O=build run -1 "$root/contrib/lint" -C "$tree" tidy
	[[ $output == *'lib/base/num.c:'*' [tidy]'* ]]
}

@test "lint: what cppcheck finds" {
	needs cppcheck
	source_ lib/base/num.c num_a 'int b[2] = {0, a};' 'return b[a & 1] + b[2];'
	O=build run -1 "$root/contrib/lint" -C "$tree" cppcheck
	[[ $output == *'lib/base/num.c:9: '*' [cppcheck]'* ]]
}

@test "lint: what the compiler's analyzer finds" {
	needs gcc
	write lib/base/num.c '#include <stdlib.h>' '' 'int num_a(int);' '' int \
		'num_a(int a)' '{' '	char *p = malloc(8);' '' \
		'	if (a > 0)' '		free(p);' '	free(p);' \
		'	return a;' '}'
	O=build run -1 "$root/contrib/lint" -C "$tree" analyzer
	[[ $output == *'lib/base/num.c:14: '*'double-free'*' [analyzer]'* ]]
}
