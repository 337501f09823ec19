/* SPDX-License-Identifier: MIT */
/* The names of what a row is refused for. */
#include "market/bars_fault.h"

const char *
bars_fault_name(enum bars_fault fault)
{
	static const char *const names[BARS_FAULTS] = {
	    [BARS_NUL_BYTE] = "nul-byte",
	    [BARS_INVALID_UTF8] = "invalid-utf8",
	    [BARS_STRAY_QUOTE] = "stray-quote",
	    [BARS_LONE_CR] = "lone-cr",
	    [BARS_TRUNCATED_LAST_LINE] = "truncated-last-line",
	    [BARS_COLUMN_COUNT] = "column-count",
	    [BARS_MISSING_VALUE] = "missing-value",
	    [BARS_NOT_A_NUMBER] = "not-a-number",
	    [BARS_NOT_FINITE] = "not-finite",
	    [BARS_ZERO_PRICE] = "zero-price",
	    [BARS_NEGATIVE_PRICE] = "negative-price",
	    [BARS_NEGATIVE_VOLUME] = "negative-volume",
	    [BARS_HIGH_BELOW_LOW] = "high-below-low",
	    [BARS_OPEN_OUTSIDE_RANGE] = "open-outside-range",
	    [BARS_CLOSE_OUTSIDE_RANGE] = "close-outside-range",
	    [BARS_BAD_TIMESTAMP] = "bad-timestamp",
	    [BARS_SKIPPED_TIME] = "skipped-time",
	    [BARS_ZONE_MISMATCH] = "zone-mismatch",
	    [BARS_NOT_MONOTONIC] = "not-monotonic",
	    [BARS_DUPLICATE_TIMESTAMP] = "duplicate-timestamp",
	};

	return names[fault];
}
