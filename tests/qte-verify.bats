#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# qte-verify: the rules of files, headers and values, and near misses of each;
# output, statuses, and inputs that are no data at all.

load helper

setup()
{
	cd "$TMP" || return
}

# found [OPTION]...: what is found in standard input, as "LINE:COL RULE".
found()
{
	qte-verify "$@" - | jq -r 'select(.type == "finding") |
		"\(.line // 0):\(.col // 0) \(.rule)"'
}

# rows ROW...: bars with a header and one good row before them.
rows()
{
	bars 2020-01-02,5,6,4,5,10 "$@"
}

# value FIELD TEXT: a row with the text in place of open, high, low, close or
# volume, and what is found in it.
value()
{
	local row=([1]=2020-01-03 5 6 4 5 10)

	row[$1]=$2
	(IFS=,; rows "${row[*]}") | found
}

# values FIELD TEXT...: a row for each, and how often what is found in them.
values()
{
	local field=$1 text row day=0

	shift
	for text; do
		day=$((day + 1))
		row=([1]="2020-02-$((day + 10))" 5 6 4 5 10)
		row[field]=$text
		(IFS=,; echo "${row[*]}")
	done | cat <(rows) - | found --disable=gap | sed 's/.* //' | sort | uniq -c |
		sed 's/^ *//'
}

@test "verify: data that are right are OK, in both forms" {
	rows 2020-01-03,5,6,4,5,10 >good.csv
	run -0 qte-verify --format=text good.csv
	assert_output 'OK: good.csv - 2 rows'
	run -0 qte-verify --reproducible good.csv
	assert_line --index 0 --partial '"type":"head","schema":"qte/1","tool":"qte-verify"'
	assert_line --index 1 '{"type":"verified","file":"good.csv","rows":2,"bytes":81,"first_ts":"2020-01-02T00:00:00Z","last_ts":"2020-01-03T00:00:00Z","symbols":1,"findings":{"error":0,"warning":0,"info":0},"by_rule":{},"suppressed":0,"verdict":"ok"}'
	assert_line --index 2 --partial '"type":"summary","complete":true,"files":1,"rows":2,'
}

@test "verify: a finding says what is wrong, where, and what would be right" {
	printf 'symbol,time,open,high,low,close,volume\nA,2020-01-02,5,6,6.05,5,1\n' \
		>bad.csv
	run -1 qte-verify --reproducible bad.csv
	assert_line --index 1 '{"type":"finding","rule":"high-below-low","severity":"error","file":"bad.csv","line":2,"column":"high","field":4,"col":16,"offset":54,"symbol":"A","bar_ts":"2020-01-02T00:00:00Z","value":"6","expected":">= 6.05 (low)","message":"high 6 is below low 6.05"}'
	run -1 qte-verify --format=text bad.csv
	assert_output - <<-'END'
		bad.csv:2:16: error: high 6 is below low 6.05 [high-below-low]
		  A,2020-01-02,5,6,6.05,5,1
		                 ^
		FAILED: bad.csv - 1 row: 1 error
	END
}

@test "verify: a file that is not there, or cannot be read, is a finding" {
	run -1 qte-verify --format=text none.csv
	assert_line 'none.csv: error: there is no such file [file-missing]'
	mkdir empty
	run -1 qte-verify --format=text empty
	assert_line 'empty: error: no file of data is in the directory [file-missing]'
	mkdir dir.csv
	run -1 qte-verify --format=text dir.csv
	assert_line 'dir.csv: error: is a directory [file-unreadable]'
	rows | gzip | head -c 40 >cut.csv.gz
	run -1 qte-verify --format=text cut.csv.gz
	assert_line --partial '[file-unreadable]'
	rows | gzip >bars.csv
	run -1 qte-verify --format=text bars.csv
	assert_line --partial '[file-unreadable]'
	assert_equal "$(rows | gzip | found)" ''
	mv bars.csv bars.csv.gz
	run -0 qte-verify --format=text bars.csv.gz
	assert_output 'OK: bars.csv.gz - 1 row'
}

@test "verify: a file without bytes, and one without rows" {
	assert_equal "$(found </dev/null)" '0:0 file-empty'
	assert_equal "$(bars | found)" '0:0 no-data-rows'
	assert_equal "$(rows | found)" ''
}

@test "verify: the last line, cut off or only without its end" {
	assert_equal "$(rows 2020-01-03,5,6 | head -c -1 | found)" \
		'3:15 truncated-last-line'
	assert_equal "$(rows 2020-01-03,5,6,4,5, | head -c -1 | found)" \
		'3:20 truncated-last-line'
	assert_equal "$(rows 2020-01-03,5,6,4,5, | found)" '3:20 missing-value'
	assert_equal "$(rows 2020-01-03,5,6 | found)" '3:15 column-count'
	assert_equal "$(rows 2020-01-03,5,6,4,5,10 | head -c -1 | found)" \
		'3:0 no-final-newline'
}

@test "verify: bytes that are no text" {
	assert_equal "$( (printf '\xef\xbb\xbf'; rows) | found)" '1:1 bom'
	# Overlong, a surrogate, too large, and lone.
	for bytes in $'\xc0\xaf' $'\xed\xa0\x80' $'\xf4\x90\x80\x80' $'\x80'; do
		assert_equal "$(rows "2020-01-03,5,6,4,5,1$bytes" | found)" \
			'3:21 invalid-utf8'
	done
	assert_equal "$(rows $'2020-01-03,5,6,4,5,1\a' |
		found --only=control-character)" '3:21 control-character'
	assert_equal "$(rows '2020-01-03,5,6,4,5,1@' | tr @ '\0' | found)" \
		'3:21 nul-byte'
	rows | iconv -t UTF-16 >utf16.csv
	run -1 qte-verify --format=text utf16.csv
	assert_line --partial 'UTF-16'
	[ "$(grep -c '\[' <<<"$output")" = 1 ]
}

@test "verify: a control character in a column that nobody reads" {
	for char in $'\x01' $'\x7f' $'\u0085' $'\u202e'; do
		assert_equal "$(rows 2020-01-03,5,6,4,5,10 2020-01-04,5,6,4,5,10 |
			sed "s/\$/,n/; 4s/,n/,$char/" |
			found --disable=unknown-column)" '4:23 control-character'
	done
	assert_equal "$(rows 2020-01-03,5,6,4,5,10 2020-01-04,5,6,4,5,10 |
		sed "s/\$/,n/; 4s/,n/,平\t安/" | found --disable=unknown-column)" ''
}

@test "verify: line ends" {
	rows 2020-01-03,5,6,4,5,10 2020-01-04,5,6,4,5,10 >lf
	sed 's/$/\r/' lf >crlf
	assert_equal "$(found <crlf)" ''
	assert_equal "$(sed '3s/$/\r/' lf | found)" '3:22 mixed-eol'
	assert_equal "$(sed '2,3s/\r//' crlf | found)" '2:22 mixed-eol'
	assert_equal "$(sed '4s/\r//' crlf | found)" '4:22 mixed-eol'
	assert_equal "$(sed '3s/,5/\r,5/' lf | found)" '3:11 lone-cr'
	assert_equal "$(tr '\n' '\r' <lf | found)" '1:37 lone-cr'
	assert_equal "$(sed '3G' lf | found)" '4:1 blank-line'
	assert_equal "$( (cat lf; echo) | found)" '5:1 blank-line'
}

@test "verify: more or fewer fields than the header has" {
	assert_equal "$(rows 2020-01-03,5,6,4,5,10,1 | found)" '3:23 column-count'
	assert_equal "$(rows 2020-01-03,5,6,4,5 | found)" '3:19 column-count'
	assert_equal "$(rows 2020-01-03,5,6,4,5,10,1 2020-01-04,5,6,4,5,x |
		found)" $'3:23 column-count\n4:20 not-a-number'
}

@test "verify: quotes, and going on behind one that does not close" {
	assert_equal "$(rows '2020-01-03,5",6,4,5,10' | found)" '3:13 stray-quote'
	assert_equal "$(rows '2020-01-03,"5"6,6,4,5,10' | found)" \
		'3:15 stray-quote'
	assert_equal "$(rows '2020-01-03,"5",6,4,5,"10"' | found)" ''
	assert_equal "$(rows '2020-01-03,"5,6,4,5,10' 2020-01-04,5,6,4,5,x |
		found)" $'3:12 unclosed-quote\n4:20 not-a-number'
	assert_equal "$(rows '2020-01-03,"5,6,4,5,10' '2020-01-04,"5",6,4,5,x' |
		found)" $'3:12 unclosed-quote\n4:22 not-a-number'
	# Longer than a record may be.
	assert_equal "$( (rows '2020-01-03,"5,6,4,5,10'; yes x,x,x,x,x,x |
		head -n 100000) | found --only=unclosed-quote)" \
		'3:12 unclosed-quote'
}

@test "verify: another delimiter is said once" {
	for c in ';' '|' '\t'; do
		assert_equal "$(rows 2020-01-03,5,6,4,x | sed "s/,/$c/g" | found)" \
			'1:1 wrong-delimiter'
	done
	assert_equal "$(rows | tr , ';' | found --delimiter=';')" ''
	assert_equal "$(rows | found --delimiter=';')" '1:1 wrong-delimiter'
	assert_equal "$(printf 'a;b\n1;2\n' | found)" '1:1 wrong-delimiter'
	assert_equal "$(printf 'a;b\n12\n' | found)" ''
}

@test "verify: records that are too long are one finding, and reading goes on" {
	assert_equal "$( (rows; head -c 3000000 /dev/zero | tr '\0' x; echo
		echo 2020-01-03,5,6,4,5,x) | found)" \
		$'3:1 record-too-long\n4:20 not-a-number'
	assert_equal "$( (rows; printf '2020-01-03,"'; yes xx |
		head -c 3000000; echo '",6,4,5,1'; echo 2020-01-03,5,6,4,5,x) |
		found)" $'3:12 record-too-long\n1000004:20 not-a-number'
	assert_equal "$(found </dev/zero)" '1:1 record-too-long'
	assert_equal "$(seq -s, 100000 | found)" '1:1 record-too-long'
	assert_equal "$( (rows; head -c 1048557 /dev/zero | tr '\0' 1; echo
		) | found --only=record-too-long)" ''
}

@test "verify: a file that changes while it is read" {
	rows >grows.csv
	for ((i = 0; i < 20000; i++)); do
		echo x
	done >>grows.csv
	mkfifo out
	qte-verify --max-per-rule=0 grows.csv >out &
	pid=$!
	exec 7<out
	# The output is full long before the end of the file.
	read -r _ <&7
	echo 2020-01-03,5,6,4,5,10 >>grows.csv
	grep '"rule":"changed-during-check"' <&7
	exec 7<&-
	wait "$pid" || [ $? = 1 ]
}

@test "verify: the header" {
	assert_equal "$(rows | sed 1d | found)" '1:1 header-missing'
	assert_equal "$(rows | cut -d, -f 1-5 | found)" '1:1 missing-column'
	assert_equal "$(rows | sed 's/$/,10/; 1s/10$/vol/' | found)" \
		'1:38 duplicate-column'
	assert_equal "$(rows | sed 's/$/,/' | found)" '1:38 empty-column-name'
	assert_equal "$(rows | sed 's/$/,1/; 1s/1$/adj_close/' | found)" \
		'1:38 unknown-column'
	assert_equal "$(rows | sed 's/open/Open/' | found)" \
		'1:11 column-name-case'
	assert_equal "$(rows | sed '1s/open,high/high,open/; 1s/volume/成交量/;
		1s/timestamp/ date /; 2s/5,6/6,5/' | found)" ''
	assert_equal "$(rows "$(bars)" 2020-01-03,5,6,4,5,10 | found)" \
		'3:1 header-repeated'
	assert_equal "$(printf 'a,b,a\n1,2,3\n' | found)" '1:5 duplicate-column'
}

@test "verify: a date and a time of day in two columns are one only of bars" {
	run qte-verify --format=text - <<<$'date,time,price,volume\n2020-01-02,9:30,5,1'
	assert_line '-:1:6: error: second column for '\''timestamp'\'': only of bars a date and a time of day are joined [duplicate-column]'
	run qte-verify --format=text - \
		<<<$'trade_id,time,date,symbol,side,quantity,price\n1,9:30,2020-01-02,A,BUY,1,1'
	assert_line --partial '-:1:15: error: second column for '\''timestamp'\'': only of bars'
	run qte-verify --format=text - <<<$'date,timestamp,price,volume\n2020-01-02,2020-01-02,5,1'
	assert_line '-:1:6: error: second column for '\''timestamp'\'' [duplicate-column]'
	run -0 qte-verify - <<<$'date,time,open,high,low,close,volume\n2020-01-02,9:30,5,6,4,5,1'
}

@test "verify: a header is found again where its first name is empty" {
	rows soon,x,x,x,x,x "$(rows | sed -n 1p)" |
		awk '{ print (/^t/ ? "" : NR) "," $0 }' >index.csv
	for parser in fast general; do
		run -1 qte-verify -f json --parser=$parser --max-per-rule=1 \
			index.csv
		assert_line --partial '"header-repeated":1,"not-a-number":5,"bad-timestamp":1}'
	done
}

@test "verify: a value that is missing, or no number" {
	for field in 2 3 4 5 6; do
		assert_equal "$(value $field '' | sed 's/.* //')" missing-value
		assert_equal "$(values $field 0x10 ' 5' '5 ' +5 .5 5. 1e 1_000 \
			５ five - '"1,000"')" '12 not-a-number'
		assert_equal "$(values $field nan NaN inf -Infinity 1e309)" \
			'5 not-finite'
	done
	assert_equal "$(value 1 '')" '3:1 missing-value'
}

@test "verify: numbers of an unusual form are numbers" {
	assert_equal "$(value 2 5e0)$(value 2 005)$(value 2 5.000000000000)" ''
	assert_equal "$(value 6 -0)$(value 6 0)$(value 6 1e3)" ''
	assert_equal "$(value 2 5.0000000001)" '3:12 precision'
	assert_equal "$(value 6 9223372036854775808)" '3:20 precision'
	assert_equal "$(value 6 9007199254740992)$(value 6 9007199254740992.0)" ''
	assert_equal "$(value 6 9007199254740993)" '3:20 precision'
	assert_equal "$(values 6 9007199254740992.5 9007199254740992.0000000001 \
		7 9.007199254740993e15 90071992547409921e-1 9007199254740991.9 \
		0.9007199254740992E16)" '4 precision'
	assert_equal "$(value 6 "$(printf '%0400d' 0)")" ''
}

@test "verify: signs, and the range of a bar" {
	assert_equal "$(value 2 0)$(value 4 0.0)" '3:12 zero-price3:16 zero-price'
	assert_equal "$(value 5 -5)" '3:18 negative-price'
	assert_equal "$(value 2 -0)" '3:12 zero-price'
	assert_equal "$(value 6 -1)" '3:20 negative-volume'
	assert_equal "$(value 3 3.999999999)" '3:14 high-below-low'
	assert_equal "$(value 2 6.000000001)$(value 2 3.999999999)" \
		'3:12 open-outside-range3:12 open-outside-range'
	assert_equal "$(value 5 6.000000001)$(value 5 3.999999999)" \
		'3:18 close-outside-range3:18 close-outside-range'
	assert_equal "$(rows 2020-01-03,6,6,4,5,1 2020-01-04,4,6,4,5,1 \
		2020-01-05,5,6,4,6,1 2020-01-06,5,6,4,4,1 |
		found --disable=jump)" ''
	assert_equal "$(rows 2020-01-03,5,5,5,5,1 | found)" \
		'3:20 volume-without-range'
	assert_equal "$(rows 2020-01-03,5,5,5,5,0 | found)" ''
}

@test "verify: times" {
	for time in 2023-02-29 2023-13-01 '2020-01-03 24:00' '2020-01-03 10:00:60' \
		yesterday 2020-1-3; do
		assert_equal "$(value 1 "$time")" '3:1 bad-timestamp'
	done
	assert_equal "$(value 1 2024-02-29)" ''
	assert_equal "$(value 1 2020-01-03T00:00Z)" '3:1 zone-mismatch'
	assert_equal "$(value 1 1577923200)" '3:1 zone-mismatch'
	assert_equal "$(QTE_NOW=2020-01-02 value 1 '2020-01-03 00:00')" ''
	assert_equal "$(QTE_NOW=2020-01-02 value 1 '2020-01-03 00:00:01')" \
		'3:1 future-timestamp'
	assert_equal "$(rows 2020-01-03,5,6,4,5,10 |
		found --now=2020-01-01T23:59:59Z)" '3:1 future-timestamp'
	assert_equal "$(rows '2020-03-08 02:30,5,6,4,5,10' |
		found --tz=America/New_York --only=bad-timestamp)" '3:1 bad-timestamp'
}

@test "verify: of a date and a time of day the one that is wrong has the place" {
	two()
	{
		printf '%s\n' "$1" "$2,5,6,4,5,1" "$3,5,6,4,5,1" |
			found --tz=America/New_York
	}
	local header=date,time,open,high,low,close,volume
	assert_equal "$(two $header 2024-03-04,12:00 2024-03-05,25:00)" \
		'3:12 bad-timestamp'
	assert_equal "$(two $header 2024-03-04,12:00 2024-13-05,25:00)" \
		'3:1 bad-timestamp'
	assert_equal "$(two $header 2024-03-04,12:00 2024-03-05,)" \
		'3:12 missing-value'
	assert_equal "$(two $header 2024-03-04,12:00 ,)" '3:1 missing-value'
	assert_equal "$(two $header 2024-03-04,12:00 2024-03-05,12:00Z)" \
		'3:12 zone-mismatch'
	assert_equal "$(two $header 20240308,1200 20240310,0230)" \
		'3:10 bad-timestamp'
	header=time,date,open,high,low,close,volume
	assert_equal "$(two $header 12:00,2024-03-04 25:00,2024-03-05)" \
		'3:1 bad-timestamp'
	assert_equal "$(two $header 12:00,2024-03-04 ,2024-03-05)" \
		'3:1 missing-value'
	assert_equal "$(two $header 12:00,2024-03-04 12:00,soon)" \
		'3:7 bad-timestamp'
	printf 'open,high,low,close,volume,date,time\n%s\n5,6,4,5,1,2024-03-05,' \
		5,6,4,5,1,2024-03-04,12:00 >cut.csv
	assert_equal "$(found <cut.csv)" '3:22 truncated-last-line'
}

@test "verify: counts since 1970 are of one unit" {
	# counts COUNT...: what is found in rows of these.
	counts()
	{
		bars "${@/%/,5,6,4,5,10}" | found
	}

	assert_equal "$(counts 1577923200 1577923260 1577923320)" ''
	assert_equal "$(counts 1577923200000 1577923260000)" ''
	assert_equal "$(counts 1577923200 1577923260 1577923320000)" \
		'4:1 epoch-unit'
	assert_equal "$(counts 19000)" '2:1 epoch-unit'
}

@test "verify: a count near 1970 is told, however many zeros it has in front" {
	rows | sed 's/2020-01-02/1577923200/' | cat - <(echo 000000001,5,6,4,5,1) |
		found --only=epoch-unit >out
	assert_equal "$(cat out)" '3:1 epoch-unit'
}

@test "verify: many symbols, in any order, plain and in quotes" {
	for s in 600000 AAPL 'BRK B' 平安 a-very-long-name-of-a-symbol; do
		for d in 02 03 06; do
			echo "$d,$s,2020-01-$d,5,6,4,5,10"
		done
	done | sort | cut -d, -f 2- |
		sed '1isymbol,timestamp,open,high,low,close,volume' >many.csv
	assert_equal "$(found <many.csv)" ''
	assert_equal "$(qte-verify many.csv | jq .symbols)" $'null\n5\nnull'
	sed '8s/^[^,]*/"&"/' many.csv | found >out
	assert_equal "$(cat out)" ''
	assert_equal "$(sed '9s/^[^,]*//' many.csv | found)" '9:1 missing-value'
}

@test "verify: findings come in the order of the lines and columns" {
	rows x,5,6,4,5,y 2020-01-03,5,6,4,,10 z,5,6,4,5,10 >bad.csv
	assert_equal "$(found <bad.csv)" "$(printf '%s\n' '3:1 bad-timestamp' \
		'3:11 not-a-number' '4:18 missing-value' '5:1 bad-timestamp')"
}

@test "verify: options choose rules, weigh them and set the status" {
	rows 2020-01-03,5,6,4,5,x '' >bad.csv
	run -1 qte-verify bad.csv
	run -1 qte-verify --only=blank-line bad.csv
	assert_line --partial '"by_rule":{"blank-line":1}'
	run -0 qte-verify --only=blank-line --fail-on=error bad.csv
	run -1 qte-verify --only=blank-line --fail-on=error \
		--severity blank-line=error bad.csv
	run -0 qte-verify --severity=blank-line=I --disable=not-a-number bad.csv
	run -0 qte-verify --severity=not-a-number=info,blank-line=i bad.csv
	run -0 qte-verify --disable=not-a-number,blank-line bad.csv
	run -64 qte-verify --only=not-a-nummer bad.csv
	assert_output --partial "did you mean 'not-a-number'?"
	run -64 qte-verify --only=gap, bad.csv
	assert_line -n 0 'qte-verify: --only: the name of a rule is missing'
	run -64 qte-verify --only=gap,jump --disable=jump --disable=gap bad.csv
	assert_line -n 0 'qte-verify: --only: each of these rules is disabled'
	run -64 qte-verify --severity=gap bad.csv
	run -64 qte-verify --severity=gap=bad bad.csv
	run -64 qte-verify --severity=gap=i, bad.csv
	run -64 qte-verify --severity=gap=i,jump bad.csv
	assert_line --index 0 --partial "'jump' is not RULE=SEVERITY"
	run -64 qte-verify --profile=manifest .
}

@test "verify: at most so many lines of a rule, and all are counted" {
	for ((i = 0; i < 150; i++)); do
		echo "$i,x,6,4,5,10"
	done | cat <(bars) - >bad.csv
	run -1 qte-verify bad.csv
	assert_equal "$(grep -c '"rule":"not-a-number"' <<<"$output")" 100
	assert_equal "$(jq -c 'select(.type == "verified") |
		[.by_rule["not-a-number"], .suppressed]' <<<"$output")" '[150,100]'
	run -1 qte-verify --max-per-rule=0 bad.csv
	assert_equal "$(grep -c '"rule":"not-a-number"' <<<"$output")" 150
	run -1 qte-verify --max-per-rule=2 --format=text bad.csv
	assert_line --partial 'not shown (--max-per-rule)'
}

@test "verify: text of the data is escaped, cut, and in base64 when it must be" {
	run -1 qte-verify --format=text - <<<"$(rows \
		"2020-01-03,$(printf 'a\e[31mb%0300d' 0),6,4,5,10")"
	refute_output --partial $'\e'
	rows "2020-01-03,$(printf 'x%0300d' 0),6,4,5,10" >long.csv
	run -1 qte-verify long.csv
	assert_equal "$(jq -r 'select(.rule == "not-a-number").value |
		length' <<<"$output")" 200
}

@test "verify: a directory, a list of paths, and the installation's files" {
	mkdir dir
	rows >dir/b.csv
	printf 'symbol,quantity\nA,x\n' >dir/a.csv
	echo nothing of ours >dir/README
	run -1 qte-verify --format=text dir
	assert_line --partial 'FAILED: dir/a.csv - 1 row: 1 error'
	assert_line 'OK: dir/b.csv - 1 row'
	refute_output --partial README
	# A name that leads to nothing is not passed over.
	ln -s nowhere dir/c.csv
	run -1 qte-verify --format=text dir
	assert_line --partial 'dir/c.csv: error: there is no such file'
	rm dir/c.csv
	run -0 qte-verify --format=text -0 < <(printf 'dir/b.csv\0dir/b.csv')
	assert_line --index 1 'OK: dir/b.csv - 1 row'
	cp dir/b.csv dir/market_data.csv
	run -1 qte-verify --format=text --data="$TMP/dir"
	assert_line "OK: $TMP/dir/market_data.csv - 1 row"
	assert_line --partial "$TMP/dir/portfolio.csv: error: there is no such file"
	assert_line --partial "$TMP/dir/trades.csv: error: there is no such file"
	printf '[paths]\ndata = %s/none\n' "$TMP" >conf
	run -1 qte-verify -c conf --format=text
	assert_line --partial "$TMP/none/trades.csv: error"
}

@test "verify: what is no file in a directory is passed over, and told" {
	mkdir dir dir/b.csv
	rows >dir/a.csv
	mkfifo dir/c.csv
	run -0 --separate-stderr qte-verify --format=text dir
	assert_output 'OK: dir/a.csv - 1 row'
	# shellcheck disable=SC2154  # run sets it
	assert_equal "$(sort <<<"$stderr")" "$(printf '%s\n' \
		'qte-verify: warning: dir/b.csv: is no regular file, and passed over' \
		'qte-verify: warning: dir/c.csv: is no regular file, and passed over')"
}

@test "verify: prices are compared as they are written" {
	assert_equal "$(rows 2020-01-03,5.0000000000001,5.0000000000001,5.0000000000002,5.0000000000001,1 |
		found --disable=precision)" '3:28 high-below-low'
	assert_equal "$(rows 2020-01-03,5.00000000000019,5.0000000000002,5.0000000000001,5.00000000000021,1 |
		found --disable=precision)" '3:61 close-outside-range'
	assert_equal "$(rows 2020-01-03,5,5.0000000000,5,5.000,0 | found)" ''
}

@test "verify: kinds by their headers" {
	printf 'timestamp,price,volume\n2020-01-02 10:00,5,1\n2020-01-02 10:00,x,1\n' \
		>ticks.csv
	assert_equal "$(found <ticks.csv)" '3:18 not-a-number'
	printf '%s\n' trade_id,timestamp,symbol,side,quantity,price \
		1,2020-01-02,A,BUY,1,5 2,2020-01-02,A,HOLD,0,-1 \
		,2020-01-32,,SELL,1,5 >trades.csv
	assert_equal "$(found <trades.csv)" "$(printf '%s\n' '3:16 bad-side' \
		'3:21 bad-quantity' '3:23 negative-price' '4:1 missing-value' \
		'4:2 bad-timestamp' '4:13 missing-value')"
	printf 'symbol,quantity,avg_price\nA,1,\nB,1,0\nCASH,1,\n' >portfolio.csv
	assert_equal "$(found <portfolio.csv)" '3:5 zero-price'
	assert_equal "$(printf 'a,b\nx,2\n' | found)" ''
	assert_equal "$(rows x | found --profile=csv)" '3:2 column-count'
}

@test "verify: what CSV may be is right" {
	csv()
	{
		assert_equal "$(printf '%b' "$1" | qte-verify - |
			jq -r 'select(.type == "finding" and .severity != "info").rule')" ''
	}
	csv 'first,last,address\nJohn,Doe,"120, any st."\n'
	csv 'a,b,c\n1,"",""\n2,3,4\n'
	csv 'a,b,c\n1,,\n2,3,4'
	csv 'a,b,c\r\n1,2,3\r\n"Once\r\nupon ",5,6\r\n7,8,9\r\n'
	csv 'a,b\n1,"ha ""ha"" ha"\n3,4\n'
	csv 'key,val\n1,"{""type"": ""Point"", ""at"": [102.0, 0.5]}"\n'
	csv 'a,b,c\n1,2,3\n"Once upon \na time",5,6\n7,8,9\n'
	csv 'a,b\n1,"ha \n""ha"" \nha"\n3,4\n'
	csv 'a,b,c\n1,2,3'
	csv 'a,b,c\n1,2,3\n4,5,ʤ\n'
	csv 'a,b,c\n1,2,3\n4,5,\xe0\xb8\x97\n'
}

@test "verify: the rows with an error, as they stand" {
	rows '2020-01-03,"5",6,4,x,10' 2020-01-04,5,6,4,5,10 2020-01-04,5,6,4,5,10 \
		2020-01-05,5 >bad.csv
	run -1 qte-verify --split-bad=split bad.csv
	assert_equal "$(cat split)" "$(bars '2020-01-03,"5",6,4,x,10' \
		2020-01-04,5,6,4,5,10 2020-01-05,5)"
}

@test "verify: of rows that are read many at a time, those with an error" {
	local good=2020-01-05,5,6,4,5,10 late=2090-01-01,5,6,4,5,10

	rows 2020-01-03,5,6,4,5,10 "$late" 2020-01-04,5,6,4,5,10 >late.csv
	run -1 qte-verify --split-bad=split late.csv
	assert_equal "$(tail -n +2 split)" "$late"
	{
		rows
		printf '%s\r\n' "$good"
		echo 2020-01-06,5,6,4,5,10
	} >mixed.csv
	run -1 qte-verify --split-bad=split --severity=mixed-eol=error mixed.csv
	assert_equal "$(tail -n +2 split)" "$good"$'\r'
}

@test "verify: rows of which nobody is told are counted all the same" {
	local bad file parser

	for bad in 2020-01-03,5,4,6,5,1 2020-01-03,5,6,4,5,-1 \
		2020-01-03,-5,6,4,0,1 2020-01-03,5x,6,4,nan,1 \
		2020-01-03,,6,4,5,1 2020-01-03,7.5,6,4,1.5,1 2020-01-03,5,6,4,5 \
		2020-13-01,5,6,4,5,1 2020-01-03T00:00Z,5,6,4,5,1 \
		2090-01-01,5,4,4,4,-1 2020-01-03,5,5,5,5,1 \
		timestamp,open,high,low,close,volume '' \
		2020-01-03,5.0000000000001,6,4,5,1 2020-01-03,5,6,4,5,$'\x01' \
		2020-01-03,5,5.00000000005,4,5.00000000006,1 \
		2020-01-03,7.00000000001,6.00000000001,4,5.00000000001,1 \
		2020-01-03,9e9,9e9,0.00000000001,9300000000.00000000001,1 \
		'"2020-01-03","5","6","4","5","1"' '2020-01-03,5,"6",4,"x",1' \
		$'2020-01-03,5\t,"6\x7f",4,5,1' '2020-01-03,5,6,4,"5""",1' \
		'2020-01-03,5,6,4,5",1' '2020-01-03,5,6,4,"5"x,1' '""' '" "' \
		'"timestamp","open","high","low","close","volume"' \
		'"abcdefghij,k",5,6,4,5,1' $'2020-01-03,"5\r",6,4,5,1' \
		$'2020-01-03,"5\xff",6,4,5,1' $'2020-01-03,"5",6,4,5\r,1' \
		2020-01-03,9100000000.00000080001,9100000000.0000007,5,6,1 \
		2020-01-03,5,9100000000.0000007,9100000000.00000080001,6,1 \
		2020-01-03,5,6,4,5,99999999999999999 \
		2020-01-03,5,6,4,5,9007199254740993 \
		2020-01-03,5,6,4,5,9007199254740992.50; do
		yes "$bad" | head -n 100 | cat <(rows) - <(rows | tail -n 1)
	done >bad.csv
	for i in {1..100}; do
		printf '2020-01-03,"5\0",6,4,5,1\n'
	done >>bad.csv
	# The same with a clock, signs of zeros, two symbols, and CRLF.
	sed 's/^timestamp/&,symbol/; s/^\(2[^,T]*\),/\1 09:30:00,A,/
		s/,0,1$/,-0,-0/; 3~5s/30:00,A,/31:00,B,/; s/$/\r/' bad.csv >clock.csv
	for file in clock.csv bad.csv; do
		for parser in general fast; do
			qte-verify --reproducible --max-per-rule=1 \
				--now=2024-01-01 --parser=$parser $file |
				grep -v '"head"' >$parser || :
		done
		cmp fast general
	done
	run -0 jq -r 'select(.type == "verified") | .by_rule |
		"\(."high-below-low") \(."negative-volume") \(."bad-timestamp")"' fast
	assert_output '200 200 200'
}

@test "verify: findings stand in the order of lines, however many there are" {
	{
		rows | sed '1s/^/symbol,/; 2,$d'
		for i in {10..19}; do echo "A,2020-01-01 09:$i,5,6,4,5,1"; done
		echo A,2020-01-01 09:25,5,6,4,5,1
		for i in {1..3000}; do echo B,2020-01-01 09:10,5,6,4,x,y; done
		for i in {26..29}; do echo "A,2020-01-01 09:$i,5,6,4,5,1"; done
	} >many.csv
	qte-verify --max-per-rule=0 --interval=1m many.csv >out || :
	[ "$(stat -c %s out)" -gt 1500000 ]
	jq 'select(.line).line' out >lines
	sort -nc lines
	assert_equal "$(jq 'select(.rule == "gap").line' out)" 12
}

@test "verify: places in rows with quotes, of what other rows show" {
	{
		echo note,timestamp,open,high,low,close,volume
		for i in {10..29}; do
			echo "\"a,b\",\"2020-01-01 09:$i\",\"5\",6,4,5,$i"
		done
		echo '"a,b","2020-01-01 09:33","5",9,4,"9",100'
	} >quoted.csv
	run -1 qte-verify --interval=1m quoted.csv
	run -0 jq -c 'select(.type == "finding") |
		[.rule, .line, .field, .col, .value]' <<<"$output"
	assert_line '["gap",22,2,7,"3"]'
	assert_line '["jump",22,6,34,"9"]'
}

@test "verify: the output is the same however many files are read at a time" {
	for i in 1 2 3 4 5 6 7; do
		rows "2020-01-0$i,5,6,4,x,10" >"$i.csv"
	done
	qte-verify --reproducible . nowhere >one || true
	for j in 2 3 9; do
		qte-verify --reproducible -j "$j" . nowhere | cmp - one
	done
}

@test "verify: bytes that are no CSV are one finding" {
	head -c 100000 "$QTE_BIN/qte-verify" >program.csv
	run -1 qte-verify program.csv
	assert_equal "$(grep -c '"type":"finding"' <<<"$output")" 1
}

@test "verify: no output replaces what is read" {
	rows >good.csv
	for option in -o --split-bad; do
		run -64 qte-verify $option good.csv good.csv
		assert_line --index 0 --partial 'is one of the inputs'
	done
	[ -s good.csv ]
}

@test "verify: a signal ends the check, and the output says so" {
	mkfifo in
	qte-verify --reproducible in >out &
	pid=$!
	# This waits until the other end is open.
	exec 7>in
	rows >&7
	kill -TERM "$pid"
	wait "$pid" || [ $? = 143 ]
	exec 7>&-
	assert_equal "$(jq -c '[.type, .verdict, .complete]' out)" \
		"$(printf '%s\n' '["head",null,null]' '["verified","stopped",null]' \
		'["summary","stopped",false]')"
}

@test "verify: no output replaces standard input or what an option names" {
	rows >good.csv
	echo '2020-01-01' >days
	ln good.csv link
	# To write to what is read is what must be refused.
	# shellcheck disable=SC2094
	for option in -o --split-bad; do
		run -64 qte-verify $option link - <good.csv
		assert_line --index 0 --partial "'link' is one of the inputs"
		run -64 qte-verify $option good.csv - <good.csv
		run -64 qte-verify $option days --calendar=days good.csv
		assert_line --index 0 --partial "'days' is one of the inputs"
		printf 'good.csv\0' >list
		run -64 qte-verify $option list -0 <list
	done
	mkdir logs
	echo '{}' >logs/audit.jsonl
	run -64 qte-verify -p audit -o logs/audit.jsonl logs
	run -64 qte-verify -o link --split-bad=good.csv - <<<x
	assert_line --index 0 --partial 'is the output'
	assert_equal "$(cat good.csv)" "$(rows)"
}

@test "verify: a full disk, and a reader that goes away" {
	rows >good.csv
	run -74 qte-verify -o /dev/full good.csv
	run -74 bash -c 'qte-verify good.csv >/dev/full'
	run -73 qte-verify -o none/out good.csv
	mkfifo fifo
	rows >fifo &
	run -0 qte-verify --format=text fifo
	assert_output 'OK: fifo - 1 row'
	wait
}
