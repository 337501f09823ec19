/* SPDX-License-Identifier: MIT */
/*
 * Findings that the next rows of their symbol may take back: a gap that late
 * rows fill, one that is a longer step between bars from then on, a split from
 * which the price comes back.
 */
#ifndef QTE_VERIFY_HELD_H
#define QTE_VERIFY_HELD_H

#include "series/inner.h"
#include "series/tell.h"

/* A gap, or a bar off the grid, waits for so many rows; a split for closes. */
#define HELD_ROWS 4
#define HELD_CLOSES 3

enum held_kind { HELD_GAP, HELD_GRID, HELD_SPLIT };

struct held {
	struct held *before, *after; /* of all, by age */
	struct held *next;	     /* of the symbol */
	struct symbol *symbol;
	enum held_kind kind;
	int left;
	struct finding *finding;   /* owned; NULL: to be counted only */
	bool jump;		   /* of a split: else it is one */
	struct finding *otherwise; /* owned: that one, or NULL as above */
	int64_t level;		   /* of a split: the price */
	/* Of a gap and of a bar off the grid: the step that ended there. */
	int64_t from_ns, until_ns;
	int64_t missing; /* of a gap: bars */
};

/*
 * held_add(s, h):
 * Hold a copy of ${h}, but for the lists; takes its findings.  Symbols that are
 * not tracked have nothing held: it is settled at once.
 */
void held_add(struct series *, struct held *);

/* held_jump(s, h): it is no split, and a jump if ->jump says so; taken too. */
void held_jump(struct series *, struct held *);

/* held_row(s, y): another row of the symbol, whatever its time. */
void held_row(struct series *, struct symbol *);

/* held_fill(s, y, ts): a late row; whether it is one that a gap lacks. */
bool held_fill(struct series *, struct symbol *, int64_t);

/* held_close(s, y, close): another close, in order. */
void held_close(struct series *, struct symbol *, int64_t);

/* held_drop(s, y, step): no gap and no bar off the grid that ended such a step
 * is one; 0: no gap is, of whatever step. */
void held_drop(struct series *, struct symbol *, int64_t);

/* held_end(s): settle all.  held_release(s): forget them. */
void held_end(struct series *);
void held_release(struct series *);

#endif
