/* SPDX-License-Identifier: MIT */
/*
 * Conditions: a bit for each bar at which it is true and one for each at which
 * it is false, neither where it is absent.  Bits behind the batch are 0.
 */
#include <string.h>

#include "vector/plan.h"

static size_t
words(const struct vector *v)
{
	return (v->n + 63) / 64;
}

static void
constant(struct vector *v, struct plan_node *node)
{
	bool truth = v->x->at[node->of].value.truth;

	for (size_t w = 0; w < words(v); w++) {
		node->yes[w] = truth ? plan_within(v, w) : 0;
		node->no[w] = truth ? 0 : plan_within(v, w);
	}
}

/* LOGIC(name, YES, NO): of the words of two arguments. */
#define LOGIC(name, YES, NO)                                       \
	static void name(struct vector *v, struct plan_node *node) \
	{                                                          \
		const struct plan_node *a = plan_arg(v, node, 0);  \
		const struct plan_node *b = plan_arg(v, node, 1);  \
		const uint64_t *yes = a->yes, *no = a->no;         \
		const uint64_t *yes2 = b->yes, *no2 = b->no;       \
		uint64_t *restrict to = node->yes;                 \
		uint64_t *restrict not_to = node->no;              \
                                                                   \
		for (size_t w = 0, n = words(v); w < n; w++) {     \
			uint64_t ay = yes[w], an = no[w];          \
			uint64_t by = yes2[w], bn = no2[w];        \
                                                                   \
			to[w] = YES;                               \
			not_to[w] = NO;                            \
		}                                                  \
	}

LOGIC(neither, an &bn, ay | by)
LOGIC(both, ay &by, an | bn)
LOGIC(either, ay | by, an &bn)
LOGIC(alike, (ay & by) | (an & bn), (ay & bn) | (an & by))
LOGIC(unlike, (ay & bn) | (an & by), (ay & by) | (an & bn))

static void
invert(struct vector *v, struct plan_node *node)
{
	const struct plan_node *a = plan_arg(v, node, 0);

	memcpy(node->yes, a->no, words(v) * sizeof(*node->yes));
	memcpy(node->no, a->yes, words(v) * sizeof(*node->no));
}

static void
choose(struct vector *v, struct plan_node *node)
{
	const struct plan_node *c = plan_arg(v, node, 0);
	const struct plan_node *a = plan_arg(v, node, 1);
	const struct plan_node *b = plan_arg(v, node, 2);

	for (size_t w = 0; w < words(v); w++) {
		node->yes[w] = (c->yes[w] & a->yes[w]) | (c->no[w] & b->yes[w]);
		node->no[w] = (c->yes[w] & a->no[w]) | (c->no[w] & b->no[w]);
	}
}

/* Move bits ${n} bars on, with the last 64 before the batch in front. */
static void
shift(const struct vector *v, size_t n, const uint64_t *from, uint64_t before,
    uint64_t *restrict to)
{
	size_t last = words(v) - 1;

	for (size_t w = 0; w <= last; w++) {
		to[w] = from[w] << n | before >> (64 - n);
		before = from[w];
	}
	to[last] &= plan_within(v, last);
}

void
truth_past(struct vector *v, struct plan_node *node)
{
	const struct plan_node *a = plan_arg(v, node, 0);

	shift(v, (size_t)node->n, a->yes, a->yes64, node->yes);
	shift(v, (size_t)node->n, a->no, a->no64, node->no);
}

void
truth_equal(struct vector *v, struct plan_node *node)
{
	neither(v, node);
}

plan_kernel *
truth_kernel(const struct expr_node *of)
{
	switch (of->op) {
	case EXPR_CONST:
		return constant;
	case EXPR_PAST:
		return of->n > 0 && of->n < 64 ? truth_past : vector_by_bar;
	case EXPR_NOT:
		return invert;
	case EXPR_AND:
		return both;
	case EXPR_OR:
		return either;
	case EXPR_EQUAL:
		return alike;
	case EXPR_UNEQUAL:
		return unlike;
	default:
		return choose;
	}
}
