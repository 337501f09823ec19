/* SPDX-License-Identifier: MIT */
/* What a manifest says of a file against what the file is now. */
#ifndef QTE_VERIFY_MANIFEST_DIFF_H
#define QTE_VERIFY_MANIFEST_DIFF_H

#include "base/base.h"
#include "manifest_look.h"
#include "report.h"

/* manifest_diff(report, job): a finding for each thing that differs. */
void manifest_diff(struct report *, const struct manifest_job *);

/*
 * manifest_diff_path(f, path, what, message):
 * ${f} is about the file ${path}: fill its path, and its message by way of
 * ${message}: "'PATH' WHAT".
 */
void manifest_diff_path(struct finding *, const struct buf *, const char *,
    struct buf *);

#endif
