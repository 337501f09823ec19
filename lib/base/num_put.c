/* SPDX-License-Identifier: MIT */
/* Numbers: to text. */
#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"

/* Decimal exponents that are written without one. */
#define PLAIN_FROM (-7)
#define PLAIN_BELOW 21

#define DIGITS_SIZE 48 /* a u128 has 39 digits */

/* From here on num_put_human leaves the thousands alone. */
#define HUMAN_BELOW 1e21

__extension__ typedef unsigned __int128 u128;

/* Digits with a decimal point behind the first one, and an exponent. */
struct digits {
	char text[DIGITS_SIZE];
	size_t n;
	int exponent;
};

/* The digits of ${v}, at least ${least} of them, from ${text} on. */
static size_t
put_digits(char *text, u128 v, size_t least)
{
	char reversed[DIGITS_SIZE];
	size_t n = 0;

	for (; v != 0 || n < least; v /= 10)
		reversed[n++] = (char)('0' + (int)(v % 10));
	for (size_t i = 0; i < n; i++)
		text[i] = reversed[n - 1 - i];
	return n;
}

size_t
num_put_int(char *to, int64_t value)
{
	return num_put_scaled(to, value, 0);
}

size_t
num_put_scaled(char *to, num_i128 value, int scale)
{
	char digits[DIGITS_SIZE];
	u128 v = value < 0 ? -(u128)value : (u128)value;
	size_t decimals = (size_t)scale, len = 0;

	assert(scale >= 0 && scale <= 18);
	for (; decimals > 0 && v % 10 == 0; v /= 10)
		decimals--;

	size_t n = put_digits(digits, v, decimals + 1), whole = n - decimals;

	if (value < 0)
		to[len++] = '-';
	memcpy(to + len, digits, whole);
	len += whole;
	if (decimals > 0) {
		to[len++] = '.';
		memcpy(to + len, digits + whole, decimals);
		len += decimals;
	}
	to[len] = '\0';
	return len;
}

static bool
reads_back(const struct digits *d, double value)
{
	char text[DIGITS_SIZE + 16];
	double back;
	int len = snprintf(text, sizeof(text), "%.*se%d", (int)d->n, d->text,
	    d->exponent - (int)d->n + 1);

	return num_read_double(text, (size_t)len, &back) == NUM_OK &&
	    back == value;
}

/* The ${n} digits that are nearest to ${value} > 0, whatever the locale. */
static void
round_to(struct digits *d, double value, int n)
{
	char text[DIGITS_SIZE];
	const char *at = text;

	(void)snprintf(text, sizeof(text), "%.*e", n - 1, value);
	for (d->n = 0; *at != 'e'; at++)
		if (*at >= '0' && *at <= '9')
			d->text[d->n++] = *at;
	d->exponent = 0;
	for (const char *p = at + 2; *p != '\0'; p++)
		d->exponent = d->exponent * 10 + (*p - '0');
	if (at[1] == '-')
		d->exponent = -d->exponent;
}

/* One more in the last digit. */
static void
increment(struct digits *d)
{
	size_t i = d->n;

	while (i > 0 && d->text[i - 1] == '9')
		d->text[--i] = '0';
	if (i > 0) {
		d->text[i - 1]++;
		return;
	}
	d->text[0] = '1';
	d->exponent++;
}

/*
 * What rounds to a power of two reaches twice as far above it as below, so
 * that the nearest digits may miss it and the next ones hit.
 */
static bool
is_power_of_two(double value)
{
	int exponent;

	return frexp(value, &exponent) == 0.5;
}

/*
 * The shortest digits of ${value} > 0.  Up to 15 digits come through a double
 * unharmed, so that 15 show any shorter form with zeros behind it; not among
 * the smallest doubles, which have fewer bits.
 */
static void
shortest(struct digits *d, double value)
{
	int n = value < DBL_MIN ? 1 : DBL_DIG;

	for (;; n++) {
		round_to(d, value, n);
		if (n == DBL_DECIMAL_DIG || reads_back(d, value))
			break;
		if (!is_power_of_two(value))
			continue;
		increment(d);
		if (reads_back(d, value))
			break;
	}
	while (d->n > 1 && d->text[d->n - 1] == '0')
		d->n--;
}

static size_t
put_plain(char *to, const struct digits *d)
{
	size_t len = 0;

	if (d->exponent < 0) {
		size_t zeros = (size_t)(-d->exponent - 1);

		memcpy(to, "0.00000000", 2 + zeros);
		memcpy(to + 2 + zeros, d->text, d->n);
		return 2 + zeros + d->n;
	}
	size_t whole = (size_t)d->exponent + 1;

	for (size_t i = 0; i < whole || i < d->n; i++) {
		if (i == whole)
			to[len++] = '.';
		to[len++] = i < d->n ? d->text[i] : '0';
	}
	return len;
}

static size_t
put_scientific(char *to, const struct digits *d)
{
	size_t len = 0;

	to[len++] = d->text[0];
	if (d->n > 1) {
		to[len++] = '.';
		memcpy(to + len, d->text + 1, d->n - 1);
		len += d->n - 1;
	}
	to[len++] = 'e';
	return len + num_put_int(to + len, d->exponent);
}

size_t
num_put_double(char *to, double value)
{
	struct digits d;
	size_t len = 0;

	assert(isfinite(value));
	if (fabs(value) < 1e15 && value == (double)(int64_t)value)
		return num_put_int(to, (int64_t)value);
	shortest(&d, fabs(value));
	if (value < 0)
		to[len++] = '-';
	if (d.exponent >= PLAIN_FROM && d.exponent < PLAIN_BELOW)
		len += put_plain(to + len, &d);
	else
		len += put_scientific(to + len, &d);
	to[len] = '\0';
	return len;
}

size_t
num_put_human(char *to, double value, int decimals)
{
	char digits[DIGITS_SIZE];
	size_t after = (size_t)decimals, len = 0;
	num_i128 units;

	assert(isfinite(value) && decimals >= 0 && decimals <= 9);
	if (fabs(value) >= HUMAN_BELOW ||
	    !num_round(fabs(value), decimals, &units))
		return num_put_double(to, value);

	size_t n = put_digits(digits, (u128)units, after + 1);
	size_t whole = n - after;

	if (value < 0 && units != 0)
		to[len++] = '-';
	for (size_t i = 0; i < n; i++) {
		if (i == whole)
			to[len++] = '.';
		else if (i > 0 && i < whole && (whole - i) % 3 == 0)
			to[len++] = ',';
		to[len++] = digits[i];
	}
	to[len] = '\0';
	return len;
}
