"""The JSON of BBC Citron (https://github.com/bbc/citron, docs/data_format.md), code points.

A quote has one cue, sources and contents; coreferences are the mentions of the speaker that say
the name, and coreference_groups those of each entity with several mentions. Citron knows no quote
without a cue or a source: cue is None and sources is empty there.
"""

from __future__ import annotations

from typing import Any

from quoth._core import Document, Span
from quoth.formats.build import Offsets, ReadQuote, document, hull

__all__ = ["from_citron", "to_citron"]


def to_citron(doc: Document) -> dict[str, Any]:
    """The document as Citron's annotation object."""
    quotes = []
    for number, quote in enumerate(doc.quotes):
        speaker = quote.speaker
        named = [_span(m) for m in speaker.mentions if m.text == speaker.name] if speaker else []
        quotes.append(
            {
                "id": number,
                "cue": _span(quote.cue) if quote.cue is not None else None,
                "sources": [_span(quote.source)] if quote.source is not None else [],
                "contents": [_span(piece) for piece in quote.content],
                "coreferences": named[:1],
                "confidence": quote.score,
            }
        )
    groups = [[_span(m) for m in e.mentions] for e in doc.entities if len(e.mentions) > 1]
    return {"text": doc.text, "quotes": quotes, "coreference_groups": groups}


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start_char, "end": span.end_char, "text": span.text}


def from_citron(data: dict[str, Any]) -> Document:
    """The Document of Citron's annotations; sources and cues in several parts become one span.

    Raises ValueError that names the field that is wrong.
    """
    if not isinstance(data, dict):
        raise TypeError(f"data: expected dict, got {type(data).__name__}")
    text = data.get("text")
    if not isinstance(text, str):
        raise ValueError(f"text: expected a str, got {type(text).__name__}")
    quotes = data.get("quotes")
    if not isinstance(quotes, list):
        raise ValueError(f"quotes: expected a list, got {type(quotes).__name__}")
    return document(
        text, quotes=[_quote(q, f"quotes[{n}]") for n, q in enumerate(quotes)], rule="citron"
    )


def _quote(data: Any, where: str) -> ReadQuote:
    if not isinstance(data, dict):
        raise ValueError(f"{where}: expected a dict, got {type(data).__name__}")
    content = _spans(data.get("contents"), f"{where}.contents")
    if not content:
        raise ValueError(f"{where}.contents: expected at least one span")
    cue = data.get("cue")
    cues = _spans([] if cue is None else [cue], f"{where}.cue")
    sources = _spans(data.get("sources") or [], f"{where}.sources")
    return ReadQuote(content, hull(cues), hull(sources), score=float(data.get("confidence", 1)))


def _spans(data: Any, where: str) -> list[Offsets]:
    if not isinstance(data, list):
        raise ValueError(f"{where}: expected a list, got {type(data).__name__}")
    spans = []
    for number, span in enumerate(data):
        try:
            spans.append((int(span["start"]), int(span["end"])))
        except (TypeError, KeyError, ValueError):
            raise ValueError(f"{where}[{number}]: expected a dict with start and end") from None
    return spans
