"""The largest and oddest texts, each once, in a process of its own: time and memory.

usage: python tests/bench/extremes.py [--memory GIB] [NAME...]

Each text is made, read, and what was found is checked: offsets lie in the text and in order. A
process may have no more than GIB of memory (default 14); where that is too little, MemoryError is
the result, and the process has to be able to read an article afterwards. Prints for each the size
of the text in UTF-8, the seconds of reading and checking it, and the most memory that the process
had, of which the text itself is a part. Exit status 1 when a process ended otherwise.
"""

from __future__ import annotations

import argparse
import operator
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import quoth

NEWS = (
    "The harbour will close on Monday, Anna Keller said. “It was never safe,” the mayor of Oslo\n"
    "told reporters, “and nobody listened.” The U.S. sent 14 boats and $2 million.\n\n"
)
GB = 1 << 30


def news(size: int) -> str:
    return NEWS * (size // len(NEWS.encode()))


def plain(size: int) -> str:
    """The same in ASCII: what long texts mostly are, and the quickest way to sentences."""
    text = NEWS.replace("“", '"').replace("”", '"')
    return text * (size // len(text))


def planes() -> str:
    """Every code point there is, surrogates too, with a word between them now and then."""
    points = [chr(point) for point in range(0x110000)]
    return " said.\n".join("".join(points[i : i + 64]) for i in range(0, len(points), 64))


# How a text is made, and whether only its sentences are asked for.
TEXTS: dict[str, tuple[Callable[[], str], bool]] = {
    "1 GB, sentences": (lambda: plain(GB), True),
    "1 GB with curly marks, sentences": (lambda: news(GB), True),
    "1 GB": (lambda: plain(GB), False),
    "100 MB": (lambda: plain(100 << 20), False),
    "one line of 500 MB, sentences": (lambda: plain(500 << 20).replace("\n", " "), True),
    "one line of 500 MB": (lambda: plain(500 << 20).replace("\n", " "), False),
    "one word of 500 MB, sentences": (lambda: "a" * (500 << 20), True),
    "10 M opening marks": (lambda: "“" * 10_000_000, False),
    "10 M straight marks": (lambda: '" ' * 10_000_000, False),
    "10 M paragraphs": (lambda: "a\n\n" * 10_000_000, False),
    "10 M line ends": (lambda: "\n" * 10_000_000, False),
    "2 M nested marks": (lambda: "“‘" * 1_000_000 + "’”" * 1_000_000, False),
    "4 M nested brackets": (lambda: "(" * 2_000_000 + "He said." + ")" * 2_000_000, False),
    "1 M nested clauses": (lambda: "he said that " * 1_000_000, False),
    "every code point": (planes, False),
    "10 M bidirectional controls": (lambda: "\u202ea\u2066\u2069\u202c" * 2_500_000, False),
    "10 M lone surrogates": (lambda: "\ud800\udfff" * 5_000_000, False),
    "a number of 10 M digits": (lambda: "It cost $" + "9" * 10_000_000 + " million.", False),
    "1 M numbers of 30 digits": (lambda: ("1" * 30 + " percent, ") * 1_000_000, False),
    "10 M NUL": (lambda: "\0" * 10_000_000, False),
}


def check(spans: list[tuple[int, int]], size: int) -> None:
    end = 0
    for start, stop in spans:
        if not end <= start < stop <= size:
            raise AssertionError(f"{start}:{stop} behind {end} in {size}")
        end = stop


def read(name: str) -> None:
    make, sentences_only = TEXTS[name]
    text = make()
    nlp = quoth.load("en", stages=["sentence"] if sentences_only else None)
    quoth.load("en")("Anna Keller said so.")
    before = time.monotonic()
    try:
        if sentences_only:
            offsets = quoth.sentence_offsets(text)
            found = f"{len(offsets):,} sentences"
            flat = memoryview(offsets).cast("B").cast("q")
            ordered = all(map(operator.le, flat, flat[1:]))
            if not ordered or flat[0] < 0 or flat[-1] > len(text):
                raise AssertionError("offsets out of order")
        else:
            doc = nlp(text)
            found = f"{len(doc.sents):,} sentences, {len(doc.ents):,} mentions"
            found += f", {len(doc.quotes):,} quotes"
            some = [doc.sents[i] for i in range(0, len(doc.sents), len(doc.sents) // 1000 + 1)]
            check([(s.start_char, s.end_char) for s in some], len(text))
            del doc, some
    except MemoryError:
        found = "MemoryError"
        assert len(quoth.load("en")(NEWS).quotes) >= 1
    spent = time.monotonic() - before
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = len(text.encode("utf-8", "surrogatepass")) >> 20 if len(text) < GB // 2 else 1024
    print(f"{name:34} {size:6} MB {spent:8.1f} s {most:8.0f} MB  {found}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--memory", type=float, default=14)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    if options.one:
        limit = int(options.memory * GB)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        read(options.one)
        return 0
    bad = 0
    for name in options.names or TEXTS:
        command = [sys.executable, __file__, "--memory", str(options.memory), "--one", name]
        done = subprocess.run(command, check=False)
        if done.returncode != 0:
            print(f"{name}: ended with {done.returncode}", flush=True)
            bad = 1
    return bad


if __name__ == "__main__":
    sys.exit(main())
