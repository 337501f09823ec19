/* SPDX-License-Identifier: MIT */
/* What a run writes: records, or lines for people. */
#ifndef QTE_CLEAN_EMIT_H
#define QTE_CLEAN_EMIT_H

#include "base/base.h"
#include "format/rec.h"
#include "item.h"
#include "options.h"
#include "tally.h"

struct emit {
	const struct options *options;
	struct rec rec;
	struct out *out;
	bool json;
	int64_t now_ns;
	char run_id[REC_RUN_ID];
	struct buf text; /* of an item */
};

/* How a run ended. */
struct emit_end {
	const struct tally *tally;
	double elapsed_s;
	int64_t ended_ns;
	int signo; /* that stopped it, or 0 */
};

/* emit_init(m, o, out, now): of the run that begins at ${now}. */
void emit_init(struct emit *, const struct options *, struct out *, int64_t);
void emit_head(struct emit *, char *const *, int);
void emit_item(struct emit *, const struct item *);
void emit_summary(struct emit *, const struct emit_end *);
void emit_release(struct emit *);

#endif
