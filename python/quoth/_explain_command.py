"""The command ``quoth explain``: what is at an offset of an article, why, and what lost there."""

from __future__ import annotations

from collections.abc import Iterator

from quoth._core import Document, Mention, Pipeline, Quote, Sentence
from quoth._explain import explain_with
from quoth._tried import Attempts, Tried

__all__ = ["explain_lines", "offset_of"]


def offset_of(place: str) -> tuple[str, int] | None:
    """The file and the offset, in code points, of FILE:OFFSET; None if it is not of that form."""
    name, colon, offset = place.rpartition(":")
    return (name, int(offset)) if name and colon and offset.isascii() and offset.isdigit() else None


def explain_lines(nlp: Pipeline, doc: Document, at: int) -> Iterator[str]:
    """What is at the code point, the sentence first, a blank line between two, then what was tried
    there and lost; nothing if none."""
    attempts = Attempts.of(doc, nlp)
    spans: list[tuple[str, list[Sentence | Quote | Mention]]] = [
        ("sentence", [*doc.sents]),
        ("quote", [*doc.quotes]),
        ("mention", [*doc.ents]),
        ("match", [*doc.matches]),
    ]
    told: list[Tried] = []
    first = True
    for kind, things in spans:
        for thing in things:
            if thing.start_char <= at < thing.end_char:
                if not first:
                    yield ""
                first = False
                yield f"{kind} {thing.start_char} to {thing.end_char}"
                yield from _reasons(nlp, doc, thing, attempts)
                if attempts is not None and isinstance(thing, Quote):
                    told += attempts.for_quote(thing)
                elif attempts is not None and isinstance(thing, Mention):
                    told += attempts.for_mention(thing)
    lost = attempts.at((at, at + 1)) if attempts is not None else ()
    others = [one for one in lost if one not in told]
    if others and not first:
        yield ""
        yield f"tried at {at}"
        yield from (f"lost: {one}" for one in others)


def _reasons(
    nlp: Pipeline, doc: Document, thing: Sentence | Quote | Mention, attempts: Attempts | None
) -> Iterator[str]:
    if isinstance(thing, Quote):
        yield from str(explain_with(doc, thing, nlp, attempts)).splitlines()
    elif isinstance(thing, Mention):
        yield f"{thing.label_}: {thing.text}"
        entity = thing.entity
        if entity is not None:
            yield f"entity: {entity.name}"
            if entity.members:
                yield f"members: {', '.join(member.name for member in entity.members)}"
        identifier = thing.kb_id_ or (entity.kb_id_ if entity is not None else None)
        if identifier:
            yield f"identifier: {identifier}"
        reasons = explain_with(doc, thing, nlp, None)
        for word, what, score in reasons if isinstance(reasons, list) else ():
            yield f"{score:+7.2f}  {word}: {what}"
        for lost in attempts.for_mention(thing) if attempts is not None else ():
            yield f"lost: {lost}"
    else:
        if thing.label_ is not None:
            yield f"label: {thing.label_}"
        yield thing.text
