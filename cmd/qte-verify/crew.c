/* SPDX-License-Identifier: MIT */
/* Those who check. */
#include "crew.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sig.h"

/* A path that was taken. */
struct slot {
	struct report *report; /* owned */
	struct err *err;       /* owned, when rc is a status */
	int rc;
	bool done;
};

struct crew {
	const struct check *check; /* borrowed, and so are the next two */
	const struct paths *paths;
	crew_choose *choose;
	struct slot *slots;
	size_t next; /* path to be taken */
	pthread_mutex_t lock;
	pthread_cond_t changed;
};

static int
check_one(const struct check *check, const char *path, crew_choose *choose,
    struct err *e)
{
	if (sig_seen() != 0)
		return CHECK_STOPPED;
	return choose(check, path)(check, path, e);
}

static int
check_alone(const struct check *check, const struct paths *paths,
    crew_choose *choose, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < paths->n && rc == 0; i++)
		rc = check_one(check, paths->at[i], choose, e);
	return rc;
}

/* The next path, or their number. */
static size_t
take(struct crew *c)
{
	size_t i;

	pthread_mutex_lock(&c->lock);
	i = c->next;
	c->next += i < c->paths->n;
	pthread_mutex_unlock(&c->lock);
	return i;
}

static void
done(struct crew *c, size_t i, int rc)
{
	pthread_mutex_lock(&c->lock);
	c->slots[i].rc = rc;
	c->slots[i].done = true;
	/* Nobody is going to read what comes behind. */
	if (rc != 0)
		c->next = c->paths->n;
	pthread_cond_signal(&c->changed);
	pthread_mutex_unlock(&c->lock);
}

static void *
work(void *arg)
{
	struct crew *c = arg;
	size_t i;

	while ((i = take(c)) < c->paths->n) {
		struct slot *slot = &c->slots[i];
		struct check check = *c->check;
		struct err e = {0};
		int rc;

		slot->report = report_new(check.report_opts);
		check.report = slot->report;
		rc = check_one(&check, c->paths->at[i], c->choose, &e);
		if (rc > 0) {
			slot->err = mem_alloc(1, sizeof(e));
			*slot->err = e;
		}
		done(c, i, rc);
	}
	return NULL;
}

/* Wait for a path, and make what was found there part of the report. */
static int
collect(struct crew *c, size_t i, struct err *e)
{
	struct slot *slot = &c->slots[i];

	pthread_mutex_lock(&c->lock);
	while (!slot->done)
		pthread_cond_wait(&c->changed, &c->lock);
	pthread_mutex_unlock(&c->lock);
	report_append(c->check->report, slot->report);
	report_free(slot->report);
	slot->report = NULL;
	if (slot->err != NULL)
		*e = *slot->err;
	return slot->rc;
}

static void
release(struct crew *c)
{
	for (size_t i = 0; i < c->paths->n; i++) {
		report_free(c->slots[i].report);
		free(c->slots[i].err);
	}
	free(c->slots);
	pthread_cond_destroy(&c->changed);
	pthread_mutex_destroy(&c->lock);
}

int
crew_check(const struct check *check, const struct paths *paths,
    crew_choose *choose, struct err *e)
{
	struct crew c = {.check = check, .paths = paths, .choose = choose};
	size_t n = (size_t)check->options->jobs, started = 0;
	pthread_t *threads;
	int rc = 0;

	n = n < paths->n ? n : paths->n;
	if (n < 2)
		return check_alone(check, paths, choose, e);
	c.slots = mem_alloc(paths->n, sizeof(*c.slots));
	pthread_mutex_init(&c.lock, NULL);
	pthread_cond_init(&c.changed, NULL);
	threads = mem_alloc(n, sizeof(*threads));
	while (started < n &&
	    pthread_create(&threads[started], NULL, work, &c) == 0)
		started++;
	if (started == 0)
		rc = check_alone(check, paths, choose, e);
	for (size_t i = 0; started > 0 && i < paths->n && rc == 0; i++)
		rc = collect(&c, i, e);
	for (size_t i = 0; i < started; i++)
		(void)pthread_join(threads[i], NULL);
	free(threads);
	release(&c);
	return rc;
}
