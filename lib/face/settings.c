/* SPDX-License-Identifier: MIT */
/* The configuration file against the option tables. */
#include "face/settings.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "base/vec.h"

static const char *const tools[] = {"run", "monitor", "backup", "clean",
    "verify", "capacity", "report", "gate"};

struct keys {
	VEC(char *); /* owned */
};

static bool
is_own(const struct cli_tool *tool, const char *section)
{
	if (strcmp(tool->section, section) == 0)
		return true;
	for (size_t i = 0; i < tool->ncmds; i++)
		if (strcmp(tool->cmds[i].section, section) == 0)
			return true;
	return false;
}

static bool
is_other_tool(const char *section)
{
	for (size_t i = 0; i < QTE_COUNT(tools); i++)
		if (strcmp(tools[i], section) == 0)
			return true;
	return false;
}

static const struct settings_section *
find_fixed(const struct settings *s, const char *section)
{
	for (size_t i = 0; i < s->nfixed; i++)
		if (strcmp(s->fixed[i].name, section) == 0)
			return &s->fixed[i];
	return NULL;
}

static int
place(const struct conf *c, const struct conf_entry *entry, struct err *e)
{
	err_wrap(e, "%s:%d:%d", c->path, entry->line, entry->key_column);
	return e->status = EX_CONFIG;
}

int
settings_place(const struct conf *c, const struct conf_entry *entry,
    struct err *e)
{
	err_wrap(e, "%s", entry->key);
	err_wrap(e, "%s:%d:%d", c->path, entry->line, entry->column);
	return e->status;
}

static int
unknown_section(const struct settings *s, const struct conf *c,
    const struct conf_entry *entry, struct err *e)
{
	struct cli_list names = {0};

	*VEC_PUSH(&names) = "common";
	*VEC_PUSH(&names) = s->tool->section;
	for (size_t i = 0; i < s->nfixed; i++)
		*VEC_PUSH(&names) = s->fixed[i].name;
	for (size_t i = 0; i < QTE_COUNT(tools); i++)
		*VEC_PUSH(&names) = tools[i];
	err_set(e, EX_CONFIG, "unknown section [%s]", entry->section);
	err_suggest(e, entry->section, names.at, names.n, sizeof(names.at[0]));
	VEC_RELEASE(&names);
	return place(c, entry, e);
}

/* The keys that an option of ${opts} could have in ${section}. */
static void
add_keys(struct keys *keys, const struct cli_opt *opts, size_t n, bool shared)
{
	for (size_t i = 0; i < n; i++) {
		struct optset_slot slot = {.opt = &opts[i]};
		struct buf key = {0};

		if (((opts[i].flags & CLI_SHARED) != 0) == shared &&
		    optset_config(&slot, &key))
			*VEC_PUSH(keys) = buf_detach(&key);
	}
}

static int
unknown_key(const struct settings *s, const struct conf *c,
    const struct conf_entry *entry, struct err *e)
{
	const struct settings_section *fixed = find_fixed(s, entry->section);
	bool shared = strcmp(entry->section, "common") == 0;
	struct keys keys = {0};

	if (entry->label != NULL) {
		add_keys(&keys, s->tool->named->keys, s->tool->named->nkeys,
		    false);
	} else if (fixed != NULL) {
		add_keys(&keys, fixed->opts, fixed->nopts, false);
	} else {
		for (size_t i = 0; i < s->set->n; i++)
			add_keys(&keys, s->set->at[i].opt, 1, shared);
	}
	err_set(e, EX_CONFIG, "unknown key '%s' in [%s%s%s%s]", entry->key,
	    entry->section, entry->label != NULL ? " \"" : "",
	    entry->label != NULL ? entry->label : "",
	    entry->label != NULL ? "\"" : "");
	err_suggest(e, entry->key, (const char *const *)keys.at, keys.n,
	    sizeof(keys.at[0]));
	for (size_t i = 0; i < keys.n; i++)
		free(keys.at[i]);
	VEC_RELEASE(&keys);
	return place(c, entry, e);
}

/* Whether ${entry} is an option of a subcommand that is not run this time. */
static bool
is_of_command(const struct cli_tool *tool, const struct conf_entry *entry)
{
	bool found = false;

	for (size_t i = 0; i < tool->ncmds && !found; i++) {
		struct optset set = {0};

		optset_add(&set, &tool->cmds[i], NULL);
		found = optset_key(&set, entry->section, entry->key) != NULL;
		VEC_RELEASE(&set);
	}
	return found;
}

/* Whether ${key} of ${section} is what ->also of ${opt} names. */
static bool
is_also(const struct cli_opt *opt, const char *section, const char *key)
{
	size_t n = strlen(section);

	return opt->also != NULL && strncmp(opt->also, section, n) == 0 &&
	    opt->also[n] == '.' && strcmp(opt->also + n + 1, key) == 0;
}

/* A value of a section of all tools goes to who wants it and has none. */
static void
lend(const struct settings *s, const struct conf_entry *entry)
{
	for (size_t i = 0; i < s->set->n; i++) {
		struct optset_slot *slot = &s->set->at[i];

		if (slot->entry == NULL &&
		    is_also(slot->opt, entry->section, entry->key))
			slot->entry = entry;
	}
}

static int
check_fixed(const struct settings *s, const struct conf *c,
    const struct settings_section *fixed, const struct conf_entry *entry,
    struct err *e)
{
	for (size_t i = 0; i < fixed->nopts; i++) {
		const struct cli_opt *opt = &fixed->opts[i];
		union {
			const char *text;
			int64_t count;
			double number;
			bool flag;
		} field;

		if (strcmp(opt->name, entry->key) != 0)
			continue;
		if (opt->parse(&field, entry->value, opt, e) == 0) {
			lend(s, entry);
			return 0;
		}
		e->status = EX_CONFIG;
		return settings_place(c, entry, e);
	}
	return unknown_key(s, c, entry, e);
}

/* The key of a named section, or NULL. */
static const struct cli_opt *
find_named(const struct cli_named *named, const char *key)
{
	struct optset set = {0};
	const struct cli_tool table = {.section = "",
	    .opts = named->keys,
	    .nopts = named->nkeys};
	const struct optset_slot *slot;
	const struct cli_opt *opt;

	optset_add(&set, &table, NULL);
	slot = optset_key(&set, "", key);
	opt = slot != NULL ? slot->opt : NULL;
	VEC_RELEASE(&set);
	return opt;
}

/* [SECTION "NAME"]: its header, or a key below it. */
static int
check_named(const struct settings *s, const struct conf *c,
    const struct conf_entry *entry, struct err *e)
{
	if (s->tool->named == NULL ||
	    strcmp(s->tool->section, entry->section) != 0) {
		err_set(e, EX_CONFIG, "[%s] takes no label: \"%s\"",
		    entry->section, entry->label);
		return place(c, entry, e);
	}
	if (entry->key == NULL || find_named(s->tool->named, entry->key))
		return 0;
	return unknown_key(s, c, entry, e);
}

static int
apply_entry(const struct settings *s, const struct conf *c,
    const struct conf_entry *entry, struct err *e)
{
	const struct settings_section *fixed = find_fixed(s, entry->section);
	bool own = is_own(s->tool, entry->section) ||
	    strcmp(entry->section, "common") == 0;
	struct optset_slot *slot;

	if (!own && fixed == NULL)
		return is_other_tool(entry->section)
		    ? 0
		    : unknown_section(s, c, entry, e);
	if (entry->label != NULL)
		return check_named(s, c, entry, e);
	if (entry->key == NULL)
		return 0;
	if (fixed != NULL)
		return check_fixed(s, c, fixed, entry, e);
	slot = optset_key(s->set, entry->section, entry->key);
	if (slot != NULL)
		slot->entry = entry;
	else if (!is_of_command(s->tool, entry))
		return unknown_key(s, c, entry, e);
	return 0;
}

int
settings_apply(const struct settings *s, const struct conf *c, struct err *e)
{
	for (size_t i = 0; i < c->n; i++) {
		int rc = apply_entry(s, c, &c->at[i], e);

		if (rc != 0)
			return rc;
	}
	return 0;
}

const struct conf_entry *
settings_named(const struct cli_tool *tool, const struct conf *c, size_t i)
{
	for (size_t k = 0; k < c->n; k++) {
		const struct conf_entry *entry = &c->at[k];

		if (entry->key == NULL && entry->label != NULL &&
		    strcmp(entry->section, tool->section) == 0 && i-- == 0)
			return entry;
	}
	return NULL;
}

/* Keys of a section stand together, behind its header. */
static bool
is_below(const struct conf *c, const struct conf_entry *entry)
{
	return entry < c->at + c->n && entry->key != NULL;
}

int
settings_fill(const struct cli_named *named, const struct conf *c,
    const struct conf_entry *header, void *fields, struct err *e)
{
	for (const struct conf_entry *entry = header + 1; is_below(c, entry);
	     entry++) {
		const struct cli_opt *opt = find_named(named, entry->key);

		assert(opt != NULL); /* settings_apply saw to it */
		if (opt->parse((char *)fields + opt->offset, entry->value, opt,
			e) == 0)
			continue;
		e->status = EX_CONFIG;
		return settings_place(c, entry, e);
	}
	return 0;
}

int
settings_blame(const struct conf *c, const struct conf_entry *header,
    const char *key, struct err *e)
{
	e->status = EX_CONFIG;
	for (const struct conf_entry *entry = header + 1;
	     key != NULL && is_below(c, entry); entry++)
		if (strcmp(entry->key, key) == 0)
			return settings_place(c, entry, e);
	if (key != NULL)
		err_wrap(e, "%s", key);
	err_wrap(e, "%s:%d:%d", c->path, header->line, header->column);
	return e->status;
}
