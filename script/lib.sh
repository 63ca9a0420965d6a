# SPDX-FileCopyrightText: 2026 The Beproefd authors
# SPDX-License-Identifier: EUPL-1.2
#
# Shared by the scripts: where the root is, a progress line per step, and how to become root.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
started=$(date +%s)

step() { printf '▸ [%3ss] %s\n' "$(($(date +%s) - started))" "$*" >&2; }
fail() { printf 'script/%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "installing packages needs root: run this as root, or install sudo"
    fi
}

# Runs a command quietly; shows its output only when it fails.
quietly() {
    local log
    log=$(mktemp)
    if ! "$@" >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        fail "this failed: $*"
    fi
    rm -f "$log"
}

# install PACKAGE…: installs what is missing, and asks apt nothing when all of it is there.
install() {
    local missing=() package
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    step "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    [ -n "${BEPROEFD_APT_UPDATED:-}" ] || quietly as_root apt-get update
    export BEPROEFD_APT_UPDATED=1
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

# configure PRESET
configure() {
    [ -f "build/$1/build.ninja" ] || { step "Configuring build/$1"; quietly cmake --preset "$1"; }
}

# build_program PRESET [TARGET…]
build_program() {
    local preset=$1
    shift
    configure "$preset"
    step "Building the program ($preset)"
    cmake --build --preset "$preset" ${1:+--target "$@"} >"build/$preset/build.log" 2>&1 ||
        { grep -vE '^\[[0-9]+/[0-9]+\]' "build/$preset/build.log" | tail -60 >&2; fail "the build failed; all of it is in build/$preset/build.log"; }
}

# build_web: builds web/dist when something in web/ is newer than it.
build_web() {
    if [ ! -d web/node_modules ] || [ web/package-lock.json -nt web/node_modules/.package-lock.json ]; then
        step "Installing the web packages"
        quietly npm --prefix web ci --no-audit --no-fund
    fi
    if [ ! -f web/dist/index.html ] ||
        [ -n "$(find web data/organisations -path web/node_modules -prune -o -path web/dist -prune -o -type f -newer web/dist/index.html -print -quit)" ]; then
        step "Building the pages"
        quietly npm --prefix web run build
    fi
}
