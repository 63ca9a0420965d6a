#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Beproefd authors
# SPDX-License-Identifier: EUPL-1.2
#
# Sets up a fresh demonstration in a folder of its own, serves it on a free port, runs a command against it and stops.
#   test/with-server.sh PROGRAM COMMAND…
# The command finds BASE_URL, DEMO_ACCOUNTS (the file with passwords) and BEPROEFD (the program) in its environment.
# WITH_DEMO=0 leaves the demonstration out.
set -euo pipefail

program=$(realpath "$1")
shift
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT

cd "$folder"
mkdir var
demo=(--demo)
[ "${WITH_DEMO:-1}" = 1 ] || demo=(--administrator beheer)
"$program" setup --database sqlite:var/test.sqlite "${demo[@]}" >setup.log 2>&1 || { cat setup.log >&2; exit 1; }
# In a container the tests run as root, where Chromium has no sandbox.
[ "$(id -u)" != 0 ] || export BEPROEFD_PRINT_WITHOUT_SANDBOX=true
web=()
[ ! -f "$root/web/dist/index.html" ] || web=(--web "$root/web/dist")
# Before the server: the first look at it may come sooner than the server itself.
: >serve.log
"$program" serve --database sqlite:var/test.sqlite --listen 127.0.0.1:0 "${web[@]}" >serve.log 2>&1 &
server=$!
for _ in $(seq 1200); do # a minute, for a machine with much else to do
    address=$(sed -n 's/.*\(http:\/\/[0-9.]*:[0-9]*\).*/\1/p' serve.log | head -1)
    [ -n "$address" ] && break
    kill -0 "$server" 2>/dev/null || { cat serve.log >&2; exit 1; }
    sleep 0.05
done
[ -n "${address:-}" ] || { echo "the server did not say where it listens" >&2; cat serve.log >&2; exit 1; }

export BASE_URL=$address DEMO_ACCOUNTS=$folder/var/demo-accounts.txt BEPROEFD=$program SETUP_LOG=$folder/setup.log
cd "$root"
"$@"
