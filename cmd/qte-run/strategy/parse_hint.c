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

/* A word of other languages, and what stands for it here. */
struct meant {
	const char *word, *here;
};

static const struct meant words[] = {
    {"and", "did you mean 'and'?"},
    {"or", "did you mean 'or'?"},
    {"not", "did you mean 'not'?"},
    {"true", "did you mean 'true'?"},
    {"false", "did you mean 'false'?"},
    {"crossover", "did you mean 'cross_above'?"},
    {"crosses_above", "did you mean 'cross_above'?"},
    {"crossunder", "did you mean 'cross_below'?"},
    {"crosses_below", "did you mean 'cross_below'?"},
    {"cross", "did you mean 'crossed'?"},
    {"stdev", "did you mean 'stddev'?"},
    {"std", "did you mean 'stddev'?"},
    {"change", "did you mean 'mom'?"},
    {"mean", "did you mean 'sma'?"},
    {"avg", "did you mean 'sma'?"},
    {"ma", "did you mean 'sma'?"},
    {"sum", "write n * sma(x,n)"},
    {"shift", "write x[n]"},
    {"ref", "write x[n]"},
    {"if", "write c ? a : b"},
    {"iff", "write c ? a : b"},
    {"position", "did you mean 'pos'?"},
    {"dayofweek", "did you mean 'weekday'?"},
    {"ta", "functions stand without 'ta.'"},
    {"math", "functions stand without 'math.'"},
};

static const char *
find_meant(const struct meant *table, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (strcasecmp(word, table[i].word) == 0)
			return table[i].here;
	return NULL;
}

bool
parse_hint_word(const char *name, struct err *e)
{
	const char *here = find_meant(words, QTE_COUNT(words), name);

	if (here != NULL)
		err_add(e, "; %s", here);
	return here != NULL;
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

/* Whether the line ends here, and the next one gives a name its value. */
static bool
next_line_is_let(const struct parser *p)
{
	struct lex l = p->lex;
	struct err ignored = {0};
	struct lex_token t;

	return p->token.kind == LEX_BREAK && p->token.text[0] != ';' &&
	    lex_next(&l, &t, &ignored) == 0 && t.kind == LEX_NAME &&
	    lex_next(&l, &t, &ignored) == 0 && lex_is(&t, "=");
}

/* What stands for ${left} percent. */
static int
percent(const struct parser *p, const struct lex_token *sign,
    const struct typed_operand *left, struct err *e)
{
	const struct expr_node *node = &p->typed.x->at[left->node];
	struct value value = value_whole(3);
	char whole[NUM_TEXT_SIZE], share[NUM_TEXT_SIZE];

	if (node->op == EXPR_CONST && node->value.kind == VALUE_EXACT)
		value = node->value;
	num_put_scaled(whole, value.units, NUM_PRICE_SCALE);
	num_put_scaled(share, value.units, NUM_PRICE_SCALE + 2);
	return lex_err(&p->lex, sign, e,
	    "a value should stand behind '%%', the remainder of a division; "
	    "for %s percent write %s, or %s beside what is in percent",
	    whole, share, whole);
}

int
parse_hint_operand(const struct parser *p, const struct lex_token *sign,
    const struct typed_operand *left, struct err *e)
{
	bool let = next_line_is_let(p);

	if (lex_is(sign, "%") && (let || !begins_value(&p->token)))
		return percent(p, sign, left, e);
	if (!let)
		return 0;
	return lex_err(&p->lex, sign, e,
	    "a value should stand behind '%.*s', and the next line begins "
	    "another one",
	    (int)sign->len, sign->text);
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

/* What rules are called elsewhere. */
static const struct meant rules_elsewhere[] = {
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
	const char *here =
	    find_meant(rules_elsewhere, QTE_COUNT(rules_elsewhere), word);

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
