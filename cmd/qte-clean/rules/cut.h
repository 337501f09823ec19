/* SPDX-License-Identifier: MIT */
/*
 * Where to cut a row of files that stand from the newest to the oldest, so that
 * those before the cut weigh at most so much in all: the last seven, or the
 * newest that take 20 GB.  The files come in any order, as often as the cut
 * asks for; memory does not grow with their number, unless thousands have the
 * same time.  Of files with the same time the one whose path is greater, byte
 * by byte, counts as newer.
 *
 *	cut_init(&c, limit);
 *	do {
 *		for (each file) cut_add(&c, time, weight, path);
 *	} while (cut_again(&c));
 *	... cut_beyond(&c, time, path)
 *	cut_release(&c);
 */
#ifndef QTE_CLEAN_CUT_H
#define QTE_CLEAN_CUT_H

#include "base/base.h"
#include "base/vec.h"

#define CUT_BINS 1024

/* Above so many files between two times, closer times are looked for. */
#define CUT_HELD 4096

enum cut_phase { CUT_MEASURE, CUT_NARROW, CUT_HOLD, CUT_DONE };

struct cut_file {
	int64_t time, weight;
	char *path; /* owned */
};

struct cut {
	int64_t limit;
	enum cut_phase phase;
	int64_t total;		/* weight of all */
	int64_t oldest, newest; /* the cut is between these, both included */
	int64_t before;		/* weight of those that are newer */
	struct {
		int64_t weight, n;
	} bins[CUT_BINS];
	struct {
		VEC(struct cut_file);
	} held;
	bool found; /* there are files beyond the cut: */
	int64_t time;
	char *path; /* owned: the first of them */
};

/* cut_init(c, limit): ${limit} below 0 puts all files beyond the cut. */
void cut_init(struct cut *, int64_t);

/* cut_add(c, time, weight, path): ${weight} >= 0. */
void cut_add(struct cut *, int64_t, int64_t, const char *);

/* cut_again(c): whether all files have to come once more. */
bool cut_again(struct cut *);

/* cut_beyond(c, time, path): whether that file is beyond the cut. */
bool cut_beyond(const struct cut *, int64_t, const char *);
void cut_release(struct cut *);

#endif
