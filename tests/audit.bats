# SPDX-License-Identifier: MIT
# The audit log as another program reads it.
# shellcheck shell=bash

load helper

setup()
{
	cd "$TMP" || return
	"$QTE_BIN/tests/bench/audit" audit.jsonl 5 2>rates
}

# The hash that the page says: of $1, a line feed, and $2 up to its h.
hash_of()
{
	printf '%s\n%s' "$1" "${2%,\"h\":*}" | sha256sum | cut -d ' ' -f 1
}

@test "audit: each h is the SHA-256 that qte-records(5) says" {
	local h line

	h=$(printf '%064d' 0)
	while read -r line; do
		h=$(hash_of "$h" "$line")
		[ "$h" = "$(jq -r .h <<<"$line")" ] || fail "$line"
	done <audit.jsonl
	[ "$(wc -l <audit.jsonl)" = 5 ]
}

@test "audit: keys stand in the order of qte-records(5)" {
	local page

	page=$(sed -n '/^\.Ss audit/,/^\.El/s/^\.It Va \([a-z_0-9]*\) .*/\1/p' \
		"$QTE_TREE/man/qte-records.5")
	run -0 jq -r 'keys_unsorted[1:][]' <(head -n 1 audit.jsonl)
	assert_output "$(grep -Fx -f <(printf '%s\n' "${lines[@]}") <<<"$page")"
	assert_line --index 7 argv
}

@test "audit: it names who ran the tool, the process and the boot" {
	[ "$(jq -r .user audit.jsonl | uniq)" = "$(id -un)" ]
	[ "$(jq -r .boot audit.jsonl | uniq)" = \
		"$(cat /proc/sys/kernel/random/boot_id)" ]
	jq -es 'map(.pid) | unique | length == 1' audit.jsonl
	[ "$(jq -c .seq audit.jsonl | paste -sd ' ')" = '1 2 3 4 5' ]
}

@test "audit: a log whose end is lost is mended as qte-records(5) says" {
	cp audit.jsonl lost
	truncate -s +2M audit.jsonl
	run -65 "$QTE_BIN/tests/bench/audit" audit.jsonl 1
	assert_output --partial 'audit.jsonl: has no record in its last MiB'
	mv audit.jsonl damaged
	mv lost audit.jsonl
	run -0 "$QTE_BIN/tests/bench/audit" audit.jsonl 1
	run -0 "$QTE_BIN/qte-verify" -q audit.jsonl
	[ "$(tail -n 1 audit.jsonl | jq .seq)" = 6 ]
}
