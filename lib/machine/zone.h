/* SPDX-License-Identifier: MIT */
/*
 * Time zones: the clock of a place, from the zone database as the C library
 * reads it.  That knows one zone at a time, so zone_open changes what all zones
 * of the program stand for.  A zone remembers the stretches of time that it was
 * asked about last: going forward in time costs next to nothing.
 */
#ifndef QTE_ZONE_H
#define QTE_ZONE_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"

/* UTC times of one offset. */
struct zone_span {
	int64_t from_ns, until_ns;
	int64_t offset_ns; /* what the clock is ahead of UTC */
	/* What the clock shows in them and at no other time. */
	int64_t local_from_ns, local_until_ns;
};

/* { 0 } is UTC.  A copy is a zone of its own; each thread needs one. */
struct zone {
	const char *name;	  /* borrowed; NULL: UTC */
	struct zone_span span[2]; /* remembered; nothing else is */
	int now;		  /* which of them was used last */
};

/*
 * zone_open(z, name, e):
 * The zone of that ${name}, such as Europe/London, which ${z} borrows.  UTC
 * needs no database; other zones are looked for in the directory TZDIR, or
 * /usr/share/zoneinfo.  EX_USAGE with the nearest name when there is no such
 * zone; EX_UNAVAILABLE when there is no database, or when it is damaged.  Not
 * for a program that has threads.
 */
int zone_open(struct zone *, const char *, struct err *) QTE_MUST_CHECK;

/* zone_offset(z, utc): what the clock is ahead of UTC then, in nanoseconds. */
int64_t zone_offset(struct zone *, int64_t);

/*
 * zone_rules(z, to):
 * Append the bytes by which the database tells of the zone, which change with
 * its rules; none for UTC.
 */
void zone_rules(const struct zone *, struct buf *);

enum zone_result {
	ZONE_OK,
	ZONE_GAP,  /* the clock never shows it */
	ZONE_RANGE /* outside the years 1678 to 2261 in UTC */
};

/*
 * zone_to_utc(z, local, utc):
 * The first and the last time at which the clock shows ${local}; they are the
 * same unless it was put back.
 */
enum zone_result zone_to_utc(struct zone *, int64_t, int64_t[2]);

#endif
