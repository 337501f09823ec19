/* SPDX-License-Identifier: MIT */
/* The header of a file under check. */
#include "header.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/when.h"
#include "machine/path.h"

#define BLANKS " \t"

/* A column of a kind of file.  Where lib/market knows it, by all its names. */
struct spec {
	const char *name;
	enum columns_what what; /* or COLUMNS_COUNT */
	bool needed;
};

static const struct spec bars[] = {
    [COLUMNS_TIMESTAMP] = {"timestamp", COLUMNS_TIMESTAMP, true},
    [COLUMNS_OPEN] = {"open", COLUMNS_OPEN, true},
    [COLUMNS_HIGH] = {"high", COLUMNS_HIGH, true},
    [COLUMNS_LOW] = {"low", COLUMNS_LOW, true},
    [COLUMNS_CLOSE] = {"close", COLUMNS_CLOSE, true},
    [COLUMNS_VOLUME] = {"volume", COLUMNS_VOLUME, true},
    [COLUMNS_SYMBOL] = {"symbol", COLUMNS_SYMBOL, false},
    [COLUMNS_TIME] = {"time", COLUMNS_TIME, false},
};

static const struct spec ticks[] = {
    [TICKS_TIMESTAMP] = {"timestamp", COLUMNS_TIMESTAMP, true},
    [TICKS_PRICE] = {"price", COLUMNS_COUNT, true},
    [TICKS_VOLUME] = {"volume", COLUMNS_VOLUME, true},
    [TICKS_SYMBOL] = {"symbol", COLUMNS_SYMBOL, false},
};

static const struct spec trades[] = {
    [TRADES_ID] = {"trade_id", COLUMNS_COUNT, true},
    [TRADES_TIMESTAMP] = {"timestamp", COLUMNS_TIMESTAMP, true},
    [TRADES_SYMBOL] = {"symbol", COLUMNS_SYMBOL, true},
    [TRADES_SIDE] = {"side", COLUMNS_COUNT, true},
    [TRADES_QUANTITY] = {"quantity", COLUMNS_COUNT, true},
    [TRADES_PRICE] = {"price", COLUMNS_COUNT, true},
    [TRADES_COMMISSION] = {"commission", COLUMNS_COUNT, false},
};

static const struct spec portfolio[] = {
    [PORTFOLIO_SYMBOL] = {"symbol", COLUMNS_SYMBOL, true},
    [PORTFOLIO_QUANTITY] = {"quantity", COLUMNS_COUNT, true},
    [PORTFOLIO_AVG_PRICE] = {"avg_price", COLUMNS_COUNT, false},
};

struct schema {
	const struct spec *specs;
	size_t n;
	const char *stem; /* of the installation's file */
};

static const struct schema schemas[] = {
    [PROFILE_BARS] = {bars, QTE_COUNT(bars), "market_data"},
    [PROFILE_TICKS] = {ticks, QTE_COUNT(ticks), NULL},
    [PROFILE_TRADES] = {trades, QTE_COUNT(trades), "trades"},
    [PROFILE_PORTFOLIO] = {portfolio, QTE_COUNT(portfolio), "portfolio"},
    [PROFILE_CSV] = {NULL, 0, NULL},
};

/* Whether the ${n} bytes of ${text}, without blanks around, are the name. */
static bool
is_name(const char *text, size_t n, const char *name)
{
	while (n > 0 && strchr(BLANKS, text[n - 1]) != NULL)
		n--;
	while (n > 0 && strchr(BLANKS, *text) != NULL) {
		text++;
		n--;
	}
	return strlen(name) == n && strncasecmp(text, name, n) == 0;
}

/* The column that has this name, and how that is spelled; or their number. */
static size_t
find(const struct schema *schema, const char *text, const char **spelled)
{
	enum columns_what what = columns_find(text, spelled);
	size_t i;

	/* A time of day is of use only beside a date. */
	if (what == COLUMNS_TIME && schema->specs != bars)
		what = COLUMNS_TIMESTAMP;
	for (i = 0; i < schema->n; i++) {
		const struct spec *spec = &schema->specs[i];

		if (spec->what != COLUMNS_COUNT && spec->what == what)
			break;
		if (spec->what != COLUMNS_COUNT ||
		    !is_name(text, strlen(text), spec->name))
			continue;
		*spelled = spec->name;
		break;
	}
	return i;
}

static bool
has(const struct sheet *s, const char *name)
{
	for (size_t i = 0; i < s->names.n; i++)
		if (is_name(s->names.at[i], strlen(s->names.at[i]), name))
			return true;
	return false;
}

static size_t
count_known(const struct sheet *s, enum profile profile)
{
	const char *spelled;
	size_t n = 0;

	for (size_t i = 0; i < s->names.n; i++)
		n += find(&schemas[profile], s->names.at[i], &spelled) <
		    schemas[profile].n;
	return n;
}

/* Two prices of a bar tell that these are bars. */
static size_t
count_prices(const struct sheet *s)
{
	const char *spelled;
	size_t n = 0;

	for (size_t i = 0; i < s->names.n; i++) {
		enum columns_what what = columns_find(s->names.at[i], &spelled);

		n += what >= COLUMNS_OPEN && what <= COLUMNS_CLOSE;
	}
	return n;
}

static enum profile
by_file_name(const struct sheet *s)
{
	char *stem = path_stem(s->path);
	enum profile found = PROFILE_CSV;

	for (enum profile p = PROFILE_BARS; p < PROFILE_CSV; p++)
		if (schemas[p].stem != NULL &&
		    strcmp(stem, schemas[p].stem) == 0)
			found = p;
	free(stem);
	return found;
}

static enum profile
by_names(const struct sheet *s)
{
	if (has(s, "trade_id") || (has(s, "side") && has(s, "price")))
		return PROFILE_TRADES;
	if (has(s, "avg_price") || (has(s, "quantity") && !has(s, "price")))
		return PROFILE_PORTFOLIO;
	if (count_prices(s) >= 2)
		return PROFILE_BARS;
	if (has(s, "price") && count_known(s, PROFILE_TICKS) >= 2)
		return PROFILE_TICKS;
	return by_file_name(s);
}

/* Whether a field is as data are: a time or a number. */
static bool
is_value(const char *text)
{
	size_t n = strlen(text);
	enum when_form form;
	int64_t ns;
	double number;

	return when_read(text, n, &ns, &form) == WHEN_OK ||
	    num_read_double(text, n, &number) == NUM_OK;
}

/* Whether the first record is a row, and no header: nobody knows any of its
 * names, and nearly all of it are values. */
static bool
is_row(const struct sheet *s)
{
	size_t values = 0;

	for (enum profile p = PROFILE_BARS; p < PROFILE_CSV; p++)
		if (count_known(s, p) > 0)
			return false;
	for (size_t i = 0; i < s->names.n; i++)
		values += is_value(s->names.at[i]);
	return values > 0 && values * 2 > s->names.n;
}

static void
add_field(struct sheet *s, size_t i, enum rule rule, const char *message)
{
	struct finding f = {.rule = rule, .message = message};

	if (!report_shows(s->report, rule)) {
		report_count(s->report, rule);
		return;
	}
	sheet_field(s, i, &f);
	report_add(s->report, &f);
}

static void
add_column(struct sheet *s, size_t i, enum rule rule, const char *what,
    const char *name)
{
	struct buf text = {0};

	buf_fmt(&text, "%s '%s'", what, name);
	add_field(s, i, rule, buf_text(&text));
	buf_release(&text);
}

/* How often the character stands in the text, up to the end of the line. */
static size_t
count(const char *text, size_t n, char c)
{
	size_t found = 0;

	for (size_t i = 0; i < n && text[i] != '\n'; i++)
		found += text[i] == c;
	return found;
}

/* Whether names that the character parts are known. */
static bool
parts_names(const char *text, char c)
{
	const char *spelled;
	bool known = false;

	for (const char *p = text; p != NULL && !known;) {
		const char *end = strchr(p, c);
		char *name =
		    mem_text(p, end != NULL ? (size_t)(end - p) : strlen(p));

		for (enum profile i = PROFILE_BARS; i < PROFILE_CSV; i++)
			known = known ||
			    find(&schemas[i], name, &spelled) < schemas[i].n;
		free(name);
		p = end != NULL ? end + 1 : NULL;
	}
	return known;
}

/* What parts the fields, when it is not what was thought; or 0. */
static char
other_delimiter(const struct sheet *s)
{
	static const char candidates[] = ";\t|,";
	const char *text = s->names.at[0];
	const char *row = s->in.data + s->in.pos;
	size_t left = s->in.len - s->in.pos;

	if (s->names.n != 1)
		return 0;
	for (const char *c = candidates; *c != '\0'; c++) {
		size_t n = count(text, strlen(text), *c);

		if (n > 0 &&
		    (parts_names(text, *c) ||
			(left > 0 && count(row, left, *c) == n)))
			return *c;
	}
	return 0;
}

static bool
check_delimiter(struct sheet *s)
{
	char c = other_delimiter(s);
	struct finding f = {.rule = RULE_WRONG_DELIMITER};
	struct buf text = {0};

	if (c == 0)
		return true;
	sheet_field(s, 0, &f);
	if (c == '\t')
		buf_str(&text, "the fields are parted by tabs");
	else
		buf_fmt(&text, "the fields are parted by '%c'", c);
	buf_str(&text, ": see --delimiter");
	f.message = buf_text(&text);
	report_add(s->report, &f);
	buf_release(&text);
	s->ended = true;
	return false;
}

/* Names in alphabetical order; of equal ones the first comes first. */
static int
by_name(const void *a, const void *b)
{
	char *const *x = *(char *const *const *)a;
	char *const *y = *(char *const *const *)b;
	int order = strcmp(*x, *y);

	return order != 0 ? order : x < y ? -1 : x > y;
}

/* Columns that have a name twice, whatever that means. */
static void
check_twice(struct sheet *s, bool *twice)
{
	char ***sorted = mem_alloc(s->names.n, sizeof(*sorted));

	for (size_t i = 0; i < s->names.n; i++)
		sorted[i] = &s->names.at[i];
	qsort(sorted, s->names.n, sizeof(*sorted), by_name);
	for (size_t i = 1; i < s->names.n; i++)
		twice[sorted[i] - s->names.at] = sorted[i][0][0] != '\0' &&
		    strcmp(*sorted[i], *sorted[i - 1]) == 0;
	free(sorted);
}

/* Column ${i} is another of that meaning. */
static void
add_second(const struct header *h, struct sheet *s, size_t i, size_t what)
{
	const struct spec *spec = &schemas[h->profile].specs[what];
	const char *spelled;

	if (h->profile != PROFILE_BARS &&
	    (columns_find(s->names.at[i], &spelled) == COLUMNS_TIME ||
		columns_find(s->names.at[h->at[what]], &spelled) ==
		    COLUMNS_TIME))
		add_field(s, i, RULE_DUPLICATE_COLUMN,
		    "second column for 'timestamp': only of bars a date and "
		    "a time of day are joined");
	else
		add_column(s, i, RULE_DUPLICATE_COLUMN, "second column for",
		    spec->name);
}

/* Take column ${i} for what its name says. */
static void
take(struct header *h, struct sheet *s, size_t i, bool twice)
{
	const struct schema *schema = &schemas[h->profile];
	const char *name = s->names.at[i], *spelled = NULL;
	size_t what = find(schema, name, &spelled);

	if (name[strspn(name, BLANKS)] == '\0') {
		add_field(s, i, RULE_EMPTY_COLUMN_NAME,
		    "the column has no name");
	} else if (what == schema->n) {
		if (twice)
			add_column(s, i, RULE_DUPLICATE_COLUMN,
			    "second column of the name", name);
		else if (h->profile != PROFILE_CSV)
			add_column(s, i, RULE_UNKNOWN_COLUMN,
			    "nothing is known of a column", name);
	} else if (h->at[what] != COLUMNS_NONE) {
		add_second(h, s, i, what);
		h->usable = h->usable && !schema->specs[what].needed;
	} else {
		h->at[what] = i;
		if (strstr(name, spelled) == NULL)
			add_column(s, i, RULE_COLUMN_NAME_CASE,
			    "the name is usually written", spelled);
	}
}

static void
check_missing(struct header *h, struct sheet *s)
{
	const struct schema *schema = &schemas[h->profile];

	for (size_t i = 0; i < schema->n; i++) {
		const char *name = schema->specs[i].name;
		struct finding f = {.rule = RULE_MISSING_COLUMN};
		struct buf text = {0};

		if (!schema->specs[i].needed || h->at[i] != COLUMNS_NONE)
			continue;
		h->usable = false;
		buf_fmt(&text, "no column '%s'", name);
		sheet_field(s, 0, &f);
		f.field = 0;
		f.column = f.expected = name;
		f.value = NULL;
		f.message = buf_text(&text);
		report_add(s->report, &f);
		buf_release(&text);
	}
}

/* What the names mean together. */
static void
settle(struct header *h, struct sheet *s)
{
	struct columns columns;
	struct err e = {0};

	if (h->profile != PROFILE_BARS)
		return;
	if (h->at[COLUMNS_TIMESTAMP] == COLUMNS_NONE) {
		h->at[COLUMNS_TIMESTAMP] = h->at[COLUMNS_TIME];
		h->at[COLUMNS_TIME] = COLUMNS_NONE;
	}
	/* Data frames write their index first, without a name. */
	if (h->at[COLUMNS_TIMESTAMP] == COLUMNS_NONE &&
	    s->names.at[0][0] == '\0')
		h->at[COLUMNS_TIMESTAMP] = 0;
	if (h->at[COLUMNS_TIMESTAMP] != COLUMNS_NONE &&
	    h->at[COLUMNS_TIME] != COLUMNS_NONE &&
	    columns_read(&columns, s->csv, &e) != 0 && h->usable) {
		add_field(s, h->at[COLUMNS_TIME], RULE_DUPLICATE_COLUMN,
		    "second column for 'timestamp', which is no date");
		h->usable = false;
	}
}

static void
read_names(struct header *h, struct sheet *s)
{
	bool *twice = mem_alloc(s->names.n, sizeof(*twice));

	check_twice(s, twice);
	for (size_t i = 0; i < s->names.n; i++)
		take(h, s, i, twice[i]);
	free(twice);
	settle(h, s);
	check_missing(h, s);
}

void
header_read(struct header *h, struct sheet *s)
{
	enum profile asked = (enum profile)s->check->options->profile;

	*h = (struct header){.profile = asked, .usable = true};
	for (size_t i = 0; i < HEADER_COLUMNS; i++)
		h->at[i] = COLUMNS_NONE;
	if (asked == PROFILE_AUTO || asked > PROFILE_CSV)
		h->profile = by_names(s);
	if (!check_delimiter(s)) {
		h->usable = false;
		return;
	}
	if (is_row(s)) {
		add_field(s, 0, RULE_HEADER_MISSING,
		    "the first line is a row, not a header");
		s->rows++;
		h->usable = false;
		return;
	}
	read_names(h, s);
}

void
header_columns(const struct header *h, const struct sheet *s, struct columns *c)
{
	const struct schema *schema = &schemas[h->profile];

	*c = (struct columns){.width = s->names.n};
	for (size_t i = 0; i < COLUMNS_COUNT; i++)
		c->at[i] = COLUMNS_NONE;
	for (size_t i = 0; i < schema->n; i++)
		if (schema->specs[i].what != COLUMNS_COUNT)
			c->at[schema->specs[i].what] = h->at[i];
}
