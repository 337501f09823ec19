/* SPDX-License-Identifier: MIT */
/* How much memory a run may come to need. */
#include "need.h"

#include "market/range.h"

#define MIB (1024.0 * 1024.0)

/* The program, its buffers, and the columns of the cache. */
#define ALWAYS_MIB 8

/* Bytes a bar of a batch, without and for each node of the rules. */
#define BATCH_BYTES 64
#define NODE_BYTES 24

/* What looks back keeps each value twice, and once more as a column. */
#define RING_BYTES (2 * sizeof(struct value) + 2 * sizeof(double))

int
need_check(const struct options *o, const struct strategy *s, struct err *e)
{
	double nodes = (double)s->expr.n;
	double bytes = (double)o->batch * (BATCH_BYTES + NODE_BYTES * nodes) +
	    (double)o->warmup * (double)sizeof(struct range_bar);

	for (size_t i = 0; i < s->expr.n; i++)
		bytes += (double)s->expr.at[i].ring.size * RING_BYTES;

	double mib = ALWAYS_MIB + bytes / MIB;

	if (o->memory_limit == 0 || mib <= (double)o->memory_limit)
		return 0;
	return err_set(e, EX_USAGE,
	    "--memory-limit: this run could need %lld MiB, for --batch, "
	    "--warmup and what the rules look back on",
	    (long long)mib + 1);
}
