#!/bin/sh
# Builds PCRE2 from its release into PREFIX (/usr/local): for the machines that wheels are built on, whose own is too old
# or made for another version of macOS. Only the 8-bit library, with the just-in-time compiler, shared.
#
# usage: .ci/pcre2.sh [PREFIX]
set -eu

prefix=${1:-/usr/local}
version=10.44
checksum=86b9cb0aa3bcb7994faa88018292bc704cdbb708e785f7c74352ff6ea7d3175b
url=https://github.com/PCRE2Project/pcre2/releases/download/pcre2-$version/pcre2-$version.tar.gz

there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT
cd "$there"
curl -fsSLo pcre2.tar.gz "$url"
{ sha256sum pcre2.tar.gz 2>/dev/null || shasum -a 256 pcre2.tar.gz; } | grep -q "^$checksum " || {
    echo "quoth: $url is not the release that was expected" >&2
    exit 1
}
tar -xzf pcre2.tar.gz
cd "pcre2-$version"
# It goes into wheels, hardened like what uses it; the linker of macOS knows none of this and needs none of it.
if [ "$(uname)" = Linux ]; then
    export CFLAGS="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong" LDFLAGS="-Wl,-z,relro,-z,now"
fi
./configure --quiet --prefix="$prefix" --enable-jit --disable-static --disable-dependency-tracking
make -s -j2
make -s install
