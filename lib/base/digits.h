/* SPDX-License-Identifier: MIT */
/*
 * Whole numbers as decimal digits, eight at a time.  No sign and no NUL: the
 * bricks of which num and when lay their texts.  The writers want room for
 * DIGITS_ROOM bytes, whose rest behind the digits they may overwrite.
 */
#ifndef QTE_DIGITS_H
#define QTE_DIGITS_H

#include "base/base.h"

/* A uint64_t has at most so many digits. */
#define DIGITS_MAX 20

#define DIGITS_ROOM 24

/* digits_put(to, v): write ${v} in as many digits as it has; return how many.
 */
size_t digits_put(char *, uint64_t);

/*
 * digits_fixed(to, v, n):
 * Write the last ${n} (1 to DIGITS_MAX) digits of ${v}, with zeros in front.
 */
void digits_fixed(char *, uint64_t, size_t);

/* digits_trim(text, n): ${n} without the zeros at the end of the digits. */
size_t digits_trim(const char *, size_t);

#endif
