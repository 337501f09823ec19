/* SPDX-License-Identifier: MIT */
/* Tests of what signals lead to, in each position and direction. */
#include "trading/order.h"
#include "unit.h"

enum { IN = 1 << STRATEGY_ENTRY, OUT = 1 << STRATEGY_EXIT };
enum {
	SHORT_IN = 1 << STRATEGY_SHORT_ENTRY,
	SHORT_OUT = 1 << STRATEGY_SHORT_EXIT
};

/* The order as text, "-" for none. */
static const char *
decide(const struct order_rules *rules, int position, unsigned signals)
{
	static char text[64];
	struct order order = {.id = 77};

	if (!order_decide(rules, position, signals, &order))
		return "-";
	CHECK_INT(order.id, 77);
	snprintf(text, sizeof(text), "%s %s", order_side_name(order.side),
	    order_intent_name(order.intent));
	return text;
}

UNIT_TEST("order: long only goes in when flat and out when long")
{
	const struct order_rules r = {.direction = ORDER_LONG};

	CHECK_STR(decide(&r, 0, 0), "-");
	CHECK_STR(decide(&r, 0, IN), "buy open");
	CHECK_STR(decide(&r, 0, OUT), "-");
	CHECK_STR(decide(&r, 0, IN | OUT), "buy open");
	CHECK_STR(decide(&r, 1, 0), "-");
	CHECK_STR(decide(&r, 1, IN), "-");
	CHECK_STR(decide(&r, 1, OUT), "sell close");
	CHECK_STR(decide(&r, 1, IN | OUT), "sell close");
}

UNIT_TEST("order: short only mirrors it")
{
	const struct order_rules r = {.direction = ORDER_SHORT};

	CHECK_STR(decide(&r, 0, 0), "-");
	CHECK_STR(decide(&r, 0, IN), "sell open");
	CHECK_STR(decide(&r, 0, OUT), "-");
	CHECK_STR(decide(&r, 0, IN | OUT), "sell open");
	CHECK_STR(decide(&r, -1, IN), "-");
	CHECK_STR(decide(&r, -1, OUT), "buy close");
	CHECK_STR(decide(&r, -1, IN | OUT), "buy close");
}

UNIT_TEST("order: short only follows its own rules where it has them")
{
	const struct order_rules in = {.direction = ORDER_SHORT,
	    .short_entry = true};
	const struct order_rules both = {.direction = ORDER_SHORT,
	    .short_entry = true,
	    .short_exit = true};

	CHECK_STR(decide(&in, 0, IN), "-");
	CHECK_STR(decide(&in, 0, SHORT_IN), "sell open");
	CHECK_STR(decide(&in, -1, OUT), "buy close");
	CHECK_STR(decide(&both, -1, OUT), "-");
	CHECK_STR(decide(&both, -1, SHORT_OUT), "buy close");
}

UNIT_TEST("order: both ways, a signal against the position turns it")
{
	const struct order_rules r = {.direction = ORDER_LONG_SHORT};

	CHECK_STR(decide(&r, 0, 0), "-");
	CHECK_STR(decide(&r, 0, IN), "buy open");
	CHECK_STR(decide(&r, 0, OUT), "sell open");
	CHECK_STR(decide(&r, 0, IN | OUT), "buy open");
	CHECK_STR(decide(&r, 1, 0), "-");
	CHECK_STR(decide(&r, 1, IN), "-");
	CHECK_STR(decide(&r, 1, OUT), "sell reverse");
	CHECK_STR(decide(&r, 1, IN | OUT), "sell reverse");
	CHECK_STR(decide(&r, -1, 0), "-");
	CHECK_STR(decide(&r, -1, IN), "buy reverse");
	CHECK_STR(decide(&r, -1, OUT), "-");
	CHECK_STR(decide(&r, -1, IN | OUT), "buy reverse");
}

UNIT_TEST("order: both ways with rules of their own, out alone only closes")
{
	const struct order_rules r = {.direction = ORDER_LONG_SHORT,
	    .short_entry = true,
	    .short_exit = true};

	CHECK_STR(decide(&r, 0, OUT), "-");
	CHECK_STR(decide(&r, 0, SHORT_OUT), "-");
	CHECK_STR(decide(&r, 0, SHORT_IN), "sell open");
	CHECK_STR(decide(&r, 0, IN | SHORT_IN), "buy open");
	CHECK_STR(decide(&r, 1, OUT), "sell close");
	CHECK_STR(decide(&r, 1, SHORT_IN), "sell reverse");
	CHECK_STR(decide(&r, 1, OUT | SHORT_IN), "sell reverse");
	CHECK_STR(decide(&r, 1, IN | SHORT_OUT), "-");
	CHECK_STR(decide(&r, -1, SHORT_OUT), "buy close");
	CHECK_STR(decide(&r, -1, IN), "buy reverse");
	CHECK_STR(decide(&r, -1, SHORT_OUT | IN), "buy reverse");
	CHECK_STR(decide(&r, -1, OUT | SHORT_IN), "-");
}
