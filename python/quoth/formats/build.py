"""A Document out of spans that another tool has written: what the readers of formats share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from quoth._core import Document, document_from_dict

__all__ = ["LABELS", "VALUE_LABELS", "Offsets", "ReadMention", "ReadQuote", "document", "hull"]

Offsets = tuple[int, int]

LABELS = (
    *("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"),
    *("LANGUAGE", "DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"),
)
VALUE_LABELS = frozenset(LABELS[11:])  # dates and amounts, which are of no entity
_FRAME = ("title", "standfirst", "byline", "dateline", "source_line", "author_note")


@dataclass
class ReadMention:
    """A name: what is the same entity has the same key; None: of no entity."""

    start: int
    end: int
    label: str
    key: str | None = None
    kb_id: str | None = None
    score: float = 1.0


@dataclass
class ReadQuote:
    """A quote; speaker is the key of an entity."""

    content: list[Offsets]
    cue: Offsets | None = None
    source: Offsets | None = None
    type: str | None = None  # None: by the marks round its content
    speaker: str | None = None
    attitude: str = "speech"
    factual: bool = True
    score: float = 1.0

    def __post_init__(self) -> None:
        self.content = sorted(self.content)


def hull(spans: Sequence[Offsets]) -> Offsets | None:
    """From the first character of all to the last one; None of no spans."""
    if not spans:
        return None
    return min(start for start, _ in spans), max(end for _, end in spans)


_MARKS = "\"“”„«»‘’'`"


def document(
    text: str,
    *,
    mentions: Sequence[ReadMention] = (),
    quotes: Sequence[ReadQuote] = (),
    sents: Iterable[Offsets] = (),
    rule: str,
) -> Document:
    """The Document that has just these things.

    rule: what mentions and quotes say of where they come from.

    Raises ValueError for offsets that are not in the text, naming the thing.
    """
    ordered = sorted(mentions, key=lambda m: (m.start, m.end))
    entities: dict[str, dict[str, Any]] = {}
    ents = [_ent(text, n, mention, entities, rule) for n, mention in enumerate(ordered)]
    said = sorted(quotes, key=lambda q: q.content)
    data = {
        "schema_version": 1,
        "offset_unit": "codepoint",
        "text": text,
        **dict.fromkeys(_FRAME),
        "paragraphs": [],
        "sents": [{"start": start, "end": end} for start, end in sorted(sents)],
        "quotations": [],
        "ents": ents,
        "entities": list(entities.values()),
        "quotes": [_quote(text, n, quote, entities, rule) for n, quote in enumerate(said)],
        "warnings": [],
    }
    return document_from_dict(data, None)


def _ent(
    text: str, number: int, mention: ReadMention, entities: dict[str, dict[str, Any]], rule: str
) -> dict[str, Any]:
    name = text[mention.start : mention.end]
    entity = None
    if mention.key is not None:
        entity = _entity(name, mention, entities)
    return {
        "id": f"m{number}",
        "start": mention.start,
        "end": mention.end,
        "text": name,
        "label": mention.label,
        "entity": entity["id"] if entity is not None else None,
        "title": None,
        "score": mention.score,
        "rule": rule,
    }


def _entity(name: str, mention: ReadMention, entities: dict[str, dict[str, Any]]) -> dict[str, Any]:
    entity = entities.setdefault(
        str(mention.key),
        {
            "id": f"e{len(entities)}",
            "name": name,
            "label": mention.label,
            "kb_id": mention.kb_id,
            "aliases": [],
        },
    )
    if name != entity["name"] and name not in entity["aliases"]:
        entity["aliases"].append(name)
    return entity


def _range(span: Offsets | None) -> dict[str, int] | None:
    return None if span is None else {"start": span[0], "end": span[1]}


def _quote(
    text: str, number: int, quote: ReadQuote, entities: dict[str, dict[str, Any]], rule: str
) -> dict[str, Any]:
    speaker = entities.get(quote.speaker) if quote.speaker is not None else None
    reason = "no_source" if quote.source is None else "unnamed"
    return {
        "id": f"q{number}",
        "type": quote.type or _type(text, quote.content),
        "content": [_range(piece) for piece in quote.content],
        "cue": _range(quote.cue),
        "source": _range(quote.source),
        "speaker": speaker["id"] if speaker is not None else None,
        "speaker_reason": "name" if speaker is not None else reason,
        "attitude": quote.attitude,
        "factual": quote.factual,
        "score": quote.score,
        "rule": rule,
        "closed": True,
    }


def _type(text: str, pieces: Sequence[Offsets]) -> str:
    """direct, mixed or indirect, where the other tool does not say."""
    inner = [text[start:end].strip() for start, end in pieces]
    whole = all(piece[:1] in _MARKS and piece[:1] for piece in inner)
    if whole:
        return "direct"
    return "mixed" if any(mark in piece for piece in inner for mark in '"“”«»') else "indirect"
