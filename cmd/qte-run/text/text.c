/* SPDX-License-Identifier: MIT */
/* A run as a person reads it. */
#include "text/text.h"

#include <string.h>

#include "base/num.h"
#include "text/figures.h"
#include "text/notes.h"
#include "text/page.h"
#include "text/title.h"
#include "text/trades.h"
#include "text/values.h"

/* The curve, and between what it moves. */
static void
put_equity(const struct page *page, const struct spark *spark)
{
	char low[NUM_TEXT_SIZE], high[NUM_TEXT_SIZE];
	int places = spark->high < 1000 ? 2 : 0;
	size_t used;

	if (spark->n == 0)
		return;
	used = TITLE_HANG + strlen("  ") +
	    num_put_human(low, spark->low, places) + strlen(" to ") +
	    num_put_human(high, spark->high, places);
	if (used >= page->width)
		return;
	buf_fmt(page->text, TITLE_NAME, "equity");
	spark_put(spark, page->width - used, page->utf8, page->text);
	buf_fmt(page->text, "  %s to %s\n", low, high);
}

void
text_run(const struct summary *s, int fd, struct buf *text)
{
	const struct run *run = s->run;
	struct zone zone = run->zone;
	struct page page;

	page_init(&page, run->options, &zone, text, fd);
	title_put(&page, run, false);
	put_equity(&page, &run->spark);
	buf_char(text, '\n');
	trades_put(&page, run->emit);
	figures_put(&page, s);
	values_put(&page, run);
	notes_put(&page, s);
}
