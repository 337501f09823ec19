#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trade the cross of two simple moving averages, with pandas.

usage: pandas_run.py BARS.csv FAST SLOW COMMISSION

A yardstick for `make bench`: the rules of qte-run -s sma_cross, as columns
wherever they can be columns.  Only the account is a loop, over the crosses and
not over the bars, since what a trade can buy hangs on the trade before it.
Averages are compared by their sums in whole cents, so that equal ones are
equal.  The trades are printed as CSV, then one line of JSON sums them up.
"""
import json
import math
import sys

import numpy as np
import pandas as pd

CASH = 100000.0
BARS_A_YEAR = 365 * 1440


def read(path):
    bars = pd.read_csv(path, usecols=['timestamp', 'open', 'close'],
                       parse_dates=['timestamp'])
    bars['cents'] = (bars['close'] * 100).round()
    return bars


def crosses(cents, fast, slow):
    """The bars at which the fast average rises above the slow one, and those
    at which it falls below."""
    gap = (cents.rolling(fast).sum() * slow - cents.rolling(slow).sum() * fast)
    before = gap.shift()
    return (np.flatnonzero((before <= 0) & (gap > 0)),
            np.flatnonzero((before >= 0) & (gap < 0)))


def trade(opens, ups, downs, rate):
    """The trades: bars and prices of both ends, quantity, fees and gain."""
    bars = np.concatenate([ups, downs])
    rises = np.arange(len(bars)) < len(ups)
    order = np.argsort(bars, kind='stable')
    order = order[bars[order] + 1 < len(opens)]
    fills = bars[order] + 1
    cash, held, trades = CASH, 0, []
    for bar, price, rise in zip(fills.tolist(), opens[fills].tolist(),
                                rises[order].tolist()):
        if rise and held == 0:
            held = math.floor(cash / (price * (1 + rate)))
            entry = (bar, price, held, held * price * rate)
            cash -= held * price + entry[3]
        elif held > 0 and not rise:
            fee = held * price * rate
            cash += held * price - fee
            trades.append((entry[0], bar, entry[1], price, held,
                           entry[3] + fee,
                           held * (price - entry[1]) - entry[3] - fee))
            held = 0
    if held > 0:
        trades.append((entry[0], -1, entry[1], math.nan, held, entry[3],
                       math.nan))
    return pd.DataFrame(trades, columns=['entry_bar', 'exit_bar', 'entry_price',
                                         'exit_price', 'qty', 'fees', 'pnl'])


def equity(bars, trades, rate):
    """The worth of the account at each close."""
    closed = trades[trades['exit_bar'] >= 0]
    change = np.zeros(len(bars))
    paid = np.zeros(len(bars))
    worth = trades['qty'] * trades['entry_price']
    change[trades['entry_bar']] += trades['qty']
    paid[trades['entry_bar']] += worth + worth * rate
    worth = closed['qty'] * closed['exit_price']
    change[closed['exit_bar']] -= closed['qty']
    paid[closed['exit_bar']] -= worth - worth * rate
    return CASH - pd.Series(paid.cumsum()) + change.cumsum() * bars['close']


def main():
    path, fast, slow, rate = sys.argv[1], *map(float, sys.argv[2:])
    bars = read(path)
    ups, downs = crosses(bars['cents'], int(fast), int(slow))
    trades = trade(bars['open'].to_numpy(), ups, downs, rate)
    worth = equity(bars, trades, rate)
    gains = worth.pct_change()
    closed = trades['exit_bar'] >= 0
    trades['entry_ts'] = bars['timestamp'].to_numpy()[trades['entry_bar']]
    trades['exit_ts'] = pd.Series(
        bars['timestamp'].to_numpy()[trades['exit_bar']]).where(closed)
    trades.to_csv(sys.stdout, index=False)
    print(json.dumps({
        'trades_closed': int(closed.sum()),
        'trades_open': int((~closed).sum()),
        'final_equity': worth.iloc[-1],
        'sharpe': gains.mean() / gains.std() * math.sqrt(BARS_A_YEAR),
        'max_drawdown': (worth / worth.cummax() - 1).min(),
        'win_rate': float((trades['pnl'][closed] > 0).mean())}))


if __name__ == '__main__':
    main()
