/* SPDX-License-Identifier: MIT */
/* What a manifest says of a file against what the file is now. */
#ifndef QTE_VERIFY_MANIFEST_DIFF_H
#define QTE_VERIFY_MANIFEST_DIFF_H

#include "base/base.h"
#include "manifest/look.h"
#include "report.h"

/* diff_job(report, job): a finding for each thing that differs. */
void diff_job(struct report *, const struct look_job *);

/*
 * diff_path(f, dir, path, what, message):
 * ${f} is about the file ${path} of the tree ${dir}, which is put before it
 * unless that is NULL: fill its path, and its message by way of ${message},
 * which holds both: "'PATH' WHAT".
 */
void diff_path(struct finding *, const char *, const struct buf *, const char *,
    struct buf *);

#endif
