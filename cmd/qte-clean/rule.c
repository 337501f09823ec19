/* SPDX-License-Identifier: MIT */
/* Rules: the built-in ones, and those of the configuration. */
#include "rule.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/when.h"

#define OLDER (30 * WHEN_DAY)
#define TRASH_TTL (7 * WHEN_DAY)

static const struct rule plain = {
    .max_depth = RULE_NONE,
    .older_ns = RULE_NONE,
    .keep_last = RULE_NONE,
    .quota = RULE_NONE,
    .min_free = {RULE_NONE, RULE_NONE},
    .trash_ttl_ns = TRASH_TTL,
};

static const struct {
	const char *name, *match;
	size_t dir; /* where the options name it */
} builtins[] = {
    {"logs", "*.log.*", offsetof(struct rule_opts, log_dir)},
    {"temp", "temp_*", offsetof(struct rule_opts, data_dir)},
};

/* The rule that ${name} stands for before its section is read. */
static struct rule
begin(const char *name, const struct rule_opts *o)
{
	struct rule rule = plain;

	rule.name = name;
	for (size_t i = 0; i < QTE_COUNT(builtins); i++) {
		if (strcmp(builtins[i].name, name) != 0)
			continue;
		memcpy(&rule.dir, (const char *)o + builtins[i].dir,
		    sizeof(rule.dir));
		glob_read(&rule.match, builtins[i].match);
		rule.older_ns = OLDER;
	}
	return rule;
}

static bool
has_min_free(const struct rule *rule)
{
	return rule->min_free.bytes != RULE_NONE ||
	    rule->min_free.share != RULE_NONE;
}

bool
rule_ordered(const struct rule *rule)
{
	return rule->keep_last != RULE_NONE || rule->quota != RULE_NONE ||
	    has_min_free(rule);
}

/* What one key alone does not show; ${*key} is to blame. */
static int
check(struct rule *rule, const char **key, struct err *e)
{
	*key = "dir";
	if (rule->name[0] == '\0')
		return err_set(e, EX_CONFIG, "the rule has no name");
	if (rule->dir == NULL)
		return err_set(e, EX_CONFIG, "is missing: rule '%s' needs it",
		    rule->name);
	*key = "older";
	if (rule->older_ns == RULE_NONE && !rule_ordered(rule))
		return err_set(e, EX_CONFIG,
		    "is missing: rule '%s' needs it, or keep_last, quota or "
		    "min_free",
		    rule->name);
	*key = "max_depth";
	if (rule->max_depth == 0)
		return err_set(e, EX_CONFIG, "'0' is not above 0");
	if (rule->max_depth != RULE_NONE && !rule->recursive)
		return err_set(e, EX_CONFIG, "has no effect without recursive");
	*key = "min_free";
	if (rule->action != RULE_DELETE && has_min_free(rule))
		return err_set(e, EX_CONFIG,
		    "needs action = delete: nothing else frees space for sure");
	*key = "rmdir_empty";
	if (rule->rmdir_empty && !rule->recursive)
		return err_set(e, EX_CONFIG, "has no effect without recursive");
	return 0;
}

/* What follows from what is asked for. */
static void
settle(struct rule *rule)
{
	bool only_kept = rule->keep_last != RULE_NONE &&
	    rule->quota == RULE_NONE && !has_min_free(rule);

	size_t n = strlen(rule->dir);

	/* One directory has one name: it is compared with others, and with the
	 * audit log's. */
	if (rule->dir[n - 1] == '/')
		rule->dir = rule->cut_dir = mem_text(rule->dir, n - 1);
	if (rule->match.n == 0)
		glob_read(&rule->match, "*");
	if (!rule->recursive)
		rule->max_depth = 1;
	/* Beyond those that are kept, all are old enough. */
	if (only_kept && rule->older_ns == RULE_NONE)
		rule->older_ns = 0;
}

/*
 * A directory that an option gave was parsed as one of any tool's; that of a
 * rule's own key is right.
 */
static int
check_dir(const struct rule *rule, const struct rule_opts *o, struct err *e)
{
	if (rule_dir_check(rule->dir, e) == 0)
		return 0;
	return err_wrap(e, "%s",
	    rule->dir == o->log_dir ? "--log-dir" : "--data-dir");
}

static int
load_builtins(struct rule_list *list, const struct rule_opts *o, struct err *e)
{
	for (size_t i = 0; i < QTE_COUNT(builtins); i++) {
		struct rule *rule = VEC_PUSH(list);

		*rule = begin(builtins[i].name, o);
		if (check_dir(rule, o, e) != 0)
			return e->status;
		settle(rule);
	}
	return 0;
}

static int
load_sections(struct rule_list *list, const struct rule_opts *o,
    const struct cli *cli, struct err *e)
{
	const char *name, *key;

	for (size_t i = 0; (name = cli_named(cli, i)) != NULL; i++) {
		struct rule *rule = VEC_PUSH(list);

		*rule = begin(name, o);

		int rc = cli_named_fill(cli, i, rule, e);

		if (rc != 0)
			return rc;
		rc = check(rule, &key, e);
		if (rc != 0)
			return cli_named_blame(cli, i, key, e);
		rc = check_dir(rule, o, e);
		if (rc != 0)
			return rc;
		settle(rule);
	}
	return 0;
}

static void
release_one(struct rule *rule)
{
	free(rule->cut_dir);
	glob_release(&rule->match);
	glob_release(&rule->exclude);
	glob_release(&rule->protect);
}

const struct rule *
rule_find(const struct rule_list *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->at[i].name, name) == 0)
			return &list->at[i];
	return NULL;
}

static bool
is_wanted(const struct rule_opts *o, const char *name)
{
	for (size_t i = 0; i < o->only.n; i++)
		if (strcmp(o->only.at[i], name) == 0)
			return true;
	return o->only.n == 0;
}

/* Keep the rules that are asked for. */
static int
choose(struct rule_list *list, const struct rule_opts *o, struct err *e)
{
	size_t kept = 0;

	for (size_t i = 0; i < o->only.n; i++) {
		if (rule_find(list, o->only.at[i]) != NULL)
			continue;
		err_set(e, EX_USAGE, "--rule: there is no rule '%s'",
		    o->only.at[i]);
		if (list->n > 0)
			(void)err_suggest(e, o->only.at[i], &list->at[0].name,
			    list->n, sizeof(list->at[0]));
		return e->status;
	}
	for (size_t i = 0; i < list->n; i++) {
		if (is_wanted(o, list->at[i].name))
			list->at[kept++] = list->at[i];
		else
			release_one(&list->at[i]);
	}
	list->n = kept;
	return 0;
}

int
rule_load(struct rule_list *list, const struct rule_opts *o,
    const struct cli *cli, struct err *e)
{
	int rc;

	*list = (struct rule_list){0};
	rc = cli_named(cli, 0) != NULL ? load_sections(list, o, cli, e)
				       : load_builtins(list, o, e);
	if (rc == 0)
		rc = choose(list, o, e);
	if (rc != 0)
		rule_release(list);
	return rc;
}

void
rule_release(struct rule_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		release_one(&list->at[i]);
	VEC_RELEASE(list);
}
