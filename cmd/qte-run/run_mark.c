/* SPDX-License-Identifier: MIT */
/* What the account is worth over a span of bars. */
#include "run.h"

/* Equities by exact money, where the line does not hold. */
static int
mark_exactly(const struct run *run, struct run_span *span, double *equity,
    struct err *e)
{
	for (; span->from < span->to; span->from++) {
		struct bar bar;
		num_i128 money;

		batch_bar(&span->tape->batch, span->from, &bar);
		int rc = book_equity(&run->book, &bar.close, &money, e);

		if (rc != 0)
			return rc;
		*equity++ = num_money(money);
	}
	return 0;
}

/* Inline, so that it is compiled for the processor of its caller. */
static inline __attribute__((always_inline)) void
follow(const struct run_line *line, const double *close, size_t n,
    double *equity)
{
	double cash = line->cash, quantity = line->quantity, one = line->one;
	size_t i = 0;

	/* Four at a time, for registers that hold as many. */
	for (; i + 4 <= n; i += 4)
		for (size_t k = 0; k < 4; k++)
			equity[i + k] = (cash + quantity * close[i + k]) / one;
	for (; i < n; i++)
		equity[i] = (cash + quantity * close[i]) / one;
}

static void
follow_any(const struct run_line *line, const double *close, size_t n,
    double *equity)
{
	follow(line, close, n, equity);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void
follow_avx2(const struct run_line *line, const double *restrict close, size_t n,
    double *restrict equity)
{
	follow(line, close, n, equity);
}
#endif

static void
follow_best(const struct run_line *line, const double *close, size_t n,
    double *equity)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2")) {
		follow_avx2(line, close, n, equity);
		return;
	}
#endif
	follow_any(line, close, n, equity);
}

int
run_equities(struct run *run, struct run_span *span, double *equity,
    struct err *e)
{
	const struct tape *tape = span->tape;
	const struct run_line *line = &run->line;
	const double *close = tape->close + span->from;
	size_t n = span->to - span->from;

	if (!line->drawn || line->scale != tape->batch.scale)
		run_draw(run, tape->batch.scale);
	if (!tape->exact || tape->highest > line->highest)
		return mark_exactly(run, span, equity, e);
	if (line->quantity == 0) {
		double cash = line->cash / line->one;

		for (size_t i = 0; i < n; i++)
			equity[i] = cash;
		return 0;
	}
	follow_best(line, close, n, equity);
	return 0;
}

void
run_curve(struct run *run, const double *equity, size_t n)
{
	stats_curve_add_many(&run->curve, equity, n);
	for (size_t i = 0; run->text && i < n; i++)
		spark_add(&run->spark, equity[i]);
}

static void
add_times(struct run *run, const int64_t *ts, size_t n)
{
	if (run->zone.name == NULL) {
		stats_spacing_add_many(&run->spacing, ts, n);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		run->spacing.ahead_ns = zone_offset(&run->zone, ts[i]);
		stats_spacing_add(&run->spacing, ts[i]);
	}
}

void
run_tape(struct run *run, const struct tape *tape)
{
	const struct batch *b = &tape->batch;
	struct bar bar;

	add_times(run, b->ts_ns + b->before, b->n - b->before);
	for (size_t i = b->before; run->text && i < b->n; i++) {
		batch_bar(b, i, &bar);
		stats_curve_add(&run->hold, bars_price_value(&bar.close));
	}
	if (run->text || b->before == b->n)
		return;
	batch_bar(b, b->n - 1, &bar);
	stats_curve_skip(&run->hold, bars_price_value(&bar.close),
	    b->n - b->before);
}
