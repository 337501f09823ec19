/* SPDX-License-Identifier: MIT */
/* Tests of base/power: every entry against exact whole numbers. */
#include <stdlib.h>

#include "base/power.h"
#include "unit.h"

/* Words of 32 bits, the lowest first: room for 10^POWER_MAX * 2^128. */
#define WORDS 64

struct whole {
	uint32_t word[WORDS];
};

static void
multiply(struct whole *w, uint32_t by)
{
	uint64_t carry = 0;

	for (size_t i = 0; i < WORDS; i++) {
		carry += (uint64_t)w->word[i] * by;
		w->word[i] = (uint32_t)carry;
		carry >>= 32;
	}
	CHECK(carry == 0);
}

static void
multiply_by_power(struct whole *w, uint32_t base, int n)
{
	for (int i = 0; i < n; i++)
		multiply(w, base);
}

static struct whole
from_power(struct power p)
{
	return (struct whole){.word = {(uint32_t)p.low, (uint32_t)(p.low >> 32),
				  (uint32_t)p.high, (uint32_t)(p.high >> 32)}};
}

static int
compare(const struct whole *a, const struct whole *b)
{
	for (size_t i = WORDS; i-- > 0;)
		if (a->word[i] != b->word[i])
			return a->word[i] < b->word[i] ? -1 : 1;
	return 0;
}

static int
bits(const struct whole *w)
{
	for (int i = WORDS - 1; i >= 0; i--)
		if (w->word[i] != 0)
			return 32 * i + 32 - __builtin_clz(w->word[i]);
	return 0;
}

/* floor(log2(10^${e})), from the length of 10^|${e}|. */
static int
log2_of(int e)
{
	struct whole ten = {.word = {1}};

	multiply_by_power(&ten, 10, abs(e));
	/* 10^n is no power of two but for n = 0. */
	return e >= 0 ? bits(&ten) - 1 : -bits(&ten);
}

/* ${p} * 2^${s} against 10^${e}: each factor on the side where it is whole. */
static int
compare_with(struct power p, int s, int e)
{
	struct whole left = from_power(p), right = {.word = {1}};

	multiply_by_power(s >= 0 ? &left : &right, 2, abs(s));
	multiply_by_power(e >= 0 ? &right : &left, 10, abs(e));
	return compare(&left, &right);
}

UNIT_TEST("power: every power of ten is right to its last bit")
{
	for (int e = POWER_MIN; e <= POWER_MAX; e++) {
		struct power above = power_of_ten(e);
		struct power below = {above.high - (above.low == 0),
		    above.low - 1};
		int s = log2_of(e) - 127;

		if (!CHECK(above.high >> 63 == 1) ||
		    !CHECK(compare_with(above, s, e) > 0) ||
		    !CHECK(compare_with(below, s, e) <= 0)) {
			printf("# of 10^%d\n", e);
			return;
		}
	}
}
