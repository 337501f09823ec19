/* SPDX-License-Identifier: MIT */
/* The records of a run. */
#include "emit.h"

#include <stdlib.h>

#include "base/mem.h"

static void
money(struct rec *r, const char *key, num_i128 units)
{
	rec_scaled(r, key, units, NUM_MONEY_SCALE);
}

static void
rate(struct rec *r, const char *key, int64_t units)
{
	rec_scaled(r, key, units, NUM_PRICE_SCALE);
}

static void
size(struct rec *r, const struct size *size)
{
	char text[NUM_TEXT_SIZE];

	size_put(text, size);
	rec_text(r, "size", text);
}

void
emit_params(struct rec *r, const struct params *params)
{
	rec_open(r, "params", '{');
	for (size_t i = 0; i < params->n; i++) {
		const struct param *p = &params->at[i];

		if (p->value.kind == VALUE_EXACT)
			rec_scaled(r, p->name, p->value.units, NUM_PRICE_SCALE);
		else
			rec_double(r, p->name, p->value.number);
	}
	rec_shut(r, '}');
}

static void
rules(struct rec *r, const struct strategy *s)
{
	rec_text(r, "strategy", s->name);
	for (enum strategy_rule rule = 0; rule < STRATEGY_RULES; rule++)
		if (s->rules[rule] != NULL)
			rec_text(r, strategy_rule_name(rule), s->rules[rule]);
}

static void
terms(struct rec *r, const struct options *o)
{
	money(r, "initial_cash", o->cash);
	rate(r, "commission", o->commission);
	rate(r, "slippage", o->slippage);
	rec_text(r, "fill", options_fill_name(o));
	size(r, &o->size);
	rec_bool(r, "fractional", o->fractional);
	rec_text(r, "direction", options_direction_name(o));
	if (o->zone.name != NULL)
		rec_text(r, "tz", o->zone.name);
}

void
emit_settings(struct rec *r, const struct options *o, const struct strategy *s)
{
	rules(r, s);
	emit_params(r, &s->params);
	terms(r, o);
}

void
emit_init(struct emit *m, const struct options *o, const struct strategy *s,
    struct out *out)
{
	*m = (struct emit){.digest = crypt_sha256_new()};
	m->absent = mem_alloc(s->prints.n, sizeof(*m->absent));
	m->set = out != NULL ? o->emit : 0;
	rec_init(&m->rec, NULL);
	rec_begin(&m->rec, "settings");
	emit_settings(&m->rec, o, s);
	rec_end(&m->rec);
	crypt_sha256_add(m->digest, m->rec.line.data, m->rec.line.len);
	m->rec.out = out;
}

void
emit_release(struct emit *m)
{
	rec_release(&m->rec);
	crypt_sha256_free(m->digest);
	free(m->absent);
}

/* The start that all records of a moment have in common. */
static struct rec *
begin(struct emit *m, const char *type, struct book_moment now)
{
	rec_begin(&m->rec, type);
	rec_time(&m->rec, "ts", now.ts_ns);
	rec_int(&m->rec, "bar", now.bar);
	rec_text(&m->rec, "symbol", m->symbol);
	return &m->rec;
}

void
emit_order(struct emit *m, const struct order *order)
{
	if ((m->set & EMIT_ORDERS) == 0)
		return;
	struct rec *r =
	    begin(m, "order", (struct book_moment){order->bar, order->ts_ns});

	rec_int(r, "id", order->id);
	rec_text(r, "side", order_side_name(order->side));
	rec_text(r, "intent", order_intent_name(order->intent));
	rec_end(r);
}

static void
emit_fill(struct emit *m, const struct order *order, struct book_moment now,
    const struct book_fill *fill)
{
	if ((m->set & EMIT_FILLS) == 0)
		return;
	struct rec *r = begin(m, "fill", now);

	rec_int(r, "order", order->id);
	rec_text(r, "side", order_side_name(fill->side));
	money(r, "qty", fill->quantity);
	money(r, "price", fill->price);
	money(r, "fees", fill->fees);
	rec_end(r);
}

static void
emit_refusal(struct emit *m, const struct order *order, struct book_moment now,
    const struct book_result *result)
{
	if ((m->set & EMIT_REFUSALS) == 0)
		return;
	struct rec *r = begin(m, "refusal", now);

	rec_int(r, "order", order->id);
	rec_text(r, "side", order_side_name(order->side));
	money(r, "qty", result->quantity);
	money(r, "price", result->price);
	rec_text(r, "reason", "cash");
	rec_end(r);
}

void
emit_result(struct emit *m, const struct order *order, struct book_moment now,
    const struct book_result *result)
{
	for (size_t i = 0; i < result->nfills; i++)
		emit_fill(m, order, now, &result->fills[i]);
	if (result->closed)
		emit_trade(m, &result->trade);
	if (result->refused)
		emit_refusal(m, order, now, result);
}

/* The end of a trade, or what stands in its place while it is open. */
static void
trade_exit(struct rec *r, const struct book_trade *t)
{
	if (t->open) {
		rec_null(r, "exit_ts");
		rec_null(r, "exit_bar");
		rec_null(r, "exit_price");
		return;
	}
	rec_time(r, "exit_ts", t->exit.ts_ns);
	rec_int(r, "exit_bar", t->exit.bar);
	money(r, "exit_price", t->exit_price);
}

static void
build_trade(struct emit *m, const struct book_trade *t)
{
	struct rec *r = &m->rec;

	rec_begin(r, "trade");
	rec_time(r, "ts", t->exit.ts_ns);
	rec_int(r, "id", t->id);
	rec_text(r, "symbol", m->symbol);
	rec_text(r, "side", t->side > 0 ? "long" : "short");
	money(r, "qty", t->quantity);
	rec_time(r, "entry_ts", t->entry.ts_ns);
	rec_int(r, "entry_bar", t->entry.bar);
	money(r, "entry_price", t->entry_price);
	trade_exit(r, t);
	money(r, "fees", t->fees);
	money(r, "pnl", t->pnl);
	rec_double(r, "return_ratio", book_return(t));
	rec_int(r, "bars_held", t->exit.bar - t->entry.bar);
	rec_text(r, "exit_reason", t->open ? "open" : "signal");
}

void
emit_trade(struct emit *m, const struct book_trade *t)
{
	struct out *out = m->rec.out;

	if (!emit_tells(m))
		return;
	/* The line counts for the digest, whether it is written or not. */
	if ((m->set & EMIT_TRADES) == 0)
		m->rec.out = NULL;
	build_trade(m, t);
	rec_end(&m->rec);
	m->rec.out = out;
	crypt_sha256_add(m->digest, m->rec.line.data, m->rec.line.len);
	m->last[m->trades++ % EMIT_LAST] = *t;
}

void
emit_equity(struct emit *m, struct book_moment now, const struct book *book,
    double equity)
{
	if ((m->set & EMIT_EQUITY) == 0)
		return;
	struct rec *r = &m->rec;

	rec_begin(r, "equity");
	rec_time(r, "ts", now.ts_ns);
	rec_int(r, "bar", now.bar);
	money(r, "cash", book_money(book, book->cash));
	money(r, "position", book->held.side * book->held.quantity);
	rec_double(r, "equity", equity);
	rec_end(r);
}

void
emit_position(struct emit *m, const struct book_trade *t)
{
	if ((m->set & EMIT_POSITIONS) == 0)
		return;
	struct rec *r = begin(m, "position", t->exit);

	rec_int(r, "trade", t->id);
	rec_text(r, "side", t->side > 0 ? "long" : "short");
	money(r, "qty", t->quantity);
	money(r, "entry_price", t->entry_price);
	money(r, "price", t->exit_price);
	money(r, "pnl", t->pnl);
	rec_end(r);
}

void
emit_signals(struct emit *m, struct book_moment now, strategy_signals signals)
{
	if ((m->set & EMIT_SIGNALS) == 0 || signals == 0)
		return;
	struct rec *r = begin(m, "signal", now);

	rec_open(r, "rules", '[');
	for (enum strategy_rule rule = 0; rule < STRATEGY_RULES; rule++)
		if ((signals >> rule & 1U) != 0)
			rec_text(r, NULL, strategy_rule_name(rule));
	rec_shut(r, ']');
	rec_end(r);
}

void
emit_values(struct emit *m, struct book_moment now, const struct strategy *s)
{
	for (size_t i = 0; i < s->prints.n; i++) {
		const struct parse_value *print = &s->prints.at[i];
		const struct expr_node *node = &s->expr.at[print->node];

		m->absent[i] += node->value.kind == VALUE_ABSENT;
		if (m->rec.out == NULL)
			continue;

		struct rec *r = begin(m, "value", now);

		rec_bytes(r, "name", print->text.text, print->text.len);
		if (node->value.kind == VALUE_TRUTH)
			rec_bool(r, "value", node->value.truth);
		else if (node->value.kind == VALUE_EXACT && node->den == 1)
			rec_scaled(r, "value", node->value.units,
			    NUM_PRICE_SCALE);
		else if (node->value.kind != VALUE_ABSENT)
			rec_double(r, "value",
			    value_double(node->value, node->den));
		rec_end(r);
	}
}
