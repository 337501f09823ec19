/* SPDX-License-Identifier: MIT */
/* Completions of a tool's command line for the shell. */
#include "face/complete.h"

#include <string.h>

#include "base/utf8.h"

#define LINE 78

/*
 * The script stands on three functions that are made from the tables, and of
 * which the rest knows the names.  bash cuts words at the '=' and ':' of
 * COMP_WORDBREAKS: they are joined again, and what readline does not replace
 * is cut off the answers.  @ stands for the name of the main function.
 */
static const char bash_head[] =
    "# shellcheck shell=bash\n"
    "# @_value COMMAND OPTION [NEAR]: how to complete the value of the\n"
    "# option, in answer: free, files, or words or list and the choices.\n"
    "# Fails for one without a value, or without NEAR one that may lack it.\n"
    "@_value()\n"
    "{\n"
    "\tcase $1:$2 in\n";

static const char bash_options[] =
    "\t*)\n"
    "\t\treturn 1\n"
    "\t\t;;\n"
    "\tesac\n"
    "}\n"
    "\n"
    "# @_options COMMAND: the options, in answer.\n"
    "@_options()\n"
    "{\n";

static const char bash_operands[] =
    "}\n"
    "\n"
    "# @_operands COMMAND: complete word to an operand.\n"
    "@_operands()\n"
    "{\n";

static const char bash_offer[] =
    "}\n"
    "\n"
    "# @_offer PREFIX WORD...: answer with those that begin as word does.\n"
    "@_offer()\n"
    "{\n"
    "\tlocal prefix=$1 each\n"
    "\n"
    "\tshift\n"
    "\tfor each; do\n"
    "\t\t[[ $each != \"$word\"* ]] || COMPREPLY+=(\"$prefix$each\")\n"
    "\tdone\n"
    "}\n"
    "\n"
    "# @_files PREFIX: answer with the files that begin as word does.\n"
    "@_files()\n"
    "{\n"
    "\tlocal prefix=$1 each\n"
    "\n"
    "\tcompopt -o filenames 2>/dev/null\n"
    "\twhile IFS= read -r each; do\n"
    "\t\tCOMPREPLY+=(\"$prefix$each\")\n"
    "\tdone < <(compgen -f -- \"$word\")\n"
    "}\n"
    "\n"
    "# @_complete PREFIX KIND CHOICE...: complete word to a value.\n"
    "@_complete()\n"
    "{\n"
    "\tlocal prefix=$1 kind=$2 given each\n"
    "\n"
    "\tshift 2\n"
    "\tcase $kind in\n"
    "\tfiles)\n"
    "\t\t@_files \"$prefix\"\n"
    "\t\t;;\n"
    "\twords)\n"
    "\t\t@_offer \"$prefix\" \"$@\"\n"
    "\t\t;;\n"
    "\tlist)\n"
    "\t\tgiven=${word%\"${word##*,}\"}\n"
    "\t\tword=${word##*,}\n"
    "\t\tfor each; do\n"
    "\t\t\t[[ ,$given == *,\"$each\",* ]] ||\n"
    "\t\t\t\t@_offer \"$prefix$given\" \"$each\"\n"
    "\t\tdone\n"
    "\t\tcompopt -o nospace 2>/dev/null\n"
    "\t\t;;\n"
    "\tesac\n"
    "}\n";

static const char bash_join[] =
    "\n"
    "# @_join: the words of the command line up to the cursor, in words.\n"
    "@_join()\n"
    "{\n"
    "\tlocal each i glue=\n"
    "\n"
    "\tfor ((i = 1; i <= COMP_CWORD; i++)); do\n"
    "\t\teach=${COMP_WORDS[i]}\n"
    "\t\tif ((i > 1)) && [[ $each == [=:]* || $glue && $each ]]; then\n"
    "\t\t\twords[-1]+=$each\n"
    "\t\telse\n"
    "\t\t\twords+=(\"$each\")\n"
    "\t\tfi\n"
    "\t\tglue=\n"
    "\t\t[[ $each != *[=:] ]] || glue=y\n"
    "\tdone\n"
    "}\n"
    "\n"
    "# @_walk WORD...: what the words before the cursor mean, in command,\n"
    "# option (whose value is next) and only (operands are next).\n"
    "@_walk()\n"
    "{\n"
    "\tlocal each i\n"
    "\n"
    "\tfor each; do\n"
    "\t\tif [[ $option ]]; then\n"
    "\t\t\toption=\n"
    "\t\telif [[ $only || $each != -?* ]]; then\n"
    "\t\t\t[[ $command ]] || command=$each\n"
    "\t\telif [[ $each == -- ]]; then\n"
    "\t\t\tonly=y\n"
    "\t\telif [[ $each == --* ]]; then\n"
    "\t\t\t! @_value \"$command\" \"$each\" || option=$each\n"
    "\t\telse\n"
    "\t\t\tfor ((i = 1; i < ${#each}; i++)); do\n"
    "\t\t\t\t@_value \"$command\" \"-${each:i:1}\" || continue\n"
    "\t\t\t\t((i < ${#each} - 1)) || option=-${each:i:1}\n"
    "\t\t\t\tbreak\n"
    "\t\t\tdone\n"
    "\t\tfi\n"
    "\tdone\n"
    "}\n";

static const char bash_main[] =
    "\n"
    "@()\n"
    "{\n"
    "\tlocal words=() answer=() command='' option='' only='' word cut\n"
    "\n"
    "\tCOMPREPLY=()\n"
    "\t@_join\n"
    "\t@_walk \"${words[@]::${#words[@]}-1}\"\n"
    "\tword=${words[-1]}\n"
    "\tcut=${COMP_WORDBREAKS//[!=:]/}\n"
    "\tif [[ $cut && $word == *[\"$cut\"]* ]]; then\n"
    "\t\tcut=${word%\"${word##*[\"$cut\"]}\"}\n"
    "\telse\n"
    "\t\tcut=\n"
    "\tfi\n"
    "\tif [[ $option ]]; then\n"
    "\t\t@_value \"$command\" \"$option\"\n"
    "\t\t@_complete '' \"${answer[@]}\"\n"
    "\telif [[ ! $only && $word == --*=* ]]; then\n"
    "\t\toption=${word%%=*}\n"
    "\t\tword=${word#*=}\n"
    "\t\t! @_value \"$command\" \"$option\" near ||\n"
    "\t\t\t@_complete \"$option=\" \"${answer[@]}\"\n"
    "\telif [[ ! $only && $word == -* ]]; then\n"
    "\t\t@_options \"$command\"\n"
    "\t\t@_offer '' \"${answer[@]}\"\n"
    "\t\tif ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *= ]]; then\n"
    "\t\t\tcompopt -o nospace 2>/dev/null\n"
    "\t\tfi\n"
    "\telse\n"
    "\t\t@_operands \"$command\"\n"
    "\tfi\n"
    "\tCOMPREPLY=(\"${COMPREPLY[@]#\"$cut\"}\")\n"
    "}\n";

/* One script in the making. */
struct script {
	const struct cli_tool *tool;
	cli_parser *list;
	struct buf *to;
};

/* The name of the main function: "_qte_run". */
static void
put_name(const struct script *s)
{
	buf_char(s->to, '_');
	for (const char *p = s->tool->name; *p != '\0'; p++)
		buf_char(s->to, *p == '-' ? '_' : *p);
}

/* ${text} with the name for each @ that a letter does not follow. */
static void
put_template(const struct script *s, const char *text)
{
	for (; *text != '\0'; text++) {
		if (text[0] == '@' && (text[1] == '_' || text[1] == '('))
			put_name(s);
		else
			buf_char(s->to, *text);
	}
}

/* How the value of ${opt} completes. */
static void
put_answer(const struct script *s, const struct cli_opt *opt)
{
	const char *kind = opt->flags & CLI_FILES ? "files" : "free";

	if (opt->choices != NULL)
		kind = opt->parse == s->list ? "list" : "words";
	buf_fmt(s->to, "\t\tanswer=(%s", kind);
	for (size_t i = 0; opt->choices != NULL && opt->choices[i]; i++)
		buf_fmt(s->to, " %s", opt->choices[i]);
	buf_str(s->to, ")\n");
	if (optset_optional(opt))
		buf_str(s->to, "\t\t[[ ${3-} ]]\n");
	buf_str(s->to, "\t\t;;\n");
}

static void
put_value(const struct script *s, const char *command,
    const struct cli_opt *opt)
{
	if (opt->arg == NULL)
		return;
	buf_fmt(s->to, "\t%s:--%s", command, opt->name);
	if (opt->key != '\0')
		buf_fmt(s->to, " | %s:-%c", command, opt->key);
	buf_str(s->to, ")\n");
	put_answer(s, opt);
}

static void
put_values(const struct script *s, const struct optset *set)
{
	const struct cli_tool *tool = s->tool;

	for (size_t c = 0; c < tool->ncmds; c++)
		for (size_t i = 0; i < tool->cmds[c].nopts; i++)
			put_value(s, tool->cmds[c].name,
			    &tool->cmds[c].opts[i]);
	for (size_t i = 0; i < set->n; i++)
		put_value(s, "*", set->at[i].opt);
}

/* ${opt} on a line that is ${at} columns long; return where it ends now. */
static size_t
put_option(const struct script *s, const struct cli_opt *opt, size_t at)
{
	struct buf word = {0};

	if (opt->key != '\0')
		buf_fmt(&word, "-%c ", opt->key);
	buf_fmt(&word, "--%s", opt->name);
	if (opt->arg != NULL && !optset_optional(opt))
		buf_char(&word, '=');
	if (at == 0 || at + 1 + word.len > LINE) {
		buf_str(s->to, "\n\t\t");
		at = 16;
	} else {
		buf_char(s->to, ' ');
		at++;
	}
	buf_str(s->to, buf_text(&word));
	at += word.len;
	buf_release(&word);
	return at;
}

static void
put_options(const struct script *s, const struct optset *set)
{
	const struct cli_tool *tool = s->tool;
	size_t at = 0;

	buf_str(s->to, "\tanswer=(");
	for (size_t i = 0; i < set->n; i++)
		at = put_option(s, set->at[i].opt, at);
	buf_str(s->to, "\n\t)\n");
	for (size_t c = 0; c < tool->ncmds; c++) {
		if (tool->cmds[c].nopts == 0)
			continue;
		buf_fmt(s->to, "\t[[ $1 != %s ]] || answer+=(",
		    tool->cmds[c].name);
		at = 0;
		for (size_t i = 0; i < tool->cmds[c].nopts; i++)
			at = put_option(s, &tool->cmds[c].opts[i], at);
		buf_str(s->to, "\n\t)\n");
	}
}

static void
put_operands(const struct script *s)
{
	const struct cli_tool *tool = s->tool;
	const char *files = "@_files ''\n";

	buf_str(s->to, "\tcase $1 in\n");
	for (size_t c = 0; c < tool->ncmds; c++) {
		buf_fmt(s->to, "\t%s)\n\t\t", tool->cmds[c].name);
		put_template(s, tool->cmds[c].max_args != 0 ? files : ":\n");
		buf_str(s->to, "\t\t;;\n");
	}
	if (tool->ncmds > 0) {
		put_template(s, "\t'')\n\t\t@_offer ''");
		for (size_t c = 0; c < tool->ncmds; c++)
			buf_fmt(s->to, " %s", tool->cmds[c].name);
		buf_str(s->to, "\n");
		if (tool->max_args != 0) {
			buf_str(s->to, "\t\t");
			put_template(s, files);
		}
		buf_str(s->to, "\t\t;;\n");
	}
	if (tool->max_args != 0) {
		buf_str(s->to, "\t*)\n\t\t");
		put_template(s, files);
		buf_str(s->to, "\t\t;;\n");
	}
	buf_str(s->to, "\tesac\n");
}

void
complete_bash(const struct cli_tool *tool, const struct optset *set,
    cli_parser *list, struct buf *to)
{
	struct script s = {.tool = tool, .list = list, .to = to};

	buf_fmt(to,
	    "# Completions of %s for bash, made by %s --completion=bash.\n",
	    tool->name, tool->name);
	put_template(&s, bash_head);
	put_values(&s, set);
	put_template(&s, bash_options);
	put_options(&s, set);
	put_template(&s, bash_operands);
	put_operands(&s);
	put_template(&s, bash_offer);
	put_template(&s, bash_join);
	put_template(&s, bash_main);
	buf_str(to, "\ncomplete -F ");
	put_name(&s);
	buf_fmt(to, " %s\n", tool->name);
}
