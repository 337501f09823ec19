/* SPDX-License-Identifier: MIT */
/* Tests of face/table. */
#include "face/table.h"
#include "unit.h"

#define DIM "\033[2m"
#define OFF "\033[0m"

/* The table as text; gives the table back. */
static void
check_table(struct table *t, const struct table_style *style, const char *want)
{
	struct buf text = {0};

	table_put(t, &text, style);
	CHECK_STR(buf_text(&text), want);
	buf_release(&text);
	table_release(t);
	CHECK_INT(t->ncols, 0);
}

UNIT_TEST("table: columns are as wide as their content, numbers to the right")
{
	struct table t = {0};
	struct table_style style = {0};

	table_columns(&t, "<name", ">size", "<note", NULL);
	table_cell(&t, "a");
	table_cell(&t, "12");
	table_cell(&t, "");
	table_cell(&t, "longer");
	table_cell(&t, "123456");
	table_cell(&t, "x");
	check_table(&t, &style,
	    "name      size  note\n"
	    "a           12\n"
	    "longer  123456  x\n");
}

UNIT_TEST("table: headings may be left out, and do not count then")
{
	struct table t = {0};
	struct table_style style = {.no_heads = true, .indent = 2};

	table_columns(&t, "<a long heading", ">b", NULL);
	table_cell(&t, "x");
	table_cell(&t, "1");
	table_cell(&t, "");
	table_cell(&t, "22");
	check_table(&t, &style, "  x   1\n     22\n");
}

UNIT_TEST("table: a row without text is an empty line")
{
	struct table t = {0};
	struct table_style style = {.color = true, .indent = 4};

	table_columns(&t, "<", ">", NULL);
	table_tinted(&t, TABLE_BAD, "");
	table_cell(&t, "");
	check_table(&t, &style, "\n\n");
}

UNIT_TEST("table: without rows only the headings are there")
{
	struct table t = {0};
	struct table_style style = {0};

	table_columns(&t, "<a", ">b", NULL);
	check_table(&t, &style, "a  b\n");
}

UNIT_TEST("table: colour has no width, and none is there without being asked")
{
	for (int color = 0; color < 2; color++) {
		struct table t = {0};
		struct table_style style = {.color = color != 0};

		table_columns(&t, "<k", ">value", NULL);
		table_tinted(&t, TABLE_BOLD, "gain");
		table_tinted(&t, TABLE_GOOD, "+1");
		table_tinted(&t, TABLE_PLAIN, "loss");
		table_tinted(&t, TABLE_BAD, "-1");
		check_table(&t, &style,
		    color != 0 ? DIM "k" OFF "     " DIM "value" OFF "\n"
				     "\033[1mgain" OFF "     \033[32m+1" OFF
				     "\n"
				     "loss     \033[31m-1" OFF "\n"
			       : "k     value\n"
				 "gain     +1\n"
				 "loss     -1\n");
	}
}

UNIT_TEST("table: width is what the terminal shows")
{
	struct table t = {0};
	struct table_style style = {.no_heads = true};

	table_columns(&t, "<n", ">v", NULL);
	table_cell(&t, "\xe8\x8c\x85\xe5\x8f\xb0"); /* two wide characters */
	table_cell(&t, "1");
	table_cell(&t, "e\xcc\x81t\xc3\xa9"); /* a combining accent */
	table_cell(&t, "22");
	check_table(&t, &style,
	    "\xe8\x8c\x85\xe5\x8f\xb0   1\n"
	    "e\xcc\x81t\xc3\xa9   22\n");
}

UNIT_TEST("table: control bytes and what is not UTF-8 are shown as bytes")
{
	struct table t = {0};
	struct table_style style = {.no_heads = true};

	table_columns(&t, "<n", "<v", NULL);
	table_cell(&t, "a\033[31m\nb\x7f");
	table_cell(&t, "\xff\xc2\x9b");
	check_table(&t, &style, "a\\x1B[31m\\x0Ab\\x7F  \\xFF\\xC2\\x9B\n");
}

UNIT_TEST("table: sixteen columns fit")
{
	struct table t = {0};
	struct table_style style = {0};

	table_columns(&t, "<1", "<2", "<3", "<4", "<5", "<6", "<7", "<8", "<9",
	    "<a", "<b", "<c", "<d", "<e", "<f", "<g", NULL);
	check_table(&t, &style,
	    "1  2  3  4  5  6  7  8  9  a  b  c  d  e  f  g\n");
}

UNIT_TEST("table: columns go, in their order, until the others fit")
{
	static const int order[] = {2, 0, -1};
	static const char *const want[] = {"a  b   ccc  d\n1  22  3    4\n",
	    "a  b   d\n1  22  4\n", " b  d\n22  4\n"};
	static const size_t widths[] = {13, 12, 7};
	struct table_style style = {0};

	for (size_t i = 0; i < 3; i++) {
		struct table t = {0};

		table_columns(&t, "<a", i < 2 ? "<b" : ">b", "<ccc", "<d",
		    NULL);
		table_cell(&t, "1");
		table_cell(&t, "22");
		table_cell(&t, "3");
		table_cell(&t, "4");
		CHECK_INT(table_width(&t, &style), 13);
		table_fit(&t, &style, widths[i], order);
		check_table(&t, &style, want[i]);
	}
}

UNIT_TEST("table: a width counts the indent, and headings that are there")
{
	static const int order[] = {1, -1};
	struct table_style style = {.no_heads = true, .indent = 2};
	struct table t = {0};

	table_columns(&t, "<wide", "<b", NULL);
	table_cell(&t, "1");
	table_cell(&t, "2");
	CHECK_INT(table_width(&t, &style), 6);
	table_fit(&t, &style, 0, order);
	CHECK_INT(table_width(&t, &style), 3);
	style.no_heads = false;
	CHECK_INT(table_width(&t, &style), 6);
	table_release(&t);
}
