/* SPDX-License-Identifier: MIT */
/* The time of each row. */
#include "market/stamp.h"

#include <string.h>

#define DATE_LEN 10 /* YYYY-MM-DD */
#define COMPACT_LEN 8

/* A header and a row: what is wrong from the start is wrong throughout. */
#define FIRST_LINES 2

/* Room for a date, a blank and a time of day. */
#define JOINED_SIZE 100

/* The time of a row as one text. */
struct written {
	const char *text;
	size_t len;
	bool joined; /* of two columns; text is then in room */
	char room[JOINED_SIZE];
};

void
stamp_init(struct stamp *s, const struct zone *zone)
{
	*s = (struct stamp){0};
	if (zone != NULL)
		s->zone = *zone;
}

static int
bad_time(struct row *r, enum columns_what what, enum when_result result,
    struct err *e)
{
	char shown[CSVIN_SHOWN_SIZE];
	const char *why = what == COLUMNS_TIME && result == WHEN_SYNTAX
	    ? "is not a time of day such as 14:30"
	    : when_why(result);

	csvin_err(r->csv, r->columns->at[what], e, "%s '%s' %s",
	    columns_name(what), row_show(r, what, shown), why);
	/* A row begins there when --columns says that there is no header. */
	if (e != NULL && csvin_line(r->csv) == 1 &&
	    columns_known(row_field(r, what)->text))
		err_add(e, ": the file has a header: leave out --columns");
	return row_refuse(r, BARS_BAD_TIMESTAMP, EX_DATAERR);
}

/* The date of two columns: nothing but a day, with or without its dashes. */
static int
read_date(struct row *r, struct written *w, struct err *e)
{
	const struct csvin_field *f = row_field(r, COLUMNS_TIMESTAMP);
	char shown[CSVIN_SHOWN_SIZE];
	enum when_form form;
	int64_t ns;
	enum when_result result = when_read(f->text, f->len, &ns, &form);

	if (f->len == 0)
		return row_empty(r, COLUMNS_TIMESTAMP, e);
	if (result != WHEN_OK)
		return bad_time(r, COLUMNS_TIMESTAMP, result, e);
	if (form != WHEN_LOCAL || (f->len != DATE_LEN && f->len != COMPACT_LEN))
		return row_refuse(r, BARS_BAD_TIMESTAMP,
		    csvin_err(r->csv, r->columns->at[COLUMNS_TIMESTAMP], e,
			"timestamp '%s' is not a date, and the time of day is "
			"in another column",
			row_show(r, COLUMNS_TIMESTAMP, shown)));
	w->len = when_put_short(w->room, ns);
	return 0;
}

/* Add a time of day; H:MM, HHMM and HHMMSS become what when_read takes. */
static void
add_clock(struct written *w, const char *text, size_t n)
{
	size_t digits = strspn(text, "0123456789");
	bool parts = digits == n && (n == 4 || n == 6);

	if (digits == 1 && text[1] == ':')
		w->room[w->len++] = '0';
	for (size_t i = 0; i < n; i++) {
		if (parts && i > 0 && i % 2 == 0)
			w->room[w->len++] = ':';
		w->room[w->len++] = text[i];
	}
	w->room[w->len] = '\0';
}

/* Put the date and the time of day together. */
static int
join(struct row *r, struct written *w, struct err *e)
{
	const struct csvin_field *time = row_field(r, COLUMNS_TIME);
	int rc = read_date(r, w, e);

	if (rc != 0)
		return rc;
	if (time->len == 0)
		return row_empty(r, COLUMNS_TIME, e);
	if (time->len >= JOINED_SIZE - w->len - sizeof(" 0::"))
		return bad_time(r, COLUMNS_TIME, WHEN_SYNTAX, e);
	w->room[w->len++] = ' ';
	add_clock(w, time->text, time->len);
	w->text = w->room;
	return 0;
}

static int
take_text(struct row *r, struct written *w, struct err *e)
{
	const struct csvin_field *f = row_field(r, COLUMNS_TIMESTAMP);

	w->joined = r->columns->at[COLUMNS_TIME] != COLUMNS_NONE;
	if (w->joined)
		return join(r, w, e);
	if (f->len == 0)
		return row_empty(r, COLUMNS_TIMESTAMP, e);
	w->text = f->text;
	w->len = f->len;
	return 0;
}

/* The column at fault once the date of two is known to be one. */
static enum columns_what
last_part(const struct written *w)
{
	return w->joined ? COLUMNS_TIME : COLUMNS_TIMESTAMP;
}

static int
bad_form(const struct stamp *s, struct row *r, const struct written *w,
    enum when_form form, struct err *e)
{
	static const char *const forms[] = {
	    [WHEN_LOCAL] = "without a time zone",
	    [WHEN_ZONED] = "with a time zone",
	    [WHEN_EPOCH] = "a count since 1970",
	};
	char shown[CSVIN_SHOWN_SIZE];
	enum columns_what what = last_part(w);

	return row_refuse(r, BARS_ZONE_MISMATCH,
	    csvin_err(r->csv, r->columns->at[what], e,
		"%s '%s' is %s, those before are %s", columns_name(what),
		row_show(r, what, shown), forms[form], forms[s->form]));
}

/* The time as a row would have it, but for an offset. */
static int64_t
as_written(struct stamp *s, int64_t ts_ns)
{
	if (s->form != WHEN_LOCAL)
		return ts_ns;
	return ts_ns + zone_offset(&s->zone, ts_ns);
}

/* Of two columns the date is at fault when it is before the last one. */
static int
bad_order(struct stamp *s, struct row *r, const struct written *w,
    int64_t ts_ns, struct err *e)
{
	char shown[CSVIN_SHOWN_SIZE], before[WHEN_TEXT_SIZE];
	bool repeated = ts_ns == s->ts_ns;
	int64_t last_ns = as_written(s, s->ts_ns);
	enum columns_what what =
	    when_day(as_written(s, ts_ns)) < when_day(last_ns)
	    ? COLUMNS_TIMESTAMP
	    : last_part(w);

	when_put_short(before, last_ns);
	return row_refuse(r,
	    repeated ? BARS_DUPLICATE_TIMESTAMP : BARS_NOT_MONOTONIC,
	    csvin_err(r->csv, r->columns->at[what], e,
		"timestamp '%s' %s %s in line %lld%s",
		csvin_show(w->text, w->len, shown),
		repeated ? "repeats" : "is before", before, (long long)s->line,
		!repeated && s->line <= FIRST_LINES
		    ? ": newest first? sort oldest first"
		    : ""));
}

/* From the clock of the zone. */
static int
to_utc(struct stamp *s, struct row *r, const struct written *w, int64_t *ts_ns,
    struct err *e)
{
	enum columns_what what = last_part(w);
	char shown[CSVIN_SHOWN_SIZE];
	int64_t utc[2];

	switch (zone_to_utc(&s->zone, *ts_ns, utc)) {
	case ZONE_GAP:
		return row_refuse(r, BARS_SKIPPED_TIME,
		    csvin_err(r->csv, r->columns->at[what], e,
			"timestamp '%s' is skipped by the clock of %s",
			csvin_show(w->text, w->len, shown), s->zone.name));
	case ZONE_RANGE:
		return bad_time(r, what, WHEN_RANGE, e);
	case ZONE_OK:
		break;
	}
	*ts_ns = s->any && s->ts_ns >= utc[0] ? utc[1] : utc[0];
	return 0;
}

int
stamp_read(struct stamp *s, struct row *r, int64_t *ts_ns, enum when_form *form,
    struct err *e)
{
	struct written w = {0};
	enum when_result result;
	int rc = take_text(r, &w, e);

	if (rc != 0)
		return rc;
	result = when_read(w.text, w.len, ts_ns, form);
	if (result != WHEN_OK)
		return bad_time(r, last_part(&w), result, e);
	if (s->any && *form != s->form)
		return bad_form(s, r, &w, *form, e);
	if (*form == WHEN_LOCAL)
		rc = to_utc(s, r, &w, ts_ns, e);
	if (rc != 0)
		return rc;
	if (s->any && !s->unordered && *ts_ns <= s->ts_ns)
		return bad_order(s, r, &w, *ts_ns, e);
	return 0;
}

enum columns_what
stamp_column(struct row *r)
{
	struct written w = {0};

	return r->columns->at[COLUMNS_TIME] != COLUMNS_NONE &&
		read_date(r, &w, NULL) == 0
	    ? COLUMNS_TIME
	    : COLUMNS_TIMESTAMP;
}

void
stamp_used(struct stamp *s, const struct row *r, int64_t ts_ns,
    enum when_form form)
{
	s->any = true;
	s->form = form;
	s->ts_ns = ts_ns;
	s->line = csvin_line(r->csv);
}
