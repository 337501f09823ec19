# SPDX-License-Identifier: MIT
# What every bats file stands on.  `load helper` gives:
#
#	QTE_BIN   the build directory, absolute, and in PATH (tests/run sets it;
#	          without it, build)
#	QTE_TREE  the top of the tree
#	TMP       a directory of the test's own, removed after it
#	no QTE_* but QTE_BIN and QTE_TREE, no terminal's settings, no QTE_CONFIG
#	assert_*, refute_*, run -STATUS
# shellcheck shell=bash

bats_require_minimum_version 1.5.0
load /usr/lib/bats/bats-support/load
load /usr/lib/bats/bats-assert/load

QTE_TREE=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
: "${QTE_BIN:=$QTE_TREE/build}"
TMP=${BATS_TEST_TMPDIR-$BATS_FILE_TMPDIR}
# The variables of whoever runs the tests do not decide them.
for name in "${!QTE_@}"; do
	case $name in
	QTE_BIN | QTE_TREE) ;;
	*) unset "$name" ;;
	esac
done
unset name NO_COLOR COLUMNS POSIXLY_CORRECT
PATH=$QTE_BIN:$PATH
export PATH QTE_BIN QTE_TREE TMP LC_ALL=C.UTF-8 TZ=UTC

# data NAME: the path of a shipped example data file.
data()
{
	printf '%s\n' "$QTE_TREE/contrib/examples/data/$1"
}

# bars ROW...: a small market file on standard output, header included.  A ROW
# is a whole line.
bars()
{
	printf '%s\n' timestamp,open,high,low,close,volume "$@"
}
