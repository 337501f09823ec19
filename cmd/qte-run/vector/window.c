/* SPDX-License-Identifier: MIT */
/* Columns of numbers that look back. */
#include <math.h>

#include "base/mem.h"
#include "strategy/indic.h"
#include "strategy/steps.h"
#include "vector/plan.h"

/* Count the absent values of the window as it moves to bar ${i}. */
static bool
complete(struct plan_node *node, const double *x, ptrdiff_t i)
{
	node->missing += isnan(x[i]);
	node->missing -= isnan(x[i - node->n]);
	return node->missing == 0;
}

static double
or_zero(double d)
{
	return isnan(d) ? 0 : d;
}

/*
 * Running totals of a column of whole numbers, from the oldest value that it
 * keeps on: worked out once for all windows over it.  NULL: doubles cannot hold
 * them.
 */
static const double *
totals_of(const struct vector *v, struct plan_node *a)
{
	const double *x = a->now - a->history;
	double total = 0;

	if (!(a->bound * (double)(a->history + v->room) < PLAN_WHOLE))
		return NULL;
	if (a->totals == NULL)
		a->totals =
		    mem_alloc(1 + a->history + v->room, sizeof(*a->totals));
	if (a->totalled != v->bars + 1) {
		for (size_t i = 0; i < a->history + v->n; i++)
			a->totals[i + 1] = total += or_zero(x[i]);
		a->totalled = v->bars + 1;
	}
	return a->totals + 1 + a->history;
}

static void
differences(const double *from, const double *less, size_t n,
    double *restrict to)
{
	size_t i = 0;

	/* Four at a time, for registers that hold several. */
	for (; i + 4 <= n; i += 4)
		for (size_t k = 0; k < 4; k++)
			to[i + k] = from[i + k] - less[i + k];
	for (; i < n; i++)
		to[i] = from[i] - less[i];
}

/* Adding to whole numbers and taking away from them leaves them exact. */
static void
sma_exact(struct vector *v, struct plan_node *node)
{
	struct plan_node *a = plan_arg(v, node, 0);
	const double *x = a->now, *totals = NULL;
	double sum = node->sum;

	node->whole = node->missing == 0 && a->whole;
	if (node->whole)
		totals = totals_of(v, a);
	if (totals != NULL) {
		differences(totals, totals - node->n, v->n, node->now);
		node->sum = node->now[v->n - 1];
		return;
	}
	for (ptrdiff_t i = 0; i < (ptrdiff_t)v->n; i++) {
		bool whole = node->whole || complete(node, x, i);

		sum += or_zero(x[i]) - or_zero(x[i - node->n]);
		node->now[i] = whole ? sum : (double)NAN;
	}
	node->sum = sum;
}

/* The sum of doubles, oldest first, as each addition rounds. */
static double
sum_of(const double *x, int64_t n)
{
	double sum = 0;

	for (int64_t i = 0; i < n; i++)
		sum += x[i];
	return sum;
}

static double
present(double d)
{
	return isfinite(d) ? d : (double)NAN;
}

static void
sma_double(struct vector *v, struct plan_node *node)
{
	const double *x = plan_arg(v, node, 0)->now;
	double n = (double)node->n;

	for (size_t i = 0; i < v->n; i++)
		node->now[i] = 0;
	/* Bar by bar side by side, each from its oldest value on. */
	for (int64_t back = node->n; back-- > 0;)
		for (size_t i = 0; i < v->n; i++)
			node->now[i] += x[(ptrdiff_t)i - back];
	for (size_t i = 0; i < v->n; i++)
		node->now[i] = present(node->now[i] / n);
}

static void
momentum(struct vector *v, struct plan_node *node)
{
	const double *x = plan_arg(v, node, 0)->now;

	for (ptrdiff_t i = 0; i < (ptrdiff_t)v->n; i++)
		node->now[i] = present(x[i] - x[i - node->n]);
}

/* Add the distance of a value to the sums, or (-1) take it away. */
static void
take(struct plan_node *node, double value, int sign)
{
	int64_t y = (int64_t)(value - node->base);

	node->total += sign * y;
	node->squares += sign * (num_i128)y * y;
}

/*
 * n^2 times the variance: n.sum(y^2) - (sum y)^2 of the distances y to any one
 * value, here the first that was seen.
 */
static void
stddev_exact(struct vector *v, struct plan_node *node)
{
	const double *x = plan_arg(v, node, 0)->now;
	uint64_t den = plan_arg(v, node, 0)->den;
	double n = (double)node->n, squares_one = v->tick * v->tick;
	num_i128 units = (num_i128)v->units * v->units;

	for (ptrdiff_t i = 0; i < (ptrdiff_t)v->n; i++) {
		bool whole = complete(node, x, i);

		if (isnan(node->base))
			node->base = x[i];
		if (!isnan(x[i]))
			take(node, x[i], 1);
		if (!isnan(x[i - node->n]))
			take(node, x[i - node->n], -1);
		node->now[i] = (double)NAN;
		if (!whole)
			continue;
		num_i128 spread =
		    node->n * node->squares - node->total * node->total;
		double ratio = spread <= (num_i128)PLAN_WHOLE
		    ? (double)(int64_t)spread / squares_one
		    : num_ratio(spread * units, (uint64_t)NUM_MONEY_ONE);

		node->now[i] = sqrt(ratio) / (n * (double)den);
	}
}

static void
stddev_double(struct vector *v, struct plan_node *node)
{
	double n = (double)node->n;

	for (ptrdiff_t i = 0; i < (ptrdiff_t)v->n; i++) {
		const double *x = plan_arg(v, node, 0)->now + i - (node->n - 1);
		double mean = sum_of(x, node->n) / n, squares = 0;

		for (int64_t k = 0; k < node->n; k++)
			squares += (x[k] - mean) * (x[k] - mean);
		node->now[i] = present(sqrt(n * squares) / n);
	}
}

static struct plan_candidate *
candidate(struct plan_queue *q, size_t i)
{
	size_t at = q->first + i;

	return &q->at[at < q->size ? at : at - q->size];
}

/*
 * The greatest value (sign 1) or the least (sign -1): a newer value beyond an
 * older one ends the hopes of that, so the first candidate is the extreme.
 */
static void
extreme(struct vector *v, struct plan_node *node, double sign)
{
	const double *x = plan_arg(v, node, 0)->now;
	struct plan_queue *q = &node->queue;

	if (q->at == NULL) {
		q->size = (size_t)node->n;
		q->at = mem_alloc(q->size, sizeof(*q->at));
	}
	for (ptrdiff_t i = 0; i < (ptrdiff_t)v->n; i++) {
		int64_t now = v->bars + i;
		bool whole = complete(node, x, i);

		if (q->n > 0 && candidate(q, 0)->bar <= now - node->n) {
			q->first = q->first + 1 == q->size ? 0 : q->first + 1;
			q->n--;
		}
		if (!isnan(x[i])) {
			while (q->n > 0 &&
			    sign * candidate(q, q->n - 1)->value < sign * x[i])
				q->n--;
			*candidate(q, q->n++) =
			    (struct plan_candidate){now, x[i]};
		}
		node->now[i] = whole ? candidate(q, 0)->value : (double)NAN;
	}
}

static void
greatest(struct vector *v, struct plan_node *node)
{
	extreme(v, node, 1);
}

static void
least(struct vector *v, struct plan_node *node)
{
	extreme(v, node, -1);
}

/* What goes from bar to bar keeps its state where the reference does. */
static void
moving(struct vector *v, struct plan_node *node, double weight)
{
	const double *x = plan_arg(v, node, 0)->now;
	struct expr_carry *c = &v->x->at[node->of].carry;

	for (size_t i = 0; i < v->n; i++)
		node->now[i] = isnan(x[i])
		    ? x[i]
		    : present(steps_average(c, node->n, weight, x[i]));
}

static void
ema(struct vector *v, struct plan_node *node)
{
	moving(v, node, 2.0 / ((double)node->n + 1.0));
}

static void
rma(struct vector *v, struct plan_node *node)
{
	moving(v, node, 1.0 / (double)node->n);
}

static void
cumulate(struct vector *v, struct plan_node *node)
{
	const double *x = plan_arg(v, node, 0)->now;
	struct expr_carry *c = &v->x->at[node->of].carry;

	for (size_t i = 0; i < v->n; i++) {
		c->a += or_zero(x[i]);
		node->now[i] = isnan(x[i]) ? x[i] : present(c->a);
	}
}

/* By what the reference does at a bar; NULL: there is none of that kind. */
static const struct {
	steps_step *step;
	plan_kernel *exact, *doubles;
} windows[] = {
    {steps_sma, sma_exact, sma_double},
    {steps_stddev, stddev_exact, stddev_double},
    {steps_highest, greatest, greatest},
    {steps_lowest, least, least},
    {steps_mom, momentum, momentum},
    {steps_ema, NULL, ema},
    {steps_rma, NULL, rma},
    {steps_cum, NULL, cumulate},
};

plan_kernel *
window_kernel(const struct expr_node *of, bool exact, bool *doubles)
{
	plan_kernel *function = number_function(of);

	/* A mean of too large a den is a double, though its argument is not. */
	if (of->indic->result == INDIC_GIVES_MEAN)
		exact = of->den > 0;
	*doubles = false;
	for (size_t i = 0; i < QTE_COUNT(windows); i++) {
		if (windows[i].step != of->indic->step)
			continue;
		*doubles = !exact || windows[i].exact == NULL;
		return *doubles ? windows[i].doubles : windows[i].exact;
	}
	if (function == NULL || of->truth)
		return vector_by_bar;
	*doubles = of->den == 0;
	return function;
}

void
window_rescale(struct plan_node *node, double factor)
{
	struct plan_queue *q = &node->queue;

	if (node->den > 0)
		for (size_t i = 0; i < q->n; i++)
			candidate(q, i)->value *= factor;
	node->sum *= factor;
	node->base *= factor;
	node->total *= (int64_t)factor;
	node->squares *= (int64_t)factor * (num_i128)factor;
}
