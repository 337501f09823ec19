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

/* What moves of equal size differ by, prices being rounded. */
#define MOVE_NOISE 1e-9

/* Moves are kept by size for so many more. */
#define IDLE 64

/* Two doubles this near may stand for equal decimals. */
#define NEAR 1e-12

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
	free(t->sorted);
	free(t->volumes.at);
	free(t);
}

void
track_grow(struct track_ring *r, int most)
{
	r->cap = r->cap == 0 ? RING_MIN : r->cap * 2 < most ? r->cap * 2 : most;
	r->at = mem_resize(r->at, (size_t)r->cap, sizeof(*r->at));
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

/* How many of the ${n} values by size are below ${v}. */
static int
below(const double *by_size, int n, double v)
{
	int low = 0, high = n;

	while (low < high) {
		int middle = low + (high - low) / 2;

		if (by_size[middle] < v)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void
track_resort(struct track *t, double move)
{
	int n = t->moves.n, from = n, to = below(t->sorted, n, move);

	if (++t->asked > IDLE) {
		free(t->sorted);
		t->sorted = NULL;
		return;
	}
	if (n == TRACK_MOVES)
		from = below(t->sorted, n, t->moves.at[t->moves.next]);
	if (from < to)
		memmove(&t->sorted[from], &t->sorted[from + 1],
		    (size_t)(--to - from) * sizeof(*t->sorted));
	else
		memmove(&t->sorted[to + 1], &t->sorted[to],
		    (size_t)(from - to) * sizeof(*t->sorted));
	t->sorted[to] = move;
}

static void
sort(struct track *t)
{
	int n = t->moves.n;

	t->asked = 0;
	if (t->sorted != NULL)
		return;
	t->sorted = mem_alloc(TRACK_MOVES, sizeof(*t->sorted));
	memcpy(t->sorted, t->moves.at, (size_t)n * sizeof(*t->sorted));
	qsort(t->sorted, (size_t)n, sizeof(*t->sorted), by_value);
}

bool
track_is_far(struct track *t, double move)
{
	double v[TRACK_MOVES], middle[2], median, near;
	int n = t->moves.n;

	if (n < TRACK_MOVES_LEAST)
		return false;
	sort(t);
	median = (t->sorted[(n - 1) / 2] + t->sorted[n / 2]) / 2;
	near = fabs(move - median) / FAR;
	/* With no more than half of the moves that near, their median is not.
	 */
	if (below(t->sorted, n, median + near) -
		below(t->sorted, n, median - near) <=
	    (n - 1) / 2)
		return false;
	for (int i = 0; i < n; i++)
		v[i] = fabs(t->sorted[i] - median);
	middles(v, n, middle);
	return fabs(move - median) >
	    FAR * (middle[0] + middle[1]) / 2 + MOVE_NOISE;
}

/* Whether 2 * ${volume} > TRACK_SPIKE * (${a} + ${b}), of the decimals. */
static bool
is_above(double volume, double a, double b)
{
	double left = 2 * volume, right = TRACK_SPIKE * (a + b);
	num_i128 v, x, y;

	if (fabs(left - right) > NEAR * right || !num_money_of(volume, &v) ||
	    !num_money_of(a, &x) || !num_money_of(b, &y) ||
	    __builtin_add_overflow(x, y, &x) ||
	    __builtin_mul_overflow(x, TRACK_SPIKE, &x) ||
	    __builtin_mul_overflow(v, 2, &v))
		return left > right;
	return v > x;
}

bool
track_is_spike(struct track *t, double volume, double *median)
{
	double v[TRACK_VOLUMES], middle[2];
	int n = t->volumes.n;

	if (!track_may_spike(t, volume))
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
