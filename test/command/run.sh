#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Beproefd authors
# SPDX-License-Identifier: EUPL-1.2
#
# The program as an operator uses it: what it prints, what it refuses, and with which status.
#   test/command/run.sh PROGRAM
set -uo pipefail

program=$(realpath "$1")
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; ! mountpoint -q "$folder/full" || umount "$folder/full"; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failures=0

# says TEXT STATUS COMMAND…: the command ends with the status and prints the text somewhere.
says() {
    local text=$1 expected=$2 output status
    shift 2
    output=$("$@" 2>&1)
    status=$?
    if [ "$status" -ne "$expected" ] || [[ "$output" != *"$text"* ]]; then
        printf 'FAILED: %s\n  expected status %s and "%s"\n  got status %s: %s\n' "$*" "$expected" "$text" "$status" "$output"
        failures=$((failures + 1))
    fi
}
same() {
    if [ "$1" != "$2" ]; then
        printf 'FAILED: %s\n' "$3"
        failures=$((failures + 1))
    fi
}
db=(--database sqlite:a.sqlite)

echo "- help, version, and a command line that is wrong"
says "beproefd 0.1.0" 0 "$program" --version
says "figures" 0 "$program" --help
says "Exit status: 0 done" 0 "$program" --help
says "see beproefd --help" 2 "$program" fly
says "--database" 2 "$program" figures verify
says "sqlite:PATH" 2 "$program" figures verify --database oracle:x
says "" 2 "$program" figures verify --database sqlite:missing.sqlite

echo "- setting up, twice, changes nothing"
says "beheer" 0 "$program" setup "${db[@]}" --administrator beheer --organisation GM0363
first=$("$program" figures export "${db[@]}" --format json | sha256sum)
accounts=$("$program" user list "${db[@]}" --organisation GM0363)
says "there is an account beheer already" 0 "$program" setup "${db[@]}" --administrator beheer --organisation GM0363
says "a database of its own" 3 "$program" setup "${db[@]}" --demo
same "$first" "$("$program" figures export "${db[@]}" --format json | sha256sum)" "a second setup changed the figures"
same "$accounts" "$("$program" user list "${db[@]}" --organisation GM0363)" "a second setup changed the accounts"

echo "- the published figures"
says "Exactly the known differences remain." 0 "$program" figures verify "${db[@]}"
last=$("$program" figures coverage "${db[@]}" | tail -1)
[[ "$last" =~ ^652\ of\ 652:\ [0-9]+\ figures,\ [0-9]+\ not\ figures$ ]] || { echo "FAILED: coverage ends with: $last"; failures=$((failures + 1)); }
says "prevention" 0 "$program" figures export "${db[@]}" --cluster prevention
says "" 2 "$program" figures export "${db[@]}" --format odt

echo "- questionnaires"
says "quickscan-local-approach  version 1  published  26 questions" 0 "$program" instruments list
says "" 0 "$program" instruments export quickscan-local-approach --version 1 -o form.xlsx
says "12 themes, 26 questions, no faults" 0 "$program" instruments check form.xlsx
says "" 0 "$program" instruments import form.xlsx -o form.yaml
says "12 themes, 26 questions, no faults" 0 "$program" instruments check form.yaml
sed 's/^version: 1/version: one/' form.yaml >wrong.yaml
says "wrong.yaml:2:10" 2 "$program" instruments check wrong.yaml
next() { # FROM: version 2, in which q26 was FROM
    sed -e 's/^version: 1$/version: 2/' -e '/^crosswalks:/,/^[a-z]/{/^crosswalks:/d;/^ /d}' form.yaml
    printf 'crosswalks:\n  - fromVersion: 1\n    map:\n'
    for q in $(seq 25); do printf '      - {from: q%s, to: q%s, how: same}\n' "$q" "$q"; done
    printf '      - {from: %s, to: q26, how: same}\n' "$1"
}
next q26 >next.yaml
says "quickscan-local-approach version 2: 12 themes, 26 questions, no faults" 0 "$program" instruments check next.yaml
next q99 >next.yaml
says "q99" 2 "$program" instruments check next.yaml
mkdir -p own/survey-here
"$program" instruments export survey-2015 -o survey.xlsx && "$program" instruments import survey.xlsx -o survey.yaml
sed 's/^key: .*/key: survey-here/' survey.yaml > own/survey-here/1.yaml
printf 'instruments = "own"\n' > own.toml
says "its sum is not in published.sha256" 2 "$program" --config own.toml instruments list
says "its sum is not in published.sha256" 2 "$program" --config own.toml serve --database sqlite:own.sqlite
(cd own && sha256sum survey-here/1.yaml > published.sha256)
says "survey-here  version 1  published  16 questions" 0 "$program" --config own.toml instruments list
says "survey-here  version 1  published  16 questions" 0 env BEPROEFD_INSTRUMENTS=own "$program" instruments list
says "" 0 "$program" --config own.toml instruments export survey-here -o here.xlsx
says "quickscan-local-approach version 9 does not exist" 2 "$program" instruments export quickscan-local-approach --version 9 -o form.xlsx
says "" 2 "$program" instruments import form.yaml -o other.yaml
says "" 2 "$program" instruments check missing.yaml

echo "- anyone's table"
printf 'Doel,2008,2009,2010,2011,Totaal\nFietsen,"0,80",,,,"0,80"\nHoreca,"1,10",,,,"1,10"\nAnder,"0,49","0,85","0,65",,"1,01"\nOver,"2,55",,"0,08","4,28","6,91"\nMarge,"3,30","0,35",,"0,07","3,72"\nTotaal,"7,26","1,20","0,73","4,35","13,54"\n' >table.csv
says '"kind":"lost_sign"' 0 "$program" figures inspect table.csv --json
printf 'a,b\n1\n' >ragged.csv
says "ragged.csv" 2 "$program" figures inspect ragged.csv

echo "- accounts"
says "not shown again" 0 "$program" user add collega "${db[@]}" --organisation GM0363 --role colleague,council_reader
says "collega" 0 "$program" user list "${db[@]}" --organisation GM0363
says "There is an account named collega already." 3 "$program" user add collega "${db[@]}" --organisation GM0363 --role colleague
says "mayor is not an existing role" 2 "$program" user add x-y-z "${db[@]}" --organisation GM0363 --role mayor
says "" 0 "$program" user roles collega "${db[@]}" --role dossier_holder
says "dossier_holder" 0 "$program" user list "${db[@]}" --organisation GM0363
says "" 0 "$program" user disable collega "${db[@]}"
says "disabled" 0 "$program" user list "${db[@]}" --organisation GM0363
says "" 0 "$program" user disable --enable collega "${db[@]}"
says "not shown again" 0 "$program" user reset collega "${db[@]}"
says "There is no account named niemand." 3 "$program" user reset niemand "${db[@]}"
says "last administrator" 3 "$program" user disable beheer "${db[@]}"
says ", 0 damaged" 0 "$program" audit verify "${db[@]}"

echo "- a newer list of municipalities, wrong and right"
printf 'code,name,safety_region\nGM0363,Amsterdam,VR99\n0014,Groningen,VR01\n' >wrong.csv
says "wrong.csv:2" 2 "$program" organisations import wrong.csv --date 2026-01-01 "${db[@]}"
says "wrong.csv:3" 2 "$program" organisations import wrong.csv --date 2026-01-01 "${db[@]}"
printf 'code,name,safety_region\nGM0363,Amsterdam,VR13\n' >one.csv
says "341 ended" 0 "$program" organisations import one.csv --date 2026-01-01 "${db[@]}"
says "list of 2026-01-01 already" 3 "$program" organisations import one.csv --date 2026-01-01 "${db[@]}"

echo "- settings"
printf 'listen = "127.0.0.1:0"\nlisten_too = 1\n' >wrong.toml
says "wrong.toml:2:" 2 "$program" --config wrong.toml figures verify "${db[@]}"
says "no address" 2 "$program" serve "${db[@]}" --listen nowhere
says "not the IP address of a proxy" 2 "$program" serve "${db[@]}" --listen 127.0.0.1:0 --trusted-proxy nginx.local
says "cannot be written" 2 "$program" serve "${db[@]}" --listen 127.0.0.1:0 --log-file table.csv/log.jsonl
printf 'session_idle_minutes = 0\n' >wrong.toml
says "wrong.toml:1:" 2 "$program" --config wrong.toml serve "${db[@]}" --listen 127.0.0.1:0
says "BEPROEFD_SESSION_IDLE_MINUTES:1:" 2 env BEPROEFD_SESSION_IDLE_MINUTES=0 "$program" serve "${db[@]}" --listen 127.0.0.1:0
says "BEPROEFD_BEHIND_PROXY:1:" 2 env BEPROEFD_BEHIND_PROXY=perhaps "$program" serve "${db[@]}" --listen 127.0.0.1:0
says "not the IP address of a proxy" 2 env BEPROEFD_TRUSTED_PROXIES=10.0.0.5,nginx.local "$program" serve "${db[@]}" --listen 127.0.0.1:0
says "no pages" 2 "$program" serve "${db[@]}" --listen 127.0.0.1:0 --web .

echo "- serving: one writer, reading beside it, a backup under way, and a clean end"
"$program" serve "${db[@]}" --listen 127.0.0.1:0 --metrics-listen 127.0.0.1:0 --log-file log.jsonl >serve.log 2>&1 &
server=$!
for _ in $(seq 1200); do # a minute, for a machine with much else to do
    address=$(sed -n 's/.*\(http:\/\/[0-9.]*:[0-9]*\).*/\1/p' serve.log)
    [ -n "$address" ] && break
    sleep 0.05
done
metrics=$(sed -n 's/^Metrics stand on port \([0-9]*\) .*/\1/p' serve.log)
says "beproefd_database_commits_total" 0 curl -fsS "http://127.0.0.1:$metrics/metrics"
says "404" 22 curl -fsS "$address/metrics"
says "" 3 "$program" serve "${db[@]}" --listen 127.0.0.1:0
says "" 3 "$program" user add derde "${db[@]}" --organisation GM0363 --role colleague
says "collega" 0 "$program" user list "${db[@]}" --organisation GM0363
says "Exactly the known differences remain." 0 "$program" figures verify "${db[@]}"
says "b.sqlite" 0 "$program" backup b.sqlite "${db[@]}"
says "there already" 3 "$program" backup b.sqlite "${db[@]}"
"$program" setup --database sqlite:other.sqlite --administrator ander --organisation GM0363 >/dev/null 2>&1
says "in use" 3 "$program" serve --database sqlite:other.sqlite --listen "${address#http://}"
forwarded=$(curl -sSi -H 'X-Forwarded-Proto: https' "$address/api/v1/installation")
same 0 "$(grep -ic strict-transport-security <<<"$forwarded")" "a visitor's own X-Forwarded-Proto was believed"
kill -TERM "$server"
wait "$server"
same 0 $? "the server did not end with status 0 after SIGTERM"
server=

echo "- behind a proxy on this machine"
"$program" serve "${db[@]}" --listen 127.0.0.1:0 --behind-proxy --log-file log.jsonl >serve.log 2>&1 &
server=$!
for _ in $(seq 1200); do
    address=$(sed -n 's/.*\(http:\/\/[0-9.]*:[0-9]*\).*/\1/p' serve.log)
    [ -n "$address" ] && break
    sleep 0.05
done
forwarded=$(curl -sSi -H 'X-Forwarded-Proto: https' "$address/api/v1/installation")
same 1 "$(grep -ic strict-transport-security <<<"$forwarded")" "the proxy of --behind-proxy was not believed"
kill -TERM "$server"
wait "$server" || true
server=

echo "- closing and removing months of the audit trail"
says "0 months closed" 0 "$program" audit close "${db[@]}"
says "is not a month" 2 "$program" audit remove --before 2019-13 "${db[@]}"
says "are kept still" 3 "$program" audit remove --before "$(date -u +%Y-%m)" "${db[@]}"
says "0 months with 0 entries removed" 0 "$program" audit remove --before 2001-01 "${db[@]}"

echo "- restoring"
says "Restored" 0 "$program" restore b.sqlite --database sqlite:c.sqlite
says "" 3 "$program" restore b.sqlite --database sqlite:c.sqlite
says "Exactly the known differences remain." 0 "$program" figures verify --database sqlite:c.sqlite
says ", 0 damaged" 0 "$program" audit verify --database sqlite:c.sqlite
says "dossier_holder" 0 "$program" user list --database sqlite:c.sqlite --organisation GM0363

echo "- an upgrade keeps the database as it was, beside it"
mkdir installation
# A database of the first migration, as the program of that day left it.
base64 -d <<'FIRST' | gzip -d >installation/first.sqlite
H4sIAAAAAAACA+3YTU/bMBgH8GS8TWwVSDuw43MEqUUkbVLKLiuQbYhSGBQJdqncxG2iNTEkLqyHHZi0C99g33ZOoOuLgsRlh03/nxopsZ3HzmP7
4J59bgSSU1fEIZNU1lY1XdfeE2matqiuBW1s/vEa0Uc3uycf9rV8i9qmqxdWPmnzr35pKyev367o6gYAAAAAAKZ9n19aq5f1uzdB5PFviRQx6/F2
4PHwSkgeucN2Z9hWRTk1C3unTr3l0EFz37mgp1+l42ZeLa0zufGz+2JprVzW7xPJOv28XnKK5h47btV3G05+6GVSRNxjUZAwGYhIVVPLuWil5dQ8
blHzvNEoZs2Y64pBJNMWmSeaxfx6oAbY/sqHTzSjKaUSSZ/TwXhYpUP1qs+Zx+Miub5IeESdYdbK7Qc8klP9JD4zLftZ/YguhVz6wivSFZM+scij
jvCGO+pOqPDxKCgN1CzHWY/pZwSJqugOEu5lPas5kINkHPnsqN5oHDRbM4lII08O4Il89YWbZX6y2czQ8/LVGL02StStr9KUfgSnW5aQiHgWnkvW
mx3F43zK6cDPSGAoQpV+CiI6b+29U0kJxQ33yKyQLwZxQn0meZwFPzk9OKqfXtKhc0nrMwusOLGUipPrZWN5w5lbXLss69rDNrvuq9Nwmw2kyJ7b
eZvHyClMz8Uv0217V9KX1kol/UfhYd+4Pg9ZOwx6cTaY2ecX0ztmppbWb3icpDdqsp2PzumfTE1+bpEiFvKHbI4z+bhKZ0rVFEyVbBTSg/zKvaZ+
AAAAAAAAAPDXSX1RK98V9nL+Xah1q0aFWaxcNZhdq7mu59rVba9rsa5t86rFOltmxap4dsWyKlXLshh3y9sV17DsjuGaHXPLtEuGUTKNllHZMas7
prFpGzXDMr6k539tFdkHAAAAAAAA+J8t4/wPAAAAAAAAgPM/AAAAAAAAAPzzfgOnhdrPAFAAAA==
FIRST
says "run \`beproefd setup\`" 3 "$program" serve --database sqlite:installation/first.sqlite --listen 127.0.0.1:0
says "before-upgrade-" 0 "$program" setup --database sqlite:installation/first.sqlite --administrator beheer --organisation GM0363
same 1 "$(find installation -name 'before-upgrade-*.sqlite' | wc -l)" "the database as it was is not kept beside it"
says "Exactly the known differences remain." 0 "$program" figures verify --database sqlite:installation/first.sqlite
says "" 0 "$program" setup --database sqlite:installation/first.sqlite
same 1 "$(find installation -name 'before-upgrade-*.sqlite' | wc -l)" "a setup without an upgrade made a backup"

echo "- a demonstration stays on this machine"
says "var/demo-accounts.txt" 0 "$program" setup --database sqlite:demo.sqlite --demo
same 600 "$(stat -c %a var/demo-accounts.txt)" "the demonstration accounts can be read by others"
same 13 "$(grep -vc '^#' var/demo-accounts.txt)" "there is not one account per role"
says "this machine only" 3 "$program" serve --database sqlite:demo.sqlite --listen 0.0.0.0:0

echo "- damaged files"
head -c 100000 /dev/urandom >broken.sqlite
says "" 3 "$program" figures verify --database sqlite:broken.sqlite
cp a.sqlite torn.sqlite
# Whole where it is opened, torn where it is read.
dd if=/dev/urandom of=torn.sqlite bs=4096 seek=12 count=400 conv=notrunc 2>/dev/null
says "is damaged" 3 "$program" figures verify --database sqlite:torn.sqlite
same 1 "$("$program" figures verify --database sqlite:torn.sqlite 2>&1 | wc -l)" "damage is not told in one line"
says "is damaged" 3 "$program" backup torn.backup --database sqlite:torn.sqlite
same "" "$(ls torn.backup* 2>/dev/null)" "a backup of a damaged database was left behind"

echo "- a full disk"
if [ "$(id -u)" -eq 0 ] && mkdir full && mount -t tmpfs -o size=16m full full 2>/dev/null; then
    says "beheer" 0 "$program" setup --database sqlite:full/a.sqlite --administrator beheer --organisation GM0363
    dd if=/dev/zero of=full/rest bs=1k 2>/dev/null
    says "is full; make room first" 3 "$program" user add derde --database sqlite:full/a.sqlite --organisation GM0363 --role colleague
    says "is full; make room first" 3 "$program" backup full/copy.sqlite --database sqlite:full/a.sqlite
    says "is full; make room first" 3 "$program" setup --database sqlite:full/new.sqlite --administrator beheer --organisation GM0363
    rm full/rest
    says "not shown again" 0 "$program" user add derde --database sqlite:full/a.sqlite --organisation GM0363 --role colleague
    "$program" serve --database sqlite:full/a.sqlite --listen 127.0.0.1:0 --log-file log.jsonl >serve.log 2>&1 &
    server=$!
    for _ in $(seq 1200); do
        address=$(sed -n 's/.*\(http:\/\/[0-9.]*:[0-9]*\).*/\1/p' serve.log)
        [ -n "$address" ] && break
        sleep 0.05
    done
    dd if=/dev/zero of=full/rest bs=1k 2>/dev/null
    # A wrong password is written down. The first few may still find room in the log of SQLite.
    for number in $(seq 40); do
        answer=$(curl -sS -H 'Content-Type: application/json' -d "{\"name\":\"nobody-$number\",\"password\":\"wrong\"}" "$address/api/v1/sessions")
        [[ "$answer" != *'"code":"disk-full"'* ]] || break
    done
    says '"code":"disk-full"' 0 echo "$answer"
    says '"items"' 0 curl -sS "$address/api/v1/figures?limit=1"
    kill -TERM "$server"
    wait "$server"
    same 0 $? "the server did not end with status 0 on a full disk"
    server=
    umount full
else
    echo "  left out: only root can make a small disk"
fi

echo "- the engine"
request='{"contract":"beproefd.analyse/1","method":"survey.proportion","data":{"count":9,"n":24},"options":{"population":60}}'
says '"ok":true' 0 "$program" analyse <<<"$request"
says '"unknown_method"' 2 "$program" analyse <<<'{"contract":"beproefd.analyse/1","method":"fly","data":{}}'

[ "$failures" -eq 0 ] || { echo "$failures of the checks failed"; exit 1; }
echo "all of it as expected"
