#!/bin/sh
# Is the JSON of a text the same, byte for byte, whatever reads it? Builds quoth for each Python given
# (PYTHONS, default: the one of .venv) and compares the digests of tests/bench/digest.py: between them,
# for several seeds of hash(), one and many threads, and, where qemu-x86_64 is there, on processors
# without AVX-512 and without AVX2. Prints a line for each way; status 1 when two differ.
set -eu
cd "$(dirname "$0")/.."
PYTHONS=${PYTHONS:-.venv/bin/python}
first=
compare() { # NAME DIGEST
    echo "$2  $1"
    [ -n "$first" ] || first=$2
    [ "$first" = "$2" ] || { echo "differs: $1" >&2; exit 1; }
}
for python in $PYTHONS; do
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    base=build/determinism/$version
    [ -x "$base/env/bin/python" ] || "$python" -m venv "$base/env"
    "$base/env/bin/python" -m pip -q --disable-pip-version-check install setuptools 2>/dev/null
    "$base/env/bin/python" setup.py -q build --build-base "$base" --build-lib "$base/lib"
    export PYTHONPATH="$base/lib"
    run="$base/env/bin/python tests/bench/digest.py"
    compare "Python $version, 1, 2 and 16 threads" "$($run --threads 2 --threads 16)"
    for seed in 0 7; do
        compare "Python $version, hash seed $seed" "$(PYTHONHASHSEED=$seed $run)"
    done
done
# qemu is slow: one Python, and the digest of fewer texts.
first=
if command -v qemu-x86_64 >/dev/null; then
    real=$(readlink -f "$base/env/bin/python")
    site=$("$base/env/bin/python" -c 'import sys; print(sys.prefix)')
    compare "this processor, ${QEMU_TEXTS:=120} texts" "$($run --texts "$QEMU_TEXTS")"
    for cpu in Haswell Nehalem; do
        compare "as a $cpu has it (qemu)" \
            "$(VIRTUAL_ENV=$site qemu-x86_64 -cpu $cpu "$real" tests/bench/digest.py --texts "$QEMU_TEXTS")"
    done
fi
