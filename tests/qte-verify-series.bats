#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# qte-verify, the series rules: of each a defect that is found, with its line,
# and what comes near it and is none.
load helper

setup()
{
	cd "$TMP" || return
}

# minutes DAYS [STEP]: bars of STEP minutes in Shanghai's sessions, from Tuesday
# 2024-01-02 on, on that clock.
minutes()
{
	awk -v days="$1" -v step="${2:-1}" '
		function bar(t,	c) {
			c = last + (n * 7919 % 41 - 20) / 100
			if (c < 50)
				c = last + 0.2
			printf "2024-01-%02d %02d:%02d,%.2f,%.2f,%.2f,%.2f,%d\n",
			    day, t / 60, t % 60, last,
			    (last > c ? last : c) + 0.05,
			    (last < c ? last : c), c,
			    1000 + n * 31 % 977
			last = c
			n++
		}
		BEGIN {
			print "timestamp,open,high,low,close,volume"
			last = 100
			for (day = 2; days > 0; day++) {
				if (day % 7 == 6 || day % 7 == 0)
					continue
				for (t = 570; t < 690; t += step)
					bar(t)
				for (t = 780; t < 900; t += step)
					bar(t)
				days--
			}
		}'
}

# daily N: bars of that many weekdays from Monday 2024-01-01 on.
daily()
{
	awk -v n="$1" 'BEGIN {
		split("31 29 31 30 31 30 31 31 30 31 30 31", length_of, " ")
		print "timestamp,open,high,low,close,volume"
		for (month = 1; month <= 12; month++)
			for (day = 1; day <= length_of[month]; day++) {
				if (weekday++ % 7 > 4 || i == n)
					continue
				c = 100 + i * 7919 % 41 / 20
				printf "2024-%02d-%02d,%s,%s,%s,%s,%d\n",
				    month, day, c, c + 1, c - 1, c + 0.5,
				    1000 + i * 31 % 977
				i++
			}
	}'
}

# found [OPTION]... [FILE]: the findings, a line each: line, rule, value.
found()
{
	qte-verify --reproducible --format=json "$@" | jq -r '
		select(.type == "finding") | "\(.line) \(.rule) \(.value)"'
}

cn='--session=09:30-11:30,13:00-15:00'

@test "series: messages show the clock of the data's zone" {
	bars 2024-04-22,9,10,8,9,10 2024-04-21,9,9.5,8,9,10 >zone.csv
	run -1 qte-verify --tz=Asia/Shanghai -f text zone.csv
	assert_line --index 0 "zone.csv:3:1: error: 2024-04-21 in Asia/Shanghai is before the row before, 2024-04-22 in Asia/Shanghai [not-monotonic]"
	run -1 qte-verify -f text zone.csv
	assert_line --index 0 "zone.csv:3:1: error: 2024-04-21T00:00:00Z is before the row before, 2024-04-22T00:00:00Z [not-monotonic]"
}

@test "verify: bars that keep to their sessions have nothing wrong" {
	for step in 1 5 15 30 60; do
		minutes 9 "$step" >bars.csv
		run -0 found bars.csv
		assert_output ''
		run -0 found "$cn" "--interval=${step}m" bars.csv
		assert_output ''
		run -0 found "$cn" bars.csv
		assert_output ''
	done
	daily 260 >bars.csv
	run -0 qte-verify -f text bars.csv
	assert_output 'OK: bars.csv - 260 rows'
}

@test "verify: a gap is found with its bars, at the row behind it" {
	minutes 3 | sed '300,304d' >bars.csv
	for options in '' "$cn" '--interval=1m' "$cn --interval=1m"; do
		# shellcheck disable=SC2086
		run -0 found $options bars.csv
		assert_output '300 gap 5'
	done
	run -1 qte-verify -f text "$cn" bars.csv
	assert_line -n 0 -e '^bars.csv:300:1: warning: 5 bars are missing after 2024-01-03T10:27:00Z \[gap\]$'
	minutes 3 | sed '122,125d;242d' >bars.csv
	run -0 found "$cn" bars.csv
	assert_output $'122 gap 4\n238 gap 1'
}

@test "verify: ends of sessions are expected from the first day on" {
	local options

	{
		bars
		printf '2024-01-%s,100,101,99,100,1%d\n' '02 10:00' 1 \
			'02 10:30' 2 '02 11:00' 3 '02 13:30' 4 '02 14:00' 5 \
			'02 14:30' 6 '02 15:00' 7 '03 10:00' 8 '03 10:30' 9 \
			'03 11:00' 10 '03 11:30' 11 '03 13:30' 12 \
			'03 14:00' 13 '03 14:30' 14 '03 15:00' 15
	} >bars.csv
	for options in "$cn" "$cn --interval=30m"; do
		# shellcheck disable=SC2086
		run -0 found $options bars.csv
		assert_output '5 gap 1'
		sed '4,5d' bars.csv >more.csv
		# shellcheck disable=SC2086
		run -0 found $options more.csv
		assert_output '4 gap 3'
		# With bars at both ends neither is expected.
		sed '4{p;s/11:00/13:00/;s/,13$/,20/;}' bars.csv >both.csv
		# shellcheck disable=SC2086
		run -0 found $options both.csv
		assert_output ''
	done
}

@test "verify: days that the calendar leaves out are no gap, others are" {
	daily 40 | sed '/01-15/d;/01-24/d' >bars.csv
	run -0 found bars.csv
	assert_output ''
	printf '2024-01-15\n' >days
	run -0 found --calendar=days bars.csv
	assert_output '18 gap 1'
	printf '2024-01-15 # a holiday\n2024-01-24\n' >days
	run -0 found --calendar=days bars.csv
	assert_output ''
	run -0 found --interval=1d bars.csv
	assert_output $'12 gap 1\n18 gap 1'
	minutes 4 | sed '/01-03 1[345]/d' >bars.csv
	run -0 found "$cn" bars.csv
	assert_output '362 gap 120'
	printf 'session 09:30-11:30,13:00-15:00\n2024-01-03 09:30-11:30\n' >days
	run -0 found --calendar=days bars.csv
	assert_output ''
}

@test "verify: no gap where clocks change" {
	awk 'BEGIN {
		print "timestamp,open,high,low,close,volume"
		for (i = 0; i < 400; i++) {
			t = i * 30
			day = 9 + int(t / 1440)
			offset = t < 1440 + 420 ? "-05:00" : "-04:00"
			local = t % 1440 - (t < 1440 + 420 ? 300 : 240)
			if (local < 0) {
				local += 1440
				day--
			}
			printf "2024-03-%02dT%02d:%02d%s,1,2,0.5,1,%d\n", day,
			    local / 60, local % 60, offset, 100 + i % 7
		}
	}' >bars.csv
	run -0 found bars.csv
	assert_output ''
	run -0 found --interval=30m --tz=America/New_York bars.csv
	assert_output ''
	sed 's/-0[45]:00//' bars.csv >local.csv
	run -0 found --tz=America/New_York local.csv
	assert_output ''
	printf 'tz America/New_York\nsession 00:00-24:00\nweekend none\n' >days
	run -0 found --calendar=days bars.csv
	assert_output ''
	sed 60d bars.csv >gap.csv
	run -0 found --calendar=days gap.csv
	assert_output '60 gap 1'
}

@test "verify: a row that is lost stands for a bar of its own symbol, or of any" {
	local parser

	{
		echo symbol,timestamp,open,high,low,close,volume
		echo B,2020-01-01 09:09,5,6,4,5,1
		for i in {10..19}; do
			echo "A,2020-01-01 09:$i,5,6,4,5,$i"
			# Of which nobody is told, but the first.
			echo B,x,x,x,x,x,x
			echo A,x
		done
		echo A,2020-01-01 09:40,5,6,4,5,40
		echo B,x,x,x,x,x,x
		echo B,2020-01-01 09:40,5,6,4,5,40
	} >lost.csv
	for parser in fast general; do
		run -1 qte-verify --parser=$parser --max-per-rule=1 \
			--interval=1m --reproducible lost.csv
		grep -v '"head"' <<<"$output" >$parser
	done
	cmp fast general
	# 20 of A, less the row that is nobody's behind its last bar.
	assert_equal "$(jq -r 'select(.rule == "gap").value' fast)" 19
}

@test "verify: dates without a time of day are days of the calendar" {
	# Mondays to Fridays, but for 2024-07-04.
	awk 'BEGIN {
		print "timestamp,open,high,low,close,volume"
		for (day = 1; day < 27; day++)
			if (day % 7 != 6 && day % 7 != 0 && day != 4)
				printf "2024-07-%02d,1,2,0.5,1,%d\n", day,
				    100 + day % 4
	}' >bars.csv
	printf 'tz America/New_York\nsession 09:30-16:00\n2024-07-04\n' >ny
	sed 's/America.New_York/Asia\/Shanghai/' ny >shanghai
	for calendar in ny shanghai; do
		run -0 found --calendar=$calendar --interval=1d bars.csv
		assert_output ''
		sed 's/-\(..,\)/\1/;s/2024-/2024/' bars.csv >short.csv
		run -0 found --calendar=$calendar --interval=1d short.csv
		assert_output ''
	done
	run -0 found --calendar=ny --tz=America/New_York --interval=1d bars.csv
	assert_output ''
	sed 's/^2024-07-05/2024-07-04/' bars.csv >holiday.csv
	run -0 found --calendar=ny --interval=1d holiday.csv
	assert_output $'5 non-trading-day 2024-07-04\n6 gap 1'
	# Times of day are on the clock of the data, also behind a date.
	printf 'tz Asia/Shanghai\nsession 09:30-15:00\n' >day
	{
		head -n 1 bars.csv
		echo 2024-07-02,1,2,0.5,1,10
		for i in {30..59}; do
			echo "2024-07-02 01:$i,1,2,0.5,1,$i"
		done
	} >mixed.csv
	run -0 found --calendar=day mixed.csv
	assert_output '2 outside-session 2024-07-02'
	# The first time of the file tells, not that of each symbol.
	sed '1s/^/symbol,/; 2s/^/B,/; 3,$s/^/A,/; 2{h;d}; 3{G}' mixed.csv \
		>symbols.csv
	run -1 qte-verify --format=text --calendar=day symbols.csv
	assert_line --index 0 --partial '3:3: warning: 2024-07-02 08:00 in Asia'
	sed 's/^\(2024[^,]*\)/\1 00:00/' bars.csv >times.csv
	run -0 found --calendar=ny times.csv
	assert_line --index 0 '2 non-trading-day 2024-07-01 00:00'
	sed 's/^timestamp/date,time/;s/^\(2024[^,]*\)/\1,00:00/' bars.csv \
		>joined.csv
	run -0 found --calendar=ny joined.csv
	assert_line --index 0 --partial '2 non-trading-day 2024-07-01'
}

@test "verify: sessions are on the clock that times are written by" {
	awk 'BEGIN {
		print "timestamp,open,high,low,close,volume"
		for (day = 4; day < 16; day++) {
			offset = day < 10 ? "-05:00" : "-0400"
			for (t = 570; day % 7 != 2 && day % 7 != 3 && t < 960; t++)
				printf "2024-03-%02dT%02d:%02d%s,1,2,0.5,1,%d\n",
				    day, t / 60, t % 60, offset, 100 + t % 7
		}
	}' >bars.csv
	run -0 found --session=09:30-16:00 bars.csv
	assert_output ''
	run -0 found --session=09:30-16:00 --interval=1m bars.csv
	assert_output ''
	sed 2000d bars.csv >gap.csv
	run -0 found --session=09:30-16:00 gap.csv
	assert_output '2000 gap 1'
	printf '2024-01-01\n' >days
	{
		bars
		printf '2024-01-%sT00:00+08,1,2,0.5,1,%d\n' 02 1 03 2 04 3 \
			05 4 08 5 09 6
	} >daily.csv
	run -0 found --calendar=days daily.csv
	assert_output ''
	sed '/-04T/d' daily.csv >gap.csv
	run -0 found --calendar=days gap.csv
	assert_output '4 gap 1'
}

@test "verify: the calendars of the examples fit their markets" {
	dir=$QTE_TREE/contrib/examples/calendars
	minutes 9 >bars.csv
	run -0 found --calendar="$dir/shanghai.cal" --tz=Asia/Shanghai bars.csv
	assert_output ''
	minutes 9 | sed 's/-02 /-01 /' >bars.csv
	run -0 found --calendar="$dir/shanghai.cal" --tz=Asia/Shanghai \
		--only=non-trading-day --max-per-rule=1 bars.csv
	assert_output '2 non-trading-day 2024-01-01 09:30'
	run -0 found --calendar="$dir/always.cal" --only=gap bars.csv
	assert_line -n 0 '122 gap 90'
	{
		bars
		printf '2024-07-%sZ,1,2,0.5,1,1\n' '02T19:30' '02T19:45' \
			'03T13:30' '03T13:45' '03T14:00' '03T14:15' '03T14:30' \
			'03T14:45' '03T15:00' '03T15:15' '03T15:30' \
			'03T15:45' '03T16:00' '03T16:15' '03T16:30' \
			'03T16:45' '05T13:30' '05T13:45' '05T20:15'
	} >bars.csv
	run -0 found --calendar="$dir/new-york.cal" --interval=15m \
		--disable=stale bars.csv
	assert_output $'20 outside-session 2024-07-05T20:15Z\n20 gap 24'
	run -64 qte-verify --calendar="$dir/new-york.cal" --tz=Europe/London \
		bars.csv
}

@test "verify: a bar outside the sessions, or on a day without, is found" {
	minutes 3 | sed '121a\
2024-01-02 12:15,100,101,99,100,5' >bars.csv
	run -0 found "$cn" --disable=jump bars.csv
	assert_line '122 outside-session 2024-01-02 12:15'
	minutes 3 | sed '121a\
2024-01-02 11:30,100,101,99,100,5' >bars.csv
	run -0 found "$cn" --only=outside-session bars.csv
	assert_output ''
	daily 30 | sed '6a\
2024-01-06,100,101,99,100,1000' >bars.csv
	run -0 found bars.csv
	assert_output ''
	printf 'weekend sat,sun\n' >days
	run -0 found --calendar=days bars.csv
	assert_output '7 non-trading-day 2024-01-06'
	run -0 found --session=09:30-16:00 bars.csv
	assert_output '7 non-trading-day 2024-01-06'
	printf '2024-01-06 10:00-11:00\n' >days
	run -0 found --calendar=days bars.csv
	assert_output ''
	daily 60 | sed '41a\
2024-02-24,100,101,99,100,1000' >bars.csv
	run -0 found bars.csv
	assert_output '42 non-trading-day 2024-02-24'
}

@test "verify: rows that are not in order, or twice, are found" {
	minutes 2 >whole.csv
	sed '100{h;d;};101G' whole.csv >bars.csv
	run -0 found bars.csv
	assert_output '101 not-monotonic 2024-01-02 11:08'
	sed 100p whole.csv >bars.csv
	run -0 found bars.csv
	assert_output '101 duplicate-row 2024-01-02 11:08'
	sed '100{p;s/,[0-9]*$/,999/;}' whole.csv >bars.csv
	run -0 found bars.csv
	assert_output '101 duplicate-timestamp 2024-01-02 11:08'
	sed '101s/11:09/11:08/' whole.csv >bars.csv
	run -0 found bars.csv
	assert_output '101 duplicate-timestamp 2024-01-02 11:08'
	awk -F , -v OFS=, 'NR == 1 { print "symbol", $0; next }
		{ print "A", $0; print "B", $0 }' whole.csv >bars.csv
	run -0 found bars.csv
	assert_output ''
	{ cat whole.csv && tail -n +2 whole.csv; } >bars.csv
	run -0 found bars.csv
	assert_output '482 not-monotonic 2024-01-02 09:30'
}

@test "verify: a bar off the grid is found" {
	minutes 2 | sed '100s/11:08/11:08:07/' >bars.csv
	for options in '' "$cn" '--interval=1m' "$cn --interval=1m"; do
		# shellcheck disable=SC2086
		run -0 found $options bars.csv
		assert_output '100 off-grid 2024-01-02 11:08:07'
	done
	minutes 4 5 | sed '100s/09:40/09:41/' >bars.csv
	run -0 found bars.csv
	assert_output '100 off-grid 2024-01-04 09:41'
}

@test "verify: a bar of a day that is off the grid is the one that is named" {
	local hour options

	for hour in 01 08 12 20 23; do
		daily 40 | sed "12s/,/ $hour:00,/" >moved.csv
		daily 40 | sed "12{p;s/,/ $hour:00,/;}" >second.csv
		for options in --interval=1d --tz=America/New_York; do
			run -0 found $options moved.csv
			assert_output "12 off-grid 2024-01-15 $hour:00"
			run -0 found $options second.csv
			assert_output "13 off-grid 2024-01-15 $hour:00"
		done
	done
	daily 40 | sed '12{p;s/,/ 08:00,/;p;s/08:/20:/;}' >bars.csv
	run -0 found bars.csv
	assert_output $'13 off-grid 2024-01-15 08:00\n14 off-grid 2024-01-15 20:00'
	# A day that ends early is none, a bar at night and a second one are.
	daily 40 | sed '2,$s/,/ 16:00,/;9s/16:/13:/;20s/16:/12:/' >whole.csv
	run -0 found whole.csv
	assert_output ''
	sed '14{h;s/16:/02:/;p;g;}' whole.csv >bars.csv
	run -0 found bars.csv
	assert_output '14 off-grid 2024-01-17 02:00'
	sed '12{p;s/16:/18:/;}' whole.csv >bars.csv
	run -0 found bars.csv
	assert_output '13 off-grid 2024-01-15 18:00'
}

@test "verify: midnights of a clock that is put forward or back are no defect" {
	# Those of London, as UTC.
	awk 'BEGIN {
		print "timestamp,open,high,low,close,volume"
		for (i = 0; i < 60; i++) {
			day = 1 + i - (i > 29)
			printf "2024-%02d-%02d %s,1,2,0.5,1,%d\n",
			    3 + int(day / 32), day - int(day / 32) * 31,
			    i < 30 ? "00:00" : "23:00", 100 + i % 7
		}
	}' >bars.csv
	run -0 found bars.csv
	assert_output ''
	run -0 found --tz=UTC bars.csv
	assert_output ''
	# Those of New York, without its summer time.
	daily 200 | sed '2,$s/,/T05:00Z,/' >bars.csv
	run -0 found --tz=America/New_York bars.csv
	assert_output ''
}

@test "verify: five steps of another interval are another frequency" {
	minutes 2 | sed '32,35d;37,40d;42,45d;47,50d;52,55d' >bars.csv
	for options in '' "$cn" '--interval=1m'; do
		# shellcheck disable=SC2086
		run -0 found $options bars.csv
		assert_output '36 mixed-frequency 5m'
	done
	minutes 2 | sed '32,35d;37,40d;42,45d;47,50d' >bars.csv
	run -0 found bars.csv
	assert_output $'32 gap 4\n33 gap 4\n34 gap 4\n35 gap 4'
	minutes 2 5 >bars.csv
	run -0 found --interval=1m bars.csv
	assert_line -n 0 '7 mixed-frequency 5m'
}

@test "verify: five equal rows are stale, without volume or fewer they are not" {
	minutes 2 | awk -F , -v OFS=, 'NR == 50 { v = $2 OFS $3 OFS $4 OFS $5 }
		NR >= 50 && NR < 55 { print $1, v, 7; next } 1' >bars.csv
	run -0 found --only=stale bars.csv
	assert_output --regexp '^54 stale [0-9.]+$'
	sed '50,54s/,7$/,0/' bars.csv >zero.csv
	run -0 found --only=stale zero.csv
	assert_output ''
	sed '54s/,7$/,8/' bars.csv >four.csv
	run -0 found --only=stale four.csv
	assert_output ''
}

# level OPEN CLOSE...: ten equal bars at 100, and then others.
level()
{
	local open=$1 close i=0

	shift
	bars
	for i in 0 1 2 3 4 5 6 7 8 9; do
		echo "2024-01-02 10:0$i,100,101,99,100,$i"
	done
	i=10
	for close; do
		echo "2024-01-02 10:$i,$open,1000,1,$close,$i"
		open=$close
		i=$((i + 1))
	done
}

@test "verify: a move of more than a fifth is a jump, one of a fifth is none" {
	level 120.01 120.01 >bars.csv
	run -0 found bars.csv
	assert_output '12 jump 120.01'
	level 120 120 >bars.csv
	run -0 found bars.csv
	assert_output ''
	level 100 79.99 >bars.csv
	run -0 found bars.csv
	assert_output '12 jump 79.99'
	level 100 80 >bars.csv
	run -0 found bars.csv
	assert_output ''
	run -0 found --max-move=19.9% bars.csv
	assert_output '12 jump 80'
	level 130 130 >bars.csv
	run -0 found --max-move=0.3 bars.csv
	assert_output ''
}

@test "verify: a price that halves and stays is like a split, in place of a jump" {
	level 51.5 51 52 50 51 >bars.csv
	run -0 found bars.csv
	assert_output '12 split-like 51.5'
	level 51.51 51 52 50 51 >bars.csv
	run -0 found bars.csv
	assert_output '12 jump 51.51'
	level 50 50 50 50 57.5 >bars.csv
	run -0 found bars.csv
	assert_output '12 split-like 50'
	level 50 50 50 50 57.51 >bars.csv
	run -0 found bars.csv
	assert_output '12 jump 50'
	level 300 300 300 300 300 >bars.csv
	run -0 found bars.csv
	assert_output '12 split-like 300'
	run -0 found --disable=split-like bars.csv
	assert_output '12 jump 300'
	level 50 50 50 >bars.csv
	run -0 found bars.csv
	assert_output '12 jump 50'
}

@test "verify: a move far beyond the last ones is an outlier" {
	minutes 3 | awk -F , -v OFS=, '
		NR == 400 { $5 = sprintf("%.4f", last * 1.06); $3 = last + 20 }
		{ last = $5 } 1' >bars.csv
	run -0 found bars.csv
	assert_output --regexp $'^400 outlier [0-9.]+\n401 outlier [0-9.]+$'
	minutes 3 | awk -F , -v OFS=, '
		NR == 400 { $5 = sprintf("%.4f", last * 1.05); $3 = last + 20 }
		{ last = $5 } 1' >bars.csv
	run -0 found --only=outlier bars.csv
	assert_output ''
}

@test "verify: a volume of more than 50 medians is a spike" {
	minutes 2 | awk -F , -v OFS=, 'NR > 1 { $6 = 1000 + NR % 2 * 10 }
		NR == 200 { $6 = 50251 } 1' >bars.csv
	run -0 found bars.csv
	assert_output '200 volume-spike 50251'
	sed 's/,50251$/,50250/' bars.csv >fifty.csv
	run -0 found fifty.csv
	assert_output ''
	awk -F , -v OFS=, 'NR > 100 && NR < 200 { $6 = 0 } 1' bars.csv >zero.csv
	run -0 found zero.csv
	assert_output '200 volume-spike 50251'
}

@test "verify: of very many symbols the first 10000 are tracked" {
	awk 'BEGIN {
		print "symbol,timestamp,open,high,low,close,volume"
		for (row = 0; row < 30; row++)
			for (i = 0; i < (row < 2 ? 10001 : 2); i++)
				printf "S%d,2024-01-02 10:%02d,1,2,0.5,1,%d\n",
				    row < 2 || i == 0 ? i : 10000, row,
				    row < 29 ? 10 : 999
	}' >bars.csv
	run -0 found --only=volume-spike bars.csv
	assert_output '20058 volume-spike 999'
	run -1 qte-verify --reproducible --only=volume-spike bars.csv
	assert_line -n 2 --partial '"symbols":10001,"symbols_untracked":1,'
	run -1 qte-verify -f text --only=volume-spike bars.csv
	assert_line --partial '; 1 symbol is too many for outlier, split-like and volume-spike'
}

@test "verify: the last bar of each symbol may be too old" {
	minutes 2 >bars.csv
	run -0 found --max-age=1d --now=2024-01-04T14:59Z bars.csv
	assert_output ''
	run -0 found --max-age=1d --now=2024-01-04T14:59:01Z bars.csv
	assert_output '481 too-old null'
	run -0 found --now=2034-01-04 bars.csv
	assert_output ''
}

@test "verify: a symbol is one that has a row with a time of its own" {
	local parser

	printf '%s\n' timestamp,symbol,open,high,low,close,volume \
		'2024-05-01 00:00:00,B,10,11,9,10,5' \
		'2025-01-01 00:00:00,A,10,11,9,10,5' \
		'soon,C,10,11,9,10,5' >bars.csv
	for parser in fast general; do
		run -0 found --parser=$parser --tz=Europe/London \
			--max-age=3d --now=2024-06-01 bars.csv
		assert_output "$(printf '%s\n' \
			'2 too-old null' \
			'3 future-timestamp 2025-01-01 00:00:00' \
			'4 bad-timestamp soon')"
		run -1 qte-verify -f json --parser=$parser \
			--tz=Europe/London --now=2024-06-01 bars.csv
		assert_line -n 3 --partial '"symbols":1,'
	done
}

@test "verify: a row that cannot be used is no gap, and no jump" {
	minutes 2 >whole.csv
	for change in '100s/2024-01-02 11:08/nonsense/' '100s/,[^,]*$//' \
		'100s/2024/2034/' '100s/[^,]*,[^,]*$/x,1/' \
		'100s/,[^,]*\(,[^,]*\)$/,99999\1/'; do
		sed "$change" whole.csv >bars.csv
		run -0 found --now=2024-02-01 bars.csv
		assert_equal "${#lines[@]}" 1
		assert_line --regexp '^100 '
	done
}

@test "verify: ticks may bear one time, but not be there twice" {
	printf '%s\n' timestamp,price,volume '2024-01-02 10:00:00,5,1' \
		'2024-01-02 10:00:00,6,1' '2024-01-02 10:00:00,6,2' \
		'2024-01-02 10:00:00,6,2' '2024-01-02 10:00:01,60,2' \
		'2024-01-02 09:59:59,60,2' >ticks.csv
	run -0 found --profile=ticks ticks.csv
	assert_output $'5 duplicate-row 2024-01-02 10:00:00\n7 not-monotonic 2024-01-02 09:59:59'
}

@test "verify: the text of a gap points at the time behind it" {
	bars 2024-01-02,5,6,4,5,10 2024-01-03,5,6,4,5,10 \
		2024-01-08,5,6,4,5,10 >bars.csv
	run -1 qte-verify --format=text --interval=1d bars.csv
	assert_line -n 0 --partial '4:1: warning: 2 bars are missing'
	assert_line -n 1 '  2024-01-08,5,6,4,5,10'
	assert_line -n 2 '  ^~~~~~~~~~'
}

@test "verify: a wrong calendar or session is told with its place" {
	minutes 1 >bars.csv
	printf 'session 09:30-11:30\nholidy 2024-01-01\n' >days
	run -65 qte-verify --calendar=days bars.csv
	assert_output --partial 'days:2: '
	printf '# Stocks\ntz Asia/Shangai\n' >days
	run -65 qte-verify --calendar=days bars.csv
	assert_output "qte-verify: days:2: unknown time zone 'Asia/Shangai'; did you mean 'Asia/Shanghai'?"
	run -66 qte-verify --calendar=none bars.csv
	run -64 qte-verify --session=09:30 bars.csv
	assert_line -n 0 --partial '--session'
}
