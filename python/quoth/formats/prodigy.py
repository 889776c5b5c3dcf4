"""Tasks for Prodigy (https://prodi.gy/docs/api-interfaces): one for each document, as JSON Lines.

Spans are names, and content, cue and source of quotes; those of one quote are tied by relations.
Offsets are code points. Tokens are quoth's, so that the task needs no tokenizer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any

from quoth._core import Document, Span

__all__ = ["to_prodigy"]


def to_prodigy(doc: Document, meta: dict[str, Any] | None = None) -> dict[str, Any]:
    """A task with text, tokens, spans and relations; json.dumps() makes a line of it.

    Raises ValueError when the document has no tokens, since no stage was asked that needs them.
    """
    if doc.sents and not doc.tokens:
        raise ValueError("to_prodigy needs tokens: read the text with the stage 'entity'")
    return _Task(doc).task(dict(meta or {}))


class _Task:
    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.starts = [token.start_char for token in doc.tokens]
        self.ends = [token.end_char for token in doc.tokens]
        self.spans: list[dict[str, Any]] = []
        self.relations: list[dict[str, Any]] = []

    def task(self, meta: dict[str, Any]) -> dict[str, Any]:
        for mention in self.doc.ents:
            self._add(mention, mention.label_)
        for quote in self.doc.quotes:
            pieces = [self._add(piece, "CONTENT") for piece in quote.content]
            for label, span in (("CUE", quote.cue), ("SOURCE", quote.source)):
                if span is not None:
                    self._relate(pieces[0], self._add(span, label), label)
            for other in pieces[1:]:
                self._relate(pieces[0], other, "CONTINUED")
        return {
            "text": self.doc.text,
            "tokens": [self._token(n) for n in range(len(self.starts))],
            "spans": self.spans,
            "relations": self.relations,
            "meta": meta,
        }

    def _token(self, number: int) -> dict[str, Any]:
        start, end = self.starts[number], self.ends[number]
        text = self.doc.text
        space = text[end : end + 1].isspace()
        return {"text": text[start:end], "start": start, "end": end, "id": number, "ws": space}

    def _add(self, span: Span, label: str) -> dict[str, Any]:
        first = bisect_right(self.ends, span.start_char)
        last = max(bisect_left(self.starts, span.end_char) - 1, first)
        entry = {
            "start": span.start_char,
            "end": span.end_char,
            "token_start": first,
            "token_end": last,
            "label": label,
        }
        self.spans.append(entry)
        return entry

    def _relate(self, head: dict[str, Any], child: dict[str, Any], label: str) -> None:
        self.relations.append(
            {
                "head": head["token_end"],
                "child": child["token_end"],
                "head_span": head,
                "child_span": child,
                "label": label,
            }
        )
