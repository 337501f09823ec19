/* SPDX-License-Identifier: MIT */
/*
 * Conditions: a bit for each bar at which it is true and one for each at which
 * it is false, neither where it is absent.  Bits behind the batch are 0.
 */
#include <string.h>

#include "vector/plan.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static size_t
words(const struct vector *v)
{
	return (v->n + 63) / 64;
}

/* The bits of word ${w} that the batch has. */
static uint64_t
within(const struct vector *v, size_t w)
{
	size_t left = v->n - w * 64;

	return left < 64 ? (UINT64_C(1) << left) - 1 : UINT64_MAX;
}

/* One word of a comparison: where it is true, where it is false. */
struct outcome {
	uint64_t yes, no;
};

/* What is compared at up to 64 bars; one of two scales makes dens alike. */
struct pair {
	const double *a, *b;
	double da, db;
	size_t n;
};

typedef struct outcome compare_word(const struct pair *);

/*
 * COMPARE(name, ONE, YES, NO): YES and NO of x = a.da and y = b.db, which both
 * fail where one is absent; in SSE2 two bars at a time.
 */
#if defined(__SSE2__)
#define COMPARE_PAIRS(YES, NO)                                      \
	for (; i + 2 <= p->n; i += 2) {                             \
		__m128d x = _mm_mul_pd(_mm_loadu_pd(p->a + i), da); \
		__m128d y = _mm_mul_pd(_mm_loadu_pd(p->b + i), db); \
                                                                    \
		o.yes |= (uint64_t)_mm_movemask_pd(YES) << i;       \
		o.no |= (uint64_t)_mm_movemask_pd(NO) << i;         \
	}
#define COMPARE_SCALES                   \
	__m128d da = _mm_set1_pd(p->da); \
	__m128d db = _mm_set1_pd(p->db);
#else
#define COMPARE_PAIRS(YES, NO)
#define COMPARE_SCALES
#endif
#define COMPARE(name, YES2, NO2, YES, NO)                \
	static struct outcome name(const struct pair *p) \
	{                                                \
		struct outcome o = {0, 0};               \
		size_t i = 0;                            \
                                                         \
		COMPARE_SCALES                           \
		COMPARE_PAIRS(YES2, NO2)                 \
		for (; i < p->n; i++) {                  \
			double x = p->a[i] * p->da;      \
			double y = p->b[i] * p->db;      \
                                                         \
			o.yes |= (uint64_t)(YES) << i;   \
			o.no |= (uint64_t)(NO) << i;     \
		}                                        \
		return o;                                \
	}

COMPARE(less, _mm_cmplt_pd(x, y), _mm_cmple_pd(y, x), x < y, y <= x)
COMPARE(less_equal, _mm_cmple_pd(x, y), _mm_cmplt_pd(y, x), x <= y, y < x)
COMPARE(equal, _mm_cmpeq_pd(x, y),
    _mm_or_pd(_mm_cmplt_pd(x, y), _mm_cmplt_pd(y, x)), x == y, x < y || y < x)

/* Where the products are too large for doubles. */
static struct outcome
less_wide(const struct pair *p)
{
	struct outcome o = {0, 0};

	for (size_t i = 0; i < p->n; i++) {
		if (p->a[i] != p->a[i] || p->b[i] != p->b[i])
			continue;
		num_i128 x = (num_i128)p->a[i] * (int64_t)p->da;
		num_i128 y = (num_i128)p->b[i] * (int64_t)p->db;

		o.yes |= (uint64_t)(x < y) << i;
		o.no |= (uint64_t)(x >= y) << i;
	}
	return o;
}

static struct pair
swapped(const struct pair *p)
{
	return (struct pair){p->b, p->a, p->db, p->da, p->n};
}

static struct outcome
less_equal_wide(const struct pair *p)
{
	struct pair back = swapped(p);
	struct outcome greater = less_wide(&back);

	return (struct outcome){greater.no, greater.yes};
}

static struct outcome
equal_wide(const struct pair *p)
{
	struct outcome below = less_wide(p), most = less_equal_wide(p);

	return (struct outcome){most.yes & ~below.yes, below.yes | most.no};
}

/* How each comparison comes out of one of the three. */
static const struct {
	compare_word *narrow, *wide;
	bool swap, invert;
} comparisons[] = {
    [EXPR_LESS] = {less, less_wide, false, false},
    [EXPR_LESS_EQUAL] = {less_equal, less_equal_wide, false, false},
    [EXPR_GREATER] = {less, less_wide, true, false},
    [EXPR_GREATER_EQUAL] = {less_equal, less_equal_wide, true, false},
    [EXPR_EQUAL] = {equal, equal_wide, false, false},
    [EXPR_UNEQUAL] = {equal, equal_wide, false, true},
};

void
truth_compare(struct vector *v, struct plan_node *node)
{
	enum expr_op op = v->x->at[node->of].op;
	compare_word *word =
	    node->wide ? comparisons[op].wide : comparisons[op].narrow;
	uint64_t *yes = comparisons[op].invert ? node->no : node->yes;
	uint64_t *no = comparisons[op].invert ? node->yes : node->no;
	struct pair p = {plan_arg(v, node, 0)->now, plan_arg(v, node, 1)->now,
	    node->scale[0], node->scale[1], 64};

	if (comparisons[op].swap)
		p = swapped(&p);
	for (size_t w = 0; w < words(v); w++, p.a += 64, p.b += 64) {
		if (v->n - w * 64 < 64)
			p.n = v->n - w * 64;
		struct outcome o = word(&p);

		yes[w] = o.yes;
		no[w] = o.no;
	}
}

static void
constant(struct vector *v, struct plan_node *node)
{
	bool truth = v->x->at[node->of].value.truth;

	for (size_t w = 0; w < words(v); w++) {
		node->yes[w] = truth ? within(v, w) : 0;
		node->no[w] = truth ? 0 : within(v, w);
	}
}

/* LOGIC(name, YES, NO): of the words of two arguments. */
#define LOGIC(name, YES, NO)                                       \
	static void name(struct vector *v, struct plan_node *node) \
	{                                                          \
		const struct plan_node *a = plan_arg(v, node, 0);  \
		const struct plan_node *b = plan_arg(v, node, 1);  \
                                                                   \
		for (size_t w = 0; w < words(v); w++) {            \
			uint64_t ay = a->yes[w], an = a->no[w];    \
			uint64_t by = b->yes[w], bn = b->no[w];    \
                                                                   \
			node->yes[w] = YES;                        \
			node->no[w] = NO;                          \
		}                                                  \
	}

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
    uint64_t *to)
{
	for (size_t w = 0; w < words(v); w++) {
		to[w] = (from[w] << n | before >> (64 - n)) & within(v, w);
		before = from[w];
	}
}

static void
past(struct vector *v, struct plan_node *node)
{
	const struct plan_node *a = plan_arg(v, node, 0);

	shift(v, (size_t)node->n, a->yes, a->yes64, node->yes);
	shift(v, (size_t)node->n, a->no, a->no64, node->no);
}

plan_kernel *
truth_kernel(const struct expr_node *of)
{
	switch (of->op) {
	case EXPR_CONST:
		return constant;
	case EXPR_PAST:
		return of->n > 0 && of->n < 64 ? past : plan_by_bar;
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
