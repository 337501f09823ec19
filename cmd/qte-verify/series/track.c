/* SPDX-License-Identifier: MIT */
/* What a symbol did. */
#include "series/track.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"

#define RING_MIN 16

#define FAR (12 * 1.4826)
#define SPIKE 50

/* What moves of equal size differ by, prices being rounded. */
#define MOVE_NOISE 1e-9

/* Two doubles this near may stand for equal decimals. */
#define NEAR 1e-12

struct ring {
	double *at; /* owned */
	int n, cap, next;
};

struct track {
	struct ring moves, volumes;
	/* So many of the volumes are not below the bound: as long as that is
	 * more than half, neither is their median. */
	double bound;
	int above;
	struct held *held;
};

struct track *
track_new(void)
{
	return mem_alloc(1, sizeof(struct track));
}

void
track_free(struct track *t)
{
	if (t == NULL)
		return;
	free(t->moves.at);
	free(t->volumes.at);
	free(t);
}

struct held **
track_held(struct track *t)
{
	return &t->held;
}

int
track_moves(const struct track *t)
{
	return t->moves.n;
}

int
track_volumes(const struct track *t)
{
	return t->volumes.n;
}

/* Put ${v} in the place of the oldest, which is returned: NAN while growing. */
static double
push(struct ring *r, double v, int most)
{
	double old = NAN;

	if (r->n == r->cap && r->cap < most) {
		r->cap = r->cap == 0	? RING_MIN
		    : r->cap * 2 < most ? r->cap * 2
					: most;
		r->at = mem_resize(r->at, (size_t)r->cap, sizeof(*r->at));
		r->next = r->n;
	}
	if (r->n == most)
		old = r->at[r->next];
	else
		r->n++;
	r->at[r->next++] = v;
	if (r->next == most)
		r->next = 0;
	return old;
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sort ${n} values; their lower and upper middle, equal when ${n} is odd. */
static void
middles(double *v, int n, double middle[2])
{
	qsort(v, (size_t)n, sizeof(*v), by_value);
	middle[0] = v[(n - 1) / 2];
	middle[1] = v[n / 2];
}

bool
track_is_far(const struct track *t, double move)
{
	double v[TRACK_MOVES], middle[2], median;
	int n = t->moves.n;

	if (n < TRACK_LEAST)
		return false;
	memcpy(v, t->moves.at, (size_t)n * sizeof(*v));
	middles(v, n, middle);
	median = (middle[0] + middle[1]) / 2;
	for (int i = 0; i < n; i++)
		v[i] = fabs(v[i] - median);
	middles(v, n, middle);
	return fabs(move - median) >
	    FAR * (middle[0] + middle[1]) / 2 + MOVE_NOISE;
}

void
track_move(struct track *t, double move)
{
	(void)push(&t->moves, move, TRACK_MOVES);
}

/* Whether 2 * ${volume} > SPIKE * (${a} + ${b}), of the decimals. */
static bool
is_above(double volume, double a, double b)
{
	double left = 2 * volume, right = SPIKE * (a + b);
	num_i128 v, x, y;

	if (fabs(left - right) > NEAR * right || !num_money_of(volume, &v) ||
	    !num_money_of(a, &x) || !num_money_of(b, &y) ||
	    __builtin_add_overflow(x, y, &x) ||
	    __builtin_mul_overflow(x, SPIKE, &x) ||
	    __builtin_mul_overflow(v, 2, &v))
		return left > right;
	return v > x;
}

bool
track_is_spike(struct track *t, double volume, double *median)
{
	double v[TRACK_VOLUMES], middle[2];
	int n = t->volumes.n;

	if (n < TRACK_LEAST)
		return false;
	if (t->above > n / 2 && volume <= SPIKE * t->bound)
		return false;
	memcpy(v, t->volumes.at, (size_t)n * sizeof(*v));
	middles(v, n, middle);
	t->bound = middle[0] / 2;
	t->above = 0;
	for (int i = 0; i < n; i++)
		t->above += v[i] >= t->bound;
	*median = middle[0] + (middle[1] - middle[0]) / 2;
	return is_above(volume, middle[0], middle[1]);
}

void
track_volume(struct track *t, double volume)
{
	double old = push(&t->volumes, volume, TRACK_VOLUMES);

	t->above += (volume >= t->bound) - (old >= t->bound);
}
