"""What holds for any str, tried on many (hypothesis): odd characters, and news-like text."""

from __future__ import annotations

import copy
import os
import pickle
import re
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import quoth
from conftest import TEXT
from quoth._terminal import terminal_view

settings.register_profile(
    "quoth",
    deadline=None,
    max_examples=int(os.environ.get("QUOTH_EXAMPLES", "150")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("quoth")

NLP = quoth.load("en")

ODD = [
    "",
    " ",
    "\x00",
    "\ud800",
    "\udfff\ud800",
    "\ufeff",
    "\u2028",
    "\u2029",
    "\x85",
    "\r",
    "\r\n",
    "\n\n",
    "\t",
    "\xa0",
    "\u200b",
    "e\u0301",
    "\u202e",
    "\U0001f469\u200d\U0001f680",
    "\U0010ffff",
    "\ufffd",
    "“",
    "”",
    "‘",
    "’",
    '"',
    "'",
    "''",
    "``",
    "«",
    "»",
    "„",
    "…",
    "...",
    "—",
    "‐",
    "•",
    "(",
    ")",
    "[",
    "]",
]
WORDS = [
    "Ann Bell",
    "Mr. Tom Ré",
    "he",
    "She",
    "said",
    "told reporters",
    "according to",
    "that",
    "the mayor",
    "U.S.",
    "Washington",
    "the European Union (EU)",
    "EU",
    "Jan. 5, 2021",
    "$5 million",
    "3.5 percent",
    "6'2\"",
    "the ’90s",
    "Q:",
    "A:",
    "BELL:",
    "VALMOUTH (NPA) —",
    "By Mara Quill",
    "may say",
    "did not say",
    "It rained.",
    "Why?",
    "no.",
    ",",
    ".",
    "!",
    ":",
    "-",
    "and",
    "café",
    "東京",
]

any_character = st.characters(codec=None, categories=None)
wild = st.text(any_character, max_size=200)
piece = st.one_of(st.sampled_from(WORDS), st.sampled_from(ODD), st.text(any_character, max_size=3))
newsy = st.lists(
    st.tuples(piece, st.sampled_from([" ", " ", " ", "", "\n", "\n\n"])), max_size=60
).map(lambda pairs: "".join(a + b for a, b in pairs))
texts = st.one_of(wild, newsy, newsy)


def spans(doc: quoth.Document) -> Iterator[quoth.Span]:
    """Every span of every kind."""
    for some in (
        doc.title,
        doc.standfirst,
        doc.byline,
        doc.dateline,
        doc.source_line,
        doc.author_note,
    ):
        if some is not None:
            yield some
    if doc.dateline is not None:
        yield from filter(None, (doc.dateline.place, doc.dateline.section, doc.dateline.outlet))
    if doc.source_line is not None:
        yield from filter(None, (doc.source_line.outlet,))
    yield from doc.sents
    yield from doc.paragraphs
    yield from doc.tokens
    yield from doc.warnings
    for quotation in doc.quotations:
        yield quotation
        yield quotation.inner
    for quote in doc.quotes:
        yield from quote.content
        yield from quote.sents
        yield from filter(None, (quote.cue, quote.source))
    for mention in doc.ents:
        yield mention
        yield from filter(None, (mention.title,))
    for entity in doc.entities:
        yield from entity.mentions


def check_in_order(some: tuple[quoth.Span, ...]) -> None:
    end = 0
    for span in some:
        assert end <= span.start_char < span.end_char
        end = span.end_char


@given(texts)
@example("")
@example("\ud800")
@example("“\udfff,” said \ud800.")
@example(TEXT)
def test_spans(text: str) -> None:
    doc = NLP(text)
    assert doc.text == text
    for span in spans(doc):
        assert text[span.start_char : span.end_char] == span.text
        assert 0 <= span.start_char <= span.end_char <= len(text)
        assert len(span) == len(span.text)


@given(texts)
def test_sentences_cover_the_text(text: str) -> None:
    sents = NLP.sents(text)
    check_in_order(sents)
    covered = set()
    for sentence in sents:
        assert sentence.text == sentence.text.strip(" \t\r\n")
        covered.update(range(sentence.start_char, sentence.end_char))
    for at, c in enumerate(text):
        assert at in covered or c.isspace(), (at, c)


@given(texts)
@example("entity: D--A%\n")  # a name and an amount met here
def test_order(text: str) -> None:
    doc = NLP(text)
    check_in_order(doc.sents)
    check_in_order(doc.paragraphs)
    check_in_order(doc.tokens)
    check_in_order(doc.ents)
    starts = [quotation.start_char for quotation in doc.quotations]
    assert starts == sorted(starts)
    starts = [quote.start_char for quote in doc.quotes]
    assert starts == sorted(starts)
    for quote in doc.quotes:
        check_in_order(quote.content)
        assert quote.sents
    for sentence in doc.sents:
        inside = [
            p
            for p in doc.paragraphs
            if p.start_char <= sentence.start_char and sentence.end_char <= p.end_char
        ]
        assert len(inside) == 1, "no sentence crosses a paragraph"


@given(texts)
def test_things_belong_together(text: str) -> None:
    doc = NLP(text)
    for mention in doc.ents:
        assert 0 <= mention.score <= 1
        assert mention.label_
        assert mention.rule
        if mention.entity is not None:
            assert mention in mention.entity.mentions
            assert mention.entity in doc.entities
            assert mention.kb_id_ == mention.entity.kb_id_
    for entity in doc.entities:
        assert entity.name
        assert entity.mentions
        assert entity.name not in entity.aliases
    for quote in doc.quotes:
        assert 0 <= quote.score <= 1
        assert quote.rule
        none = quote.speaker_reason in ("no_source", "undecided", "unnamed")
        assert (quote.speaker is None) == none
        if quote.speaker is not None:
            assert quote in quote.speaker.quotes
        if quote.parent is not None:  # whoever follows the parents comes to an end
            assert doc.quotes.index(quote.parent) < doc.quotes.index(quote)
            assert any(
                piece.start_char <= quote.start_char and quote.content[0].end_char <= piece.end_char
                for piece in quote.parent.content
            )
    for quotation in doc.quotations:
        assert quotation.quote is None or quotation.quote in doc.quotes
        assert quotation.start_char <= quotation.inner.start_char
        assert quotation.inner.end_char <= quotation.end_char


@given(texts)
def test_one_stage_alone(text: str) -> None:
    doc = NLP(text)
    assert NLP.sents(text) == doc.sents
    assert NLP.ents(text) == doc.ents
    assert NLP.quotes(text) == doc.quotes
    assert quoth.split_sentences(text) == [sentence.text for sentence in doc.sents]


@given(st.lists(texts, max_size=8))
@settings(max_examples=40)
def test_alone_in_a_batch_and_in_threads(some: list[str]) -> None:
    alone = [NLP(text) for text in some]
    assert list(NLP.pipe(some, n_threads=1)) == alone
    assert list(NLP.pipe(some, n_threads=3)) == alone
    assert list(NLP.pipe(some[::-1], n_threads=1)) == alone[::-1]
    assert [quoth.load("en")(text) for text in some] == alone
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(NLP, some)) == alone


@given(texts)
@example("“\ud800\udc00,” said \udc00.")
def test_forms(text: str) -> None:
    doc = NLP(text)
    assert quoth.from_json(doc.to_json()) == doc
    assert quoth.from_json(doc.to_dict(include_text=False), text) == doc
    assert pickle.loads(pickle.dumps(doc)) == doc
    assert copy.copy(doc) is doc
    assert hash(pickle.loads(pickle.dumps(doc))) == hash(doc)
    for thing in (doc, *doc.sents, *doc.quotes, *doc.ents, *doc.entities):
        assert repr(thing)
        assert len({thing, thing}) == 1
    assert terminal_view(doc, width=40, colour=True)


@given(texts)
@example("“\ud800\udc00,” said \udc00.")
def test_html(text: str) -> None:
    html = NLP(text).to_html(page=True)
    html.encode()
    article = html[html.index("<article") : html.index("</article>")]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown = unescape(re.sub(r"<[^>]*>", "", article))
    assert shown == re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


@given(st.one_of(st.none(), st.integers(), st.binary(), st.lists(st.text()), st.floats()))
def test_wrong_types(wrong: Any) -> None:
    for read in (NLP, NLP.sents, NLP.quotes, NLP.ents):
        with pytest.raises(TypeError, match="text: expected str, got"):
            read(wrong)
    if not isinstance(wrong, bytes):
        with pytest.raises(TypeError, match="text: expected str or bytes, got"):
            quoth.split_sentences(wrong)


@given(texts, st.sampled_from(["auto", "break", "space"]), st.booleans())
def test_options(text: str, newlines: Any, split_in_quotes: bool) -> None:
    nlp = quoth.load("en", newlines=newlines, split_in_quotes=split_in_quotes)
    doc = nlp(text)
    check_in_order(doc.sents)
    assert nlp.sents(text) == doc.sents
    assert quoth.split_sentences(text, newlines=newlines, split_in_quotes=split_in_quotes) == [
        sentence.text for sentence in doc.sents
    ]


@given(
    texts,
    st.sets(
        st.sampled_from(["sentence", "structure", "entity", "link", "attribution"]), min_size=1
    ),
)
def test_stages(text: str, stages: Any) -> None:
    doc = quoth.load("en", stages=stages)(text)
    for span in spans(doc):
        assert text[span.start_char : span.end_char] == span.text
    whole = NLP(text)
    if "sentence" in stages:
        assert doc.sents == whole.sents
    if "attribution" in stages:
        assert doc.quotes == whole.quotes
