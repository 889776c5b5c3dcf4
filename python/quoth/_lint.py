"""quoth lint-patterns: patterns of one's own that may need very many steps.

In: a file of rules (quoth._rules), or lines of patterns. Out: one line for each doubt. Two things
are looked at: the shape of the pattern, as far as it is one that Python's parser knows, too; and
how the pattern fares on texts made of its own characters, which is what counts in the end.
"""

from __future__ import annotations

import argparse
import re
import string
from collections.abc import Iterator
from typing import Any

from quoth._core import Pattern, PatternError, Pipeline
from quoth._files import read_text

__all__ = ["doubts", "lint_command", "lint_parser"]

_PROBES = 64  # texts that a pattern is tried on
_PROBE_SIZE = 4000
_SAMPLE = string.ascii_letters + string.digits + " _-.,;:!?'\"/@#()\n"


def doubts(pattern: str, ignore_case: bool = False) -> Iterator[str]:
    """What is doubtful about a pattern, in English."""
    try:
        compiled = Pattern(pattern, ignore_case)
    except PatternError as error:
        yield f"does not compile: {error.message} at {error.position}"
        return
    yield from sorted(set(_shapes(pattern)))
    plain = Pipeline("en", ("entity",), model=None)
    nlp = plain.with_patterns([{"label": "X", "pattern": compiled}])
    for unit in _units(pattern):
        text = unit * (_PROBE_SIZE // len(unit)) + "\x01"
        if any(warning.code == "pattern_limit" for warning in nlp(text).warnings):
            yield f"exceeds its limits on a text of {unit!r} again and again"
            return


def _units(pattern: str) -> list[str]:
    """What texts may be made of that the pattern half matches."""
    literal = "".join(c for c in re.sub(r"\\.|\(\?<?[\w=!:<>P]*>?", " ", pattern) if c.isalnum())
    chars = list(dict.fromkeys(literal + "a1 A.é-"))[:24]
    pairs = [a + b for a in chars[:6] for b in (" ", "a", ".", ",", "1") if a != b]
    words = re.findall(r"[A-Za-z]{2,}", pattern)[:6]
    return (chars + pairs + words + [word + " " for word in words])[:_PROBES]


_CHARACTER = ("LITERAL", "NOT_LITERAL", "ANY", "IN")

# --- shapes ---------------------------------------------------------------------------------------


def _shapes(pattern: str) -> Iterator[str]:
    import warnings

    try:
        from re import _parser  # type: ignore[attr-defined]
    except ImportError:
        return
    known = re.sub(r"\(\?<(?=\w)", "(?P<", pattern)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = _parser.parse(known)
    except (re.error, RecursionError, OverflowError):
        return
    yield from _walk(list(tree))


def _walk(items: list[Any]) -> Iterator[str]:
    for at, (name, value) in enumerate(items):
        kind = str(name)
        if kind in ("MAX_REPEAT", "MIN_REPEAT"):
            body = list(value[2])
            if value[1] > 8 and _is_loose(body):
                yield "a repetition within a repetition: one text is divided in many ways"
            if value[1] > 8 and _branches_meet(body):
                yield "alternatives within a repetition that start alike"
            behind = items[at + 1] if at + 1 < len(items) else None
            if value[1] > 8 and behind is not None and _meet(body, behind):
                yield "two repetitions side by side that match the same characters"
        for inner in _inner(kind, value):
            yield from _walk(inner)


def _meet(body: list[Any], behind: Any) -> bool:
    """Whether a repeated character may be one that the repetition behind it repeats, too."""
    kind, value = str(behind[0]), behind[1]
    if kind not in ("MAX_REPEAT", "MIN_REPEAT") or value[1] <= 8:
        return False
    one, other = _flat(body), _flat(list(value[2]))
    single = all(len(items) == 1 and str(items[0][0]) in _CHARACTER for items in (one, other))
    return single and bool(_first(one) & _first(other))


def _inner(kind: str, value: Any) -> list[list[Any]]:
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        return [list(value[2])]
    if kind == "SUBPATTERN":
        return [list(value[3])]
    if kind == "BRANCH":
        return [list(branch) for branch in value[1]]
    if kind in ("ASSERT", "ASSERT_NOT"):
        return [list(value[1])]
    if kind == "ATOMIC_GROUP":
        return [list(value)]
    return []


def _flat(items: list[Any]) -> list[Any]:
    """Without the groups around a whole body."""
    while len(items) == 1 and str(items[0][0]) == "SUBPATTERN":
        items = list(items[0][1][3])
    return items


def _may_be_empty(item: Any) -> bool:
    kind, value = str(item[0]), item[1]
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        return bool(value[0] == 0) or all(map(_may_be_empty, value[2]))
    if kind == "SUBPATTERN":
        return all(map(_may_be_empty, value[3]))
    return kind in ("AT", "ASSERT", "ASSERT_NOT")


def _is_loose(body: list[Any]) -> bool:
    """Whether a repeated body is a repetition, and nothing else that has to be there."""
    items = _flat(body)
    repeats = [i for i in items if str(i[0]) in ("MAX_REPEAT", "MIN_REPEAT") and i[1][1] > 8]
    return any(all(o is r or _may_be_empty(o) for o in items) for r in repeats)


def _branches_meet(body: list[Any]) -> bool:
    items = _flat(body)
    if len(items) != 1 or str(items[0][0]) != "BRANCH":
        return False
    firsts = [_first(list(branch)) for branch in items[0][1][1]]
    return any(a & b for n, a in enumerate(firsts) for b in firsts[:n])


def _first(items: list[Any]) -> frozenset[str]:
    """The characters of a sample that a sequence may start with."""
    found: frozenset[str] = frozenset()
    for item in items:
        kind, value = str(item[0]), item[1]
        if kind in _CHARACTER:
            found |= frozenset(c for c in _SAMPLE if _matches(kind, value, c))
        else:
            for inner in _inner(kind, value):
                found |= _first(inner)
        if not _may_be_empty(item):
            break
    return found


def _matches(kind: str, value: Any, char: str) -> bool:
    if kind == "ANY":
        return char != "\n"
    if kind != "IN":
        return bool(ord(char) == value) == (kind == "LITERAL")
    negated = str(value[0][0]) == "NEGATE"
    found = any(_in_set(str(name), what, char) for name, what in value)
    return found != negated


def _in_set(name: str, what: Any, char: str) -> bool:
    if name == "LITERAL":
        return bool(ord(char) == what)
    if name == "RANGE":
        return bool(what[0] <= ord(char) <= what[1])
    if name == "CATEGORY":
        classes = {"DIGIT": str.isdigit, "SPACE": str.isspace, "WORD": _is_word}
        kind = str(what).removeprefix("CATEGORY_")
        return bool(classes[kind.removeprefix("NOT_")](char) != kind.startswith("NOT_"))
    return False


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


# --- the command ----------------------------------------------------------------------------------


def lint_parser(_: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quoth lint-patterns",
        description="Tells which patterns may need very many steps.",
        epilog="exit status:\n  0  no pattern is doubtful\n"
        "  1  one is, or a file could not be read\n  2  the command line is wrong\n",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="rules (.toml), or a pattern on each line; - is stdin",
    )
    return parser


def lint_command(name: str, arguments: list[str]) -> int:
    """quoth lint-patterns FILE...: exit status 1 if there is a doubt about any."""
    found = 0
    for file in lint_parser(name).parse_args(arguments).files:
        for line, pattern, ignore_case in _patterns(file):
            for doubt in doubts(pattern, ignore_case):
                print(f"{file}, line {line}: {doubt}: {pattern}")
                found += 1
    return 1 if found else 0


def _patterns(name: str) -> Iterator[tuple[int, str, bool]]:
    if name.endswith(".toml"):
        from quoth._rules import patterns_of

        for line, table in patterns_of(name):
            yield line, str(table.get("pattern", "")), bool(table.get("ignore_case", False))
        return
    for number, text in enumerate(read_text(name).split("\n"), 1):
        pattern = text.removesuffix("\r")
        if pattern.strip() and not pattern.startswith("#"):
            yield number, pattern, False
