/* SPDX-License-Identifier: MIT */
/* The names of what can be wrong with a record of CSV. */
#include "format/csvin_fault.h"

const char *
csvin_fault_name(enum csvin_fault fault)
{
	static const char *const names[] = {
	    [CSVIN_OK] = "ok",
	    [CSVIN_NUL_BYTE] = "nul-byte",
	    [CSVIN_INVALID_UTF8] = "invalid-utf8",
	    [CSVIN_STRAY_QUOTE] = "stray-quote",
	    [CSVIN_LONE_CR] = "lone-cr",
	    [CSVIN_UNCLOSED_QUOTE] = "unclosed-quote",
	    [CSVIN_TOO_LONG] = "record-too-long",
	    [CSVIN_BLANK_LINE] = "blank-line",
	};

	return names[fault];
}
