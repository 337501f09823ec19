/* SPDX-License-Identifier: MIT */
/* What a row of market data is refused for. */
#ifndef QTE_BARS_FAULT_H
#define QTE_BARS_FAULT_H

/* Why a row is refused; the names are rule ids of qte-verify. */
enum bars_fault {
	BARS_NUL_BYTE,
	BARS_INVALID_UTF8,
	BARS_STRAY_QUOTE,
	BARS_LONE_CR,
	BARS_TRUNCATED_LAST_LINE,
	BARS_COLUMN_COUNT,
	BARS_MISSING_VALUE,
	BARS_NOT_A_NUMBER,
	BARS_NOT_FINITE,
	BARS_ZERO_PRICE,
	BARS_NEGATIVE_PRICE,
	BARS_NEGATIVE_VOLUME,
	BARS_HIGH_BELOW_LOW,
	BARS_OPEN_OUTSIDE_RANGE,
	BARS_CLOSE_OUTSIDE_RANGE,
	BARS_BAD_TIMESTAMP,
	BARS_SKIPPED_TIME,
	BARS_ZONE_MISMATCH,
	BARS_NOT_MONOTONIC,
	BARS_DUPLICATE_TIMESTAMP,
	BARS_FAULTS
};

/* bars_fault_name(f): the rule id, as "high-below-low". */
const char *bars_fault_name(enum bars_fault);

#endif
