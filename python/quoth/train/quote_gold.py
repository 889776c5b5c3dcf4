"""Articles with their quotes, as PolNeAR gives them, in bytes of UTF-8 as the core counts.

A file is JSON Lines, perhaps gzipped, or what else gold_file.py knows: ``{"text", "quotes":
[{"type", "content", "cue", "source"}, ...]}`` where content, cue and source are lists of ``[start,
end]`` in code points, half-open.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import accumulate

from quoth.train.gold_file import read_gold

__all__ = ["Article", "GoldQuote", "Span", "overlap", "read_articles", "shared", "stripped"]

Span = tuple[int, int]


@dataclass(frozen=True)
class GoldQuote:
    type: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]


@dataclass(frozen=True)
class Article:
    text: str
    data: bytes  # the text as UTF-8
    quotes: tuple[GoldQuote, ...]


def read_articles(
    path: str | os.PathLike[str], texts: str | os.PathLike[str] | None = None
) -> list[Article]:
    """The articles of a file; texts: the folder of a .csv's texts. Raises OSError, ValueError."""
    return [_article(record) for record in read_gold(path, texts)]


def _article(record: dict[str, object]) -> Article:
    text, quotes = record["text"], record["quotes"]
    assert isinstance(text, str)
    assert isinstance(quotes, list)
    at = [0, *accumulate(len(char.encode("utf-8", "surrogatepass")) for char in text)]

    def spans(pairs: list[list[int]]) -> tuple[Span, ...]:
        return tuple((at[start], at[end]) for start, end in pairs)

    gold = tuple(
        GoldQuote(q["type"], spans(q["content"]), spans(q["cue"]), spans(q["source"]))
        for q in quotes
    )
    return Article(text, text.encode("utf-8", "surrogatepass"), gold)


def overlap(a: Span, b: Span) -> bool:
    return min(a[1], b[1]) > max(a[0], b[0])


def shared(a: list[Span], b: tuple[Span, ...]) -> float:
    """The part of all their bytes that both have."""
    both = sum(max(0, min(s[1], t[1]) - max(s[0], t[0])) for s in a for t in b)
    every = sum(s[1] - s[0] for s in a) + sum(t[1] - t[0] for t in b) - both
    return both / every if every else 0.0


def stripped(data: bytes, span: Span) -> Span:
    """The span without marks, punctuation and space at its ends."""
    start, end = span
    while start < end and not _is_word(data[start]):
        start += 1
    while end > start and not _is_word(data[end - 1]):
        end -= 1
    return start, end


def _is_word(byte: int) -> bool:
    return byte < 128 and chr(byte).isalnum()
