"""Every case of tests/golden/*.txt: an input and what must be found in it, with offsets.

The format is described in CONTRIBUTING.md. An expected string is looked up in the input, and the
span that is found there is what the code must answer: so a case is plain text, and offsets are
compared all the same.
"""

from __future__ import annotations

import dataclasses
import functools
import pathlib
import re
from typing import Any

import pytest

import quoth

FOLDER = pathlib.Path(__file__).parent / "golden"
GAP = " [...] "  # stands for anything between its two sides
FRAME = ("title", "standfirst", "byline", "dateline", "source line", "author note")
LISTS = {
    "sentence": "sentences",
    "paragraph": "paragraphs",
    "quotation": "quotations",
    "quote": "quotes",
}
LISTS["entity"] = "entities"
QUOTE_FIELDS = (
    "parent",
    "content",
    "cue",
    "source",
    "speaker",
    "reason",
    "attitude",
    "factual",
    "closed",
    "marked",
)
FACTS = ("value", "kb", "titles", "members")
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([nrt\\]))")

Span = tuple[int, int]


@dataclasses.dataclass
class Case:
    name: str
    where: str
    text: str
    lines: list[
        tuple[str, str]
    ]  # key, value; the fields of a quote have keys that begin with a space


def unescape(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        if match[3]:
            return {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}[match[3]]
        return chr(int(match[1] or match[2], 16))

    return ESCAPE.sub(one, text)


def read_cases(path: pathlib.Path) -> list[Case]:
    cases: list[Case] = []
    text: list[str] = []
    state = "before"
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        where = f"{path.name}:{number}"
        if line.startswith("=== "):
            cases.append(Case(line[4:].strip(), where, "", []))
            text, state = [], "input"
        elif state == "input" and line == "---":
            cases[-1].text = unescape("\n".join(text).strip("\n"))
            state = "expected"
        elif state == "input":
            text.append(line)
        elif line.strip() and not line.startswith("#"):
            key, colon, value = line.partition(":")
            if state != "expected" or not colon:
                raise ValueError(f"{where}: neither a case nor an expectation: {line!r}")
            cases[-1].lines.append((key, unescape(value.strip())))
        if state == "before" and line.strip() and not line.startswith("#"):
            raise ValueError(f"{where}: text before the first case")
    if state == "input":
        raise ValueError(f"{path.name}: the last case has no line of '---'")
    return cases


def occurrences(text: str, part: str) -> list[Span]:
    """Where part stands in text, as whole words."""
    pattern = re.escape(part)
    if part[:1].isalnum():
        pattern = r"(?<!\w)" + pattern
    if part[-1:].isalnum():
        pattern += r"(?!\w)"
    return [(m.start(), m.start() + len(part)) for m in re.finditer(f"(?={pattern})", text)]


def locate(text: str, value: str, start: int = 0, near: list[Span] | None = None) -> Span:
    """The span that "words", "words #2" (the second) or "first words [...] last words" means."""
    first, gap, last = value.partition(GAP)
    if gap:
        head = locate(text, first, start, near)
        return head[0], locate(text, last, head[1])[1]
    numbered = re.fullmatch(r"(.*\S) #(\d+)", value, re.DOTALL)
    if numbered:
        return occurrences(text, numbered[1])[int(numbered[2]) - 1]
    found = [span for span in occurrences(text, value) if span[0] >= start]
    if near:
        found = [s for s in found if not any(s[0] < e and b < s[1] for b, e in near)]
        found.sort(key=lambda s: min(max(b - s[1], s[0] - e) for b, e in near))
    assert found, f"the expectation {value!r} does not stand in the input (after offset {start})"
    return found[0]


def shown(text: str, span: Span | None) -> tuple[int, int, str] | None:
    return None if span is None else (*span, text[span[0] : span[1]])


def span_of(thing: Any) -> Span | None:
    return None if thing is None else (thing.start_char, thing.end_char)


def name_of(entity: Any) -> str:
    return "-" if entity is None else entity.name


def yes(flag: bool) -> str:
    return "yes" if flag else "no"


@functools.cache
def pipeline(options: tuple[tuple[str, str], ...]) -> Any:
    arguments: dict[str, Any] = dict(options)
    if "split_in_quotes" in arguments:
        arguments["split_in_quotes"] = arguments["split_in_quotes"] == "yes"
    return quoth.load("en", **arguments)


def compare(got: list[Any], want: list[Any], some: bool = False) -> None:
    """Says what is missing and what is too much, each with its offsets."""
    lines = [f"missing:      {thing}" for thing in want if thing not in got]
    if not some:
        lines += [f"not expected: {thing}" for thing in got if thing not in want]
        lines += ["in another order"] * (not lines and got != want)
    assert not lines, "\n".join(["", *lines, f"all found: {got}" if some else ""])


def check_sequence(
    text: str, things: Any, expected: list[str], some: bool = False, tail: Any = None
) -> None:
    """Spans in order: "words", or "kind | words" where tail tells the kind of a thing."""
    want: list[Any] = []
    at = 0
    for value in expected:
        kind, _bar, words = value.partition(" | ") if tail else ("", "", value)
        words, _, flag = words.partition(" | ") if tail else (words, "", "")
        span = locate(text, words, at)
        at = span[0] + 1 if tail else span[1]
        want.append((kind, flag, shown(text, span)) if tail else shown(text, span))
    got = [(*tail(t), shown(text, span_of(t))) if tail else shown(text, span_of(t)) for t in things]
    compare(got, want, some)


def check_mentions(text: str, doc: Any, expected: list[str], some: bool) -> None:
    want, fields, at = [], [], 0
    for value in expected:
        label, words, *rest = [part.strip() for part in value.split(" | ")]
        span = locate(text, words, at)
        at = span[1]
        want.append((label, shown(text, span)))
        fields.append(rest)
    mentions = [((m.label_, shown(text, span_of(m))), m) for m in doc.ents]
    compare([key for key, _ in mentions], want, some)
    by_key = dict(mentions)
    for key, rest in zip(want, fields, strict=True):
        mention = by_key[key]
        if rest and rest[0]:
            assert name_of(mention.entity) == rest[0], f"the entity of {key}"
        if len(rest) > 1:
            title = (
                None if rest[1] == "-" else locate(text, rest[1], 0, [span_of(mention) or (0, 0)])
            )
            assert shown(text, span_of(mention.title)) == shown(text, title), f"the title of {key}"


def words_and_value(line: str) -> tuple[str, str | None]:
    """The two sides of "words | value"; "-" means none."""
    words, _, value = line.rpartition(" | ")
    assert words, f"expected words | value, got {line!r}"
    return words.strip(), None if value.strip() == "-" else value.strip()


def check_facts(text: str, doc: Any, facts: list[tuple[str, str]]) -> None:
    """What mentions and entities say beyond their names: value, kb, titles, members."""
    for key, line in facts:
        words, wanted = words_and_value(line)
        if key in ("titles", "members"):
            (entity,) = [e for e in doc.entities if e.name == words]
            found = entity.titles if key == "titles" else [e.name for e in entity.members]
            assert list(found) == (wanted.split("; ") if wanted else []), line
            continue
        span = locate(text, words)
        (mention,) = [m for m in doc.ents if span_of(m) == span]
        assert (mention.value if key == "value" else mention.kb_id_) == wanted, line


def check_quote(text: str, doc: Any, quote: Any, fields: list[tuple[str, str]], start: int) -> None:
    spans: list[Span] = []
    for key, value in fields:
        if key == "content":
            spans.append(locate(text, value, spans[-1][1] if spans else start))
    got = {
        "speaker": name_of(quote.speaker),
        "reason": str(quote.speaker_reason),
        "attitude": str(quote.attitude),
        "factual": yes(quote.factual),
        "closed": yes(quote.closed),
        "parent": "-" if quote.parent is None else quote.parent.text,
    }
    if spans:
        assert [shown(text, span_of(c)) for c in quote.content] == [
            shown(text, s) for s in spans
        ], "content"
    marked = [value for key, value in fields if key == "marked"]
    if marked:
        inside = [q for q in doc.quotations if q.quote == quote]
        check_sequence(text, inside, marked)
    around = spans or [s for c in quote.content if (s := span_of(c))]
    for key, value in fields:
        if key in ("cue", "source"):
            span = None if value == "-" else locate(text, value, 0, around)
            assert shown(text, span_of(getattr(quote, key))) == shown(text, span), key
        elif key in got:
            assert got[key] == value, key


def check_quotes(
    text: str, doc: Any, expected: list[tuple[str, list[tuple[str, str]]]], some: bool
) -> None:
    quotes = list(doc.quotes)
    listed = [f"{q.type}: {q.text!r}, cue {q.cue}, source {q.source}, {q.attitude}" for q in quotes]
    if not some:
        assert len(quotes) == len(expected), f"found {listed}"
    at = 0
    for index, (kind, fields) in enumerate(expected):
        first = next((value for key, value in fields if key in ("content", "marked")), None)
        if some:
            assert first is not None, "a quote among others needs its content"
            start, end = locate(text, first, at)
            matching = [
                q
                for q in quotes
                if any(c.start_char <= start and end <= c.end_char for c in q.content)
            ]
            assert matching, f"no quote has {first!r}: {listed}"
            quote = matching[0]
        else:
            quote = quotes[index]
        assert str(quote.type) == kind, f"the type of {quote.text!r}"
        check_quote(text, doc, quote, fields, at)
        at = quote.content[0].start_char + 1


def check(case: Case) -> None:
    options: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    mode: dict[str, str] = {}
    frame: dict[str, str] = {}
    absent: list[str] = []
    facts: list[tuple[str, str]] = []
    quotes: list[tuple[str, list[tuple[str, str]]]] = []
    for key, value in case.lines:
        if key.startswith(" "):
            assert key.strip() in QUOTE_FIELDS, f"{case.where}: no such field of a quote: {key}"
            assert quotes, f"{case.where}: a field before the first quote: {key}"
            quotes[-1][1].append((key.strip(), value))
        elif key == "quote":
            quotes.append((value, []))
        elif key in LISTS:
            lists.setdefault(key, []).append(value)
        elif key in LISTS.values():
            mode[key] = value
        elif key in FRAME:
            frame[key] = value
        elif key == "no entity":
            absent.append(value)
        elif key in FACTS:
            facts.append((key, value))
        else:
            assert key in ("newlines", "split_in_quotes"), (
                f"{case.where}: no such expectation: {key}"
            )
            options[key] = value

    text = case.text
    doc = pipeline(tuple(options.items()))(text)
    for name, value in frame.items():
        span = None if value == "-" else locate(text, value)
        assert shown(text, span_of(getattr(doc, name.replace(" ", "_")))) == shown(text, span), name
    if "sentence" in lists:
        check_sequence(text, doc.sents, lists["sentence"])
    if "paragraph" in lists:
        some = mode.get("paragraphs") == "some"
        check_sequence(text, doc.paragraphs, lists["paragraph"], some, lambda p: (str(p.kind), ""))
    if "quotation" in lists or mode.get("quotations") == "none":
        some = mode.get("quotations") == "some"
        kinds = lambda q: (str(q.kind), "" if q.closed else "open")  # noqa: E731
        check_sequence(text, doc.quotations, lists.get("quotation", []), some, kinds)
    if "entity" in lists or mode.get("entities") == "none":
        check_mentions(text, doc, lists.get("entity", []), mode.get("entities") == "some")
    for value in absent:
        start, end = locate(text, value)
        assert [m for m in doc.ents if m.start_char < end and start < m.end_char] == []
    check_facts(text, doc, facts)
    if quotes or mode.get("quotes") == "none":
        check_quotes(text, doc, quotes, mode.get("quotes") == "some")


CASES = [(path.stem, case) for path in sorted(FOLDER.glob("*.txt")) for case in read_cases(path)]


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{stem}-{c.name}") for stem, c in CASES])
def test_case(case: Case) -> None:
    assert case.lines, f"{case.where}: nothing is expected"
    check(case)


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 150
    names = [(stem, case.name) for stem, case in CASES]
    assert len(names) == len(set(names)), "two cases of one file have the same name"
