/* SPDX-License-Identifier: MIT */
/* What qte-verify's series rules find in made-up bars. */
#ifndef FOUND_H
#define FOUND_H

#include "base/buf.h"
#include "made.h"
#include "scratch.h"

/* What is found, as "LINE RULE" for each, in order, with the value of a gap. */
static inline const char *
found(void)
{
	static struct buf text;
	struct report_opts ropts = {.text = true};
	struct report *r = report_new(&ropts);
	struct series *s = series_new(&opts, r);
	struct report_totals totals = {0};
	struct out out;
	struct err e = {0};
	char *save = NULL;

	for (enum rule rule = 0; rule < RULES; rule++)
		ropts.severity[rule] = rule_severity(rule);
	scratch_put("out", "", 0);
	CHECK_INT(out_open(&out, "out", &e), 0);
	report_stream(r, &out, NULL);
	report_begin(r, "F");
	for (int i = 0; i < bars.n; i++) {
		bars.at[i].line = i + 2;
		series_add(s, &bars.at[i]);
	}
	series_end(s);
	series_free(s);
	report_end(r, &totals);
	CHECK_INT(out_close(&out, &e), 0);
	report_free(r);
	buf_reset(&text);
	buf_str(&text, "");

	static char copy[4096];

	(void)snprintf(copy, sizeof(copy), "%s", place_read("out"));
	for (char *l = strtok_r(copy, "\n", &save); l != NULL;
	     l = strtok_r(NULL, "\n", &save)) {
		const char *rule = strrchr(l, '[');

		if (strncmp(l, "F:", 2) != 0 || rule == NULL)
			continue;
		buf_fmt(&text, "%s%d %.*s", text.len > 0 ? ", " : "",
		    (int)strtol(l + 2, NULL, 10), (int)strcspn(rule + 1, "]"),
		    rule + 1);
		if (strncmp(rule, "[gap", 4) == 0)
			buf_fmt(&text, " %d",
			    (int)strtol(strstr(l, "warning: ") + 9, NULL, 10));
	}
	return buf_text(&text);
}

/* A format that is made here, compared with what is found. */
#define FINDS(...)                                                 \
	do {                                                       \
		char want_[256];                                   \
                                                                   \
		(void)snprintf(want_, sizeof(want_), __VA_ARGS__); \
		CHECK_STR(found(), want_);                         \
	} while (0)

#endif
