"""A million articles in one process: does memory grow, is a descriptor or thread left?

usage: python tests/bench/soak.py [--articles N] [--bytes N] [--threads N]

The articles are those of docs/examples, cut and mixed, each made different by a number in it, of
about so many bytes (default 4000); they are read through nlp.pipe, and at times alone, as JSON and
back, as HTML, as a table and as sentences only. Prints resident memory, descriptors and threads
after the first hundredth and after each tenth. Exit status 1 when the end has over 2 % more memory
than the first hundredth, or another number of descriptors or threads.
"""

from __future__ import annotations

import argparse
import gc
import os
import pathlib
import re
import sys
import time
from collections.abc import Iterator

import quoth

ROOT = pathlib.Path(__file__).parent.parent.parent
BATCH = 500
GROWTH = 1.02


def articles(first: int, count: int, size: int) -> Iterator[str]:
    parts = [p.read_text(encoding="utf-8") for p in sorted(ROOT.glob("docs/examples/**/*.txt"))]
    whole = "\n\n".join(parts)
    whole *= size // len(whole) + 2
    for n in range(first, first + count):
        at, head = n * 37 % (len(whole) - size), n % (size // 3)
        own = f"No. {n}: “We saw {n},” said Ann {n % 977}."
        yield f"{whole[:head]}\n\n{own}\n\n{whole[at : at + size - head]}"


def held() -> tuple[float, int, int]:
    """Resident memory in MB, descriptors, threads."""
    gc.collect()
    status = pathlib.Path("/proc/self/status").read_text(encoding="ascii")
    numbers = dict(re.findall(r"(VmRSS|Threads):\s*(\d+)", status))
    descriptors = len(os.listdir("/proc/self/fd"))
    return int(numbers["VmRSS"]) / 1024, descriptors, int(numbers["Threads"])


def read_batch(nlp: quoth.Pipeline, number: int, size: int, threads: int) -> None:
    texts = articles(number * BATCH, BATCH, size)
    match number if number < 10 else number % 200:
        case 0:
            for text in texts:
                quoth.split_sentences(text)
        case 1:
            for text in texts:
                quoth.from_json(nlp(text).to_json())
        case 2:
            for text in texts:
                nlp(text).to_html()
        case 3:
            quoth.quotes_table(texts, nlp=nlp, n_threads=threads)
        case 4:
            for text in texts:
                nlp(text)
        case _:
            for doc in nlp.pipe(texts, n_threads=threads):
                assert doc.sents


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--bytes", type=int, default=4000)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    nlp = quoth.load("en")
    batches = options.articles // BATCH
    first = max(batches // 100, 1)
    started = time.monotonic()
    before = (0.0, 0, 0)
    now = before
    for number in range(batches):
        read_batch(nlp, number, options.bytes, options.threads)
        done = number + 1
        if done == first or done % max(batches // 10, 1) == 0:
            now = held()
            before = now if done == first else before
            print(
                f"{done * BATCH:9,} articles {time.monotonic() - started:7.0f} s "
                f"{now[0]:7.1f} MB {now[1]} descriptors {now[2]} threads",
                flush=True,
            )
    growth = now[0] / before[0]
    print(f"{growth:.4f} times the memory of the first {first * BATCH:,}")
    return 0 if growth <= GROWTH and now[1:] == before[1:] else 1


if __name__ == "__main__":
    sys.exit(main())
