/* SPDX-License-Identifier: MIT */
/* A strategy as the text of a strategy file. */
#include "strategy/show.h"

#include <string.h>

#include "strategy/lex.h"

/* Whether "= NUMBER" stands next; then ${at} and ${end} say where NUMBER is. */
static bool
read_default(struct lex *l, size_t *at, size_t *end)
{
	struct lex before = *l;
	struct err ignored = {0};
	struct lex_token t;

	if (lex_next(l, &t, &ignored) != 0 || !lex_is(&t, "=") ||
	    lex_next(l, &t, &ignored) != 0) {
		*l = before;
		return false;
	}
	*at = t.at;
	if (lex_is(&t, "-") && lex_next(l, &t, &ignored) != 0)
		return false;
	*end = l->at;
	return true;
}

/*
 * Appends ${text}, which was compiled, with the values that were given, and
 * those whose defaults stand in no text that is shown.
 */
static void
put_text(const struct params *params, const char *text, struct buf *to)
{
	struct lex l;
	struct lex_token t;
	struct err ignored = {0};
	size_t done = 0, at, end;

	lex_init(&l, &(struct lex_source){"", text, EX_SOFTWARE});
	while (lex_next(&l, &t, &ignored) == 0 && t.kind != LEX_END) {
		const struct param *p = t.kind == LEX_PARAM
		    ? param_find(params, t.text, t.len)
		    : NULL;

		if (p == NULL)
			continue;
		if (read_default(&l, &at, &end)) {
			if (!p->given)
				continue;
			buf_add(to, text + done, at - done);
			buf_str(to, p->text);
			done = end;
		} else if (!p->has_default) {
			buf_add(to, text + done, l.at - done);
			buf_fmt(to, "=%s", p->text);
			done = l.at;
		}
	}
	buf_str(to, text + done);
}

static void
put_rule(const struct strategy *s, enum strategy_rule rule, struct buf *to)
{
	const char *text = s->rules[rule];
	struct buf part = {0};

	/* What stands before the value gives names to others. */
	buf_add(&part, text, s->bodies[rule]);
	buf_fmt(&part, "%s = %s\n", strategy_rule_name(rule),
	    text + s->bodies[rule]);
	put_text(&s->params, buf_text(&part), to);
	buf_release(&part);
}

/* The name of a file may hold the end of a line; a comment may not. */
static void
put_comment(const char *name, struct buf *to)
{
	buf_str(to, "# ");
	for (; *name != '\0'; name++)
		buf_char(to, *name == '\n' ? ' ' : *name);
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
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		if (s->rules[r] != NULL)
			put_rule(s, r, to);
	return 0;
}
