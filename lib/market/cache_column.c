/* SPDX-License-Identifier: MIT */
/* Columns of the cache: out of bits. */
#include "market/cache_column.h"

#include <string.h>

#include "market/cache_bits.h"

void
cache_column_scalar(const struct cache_column *c, const struct cache_rows *rows,
    size_t from, size_t to)
{
	char *at = (char *)rows->to + from * sizeof(uint64_t);

	for (size_t i = from; i < to; i++, at += sizeof(uint64_t)) {
		size_t row = rows->first + i;
		uint64_t v = c->base + c->step * row +
		    c->unit * cache_bits_get(rows->from, c->width, row);
		double whole = (double)(int64_t)v;

		memcpy(at, c->kind == CACHE_WHOLE ? (void *)&whole : (void *)&v,
		    sizeof(v));
	}
}

#if defined(__x86_64__)

#include "market/cache_avx2.h"

/* The bits of 2^52, which a smaller whole number stands below the point of. */
#define WHOLE_BITS INT64_C(0x4330000000000000)
#define WHOLE_ONE 4503599627370496.0

/* What is added to the numbers of eight rows, and their unit. */
struct terms {
	__m256i ramp, half, whole; /* ->half: from four rows to the next four */
	__m256i unit, upper;	   /* ->upper: 32 bits of the unit */
};

CACHE_INLINE struct terms
terms_of(const struct cache_column *c, size_t row)
{
	uint64_t base = c->base + c->step * row, step = c->step;

	return (struct terms){
	    .ramp = _mm256_setr_epi64x((int64_t)base, (int64_t)(base + step),
		(int64_t)(base + step * 2), (int64_t)(base + step * 3)),
	    .half = _mm256_set1_epi64x((int64_t)(step * 4)),
	    .whole = _mm256_set1_epi64x((int64_t)(step * CACHE_LANES)),
	    .unit = _mm256_set1_epi64x((int64_t)c->unit),
	    .upper = _mm256_set1_epi64x((int64_t)(c->unit >> 32)),
	};
}

CACHE_INLINE __m256i
to_doubles(__m256i v)
{
	__m256d bits = _mm256_castsi256_pd(
	    _mm256_or_si256(v, _mm256_set1_epi64x(WHOLE_BITS)));

	return _mm256_castpd_si256(
	    _mm256_sub_pd(bits, _mm256_set1_pd(WHOLE_ONE)));
}

/* The next eight values, of which ${v} are the shares of the unit. */
CACHE_INLINE void
put_eight(struct terms *t, int64_t *to, const __m256i v[2], bool whole)
{
	__m256i low = _mm256_add_epi64(v[0], t->ramp);
	__m256i high =
	    _mm256_add_epi64(_mm256_add_epi64(v[1], t->half), t->ramp);

	t->ramp = _mm256_add_epi64(t->ramp, t->whole);
	_mm256_storeu_si256((void *)to, whole ? to_doubles(low) : low);
	_mm256_storeu_si256((void *)(to + 4), whole ? to_doubles(high) : high);
}

/* The lower halves of the lanes, in units, of 32 bits unless ${wide}. */
CACHE_INLINE __m256i
multiply(const struct terms *t, __m256i v, bool wide)
{
	__m256i low = _mm256_mul_epu32(v, t->unit);

	if (!wide)
		return low;
	return _mm256_add_epi64(low,
	    _mm256_slli_epi64(_mm256_mul_epu32(v, t->upper), 32));
}

/* Rows ${from} up to ${to}, of which there are whole groups of eight. */
struct span {
	const struct cache_column *column;
	const struct cache_rows *rows;
	size_t from, to;
};

/* Those of a column without bits. */
CACHE_AVX2 static void
read_steps(const struct span *s)
{
	const __m256i none[2] = {_mm256_setzero_si256(),
	    _mm256_setzero_si256()};
	struct terms t = terms_of(s->column, s->rows->first + s->from);
	int64_t *to = s->rows->to;

	for (size_t i = s->from; i < s->to; i += CACHE_LANES)
		put_eight(&t, to + i, none, false);
}

CACHE_INLINE void
read_narrow(const struct span *s, bool wide, bool whole)
{
	const struct cache_rows *rows = s->rows;
	size_t row = rows->first + s->from;
	struct cache_lanes lanes =
	    cache_lanes(rows->from, s->column->width, row);
	struct terms t = terms_of(s->column, row);
	int64_t *to = rows->to;

	for (size_t i = s->from; i < s->to; i += CACHE_LANES) {
		__m256i v = cache_lanes_pair(cache_lanes_next(&lanes));
		__m256i shares[2] = {multiply(&t, v, wide),
		    multiply(&t, _mm256_srli_epi64(v, 32), wide)};

		put_eight(&t, to + i, shares, whole);
	}
}

CACHE_AVX2 static void
read_plain(const struct span *s)
{
	read_narrow(s, false, false);
}

CACHE_AVX2 static void
read_whole(const struct span *s)
{
	read_narrow(s, false, true);
}

CACHE_AVX2 static void
read_far(const struct span *s)
{
	read_narrow(s, true, s->column->kind == CACHE_WHOLE);
}

/* Those of a column that has all bits. */
CACHE_INLINE void
read_bits(const struct span *s, bool whole)
{
	struct terms t = terms_of(s->column, s->rows->first + s->from);
	const __m256i *v = (const void *)(s->rows->from +
	    (s->rows->first + s->from) * sizeof(uint64_t));
	int64_t *to = s->rows->to;

	for (size_t i = s->from; i < s->to; i += CACHE_LANES, v += 2) {
		const __m256i both[2] = {_mm256_loadu_si256(v),
		    _mm256_loadu_si256(v + 1)};

		put_eight(&t, to + i, both, whole);
	}
}

CACHE_AVX2 static void
read_all(const struct span *s)
{
	read_bits(s, s->column->kind == CACHE_WHOLE);
}

static void
read_span(const struct span *s)
{
	const struct cache_column *c = s->column;

	if (c->width == 64)
		read_all(s);
	else if (c->unit >> 32 != 0)
		read_far(s);
	else if (c->kind == CACHE_WHOLE)
		read_whole(s);
	else if (c->width > 0)
		read_plain(s);
	else
		read_steps(s);
}

void
cache_column_read(const struct cache_column *c, const struct cache_rows *rows)
{
	size_t lead = (CACHE_LANES - rows->first % CACHE_LANES) % CACHE_LANES;
	size_t end;

	if (!__builtin_cpu_supports("avx2") || lead >= rows->n) {
		cache_column_scalar(c, rows, 0, rows->n);
		return;
	}
	end = rows->n - (rows->n - lead) % CACHE_LANES;
	cache_column_scalar(c, rows, 0, lead);
	read_span(&(struct span){c, rows, lead, end});
	cache_column_scalar(c, rows, end, rows->n);
}

#else

void
cache_column_read(const struct cache_column *c, const struct cache_rows *rows)
{
	cache_column_scalar(c, rows, 0, rows->n);
}

#endif
