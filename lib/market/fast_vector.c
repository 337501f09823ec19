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
#include "market/fast_time.h"

/* The start of a row: 64 bytes. */
struct look {
	__m256i low, high;
	uint64_t odd; /* those that are no digits, up to the newline */
	size_t size;  /* up to the newline, when it is behind the 32nd */
};

/* A row that was read. */
struct values {
	__m256i olhc;	/* open, low, high, close */
	__m256i digits; /* of the prices, one over the other */
	int64_t ts_ns;
	double volume;
};

/* No row has a digit as a byte that is none. */
static void
forget_all(struct fast_vector *v)
{
	for (size_t i = 0; i < FAST_SHAPES; i++) {
		v->shapes[i].odd = v->shapes[i].fixed = 1;
		v->shapes[i].text[0] = '0';
	}
}

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
	forget_all(v);
	return v;
}

FAST_INLINE struct look
look_at(const char *p)
{
	struct look k = {.low = fast_load32(p), .high = fast_load32(p + 32)};
	uint64_t end = (uint64_t)(uint32_t)_mm256_movemask_epi8(
			   _mm256_cmpeq_epi8(k.high, _mm256_set1_epi8('\n')))
	    << 32;

	k.odd = fast_mask(fast_odd(k.low), fast_odd(k.high)) & _blsmsk_u64(end);
	k.size = _tzcnt_u64(end) + 1;
	return k;
}

FAST_INLINE struct fast_shape *
slot(struct fast_vector *v, const struct look *k)
{
	return &v->shapes[k->odd * UINT64_C(0x9e3779b97f4a7c15) >> 56];
}

FAST_INLINE bool
has_shape(const struct look *k, const struct fast_shape *s)
{
	uint64_t same =
	    fast_mask(_mm256_cmpeq_epi8(k->low, fast_load32(s->text)),
		_mm256_cmpeq_epi8(k->high, fast_load32(s->text + 32)));

	return k->odd == s->odd && (s->fixed & ~same) == 0;
}

FAST_INLINE void
keep_shape(const struct look *k, struct fast_shape *s)
{
	s->odd = k->odd;
	memset(s->key_mask, 0, sizeof(s->key_mask));
	memset(s->key_mask, 0xff, s->symbol_len);
	/* The symbol is compared by itself. */
	s->fixed = k->odd &
	    ~(_bzhi_u64(UINT64_MAX, s->symbol_len) << (s->symbol & 63));
	_mm256_storeu_si256((void *)s->text, k->low);
	_mm256_storeu_si256((void *)(s->text + 32), k->high);
}

FAST_INLINE bool
is_ours(const struct fast_vector *v, const char *p, const struct fast_shape *s)
{
	__m128i same =
	    _mm_cmpeq_epi8(fast_load16(p + s->symbol), fast_load16(v->symbol));

	return _bzhi_u32(~(uint32_t)_mm_movemask_epi8(same), s->symbol_len) ==
	    0;
}

/* The start of a symbol as symbols know it. */
FAST_INLINE struct roster_key
symbol_key(const char *p, const struct fast_shape *s)
{
	__m128i key =
	    _mm_and_si128(fast_load16(p + s->symbol), fast_load16(s->key_mask));

	return (struct roster_key){(uint64_t)_mm_cvtsi128_si64(key),
	    (uint64_t)_mm_extract_epi64(key, 1)};
}

FAST_INLINE bool
has_symbol(struct fast *f, const char *p, const struct fast_shape *s, bool all,
    uint32_t *id)
{
	struct roster_key key;

	if (!all)
		return !f->unread || is_ours(f->vector, p, s);
	key = symbol_key(p, s);
	return roster_known(f->symbols, &key, id);
}

FAST_INLINE bool
read_time(struct fast *f, const char *p, const struct fast_shape *s,
    int64_t *ns)
{
	if (f->columns.at[COLUMNS_TIME] == COLUMNS_NONE)
		return fast_time(f, p + s->time, s->time_len, ns);
	return s->time_len == FAST_DATE &&
	    fast_time_joined(f, p + s->time, p + s->clock, s->clock_len, ns);
}

/* The digits of two numbers in their places. */
FAST_INLINE __m256i
digits(const char *a, const char *b, const void *places)
{
	__m256i text = _mm256_set_m128i(fast_load16(b), fast_load16(a));

	/* Nothing but digits of the numbers came to a place. */
	return _mm256_subs_epu8(_mm256_shuffle_epi8(text, fast_load32(places)),
	    _mm256_set1_epi8('0'));
}

/* Two digits, the first times ten. */
FAST_INLINE __m256i
twos(__m256i digits)
{
	return _mm256_maddubs_epi16(digits, _mm256_set1_epi16(1 << 8 | 10));
}

FAST_INLINE __m256i
fours(__m256i twos)
{
	return _mm256_madd_epi16(twos, _mm256_set1_epi32(1 << 16 | 100));
}

/* Numbers of 16 digits: in each half of a, then of b, a lane at a time. */
FAST_INLINE __m256i
sixteens(__m256i a_fours, __m256i b_fours)
{
	__m256i eights =
	    _mm256_madd_epi16(_mm256_packus_epi32(a_fours, b_fours),
		_mm256_set1_epi32(1 << 16 | 10000));

	return _mm256_add_epi64(
	    _mm256_mul_epu32(eights, _mm256_set1_epi64x(100000000)),
	    _mm256_srli_epi64(eights, 32));
}

/* None above the high, below the low or zero: no difference is below 0. */
FAST_INLINE bool
in_range(__m256i olhc)
{
	__m256i above = _mm256_permute4x64_epi64(olhc, _MM_SHUFFLE(3, 2, 0, 2));
	__m256i below = _mm256_permute4x64_epi64(olhc, _MM_SHUFFLE(1, 3, 1, 0));
	__m256i wrong = _mm256_or_si256(_mm256_sub_epi64(above, below),
	    _mm256_sub_epi64(olhc, _mm256_set1_epi64x(1)));

	return _mm256_movemask_pd(_mm256_castsi256_pd(wrong)) == 0;
}

/* The lowest number, which is below 2^52, as a double. */
FAST_INLINE double
as_double(__m256i number)
{
	/* It becomes the last bits of 2^52 and itself. */
	const __m128i bits = _mm_set1_epi64x(INT64_C(0x4330000000000000));

	return _mm_cvtsd_f64(
	    _mm_sub_sd(_mm_castsi128_pd(
			   _mm_or_si128(_mm256_castsi256_si128(number), bits)),
		_mm_castsi128_pd(bits)));
}

/* The time of a row with a clock, whose pairs of digits are in the high lane;
 * false when that is none, or another day. */
FAST_INLINE bool
today(const struct fast *f, const char *time, __m256i twos, int64_t *ns)
{
	const __m256i most = _mm256_set_m128i(
	    _mm_set_epi16(0, 0, 0, 0, 0, 59, 59, 23), _mm_set1_epi16(99));
	const __m256i seconds = _mm256_set_m128i(
	    _mm_set_epi16(0, 0, 0, 0, 0, 1, 60, 3600), _mm_setzero_si128());
	__m256i over = _mm256_cmpgt_epi16(twos, most);
	__m256i parts = _mm256_madd_epi16(twos, seconds);
	uint64_t sum =
	    (uint64_t)_mm_cvtsi128_si64(_mm256_extracti128_si256(parts, 1));

	*ns = f->date_ns +
	    (int64_t)((sum & UINT32_MAX) + (sum >> 32)) * WHEN_SECOND;
	return memcmp(time, f->date, FAST_DATE) == 0 &&
	    _mm256_testz_si256(over, over) != 0;
}

/* Read a row by its shape, whatever its values are. */
FAST_INLINE bool
read_any(struct fast *f, const char *p, const struct fast_shape *s,
    enum fast_times times, struct values *v)
{
	const char *time = p + s->time;
	__m256i oh = digits(p + s->open, p + s->high, s->prices[0]);
	__m256i lc = digits(p + s->low, p + s->close, s->prices[1]);
	__m256i rest = twos(digits(p + s->volume_at,
	    times == FAST_TODAY ? time + FAST_DATE + 1 : p, s->rest));

	if (times == FAST_TODAY ? !today(f, time, rest, &v->ts_ns)
				: !read_time(f, p, s, &v->ts_ns))
		return false;
	v->olhc = sixteens(fours(twos(oh)), fours(twos(lc)));
	v->digits = _mm256_or_si256(oh, lc);
	rest = fours(rest);
	/* Both are whole numbers as doubles, so that this rounds once. */
	v->volume = as_double(sixteens(rest, rest)) / s->volume_unit;
	return true;
}

FAST_INLINE bool
read_row(struct fast *f, const char *p, const struct fast_shape *s,
    enum fast_times times, struct values *v)
{
	return read_any(f, p, s, times, v) && s->minus == 0 &&
	    in_range(v->olhc);
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
	_mm_storeh_pd((void *)&b->price[BATCH_LOW][i], _mm_castsi128_pd(ol));
	_mm_storeh_pd((void *)&b->price[BATCH_CLOSE][i], _mm_castsi128_pd(hc));
	b->volume[i] = v->volume;
	b->line[i] = line;
}

/* The decimals of which one price at least has another digit than 0. */
FAST_AVX2 static void
grow_scale(struct fast_run *run, __m256i seen)
{
	__m128i any = _mm_or_si128(_mm256_castsi256_si128(seen),
	    _mm256_extracti128_si256(seen, 1));
	unsigned zeros = (unsigned)_mm_movemask_epi8(
	    _mm_cmpeq_epi8(any, _mm_setzero_si128()));
	unsigned parts = (~zeros & 0xffff) >> FAST_WHOLE;
	int scale = parts == 0 ? 0 : 32 - __builtin_clz(parts);

	run->scale = scale > run->scale ? scale : run->scale;
}

/* What one row or more left behind. */
FAST_AVX2 static void
add_rows(struct fast *f, struct fast_run *run, size_t n, __m256i seen)
{
	struct batch *b = run->batch;

	if (n == b->n)
		return;
	b->n = n;
	f->stamp->ts_ns = b->ts_ns[n - 1];
	f->stamp->line = b->line[n - 1];
	grow_scale(run, seen);
}

/* Rows of known shapes, of one symbol or of all.  No call may stand here but
 * one that is inline. */
FAST_INLINE void
read_known(struct fast *f, struct fast_run *run, enum fast_times times,
    bool all)
{
	struct batch b = *run->batch;
	const char *p = run->at, *end = run->end;
	size_t room = run->room;
	int64_t last_ns = f->stamp->ts_ns, line = run->line;
	__m256i seen = _mm256_setzero_si256();
	uint32_t symbol = 0;

	for (; p < end && b.n < room; b.n++) {
		struct look k = look_at(p);
		const struct fast_shape *s = slot(f->vector, &k);
		struct values v;

		if (!has_shape(&k, s) || !has_symbol(f, p, s, all, &symbol))
			break;
		if (!read_row(f, p, s, times, &v) ||
		    (!all && v.ts_ns <= last_ns))
			break;
		if (all)
			b.symbol[b.n] = symbol;
		store(&b, &v, line++);
		seen = _mm256_or_si256(seen, v.digits);
		last_ns = v.ts_ns;
		p += k.size;
	}
	run->at = p;
	run->line = line;
	add_rows(f, run, b.n, seen);
}

FAST_AVX2 static void
read_known_today(struct fast *f, struct fast_run *run)
{
	if (f->symbols != NULL)
		read_known(f, run, FAST_TODAY, true);
	else
		read_known(f, run, FAST_TODAY, false);
}

FAST_AVX2 static void
read_known_any(struct fast *f, struct fast_run *run)
{
	if (f->symbols != NULL)
		read_known(f, run, FAST_ANY_TIME, true);
	else
		read_known(f, run, FAST_ANY_TIME, false);
}

/* Keep the shape of a row of ${size} bytes; whether it can be of use. */
FAST_AVX2 static bool
learn(struct fast *f, const char *p, size_t size, struct fast_shape *s)
{
	struct fast_vector *v = f->vector;
	struct look k = look_at(p);
	enum fast_times times = f->columns.at[COLUMNS_TIME] == COLUMNS_NONE &&
		fast_has_clock(f, p + s->time, s->time_len)
	    ? FAST_TODAY
	    : FAST_ANY_TIME;

	if (times != v->times)
		forget_all(v);
	v->times = times;
	/* Its newline must be part of what is compared. */
	if (k.size != size || size > sizeof(s->text) ||
	    s->symbol_len > (f->symbols != NULL ? ROSTER_SHORT : FAST_LANE))
		return false;
	keep_shape(&k, s);
	*slot(v, &k) = *s;
	return true;
}

FAST_AVX2 bool
fast_vector_learn(struct fast *f, const char *p)
{
	struct fast_shape s;
	size_t size;

	if (fast_fields(f, p, &s, &size) != FAST_TAKE || !learn(f, p, size, &s))
		return false;
	(void)roster_take(f->symbols, p + s.symbol, s.symbol_len);
	return true;
}

FAST_AVX2 size_t
fast_vector_read(struct fast *f, const char *p, struct fast_values *to)
{
	struct look k = look_at(p);
	const struct fast_shape *s = slot(f->vector, &k);
	struct values v;

	to->symbol = 0;
	if (!has_shape(&k, s) || !has_symbol(f, p, s, true, &to->symbol) ||
	    !read_any(f, p, s, f->vector->times, &v))
		return 0;
	_mm256_storeu_si256((void *)to->price,
	    _mm256_permute4x64_epi64(v.olhc, _MM_SHUFFLE(3, 1, 2, 0)));
	to->ts_ns = v.ts_ns;
	to->volume = v.volume;
	to->minus = s->minus;
	return k.size;
}

/* Read a row of any shape, or pass over it. */
FAST_AVX2 static bool
read_other(struct fast *f, struct fast_run *run)
{
	struct batch *b = run->batch;
	struct fast_shape s;
	struct values v;
	size_t size;
	enum fast_use use = fast_fields(f, run->at, &s, &size);

	if (use == FAST_LEAVE)
		return false;
	if (use == FAST_TAKE) {
		if (!read_row(f, run->at, &s, FAST_ANY_TIME, &v) ||
		    (f->symbols == NULL && v.ts_ns <= f->stamp->ts_ns))
			return false;
		if (f->symbols != NULL)
			b->symbol[b->n] = roster_take(f->symbols,
			    run->at + s.symbol, s.symbol_len);
		store(b, &v, run->line);
		add_rows(f, run, b->n + 1, v.digits);
		(void)learn(f, run->at, size, &s);
	}
	run->at += size;
	run->line++;
	return true;
}

void
fast_vector_rows(struct fast *f, struct fast_run *run)
{
	struct fast_vector *v = f->vector;
	size_t n = f->symbol_len < FAST_LANE ? f->symbol_len : FAST_LANE;

	memcpy(v->symbol, f->symbol, n);
	do {
		if (v->times == FAST_TODAY)
			read_known_today(f, run);
		else
			read_known_any(f, run);
	} while (run->at < run->end && run->batch->n < run->room &&
	    read_other(f, run));
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

bool
fast_vector_learn(struct fast *f, const char *p)
{
	(void)f;
	(void)p;
	return false;
}

size_t
fast_vector_read(struct fast *f, const char *p, struct fast_values *to)
{
	(void)f;
	(void)p;
	(void)to;
	return 0;
}

bool
fast_vector_ends(const struct fast *f, const char *p, uint32_t *ends)
{
	(void)f;
	(void)p;
	(void)ends;
	return false;
}

#endif
