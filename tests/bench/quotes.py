"""quoth against a naive pattern, and against textacy where it is installed: speed beside scores.

    QUOTH_DATA=path .venv-bench/bin/python tests/bench/quotes.py [ARTICLES]

All read the same articles of PolNeAR's dev part in this one run, one after the other on one core;
the scorer stands beside the data, in ../tools. Texts stay there. textacy (with spaCy and its model
en_core_web_sm) is left out where it cannot be imported; an article that it raises on has no quotes.
The brackets hold 95 of 100 scores when as many articles are drawn again and again from these.
"""

from __future__ import annotations

import importlib.metadata
import random
import re
import sys
import time
from collections.abc import Callable
from typing import Any

import quality

import quoth

Reader = Callable[[str], list[dict[str, Any]]]

_NAME = r"[A-Z][\w.]*(?: [A-Z]\w+)*"
_NAIVE = re.compile(
    r'[“"]([^“”"]+)[”"],?\s+'
    rf"(?:(?P<verb1>said|says|added|told reporters)\s+(?P<after>{_NAME})"
    rf"|(?P<before>{_NAME}|[Hh]e|[Ss]he|[Tt]hey)\s+(?P<verb2>said|says|added))?"
)


def by_quoth() -> Reader:
    nlp = quoth.load("en")

    def read(text: str) -> list[dict[str, Any]]:
        return [
            {
                "type": q.type,
                "content": quality.pairs(q.content),
                "cue": quality.pairs([q.cue]),
                "source": quality.pairs([q.source]),
                "source_text": "" if q.source is None else q.source.text,
            }
            for q in nlp.quotes(text)
        ]

    return read


def by_pattern() -> Reader:
    def read(text: str) -> list[dict[str, Any]]:
        out = []
        for m in _NAIVE.finditer(text):
            who = "after" if m["after"] else "before" if m["before"] else None
            verb = "verb1" if m["verb1"] else "verb2" if m["verb2"] else None
            out.append(
                {
                    "content": [list(m.span(1))],
                    "cue": [list(m.span(verb))] if verb else [],
                    "source": [list(m.span(who))] if who else [],
                    "source_text": m[who] if who else "",
                }
            )
        return out

    return read


def by_textacy() -> Reader:
    import spacy
    from textacy.extract import direct_quotations

    nlp = spacy.load("en_core_web_sm")

    def span(part: Any) -> list[int]:
        return [part.start_char, part.end_char]

    def read(text: str) -> list[dict[str, Any]]:
        try:
            found = list(direct_quotations(nlp(text)))
        except Exception:  # an odd number of marks, for one
            return []
        out = []
        for q in found:
            source = [[t.idx, t.idx + len(t)] for t in q.speaker]
            out.append(
                {
                    "content": [span(q.content)],
                    "cue": [[t.idx, t.idx + len(t)] for t in q.cue],
                    "source": source,
                    "source_text": " ".join(t.text for t in q.speaker),
                }
            )
        return out

    return read


def interval(gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> tuple[float, float]:
    """Of the attributed-quote F1, by resampling articles."""
    score = quality.scorer("score_quotes").score
    parts = [score([g], [p])["SUMMARY"] for g, p in zip(gold, predicted, strict=True)]
    draw = random.Random(1)
    found = []
    for _ in range(2000):
        drawn = draw.choices(parts, k=len(parts))
        right, made, wanted = (sum(p[key] for p in drawn) for key in ("tp", "pred", "gold"))
        found.append(200 * right / max(1, made + wanted))
    found.sort()
    return found[50], found[-51]


def versions() -> str:
    out = []
    for name in ("quoth", "textacy", "spacy", "en_core_web_sm"):
        try:
            out.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            out.append(f"no {name}")
    return ", ".join(out)


def main() -> None:
    if not quality.available():
        sys.exit(f"no development data in {quality.DATA}; set QUOTH_DATA")
    gold = quality.documents("quotes/polnear.dev")
    if len(sys.argv) > 1:
        gold = gold[: int(sys.argv[1])]
    size = sum(len(d["text"].encode()) for d in gold) / 1000
    print(f"{len(gold)} articles, {size:.0f} KB; {versions()}")
    print(
        f"{'':10}{'KB/CPU s':>10}{'quotes':>8}{'attributed':>12}{'':16}{'pieces':>8}{'cues':>7}"
        f"{'indirect':>10}"
    )
    for name, make in (("quoth", by_quoth), ("pattern", by_pattern), ("textacy", by_textacy)):
        try:
            read = make()
        except (ImportError, OSError) as error:
            print(f"{name:10}not run: {error}")
            continue
        read(gold[0]["text"])
        start = time.process_time()
        predicted = [{"id": d["id"], "quotes": read(d["text"])} for d in gold]
        seconds = time.process_time() - start
        found = quality.scorer("score_quotes").score(gold, predicted)
        scores = [100 * found[k]["F1"] for k in ("SUMMARY", "a_overlap", "c_cue", "d_indirect")]
        print(
            f"{name:10}{size / seconds:10.0f}{sum(len(p['quotes']) for p in predicted):8}"
            f"{scores[0]:12.1f}{'  ({:.1f} to {:.1f})'.format(*interval(gold, predicted)):16}"
            f"{scores[1]:8.1f}{scores[2]:7.1f}{scores[3]:10.1f}"
        )


if __name__ == "__main__":
    main()
