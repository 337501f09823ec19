/* SPDX-License-Identifier: MIT */
/*
 * The harness of the unit tests.  A whole test program:
 *
 *	#include "unit.h"
 *
 *	UNIT_TEST("vec: a new vector is empty")
 *	{
 *		CHECK_INT(vec_len(&v), 0);
 *		if (!CHECK(vec_push(&v, 1) == 0))
 *			return;
 *		CHECK_STR(text, "1");
 *		CHECK_DBL(mean, 0.1);
 *	}
 *
 * main() is here; it runs the tests in the order in which they stand and
 * prints TAP.  A check that fails says where, what it got and what it wanted;
 * the test goes on, unless it looks at the check's value as above.
 */
#ifndef UNIT_H
#define UNIT_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct unit_test {
	const char *name;
	void (*run)(void);
	struct unit_test *next;
};

static struct unit_test *unit_first, **unit_last = &unit_first;
static int unit_count, unit_failures;

#define UNIT_TEST(sentence) UNIT_TEST_(sentence, __LINE__)
#define UNIT_TEST_(sentence, line) UNIT_TEST__(sentence, line)
#define UNIT_TEST__(sentence, line)                                            \
	static void unit_run_##line(void);                                     \
	__attribute__((constructor)) static void unit_add_##line(void)         \
	{                                                                      \
		static struct unit_test t = {sentence, unit_run_##line, NULL}; \
		*unit_last = &t;                                               \
		unit_last = &t.next;                                           \
		unit_count++;                                                  \
	}                                                                      \
	static void unit_run_##line(void)

/* Each is true when the check holds.  CHECK_DBL tells -0 from 0. */
#define CHECK(cond) unit_check((cond), __FILE__, __LINE__, #cond)
#define CHECK_INT(got, want) \
	unit_int((long long)(got), (long long)(want), __FILE__, __LINE__, #got)
#define CHECK_STR(got, want) unit_str((got), (want), __FILE__, __LINE__, #got)
#define CHECK_DBL(got, want) unit_dbl((got), (want), __FILE__, __LINE__, #got)

static inline bool
unit_check(bool ok, const char *file, int line, const char *what)
{
	if (!ok) {
		printf("# %s:%d: failed: %s\n", file, line, what);
		unit_failures++;
	}
	return ok;
}

static inline bool
unit_int(long long a, long long b, const char *file, int line, const char *what)
{
	if (a != b)
		printf("# got %lld, want %lld\n", a, b);
	return unit_check(a == b, file, line, what);
}

static inline bool
unit_str(const char *a, const char *b, const char *file, int line,
    const char *what)
{
	bool ok = a != NULL && b != NULL ? strcmp(a, b) == 0 : a == b;

	if (!ok)
		printf("# got  \"%s\"\n# want \"%s\"\n",
		    a != NULL ? a : "(null)", b != NULL ? b : "(null)");
	return unit_check(ok, file, line, what);
}

static inline bool
unit_dbl(double a, double b, const char *file, int line, const char *what)
{
	bool ok = isnan(a) ? isnan(b) : a == b && !signbit(a) == !signbit(b);

	if (!ok)
		printf("# got %.17g (%a), want %.17g (%a)\n", a, a, b, b);
	return unit_check(ok, file, line, what);
}

int
main(void)
{
	int number = 0, failed = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("1..%d\n", unit_count);
	for (const struct unit_test *t = unit_first; t != NULL; t = t->next) {
		unit_failures = 0;
		t->run();
		failed += unit_failures != 0;
		printf("%sok %d %s\n", unit_failures != 0 ? "not " : "",
		    ++number, t->name);
	}
	return failed != 0;
}

#endif
