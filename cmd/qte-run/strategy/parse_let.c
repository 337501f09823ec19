/* SPDX-License-Identifier: MIT */
/* The typed parser: the names that a text gives to values. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "strategy/field.h"
#include "strategy/parser.h"

/* The last of the first ${n} names that is ${name}. */
static struct parse_name *
find(const struct parse_names *names, size_t n, const struct lex_token *name)
{
	while (n-- > 0) {
		struct parse_name *let = &names->at[n];

		if (let->name.len == name->len &&
		    memcmp(let->name.text, name->text, name->len) == 0)
			return let;
	}
	return NULL;
}

struct parse_name *
parse_let_find(const struct parse_names *names, const struct lex_token *name)
{
	return find(names, names->n, name);
}

/* Is the next word a name that is given a value; then go on behind the "=". */
static int
start_let(struct parser *p, struct lex_token *name, bool *is, struct err *e)
{
	struct lex lex = p->lex;
	struct lex_token token = p->token;
	size_t end = p->end;
	int rc;

	*name = token;
	*is = false;
	if (token.kind != LEX_NAME)
		return 0;
	rc = parse_advance(p, e);
	if (rc == 0 && lex_is(&p->token, "=")) {
		struct lex_token sign = p->token;

		*is = true;
		rc = parse_advance(p, e);
		return rc != 0 ? rc : parse_hint_operand(p, &sign, NULL, e);
	}
	p->lex = lex;
	p->token = token;
	p->end = end;
	return rc;
}

static int
other_value(const struct parser *p, const struct parse_name *same,
    const struct lex_token *name, struct err *e)
{
	bool elsewhere = strcmp(same->source, p->lex.name) != 0;

	return lex_err(&p->lex, name, e, "'%.*s' has another value already%s%s",
	    (int)name->len, name->text, elsewhere ? ", in " : "",
	    elsewhere ? same->source : "");
}

static int
taken(const struct parser *p, const struct lex_token *name, struct err *e)
{
	enum expr_field field;

	lex_err(&p->lex, name, e, "'%.*s' has a meaning already",
	    (int)name->len, name->text);
	if (field_find(name->text, name->len, &field))
		err_add(e, ": take another name, or compare by '=='");
	return e->status;
}

int
parse_let(struct parser *p, struct parse_name *let, bool *is, struct err *e)
{
	const struct parse_name *same;
	struct typed_operand value = {0};
	int rc = start_let(p, &let->name, is, e);

	let->source = p->lex.name;
	let->used = let->here = false;
	if (rc != 0 || !*is)
		return rc;
	if (parse_atom_taken(p, &let->name))
		return taken(p, &let->name, e);
	rc = parse_choice(p, &value, e);
	if (rc == 0)
		rc = parse_end(p, e);
	same = parse_let_find(&p->scope->names, &let->name);
	if (rc == 0 && same != NULL && same->node != value.node)
		return other_value(p, same, &let->name, e);
	let->node = value.node;
	let->text = value.text;
	return rc;
}

bool
parse_let_suggest(const struct parser *p, const char *word, struct err *e)
{
	const struct parse_names *lets = &p->scope->names;
	struct param_names names = {0};
	bool near;

	for (enum expr_field f = 0; f < EXPR_FIELDS; f++)
		*VEC_PUSH(&names) =
		    mem_text(field_name(f), strlen(field_name(f)));
	for (size_t i = 0; i < lets->n; i++)
		*VEC_PUSH(&names) =
		    mem_text(lets->at[i].name.text, lets->at[i].name.len);
	near = err_suggest(e, word, (const char *const *)names.at, names.n,
	    sizeof(names.at[0]));
	param_names_release(&names);
	return near;
}

/* Marks those of the first ${n} names that stand in ${value}, read before. */
static void
mark(const struct parse_names *names, size_t n, const struct lex_token *value,
    bool *needed)
{
	char *text = mem_text(value->text, value->len);
	struct err ignored = {0};
	struct lex_token token;
	struct lex lex;

	lex_init(&lex, &(struct lex_source){"", text, EX_SOFTWARE});
	while (lex_next(&lex, &token, &ignored) == 0 && token.kind != LEX_END) {
		const struct parse_name *let = find(names, n, &token);

		if (token.kind == LEX_NAME && let != NULL)
			needed[let - names->at] = true;
	}
	free(text);
}

/* Appends those of the first ${n} names that are needed, and what they need. */
static void
put_needed(const struct parse_names *names, size_t n, bool *needed,
    struct buf *to)
{
	for (size_t i = n; i-- > 0;)
		if (needed[i])
			mark(names, i, &names->at[i].text, needed);
	for (size_t i = 0; i < n; i++) {
		const struct parse_name *let = &names->at[i];

		if (needed[i])
			buf_fmt(to, "%.*s = %.*s; ", (int)let->name.len,
			    let->name.text, (int)let->text.len, let->text.text);
	}
}

char *
parse_let_text(const struct parse_names *names, const struct lex_token *value)
{
	bool *needed = mem_alloc(names->n + 1, sizeof(*needed));
	struct buf text = {0};

	mark(names, names->n, value, needed);
	put_needed(names, names->n, needed, &text);
	buf_add(&text, value->text, value->len);
	free(needed);
	return buf_detach(&text);
}

void
parse_let_needs(const struct parse_names *names, size_t n, struct buf *to)
{
	bool *needed = mem_alloc(n + 1, sizeof(*needed));

	for (size_t i = 0; i < n; i++)
		needed[i] = names->at[i].here;
	put_needed(names, n, needed, to);
	free(needed);
}
