/* SPDX-License-Identifier: MIT */
/*
 * Records a second that one process appends to the audit log FILE, each in a
 * call of its own, and bytes a second at which it is checked, on standard
 * error. A FILE in memory, as in /dev/shm, leaves out what fdatasync(2) takes.
 */
#include "face/audit.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "face/audit_check.h"

#define RECORDS 200000
#define AT_ONCE_MAX 1000

static double
seconds(clock_t from)
{
	return (double)(clock() - from) / CLOCKS_PER_SEC;
}

static int
append(const char *path, size_t records, size_t at_once, struct err *e)
{
	static struct audit_event events[AT_ONCE_MAX];
	char *argv[] = {(char[]){"qte-clean"}, (char[]){"--delete"}};
	struct audit a;
	clock_t from = clock();
	int rc = audit_open(&a, path, &(struct audit_as){.role = "admin"}, e);

	for (size_t i = 0; i < AT_ONCE_MAX; i++)
		events[i] = (struct audit_event){.action = "clean.delete",
		    .resource = "/var/log/qte/qte.log.3",
		    .result = "ok",
		    .argv = argv,
		    .nargs = QTE_COUNT(argv)};
	for (size_t i = 0, n; rc == 0 && i < records; i += n) {
		n = records - i < at_once ? records - i : at_once;
		rc = audit_append(&a, events, n, e);
	}
	audit_close(&a);
	(void)fprintf(stderr, "%.0f records/s\n",
	    (double)records / seconds(from));
	return rc;
}

/* Argument ${i} as a number from 1 to ${most}, or ${preset}. */
static size_t
number(int argc, char **argv, int i, size_t preset, size_t most)
{
	size_t n = argc > i ? strtoul(argv[i], NULL, 10) : preset;

	return n < 1 ? 1 : n < most ? n : most;
}

static void
note(void *arg, const struct audit_finding *f)
{
	(void)arg;
	(void)fprintf(stderr, "%s:%lld: %s\n", audit_check_name(f->fault),
	    (long long)f->line, f->message);
}

static int
check(const char *path, struct err *e)
{
	struct audit_check c;
	struct in in;
	clock_t from = clock();
	int rc = in_open(&in, path, e);

	if (rc != 0)
		return rc;
	audit_check_init(&c, &(struct audit_watch){.found = note}, NULL, 0);
	rc = audit_check_log(&c, &in, e);
	audit_check_end(&c, true);
	(void)fprintf(stderr, "%lld records, %.0f MB/s\n", (long long)c.records,
	    (double)in.bytes / 1e6 / seconds(from));
	audit_check_release(&c);
	in_close(&in);
	return rc;
}

int
main(int argc, char **argv)
{
	struct err e = {0};
	int rc;

	if (argc < 2)
		return EX_USAGE;
	rc = append(argv[1], number(argc, argv, 2, RECORDS, SIZE_MAX),
	    number(argc, argv, 3, 1, AT_ONCE_MAX), &e);
	if (rc == 0)
		rc = check(argv[1], &e);
	if (rc != 0)
		(void)fprintf(stderr, "audit: %s\n", e.msg);
	return rc;
}
