/* SPDX-License-Identifier: MIT */
/* A plan that was written before. */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

#include "act/apply.h"
#include "act/trash.h"
#include "base/base64.h"
#include "base/mem.h"
#include "base/sig.h"
#include "format/jin.h"
#include "rules/pick.h"

/* An item, as small as it can be: a plan is held whole. */
struct entry {
	size_t site;
	size_t dir, name; /* in ->texts */
	struct item_id id;
	enum item_action action;
};

struct plan {
	struct run *run;
	struct jin jin;
	VEC(struct entry);
	struct buf texts;
	struct buf path;
};

static int
take_id(struct plan *p, struct item_id *id, struct err *e)
{
	int rc = jin_large(&p->jin, "dev", &id->dev, e);

	if (rc == 0)
		rc = jin_large(&p->jin, "ino", &id->ino, e);
	if (rc == 0)
		rc = jin_int(&p->jin, "size_bytes", &id->size, e);
	if (rc == 0)
		rc = jin_time(&p->jin, "mtime", &id->mtime_ns, e);
	return rc;
}

static int
take_site(struct plan *p, size_t *site, struct err *e)
{
	const struct site_list *sites = &p->run->sites;
	const char *name;
	int rc = jin_text(&p->jin, "rule", &name, e);

	if (rc != 0)
		return rc;
	for (*site = 0; *site < sites->n; ++*site)
		if (strcmp(sites->at[*site].rule->name, name) == 0)
			return 0;
	return jin_err(&p->jin, "rule", e, "there is no rule '%s'", name);
}

static int
take_action(struct plan *p, const struct rule *rule, enum item_action *action,
    struct err *e)
{
	const char *name;
	int rc = jin_text(&p->jin, "action", &name, e);

	if (rc != 0)
		return rc;
	*action = item_action_find(name);
	if (*action == (enum item_action)rule->action ||
	    (*action == ITEM_PURGE && rule->action == RULE_TRASH) ||
	    (*action == ITEM_RMDIR &&
		(rule->rmdir_empty || rule->action == RULE_TRASH)))
		return 0;
	return jin_err(&p->jin, "action", e, "'%s' is not what rule '%s' does",
	    name, rule->name);
}

/* The bytes of the path, into ->path. */
static int
take_path(struct plan *p, struct err *e)
{
	bool coded = jin_has(&p->jin, "path_b64");
	const char *key = coded ? "path_b64" : "path", *text;
	int rc = jin_text(&p->jin, key, &text, e);

	if (rc != 0)
		return rc;
	buf_reset(&p->path);
	if (!coded)
		buf_str(&p->path, text);
	else if (!base64_take(&p->path, text) ||
	    strlen(buf_text(&p->path)) != p->path.len)
		return jin_err(&p->jin, key, e, "is not a path in base64");
	return 0;
}

/* Whether each name of the relative ${path} is one, and not "." or "..". */
static bool
is_way_down(const char *path)
{
	for (;;) {
		size_t n = strcspn(path, "/");

		if (n == 0 || (n == 1 && path[0] == '.') ||
		    (n == 2 && path[0] == '.' && path[1] == '.'))
			return false;
		if (path[n] == '\0')
			return true;
		path += n + 1;
	}
}

/* Whether ${path} goes into directories that a walk of the rule goes into. */
static bool
is_walked(const struct rule *rule, const char *path)
{
	int64_t depth = 1;

	for (const char *end; (end = strchr(path, '/')) != NULL; depth++) {
		char *name = mem_text(path, (size_t)(end - path));
		bool out = glob_matches(&rule->exclude, name);

		free(name);
		if (out)
			return false;
		path = end + 1;
	}
	return rule->max_depth == RULE_NONE || depth <= rule->max_depth;
}

/*
 * Whether a rule's plan can have the ${path} below its directory.  Only what
 * lies in the trash is purged, and no file is anything else there.
 */
static bool
is_of_rule(const struct rule *rule, enum item_action action, const char *path)
{
	static const char trash[] = TRASH_DIR "/";
	size_t n = strlen(trash);
	const char *slash = strrchr(path, '/');

	if (rule->action == RULE_TRASH &&
	    (action == ITEM_PURGE || action == ITEM_RMDIR) &&
	    strncmp(path, trash, n) == 0)
		return path[n] != '.' && strstr(path + n, "/.") == NULL;
	if (action == ITEM_PURGE || path[0] == '.' ||
	    strstr(path, "/.") != NULL)
		return false;
	if (action == ITEM_RMDIR)
		return rule->rmdir_empty;
	return is_walked(rule, path) &&
	    pick_names(rule, slash != NULL ? slash + 1 : path);
}

/* Cut ->path into the parts of the entry. */
static int
cut_path(struct plan *p, const struct rule *rule, struct entry *entry,
    struct err *e)
{
	const char *path = buf_text(&p->path);
	size_t n = strlen(rule->dir), last = entry->dir;
	const char *name;

	if (strncmp(path, rule->dir, n) != 0 || path[n] != '/' ||
	    !is_way_down(path + n + 1))
		return jin_err(&p->jin, "path", e,
		    "'%s' is not below %s, where rule '%s' works", path,
		    rule->dir, rule->name);
	path += n + 1;
	name = strrchr(path, '/');
	n = name != NULL ? (size_t)(name - path) : 0;
	name = name != NULL ? name + 1 : path;
	if (entry->action == ITEM_RMDIR) {
		n = strlen(path);
		name = path + n;
	}
	/* Items of one directory stand together, and share its text. */
	if (p->n == 0 || strncmp(p->texts.data + last, path, n) != 0 ||
	    p->texts.data[last + n] != '\0') {
		entry->dir = p->texts.len;
		buf_add(&p->texts, path, n);
		buf_char(&p->texts, '\0');
	}
	entry->name = p->texts.len;
	buf_add(&p->texts, name, strlen(name) + 1);
	return 0;
}

/* The path below the rule's directory, once cut_path found it to be there. */
static const char *
path_of(const struct plan *p, const struct rule *rule)
{
	return buf_text(&p->path) + strlen(rule->dir) + 1;
}

static int
take_entry(struct plan *p, struct err *e)
{
	struct entry entry = {.dir = p->n > 0 ? p->at[p->n - 1].dir : 0};
	const struct rule *rule;
	int rc = take_site(p, &entry.site, e);

	if (rc != 0)
		return rc;
	rule = p->run->sites.at[entry.site].rule;
	rc = take_action(p, rule, &entry.action, e);
	if (rc == 0)
		rc = take_id(p, &entry.id, e);
	if (rc == 0)
		rc = take_path(p, e);
	if (rc == 0)
		rc = cut_path(p, rule, &entry, e);
	if (rc == 0 && !is_of_rule(rule, entry.action, path_of(p, rule)))
		rc = jin_err(&p->jin, "path", e,
		    "'%s' is nothing that rule '%s' takes", path_of(p, rule),
		    rule->name);
	if (rc == 0)
		*VEC_PUSH(p) = entry;
	return rc;
}

static int
take_record(struct plan *p, struct err *e)
{
	const char *type, *result;
	int rc = jin_text(&p->jin, "type", &type, e);

	if (rc != 0 || strcmp(type, "cleaned") != 0)
		return rc;
	rc = jin_text(&p->jin, "result", &result, e);
	if (rc != 0 || strcmp(result, "planned") != 0)
		return rc;
	return take_entry(p, e);
}

static int
read_plan(struct plan *p, const char *path, struct err *e)
{
	struct in in;
	int rc = in_open(&in, path, e);

	if (rc != 0)
		return rc == IN_SIGNAL ? RUN_STOPPED : rc;
	p->jin.name = strcmp(path, "-") == 0 ? "standard input" : path;
	while ((rc = jin_next(&p->jin, &in, e)) == 0 &&
	    (rc = take_record(p, e)) == 0)
		;
	in_close(&in);
	jin_release(&p->jin);
	if (rc == IN_END)
		return 0;
	if (rc == IN_LONG)
		return e->status;
	return rc == IN_SIGNAL ? RUN_STOPPED : rc;
}

static int
hand_on(struct plan *p, const struct entry *entry, struct err *e)
{
	struct run *run = p->run;
	const struct site *site = &run->sites.at[entry->site];
	struct item item = {.rule = site->rule,
	    .dir = p->texts.data + entry->dir,
	    .name = p->texts.data + entry->name,
	    .action = entry->action,
	    .result = ITEM_PLANNED,
	    .known = true,
	    .id = entry->id};

	if (site->root.fd < 0) {
		item.result = ITEM_FAILED;
		item.why = "the directory of the rule cannot be worked on";
	} else if (guard_has(&run->guard, &item)) {
		item.result = ITEM_PROTECTED;
	} else if (item.rule->in_use == RULE_SKIP &&
	    inuse_has(&run->inuse, item.id.dev, item.id.ino)) {
		item.result = ITEM_IN_USE;
	}
	return apply_add(run->apply, &item, &site->root, e);
}

int
plan_run(struct run *run, const char *path, struct err *e)
{
	struct plan p = {.run = run};
	int rc = read_plan(&p, path, e);

	for (size_t i = 0; i < p.n && rc == 0; i++) {
		run->tally.scanned++;
		rc = sig_seen() != 0 ? RUN_STOPPED : hand_on(&p, &p.at[i], e);
	}
	if (rc == 0)
		rc = apply_flush(run->apply, e);
	VEC_RELEASE(&p);
	buf_release(&p.texts);
	buf_release(&p.path);
	return rc;
}
