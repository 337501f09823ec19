#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Both engines come to the same bytes, whatever the batch and the prices.

# shellcheck disable=SC2016  # rules have dollars of their own
load helper

setup()
{
	cd "$TMP" || return
	csv=$(data sp500.csv)
}

# agree OPTION... FILE: v1, and v2 in batches of each size, write the same, of
# at least two records.
agree()
{
	local batch

	qte-run --engine=v1 --reproducible "$@" >v1 2>err
	[ "$(wc -l <v1)" -ge 2 ]
	for batch in 1 7 2048; do
		qte-run --engine=v2 --batch=$batch --reproducible "$@" 2>&1 >v2 |
			cmp err -
		cmp v1 v2
	done
}

# rules FILE: strategies of all kinds: exact and not, with and without the
# account, by levels, events and the calendar.
rules()
{
	agree -s sma_cross --direction=long-short "$1"
	agree -s macd --emit=orders,trades,equity "$1"
	agree -s bollinger --fill=close "$1"
	agree -s breakout_atr -p k=0.5 --size=50% "$1"
	agree --entry='close > sma(sma(close, 3), 7)' \
		--exit='lowest(low, 9)[1] > low' --emit=signals "$1"
	agree --entry='rsi(close, 5) < 40 or weekday == 1 and day < 8' \
		--exit='month != month[1] or year != year[2]' "$1"
	agree --entry='close > highest(high, 20)[1]' --exit='close < max(
		entry_price - 2 * valuewhen(bars_held == 0, atr(9)[1]),
		highestsince(bars_held == 0, close) - 3 * atr(9))' "$1"
	agree --entry='barssince(close < low[1]) == 3' \
		--exit='lowestsince(bar % 9 == 0, hlc3) > sma(hlc3, 4)' "$1"
	agree --entry='not (kama(close, 5) > wma(close, 5)) and obv > obv[3]' \
		--exit='nz(zscore(close, 6), 0) > 1' "$1"
	agree --entry='stddev(sma(close, 2), 5) < stddev(close, 70)' \
		--exit='highestbars(high, 30) == 4' --direction=short "$1"
	agree --entry='supertrend(7, 2) < close' --exit='adx(5) < adx(5)[64]' \
		--emit=positions,fills,refusals --size=3000 "$1"
	agree --entry='(sma(close, 2) > open)[9]' \
		--exit='sma(close[1], 5) > close[3]' "$1"
	agree --print='sma(close[1], 5), (sma(close, 2) > open)[9]' "$1"
	agree --print='mom(mom(close, 1), 2), sma(ohlc4, 5) == hl2, cum(volume),
		(close > open)[70], ema(close % 7, 3), -close / volume' "$1"
}

@test "engines: the same bytes on an index" {
	rules "$csv"
}

@test "engines: the same bytes when decimals come and go" {
	# Whole prices, then more decimals, then more than are exact.
	awk -F, -v OFS=, '
	NR > 700 { exit }
	NR > 1 {
		form = NR < 90 ? "%d" : NR < 250 ? "%.2f" : "%s"
		for (i = 2; i <= 5; i++)
			$i = sprintf(form, $i) (NR > 600 ? "00001" : "")
	}
	{ print }
	' "$csv" >odd.csv
	rules odd.csv
}

@test "engines: the same bytes before the range, and of a few bars" {
	agree -s sma_cross --from=2003-01-01 --to=2004-01-01 --warmup=100 "$csv"
	agree --print='bar, valuewhen(bar == 0, close), sma(close, 9)' \
		--from=2003-01-01 --to=2003-03-01 --warmup=50 "$csv"
	for rows in 1 2 8 64 65; do
		head -n $((rows + 1)) "$csv" >few.csv
		agree -s rsi -p n=2 --print='close, close[1] > close' few.csv
	done
}

# The account can pay for a share at some prices and not at others, then at none.
@test "engines: the same bytes when the cash buys nothing" {
	local way cash

	for way in long short long-short; do
		for cash in 1500 5000; do
			agree -s sma_cross -p fast=2 -p slow=4 --cash=$cash \
				--direction=$way --commission=0.02 \
				--slippage=5bp "$csv"
			agree -s sma_cross -p fast=3 -p slow=5 --cash=$cash \
				--direction=$way --fill=close \
				--emit=orders,fills,trades "$csv"
		done
	done
	# A sweep, which tells nobody of its orders, counts as many.
	qte-run --reproducible -s sma_cross -p fast=2 -p slow=4,5 --cash=5000 \
		--commission=0.02 --emit=summary "$csv" >sweep 2>err
	qte-run --reproducible -s sma_cross -p fast=2 -p slow=4 --cash=5000 \
		--commission=0.02 --emit=summary "$csv" >single 2>err
	jq -es '[.[] | select(.params.slow == 4) | [.unaffordable, .fees,
		.gross_loss, .final_equity]] | .[0] == .[-1] and
		.[0][0] > 100' sweep single
}

@test "engines: made-up strategies come to the same, by sweeps too" {
	O=${QTE_BIN:?} run -0 "$QTE_TREE/tests/differential" 40
	assert_output ''
}

@test "engines: what differs is told with its seed" {
	mkdir -p bin/tests
	ln -s "${QTE_BIN:?}/tests/tools" bin/tests/tools
	cat >bin/qte-run <<-'END'
	#!/bin/bash
	[[ " $* " == *--batch=7\ * ]] && echo other
	exec "$QTE_BIN/qte-run" "$@"
	END
	chmod +x bin/qte-run
	O=$PWD/bin run -1 "$QTE_TREE/tests/differential" 2 4
	assert_line --regexp '^seed 4: --batch=7 differs: .*--entry='
}
