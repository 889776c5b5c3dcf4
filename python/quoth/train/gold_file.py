"""Gold files of any form that quoth reads, for evaluation.

What comes out is what the data sets' JSON Lines have: ``{"id", "text", "ents": [[start, end,
label], ...], "quotes": [{"type", "content", "cue", "source"}, ...]}`` with lists of ``[start,
end]`` in code points, half-open.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from quoth._core import Document, Span
from quoth.train.gold import read_lines

__all__ = ["read_gold"]


def read_gold(
    path: str | os.PathLike[str], texts: str | os.PathLike[str] | None = None
) -> Iterator[dict[str, Any]]:
    """The documents of a gold file as dicts with text, ents, quotes, or what of these it has.

    JSON Lines have them as they are; every other form that quoth.formats.read knows is converted.
    texts: the folder with the texts of a .csv file.
    """
    name = os.fspath(path)
    if not name.removesuffix(".gz").endswith(".jsonl"):
        from quoth.formats.read import read_documents

        yield from (_record(doc_id, doc) for doc_id, doc in read_documents(name, texts))
        return
    for data in read_lines(name):
        yield _plain(data) if _is_foreign(data) else data


def _is_foreign(data: dict[str, Any]) -> bool:
    """Whether a line is in quoth's JSON form or in Citron's, not in that of gold files."""
    quotes = data.get("quotes")
    citron = isinstance(quotes, list) and any("contents" in quote for quote in quotes)
    return "schema_version" in data or citron


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    from quoth.formats.read import document_of

    return _record(str(data.get("id")), document_of(data))


def _record(doc_id: str, doc: Document) -> dict[str, Any]:
    def pairs(*spans: Span | None) -> list[list[int]]:
        return [[span.start_char, span.end_char] for span in spans if span is not None]

    quotes = [
        {
            "type": quote.type,
            "content": pairs(*quote.content),
            "cue": pairs(quote.cue),
            "source": pairs(quote.source),
        }
        for quote in doc.quotes
    ]
    ents = [[mention.start_char, mention.end_char, mention.label_] for mention in doc.ents]
    return {"id": doc_id, "text": doc.text, "ents": ents, "quotes": quotes}
