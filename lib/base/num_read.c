/* SPDX-License-Identifier: MIT */
/* Numbers: from text. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"

__extension__ typedef unsigned __int128 u128;

/* No text is long enough to bring a larger exponent back into any range. */
#define EXPONENT_LIMIT INT64_C(100000000000000000)

/* No double, and no border between two, has more significant digits. */
#define DOUBLE_DIGITS 800

/* So many digits always fit a uint64_t. */
#define EASY_DIGITS 18

/*
 * A decimal as it is written, without the zeros at its ends.  Its digits stand
 * at ${at}; ${in_front} of them, then perhaps a '.', then the rest.
 */
struct decimal {
	bool negative;
	const char *at;
	size_t n;
	size_t in_front;
	int64_t whole; /* digits before the point; < 0: zeros behind it */
};

struct unit {
	const char *name;
	uint64_t factor;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
count_digits(const char *text, size_t n)
{
	size_t i = 0;

	while (i < n && is_digit(text[i]))
		i++;
	return i;
}

static size_t
count_others(const char *text, size_t n)
{
	size_t i = 0;

	while (i < n && !is_digit(text[i]))
		i++;
	return i;
}

/* Read [eE][+-]?D+; return its length, or 0 when there is none. */
static size_t
scan_exponent(const char *text, size_t n, int64_t *exponent)
{
	size_t i = 1;
	bool negative;
	int64_t value = 0;

	if (n == 0 || (text[0] != 'e' && text[0] != 'E'))
		return 0;
	negative = i < n && text[i] == '-';
	if (i < n && (text[i] == '-' || text[i] == '+'))
		i++;

	size_t digits = count_digits(text + i, n - i);

	if (digits == 0)
		return 0;
	for (size_t end = i + digits; i < end; i++)
		if (value < EXPONENT_LIMIT)
			value = value * 10 + (text[i] - '0');
	*exponent = negative ? -value : value;
	return i;
}

static char
digit_at(const struct decimal *d, size_t i)
{
	return d->at[i < d->in_front ? i : i + 1];
}

static void
trim(struct decimal *d)
{
	while (d->n > 0 && digit_at(d, 0) == '0') {
		d->at++;
		d->n--;
		d->whole--;
		d->in_front -= d->in_front > 0;
	}
	while (d->n > 0 && digit_at(d, d->n - 1) == '0')
		d->n--;
}

/* Read the decimal that ${text} begins with; return its length, or 0. */
static size_t
scan(const char *text, size_t n, struct decimal *d)
{
	size_t at, digits, fraction = 0;
	int64_t exponent = 0;

	if (n == 0)
		return 0;
	at = text[0] == '-';
	digits = count_digits(text + at, n - at);
	if (digits == 0)
		return 0;
	*d = (struct decimal){.negative = at != 0, .at = text + at};
	at += digits;
	if (at < n && text[at] == '.') {
		fraction = count_digits(text + at + 1, n - at - 1);
		if (fraction > 0)
			at += 1 + fraction;
	}
	at += scan_exponent(text + at, n - at, &exponent);
	d->n = digits + fraction;
	d->in_front = digits;
	d->whole = (int64_t)digits + exponent;
	trim(d);
	return at;
}

/* The ${i}-th digit in front of the point; behind the last one stand zeros. */
static unsigned
whole_digit(const struct decimal *d, size_t i)
{
	return i < d->n ? (unsigned)(digit_at(d, i) - '0') : 0;
}

/* The digits in front of the point times ${factor}. */
static bool
whole_part(const struct decimal *d, uint64_t factor, u128 *value)
{
	int64_t easy = d->whole < EASY_DIGITS ? d->whole : EASY_DIGITS;
	uint64_t start = 0;
	u128 v;

	for (int64_t i = 0; i < easy; i++)
		start = start * 10 + whole_digit(d, (size_t)i);
	v = start;
	for (int64_t i = EASY_DIGITS; i < d->whole; i++)
		if (__builtin_mul_overflow(v, 10, &v) ||
		    __builtin_add_overflow(v, whole_digit(d, (size_t)i), &v))
			return false;
	return !__builtin_mul_overflow(v, factor, value);
}

/*
 * The digits behind the point times ${factor}, as one multiplies on paper, from
 * the last one on: what falls behind the point has to be zero.
 */
static bool
fraction_part(const struct decimal *d, uint64_t factor, uint64_t *value)
{
	int64_t first = d->whole > 0 ? d->whole : 0;
	uint64_t carry = 0;

	for (int64_t i = (int64_t)d->n - 1; i >= first; i--) {
		carry += (uint64_t)(digit_at(d, (size_t)i) - '0') * factor;
		if (carry % 10 != 0)
			return false;
		carry /= 10;
	}
	for (int64_t zeros = d->whole; zeros < 0 && carry > 0; zeros++) {
		if (carry % 10 != 0)
			return false;
		carry /= 10;
	}
	*value = carry;
	return true;
}

/*
 * ${value} = ${d} * ${factor}, which is at most 10^18.  NUM_WIDE when that is
 * no whole number, or larger than ${limit} (one more when negative).
 */
static enum num_result
scale(const struct decimal *d, uint64_t factor, u128 limit, num_i128 *value)
{
	u128 v;
	uint64_t fraction;

	if (d->n == 0) {
		*value = 0;
		return NUM_OK;
	}
	if (!whole_part(d, factor, &v) ||
	    !fraction_part(d, factor, &fraction) ||
	    __builtin_add_overflow(v, fraction, &v) || v > limit + d->negative)
		return NUM_WIDE;
	*value = d->negative ? (num_i128)-v : (num_i128)v;
	return NUM_OK;
}

static enum num_result
scale64(const struct decimal *d, uint64_t factor, int64_t *value)
{
	num_i128 wide;
	enum num_result result = scale(d, factor, INT64_MAX, &wide);

	if (result == NUM_OK)
		*value = (int64_t)wide;
	return result;
}

/* A number of few digits, as most are: ${digits} over 10^${decimals}. */
struct few {
	int64_t digits;
	int decimals;
};

/* Read -?D+(.D+)?, which takes a third of the time that any number does. */
static bool
read_few(const char *text, size_t n, struct few *few)
{
	bool negative = n > 0 && text[0] == '-';
	size_t first = negative, point = n;
	int64_t value = 0;

	if (n - first > EASY_DIGITS)
		return false;
	for (size_t i = first; i < n; i++) {
		unsigned digit = (unsigned)(unsigned char)text[i] - '0';

		if (digit <= 9)
			value = value * 10 + digit;
		else if (text[i] == '.' && point == n)
			point = i;
		else
			return false;
	}
	if (point == first || point + 1 == n)
		return false;
	few->digits = negative ? -value : value;
	few->decimals = (int)(n - point) - (point < n);
	return true;
}

enum num_result
num_read_price(const char *text, size_t n, int64_t *units)
{
	struct decimal d;
	struct few few;
	int64_t value;

	if (read_few(text, n, &few) && few.decimals <= NUM_PRICE_SCALE &&
	    !__builtin_mul_overflow(few.digits,
		num_power(NUM_PRICE_SCALE - few.decimals), &value)) {
		*units = value;
		return NUM_OK;
	}
	if (n == 0 || scan(text, n, &d) != n)
		return NUM_BAD;
	return scale64(&d, NUM_PRICE_ONE, units);
}

/* The order of what two decimals are without their signs. */
static int
compare(const struct decimal *a, const struct decimal *b)
{
	size_t n = a->n > b->n ? a->n : b->n;

	if (a->n == 0 || b->n == 0)
		return (a->n > 0) - (b->n > 0);
	if (a->whole != b->whole)
		return a->whole < b->whole ? -1 : 1;
	for (size_t i = 0; i < n; i++) {
		unsigned x = whole_digit(a, i), y = whole_digit(b, i);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

bool
num_below(const char *a, size_t n, const char *b, size_t m)
{
	struct decimal x, y;

	if (n == 0 || m == 0 || scan(a, n, &x) != n || scan(b, m, &y) != m)
		return false;
	if (x.negative != y.negative)
		return x.negative && x.n + y.n > 0;
	return x.negative ? compare(&y, &x) < 0 : compare(&x, &y) < 0;
}

enum num_result
num_read_money(const char *text, size_t n, num_i128 *units)
{
	struct decimal d;

	if (n == 0 || scan(text, n, &d) != n)
		return NUM_BAD;
	return scale(&d, NUM_MONEY_ONE, (u128)-1 >> 1, units);
}

enum num_result
num_read_int(const char *text, size_t n, int64_t *value)
{
	size_t sign = n > 0 && text[0] == '-';
	struct decimal d;

	if (n == sign || count_digits(text + sign, n - sign) != n - sign ||
	    scan(text, n, &d) != n)
		return NUM_BAD;
	return scale64(&d, 1, value);
}

/*
 * The nearest double of few digits: both the whole number they make and the
 * power of ten are exact as doubles, so that the division rounds once.
 */
static bool
easy(const struct decimal *d, double *value)
{
	int64_t decimals = (int64_t)d->n - d->whole;
	uint64_t whole = 0;

	if (d->n > DBL_DIG || decimals < -DBL_DIG || decimals > DBL_DIG)
		return false;
	for (size_t i = 0; i < d->n; i++)
		whole = whole * 10 + (uint64_t)(digit_at(d, i) - '0');
	*value = d->negative ? -(double)whole : (double)whole;
	if (decimals >= 0)
		*value /= (double)num_power((int)decimals);
	else
		*value *= (double)num_power((int)-decimals);
	return true;
}

/*
 * strtod rounds right, but wants a NUL, the locale's decimal point and all the
 * digits.  So it gets a whole number and an exponent; a digit behind the last
 * one that can matter says that there is more.
 */
static double
nearest(const struct decimal *d)
{
	char text[DOUBLE_DIGITS + 32];
	size_t n = d->n < DOUBLE_DIGITS ? d->n : DOUBLE_DIGITS;
	size_t len = 0;
	double value;

	if (easy(d, &value))
		return value;

	for (size_t i = 0; i < n; i++)
		text[len++] = digit_at(d, i);
	if (n < d->n) {
		text[len++] = '1';
		n++;
	}
	/* A double ends long before the exponents that strtod takes do. */
	int64_t exponent = d->whole - (int64_t)n;

	if (exponent > 99999)
		exponent = 99999;
	if (exponent < -99999)
		exponent = -99999;
	(void)snprintf(text + len, sizeof(text) - len, "e%d", (int)exponent);

	value = strtod(text, NULL);
	return d->negative ? -value : value;
}

enum num_result
num_read_double(const char *text, size_t n, double *value)
{
	struct decimal d;
	struct few few;

	/* Both are exact as doubles, so that this rounds once. */
	if (read_few(text, n, &few) && few.digits >= -NUM_WHOLE &&
	    few.digits <= NUM_WHOLE) {
		*value = (double)few.digits / (double)num_power(few.decimals);
		return NUM_OK;
	}
	if (n == 0 || scan(text, n, &d) != n)
		return NUM_BAD;

	double v = d.n > 0 ? nearest(&d) : 0.0;

	if (isinf(v))
		return NUM_HUGE;
	/* Without the sign that a zero may have. */
	*value = v == 0.0 ? 0.0 : v;
	return NUM_OK;
}

/* Whether ${n} bytes of ${text} are a unit, and its factor. */
static bool
find_unit(const struct unit *units, size_t count, const char *text, size_t n,
    uint64_t *factor)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(units[i].name) == n &&
		    memcmp(units[i].name, text, n) == 0) {
			*factor = units[i].factor;
			return true;
		}
	return false;
}

enum num_result
num_read_rate(const char *text, size_t n, int64_t *units)
{
	static const struct unit names[] = {{"", 1000000000}, {"%", 10000000},
	    {"bp", 100000}};
	struct decimal d;
	uint64_t factor;
	size_t used = scan(text, n, &d);

	if (used == 0 ||
	    !find_unit(names, QTE_COUNT(names), text + used, n - used, &factor))
		return NUM_BAD;
	return scale64(&d, factor, units);
}

enum num_result
num_read_size(const char *text, size_t n, int64_t *bytes)
{
	static const struct unit names[] = {
	    {"", 1},
	    {"B", 1},
	    {"K", UINT64_C(1) << 10},
	    {"KiB", UINT64_C(1) << 10},
	    {"M", UINT64_C(1) << 20},
	    {"MiB", UINT64_C(1) << 20},
	    {"G", UINT64_C(1) << 30},
	    {"GiB", UINT64_C(1) << 30},
	    {"T", UINT64_C(1) << 40},
	    {"TiB", UINT64_C(1) << 40},
	    {"kB", 1000},
	    {"MB", 1000000},
	    {"GB", 1000000000},
	    {"TB", UINT64_C(1000000000000)},
	};
	struct decimal d;
	uint64_t factor;
	size_t used = scan(text, n, &d);

	if (used == 0 || d.negative ||
	    !find_unit(names, QTE_COUNT(names), text + used, n - used, &factor))
		return NUM_BAD;
	return scale64(&d, factor, bytes);
}

enum num_result
num_read_duration(const char *text, size_t n, int64_t *ns)
{
	static const struct unit names[] = {{"w", UINT64_C(604800000000000)},
	    {"d", UINT64_C(86400000000000)}, {"h", UINT64_C(3600000000000)},
	    {"m", UINT64_C(60000000000)}, {"s", UINT64_C(1000000000)},
	    {"ms", 1000000}, {"us", 1000}, {"ns", 1}};
	uint64_t factor, last = UINT64_MAX;
	int64_t sum = 0, part;
	bool wide = false;
	size_t at = 0;

	if (n == 0)
		return NUM_BAD;
	while (at < n && !(n == 1 && text[0] == '0')) {
		struct decimal d;
		size_t used = scan(text + at, n - at, &d);
		size_t letters = count_others(text + at + used, n - at - used);

		if (used == 0 || d.negative ||
		    !find_unit(names, QTE_COUNT(names), text + at + used,
			letters, &factor) ||
		    factor >= last)
			return NUM_BAD;
		at += used + letters;
		last = factor;
		wide = wide || scale64(&d, factor, &part) != NUM_OK ||
		    __builtin_add_overflow(sum, part, &sum);
	}
	if (wide)
		return NUM_WIDE;
	*ns = sum;
	return NUM_OK;
}
