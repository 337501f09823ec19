/* SPDX-License-Identifier: MIT */
/* Tests of a curve in one line. */
#include "spark.h"
#include "unit.h"

static void
check_put(const struct spark *s, size_t columns, bool utf8, const char *want)
{
	struct buf text = {0};

	spark_put(s, columns, utf8, &text);
	CHECK_STR(buf_text(&text), want);
	buf_release(&text);
}

static struct spark
spark_of(const double *values, size_t n)
{
	struct spark s = {0};

	for (size_t i = 0; i < n; i++)
		spark_add(&s, values[i]);
	return s;
}

UNIT_TEST("spark: eight levels from the lowest value to the highest")
{
	static const double up[] = {0, 1, 2, 3, 4, 5, 6, 7};
	struct spark s = spark_of(up, QTE_COUNT(up));

	check_put(&s, 8, true,
	    "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588");
	check_put(&s, 8, false, ".:-=+*#@");
}

UNIT_TEST("spark: of the values of a column the last one counts")
{
	static const double values[] = {5, 1, 9, 0, 8, 3, 0, 8};
	struct spark s = spark_of(values, QTE_COUNT(values));

	CHECK_DBL(s.low, 0);
	CHECK_DBL(s.high, 9);
	check_put(&s, 4, false, "..-@");
	check_put(&s, 1, false, "@");
	check_put(&s, 0, false, "");
	check_put(&s, 100, false, "+.@.@-.@");
}

UNIT_TEST("spark: a curve without ups and downs stands in the middle")
{
	static const double same[] = {-3, -3, -3};
	struct spark s = {0};

	check_put(&s, 10, false, "");
	s = spark_of(same, QTE_COUNT(same));
	check_put(&s, 10, false, "===");
}

/* Values 0 to ${n} - 1: what is kept is near what was given, to the end. */
static void
check_ramp(int64_t n)
{
	struct spark s = {0};

	for (int64_t i = 0; i < n; i++)
		spark_add(&s, (double)i);
	CHECK_DBL(s.low, 0);
	CHECK_DBL(s.high, (double)(n - 1));
	CHECK(n <= SPARK_COLUMNS || s.n >= SPARK_COLUMNS);
	CHECK(s.n <= QTE_COUNT(s.at));
	CHECK_DBL(s.at[s.n - 1], (double)(n - 1));
	for (size_t i = 0; i + 1 < s.n; i++)
		CHECK_DBL(s.at[i], (double)(((int64_t)i + 1) * s.each - 1));
}

UNIT_TEST("spark: whatever the length, each group ends with its last value")
{
	for (int64_t n = 1; n < 2100; n++)
		check_ramp(n);
	check_ramp(100000);
	check_ramp(131072);
	check_ramp(131073);
}
