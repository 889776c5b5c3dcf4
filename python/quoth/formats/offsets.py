"""Offsets in other units than code points: bytes of UTF-8, or code units of UTF-16."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import Literal

__all__ = ["OffsetUnit", "from_unit", "to_unit"]

OffsetUnit = Literal["codepoint", "utf8", "utf16"]


def to_unit(text: str, unit: OffsetUnit) -> Callable[[int], int]:
    """A function from an offset in code points to one in unit. Linear once, then constant."""
    ends = _ends(text, unit)
    return _same if ends is None else ends.__getitem__


def from_unit(text: str, unit: OffsetUnit) -> Callable[[int], int]:
    """A function from an offset in unit to one in code points.

    It raises ValueError for an offset inside a character or behind the text.
    """
    ends = _ends(text, unit)
    if ends is None:
        return _same
    points = {offset: point for point, offset in enumerate(ends)}

    def convert(offset: int) -> int:
        try:
            return points[offset]
        except KeyError:
            raise ValueError(f"offset {offset}: no character of the text begins there") from None

    return convert


def _same(offset: int) -> int:
    return offset


def _ends(text: str, unit: OffsetUnit) -> array[int] | None:
    """The offset in unit of each code point and of the end; None: the same as in code points."""
    if unit not in ("codepoint", "utf8", "utf16"):
        raise ValueError(f"offset_unit: expected 'codepoint', 'utf8' or 'utf16', got {unit!r}")
    if unit == "codepoint" or text.isascii():
        return None
    sizes: Iterable[int]
    if unit == "utf16":
        sizes = (2 if char > "\uffff" else 1 for char in text)
    else:  # a lone surrogate would take three bytes
        sizes = (1 + (c > "\x7f") + (c > "\u07ff") + (c > "\uffff") for c in text)
    return array("Q", accumulate(sizes, initial=0))
