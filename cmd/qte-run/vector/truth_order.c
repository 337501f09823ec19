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
#define AVX2 __attribute__((target("avx2"), always_inline)) static inline

/* What is compared, da and db in every lane. */
struct scales {
	__m256d da, db;
};

/* Of some bars, all bits of each alike. */
struct lanes {
	__m256 le, ge;
};

AVX2 struct lanes
four(const struct pair *p, size_t i, const struct scales *s)
{
	__m256d x = _mm256_mul_pd(_mm256_loadu_pd(p->a + i), s->da);
	__m256d y = _mm256_mul_pd(_mm256_loadu_pd(p->b + i), s->db);

	return (struct lanes){_mm256_castpd_ps(_mm256_cmp_pd(x, y, _CMP_LE_OQ)),
	    _mm256_castpd_ps(_mm256_cmp_pd(x, y, _CMP_GE_OQ))};
}

/* Half of the bits of each: 0 1 4 5, and in the high half 2 3 6 7. */
AVX2 struct lanes
eight(const struct pair *p, size_t i, const struct scales *s)
{
	struct lanes a = four(p, i, s), b = four(p, i + 4, s);

	return (struct lanes){
	    _mm256_shuffle_ps(a.le, b.le, _MM_SHUFFLE(2, 0, 2, 0)),
	    _mm256_shuffle_ps(a.ge, b.ge, _MM_SHUFFLE(2, 0, 2, 0))};
}

AVX2 __m256i
pack(__m256 a, __m256 b)
{
	return _mm256_packs_epi32(_mm256_castps_si256(a),
	    _mm256_castps_si256(b));
}

/* The bits of 16 bars: le, and above them ge. */
AVX2 uint32_t
sixteen(const struct pair *p, size_t i, const struct scales *s)
{
	const __m256i pairs =
	    _mm256_setr_epi8(0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14,
		15, 0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);
	struct lanes a = eight(p, i, s), b = eight(p, i + 8, s);
	/* A byte for each: of le, of ge 0 1 4 5 8 9 12 13; of both the rest. */
	__m256i bytes = _mm256_packs_epi16(pack(a.le, b.le), pack(a.ge, b.ge));

	bytes = _mm256_permute4x64_epi64(bytes, _MM_SHUFFLE(3, 1, 2, 0));
	return (uint32_t)_mm256_movemask_epi8(
	    _mm256_shuffle_epi8(bytes, pairs));
}

__attribute__((target("avx2"))) static void
order_avx2(struct pair p, size_t words, struct order *to)
{
	const struct scales s = {_mm256_set1_pd(p.da), _mm256_set1_pd(p.db)};

	for (; words-- > 0; to++, p.a += 64, p.b += 64) {
		struct order o = {0, 0};

		for (size_t i = 0; i < 64; i += 16) {
			uint64_t bits = sixteen(&p, i, &s);

			o.le |= (bits & 0xffff) << i;
			o.ge |= bits >> 16 << i;
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
	size_t words = (v->n + 63) / 64, some;

	for (size_t done = 0; done < words; done += some) {
		some = words - done < SOME ? words - done : SOME;
		order(p, some, at);
		p.a += 64 * some;
		p.b += 64 * some;
		if (done + some == words) {
			at[some - 1].le &= plan_within(v, words - 1);
			at[some - 1].ge &= plan_within(v, words - 1);
		}
		for (size_t i = 0, w = done; i < some; i++, w++) {
			less->yes[w] = at[i].le & ~at[i].ge;
			less->no[w] = at[i].ge;
			more->yes[w] = at[i].ge & ~at[i].le;
			more->no[w] = at[i].le;
		}
	}
}
