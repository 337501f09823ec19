/* SPDX-License-Identifier: MIT */
/* A tool with an option of each type, to test the face with. */
#ifndef FACE_TOOL_H
#define FACE_TOOL_H

#include "base/num.h"
#include "face/cli.h"

struct options {
	struct cli_common common;
	bool fast;
	const char *name;
	int64_t count;
	int way;
	unsigned emit;
	struct cli_list params;
	num_i128 cash;
	int64_t rate;
	double rf;
	const char *cache;
	int64_t level; /* of a subcommand */
};

static const char *const ways[] = {"long", "short", "long-short", NULL};
static const char *const emits[] = {"trades", "summary", "equity", NULL};

#define FIELD(member) .offset = offsetof(struct options, member)
static const struct cli_opt table[] = {
    {"fast", 0, NULL, NULL, "do not wait", cli_flag, FIELD(fast),
	.group = "Work"},
    {"name", 'n', "NAME", NULL, "a text", cli_text, FIELD(name),
	.flags = CLI_MORE},
    {"count", 0, "N", "3", "a number", cli_count, FIELD(count)},
    {"way", 'w', "WAY", "long", "a choice", cli_choice, FIELD(way),
	.choices = ways},
    {"emit", 0, "LIST", "trades,summary", "a set", cli_set, FIELD(emit),
	.choices = emits},
    {"param", 'p', "NAME=VALUE", "a=1 b=2", "a list", cli_repeat, FIELD(params),
	.flags = CLI_REPEAT},
    {"cash", 0, "MONEY", "100000", "money", cli_money, FIELD(cash),
	.group = "Money"},
    {"rate-of-cost", 0, "RATE", "0.001", "a rate", cli_rate, FIELD(rate)},
    {"rf", 0, "RATE", "0", "a double", cli_double, FIELD(rf)},
    {"cache", 0, "[DIR]", NULL, "an optional argument", cli_text, FIELD(cache),
	.flags = CLI_FLAG_ONLY | CLI_FILES},
};
static const struct cli_opt level_table[] = {
    {"level", 'l', "N", "1", "how much", cli_count, FIELD(level)}};

static const struct cli_tool face_tool = {.name = "qte-run",
    .section = "run",
    .summary = "test the options",
    .synopsis = "[OPTION]... FILE",
    .examples = "qte-run a\nqte-run b\n",
    .opts = table,
    .nopts = QTE_COUNT(table),
    .max_args = 2};

static const struct cli_tool face_cmds[] = {
    {.name = "create",
	.section = "backup",
	.summary = "make one",
	.synopsis = "[OPTION]... DIR...",
	.opts = level_table,
	.nopts = QTE_COUNT(level_table),
	.min_args = 1,
	.max_args = -1,
	.operands = "DIR"},
    {.name = "list", .section = "backup", .summary = "show all"}};

static const struct cli_opt speed_table[] = {
    {"fast", 0, NULL, NULL, "do not wait", cli_flag, FIELD(fast)}};
static const struct cli_tool face_with_cmds = {.name = "qte-backup",
    .section = "backup",
    .summary = "test the commands",
    .opts = speed_table,
    .nopts = QTE_COUNT(speed_table),
    .cmds = face_cmds,
    .ncmds = QTE_COUNT(face_cmds)};
#undef FIELD

#endif
