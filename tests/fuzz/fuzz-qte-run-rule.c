/* SPDX-License-Identifier: MIT */
/*
 * Any text as a rule and as a strategy file, over a fixed set of bars: a value
 * is of the type that its node has and within its bounds; a run that is cut
 * short has the same values; a file's rule, told alone, is the same rule.
 */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "strategy/lex.h"
#include "strategy/param.h"
#include "strategy/parse.h"

#define BARS 40
#define SHORT 17

/* Work and memory of one input: what its windows and looks back come to. */
#define WINDOWS_MAX 20000
#define TEXT_MAX 4096

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct program {
	struct params params;
	struct param_names used;
	struct expr x;
	struct err e;
};

static void
program_release(struct program *p)
{
	expr_release(&p->x);
	param_release(&p->params);
	param_names_release(&p->used);
}

/* Prices of all sizes, ties, one beyond exactness, bars without volume. */
static struct bar
bar_of(int i)
{
	static const int64_t prices[] = {100000000000, 100010000000, 1,
	    9000000000000000000, 99990000000, 100000000000};
	struct bars_price at[4];

	for (int k = 0; k < 4; k++)
		at[k] = (struct bars_price){.exact = true,
		    .units = prices[(i * (k + 3) + k) % 6]};
	if (i % 13 == 7)
		at[3] = (struct bars_price){.exact = false, .value = 1e-11};
	return (struct bar){.open = at[0],
	    .high = at[1],
	    .low = at[2],
	    .close = at[3],
	    .volume = i % 4 == 0 ? 0 : 1e6 * i,
	    .ts_ns = i * INT64_C(3600000000000)};
}

static bool
too_large(const struct expr *x)
{
	int64_t sum = 0;

	for (size_t i = 0; i < x->n; i++)
		sum += x->at[i].ring.size > 0 ? (int64_t)x->at[i].ring.size : 1;
	return sum > WINDOWS_MAX;
}

static void
check_value(const struct expr_node *node)
{
	num_i128 most = (num_i128)INT64_MAX * 2 * (num_i128)node->den;

	switch (node->value.kind) {
	case VALUE_ABSENT:
		return;
	case VALUE_TRUTH:
		assert(node->truth);
		return;
	case VALUE_DOUBLE:
		assert(!node->truth && isfinite(node->value.number));
		return;
	case VALUE_EXACT:
		assert(!node->truth && node->den > 0 &&
		    node->den <= VALUE_DEN_MAX);
		assert(node->value.units <= most && node->value.units >= -most);
		return;
	}
}

/* Steps over ${n} bars; what ${node} came to at each goes to ${got}. */
static void
step(struct program *p, size_t node, int n, struct value *got)
{
	for (int i = 0; i < n; i++) {
		struct bar bar = bar_of(i);
		struct expr_moment moment = {.bar = &bar,
		    .number = i,
		    .account = {.position = i % 3 - 1,
			.entry_price = 5,
			.bars_held = i,
			.pnl_pct = -1.5,
			.equity = 1000}};

		expr_step(&p->x, &moment);
		for (size_t k = 0; k < p->x.n; k++)
			check_value(&p->x.at[k]);
		got[i] = p->x.at[node].value;
	}
}

static void
check_same(const struct value *a, const struct value *b, int n)
{
	for (int i = 0; i < n; i++) {
		assert(a[i].kind == b[i].kind);
		assert(a[i].kind != VALUE_TRUTH || a[i].truth == b[i].truth);
	}
}

/* Compiles a rule; steps it over ${n} bars unless it is too large. */
static int
run_rule(const char *text, int n, struct value *got)
{
	struct lex_source source = {"rule", text, EX_USAGE};
	struct parse_value value;
	struct program p = {0};
	struct parse_scope scope = {.x = &p.x, .params = &p.params};
	struct buf needs = {0};
	int rc = param_collect(&p.params, &source, &p.used, &p.e);

	if (rc == 0)
		rc = parse_rule(&scope, &source, &value, &needs, &p.e);
	assert(needs.len == 0);
	parse_scope_release(&scope);
	assert(rc == 0 || (rc == EX_USAGE && p.e.msg[0] != '\0'));
	if (rc == 0 && too_large(&p.x))
		rc = -1;
	if (rc == 0)
		step(&p, value.node, n, got);
	program_release(&p);
	return rc;
}

static void
run_file(const char *text)
{
	static const char *const names[] = {"entry", "exit"};
	struct lex_source source = {"file", text, EX_DATAERR};
	struct parse_rules rules = {.names = names, .n = QTE_COUNT(names)};
	struct value got[BARS], alone[BARS];
	struct program p = {0};
	struct parse_scope scope = {.x = &p.x, .params = &p.params};
	int rc = param_collect(&p.params, &source, &p.used, &p.e);

	if (rc == 0)
		rc = parse_file(&scope, &source, &rules, &p.e);
	if (rc == 0)
		rc = parse_file_end(&scope, &source, &rules, &p.e);
	parse_scope_release(&scope);
	assert(rc == 0 || (rc == EX_DATAERR && p.e.msg[0] != '\0'));
	if (rc == 0 && rules.text[0] != NULL && !too_large(&p.x)) {
		step(&p, rules.node[0], BARS, got);
		/* A default may stand in a part that the rule leaves out. */
		rc = run_rule(rules.text[0], BARS, alone);
		assert(rc == 0 || p.used.n > 0);
		if (rc == 0 && p.used.n == 0)
			check_same(got, alone, BARS);
	}
	for (size_t i = 0; i < QTE_COUNT(names); i++)
		free(rules.text[i]);
	program_release(&p);
}

/* Numbers of so many digits are windows that only take memory. */
static bool
has_long_number(const char *text)
{
	size_t digits = 0;

	for (; *text != '\0'; text++) {
		digits = *text >= '0' && *text <= '9' ? digits + 1 : 0;
		if (digits > 4)
			return true;
		if ((*text == 'e' || *text == 'E') && text[1] >= '3' &&
		    text[1] <= '9')
			return true;
	}
	return false;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct value got[BARS], cut[BARS];

	if (n > TEXT_MAX)
		return 0;
	char *text = mem_text((const char *)bytes, n);

	if (has_long_number(text)) {
		free(text);
		return 0;
	}
	if (run_rule(text, BARS, got) == 0) {
		assert(run_rule(text, SHORT, cut) == 0);
		check_same(got, cut, SHORT);
	}
	run_file(text);
	free(text);
	return 0;
}
