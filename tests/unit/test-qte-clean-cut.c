/* SPDX-License-Identifier: MIT */
/* Tests of qte-clean's cut, against one that sorts all files. */
#include <stdlib.h>

#include "cut.h"
#include "random.h"
#include "unit.h"

#define FILES 20000

struct file {
	int64_t time, weight;
	char path[8];
};

static struct file files[FILES];
static size_t nfiles;

/* Times of which ${spread} differ, in a range of ${width}. */
static void
make(size_t n, uint64_t spread, uint64_t width)
{
	nfiles = n;
	for (size_t i = 0; i < n; i++) {
		files[i].time = (int64_t)(random_below(spread) * width) - 1000;
		files[i].weight = (int64_t)random_below(4);
		(void)snprintf(files[i].path, sizeof(files[i].path), "%05zu",
		    i);
	}
}

static int
newest_first(const void *a, const void *b)
{
	const struct file *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? 1 : -1;
	return strcmp(y->path, x->path);
}

static int
run(struct cut *c, int64_t limit)
{
	int passes = 0;

	cut_init(c, limit);
	do {
		for (size_t i = 0; i < nfiles; i++)
			cut_add(c, files[i].time, files[i].weight,
			    files[i].path);
		passes++;
	} while (cut_again(c));
	return passes;
}

/* How many files ${c} puts on another side than the sum says; they are sorted
 * now. */
static int
wrong(const struct cut *c, int64_t limit)
{
	int64_t sum = 0;
	int n = 0;
	bool beyond = false;

	qsort(files, nfiles, sizeof(files[0]), newest_first);
	for (size_t i = 0; i < nfiles; i++) {
		sum += files[i].weight;
		beyond |= sum > limit;
		n += cut_beyond(c, files[i].time, files[i].path) != beyond;
	}
	return n;
}

static void
check(int64_t limit, int passes_max)
{
	struct cut c;

	CHECK(run(&c, limit) <= passes_max);
	CHECK_INT(wrong(&c, limit), 0);
	cut_release(&c);
}

UNIT_TEST("cut: it is where the sorted files pass the limit")
{
	static const uint64_t widths[] = {1, 1000, 1000000000,
	    UINT64_C(1) << 40};

	for (size_t w = 0; w < sizeof(widths) / sizeof(widths[0]); w++)
		for (int k = 0; k < 20; k++) {
			make(1 + random_below(FILES), 1 + random_below(100000),
			    widths[w]);
			check((int64_t)random_below(2 * nfiles), 8);
		}
}

UNIT_TEST("cut: limits at the ends")
{
	make(5000, 100000, 1000);
	check(-1, 8);
	check(0, 8);
	check(INT64_MAX, 1);
	make(0, 1, 1);
	check(-1, 8);
	check(0, 1);
}

UNIT_TEST("cut: many files of one time stand by their paths")
{
	make(FILES, 1, 1);
	check(FILES, 8);
	check(1, 8);
}

UNIT_TEST("cut: the longest range of times does not overflow")
{
	struct cut c;

	make(3, 1, 1);
	for (size_t i = 0; i < 3; i++)
		files[i].weight = 1;
	files[0].time = INT64_MIN;
	files[1].time = INT64_MAX;
	files[2].time = 0;
	(void)run(&c, 1);
	CHECK(!cut_beyond(&c, INT64_MAX, "00001"));
	CHECK(cut_beyond(&c, 0, "00002"));
	CHECK(cut_beyond(&c, INT64_MIN, "00000"));
	cut_release(&c);
}

UNIT_TEST("cut: files that weigh more than a number holds are beyond it")
{
	struct cut c;

	make(3, 1, 1);
	for (size_t i = 0; i < 3; i++) {
		files[i].time = (int64_t)i;
		files[i].weight = i < 2 ? INT64_MAX : 1;
	}
	(void)run(&c, 10);
	CHECK(!cut_beyond(&c, 2, "00002"));
	CHECK(cut_beyond(&c, 1, "00001"));
	CHECK(cut_beyond(&c, 0, "00000"));
	cut_release(&c);
}
