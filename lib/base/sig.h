/* SPDX-License-Identifier: MIT */
/*
 * INT, TERM and HUP: the first one sets a flag that long work looks at, a
 * second one ends the program at once.  What is noted is the only global of the
 * suite.
 */
#ifndef QTE_SIG_H
#define QTE_SIG_H

#include "base/base.h"

/*
 * sig_catch():
 * From now on the first INT, TERM or HUP is only noted (a read that waits
 * returns EINTR); one that was ignored when the program started stays ignored.
 * What follows within 50 ms counts as the same one: timeout(1) sends it twice.
 */
void sig_catch(void);

/* sig_seen(): the signal that was noted, or 0. */
int sig_seen(void);

/* sig_name(signo): "SIGINT" and so on; "signal" for others. */
const char *sig_name(int);

/* sig_die(signo): end by ${signo} with its default action. */
_Noreturn void sig_die(int);

#endif
