#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trade the cross of two simple moving averages, in a loop that numba compiles.

usage: numba_run.py BARS.csv FAST SLOW COMMISSION

A yardstick for `make bench`: the rules of qte-run -s sma_cross, bar by bar,
with the sums of both windows carried along in whole cents.  What is compiled is
kept between runs.  Times are left as the text that they are in the file, which
is the fastest that pandas reads them.  Prints what pandas_run.py prints.
"""
import json
import math
import sys

import numpy as np
import pandas as pd
from numba import njit

CASH = 100000.0
BARS_A_YEAR = 365 * 1440


def read(path):
    bars = pd.read_csv(path, usecols=['timestamp', 'open', 'close'],
                       dtype={'timestamp': 'S19'})
    cents = (bars['close'] * 100).round().astype(np.int64)
    return (bars['timestamp'].to_numpy(), bars['open'].to_numpy(),
            bars['close'].to_numpy(), cents.to_numpy())


@njit(cache=True)
def back_test(opens, closes, cents, windows, rate):
    """The number of trades, one open at the end included; for each its bars
    and its figures; and the worth of the account at each close."""
    fast, slow = windows
    n = len(cents)
    bars = np.empty((n // 2 + 1, 2), np.int64)
    figures = np.empty((n // 2 + 1, 5))
    worth = np.empty(n)
    count = fast_sum = slow_sum = before = order = 0
    cash, held, paid = CASH, 0.0, 0.0
    for i in range(n):
        price = opens[i]
        if order > 0 and held == 0:
            held = np.floor(cash / (price * (1 + rate)))
            if held > 0:
                paid = held * price * rate
                cash -= held * price + paid
                bars[count] = i, -1
                figures[count] = price, np.nan, held, paid, np.nan
        elif order < 0 and held > 0:
            fee = held * price * rate
            cash += held * price - fee
            gain = held * (price - figures[count, 0]) - paid - fee
            bars[count, 1] = i
            figures[count] = figures[count, 0], price, held, paid + fee, gain
            count += 1
            held = 0.0
        worth[i] = cash + held * closes[i]
        fast_sum += cents[i] - (cents[i - fast] if i >= fast else 0)
        slow_sum += cents[i] - (cents[i - slow] if i >= slow else 0)
        order = 0
        if i >= slow - 1:
            gap = fast_sum * slow - slow_sum * fast
            if i >= slow:
                order = (before <= 0 < gap) - (before >= 0 > gap)
            before = gap
    return count + (held > 0), bars, figures, worth


@njit(cache=True)
def judge(worth):
    """Sharpe ratio a bar, and the deepest fall from a peak."""
    n = len(worth) - 1
    mean = 0.0
    for i in range(n):
        mean += worth[i + 1] / worth[i] - 1
    mean /= n
    square = 0.0
    peak = worth[0]
    fall = 0.0
    for i in range(n):
        square += (worth[i + 1] / worth[i] - 1 - mean) ** 2
        peak = max(peak, worth[i + 1])
        fall = min(fall, worth[i + 1] / peak - 1)
    return mean / math.sqrt(square / (n - 1)), fall


def main():
    path, fast, slow, rate = sys.argv[1], *map(float, sys.argv[2:])
    times, opens, closes, cents = read(path)
    count, bars, figures, worth = back_test(opens, closes, cents,
                                            (int(fast), int(slow)), rate)
    trades = pd.DataFrame(figures[:count], columns=[
        'entry_price', 'exit_price', 'qty', 'fees', 'pnl'])
    closed = bars[:count, 1] >= 0
    trades['entry_bar'], trades['exit_bar'] = bars[:count].T
    ends = times[bars[:count]].astype('S19').astype('U19')
    trades['entry_ts'] = ends[:, 0]
    trades['exit_ts'] = np.where(closed, ends[:, 1], '')
    trades.to_csv(sys.stdout, index=False)
    sharpe, fall = judge(worth)
    print(json.dumps({
        'trades_closed': int(closed.sum()),
        'trades_open': int((~closed).sum()),
        'final_equity': worth[-1],
        'sharpe': sharpe * math.sqrt(BARS_A_YEAR),
        'max_drawdown': fall,
        'win_rate': float((trades['pnl'][closed] > 0).mean())}))


if __name__ == '__main__':
    main()
