"""Rules in a TOML file: the with_... calls as data. quoth.load(rules="my_rules.toml") reads it.

abbreviations = ["Amb."]
titles = ["harbourmaster"]
components = ["party"]    # by the names that installed packages give theirs

[[terms]]
label = "PARTY"
file = "parties.csv"      # beside the rules; or terms = ["Greens", ["HP", "P1", "The Party"]]
case = "exact"            # and what else with_terms() takes

[[patterns]]
label = "BILL"
pattern = '\\bHR (?<number>\\d+)'
value = "HR {number}"     # and what else with_patterns() takes

[[cues]]
words = ["fumed", "fumes"]
attitude = "emotion"      # and kind

[[aliases]]
name = "Margaret Thatcher"
aliases = ["the Iron Lady"]
kb_id = "Q7416"           # and label
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any

from quoth._check import check_keys
from quoth._core import Pipeline

__all__ = ["patterns_of", "with_rules"]

_TABLES = ("terms", "patterns", "cues", "aliases")
_LISTS = {"abbreviations": "with_abbreviations", "titles": "with_titles"}
_TERM_KEYS = (
    "case",
    "file",
    "kb_id",
    "label",
    "marks",
    "name",
    "overlap",
    "priority",
    "rule",
    "terms",
)


class _File:
    """A file of rules: its tables, and where in it they are."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        import tomllib

        self.name = os.fspath(path)
        with open(path, "rb") as file:
            content = file.read()
        try:
            text = content.decode()
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise ValueError(f"{self.name}, line {line}: expected UTF-8") from None
        try:
            self.data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r" \(at line (\d+), column \d+\)$", str(error))
            line = int(found[1]) if found else text.count("\n") + 1
            message = str(error).partition(" (at ")[0]
            raise ValueError(f"{self.name}, line {line}: {message}") from None
        self.lines = text.splitlines()

    def line_of(self, table: str | None, number: int, key: str | None) -> int:
        """The line of a key of a table, or of the table's head when the key is not found."""
        head, seen, at = 1, -1, table is None
        for n, line in enumerate(self.lines, 1):
            opened = re.match(r"\s*\[\[?\s*([\w-]+)\s*\]", line)
            if opened:
                seen += opened[1] == table
                at = opened[1] == table and seen == number
                head = n if at else head
            elif at and key is not None and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
                return n
        return head

    def refuse(self, table: str | None, number: int, key: str | None, message: str) -> ValueError:
        return ValueError(f"{self.name}, line {self.line_of(table, number, key)}: {message}")

    def tables(self, name: str) -> list[dict[str, Any]]:
        tables = self.data.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
            raise self.refuse(None, 0, name, f"{name}: expected tables under [[{name}]]")
        return tables

    def apply(
        self, nlp: Pipeline, name: str, step: Callable[[Pipeline, dict[str, Any]], Pipeline]
    ) -> Pipeline:
        for number, table in enumerate(self.tables(name)):
            try:
                nlp = step(nlp, table)
            except (TypeError, ValueError, OSError) as error:
                told = str(error).replace("patterns[0]", f"patterns[{number}]")
                key = re.match(r"(?:\w+\[\d+\]\.)?(\w+)", told)
                got = re.search(r"got '(\w+)'$", told)
                keys = [key[1] if key else "", got[1] if got else "", "pattern", "file"]
                known = next((k for k in keys if k in table), None)
                raise self.refuse(name, number, known, told) from error
        return nlp


def with_rules(nlp: Pipeline, path: str | os.PathLike[str]) -> Pipeline:
    """The pipeline with all that a file of rules adds; a ValueError names the line of what is
    wrong."""
    file = _File(path)
    for key in file.data:
        if key not in (*_TABLES, *_LISTS, "components"):
            known = ", ".join(sorted([*_TABLES, *_LISTS, "components"]))
            message = f"expected {known}, got {key!r}"
            at = file.line_of(None, 0, key)
            line = at if at > 1 else file.line_of(key, 0, None)
            raise ValueError(f"{file.name}, line {line}: {message}")
    for key, method in _LISTS.items():
        if key in file.data:
            try:
                nlp = getattr(nlp, method)(file.data[key])
            except (TypeError, ValueError) as error:
                raise file.refuse(None, 0, key, str(error)) from error
    folder = os.path.dirname(file.name)

    def terms(nlp: Pipeline, table: dict[str, Any]) -> Pipeline:
        check_keys("", table, _TERM_KEYS)
        options = dict(table)
        items = options.pop("terms", None)
        if ("file" in options) == (items is not None):
            raise ValueError("terms: expected either terms or file")
        if items is None:
            items = os.path.join(folder, options.pop("file"))
        if "label" not in options:
            raise ValueError("label: expected a str, got nothing")
        return nlp.with_terms(options.pop("label"), items, **options)

    nlp = file.apply(nlp, "terms", terms)
    nlp = file.apply(nlp, "cues", _with_cues)
    nlp = file.apply(nlp, "aliases", _with_aliases)
    nlp = file.apply(nlp, "patterns", lambda nlp, table: nlp.with_patterns([table]))  # type: ignore[list-item]
    if "components" in file.data:
        names = file.data["components"]
        try:
            if not isinstance(names, list):
                raise TypeError(f"components: expected a list, got {type(names).__name__}")
            for name in names:
                if not isinstance(name, str):
                    raise TypeError(f"components: expected str, got {type(name).__name__}")
                nlp = nlp.with_pipe(name)
        except (TypeError, ValueError) as error:
            raise file.refuse(None, 0, "components", str(error)) from error
    return nlp


def _with_cues(nlp: Pipeline, table: dict[str, Any]) -> Pipeline:
    check_keys("", table, ("attitude", "kind", "words"), ("words",))
    options = dict(table)
    return nlp.with_cues(options.pop("words"), **options)


def _with_aliases(nlp: Pipeline, table: dict[str, Any]) -> Pipeline:
    check_keys("", table, ("aliases", "kb_id", "label", "name"), ("aliases", "name"))
    given = {key: table[key] for key in ("aliases", "kb_id") if key in table}
    return nlp.with_aliases({table["name"]: given}, label=table.get("label", "PERSON"))


def patterns_of(path: str | os.PathLike[str]) -> list[tuple[int, dict[str, Any]]]:
    """The patterns of a file of rules, each with the line of its pattern."""
    file = _File(path)
    tables = file.tables("patterns")
    return [(file.line_of("patterns", n, "pattern"), table) for n, table in enumerate(tables)]
