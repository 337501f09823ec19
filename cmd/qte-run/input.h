/* SPDX-License-Identifier: MIT */
/* How the options that say how the data is read are read themselves. */
#ifndef QTE_RUN_INPUT_H
#define QTE_RUN_INPUT_H

#include "base/base.h"
#include "face/opt.h"

/*
 * input_delimiter: char; one that no number or time has, or the word tab.
 */
cli_parser input_delimiter;

/* input_columns: struct columns. */
cli_parser input_columns;

/* A time on the command line. */
struct input_time {
	bool given;
	int64_t ns;
};

/* input_time: struct input_time.  input_warmup: int64_t, bars. */
cli_parser input_time, input_warmup;

#endif
