/* SPDX-License-Identifier: MIT */
/*
 * Shapes of rows, for vectors of 32 bytes: fast_fields.c finds out the shape of
 * a row, fast_vector.c reads rows by it.
 */
#ifndef QTE_FAST_AVX2_H
#define QTE_FAST_AVX2_H

#include <immintrin.h>

#include "base/base.h"
#include "market/fast_row.h"

#define FAST_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define FAST_INLINE FAST_AVX2 __attribute__((always_inline)) static inline

/* Bytes of a number, and of the lane that its digits are put into. */
#define FAST_NUMBER 15
#define FAST_LANE 16

/* Digits of a price in front of the point and behind it, in its lane. */
#define FAST_WHOLE 7
#define FAST_PARTS (FAST_LANE - FAST_WHOLE)

#define FAST_SHAPES 256

/*
 * Which byte of a number goes where in its lane: by the place of its point (its
 * length when there is none) and by its length.
 */
typedef uint8_t fast_places[FAST_NUMBER + 1][FAST_NUMBER + 1][FAST_LANE];

/*
 * Where a row has its digits, and what stands in between: what is found out
 * about one row holds for all of the same shape.
 */
struct fast_shape {
	uint64_t odd;	  /* a bit for each byte that is no digit */
	uint64_t fixed;	  /* those of them that are not the symbol's */
	uint8_t text[64]; /* a row of the shape */
	uint8_t prices[2][2][FAST_LANE]; /* of open and high, low and close */
	uint8_t rest[2][FAST_LANE];	 /* of the volume, HH:MM:SS */
	double volume_unit; /* its digits are to be divided by this */
	/* where they begin in the row: */
	uint8_t open, high, low, close, volume_at;
	uint8_t time, time_len;	     /* or the date */
	uint8_t clock, clock_len;    /* the time of day that has its column */
	uint8_t symbol, symbol_len;  /* or no bytes */
	uint8_t key_mask[FAST_LANE]; /* of the bytes of the symbol */
	uint8_t minus; /* where a number has a sign, as struct fast_values */
};

/* How the times of all shapes are read. */
enum fast_times { FAST_TODAY, FAST_ANY_TIME };

struct fast_vector {
	enum fast_times times;
	char
	    symbol[FAST_LANE]; /* the start of the symbol of the rows to take */
	struct fast_shape shapes[FAST_SHAPES];
	fast_places price;
	fast_places volume; /* to the right, without the point */
};

/* fast_fields_init(v): the places. */
void fast_fields_init(struct fast_vector *);

/*
 * fast_fields(f, p, s, size):
 * The shape of the row at ${p}, but for odd and text, and its size with its
 * newline.
 */
enum fast_use fast_fields(const struct fast *, const char *,
    struct fast_shape *, size_t *);

FAST_INLINE __m256i
fast_load32(const void *p)
{
	return _mm256_loadu_si256(p);
}

FAST_INLINE __m128i
fast_load16(const void *p)
{
	return _mm_loadu_si128(p);
}

/* The top bit of each byte. */
FAST_INLINE uint64_t
fast_mask(__m256i low, __m256i high)
{
	return (uint32_t)_mm256_movemask_epi8(low) |
	    (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

/* The top bit of each byte that is no digit. */
FAST_INLINE __m256i
fast_odd(__m256i text)
{
	return _mm256_adds_epu8(_mm256_sub_epi8(text, _mm256_set1_epi8('0')),
	    _mm256_set1_epi8(127 - 9));
}

#endif
