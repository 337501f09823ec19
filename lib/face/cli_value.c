/* SPDX-License-Identifier: MIT */
/* The parsers of the common types of options. */
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/num.h"
#include "face/cli.h"
#include "machine/zone.h"

/* More threads are a mistake. */
#define JOBS_MAX 256

int
cli_flag(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	static const char *const words[] = {"no", "yes", "false", "true", "off",
	    "on", "0", "1"};

	(void)opt;
	for (size_t i = 0; i < QTE_COUNT(words); i++) {
		if (strcasecmp(words[i], text) != 0)
			continue;
		*(bool *)field = i % 2 == 1;
		return 0;
	}
	return err_set(e, EX_USAGE, "'%s' is not yes or no", text);
}

int
cli_text(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	(void)opt;
	(void)e;
	*(const char **)field = text;
	return 0;
}

int
cli_path(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	if (text[0] != '/')
		return err_set(e, EX_USAGE, "'%s' is not an absolute path",
		    text);
	return cli_text(field, text, opt, e);
}

/* What ${result} and ${negative} say about ${text}. */
static int
check_number(enum num_result result, bool negative, const char *text,
    const char *kind, struct err *e)
{
	if (result == NUM_BAD)
		return err_set(e, EX_USAGE, "'%s' is not a %s", text, kind);
	if (result == NUM_HUGE)
		return err_set(e, EX_USAGE, "'%s' is too large", text);
	if (result == NUM_WIDE)
		return err_set(e, EX_USAGE,
		    "'%s' is too large or has too many digits", text);
	if (negative)
		return err_set(e, EX_USAGE, "'%s' is less than 0", text);
	return 0;
}

int
cli_count(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int64_t value = 0;
	enum num_result r = num_read_int(text, strlen(text), &value);
	int rc = check_number(r, value < 0, text, "whole number", e);

	(void)opt;
	if (rc == 0)
		*(int64_t *)field = value;
	return rc;
}

int
cli_money(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	num_i128 value = 0;
	enum num_result r = num_read_money(text, strlen(text), &value);
	int rc = check_number(r, value < 0, text, "number", e);

	(void)opt;
	if (rc == 0)
		*(num_i128 *)field = value;
	return rc;
}

int
cli_rate(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int64_t value = 0;
	enum num_result r = num_read_rate(text, strlen(text), &value);
	int rc = check_number(r, value < 0, text,
	    "rate such as 0.001, 0.1% or 10bp", e);

	(void)opt;
	if (rc != 0)
		return rc;
	if (value >= NUM_PRICE_ONE)
		return err_set(e, EX_USAGE, "'%s' is not less than 1", text);
	*(int64_t *)field = value;
	return 0;
}

int
cli_duration(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	(void)opt;
	if (num_read_duration(text, strlen(text), field) != NUM_OK)
		return err_set(e, EX_USAGE,
		    "'%s' is not a time such as 30d, 60s or 500ms", text);
	return 0;
}

int
cli_up_to(int64_t most, int64_t *n, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int rc = cli_count(n, text, opt, e);

	if (rc == 0 && (*n < 1 || *n > most))
		return err_set(e, EX_USAGE, "'%s' is not from 1 to %" PRId64,
		    text, most);
	return rc;
}

int
cli_jobs(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	return cli_up_to(JOBS_MAX, field, text, opt, e);
}

int
cli_double(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	double value = 0;
	enum num_result r = num_read_double(text, strlen(text), &value);
	int rc = check_number(r, false, text, "number", e);

	(void)opt;
	if (rc == 0)
		*(double *)field = value;
	return rc;
}

static void
not_a_choice(const struct cli_opt *opt, const char *word, struct err *e)
{
	struct buf all = {0};
	size_t n;

	for (n = 0; opt->choices[n] != NULL; n++)
		buf_fmt(&all, "%s%s", n > 0 ? ", " : "", opt->choices[n]);
	err_set(e, EX_USAGE, "'%s' is not one of %s", word, buf_text(&all));
	err_suggest(e, word, opt->choices, n, sizeof(char *));
	buf_release(&all);
}

/* The index in ->choices of the ${n} bytes of ${text}, or -1. */
static int
find_choice(const struct cli_opt *opt, const char *text, size_t n,
    struct err *e)
{
	struct buf word = {0};

	for (size_t i = 0; opt->choices[i] != NULL; i++)
		if (strncmp(opt->choices[i], text, n) == 0 &&
		    opt->choices[i][n] == '\0')
			return (int)i;
	buf_add(&word, text, n);
	not_a_choice(opt, buf_text(&word), e);
	buf_release(&word);
	return -1;
}

int
cli_choice(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int i = find_choice(opt, text, strlen(text), e);

	if (i < 0)
		return e->status;
	*(int *)field = i;
	return 0;
}

int
cli_set(void *field, const char *text, const struct cli_opt *opt, struct err *e)
{
	unsigned bits = 0;

	for (;;) {
		size_t n = strcspn(text, ",");
		int i = find_choice(opt, text, n, e);

		if (i < 0)
			return e->status;
		bits |= 1U << i;
		if (text[n] == '\0')
			break;
		text += n + 1;
	}
	*(unsigned *)field = bits;
	return 0;
}

int
cli_repeat(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	struct cli_list *list = field;

	(void)opt;
	if (*text == '\0')
		return err_set(e, EX_USAGE, "the value is empty");
	*VEC_PUSH(list) = text;
	return 0;
}

int
cli_delimiter(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	unsigned char c = (unsigned char)text[0];

	(void)opt;
	if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0)
		c = '\t';
	else if (c == '\0' || text[1] != '\0')
		return err_set(e, EX_USAGE,
		    "'%s' is not one character, nor the word tab", text);
	/* What a field or the end of a line is made of parts no fields. */
	if (c != '\t' &&
	    (c < ' ' || c > '~' || c == '"' || c == '.' || c == '-' ||
		c == '+' || (c >= '0' && c <= '9') || (c | 32) == 'e'))
		return err_set(e, EX_USAGE, "'%s' cannot part fields", text);
	*(char *)field = (char)c;
	return 0;
}

int
cli_zone(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	(void)opt;
	return zone_open(field, text, e);
}
