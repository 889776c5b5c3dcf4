"""The stubs: what mypy and pyright have to understand and to refuse (tests/typing)."""

from __future__ import annotations

import inspect
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

import quoth
from quoth import _core

ROOT = pathlib.Path(__file__).parent.parent


def tool(name: str) -> str:
    beside = pathlib.Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: pip install 'quoth[test]'")
    return found


def test_mypy(tmp_path: pathlib.Path) -> None:
    done = subprocess.run(
        [tool("mypy"), "--strict", "--warn-unused-ignores", f"--cache-dir={tmp_path}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_pyright() -> None:
    done = subprocess.run([tool("pyright")], cwd=ROOT, capture_output=True, text=True)
    if "0 errors" not in done.stdout and not re.search(r"\d+ errors?,", done.stdout):
        pytest.skip(f"pyright does not run here: {done.stderr or done.stdout:.200}")
    assert done.returncode == 0, done.stdout + done.stderr


def test_stub_names_what_the_module_has() -> None:
    stub = (ROOT / "python" / "quoth" / "_core.pyi").read_text(encoding="utf-8")
    classes = dict(re.findall(r"^class (\w+).*?:\n(.*?)(?=^\S|\Z)", stub, re.M | re.S))
    for name, body in classes.items():
        if name in ("LimitError", "ModelError", "PatternError"):
            continue
        there = {n for n in vars(getattr(_core, name)) if not n.startswith("__")}
        stubbed = {n for n in re.findall(r"^    def (\w+)", body, re.M) if not n.startswith("__")}
        assert stubbed == there, name
    functions = set(re.findall(r"^def (\w+)", stub, re.M))
    there = {n for n, thing in vars(_core).items() if inspect.isbuiltin(thing)}
    assert functions == there - {"item", "record_from_dict"}, "those two are for pickle alone"
    assert {n for n, t in vars(_core).items() if inspect.isclass(t)} - {"Record"} == set(classes)
    inner = {"Trainer", "Reader", "Reading"}  # for quoth.train, quoth._pipe and quoth._work
    assert set(classes) - inner <= set(quoth.__all__)
