/* SPDX-License-Identifier: MIT */
/* Tests of book/ledger. */
#include "book/ledger.h"
#include "random.h"
#include "unit.h"

#define ONE NUM_PRICE_ONE

UNIT_TEST("ledger: what is sold takes its share of the cost")
{
	struct ledger l = {0};

	CHECK(ledger_trade(&l, 100 * ONE, 10 * ONE));
	CHECK(ledger_trade(&l, 50 * ONE, 13 * ONE));
	CHECK_INT(ledger_average(&l), 11 * ONE);
	CHECK(ledger_trade(&l, -30 * ONE, 20 * ONE));
	CHECK_INT(l.quantity, 120 * ONE);
	CHECK_INT(ledger_average(&l), 11 * ONE);
	CHECK(ledger_is_average(&l, 11 * ONE, 9));
	CHECK(!ledger_is_average(&l, 11 * ONE + 1, 9));
	CHECK(!ledger_is_average(&l, 11 * ONE - 1, 9));
	CHECK(ledger_is_average(&l, 11 * ONE + ONE / 200, 2));
	CHECK(!ledger_is_average(&l, 11 * ONE + ONE / 200 + 1, 2));
}

UNIT_TEST("ledger: through zero it begins anew, on either side")
{
	struct ledger l = {0};

	CHECK(ledger_trade(&l, 10 * ONE, 10 * ONE));
	CHECK(ledger_trade(&l, -10 * ONE, 12 * ONE));
	CHECK_INT(l.quantity, 0);
	CHECK(l.cost == 0);
	CHECK(ledger_trade(&l, -10 * ONE, 12 * ONE));
	CHECK(ledger_trade(&l, -10 * ONE, 14 * ONE));
	CHECK(ledger_is_average(&l, 13 * ONE, 9));
	CHECK(ledger_trade(&l, 5 * ONE, 99 * ONE));
	CHECK_INT(l.quantity, -15 * ONE);
	CHECK(ledger_is_average(&l, 13 * ONE, 9));
	CHECK(ledger_trade(&l, 20 * ONE, 7 * ONE));
	CHECK_INT(l.quantity, 5 * ONE);
	CHECK(ledger_is_average(&l, 7 * ONE, 9));
}

UNIT_TEST(
    "ledger: an average that no decimal is, is told to each of its digits")
{
	struct ledger l = {0};

	CHECK(ledger_trade(&l, 2 * ONE, 10 * ONE));
	CHECK(ledger_trade(&l, ONE, 11 * ONE));
	CHECK(ledger_is_average(&l, INT64_C(10333333333), 9));
	CHECK(!ledger_is_average(&l, INT64_C(10333333334), 9));
	CHECK(ledger_is_average(&l, INT64_C(10330000000), 2));
	CHECK(!ledger_is_average(&l, INT64_C(10340000000), 2));
	for (int i = 0; i < 1000; i++) {
		CHECK(ledger_trade(&l, 4 * ONE, INT64_C(10333333333)));
		CHECK(ledger_trade(&l, -4 * ONE, 50 * ONE));
	}
	CHECK(ledger_is_average(&l, INT64_C(10333333333), 8));
}

UNIT_TEST("ledger: what is too large is refused, and changes nothing")
{
	struct ledger l = {0};

	CHECK(ledger_trade(&l, INT64_MAX - 5, INT64_MAX));
	CHECK(!ledger_trade(&l, 10, 1));
	CHECK_INT(l.quantity, INT64_MAX - 5);
	CHECK(ledger_trade(&l, -(INT64_MAX - 5), INT64_MAX));
	CHECK(ledger_trade(&l, -INT64_MAX, 1));
	CHECK(!ledger_trade(&l, -1, 1));
	CHECK_INT(l.quantity, -INT64_MAX);
}

UNIT_TEST("ledger: buys alone cost what they cost, to the last digit")
{
	struct ledger l = {0};
	num_i128 cost = 0;

	for (int i = 0; i < 10000; i++) {
		int64_t quantity = (int64_t)random_below(1000000000000);
		int64_t price = (int64_t)random_below(1000000000000);

		CHECK(ledger_trade(&l, quantity, price));
		cost += (num_i128)quantity * price;
	}
	CHECK(l.cost == cost);
}
