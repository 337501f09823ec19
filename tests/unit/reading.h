/* SPDX-License-Identifier: MIT */
/* For tests: what the bars of a text come to. */
#ifndef QTE_TEST_READING_H
#define QTE_TEST_READING_H

#include "market/bars.h"
#include "scratch.h"
#include "unit.h"

#define HEADER "timestamp,open,high,low,close,volume\n"
#define GOOD "2020-01-02,10,12,9,11,100\n"
#define GOOD_LATER "2020-01-06,10,12,9,11,100\n"

struct reading {
	int rc;		/* of what ended it */
	int64_t bars;	/* handed out */
	struct bar bar; /* the last */
	int64_t rows;
	int64_t skipped[BARS_FAULTS];
	bool exact;
	char symbol[64];
	struct err e;
};

/* Read all of the text; the result lives until the next call. */
static inline const struct reading *
read_bytes(const char *bytes, size_t n, const struct bars_opts *opts)
{
	static struct reading r;
	struct bars b;

	memset(&r, 0, sizeof(r));
	scratch_put("t.csv", bytes, n);
	r.rc = bars_open(&b, "t.csv", opts, &r.e);
	if (r.rc != 0) {
		CHECK(b.source == NULL);
		return &r;
	}
	while ((r.rc = bars_next(&b, &r.bar, &r.e)) == 0)
		r.bars++;
	r.rows = b.rows;
	r.exact = b.exact;
	memcpy(r.skipped, b.skipped, sizeof(r.skipped));
	snprintf(r.symbol, sizeof(r.symbol), "%s", b.symbol);
	bars_close(&b);
	return &r;
}

static inline const struct reading *
read_text(const char *text, const struct bars_opts *opts)
{
	return read_bytes(text, strlen(text), opts);
}

#endif
