/* SPDX-License-Identifier: MIT */
/* What --help, --help=all and --version print. */
#include "face/help.h"

#include <string.h>

#include "base/utf8.h"

#define WIDTH 79    /* a line that fills 80 columns wraps on some terminals */
#define LEFT_MAX 30 /* a longer option gets a line of its own */

/* "  -c, --config=FILE" */
static void
put_left(const struct cli_opt *opt, struct buf *to)
{
	size_t n;

	if (opt->key != '\0')
		buf_fmt(to, "  -%c, --%s", opt->key, opt->name);
	else
		buf_fmt(to, "      --%s", opt->name);
	if (opt->arg == NULL)
		return;
	n = strlen(opt->arg);
	if (optset_optional(opt))
		buf_fmt(to, "[=%.*s]", (int)(n - 2), opt->arg + 1);
	else
		buf_fmt(to, "=%s", opt->arg);
}

static void
put_right(const struct optset_slot *slot, bool all, struct buf *to)
{
	const struct cli_opt *opt = slot->opt;
	struct buf env = {0};

	buf_str(to, opt->help);
	if (opt->arg != NULL && opt->preset != NULL && *opt->preset != '\0')
		buf_fmt(to, " [%s]", opt->preset);
	if (all && optset_env(slot, &env))
		buf_fmt(to, " (%s)", buf_text(&env));
	buf_release(&env);
}

static void
pad(struct buf *to, size_t n)
{
	while (n-- > 0)
		buf_char(to, ' ');
}

/* ${words} from column ${col} on, where the line stands at ${at} already. */
static void
put_wrapped(struct buf *to, const char *words, size_t at, size_t col)
{
	while (*words != '\0') {
		size_t n = strcspn(words, " ");
		size_t width = utf8_width(words, n);

		if (at > col && at + 1 + width > WIDTH) {
			buf_char(to, '\n');
			at = 0;
		}
		if (at > col) {
			buf_char(to, ' ');
			at++;
		} else {
			pad(to, col - at);
			at = col;
		}
		buf_add(to, words, n);
		at += width;
		words += n;
		words += strspn(words, " ");
	}
	buf_char(to, '\n');
}

static bool
is_shown(const struct help *h, const struct cli_opt *opt)
{
	return h->all || (opt->flags & CLI_MORE) == 0;
}

/* The column at which the explanations begin. */
static size_t
right_column(const struct help *h)
{
	struct buf left = {0};
	size_t col = 0;

	for (size_t i = 0; i < h->set->n; i++) {
		const struct cli_opt *opt = h->set->at[i].opt;
		size_t width;

		if (!is_shown(h, opt))
			continue;
		buf_reset(&left);
		put_left(opt, &left);
		width = utf8_width(buf_text(&left), left.len);
		if (width > col && width <= LEFT_MAX)
			col = width;
	}
	buf_release(&left);
	return col + 2;
}

static void
put_option(const struct help *h, const struct optset_slot *slot, size_t col,
    struct buf *to)
{
	struct buf part = {0};
	size_t at;

	put_left(slot->opt, &part);
	at = utf8_width(buf_text(&part), part.len);
	buf_add(to, buf_text(&part), part.len);
	if (at + 2 > col) {
		buf_char(to, '\n');
		at = 0;
	}
	buf_reset(&part);
	put_right(slot, h->all, &part);
	put_wrapped(to, buf_text(&part), at, col);
	buf_release(&part);
}

/* The options that ${owner} declares; NULL: those of every tool. */
static void
put_options(const struct help *h, const struct cli_tool *owner, size_t col,
    struct buf *to)
{
	bool first = true;

	for (size_t i = 0; i < h->set->n; i++) {
		const struct optset_slot *slot = &h->set->at[i];
		const char *group = slot->opt->group;
		bool shared = slot->owner != h->tool && slot->owner != h->cmd;

		if (shared ? owner != NULL : slot->owner != owner)
			continue;
		if (!is_shown(h, slot->opt))
			continue;
		if (h->all && (group != NULL || first))
			buf_fmt(to, "\n%s:\n",
			    group != NULL ? group : "Options");
		first = false;
		put_option(h, slot, col, to);
	}
}

/* Each of ${lines} behind ${first} and ${name}; "usage: " stands once. */
static void
put_lines(const char *lines, const char *first, const char *name,
    struct buf *to)
{
	while (*lines != '\0') {
		size_t n = strcspn(lines, "\n");

		buf_fmt(to, "%s%s%.*s\n", first, name, (int)n, lines);
		lines += n + (lines[n] == '\n');
		first = first[0] == 'u' ? "       " : first;
	}
}

static void
put_usage(const struct help *h, struct buf *to)
{
	const struct cli_tool *t = h->cmd != NULL ? h->cmd : h->tool;
	struct buf name = {0};

	buf_str(&name, h->tool->name);
	if (h->cmd != NULL)
		buf_fmt(&name, " %s", h->cmd->name);
	buf_fmt(to, "%s: %s\n\n", buf_text(&name), t->summary);
	buf_char(&name, ' ');
	put_lines(t->synopsis != NULL ? t->synopsis : "[OPTION]...",
	    "usage: ", buf_text(&name), to);
	buf_release(&name);
}

static void
put_commands(const struct cli_tool *tool, struct buf *to)
{
	size_t col = 0;

	for (size_t i = 0; i < tool->ncmds; i++) {
		size_t n = strlen(tool->cmds[i].name);

		col = n > col ? n : col;
	}
	buf_str(to, "\nCommands:\n");
	for (size_t i = 0; i < tool->ncmds; i++) {
		const char *name = tool->cmds[i].name;

		buf_fmt(to, "  %s", name);
		put_wrapped(to, tool->cmds[i].summary, strlen(name) + 2,
		    col + 4);
	}
}

void
help_put(const struct help *h, struct buf *to)
{
	const struct cli_tool *t = h->cmd != NULL ? h->cmd : h->tool;
	size_t col = right_column(h);

	put_usage(h, to);
	if (h->cmd == NULL && h->tool->ncmds > 0)
		put_commands(h->tool, to);
	if (!h->all)
		buf_char(to, '\n');
	if (h->cmd != NULL)
		put_options(h, h->cmd, col, to);
	put_options(h, h->tool, col, to);
	put_options(h, NULL, col, to);
	if (t->examples != NULL) {
		buf_str(to, "\nExamples:\n");
		put_lines(t->examples, "  ", "", to);
	}
	if (h->all)
		buf_fmt(to, "\nSee %s(1).\n", h->tool->name);
	else
		buf_fmt(to,
		    "\nAll options: %s%s%s --help=all.  Manual: %s(1).\n",
		    h->tool->name, h->cmd != NULL ? " " : "",
		    h->cmd != NULL ? h->cmd->name : "", h->tool->name);
}

void
help_version(const struct cli_tool *tool, struct buf *to)
{
	buf_fmt(to, "%s %s (records %s)\n", tool->name, QTE_VERSION,
	    QTE_SCHEMA);
	buf_str(to, "MIT licence, without any warranty.\n");
}
