"""Every example of README.md and docs/*.md is run, and prints what the page says."""

from __future__ import annotations

import doctest
import os
import pathlib
import re
import subprocess
import sys

import pytest

import quoth

ROOT = pathlib.Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def name(path: pathlib.Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_python_examples(page: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    source = "\n".join(
        body
        for language, body in BLOCK.findall(page.read_text(encoding="utf-8"))
        if language == "pycon"
    )
    test = doctest.DocTestParser().get_doctest(source, {}, name(page), str(page), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    report: list[str] = []
    runner.run(test, out=report.append)
    assert runner.failures == 0, "".join(report)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_shell_examples(page: pathlib.Path) -> None:
    """In a block of the language "console", "$ quoth ..." is run; below it stands its output."""
    environment = dict(os.environ, PYTHONIOENCODING="utf-8")
    for language, body in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language != "console":
            continue
        for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            if not command.startswith("quoth "):
                continue
            command = f"{sys.executable} -m {command}"
            done = subprocess.run(
                command,
                shell=True,
                cwd=ROOT,
                capture_output=True,
                text=True,
                encoding="utf-8",
                env=environment,
            )
            assert done.returncode == 0, done.stderr
            assert done.stdout.rstrip() == expected.rstrip(), command


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: pathlib.Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_readme_opens_with_the_two_commands() -> None:
    head = (ROOT / "README.md").read_text(encoding="utf-8")[:600]
    assert "make demo" in head
    assert "make test" in head


def test_the_tour_comes_past_every_file_of_the_core() -> None:
    tour = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [p.name for p in (ROOT / "csrc" / "core").glob("*.c") if f"/{p.name})" not in tour] == []


def test_guarantees_name_tests_that_exist() -> None:
    text = (ROOT / "docs/guarantees.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w./]+)(?:::(\w+))?`", text)
    assert len(named) > 20
    for file, function in named:
        source = (ROOT / file).read_text(encoding="utf-8")
        assert not function or f"def {function}(" in source, f"{file}::{function}"


def test_every_page_is_in_the_index_of_the_site() -> None:
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    tree = re.search(r"```\{toctree\}\n(?::.*\n)*\n(.*?)```", index, re.DOTALL)
    assert tree is not None
    pages = [page.stem for page in (ROOT / "docs").glob("*.md") if page.stem != "index"]
    assert sorted(tree[1].split()) == sorted(pages)


def test_every_public_name_is_in_the_reference() -> None:
    named = re.findall(r"quoth\.(\w+)", (ROOT / "docs/reference.md").read_text(encoding="utf-8"))
    assert set(quoth.__all__) - {"__version__"} - set(named) == set()
