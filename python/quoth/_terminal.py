"""A document as text for a terminal, with colour where it is wanted."""

from __future__ import annotations

import os
import re
import textwrap
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TextIO

from quoth._core import Document, Quote, Sentence, Span

__all__ = ["terminal_view", "wants_colour"]

_RESET = "\x1b[0m"
_BOLD = "1"
_DIM = "2"
_CUE = "3"
_SPEAKERS = ("33", "36", "32", "35", "34", "31", "93", "96")

_Paint = Callable[[str, str], str]

_REASONS = {
    "no_source": "no source",
    "undecided": "not decided",
    "unnamed": "not named",
    "given": "nobody",
}


def wants_colour(stream: TextIO) -> bool:
    """Whether somebody looks at it who has not said no to colour (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def terminal_view(doc: Document, *, width: int = 80, colour: bool = False) -> str:
    """The article's frame, its sentences, who said what, and who is named.

    Control characters of the text are shown as U+FFFD, so that no text can drive the terminal.
    """
    paint = _painted if colour else _unpainted
    tints = _tints(doc)
    sections = [
        list(_frame(doc, width, paint)),
        list(_sentences(doc, width, paint, tints)),
        list(_quotes(doc, width, paint, tints)),
        list(_entities(doc, width, paint)),
        [f"warning: {w.message} [{w.start_char}:{w.end_char}]" for w in doc.warnings],
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}{_RESET}" if code and text else text


def _unpainted(text: str, code: str) -> str:
    return text


def _visible(text: str) -> str:
    """text without what a terminal would obey; soft hyphens and joiners stay."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\u00ad\u200c\u200d" else "\ufffd" for c in text)


def _printable(text: str) -> str:
    """text in one line."""
    return _visible(" ".join(text.split()))


def _tints(doc: Document) -> dict[str, str]:
    tints: dict[str, str] = {}
    for quote in doc.quotes:
        if quote.speaker is not None:
            tints.setdefault(quote.speaker.name, _SPEAKERS[len(tints) % len(_SPEAKERS)])
    return tints


def _tint(quote: Quote, tints: dict[str, str]) -> str:
    return tints[quote.speaker.name] if quote.speaker is not None else _DIM


def _frame(doc: Document, width: int, paint: _Paint) -> Iterator[str]:
    if doc.title is not None:
        yield from (paint(line, _BOLD) for line in textwrap.wrap(_printable(doc.title.text), width))
    if doc.standfirst is not None:
        yield from textwrap.wrap(_printable(doc.standfirst.text), width)
    for line in (doc.byline, doc.dateline, doc.source_line):
        if line is not None:
            yield from (paint(part, _DIM) for part in textwrap.wrap(_printable(line.text), width))


# --- sentences ----------------------------------------------------------------------------------


def _sentences(doc: Document, width: int, paint: _Paint, tints: dict[str, str]) -> Iterator[str]:
    if not doc.sents:
        return
    yield paint(f"Sentences ({len(doc.sents)})", _BOLD)
    pieces = sorted(
        (piece.start_char, piece.end_char, code)
        for quote in doc.quotes
        for piece, code in _coloured(quote, tints)
    )
    digits = len(str(len(doc.sents)))
    first = 0
    for number, sentence in enumerate(doc.sents, 1):
        while first < len(pieces) and pieces[first][1] <= sentence.start_char:
            first += 1
        codes = _codes(sentence, pieces, first)
        head = f"{number:>{digits}}  "
        for row, line in enumerate(_wrapped(sentence.text, codes, width - len(head), paint)):
            yield (paint(head, _DIM) if row == 0 else " " * len(head)) + line


def _coloured(quote: Quote, tints: dict[str, str]) -> Iterator[tuple[Span, str]]:
    for piece in quote.content:
        yield piece, _tint(quote, tints)
    if quote.cue is not None:
        yield quote.cue, _CUE


def _codes(sentence: Sentence, pieces: list[tuple[int, int, str]], first: int) -> list[str]:
    """The colour of each character of a sentence."""
    codes = [""] * len(sentence)
    for at in range(first, len(pieces)):
        start, end, code = pieces[at]
        if start >= sentence.end_char:
            break
        low = max(start, sentence.start_char) - sentence.start_char
        high = min(end, sentence.end_char) - sentence.start_char
        if low < high:
            codes[low:high] = [code] * (high - low)
    return codes


def _wrapped(text: str, codes: list[str], width: int, paint: _Paint) -> Iterator[str]:
    """Lines of at most width characters, broken at white space, each painted run by run."""
    line: list[tuple[int, int]] = []
    length = 0
    for word in (match.span() for match in re.finditer(r"\S+", text)):
        size = word[1] - word[0]
        if line and length + 1 + size > width:
            yield _line(text, codes, line, paint)
            line, length = [], 0
        length += size + (1 if line else 0)
        line.append(word)
    if line:
        yield _line(text, codes, line, paint)


def _line(text: str, codes: list[str], words: list[tuple[int, int]], paint: _Paint) -> str:
    """The words with one space between them, which is painted when both neighbours are the same."""
    painted: list[tuple[str, str]] = []
    for start, end in words:
        if painted:
            code = codes[start] if painted[-1][1] == codes[start] else ""
            painted.append((" ", code))
        painted += [(text[at], codes[at]) for at in range(start, end)]
    runs = groupby(painted, key=lambda pair: pair[1])
    return "".join(paint(_visible("".join(c for c, _ in run)), code) for code, run in runs)


# --- quotes and entities ------------------------------------------------------------------------


def _quotes(doc: Document, width: int, paint: _Paint, tints: dict[str, str]) -> Iterator[str]:
    if not doc.quotes:
        return
    yield paint(f"Who said what ({len(doc.quotes)})", _BOLD)
    for quote in doc.quotes:
        who = _speaker(quote)
        notes: list[str] = [quote.type]
        if quote.attitude != "speech":
            notes.append(quote.attitude)
        if not quote.factual:
            notes.append("not said")
        if quote.parent is not None:
            notes.append("within another quote")
        cue = f" {_printable(quote.cue.text)}" if quote.cue is not None else ""
        note = paint(f" ({', '.join(notes)})", _DIM)
        yield paint(who, f"{_BOLD};{_tint(quote, tints)}") + cue + note
        said = " … ".join(_printable(piece.text) for piece in quote.content)
        yield from (f"    {line}" for line in textwrap.wrap(said, max(width - 4, 20)))


def _speaker(quote: Quote) -> str:
    source = _printable(quote.source.text) if quote.source is not None else ""
    if quote.speaker is not None:
        name = _printable(quote.speaker.name)
        return name if source in ("", name) else f"{name} [{source}]"
    reason = _REASONS.get(quote.speaker_reason, "not known")
    return f"{source} [{reason}]" if source else f"[{reason}]"


def _entities(doc: Document, width: int, paint: _Paint) -> Iterator[str]:
    if not doc.entities:
        return
    yield paint(f"Who and what is named ({len(doc.entities)})", _BOLD)
    names = [_printable(entity.name) for entity in doc.entities]
    column = min(max(map(len, names)), 40)
    for name, entity in zip(names, doc.entities, strict=True):
        row = f"{entity.label_:<12} {len(entity.mentions):>4}  {name:<{column}}"
        also = _printable(", ".join((*entity.titles, *entity.aliases)))
        yield _cut(f"{row}  {also}".rstrip(), width)


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else line[: width - 1].rstrip(" ,") + "…"
