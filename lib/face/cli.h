/* SPDX-License-Identifier: MIT */
/*
 * The face of a tool.  One table declares each option once; from it come the flag,
 * the environment variable, the configuration key, --print-config, the help and the
 * completions.  A flag beats the environment, that beats the file, that beats the
 * default.  Long names are exact; a wrong one is answered with the nearest.
 */
#ifndef QTE_CLI_H
#define QTE_CLI_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "machine/tty.h"

struct cli_opt;

/*
 * Turns the text of an option, wherever it was given, into its field.  Returns 0 or
 * a status with a message that only says what is wrong with the text; cli adds
 * where it stood.  Parsers for the common types are below, a tool adds its own.
 */
typedef int cli_parser(void *field, const char *text, const struct cli_opt *,
    struct err *);

enum cli_flag {
	CLI_REPEAT = 1,	   /* may be given more than once; field: struct cli_list */
	CLI_FLAG_ONLY = 2, /* not in the environment, not in the configuration */
	CLI_MORE = 4,	   /* shown by --help=all, not by --help */
	CLI_FILES = 8,	   /* completes to file names */
	CLI_SHARED = 16	   /* every tool's: QTE_NAME and [common] */
};

struct cli_opt {
	const char *name;	    /* long name, without the dashes */
	char key;		    /* short name, or 0 */
	const char *arg;	    /* name of the argument; NULL: a flag; "[X]": may lack */
	const char *preset;	    /* the default as text, or NULL: none */
	const char *help;	    /* one line, lower case, no full stop */
	cli_parser *parse;
	size_t offset;		    /* of the field in the tool's options */
	const char *const *choices; /* NULL-terminated, for cli_choice and cli_set, or NULL */
	unsigned flags;
	const char *group;	    /* heading in the help of the first of a group, or NULL */
};

/* A tool, or a subcommand of one. */
struct cli_tool {
	const char *name;     /* "qte-run"; of a subcommand: "merge" */
	const char *section;  /* of the configuration and the environment: "run" */
	const char *summary;  /* one line: what it is for */
	const char *synopsis; /* lines for the help, without the tool's name */
	const char *examples; /* lines for the end of the help */
	const struct cli_opt *opts;
	size_t nopts;
	const struct cli_tool *cmds; /* subcommands, which add options, or NULL */
	size_t ncmds;
	int min_args, max_args; /* operands; max -1: any number */
};

enum cli_format { CLI_FORMAT_AUTO, CLI_FORMAT_JSON, CLI_FORMAT_TEXT };

/* What every tool takes; the first member of each tool's options. */
struct cli_common {
	int format;	    /* enum cli_format; after cli_parse never AUTO */
	const char *output; /* NULL: standard output */
	bool quiet, verbose;
	int color; /* enum tty_color */
};

/* Values of a CLI_REPEAT option, in order; in a file or the environment, set apart by blanks. */
struct cli_list {
	VEC(const char *);
};

enum cli_todo { CLI_RUN, CLI_PRINT };

struct cli {
	enum cli_todo todo;	    /* PRINT: print ->text, end with 0 */
	struct buf text;	    /* owned: help, version, configuration, completion */
	const struct cli_tool *cmd; /* the subcommand, or NULL */
	const char *const *args;    /* operands, in order, borrowed */
	size_t nargs;
	struct cli_state *state; /* what the values in the options point into */
};

/*
 * cli_parse(c, tool, argc, argv, options, e):
 * Fill the ${options} struct, whose first member is a struct cli_common, from defaults,
 * configuration, environment and flags.  Operands may stand between options; "--" ends
 * the options.  EX_USAGE for a wrong command line, EX_CONFIG for a wrong
 * configuration or environment.  Texts in ${options} live until cli_release.
 */
int cli_parse(struct cli *, const struct cli_tool *, int, char **, void *,
    struct err *) QTE_MUST_CHECK;
void cli_release(struct cli *);

/*
 * Parsers.  cli_flag: bool (a flag; yes no true false on off 1 0 elsewhere).
 * cli_text: const char *.  cli_count: int64_t >= 0.  cli_choice: int, the
 * index in ->choices.  cli_set: unsigned, a bit for each of ->choices, from a
 * list with commas.  cli_repeat: struct cli_list.  cli_money: num_i128 in 1e-18,
 * >= 0.  cli_rate: int64_t in 1e-9, 0 <= rate < 1.  cli_double: double.
 */
cli_parser cli_flag, cli_text, cli_count, cli_choice, cli_set, cli_repeat,
    cli_money, cli_rate, cli_double;

/*
 * cli_usage(tool, text):
 * Append the second line that follows a usage error: where to find help.
 */
void cli_usage(const struct cli_tool *, struct buf *);

#endif
