/* SPDX-License-Identifier: MIT */
/*
 * The options in force for one command line: those of every tool, of the tool
 * and of its subcommand, each with where its value came from.
 */
#ifndef QTE_OPTSET_H
#define QTE_OPTSET_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "face/opt.h"
#include "format/conf.h"

enum optset_source {
	OPTSET_NONE,
	OPTSET_DEFAULT,
	OPTSET_FILE,
	OPTSET_ENV,
	OPTSET_FLAG
};

struct optset_slot {
	const struct cli_opt *opt;
	const struct cli_tool *owner; /* whose table it stands in */
	const char *section; /* of the configuration; "common" when shared */
	void *field;
	struct cli_list flags;		/* texts from the command line */
	const struct conf_entry *entry; /* borrowed; NULL: not in the file */
	enum optset_source source;	/* of the value in force */
	const char *text; /* the value; NULL: none, or flags of a list */
};

struct optset {
	VEC(struct optset_slot);
};

/*
 * optset_add(s, tool, base):
 * Add the options of ${tool}, whose fields are in the struct at ${base}, or
 * nowhere when that is NULL.
 */
void optset_add(struct optset *, const struct cli_tool *, void *);
void optset_release(struct optset *);

/* An option with choices of a tool's own behind those of every tool. */
struct optset_choices {
	struct cli_opt opt;
	struct {
		VEC(const char *);
	} words; /* for the caller to release, when the set was */
};

/*
 * optset_choose(slot, own, c):
 * Add ${own}, NULL-terminated or NULL, to the choices of the option, by way of
 * ${c}, which the slot then borrows.
 */
void optset_choose(struct optset_slot *, const char *const *,
    struct optset_choices *);

/*
 * optset_long(s, name, n), optset_short(s, c):
 * The option of that name or letter, borrowed, or NULL.
 */
struct optset_slot *optset_long(const struct optset *, const char *, size_t);
struct optset_slot *optset_short(const struct optset *, char);

/* optset_key(s, section, key): the option of a configuration key, or NULL. */
struct optset_slot *optset_key(const struct optset *, const char *,
    const char *);

/* optset_optional(opt): whether its argument may lack. */
bool optset_optional(const struct cli_opt *);

/*
 * optset_env(slot, to), optset_config(slot, to):
 * Append the name of the option in the environment or the configuration to
 * ${to}.  Return false, and append nothing, when it has none there.
 */
bool optset_env(const struct optset_slot *, struct buf *);
bool optset_config(const struct optset_slot *, struct buf *);

/*
 * optset_environment(s, section, e):
 * EX_CONFIG, with the nearest name, when the environment has a variable that
 * begins as those of ${section} do and is none of them.
 */
int optset_environment(const struct optset *, const char *,
    struct err *) QTE_MUST_CHECK;

/*
 * optset_suggest(s, e, word):
 * Add the option that is nearest to ${word}, which begins with "--", or the
 * only one that it may be short for, to the message.
 */
void optset_suggest(const struct optset *, struct err *, const char *);

#endif
