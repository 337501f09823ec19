/* SPDX-License-Identifier: MIT */
/* Tests of what a fill costs, to the last digit of 1e-18. */
#include "trading/cost.h"
#include "unit.h"

static struct bars_price
price_of(const char *text)
{
	struct bars_price p = {.exact = true};

	if (num_read_price(text, strlen(text), &p.units) == NUM_OK)
		return p;
	p.exact = false;
	CHECK(num_read_double(text, strlen(text), &p.value) == NUM_OK);
	return p;
}

static num_i128
money_of(const char *text)
{
	num_i128 units = 0;

	CHECK(num_read_money(text, strlen(text), &units) == NUM_OK);
	return units;
}

static const char *
shown(num_i128 units)
{
	static char text[NUM_TEXT_SIZE];

	num_put_scaled(text, units, NUM_MONEY_SCALE);
	return text;
}

static const char *
fill_of(const char *price, int64_t slippage, enum order_side side)
{
	const struct cost c = {.slippage = slippage};
	struct bars_price p = price_of(price);
	num_i128 fill;

	return cost_fill(&c, &p, side, &fill) ? shown(fill) : "-";
}

UNIT_TEST("cost: slippage makes a buy dearer and a sale cheaper, exactly")
{
	CHECK_STR(fill_of("100", 0, ORDER_BUY), "100");
	CHECK_STR(fill_of("4063.14", 500000, ORDER_BUY), "4065.17157");
	CHECK_STR(fill_of("4063.14", 500000, ORDER_SELL), "4061.10843");
	CHECK_STR(fill_of("0.000000001", 1, ORDER_BUY), "0.000000001000000001");
	CHECK_STR(fill_of("9223372036.854775807", 999999999, ORDER_BUY),
	    "18446744064.486179577145224193");
	CHECK_STR(fill_of("100", 999999999, ORDER_SELL), "0.0000001");
}

UNIT_TEST("cost: a price that is a double counts as it is written")
{
	CHECK_STR(fill_of("0.12345678901", 0, ORDER_BUY), "0.12345678901");
	CHECK_STR(fill_of("12345678901234567890", 0, ORDER_BUY),
	    "12345678901234567000");
	CHECK_STR(fill_of("1e300", 0, ORDER_BUY), "-");
	CHECK_STR(fill_of("1.7e20", 500000000, ORDER_BUY), "-");
}

UNIT_TEST("cost: the value of a quantity is exact")
{
	num_i128 value = 0;

	CHECK(cost_value(money_of("70003"), money_of("1.427083"), &value));
	CHECK_STR(shown(value), "99900.091249");
	CHECK(cost_value(money_of("0.5"), money_of("0.3"), &value));
	CHECK_STR(shown(value), "0.15");
	CHECK(cost_value(0, money_of("5"), &value));
	CHECK_STR(shown(value), "0");
	CHECK(cost_value(money_of("99999999999.999999999"),
	    money_of("1000000000"), &value));
	CHECK_STR(shown(value), "99999999999999999999");
	/* 1e-9 x 1e-9.5 needs more places than there are: half to even. */
	CHECK(cost_value(money_of("0.000000001"), money_of("0.0000000005"),
	    &value));
	CHECK_STR(shown(value), "0");
	CHECK(cost_value(money_of("0.000000001"), money_of("0.0000000015"),
	    &value));
	CHECK_STR(shown(value), "0.000000000000000002");
}

UNIT_TEST("cost: a value beyond money is told, and nothing is written")
{
	num_i128 value = 42;

	CHECK(!cost_value(money_of("1e11"), money_of("1e10"), &value));
	CHECK(!cost_value(money_of("170000000000000000000"), money_of("1.1"),
	    &value));
	CHECK_INT(value, 42);
}

UNIT_TEST("cost: the commission is the rate of the value, exactly")
{
	const struct cost c = {.commission = 1000000};
	num_i128 fee = 0;

	CHECK(cost_fee(&c, money_of("99900.091249"), &fee));
	CHECK_STR(shown(fee), "99.900091249");
	CHECK(cost_fee(&c, money_of("170000000000000000000"), &fee));
	CHECK_STR(shown(fee), "170000000000000000");
	CHECK(cost_fee(&(struct cost){0}, money_of("1"), &fee));
	CHECK_STR(shown(fee), "0");
}
