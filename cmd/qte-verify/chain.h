/* SPDX-License-Identifier: MIT */
/*
 * An audit log, or a directory with some and those that they were rotated from:
 * whether the chain of its records is whole (face/audit_check.h), and whether
 * the heads that --anchor names were kept elsewhere are in it.
 */
#ifndef QTE_VERIFY_CHAIN_H
#define QTE_VERIFY_CHAIN_H

#include "check.h"

/*
 * chain_check(c, path, e):
 * The logs of a directory are judged chain by chain (chain_logs.h), each log
 * between a report_begin and a report_end of its own.
 */
check_path chain_check;

#endif
