"""The quick ways to sentences: strings, offsets as a buffer, streams, bytes, abbreviations."""

from __future__ import annotations

import copy
import io
import pathlib
import pickle
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quoth
from conftest import TEXT

TEXTS = [
    TEXT,
    "",
    " \n ",
    "One. Two.",
    "The café (open till 5 p.m.) is shut. “We had to,” she said. “It was time.” \U0001f6a2 Done.",
    "A lone \ud800 surrogate. Then more.",
    "caf\xe9 only in Latin-1. Another one.",
]


def pairs(text: str, **options: Any) -> list[tuple[int, int]]:
    return list(quoth.sentence_offsets(text, **options))


# --- offsets --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", TEXTS)
def test_the_three_ways_agree(text: str) -> None:
    spans = quoth.load("en", stages=["sentence"]).sents(text)
    assert pairs(text) == [(s.start_char, s.end_char) for s in spans]
    assert quoth.split_sentences(text) == [s.text for s in spans]
    assert all(text[s.start_char : s.end_char] == s.text for s in spans)


@pytest.mark.parametrize("text", [t for t in TEXTS if "\ud800" not in t])
def test_bytes_have_byte_offsets(text: str) -> None:
    data = text.encode()
    offsets = quoth.sentence_offsets(data)
    sentences = [sentence.encode() for sentence in quoth.split_sentences(text)]
    assert [data[start:end] for start, end in offsets] == sentences
    assert quoth.split_sentences(data) == sentences


def test_bytes_that_are_no_utf8() -> None:
    with pytest.raises(UnicodeDecodeError, match="text: expected UTF-8") as caught:
        quoth.sentence_offsets(b"One. \xe2\x80 Two.")
    assert (caught.value.start, caught.value.encoding) == (5, "utf-8")
    with pytest.raises(UnicodeDecodeError):
        quoth.split_sentences(b"\xff")


@pytest.mark.parametrize("function", [quoth.sentence_offsets, quoth.split_sentences])
@pytest.mark.parametrize("text", [None, 1, ["One."], bytearray(b"One.")])
def test_wrong_types(function: Any, text: Any) -> None:
    with pytest.raises(TypeError, match=f"text: expected str or bytes, got {type(text).__name__}"):
        function(text)
    with pytest.raises(TypeError, match=f"text: expected str, got {type(text).__name__}"):
        quoth.load().sents(text)


def test_offsets_are_a_sequence() -> None:
    offsets = quoth.sentence_offsets("One. Two. Three.")
    assert len(offsets) == 3
    assert offsets[0] == (0, 4)
    assert offsets[-1] == (10, 16)
    assert (5, 9) in offsets
    assert offsets == quoth.sentence_offsets("One. Two. Three.")
    assert offsets != quoth.sentence_offsets("One. Two.")
    assert hash(offsets) == hash(quoth.sentence_offsets("One. Two. Three."))
    with pytest.raises(IndexError):
        offsets[3]
    assert repr(offsets) == "<SentenceOffsets: [(0, 4), (5, 9), (10, 16)]>"
    assert "40 sentences" in repr(quoth.sentence_offsets("One. " * 40))
    with pytest.raises(TypeError):
        offsets[0] = (1, 2)  # type: ignore[index]


def test_offsets_are_a_buffer() -> None:
    offsets = quoth.sentence_offsets("One. Two. Three.")
    view = memoryview(offsets)
    assert (view.format, view.shape, view.strides, view.readonly) == ("q", (3, 2), (16, 8), True)
    assert view.tolist() == [[0, 4], [5, 9], [10, 16]]
    assert memoryview(quoth.sentence_offsets("")).shape == (0, 2)
    assert bytes(view) == b"".join(n.to_bytes(8, "little") for n in (0, 4, 5, 9, 10, 16))


def test_offsets_can_be_copied_and_pickled() -> None:
    offsets = quoth.sentence_offsets(TEXT)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(offsets, protocol)) == offsets
    assert copy.copy(offsets) is offsets
    assert copy.deepcopy(offsets) is offsets
    assert quoth.SentenceOffsets(memoryview(offsets)) == offsets
    with pytest.raises(ValueError, match="data: expected pairs of int64 .* got 8 bytes"):
        quoth.SentenceOffsets(bytes(8))


def test_numpy_takes_offsets_without_a_copy() -> None:
    import numpy

    offsets = quoth.sentence_offsets("One. Two. Three.")
    array = numpy.asarray(offsets)
    assert array.dtype == numpy.int64
    assert array.tolist() == [[0, 4], [5, 9], [10, 16]]
    assert numpy.shares_memory(array, numpy.frombuffer(offsets, dtype=numpy.int64))
    assert not array.flags.writeable


def test_arrow_takes_offsets_without_a_copy() -> None:
    import pyarrow

    offsets = quoth.sentence_offsets("One. Two. Three.")
    buffer = pyarrow.py_buffer(offsets)
    again = pyarrow.py_buffer(offsets)
    values = pyarrow.Array.from_buffers(pyarrow.int64(), 6, [None, buffer])
    array = pyarrow.FixedSizeListArray.from_arrays(values, 2)
    assert array.to_pylist() == [[0, 4], [5, 9], [10, 16]]
    assert values.buffers()[1].address == again.address


# --- abbreviations --------------------------------------------------------------------------------


def test_abbreviations_of_the_caller() -> None:
    text = "We met Stv. Reed and his Bgm. Keller there. It rained."
    assert len(quoth.split_sentences(text)) == 4
    nlp = quoth.load("en", abbreviations=["Stv.", "Bgm"])
    assert nlp.abbreviations == ("Bgm", "Stv.")
    assert len(nlp(text).sents) == 2
    assert len(quoth.split_sentences(text, abbreviations={"Stv", "Bgm."})) == 2
    assert nlp == quoth.load("en", abbreviations=iter(["Bgm", "Stv.", "Bgm"]))
    assert nlp != quoth.load("en")
    assert hash(nlp) == hash(quoth.load("en", abbreviations=["Bgm", "Stv."]))
    again = pickle.loads(pickle.dumps(nlp))
    assert again == nlp
    assert len(again.sents(text)) == 2
    assert "abbreviations=('Bgm', 'Stv.')" in repr(nlp)


@pytest.mark.parametrize(
    ("words", "error", "message"),
    [
        ("Stv.", TypeError, "abbreviations: expected a collection of str, got str"),
        (5, TypeError, "abbreviations: expected a collection of str, got int"),
        ([5], TypeError, "abbreviations: expected str, got int"),
        ([b"Stv."], TypeError, "abbreviations: expected str, got bytes"),
        ([""], ValueError, "abbreviations: expected words of 1 to 24 bytes, got ''"),
        (["x" * 30], ValueError, "abbreviations: expected words of 1 to 24 bytes, got 'xx"),
        (["two w."], ValueError, "abbreviations: expected words without white space, got 'two w.'"),
        (["a.", "."], ValueError, "abbreviations: expected a letter or a digit .* got '\\.'"),
        (["a\0b"], ValueError, "abbreviations: expected words, got 'a"),
        (["\ud800"], ValueError, "abbreviations: expected words, got '.ud800'"),
    ],
)
def test_wrong_abbreviations(words: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        quoth.load("en", abbreviations=words)


# --- streams --------------------------------------------------------------------------------------

LONG = "\n\n".join(
    f"Day {n} began at 5 a.m. in the port of Réville. “Nobody came,” said Mr. Okafor. "
    f"It cost $3.5 million, he added.\r\nAnn Bell, who runs it, did not reply."
    for n in range(200)
)


class Stream(io.RawIOBase):
    """Gives what it holds in pieces of random size, as a socket does."""

    def __init__(self, data: bytes) -> None:
        self.data, self.random = data, random.Random(7)

    def read(self, size: int = -1) -> bytes:
        size = self.random.randint(1, 9)
        piece, self.data = self.data[:size], self.data[size:]
        return piece


@pytest.mark.parametrize("window", [1, 50, 1000, 1 << 20])
def test_a_stream_gives_what_the_whole_gives(window: int, tmp_path: pathlib.Path) -> None:
    expected = quoth.split_sentences(LONG, newlines="break")
    spans = pairs(LONG, newlines="break")
    options: dict[str, Any] = {"newlines": "break", "window": window}
    path = tmp_path / "long.txt"
    path.write_bytes(LONG.encode())
    with path.open(encoding="utf-8", newline="") as file:
        assert list(quoth.iter_sentences(file, **options)) == expected
    assert list(quoth.iter_sentences(path, **options)) == expected
    with path.open("rb") as binary:
        assert [s.decode() for s in quoth.iter_sentences(binary, **options)] == expected
    assert [s.decode() for s in quoth.iter_sentences(Stream(LONG.encode()), **options)] == expected
    assert list(quoth.iter_sentences(iter(LONG), **options)) == expected
    found = list(quoth.iter_sentences(io.StringIO(LONG, newline=""), offsets=True, **options))
    assert found == [(start, end, LONG[start:end]) for start, end in spans]


def test_offsets_of_a_stream_of_bytes() -> None:
    data = LONG.encode()
    found = quoth.iter_sentences(io.BytesIO(data), offsets=True, window=700)
    assert all(data[start:end] == sentence for start, end, sentence in found)


@given(
    st.lists(st.sampled_from(["One two. ", "Why? ", "Mr. ", "No. 5 ", "é” ", "\n\n", "\r\n\r\n"])),
    st.integers(1, 60),
)
def test_any_stream_keeps_every_character(pieces: list[str], window: int) -> None:
    text = "".join(pieces)
    at = 0
    found = quoth.iter_sentences(iter(pieces), offsets=True, window=window, newlines="break")
    for start, end, sentence in found:
        assert text[at:start].strip() == ""
        assert text[start:end] == sentence
        at = end
    assert text[at:].strip() == ""


def test_no_more_than_two_windows_are_held() -> None:
    window, given_out, taken = 1000, 0, 0

    def pieces() -> Iterator[str]:
        nonlocal taken
        for number in range(2000):
            piece = f"Sentence number {number} is here. "
            taken += len(piece)
            yield piece

    for sentence in quoth.iter_sentences(pieces(), window=window):
        given_out += len(sentence) + 1
        assert taken - given_out < 3 * window
    assert given_out == taken


def test_a_sentence_longer_than_the_window() -> None:
    text = "word " * 500 + "end. Next one."
    assert list(quoth.iter_sentences(io.StringIO(text), window=10)) == [
        text[: text.index("end.") + 4],
        "Next one.",
    ]


def test_empty_pieces_are_no_end() -> None:
    assert list(quoth.iter_sentences(["One. ", "", "Two."])) == ["One.", "Two."]
    assert list(quoth.iter_sentences([])) == []
    assert list(quoth.iter_sentences(io.BytesIO(b""))) == []


def test_errors_of_streams() -> None:
    with pytest.raises(TypeError, match=r"file: expected an open file, an os\.PathLike .* got str"):
        quoth.iter_sentences("One. Two.")
    with pytest.raises(TypeError, match="file: expected an open file, .* got int"):
        quoth.iter_sentences(5)  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="file: expected str or bytes to be read, got int"):
        list(quoth.iter_sentences([5]))  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="file: expected str to be read, got NoneType"):
        list(quoth.iter_sentences(["One. ", None]))  # type: ignore[list-item]
    with pytest.raises(TypeError, match="file: expected str to be read, got bytes"):
        list(quoth.iter_sentences(["One. ", b"Two."]))  # type: ignore[list-item]
    with pytest.raises(ValueError, match="window: expected 1 or more, got 0"):
        quoth.iter_sentences(["One."], window=0)
    with pytest.raises(TypeError, match="window: expected int, got float"):
        quoth.iter_sentences(["One."], window=1.5)  # type: ignore[call-overload]
    with pytest.raises(ValueError, match="newlines: expected 'auto'"):
        quoth.iter_sentences(["One."], newlines="no")  # type: ignore[call-overload]
    broken = io.BytesIO(b"One is here. " * 40 + b"\xff. Two.")
    with pytest.raises(UnicodeDecodeError) as caught:
        list(quoth.iter_sentences(broken, window=100))
    assert caught.value.__notes__ == ["this is byte 520 of the stream"]
    with pytest.raises(FileNotFoundError):
        list(quoth.iter_sentences(pathlib.Path("no such file")))
