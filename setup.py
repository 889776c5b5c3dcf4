"""Compiles quoth._core: the C core and the binding in one extension; the rest is in pyproject.toml.

QUOTH_WERROR=1 makes warnings errors; QUOTH_HARDEN=1 adds what wheels have against exploits (checked
libc calls, stack protector; on Linux read-only relocations); QUOTH_SANITIZE=1 adds the address and
undefined behaviour sanitizers (run Python with their library preloaded then); QUOTH_FUZZ=1, with
CC=clang, adds what a fuzzer follows, and the bounds of csrc/Makefile's fuzz build; QUOTH_COVERAGE=1
counts what runs (gcov).
"""

import os
import shutil
import subprocess
import sys
from glob import glob

from setuptools import Extension, setup

PCRE2_LEAST = "10.42"
INSTALL = "sudo apt-get install libpcre2-dev pkg-config"


def switched_on(name: str) -> bool:
    return os.environ.get(name, "0") not in ("", "0")


def pcre2_flags(option: str) -> list[str]:
    command = ["pkg-config", option, "libpcre2-8"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def check_pcre2() -> None:
    if shutil.which("pkg-config") is None:
        sys.exit(f"quoth needs pkg-config to find PCRE2. Install both and try again:\n  {INSTALL}")
    command = ["pkg-config", f"--atleast-version={PCRE2_LEAST}", "libpcre2-8"]
    if subprocess.run(command, check=False).returncode != 0:
        sys.exit(
            f"quoth needs PCRE2 {PCRE2_LEAST} or newer with its headers. "
            f"Install it and try again:\n  {INSTALL}"
        )


def extension() -> Extension:
    check_pcre2()
    # -O3 gives a tenth more than -O2 where sentences are looked for (make -C csrc bench).
    # No multiplication and addition is made one, so that scores are the same on every processor.
    compile_args = ["-std=c11", "-O3", "-fvisibility=hidden", "-ffp-contract=off"]
    compile_args += ["-Wall", "-Wextra", "-Wshadow", "-Wconversion", "-Wstrict-prototypes", "-Wvla"]
    link_args: list[str] = []
    if switched_on("QUOTH_WERROR"):
        compile_args.append("-Werror")
    if switched_on("QUOTH_HARDEN"):
        compile_args += ["-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=3", "-fstack-protector-strong"]
        if sys.platform == "linux":
            compile_args += ["-fstack-clash-protection"]
            link_args += ["-Wl,-z,relro", "-Wl,-z,now", "-Wl,-z,noexecstack", "-s"]
    if switched_on("QUOTH_SANITIZE"):
        sanitize = ["-fsanitize=address,undefined", "-fno-omit-frame-pointer", "-g", "-O1"]
        compile_args += [*sanitize, "-fno-sanitize-recover=undefined", "-DQT_ARENA_ALONE=1"]
        link_args += sanitize
    if switched_on("QUOTH_COVERAGE"):
        compile_args += ["-O0", "-g", "--coverage", "-fprofile-update=prefer-atomic"]
        link_args += ["--coverage"]
    if switched_on("QUOTH_FUZZ"):
        compile_args += ["-fsanitize=fuzzer-no-link"]
        compile_args += ["-DQT_WINDOWED_FROM=100", "-DQT_WINDOW_WORDS=2", "-DQT_PATTERN_SEEN=256"]
    depends = glob("csrc/**/*.h", recursive=True) + glob("csrc/tables/*.inc")
    depends += glob("python/quoth/include/*.h")
    return Extension(
        "quoth._core",
        sources=sorted(glob("csrc/core/*.c")) + sorted(glob("csrc/py/*.c")),
        depends=sorted(depends),
        include_dirs=["csrc/include", "csrc/core", "csrc/tables", "python/quoth/include"],
        define_macros=[("QUOTH_API", "")],
        extra_compile_args=compile_args + pcre2_flags("--cflags"),
        extra_link_args=link_args + pcre2_flags("--libs") + ["-lm"],
    )


setup(ext_modules=[extension()])
