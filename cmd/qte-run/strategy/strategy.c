/* SPDX-License-Identifier: MIT */
/* A strategy: its rules, compiled together. */
#include "strategy/strategy.h"

#include "strategy/builtin.h"
#include "strategy/parse.h"

static const char *const rule_names[STRATEGY_RULES] = {"entry", "exit",
    "short_entry", "short_exit"};

/* What the rules are called in messages: the option that gives them. */
static const char *const rule_places[STRATEGY_RULES] = {"--entry", "--exit",
    "--short-entry", "--short-exit"};

const char *
strategy_rule_name(enum strategy_rule rule)
{
	return rule_names[rule];
}

/* Finds the texts of the rules: those given, then those of the strategy. */
static int
choose_rules(struct strategy *s, const struct strategy_opts *opts,
    struct err *e)
{
	const char **entry = &s->rules[STRATEGY_ENTRY];
	const char **exit = &s->rules[STRATEGY_EXIT];
	const struct builtin *builtin = NULL;

	for (int r = 0; r < STRATEGY_RULES; r++)
		s->rules[r] = opts->rules[r];
	if (opts->name != NULL &&
	    (builtin = builtin_find(opts->name, e)) == NULL)
		return e->status;
	if (builtin != NULL) {
		s->name =
		    *entry == NULL && *exit == NULL ? builtin->name : "custom";
		*entry = *entry != NULL ? *entry : builtin->entry;
		*exit = *exit != NULL ? *exit : builtin->exit;
		return 0;
	}
	if (*entry == NULL)
		return err_set(e, EX_USAGE,
		    "needs a strategy: --strategy=NAME, or --entry=RULE and "
		    "--exit=RULE");
	s->name = "custom";
	if (*exit == NULL)
		*exit = "false";
	return 0;
}

static int
collect_params(struct strategy *s, const struct strategy_opts *opts,
    struct param_names *used, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < opts->nparams; i++)
		if (param_give(&s->params, opts->params[i], e) != 0)
			rc = err_wrap(e, "--param");
	for (int r = 0; rc == 0 && r < STRATEGY_RULES; r++)
		if (s->rules[r] != NULL)
			rc = param_collect(&s->params, rule_places[r],
			    s->rules[r], used, e);
	if (rc == 0 && param_check(&s->params, used, e) != 0)
		rc = err_wrap(e, "--param");
	param_order(&s->params, used);
	return rc;
}

int
strategy_build(struct strategy *s, const struct strategy_opts *opts,
    struct err *e)
{
	struct param_names used = {0};
	int rc;

	*s = (struct strategy){0};
	rc = choose_rules(s, opts, e);
	if (rc == 0)
		rc = collect_params(s, opts, &used, e);
	for (int r = 0; rc == 0 && r < STRATEGY_RULES; r++)
		if (s->rules[r] != NULL)
			rc = parse_rule(&s->exprs[r], rule_places[r],
			    s->rules[r], &s->params, e);
	param_names_release(&used);
	return rc;
}

strategy_signals
strategy_step(struct strategy *s, const struct bar *bar, int64_t number)
{
	strategy_signals signals = 0;

	for (int r = 0; r < STRATEGY_RULES; r++)
		if (s->rules[r] != NULL &&
		    value_true(expr_step(&s->exprs[r], bar, number)))
			signals |= 1U << r;
	return signals;
}

void
strategy_release(struct strategy *s)
{
	for (int r = 0; r < STRATEGY_RULES; r++)
		expr_release(&s->exprs[r]);
	param_release(&s->params);
}
