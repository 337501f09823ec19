/* SPDX-License-Identifier: MIT */
/*
 * Plain rows by vectors.  Most rows have the digits where one before had them:
 * a mask of the bytes that are none finds what is known of that one, and the
 * same bytes there make the row as valid.
 */
#include "base/mem.h"
#include "market/fast_row.h"

#if defined(__x86_64__)

#include "market/fast_avx2.h"

/* A row that was read. */
struct values {
	int64_t ts_ns;
	__m256i olhc;	/* open, low, high, close */
	__m256i digits; /* of the prices, one over the other */
	double volume;
};

/* The start of a row. */
struct look {
	__m256i low, high; /* 64 bytes of it */
	uint64_t odd;	   /* those that are no digits, to the newline */
	size_t size;	   /* with its newline; 0: that is not among them */
};

struct fast_vector *
fast_vector_new(void)
{
	struct fast_vector *v;

	if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") ||
	    !__builtin_cpu_supports("bmi2") ||
	    !__builtin_cpu_supports("popcnt"))
		return NULL;
	v = mem_alloc(1, sizeof(*v));
	fast_fields_init(v);
	return v;
}

FAST_INLINE struct look
look_at(const char *p)
{
	const __m256i newline = _mm256_set1_epi8('\n');
	struct look k = {.low = fast_load32(p), .high = fast_load32(p + 32)};
	uint64_t end = fast_mask(_mm256_cmpeq_epi8(k.low, newline),
	    _mm256_cmpeq_epi8(k.high, newline));

	k.odd =
	    fast_mask(fast_odd(k.low), fast_odd(k.high)) & (end ^ (end - 1));
	k.size = end != 0 ? (size_t)__builtin_ctzll(end) + 1 : 0;
	return k;
}

FAST_INLINE bool
has_shape(const struct look *k, const struct fast_shape *s)
{
	uint64_t same =
	    fast_mask(_mm256_cmpeq_epi8(k->low, fast_load32(s->text)),
		_mm256_cmpeq_epi8(k->high, fast_load32(s->text + 32)));

	return k->size != 0 && k->odd == s->odd && (k->odd & ~same) == 0;
}

FAST_INLINE void
keep_shape(const struct look *k, struct fast_shape *s)
{
	s->odd = k->odd;
	_mm256_storeu_si256((void *)s->text,
	    _mm256_and_si256(k->low, fast_odd(k->low)));
	_mm256_storeu_si256((void *)(s->text + 32),
	    _mm256_and_si256(k->high, fast_odd(k->high)));
}

FAST_INLINE bool
is_ours(const struct fast *f, const char *p, const struct fast_shape *s)
{
	return s->symbol_len == 0 ||
	    (s->symbol_len == f->symbol_len &&
		memcmp(p + s->symbol, f->symbol, s->symbol_len) == 0);
}

FAST_INLINE bool
read_time(struct fast *f, const char *p, const struct fast_shape *s,
    int64_t *ns)
{
	if (s->clock_len == 0)
		return fast_time(f, p + s->time, s->time_len, ns);
	return s->time_len == FAST_DATE &&
	    fast_time_joined(f, p + s->time, p + s->clock, s->clock_len, ns);
}

/* The digits of two prices. */
FAST_INLINE __m256i
digits(const char *a, const char *b, const void *places)
{
	__m256i text = _mm256_set_m128i(fast_load16(b), fast_load16(a));

	/* What is no digit any more was none of the price. */
	return _mm256_subs_epu8(_mm256_shuffle_epi8(text, fast_load32(places)),
	    _mm256_set1_epi8('0'));
}

FAST_INLINE bool
read_row(struct fast *f, const char *p, const struct fast_shape *s,
    struct values *v)
{
	__m256i oh = digits(p + s->open, p + s->high, s->prices[0]);
	__m256i lc = digits(p + s->low, p + s->close, s->prices[1]);
	__m128i volume =
	    _mm_subs_epu8(_mm_shuffle_epi8(fast_load16(p + s->volume_at),
			      fast_load16(s->volume)),
		_mm_set1_epi8('0'));

	v->olhc = fast_prices(oh, lc);
	v->digits = _mm256_or_si256(oh, lc);
	/* Both are whole numbers as doubles, so that this rounds once. */
	v->volume = (double)fast_whole(volume) / s->volume_unit;
	return read_time(f, p, s, &v->ts_ns) && fast_in_range(v->olhc);
}

FAST_INLINE void
store(const struct batch *b, const struct values *v, int64_t line)
{
	__m128i ol = _mm256_castsi256_si128(v->olhc);
	__m128i hc = _mm256_extracti128_si256(v->olhc, 1);
	size_t i = b->n;

	b->ts_ns[i] = v->ts_ns;
	_mm_storel_epi64((void *)&b->price[BATCH_OPEN][i], ol);
	_mm_storel_epi64((void *)&b->price[BATCH_HIGH][i], hc);
	b->price[BATCH_LOW][i] = _mm_extract_epi64(ol, 1);
	b->price[BATCH_CLOSE][i] = _mm_extract_epi64(hc, 1);
	b->volume[i] = v->volume;
	b->line[i] = line;
}

/* The decimals of which one price at least has another digit than 0. */
FAST_INLINE int
scale_of(__m256i seen)
{
	__m128i any = _mm_or_si128(_mm256_castsi256_si128(seen),
	    _mm256_extracti128_si256(seen, 1));
	unsigned zeros = (unsigned)_mm_movemask_epi8(
	    _mm_cmpeq_epi8(any, _mm_setzero_si128()));
	unsigned parts = (~zeros & 0xffff) >> FAST_WHOLE;

	return parts == 0 ? 0 : 32 - __builtin_clz(parts);
}

FAST_AVX2 void
fast_vector_rows(struct fast *f, struct fast_run *run)
{
	struct fast_shape other, *s;
	struct batch b = *run->batch;
	const char *p = run->at;
	int64_t line = run->line;
	__m256i seen = _mm256_setzero_si256();
	int scale;

	for (; p < run->end && b.n < run->room; line++) {
		struct look k = look_at(p);
		struct values v;

		s = &f->vector->shapes[fast_slot(k.odd)];
		if (!has_shape(&k, s) || !is_ours(f, p, s)) {
			enum fast_use use;

			s = k.size != 0 ? s : &other;
			use = fast_fields(f, p, s, &k.size);
			if (use == FAST_LEAVE)
				break;
			if (use == FAST_PASS) {
				p += k.size;
				continue;
			}
			keep_shape(&k, s);
		}
		if (!read_row(f, p, s, &v) || v.ts_ns <= f->stamp->ts_ns)
			break;
		store(&b, &v, line);
		b.n++;
		f->stamp->ts_ns = v.ts_ns;
		seen = _mm256_or_si256(seen, v.digits);
		p += k.size;
	}
	if (b.n > run->batch->n)
		f->stamp->line = b.line[b.n - 1];
	run->batch->n = b.n;
	run->at = p;
	run->line = line;
	scale = scale_of(seen);
	run->scale = scale > run->scale ? scale : run->scale;
}

#else

struct fast_vector *
fast_vector_new(void)
{
	return NULL;
}

void
fast_vector_rows(struct fast *f, struct fast_run *run)
{
	(void)f;
	(void)run;
}

#endif
