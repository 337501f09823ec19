/* SPDX-License-Identifier: MIT */
/* The options of qte-run. */
#ifndef QTE_RUN_OPTIONS_H
#define QTE_RUN_OPTIONS_H

#include "base/base.h"
#include "face/cli.h"
#include "input.h"
#include "market/bars.h"
#include "strategy/strategy.h"
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
enum options_engine { ENGINE_V1, ENGINE_V2 };
enum options_on_bad { ON_BAD_FAIL, ON_BAD_SKIP };

struct options {
	struct cli_common common;
	const char *strategy;
	struct cli_list params;
	struct cli_list prints;
	bool show, list_strategies, list_params, list_functions;
	const char *entry, *exit, *short_entry, *short_exit;
	struct size size; /* ->fractional stands beside it */
	bool fractional;
	int direction; /* enum order_direction */
	num_i128 cash;
	int64_t commission, slippage; /* in 1e-9 */
	int fill;		      /* enum options_fill */
	const char *symbol;
	char delimiter;
	struct columns columns; /* width 0: the file has a header */
	struct zone zone;
	struct input_time from, to; /* in UTC from options_check on */
	int64_t warmup;
	double periods; /* a year; 0: from the data */
	double rf;	/* annual rate without risk */
	unsigned emit;
	int engine;    /* enum options_engine */
	int64_t batch; /* bars that v2 takes at once */
	const char *where;
	int rank;     /* in result_ranks */
	int64_t top;  /* results to show; 0: all */
	int64_t jobs; /* threads of a sweep */
	int on_bad;   /* enum options_on_bad */
	int parser;   /* enum bars_parser */
	bool cache, no_cache, build_cache;
	const char *cache_dir; /* NULL: the user's own */
	double cache_full;
	int64_t memory_limit; /* MiB; 0: none */
	int64_t heartbeat;    /* ns between signs of life; 0: none */
	bool reproducible;
};

extern const struct cli_tool options_tool;

/* options_sweep(o): several values of a parameter are given. */
bool options_sweep(const struct options *);

/* options_strategy(o): what they ask of the strategy; texts are borrowed. */
struct strategy_opts options_strategy(const struct options *);

/*
 * options_check(o, cli, e):
 * What needs all options: resolve times by the zone, drop what has no effect.
 * EX_USAGE or EX_CONFIG for options that do not go together.
 */
int options_check(struct options *, const struct cli *,
    struct err *) QTE_MUST_CHECK;

/*
 * options_operand(args, n, path, e):
 * The path of the data from the operands, "-" without one.  EX_USAGE for more
 * than one, or a strategy file in its place.
 */
int options_operand(const char *const *, size_t, const char **,
    struct err *) QTE_MUST_CHECK;

/*
 * options_fit(o, strategy, e):
 * EX_USAGE for a strategy that only goes short where only long positions are
 * taken.
 */
int options_fit(const struct options *, const struct strategy *,
    struct err *) QTE_MUST_CHECK;

/*
 * options_output(o, path, e):
 * EX_USAGE when the output would replace what is read: the data at ${path}
 * (NULL: none, "-": standard input) or the strategy file.
 */
int options_output(const struct options *, const char *,
    struct err *) QTE_MUST_CHECK;

/* options_bars(o): how the data is to be read; borrows from ${o}. */
struct bars_opts options_bars(const struct options *);

/* options_direction_name(o), options_fill_name(o): as the user writes it. */
const char *options_direction_name(const struct options *);
const char *options_fill_name(const struct options *);

#endif
