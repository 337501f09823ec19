/* SPDX-License-Identifier: MIT */
/*
 * The directories on the way into the trash and back: where one is missing it
 * is made after the one that it stands for.
 */
#ifndef QTE_CLEAN_WAY_H
#define QTE_CLEAN_WAY_H

#include "base/base.h"
#include "walk/beneath.h"

/* Paths below a root, "" for itself; borrowed. */
struct way {
	const char *to;	  /* made where it is not there, for us alone */
	const char *from; /* is there */
	const char *dir;  /* below both */
	const char *run;  /* the run that works, for a name of its own */
};

/*
 * way_open(root, way):
 * Open ->dir below ->to.  Directories of it that are missing there are made
 * with mode, owner, access control list and attributes of those below ->from;
 * for us alone where they cannot be given, where that mode would keep us out,
 * and where somebody else can write to the trash.  Return an owned descriptor,
 * or -1 with errno: EEXIST where a directory has the name that belongs neither
 * to us nor to the owner of the one below ->from; with a ->to of "" only one
 * that was made meanwhile is asked about.
 */
int way_open(const struct beneath *, const struct way *) QTE_MUST_CHECK;

#endif
