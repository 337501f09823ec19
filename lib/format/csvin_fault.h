/* SPDX-License-Identifier: MIT */
/* What can be wrong with a record of CSV. */
#ifndef QTE_CSVIN_FAULT_H
#define QTE_CSVIN_FAULT_H

/* The names are rule ids of qte-verify. */
enum csvin_fault {
	CSVIN_OK,
	CSVIN_NUL_BYTE,	      /* nul-byte */
	CSVIN_INVALID_UTF8,   /* invalid-utf8 */
	CSVIN_STRAY_QUOTE,    /* stray-quote */
	CSVIN_LONE_CR,	      /* lone-cr */
	CSVIN_UNCLOSED_QUOTE, /* unclosed-quote */
	CSVIN_TOO_LONG,	      /* record-too-long */
	CSVIN_BLANK_LINE      /* blank-line; only of csvin_judge */
};

/* csvin_fault_name(fault): its rule id; "ok" where there is none. */
const char *csvin_fault_name(enum csvin_fault);

#endif
