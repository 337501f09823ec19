/* SPDX-License-Identifier: MIT */
/* Rules: the built-in ones, and those of the configuration. */
#include "rules/rule.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/when.h"
#include "face/settings.h"
#include "options.h"
#include "rules/builtin.h"

#define TRASH_TTL (7 * WHEN_DAY)

static const struct rule plain = {
    .max_depth = RULE_NONE,
    .older_ns = RULE_NONE,
    .keep_last = RULE_NONE,
    .quota = RULE_NONE,
    .min_free = {RULE_NONE, RULE_NONE},
    .trash_ttl_ns = TRASH_TTL,
};

struct rule
rule_begin(const char *name, const struct rule_opts *o)
{
	struct rule rule = plain;

	rule.name = name;
	builtin_begin(&rule, o);
	return rule;
}

bool
rule_min_free(const struct rule *rule)
{
	return rule->min_free.bytes != RULE_NONE ||
	    rule->min_free.share != RULE_NONE;
}

bool
rule_ordered(const struct rule *rule)
{
	return rule->keep_last != RULE_NONE || rule->quota != RULE_NONE ||
	    rule_min_free(rule);
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
	if (rule->action != RULE_DELETE && rule_min_free(rule))
		return err_set(e, EX_CONFIG,
		    "needs action = delete: nothing else frees space for sure");
	*key = "rmdir_empty";
	if (rule->rmdir_empty && !rule->recursive)
		return err_set(e, EX_CONFIG, "has no effect without recursive");
	return 0;
}

void
rule_settle(struct rule *rule)
{
	bool only_kept = rule->keep_last != RULE_NONE &&
	    rule->quota == RULE_NONE && !rule_min_free(rule);

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

bool
rule_named(const struct rule_opts *o, const char *name)
{
	for (size_t i = 0; i < o->only.n; i++)
		if (strcmp(o->only.at[i], name) == 0)
			return true;
	return false;
}

bool
rule_wanted(const struct rule_opts *o, const char *name)
{
	return o->only.n == 0 || rule_named(o, name);
}

const struct rule *
rule_find(const struct rule_list *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->at[i].name, name) == 0)
			return &list->at[i];
	return NULL;
}

/*
 * A directory that an option gave was parsed as one of any tool's; that of a
 * rule's own key is right.
 */
int
rule_check_dir(const struct rule *rule, const struct rule_opts *o,
    struct err *e)
{
	if (rule_dir_check(rule->dir, e) == 0)
		return 0;
	return err_wrap(e, "%s", builtin_option(rule, o));
}

/* A link in the place of a directory leads where nobody meant to clean. */
static int
check_links(const char *dir, struct err *e)
{
	size_t n = 0;
	bool link = false;

	while (!link && dir[n] != '\0') {
		struct stat st;
		char *way;

		n += 1 + strcspn(dir + n + 1, "/");
		way = mem_text(dir, n);
		link = lstat(way, &st) == 0 && S_ISLNK(st.st_mode);
		free(way);
	}
	if (!link)
		return 0;
	return err_set(e, EX_USAGE,
	    "'%s' leads through the symbolic link '%.*s': name what it leads "
	    "to",
	    dir, (int)n, dir);
}

void
rule_drop(struct rule *rule)
{
	free(rule->cut_dir);
	glob_release(&rule->match);
	glob_release(&rule->exclude);
	glob_release(&rule->protect);
}

/* Blame a link on who named the directory: an ${option}, or NULL. */
static int
blame_link(const struct rule_source *from, const struct conf_entry *section,
    const char *option, struct err *e)
{
	const struct conf *conf = cli_conf(from->cli);
	struct err bare = *e;

	if (option == NULL)
		return settings_blame(conf, section, "dir", e);
	(void)err_wrap(e, "%s", option);
	if (cli_blame(from->cli, e) != EX_USAGE ||
	    cli_is_flag(from->cli, option + strlen("--")))
		return e->status;
	/* Nobody gave the option: the section asks for its default. */
	*e = bare;
	return settings_blame(conf, section, "dir", e);
}

/* What no rule of one's own may be, once its keys were read. */
static int
finish(struct rule *rule, const struct rule_source *from,
    const struct conf_entry *section, struct err *e)
{
	const struct rule_opts *o = from->opts;
	const char *option = builtin_option(rule, o), *key;
	int rc = check(rule, &key, e);

	if (rc != 0)
		return settings_blame(cli_conf(from->cli), section, key, e);
	rc = rule_check_dir(rule, o, e);
	if (rc != 0)
		return rc;
	rule_settle(rule);
	if (!rule_wanted(o, rule->name) || check_links(rule->dir, e) == 0)
		return 0;
	return blame_link(from, section, option, e);
}

static int
load_sections(struct rule_list *list, const struct rule_source *from,
    struct err *e)
{
	const struct conf *conf = cli_conf(from->cli);
	const struct conf_entry *section;
	int rc = 0;

	for (size_t i = 0; rc == 0 &&
	     (section = settings_named(&options_tool, conf, i)) != NULL;
	     i++) {
		struct rule *rule = VEC_PUSH(list);

		*rule = rule_begin(section->label, from->opts);
		rc = settings_fill(&rule_keys, conf, section, rule, e);
		if (rc == 0)
			rc = finish(rule, from, section, e);
	}
	return rc;
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
		if (rule_wanted(o, list->at[i].name))
			list->at[kept++] = list->at[i];
		else
			rule_drop(&list->at[i]);
	}
	list->n = kept;
	return 0;
}

int
rule_load(struct rule_list *list, const struct rule_source *from, struct err *e)
{
	int rc = 0;

	*list = (struct rule_list){0};
	if (cli_conf(from->cli) != NULL)
		rc = load_sections(list, from, e);
	if (rc == 0)
		rc = builtin_load(list, from, e);
	if (rc == 0)
		rc = choose(list, from->opts, e);
	if (rc != 0)
		rule_release(list);
	return rc;
}

void
rule_release(struct rule_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		rule_drop(&list->at[i]);
	VEC_RELEASE(list);
}
