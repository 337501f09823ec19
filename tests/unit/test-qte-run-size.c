/* SPDX-License-Identifier: MIT */
/* Tests of how much is traded: the largest quantity that cash pays for. */
#include "trading/size.h"
#include "unit.h"

static const struct size all = {.kind = SIZE_SHARE, .share = NUM_PRICE_ONE};
static const struct size parts = {.kind = SIZE_SHARE,
    .share = NUM_PRICE_ONE,
    .fractional = true};

static num_i128
money_of(const char *text)
{
	num_i128 units = 0;

	CHECK(num_read_money(text, strlen(text), &units) == NUM_OK);
	return units;
}

/* The quantity as text, or why there is none. */
static const char *
choose(const struct size *size, int64_t commission, const char *cash,
    const char *fill)
{
	static const char *const names[] = {"", "nothing", "no cash",
	    "too large"};
	static char text[NUM_TEXT_SIZE];
	const struct cost c = {.commission = commission};
	num_i128 quantity = 0;
	enum size_result result =
	    size_choose(size, &c, money_of(cash), money_of(fill), &quantity);

	if (result != SIZE_OK)
		return names[result];
	num_put_scaled(text, quantity, NUM_MONEY_SCALE);
	return text;
}

static struct size
read(const char *text, int want)
{
	struct size size = {0};
	struct err e = {0};

	CHECK_INT(size_read(&size, text, &e), want);
	return size;
}

UNIT_TEST("size: all, N and P% are read")
{
	struct size size = read("all", 0);

	CHECK_INT(size.kind, SIZE_SHARE);
	CHECK_INT(size.share, NUM_PRICE_ONE);
	size = read("12.5%", 0);
	CHECK_INT(size.kind, SIZE_SHARE);
	CHECK_INT(size.share, 125000000);
	size = read("100%", 0);
	CHECK_INT(size.share, NUM_PRICE_ONE);
	size = read("2.5", 0);
	CHECK_INT(size.kind, SIZE_FIXED);
	CHECK(size.quantity == money_of("2.5"));
	size = read("0.000000000000000001", 0);
	CHECK(size.quantity == 1);
}

UNIT_TEST("size: it is written as it is read")
{
	static const char *const sizes[] = {"all", "12.5%", "0.0000001%", "100",
	    "2.5", "0.000000000000000001"};
	char text[NUM_TEXT_SIZE];

	for (size_t i = 0; i < QTE_COUNT(sizes); i++) {
		struct size size = read(sizes[i], 0);

		size_put(text, &size);
		CHECK_STR(text, sizes[i]);
	}
}

UNIT_TEST("size: what is none of these is refused")
{
	static const char *const bad[] = {"", "0", "-1", "0%", "-5%", "101%",
	    "100.0000001%", "%", "x", "ALL", "all%", "1,5", "5 %", "nan",
	    "1e40", "0.0000000000000000001", "10bp"};

	for (size_t i = 0; i < QTE_COUNT(bad); i++)
		(void)read(bad[i], EX_USAGE);
}

UNIT_TEST("size: all is exactly what the cash pays for")
{
	CHECK_STR(choose(&all, 1000000, "100100", "100"), "1000");
	CHECK_STR(choose(&all, 1000000, "100099.999999999999999999", "100"),
	    "999");
	CHECK_STR(choose(&all, 0, "100000", "100"), "1000");
	CHECK_STR(choose(&all, 0, "99999.999999999999999999", "100"), "999");
	CHECK_STR(choose(&all, 1000000, "100000", "1.427083"), "70003");
	CHECK_STR(
	    choose(&all, 0, "0.000000000000000003", "0.000000000000000001"),
	    "3");
}

UNIT_TEST("size: less than one share is nothing")
{
	CHECK_STR(choose(&all, 1000000, "100", "100"), "nothing");
	CHECK_STR(choose(&all, 1000000, "100.1", "100"), "1");
	CHECK_STR(choose(&all, 0, "0", "100"), "nothing");
	CHECK_STR(choose(&all, 0, "-5", "100"), "nothing");
	CHECK_STR(choose(&all, 0, "100", "0"), "nothing");
	CHECK_STR(choose(&parts, 0, "0", "100"), "nothing");
}

UNIT_TEST("size: parts of a share go to the last digit of 1e-18")
{
	CHECK_STR(choose(&parts, 0, "10", "3"), "3.333333333333333333");
	CHECK_STR(choose(&parts, 0, "2", "4"), "0.5");
	CHECK_STR(choose(&parts, 1000000, "100100", "100"), "1000");
	CHECK_STR(choose(&parts, 1000000, "100", "100"),
	    "0.999000999000999001");
}

UNIT_TEST("size: a percentage is of what there is")
{
	struct size half = read("50%", 0), third = read("33.3333333%", 0);

	CHECK_STR(choose(&half, 1000000, "200200", "100"), "1000");
	CHECK_STR(choose(&half, 1000000, "200199.999999999", "100"), "999");
	CHECK_STR(choose(&third, 0, "300", "1"), "99");
	third.fractional = true;
	CHECK_STR(choose(&third, 0, "300", "1"), "99.9999999");
}

UNIT_TEST("size: a fixed quantity is had whole or not at all")
{
	struct size ten = read("10", 0);

	CHECK_STR(choose(&ten, 1000000, "1001", "100"), "10");
	CHECK_STR(choose(&ten, 1000000, "1000.999999999999999999", "100"),
	    "no cash");
	CHECK_STR(choose(&ten, 0, "-1", "100"), "no cash");
	CHECK_STR(choose(&ten, 0, "1000", "18000000000000000000"), "too large");
}

UNIT_TEST("size: more shares than can be counted are too many")
{
	CHECK_STR(choose(&all, 0, "170000000000000000000", "1"), "too large");
	CHECK_STR(choose(&all, 0, "170000000000", "0.000000001"), "too large");
	CHECK_STR(choose(&all, 0, "169000000000", "0.000000001"),
	    "169000000000000000000");
}

UNIT_TEST("size: of whole shares it is the quotient, rounded down, always")
{
	uint64_t random = 3;

	for (int i = 0; i < 20000; i++) {
		struct cost c = {0};
		num_i128 cash, fill, quantity = 0, wanted;

		random = random * UINT64_C(6364136223846793005) + 1;
		c.commission = (int64_t)(random >> 36) % 50000000;
		fill = (num_i128)((random >> 40) % 100000 + 1);
		random = random * UINT64_C(6364136223846793005) + 1;
		cash = (num_i128)((random >> 30) % 1000000000);
		/* In cents and 1e-9; no term is beyond 1e29. */
		wanted = cash * NUM_PRICE_ONE /
		    (fill * (NUM_PRICE_ONE + c.commission));
		CHECK_INT(size_choose(&all, &c, cash * (NUM_MONEY_ONE / 100),
			      fill * (NUM_MONEY_ONE / 100), &quantity),
		    wanted > 0 ? SIZE_OK : SIZE_NOTHING);
		if (!CHECK(quantity == wanted * NUM_MONEY_ONE))
			return;
	}
}

UNIT_TEST("size: of parts of a share, one more of 1e-18 is never paid for")
{
	uint64_t random = 5;

	for (int i = 0; i < 5000; i++) {
		struct cost c = {0};
		num_i128 cash, fill, quantity = 0, value, fee = 0;

		random = random * UINT64_C(6364136223846793005) + 1;
		c.commission = (int64_t)(random >> 36) % 50000000;
		fill = (num_i128)((random >> 40) % 100000 + 1000) *
		    (NUM_MONEY_ONE / 100);
		random = random * UINT64_C(6364136223846793005) + 1;
		cash = (num_i128)((random >> 20) % 1000000000 + 1000) *
		    (NUM_MONEY_ONE / 100);
		CHECK_INT(size_choose(&parts, &c, cash, fill, &quantity),
		    SIZE_OK);
		CHECK(cost_value(quantity, fill, &value) &&
		    cost_fee(&c, value, &fee));
		CHECK(value + fee <= cash);
		CHECK(cost_value(quantity + 1, fill, &value) &&
		    cost_fee(&c, value, &fee));
		if (!CHECK(value + fee > cash))
			return;
	}
}
