#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Beproefd authors
# SPDX-License-Identifier: EUPL-1.2
#
# Fails when web/openapi.json is not what the program prints; `npm --prefix web run types` makes the types from it.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
if ! diff <("$1" openapi) "$root/web/openapi.json" >/dev/null; then
    echo "web/openapi.json is stale. Renew it and the types:" >&2
    echo "  build/dev/beproefd openapi > web/openapi.json && npm --prefix web run types" >&2
    exit 1
fi
before=$(sha256sum <"$root/web/src/app/api.ts")
copy=$(mktemp)
trap 'rm -f "$copy"' EXIT
cp "$root/web/src/app/api.ts" "$copy"
npm --prefix "$root/web" run --silent types >/dev/null
after=$(sha256sum <"$root/web/src/app/api.ts")
if [ "$before" != "$after" ]; then
    cp "$copy" "$root/web/src/app/api.ts"
    echo "web/src/app/api.ts is stale. Renew it: npm --prefix web run types" >&2
    exit 1
fi
