/* SPDX-License-Identifier: MIT */
/*
 * A rule: which files of which directory go, when, and how.  The built-in ones
 * are `logs` and `temp`; sections [clean "NAME"] of the configuration stand
 * before them, or in for them.
 */
#ifndef QTE_CLEAN_RULE_H
#define QTE_CLEAN_RULE_H

#include "base/base.h"
#include "base/err.h"
#include "base/vec.h"
#include "face/cli.h"
#include "machine/log.h"
#include "rules/glob.h"

/* What is not asked for. */
#define RULE_NONE INT64_C(-1)

/* What the age of a file counts from; MAX: the latest of the four. */
enum rule_by {
	RULE_MTIME,
	RULE_CTIME,
	RULE_ATIME,
	RULE_BTIME,
	RULE_MAX,
	RULE_NAME
};

struct rule_by_field {
	int what;	 /* enum rule_by */
	char format[64]; /* of NAME: daymark.h */
};

enum rule_action { RULE_DELETE, RULE_GZIP, RULE_ZSTD, RULE_TRASH };
enum rule_in_use { RULE_SKIP, RULE_IGNORE };

/* Space to be free: so many bytes, or a share of the file system in 1e-9. */
struct rule_free {
	int64_t bytes, share; /* the other is RULE_NONE; or both */
};

struct rule {
	const char *name; /* borrowed, as is the next */
	const char *dir;  /* without a '/' at its end */
	char *cut_dir;	  /* owned: ->dir where one had to be cut, or NULL */
	struct glob_list match, exclude, protect;
	bool recursive, rmdir_empty, optional, require_mount;
	bool spare;	   /* left out where its directory is not to be had */
	int64_t max_depth; /* directories below one another; RULE_NONE: all */
	int64_t older_ns;
	struct rule_by_field by;
	int64_t min_size, keep_last, quota;
	struct rule_free min_free;
	int action, in_use; /* enum rule_action, rule_in_use */
	int64_t trash_ttl_ns;
};

struct rule_list {
	VEC(struct rule);
};

/* What the built-in rules and the choice of rules depend on. */
struct rule_opts {
	const char *log_dir, *data_dir;
	struct cli_list only; /* names; none: all */
	bool all; /* none may be left out: a plan, a run names them */
};

/* Where rules come from; borrowed. */
struct rule_source {
	const struct rule_opts *opts;
	const struct cli *cli;
	const struct log *log;
};

/* The keys of a section, for the tool's table. */
extern const struct cli_named rule_keys;

/*
 * rule_load(list, from, e):
 * The rules in their order: those of the configuration, then the built-in ones
 * (builtin.h).  EX_CONFIG with the place for a rule that makes no sense or
 * whose directory is not one to clean, and for one that is asked for whose
 * directory is behind a link; EX_USAGE, beginning with the option, where that
 * gave the directory, and for a name in ->only that there is not.  After a
 * failure there is nothing to release.
 */
int rule_load(struct rule_list *, const struct rule_source *,
    struct err *) QTE_MUST_CHECK;
void rule_release(struct rule_list *);

/*
 * For builtin.h.  rule_begin(name, o): the rule of that name before its section
 * is read; rule_settle(rule): what follows from its keys; rule_drop(rule): give
 * back what it owns; rule_check_dir(rule, o, e): rule_dir_check, with the
 * option that gave the directory.
 */
struct rule rule_begin(const char *, const struct rule_opts *);
void rule_settle(struct rule *);
void rule_drop(struct rule *);
int rule_check_dir(const struct rule *, const struct rule_opts *,
    struct err *) QTE_MUST_CHECK;

/*
 * rule_named(o, name), rule_wanted(o, name):
 * Whether ->only has the rule; whether it leaves it in.
 */
bool rule_named(const struct rule_opts *, const char *);
bool rule_wanted(const struct rule_opts *, const char *);

/* rule_find(list, name): the rule of that name, borrowed, or NULL. */
const struct rule *rule_find(const struct rule_list *, const char *);

/*
 * rule_dir_check(path, e):
 * EX_USAGE unless ${path} is a directory's that a rule may name: absolute, two
 * names at least, none of them "." or "..", and outside the system's own trees.
 */
int rule_dir_check(const char *, struct err *) QTE_MUST_CHECK;

/* rule_min_free(rule): whether it asks for space to be free. */
bool rule_min_free(const struct rule *);

/* rule_ordered(rule): whether the age of the others decides about a file. */
bool rule_ordered(const struct rule *);

/* rule_action_name(rule): as the user writes it. */
const char *rule_action_name(const struct rule *);

#endif
