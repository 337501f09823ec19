/* SPDX-License-Identifier: MIT */
/* A row of bars that is one line of ASCII, parted into its fields. */
#include "fields.h"

#include "base/word.h"

/* A field ends here, and the next one begins; false when there are too many. */
static bool
add(struct fields *r, const char **start, const char *end)
{
	if (r->n == FAST_FIELDS)
		return false;
	r->at[r->n++] = (struct field){*start, (size_t)(end - *start)};
	*start = end + 1;
	return true;
}

/* Add a field for each byte that ${parts} names of the word at ${p}. */
static bool
add_each(struct fields *r, const char **start, const char *p, uint64_t parts)
{
	for (; parts != 0; parts &= parts - 1)
		if (!add(r, start, p + word_first(parts)))
			return false;
	return true;
}

/* Part a plain row of as many fields as there are columns. */
static bool
part_whole(struct fields *r, const struct fast *f, const char *row)
{
	uint32_t ends[FAST_FIELDS], start = 0;

	if (f->vector == NULL || !fast_vector_ends(f, row, ends))
		return false;
	r->n = f->columns.width;
	for (size_t i = 0; i < r->n; i++) {
		r->at[i] = (struct field){row + start, ends[i] - start};
		start = ends[i] + 1;
	}
	r->next = row + start + (row[start - 1] == '\r');
	return true;
}

/* Part a plain row of any number of fields. */
static bool
part_plain(struct fields *r, char delimiter, const char *row)
{
	const char *start = row, *last = NULL;
	uint64_t end = 0;

	r->n = 0;
	for (const char *p = row; end == 0; p += WORD_BYTES) {
		uint64_t x = word_load(p), before, parts, odd;

		end = word_is(x, '\n');
		/* In front of the newline; all, when there is none. */
		before = (end & -end) - 1;
		parts = word_is(x, delimiter) & before;
		odd = word_odd(x) & ~parts & before;
		if (odd != 0) {
			last = p + word_first(odd);
			if (*last != '\r' || last[1] != '\n')
				return false;
		}
		if (!add_each(r, &start, p, parts))
			return false;
		if (end != 0)
			r->next = p + word_first(end) + 1;
	}
	return add(r, &start, last != NULL ? last : r->next - 1);
}

/* From each byte that ${marks} names on, up to before the next one. */
static uint64_t
between(uint64_t marks)
{
	marks ^= marks << 8;
	marks ^= marks << 16;
	return marks ^ marks << 32;
}

/* Take off quotes; false when fields have others than ${quotes} around them. */
static bool
take_quotes(struct fields *r, int quotes)
{
	for (size_t i = 0; i < r->n; i++) {
		struct field *f = &r->at[i];

		if (f->n < 2 || f->at[0] != '"' || f->at[f->n - 1] != '"')
			continue;
		f->at++;
		f->n -= 2;
		quotes -= 2;
	}
	return quotes == 0;
}

/* Part a row that may have quotes and control characters. */
static bool
part_any(struct fields *r, char delimiter, const char *row)
{
	const char *start = row, *last;
	uint64_t end = 0, inside = 0;
	int quotes = 0;

	r->n = 0;
	for (const char *p = row; end == 0; p += WORD_BYTES) {
		uint64_t x = word_load(p), before, marks, low, odd;

		end = word_is(x, '\n');
		before = (end & -end) - 1;
		marks = word_is(x, '"') & before;
		quotes += __builtin_popcountll(marks);
		/* All of it again, when the last word ended inside quotes. */
		inside = between(marks) ^ (inside >> 63) * WORD_TOPS;
		low = ~((x | WORD_TOPS) - WORD_EACH * ' ') & ~x & WORD_TOPS;
		low = (low | word_is(x, '\x7f')) & before;
		odd = low & ~word_is(x, '\t') & ~word_is(x, '\r');
		r->control = r->control || odd != 0;
		/* NUL, what is not ASCII, and any CR but a last one. */
		odd = (word_is(x, '\0') | (x & WORD_TOPS)) & before;
		low &= word_is(x, '\r');
		if (odd != 0 || (inside & end & -end) != 0 ||
		    (low != 0 && p[word_first(low) + 1] != '\n') ||
		    !add_each(r, &start, p,
			word_is(x, delimiter) & ~inside & before))
			return false;
		if (end != 0)
			r->next = p + word_first(end) + 1;
	}
	last = r->next - 1;
	last -= last > row && last[-1] == '\r';
	r->quoted = quotes > 0;
	return add(r, &start, last) && take_quotes(r, quotes);
}

bool
fields_part(struct fields *r, const struct fast *f, const char *row)
{
	/* Rows are mostly like the one before. */
	bool plain = !r->quoted && !r->control;

	r->quoted = r->control = false;
	return (plain &&
		   (part_whole(r, f, row) ||
		       part_plain(r, f->delimiter, row))) ||
	    part_any(r, f->delimiter, row);
}
