#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The text form of a run: its width, and what stands below the figures.

# shellcheck disable=SC2016  # rules have dollars of their own
load helper

setup()
{
	cd "$TMP" || return
	bars 2020-01-01,10,11,9,10,100 2020-01-02,10,12,10,12,100 \
		2020-01-03,12,13,11,13,100 2020-01-06,40,41,39,40,100 >four.csv
}

# notes OPTION...: what stands below the figures, without what is always there.
notes()
{
	for engine in v1 v2; do
		run -0 --separate-stderr qte-run --engine=$engine -f text "$@"
		run -0 awk '/^$/ { part++; text = ""; next } { text = text $0 "\n" }
			END { printf "%s", text }' <<<"$output"
		refute_output --partial 'bars a year'
		[ $engine = v2 ] || v1=$output
	done
	assert_equal "$output" "$v1"
}

@test "text: no line is wider than the terminal" {
	local width strategy
	for width in 28 35 45 55 65; do
		for strategy in rsi buy_hold 'macd --direction=long-short --size=7'; do
			# shellcheck disable=SC2086
			COLUMNS=$width LC_ALL=C qte-run -f text -s $strategy \
				"$(data sp500.csv)" >page
			run -0 awk -v w=$width 'length() > w' page
			assert_output ''
			grep -q 'final equity' page
		done
	done
}

@test "text: without an order it says which rule was never true" {
	notes --entry='close > 100' --exit=true four.csv
	assert_line 'The rule entry was never true.'
	notes --entry='sma(close, 5) > 0' --exit=true four.csv
	assert_line 'The rule entry never had a value: it may need more than the 4 bars there are.'
	notes --entry='pos > 5' four.csv
	assert_line 'The rule entry was never true.'
	notes --entry='close > 100' --short-entry='sma(close, 9) > 0' \
		--direction=long-short four.csv
	assert_line 'The rule entry was never true.'
	assert_line --partial 'The rule short_entry never had a value'
	notes --entry='bar == 1' --exit='close > 100' four.csv
	refute_line --partial 'The rule'
	notes --print=close four.csv
	refute_line --partial 'The rule'
}

@test "text: a rule that had a value only before the range had none" {
	notes --entry='bar < 0 and close > 100 or sma(close, 9) > 0' \
		--from=2020-01-03 --warmup=2 four.csv
	assert_line --partial 'The rule entry never had a value'
}

@test "text: each dash among the figures has its reason below" {
	notes --entry=false four.csv
	assert_line --index 3 'Not defined: Sharpe ratio (the returns do not differ), Sortino ratio (no return'
	assert_line --index 4 '  is negative), won (no trade ended), profit factor (no trade lost).'
}

@test "text: an equity that fell to nothing or below is told" {
	notes --entry='bar == 0' --direction=short four.csv
	assert_line 'The equity fell to nothing or below.'
	notes --entry='bar == 0' four.csv
	refute_line 'The equity fell to nothing or below.'
}
