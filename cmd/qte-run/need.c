/* SPDX-License-Identifier: MIT */
/* How much memory a run may come to need. */
#include "need.h"

#include <stdlib.h>

#include "base/mem.h"
#include "market/range.h"
#include "sweep/crew.h"

#define MIB (1024.0 * 1024.0)

/* The program, its buffers, and the columns of the cache. */
#define ALWAYS_MIB 8

/*
 * Bytes a bar of a batch, without and for each node of the rules: of numbers,
 * and of conditions, whose columns are of bits.
 */
#define BATCH_BYTES 128
#define NODE_BYTES 24.0
#define TRUTH_BYTES 0.5

/* A node stands in a list that may be half empty, and has a plan. */
#define PLAN_BYTES (3 * sizeof(struct expr_node) + 512)

/* What looks back keeps each value twice, and once more as a column. */
#define RING_BYTES (2 * sizeof(struct value) + 2 * sizeof(double))

/* A run of a sweep, with its strategy's texts and nodes before they are shared.
 */
#define RUN_BYTES (sizeof(struct trial) + sizeof(struct crew_walk) + 2048)
#define OWN_BYTES (2 * sizeof(struct expr_node))

/* A thread's stack, as far as it is used. */
#define JOB_BYTES (64.0 * 1024.0)

static void
add_nodes(struct need_part *part, const struct expr *x, size_t from)
{
	for (size_t i = from; i < x->n; i++) {
		part->fixed += (double)PLAN_BYTES +
		    (double)x->at[i].ring.size * RING_BYTES;
		part->bar += x->at[i].truth ? TRUTH_BYTES : NODE_BYTES;
	}
}

void
need_add(struct need *n, const struct strategy *s)
{
	const struct expr *x = &s->expr;
	size_t before = n->nodes.n;

	n->runs++;
	n->own.fixed += (double)(RUN_BYTES + x->n * OWN_BYTES);
	/* A rule that depends on the account shares nothing. */
	if (expr_late(x)) {
		add_nodes(&n->own, x, 0);
		return;
	}

	size_t *to = mem_alloc(x->n, sizeof(*to));

	expr_merge(&n->nodes, x, to);
	free(to);
	add_nodes(&n->shared, &n->nodes, before);
}

void
need_release(struct need *n)
{
	expr_release(&n->nodes);
}

static int
refuse(const struct need *n, double mib, struct err *e)
{
	long long whole = (long long)mib + 1;

	if (n->runs > 1)
		return err_set(e, EX_USAGE,
		    "--memory-limit: the first %zu combinations could need "
		    "%lld MiB",
		    n->runs, whole);
	return err_set(e, EX_USAGE,
	    "--memory-limit: this run could need %lld MiB, for --batch, "
	    "--warmup and what the rules look back on",
	    whole);
}

int
need_check(const struct need *n, const struct options *o, struct err *e)
{
	double room = (double)crew_room(o, n->runs);
	size_t jobs = (size_t)o->jobs < n->runs ? (size_t)o->jobs : n->runs;
	double bytes = n->own.fixed + room * (BATCH_BYTES + n->own.bar) +
	    (double)jobs * (n->shared.fixed + room * n->shared.bar) +
	    (double)jobs * JOB_BYTES +
	    (double)o->warmup * (double)sizeof(struct range_bar);
	double mib = ALWAYS_MIB + bytes / MIB;

	if (o->memory_limit == 0 || mib <= (double)o->memory_limit)
		return 0;
	return refuse(n, mib, e);
}
