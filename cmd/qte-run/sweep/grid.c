/* SPDX-License-Identifier: MIT */
/* Combinations of parameters. */
#include "sweep/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "strategy/field.h"
#include "strategy/parse.h"

bool
grid_is(const char *text)
{
	const char *value = strchr(text, '=');

	return value != NULL && strpbrk(value, ",:") != NULL;
}

static void
add_value(struct grid_axis *axis, int64_t units)
{
	char text[NUM_TEXT_SIZE];
	size_t n = num_put_scaled(text, units, NUM_PRICE_SCALE);

	*VEC_PUSH(axis) = mem_text(text, n);
}

static int
bad_item(const struct grid_axis *axis, const char *text, size_t n,
    struct err *e)
{
	return err_set(e, EX_USAGE,
	    "%s: '%.*s' is not a number, nor LOW:HIGH or LOW:HIGH:STEP",
	    axis->name, (int)n, text);
}

static int
too_many(struct err *e)
{
	return err_set(e, EX_USAGE, "more than %d combinations of parameters",
	    GRID_MAX);
}

/* The numbers between colons; return how many, or 0 for what is none. */
static size_t
read_range(const char *text, size_t n, int64_t units[3])
{
	size_t count = 0, at = 0;

	while (at <= n && count < 3) {
		const char *colon = memchr(text + at, ':', n - at);
		size_t end = colon != NULL ? (size_t)(colon - text) : n;

		if (num_read_price(text + at, end - at, &units[count++]) !=
		    NUM_OK)
			return 0;
		at = end + 1;
	}
	return at > n ? count : 0;
}

static int
add_item(struct grid_axis *axis, const char *text, size_t n, struct err *e)
{
	int64_t range[3] = {0, 0, NUM_PRICE_ONE};
	size_t count = read_range(text, n, range);
	num_i128 last;

	if (count == 0)
		return bad_item(axis, text, n, e);
	if (count == 1)
		range[1] = range[0];
	if (range[2] <= 0 || range[1] < range[0])
		return err_set(e, EX_USAGE,
		    "%s: '%.*s' does not go from low to high by a step above 0",
		    axis->name, (int)n, text);
	last = ((num_i128)range[1] - range[0]) / range[2];
	if (last >= GRID_MAX - (num_i128)axis->n)
		return too_many(e);
	for (int64_t i = 0; i <= (int64_t)last; i++)
		add_value(axis, range[0] + i * range[2]);
	return 0;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int
twice(const struct grid_axis *axis, struct err *e)
{
	char **sorted;
	int rc = 0;

	if (axis->n < 2)
		return 0;
	sorted = mem_alloc(axis->n, sizeof(char *));
	memcpy(sorted, axis->at, axis->n * sizeof(char *));
	qsort(sorted, axis->n, sizeof(char *), compare);
	for (size_t i = 1; rc == 0 && i < axis->n; i++)
		if (strcmp(sorted[i - 1], sorted[i]) == 0)
			rc = err_set(e, EX_USAGE,
			    "%s: the value %s stands there twice", axis->name,
			    sorted[i]);
	free(sorted);
	return rc;
}

int
grid_add(struct grid *g, const char *text, struct err *e)
{
	const char *value = strchr(text, '=');
	struct grid_axis *axis;
	int rc = 0;

	if (value == NULL || value == text)
		return err_set(e, EX_USAGE,
		    "'%s' is not NAME=VALUE, as fast=10", text);
	axis = VEC_PUSH(&g->axes);
	*axis =
	    (struct grid_axis){.name = mem_text(text, (size_t)(value - text))};
	do {
		const char *item = value + 1;
		size_t n = strcspn(item, ",");

		rc = add_item(axis, item, n, e);
		value = item + n;
	} while (rc == 0 && *value == ',');
	if (rc == 0)
		rc = twice(axis, e);
	if (rc != 0)
		return rc;
	g->n = (g->axes.n == 1 ? 1 : g->n) * axis->n;
	return g->n > GRID_MAX ? too_many(e) : 0;
}

const char *
grid_value(const struct grid *g, size_t k, size_t axis)
{
	for (size_t i = g->axes.n; --i > axis;)
		k /= g->axes.at[i].n;
	return g->axes.at[axis].at[k % g->axes.at[axis].n];
}

/* Let each parameter go by its name, but for those that mean something else. */
static void
name_params(struct parse_scope *scope)
{
	for (size_t i = 0; i < scope->params->n; i++) {
		const struct param *p = &scope->params->at[i];
		struct expr_node node = {.op = EXPR_CONST,
		    .value = p->value,
		    .den = p->den};
		enum expr_field field;

		if (field_find(p->name, strlen(p->name), &field))
			continue;
		*VEC_PUSH(&scope->names) = (struct parse_name){
		    .name = {.text = p->name, .len = strlen(p->name)},
		    .text = {.text = p->text, .len = strlen(p->text)},
		    .source = "--param",
		    .node = expr_add(scope->x, &node)};
	}
}

static int
give(struct params *to, const char *name, const char *value, struct err *e)
{
	struct buf text = {0};
	int rc;

	buf_fmt(&text, "%s=%s", name, value);
	rc = param_give(to, buf_text(&text), e);
	buf_release(&text);
	return rc;
}

/* The values of combination ${k}, and of what all of them have. */
static int
give_all(const struct grid *g, size_t k, const struct params *others,
    struct params *to, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < g->axes.n; i++)
		rc = give(to, g->axes.at[i].name, grid_value(g, k, i), e);
	for (size_t i = 0; rc == 0 && i < others->n; i++) {
		const struct param *p = &others->at[i];

		if (param_find(to, p->name, strlen(p->name)) == NULL)
			rc = give(to, p->name, p->text, e);
	}
	return rc;
}

static int
no_bars(const struct expr *x, const struct params *params, struct err *e)
{
	for (size_t i = 0; i < x->n; i++) {
		if (x->at[i].op != EXPR_FIELD)
			continue;

		const char *name = field_name(x->at[i].field);

		err_set(e, EX_USAGE,
		    "--where: '%s' is of a bar, "
		    "but the condition is about parameters",
		    name);
		if (param_find(params, name, strlen(name)) != NULL)
			err_add(e, ": $%s is one", name);
		return e->status;
	}
	return 0;
}

int
grid_keeps(const struct grid *g, size_t k, const struct grid_where *where,
    bool *keeps, struct err *e)
{
	struct expr x = {0};
	struct params params = {0};
	struct parse_scope scope = {.x = &x, .params = &params};
	struct lex_source source = {"--where", where->condition, EX_USAGE};
	struct parse_value value;
	struct buf needs = {0};
	int rc = give_all(g, k, where->params, &params, e);

	if (rc == 0) {
		name_params(&scope);
		rc = parse_rule(&scope, &source, &value, &needs, e);
	}
	if (rc == 0)
		rc = no_bars(&x, &params, e);
	if (rc == 0) {
		expr_step(&x, &(struct expr_moment){0});
		*keeps = value_true(x.at[value.node].value);
	}
	buf_release(&needs);
	parse_scope_release(&scope);
	param_release(&params);
	expr_release(&x);
	return rc;
}

void
grid_release(struct grid *g)
{
	for (size_t i = 0; i < g->axes.n; i++) {
		struct grid_axis *axis = &g->axes.at[i];

		for (size_t k = 0; k < axis->n; k++)
			free(axis->at[k]);
		free(axis->name);
		VEC_RELEASE(axis);
	}
	VEC_RELEASE(&g->axes);
}
