/* SPDX-License-Identifier: MIT */
/* From signals and a position to an order. */
#include "trading/order.h"

static const char *const side_names[] = {"buy", "sell"};
static const char *const intent_names[] = {"open", "close", "reverse"};

const char *
order_side_name(enum order_side side)
{
	return side_names[side];
}

const char *
order_intent_name(enum order_intent intent)
{
	return intent_names[intent];
}

static bool
is_true(strategy_signals signals, enum strategy_rule rule)
{
	return (signals >> rule & 1U) != 0;
}

static bool
set(struct order *order, enum order_side side, enum order_intent intent)
{
	order->side = side;
	order->intent = intent;
	return true;
}

/* One way only: in at ${in}, out at ${out}, ${side} being the way in. */
static bool
decide_one_way(int position, bool in, bool out, enum order_side side,
    struct order *order)
{
	if (position == 0 && in)
		return set(order, side, ORDER_OPEN);
	if (position != 0 && out)
		return set(order, side == ORDER_BUY ? ORDER_SELL : ORDER_BUY,
		    ORDER_CLOSE);
	return false;
}

bool
order_decide(const struct order_rules *rules, int position,
    strategy_signals signals, struct order *order)
{
	bool entry = is_true(signals, STRATEGY_ENTRY);
	bool exit = is_true(signals, STRATEGY_EXIT);
	bool short_entry = is_true(signals, STRATEGY_SHORT_ENTRY);
	bool short_exit = is_true(signals, STRATEGY_SHORT_EXIT);

	if (rules->direction == ORDER_LONG)
		return decide_one_way(position, entry, exit, ORDER_BUY, order);
	if (rules->direction == ORDER_SHORT)
		return decide_one_way(position,
		    rules->short_entry ? short_entry : entry,
		    rules->short_exit ? short_exit : exit, ORDER_SELL, order);

	short_entry = rules->short_entry ? short_entry : exit;
	short_exit = rules->short_exit ? short_exit : entry;
	if (position <= 0 && entry)
		return set(order, ORDER_BUY,
		    position == 0 ? ORDER_OPEN : ORDER_REVERSE);
	if (position >= 0 && short_entry)
		return set(order, ORDER_SELL,
		    position == 0 ? ORDER_OPEN : ORDER_REVERSE);
	if (position > 0 && exit)
		return set(order, ORDER_SELL, ORDER_CLOSE);
	if (position < 0 && short_exit)
		return set(order, ORDER_BUY, ORDER_CLOSE);
	return false;
}

void
order_choices_init(struct order_choices *c, const struct order_rules *rules)
{
	for (int position = -1; position <= 1; position++)
		for (unsigned signals = 0; signals < 1U << STRATEGY_RULES;
		     signals++) {
			struct order order;
			struct order_choice *at = &c->at[position + 1][signals];

			at->makes =
			    order_decide(rules, position, signals, &order);
			if (!at->makes)
				continue;
			at->side = (uint8_t)order.side;
			at->intent = (uint8_t)order.intent;
		}
}
