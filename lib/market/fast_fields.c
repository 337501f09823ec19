/* SPDX-License-Identifier: MIT */
/*
 * The shape of a plain row: its fields are found in masks of 64 bytes, and the
 * points of its numbers say which byte goes where.
 */
#if defined(__x86_64__)

#include <string.h>

#include "market/fast_avx2.h"

struct field {
	const char *at;
	size_t n;
};

/* Where the fields of a row end, counted from its start. */
typedef uint32_t row_ends[FAST_FIELDS];

/*
 * Put the digits of a number where they go: those in front of the point up to
 * before ${to}, then at most ${room} of those behind it.
 */
static void
set_place(uint8_t *place, size_t point, size_t n, size_t to)
{
	size_t parts = n - point - (point < n);

	/* What stands at ${point} is no digit, and will be found not to be. */
	if (point == 0 || point + 1 == n || point > to ||
	    parts > FAST_LANE - to) {
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
fast_fields_init(struct fast_vector *v)
{
	for (size_t n = 0; n <= FAST_NUMBER; n++)
		for (size_t point = 0; point <= n; point++) {
			size_t parts = n - point - (point < n);

			set_place(v->price[point][n], point, n, FAST_WHOLE);
			set_place(v->volume[point][n], point, n,
			    FAST_LANE - parts);
		}
}

/* Find the ends of the fields.  False when they are not as many. */
FAST_INLINE bool
find_ends(const struct fast *f, const char *p, uint32_t *ends)
{
	const __m256i delimiter = _mm256_set1_epi8(f->delimiter);
	const __m256i newline = _mm256_set1_epi8('\n');
	size_t n = 0;

	for (uint32_t base = 0;; base += 64) {
		__m256i low = fast_load32(p + base);
		__m256i high = fast_load32(p + base + 32);
		__m256i low_end = _mm256_cmpeq_epi8(low, newline);
		__m256i high_end = _mm256_cmpeq_epi8(high, newline);
		uint64_t end = fast_mask(low_end, high_end);
		uint64_t parts = fast_mask(
		    _mm256_or_si256(low_end, _mm256_cmpeq_epi8(low, delimiter)),
		    _mm256_or_si256(high_end,
			_mm256_cmpeq_epi8(high, delimiter)));

		/* All of it, when there is no end. */
		parts &= end ^ (end - 1);
		if (n + (size_t)__builtin_popcountll(parts) > f->columns.width)
			return false;
		for (; parts != 0; parts &= parts - 1)
			ends[n++] = base + (uint32_t)__builtin_ctzll(parts);
		if (end != 0)
			return n == f->columns.width;
	}
}

/* Whether ${n} bytes, but for those that part fields, are plain text. */
FAST_INLINE bool
is_plain(const struct fast *f, const char *p, size_t n)
{
	const __m256i delimiter = _mm256_set1_epi8(f->delimiter);
	const __m256i blank = _mm256_set1_epi8(' ');
	const __m256i quote = _mm256_set1_epi8('"');
	const __m256i del = _mm256_set1_epi8(0x7f);

	for (size_t base = 0; base < n; base += 32) {
		__m256i text = fast_load32(p + base);
		/* As signed bytes those that are not ASCII are below too. */
		__m256i odd =
		    _mm256_andnot_si256(_mm256_cmpeq_epi8(text, delimiter),
			_mm256_or_si256(_mm256_cmpgt_epi8(blank, text),
			    _mm256_or_si256(_mm256_cmpeq_epi8(text, quote),
				_mm256_cmpeq_epi8(text, del))));
		uint32_t mask = (uint32_t)_mm256_movemask_epi8(odd);

		if (n - base < 32)
			mask = _bzhi_u32(mask, (uint32_t)(n - base));
		if (mask != 0)
			return false;
	}
	return true;
}

FAST_AVX2 bool
fast_vector_ends(const struct fast *f, const char *p, uint32_t *ends)
{
	uint32_t *last = &ends[f->columns.width - 1];

	if (!find_ends(f, p, ends))
		return false;
	*last -= *last > 0 && p[*last - 1] == '\r';
	return is_plain(f, p, *last);
}

FAST_INLINE struct field
field(const struct fast *f, const char *p, const uint32_t *ends,
    enum columns_what what)
{
	size_t i = f->columns.at[what];
	size_t start = i == 0 ? 0 : ends[i - 1] + (size_t)1;

	return (struct field){p + start, ends[i] - start};
}

/* A row with columns that nobody reads, the symbol's among them. */
FAST_INLINE enum fast_use
judge(const struct fast *f, const char *p, const uint32_t *ends)
{
	struct field symbol;

	if (!is_plain(f, p, ends[f->columns.width - 1]))
		return FAST_LEAVE;
	if (f->columns.at[COLUMNS_SYMBOL] == COLUMNS_NONE)
		return FAST_TAKE;
	symbol = field(f, p, ends, COLUMNS_SYMBOL);
	return fast_symbol(f, symbol.at, symbol.n);
}

/* Where the digits of a number go; whether there is nothing else in it. */
FAST_INLINE bool
find_places(uint8_t (*places)[FAST_NUMBER + 1][FAST_LANE], struct field f,
    __m128i *to, unsigned *parts)
{
	__m128i text = fast_load16(f.at);
	unsigned points = (unsigned)_mm_movemask_epi8(
	    _mm_cmpeq_epi8(text, _mm_set1_epi8('.')));
	unsigned point = (unsigned)__builtin_ctz(points | 1U << f.n);
	__m128i digits, over;

	*parts = (unsigned)f.n - point - (point < f.n);
	*to = fast_load16(places[point][f.n]);
	digits = _mm_shuffle_epi8(_mm_sub_epi8(text, _mm_set1_epi8('0')), *to);
	over = _mm_subs_epu8(digits, _mm_set1_epi8(9));
	return _mm_testz_si128(over, over) != 0;
}

/* A number without its sign, which is noted as bit ${k}. */
FAST_INLINE struct field
number(struct field n, struct fast_shape *s, unsigned k)
{
	bool minus = *n.at == '-';

	s->minus |= (uint8_t)(minus << k);
	return (struct field){n.at + minus, n.n - minus};
}

FAST_INLINE bool
shape_prices(const struct fast *f, const char *p, const uint32_t *ends,
    struct fast_shape *s)
{
	struct field open =
	    number(field(f, p, ends, COLUMNS_OPEN), s, BATCH_OPEN);
	struct field high =
	    number(field(f, p, ends, COLUMNS_HIGH), s, BATCH_HIGH);
	struct field low = number(field(f, p, ends, COLUMNS_LOW), s, BATCH_LOW);
	struct field close =
	    number(field(f, p, ends, COLUMNS_CLOSE), s, BATCH_CLOSE);
	uint8_t(*places)[FAST_NUMBER + 1][FAST_LANE] = f->vector->price;
	__m128i o, h, l, c;
	unsigned parts;

	if ((open.n | high.n | low.n | close.n) > FAST_NUMBER ||
	    !find_places(places, open, &o, &parts) ||
	    !find_places(places, high, &h, &parts) ||
	    !find_places(places, low, &l, &parts) ||
	    !find_places(places, close, &c, &parts))
		return false;
	/* As wide as they will be read. */
	_mm256_storeu_si256((void *)s->prices[0], _mm256_set_m128i(h, o));
	_mm256_storeu_si256((void *)s->prices[1], _mm256_set_m128i(c, l));
	s->open = (uint8_t)(open.at - p);
	s->high = (uint8_t)(high.at - p);
	s->low = (uint8_t)(low.at - p);
	s->close = (uint8_t)(close.at - p);
	return true;
}

FAST_INLINE bool
shape_volume(const struct fast *f, const char *p, const uint32_t *ends,
    struct fast_shape *s)
{
	static const double units[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
	    1e8, 1e9, 1e10, 1e11, 1e12, 1e13};
	/* HH:MM:SS. */
	static const uint8_t clock[FAST_LANE] = {0, 1, 3, 4, 6, 7, 0x80, 0x80,
	    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80};
	struct field volume =
	    number(field(f, p, ends, COLUMNS_VOLUME), s, BATCH_PRICES);
	__m128i to;
	unsigned parts;

	if (volume.n > FAST_NUMBER ||
	    !find_places(f->vector->volume, volume, &to, &parts))
		return false;
	/* As wide as they will be read. */
	_mm256_storeu_si256((void *)s->rest,
	    _mm256_set_m128i(fast_load16(clock), to));
	s->volume_at = (uint8_t)(volume.at - p);
	s->volume_unit = units[parts];
	return true;
}

/* Where its time and its symbol are. */
FAST_INLINE void
shape_texts(const struct fast *f, const char *p, const uint32_t *ends,
    struct fast_shape *s)
{
	struct field time = field(f, p, ends, COLUMNS_TIMESTAMP);
	struct field at = {p, 0};

	s->time = (uint8_t)(time.at - p);
	s->time_len = (uint8_t)time.n;
	if (f->columns.at[COLUMNS_TIME] != COLUMNS_NONE)
		at = field(f, p, ends, COLUMNS_TIME);
	s->clock = (uint8_t)(at.at - p);
	s->clock_len = (uint8_t)at.n;
	at.n = 0;
	if (f->columns.at[COLUMNS_SYMBOL] != COLUMNS_NONE)
		at = field(f, p, ends, COLUMNS_SYMBOL);
	s->symbol = (uint8_t)(at.at - p);
	s->symbol_len = (uint8_t)at.n;
}

FAST_AVX2 enum fast_use
fast_fields(const struct fast *f, const char *p, struct fast_shape *s,
    size_t *size)
{
	uint32_t ends[FAST_FIELDS], *last = &ends[f->columns.width - 1];
	enum fast_use use = FAST_TAKE;

	if (!find_ends(f, p, ends) || *last > UINT8_MAX)
		return FAST_LEAVE;
	*size = *last + (size_t)1;
	*last -= p[*last - 1] == '\r';
	if (f->unread)
		use = judge(f, p, ends);
	if (use != FAST_TAKE)
		return use;
	s->minus = 0;
	if (!shape_prices(f, p, ends, s) || !shape_volume(f, p, ends, s))
		return FAST_LEAVE;
	shape_texts(f, p, ends, s);
	return FAST_TAKE;
}

#endif
