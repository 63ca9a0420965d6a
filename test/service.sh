#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Beproefd authors
# SPDX-License-Identifier: EUPL-1.2
#
# The unit of docs/how-to as systemd runs it, with all that it forbids: in a container whose first process is systemd,
# over this machine's own files. Without the drop-in the server says that it makes no PDF; with it Chromium makes one in
# its own sandbox.
#   test/service.sh PROGRAM      status 77: it cannot be tried here
set -euo pipefail

cannot() { echo "left out: $1"; exit 77; }
[ "$(id -u)" -eq 0 ] || cannot "only root can start a container"
for tool in systemd-nspawn chromium node; do command -v "$tool" >/dev/null || cannot "$tool is not installed"; done
[ -x /lib/systemd/systemd ] || cannot "systemd is not installed"

program=$(realpath "$1")
test=$(cd "$(dirname "$0")" && pwd)
guides=$(cd "$test/../docs/how-to" && pwd)
folder=$(mktemp -d)
root=$folder/root
finish() {
    for mounted in "$root" "$folder/layer"; do ! mountpoint -q "$mounted" || umount "$mounted"; done
    rm -rf "$folder"
}
trap finish EXIT
mkdir "$folder/layer" "$root"
mount -t tmpfs -o size=1g layer "$folder/layer" || cannot "nothing can be mounted"
mkdir "$folder/layer/upper" "$folder/layer/work"
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/layer/upper,workdir=$folder/layer/work" "$root" ||
    cannot "there are no overlays"

# What install.md says, in the container.
mkdir -p "$root/opt/beproefd/build/release" "$root/opt/beproefd/web/dist" "$root/opt/test"
cp "$program" "$root/opt/beproefd/build/release/beproefd"
echo '<!doctype html><title>Beproefd</title>' >"$root/opt/beproefd/web/dist/index.html"
cp "$test/../beproefd.example.toml" "$root/etc/beproefd.toml"
cp "$guides/beproefd.service" "$root/etc/systemd/system/"
cp "$guides/beproefd-pdf.conf" "$test"/report-client.mjs "$test"/service.mjs "$root/opt/test/"
cat >"$root/opt/test/inside.sh" <<'INSIDE'
set -e
id beproefd >/dev/null 2>&1 || useradd --system --home-dir /var/lib/beproefd --create-home beproefd
cd /var/lib/beproefd
runuser -u beproefd -- /opt/beproefd/build/release/beproefd setup --config /etc/beproefd.toml \
    --database sqlite:/var/lib/beproefd/beproefd.sqlite --demo >/dev/null 2>&1
node /opt/test/service.mjs
INSIDE
printf '[Unit]\nRequires=basic.target\nAfter=basic.target\nWants=try.service\nAllowIsolate=yes\n' \
    >"$root/etc/systemd/system/try.target"
printf '[Unit]\nAfter=basic.target\n[Service]\nType=oneshot\nExecStart=/bin/bash -c "%s"\n' \
    '/bin/bash /opt/test/inside.sh >/opt/test/said 2>&1; echo $? >/opt/test/status; kill -s RTMIN+4 1' \
    >"$root/etc/systemd/system/try.service"
: >"$root/etc/machine-id" # another machine than this one

timeout -k 10 300 systemd-nspawn --quiet --directory="$root" --register=no --keep-unit --private-network \
    --link-journal=no --console=pipe --boot systemd.unit=try.target </dev/null >"$folder/booted" 2>&1 || true
[ -f "$root/opt/test/status" ] || { cat "$folder/booted"; cannot "no container with systemd starts here"; }
tail -n 25 "$root/opt/test/said"
exit "$(cat "$root/opt/test/status")"
