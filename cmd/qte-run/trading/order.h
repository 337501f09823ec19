/* SPDX-License-Identifier: MIT */
/* From signals and a position to an order, filled at the next bar. */
#ifndef QTE_RUN_ORDER_H
#define QTE_RUN_ORDER_H

#include "base/base.h"
#include "strategy/strategy.h"

enum order_direction { ORDER_LONG, ORDER_SHORT, ORDER_LONG_SHORT };
enum order_side { ORDER_BUY, ORDER_SELL };
enum order_intent { ORDER_OPEN, ORDER_CLOSE, ORDER_REVERSE };

struct order {
	int64_t id;  /* from 1; 0: there is no order */
	int64_t bar; /* at whose close it was made */
	int64_t ts_ns;
	enum order_side side;
	enum order_intent intent;
};

/* What decides besides the signals. */
struct order_rules {
	enum order_direction direction;
	bool short_entry; /* there is a rule of its own for it, */
	bool short_exit;  /* and for this */
};

/*
 * order_decide(rules, position, signals, order):
 * What to do with ${position} (1 long, 0 flat, -1 short) at a close with
 * ${signals}. Sets the side and the intent of ${order}; return whether there is
 * one.
 */
bool order_decide(const struct order_rules *, int, strategy_signals,
    struct order *);

/* What order_decide does, for each position + 1 and all signals. */
struct order_choices {
	struct order_choice {
		bool makes; /* an order, which is */
		uint8_t side, intent;
	} at[3][1 << STRATEGY_RULES];
};

/* order_choices_init(c, rules). */
void order_choices_init(struct order_choices *, const struct order_rules *);

/* order_side_name(s): "buy", "sell".  order_intent_name(i): "open" and so on.
 */
const char *order_side_name(enum order_side);
const char *order_intent_name(enum order_intent);

#endif
