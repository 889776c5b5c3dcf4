"""Names in styles that the development data does not have: results, headlines, agencies.

    .venv/bin/python tests/bench/styles.py

F1 of span and class (persons, organizations, places) on the short texts of styles.txt, which are
the author's own; they are few, so that only large differences mean something. The patterns of
quoth.train.made were written by the same hand, which makes them kinder than the world.
"""

from __future__ import annotations

import pathlib
import re

import quoth
from quoth.train.evaluate import COARSE, LABELS, Row, Scores
from quoth.train.gold import trimmed

PATH = pathlib.Path(__file__).with_suffix(".txt")
NAME = re.compile(r"\[(PER|ORG|LOC|MISC):([^\]]*)\]")


def texts() -> dict[str, tuple[str, set[tuple[int, int, str]]]]:
    """By style, the text and its names."""
    found: dict[str, tuple[str, set[tuple[int, int, str]]]] = {}
    style = ""
    for line in PATH.read_text(encoding="utf-8").split("\n"):
        if line.startswith("## "):
            style = line[3:]
        elif line and not line.startswith("#"):
            text, names = found.get(style, ("", set()))
            at = 0
            for match in NAME.finditer(line):
                text += line[at : match.start()]
                names.add((len(text), len(text) + len(match[2]), match[1]))
                text += match[2]
                at = match.end()
            found[style] = (text + line[at:] + "\n", names)
    return found


def main() -> None:
    nlp = quoth.load("en", stages=("entity",))
    for style, (text, names) in texts().items():
        rows: dict[str, Row] = {}
        gold = {
            (*trimmed(text, start, end), COARSE[LABELS["conllpp"][label].split()[0]])
            for start, end, label in names
            if label != "MISC"
        }
        found = {
            (*trimmed(text, m.start_char, m.end_char), COARSE[m.label_])
            for m in nlp.ents(text)
            if m.label_ in COARSE
        }
        for label in ("PERSON", "ORG", "LOC"):
            row = rows[label] = Row()
            row.there = sum(name[2] == label for name in gold)
            row.found = sum(name[2] == label for name in found)
            row.right = sum(name[2] == label for name in gold & found)
        each = ", ".join(f"{label} {100 * row.f1:.1f}" for label, row in rows.items())
        print(f"{style}: {len(gold)} names, F1 {100 * Scores.total(rows).f1:.1f} ({each})")


if __name__ == "__main__":
    main()
