"""The three tables of a document as rows, with the columns that the Arrow tables have."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from quoth._core import Document, Span

__all__ = ["COLUMNS", "Table", "rows"]

Table = Literal["sents", "quotes", "ents"]
Row = tuple[Any, ...]

COLUMNS: dict[str, tuple[str, ...]] = {
    "sents": ("doc_id", "sent_id", "para_id", "start", "end", "text"),
    "quotes": (
        *("doc_id", "quote_id", "type", "text", "start", "end", "cue", "cue_start", "cue_end"),
        *("source", "source_start", "source_end", "speaker", "speaker_id", "score", "rule"),
        *("sent_id", "para_id"),
    ),
    "ents": (
        *("doc_id", "ent_id", "text", "start", "end", "label", "entity_id", "entity", "kb_id"),
        *("score", "sent_id"),
    ),
}


def rows(doc: Document, table: Table, doc_id: str | None = None) -> Iterator[Row]:
    """The rows of a table, in text order; ids count from 0; what is absent is None."""
    try:
        return _TABLES[table](doc, doc_id)
    except KeyError:
        raise ValueError(f"table: expected 'sents', 'quotes' or 'ents', got {table!r}") from None


def _finder(spans: Sequence[Span]) -> Callable[[int], int | None]:
    """A function from an offset to the number of the span that it lies in."""
    starts = [span.start_char for span in spans]

    def find(offset: int) -> int | None:
        at = bisect_right(starts, offset) - 1
        return at if at >= 0 and offset < spans[at].end_char else None

    return find


def _sents(doc: Document, doc_id: str | None) -> Iterator[Row]:
    paragraph = _finder(doc.paragraphs)
    for number, sent in enumerate(doc.sents):
        start = sent.start_char
        yield (doc_id, number, paragraph(start), start, sent.end_char, sent.text)


def _parts(span: Span | None) -> tuple[str | None, int | None, int | None]:
    return (None, None, None) if span is None else (span.text, span.start_char, span.end_char)


def _quotes(doc: Document, doc_id: str | None) -> Iterator[Row]:
    sentence, paragraph = _finder(doc.sents), _finder(doc.paragraphs)
    entities = {entity: number for number, entity in enumerate(doc.entities)}
    for number, quote in enumerate(doc.quotes):
        start, speaker = quote.start_char, quote.speaker
        yield (
            *(doc_id, number, quote.type, quote.text, start, quote.end_char),
            *_parts(quote.cue),
            *_parts(quote.source),
            speaker.name if speaker is not None else None,
            entities[speaker] if speaker is not None else None,
            *(quote.score, quote.rule, sentence(start), paragraph(start)),
        )


def _ents(doc: Document, doc_id: str | None) -> Iterator[Row]:
    sentence = _finder(doc.sents)
    entities = {entity: number for number, entity in enumerate(doc.entities)}
    for number, mention in enumerate(doc.ents):
        entity = mention.entity
        yield (
            *(doc_id, number, mention.text, mention.start_char, mention.end_char, mention.label_),
            entities[entity] if entity is not None else None,
            entity.name if entity is not None else None,
            *(mention.kb_id_, mention.score, sentence(mention.start_char)),
        )


_TABLES: dict[str, Callable[[Document, str | None], Iterator[Row]]] = {
    "sents": _sents,
    "quotes": _quotes,
    "ents": _ents,
}
