/* SPDX-License-Identifier: MIT */
/* A range of time out of the bars of a file. */
#include "market/range.h"

void
range_init(struct range *r, const struct range_opts *opts)
{
	*r = (struct range){.opts = opts};
}

void
range_release(struct range *r)
{
	VEC_RELEASE(&r->waiting);
}

/* Keep the bar, in the place of the oldest when there are enough. */
static void
keep(struct range *r, const struct range_bar *bar)
{
	if (r->waiting.n < (size_t)r->opts->warmup) {
		*VEC_PUSH(&r->waiting) = *bar;
		return;
	}
	r->waiting.at[r->oldest] = *bar;
	r->oldest = (r->oldest + 1) % r->waiting.n;
}

void
range_take(struct range *r, const struct range_bar *bar)
{
	const struct range_opts *o = r->opts;

	if (o->has_from && bar->bar.ts_ns < o->from_ns) {
		r->outside++;
		if (o->warmup > 0)
			keep(r, bar);
		return;
	}
	if (o->has_to && bar->bar.ts_ns >= o->to_ns) {
		r->outside++;
		return;
	}
	if (!r->begun)
		r->left = (int64_t)r->waiting.n;
	r->begun = r->held = true;
	r->bar = *bar;
}

bool
range_give(struct range *r, struct range_bar *bar, int64_t *before)
{
	if (!r->held)
		return false;
	*before = r->left;
	if (r->left > 0) {
		*bar = r->waiting.at[r->oldest];
		r->oldest = (r->oldest + 1) % r->waiting.n;
		r->left--;
		return true;
	}
	*bar = r->bar;
	r->held = false;
	return true;
}
