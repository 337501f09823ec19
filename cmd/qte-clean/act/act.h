/* SPDX-License-Identifier: MIT */
/*
 * What is done with one file, on the descriptor of its directory: it is looked
 * at again, and what is no longer what it was when it was planned is left
 * alone.
 */
#ifndef QTE_CLEAN_ACT_H
#define QTE_CLEAN_ACT_H

#include "base/base.h"
#include "item.h"
#include "rules/claim.h"
#include "walk/beneath.h"

struct act {
	struct item *item; /* ->result, ->freed and ->errnum are set */
	const struct beneath *root;
	int fd;		    /* of the item's directory */
	const char *run_id; /* of this run, for the trash, as the next */
	int64_t now_ns;
	const char *undo;	 /* the run whose trash comes back, or NULL */
	bool locks;		 /* whether a lock on the file is looked for */
	struct claim_set *claim; /* gets the files that are made */
	bool undated;		 /* set: the trash has not got ->now_ns */
};

/* act_do(act): the item's action on a file. */
void act_do(struct act *);

/*
 * act_is_same(item, fd):
 * Whether the file, in the directory ${fd}, is still what it was; the result is
 * set when not.
 */
bool act_is_same(struct item *, int);

/* act_rmdir(act): remove the directory that the item is; ->fd is not used. */
void act_rmdir(struct act *);

/* act_refused(item, errnum): the result when its directory is not to be had. */
void act_refused(struct item *, int);

/* act_failed(item, errnum): the result when a call failed. */
void act_failed(struct item *, int);

/*
 * act_fault(item, errnum, why):
 * It failed, whatever the number tells; ${why} is static, or NULL.
 */
void act_fault(struct item *, int, const char *);

#endif
