/* SPDX-License-Identifier: MIT */
/* Names that stand for a figure of the bar, of the time or of the account. */
#ifndef QTE_RUN_FIELD_H
#define QTE_RUN_FIELD_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "strategy/expr.h"

/* field_find(name, len, field): whether there is such a field, and which. */
bool field_find(const char *, size_t, enum expr_field *);

/* field_den(field): what its exact values are whole numbers of; 0: doubles. */
uint64_t field_den(enum expr_field);

/* field_value(field, moment): its value there. */
struct value field_value(enum expr_field, const struct expr_moment *);

/* field_name(field): as the language writes it. */
const char *field_name(enum expr_field);

/* field_list(list): append a line for each field. */
void field_list(struct buf *);

#endif
