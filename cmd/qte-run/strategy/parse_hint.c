/* SPDX-License-Identifier: MIT */
/* The typed parser: what may have been meant by what cannot stand. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "strategy/parser.h"

static const char *const operators[] = {"and", "or"};

int
parse_hint(const struct parser *p, struct err *e)
{
	const struct lex_token *t = &p->token;

	if (lex_is(t, "="))
		err_add(e, "; to compare, write '=='");
	if (lex_is(t, ","))
		err_add(e, "; a number has a point, as 0.5");
	if (t->kind == LEX_NAME) {
		char *word = mem_text(t->text, t->len);

		(void)err_suggest(e, word, operators, QTE_COUNT(operators),
		    sizeof(operators[0]));
		free(word);
	}
	return e->status;
}

bool
parse_hint_word(const char *name, struct err *e)
{
	static const char *const words[] = {"and", "or", "not", "true",
	    "false"};

	for (size_t i = 0; i < QTE_COUNT(words); i++) {
		if (strcasecmp(name, words[i]) != 0)
			continue;
		err_add(e, "; did you mean '%s'?", words[i]);
		return true;
	}
	return false;
}

/* Whether the next word can begin a value; a line may end before it does. */
static bool
begins_value(const struct lex_token *t)
{
	switch (t->kind) {
	case LEX_NUMBER:
	case LEX_PARAM:
		return true;
	case LEX_NAME:
		return !lex_is(t, "and") && !lex_is(t, "or");
	case LEX_SIGN:
		return lex_is(t, "(") || lex_is(t, "-");
	case LEX_BREAK:
		return t->text[0] != ';';
	case LEX_END:
		break;
	}
	return false;
}

int
parse_hint_percent(const struct parser *p, const struct lex_token *sign,
    struct err *e)
{
	if (!lex_is(sign, "%") || begins_value(&p->token))
		return 0;
	return lex_err(&p->lex, sign, e,
	    "a value should stand behind '%%', the remainder of a division; "
	    "for 3 percent write 0.03, or 3 beside what is in percent");
}

int
parse_hint_past(const struct parser *p, const struct typed_operand *back,
    struct err *e)
{
	const struct expr_node *node = &p->typed.x->at[back->node];

	err_add(e, ", as [1] for the bar before");
	if (node->op == EXPR_CONST && !node->truth &&
	    value_double(node->value, node->den) < 0)
		err_add(e, "; no later bar is known");
	return e->status;
}

int
parse_hint_swapped(const struct parser *p, const struct typed_operand *first,
    const struct typed_operand *second, struct err *e)
{
	const struct expr *x = p->typed.x;

	if (x->at[first->node].op == EXPR_CONST &&
	    x->at[second->node].op != EXPR_CONST && !x->at[second->node].truth)
		err_add(e, "; did you mean '%.*s, %.*s'?",
		    (int)second->text.len, second->text.text,
		    (int)first->text.len, first->text.text);
	return e->status;
}

/* What rules are called elsewhere, and what stands for it here. */
static const struct meant {
	const char *word, *here;
} meants[] = {
    {"buy", "did you mean 'entry'?"},
    {"long", "did you mean 'entry'?"},
    {"enter", "did you mean 'entry'?"},
    {"long_entry", "did you mean 'entry'?"},
    {"sell", "did you mean 'exit'?"},
    {"close_long", "did you mean 'exit'?"},
    {"long_exit", "did you mean 'exit'?"},
    {"short", "did you mean 'short_entry'?"},
    {"sell_short", "did you mean 'short_entry'?"},
    {"cover", "did you mean 'short_exit'?"},
    {"close_short", "did you mean 'short_exit'?"},
    {"stop", "a stop is a part of exit, as 'or pnl_pct < -5'"},
    {"stop_loss", "a stop is a part of exit, as 'or pnl_pct < -5'"},
    {"take_profit", "it is a part of exit, as 'or pnl_pct > 10'"},
    {"size", "--size sets it"},
    {"direction", "--direction sets it"},
};

int
parse_hint_unused(const struct lex *lex, const struct lex_token *name,
    const struct parse_rules *rules, struct err *e)
{
	char *word = mem_text(name->text, name->len);
	const char *here = NULL;

	for (size_t i = 0; i < QTE_COUNT(meants); i++)
		if (strcasecmp(word, meants[i].word) == 0)
			here = meants[i].here;
	lex_err(lex, name, e, "nothing uses '%s'", word);
	if (here != NULL) {
		err_add(e, "; %s", here);
	} else if (!err_suggest(e, word, rules->names, rules->n,
		       sizeof(rules->names[0]))) {
		err_add(e, ", and it is none of the rules:");
		for (size_t i = 0; i < rules->n; i++)
			err_add(e, " %s", rules->names[i]);
	}
	free(word);
	return e->status;
}
