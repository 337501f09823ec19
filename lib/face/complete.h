/* SPDX-License-Identifier: MIT */
/*
 * Completions of a tool's command line for the shells: scripts that need
 * nothing but the shell (bash 4, zsh 5, fish 3), and complete the options of
 * the tool and its subcommands, their values, and operands.
 */
#ifndef QTE_COMPLETE_H
#define QTE_COMPLETE_H

#include "base/base.h"
#include "base/buf.h"
#include "face/opt.h"
#include "face/optset.h"

struct complete {
	const struct cli_tool *tool;
	const struct optset *set; /* options of every tool and of this one */
	cli_parser *list;	  /* whose choices are set apart by commas */
	struct buf *to;		  /* where the script goes */
};

/* complete_SHELL(c): append the script for that shell to ->to. */
void complete_bash(const struct complete *);
void complete_zsh(const struct complete *);
void complete_fish(const struct complete *);

/* What the value of an option completes to. */
enum complete_kind {
	COMPLETE_FREE, /* nothing */
	COMPLETE_FILES,
	COMPLETE_WORDS,	 /* a choice */
	COMPLETE_EITHER, /* a choice or a file */
	COMPLETE_LIST,	 /* choices with commas between them */
	COMPLETE_NAMES,	 /* words that the tool's option ->names prints */
	COMPLETE_PARAMS, /* names that its option ->params prints */
	COMPLETE_ZONES	 /* time zones of the machine */
};
enum complete_kind complete_kind(const struct complete *,
    const struct cli_opt *);

/*
 * complete_params(c, opt):
 * Append the tool's option ->params, and the names of the one that it goes by.
 */
void complete_params(const struct complete *, const struct cli_opt *);

/*
 * complete_text(c, text):
 * Append ${text}, with the tool's name as that of a function ("_qte_run") for
 * each @ that stands before '_', '(' or the end.
 */
void complete_text(const struct complete *, const char *);

#endif
