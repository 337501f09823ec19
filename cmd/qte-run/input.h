/* SPDX-License-Identifier: MIT */
/* How the options that say how the data is read are read themselves. */
#ifndef QTE_RUN_INPUT_H
#define QTE_RUN_INPUT_H

#include "base/base.h"
#include "face/opt.h"
#include "machine/zone.h"

/* input_columns: struct columns. */
cli_parser input_columns;

/* A time on the command line. */
struct input_time {
	bool given;
	bool local;	  /* ->ns is what a clock shows */
	const char *text; /* borrowed: as it was given */
	int64_t ns;
};

/*
 * input_time: struct input_time; YYYY and YYYY-MM too, and no count since 1970
 * of fewer than 9 digits.  input_warmup: int64_t, bars, at most
 * RANGE_WARMUP_MAX.
 */
cli_parser input_time, input_warmup;

/*
 * input_resolve(time, zone, e):
 * Make a local ${time}, if it was given, one in UTC: the first of two.
 * EX_USAGE when the clock of ${zone} does not show it.
 */
int input_resolve(struct input_time *, struct zone *,
    struct err *) QTE_MUST_CHECK;

#endif
