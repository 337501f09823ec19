/* SPDX-License-Identifier: MIT */
/*
 * The account: cash, one position, its trades and their sums, all in exact
 * decimals.  At any time cash + position x price is the equity.
 *
 * What it keeps it counts in amounts of ->unit: of 1e-18, or of as much more as
 * the fills of quick.h need no less than, while all of them are such fills.
 * What it hands out is money.
 */
#ifndef QTE_RUN_BOOK_H
#define QTE_RUN_BOOK_H

#include "base/base.h"
#include "base/err.h"
#include "base/num.h"
#include "trading/cost.h"
#include "trading/order.h"
#include "trading/quick.h"
#include "trading/size.h"

struct book_opts {
	num_i128 cash; /* at the start, > 0 */
	struct cost cost;
	struct size size;
};

/* A bar as the book sees it. */
struct book_moment {
	int64_t bar;
	int64_t ts_ns;
};

/* A bar and one of its prices. */
struct book_quote {
	struct book_moment now;
	const struct bars_price *price;
};

struct book_trade {
	int64_t id;			/* from 1, in order of entry */
	int side;			/* 1 long, -1 short */
	num_i128 quantity;		/* > 0 */
	struct book_moment entry, exit; /* exit: of the mark while it is open */
	num_i128 entry_price, exit_price;
	num_i128 cost; /* the value at entry */
	num_i128 fees;
	num_i128 pnl; /* after fees */
	bool open;
};

struct book_fill {
	enum order_side side;
	num_i128 quantity, price, value, fees;
};

/* What an order led to. */
struct book_result {
	struct book_fill fills[2]; /* a reversal closes, then opens */
	size_t nfills;
	bool closed; /* ->trade is the one that ended */
	struct book_trade trade;
	bool refused;	   /* no cash for a fixed size: */
	num_i128 quantity; /* this was asked for, */
	num_i128 price;	   /* at this price */
};

/* The open trade; its money in amounts. */
struct book_held {
	int side;	   /* 0: flat, then all but the quantity has no */
	num_i128 quantity; /* meaning; in 1e-18 */
	int64_t shares;	   /* the same while fills are quick; or 0 */
	struct book_moment entry;
	num_i128 price, cost, fees;
};

struct book {
	const struct book_opts *opts; /* borrowed */
	struct quick quick;
	int scale;     /* of the exact prices, or -1 */
	num_i128 unit; /* of 1e-18 in an amount: see book_money */
	uint64_t room; /* of 2^64, in which the sums of amounts stay */
	num_i128 cash;
	struct book_held held;
	/* Sums over the trades that ended. */
	int64_t closed, wins;
	num_i128 gross_profit, gross_loss;
	int64_t bars_in_market;
	/* Sums over everything. */
	num_i128 fees;
	int64_t trades, refused, unaffordable;
};

void book_init(struct book *, const struct book_opts *);

/*
 * book_prices(b, scale):
 * From now on no exact price has more than ${scale} decimals, which makes fills
 * faster.
 */
void book_prices(struct book *, int);

/* book_money(b, amount): one that ${b} keeps, as money. */
num_i128 book_money(const struct book *, num_i128);

/* book_position(b): 1 long, 0 flat, -1 short. */
static inline int
book_position(const struct book *b)
{
	return b->held.side;
}

/*
 * book_execute(b, order, quote, result, e):
 * Fill ${order} at ${quote}, slippage and commission added; ${result} may be
 * NULL.  EX_DATAERR when money cannot hold a value.
 */
int book_execute(struct book *, const struct order *, const struct book_quote *,
    struct book_result *, struct err *) QTE_MUST_CHECK;

/*
 * book_broke(b, price):
 * At ${price} or above the cash buys nothing, either way.  False: it does, or
 * that is not known.
 */
bool book_broke(const struct book *, const struct bars_price *);

/*
 * book_equity(b, price, equity, e):
 * Cash and the position at ${price}.  EX_DATAERR as above.
 */
int book_equity(const struct book *, const struct bars_price *, num_i128 *,
    struct err *) QTE_MUST_CHECK;

/*
 * book_open_trade(b, quote, trade, e):
 * The open trade as it stands at ${quote}: its pnl has no exit fee, its exit
 * is the moment.  There must be one.
 */
int book_open_trade(const struct book *, const struct book_quote *,
    struct book_trade *, struct err *) QTE_MUST_CHECK;

/* book_return(t): its net gain for each unit of money that went in. */
double book_return(const struct book_trade *);

#endif
