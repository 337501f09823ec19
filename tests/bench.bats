#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tests/bench/run measures and prints its table; what it measures is not judged.

load helper

# bench OPTION...: on so little data that it only shows that all of it works.
bench()
{
	BENCH_ROWS=2000 BENCH_ROUNDS=1 BENCH_DIR=$TMP/bench O=$QTE_BIN \
		"$QTE_TREE/tests/bench/run" "$@"
}

@test "bench: the table has a row for what is measured, and none is judged" {
	local row

	PYTHON=false run -0 bench --format=text
	for row in '10 k bars, CSV to columns' '10 k bars, cache to columns' \
		'2 k bars, cache to summary' 'memory of 20 k bars' \
		'the same by the clock, --jobs=2' '250 bars, start to finish' \
		'records written' 'audit log of 400 records' \
		'400 files deleted, audit on' \
		'a plan where no name matches' 'nothing to do'; do
		assert_line --regexp "^$row .* -\$"
	done
	assert_line '  the same rows in columns: yes'
	assert_line --regexp '^ *pandas: skipped'
}

@test "bench: into a pipe it writes lines of JSON" {
	PYTHON=false run -0 bench csv memory
	jq -es 'length == 4 and .[0].rounds == 1 and
		(.[1] | .unit == "s" and .qte > 0 and .peer > 0 and
			.peer_name == "wc -l" and .met == "-")' <<<"$output"
}

@test "bench: pandas and numba take the same trades" {
	/usr/bin/python3 -c 'import pandas, numba' || skip 'not installed'
	run -0 bench --format=text run sweep
	[ "$(grep -c 'equity and figures: yes' <<<"$output")" = 3 ]
}
