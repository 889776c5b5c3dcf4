"""Texts with their names, as data sets give them, in the terms of the tagger.

A file is JSON Lines, perhaps gzipped: ``{"id", "text", "ents": [[start, end, label], ...]}``;
offsets are half-open, in code points. The labels of a set are told by the file's name up to its
first dot.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = [
    "BIT",
    "KINDS",
    "KIND_OF_LABEL",
    "SCHEMES",
    "Scheme",
    "read_lines",
    "training_names",
    "trimmed",
]

KINDS = ("person", "org", "place", "fac", "norp", "misc", "product")
BIT = {kind: 1 << i for i, kind in enumerate(KINDS)}


# The kinds that a label of quoth is of.
KIND_OF_LABEL = {
    "PERSON": BIT["person"],
    "ORG": BIT["org"],
    "GPE": BIT["place"],
    "LOC": BIT["place"],
    "FAC": BIT["fac"],
    "NORP": BIT["norp"],
    "EVENT": BIT["misc"],
    "WORK_OF_ART": BIT["misc"],
    "LAW": BIT["misc"],
    "LANGUAGE": BIT["misc"],
    "PRODUCT": BIT["product"],
}


def _kinds(names: str) -> int:
    return sum(BIT[name] for name in names.split())


@dataclass(frozen=True)
class Scheme:
    """How a data set was annotated.

    labels: the kinds that each of its labels may stand for; a label that is not here, or has no
        kinds, is no name.
    hidden: kinds that it does not annotate at all: names of these may be anywhere.
    weight: what an error costs.
    """

    labels: dict[str, int]
    hidden: int = 0
    weight: float = 1.0


SCHEMES = {
    "worldwide": Scheme(
        {
            "Person": _kinds("person"),
            "Organization": _kinds("org"),
            "Location": _kinds("place"),
            "Facility": _kinds("fac"),
            "NORP": _kinds("norp"),
            "Misc": _kinds("misc"),
            "Product": _kinds("product"),
        },
    ),
    "gum": Scheme(
        {
            "person": _kinds("person"),
            "organization": _kinds("org"),
            "place": _kinds("place fac"),
            "event": _kinds("misc"),
            "object": _kinds("product misc"),
        },
        hidden=_kinds("norp"),
    ),
    "uner": Scheme(
        {
            "PER": _kinds("person"),
            "ORG": _kinds("org"),
            "LOC": _kinds("place fac"),
            "OTH": _kinds("norp misc product"),
        },
    ),
    # Not used by default: its labels are partly automatic, and they cost the others a point.
    "gmb": Scheme(
        {
            "per": _kinds("person"),
            "org": _kinds("org"),
            "geo": _kinds("place fac"),
            "gpe": _kinds("norp"),
            "art": _kinds("misc product"),
            "eve": _kinds("misc"),
        },
        weight=0.5,
    ),
    "politics": Scheme(
        {
            "politician": _kinds("person"),
            "person": _kinds("person"),
            "organisation": _kinds("org"),
            "politicalparty": _kinds("org"),
            "country": _kinds("place fac"),
            "location": _kinds("place fac"),
            "event": _kinds("misc"),
            "election": _kinds("misc"),
            "misc": _kinds("norp misc product"),
        },
    ),
}

_ARTICLE = re.compile(r"(?:the|a|an)\s+(?=\S)", re.I)
_POSSESSIVE = re.compile(r"['’]s?$")


def read_lines(path: str | os.PathLike[str]) -> Iterator[dict[str, Any]]:
    """The documents of a file."""
    name = os.fspath(path)
    opened = gzip.open if name.endswith(".gz") else open
    with opened(name, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space around, a leading article and a possessive ending."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    article = _ARTICLE.match(text[start:end])
    if article and start + article.end() < end:
        start += article.end()
    ending = _POSSESSIVE.search(text[start:end])
    if ending and ending.start() > 0:
        end = start + ending.start()
    return start, end


def training_names(document: dict[str, Any], scheme: Scheme) -> list[tuple[int, int, int]]:
    """The names of a document as (start, end, kinds), in order, none over another."""
    found: list[tuple[int, int, int]] = []
    reached = 0
    for start, end, label in sorted(document["ents"]):
        kinds = scheme.labels.get(label, 0)
        if kinds == 0:
            continue
        start, end = trimmed(document["text"], start, end)
        if start >= reached and start < end:
            found.append((start, end, kinds))
            reached = end
    return found
