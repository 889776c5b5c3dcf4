"""The objects: what they hold, and that they are immutable, comparable, hashable and picklable."""

from __future__ import annotations

import contextlib
import copy
import datetime
import gc
import pickle
import sys
import tomllib
import tracemalloc
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import quoth
from conftest import TEXT, document_data
from quoth._core import Reader, Reading, explain, fit, sentence_decisions, trace
from quoth.train.model_file import pack_sections

ROOT = Path(__file__).parent.parent


def things(doc: quoth.Document) -> list[Any]:
    """One object of each type, at least."""
    found: list[Any] = [doc, doc.title, doc.byline, doc.dateline, doc.source_line, doc.author_note]
    for some in (
        doc.sents,
        doc.paragraphs,
        doc.quotes,
        doc.quotations,
        doc.ents,
        doc.entities,
        doc.warnings,
    ):
        found.extend(some)
    for quote in doc.quotes:
        found.extend(quote.content)
    return [thing for thing in found if thing is not None]


# --- what they hold -------------------------------------------------------------------------------


def test_version_has_one_source() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] == quoth.__version__
    assert (
        f'#define QUOTH_VERSION "{quoth.__version__}"'
        in (ROOT / "csrc/include/quoth.h").read_text()
    )


def test_all_is_sorted_and_there() -> None:
    assert quoth.__all__ == sorted(quoth.__all__)
    assert all(hasattr(quoth, name) for name in quoth.__all__)


def test_frame(made: quoth.Document) -> None:
    assert made.text == TEXT
    assert made.title is not None
    assert made.title.text == "Harbour Towns Fear <Rising> Seas & Storms"
    assert made.standfirst is None
    assert made.byline is not None
    assert made.byline.text == "By Mara Quill"
    assert made.author_note is not None
    assert made.author_note.text == "Mara Quill writes about the sea."
    dateline = made.dateline
    assert dateline is not None
    assert dateline.text == "VALMOUTH (NPA) —"
    assert dateline.date == datetime.date(2021, 3, 5)
    assert dateline.place is not None
    assert dateline.place.text == "VALMOUTH"
    assert dateline.section is None
    assert dateline.outlet is not None
    assert dateline.outlet.text == "NPA"
    line = made.source_line
    assert line is not None
    assert line.date == datetime.date(2021, 3, 5)
    assert line.outlet is not None
    assert line.outlet.text == "Valmouth Post"


def test_sentences_and_paragraphs(made: quoth.Document) -> None:
    assert len(made.sents) == 10
    assert made.sents[3].text == "“The water,” she said, “won’t wait.”"
    assert [p.kind for p in made.paragraphs][:3] == ["title", "byline", "body"]
    assert all(type(s) is quoth.Sentence and isinstance(s, quoth.Span) for s in made.sents)
    assert made.sents is made.sents
    assert made.tokens == ()


def test_interrupted_quote(made: quoth.Document) -> None:
    quote = made.quotes[0]
    assert [piece.text for piece in quote.content] == ["“The water,”", "“won’t wait.”"]
    assert quote.text == "“The water,” “won’t wait.”"
    assert (quote.start_char, quote.end_char) == (
        quote.content[0].start_char,
        quote.content[1].end_char,
    )
    assert quote.cue is not None
    assert quote.cue.text == "said"
    assert quote.source is not None
    assert quote.source.text == "she"
    assert quote.speaker == made.entities[1]
    assert quote.speaker_reason == "pronoun"
    assert (quote.type, quote.attitude, quote.factual, quote.closed) == (
        "direct",
        "speech",
        True,
        True,
    )
    assert (quote.score, quote.rule) == (0.75, "by-hand")
    assert quote.sents == (made.sents[3],)


def test_quote_over_two_paragraphs(made: quoth.Document) -> None:
    assert [s.text for s in made.quotes[1].sents] == [
        "Engineer Tom Ré told reporters: “We measured it twice.",
        "“It rose by a hand’s breadth.”",
    ]


def test_quote_without_source(made: quoth.Document) -> None:
    quote = made.quotes[3]
    assert quote.source is None
    assert quote.cue is None
    assert quote.speaker is None
    assert quote.speaker_reason == "no_source"
    assert not quote.closed


def test_quotations(made: quoth.Document) -> None:
    first = made.quotations[0]
    assert (first.text, first.inner.text) == ("“The water,”", "The water,")
    assert first.quote == made.quotes[0]
    assert first.quote == made.quotations[1].quote
    assert (first.kind, first.closed) == ("speech", True)
    assert not made.quotations[2].closed


def test_mentions_and_entities(made: quoth.Document) -> None:
    valmouth, bell, _ = made.entities
    assert (valmouth.name, valmouth.label_, valmouth.kb_id_, valmouth.aliases) == (
        "Valmouth",
        "GPE",
        "Q1",
        ("VALMOUTH",),
    )
    assert valmouth.mentions == (made.ents[0], made.ents[4])
    assert bell.quotes == (made.quotes[0],)
    assert bell.kb_id_ is None
    mention = made.ents[1]
    assert mention.entity == bell
    assert mention.entity is not None
    assert mention.entity.mentions[0] == mention
    assert mention.title is not None
    assert mention.title.text == "Mayor"
    assert (mention.label_, mention.kb_id_, mention.score, mention.rule) == (
        "PERSON",
        None,
        0.9,
        "by-hand",
    )
    assert made.ents[0].kb_id_ == "Q1"
    assert made.ents[2].entity is None
    assert made.ents[2].kb_id_ is None


def test_warnings(made: quoth.Document) -> None:
    warning = made.warnings[0]
    assert (warning.text, warning.code) == ("“Not", "unclosed_quotation")
    assert warning.message


def test_slices_are_the_texts(made: quoth.Document) -> None:
    for thing in things(made):
        if isinstance(thing, quoth.Span):
            assert TEXT[thing.start_char : thing.end_char] == thing.text
            assert len(thing) == len(thing.text)


# --- protocols ------------------------------------------------------------------------------------


def test_repr(made: quoth.Document) -> None:
    assert (
        repr(made.quotes[0])
        == "Quote('“The water,” “won’t wait.”', speaker='Ann Bell', cue='said')"
    )
    assert repr(made.quotes[2]) == "Quote('the old wall will hold', speaker=None, cue='may say')"
    assert repr(made.quotes[3]) == "Quote('“Not this time,”', speaker=None)"
    at = TEXT.index("Monday")
    assert repr(made.ents[2]) == f"Mention('Monday', {at}, {at + 6}, label_='DATE')"
    assert repr(made.entities[0]) == "Entity('Valmouth', label_='GPE', 2 mentions)"
    assert repr(made.entities[1]) == "Entity('Ann Bell', label_='PERSON', 1 mention)"
    assert repr(made.byline) == "Span('By Mara Quill', 43, 56)"
    assert repr(made.paragraphs[1]) == "Paragraph('By Mara Quill', 43, 56, kind='byline')"
    assert repr(made.warnings[0]).endswith("code='unclosed_quotation')")
    assert (
        repr(made)
        == "Document('Harbour Towns Fear <Rising> Seas & Storms', 10 sents, 4 quotes, 5 ents)"
    )
    assert len(repr(quoth.Span("x" * 1000, 0, 1000))) < 100


def test_equal_by_value(made: quoth.Document) -> None:
    other = quoth.from_json(document_data())
    assert other == made
    assert hash(other) == hash(made)
    for a, b in zip(things(made), things(other), strict=True):
        assert a == b
        assert not a != b
        assert hash(a) == hash(b)
        assert a != "something else"
        assert a is not b
    assert len(set(things(made)) | set(things(other))) == len(set(things(made)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("quotes", 0, "score"), 0.5),
        (("quotes", 0, "type"), "mixed"),
        (("quotes", 0, "factual"), False),
        (("quotes", 0, "closed"), False),
        (("quotes", 1, "parent"), "q0"),
        (("quotes", 0, "attitude"), "belief"),
        (("quotes", 0, "speaker"), "e2"),
        (("quotes", 0, "speaker"), None),
        (("quotes", 0, "speaker_reason"), "name"),
        (("quotes", 0, "rule"), "other"),
        (("quotes", 0, "cue"), None),
        (("quotes", 0, "source"), None),
        (("quotes", 0, "content"), [{"start": 1, "end": 2}]),
        (("quotations", 0, "kind"), "scare"),
        (("quotations", 0, "closed"), False),
        (("quotations", 0, "quote"), None),
        (("quotations", 0, "inner"), {"start": 1, "end": 1}),
        (("ents", 1, "title"), None),
        (("ents", 1, "label"), "ORG"),
        (("ents", 1, "score"), 0.1),
        (("ents", 1, "entity"), None),
        (("entities", 0, "name"), "Elsewhere"),
        (("entities", 0, "kb_id"), None),
        (("entities", 0, "label"), "LOC"),
        (("paragraphs", 0, "kind"), "heading"),
        (("sents", 0, "end"), 5),
        (("warnings", 0, "code"), "stray_mark"),
        (("dateline", "date"), None),
        (("dateline", "place"), None),
        (("dateline", "outlet"), None),
        (("source_line", "date"), "2021-03-04"),
        (("source_line", "outlet"), None),
        (("title",), None),
        (("standfirst",), {"start": 1, "end": 2}),
        (("text",), TEXT.replace("Mara", "Lara")),
    ],
)
def test_unequal_by_value(
    made: quoth.Document, data: dict[str, Any], path: tuple[Any, ...], value: object
) -> None:
    inside: Any = data
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = value
    other = quoth.from_json(data)
    assert other != made
    assert not other == made
    if len(path) == 3 and path[0] not in ("sents",):
        index = path[1]
        assert getattr(other, path[0])[index] != getattr(made, path[0])[index]


def test_types_differ_and_so_do_their_objects(made: quoth.Document) -> None:
    sentence = made.sents[1]
    span = quoth.Span(TEXT, sentence.start_char, sentence.end_char)
    assert span == made.byline
    assert span != sentence
    assert made.paragraphs[1] != sentence


def test_spans_of_one_text_are_ordered(made: quoth.Document) -> None:
    assert sorted(made.sents, reverse=True)[::-1] == list(made.sents)
    assert made.sents[0] < made.sents[1] <= made.sents[1]
    assert made.sents[1] > made.sents[0] >= made.sents[0]
    with pytest.raises(TypeError):
        assert quoth.Span("a", 0, 1) < quoth.Span("b", 0, 1)
    with pytest.raises(TypeError):
        assert made.quotes[0] < made.quotes[1]  # type: ignore[operator]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickle(made: quoth.Document, protocol: int) -> None:
    for thing in things(made):
        again = pickle.loads(pickle.dumps(thing, protocol))
        assert again == thing
        assert type(again) is type(thing)
    assert pickle.loads(pickle.dumps(made, protocol)).to_dict() == made.to_dict()


def test_pickle_holds_the_text_once(made: quoth.Document) -> None:
    assert (
        len(pickle.dumps([*made.quotes, *made.ents, *made.sents])) < len(pickle.dumps(made)) + 1500
    )


def test_copy_is_the_same_object(made: quoth.Document) -> None:
    for thing in things(made):
        assert copy.copy(thing) is thing
        assert copy.deepcopy(thing) is thing


def test_nothing_can_be_changed(made: quoth.Document) -> None:
    for thing in things(made):
        names = [name for name in dir(thing) if not name.startswith("__")]
        for name in [*names, "something_new"]:
            with pytest.raises(AttributeError):
                setattr(thing, name, None)
            with pytest.raises(AttributeError):
                delattr(thing, name)
        with pytest.raises(TypeError):
            type(thing).something_new = None


def test_types_are_final_and_made_by_reading_only(made: quoth.Document) -> None:
    for thing in things(made):
        with pytest.raises(TypeError):
            type("Sub", (type(thing),), {})
    for kind in (
        quoth.Document,
        quoth.Quote,
        quoth.Mention,
        quoth.Entity,
        quoth.Quotation,
        quoth.Dateline,
    ):
        with pytest.raises(TypeError):
            kind()
    assert quoth.Span.__module__ == "quoth"


def test_everything_is_documented() -> None:
    for name in quoth.__all__:
        thing = getattr(quoth, name)
        assert thing.__doc__, name
        if isinstance(thing, type) and not issubclass(thing, Exception):
            for attribute in dir(thing):
                if not attribute.startswith("_"):
                    assert getattr(thing, attribute).__doc__, f"{name}.{attribute}"


# --- constructors ---------------------------------------------------------------------------------


def test_span_by_hand() -> None:
    span = quoth.Span("some text", 5, 9)
    assert (span.text, span.start_char, span.end_char, len(span)) == ("text", 5, 9, 4)
    assert quoth.Paragraph("some text", 0, 4).kind == "body"
    assert quoth.Paragraph("some text", 0, 4, kind="heading").kind == "heading"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((b"bytes", 0, 1), TypeError, "text: expected str, got bytes"),
        (("text", "0", 1), TypeError, "start_char: expected int, got str"),
        (("text", 0, 1.0), TypeError, "end_char: expected int, got float"),
        (("text", -1, 1), ValueError, "start_char: expected 0 to 4, got -1"),
        (("text", 0, 5), ValueError, "end_char: expected 0 to 4, got 5"),
        (("text", 3, 2), ValueError, "end_char: expected 3 to 4, got 2"),
        (("text", 0, 10**30), ValueError, "end_char: expected 0 to 4, got 1000"),
    ],
)
def test_span_refuses(arguments: tuple[Any, ...], error: type[Exception], message: str) -> None:
    for kind in (quoth.Span, quoth.Sentence, quoth.Paragraph):
        with pytest.raises(error, match=message):
            kind(*arguments)


def test_kinds_are_checked() -> None:
    with pytest.raises(
        ValueError, match="kind: expected 'body', .* or 'author_note', got 'footnote'"
    ):
        quoth.Paragraph("text", 0, 4, "footnote")  # type: ignore[arg-type]
    with pytest.raises(
        ValueError, match="code: expected 'unclosed_quotation', .* or 'component', got ''"
    ):
        quoth.TextWarning("text", 0, 4, "")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="code: expected"):
        quoth.TextWarning("text", 0, 4)  # type: ignore[call-arg]


def test_a_str_subclass_is_read_as_its_characters(nlp: quoth.Pipeline) -> None:
    class Text(str):
        pass

    doc = nlp(Text("It rained."))
    assert type(doc.text) is str
    assert doc == nlp("It rained.")
    assert type(quoth.Span(Text("abc"), 0, 1).text) is str


# --- memory ---------------------------------------------------------------------------------------


def test_no_object_waits_for_the_garbage_collector(nlp: quoth.Pipeline) -> None:
    text = TEXT + "A text of its own."
    gc.disable()
    try:
        before = sys.getrefcount(text)
        doc = nlp(text)
        kept = [doc, *things(doc)]
        kept += [mention.entity for mention in doc.ents]
        kept += [mention for entity in doc.entities for mention in entity.mentions]
        kept += [quote.speaker for quote in doc.quotes]
        assert sys.getrefcount(text) > before
        del doc, kept
        assert sys.getrefcount(text) == before
    finally:
        gc.enable()


def test_a_span_outlives_its_document(nlp: quoth.Pipeline) -> None:
    sentence = nlp("It rained. Then it " + "stopped.").sents[1]
    assert sentence.text == "Then it stopped."


# Computed in Python: without memory, CPython 3.13 itself crashes in running such code.
IN_PYTHON = ("to_html", "to_json", "_repr_html_", "speakers", "value")


def attributes(doc: quoth.Document) -> None:
    for thing in things(doc):
        for name in dir(thing):
            if not name.startswith("__") and name not in IN_PYTHON:
                getattr(thing, name)
        repr(thing)
        hash(thing)


def refused(function: Callable[[Any], object], *arguments: Any) -> None:
    for argument in arguments:
        with contextlib.suppress(TypeError, ValueError):
            function(argument)
            raise AssertionError("not refused")


def broken(**changes: Any) -> dict[str, Any]:
    return {**document_data(), **changes}


def tables() -> None:
    """Columns of a document that was made and of one that is read, with ids and metadata."""
    more = (("day", "tdD", [3]), ("paid", "b", [True]), ("seen", "tsu:", [None]))
    for name in TABLES:
        MADE.to_table(name, "an id").column("text")
    reader = Reader(NLP, 1, TABLES, 1)
    reader.put(TEXT, 0)
    reader.take()
    reader.add(MADE, 0)
    for name in TABLES:
        table = reader.finish(name, ("doc_id", "u", ["é"]), more)
        table.__arrow_c_schema__()
        table.__arrow_c_stream__()
        _ = table.column_names, table.column("text"), table.column("paid"), repr(table)
    reader.close()


def watched(text: str) -> None:
    reading = Reading(NLP, text, 0)
    reading.watch()
    reading.run("entity")
    reading.run("attribution")
    assert reading.tries()


def threads() -> None:
    reader = Reader(NLP, 2, (), 8)
    for number in range(3):
        reader.put(TEXT, number)
    for _ in range(2):
        reader.take()
    reader.close()


TABLES: tuple[Any, ...] = ("sents", "quotes", "ents")
NLP = quoth.load("en")
MADE = quoth.from_json(document_data())
DATA = document_data()
PICKLE = pickle.dumps([MADE, *things(MADE)])
BROKEN = [
    broken(schema_version=2),
    broken(quotes=[{**document_data()["quotes"][0], "score": 2}]),
    broken(ents=[*document_data()["ents"], {}]),
    broken(entities=[*document_data()["entities"], {"id": "e9", "name": "x", "label": "PERSON"}]),
]
TERMS = [("harbour", "K1", "The Harbour"), "said"]
OWN = NLP.with_terms("MINE", TERMS, overlap="replace").with_terms("X", TERMS, overlap="beside")
PATTERNS: list[Any] = [
    {"label": "WORD", "pattern": r"\b(?<first>\w)\w+", "value": "{first}", "overlap": "beside"},
    {"label": "END", "pattern": r"(\w+ ?)+$"},
    {"label": "SAID", "pattern": r"\w+", "context": "in quote"},
]
CONTEXTS: list[Any] = [
    {"label": "HEAD", "pattern": r"\w+", "context": "in title", "overlap": "keep"},
    {"label": "MARKED", "pattern": r"\w+", "context": "not in quotation"},
    {
        "label": "NEAR",
        "pattern": r"[a-z]+",
        "context": "in sentence with a mention of PERSON",
        "overlap": "replace",
    },
]
PATTERNED = NLP.with_patterns(PATTERNS)
SETTLED = NLP.with_patterns(CONTEXTS)
MODELLED = next(mention for mention in NLP(TEXT).ents if mention.rule == "model")
DOUBTFUL = "He left the U.S. Steel works: Monday was late - Ann Lee of Acme Inc. Oslo said so. "
ONE = array("I", [2])
FITTING = (4, 2, 1, 0.1, 0.0)  # bits, epochs, seed, rate, decay
MODEL_BYTES = pack_sections({"a.note": b"x" * 40})
LIMITED = PATTERNED("a" * 5000 + "!")
WORK: dict[str, Callable[[], object]] = {
    "read with terms": lambda: OWN(TEXT).to_dict(),
    "look with terms": lambda: attributes(OWN(TEXT)),
    "read with patterns": lambda: PATTERNED(TEXT).to_dict(),
    "limited": lambda: (attributes(LIMITED), quoth.from_json(LIMITED.to_dict()) == LIMITED),
    "patterns": lambda: quoth.Pipeline(extras=PATTERNED.extras),
    "wrong patterns": lambda: refused(quoth.Pattern, "a(", 3, "\ud800"),
    "terms": lambda: (quoth.Terms(TERMS).pack(), quoth.Terms(TERMS).find(TEXT)),
    "pipeline with terms": lambda: quoth.Pipeline(extras=OWN.extras) == OWN,
    "contexts": lambda: SETTLED(TEXT).to_dict(),
    "offsets": lambda: (
        quoth.sentence_offsets(TEXT)[0],
        list(quoth.sentence_offsets(TEXT.encode())),
        quoth.split_sentences(TEXT.encode()),
    ),
    "decisions": lambda: sentence_decisions(NLP, DOUBTFUL * 20),
    "trace": lambda: trace(NLP, TEXT),
    "fit": lambda: fit(ONE, array("I", [1, 2]), b"\1\0", array("I", [1, 1 << 31]), *FITTING),
    "explain": lambda: explain(NLP, TEXT, MODELLED.start_char, MODELLED.end_char),
    "tried": lambda: watched(TEXT),
    "tried at": lambda: NLP(TEXT).tried(TEXT.index("Monday"), NLP),
    "model": lambda: (quoth.Model(MODEL_BYTES).version, repr(quoth.Model(MODEL_BYTES))),
    "unpack terms": lambda: quoth.Terms(TERMS) == quoth.Terms(TERMS),
    "read": lambda: NLP(TEXT),
    "look": lambda: attributes(NLP(TEXT)),
    "look at all": lambda: attributes(MADE),
    "stages": lambda: (NLP.sents(TEXT), NLP.quotes(TEXT), NLP.ents(TEXT)),
    "split": lambda: quoth.split_sentences(TEXT),
    "compare": lambda: quoth.from_json(DATA) == MADE,
    "tables": tables,
    "threads": threads,
    "export": lambda: MADE.to_dict(include_tokens=True),
    "pickle": lambda: pickle.dumps(MADE),
    "unpickle": lambda: pickle.loads(PICKLE),
    "wrong types": lambda: refused(NLP, None, 3, b""),
    "wrong spans": lambda: refused(lambda end: quoth.Span(TEXT, 0, end), None, -1, 10**9),
    "wrong documents": lambda: refused(quoth.from_json, *BROKEN),
    "load": lambda: quoth.load("en", stages=["sentence"], newlines="space"),
    "wrong options": lambda: refused(lambda newlines: quoth.load(newlines=newlines), 3, "x"),
}


def has_sanitizer() -> bool:
    maps = Path("/proc/self/maps")
    return maps.exists() and "libasan" in maps.read_text()


@pytest.mark.parametrize("name", WORK)
def test_nothing_leaks(name: str) -> None:
    if has_sanitizer():
        pytest.skip("counts the same without it, in a hundredth of the time")
    work = WORK[name]
    kinds = [kind for kind in (getattr(quoth, n) for n in quoth.__all__) if isinstance(kind, type)]
    held = (*kinds, TEXT, DATA, MADE)
    work()
    gc.collect()
    counts = [sys.getrefcount(thing) for thing in held]
    grown: list[int] = []
    tracemalloc.start()
    try:
        # Python keeps some memory at hand, less each time; a leak would grow every time.
        while len(grown) < 30 and (not grown or grown[-1] >= 50 * 16):
            before = tracemalloc.get_traced_memory()[0]
            for _ in range(50):
                work()
            gc.collect()
            grown.append(tracemalloc.get_traced_memory()[0] - before)
    finally:
        tracemalloc.stop()
    assert grown[-1] < 50 * 16, grown
    # Fewer is no leak: a thread that was given up may have held a text when they were first counted
    now = [sys.getrefcount(thing) for thing in held]
    assert all(new <= old for new, old in zip(now, counts, strict=True)), (now, counts)


def test_memory_of_the_process_stays(nlp: quoth.Pipeline) -> None:
    statm = Path("/proc/self/statm")
    if not statm.exists():
        pytest.skip("needs /proc")
    if has_sanitizer():
        pytest.skip("the address sanitizer keeps what is freed for a while")
    text = TEXT * 20

    def resident() -> int:
        return int(statm.read_text().split()[1])

    for _ in range(100):
        nlp(text).to_dict()
    before = resident()
    for _ in range(400):
        nlp(text).to_dict()
    assert resident() - before < 1000, "pages of 4 KiB"


# Not those that raise: CPython 3.12 crashes in making an exception when there is no memory for it.
ALLOCATING = ["read", "look", "look at all", "stages", "split", "compare", "export", "load"]
ALLOCATING += ["tables", "threads"]
ALLOCATING += ["read with terms", "look with terms", "terms", "pipeline with terms"]
ALLOCATING += ["read with patterns", "patterns", "limited", "contexts"]
ALLOCATING += ["offsets", "decisions", "trace", "fit", "explain", "model", "unpack terms"]
ALLOCATING += ["tried", "tried at"]


@pytest.mark.parametrize("name", ALLOCATING)
def test_memory_that_runs_out(name: str) -> None:
    """Each allocation of the core and the binding fails in turn: a MemoryError, and all is well."""
    testcapi = pytest.importorskip("_testcapi")
    work = WORK[name]
    work()
    # With the sanitizer each array is an allocation, and each costs a run: every eleventh fails.
    step = 11 if has_sanitizer() else 1
    at = good = failed = 0
    while good < 5:
        testcapi.set_nomemory(at, at + 1)
        try:
            work()
            good += 1
            at += 1
        except MemoryError:
            failed += 1
            good = 0
            at += step
        finally:
            testcapi.remove_mem_hooks()
    assert failed > 0
    work()
