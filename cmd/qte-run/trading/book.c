/* SPDX-License-Identifier: MIT */
/* The account. */
#include "trading/book.h"

/* The most that money can be, in 1e-18. */
#define MOST ((((num_i128)1 << 126) - 1) * 2 + 1)

static int
too_large(struct err *e)
{
	return err_set(e, EX_DATAERR,
	    "a value is beyond 1.7e20, "
	    "which exact money cannot hold");
}

static void
set_unit(struct book *b, num_i128 unit)
{
	b->unit = unit;
	b->room = (uint64_t)(MOST / unit / 4 >> 64);
}

void
book_init(struct book *b, const struct book_opts *opts)
{
	*b = (struct book){.opts = opts, .scale = -1, .cash = opts->cash};
	set_unit(b, 1);
}

num_i128
book_money(const struct book *b, num_i128 amount)
{
	return amount * b->unit;
}

/* All that is kept in amounts; return how many. */
#define AMOUNTS 7

static size_t
find_amounts(struct book *b, num_i128 *all[AMOUNTS])
{
	all[0] = &b->cash;
	all[1] = &b->fees;
	all[2] = &b->gross_profit;
	all[3] = &b->gross_loss;
	if (b->held.side == 0)
		return 4;
	all[4] = &b->held.price;
	all[5] = &b->held.cost;
	all[6] = &b->held.fees;
	return AMOUNTS;
}

/* From now on amounts are money, and fills are not quick. */
static void
count_money(struct book *b)
{
	num_i128 *all[AMOUNTS];
	size_t n = find_amounts(b, all);

	if (!b->quick.usable)
		return;
	for (size_t i = 0; i < n; i++)
		*all[i] *= b->unit;
	b->quick.usable = false;
	set_unit(b, 1);
}

/*
 * The other way round.  False: an amount is no multiple of the unit, or what is
 * held was not counted in shares.
 */
static bool
count_units(struct book *b, num_i128 unit)
{
	num_i128 *all[AMOUNTS];
	size_t n = find_amounts(b, all);

	if (b->held.side != 0 && b->held.shares == 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if (*all[i] % unit != 0)
			return false;
	for (size_t i = 0; i < n; i++)
		*all[i] /= unit;
	set_unit(b, unit);
	return true;
}

void
book_prices(struct book *b, int scale)
{
	const struct size *size = &b->opts->size;

	if (scale == b->scale)
		return;
	b->scale = scale;
	count_money(b);
	quick_init(&b->quick, &b->opts->cost, scale);
	b->quick.usable = b->quick.usable && size->kind == SIZE_SHARE &&
	    size->share == NUM_PRICE_ONE && !size->fractional &&
	    count_units(b, b->quick.unit);
}

static bool
add(num_i128 *sum, num_i128 amount)
{
	return !__builtin_add_overflow(*sum, amount, sum);
}

/* How many 2^64 a sum is, or a little more. */
static uint64_t
height(num_i128 sum)
{
	int64_t high = (int64_t)(sum >> 64);

	return (uint64_t)(high < 0 ? ~high : high);
}

/*
 * Amounts of quick fills are below 2^63, and money holds 2^66 of their largest
 * unit.  As long as a sum is far from what money holds, the next order does not
 * take it there.
 */
static bool
has_room(const struct book *b)
{
	return (height(b->cash) | height(b->fees) | height(b->gross_profit) |
		   height(b->gross_loss)) < b->room;
}

/* A fill, and what it comes to: amounts, but the quantity. */
struct wanted {
	const struct order *order;
	const struct book_quote *quote;
	struct quick_share share; /* what one costs or brings, if ->quick */
	bool quick;
	num_i128 quantity, paid, value, fees;
};

static void
tell_fill(const struct book *b, const struct wanted *w,
    struct book_result *result)
{
	result->fills[result->nfills++] =
	    (struct book_fill){.side = w->order->side,
		.quantity = w->quantity,
		.price = book_money(b, w->paid),
		.value = book_money(b, w->value),
		.fees = book_money(b, w->fees)};
}

/* The open trade, which has gained nothing yet. */
static struct book_trade
trade_of(const struct book *b)
{
	const struct book_held *h = &b->held;

	return (struct book_trade){.id = b->trades,
	    .side = h->side,
	    .quantity = h->quantity,
	    .entry = h->entry,
	    .entry_price = book_money(b, h->price),
	    .cost = book_money(b, h->cost),
	    .fees = book_money(b, h->fees),
	    .open = true};
}

static void
tell_trade(const struct book *b, const struct wanted *w, num_i128 pnl,
    struct book_result *result)
{
	struct book_trade *t = &result->trade;

	*t = trade_of(b);
	t->exit = w->quote->now;
	t->exit_price = book_money(b, w->paid);
	t->fees += book_money(b, w->fees);
	t->pnl = book_money(b, pnl);
	t->open = false;
	result->closed = true;
}

/* The trade ends with this gain, which is to be added to one of the sums. */
static inline num_i128 *
end_trade(struct book *b, const struct wanted *w, bool wins)
{
	struct book_held *h = &b->held;

	h->side = 0;
	h->quantity = 0;
	b->closed++;
	b->wins += wins;
	b->bars_in_market += w->quote->now.bar - h->entry.bar;
	return wins ? &b->gross_profit : &b->gross_loss;
}

/* A trade begins; what it cost is for the caller to say. */
static inline struct book_held *
begin_trade(struct book *b, const struct wanted *w)
{
	struct book_held *h = &b->held;

	b->trades++;
	h->side = w->order->side == ORDER_BUY ? 1 : -1;
	h->entry = w->quote->now;
	return h;
}

/* A quick fill: amounts as they are, which nothing packs into larger ones. */
struct leg {
	int64_t shares, value, fee;
};

static void
tell_leg(const struct book *b, struct wanted *w, const struct leg *leg,
    struct book_result *result)
{
	w->quantity = (num_i128)leg->shares * NUM_MONEY_ONE;
	w->paid = w->share.price;
	w->value = leg->value;
	w->fees = leg->fee;
	tell_fill(b, w, result);
}

/* Books the cash and the fees of amounts that has_room left room for. */
static inline void
pay_leg(struct book *b, const struct wanted *w, const struct leg *leg)
{
	b->cash += w->order->side == ORDER_BUY ? -leg->value : leg->value;
	b->cash -= leg->fee;
	b->fees += leg->fee;
}

/* False, as below: not that way, and nothing was done. */
static inline bool
close_quick(struct book *b, struct wanted *w, struct book_result *result)
{
	const struct book_held *h = &b->held;
	struct quick_share all;

	if (!w->quick || !quick_times(&w->share, h->shares, &all))
		return false;
	struct leg leg = {h->shares, all.price, all.fee};
	num_i128 rise = leg.value - h->cost;
	num_i128 pnl = (h->side > 0 ? rise : -rise) - h->fees - leg.fee;

	pay_leg(b, w, &leg);
	if (result != NULL) {
		tell_leg(b, w, &leg, result);
		tell_trade(b, w, pnl, result);
	}
	*end_trade(b, w, pnl > 0) += pnl;
	return true;
}

static inline bool
open_quick(struct book *b, struct wanted *w, struct book_result *result)
{
	int64_t shares;

	if (!w->quick || !quick_shares(&w->share, b->cash, &shares))
		return false;
	if (shares == 0) {
		b->unaffordable++;
		return true;
	}
	/* Together they are no more than the cash. */
	struct leg leg = {shares, w->share.price * shares,
	    w->share.fee * shares};
	struct book_held *h = begin_trade(b, w);

	pay_leg(b, w, &leg);
	h->quantity = (num_i128)shares * NUM_MONEY_ONE;
	h->shares = shares;
	h->price = w->share.price;
	h->cost = leg.value;
	h->fees = leg.fee;
	if (result != NULL)
		tell_leg(b, w, &leg, result);
	return true;
}

/* Works a fill out and books it: the cash and the fees. */
static bool
pay(struct book *b, struct wanted *w, struct book_result *result)
{
	const struct cost *cost = &b->opts->cost;

	if (!cost_fill(cost, w->quote->price, w->order->side, &w->paid) ||
	    !cost_value(w->quantity, w->paid, &w->value) ||
	    !cost_fee(cost, w->value, &w->fees))
		return false;
	if (result != NULL)
		tell_fill(b, w, result);
	return add(&b->cash,
		   w->order->side == ORDER_BUY ? -w->value : w->value) &&
	    add(&b->cash, -w->fees) && add(&b->fees, w->fees);
}

/* What a trade has gained that is worth ${rise} more than at its entry. */
static bool
gain(int side, num_i128 rise, num_i128 fees, num_i128 *pnl)
{
	return !__builtin_sub_overflow(side > 0 ? rise : -rise, fees, pnl);
}

static bool
close_trade(struct book *b, struct wanted *w, struct book_result *result)
{
	const struct book_held *h = &b->held;
	num_i128 fees, pnl;

	count_money(b);
	fees = h->fees;
	w->quantity = h->quantity;
	if (!pay(b, w, result) || !add(&fees, w->fees) ||
	    !gain(h->side, w->value - h->cost, fees, &pnl))
		return false;
	if (result != NULL)
		tell_trade(b, w, pnl, result);
	return add(end_trade(b, w, pnl > 0), pnl);
}

/* How much to open with. */
static enum size_result
choose(struct book *b, struct wanted *w)
{
	num_i128 price;

	w->quantity = 0;
	if (!cost_fill(&b->opts->cost, w->quote->price, w->order->side, &price))
		return SIZE_TOO_LARGE;
	return size_choose(&b->opts->size, &b->opts->cost, b->cash, price,
	    &w->quantity);
}

static bool
refuse(struct book *b, const struct wanted *w, struct book_result *result)
{
	b->refused++;
	if (result == NULL)
		return true;
	result->refused = true;
	result->quantity = w->quantity;
	return cost_fill(&b->opts->cost, w->quote->price, w->order->side,
	    &result->price);
}

static bool
open_trade(struct book *b, struct wanted *w, struct book_result *result)
{
	count_money(b);
	switch (choose(b, w)) {
	case SIZE_OK:
		break;
	case SIZE_NOTHING:
		b->unaffordable++;
		return true;
	case SIZE_NO_CASH:
		return refuse(b, w, result);
	case SIZE_TOO_LARGE:
		return false;
	}
	if (!pay(b, w, result))
		return false;
	struct book_held *h = begin_trade(b, w);

	h->quantity = w->quantity;
	h->shares = 0;
	h->price = w->paid;
	h->cost = w->value;
	h->fees = w->fees;
	return true;
}

int
book_execute(struct book *b, const struct order *order,
    const struct book_quote *quote, struct book_result *result, struct err *e)
{
	struct wanted w;

	w.order = order;
	w.quote = quote;
	if (result != NULL) {
		result->nfills = 0;
		result->closed = result->refused = false;
	}
	w.quick = quick_share(&b->quick, quote->price, order->side, &w.share);
	if (order->intent != ORDER_OPEN && !close_quick(b, &w, result)) {
		w.quick = false;
		if (!close_trade(b, &w, result))
			return too_large(e);
	}
	if (order->intent != ORDER_CLOSE && !open_quick(b, &w, result) &&
	    !open_trade(b, &w, result))
		return too_large(e);
	if (!has_room(b))
		count_money(b);
	return 0;
}

bool
book_broke(const struct book *b, const struct bars_price *price)
{
	struct quick_share share;
	int64_t shares;

	/* A sale opens for less. */
	return b->quick.usable &&
	    quick_share(&b->quick, price, ORDER_SELL, &share) &&
	    quick_shares(&share, b->cash, &shares) && shares == 0;
}

int
book_equity(const struct book *b, const struct bars_price *price,
    num_i128 *equity, struct err *e)
{
	int side = b->held.side;
	num_i128 money, value;

	if (!cost_price(price, &money) ||
	    !cost_value(b->held.quantity, money, &value))
		return too_large(e);
	*equity = book_money(b, b->cash);
	if (__builtin_add_overflow(*equity, side < 0 ? -value : value, equity))
		return too_large(e);
	return 0;
}

int
book_open_trade(const struct book *b, const struct book_quote *quote,
    struct book_trade *trade, struct err *e)
{
	num_i128 money, value;

	*trade = trade_of(b);
	trade->exit = quote->now;
	if (!cost_price(quote->price, &money) ||
	    !cost_value(trade->quantity, money, &value) ||
	    !gain(trade->side, value - trade->cost, trade->fees, &trade->pnl))
		return too_large(e);
	trade->exit_price = money;
	return 0;
}

double
book_return(const struct book_trade *t)
{
	return t->cost == 0 ? 0 : num_money(t->pnl) / num_money(t->cost);
}
