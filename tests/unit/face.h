/* SPDX-License-Identifier: MIT */
/* What tests of the face stand on: the tool of face_tool.h, and to call it. */
#ifndef FACE_H
#define FACE_H

#include <stdlib.h>

#include "base/num.h"
#include "face/cli.h"
#include "face_tool.h"
#include "scratch.h"
#include "unit.h"

#define ARGS_MAX 16

static struct options o;
static struct cli c;
static struct err e;

/* No configuration and no environment but what the test sets. */
static inline void
face_fresh(void)
{
	static const char *const names[] = {"FORMAT", "QUIET", "VERBOSE",
	    "COLOR", "OUTPUT", "HELP", "VERSION", "RUN_FAST", "RUN_NAME",
	    "RUN_COUNT", "RUN_WAY", "RUN_EMIT", "RUN_PARAM", "RUN_CASH",
	    "RUN_RATE_OF_COST", "RUN_RF", "RUN_CACHE", "BACKUP_LEVEL"};
	char name[64];

	for (size_t i = 0; i < QTE_COUNT(names); i++) {
		(void)snprintf(name, sizeof(name), "QTE_%s", names[i]);
		(void)unsetenv(name);
	}
	(void)unsetenv("POSIXLY_CORRECT");
	(void)setenv("QTE_CONFIG", "/dev/null", 1);
}

static inline void
face_config(const char *text)
{
	scratch_put("qte.conf", text, strlen(text));
	(void)setenv("QTE_CONFIG", "qte.conf", 1);
}

/* Parse ${line}, cut at its blanks; in a word '~' stands for one. */
static inline int
face_parse_with(const struct cli_tool *tool, const char *line)
{
	static char text[1024], program[] = "program", *argv[ARGS_MAX];
	char *save = NULL;
	size_t n = 0;

	(void)snprintf(text, sizeof(text), "%s", line);
	argv[n++] = program;
	for (char *word = strtok_r(text, " ", &save);
	     word != NULL && n < ARGS_MAX - 1;
	     word = strtok_r(NULL, " ", &save)) {
		for (char *p = word; *p != '\0'; p++)
			*p = *p == '~' ? ' ' : *p;
		argv[n++] = word;
	}
	argv[n] = NULL;
	o = (struct options){0};
	e = (struct err){0};
	return cli_parse(&c, tool, argv, &o, &e);
}

/* The same, and it must go well. */
static inline bool
face_parse(const char *line)
{
	int rc = face_parse_with(&face_tool, line);

	if (rc != 0)
		printf("# %s: %s\n", line, e.msg);
	return CHECK_INT(rc, 0);
}

static inline void
face_error_with(const struct cli_tool *tool, const char *line, int status,
    const char *message)
{
	if (!CHECK_INT(face_parse_with(tool, line), status))
		printf("# for: %s\n", line);
	CHECK_STR(e.msg, message);
	if (e.status == 0)
		cli_release(&c);
	CHECK_INT(e.status, status);
}

static inline void
face_error(const char *line, int status, const char *message)
{
	face_error_with(&face_tool, line, status, message);
}

/* What is in the options, all of it, as one text; borrowed. */
static inline const char *
face_state(void)
{
	static char text[1024];
	char cash[NUM_TEXT_SIZE];
	int n;

	(void)num_put_scaled(cash, o.cash, NUM_MONEY_SCALE);
	n = snprintf(text, sizeof(text),
	    "%d %s %lld %d %u %s %lld %.17g %d %d %d:", o.fast,
	    o.name != NULL ? o.name : "(none)", (long long)o.count, o.way,
	    o.emit, cash, (long long)o.rate, o.rf, o.common.quiet,
	    o.common.verbose, o.common.color);
	for (size_t i = 0; i < o.params.n; i++)
		n += snprintf(text + n, sizeof(text) - (size_t)n, " <%s>",
		    o.params.at[i]);
	return text;
}

#endif
