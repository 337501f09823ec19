/* SPDX-License-Identifier: MIT */
/* The records of a run, and the digest of its trades. */
#ifndef QTE_RUN_EMIT_H
#define QTE_RUN_EMIT_H

#include "base/base.h"
#include "format/crypt.h"
#include "format/rec.h"
#include "market/bars.h"
#include "options.h"
#include "strategy/strategy.h"
#include "trading/book.h"

/* The last trades, for the text form. */
#define EMIT_LAST 10

struct emit {
	struct rec rec;
	unsigned set;	    /* EMIT_ bits of what is written; 0 for text */
	const char *symbol; /* borrowed; set before the first record */
	struct crypt_sha256 *digest;	   /* NULL: { 0 } lets nothing out */
	int64_t trades;			   /* emitted so far */
	struct book_trade last[EMIT_LAST]; /* ring, by trades % EMIT_LAST */
	int64_t *absent; /* owned: bars at which each print had no value */
};

/*
 * emit_init(m, options, strategy, out):
 * Records of the kinds asked for go to ${out}; NULL: none, only the digest and
 * the last trades are kept.
 */
void emit_init(struct emit *, const struct options *, const struct strategy *,
    struct out *);
void emit_release(struct emit *);

/* emit_tells(m): somebody asks what happens. */
static inline bool
emit_tells(const struct emit *m)
{
	return m->digest != NULL;
}

/*
 * emit_settings(r, options, strategy):
 * The members that say what was run: strategy, rules, parameters, money and
 * costs.  They stand in the summary and in the line that the digest begins
 * with.
 */
void emit_settings(struct rec *, const struct options *,
    const struct strategy *);

/* emit_params(r, params): the member params. */
void emit_params(struct rec *, const struct params *);

void emit_order(struct emit *, const struct order *);
void emit_result(struct emit *, const struct order *, struct book_moment,
    const struct book_result *);
void emit_trade(struct emit *, const struct book_trade *);
void emit_equity(struct emit *, struct book_moment, const struct book *,
    double equity);
void emit_position(struct emit *, const struct book_trade *);

/*
 * emit_values(m, now, s):
 * What is to be printed.  To be called at each bar, for the text form too,
 * which counts those without a value.
 */
void emit_values(struct emit *, struct book_moment, const struct strategy *);
void emit_signals(struct emit *, struct book_moment, strategy_signals);

#endif
