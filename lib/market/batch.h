/* SPDX-License-Identifier: MIT */
/*
 * Bars as columns: a number of rows that are read at once, worked on one column
 * after the other, and then make room for the next.
 */
#ifndef QTE_BATCH_H
#define QTE_BATCH_H

#include "base/base.h"
#include "market/bars_price.h"

/* Rows that stay in the second level of cache together with what is made of
 * them. */
#define BATCH_ROWS 2048

enum { BATCH_OPEN, BATCH_HIGH, BATCH_LOW, BATCH_CLOSE, BATCH_PRICES };

struct batch {
	size_t n, cap; /* rows that are filled, room for */
	/* The columns begin at a multiple of 64 bytes. */
	int64_t *ts_ns;
	int64_t *price[BATCH_PRICES]; /* whole numbers of 1e-9 */
	double *volume;
	int64_t *line;	  /* of the file, from 1, on which the row begins */
	bool in_lines;	  /* line[0] stands for all: one line a row */
	uint32_t *symbol; /* where rows are of many: which (roster.h) */
	/* 1 << BATCH_x: that price is none; its bits are those of the nearest
	 * double */
	uint8_t *loose;
	bool any_loose; /* of these rows */
	/* 0 to 9: no exact price that was read so far, these among them, has
	 * more decimals; never falls */
	int scale;
	size_t before; /* the first so many rows stand before the range */
	/* the number of row 0: the range begins with 0, what stands before it
	 * has numbers below */
	int64_t first;
	void *memory; /* owned: the columns */
};

/* batch_init(b, cap), batch_release(b): ${cap} > 0. */
void batch_init(struct batch *, size_t);
void batch_release(struct batch *);

/* batch_reset(b): without rows; the scale stays. */
void batch_reset(struct batch *);

/* batch_add(b, bar, line): one more row; there must be room. */
void batch_add(struct batch *, const struct bar *, int64_t);

/* batch_lines(b): have all of ->line filled. */
void batch_lines(struct batch *);

/* batch_line(b, i): the line on which row ${i} begins. */
static inline int64_t
batch_line(const struct batch *b, size_t i)
{
	/* Of a cache that somebody made the last may be any number. */
	return b->in_lines ? (int64_t)((uint64_t)b->line[0] + i) : b->line[i];
}

/*
 * batch_ticks(units, n, unit, ticks):
 * ${n} exact prices as whole numbers of ${unit} units of 1e-9, which all of
 * them are.  Doubles must hold these; they hold the units up to 2^53 at least.
 */
void batch_ticks(const int64_t *, size_t, int64_t, double *);

/* batch_price(b, i, k): price BATCH_x of row ${i}. */
static inline struct bars_price
batch_price(const struct batch *b, size_t i, int k)
{
	/* A double has as many bits as a number of units. */
	return (struct bars_price){.exact = !b->any_loose ||
		(b->loose[i] >> k & 1) == 0,
	    .units = b->price[k][i]};
}

/* batch_bar(b, i, bar): row ${i} as a bar. */
void batch_bar(const struct batch *, size_t, struct bar *);

#endif
