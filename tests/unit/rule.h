/* SPDX-License-Identifier: MIT */
/*
 * Texts of the strategy language for tests, compiled and stepped over bars: a
 * rule, or a number, so that indicators can be looked at.
 */
#ifndef RULE_H
#define RULE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "strategy/param.h"
#include "strategy/parse.h"
#include "strategy/value.h"
#include "unit.h"

struct rule {
	struct params params;
	struct param_names used;
	struct expr x;
	size_t node; /* of the text's value */
	struct err e;
	struct expr_account account;
	int64_t bars; /* stepped so far */
	int64_t ahead_ns;
	int rc;
};

static inline void
rule_collect(struct rule *r, const struct lex_source *source)
{
	r->rc = param_collect(&r->params, source, &r->used, &r->e);
	if (r->rc == 0)
		r->rc = param_check(&r->params, &r->used, &r->e);
}

/* rule_open(r, text): compile; ->rc and ->e say whether that went well. */
static inline void
rule_open(struct rule *r, const char *text)
{
	struct lex_source source = {"rule", text, EX_USAGE};
	struct parse_scope scope = {.x = &r->x, .params = &r->params};
	struct parse_value value = {0};
	struct buf needs = {0};

	rule_collect(r, &source);
	if (r->rc == 0)
		r->rc = parse_rule(&scope, &source, &value, &needs, &r->e);
	parse_scope_release(&scope);
	buf_release(&needs);
	r->node = value.node;
}

/* rule_open_number(r, text): the same for a text that is one value. */
static inline void
rule_open_number(struct rule *r, const char *text)
{
	struct lex_source source = {"value", text, EX_USAGE};
	struct parse_scope scope = {.x = &r->x, .params = &r->params};
	struct parse_values values = {0};

	rule_collect(r, &source);
	if (r->rc == 0)
		r->rc = parse_values(&scope, &source, &values, &r->e);
	if (r->rc == 0)
		r->node = values.at[0].node;
	VEC_RELEASE(&values);
}

static inline void
rule_close(struct rule *r)
{
	expr_release(&r->x);
	param_release(&r->params);
	param_names_release(&r->used);
	*r = (struct rule){0};
}

/* rule_refused(text, msg, caret): check that, with this below the excerpt. */
static inline void
rule_refused(const char *text, const char *msg, const char *caret)
{
	struct rule r = {0};

	rule_open(&r, text);
	CHECK_INT(r.rc, EX_USAGE);
	CHECK_STR(r.e.msg, msg);
	CHECK_STR(r.e.excerpt + strcspn(r.e.excerpt, "\n") + 1, caret);
	rule_close(&r);
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

/* rule_value(r): of the text, at the last bar. */
static inline struct value
rule_value(const struct rule *r)
{
	return r->x.at[r->node].value;
}

/* rule_step(r, bar): take the bar in; the value of the text at its close. */
static inline struct value
rule_step(struct rule *r, const struct bar *bar)
{
	struct expr_moment moment = {bar, r->bars++, r->ahead_ns, r->account};

	expr_step(&r->x, &moment);
	return rule_value(r);
}

/* rule_double(r): the same number as a double; NaN where it is absent. */
static inline double
rule_double(const struct rule *r)
{
	const struct expr_node *node = &r->x.at[r->node];

	if (node->value.kind == VALUE_ABSENT)
		return (double)NAN;
	return value_double(node->value, node->den);
}

#endif
