/* SPDX-License-Identifier: MIT */
/* What the account is worth over a span of bars. */
#include "run.h"

/* Doubles hold every whole number up to here. */
#define WHOLE 9007199254740992.0

/* Bars that are marked at once. */
#define PIECE 256

/*
 * The equity in whole numbers: (cash + quantity x ticks)/one, where a tick is
 * so many units of 1e-9.
 */
struct line {
	double cash, quantity, one, units;
};

static double
power(int n)
{
	double p = 1;

	while (n-- > 0)
		p *= 10;
	return p;
}

static double
magnitude(num_i128 n)
{
	return n < 0 ? -(double)n : (double)n;
}

/*
 * The line of the position, while no price is above ${highest} units and all
 * are whole ticks of ${scale} decimals.  False where parts of a share are held,
 * or doubles cannot hold the whole numbers.
 */
static bool
draw(const struct book *book, int64_t highest, int scale, struct line *line)
{
	num_i128 cash = book->cash;
	num_i128 quantity = book->trade.side * book->trade.quantity;
	int decimals = NUM_MONEY_SCALE;

	if (quantity % NUM_MONEY_ONE != 0 || (double)highest > WHOLE)
		return false;
	quantity /= NUM_MONEY_ONE;
	while (decimals > scale && cash % 10 == 0) {
		cash /= 10;
		decimals--;
	}
	*line = (struct line){.cash = (double)cash,
	    .quantity = (double)quantity * power(decimals - scale),
	    .one = power(decimals),
	    .units = power(NUM_PRICE_SCALE - scale)};
	return magnitude(cash) +
	    magnitude(quantity) * power(decimals - scale) *
		((double)highest / line->units + 1) <
	    WHOLE;
}

static int64_t
highest(const struct run_span *span)
{
	const int64_t *close = span->batch->price[BATCH_CLOSE];
	int64_t most = 0;

	for (size_t i = span->from; i < span->to; i++)
		most = close[i] > most ? close[i] : most;
	return most;
}

/* Equities by exact money, where the line does not hold. */
static int
mark_exactly(const struct run *run, const struct run_span *span, size_t *row,
    double *equity, struct err *e)
{
	for (; *row < span->to; ++*row) {
		struct bar bar;
		num_i128 money;

		batch_bar(span->batch, *row, &bar);
		int rc = book_equity(&run->book, &bar.close, &money, e);

		if (rc != 0)
			return rc;
		*equity++ = num_money(money);
	}
	return 0;
}

static int
mark_piece(struct run *run, const struct run_span *span, size_t *row,
    struct err *e)
{
	const int64_t *close = span->batch->price[BATCH_CLOSE];
	double equity[PIECE];
	struct line line;
	int rc = 0;

	if (span->batch->any_loose ||
	    !draw(&run->book, highest(span), span->batch->scale, &line))
		rc = mark_exactly(run, span, row, equity, e);
	else
		for (size_t i = span->from; i < span->to; i++)
			equity[i - span->from] =
			    (line.cash +
				line.quantity *
				    ((double)close[i] / line.units)) /
			    line.one;
	if (rc != 0)
		return rc;
	stats_curve_add_many(&run->curve, equity, span->to - span->from);
	for (size_t i = span->from; run->text && i < span->to; i++)
		spark_add(&run->spark, equity[i - span->from]);
	return 0;
}

/* Without a position the equity stays what it was at the first of the bars. */
static void
mark_flat(struct run *run, const struct run_span *span)
{
	double equity = num_money(run->book.cash);

	stats_curve_add(&run->curve, equity);
	stats_curve_stay(&run->curve, span->to - span->from - 1);
	for (size_t i = span->from; run->text && i < span->to; i++)
		spark_add(&run->spark, equity);
}

static void
mark_bars(struct run *run, const struct run_span *span)
{
	const int64_t *ts = span->batch->ts_ns + span->from;
	size_t n = span->to - span->from;
	struct bar bar;

	if (run->zone.name == NULL)
		stats_spacing_add_many(&run->spacing, ts, n);
	for (size_t i = 0; run->zone.name != NULL && i < n; i++) {
		run->spacing.ahead_ns = zone_offset(&run->zone, ts[i]);
		stats_spacing_add(&run->spacing, ts[i]);
	}
	for (size_t i = span->from; run->text && i < span->to; i++) {
		batch_bar(span->batch, i, &bar);
		stats_curve_add(&run->hold, bars_price_value(&bar.close));
	}
	if (run->text)
		return;
	batch_bar(span->batch, span->to - 1, &bar);
	stats_curve_skip(&run->hold, bars_price_value(&bar.close), n);
}

int
run_mark(struct run *run, const struct run_span *span, size_t *row,
    struct err *e)
{
	struct run_span piece = *span;
	int rc;

	if (!run->follows)
		mark_bars(run, span);
	if (book_position(&run->book) == 0) {
		mark_flat(run, span);
		return 0;
	}
	for (; piece.from < span->to; piece.from = piece.to) {
		piece.to = span->to - piece.from > PIECE ? piece.from + PIECE
							 : span->to;
		*row = piece.from;
		rc = mark_piece(run, &piece, row, e);
		if (rc != 0)
			return rc;
	}
	return 0;
}
