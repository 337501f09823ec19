/* SPDX-License-Identifier: MIT */
/* A table for people. */
#include "face/table.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define GAP 2 /* blanks between two columns */

static const char *const codes[] = {
    [TABLE_PLAIN] = "",
    [TABLE_GOOD] = "\033[32m",
    [TABLE_BAD] = "\033[31m",
    [TABLE_DIM] = "\033[2m",
    [TABLE_BOLD] = "\033[1m",
};

/* One line in the making. */
struct line {
	struct buf *to;
	const struct table_style *style;
	const struct table *table;
	const size_t *widths;
	size_t owed;  /* blanks that are due before the next text */
	bool started; /* a column stands in it */
};

void
table_columns(struct table *t, ...)
{
	va_list args;
	const char *head;

	va_start(args, t);
	while ((head = va_arg(args, const char *)) != NULL) {
		assert(t->ncols < QTE_COUNT(t->heads));
		assert(head[0] == '<' || head[0] == '>');
		t->heads[t->ncols++] = head;
	}
	va_end(args);
}

void
table_tinted(struct table *t, int tint, const char *text)
{
	struct buf clean = {0};

	buf_str(&clean, "");
	buf_shown(&clean, text);
	*VEC_PUSH(t) =
	    (struct table_cell_text){.text = buf_detach(&clean), .tint = tint};
}

void
table_cell(struct table *t, const char *text)
{
	table_tinted(t, TABLE_PLAIN, text);
}

static size_t
width_of(const char *text)
{
	return utf8_width(text, strlen(text));
}

static void
measure(const struct table *t, bool heads, size_t *widths)
{
	for (size_t c = 0; c < t->ncols; c++)
		widths[c] = heads ? width_of(t->heads[c] + 1) : 0;
	for (size_t i = 0; i < t->n; i++) {
		size_t width = width_of(t->at[i].text);

		if (width > widths[i % t->ncols])
			widths[i % t->ncols] = width;
	}
}

size_t
table_width(const struct table *t, const struct table_style *style)
{
	size_t widths[QTE_COUNT(t->heads)], width = 0;

	measure(t, !style->no_heads, widths);
	for (size_t c = 0; c < t->ncols; c++)
		if (!t->hidden[c])
			width += widths[c] + (width > 0 ? GAP : 0);
	return style->indent + width;
}

void
table_fit(struct table *t, const struct table_style *style, size_t width,
    const int *order)
{
	for (; *order >= 0 && table_width(t, style) > width; order++)
		t->hidden[*order] = true;
}

/* Blanks are only written once a text follows: no line ends in one. */
static void
put_cell(struct line *l, size_t column, const char *text, const char *code)
{
	bool right = l->table->heads[column][0] == '>';
	size_t width = width_of(text);
	size_t pad = l->widths[column] - width;

	if (l->table->hidden[column])
		return;
	if (l->started)
		l->owed += GAP;
	l->started = true;
	if (right)
		l->owed += pad;
	if (width > 0) {
		for (; l->owed > 0; l->owed--)
			buf_char(l->to, ' ');
		buf_str(l->to, code);
		buf_str(l->to, text);
		if (*code != '\0')
			buf_str(l->to, "\033[0m");
	}
	if (!right)
		l->owed += pad;
}

static void
start_line(struct line *l)
{
	l->owed = l->style->indent;
	l->started = false;
}

static void
end_line(struct line *l)
{
	buf_char(l->to, '\n');
}

static void
put_heads(struct line *l)
{
	const char *code = l->style->color ? codes[TABLE_DIM] : "";

	start_line(l);
	for (size_t c = 0; c < l->table->ncols; c++)
		put_cell(l, c, l->table->heads[c] + 1, code);
	end_line(l);
}

void
table_put(const struct table *t, struct buf *to,
    const struct table_style *style)
{
	size_t widths[QTE_COUNT(t->heads)];
	struct line l = {.to = to,
	    .style = style,
	    .table = t,
	    .widths = widths};

	assert(t->ncols > 0 && t->n % t->ncols == 0);
	measure(t, !style->no_heads, widths);
	if (!style->no_heads)
		put_heads(&l);
	for (size_t i = 0; i < t->n; i++) {
		const struct table_cell_text *cell = &t->at[i];

		if (i % t->ncols == 0)
			start_line(&l);
		put_cell(&l, i % t->ncols, cell->text,
		    style->color ? codes[cell->tint] : "");
		if (i % t->ncols == t->ncols - 1)
			end_line(&l);
	}
}

void
table_release(struct table *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->at[i].text);
	VEC_RELEASE(t);
	*t = (struct table){0};
}
