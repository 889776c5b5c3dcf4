"""A document as HTML: the article with its quotes, speakers and entities marked, and a table.

There is no script and nothing is fetched. Stripping the tags of the article and unescaping gives
back the text, character for character, but for NUL and lone surrogates, which HTML cannot hold:
all labels come from attributes, through the style sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from quoth._core import Document, Entity, Mention, Quote, Span
from quoth._html_style import PAGE_STYLE, SPEAKER_TINTS, STYLE

__all__ = ["items_table", "page_of", "to_html"]

# Outermost first: a mark is closed and opened again where one of an outer layer begins or ends.
_PARAGRAPH, _SENTENCE, _QUOTE, _ROLE, _MENTION = range(5)

_REASONS = {
    "no_source": "no source",
    "undecided": "source not decided",
    "unnamed": "source not named",
    "given": "nobody",
}

_ROWS_MOST = 1000  # rows of a table of things
_LABEL_MOST = 32  # characters of a speaker's name behind a quote

# What neither HTML nor UTF-8 can hold is shown as U+FFFD: one character stays one character.
_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")


class _Mark(NamedTuple):
    """One thing to be marked; sorted by layer, then the longer one first."""

    layer: int
    start: int
    minus_end: int
    number: int
    tag: str
    attributes: str
    label: str  # shown behind its end

    @property
    def end(self) -> int:
        return -self.minus_end


def to_html(doc: Document, page: bool = False) -> str:
    """The document as an HTML fragment with its own style, or as a whole page."""
    return page_of([doc]) if page else f"<style>{STYLE}</style>{_body(doc)}"


def page_of(docs: Sequence[Document]) -> str:
    """Documents, one below the other, as one page."""
    titles = [doc.title.text for doc in docs if doc.title is not None]
    title = _escape(titles[0] if titles else "quoth")
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}{PAGE_STYLE}</style></head>\n"
        f"<body>{''.join(_body(doc) for doc in docs)}</body></html>\n"
    )


def items_table(items: Sequence[Span | Entity | Quote]) -> str:
    """What a notebook shows of the things of a document: a table."""
    shown = items[:_ROWS_MOST]
    quotes = [item for item in shown if isinstance(item, Quote)]
    if quotes and len(quotes) == len(shown):
        heads: tuple[str, ...] = ("Speaker", "What", "Cue", "Source", "Type")
        tints = _tints(quotes)
        rows = [_quote_row(quote, tints) for quote in quotes]
    elif shown and isinstance(shown[0], Entity):
        heads = _ENTITY_HEADS
        rows = [_entity_row(item) for item in shown if isinstance(item, Entity)]
    else:
        heads = ("Start", "End", "Text", "Label", "Entity")
        rows = [_span_row(item) for item in shown if isinstance(item, Span)]
    if len(items) > len(shown):
        rows.append(
            f'<tr><td colspan="{len(heads)}">… and {len(items) - len(shown)} more</td></tr>'
        )
    table = _table("", heads, rows) if rows else "<p>none</p>"
    return f'<style>{STYLE}</style><div class="quoth">{table}</div>'


def _body(doc: Document) -> str:
    tints = _tints(doc.quotes)
    return (
        f'<div class="quoth">{_article(doc, tints)}{_legend(doc, tints)}{_tables(doc, tints)}</div>'
    )


def _escape(text: str) -> str:
    """Carriage returns are written as references: a browser takes them for newlines otherwise."""
    return _UNPRINTABLE.sub("\ufffd", escape(text)).replace("\r", "&#13;")


# --- who is who ---------------------------------------------------------------------------------


def _speaker_name(quote: Quote) -> str:
    if quote.speaker is not None:
        return quote.speaker.name
    return quote.source.text if quote.source is not None else ""


def _tints(quotes: Sequence[Quote]) -> dict[str, int]:
    """The number of each speaker's tint, in order of appearance."""
    tints: dict[str, int] = {}
    for quote in quotes:
        name = _speaker_name(quote)
        if name:
            tints.setdefault(name, len(tints) % SPEAKER_TINTS)
    return tints


def _tint(quote: Quote, tints: dict[str, int]) -> str:
    name = _speaker_name(quote)
    return f"t{tints[name]}" if name else "tn"


def _who(quote: Quote) -> str:
    if quote.speaker is not None:
        return quote.speaker.name
    if quote.source is not None:
        return f"{quote.source.text} ({_REASONS.get(quote.speaker_reason, 'unknown')})"
    return f"({_REASONS.get(quote.speaker_reason, 'unknown')})"


# --- the article --------------------------------------------------------------------------------


def _marks(doc: Document, tints: dict[str, int]) -> Iterator[_Mark]:
    for n, paragraph in enumerate(doc.paragraphs):
        yield _mark(_PARAGRAPH, paragraph, n, "span", f'class="p {paragraph.kind}"')
    for n, sentence in enumerate(doc.sents):
        yield _mark(_SENTENCE, sentence, n, "span", 'class="s"')
    for n, quote in enumerate(doc.quotes):
        tint = _tint(quote, tints)
        hint = _escape(_quote_hint(quote))
        classes = f"q {tint} {quote.type}" + ("" if quote.factual else " unsaid")
        for piece in quote.content:
            last = piece.end_char == quote.end_char
            label = _speaker_name(quote) if last else ""
            attributes = f'class="{classes}" data-hint="{hint}"'
            yield _mark(_QUOTE, piece, n, "mark", attributes, label)
        if quote.cue is not None:
            yield _mark(_ROLE, quote.cue, n, "span", f'class="cue {tint}" data-hint="cue"')
        if quote.source is not None:
            hint = _escape(f"source: {_who(quote)}")
            yield _mark(_ROLE, quote.source, n, "span", f'class="source {tint}" data-hint="{hint}"')
    for n, mention in enumerate(doc.ents):
        hint = _escape(_mention_hint(mention))
        yield _mark(_MENTION, mention, n, "span", f'class="e" data-hint="{hint}"', mention.label_)


def _quote_hint(quote: Quote) -> str:
    """What is known of a quote beside what its tint and marks show."""
    facts = [_who(quote), quote.type, quote.attitude]
    if not quote.factual:
        facts.append("not said")
    if quote.parent is not None:
        facts.append(f"within what {_who(quote.parent)} says")
    return f"{', '.join(facts)} · {quote.score:.2f} {quote.rule}"


def _mention_hint(mention: Mention) -> str:
    facts = [mention.label_]
    if mention.entity is not None:
        facts.append(mention.entity.name)
    if mention.kb_id_ is not None:
        facts.append(mention.kb_id_)
    if mention.value is not None:
        facts.append(mention.value)
    return f"{', '.join(facts)} · {mention.score:.2f} {mention.rule}"


def _mark(layer: int, span: Span, number: int, tag: str, attributes: str, label: str = "") -> _Mark:
    return _Mark(layer, span.start_char, -span.end_char, number, tag, attributes, label)


def _article(doc: Document, tints: dict[str, int]) -> str:
    """Walks over all places where a mark begins or ends and keeps the open ones well nested."""
    marks = sorted(_marks(doc, tints), key=lambda mark: mark.start)
    places = sorted({place for mark in marks for place in (mark.start, mark.end)})
    text = doc.text
    parts = ['<article dir="auto">']
    stack: list[_Mark] = []
    following = 0
    at = 0
    for place in places:
        parts.append(_escape(text[at:place]))
        at = place
        wanted = [mark for mark in stack if mark.end > place]
        while following < len(marks) and marks[following].start == place:
            wanted.append(marks[following])
            following += 1
        wanted.sort()
        _change(parts, stack, wanted, place)
        stack = wanted
    parts.append(_escape(text[at:]))
    parts.append("</article>")
    return "".join(parts)


def _change(parts: list[str], old: list[_Mark], new: list[_Mark], place: int) -> None:
    same = 0
    while same < min(len(old), len(new)) and old[same] is new[same]:
        same += 1
    for mark in reversed(old[same:]):
        label = mark.label if mark.end == place else ""
        if mark.layer == _QUOTE:
            parts.append(_label(label, "who") + "</mark>")
        else:
            parts.append(f"</{mark.tag}>" + _label(label, "label"))
    for mark in new[same:]:
        again = "" if mark.start == place else " data-again"
        parts.append(f"<{mark.tag} {mark.attributes}{again}>")


def _label(label: str, role: str) -> str:
    """An element without text; the style sheet shows its attribute."""
    short = label if len(label) <= _LABEL_MOST else label[: _LABEL_MOST - 1] + "…"
    return f'<small class="{role}" data-label="{_escape(short)}"></small>' if label else ""


# --- below it -----------------------------------------------------------------------------------


def _legend(doc: Document, tints: dict[str, int]) -> str:
    if not doc.quotes and not doc.ents:
        return ""
    speakers = "".join(
        f'<li><span class="q t{tint}">{_escape(name)}</span></li>' for name, tint in tints.items()
    )
    if any(_tint(quote, tints) == "tn" for quote in doc.quotes):
        speakers += '<li><span class="q tn">no source</span></li>'
    signs = (
        '<li><span class="cue tn">cue</span></li>'
        '<li><span class="source tn">source</span></li>'
        f'<li><span class="e">name</span>{_label("LABEL", "label")}</li>'
        '<li>sentence. <i></i><span class="s">Sentence.</span></li>'
    )
    return f'<ul class="legend" aria-label="Legend">{speakers}{signs}</ul>'


def _table(caption: str, heads: tuple[str, ...], rows: list[str]) -> str:
    if not rows:
        return ""
    title = f"<caption>{caption}</caption>" if caption else ""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return (
        f'<div class="scroll"><table>{title}<thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _quote_row(quote: Quote, tints: dict[str, int]) -> str:
    said = " … ".join(piece.text for piece in quote.content)
    cue = quote.cue.text if quote.cue is not None else ""
    source = quote.source.text if quote.source is not None else ""
    kind = quote.type if quote.attitude == "speech" else f"{quote.type}, {quote.attitude}"
    if not quote.factual:
        kind += ", not said"
    cells = (said, cue, source, kind)
    who = f'<span class="q {_tint(quote, tints)}">{_escape(_who(quote))}</span>'
    return (
        f'<tr><th scope="row">{who}</th>'
        + "".join(f'<td dir="auto">{_escape(cell)}</td>' for cell in cells)
        + "</tr>"
    )


_ENTITY_HEADS = ("Name", "Label", "Mentions", "Quotes", "Identifier", "Also as", "Titles")


def _entity_row(entity: Entity) -> str:
    cells = (entity.label_, len(entity.mentions), len(entity.quotes), entity.kb_id_ or "")
    return (
        f'<tr><th scope="row">{_escape(entity.name)}</th>'
        + "".join(f"<td>{_escape(str(cell))}</td>" for cell in cells)
        + f'<td dir="auto">{_escape(", ".join(entity.aliases))}</td>'
        + f'<td dir="auto">{_escape(", ".join(entity.titles))}</td></tr>'
    )


def _span_row(span: Span) -> str:
    label = span.label_ if isinstance(span, Mention) else str(getattr(span, "kind", ""))
    entity = span.entity if isinstance(span, Mention) else None
    name = entity.name if entity is not None else ""
    return (
        f"<tr><td>{span.start_char}</td><td>{span.end_char}</td>"
        f'<td dir="auto">{_escape(span.text)}</td><td>{_escape(label)}</td>'
        f"<td>{_escape(name)}</td></tr>"
    )


def _tables(doc: Document, tints: dict[str, int]) -> str:
    said = [_quote_row(quote, tints) for quote in doc.quotes]
    named = [_entity_row(entity) for entity in doc.entities]
    return _table("Who said what", ("Speaker", "What", "Cue", "Source", "Type"), said) + _table(
        "Who and what is named", _ENTITY_HEADS, named
    )
