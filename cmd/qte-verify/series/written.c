/* SPDX-License-Identifier: MIT */
/* What a market's clock shows. */
#include "series/written.h"

#define MINUTE (60 * WHEN_SECOND)

static int
digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : -1;
}

/* The two digits at ${text}, or -1. */
static int
two(const char *text)
{
	int tens = digit(text[0]), ones = digit(text[1]);

	return tens < 0 || ones < 0 ? -1 : tens * 10 + ones;
}

/* +HH:MM, +HHMM or +HH at the end of a time; false: there is none. */
static bool
read_offset(const char *text, size_t n, int64_t *offset)
{
	int hours, minutes = 0;
	size_t at = n;

	while (at > 0 && text[at - 1] != '+' && text[at - 1] != '-')
		at--;
	/* A dash among the first digits is one of the date. */
	if (at < sizeof("2020-01-02") || n - at < 2 || n - at > 5)
		return false;
	hours = two(text + at);
	if (n - at >= 4)
		minutes = two(text + n - 2);
	if (hours < 0 || minutes < 0)
		return false;
	*offset = (hours * 60 + minutes) * MINUTE;
	if (text[at - 1] == '-')
		*offset = -*offset;
	return true;
}

void
written_begin(struct series *s, const struct series_bar *b)
{
	struct finding f = {.value = NULL};
	enum when_form form;
	int64_t ns;

	if (s->opts.dates == NULL)
		return;
	b->place(b->arg, SERIES_TIME, &f);
	if (f.value != NULL && f.value_len < sizeof("2020-01-02") &&
	    when_read(f.value, f.value_len, &ns, &form) == WHEN_OK &&
	    form == WHEN_LOCAL) {
		s->dates = true;
		s->clock = *s->opts.dates;
	}
}

void
written_row(struct series *s, const struct series_bar *b)
{
	struct finding f = {.value = NULL};
	int64_t offset = 0;

	if (s->zone.name != NULL || s->unwritten)
		return;
	b->place(b->arg, SERIES_TIME, &f);
	/* All times of a file are of one form. */
	s->unwritten =
	    f.value == NULL || !read_offset(f.value, f.value_len, &offset);
	if (s->unwritten || (s->nwritten > 0 && s->written[0].offset == offset))
		return;
	s->written[1] = s->written[0];
	s->written[0].offset = offset;
	s->written[0].from_ns = b->ts_ns;
	s->nwritten += s->nwritten < 2;
}

static struct zone_span
span_of(struct series *s, int64_t utc)
{
	int64_t offset = zone_offset(&s->zone, utc);
	int i = s->nwritten == 2 && utc < s->written[0].from_ns &&
		s->written[1].from_ns < s->written[0].from_ns
	    ? 1
	    : 0;

	if (s->zone.name != NULL)
		return s->zone.span[s->zone.now];
	if (s->nwritten > 0)
		offset = s->written[i].offset;
	return (struct zone_span){.from_ns = WHEN_BEGIN,
	    .until_ns = WHEN_END,
	    .offset_ns = offset};
}

/* Whether it is midnight by the clock that dates were read by. */
static bool
is_date(struct series *s, int64_t utc, int64_t *offset)
{
	*offset = zone_offset(&s->clock, utc);
	return (utc + *offset) % WHEN_DAY == 0;
}

struct zone_span
written_span(struct series *s, int64_t utc)
{
	int64_t offset;

	if (s->dates && is_date(s, utc, &offset))
		return (struct zone_span){.from_ns = utc,
		    .until_ns = utc + 1,
		    .offset_ns = offset};
	return span_of(s, utc);
}

int64_t
written_local(struct series *s, int64_t utc)
{
	return utc + written_span(s, utc).offset_ns;
}
