/* SPDX-License-Identifier: MIT */
/* The page that a run is written to. */
#include "text/page.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "base/utf8.h"
#include "base/when.h"
#include "machine/tty.h"

#define WIDTH_MIN 28

void
page_init(struct page *page, const struct options *o, struct zone *zone,
    struct buf *text, int fd)
{
	*page = (struct page){.text = text,
	    .zone = zone,
	    .width = tty_width(fd),
	    .color = tty_colored(fd, (enum tty_color)o->common.color),
	    .utf8 = tty_utf8()};
	if (page->width < WIDTH_MIN)
		page->width = WIDTH_MIN;
}

void
page_line(const struct page *page, const char *line, size_t hang)
{
	size_t room = page->width, least = hang;

	while (utf8_width(line, strlen(line)) > room) {
		size_t end = 0, blank = 0, columns = 0;

		for (;;) {
			struct utf8_glyph g =
			    utf8_glyph(line + end, strlen(line + end));

			columns += g.columns;
			if (columns > room)
				break;
			end += g.used;
			if (line[end] == ' ' && end > least)
				blank = end;
		}
		if (blank > 0)
			end = blank;
		buf_add(page->text, line, end);
		buf_fmt(page->text, "\n%*s", (int)hang, "");
		line += end + strspn(line + end, " ");
		room = page->width - hang;
		least = 0;
	}
	buf_fmt(page->text, "%s\n", line);
}

void
page_figure(struct table *t, int tint, double value, int decimals,
    const char *unit)
{
	char number[NUM_TEXT_SIZE + 8];

	if (!isfinite(value)) {
		table_tinted(t, TABLE_DIM, "-");
		return;
	}
	size_t n = num_put_human(number, value, decimals);

	snprintf(number + n, sizeof(number) - n, "%s", unit);
	table_tinted(t, tint, number);
}

void
page_money(struct table *t, double value)
{
	page_figure(t, TABLE_PLAIN, value, fabs(value) < 1e9 ? 2 : 0, "");
}

int
page_tint(double value)
{
	return value > 0 ? TABLE_GOOD : value < 0 ? TABLE_BAD : TABLE_PLAIN;
}

void
page_count(struct table *t, int64_t n)
{
	page_figure(t, TABLE_PLAIN, (double)n, 0, "");
}

const char *
page_when(const struct page *page, int64_t ns, char text[WHEN_TEXT_SIZE])
{
	when_put_short(text, ns + zone_offset(page->zone, ns));
	return text;
}

int
page_decimals(num_i128 units)
{
	char exact[NUM_TEXT_SIZE];
	int most = 6;

	for (num_i128 above = 10; most > 2 && units >= above * NUM_MONEY_ONE;
	     above *= 10)
		most--;
	num_put_scaled(exact, units, NUM_MONEY_SCALE);
	const char *point = strchr(exact, '.');

	if (point == NULL)
		return 0;
	int n = (int)strlen(point + 1);

	return n < most ? n : most;
}
