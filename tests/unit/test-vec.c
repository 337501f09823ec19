/* SPDX-License-Identifier: MIT */
/* Tests of base/vec. */
#include "base/vec.h"
#include "unit.h"

struct point {
	int64_t x, y;
	char tag;
};

UNIT_TEST("vec: what is pushed is kept in order while it grows")
{
	struct {
		VEC(struct point);
	} points = {0};

	for (int i = 0; i < 10000; i++)
		*VEC_PUSH(&points) = (struct point){i, -i, (char)(i % 100)};
	CHECK_INT(points.n, 10000);
	CHECK(points.cap >= points.n);
	for (int i = 0; i < 10000; i++)
		CHECK(points.at[i].x == i && points.at[i].y == -i &&
		    points.at[i].tag == (char)(i % 100));
	VEC_RELEASE(&points);
	CHECK(points.at == NULL && points.n == 0 && points.cap == 0);
}

UNIT_TEST("vec: an empty one can be released, and used again")
{
	struct {
		VEC(char);
	} v = {0};

	VEC_RELEASE(&v);
	*VEC_PUSH(&v) = 'a';
	VEC_RELEASE(&v);
	*VEC_PUSH(&v) = 'b';
	CHECK_INT(v.n, 1);
	CHECK_INT(v.at[0], 'b');
	VEC_RELEASE(&v);
}

UNIT_TEST("vec: it moves only when it is full")
{
	size_t cap = 0;
	int *at = vec_grow(NULL, 0, &cap, sizeof(*at));

	CHECK(at != NULL && cap > 0);
	for (size_t n = 0; n < cap; n++)
		at[n] = (int)n;
	size_t before = cap;

	at = vec_grow(at, before - 1, &cap, sizeof(*at));
	CHECK_INT(cap, before);
	at = vec_grow(at, before, &cap, sizeof(*at));
	CHECK(cap > before);
	CHECK_INT(at[before - 1], before - 1);
	free(at);
}
