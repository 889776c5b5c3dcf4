"""The command ``quoth explain``: what is at an offset of an article, and why."""

from __future__ import annotations

from collections.abc import Iterator

from quoth._core import Document, Mention, Pipeline, Quote, Sentence
from quoth._explain import explain

__all__ = ["explain_lines", "offset_of"]


def offset_of(place: str) -> tuple[str, int] | None:
    """The file and the offset, in code points, of FILE:OFFSET; None if it is not of that form."""
    name, colon, offset = place.rpartition(":")
    return (name, int(offset)) if name and colon and offset.isascii() and offset.isdigit() else None


def explain_lines(nlp: Pipeline, doc: Document, at: int) -> Iterator[str]:
    """What is at the code point, the sentence first, a blank line between two; nothing if none."""
    spans: list[tuple[str, list[Sentence | Quote | Mention]]] = [
        ("sentence", [*doc.sents]),
        ("quote", [*doc.quotes]),
        ("mention", [*doc.ents]),
        ("match", [*doc.matches]),
    ]
    first = True
    for kind, things in spans:
        for thing in things:
            if thing.start_char <= at < thing.end_char:
                if not first:
                    yield ""
                first = False
                yield f"{kind} {thing.start_char} to {thing.end_char}"
                yield from _reasons(nlp, doc, thing)


def _reasons(nlp: Pipeline, doc: Document, thing: Sentence | Quote | Mention) -> Iterator[str]:
    if isinstance(thing, Quote):
        yield from str(explain(doc, thing)).splitlines()
    elif isinstance(thing, Mention):
        yield f"{thing.label_}: {thing.text}"
        entity = thing.entity
        if entity is not None:
            yield f"entity: {entity.name}"
        identifier = thing.kb_id_ or (entity.kb_id_ if entity is not None else None)
        if identifier:
            yield f"identifier: {identifier}"
        reasons = explain(doc, thing, nlp)
        for word, what, score in reasons if isinstance(reasons, list) else ():
            yield f"{score:+7.2f}  {word}: {what}"
    else:
        if thing.label_ is not None:
            yield f"label: {thing.label_}"
        yield thing.text
