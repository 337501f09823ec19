/* SPDX-License-Identifier: MIT */
/* A strategy as the text of a strategy file. */
#include "strategy/show.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "strategy/lex.h"

/* The next parameter of a text, or NULL at its end. */
static const struct param *
next_param(struct lex *l, const struct params *params, struct lex_default *d)
{
	struct err ignored = {0};
	struct lex_token t;

	while (lex_next(l, &t, &ignored) == 0 && t.kind != LEX_END)
		if (t.kind == LEX_PARAM && lex_default(l, d, &ignored) == 0)
			return param_find(params, t.text, t.len);
	return NULL;
}

/* Appends ${text}, which was compiled, with the values that are in force. */
static void
put_text(const struct params *params, const char *text, struct buf *to)
{
	bool *shown = mem_alloc(params->n + 1, sizeof(*shown));
	struct lex_source source = {"", text, EX_SOFTWARE};
	const struct param *p;
	struct lex_default d;
	struct lex l;
	size_t done = 0;

	lex_init(&l, &source);
	while ((p = next_param(&l, params, &d)) != NULL)
		shown[p - params->at] |= d.is;
	lex_init(&l, &source);
	while ((p = next_param(&l, params, &d)) != NULL) {
		if (d.is && p->given) {
			buf_add(to, text + done, d.at - done);
			buf_str(to, p->text);
			done = l.at;
		} else if (!shown[p - params->at]) {
			/* Its value came from elsewhere. */
			buf_add(to, text + done, l.at - done);
			buf_fmt(to, "=%s", p->text);
			done = l.at;
			shown[p - params->at] = true;
		}
	}
	buf_str(to, text + done);
	free(shown);
}

/* In a file a name like that of a rule would be that rule. */
static int
check_names(const struct strategy *s, enum strategy_rule rule, struct err *e)
{
	struct err ignored = {0};
	struct lex_token name, sign;
	struct lex l;

	lex_init(&l, &(struct lex_source){"", s->rules[rule], EX_SOFTWARE});
	sign = (struct lex_token){.kind = LEX_SIGN};
	do {
		name = sign;
		if (lex_next(&l, &sign, &ignored) != 0)
			break;
		for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
			if (lex_is(&sign, "=") &&
			    lex_is(&name, strategy_rule_name(r)))
				return err_set(e, EX_USAGE,
				    "--show: %s gives a value to '%s', which "
				    "would be a rule in a file",
				    strategy_rule_name(rule),
				    strategy_rule_name(r));
	} while (sign.kind != LEX_END);
	return 0;
}

static void
put_rule(const struct strategy *s, enum strategy_rule rule, struct buf *to)
{
	const char *text = s->rules[rule];

	/* What stands before the value gives names to others. */
	buf_add(to, text, s->bodies[rule]);
	buf_fmt(to, "%s = %s\n", strategy_rule_name(rule),
	    text + s->bodies[rule]);
}

static int
put_rules(const struct strategy *s, struct buf *to, struct err *e)
{
	struct buf text = {0};
	int rc = 0;

	for (enum strategy_rule r = 0; rc == 0 && r < STRATEGY_RULES; r++) {
		if (s->rules[r] == NULL)
			continue;
		rc = check_names(s, r, e);
		put_rule(s, r, &text);
	}
	if (rc == 0)
		put_text(&s->params, buf_text(&text), to);
	buf_release(&text);
	return rc;
}

/* The name of a file may hold what no file of the language may. */
static void
put_comment(const char *name, struct buf *to)
{
	size_t n = strlen(name);

	buf_str(to, "# ");
	while (n > 0) {
		struct utf8_glyph glyph = utf8_glyph(name, n);

		buf_add(to, glyph.text, glyph.len);
		name += glyph.used;
		n -= glyph.used;
	}
	buf_char(to, '\n');
}

int
show_strategy(const struct strategy *s, const struct strategy_opts *opts,
    struct buf *to, struct err *e)
{
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		if (s->stem != NULL && opts->rules[r] != NULL)
			return err_set(e, EX_USAGE,
			    "--show: shows a file as it is, not with another "
			    "rule for '%s'",
			    strategy_rule_name(r));
	put_comment(s->name, to);
	for (size_t i = 0; i < s->params.n; i++)
		buf_fmt(to, "# $%s is %s\n", s->params.at[i].name,
		    s->params.at[i].text);
	if (s->stem != NULL) {
		put_text(&s->params, buf_text(&s->file), to);
		return 0;
	}
	return put_rules(s, to, e);
}
