/* SPDX-License-Identifier: MIT */
/* What --print-config prints: each value and where it came from. */
#ifndef QTE_DUMP_H
#define QTE_DUMP_H

#include "base/base.h"
#include "base/buf.h"
#include "face/optset.h"
#include "format/conf.h"

/*
 * dump_ini(set, path, text):
 * Append the values of ${set} as a configuration file that reads back to the
 * same; ${path} is the name of the one that was read.
 */
void dump_ini(const struct optset *, const char *, struct buf *);

/*
 * dump_json(set, path, text):
 * The same as records of type "config", one for each option; "value" is left
 * out when the option has none.
 */
void dump_json(const struct optset *, const char *, struct buf *);

/*
 * dump_named(c, header, json, text):
 * Append the section with a name at ${header} of ${c}, in either form; as a
 * record its values have the key "name" as well.
 */
void dump_named(const struct conf *, const struct conf_entry *, bool,
    struct buf *);

#endif
