/* SPDX-License-Identifier: MIT */
/*
 * The configuration file against the option tables: each section and each key
 * is known, and each value goes to the option that it is for.
 */
#ifndef QTE_SETTINGS_H
#define QTE_SETTINGS_H

#include "base/base.h"
#include "base/err.h"
#include "face/opt.h"
#include "face/optset.h"
#include "format/conf.h"

/* A section that every tool knows; of ->opts only name and parse count. */
struct settings_section {
	const char *name;
	const struct cli_opt *opts;
	size_t nopts;
};

struct settings {
	const struct cli_tool *tool;
	struct optset *set;
	const struct settings_section *fixed;
	size_t nfixed;
};

/*
 * settings_apply(s, c, e):
 * Point the slots of ${s->set} at their entries in ${c}.  EX_CONFIG with
 * file:line:column for a section or key that is not known, with the nearest
 * name, and for a wrong value in one of the fixed sections.  Sections of
 * other tools are passed over.
 */
int settings_apply(const struct settings *, const struct conf *,
    struct err *) QTE_MUST_CHECK;

/* settings_place(c, entry, e): put the place and name of a value in front. */
int settings_place(const struct conf *, const struct conf_entry *,
    struct err *);

/*
 * settings_named(tool, c, i):
 * The header of section ${i}, from 0, of those with a name that ${tool} has in
 * ${c}, borrowed; NULL when there are not so many.
 */
const struct conf_entry *settings_named(const struct cli_tool *,
    const struct conf *, size_t);

/*
 * settings_fill(named, c, header, fields, e):
 * Parse the keys that stand below ${header} into the struct at ${fields};
 * those that do not stand there leave it alone.  EX_CONFIG, with the place.
 */
int settings_fill(const struct cli_named *, const struct conf *,
    const struct conf_entry *, void *, struct err *) QTE_MUST_CHECK;

/*
 * settings_blame(c, header, key, e):
 * Put the place of ${key}, and its name, in front of the message; that of the
 * ${header} when the key is NULL or does not stand below it.  EX_CONFIG.
 */
int settings_blame(const struct conf *, const struct conf_entry *, const char *,
    struct err *);

#endif
