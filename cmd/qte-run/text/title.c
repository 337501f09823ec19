/* SPDX-License-Identifier: MIT */
/* What was run, on what data and by which settings. */
#include "text/title.h"

#include <string.h>

#include "base/num.h"
#include "base/when.h"
#include "trading/size.h"

static void
put_params(const struct strategy *s, struct buf *text)
{
	for (size_t i = 0; i < s->params.n; i++) {
		buf_fmt(text, " %s=", s->params.at[i].name);
		buf_shown(text, s->params.at[i].text);
	}
}

static void
put_data(const struct page *page, const struct run *run, bool many)
{
	char number[NUM_TEXT_SIZE], first[WHEN_TEXT_SIZE], last[WHEN_TEXT_SIZE];
	struct buf line = {0};

	buf_shown(&line, run->strategy->name);
	if (!many)
		put_params(run->strategy, &line);
	buf_str(&line, " on ");
	buf_shown(&line, run->bars->symbol);
	num_put_human(number, (double)run->curve.bars, 0);
	buf_fmt(&line, ": %s bars", number);
	if (run->curve.bars > 0)
		buf_fmt(&line, " from %s to %s",
		    page_when(page, run->spacing.first_ns, first),
		    page_when(page, run->spacing.last_ns, last));
	if (page->zone->name != NULL) {
		buf_str(&line, " in ");
		buf_shown(&line, page->zone->name);
	}
	page_line(page, buf_text(&line), 2);
	buf_release(&line);
}

/* The settings, set apart by commas; a line breaks between two of them. */
struct settings {
	const struct page *page;
	struct buf line; /* the one that is not full yet */
};

static void
add_setting(struct settings *s, const char *name, const char *value)
{
	size_t columns = strlen(name) + strlen(value) + strlen(", ,");

	if (s->line.len == 0) {
		buf_str(&s->line, "  ");
	} else if (s->line.len + columns <= s->page->width) {
		buf_str(&s->line, ", ");
	} else {
		buf_char(&s->line, ',');
		page_line(s->page, buf_text(&s->line), 2);
		buf_reset(&s->line);
		buf_str(&s->line, "  ");
	}
	buf_fmt(&s->line, "%s%s", name, value);
}

static void
add_rate(struct settings *s, const char *name, int64_t units)
{
	char rate[NUM_TEXT_SIZE];

	num_put_scaled(rate, units, NUM_PRICE_SCALE);
	add_setting(s, name, rate);
}

static void
add_time(struct settings *s, const char *name, const struct input_time *time)
{
	char text[WHEN_TEXT_SIZE];

	if (!time->given)
		return;
	add_setting(s, name, page_when(s->page, time->ns, text));
}

/* What the figures depend on, in the words of the options. */
static void
put_settings(const struct page *page, const struct options *o)
{
	struct settings s = {.page = page};
	char number[NUM_TEXT_SIZE];

	add_setting(&s, "", options_direction_name(o));
	size_put(number, &o->size);
	add_setting(&s, "size ", number);
	if (o->fractional)
		add_setting(&s, "", "fractional");
	add_setting(&s, "fill ", options_fill_name(o));
	num_put_human(number, num_money(o->cash), page_decimals(o->cash));
	add_setting(&s, "cash ", number);
	add_rate(&s, "commission ", o->commission);
	add_rate(&s, "slippage ", o->slippage);
	if (o->rf != 0) {
		num_put_double(number, o->rf);
		add_setting(&s, "rf ", number);
	}
	add_time(&s, "from ", &o->from);
	add_time(&s, "to ", &o->to);
	if (o->warmup > 0) {
		num_put_int(number, o->warmup);
		add_setting(&s, "warmup ", number);
	}
	page_line(page, buf_text(&s.line), 2);
	buf_release(&s.line);
}

static void
put_rules(const struct page *page, const struct strategy *s)
{
	struct buf line = {0};

	if (strcmp(s->name, "custom") != 0)
		return;
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++) {
		if (s->rules[r] == NULL)
			continue;
		buf_reset(&line);
		buf_fmt(&line, TITLE_NAME, strategy_rule_name(r));
		buf_shown(&line, s->rules[r]);
		page_line(page, buf_text(&line), TITLE_HANG);
	}
	buf_release(&line);
}

void
title_put(const struct page *page, const struct run *run, bool many)
{
	put_data(page, run, many);
	put_settings(page, run->options);
	put_rules(page, run->strategy);
}
