/* SPDX-License-Identifier: MIT */
/* The shortest decimal that reads back to a double. */
#include "base/shortest.h"

#include <assert.h>
#include <string.h>

#include "base/power.h"

#define FRACTION_BITS 52
#define HIDDEN_BIT (UINT64_C(1) << FRACTION_BITS)

/* The exponent of the last bit of the smallest doubles. */
#define LEAST_EXPONENT (-1074)

__extension__ typedef unsigned __int128 u128;

/* A double as fraction * 2^exponent. */
struct binary {
	uint64_t fraction;
	int exponent;
	bool narrow; /* the double below is only half as far as the one above */
};

/* A double and the ends of its interval, scaled alike; all rounded to odd. */
struct interval {
	uint64_t lower, middle, upper;
};

static struct binary
take_apart(double value)
{
	struct binary b;
	uint64_t bits;
	int biased;

	static_assert(sizeof(value) == sizeof(bits), "doubles of IEEE 754");
	memcpy(&bits, &value, sizeof(bits));
	biased = (int)(bits >> FRACTION_BITS & 0x7ff);
	b.fraction = bits & (HIDDEN_BIT - 1);
	b.narrow = b.fraction == 0 && biased > 1;
	b.exponent = LEAST_EXPONENT;
	if (biased > 0) {
		b.fraction |= HIDDEN_BIT;
		b.exponent += biased - 1;
	}
	return b;
}

/*
 * floor(n * factor / 2^22 - less), for a sum above -2048: >> of a number below
 * zero is left to the compiler by the standard.
 */
static int
scaled_floor(int n, int64_t factor, int64_t less)
{
	int64_t above = INT64_C(2048) << 22;

	return (int)((n * factor - less + above) >> 22) - 2048;
}

/* floor(log10(2^n)), or of 3/4 * 2^n: right for the exponents of doubles. */
static int
log10_of_two(int n, bool narrow)
{
	return scaled_floor(n, 1262611, narrow ? 524031 : 0);
}

/* floor(log2(10^n)). */
static int
log2_of_ten(int n)
{
	return scaled_floor(n, INT64_C(1741647) << 3, 0);
}

/*
 * ${v} * ${ten} / 2^128, rounded down, with the last bit set when anything was
 * cut off.  That is told from the excess of ${ten}, which is at most 1, so ${v}
 * here: for no double is what is cut off between 0 and 2^-66, or above
 * 1 - 2^-62, of the whole, and ${v} is below 2^60.
 */
static uint64_t
scale(uint64_t v, struct power ten)
{
	u128 low = (u128)v * ten.low;
	u128 high = (u128)v * ten.high + (uint64_t)(low >> 64);
	bool more = (uint64_t)high != 0 || (uint64_t)low > v;

	return (uint64_t)(high >> 64) | more;
}

/* Four times ${b} and its ends as multiples of 10^${k}. */
static struct interval
interval_of(struct binary b, int k)
{
	struct power ten = power_of_ten(-k);
	int shift = b.exponent + log2_of_ten(-k) + 1;
	uint64_t four = b.fraction * 4;

	return (struct interval){
	    .lower = scale((four - (b.narrow ? 1 : 2)) << shift, ten),
	    .middle = scale(four << shift, ten),
	    .upper = scale((four + 2) << shift, ten),
	};
}

struct shortest
shortest_of(double value)
{
	struct binary b = take_apart(value);
	int k = log10_of_two(b.exponent, b.narrow);
	struct interval i = interval_of(b, k);

	/* Halves are read to even: an odd fraction does not own its ends. */
	i.lower += b.fraction & 1;
	i.upper -= b.fraction & 1;

	uint64_t down = i.middle / 4, tens = down / 10;

	if (i.lower <= tens * 40)
		return (struct shortest){tens, k + 1};
	if (tens * 40 + 40 <= i.upper)
		return (struct shortest){tens + 1, k + 1};

	bool down_reads = i.lower <= down * 4;
	bool up_reads = down * 4 + 4 <= i.upper;
	uint64_t half = down * 4 + 2;
	bool up_nearer =
	    i.middle > half || (i.middle == half && (down & 1) != 0);

	if (up_reads && (up_nearer || !down_reads))
		down++;
	return (struct shortest){down, k};
}
