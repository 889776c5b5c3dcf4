"""A document as a spaCy Doc, many as a DocBin, and quoth as a component of a spaCy pipeline.

A Doc has quoth's sentences, its names in ents (with kb_id) and three span groups: "quotes" holds
each piece of content (label: the type; kb_id: the speaker's Wikidata item), "cues" and "sources"
the words that attribute. A span's id is that of its quote ("q3"); the group's attrs["quotes"] has
a plain dict for each quote with speaker, attitude, factual, score and rule, so that all of it is
kept by DocBin and to_disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from quoth._core import Document, Pipeline, Quote, Span
from quoth._extra import extra
from quoth._load import load

try:
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc, DocBin
    from spacy.tokens import Span as SpacySpan
    from spacy.util import filter_spans
    from spacy.vocab import Vocab
except ImportError:
    extra("spacy", "spacy", "quoth.formats.spacy")  # says how to get it
    raise

__all__ = ["QuothComponent", "create", "to_docbin", "to_spacy"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def to_spacy(doc: Document, vocab: Vocab | None = None) -> Doc:
    """The document as a spaCy Doc made of quoth's tokens, its text the same to the character.

    A lone surrogate, which spaCy cannot hold, becomes U+FFFD; offsets stay.

    vocab: of the pipeline that it shall go on in; by default that of a blank English one.

    Raises ImportError without spaCy, ValueError when the document has no tokens.
    """
    if doc.sents and not doc.tokens:
        raise ValueError("to_spacy needs tokens: read the text with the stage 'entity'")
    if vocab is None:
        vocab = spacy.blank("en").vocab
    pieces = list(_pieces(doc))
    result = Doc(
        vocab,
        words=[_utf8(word) for word, _, _ in pieces],
        spaces=[space for _, space, _ in pieces],
        sent_starts=_sent_starts(doc, [start for _, _, start in pieces]),
    )
    _set_spans(result, doc)
    return result


def to_docbin(docs: Iterable[Document], vocab: Vocab | None = None) -> DocBin:
    """Many documents as one DocBin, with names, sentences and span groups."""
    if vocab is None:
        vocab = spacy.blank("en").vocab
    attrs = ["ORTH", "SPACY", "SENT_START", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID"]
    return DocBin(attrs=attrs, docs=(to_spacy(doc, vocab) for doc in docs), store_user_data=True)


def _utf8(word: str) -> str:
    """The word with U+FFFD for lone surrogates."""
    return _SURROGATE.sub("\ufffd", word)


def _pieces(doc: Document) -> Iterator[tuple[str, bool, int]]:
    """Words, whether a space follows, and where they start.

    In spaCy all white space but one space behind a word is words of its own.
    """
    text = doc.text
    at = 0
    word: tuple[str, int] | None = None
    for start, end in [*((t.start_char, t.end_char) for t in doc.tokens), (len(text), len(text))]:
        gap = text[at:start]
        spaced = gap.startswith(" ") and word is not None
        if word is not None:
            yield word[0], spaced, word[1]
        if spaced:
            gap = gap[1:]
        if gap:
            yield gap, False, start - len(gap)
        word = (text[start:end], start) if end > start else None
        at = end
    if word is not None:
        yield word[0], False, word[1]


def _sent_starts(doc: Document, starts: list[int]) -> list[bool | int | None]:
    """True where the first word of a sentence stands; white space belongs to what is before it."""
    firsts = {sent.start_char for sent in doc.sents}
    return [number == 0 or start in firsts for number, start in enumerate(starts)]


def _set_spans(target: Doc, doc: Document, ents: bool = True) -> None:
    """Names and span groups; spans are widened to target's tokens where these are not ours."""

    def span(part: Span, label: str, kb_id: str | None = None, name: str = "") -> SpacySpan | None:
        return target.char_span(
            part.start_char,
            part.end_char,
            label=label,
            kb_id=kb_id or "",
            alignment_mode="expand",
            span_id=name,
        )

    if ents:
        names = [span(m, m.label_, m.kb_id_) for m in doc.ents]
        target.set_ents(filter_spans([name for name in names if name is not None]))
    groups: dict[str, list[SpacySpan | None]] = {"quotes": [], "cues": [], "sources": []}
    for number, quote in enumerate(doc.quotes):
        name = f"q{number}"
        kb_id = quote.speaker.kb_id_ if quote.speaker is not None else None
        groups["quotes"] += [span(piece, quote.type, kb_id, name) for piece in quote.content]
        if quote.cue is not None:
            groups["cues"].append(span(quote.cue, "cue", None, name))
        if quote.source is not None:
            groups["sources"].append(span(quote.source, "source", kb_id, name))
    for name, spans in groups.items():
        target.spans[name] = [found for found in spans if found is not None]
    target.spans["quotes"].attrs["quotes"] = [
        _plain(quote, f"q{number}") for number, quote in enumerate(doc.quotes)
    ]


def _plain(quote: Quote, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "type": quote.type,
        "speaker": quote.speaker.name if quote.speaker is not None else None,
        "speaker_reason": quote.speaker_reason,
        "attitude": quote.attitude,
        "factual": quote.factual,
        "score": quote.score,
        "rule": quote.rule,
    }


# --- the component --------------------------------------------------------------------------------


class QuothComponent:
    """Reads the text of a Doc with quoth and sets sentences, names and span groups of it.

    The Doc keeps its own tokens: sentences start at the token where quoth's do, and spans are
    widened to whole tokens.
    """

    def __init__(self, nlp: Pipeline, sents: bool, ents: bool) -> None:
        self.nlp = nlp
        self.sents = sents
        self.ents = ents

    def __call__(self, doc: Doc) -> Doc:
        read = self.nlp(doc.text)
        _set_spans(doc, read, self.ents)
        if self.sents:
            self._set_sents(doc, read)
        return doc

    def _set_sents(self, doc: Doc, read: Document) -> None:
        starts = [sent.start_char for sent in read.sents]
        at = 0
        for token in doc:
            reached = at
            while at < len(starts) and starts[at] < token.idx + len(token.text):
                at += 1
            token.is_sent_start = token.i == 0 or (at > reached and reached > 0)


@Language.factory(
    "quoth",
    assigns=["doc.ents", "doc.spans", "token.is_sent_start"],
    default_config={"newlines": "auto", "sents": True, "ents": True},
)
def create(
    nlp: Language, name: str, newlines: Literal["auto", "break", "space"], sents: bool, ents: bool
) -> QuothComponent:
    """The factory: ``nlp.add_pipe("quoth", config={"sents": True, "ents": True})``.

    sents, ents: whether the Doc's sentences and names are replaced by quoth's; span groups are
    always set. newlines: as for quoth.load().
    """
    return QuothComponent(load("en", newlines=newlines), sents, ents)
