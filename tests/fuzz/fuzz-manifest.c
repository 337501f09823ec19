/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a manifest: each line is an entry or is said to be none, and
 * what is read reads back the same when it is written out again, in both forms.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/vec.h"
#include "format/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* What was read of a file. */
struct list {
	VEC(struct manifest_entry);
	bool clean; /* nothing was wrong with it */
};

static void
list_release(struct list *l)
{
	for (size_t i = 0; i < l->n; i++)
		manifest_entry_release(&l->at[i]);
	VEC_RELEASE(l);
}

static void
read_list(struct list *l, const char *path)
{
	struct manifest m;
	struct manifest_entry entry = {0};
	struct err e = {0};
	int64_t line = 0;
	int rc = manifest_open(&m, path, &e);

	*l = (struct list){.clean = true};
	assert(rc == 0);
	while ((rc = manifest_next(&m, &entry, &e)) == 0 || rc == EX_DATAERR) {
		assert(m.line > line || m.finished);
		line = m.line;
		l->clean = l->clean && rc == 0;
		if (rc != 0)
			continue;
		assert(strlen(buf_text(&entry.path)) == entry.path.len);
		*VEC_PUSH(l) = entry;
		entry = (struct manifest_entry){0};
	}
	assert(rc == IN_END || rc == EX_UNAVAILABLE);
	manifest_entry_release(&entry);
	manifest_close(&m);
}

/* Write it out and read it again. */
static void
read_again(const struct list *l, enum manifest_form form, struct list *again)
{
	struct manifest_writer w;
	struct out out;
	struct err e = {0};
	char path[64];
	FILE *file = tmpfile();
	int rc;

	assert(file != NULL);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fileno(file));
	rc = out_open(&out, "/dev/null", &e);
	assert(rc == 0);
	assert(dup2(fileno(file), out.fd) == out.fd);
	manifest_begin(&w, &out, form);
	for (size_t i = 0; i < l->n; i++)
		manifest_put(&w, &l->at[i]);
	manifest_end(&w);
	rc = out_close(&out, &e);
	assert(rc == 0);
	read_list(again, path);
	(void)fclose(file);
}

static void
check_same(const struct manifest_entry *a, const struct manifest_entry *b)
{
	assert(strcmp(buf_text(&a->path), buf_text(&b->path)) == 0);
	if (a->has & MANIFEST_HASH)
		assert(strcmp(a->sha256, b->sha256) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct list list, json, plain;
	char path[64];
	size_t k = 0;
	FILE *file = tmpfile();

	assert(file != NULL && write(fileno(file), bytes, n) == (ssize_t)n);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fileno(file));
	read_list(&list, path);
	(void)fclose(file);
	read_again(&list, MANIFEST_JSON, &json);
	assert(json.clean && json.n == list.n);
	for (size_t i = 0; i < list.n; i++) {
		check_same(&list.at[i], &json.at[i]);
		assert(list.at[i].has == json.at[i].has);
		assert(list.at[i].type == json.at[i].type);
	}
	read_again(&list, MANIFEST_PLAIN, &plain);
	for (size_t i = 0; i < list.n; i++)
		/* Without a path a line is none. */
		if (list.at[i].has & MANIFEST_HASH && list.at[i].path.len > 0)
			check_same(&list.at[i], &plain.at[k++]);
	assert(k == plain.n);
	list_release(&list);
	list_release(&json);
	list_release(&plain);
	return 0;
}
