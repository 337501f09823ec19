/* SPDX-License-Identifier: MIT */
/*
 * The table of options: what a tool declares about each of its options, and
 * about itself and its subcommands.  All of the face is made from it.
 */
#ifndef QTE_OPT_H
#define QTE_OPT_H

#include "base/base.h"
#include "base/err.h"
#include "base/vec.h"

struct cli_opt;

/*
 * Turns the text of an option, wherever it was given, into its field.  Returns
 * 0, or EX_USAGE (or another status where that says more) with a message that
 * only says what is wrong with the text; cli adds where it stood.  It is called
 * for each source that gives the option, weakest first, and replaces what is in
 * the field (CLI_REPEAT: appends; cli drops what a stronger source replaces).
 * An optional argument that lacks is "".  The text outlives the field.  Parsers
 * for the common types are in cli.h, a tool adds its own.
 */
typedef int cli_parser(void *field, const char *text, const struct cli_opt *,
    struct err *);

enum cli_flag {
	CLI_REPEAT = 1, /* may be given more than once; struct cli_list */
	CLI_FLAG_ONLY =
	    2,		 /* not in the environment, not in the configuration */
	CLI_MORE = 4,	 /* shown by --help=all, not by --help */
	CLI_FILES = 8,	 /* completes to file names */
	CLI_SHARED = 16, /* every tool's: QTE_NAME and [common] */
	CLI_NO_KEY = 32, /* in the environment, not in the configuration */
	CLI_PLAIN = 64,	 /* the help does not tell what a right value is */
	CLI_NAMES = 128, /* completes to what the tool's option ->names lists */
	CLI_ZONES = 256, /* completes to the time zones of the machine */
	CLI_NAMED = 512	 /* CLI_REPEAT of NAME=VALUE: a stronger source replaces
			  * the value of a name, other names stay */
};

struct cli_opt {
	const char *name;   /* long name, without the dashes */
	char key;	    /* short name, or 0 */
	const char *arg;    /* of the argument; NULL: a flag; "[X]": may lack */
	const char *preset; /* the default as text, or NULL: none */
	const char *help;   /* one line, lower case, no full stop */
	cli_parser *parse;
	size_t offset; /* of the field in the tool's options */
	/* NULL-terminated, for cli_choice and cli_set, or NULL */
	const char *const *choices;
	unsigned flags;
	const char *group; /* heading in the help, of the first of a group */
	/* CLI_NAMED: the option before it that its values are for, or NULL.
	 * Values of a source go with its value of that one when a stronger
	 * source gives another. */
	const char *of;
	const char *ending; /* CLI_FILES: files that end so, or NULL: all */
	/* "engine.type": a key that all tools know, which gives the value where
	 * the tool's own key does not; or NULL */
	const char *also;
};

/*
 * Sections [SECTION "NAME"] of a tool, any number of them: the keys of a rule,
 * say.  Of a key ->name, ->parse, ->offset and ->choices count.
 */
struct cli_named {
	const struct cli_opt *keys;
	size_t nkeys;
};

/* A tool, or a subcommand of one. */
struct cli_tool {
	const char *name;     /* "qte-run"; of a subcommand: "merge" */
	const char *section;  /* in file and environment: "run"; never NULL */
	const char *summary;  /* one line: what it is for */
	const char *synopsis; /* lines for the help, without the tool's name */
	const char *examples; /* lines for the end of the help */
	const struct cli_opt *opts;
	size_t nopts;
	const struct cli_tool *cmds; /* subcommands, which add options */
	size_t ncmds;
	int min_args, max_args; /* operands; max -1: any number */
	const char *operands;	/* their name in messages; NULL: "FILE" */
	/* NULL-terminated: what --format takes beside json and text; or NULL */
	const char *const *formats;
	const char *names; /* option that prints names, one a line, or NULL */
	/* Option that prints NAME=VALUE, one a line, for the CLI_NAMED ones, by
	 * what ->of gives; or NULL. */
	const char *params;
	const struct cli_named *named; /* or NULL: it has no such sections */
};

/* Values of a CLI_REPEAT option, in order. */
struct cli_list {
	VEC(const char *);
};

#endif
