/* SPDX-License-Identifier: MIT */
/*
 * The trades of a book, held until the bars have come: 72 bytes each, and 16 of
 * its id.
 */
#ifndef QTE_VERIFY_BOOK_DEALS_H
#define QTE_VERIFY_BOOK_DEALS_H

#include "base/base.h"
#include "base/buf.h"
#include "base/vec.h"
#include "format/digest.h"

/* What is right of a deal, and what the bars said of it. */
enum {
	DEAL_TIME = 1,
	DEAL_PRICE = 2,
	DEAL_COUNTS = 4,  /* price, quantity, side and commission */
	DEAL_TWICE = 8,	  /* the same as one before it, also by its id */
	DEAL_BARRED = 16, /* a bar began at ->bar_ns, the last before it */
	DEAL_BELOW = 32,  /* ->bound, the low of that bar */
	DEAL_ABOVE = 64,  /* ->bound, its high */
	DEAL_DATE = 128	  /* its time is a date alone */
};

struct deal {
	int64_t ts_ns;
	int64_t price, quantity, commission; /* in 1e-9; below 0: sold */
	int64_t line, offset;		     /* of the row */
	int64_t bar_ns, bound;
	uint32_t symbol; /* its number */
	uint32_t flags;
};

struct deals {
	VEC(struct deal); /* in the order of the file */
	struct {
		VEC(struct digest);
	} ids;
	bool mixed;	    /* ids do not rise: some may be equal */
	struct buf last_id; /* the one before */
	bool backwards;	    /* times do not rise */
	uint32_t *order;    /* owned: by symbol, time and line; of those */
	size_t *first;	    /* owned: of a symbol, the first of them */
	uint32_t nsymbols;  /* and behind the last symbol, the end */
};

void deals_release(struct deals *);

/* deals_add(d, deal, id, n): the id may be empty: then it has none. */
void deals_add(struct deals *, const struct deal *, const char *, size_t);

/*
 * deals_twice(d, found, arg):
 * Call ${found} for each deal whose id one before it has; a deal that is the
 * same in all else too is marked.
 */
void deals_twice(struct deals *, void (*)(void *, const struct deal *), void *);

/* deals_sort(d, n): make ->order, of ${n} symbols. */
void deals_sort(struct deals *, uint32_t);

/* deals_of(d, symbol, n): its ${*n} numbers in the order of time. */
const uint32_t *deals_of(const struct deals *, uint32_t, size_t *);

#endif
