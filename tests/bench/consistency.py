"""How often a short form of a person has the label and the entity of the full form.

    QUOTH_DATA=path .venv/bin/python tests/bench/consistency.py [--articles N] [--errors N]

One name, one decision: where an article names Maria Lopez, each Lopez in it should be a person, and
she. No gold is needed: the full names are those that quoth found (two words or more, PERSON), and
the short forms are all places where the family name stands alone and is not part of a longer
mention. Left out are family names of several people of the article (their entity can't be told
from the word), and words that the article also writes in lower case. Texts are read from the data
and stay there.

A short form is *linked* when it is a mention of the full form's entity, *labelled* when it is a
PERSON, and *missed* when it is no mention at all.
"""

from __future__ import annotations

import argparse
import collections
import dataclasses
import gzip
import json
import os
import pathlib
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import quoth

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("QUOTH_DATA") or ROOT.parent / "shared" / "data").resolve()
SETS = (
    "entities/worldwide.dev",
    "quotes/polnear.dev",
    "entities/worldwide.train",
    "quotes/polnear.train",
    "entities/gmb.train",
)
PARTICLES = re.compile(
    "(?:de|da|do|dos|du|del|della|di|van|von|der|den|ter|bin|ibn|al|el|la|le|abu|y|e|st|ben|ap)"
)
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
WORD = re.compile(r"[^\W\d_]+(?:[-‐'’.][^\W\d_]+)*\.?")


@dataclasses.dataclass
class Counts:
    forms: int = 0
    labelled: int = 0
    linked: int = 0
    missed: int = 0
    wrong: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)

    def share(self, n: int) -> float:
        return n / self.forms if self.forms else 1.0

    def add(self, other: Counts) -> None:
        self.forms += other.forms
        self.labelled += other.labelled
        self.linked += other.linked
        self.missed += other.missed
        self.wrong += other.wrong


def family_name(name: str) -> str | None:
    """The word by which a person is called after the full name: the last one, or the first of a
    name whose second part has a hyphen (Kim Jong-un). None: can't be told."""
    words = [w for w in WORD.findall(name) if w.lower() not in SUFFIXES]
    if len(words) < 2 or not all(w[0].isupper() or PARTICLES.fullmatch(w.lower()) for w in words):
        return None
    if len(words) == 2 and re.search(r"[-‐]\w?[a-z]", words[1]) and len(words[0]) < 6:
        word = words[0]
    else:
        word = words[-1]
    word = re.sub(r"['’]s$", "", word)
    return word if len(word) > 2 and word[0].isupper() and not word.endswith(".") else None


def full_forms(doc: Any) -> dict[str, tuple[Any, set[tuple[int, int]]]]:
    """Family name to its entity and the spans of its full forms, for those of one person."""
    found: dict[str, tuple[Any, set[tuple[int, int]]]] = {}
    several = set()
    for mention in doc.ents:
        word = family_name(mention.text) if mention.label_ == "PERSON" else None
        if word is None:
            continue
        entity, spans = found.setdefault(word, (mention.entity, set()))
        spans.add((mention.start_char, mention.end_char))
        if entity != mention.entity:
            several.add(word)
    return {word: each for word, each in found.items() if word not in several}


def count(doc: Any, source: str = "") -> Counts:
    """The short forms of one document."""
    counts, text = Counts(), doc.text
    mentions = [(m.start_char, m.end_char, m) for m in doc.ents]
    lower = set(re.findall(r"\b[a-z]+\b", text))
    for word, (entity, _) in full_forms(doc).items():
        if word.lower() in lower:
            continue
        pattern = rf"(?<![\w.&@/‐-]){re.escape(word)}(?![\w&@/‐-])(?!\.\w)"
        for match in re.finditer(pattern, text):
            start, end = match.span()
            over = [m for s, e, m in mentions if s < end and start < e]
            if any(m.end_char - m.start_char > end - start + 2 for m in over):
                continue  # part of a longer mention: of a full form, or of another name
            counts.forms += 1
            mention = over[0] if over else None
            if mention is None:
                counts.missed += 1
                state = "missed"
            else:
                counts.labelled += mention.label_ == "PERSON"
                counts.linked += mention.entity == entity
                state = mention.label_ if mention.label_ != "PERSON" else "another person"
            if mention is None or mention.entity != entity:
                context = " ".join(text[max(0, start - 40) : end + 30].split())
                counts.wrong[f"{state}: {word} of {entity.name}, {source}: {context}"] += 1
    return counts


def articles(limit: int) -> Iterator[tuple[str, str]]:
    for name in SETS:
        with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                if limit == 0:
                    return
                limit -= 1
                document = json.loads(line)
                yield f"{name} {document['id']}", document["text"]


def measure(nlp: Any, texts: Iterable[tuple[str, str]]) -> Counts:
    total = Counts()
    for source, text in texts:
        total.add(count(nlp(text), source))
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description="One name, one decision.")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--errors", type=int, default=0, help="how many errors to show")
    options = parser.parse_args()
    if not (DATA / "entities").is_dir():
        sys.exit(f"no data in {DATA}; set QUOTH_DATA")
    found = measure(quoth.load("en"), articles(options.articles))
    print(
        f"{found.forms} short forms: label {100 * found.share(found.labelled):.2f} %, "
        f"entity {100 * found.share(found.linked):.2f} %, missed {found.missed}"
    )
    for error, _ in found.wrong.most_common(options.errors):
        print(error)


if __name__ == "__main__":
    main()
