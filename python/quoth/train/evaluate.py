"""Scores names against a gold file: ``quoth evaluate entities GOLD``.

A name counts when its span and its class are right; a leading article and a possessive ending do
not matter. Relative dates and durations are left out where a set does not mark them (CALENDAR).
Two tables: the gold set's own labels, and PERSON, ORG and LOC (places and buildings), which nearly
all sets know.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from quoth._core import Pipeline
from quoth.formats.build import LABELS as OWN
from quoth.train.gold import trimmed
from quoth.train.gold_file import read_gold

__all__ = ["COARSE", "LABELS", "Row", "Scores", "evaluate", "set_of"]

_MISC = "NORP EVENT WORK_OF_ART PRODUCT LAW LANGUAGE"
_PLACE = "GPE LOC FAC"
_CONLL = {"PER": "PERSON", "ORG": "ORG", "LOC": _PLACE, "MISC": _MISC}

# What quoth calls the things that a label of a set stands for.
LABELS: dict[str, dict[str, str]] = {
    "worldwide": {
        "Person": "PERSON",
        "Organization": "ORG",
        "Location": "GPE LOC",
        "Facility": "FAC",
        "NORP": "NORP",
        "Date": "DATE",
        "Money": "MONEY",
        "Product": "PRODUCT",
        "Misc": "EVENT WORK_OF_ART LAW LANGUAGE",
    },
    "conllpp": _CONLL,
    "wikigold": _CONLL,
    "uner": {"PER": "PERSON", "ORG": "ORG", "LOC": _PLACE, "OTH": _MISC},
    "gum": {
        "person": "PERSON",
        "organization": "ORG",
        "place": _PLACE,
        "event": "EVENT",
        "object": "PRODUCT WORK_OF_ART",
        "time": "DATE TIME",
        "abstract": "LAW LANGUAGE",
    },
    "re3d": {
        "Person": "PERSON",
        "Organisation": "ORG",
        "Location": _PLACE,
        "Nationality": "NORP",
        "Temporal": "DATE TIME",
        "Money": "MONEY",
        "Quantity": "QUANTITY CARDINAL ORDINAL PERCENT",
    },
    "politics": {
        "politician": "PERSON",
        "person": "PERSON",
        "organisation": "ORG",
        "politicalparty": "ORG",
        "location": _PLACE,
        "country": _PLACE,
        "event": "EVENT",
        "election": "EVENT",
        "misc": "NORP WORK_OF_ART PRODUCT LAW LANGUAGE",
    },
    "gmb": {
        "per": "PERSON",
        "org": "ORG",
        "geo": _PLACE,
        "gpe": "NORP",
        "tim": "DATE TIME",
        "eve": "EVENT",
        "art": "WORK_OF_ART PRODUCT",
    },
}
# Sets that mark only dates of the calendar: neither "today" nor "two years", which have rules of
# their own, and "July" in "late July".
CALENDAR = {"worldwide"}
_RELATIVE = ("relative", "duration")
_MODIFIER = re.compile(r"(?:early|late|mid|last|next|this|past)[-\s]+(?=\S)", re.I)

COARSE = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


@dataclass
class Row:
    """How many of a class are right, found and there."""

    right: int = 0
    found: int = 0
    there: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Scores:
    """Rows by class, in two tables, and how often a score was right, by tenths."""

    coarse: dict[str, Row] = field(default_factory=dict)
    own: dict[str, Row] = field(default_factory=dict)
    sure: dict[int, Row] = field(default_factory=dict)

    @staticmethod
    def total(rows: dict[str, Row]) -> Row:
        return Row(
            sum(row.right for row in rows.values()),
            sum(row.found for row in rows.values()),
            sum(row.there for row in rows.values()),
        )


def set_of(path: str) -> str:
    """The name of the set that a file belongs to: up to its first dot."""
    return os.path.basename(path).split(".")[0]


_Names = set[tuple[int, int, str]]


def _count(rows: dict[str, Row], gold: _Names, found: _Names) -> None:
    for counted, attribute in ((gold, "there"), (found, "found"), (gold & found, "right")):
        for label, n in Counter(name[2] for name in counted).items():
            row = rows.setdefault(label, Row())
            setattr(row, attribute, getattr(row, attribute) + n)


def evaluate(nlp: Pipeline, path: str, name: str | None = None, texts: str | None = None) -> Scores:
    """Reads the texts of a gold file and compares.

    name is the set whose labels the file uses, by default what its own name says; the labels of a
    set that LABELS does not know are those of quoth. texts: the folder of the texts of a .csv.
    """
    labels = LABELS.get(name or set_of(path)) or {label: label for label in OWN}
    own = {label: group for group in labels.values() for label in group.split()}
    passed = _RELATIVE if (name or set_of(path)) in CALENDAR else ()
    scores = Scores()
    for document in read_gold(path, texts):
        text = document["text"]
        found = [
            (*trimmed(text, _start(text, m, bool(passed)), m.end_char), m.label_, m.score)
            for m in nlp.ents(text)
            if m.rule not in passed
        ]
        gold = [
            (*trimmed(text, start, end), labels[label])
            for start, end, label in document["ents"]
            if label in labels
        ]
        _count(scores.own, set(gold), _mapped(((s, e, lab) for s, e, lab, _ in found), own))
        coarse_gold = _mapped(((s, e, group.split()[0]) for s, e, group in gold), COARSE)
        coarse = _mapped(((s, e, lab) for s, e, lab, _ in found), COARSE)
        _count(scores.coarse, coarse_gold, coarse)
        for start, end, label, score in found:
            if label in COARSE:
                row = scores.sure.setdefault(min(int(score * 10), 9), Row())
                row.found += 1
                row.right += (start, end, COARSE[label]) in coarse_gold
    return scores


def _start(text: str, mention: Any, calendar: bool) -> int:
    """Where a mention starts; of a date without its modifier if only the calendar counts."""
    start: int = mention.start_char
    if calendar and mention.label_ == "DATE":
        modifier = _MODIFIER.match(text, start, mention.end_char)
        start = modifier.end() if modifier else start
    return start


def _mapped(names: Iterable[tuple[int, int, str]], classes: dict[str, str]) -> _Names:
    return {(start, end, classes[label]) for start, end, label in names if label in classes}
