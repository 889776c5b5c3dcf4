"""The rules of the house that a compiler does not check (CONTRIBUTING.md says why)."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parent.parent
CSRC = ROOT / "csrc"
CORE = sorted((CSRC / "core").glob("*.[ch]"))
BINDING = sorted((CSRC / "py").glob("*.[ch]"))
C_SOURCES = [*CORE, *BINDING, *sorted((CSRC / "include").glob("*.h"))]
# The public interface, and the structs of the binding, which are wanted on one page each.
ONE_PAGE = {
    CSRC / "include" / "quoth.h",
    CSRC / "include" / "quoth_extend.h",
    CSRC / "py" / "types.h",
}
LISTS = sorted((CSRC / "lang").glob("*/*.txt"))
SKIPPED = {".git", ".venv", ".venv-bench", "build", "dist", "__pycache__", ".hypothesis"}
SKIPPED |= {".mypy_cache", ".pytest_cache", ".ruff_cache"}

# What the core must not call: it neither prints nor ends the process, and knows no locale.
FORBIDDEN_HEADERS = {
    "Python.h",
    "stdio.h",
    "ctype.h",
    "wctype.h",
    "locale.h",
    "errno.h",
    "setjmp.h",
    "signal.h",
    "assert.h",
}
FORBIDDEN_CALLS = re.compile(
    r"\b(?:[fsv]?n?printf|puts|putchar|perror|abort|exit|_Exit|assert|setlocale|longjmp|setjmp|errno|strtok|rand|getenv"
    r"|is(?:alnum|alpha|blank|cntrl|digit|graph|lower|print|punct|space|upper|xdigit)|to(?:lower|upper))\b(?=\s*\(|\s*=)"
)
COMMENT_OR_STRING = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL
)


def name(path: pathlib.Path) -> str:
    return str(path.relative_to(ROOT))


def code(path: pathlib.Path) -> str:
    """The source without its comments and strings."""
    return COMMENT_OR_STRING.sub(" ", path.read_text(encoding="utf-8"))


def includes(path: pathlib.Path) -> set[str]:
    return set(
        re.findall(
            r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', path.read_text(encoding="utf-8"), re.MULTILINE
        )
    )


def project_files() -> list[pathlib.Path]:
    found = []
    for folder, folders, files in os.walk(ROOT):
        # folders that are passed over are not looked into: "make wheel" keeps a whole system there
        folders[:] = [name for name in folders if name not in SKIPPED]
        found += [
            pathlib.Path(folder, name)
            for name in files
            if name not in SKIPPED and not name.endswith((".so", ".o", ".a"))
        ]
    return found


@pytest.mark.parametrize("path", CORE, ids=name)
def test_core_is_self_contained(path: pathlib.Path) -> None:
    assert includes(path) & FORBIDDEN_HEADERS == set()
    assert FORBIDDEN_CALLS.findall(code(path)) == []
    if path.name != "pattern.c":
        assert "pcre2.h" not in includes(path), "only pattern.c knows PCRE2"
    assert not re.search(r"\bPy[A-Z_]", code(path))


@pytest.mark.parametrize("path", BINDING, ids=name)
def test_binding_sees_only_the_public_header(path: pathlib.Path) -> None:
    core_headers = {header.name for header in (CSRC / "core").glob("*.h")} - {
        p.name for p in BINDING
    }
    assert {pathlib.PurePath(i).name for i in includes(path)} & core_headers == set()
    assert "pcre2.h" not in includes(path)


@pytest.mark.parametrize("path", C_SOURCES, ids=name)
def test_c_sources_are_plain_and_of_a_size_to_read(path: pathlib.Path) -> None:
    text = path.read_bytes()
    assert text.isascii()
    assert b"\t" not in text
    assert b"\r" not in text
    assert text.endswith(b"\n")
    lines = text.count(b"\n")
    if path.suffix == ".c":
        assert lines <= 800
    elif path not in ONE_PAGE:
        assert lines <= 150
    if path.suffix == ".h":
        assert text.startswith(b"/* " + path.name.encode() + b" - "), (
            "a header opens with its name and what it is for"
        )


@pytest.mark.parametrize("path", CORE, ids=name)
def test_names_across_files_have_a_prefix(path: pathlib.Path) -> None:
    # A definition or declaration at the margin that is not static: type, then a name, then "(".
    for match in re.finditer(
        r"^(?!static\b|typedef\b|return\b|else\b|#)[A-Za-z_][\w *]*?\b(\w+)\s*\(",
        code(path),
        re.MULTILINE,
    ):
        assert match[1].startswith(("quoth_", "qt_", "QT_", "QUOTH_")), (
            f"{match[1]} has neither prefix"
        )


@pytest.mark.parametrize("path", CORE, ids=name)
def test_core_declares_no_writable_global(path: pathlib.Path) -> None:
    for line in code(path).splitlines():
        if (
            re.match(r"(?:static|extern)\b", line)
            and "(" not in line
            and line.rstrip().endswith((";", "=", "{"))
        ):
            assert "const" in line, line


def test_tables_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, CSRC / "tools" / "gen_tables.py", "--check"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", LISTS, ids=name)
def test_lists_say_what_they_are_and_where_they_come_from(path: pathlib.Path) -> None:
    head = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        head += line.lower() + "\n"
    for word in ("what:", "source:", "licence:"):
        assert word in head, f"the head of {name(path)} lacks {word!r}"


def test_nothing_speaks_of_the_machine_it_was_written_on() -> None:
    machine = re.compile(r"/(?:work|home|root)/|\.pyenv", re.IGNORECASE)
    found = []
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if path == pathlib.Path(__file__):
            continue
        found += [
            f"{name(path)}: {line.strip()[:100]}"
            for line in text.splitlines()
            if machine.search(line)
        ]
    assert found == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
    found = [
        name(path)
        for path in [
            *C_SOURCES,
            *(ROOT / "python").rglob("*.py*"),
            *(ROOT / "tests").rglob("*.[pch]*"),
            *LISTS,
        ]
        if path.is_file()
        and path != pathlib.Path(__file__)
        and path.suffix in (".c", ".h", ".py", ".pyi", ".txt")
        and later.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
