/* SPDX-License-Identifier: MIT */
/* Parameters of a strategy. */
#include "strategy/param.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"

bool
param_number(const char *text, size_t len, struct value *value, uint64_t *den)
{
	int64_t units;
	double number;

	if (num_read_price(text, len, &units) == NUM_OK) {
		*value = (struct value){.kind = VALUE_EXACT, .units = units};
		*den = 1;
		return true;
	}
	if (num_read_double(text, len, &number) != NUM_OK)
		return false;
	*value = value_number(number);
	*den = 0;
	return true;
}

static struct param *
find(const struct params *ps, const char *name, size_t len)
{
	for (size_t i = 0; i < ps->n; i++)
		if (strlen(ps->at[i].name) == len &&
		    memcmp(ps->at[i].name, name, len) == 0)
			return &ps->at[i];
	return NULL;
}

const struct param *
param_find(const struct params *ps, const char *name, size_t len)
{
	return find(ps, name, len);
}

/* Adds parameter ${name} with the value ${text}.  Return NULL if that is no
 * number. */
static struct param *
add(struct params *ps, const char *name, size_t len, const char *text,
    size_t text_len)
{
	struct value value;
	uint64_t den;

	if (!param_number(text, text_len, &value, &den))
		return NULL;
	struct param *p = VEC_PUSH(ps);

	*p = (struct param){
	    .name = mem_text(name, len),
	    .text = mem_text(text, text_len),
	    .value = value,
	    .den = den,
	};
	return p;
}

int
param_give(struct params *ps, const char *text, struct err *e)
{
	const char *equals = strchr(text, '=');
	size_t len;

	if (equals == NULL || equals == text)
		return err_set(e, EX_USAGE,
		    "'%s' is not NAME=VALUE, as fast=10", text);
	len = (size_t)(equals - text);
	if (len > PARAM_NAME_MAX)
		return err_set(e, EX_USAGE,
		    "'%.*s': the name has more than %d bytes", (int)len, text,
		    PARAM_NAME_MAX);
	if (ps->n == PARAM_MAX)
		return err_set(e, EX_USAGE, "more than %d parameters",
		    PARAM_MAX);
	if (find(ps, text, len) != NULL)
		return err_set(e, EX_USAGE, "'%.*s' is given twice", (int)len,
		    text);
	struct param *p = add(ps, text, len, equals + 1, strlen(equals + 1));

	if (p == NULL)
		return err_set(e, EX_USAGE,
		    "%.*s: '%s' is not a "
		    "number",
		    (int)len, text, equals + 1);
	p->given = true;
	return 0;
}

static int
define(struct params *ps, const struct lex *l, const struct lex_token *name,
    const char *text, struct err *e)
{
	struct param *old = find(ps, name->text, name->len);

	if (old == NULL) {
		old = add(ps, name->text, name->len, text, strlen(text));
		if (old == NULL)
			return lex_err(l, name, e, "'%s' is too large", text);
		return 0;
	}
	if (!old->given && strcmp(old->text, text) != 0)
		return lex_err(l, name, e, "$%s has two defaults, %s and %s",
		    old->name, old->text, text);
	return 0;
}

/* A parameter was met; takes the default that may stand behind it. */
static int
take_default(struct params *ps, struct lex *l, const struct lex_token *name,
    struct err *e)
{
	struct lex_default value;
	struct buf text = {0};
	int rc = lex_default(l, &value, e);

	if (rc != 0 || !value.is)
		return rc;
	buf_str(&text, value.minus ? "-" : "");
	buf_add(&text, value.number.text, value.number.len);
	rc = define(ps, l, name, buf_text(&text), e);
	buf_release(&text);
	return rc;
}

static int
check_size(const struct params *ps, const struct lex *l,
    const struct lex_token *name, struct err *e)
{
	if (name->len > PARAM_NAME_MAX)
		return lex_err(l, name, e, "the name has more than %d bytes",
		    PARAM_NAME_MAX);
	if (ps->n == PARAM_MAX && param_find(ps, name->text, name->len) == NULL)
		return lex_err(l, name, e, "more than %d parameters",
		    PARAM_MAX);
	return 0;
}

int
param_collect(struct params *ps, const struct lex_source *source,
    struct param_names *used, struct err *e)
{
	struct lex l;
	struct lex_token t;
	int rc;

	lex_init(&l, source);
	while ((rc = lex_next(&l, &t, e)) == 0 && t.kind != LEX_END) {
		if (t.kind != LEX_PARAM)
			continue;
		rc = check_size(ps, &l, &t, e);
		if (rc != 0)
			break;
		*VEC_PUSH(used) = mem_text(t.text, t.len);
		rc = take_default(ps, &l, &t, e);
		if (rc != 0)
			break;
	}
	return rc;
}

/* Whether ${name} is one of the first ${n}. */
static bool
is_used(const struct param_names *used, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(used->at[i], name) == 0)
			return true;
	return false;
}

static void
list_names(const struct param_names *used, struct err *e)
{
	err_add(e, used->n > 0 ? "; there are" : "; there are none");
	for (size_t i = 0; i < used->n; i++)
		if (!is_used(used, i, used->at[i]))
			err_add(e, "%s %s", i > 0 ? "," : "", used->at[i]);
}

int
param_check(const struct params *ps, const struct param_names *used,
    struct err *e)
{
	for (size_t i = 0; i < ps->n; i++) {
		const char *name = ps->at[i].name;

		if (is_used(used, used->n, name))
			continue;
		err_set(e, EX_USAGE, "unknown parameter '%s'", name);
		if (!err_suggest(e, name, (const char *const *)used->at,
			used->n, sizeof(used->at[0])))
			list_names(used, e);
		return e->status;
	}
	return 0;
}

void
param_fill(struct params *ps, const struct param_names *used,
    const struct params *from)
{
	for (size_t i = 0; i < used->n; i++) {
		const char *name = used->at[i];
		const struct param *p = find(from, name, strlen(name));

		if (p != NULL && find(ps, name, strlen(name)) == NULL)
			(void)add(ps, name, strlen(name), p->text,
			    strlen(p->text));
	}
}

void
param_order(struct params *ps, const struct param_names *used)
{
	size_t done = 0;

	for (size_t i = 0; i < used->n; i++) {
		struct param *p = find(ps, used->at[i], strlen(used->at[i]));

		if (p == NULL || p < ps->at + done)
			continue;
		struct param swapped = ps->at[done];

		ps->at[done++] = *p;
		*p = swapped;
	}
}

void
param_list(const struct params *ps, struct buf *text)
{
	for (size_t i = 0; i < ps->n; i++)
		buf_fmt(text, "%s=%s\n", ps->at[i].name, ps->at[i].text);
}

void
param_release(struct params *ps)
{
	for (size_t i = 0; i < ps->n; i++) {
		free(ps->at[i].name);
		free(ps->at[i].text);
	}
	VEC_RELEASE(ps);
}

void
param_names_release(struct param_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->at[i]);
	VEC_RELEASE(names);
}
