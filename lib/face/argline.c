/* SPDX-License-Identifier: MIT */
/* Is the command line one that the option table allows. */
#include "face/argline.h"

#include <string.h>

#include "base/buf.h"

static int
unknown(const struct argline *a, const char *word, struct err *e)
{
	int rc = err_set(e, EX_USAGE, "unknown option '%s'", word);

	optset_suggest(a->set, e, word);
	return rc;
}

static int
needs(const struct optset_slot *slot, struct err *e)
{
	return err_set(e, EX_USAGE, "--%s needs %s", slot->opt->name,
	    slot->opt->arg);
}

/* --name or --name=value, at ${p}; move on to the value when it stands apart.
 */
static int
check_long(const struct argline *a, char *const **p, struct err *e)
{
	const char *word = **p;
	size_t n = strcspn(word, "=");
	const struct optset_slot *slot = optset_long(a->set, word + 2, n - 2);

	if (slot == NULL) {
		struct buf name = {0};
		int rc;

		buf_add(&name, word, n);
		rc = unknown(a, buf_text(&name), e);
		buf_release(&name);
		return rc;
	}
	if (slot->opt->arg == NULL && word[n] == '=')
		return err_set(e, EX_USAGE, "--%s takes no value: '%s'",
		    slot->opt->name, word + n + 1);
	if (slot->opt->arg == NULL || word[n] == '=' ||
	    optset_optional(slot->opt))
		return 0;
	if (*++*p == NULL)
		return needs(slot, e);
	return 0;
}

/* A letter that no option has, in ${word}. */
static int
unknown_letter(const struct argline *a, const char *word, const char *at,
    struct err *e)
{
	size_t n = strcspn(word + 1, "=");
	int len = 1;

	if (optset_long(a->set, word + 1, n) != NULL)
		return err_set(e, EX_USAGE,
		    "unknown option '%s'; did you mean '-%.*s'?", word,
		    (int)n + 1, word);
	while (len < 4 && (at[len] & 0xC0) == 0x80)
		len++;
	if (at == word + 1 && at[len] == '\0')
		return err_set(e, EX_USAGE, "unknown option '%s'", word);
	return err_set(e, EX_USAGE, "unknown option '-%.*s' in '%s'", len, at,
	    word);
}

/* A cluster of letters, the last of which may have a value. */
static int
check_short(const struct argline *a, char *const **p, struct err *e)
{
	const char *word = **p;

	for (const char *at = word + 1; *at != '\0'; at++) {
		const struct optset_slot *slot = optset_short(a->set, *at);

		if (slot == NULL)
			return unknown_letter(a, word, at, e);
		if (slot->opt->arg == NULL)
			continue;
		if (at[1] != '\0' || optset_optional(slot->opt))
			return 0;
		if (*++*p == NULL)
			return needs(slot, e);
		return 0;
	}
	return 0;
}

/* The first operand of a tool with subcommands. */
static int
check_command(struct argline *a, const char *word, struct err *e)
{
	const struct cli_tool *tool = a->tool;
	int rc;

	for (size_t i = 0; i < tool->ncmds; i++) {
		if (strcmp(tool->cmds[i].name, word) != 0)
			continue;
		a->cmd = &tool->cmds[i];
		optset_add(a->set, a->cmd, a->base);
		return 0;
	}
	if (tool->max_args != 0)
		return 0;
	rc = err_set(e, EX_USAGE, "unknown command '%s'", word);
	err_suggest(e, word, &tool->cmds[0].name, tool->ncmds,
	    sizeof(tool->cmds[0]));
	return rc;
}

int
argline_check(struct argline *a, char *const *argv, struct err *e)
{
	bool operands_only = false, first = a->tool->ncmds > 0;

	if (*argv == NULL)
		return 0;
	for (char *const *p = argv + 1; *p != NULL; p++) {
		const char *word = *p;
		int rc = 0;

		if (operands_only || word[0] != '-' || word[1] == '\0') {
			if (first)
				rc = check_command(a, word, e);
			first = false;
		} else if (strcmp(word, "--") == 0) {
			operands_only = true;
		} else if (word[1] == '-') {
			rc = check_long(a, &p, e);
		} else {
			rc = check_short(a, &p, e);
		}
		if (rc != 0)
			return rc;
	}
	return 0;
}

static int
needs_command(const struct cli_tool *tool, struct err *e)
{
	struct buf names = {0};
	int rc;

	for (size_t i = 0; i < tool->ncmds; i++)
		buf_fmt(&names, "%s%s", i > 0 ? ", " : "", tool->cmds[i].name);
	rc = err_set(e, EX_USAGE, "needs a command: %s", buf_text(&names));
	buf_release(&names);
	return rc;
}

int
argline_count(const struct argline *a, const char *const *args, size_t n,
    struct err *e)
{
	const struct cli_tool *t = a->cmd != NULL ? a->cmd : a->tool;
	const char *name = t->operands != NULL ? t->operands : "FILE";

	if (a->cmd == NULL && t->ncmds > 0 && t->max_args == 0)
		return needs_command(t, e);
	if (t->min_args > 0 && n < (size_t)t->min_args)
		return err_set(e, EX_USAGE, "needs %s", name);
	if (t->max_args < 0 || n <= (size_t)t->max_args)
		return 0;
	if (t->max_args == 0)
		return err_set(e, EX_USAGE, "takes no operands: '%s'", args[0]);
	return err_set(e, EX_USAGE, "one operand too many: '%s'",
	    args[t->max_args]);
}
