#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The column cache: a run comes to the same with it and without it, whatever
# happened to it.

load helper
stderr=

setup()
{
	cd "$TMP" || return
	export XDG_CACHE_HOME=$TMP/xdg HOME=$TMP
	awk 'BEGIN { print "timestamp,open,high,low,close,volume"
		for (i = 0; i < 9000; i++) {
			p = 100 + i * 7919 % 1009 / 100
			printf "%d,%.2f,%.2f,%.2f,%.2f,%d\n", 1600000000 + 60 * i, \
				p, p + 1.5, p - 0.75, p + 0.25, i * 13 % 500 } }' >m.csv
	run_plain >want
}

# run_plain [OPTION...]: a run over m.csv without a cache.
run_plain()
{
	qte-run -q -s sma_cross --emit=trades,summary,equity --reproducible "$@" m.csv
}

# same [OPTION...]: with the cache it comes to the same, and standard error is
# what ->warning says, or empty.
same()
{
	warning=${warning-}
	qte-run -s sma_cross --emit=trades,summary,equity --reproducible --cache \
		"$@" m.csv >got 2>log
	cmp want got
	grep -v 'orders ' log >warnings || true
	if [ -n "$warning" ]; then
		assert_equal "$(wc -l <warnings)" 1
		run cat warnings
		assert_output --partial "$warning"
	else
		run cat warnings
		assert_output ''
	fi
}

# kept: the files of the cache; one: the only one.
kept()
{
	find "${1-xdg/qte}" -type f | sort
}

one()
{
	run kept
	assert_equal "${#lines[@]}" 1
	file=${lines[0]}
}

@test "cache: without the option nothing is kept" {
	assert [ ! -e xdg ]
	QTE_RUN_CACHE=yes run_plain --no-cache >got
	cmp want got
	assert [ ! -e xdg ]
}

@test "cache: it is made by a run, with modes for its user alone, and used" {
	same
	one
	assert_equal "$(stat -c %a xdg/qte "$file" | xargs)" '700 600'
	inode=$(stat -c %i "$file")
	same
	same --engine=v1
	same --batch=7
	one
	assert_equal "$(stat -c %i "$file")" "$inode"
}

@test "cache: --build-cache makes it and prints nothing" {
	run --separate-stderr -0 qte-run --build-cache m.csv
	assert_output ''
	assert_equal "$stderr" ''
	one
	run -0 qte-run --build-cache m.csv
	run -64 qte-run --build-cache <m.csv
	run -64 qte-run --build-cache --no-cache m.csv
	run -66 qte-run --build-cache none.csv
	mkfifo pipe
	cat m.csv >pipe &
	run -73 qte-run --build-cache pipe
	printf 'a,b\n' >bad.csv
	run -65 qte-run --build-cache bad.csv
	one
}

@test "cache: -v says which file was made or read" {
	qte-run --build-cache -v m.csv 2>log
	one
	run cat log
	assert_output "qte-run: cache '$TMP/$file' was made"
	run -0 qte-run --build-cache -v m.csv
	assert_output "qte-run: cache '$TMP/$file' was read"
	run -0 --separate-stderr qte-run -s rsi --cache -v m.csv
	assert_equal "$(grep cache <<<"$stderr")" \
		"qte-run: cache '$TMP/$file' was read"
	run -0 --separate-stderr qte-run -s rsi --cache -v -p n=5,6 m.csv
	assert_equal "$(grep cache <<<"$stderr")" \
		"qte-run: cache '$TMP/$file' was read"
	run -0 --separate-stderr qte-run -s rsi --cache -v - <m.csv
	run -1 grep cache <<<"$stderr"
}

@test "cache: a directory is not named by what a shell would replace" {
	run -64 qte-run --build-cache --cache-dir='~/kept' m.csv
	assert_line --index 0 "qte-run: --cache-dir: '~/kept' begins with '~', which only a shell replaces"
	printf '[run]\ncache = yes\ncache_dir = ~/kept\n' >my.conf
	run -78 qte-run -c my.conf -s rsi m.csv
	run -64 qte-run --build-cache --cache-dir= m.csv
	assert [ ! -e '~' ]
}

@test "cache: the configuration turns it on and says where it is" {
	printf '[engine]\ncache_enabled = yes\n[paths]\ncache = %s\n' \
		"$TMP/there" >my.conf
	run_plain -c my.conf >got
	cmp want got
	assert_equal "$(kept there | wc -l)" 1
	run_plain -c my.conf --cache-dir="$TMP/here" >got
	assert_equal "$(kept here | wc -l)" 1
	rm -r there
	run_plain -c my.conf --no-cache >got
	assert [ ! -e there ]
	printf '[run]\ncache = no\n' >>my.conf
	run_plain -c my.conf >got
	assert [ ! -e there ]
}

@test "cache: [engine] and [memory] give values to options, [run] beats them" {
	printf '[engine]\nbatch_size = 100\n[memory]\nmax_memory_mb = 64\n' >my.conf
	printf 'gc_threshold = 0.8\n' >>my.conf
	run bash -c "qte-run -c my.conf --print-config | tr -s ' '"
	assert_line 'batch = 100 # my.conf:2'
	assert_line 'memory_limit = 64 # my.conf:4'
	assert_line 'cache_full = 0.8 # my.conf:5'
	printf '[run]\nbatch = 9\n' | cat - my.conf >both.conf
	run bash -c "qte-run -c both.conf --print-config | tr -s ' '"
	assert_line 'batch = 9 # both.conf:2'
	printf '[run]\nbatch = 9\n' | cat my.conf - >both.conf
	run bash -c "qte-run -c both.conf --print-config | tr -s ' '"
	assert_line 'batch = 9 # both.conf:7'
	printf '[engine]\nbatch_size = 0\n' >my.conf
	run -78 qte-run -c my.conf -s rsi m.csv
	assert_output "qte-run: my.conf:2:14: batch_size: '0' is not from 1 to 1000000"
	printf '[memory]\ngc_threshold = 700\n' >my.conf
	run -78 qte-run -c my.conf -s rsi m.csv
}

@test "run: a limit of memory refuses what could need more" {
	run_plain --memory-limit=10 >got
	cmp want got
	run -64 qte-run -s rsi --memory-limit=7 m.csv
	run -64 qte-run -s rsi --memory-limit=32 --batch=1000000 m.csv
	assert_line --partial 'could need'
	run -64 qte-run -s rsi --memory-limit=32 --from=2020-01-01 \
		--warmup=1000000 m.csv
	run -64 qte-run --entry='close > sma(close, 900000)' --memory-limit=20 m.csv
	assert_line --partial 'could need'
	printf '[memory]\nmax_memory_mb = 7\n' >my.conf
	run -78 qte-run -c my.conf -s rsi m.csv
}

@test "cache: a source that was edited is read anew" {
	same
	one
	touch m.csv
	same
	# Of the same size, and with the time that it had.
	touch -r m.csv clock
	sed -i '7000s/,[0-9]*$/,77/; 7001s/^\(.*\),[0-9]*$/\1,1/' m.csv
	touch -r clock m.csv
	run_plain >want
	same
	same
	printf '%s\n' 1700000000,110,111,109,110,5 >>m.csv
	run_plain >want
	same
	# A replaced file, older than the one before.
	sed '$d' m.csv >n.csv
	touch -d 2001-01-01 n.csv
	mv n.csv m.csv
	run_plain >want
	same
	one
}

@test "cache: an edit in place, of equal size and time, is seen" {
	same
	touch -r m.csv clock
	printf 9 | dd of=m.csv bs=1 seek=200010 conv=notrunc status=none
	touch -r clock m.csv
	run_plain >want
	same
}

@test "cache: damage anywhere is told and mended" {
	same
	one
	size=$(stat -c %s "$file")
	for at in 0 300 "$((size / 2))" "$((size - 900))" "$((size - 500))" \
		"$((size - 1))"; do
		cp "$file" before
		printf '\377' | dd of="$file" bs=1 seek="$at" conv=notrunc status=none
		if cmp -s before "$file"; then
			printf '\0' | dd of="$file" bs=1 seek="$at" conv=notrunc \
				status=none
		fi
		warning='is damaged: the data is read from its source' same
		same
	done
	for at in 0 1 512 "$((size / 2))" "$((size - 1))"; do
		truncate -s "$at" "$file"
		warning='is damaged' same
		same
	done
	truncate -s +1 "$file"
	warning='is damaged' same
	same
}

@test "cache: a file of another version is replaced without a word" {
	same
	one
	size=$(stat -c %s "$file")
	printf '\001' | dd of="$file" bs=1 seek=$((size - 504)) conv=notrunc \
		status=none
	same
	same
}

@test "cache: links, directories and files that others may write are not believed" {
	same
	one
	mv "$file" aside
	ln -s "$TMP/aside" "$file"
	cp aside kept
	same
	assert [ ! -L "$file" ]
	cmp kept aside
	chmod 666 "$file"
	same
	assert_equal "$(stat -c %a "$file")" 600
	rm "$file"
	mkdir "$file"
	warning='cannot create' same
	rmdir "$file"
	mkfifo "$file"
	same
	same
	one
}

@test "cache: a directory that others may write is refused" {
	mkdir -p xdg/qte
	chmod 777 xdg/qte
	warning='is not only yours to write to' same
	run kept
	assert_output ''
	run -73 qte-run --build-cache m.csv
	assert_output --partial 'is not only yours'
	if [ "$(id -u)" -eq 0 ]; then
		mkdir -m 700 other
		chown 1 other
		run -73 qte-run --build-cache --cache-dir=other m.csv
		assert_output "qte-run: cache 'other': is not yours"
	fi
	chmod 700 xdg/qte
	same
	one
}

@test "cache: where it cannot be written the run goes on, with one warning" {
	printf x >file
	warning="cache '$TMP/file/below': Not a directory" same \
		--cache-dir="$TMP/file/below"
	qte-run -q -s sma_cross --emit=trades,summary,equity --reproducible \
		--cache --cache-dir="$TMP/file/below" m.csv >got 2>log
	cmp want got
	assert [ ! -s log ]
	[ "$(id -u)" -ne 0 ] || return 0
	mkdir -m 500 closed
	warning='cannot create' same --cache-dir="$TMP/closed"
}

@test "cache: a disk that is full leaves no file, and no result is missing" {
	(
		ulimit -f 20
		same_to=$TMP/xdg/qte
		qte-run -s buy_hold --reproducible --emit=summary --cache m.csv \
			>got 2>log
		assert_equal "$(grep -c 'cannot write' log)" 1
		assert_equal "$(ls -A "$same_to")" ''
	)
	run_plain -s buy_hold --emit=summary >want
	cmp want got
}

@test "cache: a run that is killed leaves nothing that is believed" {
	mkfifo slow.csv
	cp m.csv big.csv
	for i in 2 3 4 5 6; do
		awk -F , -v OFS=, -v i="$i" 'NR > 1 { $1 += i * 600000; print }' m.csv
	done >>big.csv
	for delay in 0.001 0.003 0.006 0.01 0.02; do
		timeout -s KILL "$delay" qte-run -s sma_cross --cache big.csv \
			>/dev/null 2>&1 || true
	done
	qte-run -q -s sma_cross --reproducible big.csv >want
	qte-run -s sma_cross --reproducible --cache big.csv >got 2>log
	cmp want got
	run -1 grep damaged log
	# What is left of broken runs goes after a while.
	find xdg/qte -name '.*' -type f -exec touch -d '2 hours ago' {} +
	touch -d '2 hours ago' xdg/qte/.0123456789abcdef0123456789abcdef.bars.abcdef
	touch -d '2 hours ago' xdg/qte/.mine.bars.abcdef xdg/qte/notes
	rm -f xdg/qte/*.bars
	qte-run -q -s sma_cross --reproducible --cache big.csv >got
	run find xdg/qte -type f ! -name '*.bars' -printf '%f\n'
	assert_equal "$(sort <<<"$output" | xargs)" '.mine.bars.abcdef notes'
}

@test "cache: files that were not used for longest go when the disk is full" {
	for i in 1 2 3; do
		cp m.csv "m$i.csv"
		qte-run -q -s rsi --cache --cache-full=1 "m$i.csv" >got
	done
	assert_equal "$(kept | wc -l)" 3
	qte-run -q -s rsi --cache --cache-full=0.000001 m.csv >got
	one
	qte-run --build-cache --cache-full=0.000001 m.csv
	one
	run -64 qte-run --cache-full=0 -s rsi m.csv
	run -64 qte-run --cache-full=1.5 -s rsi m.csv
}

@test "cache: two runs at once come to the same" {
	for i in 1 2 3 4; do
		qte-run -q -s sma_cross --emit=trades,summary,equity \
			--reproducible --cache m.csv >"got$i" 2>"log$i" &
	done
	wait
	for i in 1 2 3 4; do
		cmp want "got$i"
		assert [ ! -s "log$i" ]
	done
	same
	one
}

@test "cache: standard input, pipes and devices are not kept" {
	qte-run -q -s rsi --cache <m.csv >got
	qte-run -q -s rsi --cache - <m.csv >got
	head -n 99 m.csv | qte-run -q -s rsi --cache >got
	mkfifo pipe
	cat m.csv >pipe &
	qte-run -q -s rsi --cache pipe >got
	assert [ ! -e xdg ]
}

@test "cache: options that say how rows are read have files of their own" {
	same
	tr , ';' <m.csv >s.csv
	mv s.csv m.csv
	run -65 qte-run -q -s rsi --cache m.csv
	run_plain --delimiter=';' >want
	same --delimiter=';'
	same --delimiter=';'
	assert_equal "$(kept | wc -l)" 2
}

@test "cache: a time zone, and other rules of it, are another way to read" {
	awk -F , -v OFS=, 'NR == 1 { print; next } NR < 1400 {
		$1 = sprintf("2020-07-%02d %02d:%02d", 1 + NR / 1440,
			NR / 60 % 24, NR % 60); print }' m.csv >local.csv
	mv local.csv m.csv
	run_plain >want
	same
	run_plain --tz=Europe/London >want
	same --tz=Europe/London
	same --tz=Europe/London
	assert_equal "$(kept | wc -l)" 2
	mkdir -p zones/Europe
	cp /usr/share/zoneinfo/Asia/Tokyo zones/Europe/London
	export TZDIR=$TMP/zones
	run_plain --tz=Europe/London >want
	same --tz=Europe/London
	assert_equal "$(kept | wc -l)" 3
}

@test "cache: rows that were skipped are counted out of the cache too" {
	sed -i '50s/,/;/; 70s/,.*/,x,x,x,x,x/' m.csv
	run -65 qte-run -q -s rsi --cache m.csv
	assert_equal "$(kept | wc -l)" 0
	run_plain --on-bad=skip >want
	warning='2 of 9000 rows are bad' same --on-bad=skip
	warning='2 of 9000 rows are bad' same --on-bad=skip
	run jq -c 'select(.bars) | .rows_skipped' got
	assert_output '{"column-count":1,"not-a-number":1}'
	run -65 qte-run -q -s rsi --cache m.csv
	one
}

@test "cache: a range and a warm-up are taken out of it" {
	for options in '--from=2020-09-15' '--to=2020-09-16' \
		'--from=2020-09-15 --to=2020-09-16 --warmup=100' \
		'--from=2020-09-15T12:34 --warmup=1000000'; do
		# shellcheck disable=SC2086 # words
		run_plain $options >want
		# shellcheck disable=SC2086 # words
		same $options
		# shellcheck disable=SC2086 # words
		same $options --engine=v1
	done
	one
	run -65 --separate-stderr qte-run -s rsi --from=2030-01-01 m.csv
	want=$stderr
	run -65 --separate-stderr qte-run -s rsi --from=2030-01-01 --cache m.csv
	assert_equal "$stderr" "$want"
	run -65 --separate-stderr qte-run -s rsi --to=2000-01-01 --cache m.csv
	assert_equal "$stderr" "qte-run: m.csv: no bars before 2000-01-01T00:00:00Z: the first is of 2020-09-13T12:26:40Z, the last of 2020-09-19T18:25:40Z"
}

@test "cache: compressed files, links and odd names" {
	gzip -k m.csv
	qte-run -q -s rsi --reproducible m.csv.gz >want
	qte-run -q -s rsi --reproducible --cache m.csv.gz >got
	cmp want got
	one
	qte-run -q -s rsi --reproducible --cache m.csv.gz >got
	cmp want got
	for name in $'a\nb.csv' ' x ' '-o' "$(printf 'x%.0s' {1..250})" $'\xff.csv'; do
		cp m.csv "./$name"
		qte-run -q -s rsi --reproducible "./$name" >want
		qte-run -q -s rsi --reproducible --cache "./$name" >got
		cmp want got
		qte-run -q -s rsi --reproducible --cache "./$name" >got
		cmp want got
	done
	ln -s m.csv link.csv
	qte-run -q -s rsi --reproducible link.csv >want
	qte-run -q -s rsi --reproducible --cache m.csv >got
	qte-run -q -s rsi --reproducible --cache link.csv >got
	cmp want got
	assert_equal "$(kept | wc -l)" 7
}

@test "cache: without a home it is said and the run goes on" {
	unset HOME XDG_CACHE_HOME
	warning='no cache: $HOME is not set' same
	run -73 --separate-stderr qte-run --build-cache m.csv
	assert_equal "$stderr" \
		'qte-run: no cache: $HOME is not set, and --cache-dir not given'
	export XDG_CACHE_HOME=relative HOME=$TMP/home
	same
	assert_equal "$(kept home/.cache/qte | wc -l)" 1
}
