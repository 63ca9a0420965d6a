#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Beproefd authors
# SPDX-License-Identifier: EUPL-1.2
#
# The statistics commands of the real program: what they print where, and with which status.
#   test/statistics/command.sh PROGRAM
set -uo pipefail

program=$(realpath "$1")
figures=$(dirname "$(realpath "$0")")/figures
failures=0
fail() {
    printf 'FAILED: %s\n' "$1"
    failures=$((failures + 1))
}
# gives STATUS TEXT INPUT ARGUMENT…: the status, the text on stdout, and nothing on stderr.
gives() {
    local status=$1 text=$2 input=$3 output got
    shift 3
    output=$(printf '%s' "$input" | "$program" "$@" 2>"$errors")
    got=$?
    [ "$got" -eq "$status" ] || fail "$*: status $got instead of $status: $output"
    [[ "$output" == *"$text"* ]] || fail "$*: no \"$text\" in $output"
    [ "$status" -eq 64 ] || [ ! -s "$errors" ] || fail "$*: stderr says $(cat "$errors")"
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
errors=$folder/errors

t='{"contract":"beproefd.analyse/1","id":"a","method":"test.t","data":{"pre":[1,2,3,4],"post":[2,4,4,6]},"options":{"type":"paired"}}'
refused='{"contract":"beproefd.analyse/1","method":"test.t","data":{"pre":[1,2,3],"post":[1,2]},"options":{"type":"paired"}}'
separated='{"contract":"beproefd.analyse/1","method":"model.ordinal","data":{"y":[1,1,2,2],"x":[{"name":"a","values":[0,0,1,1]}]}}'

# One request: status 0, 2 for a refusal with its place, 3 where nothing converges.
gives 0 '"estimate":1.5' "$t" analyse
gives 0 '"ok":true' "$t" analyse test.t
gives 2 '"code":"bad_request"' "$t" analyse meta.rma
gives 2 '"path":"data.post"' "$refused" analyse
gives 2 '"code":"bad_request"' '{' analyse
gives 3 '"code":"no_convergence"' "$separated" analyse

# A batch: a reply a line in the same order, status 0 though one line is refused, and the same bytes on any threads.
batch="$t"$'\n'"$refused"$'\n'"$t"$'\n'
gives 0 '"code":"invalid_data"' "$batch" analyse --batch
replies=$(printf '%s' "$batch" | "$program" analyse --batch | sed 's/"elapsed_ms":[^}]*//')
[ "$(printf '%s\n' "$replies" | wc -l)" -eq 3 ] || fail "a batch of three lines gives three replies"
[ "$(printf '%s\n' "$replies" | sed -n 1p)" = "$(printf '%s\n' "$replies" | sed -n 3p)" ] || fail "the same line, the same reply"

# The same analysis in R.
gives 0 't.test(' "$t" analyse --as-r

# Kept with its request it becomes a figure and sentences.
printf '%s' "$t" | "$program" analyse --keep-request >"$folder/exchange.json" || fail "analyse --keep-request"
gives 0 '<svg' "$(cat "$folder/exchange.json")" plot pre_post
gives 0 '1,5' "$(cat "$folder/exchange.json")" explain
for request in "$figures"/*.json; do
    kind=$(basename "$request" .json)
    exchange=$("$program" analyse --keep-request <"$request") || fail "analyse --keep-request $kind"
    gives 0 '</svg>' "$exchange" plot "$kind"
done

# Advice and ladder.
gives 0 '"design":"pre_post"' '{"sites":1,"eligiblePerSiteAndYear":60,"monthsToDecision":12,"preMeasurementPossible":true}' advise
gives 0 'T1-participants' '{"sites":1,"eligiblePerSiteAndYear":60,"monthsToDecision":12,"sensitive":true}' advise --text
gives 0 '"step":' '{"goals_described":{"value":1,"source":"manual"}}' ladder

[ "$failures" -eq 0 ] && echo "All statistics commands answered as they should."
exit "$failures"
