/* SPDX-License-Identifier: MIT */
/* The directory of the column cache: nobody else may write there. */
#ifndef QTE_CACHE_DIR_H
#define QTE_CACHE_DIR_H

#include "base/base.h"
#include "base/err.h"

/* Of a file of the cache: 32 hexadecimal digits, ".bars" and a NUL. */
#define CACHE_NAME_SIZE 38

/* cache_dir_name(key, to): the name of what ${key} stands for. */
void cache_dir_name(const char *, char[CACHE_NAME_SIZE]);

/*
 * cache_dir_open(path, e):
 * Open the directory, made with mode 0700 and its parents with it when it is
 * not there.  Return the descriptor, or -1: EX_CANTCREAT when it cannot be had,
 * EX_NOPERM when it is of another user or others may write there.
 */
int cache_dir_open(const char *, struct err *) QTE_MUST_CHECK;

/*
 * cache_dir_tidy(fd, name, full):
 * After ${name} was written: remove what broken runs left, and, while more than
 * the share ${full} of the file system is in use, the files that have not been
 * used for longest, but not ${name}.
 */
void cache_dir_tidy(int, const char *, double);

#endif
