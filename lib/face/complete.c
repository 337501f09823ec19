/* SPDX-License-Identifier: MIT */
/* What the completions have in common, and those for bash. */
#include "face/complete.h"

#include <string.h>

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
    "# option, in answer: free, files, zones, words or list and the choices,\n"
    "# either, an ending of files and the choices, or params and what "
    "@_params\n"
    "# takes.\n"
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
    "# @_files PREFIX [ENDING]: answer with the files that begin as word\n"
    "# does, and with directories.\n"
    "@_files()\n"
    "{\n"
    "\tlocal prefix=$1 each\n"
    "\n"
    "\tcompopt -o filenames 2>/dev/null\n"
    "\twhile IFS= read -r each; do\n"
    "\t\t[[ ! -d $each && $each != *\"${2-}\" ]] ||\n"
    "\t\t\tCOMPREPLY+=(\"$prefix$each\")\n"
    "\tdone < <(compgen -f -- \"$word\")\n"
    "}\n"
    "\n"
    "# @_zones PREFIX: answer with the time zones that begin as word does.\n"
    "@_zones()\n"
    "{\n"
    "\tlocal prefix=$1 dir=${TZDIR:-/usr/share/zoneinfo} each\n"
    "\n"
    "\tfor each in \"$dir\"/[[:upper:]]*{,/*,/*/*}; do\n"
    "\t\t[[ ! -f $each ]] ||\n"
    "\t\t\t@_offer \"$prefix\" \"${each#\"$dir/\"}\"\n"
    "\tdone\n"
    "}\n"
    "\n"
    "# @_params PREFIX PRINT OPTION...: answer with the names that the tool's\n"
    "# option PRINT has for what the OPTION was given.\n"
    "@_params()\n"
    "{\n"
    "\tlocal prefix=$1 print=$2 of=() each\n"
    "\n"
    "\tshift 2\n"
    "\tfor each; do\n"
    "\t\t[[ ! ${given[$each]-} ]] || of=(\"$each\" \"${given[$each]}\")\n"
    "\tdone\n"
    "\twhile IFS= read -r each; do\n"
    "\t\t@_offer \"$prefix\" \"${each%%=*}=\"\n"
    "\tdone < <(\"${COMP_WORDS[0]}\" \"${of[@]}\" \"$print\" 2>/dev/null)\n"
    "\tcompopt -o nospace 2>/dev/null\n"
    "}\n"
    "\n"
    "# @_complete PREFIX KIND CHOICE...: complete word to a value.\n"
    "@_complete()\n"
    "{\n"
    "\tlocal prefix=$1 kind=$2 before each\n"
    "\n"
    "\tshift 2\n"
    "\tcase $kind in\n"
    "\tfiles)\n"
    "\t\t@_files \"$prefix\"\n"
    "\t\t;;\n"
    "\tzones)\n"
    "\t\t@_zones \"$prefix\"\n"
    "\t\t;;\n"
    "\twords)\n"
    "\t\t@_offer \"$prefix\" \"$@\"\n"
    "\t\t;;\n"
    "\teither)\n"
    "\t\t@_offer \"$prefix\" \"${@:2}\"\n"
    "\t\t@_files \"$prefix\" \"$1\"\n"
    "\t\t;;\n"
    "\tparams)\n"
    "\t\t@_params \"$prefix\" \"$@\"\n"
    "\t\t;;\n"
    "\tlist)\n"
    "\t\tbefore=${word%\"${word##*,}\"}\n"
    "\t\tword=${word##*,}\n"
    "\t\tfor each; do\n"
    "\t\t\t[[ ,$before == *,\"$each\",* ]] ||\n"
    "\t\t\t\t@_offer \"$prefix$before\" \"$each\"\n"
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
    "# option (whose value is next), only (operands are next) and given (the\n"
    "# values of options).\n"
    "@_walk()\n"
    "{\n"
    "\tlocal each i\n"
    "\n"
    "\tfor each; do\n"
    "\t\tif [[ $option ]]; then\n"
    "\t\t\tgiven[$option]=$each\n"
    "\t\t\toption=\n"
    "\t\telif [[ $only || $each != -?* ]]; then\n"
    "\t\t\t[[ $command ]] || command=$each\n"
    "\t\telif [[ $each == -- ]]; then\n"
    "\t\t\tonly=y\n"
    "\t\telif [[ $each == --*=* ]]; then\n"
    "\t\t\tgiven[${each%%=*}]=${each#*=}\n"
    "\t\telif [[ $each == --* ]]; then\n"
    "\t\t\t! @_value \"$command\" \"$each\" || option=$each\n"
    "\t\telse\n"
    "\t\t\tfor ((i = 1; i < ${#each}; i++)); do\n"
    "\t\t\t\t@_value \"$command\" \"-${each:i:1}\" || continue\n"
    "\t\t\t\tgiven[-${each:i:1}]=${each:i+1}\n"
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
    "\tlocal -A given=()\n"
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

static void
put_name(const struct complete *c)
{
	buf_char(c->to, '_');
	for (const char *p = c->tool->name; *p != '\0'; p++)
		buf_char(c->to, *p == '-' ? '_' : *p);
}

void
complete_text(const struct complete *c, const char *text)
{
	for (; *text != '\0'; text++) {
		if (text[0] == '@' && strchr("_(", text[1]) != NULL)
			put_name(c);
		else
			buf_char(c->to, *text);
	}
}

enum complete_kind
complete_kind(const struct complete *c, const struct cli_opt *opt)
{
	bool files = (opt->flags & CLI_FILES) != 0;

	if ((opt->flags & CLI_NAMES) != 0 && c->tool->names != NULL)
		return COMPLETE_NAMES;
	if ((opt->flags & CLI_NAMED) != 0 && c->tool->params != NULL)
		return COMPLETE_PARAMS;
	if ((opt->flags & CLI_ZONES) != 0)
		return COMPLETE_ZONES;
	if (opt->choices == NULL)
		return files ? COMPLETE_FILES : COMPLETE_FREE;
	if (opt->parse == c->list)
		return COMPLETE_LIST;
	return files ? COMPLETE_EITHER : COMPLETE_WORDS;
}

void
complete_params(const struct complete *c, const struct cli_opt *opt)
{
	buf_fmt(c->to, "--%s", c->tool->params);
	for (size_t i = 0; opt->of != NULL && i < c->set->n; i++) {
		const struct cli_opt *of = c->set->at[i].opt;

		if (strcmp(of->name, opt->of) != 0)
			continue;
		buf_fmt(c->to, " --%s", of->name);
		if (of->key != '\0')
			buf_fmt(c->to, " -%c", of->key);
	}
}

/*
 * How the value of ${opt} completes.  Names are left out: readline would close
 * the quotes that they stand in.
 */
static void
put_answer(const struct complete *c, const struct cli_opt *opt)
{
	static const char *const kinds[] = {
	    [COMPLETE_FREE] = "free",
	    [COMPLETE_FILES] = "files",
	    [COMPLETE_WORDS] = "words",
	    [COMPLETE_EITHER] = "either",
	    [COMPLETE_LIST] = "list",
	    [COMPLETE_NAMES] = "free",
	    [COMPLETE_PARAMS] = "params",
	    [COMPLETE_ZONES] = "zones",
	};

	enum complete_kind kind = complete_kind(c, opt);

	buf_fmt(c->to, "\t\tanswer=(%s", kinds[kind]);
	if (kind == COMPLETE_EITHER)
		buf_fmt(c->to, " '%s'", opt->ending != NULL ? opt->ending : "");
	if (kind == COMPLETE_PARAMS) {
		buf_char(c->to, ' ');
		complete_params(c, opt);
	}
	for (size_t i = 0; opt->choices != NULL && opt->choices[i]; i++)
		buf_fmt(c->to, " %s", opt->choices[i]);
	buf_str(c->to, ")\n");
	if (optset_optional(opt))
		buf_str(c->to, "\t\t[[ ${3-} ]]\n");
	buf_str(c->to, "\t\t;;\n");
}

static void
put_value(const struct complete *c, const char *command,
    const struct cli_opt *opt)
{
	if (opt->arg == NULL)
		return;
	buf_fmt(c->to, "\t%s:--%s", command, opt->name);
	if (opt->key != '\0')
		buf_fmt(c->to, " | %s:-%c", command, opt->key);
	buf_str(c->to, ")\n");
	put_answer(c, opt);
}

static void
put_values(const struct complete *c)
{
	const struct cli_tool *tool = c->tool;

	for (size_t k = 0; k < tool->ncmds; k++)
		for (size_t i = 0; i < tool->cmds[k].nopts; i++)
			put_value(c, tool->cmds[k].name,
			    &tool->cmds[k].opts[i]);
	for (size_t i = 0; i < c->set->n; i++)
		put_value(c, "*", c->set->at[i].opt);
}

/* ${opt} on a line that is ${at} columns long; return where it ends now. */
static size_t
put_option(const struct complete *c, const struct cli_opt *opt, size_t at)
{
	struct buf word = {0};

	if (opt->key != '\0')
		buf_fmt(&word, "-%c ", opt->key);
	buf_fmt(&word, "--%s", opt->name);
	if (opt->arg != NULL && !optset_optional(opt))
		buf_char(&word, '=');
	if (at == 0 || at + 1 + word.len > LINE) {
		buf_str(c->to, "\n\t\t");
		at = 16;
	} else {
		buf_char(c->to, ' ');
		at++;
	}
	buf_str(c->to, buf_text(&word));
	at += word.len;
	buf_release(&word);
	return at;
}

static void
put_options(const struct complete *c)
{
	const struct cli_tool *tool = c->tool;
	size_t at = 0;

	buf_str(c->to, "\tanswer=(");
	for (size_t i = 0; i < c->set->n; i++)
		at = put_option(c, c->set->at[i].opt, at);
	buf_str(c->to, "\n\t)\n");
	for (size_t k = 0; k < tool->ncmds; k++) {
		if (tool->cmds[k].nopts == 0)
			continue;
		buf_fmt(c->to, "\t[[ $1 != %s ]] || answer+=(",
		    tool->cmds[k].name);
		at = 0;
		for (size_t i = 0; i < tool->cmds[k].nopts; i++)
			at = put_option(c, &tool->cmds[k].opts[i], at);
		buf_str(c->to, "\n\t)\n");
	}
}

static void
put_operands(const struct complete *c)
{
	const struct cli_tool *tool = c->tool;
	const char *files = "@_files ''\n";

	buf_str(c->to, "\tcase $1 in\n");
	for (size_t k = 0; k < tool->ncmds; k++) {
		buf_fmt(c->to, "\t%s)\n\t\t", tool->cmds[k].name);
		complete_text(c, tool->cmds[k].max_args != 0 ? files : ":\n");
		buf_str(c->to, "\t\t;;\n");
	}
	if (tool->ncmds > 0) {
		complete_text(c, "\t'')\n\t\t@_offer ''");
		for (size_t k = 0; k < tool->ncmds; k++)
			buf_fmt(c->to, " %s", tool->cmds[k].name);
		buf_str(c->to, "\n");
		if (tool->max_args != 0) {
			buf_str(c->to, "\t\t");
			complete_text(c, files);
		}
		buf_str(c->to, "\t\t;;\n");
	}
	if (tool->max_args != 0) {
		buf_str(c->to, "\t*)\n\t\t");
		complete_text(c, files);
		buf_str(c->to, "\t\t;;\n");
	}
	buf_str(c->to, "\tesac\n");
}

void
complete_bash(const struct complete *c)
{
	buf_fmt(c->to,
	    "# Completions of %s for bash, made by %s --completion=bash.\n",
	    c->tool->name, c->tool->name);
	complete_text(c, bash_head);
	put_values(c);
	complete_text(c, bash_options);
	put_options(c);
	complete_text(c, bash_operands);
	put_operands(c);
	complete_text(c, bash_offer);
	complete_text(c, bash_join);
	complete_text(c, bash_main);
	complete_text(c, "\ncomplete -F @");
	buf_fmt(c->to, " %s\n", c->tool->name);
}
