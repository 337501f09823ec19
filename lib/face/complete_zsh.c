/* SPDX-License-Identifier: MIT */
/* Completions for zsh: specifications for _arguments. */
#include <string.h>

#include "face/complete.h"

static const char zsh_either[] =
    "\n"
    "# @_either ENDING WORD...: one of the words, or a file that ends so.\n"
    "@_either()\n"
    "{\n"
    "\t_alternative \"words:word:(${*[2,-1]})\" \"files:file:_files -g "
    "'*$1'\"\n"
    "}\n";

/* _arguments has put a backslash before each colon and backslash of a value. */
static const char zsh_params[] =
    "\n"
    "# @_params PRINT OPTION...: the names that the tool's option PRINT has "
    "for\n"
    "# what the OPTION was given.\n"
    "@_params()\n"
    "{\n"
    "\tlocal expl each value print=$1\n"
    "\tlocal -a of lines\n"
    "\n"
    "\tshift\n"
    "\tfor each; do\n"
    "\t\tvalue=${opt_args[$each]//(#b)\\\\([:\\\\])/$match[1]}\n"
    "\t\t[[ -z $value ]] || of=($each ${(q)${(Q)value}})\n"
    "\tdone\n"
    "\tlines=(${(f)\"$(_call_program params $words[1] $of $print "
    "'2>/dev/null')\"})\n"
    "\tlines=(${lines%%=*})\n"
    "\t_wanted params expl parameter compadd -S '=' -a lines\n"
    "}\n";

/* A text in quotes is one word for zsh: what stands before is set apart. */
static const char zsh_names[] =
    "\n"
    "# @_names OPTION: the last word of a text, by the names that the\n"
    "# tool's option prints, one a line, with a bracket when one follows.\n"
    "@_names()\n"
    "{\n"
    "\tlocal expl\n"
    "\tlocal -aU names\n"
    "\n"
    "\tnames=(${(f)\"$(_call_program names $words[1] $1)\"})\n"
    "\tnames=(${names/%(#b)([[:alnum:]_]##\\(#)*/$match[1]})\n"
    "\tcompset -P '*[^[:alnum:]_]'\n"
    "\t_wanted names expl name compadd -S '' -a names\n"
    "}\n";

static const char zsh_operands[] =
    "\t_arguments -s -S -C $options '1: :->command' '*:: :->operand' && ret=0\n"
    "\tcase $state in\n"
    "\tcommand)\n"
    "\t\t_describe -t commands command commands && ret=0\n";

/* ${text} inside single quotes and with \ before each of ${special}. */
static void
put_quoted(const struct complete *c, const char *text, const char *special)
{
	for (; *text != '\0'; text++) {
		if (*text == '\\' || strchr(special, *text) != NULL)
			buf_char(c->to, '\\');
		if (*text == '\'')
			buf_str(c->to, "'\\'");
		buf_char(c->to, *text);
	}
}

/* What the value of ${opt} completes to. */
static void
put_action(const struct complete *c, const struct cli_opt *opt)
{
	static const char *const starts[] = {
	    [COMPLETE_FREE] = " ",
	    [COMPLETE_FILES] = "_files",
	    [COMPLETE_WORDS] = "(",
	    [COMPLETE_EITHER] = " @_either",
	    [COMPLETE_LIST] = "_values -s , kind",
	    [COMPLETE_NAMES] = " @_names --",
	    [COMPLETE_PARAMS] = " @_params ",
	    [COMPLETE_ZONES] = "_time_zone",
	};
	enum complete_kind kind = complete_kind(c, opt);
	const char *gap = kind == COMPLETE_WORDS ? "" : " ";

	complete_text(c, starts[kind]);
	if (kind == COMPLETE_NAMES)
		buf_str(c->to, c->tool->names);
	if (kind == COMPLETE_EITHER)
		buf_fmt(c->to, " %s",
		    opt->ending != NULL ? opt->ending : "\"\"");
	if (kind == COMPLETE_PARAMS)
		complete_params(c, opt);
	for (size_t i = 0; opt->choices != NULL && opt->choices[i]; i++) {
		buf_fmt(c->to, "%s%s", gap, opt->choices[i]);
		gap = " ";
	}
	if (kind == COMPLETE_WORDS)
		buf_char(c->to, ')');
}

/* "[help]:argument:action'", the end of a specification. */
static void
put_meaning(const struct complete *c, const struct cli_opt *opt)
{
	bool optional = optset_optional(opt);
	struct buf name = {0};

	buf_char(c->to, '[');
	put_quoted(c, opt->help, "[]");
	buf_char(c->to, ']');
	if (opt->arg != NULL) {
		buf_str(&name, opt->arg + (optional ? 1 : 0));
		name.data[name.len - (optional ? 1 : 0)] = '\0';
		buf_str(c->to, optional ? "::" : ":");
		put_quoted(c, buf_text(&name), ":");
		buf_char(c->to, ':');
		put_action(c, opt);
		buf_release(&name);
	}
	buf_str(c->to, "'\n");
}

/*
 * One option.  -x+ takes its value from the same word or the next, --long= too,
 * and with a - behind from the same word only.
 */
static void
put_option(const struct complete *c, const struct cli_opt *opt)
{
	bool repeat = (opt->flags & CLI_REPEAT) != 0;
	const char *near = optset_optional(opt) ? "-" : "";
	const char *value = opt->arg != NULL ? "=" : "";

	buf_str(c->to, "\t\t");
	if (opt->key == '\0') {
		buf_fmt(c->to, "'%s--%s%s%s", repeat ? "*" : "", opt->name,
		    value, near);
	} else {
		if (repeat)
			buf_str(c->to, "'*'");
		else
			buf_fmt(c->to, "'(-%c --%s)'", opt->key, opt->name);
		buf_fmt(c->to, "{-%c%s,--%s%s%s}'", opt->key,
		    *near != '\0'	 ? near
			: *value != '\0' ? "+"
					 : "",
		    opt->name, value, near);
	}
	put_meaning(c, opt);
}

static void
put_options(const struct complete *c)
{
	buf_str(c->to, "\tlocal -a options=(\n");
	for (size_t i = 0; i < c->set->n; i++)
		put_option(c, c->set->at[i].opt);
	buf_str(c->to, "\t)\n");
}

static void
put_files(const struct complete *c, const struct cli_tool *tool)
{
	if (tool->max_args == 0)
		return;
	buf_str(c->to, " '*:");
	put_quoted(c, tool->operands != NULL ? tool->operands : "FILE", ":");
	buf_str(c->to, ":_files'");
}

/* The options and operands behind the name of ${cmd}. */
static void
put_command(const struct complete *c, const struct cli_tool *cmd)
{
	buf_fmt(c->to, "\toperand:%s)\n", cmd->name);
	for (size_t i = 0; i < cmd->nopts; i++) {
		buf_str(c->to, i == 0 ? "\t\toptions+=(\n\t" : "\t");
		put_option(c, &cmd->opts[i]);
		buf_str(c->to, i == cmd->nopts - 1 ? "\t\t)\n" : "");
	}
	buf_str(c->to, "\t\t_arguments -s -S $options");
	put_files(c, cmd);
	buf_str(c->to, " && ret=0\n\t\t;;\n");
}

static void
put_commands(const struct complete *c)
{
	const struct cli_tool *tool = c->tool;

	buf_str(c->to, "\tlocal -a commands=(\n");
	for (size_t i = 0; i < tool->ncmds; i++) {
		buf_fmt(c->to, "\t\t'%s:", tool->cmds[i].name);
		put_quoted(c, tool->cmds[i].summary, "");
		buf_str(c->to, "'\n");
	}
	buf_str(c->to,
	    "\t)\n"
	    "\tlocal curcontext=$curcontext state line ret=1\n"
	    "\tlocal -A opt_args\n\n");
	buf_str(c->to, zsh_operands);
	if (tool->max_args != 0)
		buf_str(c->to, "\t\t_files && ret=0\n");
	buf_str(c->to, "\t\t;;\n\tesac\n\tcase $state:$words[1] in\n");
	for (size_t i = 0; i < tool->ncmds; i++)
		put_command(c, &tool->cmds[i]);
	if (tool->max_args != 0)
		buf_str(c->to, "\toperand:*)\n\t\t_files && ret=0\n\t\t;;\n");
	buf_str(c->to, "\tesac\n\treturn ret\n");
}

void
complete_zsh(const struct complete *c)
{
	const char *name = c->tool->name;

	buf_fmt(c->to,
	    "#compdef %s\n"
	    "# Completions of %s for zsh, made by %s --completion=zsh.\n",
	    name, name, name);
	complete_text(c, zsh_either);
	if (c->tool->names != NULL)
		complete_text(c, zsh_names);
	if (c->tool->params != NULL)
		complete_text(c, zsh_params);
	complete_text(c, "\n@()\n{\n");
	put_options(c);
	if (c->tool->ncmds > 0) {
		put_commands(c);
	} else {
		buf_str(c->to,
		    "\tlocal -A opt_args\n"
		    "\t_arguments -s -S $options");
		put_files(c, c->tool);
		buf_str(c->to, "\n");
	}
	/* The file is a function that zsh loads, or is read by source. */
	buf_fmt(c->to, "}\n\nif [[ $funcstack[1] == _%s ]]; then\n", name);
	complete_text(c, "\t@");
	complete_text(c, " \"$@\"\nelse\n\tcompdef @");
	buf_fmt(c->to, " %s\nfi\n", name);
}
