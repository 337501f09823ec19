/* SPDX-License-Identifier: MIT */
/* What every file of the suite may assume: basic types, a few macros. */
#ifndef QTE_BASE_H
#define QTE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sysexits.h>

#define QTE_VERSION "0.1.0"

/* The version of the record schema that every head record names. */
#define QTE_SCHEMA "qte/1"

#define QTE_MUST_CHECK __attribute__((warn_unused_result))
#define QTE_PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define QTE_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
