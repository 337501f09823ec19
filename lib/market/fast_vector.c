/* SPDX-License-Identifier: MIT */
/*
 * Plain rows by vectors of 32 bytes: a row's fields are found in masks of 64
 * bytes, its four prices become numbers side by side, and one test at the end
 * says whether all of it was as expected.
 */
#include "market/fast_row.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define VECTOR __attribute__((target("avx2,bmi,bmi2,popcnt")))

#define ALWAYS __attribute__((always_inline))

#define PRICE_WHOLE 7 /* digits in front of the point */
#define PRICE_PARTS 9

/* Eight digits make a unit of the upper half. */
#define HALF 100000000

/* What a row is for. */
enum use { TAKE, PASS, LEAVE };

/* A row that is read. */
struct bar_row {
	int64_t ts_ns;
	__m256i olhc;	/* open, low, high, close */
	__m256i digits; /* of the prices, one over the other */
	double volume;
};

struct field {
	const char *at;
	size_t n;
};

bool
fast_vector_can(void)
{
	return __builtin_cpu_supports("avx2") &&
	    __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
	    __builtin_cpu_supports("popcnt");
}

/*
 * The place of a number's bytes, with ${whole} digits in front of the point,
 * which stand up to before ${to}; the first ${room} places may be had.
 */
static void
set_place(uint8_t *place, size_t point, size_t n, size_t to, size_t room)
{
	size_t parts = n - point - (point < n);

	/* What stands at ${point} is never a digit. */
	if (point == 0 || point > to || parts > room || point + 1 == n) {
		memset(place, (int)point, FAST_LANE);
		return;
	}
	memset(place, 0x80, FAST_LANE);
	for (size_t i = 0; i < point; i++)
		place[to - point + i] = (uint8_t)i;
	for (size_t i = 0; i < parts; i++)
		place[to + i] = (uint8_t)(point + 1 + i);
}

void
fast_vector_init(struct fast *f)
{
	for (size_t point = 0; point <= FAST_NUMBER; point++)
		for (size_t n = 0; n <= FAST_NUMBER; n++) {
			size_t p = point < n ? point : n;
			size_t parts = n - p - (p < n);

			set_place(f->price[point][n], p, n, PRICE_WHOLE,
			    PRICE_PARTS);
			set_place(f->volume[point][n], p, n, FAST_LANE - parts,
			    parts);
		}
}

static VECTOR inline __m256i
load32(const char *p)
{
	return _mm256_loadu_si256((const void *)p);
}

static VECTOR inline __m128i
load16(const void *p)
{
	return _mm_loadu_si128(p);
}

static VECTOR inline uint64_t
mask64(__m256i low, __m256i high)
{
	return (uint32_t)_mm256_movemask_epi8(low) |
	    (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

/*
 * Where each field of the row ends, counted from its start.  False when there
 * are more of them, or fewer.
 */
static VECTOR inline bool
find_ends(const struct fast *f, const char *p, size_t width, uint32_t *ends)
{
	const __m256i delimiter = _mm256_set1_epi8(f->delimiter);
	const __m256i newline = _mm256_set1_epi8('\n');
	size_t n = 0;

	for (uint32_t base = 0;; base += 64) {
		__m256i low = load32(p + base), high = load32(p + base + 32);
		__m256i low_end = _mm256_cmpeq_epi8(low, newline);
		__m256i high_end = _mm256_cmpeq_epi8(high, newline);
		uint64_t end = mask64(low_end, high_end);
		uint64_t parts = mask64(
		    _mm256_or_si256(low_end, _mm256_cmpeq_epi8(low, delimiter)),
		    _mm256_or_si256(high_end,
			_mm256_cmpeq_epi8(high, delimiter)));

		/* All of it, when there is no end. */
		parts &= end ^ (end - 1);
		if (n + (size_t)__builtin_popcountll(parts) > width)
			return false;
		for (; parts != 0; parts &= parts - 1)
			ends[n++] = base + (uint32_t)__builtin_ctzll(parts);
		if (end != 0)
			return n == width;
	}
}

/* Whether all of the row but what parts it is plain text. */
static VECTOR inline bool
is_plain(const struct fast *f, const char *p, size_t n)
{
	const __m256i delimiter = _mm256_set1_epi8(f->delimiter);
	const __m256i blank = _mm256_set1_epi8(' ');
	const __m256i quote = _mm256_set1_epi8('"');

	for (size_t base = 0; base < n; base += 32) {
		__m256i text = load32(p + base);
		/* As signed bytes those that are not ASCII are below too. */
		__m256i odd =
		    _mm256_andnot_si256(_mm256_cmpeq_epi8(text, delimiter),
			_mm256_or_si256(_mm256_cmpgt_epi8(blank, text),
			    _mm256_cmpeq_epi8(text, quote)));
		uint32_t mask = (uint32_t)_mm256_movemask_epi8(odd);

		if (n - base < 32)
			mask = _bzhi_u32(mask, (uint32_t)(n - base));
		if (mask != 0)
			return false;
	}
	return true;
}

static VECTOR inline struct field
field(const char *p, const uint32_t *ends, size_t i)
{
	size_t start = i == 0 ? 0 : ends[i - 1] + 1;

	return (struct field){p + start, ends[i] - start};
}

/* The digits of two prices, each in its place. */
static VECTOR inline __m256i
place_prices(const struct fast *f, struct field a, struct field b)
{
	__m256i text = _mm256_set_m128i(load16(b.at), load16(a.at));
	uint32_t points = (uint32_t)_mm256_movemask_epi8(
	    _mm256_cmpeq_epi8(text, _mm256_set1_epi8('.')));
	int pa = __builtin_ctz((points & 0xffff) | 1U << a.n);
	int pb = __builtin_ctz(points >> 16 | 1U << b.n);

	return _mm256_shuffle_epi8(_mm256_sub_epi8(text, _mm256_set1_epi8('0')),
	    _mm256_set_m128i(load16(f->price[pb][b.n]),
		load16(f->price[pa][a.n])));
}

/* Pairs of digits, then pairs of pairs. */
static VECTOR inline __m256i
fours(__m256i digits)
{
	return _mm256_madd_epi16(
	    _mm256_maddubs_epi16(digits, _mm256_set1_epi16(1 << 8 | 10)),
	    _mm256_set1_epi32(1 << 16 | 100));
}

/* Open, low, high, close of the digits of open and high, low and close. */
static VECTOR inline __m256i
prices(__m256i oh, __m256i lc)
{
	__m256i eights =
	    _mm256_madd_epi16(_mm256_packus_epi32(fours(oh), fours(lc)),
		_mm256_set1_epi32(1 << 16 | 10000));

	return _mm256_add_epi64(
	    _mm256_mul_epu32(eights, _mm256_set1_epi64x(HALF)),
	    _mm256_srli_epi64(eights, 32));
}

/* Not above the high, not below the low, not zero: no difference below 0. */
static VECTOR inline bool
in_range(__m256i olhc)
{
	__m256i above =
	    _mm256_permute4x64_epi64(olhc, 0 << 2 | 2 << 0 | 2 << 4 | 3 << 6);
	__m256i below =
	    _mm256_permute4x64_epi64(olhc, 0 << 0 | 1 << 2 | 3 << 4 | 1 << 6);
	__m256i wrong = _mm256_or_si256(_mm256_sub_epi64(above, below),
	    _mm256_sub_epi64(olhc, _mm256_set1_epi64x(1)));

	return _mm256_movemask_pd(_mm256_castsi256_pd(wrong)) == 0;
}

static VECTOR inline __m128i
place_volume(const struct fast *f, struct field v, unsigned *decimals)
{
	__m128i text = load16(v.at);
	uint32_t points = (uint32_t)_mm_movemask_epi8(
	    _mm_cmpeq_epi8(text, _mm_set1_epi8('.')));
	int p = __builtin_ctz(points | 1U << v.n);

	*decimals = (unsigned)v.n - (unsigned)p - ((unsigned)p < v.n);
	return _mm_shuffle_epi8(_mm_sub_epi8(text, _mm_set1_epi8('0')),
	    load16(f->volume[p][v.n]));
}

/* Both parts are whole numbers as doubles, so that this rounds once. */
static VECTOR inline double
volume(__m128i digits, unsigned decimals)
{
	static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
	    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14};
	__m128i four = _mm_madd_epi16(
	    _mm_maddubs_epi16(digits, _mm_set1_epi16(1 << 8 | 10)),
	    _mm_set1_epi32(1 << 16 | 100));
	__m128i eight = _mm_madd_epi16(_mm_packus_epi32(four, four),
	    _mm_set1_epi32(1 << 16 | 10000));
	uint64_t v = (uint64_t)_mm_cvtsi128_si64(eight);

	v = (v & UINT32_MAX) * HALF + (v >> 32);
	return (double)(int64_t)v / powers[decimals];
}

static VECTOR inline bool
all_digits(__m256i oh, __m256i lc, __m128i v)
{
	const __m256i nine = _mm256_set1_epi8(9);
	__m256i over = _mm256_or_si256(_mm256_subs_epu8(oh, nine),
	    _mm256_subs_epu8(lc, nine));

	over = _mm256_or_si256(over,
	    _mm256_zextsi128_si256(
		_mm_subs_epu8(v, _mm256_castsi256_si128(nine))));
	return _mm256_testz_si256(over, over) != 0;
}

/* The columns as most files have them, for the compiler to build upon. */
static const struct columns usual = {.width = 6,
    .at = {0, 1, 2, 3, 4, 5, COLUMNS_NONE, COLUMNS_NONE}};

static bool
is_usual(const struct columns *c)
{
	return c->width == usual.width &&
	    memcmp(c->at, usual.at, sizeof(c->at)) == 0;
}

/* A row with columns that nobody reads, or one of the symbol. */
static VECTOR enum use
judge(const struct fast *f, const char *p, const uint32_t *ends)
{
	size_t at = f->columns.at[COLUMNS_SYMBOL];
	struct field symbol;

	if (!is_plain(f, p, ends[f->columns.width - 1]))
		return LEAVE;
	if (at == COLUMNS_NONE)
		return TAKE;
	symbol = field(p, ends, at);
	if (symbol.n == 0)
		return LEAVE;
	if (symbol.n == f->symbol_len &&
	    memcmp(symbol.at, f->symbol, symbol.n) == 0)
		return TAKE;
	return fast_other(f, symbol.at, symbol.n) ? PASS : LEAVE;
}

static VECTOR ALWAYS inline bool
read_time(struct fast *f, const char *p, const uint32_t *ends,
    const struct columns *c, int64_t *ns)
{
	struct field t = field(p, ends, c->at[COLUMNS_TIMESTAMP]), clock;

	if (c->at[COLUMNS_TIME] == COLUMNS_NONE)
		return fast_time(f, t.at, t.n, ns);
	clock = field(p, ends, c->at[COLUMNS_TIME]);
	return t.n == FAST_DATE &&
	    fast_time_joined(f, t.at, clock.at, clock.n, ns);
}

static VECTOR ALWAYS inline bool
read_row(struct fast *f, const char *p, const uint32_t *ends,
    const struct columns *c, struct bar_row *row)
{
	struct field open = field(p, ends, c->at[COLUMNS_OPEN]);
	struct field high = field(p, ends, c->at[COLUMNS_HIGH]);
	struct field low = field(p, ends, c->at[COLUMNS_LOW]);
	struct field close = field(p, ends, c->at[COLUMNS_CLOSE]);
	struct field vol = field(p, ends, c->at[COLUMNS_VOLUME]);
	unsigned decimals;
	__m256i oh, lc;
	__m128i v;

	if ((open.n | high.n | low.n | close.n | vol.n) > FAST_NUMBER ||
	    !read_time(f, p, ends, c, &row->ts_ns))
		return false;
	oh = place_prices(f, open, high);
	lc = place_prices(f, low, close);
	v = place_volume(f, vol, &decimals);
	row->olhc = prices(oh, lc);
	row->digits = _mm256_or_si256(oh, lc);
	row->volume = volume(v, decimals);
	return all_digits(oh, lc, v) && in_range(row->olhc);
}

static VECTOR ALWAYS inline void
store(struct batch *b, size_t i, const struct bar_row *row)
{
	__m128i ol = _mm256_castsi256_si128(row->olhc);
	__m128i hc = _mm256_extracti128_si256(row->olhc, 1);

	b->ts_ns[i] = row->ts_ns;
	b->price[BATCH_OPEN][i] = _mm_cvtsi128_si64(ol);
	b->price[BATCH_HIGH][i] = _mm_cvtsi128_si64(hc);
	b->price[BATCH_LOW][i] = _mm_extract_epi64(ol, 1);
	b->price[BATCH_CLOSE][i] = _mm_extract_epi64(hc, 1);
	b->volume[i] = row->volume;
}

/* The decimals of which one price at least has another digit than 0. */
static VECTOR int
scale_of(__m256i digits)
{
	__m128i any = _mm_or_si128(_mm256_castsi256_si128(digits),
	    _mm256_extracti128_si256(digits, 1));
	unsigned zeros = (unsigned)_mm_movemask_epi8(
	    _mm_cmpeq_epi8(any, _mm_setzero_si128()));
	unsigned parts = (~zeros & 0xffff) >> PRICE_WHOLE;

	return parts == 0 ? 0 : 32 - __builtin_clz(parts);
}

static VECTOR ALWAYS inline void
read_rows(struct fast *f, struct fast_run *run, const struct columns *c)
{
	struct batch b = *run->batch;
	const char *p = run->at, *end = run->end;
	int64_t line = run->line, last_ns = f->stamp->ts_ns;
	__m256i digits = _mm256_setzero_si256();
	uint32_t ends[FAST_FIELDS];
	struct bar_row row;
	int scale;

	for (; p < end && b.n < run->room; line++) {
		size_t size;
		enum use use = TAKE;

		if (!find_ends(f, p, c->width, ends))
			break;
		size = ends[c->width - 1] + (size_t)1;
		ends[c->width - 1] -= p[size - 2] == '\r';
		if (c != &usual && f->unread)
			use = judge(f, p, ends);
		if (use == TAKE) {
			if (!read_row(f, p, ends, c, &row) ||
			    row.ts_ns <= last_ns)
				break;
			store(&b, b.n, &row);
			b.line[b.n++] = line;
			last_ns = row.ts_ns;
			digits = _mm256_or_si256(digits, row.digits);
		} else if (use == LEAVE) {
			break;
		}
		p += size;
	}
	if (b.n > run->batch->n) {
		f->stamp->ts_ns = last_ns;
		f->stamp->line = b.line[b.n - 1];
	}
	run->batch->n = b.n;
	run->at = p;
	run->line = line;
	scale = scale_of(digits);
	run->scale = scale > run->scale ? scale : run->scale;
}

VECTOR void
fast_vector(struct fast *f, struct fast_run *run)
{
	if (is_usual(&f->columns))
		read_rows(f, run, &usual);
	else
		read_rows(f, run, &f->columns);
}

#else

bool
fast_vector_can(void)
{
	return false;
}

void
fast_vector_init(struct fast *f)
{
	(void)f;
}

void
fast_vector(struct fast *f, struct fast_run *run)
{
	(void)f;
	(void)run;
}

#endif
