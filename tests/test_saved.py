"""Pipelines as values: config, version, files, rules, and what is left out."""

from __future__ import annotations

import hashlib
import json
import pathlib
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

import quoth

TEXT = "The Harbour Party won. “We will see,” said Amb. Anna Keller of Lisbon. HR 12 passed."
PATTERNS: Any = [
    {"label": "BILL", "pattern": r"(?<h>HR) (?<n>\d+)", "value": "{h}{n}", "ignore_case": True},
    {"label": "WILL", "pattern": "we will", "ignore_case": True, "context": "in quote"},
]
NLP = (
    quoth.load("en")
    .with_terms("PARTY", [("Harbour Party", "P1", "The Party"), "Grüne"], case="exact")
    .with_patterns(PATTERNS)
    .with_abbreviations(["Amb."])
)


def test_config_is_plain_data() -> None:
    config = NLP.config
    assert json.loads(json.dumps(config)) == config
    assert config["abbreviations"] == ["Amb."]
    terms, bill, will = config["extras"]
    assert terms["terms"]["count"] == 2
    assert (terms["label"], terms["terms"]["exact_case"]) == ("PARTY", True)
    assert (bill["pattern"], bill["value"]) == (r"(?<h>HR) (?<n>\d+)", "{h}{n}")
    assert will["context"] == "quote"


def test_version_is_that_of_the_content() -> None:
    again = quoth.load("en").with_terms("PARTY", ["a"])
    assert again.version == quoth.load("en").with_terms("PARTY", ["a"]).version
    others = {
        quoth.load("en").version,
        quoth.load("en", newlines="break").version,
        again.version,
        again.with_terms("PARTY", ["b"]).version,
        quoth.load("en").with_terms("PARTY", ["b"]).version,
        NLP.version,
    }
    assert len(others) == 6


def test_a_file_gives_the_same_pipeline(tmp_path: pathlib.Path) -> None:
    for nlp in (NLP, quoth.load("en", stages=["sentence"]), quoth.load("en", model=None)):
        path = tmp_path / "pipeline"
        nlp.save(path)
        again = quoth.Pipeline.load(path)
        assert again == nlp
        assert again.version == nlp.version
        assert again(TEXT) == nlp(TEXT)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["pipeline"]


def resealed(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """A change of what is behind the head, with a head that fits it."""

    def apply(data: bytes) -> bytes:
        payload = change(data[48:])
        size = len(payload).to_bytes(8, "little")
        return data[:8] + size + hashlib.sha256(payload).digest() + payload

    return apply


DAMAGED: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("not a pipeline of quoth", lambda data: b""),
    ("not a pipeline of quoth", lambda data: b"x" + data[1:]),
    ("not a pipeline of quoth", lambda data: data[:20]),
    (r"damaged: expected \d+ bytes, got \d+", lambda data: data[:-1]),
    (r"damaged: expected \d+ bytes, got \d+", lambda data: data + b"x"),
    (
        r"damaged: expected 18446744073709551615 bytes",
        lambda data: data[:8] + b"\xff" * 8 + data[16:],
    ),
    ("the checksum differs", lambda data: data[:-1] + bytes([data[-1] ^ 1])),
    ("not a pipeline that this version", resealed(lambda payload: b"\xff" * 8 + payload[8:])),
    ("not a pipeline that this version", resealed(lambda payload: payload + b"more")),
    (
        "not a pipeline that this version",
        resealed(lambda payload: payload.replace(b'"stages"', b'"stapes"')),
    ),
    ("terms: damaged", resealed(lambda payload: payload[:-6] + b"\xff" * 6)),
    ("made with the model", resealed(lambda payload: payload.replace(*model_bytes()))),
]


def model_bytes() -> tuple[bytes, bytes]:
    assert NLP.model is not None
    version = NLP.model.version.encode()
    return version, b"0" * len(version)


@pytest.mark.parametrize(("message", "change"), DAMAGED)
def test_damaged_files_are_errors(
    message: str, change: Callable[[bytes], bytes], tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "pipeline"
    NLP.save(path)
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(ValueError, match=message):
        quoth.Pipeline.load(path)


def test_without() -> None:
    assert quoth.load("en").without("attribution").stages[-1] == "link"
    assert quoth.load("en").without("entity").stages == ("sentence", "structure")
    assert quoth.load("en").without("structure").stages == ("sentence",)
    with pytest.raises(ValueError, match="stages: expected 'structure', .*, got 'sentence'"):
        quoth.load("en").without("sentence")
    with pytest.raises(ValueError, match="of your own need the stage 'entity'"):
        NLP.without("entity")
    with pytest.raises(ValueError, match="a pattern in quotes needs the stage 'attribution'"):
        NLP.without("attribution")


def test_with_abbreviations() -> None:
    text = "He met Stv. Keller there."
    assert len(quoth.load("en").sents(text)) == 2
    assert len(quoth.load("en").with_abbreviations(["Stv."]).sents(text)) == 1
    with pytest.raises(TypeError, match="abbreviations: expected a collection of str, got str"):
        NLP.with_abbreviations("Stv.")
    with pytest.raises(ValueError, match="abbreviations: expected words"):
        NLP.with_abbreviations(["a b"])


RULES = r"""
abbreviations = ["Amb."]

[[terms]]
label = "PARTY"
case = "exact"
terms = [["Harbour Party", "P1", "The Party"], "Grüne"]

[[patterns]]
label = "BILL"
pattern = '(?<h>HR) (?<n>\d+)'
value = "{h}{n}"
ignore_case = true

[[patterns]]
label = "WILL"
pattern = "we will"
ignore_case = true
context = "in quote"
"""


def test_rules_are_the_same_in_a_file(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(RULES, encoding="utf-8")
    assert quoth.load("en", rules=path) == NLP
    (tmp_path / "parties.txt").write_text("Greens\n")
    path.write_text('[[terms]]\nlabel = "PARTY"\nfile = "parties.txt"\n')
    assert quoth.load("en", rules=path) == quoth.load("en").with_terms("PARTY", ["Greens"])


WRONG = [
    ('[[terms]]\nlabel = "X\n', r"rules\.toml, line 2: Illegal character"),
    (
        '[[term]]\nlabel = "X"\n',
        r"line 1: expected abbreviations, aliases, .*, terms, titles, got 'term'",
    ),
    (
        "a = 1\nb = 2\n",
        "line 1: expected abbreviations, aliases, .*, terms, titles, got 'a'",
    ),
    ('abbreviations = "A."\n', "line 1: abbreviations: expected a collection of str, got str"),
    ('patterns = "a"\n', r"line 1: patterns: expected tables under \[\[patterns\]\]"),
    (
        '[[terms]]\nlabel = "X"\nterms = ["a"]\n\n[[terms]]\nlabel = "Y"\nterms = []\ncase = "A"\n',
        "line 8: case: expected 'ignore' or 'exact', got 'A'",
    ),
    ('[[terms]]\nlabel = "X"\n', "line 1: terms: expected either terms or file"),
    ('[[terms]]\nlabel = "X"\nfile = "no.txt"\n', "line 3: .*No such file"),
    ('[[terms]]\nlabel = "X"\nterm = ["a"]\n', "line 3: expected case, .*, got 'term'"),
    ('[[terms]]\nterms = ["a"]\n', "line 1: label: expected a str, got nothing"),
    ('[[terms]]\nlabel = "X"\nterms = ["a", 3]\n', r"line 3: terms\[1\]: expected str"),
    (
        '[[patterns]]\nlabel = "X"\npattern = "a"\n[[patterns]]\nlabel = "X"\npattern = "(a"\n',
        r"line 6: missing closing parenthesis, in the pattern '\(a' at 2",
    ),
    (
        '[[patterns]]\nlabel = "X"\npattern = "a"\n[[patterns]]\npattern = "b"\nlabel = 3\n',
        r"line 6: patterns\[1\]\.label: expected str, got int",
    ),
]


@pytest.mark.parametrize(("rules", "message"), WRONG, ids=[w[1] for w in WRONG])
def test_wrong_rules_are_told_with_their_line(
    rules: str, message: str, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(rules)
    with pytest.raises(ValueError, match=message):
        quoth.load("en", rules=path)


def lint(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "quoth", "lint-patterns", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_lint_tells_catastrophic_shapes(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "patterns.txt"
    good = [r"\bHR \d+\b", r"(?<a>[A-Z]\w+) said", "[^.]*promise", r"(?:\w+, )*\w+"]
    path.write_text("\n".join(good))
    done = lint(str(path))
    assert (done.returncode, done.stdout) == (0, "")
    bad = {
        "(a+)+$": "a repetition within a repetition",
        r"(\w+\s?)+:": "a repetition within a repetition",
        "(a|ab|b)*c": "alternatives within a repetition that start alike",
        r"\w*\w*x": "two repetitions side by side",
        "(a": "does not compile: missing closing parenthesis at 2",
        "(?:x(?1)?|(a+)+b)+$": "exceeds its limits on a text of",
    }
    path.write_text("# comment\n" + "\n".join(bad))
    done = lint(str(path))
    assert done.returncode == 1
    for number, (pattern, doubt) in enumerate(bad.items(), 2):
        assert f"{path}, line {number}: {doubt}" in done.stdout, pattern
    rules = tmp_path / "rules.toml"
    rules.write_text('[[patterns]]\nlabel = "X"\n\npattern = "(a+)+$"\n')
    assert f"{rules}, line 4: a repetition" in lint(str(rules)).stdout
