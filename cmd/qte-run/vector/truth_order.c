/* SPDX-License-Identifier: MIT */
/* Comparisons of columns of numbers, a word of 64 bars at a time. */
#include "vector/plan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* Of up to 64 bars: where it is true, and where it is false. */
struct outcome {
	uint64_t yes, no;
};

/* What is compared: a.da and b.db; ${whole}: nothing is absent. */
struct pair {
	const double *a, *b;
	double da, db;
	size_t n;
	bool whole;
};

static struct pair
swapped(const struct pair *p)
{
	return (struct pair){p->b, p->a, p->db, p->da, p->n, p->whole};
}

/* Comparisons with what is absent, NaN, are false both ways. */
static struct outcome
less_any(const struct pair *p)
{
	struct outcome o = {0, 0};

	for (size_t i = 0; i < p->n; i++) {
		double x = p->a[i] * p->da, y = p->b[i] * p->db;

		o.yes |= (uint64_t)(x < y) << i;
		o.no |= (uint64_t)(y <= x) << i;
	}
	return o;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static inline __m256d
four(const double *from, double scale)
{
	return _mm256_mul_pd(_mm256_loadu_pd(from), _mm256_set1_pd(scale));
}

/* Bits of four bars from ${i} on: a < b; a <= b. */
__attribute__((target("avx2"))) static inline uint64_t
four_less(const struct pair *p, size_t i)
{
	__m256d less = _mm256_cmp_pd(four(p->a + i, p->da),
	    four(p->b + i, p->db), _CMP_LT_OQ);

	return (uint64_t)_mm256_movemask_pd(less) << i;
}

__attribute__((target("avx2"))) static inline uint64_t
four_less_equal(const struct pair *p, size_t i)
{
	__m256d less_equal = _mm256_cmp_pd(four(p->a + i, p->da),
	    four(p->b + i, p->db), _CMP_LE_OQ);

	return (uint64_t)_mm256_movemask_pd(less_equal) << i;
}

__attribute__((target("avx2"))) static struct outcome
less_avx2(const struct pair *p)
{
	struct pair back = swapped(p);
	struct outcome o = {0, 0};

	if (p->n < 64)
		return less_any(p);
	for (size_t i = 0; i < 64; i += 4)
		o.yes |= four_less(p, i);
	o.no = ~o.yes;
	if (!p->whole)
		for (size_t i = o.no = 0; i < 64; i += 4)
			o.no |= four_less_equal(&back, i);
	return o;
}

static bool
has_avx2(void)
{
	return __builtin_cpu_supports("avx2");
}
#else
static struct outcome
less_avx2(const struct pair *p)
{
	return less_any(p);
}

static bool
has_avx2(void)
{
	return false;
}
#endif

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

typedef struct outcome less_word(const struct pair *);

/* Neither is below the other: they are equal, or one is absent. */
static struct outcome
equal_word(less_word *less, const struct pair *p)
{
	struct pair back = swapped(p);
	struct outcome below = less(p), above = less(&back);

	return (struct outcome){below.no & above.no, below.yes | above.yes};
}

static void
compare(struct vector *v, struct plan_node *node, bool equal)
{
	const struct plan_node *a = plan_arg(v, node, 0);
	const struct plan_node *b = plan_arg(v, node, 1);
	less_word *less = node->wide ? less_wide
	    : has_avx2()	     ? less_avx2
				     : less_any;
	struct pair p = {a->now, b->now, node->scale[0], node->scale[1], 64,
	    a->whole && b->whole};

	for (size_t w = 0; w * 64 < v->n; w++, p.a += 64, p.b += 64) {
		if (v->n - w * 64 < 64)
			p.n = v->n - w * 64;
		struct outcome o = equal ? equal_word(less, &p) : less(&p);

		node->yes[w] = o.yes;
		node->no[w] = o.no;
	}
}

void
truth_less(struct vector *v, struct plan_node *node)
{
	compare(v, node, false);
}

void
truth_equal(struct vector *v, struct plan_node *node)
{
	compare(v, node, true);
}
