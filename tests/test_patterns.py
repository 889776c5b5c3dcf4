"""Patterns of one's own: quoth.Pattern and Pipeline.with_patterns()."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from typing import Any

import pytest

import quoth
from redos import REDOS

NLP = quoth.load("en")
LIGHT = quoth.load("en", stages=["entity"], model=None)
TEXT = (
    "Port plan passes\n\n“We will rebuild the port,” said Anna Keller of Lisbon on Monday. The "
    "port is old.\n\nBill HR 12 and bill S 7 were read. Keller said she would not stop."
)
BILL: Any = {"label": "BILL", "pattern": r"(?i)bill (?<chamber>HR|S) (?<n>\d+)(?<x>z)?"}


def texts(doc: quoth.Document, label: str) -> list[str]:
    return [mention.text for mention in doc.ents + doc.matches if mention.label_ == label]


def test_groups_are_fields_and_make_the_value() -> None:
    nlp = NLP.with_patterns([{**BILL, "value": "{chamber}-{n}{x}", "name": "bills"}])
    doc = nlp(TEXT)
    found = [mention for mention in doc.ents if mention.label_ == "BILL"]
    assert [mention.text for mention in found] == ["Bill HR 12", "bill S 7"]
    assert [mention.value for mention in found] == ["HR-12", "S-7"]
    assert [mention.rule for mention in found] == ["pattern: bills"] * 2
    fields = {name: span.text for name, span in found[0].fields.items()}
    assert fields == {"chamber": "HR", "n": "12"}
    for span in found[0].fields.values():
        assert doc.text[span.start_char : span.end_char] == span.text
    assert quoth.from_json(doc.to_json()) == doc
    assert pickle.loads(pickle.dumps(doc)) == doc


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (None, ["Port", "port", "port"]),
        ("in title", ["Port"]),
        ("not in title", ["port", "port"]),
        ("in quotation", ["port"]),
        ("not in quotation", ["Port", "port"]),
        ("in quote", ["port"]),
        ("in sentence with a mention of PERSON", ["port"]),
        ("not in sentence with a mention of PERSON", ["Port", "port"]),
    ],
)
def test_contexts(context: str | None, expected: list[str]) -> None:
    pattern: Any = {"label": "PORT", "pattern": "port", "ignore_case": True}
    if context is not None:
        pattern["context"] = context
    doc = NLP.with_patterns([pattern])(TEXT)
    assert texts(doc, "PORT") == expected
    assert [m.text for m in doc.matches] == (expected if context == "in quote" else [])


def test_a_context_may_be_a_label_of_ones_own() -> None:
    nlp = LIGHT.with_terms("PARTY", ["Greens"]).with_patterns(
        [{"label": "VOTE", "pattern": "vote", "context": "in sentence with a mention of PARTY"}]
    )
    doc = nlp("The Greens vote today. They vote tomorrow.")
    assert [m.start_char for m in doc.ents if m.label_ == "VOTE"] == [11]


def test_a_pattern_sees_one_paragraph() -> None:
    nlp = LIGHT.with_patterns([{"label": "X", "pattern": r"^\w+|\w+\W?$"}])
    assert texts(nlp("One two.\n\nThree four five."), "X") == ["One", "two.", "Three", "five."]
    nlp = LIGHT.with_patterns([{"label": "X", "pattern": r"end\s+start", "overlap": "replace"}])
    assert texts(nlp("An end\n\nstart."), "X") == []


def test_long_paragraphs_are_seen_in_parts() -> None:
    text = "".join(f"Number {n} is a sentence here. " for n in range(1000))
    nlp = LIGHT.with_patterns([{"label": "X", "pattern": r"Number \d+ is", "overlap": "replace"}])
    assert len(texts(nlp(text), "X")) == 1000
    nlp = LIGHT.with_patterns([{"label": "X", "pattern": r"^Number|here\. ?$"}])
    assert texts(nlp(text), "X") == ["Number", "here."]
    nlp = LIGHT.with_patterns([{"label": "X", "pattern": "é+"}])
    assert sum(map(len, texts(nlp("é" * 10000), "X"))) == 10000


@pytest.mark.parametrize(("pattern", "unit", "end"), REDOS, ids=[row[0] for row in REDOS])
def test_no_pattern_stalls_the_others(pattern: str, unit: str, end: str) -> None:
    hostile = (unit * (10000 // len(unit)))[:10000] + end
    nlp = LIGHT.with_patterns([{"label": "BAD", "pattern": pattern}, {**BILL, "priority": 1}])
    doc = nlp("Bill HR 12 passed.\n\n" + hostile + "\n\nBill S 7 passed.")
    assert texts(doc, "BILL") == ["Bill HR 12", "Bill S 7"]
    limited = [warning for warning in doc.warnings if warning.code == "pattern_limit"]
    assert [warning.detail for warning in limited] in ([], ["pattern: BAD"])
    assert doc.to_json() == nlp(doc.text).to_json()
    # What it costs the thread, beside what the article and the other pattern do.
    plain = LIGHT.with_patterns([BILL])
    took = least(lambda: nlp(doc.text)) - least(lambda: plain(doc.text))
    assert took <= 0.05, "50 ms on 10 kB"


def least(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.thread_time()
        work()
        times.append(time.thread_time() - start)
    return min(times)


def test_a_limit_is_a_warning_or_an_error() -> None:
    bad: Any = {"label": "BAD", "pattern": "(a+)+$"}
    hostile = "Bill S 7.\n\n" + "a" * 5000 + "!\n\nBill S 8."
    doc = LIGHT.with_patterns([bad, BILL])(hostile)
    assert texts(doc, "BILL") == ["Bill S 7", "Bill S 8"]
    (warning,) = doc.warnings
    assert (warning.code, warning.detail) == ("pattern_limit", "pattern: BAD")
    assert warning.message.endswith("was given up here: pattern: BAD")
    assert warning.start_char >= 11
    assert pickle.loads(pickle.dumps(warning)) == warning
    assert quoth.from_json(doc.to_json()) == doc
    nlp = LIGHT.with_patterns([BILL, bad], errors="raise")
    with pytest.raises(quoth.PatternError, match="pattern: BAD: more steps than") as raised:
        nlp(hostile)
    assert (raised.value.pattern, raised.value.position) == ("(a+)+$", None)
    assert texts(nlp("Bill S 9"), "BILL") == ["Bill S 9"]
    generous = LIGHT.with_patterns([{"label": "X", "pattern": "(a|b)+d", "step_limit": 10**7}])
    stingy = LIGHT.with_patterns([{"label": "X", "pattern": "(a|b)+d", "step_limit": 10}])
    assert generous("ab" * 50 + "cd").warnings == ()
    assert stingy("ab" * 50 + "cd").warnings[0].code == "pattern_limit"


def test_patterns_are_values() -> None:
    pattern = quoth.Pattern("(?<a>x)(y)(?<b>z)", ignore_case=True, step_limit=5)
    assert pattern.groups == ("a", "b")
    assert (pattern.pattern, pattern.ignore_case) == ("(?<a>x)(y)(?<b>z)", True)
    assert pickle.loads(pickle.dumps(pattern)) == pattern
    assert pattern != quoth.Pattern("(?<a>x)(y)(?<b>z)")
    nlp = NLP.with_patterns([BILL, {"label": "X", "pattern": pattern}])
    assert pickle.loads(pickle.dumps(nlp)) == nlp
    assert hash(nlp) == hash(NLP.with_patterns([BILL, {"label": "X", "pattern": pattern}]))
    assert nlp != NLP.with_patterns([BILL])


def test_threads_give_what_one_gives() -> None:
    word: Any = {"label": "WORD", "pattern": r"\b(?<first>[a-z])\w+", "value": "{first}"}
    nlp = NLP.with_terms("T", ["port", "bill"]).with_patterns(
        [BILL, word, {"label": "BAD", "pattern": r"(\w+\s?)+$"}]
    )
    many = [TEXT[i:] for i in range(0, 60, 2)]
    wanted = [nlp(text).to_json() for text in many]
    assert [doc.to_json() for doc in nlp.pipe(many * 8, n_threads=16)] == wanted * 8


WRONG: list[tuple[type[Exception], str, Any]] = [
    (TypeError, "patterns: expected an iterable of dicts, got dict", BILL),
    (TypeError, r"patterns\[0\]: expected dict, got str", ["a"]),
    (ValueError, r"patterns\[0\]: expected context, .*, got 'lable'", [{"lable": "X"}]),
    (ValueError, r"patterns\[0\]\.pattern: expected a str, got nothing", [{"label": "X"}]),
    (TypeError, r"patterns\[0\]\.pattern: expected str, got int", [{"label": "X", "pattern": 3}]),
    (
        ValueError,
        r"patterns\[1\]\.value: expected \{chamber\}, \{n\}, \{x\} of the pattern, got '\{y\}'",
        [BILL, {**BILL, "value": "{y}"}],
    ),
    (ValueError, r"patterns\[0\]\.value: expected \{chamber\}", [{**BILL, "value": "{n.real}"}]),
    (ValueError, r"patterns\[0\]\.value: .*, in '\{n'", [{**BILL, "value": "{n"}]),
    (
        ValueError,
        r"patterns\[0\]\.context: expected 'in title', .*, got 'in body'",
        [{**BILL, "context": "in body"}],
    ),
    (
        ValueError,
        r"patterns\[0\]\.overlap: expected 'beside' with this context, got 'keep'",
        [{**BILL, "context": "in quote", "overlap": "keep"}],
    ),
    (
        TypeError,
        r"patterns\[0\]\.pattern: a Pattern has its own ignore_case",
        [{"label": "X", "pattern": quoth.Pattern("a"), "ignore_case": True}],
    ),
    (TypeError, r"patterns\[0\]\.priority: expected int", [{**BILL, "priority": 1.5}]),
]


@pytest.mark.parametrize(("kind", "message", "patterns"), WRONG, ids=[w[1] for w in WRONG])
def test_errors_say_what_was_expected(kind: type[Exception], message: str, patterns: Any) -> None:
    with pytest.raises(kind, match=message):
        NLP.with_patterns(patterns)


def test_a_quote_needs_its_stage() -> None:
    message = r"context: this pipeline was loaded without 'attribution'"
    with pytest.raises(ValueError, match=message):
        LIGHT.with_patterns([{"label": "X", "pattern": "a", "context": "in quote"}])


NOT_COMPILING: list[tuple[str, int, str]] = [
    ("é(b", 3, "missing closing parenthesis"),
    ("a**+*", 2, "quantifier does not follow a repeatable item"),
    (r"a\C", 3, r"using \\C is disabled by the application"),
]


@pytest.mark.parametrize(("pattern", "position", "message"), NOT_COMPILING)
def test_what_does_not_compile(pattern: str, position: int, message: str) -> None:
    make: list[Callable[[], object]] = [
        lambda: quoth.Pattern(pattern),
        lambda: NLP.with_patterns([{"label": "X", "pattern": pattern}]),
    ]
    for attempt in make:
        with pytest.raises(quoth.PatternError, match=message) as raised:
            attempt()
        assert raised.value.pattern == pattern
        assert raised.value.position == position
        assert isinstance(pickle.loads(pickle.dumps(raised.value)), quoth.PatternError)


def test_a_find_may_lie_inside_a_token(nlp: quoth.Pipeline) -> None:
    own = nlp.with_patterns([{"label": "MINE", "pattern": "rump|ixe", "overlap": "replace"}])
    doc = own("Atrump and Btrump met pixels, and more pixels.")
    found = [mention for mention in doc.ents if mention.label_ == "MINE"]
    assert [mention.text for mention in found] == ["rump", "rump", "ixe", "ixe"]
    # They are known by their own text, not by the words that they are in.
    entities = [mention.entity for mention in found]
    assert [entity.name for entity in entities if entity] == ["rump", "rump", "ixe", "ixe"]
    assert len({entity.name for entity in doc.entities if entity.label_ == "MINE"}) == 2
    assert sum(entity.label_ == "MINE" for entity in doc.entities) == 2


@pytest.mark.parametrize("label", ["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "DATE", "MINE"])
@pytest.mark.parametrize(
    "pattern", [r"(?<=[a-z])[a-z]", r"\s+", r"\W+$", r"(?<=\w)\w+$", "[.,“”()]+"]
)
def test_finds_of_any_label_need_no_token(nlp: quoth.Pipeline, label: str, pattern: str) -> None:
    own = nlp.with_patterns([{"label": label, "pattern": pattern, "overlap": "replace"}])
    for text in [
        "Mayor Anna Keller (the “HSB”) said: “We (x) will.”",
        "\u200b",
        ".",
        "a",
        "x\n\n“",
    ]:
        doc = own(text)
        for mention in doc.ents:
            assert mention.text == text[mention.start_char : mention.end_char]
            assert mention.entity is None or mention in mention.entity.mentions
