"""W3C Web Annotation (https://www.w3.org/TR/annotation-model/) as JSON-LD.

Each target has a TextPositionSelector and a TextQuoteSelector with a little text before and behind
it, by which the place is found again when the text has changed. Positions are code points, as the
recommendation says. A quote is one annotation whose targets are its pieces of content; its body
names the type, the speaker, the cue and the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quoth._core import Document, Mention, Quote, Span

__all__ = ["to_web_annotations"]

_CONTEXT = 32  # characters of prefix and suffix
_WIKIDATA = "http://www.wikidata.org/entity/"


def to_web_annotations(doc: Document, source: str = "urn:quoth:text") -> dict[str, Any]:
    """An AnnotationPage.

    source: the IRI of the text that the annotations are about.
    """
    if not isinstance(source, str):
        raise TypeError(f"source: expected str, got {type(source).__name__}")
    items = [_mention(doc, m, n, source) for n, m in enumerate(doc.ents)]
    items += [_quote(doc, q, n, source) for n, q in enumerate(doc.quotes)]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "items": items,
    }


def _target(text: str, span: Span, source: str) -> dict[str, Any]:
    start, end = span.start_char, span.end_char
    return {
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(0, start - _CONTEXT) : start],
                "suffix": text[end : end + _CONTEXT],
            },
        ],
    }


def _tag(value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "tagging", "value": value}


def _identified(kb_id: str) -> dict[str, Any]:
    return {"type": "SpecificResource", "purpose": "identifying", "source": _WIKIDATA + kb_id}


def _mention(doc: Document, mention: Mention, number: int, source: str) -> dict[str, Any]:
    body = [_tag(mention.label_)]
    if mention.entity is not None:
        body.append({"type": "TextualBody", "purpose": "describing", "value": mention.entity.name})
    if mention.kb_id_ is not None:
        body.append(_identified(mention.kb_id_))
    return {
        "id": f"{source}#m{number}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": body,
        "target": _target(doc.text, mention, source),
    }


def _quote(doc: Document, quote: Quote, number: int, source: str) -> dict[str, Any]:
    body = [_tag(f"quote:{quote.type}"), *_who(doc, quote, source)]
    if quote.attitude != "speech":
        body.append(_tag(f"attitude:{quote.attitude}"))
    if not quote.factual:
        body.append(_tag("non-factual"))
    return {
        "id": f"{source}#q{number}",
        "type": "Annotation",
        "motivation": "describing",
        "body": body,
        "target": [_target(doc.text, piece, source) for piece in quote.content],
    }


def _who(doc: Document, quote: Quote, source: str) -> Iterator[dict[str, Any]]:
    if quote.speaker is not None:
        yield {"type": "TextualBody", "purpose": "describing", "value": quote.speaker.name}
        if quote.speaker.kb_id_ is not None:
            yield _identified(quote.speaker.kb_id_)
    for role, span in (("cue", quote.cue), ("source", quote.source)):
        if span is not None:
            target = _target(doc.text, span, source)
            yield {"type": "SpecificResource", "purpose": "linking", "quoth:role": role, **target}
