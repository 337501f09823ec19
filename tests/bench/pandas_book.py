# SPDX-License-Identifier: MIT
"""What qte-verify sums up of a book, by pandas: pandas_book.py DIR"""

import sys

import pandas

book = sys.argv[1]
bars = pandas.read_csv(book + "/market_data.csv", parse_dates=["timestamp"])
trades = pandas.read_csv(book + "/trades.csv", parse_dates=["timestamp"])
portfolio = pandas.read_csv(book + "/portfolio.csv").set_index("symbol")

signs = trades.side.map({"BUY": 1, "SELL": -1})
trades["signed"] = signs * trades.quantity
trades["money"] = -trades.signed * trades.price - trades.commission
held = trades.groupby("symbol").signed.sum()
short = trades.groupby("symbol").signed.cumsum().lt(0).sum()
trades["day"] = trades.timestamp.dt.floor("D")
joined = trades.merge(bars, left_on=["symbol", "day"],
                      right_on=["symbol", "timestamp"], how="left")
outside = ((joined.price > joined.high) | (joined.price < joined.low)).sum()
cash = 1000000 + trades.money.sum()
print(len(trades), trades.trade_id.duplicated().sum(), joined.low.isna().sum(),
      outside, short, held[held != 0].count(),
      cash - portfolio.quantity["CASH"])
