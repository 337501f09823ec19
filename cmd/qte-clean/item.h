/* SPDX-License-Identifier: MIT */
/* What a rule takes: a file as it was when the rule looked, and what became of
 * it. */
#ifndef QTE_CLEAN_ITEM_H
#define QTE_CLEAN_ITEM_H

#include "base/base.h"
#include "base/buf.h"
#include "rules/rule.h"
#include "walk/beneath.h"
#include "walk/look.h"

enum item_action {
	ITEM_DELETE,
	ITEM_GZIP,
	ITEM_ZSTD,
	ITEM_TRASH,
	ITEM_PURGE,   /* delete what lay in the trash long enough */
	ITEM_RESTORE, /* bring it back from there */
	ITEM_RMDIR,
	ITEM_ACTIONS
};

enum item_result {
	ITEM_OK,
	ITEM_PLANNED,
	ITEM_FAILED,
	ITEM_IN_USE, /* this and the next: it was skipped */
	ITEM_PROTECTED,
	ITEM_CHANGED,
	ITEM_MOUNT,
	ITEM_FUTURE,
	ITEM_RESULTS
};

/* What is looked at again before anything is done. */
struct item_id {
	uint64_t dev, ino;
	int64_t size, mtime_ns;
};

struct item {
	const struct rule *rule;
	const char *dir;  /* below the rule's, "" for that itself; borrowed */
	const char *name; /* borrowed; "" for a directory that is ->dir */
	enum item_action action;
	enum item_result result;
	bool known; /* the members down to ->links are */
	struct item_id id;
	int64_t disk;  /* bytes that its blocks take */
	int64_t freed; /* of them, once it is gone */
	uint32_t links;
	bool aged; /* ->age_ns is known */
	int64_t age_ns;
	int errnum;	 /* of FAILED, or 0 */
	const char *why; /* of FAILED, where ->errnum does not tell; or NULL */
};

/* item_action_name(a), item_result_name(r): as records have it. */
const char *item_action_name(enum item_action);
const char *item_result_name(enum item_result);

/* item_packs(a): whether it makes a compressed form. */
bool item_packs(enum item_action);

/* item_action_find(name): ITEM_ACTIONS when there is none of that name. */
enum item_action item_action_find(const char *);

/* item_why(item): why it failed, borrowed; NULL when it did not. */
const char *item_why(const struct item *);

/* item_path(item, to): append its absolute path. */
void item_path(const struct item *, struct buf *);

/*
 * item_look(item, look):
 * Take over what the system says of it.  Freed is what is deleted or purged,
 * and has no other name.
 */
void item_look(struct item *, const struct look *);

/* item_look_dir(item, root): the same of the directory that the item is. */
void item_look_dir(struct item *, const struct beneath *);

/* item_is(item, look): whether it is still what it was. */
bool item_is(const struct item *, const struct look *);

#endif
