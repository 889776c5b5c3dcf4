"""quoth's terms against ahocorasick-rs and flashtext, and what terms and patterns cost a pipeline.

    make bench-terms
    QUOTH_DATA=path .venv-bench/bin/python tests/bench/terms.py --terms 100000

First table: each tool in a process of its own builds the same terms and looks for them in the same
articles, upper and lower case apart. Memory is what the process grew by as it built, and the most
it grew by meanwhile; speed is the best pass, in megabytes of UTF-8 a second of CPU time. The tools
do not mean the same by a find: quoth and flashtext find whole words (flashtext's are of ASCII
letters, digits and _), ahocorasick-rs any characters, of which "whole words" says how many have no
letter, digit or _ beside them. Second table: the pipeline with and without the terms and with 50
patterns, taking turns, the best pass of each.

The terms are names of one to four words that are made, with a fixed seed, of the capitalized words
of the articles: so most of them begin like something that is in the text, which is the hard case.
The articles are those of pipeline.py.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import importlib.metadata
import math
import platform
import random
import re
import time
from collections.abc import Callable
from typing import Any

from pipeline import articles, cpu_model
from sentences import forget_peak, in_new_process, resident

Find = Callable[[str], list[tuple[int, int]]]
TOOLS = ("quoth", "ahocorasick-rs", "flashtext")
VERBS = ("said", "says", "told", "added", "argued", "warned", "announced", "declined", "agreed")
NOUNS = ("million", "billion", "percent", "people", "votes", "seats", "jobs", "days", "years")


def made_terms(count: int) -> list[str]:
    """Different names, of words that are in the articles; the first 500 are such words."""
    words = sorted({word for text in articles()[1] for word in re.findall(r"\b[A-Z]\w{2,}", text)})
    chance = random.Random(7)
    chance.shuffle(words)
    terms = dict.fromkeys(words[:500])
    while len(terms) < count:
        terms[" ".join(chance.choices(words, k=chance.choice((2, 2, 2, 3, 3, 4))))] = None
    return list(terms)[:count]


def made_patterns() -> list[Any]:
    """Fifty patterns: numbers of things, words near words, codes, dates."""
    months = ("January", "February", "March", "April", "May", "June", "July", "August", "October")
    patterns = [rf"\b(?:will|would|must|should)\s+(?:not\s+)?{verb}\w*" for verb in VERBS]
    patterns += [rf"\b(?<who>[A-Z]\w+)\s+(?:also\s+)?{verb}\s+that\b" for verb in VERBS]
    patterns += [rf"\b\d[\d,.]*\s+{noun}\b" for noun in NOUNS]
    patterns += [rf"\b(?:more|less|fewer) than \w+ {noun}\b" for noun in NOUNS]
    patterns += [rf"\b{month}\s+\d{{1,2}}(?:,\s+\d{{4}})?\b" for month in months]
    patterns += [
        r"\b(?:H\.\s?R\.|S\.)\s?\d+\b",
        r"\b[A-Z]{2,5}-\d+\b",
        r"\$\s?\d[\d,.]*(?:\s+(?:million|billion|trillion))?",
        r"\b(?:Article|Section|Chapter)\s+[IVXLC\d]+\b",
        r"\b(?:in favou?r of|opposed to|against)\s+the\s+\w+",
    ]
    return [{"label": f"P{number}", "pattern": each} for number, each in enumerate(patterns)]


def quoth_find(terms: list[str]) -> Find:
    import quoth

    found = quoth.Terms(terms, exact_case=True, exact_marks=True)
    return lambda text: [(start, end) for start, end, _ in found.find(text)]


def ahocorasick_find(terms: list[str]) -> Find:
    from ahocorasick_rs import AhoCorasick, MatchKind

    found = AhoCorasick(terms, matchkind=MatchKind.LeftmostLongest)
    return lambda text: [(start, end) for _, start, end in found.find_matches_as_indexes(text)]


def flashtext_find(terms: list[str]) -> Find:
    from flashtext import KeywordProcessor

    found = KeywordProcessor(case_sensitive=True)
    for term in terms:
        found.add_keyword(term)
    return lambda text: [
        (start, end) for _, start, end in found.extract_keywords(text, span_info=True)
    ]


BUILD = {"quoth": quoth_find, "ahocorasick-rs": ahocorasick_find, "flashtext": flashtext_find}


def is_word(text: str, start: int, end: int) -> bool:
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return not re.search(r"\w", beside)


def measure(tool: str, count: int, seconds: float) -> dict[str, float] | None:
    """Seconds to build, bytes it grew by and at most, MB/s of the best pass, finds, whole words."""
    terms = made_terms(count)
    encoded = [text.encode() for text in articles()[1]]
    try:
        BUILD[tool](terms[:10])  # what the import takes is not counted
    except ImportError:
        return None
    gc.collect()
    forget_peak()
    before, start = resident("VmRSS"), time.process_time()
    find = BUILD[tool](terms)
    built = time.process_time() - start
    result = {"built": built, "peak": resident("VmHWM") - before}
    gc.collect()
    result["memory"] = resident("VmRSS") - before
    gc.freeze()
    best, spent = math.inf, 0.0
    while spent < seconds:
        texts = [each.decode() for each in encoded]
        start = time.process_time()
        finds = [find(text) for text in texts]
        took = time.process_time() - start
        best, spent = min(best, took), spent + took
    result["speed"] = sum(map(len, encoded)) / 1e6 / best
    result["finds"] = sum(map(len, finds))
    result["words"] = sum(
        is_word(text, *span) for text, spans in zip(texts, finds, strict=True) for span in spans
    )
    return result


def show_tools(count: int, seconds: float) -> None:
    print(f"\n{'':16}{'build, s':>9}{'memory, MB':>12}{'at most':>9}{'MB/CPU s':>10}", end="")
    print(f"{'finds':>8}{'whole words':>13}")
    for tool in TOOLS:
        found = in_new_process(measure, tool, count, seconds)
        if found is None:
            print(f"{tool:16} not installed, or its process died")
            continue
        print(f"{tool:16}{found['built']:9.2f}{found['memory'] / 1e6:12.0f}", end="")
        print(f"{found['peak'] / 1e6:9.0f}{found['speed']:10.2f}", end="")
        print(f"{found['finds']:8.0f}{found['words']:13.0f}")


def show_pipelines(count: int, seconds: float) -> None:
    import quoth

    plain = quoth.load("en")
    terms = plain.with_terms("TERM", made_terms(count))
    patterns = made_patterns()
    pipelines = {
        "plain": plain,
        "terms": terms,
        f"{len(patterns)} patterns": plain.with_patterns(patterns),
        f"terms, {len(patterns)} patterns": terms.with_patterns(patterns),
    }
    encoded = [text.encode() for text in articles()[1]]
    size = sum(map(len, encoded)) / 1e6
    best, own = dict.fromkeys(pipelines, math.inf), dict.fromkeys(pipelines, 0)
    spent = 0.0
    while spent < seconds * len(pipelines):
        for name, nlp in pipelines.items():
            texts = [each.decode() for each in encoded]
            start = time.process_time()
            docs = [nlp(text) for text in texts]
            took = time.process_time() - start
            best[name], spent = min(best[name], took), spent + took
            own[name] = sum(
                bool(re.fullmatch(r"TERM|P\d+", mention.label_))
                for doc in docs
                for mention in doc.ents
            )
    print(f"\n{'pipeline':24}{'MB/CPU s':>10}{'kept':>8}{'own mentions':>14}")
    for name in pipelines:
        print(f"{name:24}{size / best[name]:10.2f}{best['plain'] / best[name]:8.0%}{own[name]:14}")


def main() -> None:
    parser = argparse.ArgumentParser(description="quoth's terms against those of other tools")
    parser.add_argument("--terms", type=int, default=1_000_000, help="how many (default 1000000)")
    parser.add_argument(
        "--seconds", type=float, default=3.0, help="at least so long for each row (default 3)"
    )
    args = parser.parse_args()
    name, texts = articles()
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{datetime.date.today()}, {cpu_model()}, Python {platform.python_version()}")
    told = []
    for tool in TOOLS:
        try:
            told.append(f"{tool} {importlib.metadata.version(tool)}")
        except importlib.metadata.PackageNotFoundError:
            told.append(f"{tool}: not installed")
    print("; ".join(told))
    print(f"{args.terms} terms; {name}: {len(texts)} articles, {size:.3f} MB of UTF-8", flush=True)
    show_tools(args.terms, args.seconds)
    show_pipelines(args.terms, args.seconds)


if __name__ == "__main__":
    main()
