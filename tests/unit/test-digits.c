/* SPDX-License-Identifier: MIT */
/* Tests of base/digits; the digits are held against printf's. */
#include <inttypes.h>

#include "base/digits.h"
#include "random.h"
#include "unit.h"

/* What stands behind the room must not change. */
#define GUARD '#'

struct room {
	char text[DIGITS_ROOM + 1];
};

static struct room
fresh(void)
{
	struct room r;

	memset(r.text, GUARD, sizeof(r.text));
	return r;
}

static bool
holds(const struct room *r, const char *want, size_t n)
{
	return CHECK(memcmp(r->text, want, n) == 0) &&
	    CHECK(r->text[DIGITS_ROOM] == GUARD);
}

static bool
check_put(uint64_t v)
{
	struct room r = fresh();
	char want[DIGITS_MAX + 1];
	int n = snprintf(want, sizeof(want), "%" PRIu64, v);

	return CHECK_INT(digits_put(r.text, v), n) &&
	    holds(&r, want, (size_t)n);
}

UNIT_TEST("digits: numbers of every length and their neighbours")
{
	uint64_t v = 1;

	for (int i = 0; i < DIGITS_MAX; i++, v *= 10)
		if (!check_put(v - 1) || !check_put(v) || !check_put(v + 1))
			return;
	check_put(UINT64_MAX);
}

UNIT_TEST("digits: every number of four digits, at each place")
{
	for (uint64_t v = 0; v < 10000; v++)
		if (!check_put(v) || !check_put(v * 10000) ||
		    !check_put(v * 100000000 + v) ||
		    !check_put(v * 1000000000000 + v))
			return;
}

UNIT_TEST("digits: any number")
{
	for (int i = 0; i < 500000; i++)
		if (!check_put(random_sized()))
			return;
}

UNIT_TEST("digits: the last digits of a number, with zeros in front")
{
	char all[DIGITS_MAX + 1];

	for (int i = 0; i < 200000; i++) {
		size_t n = 1 + (size_t)random_below(DIGITS_MAX);
		uint64_t v = random_sized();
		struct room r = fresh();

		(void)snprintf(all, sizeof(all), "%020" PRIu64, v);
		digits_fixed(r.text, v, n);
		if (!holds(&r, all + DIGITS_MAX - n, n))
			return;
	}
}

UNIT_TEST("digits: zeros at the end are trimmed, and only those")
{
	CHECK_INT(digits_trim("", 0), 0);
	CHECK_INT(digits_trim("0", 1), 0);
	CHECK_INT(digits_trim("00000000", 8), 0);
	CHECK_INT(digits_trim("000000000000000000", 18), 0);
	for (size_t n = 1; n <= DIGITS_MAX; n++)
		for (size_t last = 0; last < n; last++) {
			char text[DIGITS_MAX];

			memset(text, '0', sizeof(text));
			text[last] = (char)('1' + last % 9);
			if (!CHECK_INT(digits_trim(text, n), last + 1))
				return;
		}
}
