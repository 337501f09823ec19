#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What can go wrong around qte-clean, in short; .ci/run tries for longer.

load helper

@test "clean: a directory that becomes a link loses nothing outside" {
	"$QTE_TREE/tests/fault/clean" swap 1
}

@test "clean: a file that becomes a link loses nothing outside" {
	"$QTE_TREE/tests/fault/clean" swap-file 1
}

@test "clean: a run that is killed leaves no file gone without its record" {
	"$QTE_TREE/tests/fault/clean" kill 3
}

@test "clean: two runs at once delete each file once" {
	"$QTE_TREE/tests/fault/clean" pair 1
}

@test "clean: a full disk under the audit log stops before the next unlink" {
	"$QTE_TREE/tests/fault/clean" full 4000
}

@test "clean: a directory of very many files needs no more memory" {
	"$QTE_TREE/tests/fault/clean" many 5000
}
