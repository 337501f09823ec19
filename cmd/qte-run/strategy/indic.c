/* SPDX-License-Identifier: MIT */
/* The functions of the language: indicators in C, formulas in the language. */
#include "strategy/indic.h"

#include <math.h>
#include <string.h>

static const struct value absent = {.kind = VALUE_ABSENT};

/* What the last n values are: one absent, one a double, or all exact. */
enum window_kind { WINDOW_ABSENT, WINDOW_DOUBLE, WINDOW_EXACT };

static enum window_kind
window_kind(const struct expr_node *node)
{
	const struct value *w = expr_ring_window(&node->ring);
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
	const struct value *w = expr_ring_window(&node->ring);
	double sum = 0;

	for (int64_t i = 0; i < node->n; i++)
		sum += value_double(w[i], den);
	return sum;
}

/* sma(x,n): the mean of the last n values. */
static struct value
sma_step(struct expr_node *node, const struct expr_node *x)
{
	const struct value *w = expr_ring_window(&node->ring);
	enum window_kind kind = window_kind(node);
	num_i128 sum = 0;

	if (kind == WINDOW_ABSENT)
		return absent;
	if (kind == WINDOW_DOUBLE || node->den == 0)
		return value_number(window_sum(node, x->den) / (double)node->n);
	for (int64_t i = 0; i < node->n; i++)
		sum += w[i].units;
	return (struct value){.kind = VALUE_EXACT, .units = sum};
}

/* The greatest (sign 1) or least (sign -1) of the window. */
static struct value
extreme(const struct expr_node *node, uint64_t den, int sign)
{
	const struct value *w = expr_ring_window(&node->ring);
	struct value best = w[0];

	if (window_kind(node) == WINDOW_ABSENT)
		return absent;
	for (int64_t i = 1; i < node->n; i++)
		if (sign * value_compare(w[i], den, best, den) > 0)
			best = w[i];
	return best;
}

/* highest(x,n): the greatest of the last n values, this bar's included. */
static struct value
highest_step(struct expr_node *node, const struct expr_node *x)
{
	return extreme(node, x->den, 1);
}

/* lowest(x,n): the least of the last n values, this bar's included. */
static struct value
lowest_step(struct expr_node *node, const struct expr_node *x)
{
	return extreme(node, x->den, -1);
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
	const struct value *w = expr_ring_window(&node->ring);
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
	const struct value *w = expr_ring_window(&node->ring);
	double n = (double)node->n;
	double mean = window_sum(node, den) / n, squares = 0;

	for (int64_t i = 0; i < node->n; i++) {
		double y = value_double(w[i], den) - mean;

		squares += y * y;
	}
	return n * squares;
}

/* stddev(x,n): population deviation, sqrt(n.sum(x^2) - (sum x)^2)/n. */
static struct value
stddev_step(struct expr_node *node, const struct expr_node *x)
{
	enum window_kind kind = window_kind(node);
	double n = (double)node->n;
	num_i128 spread;

	if (kind == WINDOW_ABSENT)
		return absent;
	/* Means of means would need a den squared: left to the doubles. */
	if (kind == WINDOW_DOUBLE || x->den != 1 ||
	    !exact_spread(node, &spread))
		return value_number(sqrt(double_spread(node, x->den)) / n);
	return value_number(
	    sqrt(num_ratio(spread, (uint64_t)NUM_MONEY_ONE)) / n);
}

/*
 * Takes ${x} into an average of weight ${weight}, seeded by the mean of the
 * first n values.  Return whether the average is valid.
 */
static bool
average(double *mean, double x, int64_t count, int64_t n, double weight)
{
	if (count <= n) {
		*mean += x;
		if (count == n)
			*mean /= (double)n;
		return count == n;
	}
	*mean += weight * (x - *mean);
	return true;
}

/* ema(x,n): e + 2/(n+1) (x - e); the first is the mean of the first n values.
 */
static struct value
ema_step(struct expr_node *node, const struct expr_node *x)
{
	struct expr_carry *c = &node->carry;

	if (x->value.kind == VALUE_ABSENT)
		return absent;
	double weight = 2.0 / ((double)node->n + 1.0);

	if (!average(&c->a, value_double(x->value, x->den), ++c->count, node->n,
		weight))
		return absent;
	return value_number(c->a);
}

/* The change from ${from} to ${to}; exact values are subtracted exactly. */
static double
change(struct value from, struct value to, uint64_t den)
{
	if (from.kind == VALUE_EXACT && to.kind == VALUE_EXACT) {
		to.units -= from.units;
		return value_double(to, den);
	}
	return value_double(to, den) - value_double(from, den);
}

/*
 * rsi(x,n): 100 U/(U+D), Wilder's averages of rises and falls, each
 * u + (rise - u)/n; 50 when U + D = 0.  J. W. Wilder, New Concepts in Technical
 * Trading Systems (1978).
 */
static struct value
rsi_step(struct expr_node *node, const struct expr_node *x)
{
	struct expr_carry *c = &node->carry;
	struct value last = c->last;

	if (x->value.kind == VALUE_ABSENT)
		return absent;
	c->last = x->value;
	if (last.kind == VALUE_ABSENT)
		return absent;
	double moved = change(last, x->value, x->den);
	double weight = 1.0 / (double)node->n;

	c->count++;
	average(&c->b, moved < 0 ? -moved : 0, c->count, node->n, weight);
	if (!average(&c->a, moved > 0 ? moved : 0, c->count, node->n, weight))
		return absent;
	if (c->a + c->b <= 0)
		return value_number(50);
	return value_number(100 * c->a / (c->a + c->b));
}

static const struct indic indicators[] = {
    {"sma", INDIC_GIVES_MEAN, true, sma_step},
    {"ema", INDIC_GIVES_DOUBLE, false, ema_step},
    {"rsi", INDIC_GIVES_DOUBLE, false, rsi_step},
    {"stddev", INDIC_GIVES_DOUBLE, true, stddev_step},
    {"highest", INDIC_GIVES_SAME, true, highest_step},
    {"lowest", INDIC_GIVES_SAME, true, lowest_step},
};

static const struct indic_formula formulas[] = {
    {"cross_above", NULL, "ss", {"a", "b"}, "a[1] <= b[1] and a > b"},
    {"cross_below", NULL, "ss", {"a", "b"}, "a[1] >= b[1] and a < b"},
    {"bbands", "upper", "swk", {"x", "n", "k"}, "sma(x,n) + k*stddev(x,n)"},
    {"bbands", "mid", "swk", {"x", "n", "k"}, "sma(x,n)"},
    {"bbands", "lower", "swk", {"x", "n", "k"}, "sma(x,n) - k*stddev(x,n)"},
    {"macd", "macd", "www", {"fast", "slow", "n"},
	"ema(close,fast) - ema(close,slow)"},
    {"macd", "signal", "www", {"fast", "slow", "n"},
	"ema(macd(fast,slow,n).macd, n)"},
    {"macd", "hist", "www", {"fast", "slow", "n"},
	"macd(fast,slow,n).macd - macd(fast,slow,n).signal"},
};

static bool
same(const char *name, const char *text, size_t len)
{
	return strlen(name) == len && memcmp(name, text, len) == 0;
}

const struct indic *
indic_find(const char *name, size_t len)
{
	for (size_t i = 0; i < QTE_COUNT(indicators); i++)
		if (same(indicators[i].name, name, len))
			return &indicators[i];
	return NULL;
}

const struct indic_formula *
indic_formula_find(const char *name, size_t len, const char *member,
    size_t member_len)
{
	for (size_t i = 0; i < QTE_COUNT(formulas); i++) {
		const struct indic_formula *f = &formulas[i];

		if (same(f->name, name, len) &&
		    (member == NULL ||
			(f->member != NULL &&
			    same(f->member, member, member_len))))
			return f;
	}
	return NULL;
}

void
indic_suggest(struct err *e, const char *name)
{
	const char *names[QTE_COUNT(indicators) + QTE_COUNT(formulas)];
	size_t n = 0;

	for (size_t i = 0; i < QTE_COUNT(indicators); i++)
		names[n++] = indicators[i].name;
	for (size_t i = 0; i < QTE_COUNT(formulas); i++)
		names[n++] = formulas[i].name;
	err_suggest(e, name, names, n, sizeof(names[0]));
}

void
indic_members(const char *name, struct buf *list)
{
	for (size_t i = 0; i < QTE_COUNT(formulas); i++)
		if (strcmp(formulas[i].name, name) == 0 &&
		    formulas[i].member != NULL)
			buf_fmt(list, " .%s", formulas[i].member);
}
