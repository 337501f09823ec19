/* SPDX-License-Identifier: MIT */
/* A curve in one line of text. */
#include "spark.h"

#define LEVELS 8

static const char *const blocks[LEVELS] = {"\u2581", "\u2582", "\u2583",
    "\u2584", "\u2585", "\u2586", "\u2587", "\u2588"};
static const char *const plain[LEVELS] = {".", ":", "-", "=", "+", "*", "#",
    "@"};

/* Two groups become one, which ends as the later one did. */
static void
halve(struct spark *s)
{
	for (size_t i = 0; i < s->n / 2; i++)
		s->at[i] = s->at[2 * i + 1];
	s->n /= 2;
	s->each *= 2;
}

void
spark_add(struct spark *s, double value)
{
	if (s->n == 0) {
		s->low = s->high = value;
		s->each = s->last = 1;
		s->at[s->n++] = value;
		return;
	}
	if (s->last == s->each) {
		if (s->n == QTE_COUNT(s->at))
			halve(s);
		s->n++;
		s->last = 0;
	}
	s->last++;
	s->at[s->n - 1] = value;
	if (value < s->low)
		s->low = value;
	if (value > s->high)
		s->high = value;
}

static int
level(const struct spark *s, double value)
{
	double share = (value - s->low) / (s->high - s->low) * LEVELS;

	/* A level curve has no share: it stands in the middle. */
	if (!(s->high > s->low))
		return LEVELS / 2 - 1;
	return share < LEVELS ? (int)share : LEVELS - 1;
}

void
spark_put(const struct spark *s, size_t columns, bool utf8, struct buf *text)
{
	size_t n = columns < s->n ? columns : s->n;

	for (size_t i = 0; i < n; i++) {
		int l = level(s, s->at[(i + 1) * s->n / n - 1]);

		buf_str(text, utf8 ? blocks[l] : plain[l]);
	}
}
