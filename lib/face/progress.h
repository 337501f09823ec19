/* SPDX-License-Identifier: MIT */
/*
 * One line on the terminal of standard error that says how far long work is.
 * It comes after half a second, is written anew at most five times a second,
 * and is gone when the work ends.  There is none when standard error is no
 * terminal that can erase, in the background, and when the answer goes into a
 * pipe, whose reader may write to the same terminal.
 *
 *	progress_init(&p, &opts);
 *	while (...) {
 *		...
 *		if (progress_due(&p, rows))
 *			progress_show(&p, &(struct progress_state){rows});
 *	}
 *	progress_end(&p);
 */
#ifndef QTE_PROGRESS_H
#define QTE_PROGRESS_H

#include "base/base.h"
#include "base/buf.h"

struct progress_opts {
	const char *label; /* what works, as "qte-run"; borrowed */
	const char *unit;  /* of what is done, as "rows"; borrowed */
	int64_t every;	   /* so many of it between two looks at the clock */
	int out_fd;	   /* where the answer goes */
	bool quiet;	   /* show nothing */
};

/* How far the work is. */
struct progress_state {
	int64_t done;	  /* in the unit */
	int64_t at, size; /* of the whole in any measure; size 0: not known */
};

struct progress {
	struct progress_opts opts;
	int64_t next;	/* the done at which the clock counts again */
	int64_t due_ns; /* when the line is to be written anew */
	bool shown;
	struct progress_mark {
		struct progress_state state;
		int64_t ns;
	} marks[2]; /* where the rate is measured from, and will be next */
};

/* What the line says; NaN for what is not known. */
struct progress_figures {
	const char *label, *unit;
	int64_t done;
	double rate;  /* done in a second */
	double share; /* of the whole, 0 to 1 */
	double left_s;
};

/* progress_init(p, opts): the work begins now.  There is nothing to release. */
void progress_init(struct progress *, const struct progress_opts *);

/* progress_look(p, done): whether it is time for progress_show, by the clock.
 */
bool progress_look(struct progress *, int64_t);

/*
 * progress_due(p, done):
 * The same for a loop that must lose no time: it looks at the clock only when
 * ${done}, which never falls, has grown enough.
 */
static inline bool
progress_due(struct progress *p, int64_t done)
{
	return done >= p->next && progress_look(p, done);
}

/* progress_show(p, state): write the line anew. */
void progress_show(struct progress *, const struct progress_state *);

/*
 * progress_hide(p): erase the line, before anything else is written to the
 * terminal.  progress_end(p): erase it, and show none again.
 */
void progress_hide(struct progress *);
void progress_end(struct progress *);

/*
 * progress_put(figures, width, text):
 * Append what the line says, as much of it as ${width} columns have room for,
 * the share first.
 */
void progress_put(const struct progress_figures *, size_t, struct buf *);

#endif
