/* SPDX-License-Identifier: MIT */
/* A calendar's file, and sessions as text. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "machine/in.h"
#include "market/calendar.h"

#define LINE_MAX_BYTES 4096
#define DATE_LEN 10 /* YYYY-MM-DD */
#define MINUTE (60 * WHEN_SECOND)
#define BLANKS " \t\r\n"

/* A part of a line. */
struct part {
	const char *text;
	size_t n;
};

static bool
is_one_of(char c, const char *list)
{
	return c != '\0' && strchr(list, c) != NULL;
}

/* Cut off what stands before the next of ${ends}, and it. */
static struct part
cut(struct part *rest, const char *ends)
{
	struct part p = {rest->text, 0};

	while (p.n < rest->n && !is_one_of(p.text[p.n], ends))
		p.n++;
	rest->text += p.n < rest->n ? p.n + 1 : p.n;
	rest->n -= p.n < rest->n ? p.n + 1 : p.n;
	return p;
}

/* Cut off an item of a list; whether one more has to follow. */
static bool
cut_item(struct part *rest, struct part *item)
{
	size_t n = rest->n;

	*item = cut(rest, ",");
	return item->n < n;
}

static void
trim(struct part *p)
{
	while (p->n > 0 && is_one_of(p->text[0], BLANKS)) {
		p->text++;
		p->n--;
	}
	while (p->n > 0 && is_one_of(p->text[p->n - 1], BLANKS))
		p->n--;
}

static bool
is(const struct part *p, const char *word)
{
	return p->n == strlen(word) && memcmp(p->text, word, p->n) == 0;
}

static int
digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : -1;
}

/* H:MM or HH:MM, up to 24:00. */
static bool
read_clock(struct part p, int64_t *ns)
{
	struct part hour = cut(&p, ":");
	int h = hour.n > 0 ? digit(hour.text[0]) : -1, m;

	if (hour.n == 2 && h >= 0)
		h = digit(hour.text[1]) < 0 ? -1 : h * 10 + digit(hour.text[1]);
	if (h < 0 || hour.n > 2 || p.n != 2 || digit(p.text[0]) < 0 ||
	    digit(p.text[1]) < 0)
		return false;
	m = digit(p.text[0]) * 10 + digit(p.text[1]);
	*ns = (h * 60 + m) * MINUTE;
	return m < 60 && *ns <= WHEN_DAY;
}

/* Add the sessions of a list to ${hours}. */
static int
read_hours(struct part rest, struct calendar_hours *hours, struct err *e)
{
	bool more;

	do {
		struct part p, until, from;
		struct calendar_session s;

		more = cut_item(&rest, &p);
		trim(&p);
		until = p;
		from = cut(&until, "-");
		if (!read_clock(from, &s.from_ns) ||
		    !read_clock(until, &s.until_ns))
			return err_set(e, EX_USAGE,
			    "'%.*s' is not a session such as 09:30-16:00",
			    (int)p.n, p.text);
		if (s.from_ns >= s.until_ns)
			return err_set(e, EX_USAGE,
			    "session '%.*s' does not end after its start: "
			    "part it at 24:00",
			    (int)p.n, p.text);
		if (hours->n > 0 &&
		    hours->at[hours->n - 1].until_ns > s.from_ns)
			return err_set(e, EX_USAGE,
			    "session '%.*s' begins before the end of the one "
			    "before it",
			    (int)p.n, p.text);
		if (hours->n == CALENDAR_SESSIONS)
			return err_set(e, EX_USAGE, "more than %d sessions",
			    CALENDAR_SESSIONS);
		hours->at[hours->n++] = s;
	} while (more);
	return 0;
}

int
calendar_sessions(struct calendar *c, const char *text, struct err *e)
{
	c->given = true;
	c->hours.n = 0;
	return read_hours((struct part){text, strlen(text)}, &c->hours, e);
}

/* Days of the week, or none. */
static int
read_weekend(struct calendar *c, struct part rest, struct err *e)
{
	static const char *const days[] = {"sun", "mon", "tue", "wed", "thu",
	    "fri", "sat"};

	bool more;

	c->weekend = 0;
	if (is(&rest, "none"))
		return 0;
	do {
		struct part p;
		size_t i = 0;

		more = cut_item(&rest, &p);
		trim(&p);
		while (i < QTE_COUNT(days) && !is(&p, days[i]))
			i++;
		if (i == QTE_COUNT(days))
			return err_set(e, EX_DATAERR,
			    "'%.*s' is not a day such as sat, nor none",
			    (int)p.n, p.text);
		c->weekend |= 1U << i;
	} while (more);
	return 0;
}

static int
read_zone(struct calendar *c, const struct part *p, struct err *e)
{
	if (c->zone_name != NULL)
		return err_set(e, EX_DATAERR, "a second time zone");
	if (p->n == 0)
		return err_set(e, EX_DATAERR,
		    "tz needs a zone such as Asia/Shanghai");
	c->zone_name = mem_text(p->text, p->n);
	return zone_open(&c->zone, c->zone_name, e);
}

/* A holiday, or a day with hours of its own. */
static int
read_date(struct calendar *c, const struct part *date, const struct part *rest,
    int number, struct err *e)
{
	struct calendar_date d = {.line = number};
	enum when_form form;
	int64_t ns;
	enum when_result result = when_read(date->text, date->n, &ns, &form);

	if (result != WHEN_OK || date->n != DATE_LEN)
		return err_set(e, EX_DATAERR, "'%.*s' %s", (int)date->n,
		    date->text,
		    result == WHEN_NO_DATE || result == WHEN_RANGE
			? when_why(result)
			: "is not a date as 2024-01-02, nor session, weekend "
			  "or tz");
	d.day = when_day(ns);
	if (rest->n > 0 && read_hours(*rest, &d.hours, e) != 0)
		return e->status;
	*VEC_PUSH(&c->dates) = d;
	return 0;
}

static int
read_line(struct calendar *c, struct part line, int number, struct err *e)
{
	struct part rest = cut(&line, "#"), word;

	trim(&rest);
	if (rest.n == 0)
		return 0;
	word = cut(&rest, BLANKS);
	trim(&rest);
	if (is(&word, "session"))
		return read_hours(rest, &c->hours, e);
	if (is(&word, "weekend"))
		return read_weekend(c, rest, e);
	if (is(&word, "tz"))
		return read_zone(c, &rest, e);
	return read_date(c, &word, &rest, number, e);
}

static int
by_day(const void *a, const void *b)
{
	const struct calendar_date *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

static int
sort_dates(struct calendar *c, const char *path, struct err *e)
{
	char shown[WHEN_TEXT_SIZE];

	if (c->dates.n > 0)
		qsort(c->dates.at, c->dates.n, sizeof(*c->dates.at), by_day);
	for (size_t i = 1; i < c->dates.n; i++) {
		if (c->dates.at[i - 1].day != c->dates.at[i].day)
			continue;
		(void)when_put_short(shown, c->dates.at[i].day * WHEN_DAY);
		return err_set(e, EX_DATAERR,
		    "%s:%d: %s is there twice, also in line %d", path,
		    c->dates.at[i].line, shown, c->dates.at[i - 1].line);
	}
	return 0;
}

static int
read_lines(struct calendar *c, struct in *in, struct err *e)
{
	const char *line;
	size_t n;
	int rc;

	for (int number = 1;; number++) {
		rc = in_line(in, LINE_MAX_BYTES, &line, &n, e);
		if (rc == IN_LONG)
			err_set(e, EX_DATAERR, "longer than %d bytes",
			    LINE_MAX_BYTES);
		else if (rc != 0)
			return rc;
		if (rc == IN_LONG ||
		    read_line(c, (struct part){line, n}, number, e) != 0) {
			/* Without a database of zones no calendar is wrong. */
			if (e->status == EX_USAGE)
				e->status = EX_DATAERR;
			return err_wrap(e, "%s:%d", in->name, number);
		}
	}
}

int
calendar_read(struct calendar *c, const char *path, struct err *e)
{
	struct in in;
	int rc = in_open(&in, path, e);

	if (rc != 0)
		return rc;
	c->given = true;
	rc = read_lines(c, &in, e);
	in_close(&in);
	return rc == IN_END ? sort_dates(c, path, e) : rc;
}
