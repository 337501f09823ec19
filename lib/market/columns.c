/* SPDX-License-Identifier: MIT */
/* The header of a market-data file. */
#include "market/columns.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "base/when.h"

/* A header with more columns than this is not repeated in a message. */
#define LISTED_MAX 12

#define BLANKS " \t"

/* The first name of each column is its own; the others are aliases. */
static const struct {
	const char *name;
	enum columns_what what;
	bool date; /* a time of day may stand beside it */
} names[] = {
    {"timestamp", COLUMNS_TIMESTAMP, false},
    {"datetime", COLUMNS_TIMESTAMP, false},
    {"date", COLUMNS_TIMESTAMP, true},
    {"日期", COLUMNS_TIMESTAMP, true},
    {"交易日期", COLUMNS_TIMESTAMP, true},
    {"trade_date", COLUMNS_TIMESTAMP, true},
    {"open_time", COLUMNS_TIMESTAMP, false},
    {"time", COLUMNS_TIME, false},
    {"时间", COLUMNS_TIME, false},
    {"open", COLUMNS_OPEN, false},
    {"开盘", COLUMNS_OPEN, false},
    {"开盘价", COLUMNS_OPEN, false},
    {"high", COLUMNS_HIGH, false},
    {"最高", COLUMNS_HIGH, false},
    {"最高价", COLUMNS_HIGH, false},
    {"low", COLUMNS_LOW, false},
    {"最低", COLUMNS_LOW, false},
    {"最低价", COLUMNS_LOW, false},
    {"close", COLUMNS_CLOSE, false},
    {"收盘", COLUMNS_CLOSE, false},
    {"收盘价", COLUMNS_CLOSE, false},
    {"volume", COLUMNS_VOLUME, false},
    {"vol", COLUMNS_VOLUME, false},
    {"成交量", COLUMNS_VOLUME, false},
    {"symbol", COLUMNS_SYMBOL, false},
    {"code", COLUMNS_SYMBOL, false},
    {"ticker", COLUMNS_SYMBOL, false},
    {"ts_code", COLUMNS_SYMBOL, false},
    {"代码", COLUMNS_SYMBOL, false},
};

const char *
columns_name(enum columns_what what)
{
	size_t i = 0;

	while (names[i].what != what)
		i++;
	return names[i].name;
}

/* The index in names, or their number; blanks around ${name} do not count. */
static size_t
find(const char *name)
{
	size_t i = 0, n;

	name += strspn(name, BLANKS);
	n = strlen(name);
	while (n > 0 && strchr(BLANKS, name[n - 1]) != NULL)
		n--;
	while (i < QTE_COUNT(names) &&
	    (strncasecmp(names[i].name, name, n) != 0 ||
		names[i].name[n] != '\0'))
		i++;
	return i;
}

bool
columns_known(const char *name)
{
	return find(name) < QTE_COUNT(names);
}

enum columns_what
columns_find(const char *name, const char **spelled)
{
	size_t i = find(name);

	if (i == QTE_COUNT(names))
		return COLUMNS_COUNT;
	*spelled = names[i].name;
	return names[i].what;
}

/* Whether the header is one field that another delimiter would part. */
static const char *
other_delimiter(const struct csvin *csv)
{
	const char *text = csvin_field(csv, 0)->text;

	if (csvin_count(csv) > 1)
		return NULL;
	return strchr(text, ';') != NULL ? "';'"
	    : strchr(text, '\t') != NULL ? "tabs"
	    : strchr(text, ',') != NULL	 ? "','"
					 : NULL;
}

static bool
looks_like_data(const struct csvin *csv)
{
	const struct csvin_field *first = csvin_field(csv, 0);
	enum when_form form;
	int64_t ns;

	return when_read(first->text, first->len, &ns, &form) == WHEN_OK;
}

static void
list(const struct csvin *csv, struct buf *to)
{
	char shown[CSVIN_SHOWN_SIZE];

	for (size_t i = 0; i < csvin_count(csv); i++) {
		const struct csvin_field *f = csvin_field(csv, i);

		buf_fmt(to, "%s'%s'", i > 0 ? ", " : "",
		    csvin_show(f->text, f->len, shown));
	}
}

static int
missing(const struct csvin *csv, enum columns_what what, struct err *e)
{
	const char *delimiter = other_delimiter(csv);
	struct buf hint = {0};

	if (delimiter != NULL) {
		buf_fmt(&hint, ": is it separated by %s?", delimiter);
	} else if (looks_like_data(csv)) {
		buf_str(&hint,
		    ": is the header line missing? "
		    "--columns says what the columns are");
	} else if (csvin_count(csv) <= LISTED_MAX) {
		buf_str(&hint, ": the header has ");
		list(csv, &hint);
		buf_str(&hint, ": rename it, or see --columns");
	}
	csvin_err(csv, 0, e, "no column '%s'%s", columns_name(what),
	    buf_text(&hint));
	buf_release(&hint);
	return e->status;
}

/* Note that column ${i} has this name; false: ${*before} means the same. */
static bool
put(struct columns *c, size_t i, size_t name, size_t *before)
{
	enum columns_what what = names[name].what;

	*before = c->at[what];
	if (*before != COLUMNS_NONE)
		return false;
	c->at[what] = i;
	if (what == COLUMNS_TIMESTAMP)
		c->date = names[name].date;
	return true;
}

/*
 * A time is the timestamp when it stands alone, and of day beside a date; else
 * false: column ${*i} means the same as ${*before}.
 */
static bool
settle_time(struct columns *c, size_t *i, size_t *before)
{
	size_t day = c->at[COLUMNS_TIMESTAMP], time = c->at[COLUMNS_TIME];

	if (day == COLUMNS_NONE) {
		c->at[COLUMNS_TIMESTAMP] = time;
		c->at[COLUMNS_TIME] = COLUMNS_NONE;
		return true;
	}
	*i = day > time ? day : time;
	*before = day > time ? time : day;
	return c->date || time == COLUMNS_NONE;
}

/* Two names of one meaning. */
static int
second(int status, const char *name, const char *before, struct err *e)
{
	enum columns_what what = names[find(name)].what;

	return err_set(e, status, "second column for '%s': '%s' after '%s'",
	    columns_name(what == COLUMNS_TIME ? COLUMNS_TIMESTAMP : what), name,
	    before);
}

static void
clear(struct columns *c)
{
	*c = (struct columns){0};
	for (size_t i = 0; i < COLUMNS_COUNT; i++)
		c->at[i] = COLUMNS_NONE;
}

/* The first of those that are needed and not there, or COLUMNS_NEEDED. */
static enum columns_what
lacking(const struct columns *c)
{
	enum columns_what what = 0;

	while (what < COLUMNS_NEEDED && c->at[what] != COLUMNS_NONE)
		what++;
	return what;
}

static int
second_field(const struct csvin *csv, size_t i, size_t before, struct err *e)
{
	int64_t line;
	size_t column;

	second(EX_DATAERR, csvin_field(csv, i)->text,
	    csvin_field(csv, before)->text, e);
	csvin_place(csv, i, &line, &column);
	return err_wrap(e, "%s:%lld:%zu", csvin_name(csv), (long long)line,
	    column);
}

int
columns_read(struct columns *c, const struct csvin *csv, struct err *e)
{
	size_t i, before;

	clear(c);
	c->width = csvin_count(csv);
	for (i = 0; i < c->width; i++) {
		size_t name = find(csvin_field(csv, i)->text);

		if (name < QTE_COUNT(names) && !put(c, i, name, &before))
			return second_field(csv, i, before, e);
	}
	if (!settle_time(c, &i, &before))
		return second_field(csv, i, before, e);
	/* Data frames write their index first, without a name. */
	if (c->at[COLUMNS_TIMESTAMP] == COLUMNS_NONE &&
	    csvin_field(csv, 0)->len == 0)
		c->at[COLUMNS_TIMESTAMP] = 0;
	if (lacking(c) < COLUMNS_NEEDED)
		return missing(csv, lacking(c), e);
	return 0;
}

static int
unknown(const char *name, struct err *e)
{
	err_set(e, EX_USAGE, "unknown column '%s': '-' passes one over", name);
	err_suggest(e, name, &names[0].name, QTE_COUNT(names),
	    sizeof(names[0]));
	return e->status;
}

static int
take_names(struct columns *c, char **at, struct err *e)
{
	size_t i, before;

	for (i = 0; i < c->width; i++) {
		size_t name = find(at[i]);

		if (at[i][0] == '\0' || strcmp(at[i], "-") == 0)
			continue;
		if (name == QTE_COUNT(names))
			return unknown(at[i], e);
		if (!put(c, i, name, &before))
			return second(EX_USAGE, at[i], at[before], e);
	}
	if (!settle_time(c, &i, &before))
		return second(EX_USAGE, at[i], at[before], e);
	if (lacking(c) < COLUMNS_NEEDED)
		return err_set(e, EX_USAGE, "no column '%s'",
		    columns_name(lacking(c)));
	return 0;
}

int
columns_list(struct columns *c, const char *list, struct err *e)
{
	char *text = mem_text(list, strlen(list)), *p = text;
	struct {
		VEC(char *);
	} parts = {0};
	int rc;

	clear(c);
	*VEC_PUSH(&parts) = p;
	while ((p = strchr(p, ',')) != NULL) {
		*p++ = '\0';
		*VEC_PUSH(&parts) = p;
	}
	c->width = parts.n;
	rc = take_names(c, parts.at, e);
	VEC_RELEASE(&parts);
	free(text);
	return rc;
}
