#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Beproefd authors
# SPDX-License-Identifier: EUPL-1.2
#
# Starts what docs/how-to shows: the systemd unit's own command line, behind the nginx configuration, over TLS.
#   test/operation.sh PROGRAM
set -euo pipefail

program=$(realpath "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
server= front=
finish() {
    [ -z "$front" ] || kill "$front" 2>/dev/null || true
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap finish EXIT
expect() {
    [[ "$1" == *"$2"* ]] && return
    printf 'expected "%s" in:\n%s\n' "$2" "$1" >&2
    tail -n 20 "$folder"/*.log >&2 || true
    exit 1
}

echo "- the unit is what systemd understands"
if command -v systemd-analyze >/dev/null; then
    sed "s#/opt/beproefd/build/release/beproefd#$program#" "$root/docs/how-to/beproefd.service" >"$folder/beproefd.service"
    complaints=$(systemd-analyze verify "$folder/beproefd.service" 2>&1 | grep beproefd || true)
    [ -z "$complaints" ] || { echo "$complaints" >&2; exit 1; }
fi

echo "- its command line serves what setup made"
cat >"$folder/beproefd.toml" <<TOML
public_url = "https://beproefd.example"
hosts = ["beproefd.example"]
owner = "Gemeente Voorbeeld"
contact = "mailto:contact@beproefd.example"
security_contact = "mailto:security@beproefd.example"
TOML
command=$(sed -n '/^ExecStart=/,/[^\\]$/p' "$root/docs/how-to/beproefd.service" | tr -d '\\\n' | sed "s/^ExecStart=//
    s#/opt/beproefd/build/release/beproefd#$program#
    s#/opt/beproefd#$root#g
    s#/etc/beproefd.toml#$folder/beproefd.toml#
    s#/var/lib/beproefd#$folder#g
    s#127.0.0.1:8080#127.0.0.1:0#")
secret=$("$program" setup --config "$folder/beproefd.toml" --database "sqlite:$folder/beproefd.sqlite" \
    --administrator beheer --organisation GM0363 2>/dev/null | awk '/^beheer/ {print $2}')
$command >"$folder/serve.log" 2>&1 &
server=$!
for _ in $(seq 1200); do
    back=$(sed -n 's/.*http:\/\/127.0.0.1:\([0-9]*\).*/\1/p' "$folder/serve.log")
    [ -n "$back" ] && curl -fsS "http://127.0.0.1:$back/healthz" >/dev/null 2>&1 && break
    kill -0 "$server" 2>/dev/null || { echo "the service ended by itself:" >&2; cat "$folder/serve.log" >&2; exit 1; }
    sleep 0.05
done

echo "- nginx stands in front of it over TLS"
openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=beproefd.example -keyout "$folder/key.pem" \
    -out "$folder/cert.pem" 2>/dev/null
# nginx does not take a port that the machine chooses, and another test may take ours before it does.
ask() { curl -sS --cacert "$folder/cert.pem" --resolve "beproefd.example:$https:127.0.0.1" -i "$@"; }
begin_nginx() {
    https=$1 http=$2
    {
        [ "$(id -u)" -ne 0 ] || echo "user root;" # or its workers may not write in our folder
        echo "pid $folder/nginx.pid; error_log $folder/nginx.log; events {} http { access_log off;"
        for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $folder/$kind;"; done
        sed "s#/etc/ssl/certs/beproefd.pem#$folder/cert.pem#; s#/etc/ssl/private/beproefd.key#$folder/key.pem#
            s#listen 443 #listen 127.0.0.1:$https #; s#listen 80;#listen 127.0.0.1:$http;#; /listen \[::\]/d
            s#127.0.0.1:8080#127.0.0.1:$back#" "$root/docs/how-to/nginx.conf"
        echo "}"
    } >"$folder/nginx.conf"
    nginx -c "$folder/nginx.conf" -g 'daemon off;' 2>"$folder/start.log" &
    front=$!
    for _ in $(seq 1200); do
        kill -0 "$front" 2>/dev/null || { front=; return 1; }
        ask "https://beproefd.example:$https/healthz" >/dev/null 2>&1 && return
        sleep 0.05
    done
}
for _ in 1 2 3 4 5; do
    begin_nginx $(shuf -i 20000-29999 -n 2) && break
done
[ -n "$front" ] || { echo "nginx does not start:" >&2; cat "$folder/start.log" >&2; exit 1; }

page=$(ask "https://beproefd.example:$https/")
expect "$page" "200"
expect "${page,,}" "strict-transport-security: max-age="
expect "${page,,}" "content-security-policy: default-src 'none'"
expect "$(ask "https://beproefd.example:$https/.well-known/security.txt")" "Contact: mailto:security@beproefd.example"
expect "$(curl -sSi --resolve "beproefd.example:$http:127.0.0.1" "http://beproefd.example:$http/")" "Location: https://beproefd.example/"

echo "- what is too large is refused by the service, in its own words, and not by nginx"
head -c 3000000 /dev/zero >"$folder/large"
refused=$(ask -X POST -H 'Content-Type: application/json' -H 'Expect:' --data-binary "@$folder/large" \
    "https://beproefd.example:$https/api/v1/sessions" 2>/dev/null || true)
expect "$refused" '"code":"body-too-large"'

echo "- signing in through it gives a cookie that only this host can set"
session=$(ask -X POST -H 'Content-Type: application/json' -H "Origin: https://beproefd.example" \
    -d "{\"name\":\"beheer\",\"password\":\"$secret\"}" "https://beproefd.example:$https/api/v1/sessions")
expect "$session" "201"
expect "$session" "__Host-beproefd="
expect "$session" "Secure"

echo "- and the service ends in order"
kill -TERM "$server"
wait "$server"
server=
echo "the how-to pages hold"
