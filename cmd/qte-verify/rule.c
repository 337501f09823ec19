/* SPDX-License-Identifier: MIT */
/* The ids and severities of the rules. */
#include "rule.h"

#include <string.h>
#include <strings.h>

#define INFO SEVERITY_INFO
#define WARNING SEVERITY_WARNING
#define ERROR SEVERITY_ERROR

static const struct {
	const char *id;
	enum severity severity;
} rules[RULES] = {
    [RULE_FILE_MISSING] = {"file-missing", ERROR},
    [RULE_FILE_UNREADABLE] = {"file-unreadable", ERROR},
    [RULE_FILE_EMPTY] = {"file-empty", WARNING},
    [RULE_NO_DATA_ROWS] = {"no-data-rows", WARNING},
    [RULE_TRUNCATED_LAST_LINE] = {"truncated-last-line", ERROR},
    [RULE_NO_FINAL_NEWLINE] = {"no-final-newline", INFO},
    [RULE_BOM] = {"bom", WARNING},
    [RULE_INVALID_UTF8] = {"invalid-utf8", ERROR},
    [RULE_NUL_BYTE] = {"nul-byte", ERROR},
    [RULE_CONTROL_CHARACTER] = {"control-character", WARNING},
    [RULE_MIXED_EOL] = {"mixed-eol", WARNING},
    [RULE_LONE_CR] = {"lone-cr", ERROR},
    [RULE_BLANK_LINE] = {"blank-line", WARNING},
    [RULE_COLUMN_COUNT] = {"column-count", ERROR},
    [RULE_STRAY_QUOTE] = {"stray-quote", ERROR},
    [RULE_UNCLOSED_QUOTE] = {"unclosed-quote", ERROR},
    [RULE_WRONG_DELIMITER] = {"wrong-delimiter", ERROR},
    [RULE_RECORD_TOO_LONG] = {"record-too-long", ERROR},
    [RULE_CHANGED_DURING_CHECK] = {"changed-during-check", WARNING},
    [RULE_HEADER_MISSING] = {"header-missing", ERROR},
    [RULE_MISSING_COLUMN] = {"missing-column", ERROR},
    [RULE_DUPLICATE_COLUMN] = {"duplicate-column", ERROR},
    [RULE_EMPTY_COLUMN_NAME] = {"empty-column-name", WARNING},
    [RULE_UNKNOWN_COLUMN] = {"unknown-column", INFO},
    [RULE_COLUMN_NAME_CASE] = {"column-name-case", INFO},
    [RULE_HEADER_REPEATED] = {"header-repeated", ERROR},
    [RULE_MISSING_VALUE] = {"missing-value", ERROR},
    [RULE_NOT_A_NUMBER] = {"not-a-number", ERROR},
    [RULE_NOT_FINITE] = {"not-finite", ERROR},
    [RULE_ZERO_PRICE] = {"zero-price", ERROR},
    [RULE_NEGATIVE_PRICE] = {"negative-price", ERROR},
    [RULE_NEGATIVE_VOLUME] = {"negative-volume", ERROR},
    [RULE_HIGH_BELOW_LOW] = {"high-below-low", ERROR},
    [RULE_OPEN_OUTSIDE_RANGE] = {"open-outside-range", ERROR},
    [RULE_CLOSE_OUTSIDE_RANGE] = {"close-outside-range", ERROR},
    [RULE_VOLUME_WITHOUT_RANGE] = {"volume-without-range", INFO},
    [RULE_BAD_TIMESTAMP] = {"bad-timestamp", ERROR},
    [RULE_ZONE_MISMATCH] = {"zone-mismatch", ERROR},
    [RULE_FUTURE_TIMESTAMP] = {"future-timestamp", ERROR},
    [RULE_EPOCH_UNIT] = {"epoch-unit", WARNING},
    [RULE_PRECISION] = {"precision", INFO},
    [RULE_NOT_MONOTONIC] = {"not-monotonic", ERROR},
    [RULE_DUPLICATE_TIMESTAMP] = {"duplicate-timestamp", ERROR},
    [RULE_DUPLICATE_ROW] = {"duplicate-row", ERROR},
    [RULE_GAP] = {"gap", WARNING},
    [RULE_OUTSIDE_SESSION] = {"outside-session", WARNING},
    [RULE_NON_TRADING_DAY] = {"non-trading-day", WARNING},
    [RULE_OFF_GRID] = {"off-grid", WARNING},
    [RULE_MIXED_FREQUENCY] = {"mixed-frequency", WARNING},
    [RULE_STALE] = {"stale", WARNING},
    [RULE_JUMP] = {"jump", WARNING},
    [RULE_OUTLIER] = {"outlier", WARNING},
    [RULE_SPLIT_LIKE] = {"split-like", WARNING},
    [RULE_VOLUME_SPIKE] = {"volume-spike", WARNING},
    [RULE_TOO_OLD] = {"too-old", WARNING},
    [RULE_DUPLICATE_TRADE_ID] = {"duplicate-trade-id", ERROR},
    [RULE_BAD_SIDE] = {"bad-side", ERROR},
    [RULE_BAD_QUANTITY] = {"bad-quantity", ERROR},
    [RULE_NEGATIVE_FEE] = {"negative-fee", WARNING},
    [RULE_ORPHAN_SYMBOL] = {"orphan-symbol", ERROR},
    [RULE_TRADE_NO_BAR] = {"trade-no-bar", ERROR},
    [RULE_TRADE_PRICE_OUTSIDE_BAR] = {"trade-price-outside-bar", ERROR},
    [RULE_TRADE_OUTSIDE_SESSION] = {"trade-outside-session", WARNING},
    [RULE_POSITION_MISMATCH] = {"position-mismatch", ERROR},
    [RULE_SHORT_NOT_ALLOWED] = {"short-not-allowed", ERROR},
    [RULE_CASH_MISMATCH] = {"cash-mismatch", ERROR},
    [RULE_AVG_PRICE_MISMATCH] = {"avg-price-mismatch", WARNING},
    [RULE_EQUITY_MISMATCH] = {"equity-mismatch", ERROR},
    [RULE_HASH_MISMATCH] = {"hash-mismatch", ERROR},
    [RULE_MANIFEST_MISSING] = {"manifest-missing", ERROR},
    [RULE_MANIFEST_EXTRA] = {"manifest-extra", WARNING},
    [RULE_SIZE_MISMATCH] = {"size-mismatch", ERROR},
    [RULE_MODE_DRIFT] = {"mode-drift", WARNING},
    [RULE_OWNER_DRIFT] = {"owner-drift", WARNING},
    [RULE_MTIME_DRIFT] = {"mtime-drift", INFO},
    [RULE_TYPE_CHANGED] = {"type-changed", ERROR},
    [RULE_MANIFEST_SYNTAX] = {"manifest-syntax", ERROR},
    [RULE_MANIFEST_PATH] = {"manifest-path", ERROR},
    [RULE_MANIFEST_EMPTY] = {"manifest-empty", ERROR},
    [RULE_BAD_JSON] = {"bad-json", ERROR},
    [RULE_AUDIT_TRUNCATED] = {"audit-truncated", ERROR},
    [RULE_CHAIN_BREAK] = {"chain-break", ERROR},
    [RULE_SEQUENCE_GAP] = {"sequence-gap", ERROR},
    [RULE_TIME_BACKWARDS] = {"time-backwards", WARNING},
    [RULE_HEAD_MISMATCH] = {"head-mismatch", ERROR},
};

static const char *const severities[SEVERITIES] =
    {[INFO] = "info", [WARNING] = "warning", [ERROR] = "error"};

const char *
rule_id(enum rule r)
{
	return rules[r].id;
}

enum severity
rule_severity(enum rule r)
{
	return rules[r].severity;
}

const char *
rule_severity_name(enum severity s)
{
	return severities[s];
}

int
rule_find(const char *id, enum rule *r, struct err *e)
{
	for (*r = 0; *r < RULES; ++*r)
		if (strcmp(rules[*r].id, id) == 0)
			return 0;
	err_set(e, EX_USAGE, "unknown rule '%s'", id);
	err_suggest(e, id, &rules[0].id, RULES, sizeof(rules[0]));
	return e->status;
}

int
rule_severity_find(const char *name, enum severity *s, struct err *e)
{
	for (*s = 0; *s < SEVERITIES; ++*s)
		if (strcasecmp(severities[*s], name) == 0 ||
		    (strncasecmp(severities[*s], name, 1) == 0 &&
			name[1] == '\0'))
			return 0;
	err_set(e, EX_USAGE, "'%s' is not a severity: info, warning or error",
	    name);
	err_suggest(e, name, severities, SEVERITIES, sizeof(severities[0]));
	return e->status;
}
