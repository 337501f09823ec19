#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What closes a run of the tests: tests/tap sums up, and misses nothing.

bats_require_minimum_version 1.5.0

setup()
{
	cd "$BATS_TEST_DIRNAME" || exit
}

# sums STATUS LAST-LINE TAP-LINE...: what tests/tap makes of a file's output.
sums()
{
	local status=$1 want=$2

	shift 2
	run -"$status" ./tap < <(printf '%s\n' ':begin x' "$@" ':done')
	echo "$output"
	[ "${lines[-1]}" = "$want" ]
}

@test "tap: passes and skips are counted" {
	sums 0 '2 passed, 0 failed, 1 skipped' \
		1..3 'ok 1 a' 'ok 2 b # skip why' 'ok 3 c' ':end 0'
}

@test "tap: a failure is shown with what was said before and after it" {
	sums 1 '1 passed, 1 failed, 0 skipped' \
		1..2 'ok 1 a' '# before' 'not ok 2 b' '# after' ':end 1'
	[[ $output == *'FAILED  x: b'*'# before'*'# after'* ]]
}

@test "tap: a result that is missing is a failure" {
	sums 1 '1 passed, 1 failed, 0 skipped' 1..2 'ok 1 a' ':end 0'
}

@test "tap: a result too many is a failure" {
	sums 1 '2 passed, 1 failed, 0 skipped' 1..1 'ok 1 a' 'ok 2 b' ':end 0'
}

@test "tap: a result twice is a failure" {
	sums 1 '2 passed, 1 failed, 0 skipped' 1..2 'ok 1 a' 'ok 1 b' ':end 0'
}

@test "tap: no plan is a failure" {
	sums 1 '1 passed, 1 failed, 0 skipped' 'ok 1 a' ':end 0'
}

@test "tap: a file without a test is a failure" {
	sums 1 '0 passed, 1 failed, 0 skipped' 1..0 ':end 0'
}

@test "tap: a crash is a failure and its last words are shown" {
	sums 1 '1 passed, 1 failed, 0 skipped' 1..2 'ok 1 a' 'boom' ':end 139'
	[[ $output == *'(status 139)'*boom* ]]
}

@test "tap: a bad status is a failure though all tests passed" {
	sums 1 '1 passed, 1 failed, 0 skipped' 1..1 'ok 1 a' 'leak' ':end 1'
	[[ $output == *leak* ]]
}

@test "tap: a run without a test is a failure" {
	run -1 ./tap < <(echo :done)
	[ "${lines[-1]}" = '0 passed, 1 failed, 0 skipped' ]
}

@test "tap: a run that is cut short is a failure" {
	run -1 ./tap < <(printf '%s\n' ':begin x' 1..1 'ok 1 a' ':end 0')
	[ "${lines[-1]}" = '1 passed, 1 failed, 0 skipped' ]
}
