/* SPDX-License-Identifier: MIT */
/* A strategy: its rules, compiled together. */
#include "strategy/strategy.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "machine/in.h"
#include "machine/path.h"
#include "strategy/builtin.h"
#include "strategy/parse.h"

/* A strategy file has no more bytes than this. */
#define FILE_MAX ((size_t)64 * 1024)

/* A rule that nobody gave. */
#define NEVER "false"

static const char *const rule_names[STRATEGY_RULES] = {"entry", "exit",
    "short_entry", "short_exit"};

/* What the rules are called in messages: the option that gives them. */
static const char *const rule_places[STRATEGY_RULES] = {"--entry", "--exit",
    "--short-entry", "--short-exit"};

const char *
strategy_rule_name(enum strategy_rule rule)
{
	return rule_names[rule];
}

bool
strategy_has_ending(const char *path)
{
	size_t n = strlen(path), ending = strlen(STRATEGY_ENDING);

	return n > ending && strcmp(path + n - ending, STRATEGY_ENDING) == 0;
}

bool
strategy_is_file(const char *name)
{
	return strchr(name, '/') != NULL || strategy_has_ending(name);
}

static struct lex_source
file_source(const struct buf *text, const char *path)
{
	return (struct lex_source){path, buf_text(text), EX_DATAERR};
}

static int
read_file(struct strategy *s, const char *path, struct err *e)
{
	struct in in;
	const char *line;
	size_t n;
	struct lex_source source;
	int rc = in_open(&in, path, e);

	if (rc != 0)
		return rc;
	buf_str(&s->file, "");
	while ((rc = in_line(&in, FILE_MAX - s->file.len, &line, &n, e)) == 0) {
		/* A byte-order mark, which some editors put there. */
		bool marked = s->file.len == 0 && n >= 3 &&
		    memcmp(line, "\xef\xbb\xbf", 3) == 0;

		buf_add(&s->file, line + (marked ? 3 : 0),
		    n - (marked ? 3 : 0));
	}
	in_close(&in);
	if (rc == IN_LONG)
		return err_set(e, EX_DATAERR,
		    "%s: is longer than %zu bytes: is it a strategy?", path,
		    FILE_MAX);
	if (rc != IN_END)
		return rc;
	s->stem = path_stem(path);
	source = file_source(&s->file, path);
	return lex_check(&source, s->file.len, e);
}

/* A rule that is missing is never true. */
static void
need_rule(struct strategy *s, enum strategy_rule rule)
{
	if (s->rules[rule] != NULL)
		return;
	s->rules[rule] = mem_text(NEVER, strlen(NEVER));
	s->missing |= 1U << rule;
}

static bool
is_given(const struct strategy_opts *opts, enum strategy_rule rule)
{
	return opts->rules[rule] != NULL;
}

static const char *
choose_name(const struct strategy *s, const struct strategy_opts *opts)
{
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		if (is_given(opts, r))
			return "custom";
	if (s->builtin != NULL)
		return s->builtin->name;
	return s->stem != NULL ? s->stem : "none";
}

/* Takes the rules that are given, and else those of a built-in strategy. */
static int
choose_rules(struct strategy *s, const struct strategy_opts *opts,
    struct err *e)
{
	const char *texts[STRATEGY_RULES];
	const char **entry = &texts[STRATEGY_ENTRY];
	const char **exit = &texts[STRATEGY_EXIT];

	memcpy(texts, opts->rules, sizeof(texts));
	if (opts->name != NULL && s->stem == NULL) {
		s->builtin = builtin_find(opts->name, e);
		if (s->builtin == NULL)
			return err_wrap(e, "--strategy");
		*entry = *entry != NULL ? *entry : s->builtin->entry;
		*exit = *exit != NULL ? *exit : s->builtin->exit;
	} else if (opts->name == NULL && !is_given(opts, STRATEGY_ENTRY) &&
	    !is_given(opts, STRATEGY_SHORT_ENTRY) && opts->nprints == 0) {
		return err_set(e, EX_USAGE,
		    "needs a strategy: --strategy=NAME or --entry=RULE; "
		    "--list-strategies shows the names");
	}
	s->name = choose_name(s, opts);
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		if (texts[r] != NULL)
			s->rules[r] = mem_text(texts[r], strlen(texts[r]));
	if (opts->name == NULL) {
		need_rule(s, STRATEGY_ENTRY);
		need_rule(s, STRATEGY_EXIT);
	}
	return 0;
}

/* A rule is called as the option that gave it, or as the strategy. */
static struct lex_source
rule_source(const struct strategy *s, enum strategy_rule rule)
{
	const char *text = s->rules[rule];
	bool builtin = s->builtin != NULL && text != NULL &&
	    ((rule == STRATEGY_ENTRY && strcmp(text, s->builtin->entry) == 0) ||
		(rule == STRATEGY_EXIT && strcmp(text, s->builtin->exit) == 0));

	return (struct lex_source){
	    builtin ? s->builtin->name : rule_places[rule], text, EX_USAGE};
}

static struct lex_source
print_source(const char *text)
{
	return (struct lex_source){"--print", text, EX_USAGE};
}

/* A rule that stays may need a default that stands in one that was replaced. */
static int
fill_params(struct strategy *s, const struct param_names *used, struct err *e)
{
	struct params defaults = {0};
	struct param_names ignored = {0};
	struct lex_source entry, exit;
	int rc;

	if (s->builtin == NULL)
		return 0;
	entry = (struct lex_source){s->name, s->builtin->entry, EX_SOFTWARE};
	exit = (struct lex_source){s->name, s->builtin->exit, EX_SOFTWARE};
	rc = param_collect(&defaults, &entry, &ignored, e);
	if (rc == 0)
		rc = param_collect(&defaults, &exit, &ignored, e);
	param_fill(&s->params, used, &defaults);
	param_release(&defaults);
	param_names_release(&ignored);
	return rc;
}

static int
collect(struct strategy *s, const struct lex_source *source,
    struct param_names *used, struct err *e)
{
	int rc = lex_check(source, strlen(source->text), e);

	return rc != 0 ? rc : param_collect(&s->params, source, used, e);
}

static int
collect_params(struct strategy *s, const struct strategy_opts *opts,
    struct param_names *used, struct err *e)
{
	struct lex_source file = file_source(&s->file, opts->name);
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < opts->nparams; i++)
		if (param_give(&s->params, opts->params[i], e) != 0)
			rc = err_wrap(e, "--param");
	if (rc == 0 && s->stem != NULL)
		rc = collect(s, &file, used, e);
	for (enum strategy_rule r = 0; rc == 0 && r < STRATEGY_RULES; r++) {
		struct lex_source rule = rule_source(s, r);

		if (s->rules[r] != NULL)
			rc = collect(s, &rule, used, e);
	}
	for (size_t i = 0; rc == 0 && i < opts->nprints; i++) {
		struct lex_source print = print_source(opts->prints[i]);

		rc = collect(s, &print, used, e);
	}
	if (rc == 0)
		rc = fill_params(s, used, e);
	if (rc == 0 && param_check(&s->params, used, e) != 0)
		rc = err_wrap(e, "--param");
	param_order(&s->params, used);
	return rc;
}

static bool
has_rule(const struct strategy *s, const struct parse_rules *rules,
    enum strategy_rule rule)
{
	return s->rules[rule] != NULL || rules->text[rule] != NULL;
}

/* Takes those rules of the file that nothing stands in for. */
static int
take_rules(struct strategy *s, const struct parse_rules *rules,
    const char *path, struct err *e)
{
	if (!has_rule(s, rules, STRATEGY_ENTRY) &&
	    !has_rule(s, rules, STRATEGY_SHORT_ENTRY))
		return err_set(e, EX_DATAERR,
		    "%s: has no rule 'entry = CONDITION'", path);
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++) {
		const char *text = rules->text[r];

		if (s->rules[r] != NULL || text == NULL)
			continue;
		if (strlen(text) > STRATEGY_RULE_MAX)
			return err_set(e, EX_DATAERR,
			    "%s: %s is longer than %d bytes, "
			    "the names that it needs included",
			    path, rule_names[r], STRATEGY_RULE_MAX);
		s->nodes[r] = rules->node[r];
		s->rules[r] = mem_text(text, strlen(text));
	}
	return 0;
}

/* What the compiled texts share, and which names of others each rule needs. */
struct compiled {
	struct parse_scope scope;
	struct buf needs[STRATEGY_RULES];
};

static int
compile_rule(struct strategy *s, struct compiled *c, enum strategy_rule rule,
    struct err *e)
{
	struct lex_source source = rule_source(s, rule);
	struct parse_value value;
	int rc = parse_rule(&c->scope, &source, &value, &c->needs[rule], e);

	s->nodes[rule] = value.node;
	s->bodies[rule] = value.text.at;
	return rc;
}

/* A rule's text in records and in --show holds all that it needs. */
static int
prepend(struct strategy *s, enum strategy_rule rule, struct buf *needs,
    struct err *e)
{
	size_t n = needs->len;

	if (n == 0)
		return 0;
	buf_str(needs, s->rules[rule]);
	if (needs->len > STRATEGY_RULE_MAX)
		return err_set(e, EX_USAGE,
		    "%s: longer than %d bytes, "
		    "the names that it needs included",
		    rule_places[rule], STRATEGY_RULE_MAX);
	free(s->rules[rule]);
	s->rules[rule] = buf_detach(needs);
	s->bodies[rule] += n;
	return 0;
}

static int
compile_file(struct strategy *s, struct parse_scope *scope, const char *path,
    struct err *e)
{
	struct lex_source source = file_source(&s->file, path);
	struct parse_rules rules = {.names = rule_names, .n = STRATEGY_RULES};
	int rc = parse_file(scope, &source, &rules, e);

	if (rc == 0)
		rc = take_rules(s, &rules, path, e);
	for (size_t i = 0; i < STRATEGY_RULES; i++)
		free(rules.text[i]);
	return rc;
}

/* The file comes first: its names stand in the rules that are given with it. */
static int
compile_all(struct strategy *s, const struct strategy_opts *opts,
    struct compiled *c, struct err *e)
{
	struct lex_source file = file_source(&s->file, opts->name);
	struct parse_rules rules = {.names = rule_names, .n = STRATEGY_RULES};
	bool own[STRATEGY_RULES];
	int rc = 0;

	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		own[r] = s->rules[r] != NULL;
	if (s->stem != NULL)
		rc = compile_file(s, &c->scope, opts->name, e);
	for (enum strategy_rule r = 0; rc == 0 && r <= STRATEGY_EXIT; r++) {
		own[r] = own[r] || s->rules[r] == NULL;
		need_rule(s, r);
	}
	for (enum strategy_rule r = 0; rc == 0 && r < STRATEGY_RULES; r++)
		if (own[r])
			rc = compile_rule(s, c, r, e);
	for (size_t i = 0; rc == 0 && i < opts->nprints; i++) {
		struct lex_source source = print_source(opts->prints[i]);

		rc = parse_values(&c->scope, &source, &s->prints, e);
	}
	if (rc == 0 && s->stem != NULL)
		rc = parse_file_end(&c->scope, &file, &rules, e);
	return rc;
}

static int
compile(struct strategy *s, const struct strategy_opts *opts, struct err *e)
{
	struct compiled c = {.scope = {.x = &s->expr, .params = &s->params}};
	int rc = compile_all(s, opts, &c, e);

	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++) {
		if (rc == 0)
			rc = prepend(s, r, &c.needs[r], e);
		buf_release(&c.needs[r]);
	}
	parse_scope_release(&c.scope);
	return rc;
}

int
strategy_read(struct strategy *s, const struct strategy_opts *opts,
    struct err *e)
{
	struct param_names used = {0};
	int rc = 0;

	*s = (struct strategy){0};
	if (opts->name != NULL && strategy_is_file(opts->name))
		rc = read_file(s, opts->name, e);
	if (rc == 0)
		rc = choose_rules(s, opts, e);
	if (rc == 0)
		rc = collect_params(s, opts, &used, e);
	param_names_release(&used);
	return rc;
}

int
strategy_build(struct strategy *s, const struct strategy_opts *opts,
    struct err *e)
{
	int rc = strategy_read(s, opts, e);

	return rc != 0 ? rc : compile(s, opts, e);
}

strategy_signals
strategy_signals_now(const struct strategy *s)
{
	strategy_signals signals = 0;

	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		if (s->rules[r] != NULL &&
		    value_true(s->expr.at[s->nodes[r]].value))
			signals |= 1U << r;
	return signals;
}

strategy_signals
strategy_step(struct strategy *s, const struct expr_moment *moment)
{
	expr_step(&s->expr, moment);
	return strategy_signals_now(s);
}

void
strategy_release(struct strategy *s)
{
	expr_release(&s->expr);
	param_release(&s->params);
	buf_release(&s->file);
	free(s->stem);
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		free(s->rules[r]);
	VEC_RELEASE(&s->prints);
}
