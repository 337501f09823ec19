/* SPDX-License-Identifier: MIT */
/* Whether options go together, and with what is run. */
#include <string.h>
#include <unistd.h>

#include "base/num.h"
#include "machine/path.h"
#include "options.h"
#include "sweep/result.h"

/*
 * A setting that stands for all runs has no effect on those without what it
 * needs; given for this one it is a mistake.
 */
static int
check_alone(struct options *o, const struct cli *cli, struct err *e)
{
	static const char *const of_sweep[] = {"where", "rank", "top"};

	if (!o->from.given) {
		if (o->warmup > 0 && cli_is_flag(cli, "warmup"))
			return err_set(e, EX_USAGE, "--warmup needs --from");
		o->warmup = 0;
	}
	for (size_t i = 0; !options_sweep(o) && i < QTE_COUNT(of_sweep); i++)
		if (cli_is_flag(cli, of_sweep[i]))
			return err_set(e, EX_USAGE,
			    "--%s needs a parameter with several values",
			    of_sweep[i]);
	if (o->direction == ORDER_LONG) {
		if (cli_is_flag(cli, "short-entry") ||
		    cli_is_flag(cli, "short-exit"))
			return err_set(e, EX_USAGE,
			    "--short-entry and --short-exit "
			    "need --direction=short or --direction=long-short");
		o->short_entry = o->short_exit = NULL;
	}
	return 0;
}

/* --from and --to. */
static int
check_range(struct options *o, const struct cli *cli, struct err *e)
{
	if (input_resolve(&o->from, &o->zone, e) != 0)
		return err_wrap(e, "--from");
	if (input_resolve(&o->to, &o->zone, e) != 0)
		return err_wrap(e, "--to");
	if (o->from.given && o->to.given && o->from.ns >= o->to.ns)
		return err_set(e, EX_USAGE,
		    cli_is_flag(cli, "from") || !cli_is_flag(cli, "to")
			? "--from is not before --to"
			: "--to is not after --from");
	return 0;
}

/* A sweep writes results, and what they come from is too much to read. */
static int
check_sweep(struct options *o, struct err *e)
{
	unsigned always = EMIT_TRADES | EMIT_SUMMARY;

	if (o->show || o->list_params)
		return err_set(e, EX_USAGE,
		    "--%s: give each parameter one value, not several",
		    o->show ? "show" : "list-params");
	if (o->prints.n > 0)
		return err_set(e, EX_USAGE,
		    "--print: a sweep writes results, not values of each bar");
	if ((o->emit & ~always) != 0)
		return err_set(e, EX_USAGE,
		    "--emit: a sweep writes only results and a summary");
	if (o->engine == ENGINE_V1)
		return err_set(e, EX_USAGE, "--engine: a sweep needs v2");
	if (o->top > 0 && o->rank == RESULT_RANK_NONE)
		o->rank = RESULT_RANK_SHARPE;
	return 0;
}

static int
check(struct options *o, const struct cli *cli, struct err *e)
{
	char size[NUM_TEXT_SIZE];

	if (o->size.kind == SIZE_FIXED && !o->fractional &&
	    o->size.quantity % NUM_MONEY_ONE != 0) {
		(void)num_put_scaled(size, o->size.quantity, NUM_MONEY_SCALE);
		return err_set(e, EX_USAGE,
		    "--size: %s is not a whole number of shares: "
		    "add --fractional",
		    size);
	}
	if (o->build_cache && o->no_cache)
		return err_set(e, EX_USAGE,
		    "--build-cache and --no-cache contradict each other");
	if (check_alone(o, cli, e) != 0)
		return e->status;
	if (options_sweep(o) && check_sweep(o, e) != 0)
		return e->status;
	return check_range(o, cli, e);
}

int
options_check(struct options *o, const struct cli *cli, struct err *e)
{
	int rc = check(o, cli, e);

	return rc != 0 ? cli_blame(cli, e) : 0;
}

int
options_output(const struct options *o, const char *path, struct err *e)
{
	const char *output = o->common.output;

	if (output == NULL)
		return 0;
	if (path != NULL &&
	    (strcmp(path, "-") == 0 ? path_is_open(output, STDIN_FILENO)
				    : path_same(output, path)))
		return err_set(e, EX_USAGE, "--output: '%s' is the input",
		    output);
	if (o->strategy != NULL && path_same(output, o->strategy) &&
	    strategy_is_file(o->strategy))
		return err_set(e, EX_USAGE, "--output: '%s' is the strategy",
		    output);
	return 0;
}

int
options_operand(const char *const *args, size_t n, const char **path,
    struct err *e)
{
	for (size_t i = 0; i < n; i++)
		if (strategy_has_ending(args[i]))
			return err_set(e, EX_USAGE,
			    "'%s' is a strategy file: -s %s", args[i], args[i]);
	if (n > 1)
		return err_set(e, EX_USAGE, "one operand too many: '%s'",
		    args[1]);
	*path = n > 0 ? args[0] : "-";
	return 0;
}

int
options_fit(const struct options *o, const struct strategy *s, struct err *e)
{
	if (o->direction == ORDER_LONG &&
	    (s->missing >> STRATEGY_ENTRY & 1) != 0 &&
	    s->rules[STRATEGY_SHORT_ENTRY] != NULL)
		return err_set(e, EX_USAGE,
		    "--strategy: '%s' has rules for short positions only: "
		    "add --direction=short",
		    s->name);
	return 0;
}
