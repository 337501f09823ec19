/* SPDX-License-Identifier: MIT */
/* The options of qte-run: one table. */
#include "options.h"

#include <string.h>

#include "base/num.h"
#include "input.h"
#include "strategy/builtin.h"
#include "strategy/param.h"
#include "strategy/strategy.h"
#include "sweep/grid.h"
#include "sweep/result.h"

static const char *const directions[] = {"long", "short", "long-short", NULL};
static const char *const fills[] = {"open", "close", NULL};
static const char *const engines[] = {"v1", "v2", NULL};
static const char *const on_bad[] = {"fail", "skip", NULL};
static const char *const parsers[] = {"fast", "general", NULL};
static const char *const emits[] = {"trades", "summary", "orders", "fills",
    "equity", "signals", "positions", "refusals", NULL};

const char *
options_direction_name(const struct options *o)
{
	return directions[o->direction];
}

const char *
options_fill_name(const struct options *o)
{
	return fills[o->fill];
}

struct strategy_opts
options_strategy(const struct options *o)
{
	return (struct strategy_opts){.name = o->strategy,
	    .rules = {o->entry, o->exit, o->short_entry, o->short_exit},
	    .params = o->params.at,
	    .nparams = o->params.n,
	    .prints = o->prints.at,
	    .nprints = o->prints.n};
}

bool
options_sweep(const struct options *o)
{
	for (size_t i = 0; i < o->params.n; i++)
		if (grid_is(o->params.at[i]))
			return true;
	return false;
}

struct bars_opts
options_bars(const struct options *o)
{
	return (struct bars_opts){.skip = o->on_bad == ON_BAD_SKIP,
	    .symbol = o->symbol,
	    .delimiter = o->delimiter,
	    .columns = o->columns.width > 0 ? &o->columns : NULL,
	    .zone = &o->zone,
	    .parser = (enum bars_parser)o->parser,
	    .range = {.has_from = o->from.given,
		.has_to = o->to.given,
		.from_ns = o->from.ns,
		.to_ns = o->to.ns,
		.warmup = o->warmup}};
}

static int
read_size(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	(void)opt;
	return size_read(field, text, e);
}

static int
read_cash(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int rc = cli_money(field, text, opt, e);

	if (rc == 0 && *(num_i128 *)field == 0)
		return err_set(e, EX_USAGE, "'%s' is not above 0", text);
	return rc;
}

static int
read_periods(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int rc = cli_double(field, text, opt, e);

	if (rc == 0 && *(double *)field <= 0)
		return err_set(e, EX_USAGE, "'%s' is not above 0", text);
	return rc;
}

static int
read_strategy(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int rc = cli_text(field, text, opt, e);

	if (rc == 0 && !strategy_is_file(text) && builtin_find(text, e) == NULL)
		return e->status;
	return rc;
}

/* NAME=VALUE; whether the strategy has such a name is seen later. */
static int
read_param(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	struct params params = {0};
	struct grid grid = {0};
	int rc = grid_is(text) ? grid_add(&grid, text, e)
			       : param_give(&params, text, e);

	grid_release(&grid);
	param_release(&params);
	return rc != 0 ? rc : cli_repeat(field, text, opt, e);
}

/* A rule or a list of values; what stands in it is seen when all of them are
 * compiled. */
static int
read_rule(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	if (strlen(text) > STRATEGY_RULE_MAX)
		return err_set(e, EX_USAGE, "longer than %d bytes",
		    STRATEGY_RULE_MAX);
	if ((opt->flags & CLI_REPEAT) != 0)
		return cli_repeat(field, text, opt, e);
	return cli_text(field, text, opt, e);
}

/* A rate as others, but below 0 too. */
static int
read_rf(void *field, const char *text, const struct cli_opt *opt, struct err *e)
{
	int64_t units;

	(void)opt;
	if (num_read_rate(text, strlen(text), &units) != NUM_OK)
		return err_set(e, EX_USAGE,
		    "'%s' is not a rate such as 0.03 or 3%%", text);
	if (units <= -NUM_PRICE_ONE || units >= NUM_PRICE_ONE)
		return err_set(e, EX_USAGE, "'%s' is not between -1 and 1",
		    text);
	*(double *)field = num_price(units);
	return 0;
}

/* More bars at once gain nothing and take memory. */
#define BATCH_MAX 1000000

static int
read_batch(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	return cli_up_to(BATCH_MAX, field, text, opt, e);
}

static int
read_share(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int rc = cli_double(field, text, opt, e);
	double share = *(double *)field;

	if (rc == 0 && !(share > 0 && share <= 1))
		return err_set(e, EX_USAGE, "'%s' is not above 0 and up to 1",
		    text);
	return rc;
}

/* One that is named by mistake would be made. */
static int
read_dir(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	if (text[0] == '\0')
		return err_set(e, EX_USAGE, "'' is not a directory");
	if (text[0] == '~')
		return err_set(e, EX_USAGE,
		    "'%s' begins with '~', which only a shell replaces", text);
	return cli_text(field, text, opt, e);
}

#define FIELD(member) .offset = offsetof(struct options, member)

static const struct cli_opt table[] = {
    {"strategy", 's', "NAME", NULL,
	"strategy to run: a built-in one, or FILE.qts", read_strategy,
	FIELD(strategy), .choices = builtin_names,
	.flags = CLI_PLAIN | CLI_FILES, .ending = STRATEGY_ENDING,
	.group = "Strategy"},
    {"param", 'p', "NAME=VALUE", NULL,
	"set a parameter; several values: sweep over them", read_param,
	FIELD(params), .flags = CLI_REPEAT | CLI_PLAIN | CLI_NAMED,
	.of = "strategy"},
    {"entry", 0, "RULE", NULL, "go in when this is true", read_rule,
	FIELD(entry), .flags = CLI_NAMES},
    {"exit", 0, "RULE", NULL, "go out when this is true", read_rule,
	FIELD(exit), .flags = CLI_NAMES},
    {"short-entry", 0, "RULE", NULL,
	"go short when this is true, instead of --exit", read_rule,
	FIELD(short_entry), .flags = CLI_MORE | CLI_NAMES},
    {"short-exit", 0, "RULE", NULL,
	"cover when this is true, instead of --entry", read_rule,
	FIELD(short_exit), .flags = CLI_MORE | CLI_NAMES},
    {"direction", 0, "WAY", "long", "long, short or long-short", cli_choice,
	FIELD(direction), .choices = directions},
    {"print", 0, "VALUES", NULL, "write values of the language at each bar",
	read_rule, FIELD(prints),
	.flags = CLI_REPEAT | CLI_FLAG_ONLY | CLI_NAMES},
    {"show", 0, NULL, NULL, "print the rules of the strategy, and end",
	cli_flag, FIELD(show), .flags = CLI_FLAG_ONLY | CLI_MORE},
    {"list-strategies", 0, NULL, NULL, "print the built-in strategies, and end",
	cli_flag, FIELD(list_strategies), .flags = CLI_FLAG_ONLY | CLI_MORE},
    {"list-params", 0, NULL, NULL,
	"print the parameters of the strategy, and end", cli_flag,
	FIELD(list_params), .flags = CLI_FLAG_ONLY | CLI_MORE},
    {"list-functions", 0, NULL, NULL,
	"print the names of the language, and end", cli_flag,
	FIELD(list_functions), .flags = CLI_FLAG_ONLY | CLI_MORE},
    {"cash", 0, "MONEY", "100000", "money at the start", read_cash, FIELD(cash),
	.group = "Account"},
    {"size", 0, "SIZE", "all", "all, N shares, or P% of the equity", read_size,
	FIELD(size)},
    {"fractional", 0, NULL, NULL, "trade parts of a share", cli_flag,
	FIELD(fractional)},
    {"commission", 0, "RATE", "0.001",
	"share of each fill's value, as 0.001, 0.1% or 10bp", cli_rate,
	FIELD(commission)},
    {"slippage", 0, "RATE", "0", "share of the price that each fill loses",
	cli_rate, FIELD(slippage)},
    {"fill", 0, "PRICE", "open", "next bar's price that fills an order",
	cli_choice, FIELD(fill), .choices = fills, .flags = CLI_MORE},
    {"symbol", 0, "NAME", NULL, "read this symbol only", cli_text,
	FIELD(symbol), .group = "Data"},
    {"delimiter", 0, "CHAR", ",", "what parts the fields: a character, or tab",
	cli_delimiter, FIELD(delimiter), .flags = CLI_MORE},
    {"columns", 0, "LIST", NULL, "what the columns are; the file has no header",
	input_columns, FIELD(columns), .flags = CLI_MORE},
    {"on-bad", 0, "HOW", "fail", "a bad row: fail, or skip and count",
	cli_choice, FIELD(on_bad), .choices = on_bad},
    {"tz", 0, "ZONE", "UTC", "time zone of the data, as Europe/London",
	cli_zone, FIELD(zone), .flags = CLI_MORE | CLI_ZONES},
    {"parser", 0, "WHICH", "fast", "what reads the rows, for tests", cli_choice,
	FIELD(parser), .choices = parsers, .flags = CLI_MORE},
    {"from", 0, "TIME", NULL, "trade no bar before this time", input_time,
	FIELD(from), .flags = CLI_MORE},
    {"to", 0, "TIME", NULL, "trade no bar at or after this time", input_time,
	FIELD(to), .flags = CLI_MORE},
    {"warmup", 0, "N", "0", "bars before --from that indicators see",
	input_warmup, FIELD(warmup), .flags = CLI_MORE},
    {"periods", 0, "N", NULL, "bars a year, instead of what the data says",
	read_periods, FIELD(periods), .flags = CLI_MORE},
    {"rf", 0, "RATE", "0", "annual rate without risk, for the ratios", read_rf,
	FIELD(rf), .flags = CLI_MORE},
    {"emit", 0, "LIST", "trades,summary", "kinds of records to write", cli_set,
	FIELD(emit), .choices = emits, .group = "Output"},
    {"reproducible", 0, NULL, NULL, "leave out what differs between equal runs",
	cli_flag, FIELD(reproducible)},
    {"heartbeat", 0, "TIME", "0", "write signs of life so often, as 60s",
	cli_duration, FIELD(heartbeat), .flags = CLI_MORE},
    {"where", 0, "RULE", NULL, "of a sweep: try only such parameters",
	read_rule, FIELD(where), .flags = CLI_MORE, .group = "Sweep"},
    {"rank", 0, "FIGURE", "none", "of a sweep: best first by this figure",
	cli_choice, FIELD(rank), .choices = result_ranks, .flags = CLI_MORE},
    {"top", 0, "N", "0", "of a sweep: show the best N; 0 shows all", cli_count,
	FIELD(top), .flags = CLI_MORE},
    {"jobs", 0, "N", "1", "of a sweep: threads that work on it", cli_jobs,
	FIELD(jobs), .flags = CLI_MORE, .also = "threading.max_workers"},
    {"engine", 0, "NAME", "v2", "v2, or v1: the reference, with equal output",
	cli_choice, FIELD(engine), .choices = engines, .flags = CLI_MORE,
	.group = "Work"},
    {"batch", 0, "N", "2048", "bars that are worked on at once", read_batch,
	FIELD(batch), .flags = CLI_MORE, .also = "engine.batch_size"},
    {"memory-limit", 0, "MIB", "0", "refuse a run that could need more; 0: any",
	cli_count, FIELD(memory_limit), .flags = CLI_MORE,
	.also = "memory.max_memory_mb"},
    {"cache", 0, NULL, NULL, "keep what was read, to read it faster", cli_flag,
	FIELD(cache), .flags = CLI_MORE, .also = "engine.cache_enabled"},
    {"no-cache", 0, NULL, NULL, "neither use the cache nor make it", cli_flag,
	FIELD(no_cache), .flags = CLI_FLAG_ONLY | CLI_MORE},
    {"build-cache", 0, NULL, NULL, "only read FILE into the cache, and end",
	cli_flag, FIELD(build_cache), .flags = CLI_FLAG_ONLY | CLI_MORE},
    {"cache-dir", 0, "DIR", NULL, "where it is; else in the user's own place",
	read_dir, FIELD(cache_dir), .flags = CLI_MORE | CLI_FILES,
	.also = "paths.cache"},
    {"cache-full", 0, "SHARE", "0.9",
	"share of the disk in use above which old ones go", read_share,
	FIELD(cache_full), .flags = CLI_MORE, .also = "memory.gc_threshold"},
};

const struct cli_tool options_tool = {
    .name = "qte-run",
    .section = "run",
    .summary = "run a trading strategy over market data",
    .synopsis = "-s NAME [-p NAME=VALUE]... [OPTION]... [FILE]\n"
		"--entry=RULE [--exit=RULE] [OPTION]... [FILE]\n",
    .examples = "qte-run -s sma_cross -p fast=5 -p slow=20 bars.csv\n"
		"qte-run --entry='rsi(close,14) < 30' "
		"--exit='rsi(close,14) > 60' bars.csv\n",
    .opts = table,
    .nopts = QTE_COUNT(table),
    .min_args = 0,
    .max_args = -1, /* options_operand sees to it */
    .names = "list-functions",
    .params = "list-params",
};
