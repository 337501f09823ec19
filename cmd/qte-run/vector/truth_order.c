/* SPDX-License-Identifier: MIT */
/* Comparisons of columns of numbers, a word of 64 bars at a time. */
#include "vector/plan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* What is compared: a.da and b.db, of 64 bars from the pointers on. */
struct pair {
	const double *a, *b;
	double da, db;
};

/* Of 64 bars: a <= b, a >= b; both false where one of them is absent. */
struct order {
	uint64_t le, ge;
};

/* Of ${words} of them. */
typedef void order_words(struct pair, size_t, struct order *);

static void
order_any(struct pair p, size_t words, struct order *to)
{
	for (; words-- > 0; to++, p.a += 64, p.b += 64) {
		*to = (struct order){0, 0};
		for (size_t i = 0; i < 64; i++) {
			double x = p.a[i] * p.da, y = p.b[i] * p.db;

			to->le |= (uint64_t)(x <= y) << i;
			to->ge |= (uint64_t)(x >= y) << i;
		}
	}
}

/* Where the products are too large for doubles. */
static void
order_wide(struct pair p, size_t words, struct order *to)
{
	for (; words-- > 0; to++, p.a += 64, p.b += 64) {
		*to = (struct order){0, 0};
		for (size_t i = 0; i < 64; i++) {
			if (p.a[i] != p.a[i] || p.b[i] != p.b[i])
				continue;
			num_i128 x = (num_i128)p.a[i] * (int64_t)p.da;
			num_i128 y = (num_i128)p.b[i] * (int64_t)p.db;

			to->le |= (uint64_t)(x <= y) << i;
			to->ge |= (uint64_t)(x >= y) << i;
		}
	}
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2")))

AVX2 static inline uint64_t
bits_of(__m256d truth, size_t i)
{
	return (uint64_t)_mm256_movemask_pd(truth) << i;
}

AVX2 static void
order_avx2(struct pair p, size_t words, struct order *to)
{
	const __m256d da = _mm256_set1_pd(p.da), db = _mm256_set1_pd(p.db);

	for (; words-- > 0; to++, p.a += 64, p.b += 64) {
		struct order o = {0, 0};

		for (size_t i = 0; i < 64; i += 4) {
			__m256d x = _mm256_mul_pd(_mm256_loadu_pd(p.a + i), da);
			__m256d y = _mm256_mul_pd(_mm256_loadu_pd(p.b + i), db);

			o.le |= bits_of(_mm256_cmp_pd(x, y, _CMP_LE_OQ), i);
			o.ge |= bits_of(_mm256_cmp_pd(x, y, _CMP_GE_OQ), i);
		}
		*to = o;
	}
}

static order_words *
best_order(void)
{
	return __builtin_cpu_supports("avx2") ? order_avx2 : order_any;
}
#else
static order_words *
best_order(void)
{
	return order_any;
}
#endif

/* The words that are worked out at a time. */
#define SOME 16

void
truth_order(struct vector *v, struct plan_node *node)
{
	const struct plan_node *a = plan_arg(v, node, 0);
	const struct plan_node *b = plan_arg(v, node, 1);
	struct plan_node *less = node, *more = node + 1;
	order_words *order = node->wide ? order_wide : best_order();
	struct pair p = {a->now, b->now, node->scale[0], node->scale[1]};
	struct order at[SOME];
	size_t words = (v->n + 63) / 64;

	for (size_t w = 0; w < words; w++) {
		const struct order *o = &at[w % SOME];

		if (w % SOME == 0) {
			order(p, words - w < SOME ? words - w : SOME, at);
			p.a += SOME * 64;
			p.b += SOME * 64;
		}
		uint64_t le = o->le & plan_within(v, w);
		uint64_t ge = o->ge & plan_within(v, w);

		less->yes[w] = le & ~ge;
		less->no[w] = ge;
		more->yes[w] = ge & ~le;
		more->no[w] = le;
	}
}
