/* SPDX-License-Identifier: MIT */
/* A CSV file: its kind, and the check that is made of each kind. */
#ifndef QTE_VERIFY_FILE_H
#define QTE_VERIFY_FILE_H

#include "check.h"

check_path file_check;

#endif
