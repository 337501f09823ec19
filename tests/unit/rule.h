/* SPDX-License-Identifier: MIT */
/*
 * Rules of the strategy language for tests: a text, compiled and stepped over
 * bars.  What is left of "==" in "(TEXT) == 0" may be a number, so that
 * indicators can be looked at.
 */
#ifndef RULE_H
#define RULE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "strategy/param.h"
#include "strategy/parse.h"
#include "strategy/value.h"

struct rule {
	struct params params;
	struct param_names used;
	struct expr x;
	struct err e;
	int64_t bars; /* stepped so far */
	int rc;
};

/* rule_open(r, text): compile; ->rc and ->e say whether that went well. */
static inline void
rule_open(struct rule *r, const char *text)
{
	r->rc = param_collect(&r->params, "rule", text, &r->used, &r->e);
	if (r->rc == 0)
		r->rc = param_check(&r->params, &r->used, &r->e);
	if (r->rc == 0)
		r->rc = parse_rule(&r->x, "rule", text, &r->params, &r->e);
}

/* rule_open_number(r, text): the same for a text that is a number. */
static inline void
rule_open_number(struct rule *r, const char *text)
{
	char whole[4096];

	snprintf(whole, sizeof(whole), "(%s) == 0", text);
	rule_open(r, whole);
}

static inline void
rule_close(struct rule *r)
{
	expr_release(&r->x);
	param_release(&r->params);
	param_names_release(&r->used);
	*r = (struct rule){0};
}

/* rule_price(text): a price as bars_next would hand it out. */
static inline struct bars_price
rule_price(const char *text)
{
	struct bars_price p = {.exact = true};

	if (num_read_price(text, strlen(text), &p.units) == NUM_OK)
		return p;
	p.exact = false;
	if (num_read_double(text, strlen(text), &p.value) != NUM_OK)
		abort();
	return p;
}

/* rule_bar(close): a bar that has but one price. */
static inline struct bar
rule_bar(struct bars_price price)
{
	return (struct bar){.open = price,
	    .high = price,
	    .low = price,
	    .close = price,
	    .volume = 1};
}

/* rule_step(r, bar): take the bar in; the value of the rule at its close. */
static inline struct value
rule_step(struct rule *r, const struct bar *bar)
{
	return expr_step(&r->x, bar, r->bars++);
}

/* rule_number(r): of rule_open_number, the number at the last bar. */
static inline struct value
rule_number(const struct rule *r)
{
	return r->x.at[r->x.at[r->x.root].arg[0]].value;
}

/* rule_double(r): the same as a double; NaN where it is absent. */
static inline double
rule_double(const struct rule *r)
{
	const struct expr_node *node = &r->x.at[r->x.at[r->x.root].arg[0]];

	if (node->value.kind == VALUE_ABSENT)
		return (double)NAN;
	return value_double(node->value, node->den);
}

#endif
