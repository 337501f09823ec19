/* SPDX-License-Identifier: MIT */
/* Indicators over a window of the last values. */
#include <math.h>

#include "strategy/steps.h"

/* What the last n values are: one absent, one a double, or all exact. */
enum window_kind { WINDOW_ABSENT, WINDOW_DOUBLE, WINDOW_EXACT };

static enum window_kind
window_kind(const struct expr_node *node)
{
	const struct value *w = expr_window(node);
	enum window_kind kind = WINDOW_EXACT;

	for (int64_t i = 0; i < node->n; i++) {
		if (w[i].kind == VALUE_ABSENT)
			return WINDOW_ABSENT;
		if (w[i].kind == VALUE_DOUBLE)
			kind = WINDOW_DOUBLE;
	}
	return kind;
}

/* The sum of the window as doubles, oldest first. */
static double
window_sum(const struct expr_node *node, uint64_t den)
{
	const struct value *w = expr_window(node);
	double sum = 0;

	for (int64_t i = 0; i < node->n; i++)
		sum += value_double(w[i], den);
	return sum;
}

/* sma(x,n): the mean of the last n values. */
struct value
steps_sma(const struct expr *x, struct expr_node *node)
{
	const struct value *w = expr_window(node);
	enum window_kind kind = window_kind(node);
	num_i128 sum = 0;

	if (kind == WINDOW_ABSENT)
		return value_absent;
	if (kind == WINDOW_DOUBLE || node->den == 0)
		return value_number(
		    window_sum(node, expr_arg(x, node, 0)->den) /
		    (double)node->n);
	for (int64_t i = 0; i < node->n; i++)
		sum += w[i].units;
	return (struct value){.kind = VALUE_EXACT, .units = sum};
}

/* The greatest (sign 1) or least (sign -1) of the window. */
static struct value
extreme(const struct expr_node *node, uint64_t den, int sign)
{
	const struct value *w = expr_window(node);
	struct value best = w[0];

	if (window_kind(node) == WINDOW_ABSENT)
		return value_absent;
	for (int64_t i = 1; i < node->n; i++)
		if (sign * value_compare(w[i], den, best, den) > 0)
			best = w[i];
	return best;
}

/* highest(x,n): the greatest of the last n values, this bar's included. */
struct value
steps_highest(const struct expr *x, struct expr_node *node)
{
	return extreme(node, expr_arg(x, node, 0)->den, 1);
}

/* lowest(x,n): the least of the last n values, this bar's included. */
struct value
steps_lowest(const struct expr *x, struct expr_node *node)
{
	return extreme(node, expr_arg(x, node, 0)->den, -1);
}

/*
 * n^2 times the variance of an exact window, in squared units, by the sums of
 * the distances y to its least value: n.sum(y^2) - (sum y)^2.  That needs the
 * products to fit: n times the spread below 2^63.  Return false where it is
 * not.
 */
static bool
exact_spread(const struct expr_node *node, num_i128 *spread)
{
	const struct value *w = expr_window(node);
	num_i128 low = w[0].units, high = low;
	num_i128 sum = 0, squares = 0;

	for (int64_t i = 1; i < node->n; i++) {
		low = w[i].units < low ? w[i].units : low;
		high = w[i].units > high ? w[i].units : high;
	}
	if ((high - low) > INT64_MAX / node->n)
		return false;
	for (int64_t i = 0; i < node->n; i++) {
		num_i128 y = w[i].units - low;

		sum += y;
		squares += y * y;
	}
	*spread = (num_i128)node->n * squares - sum * sum;
	return true;
}

/* n^2 times the variance of the window as doubles, in two passes. */
static double
double_spread(const struct expr_node *node, uint64_t den)
{
	const struct value *w = expr_window(node);
	double n = (double)node->n;
	double mean = window_sum(node, den) / n, squares = 0;

	for (int64_t i = 0; i < node->n; i++) {
		double y = value_double(w[i], den) - mean;

		squares += y * y;
	}
	return n * squares;
}

/* sqrt(n.sum(x^2) - (sum x)^2)/n, the deviation of the whole population. */
struct value
steps_stddev(const struct expr *x, struct expr_node *node)
{
	uint64_t den = expr_arg(x, node, 0)->den;
	enum window_kind kind = window_kind(node);
	double n = (double)node->n;
	num_i128 spread;

	if (kind == WINDOW_ABSENT)
		return value_absent;
	if (kind == WINDOW_DOUBLE || !exact_spread(node, &spread))
		return value_number(sqrt(double_spread(node, den)) / n);
	return value_number(sqrt(num_ratio(spread, (uint64_t)NUM_MONEY_ONE)) /
	    (n * (double)den));
}

/* The sum of |n.x - sum x| of an exact window; false where it does not fit. */
static bool
exact_deviation(const struct expr_node *node, num_i128 *deviation)
{
	const struct value *w = expr_window(node);
	num_i128 sum = 0, total = 0;

	for (int64_t i = 0; i < node->n; i++)
		sum += w[i].units;
	for (int64_t i = 0; i < node->n; i++) {
		num_i128 y;

		if (__builtin_mul_overflow(w[i].units, (num_i128)node->n, &y) ||
		    __builtin_sub_overflow(y, sum, &y) ||
		    __builtin_add_overflow(total, y < 0 ? -y : y, &total))
			return false;
	}
	*deviation = total;
	return true;
}

/* The mean distance to the mean of the window. */
struct value
steps_meandev(const struct expr *x, struct expr_node *node)
{
	const struct value *w = expr_window(node);
	uint64_t den = expr_arg(x, node, 0)->den;
	enum window_kind kind = window_kind(node);
	double n = (double)node->n, sum = 0;
	num_i128 deviation;

	if (kind == WINDOW_ABSENT)
		return value_absent;
	if (kind == WINDOW_EXACT && exact_deviation(node, &deviation))
		return value_number(
		    num_ratio(deviation, den * (uint64_t)NUM_PRICE_ONE) /
		    (n * n));
	double mean = window_sum(node, den) / n;

	for (int64_t i = 0; i < node->n; i++)
		sum += fabs(value_double(w[i], den) - mean);
	return value_number(sum / n);
}

/* Bars since the extreme of the window; of equal ones the last. */
static struct value
extreme_bars(const struct expr_node *node, uint64_t den, int sign)
{
	const struct value *w = expr_window(node);
	int64_t best = 0;

	if (window_kind(node) == WINDOW_ABSENT)
		return value_absent;
	for (int64_t i = 1; i < node->n; i++)
		if (sign * value_compare(w[i], den, w[best], den) >= 0)
			best = i;
	return value_whole(node->n - 1 - best);
}

struct value
steps_highestbars(const struct expr *x, struct expr_node *node)
{
	return extreme_bars(node, expr_arg(x, node, 0)->den, 1);
}

struct value
steps_lowestbars(const struct expr *x, struct expr_node *node)
{
	return extreme_bars(node, expr_arg(x, node, 0)->den, -1);
}

/* The weighted mean of an exact window; false where its sum does not fit. */
static bool
exact_wma(const struct expr_node *node, uint64_t den, double *mean)
{
	const struct value *w = expr_window(node);
	uint64_t weights = (uint64_t)node->n * ((uint64_t)node->n + 1) / 2;
	uint64_t ones = den * (uint64_t)NUM_PRICE_ONE;
	num_i128 sum = 0, part;

	if (__builtin_mul_overflow(ones, weights, &ones))
		return false;
	for (int64_t i = 0; i < node->n; i++)
		if (__builtin_mul_overflow(w[i].units, (num_i128)i + 1,
			&part) ||
		    __builtin_add_overflow(sum, part, &sum))
			return false;
	*mean = num_ratio(sum, ones);
	return true;
}

/*
 * The weights are 1 for the oldest to n for the newest.  Rounded once where it
 * can be, so that a level price gives that price and has no slope.
 */
struct value
steps_wma(const struct expr *x, struct expr_node *node)
{
	const struct value *w = expr_window(node);
	uint64_t den = expr_arg(x, node, 0)->den;
	enum window_kind kind = window_kind(node);
	double n = (double)node->n, sum = 0;

	if (kind == WINDOW_ABSENT)
		return value_absent;
	if (kind == WINDOW_EXACT && exact_wma(node, den, &sum))
		return value_number(sum);
	for (int64_t i = 0; i < node->n; i++)
		sum += (double)(i + 1) * value_double(w[i], den);
	return value_number(sum / (n * (n + 1) / 2));
}

/*
 * ${to} - ${from}: exact when both are and it is as small as VALUE_DEN_MAX
 * wants, which differences of differences need not be.
 */
static struct value
difference(struct value from, struct value to, uint64_t den)
{
	num_i128 most = (num_i128)INT64_MAX * (num_i128)den;

	if (from.kind == VALUE_ABSENT || to.kind == VALUE_ABSENT)
		return value_absent;
	if (from.kind == VALUE_EXACT && to.kind == VALUE_EXACT) {
		num_i128 units = to.units - from.units;

		if (units >= -most && units <= most)
			return (
			    struct value){.kind = VALUE_EXACT, .units = units};
	}
	return value_number(value_double(to, den) - value_double(from, den));
}

struct value
steps_mom(const struct expr *x, struct expr_node *node)
{
	const struct value *w = expr_window(node);

	return difference(w[0], w[node->n], expr_arg(x, node, 0)->den);
}

/* The distance of two values; NaN where a double does not hold it. */
static double
distance(struct value from, struct value to, uint64_t den)
{
	struct value d = difference(from, to, den);

	return d.kind == VALUE_ABSENT ? (double)NAN
				      : fabs(value_double(d, den));
}

/*
 * Kaufman's average: k + s^2 (x - k), where s goes from 2/31 to 2/3 with the
 * efficiency |x - x[n]| / sum |x - x[1]|.  Starts from the value before the
 * first.
 */
struct value
steps_kama(const struct expr *x, struct expr_node *node)
{
	const struct value *w = expr_window(node);
	uint64_t den = expr_arg(x, node, 0)->den;
	struct expr_carry *c = &node->carry;
	double way = 0;

	for (int64_t i = 0; i <= node->n; i++)
		if (w[i].kind == VALUE_ABSENT)
			return value_absent;
	for (int64_t i = 0; i < node->n; i++)
		way += distance(w[i], w[i + 1], den);
	double moved = distance(w[0], w[node->n], den);

	if (!isfinite(way) || !isfinite(moved))
		return value_absent;
	double speed =
	    (way > 0 ? moved / way : 1) * (2.0 / 3 - 2.0 / 31) + 2.0 / 31;

	if (c->count++ == 0)
		c->a = value_double(w[node->n - 1], den);
	c->a += speed * speed * (value_double(w[node->n], den) - c->a);
	return value_number(c->a);
}
