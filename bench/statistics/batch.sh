#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Beproefd authors
# SPDX-License-Identifier: EUPL-1.2
#
# How many requests a second `analyse --batch` answers: 20,000 lines, each a random-effects model of nine studies, JSON
# in and out, start of the process included. The fastest of five runs.
#   bench/statistics/batch.sh [PROGRAM]
set -euo pipefail

program=${1:-build/release/beproefd}
lines=20000
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
request='{"contract":"beproefd.analyse/1","method":"meta.rma","data":{"yi":[0.1,0.2,0.3,0.15,-0.05,0.4,0.22,0.31,0.05],"vi":[0.01,0.02,0.03,0.02,0.015,0.04,0.02,0.03,0.01]}}'
for _ in $(seq $lines); do echo "$request"; done >"$folder/requests"
fastest=
for _ in 1 2 3 4 5; do
    start=$(date +%s%N)
    "$program" analyse --batch <"$folder/requests" >"$folder/replies"
    took=$((($(date +%s%N) - start) / 1000))
    [ "$(grep -c '"ok":true' "$folder/replies")" = $lines ] || { echo "not every line was answered" >&2; exit 1; }
    if [ -z "$fastest" ] || [ $took -lt "$fastest" ]; then fastest=$took; fi
done
echo "| --batch, random-effects model of nine studies | $((lines * 1000000 / fastest)) a second |"
