/* SPDX-License-Identifier: MIT */
/*
 * The face of a tool.  One table (opt.h) declares each option once; from it
 * come the flag, the environment variable, the configuration key,
 * --print-config, the help and the completions.  A flag beats the environment,
 * that beats the file, that beats the default.  Long names are exact; a wrong
 * one is answered with the nearest.  The options that every tool has are added
 * here, the tool's table does not repeat them.
 */
#ifndef QTE_CLI_H
#define QTE_CLI_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "face/opt.h"
#include "machine/tty.h"

enum cli_format {
	CLI_FORMAT_AUTO,
	CLI_FORMAT_JSON,
	CLI_FORMAT_TEXT,
	CLI_FORMAT_OWN /* the first of ->formats of the tool, and so on */
};

/* What every tool takes; the first member of each tool's options. */
struct cli_common {
	int format;	     /* enum cli_format; after cli_parse never AUTO */
	const char *output;  /* NULL: standard output */
	bool quiet, verbose; /* never both */
	int color;	     /* enum tty_color */
};

enum cli_todo { CLI_RUN, CLI_PRINT };

struct cli_state;
struct conf;

struct cli {
	enum cli_todo todo; /* PRINT: print ->text, end with 0 */
	struct buf text; /* owned: help, version, configuration, completion */
	const struct cli_tool *cmd; /* the subcommand, or NULL */
	const char *const *args;    /* operands, in order, borrowed */
	size_t nargs;
	struct cli_state *state; /* what the values in the options point into */
	bool plain; /* after a failure: the help could not have told better */
};

/*
 * cli_parse(c, tool, argv, options, e):
 * Fill the zeroed ${options} struct, whose first member is a struct
 * cli_common, from defaults, configuration, environment and the flags in
 * ${argv}, up to its NULL.  Operands may stand between options; "--" ends the
 * options.  The first operand names a subcommand when the tool has them; its
 * options follow its name.  A tool with subcommands that takes operands itself
 * (max_args not 0) gets a first operand that names none.  The output is set in
 * any case.  EX_USAGE for a wrong command line, or an output that would replace
 * the configuration, EX_CONFIG for a wrong configuration or environment; then
 * there is nothing to release.  Texts and lists in ${options} live until
 * cli_release;
 * ${argv} and the environment must too.
 */
int cli_parse(struct cli *, const struct cli_tool *, char **, void *,
    struct err *) QTE_MUST_CHECK;
void cli_release(struct cli *);

/*
 * cli_is_flag(c, name):
 * Whether the value of option ${name} was given on the command line.
 */
bool cli_is_flag(const struct cli *, const char *);

/*
 * cli_blame(c, e):
 * The value of an option turned out to be wrong only later: ${e} is EX_USAGE,
 * and its message begins with the option, as "--entry:1:9: ...".  When the
 * value came from the configuration or the environment, say its place there
 * instead and make it EX_CONFIG.  Return the status.
 */
int cli_blame(const struct cli *, struct err *);

/*
 * cli_conf(c):
 * The configuration that was read, for the sections with a name (settings.h);
 * borrowed, NULL when there is none.
 */
const struct conf *cli_conf(const struct cli *);

/*
 * Parsers.  cli_flag: bool (a flag; yes no true false on off 1 0 elsewhere).
 * cli_text: const char *.  cli_path: the same, an absolute path.  cli_count:
 * int64_t >= 0.  cli_choice: int, the index in ->choices.  cli_set: unsigned, a
 * bit for each of ->choices, from a list with commas.  cli_repeat: struct
 * cli_list; in the environment and in a file the values are set apart by
 * blanks, and \ keeps a blank or \ in a value.  cli_money: num_i128 in 1e-18,
 * >= 0.  cli_rate: int64_t in 1e-9, 0 <= rate < 1.  cli_duration: int64_t in
 * ns, >= 0, with its unit.  cli_jobs: int64_t, from 1 to 256.  cli_double:
 * double.  cli_zone: struct zone. cli_delimiter: char; a printable ASCII one
 * that is no part of a number and no quote, or a tab: itself, as \t, or the
 * word.
 */
cli_parser cli_flag, cli_text, cli_path, cli_count, cli_choice, cli_set,
    cli_repeat, cli_money, cli_rate, cli_duration, cli_jobs, cli_double,
    cli_zone, cli_delimiter;

/*
 * cli_up_to(most, n, text, opt, e): as cli_count, from 1 to ${most}; for
 * parsers of one's own.
 */
int cli_up_to(int64_t, int64_t *, const char *, const struct cli_opt *,
    struct err *) QTE_MUST_CHECK;

#endif
