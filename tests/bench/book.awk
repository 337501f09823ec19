# SPDX-License-Identifier: MIT
# A book in DIR with N trades: of 50 symbols in turn, a purchase and then a sale
# of each, a cent dearer.
# usage: awk -v n=N -v dir=DIR -f book.awk
function day(i)
{
	return sprintf("2020-%02d-%02d", 1 + int(i / 28), 1 + i % 28)
}

BEGIN {
	bars = dir "/market_data.csv"
	print "symbol,timestamp,open,high,low,close,volume" >bars
	for (d = 0; d < 280; d++)
		for (s = 0; s < 50; s++)
			printf "S%02d,%sT00:00:00Z,100.00,101.00,99.00,100.00,1000\n",
			    s, day(d) >bars
	trades = dir "/trades.csv"
	print "trade_id,timestamp,symbol,side,quantity,price,commission" >trades
	for (i = 0; i < n; i++) {
		second = int(i / n * 280 * 86400)
		pair = int(i / 100)
		cents = 9950 + pair % 100 + (i % 100 >= 50)
		cash += (i % 100 >= 50 ? 1 : -1) * cents * (1 + pair % 7) - 1
		side = i % 100 >= 50 ? "SELL" : "BUY"
		printf "T%d,%sT%02d:%02d:%02dZ,S%02d,%s,%d,%d.%02d,0.01\n", i,
		    day(int(second / 86400)), second / 3600 % 24,
		    second / 60 % 60, second % 60, i % 50, side,
		    1 + pair % 7, cents / 100, cents % 100 >trades
	}
	portfolio = dir "/portfolio.csv"
	print "symbol,quantity,avg_price" >portfolio
	cash += 100000000
	printf "CASH,%d.%02d,\n", cash / 100, cash % 100 >portfolio
}
