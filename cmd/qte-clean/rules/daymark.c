/* SPDX-License-Identifier: MIT */
/* Times that file names bear. */
#include "rules/daymark.h"

#include <string.h>

#include "base/when.h"

/* In the order of their size, and where each stands in the text of a time. */
static const char letters[] = "YmdHMS";
static const struct {
	size_t at, n;
} places[] = {{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}};

#define FIRST "0000-01-01T00:00:00Z"

static int
index_of(char letter)
{
	const char *found = letter != '\0' ? strchr(letters, letter) : NULL;

	return found != NULL ? (int)(found - letters) : -1;
}

int
daymark_check(const char *format, struct err *e)
{
	unsigned seen = 0;

	for (const char *p = format; *p != '\0'; p++) {
		if (*p != '%')
			continue;

		int i = index_of(*++p);

		if (i < 0)
			return err_set(e, EX_USAGE,
			    "'%s': %% stands before one of %s", format,
			    letters);
		if ((seen >> i & 1) != 0)
			return err_set(e, EX_USAGE, "'%s' has %%%c twice",
			    format, *p);
		seen |= 1U << i;
	}
	/* Ones from the lowest bit up. */
	if (seen == 0 || (seen & (seen + 1)) != 0)
		return err_set(e, EX_USAGE,
		    "'%s' is not %%Y, or %%Y with %%m, %%d and so on", format);
	return 0;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Read what ${*text} begins with into the ${time}; move behind it. */
static bool
read_at(const char *format, const char **text, char *time)
{
	const char *p = *text;

	for (; *format != '\0'; format++) {
		if (*format != '%') {
			if (*p++ != *format)
				return false;
			continue;
		}

		int i = index_of(*++format);

		for (size_t k = 0; k < places[i].n; k++, p++) {
			if (!is_digit(*p))
				return false;
			time[places[i].at + k] = *p;
		}
	}
	*text = p;
	return true;
}

bool
daymark_find(const char *format, const char *name, int64_t *ns)
{
	enum when_form form;

	for (const char *p = name; *p != '\0'; p++) {
		char time[] = FIRST;
		const char *end = p;

		if (p > name && is_digit(p[-1]) && is_digit(*p))
			continue;
		if (read_at(format, &end, time) &&
		    !(is_digit(*end) && is_digit(end[-1])) &&
		    when_read(time, strlen(time), ns, &form) == WHEN_OK)
			return true;
	}
	return false;
}
