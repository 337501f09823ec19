/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a time: what is one is the time that libc's calendar makes of
 * its digits, and is written so that it reads back.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/when.h"

#define FIRST_NS (INT64_C(-9214560000) * WHEN_SECOND) /* 1678-01-01 */
#define END_NS (INT64_C(9214646400) * WHEN_SECOND)    /* 2262-01-01 */

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* ${ns} is written in both forms so that it reads back. */
static void
check_writers(int64_t ns)
{
	char text[WHEN_TEXT_SIZE];
	enum when_form form;
	int64_t back = 1;
	size_t n = when_put(text, ns);

	assert(n == strlen(text) && n < sizeof(text) && text[n - 1] == 'Z');
	if (ns >= FIRST_NS && ns < END_NS) {
		assert(when_read(text, n, &back, &form) == WHEN_OK);
		assert(back == ns && form == WHEN_ZONED);
	}
	n = when_put_short(text, ns);
	assert(n == strlen(text) && n < sizeof(text));
	if (ns >= FIRST_NS && ns < END_NS) {
		assert(when_read(text, n, &back, &form) == WHEN_OK);
		assert(back == ns && form == WHEN_LOCAL);
	}
	assert(when_weekday(ns) >= 0 && when_weekday(ns) < 7);
	assert(when_day(ns) == ns / WHEN_DAY - (ns % WHEN_DAY < 0));
}

/* The seconds that libc makes of ${text}, which was taken as a local time. */
static int64_t
libc_seconds(const char *text)
{
	int part[6] = {0, 1, 1, 0, 0, 0};
	size_t at = 0;

	for (size_t i = 0; i < 6 && text[at] != '\0' && text[at] != '.'; i++) {
		char number[5] = {0};
		size_t n = i == 0 ? 4 : 2;

		memcpy(number, text + at, n);
		part[i] = (int)strtol(number, NULL, 10);
		at += n;
		at += strcspn(text + at, "0123456789.") != 0;
	}
	struct tm tm = {.tm_year = part[0] - 1900,
	    .tm_mon = part[1] - 1,
	    .tm_mday = part[2],
	    .tm_hour = part[3],
	    .tm_min = part[4],
	    .tm_sec = part[5]};
	struct tm same = tm;
	time_t t = timegm(&tm);

	/* A date that is none would come back as another. */
	assert(tm.tm_mday == same.tm_mday && tm.tm_mon == same.tm_mon);
	assert(tm.tm_hour == same.tm_hour && tm.tm_min == same.tm_min);
	assert(tm.tm_sec == same.tm_sec && tm.tm_year == same.tm_year);
	return (int64_t)t;
}

static void
check_text(const char *text, size_t n, const char *bare)
{
	enum when_form form = WHEN_LOCAL;
	int64_t ns = 1;
	enum when_result r = when_read(bare, n, &ns, &form);

	if (r != WHEN_OK)
		return;
	assert(strlen(text) == n && strspn(text, "0123456789-/+:.TtZz ") == n);
	assert(ns >= FIRST_NS && ns < END_NS);
	check_writers(ns);
	if (form == WHEN_LOCAL)
		assert(libc_seconds(text) ==
		    ns / WHEN_SECOND - (ns % WHEN_SECOND < 0));
	if (form == WHEN_EPOCH)
		assert(ns == 0 || ns % strtoll(text, NULL, 10) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *text = malloc(n + 1), *bare = malloc(n > 0 ? n : 1);
	int64_t ns;

	assert(text != NULL && bare != NULL);
	for (size_t i = 0; i < n; i++)
		text[i] = bare[i] = (char)data[i];
	text[n] = '\0';
	if (n == sizeof(ns)) {
		memcpy(&ns, data, sizeof(ns));
		check_writers(ns);
	}
	check_text(text, n, bare);
	free(bare);
	free(text);
	return 0;
}
