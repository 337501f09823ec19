/* SPDX-License-Identifier: MIT */
/*
 * Records a second that one process appends to the audit log FILE, each in a
 * call of its own, and bytes a second at which it is checked, on standard
 * error. A FILE in memory, as in /dev/shm, leaves out what fdatasync(2) takes.
 * usage: audit FILE [RECORDS]
 */
#include "face/audit.h"

#include <stdio.h>
#include <stdlib.h>

#include "face/audit_check.h"

#define RECORDS 200000

static double
seconds(int64_t from)
{
	return (double)(when_ticks() - from) / (double)WHEN_SECOND;
}

static int
append(const char *path, long records, struct err *e)
{
	char *argv[] = {(char[]){"qte-clean"}, (char[]){"--delete"}};
	struct audit a;
	int64_t from = when_ticks();
	int rc = audit_open(&a, path, &(struct audit_as){.role = "admin"}, e);

	for (long i = 0; rc == 0 && i < records; i++)
		rc = audit_append(&a,
		    &(struct audit_event){.action = "clean.delete",
			.resource = "/var/log/qte/qte.log.3",
			.result = "ok",
			.argv = argv,
			.nargs = QTE_COUNT(argv)},
		    1, e);
	audit_close(&a);
	(void)fprintf(stderr, "%.0f records/s\n",
	    (double)records / seconds(from));
	return rc;
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
	int64_t from = when_ticks();
	int rc = in_open(&in, path, e);

	if (rc != 0)
		return rc;
	audit_check_init(&c, &(struct audit_watch){.found = note}, NULL, 0);
	rc = audit_check_log(&c, &in, e);
	audit_check_end(&c);
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
	rc =
	    append(argv[1], argc > 2 ? strtol(argv[2], NULL, 10) : RECORDS, &e);
	if (rc == 0)
		rc = check(argv[1], &e);
	if (rc != 0)
		(void)fprintf(stderr, "audit: %s\n", e.msg);
	return rc;
}
