/* SPDX-License-Identifier: MIT */
/*
 * Numbers between text and memory, without a wrong digit.  A price is a whole
 * number of 1e-9 in an int64_t, money a whole number of 1e-18 in a num_i128.
 * Text to number follows one grammar, -?D+(.D+)?([eE][+-]?D+)?, and nothing
 * around it; number to text is the shortest decimal that reads back the same.
 */
#ifndef QTE_NUM_H
#define QTE_NUM_H

#include "base/base.h"

__extension__ typedef __int128 num_i128;

#define NUM_PRICE_SCALE 9
#define NUM_MONEY_SCALE 18
#define NUM_PRICE_ONE INT64_C(1000000000)	   /* 1.0 as a price */
#define NUM_MONEY_ONE INT64_C(1000000000000000000) /* 1.0 as money */

/* Doubles hold every whole number up to here, 2^53. */
#define NUM_WHOLE INT64_C(9007199254740992)

/* Room for any number as text, with the NUL. */
#define NUM_TEXT_SIZE 64

/* What reading a number can say. */
enum num_result {
	NUM_OK,
	NUM_WIDE, /* a number, but with more digits than the type holds */
	NUM_HUGE, /* a number that no double holds, as 1e309 */
	NUM_BAD	  /* not a number */
};

/*
 * num_read_price(text, n, units), num_read_money(text, n, units):
 * Read the ${n} bytes of ${text} as a decimal, exactly, into units of 1e-9 or
 * 1e-18.  NUM_WIDE when the value is no whole number of units or out of range.
 */
enum num_result num_read_price(const char *, size_t, int64_t *);
enum num_result num_read_money(const char *, size_t, num_i128 *);

/*
 * num_read_double(text, n, value):
 * The same grammar, to the nearest double.  Never NUM_WIDE.
 */
enum num_result num_read_double(const char *, size_t, double *);

/*
 * num_below(a, n, b, m):
 * Whether the number of the ${n} bytes of ${a} is below the other, exactly;
 * never when one of them is no number.
 */
bool num_below(const char *, size_t, const char *, size_t);

/* num_read_int(text, n, value): -?D+ within an int64_t. */
enum num_result num_read_int(const char *, size_t, int64_t *);

/*
 * num_read_rate(text, n, units):
 * A share of one in units of 1e-9, as 0.001, 0.1% or 10bp (1 bp = 1e-4).
 */
enum num_result num_read_rate(const char *, size_t, int64_t *);

/*
 * num_read_size(text, n, bytes):
 * Bytes: a decimal and none or one of B K M G T (powers of 1024, as KiB MiB GiB
 * TiB are) or kB MB GB TB (powers of 1000).  NUM_WIDE unless whole and < 2^63.
 * No minus sign, nor in a duration.
 */
enum num_result num_read_size(const char *, size_t, int64_t *);

/*
 * num_read_duration(text, n, ns):
 * Whole nanoseconds: one or more of decimal + unit, largest first, as 90s,
 * 1h30m or 250ms.  Units w d h m s ms us ns; a day is 86,400 s.  A bare number
 * is NUM_BAD, but for 0.
 */
enum num_result num_read_duration(const char *, size_t, int64_t *);

/* num_gcd(a, b): the greatest common divisor; with 0 the other one. */
uint64_t num_gcd(uint64_t, uint64_t);

/* num_inverse(odd): what makes 1 with it, modulo 2^64. */
uint64_t num_inverse(uint64_t);

/* num_power(n): 10^${n}, for 0 to 18; as a double it is the same. */
int64_t num_power(int);

/*
 * num_ratio(n, d):
 * ${n}/${d} as the nearest double, ties to even: rounded once, whatever the
 * size of the two.  ${d} > 0.
 */
double num_ratio(num_i128, uint64_t);

/*
 * num_change(now, before):
 * (${now} - ${before})/${before} in the same way.  ${before} > 0.
 */
double num_change(num_i128, num_i128);

/* num_price(units), num_money(units): the nearest double, rounded once. */
double num_price(int64_t);
double num_money(num_i128);

/*
 * num_mul_div(a, b, d, r):
 * ${*r} = ${a}*${b}/${d}, rounded half to even.  ${d} > 0.  Return false, and
 * leave ${*r} alone, when it does not fit.
 */
bool num_mul_div(num_i128, int64_t, int64_t, num_i128 *) QTE_MUST_CHECK;

/*
 * num_money_of(value, units):
 * The decimal that ${value} is written as by num_put_double, as money; when
 * that has more than 18 decimals, num_round(value, 18).  Return false, and
 * leave
 * ${*units} alone, when it is too large or not finite.
 */
bool num_money_of(double, num_i128 *) QTE_MUST_CHECK;

/*
 * num_round(value, decimals, r):
 * ${*r} = ${value} * 10^${decimals} (0 to 18), the whole number nearest to what
 * the double is exactly, ties to even.  Return false, and leave ${*r} alone,
 * when it does not fit or is not finite.
 */
bool num_round(double, int, num_i128 *) QTE_MUST_CHECK;

/*
 * The writers put text and a NUL at ${to}, of NUM_TEXT_SIZE bytes, and return
 * the length without the NUL.
 * num_put_int: whole number.  num_put_scaled: units of 10^-scale (0 to 18) as
 * the shortest exact decimal.  num_put_double: the shortest decimal that reads
 * back to the same (finite) double, the nearest of these; plain from 1e-7 up to
 * 1e21, else as 1.5e-9; never "-0".
 */
size_t num_put_int(char *, int64_t);
size_t num_put_scaled(char *, num_i128, int);
size_t num_put_double(char *, double);

/*
 * num_put_human(to, value, decimals):
 * For people: rounded to ${decimals} (0 to 9), a comma between thousands.
 */
size_t num_put_human(char *, double, int);

#endif
