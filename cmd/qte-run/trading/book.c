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

/* Books a fill: cash, fees and the list of fills. */
static bool
book_leg(struct book *b, const struct book_fill *fill,
    struct book_result *result)
{
	num_i128 value;

	if (!cost_value(fill->quantity, fill->price, &value))
		return false;
	if (fill->side == ORDER_BUY)
		value = -value;
	result->fills[result->nfills++] = *fill;
	return add(&b->cash, value) && add(&b->cash, -fill->fees) &&
	    add(&b->fees, fill->fees);
}

/* A fill of ${quantity} at ${price}, with its commission. */
static bool
make_fill(const struct book *b, enum order_side side, num_i128 quantity,
    num_i128 price, struct book_fill *fill)
{
	num_i128 value;

	*fill = (struct book_fill){side, quantity, price, 0};
	return cost_value(quantity, price, &value) &&
	    cost_fee(&b->opts->cost, value, &fill->fees);
}

/* What ${trade} has gained at ${price}, after the fees it bears so far. */
static bool
gain(struct book_trade *trade, num_i128 price)
{
	num_i128 in, out;

	if (!cost_value(trade->quantity, trade->entry_price, &in) ||
	    !cost_value(trade->quantity, price, &out))
		return false;
	trade->exit_price = price;
	trade->pnl = trade->side > 0 ? out - in : in - out;
	return add(&trade->pnl, -trade->fees);
}

static bool
close_trade(struct book *b, const struct order *order, num_i128 price,
    struct book_moment now, struct book_result *result)
{
	struct book_trade *t = &result->trade;
	struct book_fill fill;

	*t = b->trade;
	if (!make_fill(b, order->side, t->quantity, price, &fill) ||
	    !book_leg(b, &fill, result) || !add(&t->fees, fill.fees) ||
	    !gain(t, price))
		return false;
	t->open = false;
	t->exit = now;
	result->closed = true;
	b->trade = (struct book_trade){0};
	b->closed++;
	b->wins += t->pnl > 0;
	b->bars_in_market += now.bar - t->entry.bar;
	return add(t->pnl > 0 ? &b->gross_profit : &b->gross_loss, t->pnl);
}

static bool
open_trade(struct book *b, const struct order *order, num_i128 price,
    struct book_moment now, struct book_result *result)
{
	struct book_fill fill;
	num_i128 quantity = 0;

	switch (size_choose(&b->opts->size, &b->opts->cost, b->cash, price,
	    &quantity)) {
	case SIZE_OK:
		break;
	case SIZE_NOTHING:
		b->unaffordable++;
		return true;
	case SIZE_NO_CASH:
		b->refused++;
		result->refused = true;
		result->quantity = quantity;
		result->price = price;
		return true;
	case SIZE_TOO_LARGE:
		return false;
	}
	if (!make_fill(b, order->side, quantity, price, &fill) ||
	    !book_leg(b, &fill, result))
		return false;
	b->trade = (struct book_trade){.id = ++b->trades,
	    .side = order->side == ORDER_BUY ? 1 : -1,
	    .quantity = quantity,
	    .entry = now,
	    .entry_price = price,
	    .fees = fill.fees,
	    .open = true};
	return true;
}

int
book_execute(struct book *b, const struct order *order,
    const struct book_quote *quote, struct book_result *result, struct err *e)
{
	num_i128 fill;

	*result = (struct book_result){0};
	if (!cost_fill(&b->opts->cost, quote->price, order->side, &fill))
		return too_large(e);
	if (order->intent != ORDER_OPEN &&
	    !close_trade(b, order, fill, quote->now, result))
		return too_large(e);
	if (order->intent != ORDER_CLOSE &&
	    !open_trade(b, order, fill, quote->now, result))
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
	num_i128 money;

	*trade = b->trade;
	trade->exit = quote->now;
	if (!cost_price(quote->price, &money) || !gain(trade, money))
		return too_large(e);
	return 0;
}

double
book_return(const struct book_trade *t)
{
	num_i128 value;

	if (!cost_value(t->quantity, t->entry_price, &value) || value == 0)
		return 0;
	return num_money(t->pnl) / num_money(value);
}
