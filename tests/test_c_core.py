"""The C tests of the core (tests/c), built and run with no Python in them."""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).parent.parent
PROGRAMS = sorted(path.stem for path in (ROOT / "tests" / "c").glob("test_*.c"))

needs_make = pytest.mark.skipif(
    shutil.which("make") is None or shutil.which("cc") is None, reason="needs make and a C compiler"
)


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    # Sanitizers that were preloaded for this Python are not for the compiler and the C tests.
    environment = {
        k: v for k, v in os.environ.items() if k not in ("LD_PRELOAD", "MAKEFLAGS", "MAKELEVEL")
    }
    return subprocess.run(
        ["make", "-C", str(ROOT / "csrc"), "-j2", *arguments],
        capture_output=True,
        text=True,
        env=environment,
    )


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("core")
    done = make(f"BUILD={folder}", "WERROR=1", *(str(folder / program) for program in PROGRAMS))
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@needs_make
@pytest.mark.parametrize("program", PROGRAMS)
def test_program(build: pathlib.Path, program: str) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "LD_PRELOAD"}
    done = subprocess.run(
        [build / program], capture_output=True, text=True, timeout=300, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"\d+ passed, 0 failed", done.stdout)


@needs_make
@pytest.mark.skipif(shutil.which("readelf") is None, reason="needs binutils")
def test_symbols(build: pathlib.Path) -> None:
    done = make(f"BUILD={build}", "WERROR=1", "symbols")
    assert done.returncode == 0, done.stdout + done.stderr
