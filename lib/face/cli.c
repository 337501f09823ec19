/* SPDX-License-Identifier: MIT */
/* Flags, environment, configuration and defaults, merged into one struct. */
#include "face/cli.h"

#include <argp.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "face/argline.h"
#include "face/complete.h"
#include "face/dump.h"
#include "face/help.h"
#include "face/merge.h"
#include "face/optset.h"
#include "face/settings.h"
#include "format/conf.h"
#include "machine/path.h"

#define CONFIG_PATH "/etc/qte/qte.conf"

/* The key that argp knows an option by, when it has no letter. */
#define KEY_BASE 0x100

enum help_asked { HELP_NONE, HELP_SCREEN, HELP_ALL };

/* What every tool does by itself. */
struct actions {
	const char *config;
	int help; /* enum help_asked */
	bool version, print_config;
	int completion; /* 1 + the shell's index, or 0 */
};

struct cli_state {
	const struct cli_tool *tool;
	struct actions actions;
	struct optset_choices formats;
	struct optset set;
	struct conf conf;
	bool has_conf;
	struct merge merge;
	struct {
		VEC(char *);
	} args; /* borrowed: the operands */
};

static cli_parser parse_choice, parse_help;

/* In the order of enum cli_format, without AUTO. */
static const char *const formats[] = {"json", "text", NULL};
static const char *const colors[] = {"auto", "always", "never", NULL};
static const char *const help_extents[] = {"all", NULL};
static const char *const shells[] = {"bash", "zsh", "fish", NULL};
static void (*const scripts[])(
    const struct complete *) = {complete_bash, complete_zsh, complete_fish};

#define FIELD(member) offsetof(struct cli_common, member)
static const struct cli_opt common_opts[] = {
    {"format", 'f', "json|text", NULL,
	"records or text; without it text on a terminal", parse_choice,
	FIELD(format), .choices = formats, .flags = CLI_SHARED,
	.group = "Every tool"},
    {"output", 'o', "FILE", NULL, "write FILE, whole or not at all", cli_text,
	FIELD(output), .flags = CLI_SHARED | CLI_FILES | CLI_FLAG_ONLY},
    {"quiet", 'q', NULL, NULL, "print errors only", cli_flag, FIELD(quiet),
	.flags = CLI_SHARED | CLI_MORE},
    {"verbose", 'v', NULL, NULL, "say what is being done", cli_flag,
	FIELD(verbose), .flags = CLI_SHARED | CLI_MORE},
    {"color", 0, "WHEN", "auto", "colour: auto, always or never", cli_choice,
	FIELD(color), .choices = colors, .flags = CLI_SHARED | CLI_MORE},
};
#undef FIELD

#define FIELD(member) offsetof(struct actions, member)
static const struct cli_opt action_opts[] = {
    {"config", 'c', "FILE", CONFIG_PATH, "read this configuration", cli_text,
	FIELD(config), .flags = CLI_SHARED | CLI_NO_KEY | CLI_FILES | CLI_MORE},
    {"print-config", 0, NULL, NULL, "print each value and its source, and end",
	cli_flag, FIELD(print_config),
	.flags = CLI_SHARED | CLI_FLAG_ONLY | CLI_MORE},
    {"completion", 0, "SHELL", NULL,
	"print the completions for a shell, and end", parse_choice,
	FIELD(completion), .choices = shells,
	.flags = CLI_SHARED | CLI_FLAG_ONLY | CLI_MORE},
    {"version", 'V', NULL, NULL, "print the version, and end", cli_flag,
	FIELD(version), .flags = CLI_SHARED | CLI_FLAG_ONLY | CLI_MORE},
    {"help", 'h', "[all]", NULL, "print this help, or all of it, and end",
	parse_help, FIELD(help), .choices = help_extents,
	.flags = CLI_SHARED | CLI_FLAG_ONLY},
};
#undef FIELD

static const struct cli_tool common = {.name = "common",
    .section = "common",
    .opts = common_opts,
    .nopts = QTE_COUNT(common_opts)};
static const struct cli_tool actions = {.name = "actions",
    .section = "common",
    .opts = action_opts,
    .nopts = QTE_COUNT(action_opts)};

/* Sections that every tool knows; ->also of an option takes their values. */
#define ANY(key, parser)                         \
	{                                        \
		.name = (key), .parse = (parser) \
	}
static const struct cli_opt paths_opts[] = {ANY("data", cli_path),
    ANY("records", cli_path), ANY("state", cli_path), ANY("log", cli_path),
    ANY("audit", cli_path), ANY("backup", cli_path), ANY("cache", cli_path)};
static const struct cli_opt engine_opts[] = {ANY("type", cli_text),
    ANY("high_performance", cli_flag), ANY("vectorized_operations", cli_flag),
    ANY("parallel_processing", cli_flag), ANY("batch_size", cli_count),
    ANY("cache_enabled", cli_flag)};
static const struct cli_opt memory_opts[] = {ANY("max_memory_mb", cli_count),
    ANY("gc_threshold", cli_double), ANY("object_pool_size", cli_count)};
static const struct cli_opt threading_opts[] = {ANY("max_workers", cli_count),
    ANY("thread_pool_size", cli_count)};
#undef ANY

static const struct settings_section fixed_sections[] = {
    {"paths", paths_opts, QTE_COUNT(paths_opts)},
    {"engine", engine_opts, QTE_COUNT(engine_opts)},
    {"memory", memory_opts, QTE_COUNT(memory_opts)},
    {"threading", threading_opts, QTE_COUNT(threading_opts)},
};

/* An index in the choices, behind a zero that stands for none of them. */
static int
parse_choice(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int i, rc = cli_choice(&i, text, opt, e);

	if (rc == 0)
		*(int *)field = 1 + i;
	return rc;
}

static int
parse_help(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int all = 0, rc = *text != '\0' ? cli_choice(&all, text, opt, e) : 0;

	*(int *)field = *text != '\0' ? HELP_ALL : HELP_SCREEN;
	return rc;
}

/* argp hands over one option or operand. */
static error_t
take_arg(int key, char *arg, struct argp_state *state)
{
	struct cli_state *s = state->input;
	const char *text = arg != NULL ? arg : "";
	struct optset_slot *slot;

	if (key == ARGP_KEY_ARG) {
		*VEC_PUSH(&s->args) = arg;
		return 0;
	}
	if (key >= KEY_BASE && (size_t)(key - KEY_BASE) < s->set.n)
		slot = &s->set.at[key - KEY_BASE];
	else if (key > 0 && key < KEY_BASE)
		slot = optset_short(&s->set, (char)key);
	else
		return ARGP_ERR_UNKNOWN;
	*VEC_PUSH(&slot->flags) = slot->opt->arg != NULL ? text : "yes";
	return 0;
}

/*
 * Read a command line that argline_check has passed.  ARGP_IN_ORDER keeps
 * POSIXLY_CORRECT from ending the options at the first operand.
 */
static int
read_args(struct cli_state *s, char **argv, struct err *e)
{
	struct argp_option *table = mem_alloc(s->set.n + 1, sizeof(*table));
	struct argp argp = {.options = table, .parser = take_arg};
	int argc = 0, rc;

	while (argv[argc] != NULL)
		argc++;
	for (size_t i = 0; i < s->set.n; i++) {
		const struct cli_opt *opt = s->set.at[i].opt;

		table[i].name = opt->name;
		table[i].key = opt->key != '\0' ? opt->key : KEY_BASE + (int)i;
		table[i].arg = opt->arg;
		table[i].flags = optset_optional(opt) ? OPTION_ARG_OPTIONAL : 0;
	}
	rc = argp_parse(&argp, argc, argv,
	    ARGP_IN_ORDER | ARGP_NO_EXIT | ARGP_NO_HELP | ARGP_NO_ERRS, NULL,
	    s);
	free(table);
	return rc != 0 ? err_sys(e, EX_OSERR, rc, "command line") : 0;
}

/* The values of the options whose table is ${owner}, or is not. */
static int
merge_owned(struct cli_state *s, const struct cli_tool *owner, bool is,
    struct err *e)
{
	for (size_t i = 0; i < s->set.n; i++) {
		int rc = 0;

		if ((s->set.at[i].owner == owner) == is)
			rc = merge_slot(&s->merge, &s->set.at[i], e);
		if (rc != 0)
			return rc;
	}
	return 0;
}

static void
print(struct cli *c, const struct cli_tool *tool)
{
	struct cli_state *s = c->state;
	struct help help = {.tool = tool,
	    .cmd = c->cmd,
	    .set = &s->set,
	    .all = s->actions.help == HELP_ALL};
	struct complete complete = {.tool = tool,
	    .set = &s->set,
	    .list = cli_set,
	    .to = &c->text};

	c->todo = CLI_PRINT;
	if (s->actions.help != HELP_NONE)
		help_put(&help, &c->text);
	else if (s->actions.version)
		help_version(tool, &c->text);
	else
		scripts[s->actions.completion - 1](&complete);
}

static int
read_config(struct cli_state *s, const struct cli_tool *tool, struct err *e)
{
	const char *path = s->actions.config;
	const char *output = optset_long(&s->set, "output", 6)->text;
	struct settings settings = {.tool = tool,
	    .set = &s->set,
	    .fixed = fixed_sections,
	    .nfixed = QTE_COUNT(fixed_sections)};
	int rc;

	if (optset_long(&s->set, "config", 6)->source == OPTSET_DEFAULT &&
	    access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	rc = conf_read(&s->conf, path, e);
	if (rc != 0)
		return rc;
	s->has_conf = true;
	if (output != NULL && path_same(output, path))
		return err_set(e, EX_USAGE,
		    "--output: '%s' is the configuration", output);
	s->merge.conf = &s->conf;
	return settings_apply(&settings, &s->conf, e);
}

/* Of --quiet and --verbose the one with the stronger source holds. */
static int
settle_noise(const struct optset *set, struct cli_common *options,
    struct err *e)
{
	struct optset_slot *quiet = optset_long(set, "quiet", 5);
	struct optset_slot *verbose = optset_long(set, "verbose", 7);
	struct optset_slot *weak = quiet;

	if (!options->quiet || !options->verbose)
		return 0;
	if (quiet->source == verbose->source)
		return err_set(e,
		    quiet->source == OPTSET_FLAG ? EX_USAGE : EX_CONFIG,
		    "quiet and verbose exclude each other");
	if (quiet->source > verbose->source)
		weak = verbose;
	weak->text = "no";
	*(bool *)weak->field = false;
	return 0;
}

static void
settle_format(struct cli_common *options)
{
	bool standard =
	    options->output == NULL || strcmp(options->output, "-") == 0;

	if (options->format != CLI_FORMAT_AUTO)
		return;
	options->format = standard && tty_is(STDOUT_FILENO) ? CLI_FORMAT_TEXT
							    : CLI_FORMAT_JSON;
}

static int
merge_all(struct cli *c, const struct cli_tool *tool,
    struct cli_common *options, struct err *e)
{
	struct cli_state *s = c->state;
	bool json;
	int rc;

	rc = optset_environment(&s->set, tool->section, e);
	if (rc == 0)
		rc = read_config(s, tool, e);
	if (rc == 0)
		rc = merge_owned(s, &actions, false, e);
	if (rc == 0)
		rc = settle_noise(&s->set, options, e);
	if (rc != 0)
		return rc;
	settle_format(options);
	if (!s->actions.print_config)
		return 0;
	c->todo = CLI_PRINT;
	json = optset_long(&s->set, "format", 6)->source == OPTSET_FLAG &&
	    options->format == CLI_FORMAT_JSON;
	if (json)
		dump_json(&s->set, s->actions.config, &c->text);
	else
		dump_ini(&s->set, s->actions.config, &c->text);
	const struct conf_entry *named;

	for (size_t i = 0; s->has_conf &&
	     (named = settings_named(s->tool, &s->conf, i)) != NULL;
	     i++)
		dump_named(&s->conf, named, json, &c->text);
	return 0;
}

static int
parse(struct cli *c, struct argline *line, char **argv, struct err *e)
{
	struct cli_state *s = c->state;
	int rc;

	rc = argline_check(line, argv, e);
	if (rc == 0)
		rc = read_args(s, argv, e);
	if (rc == 0)
		rc = merge_owned(s, &actions, true, e);
	/* What is only printed goes there too. */
	if (rc == 0)
		rc =
		    merge_slot(&s->merge, optset_long(&s->set, "output", 6), e);
	if (rc != 0)
		return rc;
	c->cmd = line->cmd;
	c->args = (const char *const *)s->args.at;
	c->nargs = s->args.n;
	if (c->cmd != NULL) {
		c->args++;
		c->nargs--;
	}
	if (s->actions.help != HELP_NONE || s->actions.version ||
	    s->actions.completion != 0) {
		print(c, line->tool);
		return 0;
	}
	if (!s->actions.print_config)
		rc = argline_count(line, c->args, c->nargs, e);
	if (rc != 0)
		return rc;
	return merge_all(c, line->tool, line->base, e);
}

int
cli_parse(struct cli *c, const struct cli_tool *tool, char **argv,
    void *options, struct err *e)
{
	struct cli_state *s = mem_alloc(1, sizeof(*s));
	struct argline line = {.tool = tool, .set = &s->set, .base = options};
	int rc;

	s->tool = tool;
	*c = (struct cli){.todo = CLI_RUN, .state = s};
	s->merge.set = &s->set;
	optset_add(&s->set, &common, options);
	optset_choose(optset_long(&s->set, "format", 6), tool->formats,
	    &s->formats);
	optset_add(&s->set, &actions, &s->actions);
	optset_add(&s->set, tool, options);
	rc = parse(c, &line, argv, e);
	if (rc != 0) {
		bool plain = s->merge.plain;

		cli_release(c);
		c->plain = plain;
	}
	return rc;
}

bool
cli_is_flag(const struct cli *c, const char *name)
{
	return optset_long(&c->state->set, name, strlen(name))->source ==
	    OPTSET_FLAG;
}

int
cli_blame(const struct cli *c, struct err *e)
{
	const struct cli_state *s = c->state;
	const struct optset_slot *slot = NULL;
	size_t n = strcspn(e->msg, ": ");
	struct buf env = {0};

	if (e->status == EX_USAGE && n > 2 && strncmp(e->msg, "--", 2) == 0)
		slot = optset_long(&s->set, e->msg + 2, n - 2);
	if (slot == NULL ||
	    (slot->source != OPTSET_FILE && slot->source != OPTSET_ENV))
		return e->status;
	e->status = EX_CONFIG;
	if (slot->source == OPTSET_ENV && optset_env(slot, &env))
		err_rename(e, n, "%s", buf_text(&env));
	else
		err_rename(e, n, "%s:%d:%d: %s", s->conf.path,
		    slot->entry->line, slot->entry->column, slot->entry->key);
	buf_release(&env);
	return e->status;
}

const struct conf *
cli_conf(const struct cli *c)
{
	return c->state->has_conf ? &c->state->conf : NULL;
}

void
cli_release(struct cli *c)
{
	struct cli_state *s = c->state;

	buf_release(&c->text);
	if (s == NULL)
		return;
	optset_release(&s->set);
	merge_release(&s->merge);
	if (s->has_conf)
		conf_release(&s->conf);
	VEC_RELEASE(&s->args);
	VEC_RELEASE(&s->formats.words);
	free(s);
	*c = (struct cli){0};
}
