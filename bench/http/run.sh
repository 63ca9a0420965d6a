#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Beproefd authors
# SPDX-License-Identifier: EUPL-1.2
#
# A list of 20 rows with a session check, and a file of 64 kB, beside nginx sending the same bytes from a file: five
# interleaved runs each, 32 connections. Server CPU per request comes from /proc/PID/stat. Needs wrk and nginx-light.
#   bench/http/run.sh [PROGRAM] [SECONDS]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$(realpath "${1:-$root/build/release/beproefd}")
seconds=${2:-4}
connections=${CONNECTIONS:-32}
folder=$(mktemp -d)
pids=()
finish() {
    [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT
cd "$folder"
mkdir -p var web/assets logs
printf '<!doctype html><title>bench</title>' >web/index.html
head -c 49152 /dev/urandom | base64 -w0 >web/assets/file-64k.js

"$program" setup --database sqlite:var/bench.sqlite --demo >setup.log 2>&1
"$program" serve --database sqlite:var/bench.sqlite --listen 127.0.0.1:0 --web web --log-file "$folder/logs/log.jsonl" >serve.log 2>&1 &
server=$!
pids+=("$server")
for _ in $(seq 100); do
    address=$(sed -n 's/.*\(http:\/\/[0-9.]*:[0-9]*\).*/\1/p' serve.log | head -1)
    [ -n "$address" ] && break
    sleep 0.05
done

# Sign in as the first demonstration account, after giving it a password of its own.
read -r name password _ < <(grep -v '^#' var/demo-accounts.txt | head -1)
json() { curl -s -o "$folder/answer" -D "$folder/head" -H 'Content-Type: application/json' "$@"; }
cookie() { sed -n 's/^set-cookie: \([^;]*\).*/\1/Ip' "$folder/head"; }
json "$address/api/v1/sessions" -d "{\"name\":\"$name\",\"password\":\"$password\"}"
json -X PUT "$address/api/v1/accounts/current/password" -H "Cookie: $(cookie)" -H 'Sec-Fetch-Site: same-origin' \
    -d "{\"current\":\"$password\",\"replacement\":\"bench-only-$RANDOM$RANDOM\"}" || true
session=$(cookie)
json "$address/api/v1/sessions" -d "{\"name\":\"$name\",\"password\":\"$password\"}"
[ -n "$session" ] || session=$(cookie)
path=/api/v1/organisations?limit=20
status=$(curl -s -o web/list.json -w '%{http_code}' -H "Cookie: ${session:=none}" "$address$path")
[ "$status" = 200 ] || { echo "the list answers $status" >&2; exit 1; }
rows=$(grep -o '"id":' web/list.json | wc -l)

port=$((20000 + RANDOM % 20000))
as_self=
[ "$(id -u)" -ne 0 ] || as_self="user root;" # or its worker may not read our folder
cat >nginx.conf <<EOF
$as_self
worker_processes 1;
pid $folder/nginx.pid;
error_log $folder/logs/nginx.err;
daemon off;
events { worker_connections 1024; }
http {
    access_log $folder/logs/nginx.log;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    types { application/json json; text/javascript js; }
    server { listen 127.0.0.1:$port; root $folder/web; }
}
EOF
nginx -c "$folder/nginx.conf" -p "$folder" 2>/dev/null &
nginx=$!
pids+=("$nginx")
sleep 0.5

ticks=$(getconf CLK_TCK)
cpu() { # PID…: user and system time of the processes and their children, in microseconds
    local pid total=0
    for pid in "$@"; do
        for each in "$pid" $(pgrep -P "$pid" || true); do
            total=$((total + $(awk '{print $14 + $15}' "/proc/$each/stat" 2>/dev/null || echo 0)))
        done
    done
    echo $((total * 1000000 / ticks))
}
measure() { # label PID URL
    local before after
    before=$(cpu "$2")
    wrk -t1 -c"$connections" -d"${seconds}s" --latency -H "Cookie: $session" "$3" >wrk.txt
    after=$(cpu "$2")
    local requests
    requests=$(awk '/requests in/ {print $1}' wrk.txt)
    if grep -q 'Non-2xx' wrk.txt; then echo "some answers were no 200" >&2; exit 1; fi
    awk -v label="$1" -v cpu=$((after - before)) -v n="$requests" '
        /Requests\/sec/ {rate=$2} /50%/ {p50=$2} /99%/ {p99=$2}
        END {printf "%s %.0f %.1f %s %s\n", label, rate, cpu / n, p50, p99}' wrk.txt
}

echo "list of $rows rows, $(stat -c %s web/list.json) bytes; $connections connections; $seconds s per run; CPU in µs per request of the server" >&2
for run in 1 2 3 4 5; do
    measure "nginx-list" "$nginx" "http://127.0.0.1:$port/list.json"
    measure "beproefd-list" "$server" "$address$path"
    measure "nginx-64kB" "$nginx" "http://127.0.0.1:$port/assets/file-64k.js"
    measure "beproefd-64kB" "$server" "$address/assets/file-64k.js"
done >results
echo "what            run  requests/s  CPU µs  p50     p99"
awk '{n[$1]++; printf "%-15s %d %10s %9s  %-7s %s\n", $1, n[$1], $2, $3, $4, $5}' results
echo "median CPU µs per request:"
for what in nginx-list beproefd-list nginx-64kB beproefd-64kB; do
    printf '%-15s %s\n' "$what" "$(awk -v w=$what '$1 == w {print $3}' results | sort -n | sed -n 3p)"
done
grep VmRSS "/proc/$server/status" | awk '{print "memory of beproefd afterwards: " $2 / 1024 " MB"}'
