#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Work out what the built-in strategies of qte-run come to, another way.

usage: reference.py BARS.csv >CASES.json

Everything is done over whole lists, money and averages in fractions, from the
definitions in qte-run(1) and not from its sources.  The case file that comes
out is for tests/golden/compare.  Only needed to record it, not to run tests.
"""
import csv
import datetime
import decimal
import json
import math
import sys
from fractions import Fraction

F = Fraction
decimal.getcontext().prec = 60


def sma(x, n):
    return [sum(x[i - n + 1:i + 1]) / n if i >= n - 1 else None
            for i in range(len(x))]


def ema(x, n):
    """Absent values come first only; doubles, as the language has them."""
    out, value, seed = [], None, []
    for v in x:
        if v is None:
            out.append(None)
            continue
        v = float(v)
        if value is None:
            seed.append(v)
            if len(seed) == n:
                total = 0.0
                for s in seed:
                    total += s
                value = total / n
        else:
            value = value + 2 / (n + 1) * (v - value)
        out.append(value)
    return out


def rsi(x, n):
    out, up, down = [None] * len(x), 0.0, 0.0
    for i in range(1, len(x)):
        move = float(x[i] - x[i - 1])
        rise, fall = max(move, 0.0), max(-move, 0.0)
        if i <= n:
            up, down = up + rise, down + fall
            if i == n:
                up, down = up / n, down / n
        else:
            up = up + 1 / n * (rise - up)
            down = down + 1 / n * (fall - down)
        if i >= n:
            out[i] = 100 * up / (up + down) if up + down > 0 else 50.0
    return out


def bollinger(x, n, k):
    """The middle and the lower band."""
    lower = []
    middle = sma(x, n)
    for i, m in enumerate(middle):
        if m is None:
            lower.append(None)
            continue
        w = x[i - n + 1:i + 1]
        spread = n * sum(v * v for v in w) - sum(w) ** 2
        lower.append(float(m) - k * (math.sqrt(float(spread)) / n))
    return middle, lower


def pairs(a, b, test):
    return [p is not None and q is not None and test(p, q)
            for p, q in zip(a, b)]


def past(x):
    return [None] + x[:-1]


def crosses(a, b):
    before, now = pairs(a, b, lambda p, q: p <= q), pairs(a, b, lambda p, q: p > q)
    above = [i > 0 and before[i - 1] and now[i] for i in range(len(a))]
    before, now = pairs(a, b, lambda p, q: p >= q), pairs(a, b, lambda p, q: p < q)
    below = [i > 0 and before[i - 1] and now[i] for i in range(len(a))]
    return above, below


def signals(name, p, bars):
    """The lists of entries and exits."""
    close = bars['close']
    if name == 'buy_hold':
        return [i == 0 for i in range(len(close))], [False] * len(close)
    if name == 'sma_cross':
        return crosses(sma(close, p.get('fast', 10)), sma(close, p.get('slow', 30)))
    if name == 'ema_cross':
        return crosses(ema(close, p.get('fast', 12)), ema(close, p.get('slow', 26)))
    if name == 'macd':
        fast, slow = ema(close, p.get('fast', 12)), ema(close, p.get('slow', 26))
        line = [None if f is None or s is None else f - s
                for f, s in zip(fast, slow)]
        return crosses(line, ema(line, p.get('signal', 9)))
    if name == 'rsi':
        r = rsi(close, p.get('n', 14))
        low, high = p.get('low', 30), p.get('high', 70)
        return ([v is not None and v < low for v in r],
                [v is not None and v > high for v in r])
    if name == 'bollinger':
        middle, lower = bollinger(close, p.get('n', 20), p.get('k', 2))
        return (pairs([float(c) for c in close], lower, lambda c, v: c < v),
                pairs(close, middle, lambda c, v: c > v))
    if name == 'donchian':
        n = p.get('n', 20)
        high = [max(bars['high'][i - n + 1:i + 1]) if i >= n - 1 else None
                for i in range(len(close))]
        low = [min(bars['low'][i - n + 1:i + 1]) if i >= n - 1 else None
               for i in range(len(close))]
        return (pairs(close, past(high), lambda c, v: c > v),
                pairs(close, past(low), lambda c, v: c < v))
    raise ValueError(name)


class Account:
    def __init__(self, config):
        self.config = config
        self.cash = F(str(config['cash']))
        self.rate = F(str(config['commission']))
        self.slip = F(str(config['slippage']))
        self.fees = F(0)
        self.open = None
        self.trades = []

    def quantity(self, price):
        sizing = self.config['sizing']
        if sizing.startswith('fixed '):
            n = F(sizing[6:])
            return n if n * price * (1 + self.rate) <= self.cash else F(0)
        share = F(1) if sizing == 'all-in' else F(sizing.rstrip('%')) / 100
        q = share * self.cash / (price * (1 + self.rate))
        if self.config['shares'] == 'integer':
            q = F(math.floor(q))
        return max(q, F(0))

    def fill(self, side, q, price):
        fee = q * price * self.rate
        self.cash -= side * q * price + fee
        self.fees += fee
        return fee

    def enter(self, side, i, price):
        q = self.quantity(price)
        if q == 0:
            return
        self.open = {'side': side, 'bar': i, 'price': price, 'size': q,
                     'fees': self.fill(side, q, price)}

    def leave(self, i, price):
        t = self.open
        t['fees'] += self.fill(-t['side'], t['size'], price)
        t['out'], t['out_bar'] = price, i
        t['pnl'] = t['side'] * t['size'] * (price - t['price']) - t['fees']
        self.trades.append(t)
        self.open = None

    def equity(self, price):
        held = self.open['side'] * self.open['size'] if self.open else 0
        return self.cash + held * price


def wanted(position, entry, exit, direction):
    """The position to have after the next bar's fill."""
    if direction != 'long-short':
        way = 1 if direction == 'long' else -1
        if position == 0:
            return way if entry else 0
        return 0 if exit else position
    if position <= 0 and entry:
        return 1
    if position >= 0 and exit:
        return -1
    return position


def run(name, config, bars):
    entries, exits = signals(name, config.get('params', {}), bars)
    account, equity, order = Account(config), [], None
    prices = bars[config.get('fill', 'open')]
    for i in range(len(prices)):
        if order is not None:
            had = account.open['side'] if account.open else 0
            price = prices[i] * (1 + account.slip * (1 if order > had else -1))
            if account.open:
                account.leave(i, price)
            if order != 0:
                account.enter(order, i, price)
        equity.append(account.equity(bars['close'][i]))
        had = account.open['side'] if account.open else 0
        order = wanted(had, entries[i], exits[i], config['direction'])
        if order == had:
            order = None
    return account, equity


def root(x):
    return decimal.Decimal(x.numerator) / decimal.Decimal(x.denominator)


def periods(days):
    weekend = any(d.weekday() > 4 for d in days)
    return 365 if weekend else 252


def metrics(account, equity, bars, p):
    start = F(str(account.config['cash']))
    e = [F(float(x)) for x in equity]
    r = [e[i] / e[i - 1] - 1 for i in range(1, len(e))]
    # Enough of each return, lest the sums grow without end.
    r = [x.limit_denominator(10 ** 40) for x in r]
    mean = sum(r) / len(r)
    deviation = root(sum((x - mean) ** 2 for x in r) / (len(r) - 1)).sqrt()
    down = root(sum(x * x for x in r if x < 0) / len(r)).sqrt()
    year = decimal.Decimal(p).sqrt()
    peak, drawdown, bars_below, longest = F(float(start)), F(0), 0, 0
    for x in e:
        if x >= peak:
            peak, bars_below = x, 0
        else:
            bars_below += 1
            longest = max(longest, bars_below)
            drawdown = max(drawdown, 1 - x / peak)
    closed = account.trades
    wins = [t['pnl'] for t in closed if t['pnl'] > 0]
    lost = [t['pnl'] for t in closed if t['pnl'] <= 0]
    out = {
        'bars': len(e), 'initial': float(start), 'final_equity': float(e[-1]),
        'total_return': float(e[-1] / start - 1),
        'cagr': float(root(e[-1] / start) **
                      (decimal.Decimal(p) / len(r)) - 1),
        'volatility': float(deviation * year),
        'sharpe': float(root(mean) / deviation * year) if deviation else None,
        'sortino': float(root(mean) / down * year) if down else None,
        'max_drawdown': float(drawdown), 'max_drawdown_bars': longest,
        'periods_per_year': p, 'trades_closed': len(closed),
        'trades_open': 1 if account.open else 0, 'wins': len(wins),
        'losses': len(lost),
        'win_rate': len(wins) / len(closed) if closed else None,
        'gross_profit': float(sum(wins)), 'gross_loss': float(sum(lost)),
        'profit_factor': float(-sum(wins) / sum(lost)) if sum(lost) else None,
        'fees': float(account.fees),
        'bars_in_market': sum(t['out_bar'] - t['bar'] for t in closed) +
        (len(e) - account.open['bar'] if account.open else 0),
    }
    return out


def number(x):
    return int(x) if x.denominator == 1 else float(x)


def as_trades(account, bars):
    last, out = bars['close'][-1], []
    for t in account.trades + ([account.open] if account.open else []):
        ended = 'out' in t
        mark = t['out'] if ended else last
        out.append({
            'side': 'long' if t['side'] > 0 else 'short',
            'entry_time': bars['time'][t['bar']], 'entry_bar': t['bar'],
            'entry_price': float(t['price']),
            'exit_time': bars['time'][t['out_bar']] if ended else None,
            'exit_bar': t['out_bar'] if ended else None,
            'exit_price': float(t['out']) if ended else None,
            'size': number(t['size']), 'fees': float(t['fees']),
            'pnl': float(t['side'] * t['size'] * (mark - t['price']) - t['fees']),
        })
    return out


def read(path):
    bars = {k: [] for k in ('time', 'open', 'high', 'low', 'close')}
    with open(path, newline='') as file:
        for row in csv.DictReader(file):
            bars['time'].append(row['timestamp'])
            for k in ('open', 'high', 'low', 'close'):
                bars[k].append(F(row[k]))
    return bars


PLAIN = {'cash': 100000, 'commission': 0.001, 'slippage': 0,
         'sizing': 'all-in', 'shares': 'integer', 'direction': 'long'}
CASES = [(name, 'plain', {}) for name in
         ('buy_hold', 'sma_cross', 'ema_cross', 'macd', 'rsi', 'bollinger',
          'donchian')] + [
    ('sma_cross', 'parts', {'shares': 'fractional'}),
    ('sma_cross', 'both', {'direction': 'long-short', 'slippage': 0.0005}),
    ('sma_cross', 'short', {'direction': 'short', 'fill': 'close'}),
    ('sma_cross', 'quick', {'params': {'fast': 2, 'slow': 3}}),
    ('ema_cross', 'slippage', {'slippage': 0.0005, 'commission': 0}),
    ('rsi', 'parameters', {'params': {'n': 3, 'low': 40, 'high': 55.5},
                           'sizing': '50%'}),
    ('bollinger', 'parameters', {'params': {'n': 5, 'k': 1.5}, 'cash': 1234.56}),
    ('donchian', 'fixed', {'sizing': 'fixed 10', 'direction': 'long-short'}),
    ('macd', 'free', {'commission': 0, 'shares': 'fractional'}),
]


def main():
    bars = read(sys.argv[1])
    days = [datetime.date.fromisoformat(t[:10]) for t in bars['time']]
    fast, slow = sma(bars['close'], 10), sma(bars['close'], 30)
    cases = []
    for name, what, changes in CASES:
        config = dict(PLAIN, **changes)
        account, equity = run(name, config, bars)
        samples = range(0, len(equity), max(1, len(equity) // 8))
        cases.append({
            'id': f'{name}/{what}', 'strategy': name, 'config': config,
            'expected': {
                'trades': as_trades(account, bars),
                'equity_samples': {str(i): float(equity[i]) for i in samples},
                'metrics': metrics(account, equity, bars, periods(days)),
            }})
    json.dump({
        'rows': len(days),
        'sma_10_30_exact_ties': sum(pairs(fast, slow, lambda a, b: a == b)),
        'cases': cases}, sys.stdout, indent=1)
    print()


main()
