/* SPDX-License-Identifier: MIT */
/* What is known of each symbol, found by its name. */
#ifndef QTE_VERIFY_SYMBOLS_H
#define QTE_VERIFY_SYMBOLS_H

#include "base/base.h"
#include "base/buf.h"
#include "base/vec.h"

struct track;

enum symbol_flags {
	SYMBOL_ANY = 1,	    /* there was a row with a time */
	SYMBOL_CLOSE = 2,   /* ->close is known */
	SYMBOL_WHOLE = 4,   /* the row at the front had all five values */
	SYMBOL_HELD = 8,    /* findings about it wait for its next rows */
	SYMBOL_CLOCK = 16,  /* it went on for 24 hours without a pause */
	SYMBOL_WEEKLY = 32, /* or for 7 days */
	SYMBOL_OFF = 64,    /* the row at the front is off the grid */
	SYMBOL_EARLY = 128  /* and the bar of its day is still to come */
};

/* One cache line: 64 bytes. */
struct symbol {
	int64_t front_ns; /* the latest time */
	int64_t last_ns;  /* that of the last row, before it when behind */
	int64_t step_ns;  /* between the last two times in order */
	int64_t close;	  /* the last that is right */
	uint64_t rest;	  /* a sum of the other values of the row in front */
	struct track *track;
	uint32_t name;	 /* where it stands */
	uint32_t row;	 /* the last one in its place, by number */
	uint32_t run;	 /* equal steps up to now */
	uint8_t equal;	 /* rows up to now that are equal, without the first */
	uint8_t behind;	 /* rows in order since time went back */
	int8_t weekends; /* without a bar, less those with one (timing.c) */
	uint8_t flags;
};

/* Symbols that do not move. */
struct symbols_block {
	struct symbol *at; /* owned */
};

struct symbols {
	struct {
		VEC(struct symbols_block);
	} blocks;	  /* owned */
	uint32_t n, last; /* how many; the one found last */
	uint32_t *slots;  /* owned: 1 + an index, or 0 */
	size_t nslots;
	struct buf names; /* each with its length in front */
};

/*
 * Of a name of ${len} bytes the first SERIES_SYMBOL_MAX tell; it may be empty,
 * and NULL then.  What they return is of use until symbols_release.
 *
 * symbols_find(t, name, len): the symbol of that name, or NULL.
 * symbols_take(t, name, len):
 * The same; one that is not there is added.  NULL when there are
 * SERIES_SYMBOLS already.
 */
struct symbol *symbols_find(struct symbols *, const char *, size_t);
struct symbol *symbols_take(struct symbols *, const char *, size_t);

/* symbols_name(t, s, len): its name, borrowed until the next symbols_take. */
const char *symbols_name(const struct symbols *, const struct symbol *,
    size_t *);

/* symbols_at(t, i): in the order of their first rows. */
struct symbol *symbols_at(const struct symbols *, uint32_t);

void symbols_release(struct symbols *);

#endif
