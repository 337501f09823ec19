/* SPDX-License-Identifier: MIT */
/* The value of an option from its four sources. */
#include "face/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "face/settings.h"

/* Say where the wrong value stood, and what that means for the status. */
static int
wrap(struct merge *m, const struct optset_slot *slot, struct err *e)
{
	struct buf name = {0};

	m->plain = (slot->opt->flags & CLI_PLAIN) != 0;
	if (e->status == EX_USAGE && slot->source != OPTSET_FLAG)
		e->status = EX_CONFIG;
	if (slot->source == OPTSET_FILE)
		return settings_place(m->conf, slot->entry, e);
	if (slot->source != OPTSET_ENV || !optset_env(slot, &name))
		buf_fmt(&name, "--%s", slot->opt->name);
	err_wrap(e, "%s", buf_text(&name));
	buf_release(&name);
	return e->status;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Cut the next word off ${*text}, in place; NULL when there is none. */
static char *
next_word(char **text)
{
	char *from = *text, *to, *word;

	while (is_blank(*from))
		from++;
	if (*from == '\0')
		return NULL;
	for (word = to = from; *from != '\0' && !is_blank(*from); from++) {
		if (*from == '\\' && from[1] != '\0')
			from++;
		*to++ = *from;
	}
	*text = from + (*from != '\0');
	*to = '\0';
	return word;
}

static int
parse_words(struct merge *m, const struct optset_slot *slot, const char *text,
    struct err *e)
{
	char *copy = mem_text(text, strlen(text)), *word;

	*VEC_PUSH(&m->texts) = copy;
	while ((word = next_word(&copy)) != NULL) {
		int rc = slot->opt->parse(slot->field, word, slot->opt, e);

		if (rc != 0)
			return rc;
	}
	return 0;
}

static const char *
from_environment(const struct optset_slot *slot)
{
	struct buf name = {0};
	const char *text = NULL;

	if (optset_env(slot, &name))
		text = getenv(buf_text(&name));
	buf_release(&name);
	return text != NULL && *text != '\0' ? text : NULL;
}

/* Whether ${source} gives option ${name}, and a stronger one gives it too. */
static bool
is_overridden(const struct merge *m, const char *name,
    enum optset_source source)
{
	const struct optset_slot *slot =
	    optset_long(m->set, name, strlen(name));

	if (slot->source <= source)
		return false;
	return source == OPTSET_FILE ? slot->entry != NULL
				     : from_environment(slot) != NULL;
}

/* Whether ${a} and ${b}, as NAME=VALUE, have one name. */
static bool
same_name(const char *a, const char *b)
{
	size_t n = strcspn(a, "=");

	return strncmp(a, b, n) == 0 && (b[n] == '=' || b[n] == '\0');
}

/* The values from ${first} on are of a stronger source than those before. */
static void
settle_list(const struct merge *m, const struct optset_slot *slot, size_t first)
{
	const struct cli_opt *opt = slot->opt;
	struct cli_list *list = slot->field;
	size_t kept = 0;

	if (opt->of != NULL && is_overridden(m, opt->of, slot->source)) {
		list->n = first;
		return;
	}
	for (size_t i = 0; i < list->n; i++) {
		bool keep = i >= first || (opt->flags & CLI_NAMED) != 0;

		for (size_t k = first; keep && i < first && k < list->n; k++)
			keep = !same_name(list->at[i], list->at[k]);
		if (keep)
			list->at[kept++] = list->at[i];
	}
	list->n = kept;
}

/* Parse ${text} of ${source}, which is stronger than those before. */
static int
take(struct merge *m, struct optset_slot *slot, enum optset_source source,
    const char *text, struct err *e)
{
	int rc;

	slot->source = source;
	slot->text = text;
	if (slot->opt->flags & CLI_REPEAT) {
		size_t first = ((struct cli_list *)slot->field)->n;

		rc = parse_words(m, slot, text, e);
		if (rc == 0)
			settle_list(m, slot, first);
	} else {
		rc = slot->opt->parse(slot->field, text, slot->opt, e);
	}
	return rc != 0 ? wrap(m, slot, e) : 0;
}

static int
take_flags(struct merge *m, struct optset_slot *slot, struct err *e)
{
	size_t first;

	if ((slot->opt->flags & CLI_REPEAT) == 0)
		return take(m, slot, OPTSET_FLAG,
		    slot->flags.at[slot->flags.n - 1], e);
	slot->source = OPTSET_FLAG;
	slot->text = NULL;
	first = ((struct cli_list *)slot->field)->n;
	for (size_t i = 0; i < slot->flags.n; i++)
		if (slot->opt->parse(slot->field, slot->flags.at[i], slot->opt,
			e) != 0)
			return wrap(m, slot, e);
	settle_list(m, slot, first);
	return 0;
}

int
merge_slot(struct merge *m, struct optset_slot *slot, struct err *e)
{
	const struct cli_opt *opt = slot->opt;
	const char *env = from_environment(slot);
	int rc = 0;

	if (opt->preset != NULL) {
		rc = take(m, slot, OPTSET_DEFAULT, opt->preset, e);
	} else if (opt->arg == NULL) {
		slot->source = OPTSET_DEFAULT;
		slot->text = "no";
	}
	if (rc == 0 && slot->entry != NULL)
		rc = take(m, slot, OPTSET_FILE, slot->entry->value, e);
	if (rc == 0 && env != NULL)
		rc = take(m, slot, OPTSET_ENV, env, e);
	if (rc == 0 && slot->flags.n > 0)
		rc = take_flags(m, slot, e);
	return rc;
}

void
merge_release(struct merge *m)
{
	for (size_t i = 0; i < m->texts.n; i++)
		free(m->texts.at[i]);
	VEC_RELEASE(&m->texts);
}
