/* SPDX-License-Identifier: MIT */
/* The typed parser: the names that a text gives to values. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "strategy/field.h"
#include "strategy/parser.h"

struct parser_let *
parse_let_find(const struct parser *p, const struct lex_token *name)
{
	for (size_t i = p->lets.n; i-- > 0;) {
		struct parser_let *let = &p->lets.at[i];

		if (let->name.len == name->len &&
		    memcmp(let->name.text, name->text, name->len) == 0)
			return let;
	}
	return NULL;
}

void
parse_let_suggest(const struct parser *p, const char *word, struct err *e)
{
	struct param_names names = {0};

	for (enum expr_field f = 0; f < EXPR_FIELDS; f++)
		*VEC_PUSH(&names) =
		    mem_text(field_name(f), strlen(field_name(f)));
	for (size_t i = 0; i < p->lets.n; i++)
		*VEC_PUSH(&names) =
		    mem_text(p->lets.at[i].name.text, p->lets.at[i].name.len);
	err_suggest(e, word, (const char *const *)names.at, names.n,
	    sizeof(names.at[0]));
	param_names_release(&names);
}

/* Marks the names that stand in ${value}, which was read before. */
static void
mark(const struct parser *p, const struct lex_token *value, bool *needed)
{
	char *text = mem_text(value->text, value->len);
	struct err ignored = {0};
	struct lex_token token;
	struct lex lex;

	lex_init(&lex, &(struct lex_source){"", text, EX_SOFTWARE});
	while (lex_next(&lex, &token, &ignored) == 0 && token.kind != LEX_END) {
		const struct parser_let *let = parse_let_find(p, &token);

		if (token.kind == LEX_NAME && let != NULL)
			needed[let - p->lets.at] = true;
	}
	free(text);
}

char *
parse_let_text(const struct parser *p, const struct lex_token *value)
{
	bool *needed = mem_alloc(p->lets.n + 1, sizeof(*needed));
	struct buf text = {0};

	mark(p, value, needed);
	for (size_t i = p->lets.n; i-- > 0;)
		if (needed[i])
			mark(p, &p->lets.at[i].text, needed);
	for (size_t i = 0; i < p->lets.n; i++) {
		const struct parser_let *let = &p->lets.at[i];

		if (needed[i])
			buf_fmt(&text, "%.*s = %.*s; ", (int)let->name.len,
			    let->name.text, (int)let->text.len, let->text.text);
	}
	buf_add(&text, value->text, value->len);
	free(needed);
	return buf_detach(&text);
}
