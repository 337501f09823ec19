/* SPDX-License-Identifier: MIT */
/* The options of qte-run. */
#ifndef QTE_RUN_OPTIONS_H
#define QTE_RUN_OPTIONS_H

#include "base/base.h"
#include "face/cli.h"
#include "trading/order.h"
#include "trading/size.h"

/* Bits of ->emit, in the order of the option's choices. */
enum {
	EMIT_TRADES = 1 << 0,
	EMIT_SUMMARY = 1 << 1,
	EMIT_ORDERS = 1 << 2,
	EMIT_FILLS = 1 << 3,
	EMIT_EQUITY = 1 << 4,
	EMIT_SIGNALS = 1 << 5,
	EMIT_POSITIONS = 1 << 6,
	EMIT_REFUSALS = 1 << 7
};

enum options_fill { FILL_OPEN, FILL_CLOSE };
enum options_on_bad { ON_BAD_FAIL, ON_BAD_SKIP };

struct options {
	struct cli_common common;
	const char *strategy;
	struct cli_list params;
	const char *entry, *exit, *short_entry, *short_exit;
	struct size size; /* ->fractional stands beside it */
	bool fractional;
	int direction; /* enum order_direction */
	num_i128 cash;
	int64_t commission, slippage; /* in 1e-9 */
	int fill;		      /* enum options_fill */
	const char *symbol;
	double periods; /* a year; 0: from the data */
	double rf;	/* annual rate without risk */
	unsigned emit;
	int on_bad; /* enum options_on_bad */
	bool reproducible;
};

extern const struct cli_tool options_tool;

/*
 * options_check(o, e):
 * EX_USAGE for options that do not go together.
 */
int options_check(const struct options *, struct err *) QTE_MUST_CHECK;

/* options_direction_name(o), options_fill_name(o): as the user writes it. */
const char *options_direction_name(const struct options *);
const char *options_fill_name(const struct options *);

#endif
