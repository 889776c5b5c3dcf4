#!/usr/bin/env bash
# Sees to it that what building quoth needs from the system is there: a C compiler with its headers, Python's headers and
# its venv module, pkg-config and PCRE2. What is missing is installed through apt, if we are root or sudo asks for no
# password; otherwise the command to run is printed and the exit status is 1. NO_INSTALL=1 never installs.
#
# usage: .ci/system-packages.sh [PYTHON]
set -euo pipefail

python=${1:-python3}
missing=()

say() { printf 'quoth: %s\n' "$*" >&2; }

if ! command -v "$python" >/dev/null && [ "$python" != python3 ]; then
    say "there is no $python here"
    exit 1
elif ! command -v "$python" >/dev/null; then
    missing+=(python3 python3-venv python3-dev)
elif ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "$python is $("$python" --version 2>&1), but 3.11 or newer is needed; name one with: make PYTHON=python3.12"
    exit 1
else
    "$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
    "$python" -c 'import os, sys, sysconfig as s; sys.exit(not os.path.exists(os.path.join(s.get_path("include"), "Python.h")))' ||
        missing+=(python3-dev)
fi
# CC may be several words, such as "ccache gcc"; they are one command.
# shellcheck disable=SC2086
command -v ${CC:-cc} >/dev/null || command -v gcc >/dev/null || missing+=(gcc)
# shellcheck disable=SC2086
echo '#include <stdlib.h>' | ${CC:-cc} -E - >/dev/null 2>&1 || missing+=(libc6-dev)
command -v pkg-config >/dev/null || missing+=(pkg-config)
pkg-config --atleast-version=10.42 libpcre2-8 2>/dev/null || missing+=(libpcre2-dev)

[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
    say "please install what these packages of Debian hold: ${missing[*]}"
    exit 1
fi
sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo)
if [ -n "${NO_INSTALL:-}" ] || { [ "$(id -u)" -ne 0 ] && ! sudo -n true 2>/dev/null; }; then
    say "some packages are missing; please run:"
    printf '    %s\n' "${sudo[*]:+${sudo[*]} }apt-get install -y ${missing[*]}" >&2
    exit 1
fi
say "installing ${missing[*]}"
install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}")
"${sudo[@]}" "${install[@]}" >/dev/null 2>&1 || {
    "${sudo[@]}" apt-get update >&2
    "${sudo[@]}" "${install[@]}" >&2
}
pkg-config --atleast-version=10.42 libpcre2-8 || {
    say "PCRE2 10.42 or newer is needed, and this system has $(pkg-config --modversion libpcre2-8 2>/dev/null || echo none)"
    exit 1
}
