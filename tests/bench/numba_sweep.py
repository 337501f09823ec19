#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Try every pair of two simple moving averages, in loops that numba compiles.

usage: numba_sweep.py BARS.csv FASTS SLOWS COMMISSION	(FASTS, SLOWS: 5:14)

A yardstick for `make bench`: the figures of a sweep of qte-run -s sma_cross, on
one core.  All pairs share one column of running totals of the price in whole
cents, so that a window costs one subtraction; a flat account costs no division.
Prints a line of JSON a pair, then the processor's seconds that the loops took:
reading the data and loading what is compiled do not count.
"""
import json
import math
import sys
import time

import numpy as np
import pandas as pd
from numba import njit

CASH = 100000.0
BARS_A_YEAR = 365 * 1440


def read(path):
    bars = pd.read_csv(path, usecols=['open', 'close'])
    cents = (bars['close'] * 100).round().astype(np.int64)
    totals = np.concatenate([[0], cents.cumsum()])
    return bars['open'].to_numpy(), bars['close'].to_numpy(), totals


@njit(cache=True)
def back_test(prices, totals, fast, slow, rate):
    """The trades that ended, the worth at the end, the mean of the returns and
    of their squares, and the deepest fall."""
    opens, closes = prices
    n = len(closes)
    before = order = 0
    cash = worth = peak = CASH
    trades = held = total = squares = fall = 0.0
    for i in range(n):
        traded = False
        if order > 0 and held == 0:
            price = opens[i] * (1 + rate)
            held = np.floor(cash / price)
            cash -= held * price
        elif order < 0 and held > 0:
            cash += held * opens[i] * (1 - rate)
            held = 0.0
            trades += 1
            traded = True
        if held > 0 or traded:
            now = cash + held * closes[i]
            gain = now / worth - 1
            total += gain
            squares += gain * gain
            worth = now
            if worth > peak:
                peak = worth
            elif worth / peak - 1 < fall:
                fall = worth / peak - 1
        order = 0
        if i >= slow - 1:
            end = totals[i + 1]
            gap = ((end - totals[i + 1 - fast]) * slow -
                   (end - totals[i + 1 - slow]) * fast)
            if i >= slow:
                order = (before <= 0 < gap) - (before >= 0 > gap)
            before = gap
    return trades, worth, total / (n - 1), squares / (n - 1), fall


@njit(cache=True)
def sweep(prices, totals, fasts, slows, rate):
    results = np.empty((len(fasts) * len(slows), 5))
    k = 0
    for fast in fasts:
        for slow in slows:
            results[k] = back_test(prices, totals, fast, slow, rate)
            k += 1
    return results


def span(text):
    low, high = map(int, text.split(':'))
    return np.arange(low, high + 1)


def main():
    path, rate = sys.argv[1], float(sys.argv[4])
    fasts, slows = span(sys.argv[2]), span(sys.argv[3])
    opens, closes, totals = read(path)
    sweep((opens[:99], closes[:99]), totals[:100], fasts, slows, rate)
    start = time.process_time()
    results = sweep((opens, closes), totals, fasts, slows, rate)
    took = time.process_time() - start
    n = len(opens) - 1
    pairs = [(int(fast), int(slow)) for fast in fasts for slow in slows]
    for (fast, slow), figures in zip(pairs, results.tolist()):
        trades, worth, mean, square, fall = figures
        spread = math.sqrt((square - mean * mean) * n / (n - 1))
        print(json.dumps({
            'params': {'fast': fast, 'slow': slow},
            'trades_closed': int(trades),
            'final_equity': worth,
            'sharpe': mean / spread * math.sqrt(BARS_A_YEAR),
            'max_drawdown': fall}))
    print(json.dumps({'kernel_s': took}))


if __name__ == '__main__':
    main()
