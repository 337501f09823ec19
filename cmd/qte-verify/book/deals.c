/* SPDX-License-Identifier: MIT */
/* The trades of a book. */
#include "book/deals.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
deals_release(struct deals *d)
{
	VEC_RELEASE(d);
	VEC_RELEASE(&d->ids);
	buf_release(&d->last_id);
	free(d->order);
	free(d->first);
}

/* Whether the id is after the last one: numbers of equal length rise so. */
static bool
is_after(const struct buf *last, const char *id, size_t n)
{
	if (n != last->len)
		return n > last->len;
	return n > 0 && memcmp(id, last->data, n) > 0;
}

void
deals_add(struct deals *d, const struct deal *deal, const char *id, size_t n)
{
	if (d->n > 0 && deal->ts_ns < d->at[d->n - 1].ts_ns)
		d->backwards = true;
	d->mixed = d->mixed || !is_after(&d->last_id, id, n);
	buf_reset(&d->last_id);
	buf_add(&d->last_id, id, n);
	*VEC_PUSH(d) = *deal;
	*VEC_PUSH(&d->ids) = n > 0 ? digest_make(id, n) : (struct digest){0, 0};
}

/* A deal that is compared with others. */
struct item {
	struct digest id;
	uint32_t at;
};

static int
by_id(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->id.high != y->id.high)
		return x->id.high < y->id.high ? -1 : 1;
	if (x->id.low != y->id.low)
		return x->id.low < y->id.low ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

static bool
has_same_id(const struct item *a, const struct item *b)
{
	return a->id.high == b->id.high && a->id.low == b->id.low &&
	    (a->id.high != 0 || a->id.low != 0);
}

static bool
is_same(const struct deal *a, const struct deal *b)
{
	return a->ts_ns == b->ts_ns && a->price == b->price &&
	    a->quantity == b->quantity && a->commission == b->commission &&
	    a->symbol == b->symbol && a->flags == b->flags;
}

void
deals_twice(struct deals *d, void (*found)(void *, const struct deal *),
    void *arg)
{
	struct item *items;
	size_t first = 0;

	if (!d->mixed)
		return;
	items = mem_alloc(d->n, sizeof(*items));
	for (size_t i = 0; i < d->n; i++)
		items[i] = (struct item){.id = d->ids.at[i], .at = (uint32_t)i};
	qsort(items, d->n, sizeof(*items), by_id);
	for (size_t i = 1; i < d->n; i++) {
		struct deal *deal = &d->at[items[i].at];

		if (!has_same_id(&items[first], &items[i])) {
			first = i;
			continue;
		}
		found(arg, deal);
		if (is_same(&d->at[items[first].at], deal))
			deal->flags |= DEAL_TWICE;
	}
	free(items);
}

/* Of one time those that stand first come first. */
static int
by_time(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->id.high != y->id.high)
		return x->id.high < y->id.high ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

/* Put the deals of each symbol into the order of time. */
static void
sort_times(struct deals *d)
{
	struct item *items = mem_alloc(d->n, sizeof(*items));

	for (uint32_t s = 0; s < d->nsymbols; s++) {
		uint32_t *order = d->order + d->first[s];
		size_t n = d->first[s + 1] - d->first[s];

		for (size_t i = 0; i < n; i++) {
			items[i].at = order[i];
			/* Times that rise as numbers without a sign. */
			items[i].id.high =
			    (uint64_t)d->at[order[i]].ts_ns ^ UINT64_C(1) << 63;
		}
		qsort(items, n, sizeof(*items), by_time);
		for (size_t i = 0; i < n; i++)
			order[i] = items[i].at;
	}
	free(items);
}

void
deals_sort(struct deals *d, uint32_t nsymbols)
{
	size_t *next = mem_alloc((size_t)nsymbols + 1, sizeof(*next));
	size_t at = 0;

	d->nsymbols = nsymbols;
	d->first = mem_alloc((size_t)nsymbols + 1, sizeof(*d->first));
	d->order = mem_alloc(d->n + 1, sizeof(*d->order));
	for (size_t i = 0; i < d->n; i++)
		next[d->at[i].symbol]++;
	for (uint32_t s = 0; s <= nsymbols; s++) {
		size_t n = next[s];

		d->first[s] = next[s] = at;
		at += n;
	}
	for (size_t i = 0; i < d->n; i++)
		d->order[next[d->at[i].symbol]++] = (uint32_t)i;
	free(next);
	if (d->backwards)
		sort_times(d);
}

const uint32_t *
deals_of(const struct deals *d, uint32_t symbol, size_t *n)
{
	if (symbol >= d->nsymbols) {
		*n = 0;
		return NULL;
	}
	*n = d->first[symbol + 1] - d->first[symbol];
	return d->order + d->first[symbol];
}
