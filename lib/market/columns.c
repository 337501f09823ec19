/* SPDX-License-Identifier: MIT */
/* The header of a market-data file. */
#include "market/columns.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/when.h"

/* A header with more columns than this is not repeated in a message. */
#define LISTED_MAX 12

/* The first name of each column is its own; the others are aliases. */
static const struct {
	const char *name;
	enum columns_what what;
} names[] = {
    {"timestamp", COLUMNS_TIMESTAMP},
    {"datetime", COLUMNS_TIMESTAMP},
    {"date", COLUMNS_TIMESTAMP},
    {"time", COLUMNS_TIMESTAMP},
    {"open", COLUMNS_OPEN},
    {"high", COLUMNS_HIGH},
    {"low", COLUMNS_LOW},
    {"close", COLUMNS_CLOSE},
    {"volume", COLUMNS_VOLUME},
    {"vol", COLUMNS_VOLUME},
    {"symbol", COLUMNS_SYMBOL},
    {"code", COLUMNS_SYMBOL},
    {"ticker", COLUMNS_SYMBOL},
};

const char *
columns_name(enum columns_what what)
{
	size_t i = 0;

	while (names[i].what != what)
		i++;
	return names[i].name;
}

static enum columns_what
meaning(const char *name)
{
	for (size_t i = 0; i < QTE_COUNT(names); i++)
		if (strcasecmp(names[i].name, name) == 0)
			return names[i].what;
	return COLUMNS_COUNT;
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
		buf_str(&hint, ": is the header line missing?");
	} else if (csvin_count(csv) <= LISTED_MAX) {
		buf_str(&hint, ": the header has ");
		list(csv, &hint);
	}
	csvin_err(csv, 0, e, "no column '%s'%s", columns_name(what),
	    buf_text(&hint));
	buf_release(&hint);
	return e->status;
}

static int
second(const struct csvin *csv, size_t i, size_t before, struct err *e)
{
	const char *name = csvin_field(csv, i)->text;

	return csvin_err(csv, i, e, "second column for '%s': '%s' after '%s'",
	    columns_name(meaning(name)), name, csvin_field(csv, before)->text);
}

int
columns_read(struct columns *c, const struct csvin *csv, struct err *e)
{
	enum columns_what what;

	c->width = csvin_count(csv);
	for (size_t i = 0; i < COLUMNS_COUNT; i++)
		c->at[i] = COLUMNS_NONE;
	for (size_t i = 0; i < c->width; i++) {
		what = meaning(csvin_field(csv, i)->text);
		if (what == COLUMNS_COUNT)
			continue;
		if (c->at[what] != COLUMNS_NONE)
			return second(csv, i, c->at[what], e);
		c->at[what] = i;
	}
	/* Data frames write their index first, without a name. */
	if (c->at[COLUMNS_TIMESTAMP] == COLUMNS_NONE &&
	    csvin_field(csv, 0)->len == 0)
		c->at[COLUMNS_TIMESTAMP] = 0;
	for (what = 0; what < COLUMNS_NEEDED; what++)
		if (c->at[what] == COLUMNS_NONE)
			return missing(csv, what, e);
	return 0;
}
