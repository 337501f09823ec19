/* SPDX-License-Identifier: MIT */
/* Completions for fish: a line of complete(1) for each option. */
#include <string.h>

#include "face/complete.h"

static const char fish_list[] =
    "\n"
    "# _@_list WORD...: the list so far with one more of the words.\n"
    "function _@_list\n"
    "\tset -l given (commandline -ct | string replace -r '^--[^=]*=' '' |\n"
    "\t\tstring replace -r '[^,]*$' '')\n"
    "\tfor word in $argv\n"
    "\t\tcontains -- $word (string split , -- $given)\n"
    "\t\tor echo $given$word\n"
    "\tend\n"
    "end\n";

/* fish hands over the quote that a text begins with, but wants none back. */
static const char fish_names[] =
    "\n"
    "# _@_names OPTION: the text so far with its last word completed to the\n"
    "# names that the tool's option prints, one a line, with a bracket when "
    "one\n"
    "# follows.\n"
    "function _@_names\n"
    "\tset -l given (commandline -ct | string replace -r '^--[^=]*=' '' |\n"
    "\t\tstring replace -r '^[\"\\']?(.*?)\\w*$' '$1')\n"
    "\tset -l tool (commandline -opc)[1]\n"
    "\ttype -q $tool; or return\n"
    "\tfor line in ($tool $argv)\n"
    "\t\tset -l name (string match -r '^\\w+\\(?' -- $line)\n"
    "\t\tset -l about (string replace -r '^\\S+\\s*' '' -- $line)\n"
    "\t\tprintf '%s\\t%s\\n' $given$name $about\n"
    "\tend\n"
    "end\n";

static const char fish_files[] =
    "\n"
    "# _@_files ENDING: files that end so, and directories.\n"
    "function _@_files\n"
    "\tset -l given (commandline -ct | string replace -r '^--[^=]*=' '')\n"
    "\tfor each in $given*/ $given*$argv[1]\n"
    "\t\techo $each\n"
    "\tend\n"
    "end\n";

static const char fish_params[] =
    "\n"
    "# _@_params PRINT LONG SHORT: the names that the tool's option PRINT has\n"
    "# for what the option LONG was given, which may be called SHORT.\n"
    "function _@_params\n"
    "\tset -l words (commandline -opc)\n"
    "\tset -l of\n"
    "\tset -l next no\n"
    "\ttype -q $words[1]; or return\n"
    "\tfor word in $words[2..-1]\n"
    "\t\tif test $next = yes\n"
    "\t\t\tset of $argv[2] $word\n"
    "\t\t\tset next no\n"
    "\t\telse if contains -- $word $argv[2..-1]\n"
    "\t\t\tset next yes\n"
    "\t\telse if string match -q -- \"$argv[2]=*\" $word\n"
    "\t\t\tset of $word\n"
    "\t\tend\n"
    "\tend\n"
    "\tfor line in ($words[1] $of $argv[1] 2>/dev/null)\n"
    "\t\tstring replace = =\\t -- $line\n"
    "\tend\n"
    "end\n";

static const char fish_zones[] = "\n"
				 "# _@_zones: the time zones of the machine.\n"
				 "function _@_zones\n"
				 "\tset -l dir /usr/share/zoneinfo\n"
				 "\ttest -n \"$TZDIR\"; and set dir $TZDIR\n"
				 "\tset -l all $dir/**\n"
				 "\tfor each in (string replace $dir/ '' $all "
				 "| string match -r '^[A-Z].*')\n"
				 "\t\ttest -f $dir/$each; and echo $each\n"
				 "\tend\n"
				 "end\n";

static void
put_quoted(const struct complete *c, const char *text)
{
	buf_char(c->to, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '\\' || *text == '\'')
			buf_char(c->to, '\\');
		buf_char(c->to, *text);
	}
	buf_char(c->to, '\'');
}

/* "complete -c TOOL", with the subcommand behind which it holds. */
static void
put_start(const struct complete *c, const struct cli_tool *cmd)
{
	buf_fmt(c->to, "complete -c %s", c->tool->name);
	if (cmd != NULL)
		buf_fmt(c->to, " -n '__fish_seen_subcommand_from %s'",
		    cmd->name);
}

/* What the value of ${opt} completes to. */
static void
put_value(const struct complete *c, const struct cli_opt *opt)
{
	static const char *const starts[] = {
	    [COMPLETE_FREE] = "",
	    [COMPLETE_FILES] = "",
	    [COMPLETE_WORDS] = " -k -a '",
	    [COMPLETE_EITHER] = " -k -a '",
	    [COMPLETE_LIST] = " -k -a '(_@_list ",
	    [COMPLETE_NAMES] = " -k -a '(_@_names --",
	    [COMPLETE_PARAMS] = " -k -a '(_@_params ",
	    [COMPLETE_ZONES] = " -k -a '(_@_zones)",
	};
	enum complete_kind kind = complete_kind(c, opt);
	bool some = kind == COMPLETE_EITHER && opt->ending != NULL;
	bool files =
	    !some && (kind == COMPLETE_FILES || kind == COMPLETE_EITHER);

	buf_str(c->to, optset_optional(opt) ? "" : " -r");
	buf_str(c->to, files ? " -F" : " -f");
	complete_text(c, starts[kind]);
	if (kind == COMPLETE_NAMES)
		buf_str(c->to, c->tool->names);
	if (kind == COMPLETE_PARAMS)
		complete_params(c, opt);
	for (size_t i = 0; opt->choices != NULL && opt->choices[i]; i++)
		buf_fmt(c->to, "%s%s", i > 0 ? " " : "", opt->choices[i]);
	if (some) {
		complete_text(c, " (_@_files ");
		buf_fmt(c->to, "%s)", opt->ending);
	}
	if (kind == COMPLETE_LIST || kind == COMPLETE_NAMES ||
	    kind == COMPLETE_PARAMS)
		buf_char(c->to, ')');
	if (*starts[kind] != '\0')
		buf_char(c->to, '\'');
}

static void
put_option(const struct complete *c, const struct cli_tool *cmd,
    const struct cli_opt *opt)
{
	put_start(c, cmd);
	if (opt->key != '\0')
		buf_fmt(c->to, " -s %c", opt->key);
	buf_fmt(c->to, " -l %s", opt->name);
	if (opt->arg != NULL)
		put_value(c, opt);
	buf_str(c->to, " -d ");
	put_quoted(c, opt->help);
	buf_char(c->to, '\n');
}

static void
put_command(const struct complete *c, const struct cli_tool *cmd)
{
	buf_fmt(c->to, "complete -c %s -n 'not __fish_seen_subcommand_from",
	    c->tool->name);
	for (size_t i = 0; i < c->tool->ncmds; i++)
		buf_fmt(c->to, " %s", c->tool->cmds[i].name);
	buf_fmt(c->to, "' -a %s -d ", cmd->name);
	put_quoted(c, cmd->summary);
	buf_char(c->to, '\n');
	put_start(c, cmd);
	buf_fmt(c->to, " %s\n", cmd->max_args != 0 ? "-F" : "-f");
	for (size_t i = 0; i < cmd->nopts; i++)
		put_option(c, cmd, &cmd->opts[i]);
}

/* Is there an option whose value is a time zone? */
static bool
any_zones(const struct complete *c)
{
	for (size_t i = 0; i < c->set->n; i++)
		if (complete_kind(c, c->set->at[i].opt) == COMPLETE_ZONES)
			return true;
	return false;
}

void
complete_fish(const struct complete *c)
{
	const struct cli_tool *tool = c->tool;

	buf_fmt(c->to,
	    "# Completions of %s for fish, made by %s --completion=fish.\n",
	    tool->name, tool->name);
	complete_text(c, fish_list);
	if (tool->names != NULL)
		complete_text(c, fish_names);
	if (tool->params != NULL)
		complete_text(c, fish_params);
	complete_text(c, fish_files);
	if (any_zones(c))
		complete_text(c, fish_zones);
	buf_char(c->to, '\n');
	if (tool->max_args == 0) {
		put_start(c, NULL);
		buf_str(c->to, " -f\n");
	}
	for (size_t i = 0; i < c->set->n; i++)
		put_option(c, NULL, c->set->at[i].opt);
	for (size_t i = 0; i < tool->ncmds; i++)
		put_command(c, &tool->cmds[i]);
}
