/* SPDX-License-Identifier: MIT */
/*
 * Those who check: several threads take one path after the other, and what they
 * report comes in the order of the paths.
 */
#ifndef QTE_VERIFY_CREW_H
#define QTE_VERIFY_CREW_H

#include "base/base.h"
#include "check.h"
#include "paths.h"

/* The check that fits a path. */
typedef check_path *crew_choose(const struct check *, const char *);

/*
 * crew_check(c, paths, choose, e):
 * Check all with --jobs threads, into c->report.  Return 0; CHECK_STOPPED; or
 * the status of the first path whose check could not be done, and then those
 * behind it are not in the report.
 */
int crew_check(const struct check *, const struct paths *, crew_choose *,
    struct err *) QTE_MUST_CHECK;

#endif
