/* SPDX-License-Identifier: MIT */
/* What a run writes to the audit log. */
#include "act/journal.h"

#include <string.h>

/* In the order of enum item_action. */
static const char *const actions[ITEM_ACTIONS] = {"clean.delete",
    "clean.compress:gzip", "clean.compress:zstd", "clean.trash", "clean.purge",
    "clean.restore", "clean.rmdir"};

int
journal_open(struct journal *j, const char *path, const struct journal_run *run,
    struct err *e)
{
	int rc;

	*j = (struct journal){.run = *run};
	rc = audit_open(&j->audit, path, &(struct audit_as){0}, e);
	if (rc != 0)
		journal_close(j);
	return rc;
}

/*
 * "run ID, rule NAME", and why the item failed.  Return where it begins: at
 * that of the note before, if it is the same.
 */
static size_t
put_reason(struct journal *j, const struct item *item)
{
	const struct journal_note *last =
	    j->notes.n > 0 ? &j->notes.at[j->notes.n - 1] : NULL;
	const char *why = item_why(item);
	size_t at = j->texts.len;

	if (why == NULL && last != NULL && last->rule == item->rule)
		return last->reason;
	buf_fmt(&j->texts, "run %s, rule %s%s%s", j->run.id, item->rule->name,
	    why != NULL ? ": " : "", why != NULL ? why : "");
	buf_char(&j->texts, '\0');
	return at;
}

/* ${result}: NULL for an intent. */
static void
note(struct journal *j, const struct item *item, const char *result)
{
	size_t reason = put_reason(j, item);

	*VEC_PUSH(&j->notes) =
	    (struct journal_note){.action = actions[item->action],
		.result = result,
		.reason = reason,
		.path = j->texts.len,
		/* What failed has a reason of its own. */
		.rule = item_why(item) == NULL ? item->rule : NULL};
	item_path(item, &j->texts);
	buf_char(&j->texts, '\0');
}

void
journal_intent(struct journal *j, const struct item *item)
{
	note(j, item, NULL);
}

void
journal_result(struct journal *j, const struct item *item)
{
	note(j, item, item_result_name(item->result));
}

/* What was done goes into the log with the next write that succeeds. */
static void
drop_intents(struct journal *j)
{
	size_t kept = 0;

	for (size_t i = 0; i < j->notes.n; i++)
		if (j->notes.at[i].result != NULL)
			j->notes.at[kept++] = j->notes.at[i];
	j->notes.n = kept;
}

int
journal_write(struct journal *j, struct err *e)
{
	int rc;

	if (j->notes.n == 0)
		return 0;
	j->events.n = 0;
	if (!j->begun)
		*VEC_PUSH(&j->events) = (struct audit_event){
		    .action = "clean",
		    .result = "begin",
		    .argv = j->run.args,
		    .nargs = (size_t)j->run.nargs,
		};
	for (size_t i = 0; i < j->notes.n; i++) {
		const struct journal_note *n = &j->notes.at[i];

		*VEC_PUSH(&j->events) = (struct audit_event){
		    .action = n->action,
		    .resource = j->texts.data + n->path,
		    .result = n->result != NULL ? n->result : "intent",
		    .reason = j->texts.data + n->reason,
		};
	}
	rc = audit_append(&j->audit, j->events.at, j->events.n, e);
	if (rc != 0) {
		drop_intents(j);
		return rc;
	}
	j->begun = true;
	j->notes.n = 0;
	buf_reset(&j->texts);
	return 0;
}

void
journal_close(struct journal *j)
{
	audit_close(&j->audit);
	VEC_RELEASE(&j->notes);
	VEC_RELEASE(&j->events);
	buf_release(&j->texts);
}
