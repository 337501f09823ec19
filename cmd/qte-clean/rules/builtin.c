/* SPDX-License-Identifier: MIT */
/* The built-in rules. */
#include "rules/builtin.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/when.h"

#define OLDER (30 * WHEN_DAY)

static const struct {
	const char *name, *match;
	size_t dir;	    /* where the options name it, */
	const char *option; /* and by which */
} builtins[] = {
    {"logs", "*.log.*", offsetof(struct rule_opts, log_dir), "--log-dir"},
    {"temp", "temp_*", offsetof(struct rule_opts, data_dir), "--data-dir"},
};

static const char *
dir_of(const struct rule_opts *o, size_t i)
{
	const char *dir;

	memcpy(&dir, (const char *)o + builtins[i].dir, sizeof(dir));
	return dir;
}

void
builtin_begin(struct rule *rule, const struct rule_opts *o)
{
	for (size_t i = 0; i < QTE_COUNT(builtins); i++) {
		if (strcmp(builtins[i].name, rule->name) != 0)
			continue;
		rule->dir = dir_of(o, i);
		glob_read(&rule->match, builtins[i].match);
		rule->older_ns = OLDER;
	}
}

const char *
builtin_option(const struct rule *rule, const struct rule_opts *o)
{
	for (size_t i = 0; i < QTE_COUNT(builtins); i++)
		if (rule->dir == dir_of(o, i))
			return builtins[i].option;
	return NULL;
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

/*
 * Whether the section ${own} only changes other keys of a built-in rule: it is
 * about the files of that one.
 */
static bool
is_variant(const struct rule *own, const struct rule_opts *o)
{
	struct rule plain = rule_begin(own->name, o);
	bool same = plain.dir != NULL;

	if (same) {
		rule_settle(&plain);
		same = strcmp(own->dir, plain.dir) == 0 && own->match.n == 1 &&
		    strcmp(own->match.at[0], plain.match.at[0]) == 0;
	}
	rule_drop(&plain);
	return same;
}

/* The files of the ${variant}, and what it keeps, are none of the ${rule}'s. */
static void
leave_to(struct rule *rule, const struct rule *variant)
{
	glob_add(&rule->exclude, &variant->match);
	glob_add(&rule->exclude, &variant->exclude);
	glob_add(&rule->protect, &variant->protect);
}

/*
 * Of the first ${own} rules the one that is about the directory of the built-in
 * ${rule}, or NULL.  To one that is itself a built-in but for some keys, its
 * files are left and what it keeps, and no more.
 */
static const struct rule *
find_owner(const struct rule_list *list, size_t own, struct rule *rule,
    const struct rule_opts *o)
{
	const struct rule *owner = NULL;
	char *path = resolve(rule->dir);

	for (size_t i = 0; i < own && owner == NULL; i++) {
		if (!is_about(&list->at[i], path))
			continue;
		if (is_variant(&list->at[i], o))
			leave_to(rule, &list->at[i]);
		else
			owner = &list->at[i];
	}
	free(path);
	return owner;
}

/* What a rule of one's own keeps no built-in one takes. */
static int
yield(const struct rule *rule, const struct rule *owner,
    const struct rule_source *from, struct err *e)
{
	if (rule_named(from->opts, rule->name))
		return err_set(e, EX_USAGE,
		    "--rule: '%s' is not used: rule '%s' works in its "
		    "directory, %s",
		    rule->name, owner->name, rule->dir);
	if (rule_wanted(from->opts, rule->name))
		log_info(from->log,
		    "rule %s is not used: rule %s works in its directory, %s",
		    rule->name, owner->name, rule->dir);
	return 0;
}

/* One whose directory is not to be cleaned, which ${e} tells. */
static int
leave_out(const struct rule *rule, const struct rule_source *from,
    struct err *e)
{
	struct err why = *e;

	if (!rule->spare)
		return e->status;
	*e = (struct err){0};
	if (rule_wanted(from->opts, rule->name)) {
		(void)cli_blame(from->cli, &why);
		log_warn(from->log, "%s: rule %s is left out", why.msg,
		    rule->name);
	}
	return 0;
}

/* Add the ${rule} to the list, which is taken over, unless it is not used. */
static int
add(struct rule_list *list, struct rule *rule, const struct rule *owner,
    const struct rule_source *from, struct err *e)
{
	int rc;

	if (owner != NULL)
		rc = yield(rule, owner, from, e);
	else if (rule_check_dir(rule, from->opts, e) != 0)
		rc = leave_out(rule, from, e);
	else {
		rule_settle(rule);
		*VEC_PUSH(list) = *rule;
		return 0;
	}
	rule_drop(rule);
	return rc;
}

int
builtin_load(struct rule_list *list, const struct rule_source *from,
    struct err *e)
{
	const struct rule_opts *o = from->opts;
	size_t own = list->n;
	int rc = 0;

	for (size_t i = 0; i < QTE_COUNT(builtins) && rc == 0; i++) {
		struct rule rule;

		if (rule_find(list, builtins[i].name) != NULL)
			continue;
		rule = rule_begin(builtins[i].name, o);
		rule.optional = own > 0 && !rule_named(o, rule.name);
		rule.spare = rule.optional && !o->all;
		rc = add(list, &rule, find_owner(list, own, &rule, o), from, e);
	}
	return rc;
}
