/* SPDX-License-Identifier: MIT */
/* Rules: the built-in ones, and those of the configuration. */
#include "rules/rule.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/when.h"
#include "face/settings.h"
#include "options.h"

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
static int
check_dir(const struct rule *rule, const struct rule_opts *o, struct err *e)
{
	if (rule_dir_check(rule->dir, e) == 0)
		return 0;
	return err_wrap(e, "%s",
	    rule->dir == o->log_dir ? "--log-dir" : "--data-dir");
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
	return err_set(e, EX_CONFIG,
	    "'%s' leads through the symbolic link '%.*s': name what it leads "
	    "to",
	    dir, (int)n, dir);
}

static bool
is_named(const struct rule_opts *o, const char *name)
{
	for (size_t i = 0; i < o->only.n; i++)
		if (strcmp(o->only.at[i], name) == 0)
			return true;
	return false;
}

static bool
is_wanted(const struct rule_opts *o, const char *name)
{
	return o->only.n == 0 || is_named(o, name);
}

static void
release_one(struct rule *rule)
{
	free(rule->cut_dir);
	glob_release(&rule->match);
	glob_release(&rule->exclude);
	glob_release(&rule->protect);
}

/* ${dir} without links, if it is there, and without a '/' at its end. */
static char *
resolve(const char *dir)
{
	char *path = realpath(dir, NULL);
	size_t n;

	if (path == NULL)
		path = mem_text(dir, strlen(dir));
	n = strlen(path);
	if (n > 0 && path[n - 1] == '/')
		path[n - 1] = '\0';
	return path;
}

/* Whether ${n} bytes of ${path} are the way to the directory ${dir}. */
static bool
leads_to(const char *path, size_t n, const struct stat *dir)
{
	char *way = mem_text(path, n);
	struct stat st;
	bool same = stat(way, &st) == 0 && st.st_dev == dir->st_dev &&
	    st.st_ino == dir->st_ino;

	free(way);
	return same;
}

/*
 * Whether the rule ${own} is about the directory ${path}, which is resolved, by
 * whatever way: a link, or a file system that is bound to another place.
 */
static bool
is_about(const struct rule *own, const char *path)
{
	size_t n = strlen(path);
	struct stat dir;

	if (stat(own->dir, &dir) != 0) {
		size_t len = strlen(own->dir);

		/* Of what cannot be looked at nobody knows what it is about. */
		return (errno != ENOENT && errno != ENOTDIR) ||
		    (strncmp(own->dir, path, len) == 0 &&
			(path[len] == '\0' ||
			    (own->recursive && path[len] == '/')));
	}
	for (; n > 0; n--) {
		if (path[n] != '\0' && path[n] != '/')
			continue;
		if (leads_to(path, n, &dir))
			return true;
		if (!own->recursive)
			break;
	}
	return false;
}

/* Whether one of ${sections} is about the directory that ${rule} works in. */
static bool
is_claimed(const struct rule_list *list, size_t sections,
    const struct rule *rule)
{
	char *path = resolve(rule->dir);
	bool claimed = false;

	for (size_t i = 0; i < sections && !claimed; i++)
		claimed = strcmp(list->at[i].name, rule->name) == 0 ||
		    is_about(&list->at[i], path);
	free(path);
	return claimed;
}

/*
 * The built-in ones.  What a rule of one's own keeps none of them takes.
 * Beside others they have nothing to do without their directories, and those
 * that nobody asked for by name are spared.
 */
static int
load_builtins(struct rule_list *list, const struct rule_opts *o,
    const struct cli *cli, const struct log *log, struct err *e)
{
	size_t sections = list->n;

	for (size_t i = 0; i < QTE_COUNT(builtins); i++) {
		struct rule rule = begin(builtins[i].name, o);
		struct err why = {0};

		rule.optional = sections > 0;
		rule.spare = sections > 0 && !o->all && !is_named(o, rule.name);
		if (!is_claimed(list, sections, &rule) &&
		    check_dir(&rule, o, &why) == 0) {
			settle(&rule);
			*VEC_PUSH(list) = rule;
			continue;
		}
		release_one(&rule);
		if (why.status != 0 && !rule.spare) {
			*e = why;
			return e->status;
		}
		if (why.status != 0 && is_wanted(o, rule.name)) {
			(void)cli_blame(cli, &why);
			log_warn(log, "%s: rule %s is left out", why.msg,
			    rule.name);
		}
	}
	return 0;
}

static int
load_sections(struct rule_list *list, const struct rule_opts *o,
    const struct conf *conf, struct err *e)
{
	const struct conf_entry *section;
	const char *key;

	for (size_t i = 0;
	     (section = settings_named(&options_tool, conf, i)) != NULL; i++) {
		struct rule *rule = VEC_PUSH(list);

		*rule = begin(section->label, o);

		int rc = settings_fill(&rule_keys, conf, section, rule, e);

		if (rc != 0)
			return rc;
		rc = check(rule, &key, e);
		if (rc != 0)
			return settings_blame(conf, section, key, e);
		rc = check_dir(rule, o, e);
		if (rc != 0)
			return rc;
		settle(rule);
		if (is_wanted(o, rule->name) && check_links(rule->dir, e) != 0)
			return settings_blame(conf, section, "dir", e);
	}
	return 0;
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
    const struct cli *cli, const struct log *log, struct err *e)
{
	const struct conf *conf = cli_conf(cli);
	int rc = 0;

	*list = (struct rule_list){0};
	if (conf != NULL)
		rc = load_sections(list, o, conf, e);
	if (rc == 0)
		rc = load_builtins(list, o, cli, log, e);
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
