"""What components in Python cost a pipeline.

    QUOTH_DATA=path .venv/bin/python tests/bench/components.py

nlp.pipe() over the articles of pipeline.py on one thread, without a component and with one of each
kind, taking turns; the best pass of each, in CPU time.
"""

from __future__ import annotations

import argparse
import datetime
import math
import platform
import time

import numpy as np
from pipeline import articles, cpu_model

import quoth


@quoth.component("batch, a number each", batch=True)
def numbered(batch: quoth.Batch) -> None:
    for doc, text in zip(batch, batch.texts, strict=True):
        doc.data["length"] = len(text)


@quoth.component("batch, a column by NumPy", batch=True)
def counted(batch: quoth.Batch) -> None:
    counts = np.bincount(np.asarray(batch.ents.array("doc_id")), minlength=len(batch))
    for doc, count in zip(batch, counts.tolist(), strict=True):
        doc.data["ents"] = count


@quoth.component("document, a number")
def single(doc: quoth.Draft) -> None:
    doc.data["length"] = len(doc.text)


@quoth.component("document, a mention", after="entity")
def mention(doc: quoth.Draft) -> None:
    end = len(doc.text) - len(doc.text[1:].lstrip()) if doc.text[:1].isspace() else 0
    doc.add_mentions([(end, end + 1, "FIRST")], overlap="beside")


def main() -> None:
    parser = argparse.ArgumentParser(description="what components cost a pipeline")
    parser.add_argument("--rounds", type=int, default=10, help="passes of each (default 10)")
    rounds = parser.parse_args().rounds
    plain = quoth.load("en")
    pipelines = {"none": plain}
    for component in (numbered, counted, single, mention):
        pipelines[component.name] = plain.with_pipe(component)
    name, texts = articles()
    encoded = [text.encode() for text in texts]
    size = sum(map(len, encoded)) / 1e6
    best = dict.fromkeys(pipelines, math.inf)
    for _ in range(rounds):
        for kind, nlp in pipelines.items():
            fresh = [each.decode() for each in encoded]
            start = time.process_time()
            read = sum(1 for _ in nlp.pipe(fresh, n_threads=1))
            best[kind] = min(best[kind], time.process_time() - start)
            assert read == len(fresh)
    print(f"{datetime.date.today()}, {cpu_model()}, Python {platform.python_version()}")
    print(f"{name}: {len(texts)} articles, {size:.3f} MB of UTF-8")
    print(f"\n{'component':28}{'MB/CPU s':>10}{'kept':>8}")
    for kind in pipelines:
        print(f"{kind:28}{size / best[kind]:10.2f}{best['none'] / best[kind]:8.0%}")


if __name__ == "__main__":
    main()
