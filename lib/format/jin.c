/* SPDX-License-Identifier: MIT */
/* JSON in, by jansson. */
#include "format/jin.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "base/when.h"

/* Put the place in front of the message, and ${column} unless it is 0. */
static void
put_place(const struct jin *j, int column, struct err *e)
{
	const char *name = j->name;
	char text[NUM_TEXT_SIZE] = "";

	if (name == NULL)
		return;
	if (strcmp(name, "-") == 0)
		name = "standard input";
	if (column > 0)
		(void)snprintf(text, sizeof(text), ":%d", column);
	err_wrap(e, "%s:%lld%s", name, (long long)j->line, text);
}

static int
refuse(struct jin *j, const json_error_t *error, struct err *e)
{
	if (json_error_code(error) == json_error_out_of_memory)
		return err_set(e, EX_OSERR, "out of memory");
	j->column = error->position > 0 ? error->position : 1;
	(void)err_set(e, EX_DATAERR, "not JSON: %s", error->text);
	put_place(j, j->column, e);
	return EX_DATAERR;
}

int
jin_read(struct jin *j, const char *text, size_t n, struct err *e)
{
	json_error_t error;

	jin_release(j);
	j->line++;
	if (n > 0 && text[n - 1] == '\n')
		n--;
	/* What is no object must be told from what is no JSON. */
	j->object = json_loadb(text, n,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (j->object == NULL)
		return refuse(j, &error, e);
	if (json_is_object((json_t *)j->object))
		return 0;
	jin_release(j);
	j->column = 1;
	(void)err_set(e, EX_DATAERR, "not a JSON object");
	put_place(j, j->column, e);
	return EX_DATAERR;
}

int
jin_next(struct jin *j, struct in *in, struct err *e)
{
	const char *line;
	size_t n;
	int rc = in_line(in, JIN_LINE_MAX, &line, &n, e);

	if (rc == 0)
		return jin_read(j, line, n, e);
	jin_release(j);
	if (rc == IN_LONG) {
		j->line++;
		(void)err_set(e, EX_DATAERR, "line is longer than %zu bytes",
		    JIN_LINE_MAX);
		put_place(j, 0, e);
	}
	return rc;
}

void
jin_release(struct jin *j)
{
	if (j->up == NULL)
		json_decref(j->object);
	j->object = NULL;
}

/* The key as a path from the record: "findings.error". */
static void
put_path(struct buf *b, const struct jin *j, const char *key)
{
	if (j->up != NULL) {
		put_path(b, j->up, j->up_key);
		buf_char(b, '.');
	}
	buf_str(b, key);
}

int
jin_err(const struct jin *j, const char *key, struct err *e, const char *format,
    ...)
{
	struct buf path = {0};
	va_list ap;

	va_start(ap, format);
	(void)err_vset(e, EX_DATAERR, format, ap);
	va_end(ap);
	put_path(&path, j, key);
	err_wrap(e, "%s", buf_text(&path));
	put_place(j, 0, e);
	buf_release(&path);
	return EX_DATAERR;
}

static const char *
kind(const json_t *value)
{
	static const char *const names[] = {[JSON_OBJECT] = "an object",
	    [JSON_ARRAY] = "an array",
	    [JSON_STRING] = "a string",
	    [JSON_INTEGER] = "a whole number",
	    [JSON_REAL] = "a number with a fraction",
	    [JSON_TRUE] = "true",
	    [JSON_FALSE] = "false",
	    [JSON_NULL] = "null"};

	return names[json_typeof(value)];
}

static const json_t *
find(const struct jin *j, const char *key)
{
	return json_object_get(j->object, key);
}

/* The value under ${key} is not what it should be. */
static int
expected(const struct jin *j, const char *key, const char *what, struct err *e)
{
	const json_t *value = find(j, key);

	if (value == NULL)
		return jin_err(j, key, e, "the key is missing");
	if (json_is_string(value))
		return jin_err(j, key, e, "expected %s, not '%s'", what,
		    json_string_value(value));
	return jin_err(j, key, e, "expected %s, not %s", what, kind(value));
}

bool
jin_has(const struct jin *j, const char *key)
{
	const json_t *value = find(j, key);

	return value != NULL && !json_is_null(value);
}

int
jin_text(const struct jin *j, const char *key, const char **to, struct err *e)
{
	const json_t *value = find(j, key);

	if (!json_is_string(value))
		return expected(j, key, "a string", e);
	*to = json_string_value(value);
	return 0;
}

int
jin_int(const struct jin *j, const char *key, int64_t *to, struct err *e)
{
	const json_t *value = find(j, key);

	if (json_is_integer(value)) {
		*to = json_integer_value(value);
		return 0;
	}
	if (json_is_string(value) &&
	    num_read_int(json_string_value(value), json_string_length(value),
		to) == NUM_OK)
		return 0;
	return expected(j, key, "a whole number", e);
}

static bool
read_large(const char *digits, uint64_t *to)
{
	*to = 0;
	for (const char *p = digits; *p != '\0'; p++)
		if (*p < '0' || *p > '9' ||
		    __builtin_mul_overflow(*to, 10, to) ||
		    __builtin_add_overflow(*to, (uint64_t)(*p - '0'), to))
			return false;
	return *digits != '\0';
}

int
jin_large(const struct jin *j, const char *key, uint64_t *to, struct err *e)
{
	const json_t *value = find(j, key);

	if (json_is_integer(value) && json_integer_value(value) >= 0) {
		*to = (uint64_t)json_integer_value(value);
		return 0;
	}
	if (json_is_string(value) && read_large(json_string_value(value), to))
		return 0;
	return expected(j, key, "a whole number from 0", e);
}

int
jin_double(const struct jin *j, const char *key, double *to, struct err *e)
{
	const json_t *value = find(j, key);

	if (!json_is_number(value))
		return expected(j, key, "a number", e);
	*to = json_number_value(value);
	return 0;
}

int
jin_bool(const struct jin *j, const char *key, bool *to, struct err *e)
{
	const json_t *value = find(j, key);

	if (!json_is_boolean(value))
		return expected(j, key, "true or false", e);
	*to = json_is_true(value);
	return 0;
}

int
jin_time(const struct jin *j, const char *key, int64_t *to, struct err *e)
{
	const json_t *value = find(j, key);
	enum when_form form;

	if (json_is_string(value) &&
	    when_read(json_string_value(value), json_string_length(value), to,
		&form) == WHEN_OK &&
	    form == WHEN_ZONED)
		return 0;
	return expected(j, key, "a time as 2024-01-02T15:04:05Z", e);
}

int
jin_object(const struct jin *j, const char *key, struct jin *inner,
    struct err *e)
{
	const json_t *value = find(j, key);

	if (!json_is_object(value))
		return expected(j, key, "an object", e);
	*inner = (struct jin){.name = j->name,
	    .line = j->line,
	    .object = json_object_get(j->object, key),
	    .up = j,
	    .up_key = key};
	return 0;
}
