/* SPDX-License-Identifier: MIT */
/* stale, jump, split-like, outlier, volume-spike. */
#include "series/price.h"

#include "base/num.h"
#include "series/held.h"
#include "series/order.h"
#include "series/tell.h"
#include "series/track.h"

/* A split is told by a price this near, in per cent. */
#define SPLIT_NEAR 3

/* A part, as a power of two, below 1 / PRICE_SMALL. */
#define SMALL_SHIFT 5

/* And below any move that a split makes. */
#define SPLIT_SHIFT 2

static const int ratios[][2] = {{1, 2}, {1, 3}, {1, 4}, {1, 5}, {1, 10}, {2, 3},
    {2, 1}, {3, 1}, {4, 1}, {5, 1}, {10, 1}, {3, 2}};

static bool
is_right(const struct series_bar *b, enum series_value value)
{
	return (b->right & SERIES_RIGHT(value)) != 0;
}

static int64_t
apart(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

/* Whether ${price} is no further from ${than} than 1/2^${shift} of it. */
static bool
is_near(int64_t price, int64_t than, int shift)
{
	return apart(price, than) <= than >> shift;
}

/* Whether ${price} is further from ${than} than that share of it in 1e-9. */
static bool
is_move(int64_t price, int64_t than, int64_t share)
{
	return (num_i128)apart(price, than) * NUM_PRICE_ONE >
	    (num_i128)than * share;
}

/* The ratio that ${price} to ${before} is near, or NULL. */
static const int *
split_of(int64_t price, int64_t before)
{
	if (is_near(price, before, SPLIT_SHIFT))
		return NULL;
	for (size_t i = 0; i < QTE_COUNT(ratios); i++) {
		num_i128 is = (num_i128)price * ratios[i][1];
		num_i128 would = (num_i128)before * ratios[i][0];
		num_i128 off = is > would ? is - would : would - is;

		if (off * 100 <= would * SPLIT_NEAR)
			return ratios[i];
	}
	return NULL;
}

/* "open 125 is 25 % above the close before, 100", placed at that value. */
static void
tell_move(struct tell *t, const struct series_bar *b, enum rule rule,
    enum series_value value, int64_t than)
{
	int64_t price = b->price[value];

	tell_open(t, b, rule, value);
	buf_str(&t->message, value == SERIES_OPEN ? "open " : "close ");
	tell_price(&t->message, price);
	buf_str(&t->message, " is ");
	tell_share(&t->message, (double)apart(price, than) / (double)than);
	buf_str(&t->message, price > than ? " above the " : " below the ");
}

static void
tell_jump(struct tell *t, const struct series *s, const struct series_bar *b,
    enum series_value value, int64_t than)
{
	tell_move(t, b, RULE_JUMP, value, than);
	buf_str(&t->message,
	    value == SERIES_OPEN ? "close before, " : "open, ");
	tell_price(&t->message, than);
	buf_str(&t->expected, "within ");
	tell_share(&t->expected,
	    (double)s->opts.max_move / (double)NUM_PRICE_ONE);
	buf_str(&t->expected, " of ");
	tell_price(&t->expected, than);
}

static void
tell_split(struct tell *t, const struct series_bar *b, const struct symbol *y,
    const int *ratio)
{
	tell_open(t, b, RULE_SPLIT_LIKE, SERIES_OPEN);
	buf_str(&t->message, "open ");
	tell_price(&t->message, b->price[SERIES_OPEN]);
	buf_str(&t->message, " is about ");
	buf_fmt(&t->message, ratio[1] > 1 ? "%d/%d" : "%d", ratio[0], ratio[1]);
	buf_str(&t->message, ratio[1] > 1 ? " of" : " times");
	buf_str(&t->message, " the close before, ");
	tell_price(&t->message, y->close);
	buf_str(&t->message, ", and stays there: a split?");
}

static void
judge_move(struct series *s, const struct series_bar *b, struct symbol *y)
{
	int64_t open = b->price[SERIES_OPEN], close = b->price[SERIES_CLOSE];
	bool before = (y->flags & SYMBOL_CLOSE) != 0;
	bool gone = before && is_move(open, y->close, s->opts.max_move);
	bool goes =
	    is_right(b, SERIES_CLOSE) && is_move(close, open, s->opts.max_move);
	const int *ratio =
	    before && !s->off[RULE_SPLIT_LIKE] && y->track != NULL
	    ? split_of(open, y->close)
	    : NULL;
	struct held h = {.symbol = y,
	    .kind = HELD_SPLIT,
	    .left = HELD_CLOSES,
	    .level = open,
	    .jump = gone || goes};
	struct tell t;

	if (h.jump && report_shows(s->report, RULE_JUMP)) {
		tell_jump(&t, s, b, gone ? SERIES_OPEN : SERIES_CLOSE,
		    gone ? y->close : open);
		h.otherwise = tell_keep(&t);
	}
	/* The next closes tell whether the price stays there. */
	if (ratio != NULL && report_shows(s->report, RULE_SPLIT_LIKE)) {
		tell_split(&t, b, y, ratio);
		h.finding = tell_keep(&t);
	}
	if (ratio != NULL)
		held_add(s, &h);
	else
		held_jump(s, &h);
}

/* Whether the open and the close are clearly no move. */
static bool
is_quiet(const struct series *s, const struct series_bar *b,
    const struct symbol *y)
{
	int64_t open = b->price[SERIES_OPEN], close = b->price[SERIES_CLOSE];

	return (y->flags & SYMBOL_CLOSE) != 0 && is_right(b, SERIES_CLOSE) &&
	    is_near(open, y->close, s->quiet_shift) &&
	    is_near(close, open, s->quiet_shift);
}

static void
judge_close(struct series *s, const struct series_bar *b, struct symbol *y)
{
	int64_t close = b->price[SERIES_CLOSE];
	double move = (double)(close - y->close) / (double)y->close;
	struct tell t;

	if (!is_near(close, y->close, SMALL_SHIFT) &&
	    is_move(close, y->close, NUM_PRICE_ONE / PRICE_SMALL) &&
	    track_is_far(y->track, move) && tell_shows(s, RULE_OUTLIER)) {
		tell_move(&t, b, RULE_OUTLIER, SERIES_CLOSE, y->close);
		buf_str(&t.message, "one before, ");
		tell_price(&t.message, y->close);
		buf_fmt(&t.message, ", which is far beyond the last %d moves",
		    y->track->moves.n);
		tell_say(&t, s);
	}
	track_move(y->track, move);
}

static void
judge_volume(struct series *s, const struct series_bar *b, struct symbol *y)
{
	double median;
	struct tell t;

	if (track_may_spike(y->track, b->volume) &&
	    track_is_spike(y->track, b->volume, &median) &&
	    tell_shows(s, RULE_VOLUME_SPIKE)) {
		tell_open(&t, b, RULE_VOLUME_SPIKE, SERIES_VOLUME);
		buf_str(&t.message, "volume ");
		t.message.len += num_put_double(
		    buf_reserve(&t.message, NUM_TEXT_SIZE), b->volume);
		buf_str(&t.message, " is ");
		t.message.len +=
		    num_put_human(buf_reserve(&t.message, NUM_TEXT_SIZE),
			b->volume / median, 1);
		buf_fmt(&t.message, " times the median of the last %d, ",
		    y->track->volumes.n);
		t.message.len += num_put_double(
		    buf_reserve(&t.message, NUM_TEXT_SIZE), median);
		tell_say(&t, s);
	}
	track_volume(y->track, b->volume);
}

/* After that many rows that are equal but for their times. */
static void
judge_equal(struct series *s, const struct series_bar *b, struct symbol *y,
    uint64_t rest)
{
	struct tell t;

	if ((y->flags & SYMBOL_WHOLE) == 0 || b->volume <= 0 ||
	    b->price[SERIES_CLOSE] != y->close || rest != y->rest) {
		y->equal = 0;
		return;
	}
	if (y->equal < PRICE_STALE)
		y->equal++;
	if (y->equal != PRICE_STALE - 1 || !tell_shows(s, RULE_STALE))
		return;
	tell_open(&t, b, RULE_STALE, SERIES_CLOSE);
	buf_fmt(&t.message, "%d rows in a row are equal but for their times",
	    PRICE_STALE);
	tell_say(&t, s);
}

void
price_tick(const struct series *s, const struct series_bar *b, struct symbol *y)
{
	bool whole = (b->right & s->need) == s->need;

	y->flags =
	    (uint8_t)((y->flags & ~SYMBOL_WHOLE) | (whole ? SYMBOL_WHOLE : 0));
	y->close = b->price[SERIES_CLOSE];
	y->rest = order_rest(b);
}

void
price_row(struct series *s, const struct series_bar *b, struct symbol *y,
    enum order order)
{
	bool whole = (b->right & s->need) == s->need;
	uint64_t rest = order_rest(b);

	if (order != ORDER_NEXT) {
		y->flags &= (uint8_t) ~(SYMBOL_CLOSE | SYMBOL_WHOLE);
		y->equal = 0;
	}
	if (is_right(b, SERIES_CLOSE) && (y->flags & SYMBOL_HELD) != 0)
		held_close(s, y, b->price[SERIES_CLOSE]);
	if (is_right(b, SERIES_OPEN) && !is_quiet(s, b, y))
		judge_move(s, b, y);
	if (whole)
		judge_equal(s, b, y, rest);
	else
		y->equal = 0;
	if (y->track != NULL && is_right(b, SERIES_CLOSE) &&
	    (y->flags & SYMBOL_CLOSE) != 0 && !s->off[RULE_OUTLIER])
		judge_close(s, b, y);
	if (y->track != NULL && is_right(b, SERIES_VOLUME) && b->volume > 0 &&
	    !s->off[RULE_VOLUME_SPIKE])
		judge_volume(s, b, y);
	if (is_right(b, SERIES_CLOSE)) {
		y->close = b->price[SERIES_CLOSE];
		y->flags |= SYMBOL_CLOSE;
	}
	y->rest = rest;
	y->flags =
	    (uint8_t)((y->flags & ~SYMBOL_WHOLE) | (whole ? SYMBOL_WHOLE : 0));
}
