/* SPDX-License-Identifier: MIT */
/* The values of --print, as a table. */
#include "text/values.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "face/table.h"

/* Within this a number is written plainly. */
#define PLAIN_MIN 1e-3
#define PLAIN_MAX 1e15

/* Seven digits, without the zeros at the end. */
static void
put_number(char *to, double value)
{
	double size = fabs(value);
	int places = 6;

	if (size != 0 && !(size >= PLAIN_MIN && size < PLAIN_MAX)) {
		num_put_double(to, value);
		return;
	}
	while (places > 0 && size >= 10) {
		size /= 10;
		places--;
	}

	size_t n = num_put_human(to, value, places);

	if (places == 0)
		return;
	while (to[n - 1] == '0')
		n--;
	to[to[n - 1] == '.' ? n - 1 : n] = '\0';
}

static void
put_value(char *to, const struct expr_node *node)
{
	switch (node->value.kind) {
	case VALUE_ABSENT:
		snprintf(to, NUM_TEXT_SIZE, "-");
		break;
	case VALUE_TRUTH:
		snprintf(to, NUM_TEXT_SIZE, "%s",
		    node->value.truth ? "true" : "false");
		break;
	default:
		put_number(to, value_double(node->value, node->den));
	}
}

/* A printed value, in the making. */
struct printed {
	struct buf name;
	char value[NUM_TEXT_SIZE];
	int64_t absent; /* bars without it */
};

static void
describe(struct printed *p, const struct run *run, size_t i)
{
	const struct strategy *s = run->strategy;
	const struct parse_value *print = &s->prints.at[i];

	buf_reset(&p->name);
	buf_add(&p->name, print->text.text, print->text.len);
	put_value(p->value, &s->expr.at[print->node]);
	p->absent = run->emit->absent[i];
}

/* A line of its own, for a name that leaves a table no room. */
static void
put_line(const struct page *page, const struct printed *p)
{
	struct buf line = {0};

	buf_str(&line, "  ");
	buf_shown(&line, buf_text(&p->name));
	buf_fmt(&line, ": %s", p->value);
	if (p->absent > 0)
		buf_fmt(&line, ", bars without: %lld", (long long)p->absent);
	page_line(page, buf_text(&line), 4);
	buf_release(&line);
}

void
values_put(const struct page *page, const struct run *run)
{
	struct table_style style = {.color = page->color, .indent = 2};
	struct table t = {0};
	struct printed p = {0};
	size_t n = run->strategy->prints.n;

	if (n == 0 || run->curve.bars == 0)
		return;
	table_columns(&t, "<printed", ">at the last bar", ">bars without",
	    NULL);
	for (size_t i = 0; i < n; i++) {
		describe(&p, run, i);
		table_cell(&t, buf_text(&p.name));
		table_cell(&t, p.value);
		page_count(&t, p.absent);
	}
	buf_char(page->text, '\n');
	if (table_width(&t, &style) <= page->width)
		table_put(&t, page->text, &style);
	else
		for (size_t i = 0; i < n; i++) {
			describe(&p, run, i);
			put_line(page, &p);
		}
	table_release(&t);
	buf_release(&p.name);
}
