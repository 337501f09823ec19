/* SPDX-License-Identifier: MIT */
/*
 * Fuzz the command line: what is taken, --print-config writes as a
 * configuration that gives the same values.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../unit/face_tool.h"
#include "base/utf8.h"

#define ARGS_MAX 32

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Whether ${arg} could name a configuration: any file of the machine. */
static bool
is_config(const char *arg)
{
	return arg[0] == '-' &&
	    (arg[1] == '-' ? strncmp(arg, "--config", 8) == 0
			   : strchr(arg, 'c') != NULL);
}

/* Whether a configuration that is shown on a terminal can hold ${arg}. */
static bool
is_text(const char *arg)
{
	size_t n = strlen(arg), used;
	uint32_t rune;

	for (size_t i = 0; i < n; i += used) {
		used = utf8_next(arg + i, n - i, &rune);
		if (used == 0 ||
		    (utf8_control(rune) && rune != '\n' && rune != '\t'))
			return false;
	}
	return true;
}

/* Cut ${text} at its NULs into ${argv}; false when it is not for us. */
static bool
cut(char *text, size_t n, char **argv)
{
	static char program[] = "program", print[] = "--print-config";
	size_t args = 0;

	argv[args++] = program;
	argv[args++] = print;
	for (size_t at = 0; at < n; at += strlen(text + at) + 1) {
		if (args == ARGS_MAX || is_config(text + at) ||
		    !is_text(text + at))
			return false;
		argv[args++] = text + at;
	}
	argv[args] = NULL;
	return true;
}

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void
compare(const struct options *a, const struct options *b)
{
	assert(a->fast == b->fast && same(a->name, b->name));
	assert(a->count == b->count && a->way == b->way && a->emit == b->emit);
	assert(a->cash == b->cash && a->rate == b->rate);
	assert(memcmp(&a->rf, &b->rf, sizeof(a->rf)) == 0);
	assert(a->common.quiet == b->common.quiet);
	assert(a->common.verbose == b->common.verbose);
	assert(a->common.color == b->common.color);
	assert(a->params.n == b->params.n);
	for (size_t i = 0; i < a->params.n; i++)
		assert(same(a->params.at[i], b->params.at[i]));
}

static void
read_back(const struct options *first, const struct buf *text)
{
	FILE *file = tmpfile();
	char config[64], program[] = "program";
	char *argv[] = {program, config, NULL};
	struct options o = {0};
	struct err e = {0};
	struct cli c;

	assert(file != NULL &&
	    write(fileno(file), text->data, text->len) == (ssize_t)text->len);
	snprintf(config, sizeof(config), "--config=/proc/self/fd/%d",
	    fileno(file));
	assert(cli_parse(&c, &face_tool, argv, &o, &e) == 0);
	fclose(file);
	compare(first, &o);
	cli_release(&c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *text = malloc(n + 1), *argv[ARGS_MAX + 1];
	struct options o = {0};
	struct err e = {0};
	struct cli c;
	int rc;

	assert(text != NULL && setenv("QTE_CONFIG", "/dev/null", 1) == 0);
	memcpy(text, data, n);
	text[n] = '\0';
	if (!cut(text, n, argv))
		goto free;
	rc = cli_parse(&c, &face_tool, argv, &o, &e);
	assert(rc == e.status && strchr(e.msg, '\n') == NULL);
	if (rc != 0)
		goto free;
	assert(c.todo == CLI_PRINT);
	/* Not the help, and not as records. */
	if (strncmp(buf_text(&c.text), "[common]\n", 9) == 0)
		read_back(&o, &c.text);
	cli_release(&c);
free:
	free(text);
	return 0;
}
