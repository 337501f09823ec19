/* SPDX-License-Identifier: MIT */
/* The account. */
#include "trading/book.h"

static int
too_large(struct err *e)
{
	return err_set(e, EX_DATAERR,
	    "a value is beyond 1.7e20, "
	    "which exact money cannot hold");
}

void
book_init(struct book *b, const struct book_opts *opts)
{
	*b = (struct book){.opts = opts, .cash = opts->cash};
}

void
book_prices(struct book *b, int scale)
{
	quick_init(&b->quick, &b->opts->cost, scale);
}

int
book_position(const struct book *b)
{
	return b->trade.side;
}

static bool
add(num_i128 *sum, num_i128 amount)
{
	return !__builtin_add_overflow(*sum, amount, sum);
}

/* A fill that is wanted. */
struct wanted {
	const struct order *order;
	const struct bars_price *price;
	struct book_moment now;
};

/* Books a fill: cash, fees and the list of fills. */
static bool
book_leg(struct book *b, const struct book_fill *fill,
    struct book_result *result)
{
	num_i128 value = fill->side == ORDER_BUY ? -fill->value : fill->value;

	result->fills[result->nfills++] = *fill;
	return add(&b->cash, value) && add(&b->cash, -fill->fees) &&
	    add(&b->fees, fill->fees);
}

/* A fill of ${quantity}, whole ${shares} or 0, with its commission. */
static bool
make_fill(const struct book *b, const struct wanted *w, num_i128 quantity,
    int64_t shares, struct book_fill *fill)
{
	enum order_side side = w->order->side;
	struct quick_leg leg;

	*fill = (struct book_fill){.side = side, .quantity = quantity};
	if (shares > 0 && quick_fill(&b->quick, w->price, side, shares, &leg)) {
		fill->price = leg.price;
		fill->value = leg.value;
		fill->fees = leg.fee;
		return true;
	}
	return cost_fill(&b->opts->cost, w->price, side, &fill->price) &&
	    cost_value(quantity, fill->price, &fill->value) &&
	    cost_fee(&b->opts->cost, fill->value, &fill->fees);
}

/* What ${trade} has gained when it is worth ${out}, after its fees so far. */
static bool
gain(struct book_trade *trade, num_i128 price, num_i128 out)
{
	trade->exit_price = price;
	trade->pnl = trade->side > 0 ? out - trade->cost : trade->cost - out;
	return add(&trade->pnl, -trade->fees);
}

static bool
close_trade(struct book *b, const struct wanted *w, struct book_result *result)
{
	struct book_trade *t = &result->trade;
	struct book_fill fill;

	*t = b->trade;
	if (!make_fill(b, w, t->quantity, t->shares, &fill) ||
	    !book_leg(b, &fill, result) || !add(&t->fees, fill.fees) ||
	    !gain(t, fill.price, fill.value))
		return false;
	t->open = false;
	t->exit = w->now;
	result->closed = true;
	b->trade = (struct book_trade){0};
	b->closed++;
	b->wins += t->pnl > 0;
	b->bars_in_market += w->now.bar - t->entry.bar;
	return add(t->pnl > 0 ? &b->gross_profit : &b->gross_loss, t->pnl);
}

/* All that the cash pays for, the usual case. */
static bool
all_shares(const struct book *b, const struct wanted *w, int64_t *shares)
{
	const struct size *size = &b->opts->size;

	return size->kind == SIZE_SHARE && size->share == NUM_PRICE_ONE &&
	    !size->fractional &&
	    quick_shares(&b->quick, w->price, w->order->side, b->cash, shares);
}

/* How much to open with, and whole shares of it or 0. */
static enum size_result
choose(const struct book *b, const struct wanted *w, num_i128 *quantity,
    int64_t *shares)
{
	num_i128 fill;

	*shares = 0;
	if (all_shares(b, w, shares)) {
		*quantity = (num_i128)*shares * NUM_MONEY_ONE;
		return *shares > 0 ? SIZE_OK : SIZE_NOTHING;
	}
	if (!cost_fill(&b->opts->cost, w->price, w->order->side, &fill))
		return SIZE_TOO_LARGE;
	return size_choose(&b->opts->size, &b->opts->cost, b->cash, fill,
	    quantity);
}

static bool
open_trade(struct book *b, const struct wanted *w, struct book_result *result)
{
	struct book_fill fill;
	num_i128 quantity = 0;
	int64_t shares;

	switch (choose(b, w, &quantity, &shares)) {
	case SIZE_OK:
		break;
	case SIZE_NOTHING:
		b->unaffordable++;
		return true;
	case SIZE_NO_CASH:
		b->refused++;
		result->refused = true;
		result->quantity = quantity;
		return cost_fill(&b->opts->cost, w->price, w->order->side,
		    &result->price);
	case SIZE_TOO_LARGE:
		return false;
	}
	if (!make_fill(b, w, quantity, shares, &fill) ||
	    !book_leg(b, &fill, result))
		return false;
	b->trade = (struct book_trade){.id = ++b->trades,
	    .side = fill.side == ORDER_BUY ? 1 : -1,
	    .quantity = quantity,
	    .shares = shares,
	    .entry = w->now,
	    .entry_price = fill.price,
	    .cost = fill.value,
	    .fees = fill.fees,
	    .open = true};
	return true;
}

int
book_execute(struct book *b, const struct order *order,
    const struct book_quote *quote, struct book_result *result, struct err *e)
{
	struct wanted wanted = {order, quote->price, quote->now};

	result->nfills = 0;
	result->closed = result->refused = false;
	if (order->intent != ORDER_OPEN && !close_trade(b, &wanted, result))
		return too_large(e);
	if (order->intent != ORDER_CLOSE && !open_trade(b, &wanted, result))
		return too_large(e);
	return 0;
}

int
book_equity(const struct book *b, const struct bars_price *price,
    num_i128 *equity, struct err *e)
{
	num_i128 money, value;

	if (!cost_price(price, &money) ||
	    !cost_value(b->trade.quantity, money, &value))
		return too_large(e);
	*equity = b->cash;
	return add(equity, b->trade.side < 0 ? -value : value) ? 0
							       : too_large(e);
}

int
book_open_trade(const struct book *b, const struct book_quote *quote,
    struct book_trade *trade, struct err *e)
{
	num_i128 money, value;

	*trade = b->trade;
	trade->exit = quote->now;
	if (!cost_price(quote->price, &money) ||
	    !cost_value(trade->quantity, money, &value) ||
	    !gain(trade, money, value))
		return too_large(e);
	return 0;
}

double
book_return(const struct book_trade *t)
{
	return t->cost == 0 ? 0 : num_money(t->pnl) / num_money(t->cost);
}
