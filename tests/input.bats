#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The shapes that market data comes in: each reads as the plain file does.

load helper
stderr=

setup()
{
	cd "$TMP" || return
	bars 2023-02-27,10,11,9,10,100 2023-02-28,10,12,10,12,100 \
		2023-03-01,12,13,11,13,100 2023-03-02,13,14,12,12,100 >plain.csv
}

# bars_of FILE [OPTION...]: what a run over FILE comes to, whatever its name.
bars_of()
{
	qte-run -s buy_hold --reproducible --emit=trades,equity,orders "$@" |
		jq -c 'del(.symbol, .digest)'
}

# same FILE [OPTION...]: FILE reads as plain.csv does.
same()
{
	run --separate-stderr bars_of "$@"
	assert_equal "$stderr" ''
	assert_output "$(bars_of plain.csv)"
}

# refused STATUS TEXT [OPTION...]: qte-run says TEXT first, and writes nothing
# that could be taken for a result.
refused()
{
	local want=$1 text=$2
	shift 2
	run --separate-stderr qte-run -s buy_hold "$@"
	assert_equal "${stderr%%$'\n'*}" "qte-run: $text"
	assert_equal "$status" "$want"
	refute_output --partial summary
}

@test "input: --delimiter parts the fields, as a character or as tab" {
	tr , ';' <plain.csv >semicolon.csv
	same semicolon.csv --delimiter=';'
	tr , '\t' <plain.csv >tabs.csv
	same tabs.csv --delimiter=tab
	same tabs.csv --delimiter='\t'
	same tabs.csv --delimiter=$'\t'
	same - --delimiter='|' < <(tr , '|' <plain.csv)
	printf '[run]\ndelimiter = tab\n' >conf
	same tabs.csv -c conf
	printf '[run]\ndelimiter = ";"\n' >conf
	same - -c conf <semicolon.csv
}

@test "input: a quoted field may hold the delimiter, and a comma is no other" {
	sed '1s/$/,note/; 2,$s/$/,"a;b, c"/' plain.csv | tr -d '\r' >note.csv
	same note.csv
	sed 's/,/;/g; s/b; c/b, c/' note.csv >semicolon.csv
	same semicolon.csv --delimiter=';'
}

@test "input: what a field is made of cannot be the delimiter" {
	local bad
	for bad in '' ';;' ä tabs; do
		refused 64 "--delimiter: '$bad' is not one character, nor the word tab" \
			--delimiter="$bad" plain.csv
	done
	for bad in '"' . - + 0 e; do
		refused 64 "--delimiter: '$bad' cannot part fields" \
			--delimiter="$bad" plain.csv
	done
}

@test "input: a file with another delimiter is told from one without columns" {
	refused 65 "plain.csv:1:1: no column 'timestamp': is it separated by ','?" \
		--delimiter=';' plain.csv
	tr , ';' <plain.csv >semicolon.csv
	refused 65 "semicolon.csv:1:1: no column 'timestamp': is it separated by ';'?" \
		semicolon.csv
}

@test "input: Chinese headers are as good as English ones" {
	sed '1s/.*/日期,开盘,最高,最低,收盘,成交量/' plain.csv >cn.csv
	same cn.csv
	sed '1s/.*/ts_code,trade_date, 开盘价,最高价 ,最低价,收盘价,成交量/; 2,$s/^/600519,/' \
		plain.csv >more.csv
	same more.csv
	sed '1s/timestamp/Open_Time/' plain.csv >opened.csv
	same opened.csv
	sed '1s/.*/代码,日期,开盘,最高,最低,收盘,成交量/; 2,$s/^/600519,/' \
		plain.csv >code.csv
	same code.csv
	run -0 qte-run -s buy_hold code.csv
	assert_line --partial '"symbol":"600519"'
	sed '1s/.*/时间,open,最高,low,收盘,成交量/' plain.csv >mixed.csv
	same mixed.csv
	sed '1s/收盘/最低/' cn.csv >bad.csv
	refused 65 "bad.csv:1:29: second column for 'low': '最低' after '最低'" \
		bad.csv
}

# joined ROW...: bars whose time stands in two columns.
joined()
{
	printf '%s\n' date,time,open,high,low,close,volume "$@"
}

@test "input: a date and a time in two columns are one timestamp" {
	bars '2023-02-27 09:30,10,11,9,10,100' '2023-02-27 10:30,10,12,10,12,1' \
		'2023-02-28 09:30:00.5,12,13,11,13,100' >plain.csv
	joined 2023-02-27,09:30,10,11,9,10,100 2023-02-27,10:30,10,12,10,12,1 \
		20230228,09:30:00.5,12,13,11,13,100 >two.csv
	same two.csv
	sed '1s/date,time/日期,时间/' two.csv >cn.csv
	same cn.csv
	sed 's/,0/,/' two.csv >short.csv
	same short.csv
	sed 's|^\(....\)-\(..\)-|\1/\2/|' two.csv >slashes.csv
	same slashes.csv
	sed 's/^\([^,]*,[0-9][0-9]\):\([0-9][0-9]\):\([0-9][0-9]\),/\1\2\3,/
		s/^\([^,]*,[0-9][0-9]\):\([0-9][0-9]\),/\1\2,/' two.csv >digits.csv
	same digits.csv
	awk -F , -v OFS=, '{ t = $2; $2 = ""; print t, $0 }' two.csv |
		sed 's/,,/,/' >turned.csv
	same turned.csv
}

@test "input: in two columns the place is that of the field at fault" {
	local good=2023-02-27,09:30,10,11,9,10,100 rest=10,11,9,10,100 row text
	while IFS='|' read -r row text; do
		joined $good "$row,$rest" >bad.csv
		refused 65 "bad.csv:3:$text" bad.csv
	done <<'ROWS'
2023-02-30,09:30|1: timestamp '2023-02-30' is not in the calendar
,09:30|1: timestamp is empty
2023-02-27 09:30,10:00|1: timestamp '2023-02-27 09:30' is not a date, and the time of day is in another column
1677460000,10:00|1: timestamp '1677460000' is not a date, and the time of day is in another column
2023-02-27,|12: time is empty
2023-02-27,24:00|12: time '24:00' is not in the calendar
2023-02-27,9.30|12: time '9.30' is not a time of day such as 14:30
2023-02-27,10:30Z|12: time '10:30Z' is with a time zone, those before are without a time zone
2023-02-27,09:30|12: timestamp '2023-02-27 09:30' repeats 2023-02-27 09:30 in line 2
2023-02-27,09:29|12: timestamp '2023-02-27 09:29' is before 2023-02-27 09:30 in line 2: newest first? sort oldest first
2023-02-26,10:30|1: timestamp '2023-02-26 10:30' is before 2023-02-27 09:30 in line 2: newest first? sort oldest first
ROWS
}

@test "input: a timestamp has no time of day beside it" {
	joined 2023-02-27,09:30,10,11,9,10,100 | sed '1s/date/datetime/' >bad.csv
	refused 65 "bad.csv:1:10: second column for 'timestamp': 'time' after 'datetime'" \
		bad.csv
	sed -i '1s/.*/time,timestamp,open,high,low,close,volume/' bad.csv
	refused 65 "bad.csv:1:6: second column for 'timestamp': 'timestamp' after 'time'" \
		bad.csv
}

@test "input: --columns names the columns of a file without a header" {
	tail -n +2 plain.csv >bare.csv
	same bare.csv --columns=timestamp,open,high,low,close,volume
	same bare.csv --columns=日期,开盘,最高,最低,收盘,成交量
	same - --columns=,-,date,open,high,low,close,volume,- \
		< <(sed 's/^/a,b,/; s/$/,c/' bare.csv)
	joined 2023-02-27,09:30,10,11,9,10,100 | tail -n 1 >two.csv
	run -0 qte-run -s buy_hold two.csv --reproducible \
		--columns=date,time,open,high,low,close,volume
	assert_line --partial '"first_ts":"2023-02-27T09:30:00Z"'
}

@test "input: places and counts are right without a header" {
	tail -n +2 plain.csv >bare.csv
	refused 65 "plain.csv:1:1: timestamp 'timestamp' is not a time such as 2020-01-02 14:30: the file has a header: leave out --columns" plain.csv \
		--columns=timestamp,open,high,low,close,volume
	refused 65 'bare.csv:1:26: row has 6 fields, --columns names 7' bare.csv \
		--columns=timestamp,open,high,low,close,volume,-
	: >empty.csv
	refused 65 'empty.csv: no data rows' empty.csv \
		--columns=timestamp,open,high,low,close,volume
	refused 64 "--columns: no column 'symbol' to find 'X' in" bare.csv \
		--columns=timestamp,open,high,low,close,volume --symbol=X
}

@test "input: --columns with a wrong list is 64" {
	refused 64 "--columns: unknown column 'cloze': '-' passes one over; did you mean 'close'?" \
		plain.csv --columns=date,open,high,low,cloze,volume
	refused 64 "--columns: no column 'volume'" plain.csv \
		--columns=date,open,high,low,close
	refused 64 "--columns: second column for 'timestamp': 'time' after 'timestamp'" \
		plain.csv --columns=timestamp,time,open,high,low,close,volume
	refused 64 "--columns: second column for 'low': 'LOW' after 'low'" \
		plain.csv --columns=date,open,low,LOW,close,volume
	refused 64 "--columns: no column 'timestamp'" plain.csv --columns=
}

# figures OPTION...: of a run over the S&P 500, what says which bars there were.
figures()
{
	qte-run --reproducible "$@" "$(data sp500.csv)" |
		jq -c 'select(.type == "summary") | [.bars, .first_ts[:10],
			.last_ts[:10], .rows_read, .rows_outside, .warmup_bars]'
}

@test "input: --from and --to take the bars of a range, its end not included" {
	run -0 figures -s sma_cross --from=2005-01-03 --to=2006-01-03
	assert_output '[252,"2005-01-03","2005-12-30",5105,4853,null]'
	run -0 figures -s sma_cross --to=20000105
	assert_output '[2,"2000-01-03","2000-01-04",5105,5103,null]'
	run -0 figures -s sma_cross --from=2020-04-01T00:00:00+02:00
	assert_line --partial '"2020-04-01"'
	run -0 figures -s sma_cross
	assert_output --partial '5105,null,null]'
}

@test "input: a range reads as a file that holds no more than it" {
	{
		head -n 1 "$(data sp500.csv)"
		awk -F , '$1 >= "2005-01-03" && $1 < "2009-06-01"' \
			"$(data sp500.csv)"
	} >plain.csv
	for s in sma_cross macd donchian; do
		run -0 jq -s length < <(qte-run -s $s plain.csv)
		diff <(qte-run -s $s --reproducible --emit=trades,equity,signals \
			--from=2005-01-03 --to=2009-06-01 "$(data sp500.csv)" |
			jq -c 'del(.symbol, .digest, .rows_read, .rows_outside)') \
			<(qte-run -s $s --reproducible \
				--emit=trades,equity,signals plain.csv |
				jq -c 'del(.symbol, .digest, .rows_read)')
	done
}

# averages OPTION...: the first two bars' values of an average.
averages()
{
	qte-run --print='sma(close, 3), bar' "$@" \
		"$(data sp500.csv)" |
		jq -r 'select(.type == "value" and .bar < 2) |
			[.ts[:10], .bar, .name, .value] | @tsv'
}

@test "input: with --warmup indicators know the bars before the range" {
	run -0 averages --from=2000-01-10
	assert_output "$(printf '2000-01-10\t%d\t%s\t%s\n' 0 'sma(close, 3)' '' 0 bar 0
		printf '2000-01-11\t%d\t%s\t%s\n' 1 'sma(close, 3)' '' 1 bar 1)"
	qte-run --entry=false --print='sma(close, 3), bar' "$(data sp500.csv)" |
		jq -r 'select(.type == "value" and (.bar == 5 or .bar == 6)) |
			[.ts[:10], .bar - 5, .name,
			if .name == "bar" then .bar - 5 else .value end] |
			@tsv' >want
	run -0 averages --from=2000-01-10 --warmup=2
	assert_output "$(cat want)"
	run -0 averages --from=2000-01-10 --warmup=1000000
	assert_output "$(cat want)"
	run -0 figures -s sma_cross --from=2000-01-10 --warmup=100
	assert_output --partial '5105,5,5]'
}

@test "input: bars of the warm-up are not traded, counted or recorded" {
	run -0 qte-run --entry='bar < 0' --exit='bar == 1' --reproducible \
		--emit=trades,equity,orders,signals,fills --from=2000-01-10 \
		--warmup=3 "$(data sp500.csv)"
	refute_output --partial '"type":"order"'
	refute_output --partial '"ts":"2000-01-07'
	assert_line --partial '"bars":5100,"first_ts":"2000-01-10T00:00:00Z"'
	run -0 jq -s -c 'map(select(.type == "trade"))[0] | [.entry_bar, .entry_ts[:10]]' \
		< <(qte-run -s buy_hold --from=2000-01-10 --warmup=3 "$(data sp500.csv)")
	assert_output '[1,"2000-01-11"]'
}

@test "input: a range that is none, or holds no bars, is refused" {
	refused 64 '--from is not before --to' plain.csv --from=2020-01-02 \
		--to=2020-01-02
	refused 64 "--from: 'soon' is not a time such as 2020-01-02 14:30" plain.csv --from=soon
	refused 64 "--from: '2010010' is not a time such as 2020-01-02 14:30" \
		plain.csv --from=2010010
	refused 64 "--to: '-86400' is not a time such as 2020-01-02 14:30" \
		plain.csv --to=-86400
	refused 64 "--to: '2020-02-30' is not in the calendar" plain.csv \
		--to=2020-02-30
	refused 64 '--warmup needs --from' plain.csv --warmup=3
	refused 64 "--warmup: '1000001' is more than 1000000" plain.csv \
		--from=2020-01-02 --warmup=1000001
	refused 65 'plain.csv: no bars from 2024-01-01T00:00:00Z before 2025-01-01T00:00:00Z: the first is of 2023-02-27T00:00:00Z, the last of 2023-03-02T00:00:00Z' \
		plain.csv --from=2024-01-01 --to=2025-01-01
}

@test "input: rows outside the range are checked, and leave no trace in it" {
	bars 2023-02-26,10,9,10,10,100 2023-02-27,10,11,9,10,100 \
		2023-02-28,10,12,10,12,100 2023-03-01,99,99,99,99,100 >bad.csv
	refused 65 'bad.csv:2:15: high 9 is below low 10' bad.csv --from=2023-02-27
	run -0 --separate-stderr qte-run -s buy_hold bad.csv --from=2023-02-27 \
		--to=2023-03-01 --on-bad=skip --reproducible
	assert_line --partial '"last_ts":"2023-02-28T00:00:00Z"'
	assert_line --partial '"buy_hold_return":0.19999999999999996'
	assert_line --partial '"rows_read":4,"rows_skipped":{"high-below-low":1},"rows_outside":1'
}

@test "input: a refused last row has no part in the open trade" {
	bars 2023-02-27,10,11,9,10,100 2023-02-28,10,12,10,12,100 \
		2023-03-01,90,91,89,99,100 >bad.csv
	run -0 --separate-stderr qte-run -s buy_hold bad.csv --on-bad=skip \
		--reproducible
	assert_line --partial '"ts":"2023-02-28T00:00:00Z","id":1'
	assert_line --partial '"buy_hold_return":0.19999999999999996'
}

# packed: plain.csv in all ways that this machine has, by name.
packed()
{
	gzip -k plain.csv
	printf '%s\n' plain.csv.gz
	for way in xz zstd; do
		[ -z "$(command -v $way)" ] || $way -qk plain.csv
	done
	find . -name 'plain.csv.[xz]*' | cut -c 3-
}

@test "input: gzip, xz and zstd are read by content, whatever the name" {
	for file in $(packed); do
		same "$file"
		same - <"$file"
		same - < <(cat "$file")
		cp "$file" named.csv
		same named.csv
		cat "$file" "$file" >twice.csv
		refused 65 'twice.csv:6:1: timestamp '"'timestamp'"' is not a time such as 2020-01-02 14:30' \
			twice.csv
	done
}

@test "input: compressed data that are cut off or damaged are 65" {
	"$QTE_BIN/tests/tools/genbars" 3000 42 >plain.csv
	for file in $(packed); do
		size=$(stat -c %s "$file")
		for cut in 1 4 9 $((size / 2)) $((size - 20)); do
			head -c $((size - cut)) "$file" >"bad-$file"
			run --separate-stderr qte-run -s buy_hold --on-bad=skip \
				"bad-$file"
			assert_equal "$status" 65
			[[ $stderr == "qte-run: bad-$file: the "*' cut off'* ]]
			refute_output --partial '"type":"summary"'
		done
		{ cat "$file" && echo more; } >"bad-$file"
		run -65 --separate-stderr qte-run -s buy_hold "bad-$file"
		[[ $stderr == "qte-run: bad-$file: "* ]]
		refute_output --partial '"type":"summary"'
		# A checksum at the end tells what no row does.
		byte=$((size - 6))
		{
			head -c $byte "$file"
			printf '\123\12'
			tail -c 4 "$file"
		} >"bad-$file"
		run -65 --separate-stderr qte-run -s buy_hold --on-bad=skip \
			"bad-$file"
		[[ $stderr == "qte-run: bad-$file: "* ]]
	done
}

@test "input: a name that promises compressed data is held to it" {
	for way in gz:gzip xz:xz zst:zstd; do
		cp plain.csv "plain.${way%:*}"
		refused 65 "plain.${way%:*}: ends in .${way%:*}, but does not begin as ${way#*:} data do" \
			"plain.${way%:*}"
	done
}

@test "input: compressed data without libarchive are 69, plain data are not" {
	mkdir none
	: >none/libarchive.so.13
	for file in $(packed); do
		LD_LIBRARY_PATH=none run --separate-stderr qte-run -s buy_hold "$file"
		assert_equal "$status" 69
		[[ $stderr == "qte-run: $file: "*': install the package libarchive13' ]]
	done
	LD_LIBRARY_PATH=none run -0 qte-run -s buy_hold plain.csv
}

@test "input: compressed data are read in bounded memory" {
	"$QTE_BIN/tests/tools/genbars" 300000 42 >plain.csv
	plain=$(qte-run -s sma_cross --emit=summary plain.csv |
		jq 'select(.type == "summary").peak_memory_bytes')
	for file in $(packed); do
		peak=$(qte-run -s sma_cross --emit=summary "$file" |
			jq 'select(.type == "summary").peak_memory_bytes')
		[ "$peak" -lt $((plain + 40000000)) ]
	done
}

@test "input: --from and --to take a year or a month" {
	local range
	bars 2019-12-31,10,11,9,10,100 2020-01-01,10,12,10,12,100 \
		2020-02-01,12,13,11,13,100 2021-01-01,12,13,11,13,100 >years.csv
	for range in '2020 2021 2' '2020-02 2021-01 1' '2019 2020-02 2' \
		'946684800 2020/02/01 2'; do
		# shellcheck disable=SC2086
		set -- $range
		run -0 qte-run -s buy_hold --from="$1" --to="$2" years.csv
		assert_equal "$(jq 'select(.bars).bars' <<<"$output")" "$3"
	done
}

@test "input: --from that cuts off nothing is told with -v" {
	run -0 --separate-stderr qte-run -v -s buy_hold --from=1999 plain.csv
	[[ $stderr == *'qte-run: --from and --to cut off no bar'* ]]
	run -0 --separate-stderr qte-run -s buy_hold --from=1999 plain.csv
	assert_equal "$stderr" ''
}
