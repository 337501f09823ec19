/* SPDX-License-Identifier: MIT */
/*
 * What each indicator does at a bar.  An absent argument makes the value absent
 * and leaves what a recursive indicator carries as it is; one absent value in a
 * window makes the whole window absent.  What remembers an event keeps to it:
 * valuewhen, highestsince and lowestsince.
 */
#ifndef QTE_RUN_STEPS_H
#define QTE_RUN_STEPS_H

#include "strategy/expr.h"

typedef struct value steps_step(const struct expr *, struct expr_node *);

/* Over the window of arg[0]; these stand in steps_window.c. */
steps_step steps_sma, steps_highest, steps_lowest, steps_highestbars,
    steps_lowestbars, steps_stddev, steps_meandev, steps_wma, steps_mom,
    steps_kama;

/* From bar to bar. */
steps_step steps_ema, steps_rma, steps_cum, steps_barssince, steps_valuewhen,
    steps_highestsince, steps_lowestsince, steps_ratchet;

/*
 * steps_average(carry, n, weight, d):
 * Take ${d} into an average that moves by ${weight} of the distance, seeded by
 * the mean of the first ${n}.  The average, or NaN while there is none.
 */
double steps_average(struct expr_carry *, int64_t, double, double);

/* Of this bar alone. */
steps_step steps_abs, steps_log, steps_sqrt, steps_sign, steps_max, steps_min,
    steps_nz;

#endif
