/* SPDX-License-Identifier: MIT */
/* Words of the strategy language. */
#include "strategy/lex.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* By hand, because <ctype.h> follows the locale. */
static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static size_t
name_length(const char *p)
{
	size_t n = 0;

	while (is_letter(p[n]) || (n > 0 && is_digit(p[n])))
		n++;
	return n;
}

static size_t
digits_length(const char *p)
{
	size_t n = 0;

	while (is_digit(p[n]))
		n++;
	return n;
}

static size_t
number_length(const char *p)
{
	size_t n = digits_length(p);

	if (n > 0 && p[n] == '.' && is_digit(p[n + 1]))
		n += 1 + digits_length(p + n + 1);
	if (n > 0 && (p[n] == 'e' || p[n] == 'E')) {
		size_t sign = p[n + 1] == '+' || p[n + 1] == '-';
		size_t digits = digits_length(p + n + 1 + sign);

		n += digits > 0 ? 1 + sign + digits : 0;
	}
	return n;
}

/* The character at ${p}; a byte where that is none. */
static size_t
char_length(const char *p)
{
	uint32_t rune;
	size_t n = utf8_next(p, strlen(p), &rune);

	return n > 0 ? n : 1;
}

/* Signs of other languages, and what they are here. */
static const struct foreign {
	const char *sign, *here;
} foreign[] = {
    {"&&", "and"},
    {"&", "and"},
    {"||", "or"},
    {"|", "or"},
    {"===", "=="},
    {"=>", ">="},
    {"=<", "<="},
    {"<>", "!="},
    {"!", "not"},
};

static const struct foreign *
find_foreign(const char *p)
{
	for (size_t i = 0; i < QTE_COUNT(foreign); i++) {
		size_t n = strlen(foreign[i].sign);

		if (strncmp(p, foreign[i].sign, n) == 0 &&
		    (*p != '!' || p[1] != '='))
			return &foreign[i];
	}
	return NULL;
}

static size_t
sign_length(const char *p)
{
	if (*p == '\0')
		return 0;
	if (strchr("<>=!", *p) != NULL && p[1] == '=')
		return 2;
	return strchr("+-*/%()[],.=<>?:;", *p) != NULL ? 1 : 0;
}

void
lex_init(struct lex *l, const struct lex_source *source)
{
	*l = (struct lex){.name = source->name,
	    .text = source->text,
	    .status = source->status};
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The length of the character at ${text}, or 0 when it has no place there. */
static size_t
passed(const char *text, size_t n)
{
	uint32_t rune;
	size_t len = utf8_next(text, n, &rune);

	return utf8_control(rune) && !is_blank(*text) ? 0 : len;
}

int
lex_check(const struct lex_source *source, size_t len, struct err *e)
{
	struct lex l;
	struct lex_token t = {.at = 0};
	size_t valid = utf8_valid(source->text, len), n = 1;

	lex_init(&l, source);
	for (; t.at < valid && n > 0; t.at += n)
		n = passed(source->text + t.at, valid - t.at);
	if (t.at == len)
		return 0;
	if (t.at == valid)
		return lex_err(&l, &t, e, "not valid UTF-8");
	return lex_err(&l, &t, e, "a %s byte",
	    source->text[t.at] == '\0' ? "NUL" : "control");
}

/* Blanks and comments from ${at} on; whether a line ended among them. */
static bool
skip_blanks(const char *text, size_t *at)
{
	bool ended = false;

	for (;;) {
		if (text[*at] == '#')
			*at += strcspn(text + *at, "\n");
		if (!is_blank(text[*at]))
			return ended;
		ended = ended || text[*at] == '\n';
		++*at;
	}
}

/* Does the line that starts at ${p} carry the one before on. */
static bool
carries_on(const char *p)
{
	size_t n = name_length(p);

	if (n == 2 || n == 3)
		return (n == 2 && memcmp(p, "or", 2) == 0) ||
		    (n == 3 && memcmp(p, "and", 3) == 0);
	return *p != '\0' && strchr("+-*/%<>=!?:[)],.", *p) != NULL;
}

static void
measure(const char *p, struct lex_token *t)
{
	if (*p == '$' && (t->len = name_length(p + 1)) > 0) {
		t->kind = LEX_PARAM;
		t->text = p + 1;
	} else if ((t->len = name_length(p)) > 0) {
		t->kind = LEX_NAME;
	} else if ((t->len = number_length(p)) > 0) {
		t->kind = LEX_NUMBER;
	} else if ((t->len = sign_length(p)) > 0) {
		t->kind = *p == ';' ? LEX_BREAK : LEX_SIGN;
	}
}

/* Keeps count of the brackets that are open. */
static void
count_brackets(struct lex *l, char c)
{
	if (c == '(' || c == '[')
		l->depth++;
	else if ((c == ')' || c == ']') && l->depth > 0)
		l->depth--;
}

/* Nothing of the language stands at ${t}. */
static int
no_word(const struct lex *l, struct lex_token *t, struct err *e)
{
	const struct foreign *other = find_foreign(t->text);

	t->len = other != NULL ? strlen(other->sign) : char_length(t->text);
	if (*t->text == '$')
		return lex_err(l, t, e, "a parameter needs a name, as $fast");
	lex_err(l, t, e, "'%.*s' has no meaning here", (int)t->len, t->text);
	if (other != NULL)
		err_add(e, "; did you mean '%s'?", other->here);
	return e->status;
}

int
lex_next(struct lex *l, struct lex_token *t, struct err *e)
{
	size_t start = l->at;
	bool ended = skip_blanks(l->text, &l->at) && l->depth == 0;
	const char *p = l->text + l->at;

	*t = (struct lex_token){LEX_END, p, 0, l->at};
	if (*p == '\0')
		return 0;
	if (ended && !carries_on(p)) {
		*t = (struct lex_token){LEX_BREAK, l->text + start, 1, start};
		return 0;
	}
	measure(p, t);
	if (t->len == 0 || find_foreign(p) != NULL)
		return no_word(l, t, e);
	l->at += t->len + (t->kind == LEX_PARAM);
	count_brackets(l, *p);
	/* "10x" is neither a number nor a name. */
	if (t->kind == LEX_NUMBER && is_letter(l->text[l->at])) {
		t->len += name_length(l->text + l->at);
		return lex_err(l, t, e, "'%.*s' is not a number", (int)t->len,
		    t->text);
	}
	return 0;
}

int
lex_default(struct lex *l, struct lex_default *d, struct err *e)
{
	struct lex before = *l;
	struct lex_token *t = &d->number;
	int rc = lex_next(l, t, e);

	*d =
	    (struct lex_default){.number = *t, .is = rc == 0 && lex_is(t, "=")};
	if (!d->is) {
		*l = before;
		*e = (struct err){0};
		return 0;
	}
	rc = lex_next(l, t, e);
	d->at = t->at;
	d->minus = rc == 0 && lex_is(t, "-");
	if (d->minus)
		rc = lex_next(l, t, e);
	if (rc != 0)
		return rc;
	if (t->kind != LEX_NUMBER)
		return lex_err(l, t, e, "a parameter's default is a number");
	return 0;
}

bool
lex_is(const struct lex_token *t, const char *text)
{
	return t->kind != LEX_PARAM && t->kind < LEX_BREAK &&
	    t->kind != LEX_END && t->len == strlen(text) &&
	    memcmp(t->text, text, t->len) == 0;
}

/* The line of ${text} that holds offset ${at}: where it begins, which it is. */
static size_t
line_start(const char *text, size_t at, int *line)
{
	size_t start = 0;

	*line = 1;
	for (size_t i = 0; i < at; i++) {
		if (text[i] == '\n') {
			start = i + 1;
			++*line;
		}
	}
	return start;
}

int
lex_err(const struct lex *l, const struct lex_token *t, struct err *e,
    const char *format, ...)
{
	char message[512];
	va_list ap;
	int line;
	size_t start = line_start(l->text, t->at, &line);
	size_t width = t->len + (t->kind == LEX_PARAM);

	va_start(ap, format);
	vsnprintf(message, sizeof(message), format, ap);
	va_end(ap);
	err_set(e, l->status, "%s:%d:%zu: %s", l->name, line, t->at - start + 1,
	    message);
	err_caret(e, l->text + start, strcspn(l->text + start, "\n"),
	    t->at - start, width > 0 ? width : 1);
	return e->status;
}
