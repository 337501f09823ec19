#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# qte-run --parser: what reads the rows makes no difference but time.

load helper

setup()
{
	cd "$TMP" || return
}

# outcome PARSER [OPTION...]: all that a run writes, and its status.
outcome()
{
	local parser=$1 status=0
	shift
	qte-run -s sma_cross --emit=trades,equity --reproducible \
		--parser="$parser" "$@" 2>&1 || status=$?
	echo "status $status"
}

# alike FILE [OPTION...]: the same from both parsers.
alike()
{
	local file=$1
	shift
	outcome general "$@" "$file" >general.out
	outcome fast "$@" "$file" >fast.out
	diff general.out fast.out >&2 || fail "differ: $*"
	outcome general "$@" - <"$file" >general.out
	# shellcheck disable=SC2002  # a pipe is what is tested
	cat "$file" | outcome fast "$@" - >fast.out
	diff general.out fast.out >&2 || fail "differ in a pipe: $*"
}

@test "parser: all data of the tree read alike, bad rows too" {
	for file in "$QTE_TREE"/contrib/examples/data/*.csv \
		"$QTE_TREE"/tests/data/* "$QTE_TREE"/tests/fuzz/corpus/bars/*; do
		alike "$file"
		alike "$file" --on-bad=skip
	done
}

@test "parser: a range and what stands before it are cut out alike" {
	"$QTE_BIN/tests/tools/genbars" 9000 7 >bars.csv
	day=$(sed -n 6000p bars.csv | cut -c 1-10)
	alike bars.csv
	alike bars.csv --from="$day"
	alike bars.csv --to="$day"
	alike bars.csv --from="$day" --warmup=5000
}

@test "parser: blocks of a pipe may end anywhere" {
	"$QTE_BIN/tests/tools/genbars" 9000 7 >bars.csv
	outcome general - <bars.csv >general.out
	for size in 7 57 4096 65536; do
		dd if=bars.csv bs=$size status=none | outcome fast - >fast.out
		diff general.out fast.out >&2 || fail "blocks of $size bytes"
	done
}

@test "parser: compressed data and CRLF are read alike" {
	"$QTE_BIN/tests/tools/genbars" 9000 7 | sed 's/$/\r/' >bars.csv
	alike bars.csv
	gzip -k bars.csv
	alike bars.csv.gz
}

@test "parser: times of a zone are read alike, where its clock is put back too" {
	# An hour is shown twice and one never.
	{
		echo timestamp,open,high,low,close,volume
		for minute in 00 20 40; do
			printf '2020-03-29 00:%s:00,10,11,9,10,1\n' $minute
		done
		echo '2020-03-29 01:10:00,10,11,9,10,1'
		echo '2020-03-29 02:10:00,10,11,9,10,1'
		for hour in 00 01 01 02; do
			for minute in 00 20 40; do
				printf '2020-10-25 %s:%s:00,10,11,9,10,1\n' $hour $minute
			done
		done
	} >bars.csv
	alike bars.csv --tz=Europe/London
	alike bars.csv --tz=Europe/London --on-bad=skip
	grep -q '"skipped-time":1' fast.out
	alike bars.csv --tz=UTC --on-bad=skip
}
