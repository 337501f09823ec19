/* SPDX-License-Identifier: MIT */
/* Plain rows of market data, straight into columns. */
#include "market/fast.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/utf8.h"
#include "base/word.h"
#include "market/fast_time.h"

/* Digits that always fit, and whole numbers that a double holds. */
#define DIGITS_MAX 18

/* Times since 1970 that are put together here end before. */
#define EPOCH_END_S UINT64_C(4000000000)

/* Counts below may be of another unit. */
#define EPOCH_LEAST UINT64_C(100000000)

/* Longer ones may be too long. */
#define SYMBOL_MAX 64

struct text {
	const char *at;
	size_t n;
};

/* The digits of a number as one, and how many are behind the point. */
struct number {
	uint64_t digits;
	unsigned decimals;
};

static const int64_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000,
    10000000, 100000000, 1000000000};

static const double doubles[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8,
    1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17};

void
fast_init(struct fast *f, const struct columns *columns, char delimiter)
{
	size_t read = 0;

	*f = (struct fast){.columns = *columns,
	    .delimiter = delimiter,
	    .symbol = ""};
	for (size_t i = 0; i < COLUMNS_COUNT; i++)
		read += i != COLUMNS_SYMBOL && columns->at[i] != COLUMNS_NONE;
	f->unread = read < columns->width;
	/* Which no field has. */
	memset(f->date, '\n', sizeof(f->date));
}

void
fast_vectors(struct fast *f)
{
	if (f->columns.width <= FAST_FIELDS)
		f->vector = fast_vector_new();
}

void
fast_release(struct fast *f)
{
	free(f->vector);
	f->vector = NULL;
}

/* 9 to 16 digits, or 19, that are no calendar date. */
static bool
read_count(const char *p, size_t n, uint64_t *count)
{
	uint64_t high, low, top = 0;

	if (n == 19) {
		top = word_load(p) ^ WORD_ZEROS;
		if (!word_all_digits(top))
			return false;
		top = word_digits(top << 40);
		p += 3;
		n = 16;
	}
	if (n < 9 || n > 16 || n == 12 || n == 14)
		return false;
	high = word_load(p) ^ WORD_ZEROS;
	low = word_load(p + n - 8) ^ WORD_ZEROS;
	if (!word_all_digits(high) || !word_all_digits(low))
		return false;
	high = word_digits(high << 8 * (16 - n));
	*count = (top * 100000000 + high) * 100000000 + word_digits(low);
	return true;
}

/* As base/when.h has it: its size tells the unit. */
static bool
read_epoch(const struct fast *f, const char *p, size_t n, int64_t *ns)
{
	uint64_t count, unit = 1;

	if (!read_count(p, n, &count))
		return false;
	if (count < UINT64_C(100000000000))
		unit = 1000000000;
	else if (count < UINT64_C(100000000000000))
		unit = 1000000;
	else if (count < UINT64_C(100000000000000000))
		unit = 1000;
	if (count < EPOCH_LEAST || count >= EPOCH_END_S * (1000000000 / unit) ||
	    (f->unit_ns != 0 && (uint64_t)f->unit_ns != unit))
		return false;
	*ns = (int64_t)(count * unit);
	return true;
}

/* From the clock of a zone.  What that shows twice depends on other rows. */
static bool
to_utc(struct zone *zone, int64_t *ns)
{
	int64_t utc[2];

	if (zone->name == NULL)
		return true;
	if (zone_to_utc(zone, *ns, utc) != ZONE_OK || utc[0] != utc[1])
		return false;
	*ns = utc[0];
	return true;
}

bool
fast_time_any(struct fast *f, const char *p, size_t n, int64_t *ns)
{
	enum when_form form;

	if (f->stamp->form == WHEN_EPOCH && read_epoch(f, p, n, ns))
		return true;
	if (n >= FAST_CLOCK && memcmp(p, f->date, FAST_DATE) != 0 &&
	    when_read(p, FAST_DATE, ns, &form) == WHEN_OK &&
	    form == WHEN_LOCAL) {
		memcpy(f->date, p, FAST_DATE);
		f->date_ns = *ns;
	}
	return when_read(p, n, ns, &form) == WHEN_OK &&
	    form == f->stamp->form && (form != WHEN_EPOCH || f->unit_ns == 0) &&
	    (form != WHEN_LOCAL || to_utc(&f->stamp->zone, ns));
}

enum fast_use
fast_symbol(const struct fast *f, const char *text, size_t n)
{
	if (n == 0)
		return FAST_LEAVE;
	if (f->symbols != NULL)
		return n <= SYMBOL_MAX ? FAST_TAKE : FAST_LEAVE;
	if (n == f->symbol_len && memcmp(text, f->symbol, n) == 0)
		return FAST_TAKE;
	if (f->pick->wanted != NULL && n <= SYMBOL_MAX &&
	    pick_known(f->pick, text, n))
		return FAST_PASS;
	return FAST_LEAVE;
}

static bool
read_number(struct text t, struct number *number)
{
	size_t point = t.n;
	uint64_t digits = 0;

	for (size_t i = 0; i < t.n; i++) {
		unsigned d = (unsigned)((unsigned char)t.at[i] - '0');

		if (d <= 9)
			digits = digits * 10 + d;
		else if (t.at[i] == '.' && point == t.n)
			point = i;
		else
			return false;
	}
	if (t.n > DIGITS_MAX || point == 0 || point + 1 == t.n)
		return false;
	number->digits = digits;
	number->decimals = (unsigned)(t.n - point) - (point < t.n);
	return true;
}

static bool
read_price(struct text t, int64_t *units, int *scale)
{
	struct number n;

	if (!read_number(t, &n) || n.decimals > NUM_PRICE_SCALE ||
	    n.digits == 0 ||
	    __builtin_mul_overflow(n.digits,
		powers[NUM_PRICE_SCALE - n.decimals], units))
		return false;
	if ((int)n.decimals > *scale)
		while (*units % powers[NUM_PRICE_SCALE - *scale] != 0)
			++*scale;
	return true;
}

/* Both parts are whole numbers as doubles, so that this rounds once. */
static bool
read_volume(struct text t, double *volume)
{
	struct number n;

	if (!read_number(t, &n) || n.digits > (uint64_t)NUM_WHOLE)
		return false;
	*volume = (double)n.digits / doubles[n.decimals];
	return true;
}

/* Bytes that nobody reads are text still, act on nothing, and part no fields.
 */
static bool
is_text(const char *p, const char *end, char delimiter)
{
	bool ascii = true;
	uint32_t rune;

	for (const char *c = p; c < end; c++) {
		if (*c == '"' || *c == 0x7f ||
		    ((unsigned char)*c < ' ' && *c != delimiter))
			return false;
		ascii = ascii && (unsigned char)*c < 0x80;
	}
	for (size_t used; !ascii && p < end; p += used) {
		used = utf8_next(p, (size_t)(end - p), &rune);
		if (used == 0 || (utf8_control(rune) && *p != delimiter))
			return false;
	}
	return true;
}

/* Part the row into its fields; false when they are not as many. */
static bool
part(const struct fast *f, const char *p, const char *end, struct text *fields)
{
	size_t n = 0;

	if (f->unread && !is_text(p, end, f->delimiter))
		return false;
	for (const char *c = p;; c++) {
		if (c < end && *c != f->delimiter)
			continue;
		if (n == f->columns.width)
			return false;
		fields[n++] = (struct text){p, (size_t)(c - p)};
		if (c == end)
			return n == f->columns.width;
		p = c + 1;
	}
}

static bool
read_time(struct fast *f, const struct text *fields, int64_t *ns)
{
	const struct text *t = &fields[f->columns.at[COLUMNS_TIMESTAMP]];
	const struct text *clock;

	if (f->columns.at[COLUMNS_TIME] == COLUMNS_NONE)
		return fast_time(f, t->at, t->n, ns);
	clock = &fields[f->columns.at[COLUMNS_TIME]];
	return t->n == FAST_DATE &&
	    fast_time_joined(f, t->at, clock->at, clock->n, ns);
}

/* Read a row of ours to behind those of the batch. */
static bool
read_row(struct fast *f, const struct text *fields, struct fast_run *run)
{
	struct batch *b = run->batch;
	const size_t *at = f->columns.at;
	size_t i = b->n;
	int64_t o, h, l, c;
	int scale = run->scale;

	if (!f->stamp->any || !read_time(f, fields, &b->ts_ns[i]) ||
	    (f->symbols == NULL && b->ts_ns[i] <= f->stamp->ts_ns) ||
	    !read_price(fields[at[COLUMNS_OPEN]], &o, &scale) ||
	    !read_price(fields[at[COLUMNS_HIGH]], &h, &scale) ||
	    !read_price(fields[at[COLUMNS_LOW]], &l, &scale) ||
	    !read_price(fields[at[COLUMNS_CLOSE]], &c, &scale) ||
	    !read_volume(fields[at[COLUMNS_VOLUME]], &b->volume[i]) || h < o ||
	    h < c || o < l || c < l)
		return false;
	b->price[BATCH_OPEN][i] = o;
	b->price[BATCH_HIGH][i] = h;
	b->price[BATCH_LOW][i] = l;
	b->price[BATCH_CLOSE][i] = c;
	b->line[i] = run->line;
	b->n++;
	run->scale = scale;
	f->stamp->ts_ns = b->ts_ns[i];
	f->stamp->line = run->line;
	return true;
}

/* Read a row, or pass over it. */
static bool
take_row(struct fast *f, struct fast_run *run)
{
	const char *newline =
	    memchr(run->at, '\n', (size_t)(run->end - run->at));
	const char *end = newline;
	struct text fields[FAST_FIELDS];
	const struct text *symbol = NULL;

	end -= end > run->at && end[-1] == '\r';
	if (!part(f, run->at, end, fields))
		return false;
	if (f->columns.at[COLUMNS_SYMBOL] != COLUMNS_NONE) {
		symbol = &fields[f->columns.at[COLUMNS_SYMBOL]];
		switch (fast_symbol(f, symbol->at, symbol->n)) {
		case FAST_LEAVE:
			return false;
		case FAST_PASS:
			goto passed;
		case FAST_TAKE:
			break;
		}
	}
	if (!read_row(f, fields, run))
		return false;
	if (f->symbols != NULL)
		run->batch->symbol[run->batch->n - 1] =
		    roster_take(f->symbols, symbol != NULL ? symbol->at : "",
			symbol != NULL ? symbol->n : 0);
passed:
	run->at = newline + 1;
	run->line++;
	return true;
}

static void
look_back_symbol(struct fast *f)
{
	const struct pick *pick = f->pick;

	if (f->symbols != NULL)
		return;
	f->symbol = pick->wanted != NULL ? pick->wanted
	    : pick->first != NULL	 ? pick->first
					 : "";
	f->symbol_len = strlen(f->symbol);
	/* In quotes it may have what it has not without. */
	if (strpbrk(f->symbol, "\"\r\n") != NULL)
		f->symbol_len = 0;
}

/* What the rows before say of those that follow. */
static void
look_back(struct fast *f)
{
	look_back_symbol(f);
	f->clock_len = 0;
	if (f->stamp->any &&
	    (f->stamp->form == WHEN_ZONED ||
		(f->stamp->form == WHEN_LOCAL && f->stamp->zone.name == NULL)))
		f->clock_len = FAST_CLOCK + (f->stamp->form == WHEN_ZONED);
}

void
fast_rows(struct fast *f, struct fast_run *run)
{
	if (f->columns.width > FAST_FIELDS)
		return;
	look_back(f);
	while (run->at < run->end && run->batch->n < run->room) {
		if (f->vector != NULL && f->stamp->any)
			fast_vector_rows(f, run);
		if (run->at == run->end || run->batch->n == run->room ||
		    !take_row(f, run))
			return;
	}
}
