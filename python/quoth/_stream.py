"""Sentences of a file or a stream, of which no more than a window is held."""

from __future__ import annotations

import os

from quoth._load import sentence_pipeline

TYPE_CHECKING = False  # type checkers know better; typing takes longer to import than all of quoth
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import IO, Any, Literal, TypeVar, overload

    from quoth._core import Newlines, Pipeline

    _Text = TypeVar("_Text", str, bytes)
    _Found = list[tuple[int, int]]
    _Source = IO[_Text] | Iterable[_Text]

__all__ = ["iter_sentences"]

_KEPT = 4  # sentences that wait for what follows where no line ends
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


if TYPE_CHECKING:

    @overload
    def iter_sentences(
        file: _Source[_Text],
        *,
        newlines: Newlines = "auto",
        split_in_quotes: bool = True,
        abbreviations: Iterable[str] = (),
        offsets: Literal[False] = False,
        window: int = 1 << 20,
    ) -> Iterator[_Text]: ...
    @overload
    def iter_sentences(
        file: os.PathLike[str],
        *,
        newlines: Newlines = "auto",
        split_in_quotes: bool = True,
        abbreviations: Iterable[str] = (),
        offsets: Literal[False] = False,
        window: int = 1 << 20,
    ) -> Iterator[str]: ...
    @overload
    def iter_sentences(
        file: _Source[_Text],
        *,
        newlines: Newlines = "auto",
        split_in_quotes: bool = True,
        abbreviations: Iterable[str] = (),
        offsets: Literal[True],
        window: int = 1 << 20,
    ) -> Iterator[tuple[int, int, _Text]]: ...
    @overload
    def iter_sentences(
        file: os.PathLike[str],
        *,
        newlines: Newlines = "auto",
        split_in_quotes: bool = True,
        abbreviations: Iterable[str] = (),
        offsets: Literal[True],
        window: int = 1 << 20,
    ) -> Iterator[tuple[int, int, str]]: ...


def iter_sentences(
    file: Any,
    *,
    newlines: Newlines = "auto",
    split_in_quotes: bool = True,
    abbreviations: Iterable[str] = (),
    offsets: bool = False,
    window: int = 1 << 20,
) -> Iterator[Any]:
    """The sentences of a file or a stream, one after the other; the options are those of load().

    file: a file that is open for reading, a path (os.PathLike; it is read as UTF-8), or an iterable
        of pieces. What is read as str gives str; what is read as bytes has to be UTF-8 and gives
        bytes.
    offsets: whether to yield tuples (start, end, sentence); offsets count from the start of the
        stream, code points of str and bytes of bytes.
    window: how much is read at a time, in code points or bytes. At most two windows are held, or
        the longest sentence if that is longer.

    A text that is no longer than two windows gives what split_sentences() gives. A longer one is
    cut between paragraphs, where there are any, and each part is read as a document: whether
    lines are hard-wrapped is then decided for each of them.
    """
    if isinstance(window, bool) or not isinstance(window, int):
        raise TypeError(f"window: expected int, got {type(window).__name__}")
    if window < 1:
        raise ValueError(f"window: expected 1 or more, got {window}")
    nlp = sentence_pipeline(newlines, split_in_quotes, abbreviations)
    found = _opened(nlp, file, window)
    return found if offsets else (sentence for _, _, sentence in found)


def _opened(nlp: Pipeline, file: Any, window: int) -> Iterator[tuple[int, int, Any]]:
    if isinstance(file, os.PathLike):
        return _of_path(nlp, file, window)
    if hasattr(file, "read"):
        return _of_pieces(nlp, _reads(file, window), window)
    if isinstance(file, (str, bytes)) or not hasattr(file, "__iter__"):
        raise TypeError(
            "file: expected an open file, an os.PathLike or an iterable of str or bytes, "
            f"got {type(file).__name__}"
        )
    return _of_pieces(nlp, (piece for piece in file if piece not in ("", b"")), window)


def _reads(file: Any, window: int) -> Iterator[Any]:
    while piece := file.read(window):
        yield piece


def _of_path(nlp: Pipeline, path: os.PathLike[str], window: int) -> Iterator[tuple[int, int, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        yield from _of_pieces(nlp, _reads(file, window), window)


def _of_pieces(nlp: Pipeline, pieces: Iterator[Any], window: int) -> Iterator[tuple[int, int, Any]]:
    first = next(pieces, "")
    if isinstance(first, str):
        yield from _sentences(nlp, first, _joiner(pieces, str), window)
    elif isinstance(first, bytes):
        yield from _sentences(nlp, first, _joiner(pieces, bytes), window)
    else:
        raise TypeError(f"file: expected str or bytes to be read, got {type(first).__name__}")


def _joiner(pieces: Iterator[Any], kind: type[_Text]) -> Callable[[_Text, int], tuple[_Text, bool]]:
    """A function that appends pieces to a text until it has a length; False: there are no more."""

    def fill(text: _Text, length: int) -> tuple[_Text, bool]:
        parts: list[Any] = [text]
        have = len(text)
        while have < length:
            try:
                piece = next(pieces)
            except StopIteration:
                return kind().join(parts), False
            if not isinstance(piece, kind):
                raise TypeError(
                    f"file: expected {kind.__name__} to be read, got {type(piece).__name__}"
                )
            parts.append(piece)
            have += len(piece)
        return kind().join(parts), True

    return fill


def _sentences(
    nlp: Pipeline, text: _Text, fill: Callable[[_Text, int], tuple[_Text, bool]], window: int
) -> Iterator[tuple[int, int, _Text]]:
    base, length, more = 0, 2 * window, bool(text)
    while more:
        text, more = fill(text, length)
        found = _offsets(nlp, _whole(text) if more else text, base)
        count = _count_done(text, found, window) if more else len(found)
        for start, end in found[:count]:
            yield base + start, base + end, text[start:end]
        if count == 0:
            length *= 2  # nothing is sure yet: a sentence that is longer than the window
            continue
        length = 2 * window
        kept = found[count][0] if more else len(text)
        base += kept
        text = text[kept:]


def _offsets(nlp: Pipeline, text: str | bytes, base: int) -> _Found:
    try:
        return list(nlp.sentence_offsets(text))
    except UnicodeDecodeError as error:
        error.add_note(f"this is byte {base + error.start} of the stream")
        raise


def _whole(text: _Text) -> _Text:
    """bytes without the beginning of a character that has not been read to its end."""
    if isinstance(text, str):
        return text
    for size in range(1, min(4, len(text) + 1)):
        byte = text[-size]
        if byte >= 0xC0:
            wanted = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return text[:-size] if size < wanted else text
        if byte < 0x80:
            return text
    return text


def _count_done(text: str | bytes, found: _Found, window: int) -> int:
    """How many of the sentences would be the same whatever follows: those before a paragraph's end
    in the second window, best an empty line; else all but a few."""
    line_ends: list[int] = []
    for number in range(len(found) - 1, 0, -1):
        end, start = found[number - 1][1], found[number][0]
        if start < window:
            break
        gap = text[end:start]
        decoded = gap if isinstance(gap, str) else gap.decode("utf-8", "replace")
        ends = sum(decoded.count(mark) for mark in _LINE_ENDS) - decoded.count("\r\n")
        if ends > 1:
            return number
        if ends and not line_ends:
            line_ends.append(number)
    return line_ends[0] if line_ends else max(0, len(found) - _KEPT)
