#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# --tz: whose clock shows the times of the data, and what rules see of it.

load helper
stderr=

setup()
{
	cd "$TMP" || return
}

# at TIME...: a bar at each.
at()
{
	bars "${@/%/,4,5,3,4,1}"
}

# times FILE [OPTION...]: the times of its bars, in UTC.
times()
{
	qte-run --emit=equity "$@" --print=bar | jq -r 'select(.name).ts' |
		tr '\n' ' '
}

# clock FILE [OPTION...]: weekday and time of each bar as rules see them.
clock()
{
	qte-run --print='weekday * 10000 + hour * 100 + minute' "$@" |
		jq -r 'select(.name).value' | tr '\n' ' '
}

# refused STATUS TEXT [OPTION...]: qte-run says TEXT first.
refused()
{
	local want=$1 text=$2
	shift 2
	run --separate-stderr qte-run -s buy_hold "$@"
	assert_equal "${stderr%%$'\n'*}" "qte-run: $text"
	assert_equal "$status" "$want"
	refute_output --partial '"type":"summary"'
}

@test "zone: local times become UTC by the rules of their day" {
	at '2025-01-02 09:30' '2025-03-07T16:00:00.25' 202503100930 \
		'2025-07-01 09:30' >ny.csv
	run -0 times ny.csv --tz=America/New_York
	assert_output '2025-01-02T14:30:00Z 2025-03-07T21:00:00.25Z 2025-03-10T13:30:00Z 2025-07-01T13:30:00Z '
	run -0 times ny.csv --tz=UTC
	assert_output "$(times ny.csv)"
	assert_output --partial '2025-01-02T09:30:00Z '
	run -0 times ny.csv --tz=Asia/Kolkata
	assert_output --partial '2025-01-02T04:00:00Z '
}

@test "zone: a date and a time in two columns are of the zone together" {
	printf '%s\n' date,time,open,high,low,close,volume \
		2025-03-07,09:30,4,5,3,4,1 20250310,09:30,4,5,3,4,1 >two.csv
	run -0 times two.csv --tz=America/New_York
	assert_output '2025-03-07T14:30:00Z 2025-03-10T13:30:00Z '
	printf '%s\n' 2025-03-11,02:00,4,5,3,4,1 2025-03-10,23:00,4,5,3,4,1 \
		>>two.csv
	refused 65 "two.csv:5:1: timestamp '2025-03-10 23:00' is before 2025-03-11 02:00 in line 4" \
		--tz=America/New_York two.csv
}

@test "zone: a date is midnight there" {
	at 2025-01-06 2025-01-07 >days.csv
	run -0 times days.csv --tz=Asia/Shanghai
	assert_output '2025-01-05T16:00:00Z 2025-01-06T16:00:00Z '
	run -0 times days.csv --tz=America/New_York
	assert_output '2025-01-06T05:00:00Z 2025-01-07T05:00:00Z '
}

@test "zone: a Monday in Shanghai makes no week of seven days" {
	at 2025-01-06 2025-01-07 2025-01-08 >days.csv
	run -0 jq 'select(.bars).periods_per_year' \
		<(qte-run -s buy_hold --tz=Asia/Shanghai days.csv)
	assert_output 252
	at 2025-01-05T16:00Z 2025-01-06T16:00Z 2025-01-07T16:00Z >utc.csv
	run -0 jq 'select(.bars).periods_per_year' \
		<(qte-run -s buy_hold utc.csv)
	assert_output 365
	run -0 jq 'select(.bars).periods_per_year' \
		<(qte-run -s buy_hold --tz=Asia/Shanghai utc.csv)
	assert_output 252
}

@test "zone: hour, minute and weekday are those of the zone's clock" {
	at '2025-03-07 09:30' '2025-03-10 09:30' '2025-03-10 23:59' >ny.csv
	run -0 clock ny.csv --tz=America/New_York
	assert_output '50930 10930 12359 '
	run -0 clock ny.csv
	assert_output '50930 10930 12359 '
}

@test "zone: the clock is the zone's for times with an offset and counts too" {
	at 2025-03-07T14:30:00Z 2025-03-10T14:30:00+01:00 >zoned.csv
	at 1741357800 1741613400 >epoch.csv
	for file in zoned epoch; do
		run -0 clock $file.csv --tz=America/New_York
		assert_output '50930 10930 '
		run -0 clock $file.csv
		assert_output '51430 11330 '
		run -0 clock $file.csv --tz=Australia/Lord_Howe
		assert_output '60130 20030 '
		run -0 times $file.csv --tz=America/New_York
		assert_output "$(times $file.csv)"
	done
}

@test "zone: bars before --from have the clock of their own time" {
	at '2025-03-08 12:00' '2025-03-09 12:00' '2025-03-10 12:00' >ny.csv
	run -0 clock ny.csv --tz=America/New_York --from='2025-03-09 12:00' \
		--warmup=1
	assert_output '71200 11200 '
	run -0 jq -c 'select(.name).value' <(qte-run --tz=America/New_York \
		--print='hour[1]' --from='2025-03-09 12:00' --warmup=1 ny.csv)
	assert_output $'12\n12'
}

@test "zone: a time that the clock skips is a bad row" {
	at '2025-03-09 01:30' '2025-03-09 02:30' '2025-03-09 03:30' >gap.csv
	refused 65 "gap.csv:3:1: timestamp '2025-03-09 02:30' is skipped by the clock of America/New_York" \
		--tz=America/New_York gap.csv
	run -0 --separate-stderr qte-run --print=bar --on-bad=skip \
		--tz=America/New_York gap.csv
	run -0 jq -c 'select(.bars) | [.bars, .rows_skipped]' <<<"$output"
	assert_output '[2,{"skipped-time":1}]'
	printf '%s\n' open,date,time,high,low,close,volume \
		4,2025-03-09,02:30,5,3,4,1 >two.csv
	refused 65 "two.csv:2:14: timestamp '2025-03-09 02:30' is skipped by the clock of America/New_York" \
		--tz=America/New_York two.csv
	run -0 times gap.csv
	assert_output --partial 02:30:00Z
}

@test "zone: a date without a midnight is a bad row" {
	at 2018-11-03 2018-11-04 >days.csv
	refused 65 "days.csv:3:1: timestamp '2018-11-04' is skipped by the clock of America/Sao_Paulo" \
		--tz=America/Sao_Paulo days.csv
}

@test "zone: the hour that comes twice is read as it was written" {
	at '2025-11-02 00:30' '2025-11-02 01:00' '2025-11-02 01:30' \
		'2025-11-02 01:00' '2025-11-02 01:30' '2025-11-02 02:00' >fold.csv
	run -0 times fold.csv --tz=America/New_York
	assert_output '2025-11-02T04:30:00Z 2025-11-02T05:00:00Z 2025-11-02T05:30:00Z 2025-11-02T06:00:00Z 2025-11-02T06:30:00Z 2025-11-02T07:00:00Z '
	run -0 clock fold.csv --tz=America/New_York
	assert_output '70030 70100 70130 70100 70130 70200 '
}

@test "zone: an hour that comes twice but was written once is the first" {
	at '2025-11-02 01:00' '2025-11-02 02:00' >once.csv
	run -0 times once.csv --tz=America/New_York
	assert_output '2025-11-02T05:00:00Z 2025-11-02T07:00:00Z '
}

@test "zone: what comes a third time is refused" {
	at '2025-11-02 01:30' '2025-11-02 01:30' '2025-11-02 01:30' >third.csv
	refused 65 "third.csv:4:1: timestamp '2025-11-02 01:30' repeats 2025-11-02 01:30 in line 3" \
		--tz=America/New_York third.csv
	at '2025-11-02 01:30' '2025-11-02 01:30' '2025-11-02 01:00' >back.csv
	refused 65 "back.csv:4:1: timestamp '2025-11-02 01:00' is before 2025-11-02 01:30 in line 3" \
		--tz=America/New_York back.csv
	at '2025-11-01 01:30' '2025-11-01 01:30' >other.csv
	refused 65 "other.csv:3:1: timestamp '2025-11-01 01:30' repeats 2025-11-01 01:30 in line 2" \
		--tz=America/New_York other.csv
}

@test "zone: --from and --to are of the zone, unless they have their own" {
	at '2025-03-09 19:00' '2025-03-10 00:00' '2025-03-10 01:00' >ny.csv
	run -0 times ny.csv --tz=America/New_York --from=2025-03-10
	assert_output '2025-03-10T04:00:00Z 2025-03-10T05:00:00Z '
	run -0 times ny.csv --from=2025-03-10 --tz=America/New_York \
		--to='2025-03-10 01:00'
	assert_output '2025-03-10T04:00:00Z '
	run -0 times ny.csv --tz=America/New_York --from=2025-03-10T05:00Z
	assert_output '2025-03-10T05:00:00Z '
	run -0 times ny.csv --tz=America/New_York --from=1741582800
	assert_output '2025-03-10T05:00:00Z '
	at '2025-11-02 01:00' '2025-11-02 01:00' >fold.csv
	run -0 times fold.csv --tz=America/New_York --to='2025-11-02 01:30'
	assert_output '2025-11-02T05:00:00Z '
}

@test "zone: a skipped time is no --from and no --to" {
	at '2025-03-10 00:00' >ny.csv
	refused 64 "--from: '2025-03-09 02:30' is skipped by the clock of America/New_York" \
		--tz=America/New_York --from='2025-03-09 02:30' ny.csv
	refused 64 "--to: '2025-03-09 02:00' is skipped by the clock of America/New_York" \
		--to='2025-03-09 02:00' --tz=America/New_York ny.csv
	refused 64 "--from: '1678-01-01' is outside the years 1678 to 2261" \
		--tz=Asia/Tokyo --from=1678-01-01 ny.csv
}

@test "zone: it stands in the settings and in the digest when it is not UTC" {
	at 2025-01-06T12:00Z 2025-01-07T12:00Z 2025-01-08T12:00Z >utc.csv
	digest()
	{
		qte-run -s buy_hold --reproducible "$@" utc.csv |
			jq -c 'select(.bars) | [.tz, .digest[:8]]'
	}
	plain=$(digest)
	assert_equal "$(digest --tz=UTC)" "$plain"
	assert_equal "$(jq '.[0]' <<<"$plain")" null
	run -0 digest --tz=Asia/Tokyo
	assert_output --partial '"Asia/Tokyo"'
	refute_output --partial "$(jq -r '.[1]' <<<"$plain")"
}

@test "zone: the text form shows the zone's clock, and says so" {
	at '2025-03-07 09:30' '2025-03-10 09:30' >ny.csv
	run -0 qte-run -s buy_hold -f text --tz=America/New_York ny.csv
	assert_line --index 0 \
		'buy_hold on ny: 2 bars from 2025-03-07 09:30 to 2025-03-10 09:30 in'
	assert_line --index 1 '  America/New_York'
	assert_line --partial '2025-03-10 09:30'
	refute_output --partial '13:30'
}

@test "zone: from the environment and the configuration" {
	at '2025-03-10 09:30' >ny.csv
	QTE_RUN_TZ=America/New_York run -0 times ny.csv
	assert_output '2025-03-10T13:30:00Z '
	printf '[run]\ntz = Europe/London\n' >conf
	run -0 times ny.csv -c conf
	assert_output '2025-03-10T09:30:00Z '
	run -0 qte-run -c conf --print-config
	assert_line --regexp '^tz +=? *Europe/London'
	QTE_RUN_TZ=Mars/Base refused 78 "QTE_RUN_TZ: unknown time zone 'Mars/Base'" \
		ny.csv
}

@test "zone: an unknown one is answered with the nearest" {
	refused 64 "--tz: unknown time zone 'Amerika/New_York'; did you mean 'America/New_York'?" \
		--tz=Amerika/New_York
	refused 64 "--tz: unknown time zone 'tokyo'; did you mean 'Asia/Tokyo'?" \
		--tz=tokyo
}

@test "zone: a name that leads out of the database is unknown" {
	local name
	for name in '' / ../../etc/passwd /etc/passwd Europe/../../../../etc/passwd \
		localtime "$(printf 'A%.0s' {1..700})"; do
		refused 64 "--tz: unknown time zone '$name'" --tz="$name"
	done
	refused 64 '--tz: unknown time zone '\''A\x0AB'\''' --tz=$'A\nB'
}

@test "zone: without the zone database only UTC is there" {
	at '2025-03-10 09:30' >ny.csv
	export TZDIR=$TMP/none
	refused 69 "--tz: no time zones in $TZDIR; Debian's package tzdata has them" \
		--tz=Asia/Tokyo ny.csv
	run -0 times ny.csv --tz=UTC
	assert_output '2025-03-10T09:30:00Z '
}

@test "zone: TZDIR is where the zones are, and TZ changes nothing" {
	at '2025-03-10 09:30' >ny.csv
	mkdir -p zones/My
	cp /usr/share/zoneinfo/Asia/Tokyo zones/My/Place
	TZDIR=$TMP/zones run -0 times ny.csv --tz=My/Place
	assert_output '2025-03-10T00:30:00Z '
	head -c 100 zones/My/Place >zones/My/Cut
	TZDIR=$TMP/zones refused 69 \
		"--tz: $TMP/zones/My/Cut is damaged; Debian's package tzdata has it" \
		--tz=My/Cut ny.csv
	TZ=Asia/Tokyo run -0 times ny.csv
	assert_output '2025-03-10T09:30:00Z '
}
