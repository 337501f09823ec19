/* SPDX-License-Identifier: MIT */
/* Findings that the next rows may take back. */
#include "series/held.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "series/track.h"

/* With more, the oldest is settled as it is. */
#define HELD_MAX 4096

/* A split is one while the closes stay within 15 % of the price. */
#define NEAR_PERCENT 15

static void
unlink_held(struct series *s, struct held *h)
{
	struct held **at = &h->symbol->track->held;

	while (*at != h)
		at = &(*at)->next;
	*at = h->next;
	if (h->symbol->track->held == NULL)
		h->symbol->flags &= (uint8_t)~SYMBOL_HELD;
	*(h->before != NULL ? &h->before->after : &s->oldest) = h->after;
	*(h->after != NULL ? &h->after->before : &s->newest) = h->before;
	s->nheld--;
}

static void
release(struct held *h)
{
	free(h->finding);
	free(h->otherwise);
}

static void
say(const struct series *s, const struct held *h)
{
	static const enum rule rules[] = {
	    [HELD_GAP] = RULE_GAP,
	    [HELD_GRID] = RULE_OFF_GRID,
	    [HELD_SPLIT] = RULE_SPLIT_LIKE,
	};

	if (h->finding == NULL)
		report_count(s->report, rules[h->kind]);
	else if (h->kind == HELD_GAP)
		tell_gap(s, h->finding, h->from_ns, h->missing);
	else
		report_add(s->report, h->finding);
}

static void
drop(struct series *s, struct held *h)
{
	unlink_held(s, h);
	release(h);
	free(h);
}

static void
say_jump(const struct series *s, const struct held *h)
{
	if (h->otherwise != NULL)
		report_add(s->report, h->otherwise);
	else if (h->jump)
		report_count(s->report, RULE_JUMP);
}

/* What it is when nothing more is known. */
static void
settle(struct series *s, struct held *h)
{
	if (h->kind == HELD_SPLIT && h->left > 0)
		say_jump(s, h);
	else
		say(s, h);
	drop(s, h);
}

void
held_jump(struct series *s, struct held *h)
{
	say_jump(s, h);
	release(h);
}

void
held_add(struct series *s, struct held *h)
{
	struct held *copy;

	if (h->symbol->track == NULL) {
		say(s, h);
		release(h);
		return;
	}
	if (s->nheld == HELD_MAX)
		settle(s, s->oldest);
	copy = mem_alloc(1, sizeof(*copy));
	*copy = *h;
	copy->next = h->symbol->track->held;
	h->symbol->track->held = copy;
	copy->symbol->flags |= SYMBOL_HELD;
	copy->before = s->newest;
	copy->after = NULL;
	*(s->newest != NULL ? &s->newest->after : &s->oldest) = copy;
	s->newest = copy;
	s->nheld++;
}

/* The first of the symbol's, or NULL. */
static struct held *
first(const struct symbol *y)
{
	return (y->flags & SYMBOL_HELD) != 0 ? y->track->held : NULL;
}

void
held_row(struct series *s, struct symbol *y)
{
	struct held *next;

	for (struct held *h = first(y); h != NULL; h = next) {
		next = h->next;
		if (h->kind != HELD_SPLIT && --h->left == 0)
			settle(s, h);
	}
}

bool
held_fill(struct series *s, struct symbol *y, int64_t ts)
{
	for (struct held *h = first(y); h != NULL; h = h->next) {
		if (h->kind != HELD_GAP || ts <= h->from_ns ||
		    ts >= h->until_ns)
			continue;
		if (--h->missing == 0)
			drop(s, h);
		return true;
	}
	return false;
}

void
held_close(struct series *s, struct symbol *y, int64_t close)
{
	struct held *next;

	for (struct held *h = first(y); h != NULL; h = next) {
		num_i128 apart = (num_i128)close - h->level;

		next = h->next;
		if (h->kind != HELD_SPLIT)
			continue;
		apart = apart < 0 ? -apart : apart;
		if (apart * 100 > (num_i128)h->level * NEAR_PERCENT ||
		    --h->left == 0)
			settle(s, h);
	}
}

void
held_drop(struct series *s, struct symbol *y, int64_t step)
{
	struct held *next;

	for (struct held *h = first(y); h != NULL; h = next) {
		next = h->next;
		if (step == 0 ? h->kind == HELD_GAP
			      : h->kind != HELD_SPLIT &&
			    inner_step(h->from_ns, h->until_ns) == step)
			drop(s, h);
	}
}

void
held_release(struct series *s)
{
	struct held *after;

	for (struct held *h = s->oldest; h != NULL; h = after) {
		after = h->after;
		drop(s, h);
	}
}

void
held_end(struct series *s)
{
	struct held *after;

	for (struct held *h = s->oldest; h != NULL; h = after) {
		after = h->after;
		/* The rows after it are before it: it is no gap. */
		if (h->kind == HELD_GAP && h->symbol->behind > 0)
			drop(s, h);
		else
			settle(s, h);
	}
}
