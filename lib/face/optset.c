/* SPDX-License-Identifier: MIT */
/* The options in force for one command line. */
#include "face/optset.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

extern char **environ;

void
optset_add(struct optset *s, const struct cli_tool *tool, void *base)
{
	for (size_t i = 0; i < tool->nopts; i++) {
		const struct cli_opt *opt = &tool->opts[i];
		bool shared = (opt->flags & CLI_SHARED) != 0;

		*VEC_PUSH(s) = (struct optset_slot){
		    .opt = opt,
		    .owner = tool,
		    .section = shared ? "common" : tool->section,
		    .field = base != NULL ? (char *)base + opt->offset : NULL,
		};
	}
}

void
optset_release(struct optset *s)
{
	for (size_t i = 0; i < s->n; i++) {
		VEC_RELEASE(&s->at[i].flags);
		if (s->at[i].opt->flags & CLI_REPEAT)
			VEC_RELEASE((struct cli_list *)s->at[i].field);
	}
	VEC_RELEASE(s);
}

static void
add_words(struct optset_choices *c, const char *const *words)
{
	for (; words != NULL && *words != NULL; words++)
		*VEC_PUSH(&c->words) = *words;
}

void
optset_choose(struct optset_slot *slot, const char *const *own,
    struct optset_choices *c)
{
	c->opt = *slot->opt;
	add_words(c, slot->opt->choices);
	add_words(c, own);
	*VEC_PUSH(&c->words) = NULL;
	c->opt.choices = c->words.at;
	slot->opt = &c->opt;
}

struct optset_slot *
optset_long(const struct optset *s, const char *name, size_t n)
{
	for (size_t i = 0; i < s->n; i++) {
		const char *have = s->at[i].opt->name;

		if (strncmp(have, name, n) == 0 && have[n] == '\0')
			return &s->at[i];
	}
	return NULL;
}

struct optset_slot *
optset_short(const struct optset *s, char c)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].opt->key == c && c != '\0')
			return &s->at[i];
	return NULL;
}

/* Whether ${key} is ${name} with '_' for '-'. */
static bool
key_matches(const char *name, const char *key)
{
	while (*name != '\0' && *key == (*name == '-' ? '_' : *name)) {
		name++;
		key++;
	}
	return *name == '\0' && *key == '\0';
}

struct optset_slot *
optset_key(const struct optset *s, const char *section, const char *key)
{
	for (size_t i = 0; i < s->n; i++) {
		struct optset_slot *slot = &s->at[i];

		if ((slot->opt->flags & (CLI_FLAG_ONLY | CLI_NO_KEY)) == 0 &&
		    strcmp(slot->section, section) == 0 &&
		    key_matches(slot->opt->name, key))
			return slot;
	}
	return NULL;
}

bool
optset_optional(const struct cli_opt *opt)
{
	return opt->arg != NULL && opt->arg[0] == '[';
}

static void
add_upper(struct buf *to, const char *text)
{
	for (; *text != '\0'; text++)
		buf_char(to,
		    *text == '-' ? '_' : (char)toupper((unsigned char)*text));
}

bool
optset_env(const struct optset_slot *slot, struct buf *to)
{
	if (slot->opt->flags & CLI_FLAG_ONLY)
		return false;
	buf_str(to, "QTE_");
	if ((slot->opt->flags & CLI_SHARED) == 0) {
		add_upper(to, slot->section);
		buf_char(to, '_');
	}
	add_upper(to, slot->opt->name);
	return true;
}

/* Adds the nearest of the variables to the message. */
static void
suggest_variable(const struct optset *s, const char *name, struct err *e)
{
	struct {
		VEC(char *);
	} names = {0};

	for (size_t i = 0; i < s->n; i++) {
		struct buf known = {0};

		if (optset_env(&s->at[i], &known))
			*VEC_PUSH(&names) = buf_detach(&known);
	}
	err_suggest(e, name, (const char *const *)names.at, names.n,
	    sizeof(names.at[0]));
	for (size_t i = 0; i < names.n; i++)
		free(names.at[i]);
	VEC_RELEASE(&names);
}

static bool
is_variable(const struct optset *s, const char *name)
{
	struct buf known = {0};
	bool found = false;

	for (size_t i = 0; i < s->n && !found; i++) {
		buf_reset(&known);
		found = optset_env(&s->at[i], &known) &&
		    strcmp(buf_text(&known), name) == 0;
	}
	buf_release(&known);
	return found;
}

int
optset_environment(const struct optset *s, const char *section, struct err *e)
{
	struct buf start = {0};
	int rc = 0;

	buf_str(&start, "QTE_");
	add_upper(&start, section);
	buf_char(&start, '_');
	for (char **p = environ; *p != NULL && rc == 0; p++) {
		const char *equals = strchr(*p, '=');

		if (equals == NULL || strncmp(*p, start.data, start.len) != 0)
			continue;
		char *name = mem_text(*p, (size_t)(equals - *p));

		if (!is_variable(s, name)) {
			rc = err_set(e, EX_CONFIG, "unknown variable %s", name);
			suggest_variable(s, name, e);
		}
		free(name);
	}
	buf_release(&start);
	return rc;
}

bool
optset_config(const struct optset_slot *slot, struct buf *to)
{
	if (slot->opt->flags & (CLI_FLAG_ONLY | CLI_NO_KEY))
		return false;
	for (const char *p = slot->opt->name; *p != '\0'; p++)
		buf_char(to, *p == '-' ? '_' : *p);
	return true;
}

/* Whether ${word} is near ${name}, or its beginning. */
static bool
is_near(const char *name, const char *word)
{
	struct err probe = {0};

	if (strncmp(name, word, strlen(word)) == 0)
		return true;
	err_suggest(&probe, word, &name, 1, sizeof(name));
	return probe.msg[0] != '\0';
}

void
optset_suggest(const struct optset *s, struct err *e, const char *word)
{
	struct {
		VEC(char *);
	} near = {0}; /* owned */

	/* The dashes are no letters that the user got right. */
	for (size_t i = 0; i < s->n && word[2] != '\0'; i++) {
		struct buf name = {0};

		if (!is_near(s->at[i].opt->name, word + 2))
			continue;
		buf_fmt(&name, "--%s", s->at[i].opt->name);
		*VEC_PUSH(&near) = buf_detach(&name);
	}
	if (near.n == 1)
		word = near.at[0];
	err_suggest(e, word, (const char *const *)near.at, near.n,
	    sizeof(near.at[0]));
	for (size_t i = 0; i < near.n; i++)
		free(near.at[i]);
	VEC_RELEASE(&near);
}
