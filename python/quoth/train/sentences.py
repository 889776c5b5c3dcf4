"""The model of the places where a sentence may end (csrc/core/ending.h).

A logistic regression over the hashed features that the C core computes, fitted by AdaGrad (Duchi,
Hazan and Singer, 2011) in pure Python: a minute. The same data and seed give the same weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import pathlib
import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import quoth
from quoth._core import sentence_decisions

__all__ = [
    "Example",
    "examples_of",
    "fit",
    "golden_texts",
    "quantised",
    "train",
    "train_parser",
    "treebank_texts",
    "write",
]

BITS = 13
MOST = 127  # of a weight


@dataclass(frozen=True)
class Example:
    """A place: whether a sentence ends there, what the rules say, its features, what it counts."""

    ends: bool
    rule: bool
    features: tuple[int, ...]
    weight: float


_Text = tuple[str, set[int]]  # with the ends of its sentences, in code points


def treebank_texts(path: pathlib.Path) -> Iterator[_Text]:
    """Texts of a file of JSON Lines: {"text", "sents": [[start, end], ...]}, perhaps gzipped."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            yield document["text"], {end for _, end in document["sents"]}


_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(
        lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _ESCAPES.get(m[3], m[3]), text
    )


def golden_texts(path: pathlib.Path) -> Iterator[_Text]:
    """Cases of a file of tests/golden (CONTRIBUTING.md) that list sentences and set no option."""
    for case in path.read_text(encoding="utf-8").split("\n=== ")[1:]:
        head, found, tail = case.partition("\n---\n")
        text = _unescaped(head.partition("\n")[2])
        sentences = re.findall(r"^sentence: (.*)$", tail, re.MULTILINE)
        if not found or not sentences or re.search(r"^(newlines|split_in_quotes):", tail, re.M):
            continue
        at, ends = 0, set[int]()
        for sentence in sentences:
            for words in _unescaped(re.sub(r" #\d+$", "", sentence)).split(" [...] "):
                at = text.index(words, at) + len(words)
            ends.add(at)
        yield text, ends


def examples_of(texts: Iterable[_Text], weight: float = 1.0) -> list[Example]:
    nlp = quoth.load("en", stages=["sentence"])
    return [
        Example(end in ends, rule, features, weight)
        for text, ends in texts
        for end, rule, features in sentence_decisions(nlp, text)
    ]


def fit(
    examples: list[Example],
    *,
    epochs: int = 6,
    rate: float = 0.05,
    decay: float = 1e-2,
    prior: float = 2.0,
    seed: int = 1,
) -> list[float]:
    """One weight for each feature, averaged over the last half of the epochs.

    prior: what the verdict of the rules, which is the first feature, weighs at the start.
    """
    size = 1 << BITS
    weights, squares, sums = [0.0] * size, [1e-6] * size, [0.0] * size
    for example in examples:
        weights[example.features[0]] = prior if example.rule else -prior
    order = list(range(len(examples)))
    shuffle = random.Random(seed).shuffle
    averaged = 0
    for epoch in range(epochs):
        shuffle(order)
        for number in order:
            example = examples[number]
            score = sum(weights[f] for f in example.features)
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
            error = (chance - example.ends) * example.weight
            if abs(error) < 1e-3:
                continue
            for f in example.features:
                gradient = error + decay * weights[f]
                squares[f] += gradient * gradient
                weights[f] -= rate * gradient / math.sqrt(squares[f])
        if epoch >= epochs // 2:
            averaged += 1
            sums = [a + b for a, b in zip(sums, weights, strict=True)]
    return [value / averaged for value in sums]


def quantised(weights: list[float]) -> dict[int, int]:
    """Weights as whole numbers from -127 to 127, those of 0 left out."""
    largest = max(map(abs, weights))
    rounded = {i: round(value * MOST / largest) for i, value in enumerate(weights)}
    return {i: value for i, value in rounded.items() if value}


def write(weights: dict[int, int], path: pathlib.Path, about: str) -> None:
    """The list that csrc/tools/gen_tables.py compiles; about: its header, without "# "."""
    entries = [f"{index} {value}" for index, value in sorted(weights.items())]
    rows = ["; ".join(entries[i : i + 12]) for i in range(0, len(entries), 12)]
    head = "".join(f"# {line}\n" for line in about.splitlines())
    path.write_text(f"{head}@weights ending {BITS}\n" + "\n".join(rows) + "\n", encoding="utf-8")


_ABOUT = """\
What: Weights of the model that judges the places where a sentence may end and the rules leave a
doubt (csrc/core/ending.h): index of a hashed feature, weight. See docs/model_sentences.md.
Source: made by "quoth train sentences" from the train parts of the English treebanks GUM and EWT
(Universal Dependencies) and from tests/golden, seed {seed}.
Licence: Apache-2.0; GUM's annotation is under CC BY 4.0, EWT's under CC BY-SA 4.0."""


def train_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quoth train sentences",
        description="Fits the model of the places where a sentence may end. Compile the result "
        "with: make -C csrc tables",
    )
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=pathlib.Path,
        required=True,
        help="holds sentences/gum.train.jsonl.gz and sentences/ewt.train.jsonl.gz",
    )
    parser.add_argument(
        "--cases", metavar="FILE", type=pathlib.Path, nargs="*", default=[], help="golden cases"
    )
    parser.add_argument("--out", metavar="FILE", type=pathlib.Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    return parser


def train(arguments: Sequence[str]) -> int:
    """The command ``quoth train sentences``."""
    options = train_parser().parse_args(arguments)
    examples: list[Example] = []
    for name in ("gum", "ewt"):
        path = options.data / "sentences" / f"{name}.train.jsonl.gz"
        examples += examples_of(treebank_texts(path))
    for path in options.cases:
        examples += examples_of(golden_texts(path), weight=2.0)
    wrong = sum(example.ends != example.rule for example in examples)
    print(f"{len(examples)} places; the rules alone err at {wrong}", file=sys.stderr)
    weights = quantised(fit(examples, seed=options.seed))
    wrong = sum(
        example.ends != (sum(weights.get(f, 0) for f in example.features) > 0)
        for example in examples
    )
    print(f"{len(weights)} weights; with them, {wrong} (on what they learnt from)", file=sys.stderr)
    write(weights, options.out, _ABOUT.format(seed=options.seed))
    return 0
