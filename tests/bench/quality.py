"""What quoth scores on the development data that QUOTH_DATA names (default: ../shared/data).

    QUOTH_DATA=path .venv/bin/python tests/bench/quality.py

The scorers stand beside the data, in ../tools. Texts are read from there and stay there. The floors
are in tests/test_quality.py.
"""

from __future__ import annotations

import gzip
import importlib
import json
import os
import pathlib
import sys
from typing import Any

import quoth

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("QUOTH_DATA") or ROOT.parent / "shared" / "data").resolve()
TOOLS = DATA.parent / "tools"


def available() -> bool:
    return (DATA / "quotes").is_dir() and TOOLS.is_dir()


def scorer(name: str) -> Any:
    sys.path.insert(0, str(TOOLS))
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(TOOLS))
        sys.dont_write_bytecode = before


def documents(name: str) -> list[dict[str, Any]]:
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def pairs(spans: Any) -> list[list[int]]:
    return [[s.start_char, s.end_char] for s in spans if s is not None]


def sentences(name: str) -> dict[str, Any]:
    """Precision, recall and F1 of the ends of sentences, in the set gum or ewt."""
    gold = documents(f"sentences/{name}.dev")
    nlp = quoth.load("en")
    predicted = {d["id"]: pairs(nlp.sents(d["text"])) for d in gold}
    return scorer("score_sentences").score(gold, predicted)["boundary"]


def quotes() -> dict[str, Any]:
    """All that the scorer says of the quotes of PolNeAR; SUMMARY is the attributed-quote F1."""
    gold = documents("quotes/polnear.dev")
    nlp = quoth.load("en")

    def as_scored(quote: quoth.Quote) -> dict[str, Any]:
        return {
            "type": quote.type,
            "content": pairs(quote.content),
            "cue": pairs([quote.cue]),
            "source": pairs([quote.source]),
            "source_text": "" if quote.source is None else quote.source.text,
            "speaker": None if quote.speaker is None else quote.speaker.name,
        }

    predicted = [
        {"id": d["id"], "quotes": [as_scored(q) for q in nlp(d["text"]).quotes]} for d in gold
    ]
    return scorer("score_quotes").score(gold, predicted)


PRONOUNS = ROOT / "tests" / "data" / "pronouns_polnear.tsv"


def pronouns() -> dict[str, int]:
    """Whom the pronouns stand for that are sources in 60 articles of PolNeAR; see PRONOUNS.

    sources: those that name somebody; found: of them, the ones that are the source of a quote here;
    answered: of those, the ones with a speaker; answers: all speakers that were given for annotated
    pronouns, right: of them.
    """
    texts = {d["id"]: d["text"] for d in documents("quotes/polnear.dev")}
    nlp = quoth.load("en")
    read: dict[str, quoth.Document] = {}
    counts = dict.fromkeys(("sources", "found", "answered", "answers", "right"), 0)
    for line in PRONOUNS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        article, start, end, *name, status = line.split("\t")
        if article not in read:
            read[article] = nlp(texts[article])
        doc = read[article]
        source = (int(start), int(end))
        speakers = [
            q.speaker
            for q in doc.quotes
            if q.source and (q.source.start_char, q.source.end_char) == source
        ]
        named = status == "named"
        counts["sources"] += named
        if not speakers:
            continue
        counts["found"] += named
        if speakers[0] is None:
            continue
        counts["answered"] += named
        counts["answers"] += 1
        counts["right"] += status != "none" and any(
            m.start_char < int(name[1]) and m.end_char > int(name[0]) for m in speakers[0].mentions
        )
    return counts


def entities(name: str) -> dict[str, tuple[float, ...]]:
    """Precision, recall and F1 for PERSON, ORG and LOC of an entity set, and over all three."""
    gold = documents(f"entities/{name}.dev")
    nlp = quoth.load("en")
    tool = scorer("score_entities")
    predicted = {
        d["id"]: [(m.start_char, m.end_char, m.label_) for m in nlp.ents(d["text"])] for d in gold
    }
    maps = tool.coarse_map(name, "no"), tool.coarse_map("ontonotes", "no")
    return tool.score(gold, predicted, *maps, "det+poss")["rows"]


def main() -> None:
    if not available():
        sys.exit(f"no development data in {DATA}; set QUOTH_DATA")
    for name in ("gum", "ewt"):
        print(f"sentence ends, {name} dev: F1 {100 * sentences(name)['f1']:.1f}")
    found = quotes()
    for key, title in (
        ("SUMMARY", "attributed quotes"),
        ("a_exact", "pieces found, exact"),
        ("c_cue", "cues"),
        ("d_indirect", "indirect content"),
        ("d_indirect_source", "indirect content with its source"),
    ):
        print(f"quotes, polnear dev: {title}, F1 {100 * found[key]['F1']:.1f}")
    who = pronouns()
    share = f"{who['right']} of {who['answers']} answers right"
    found_share = f"{who['answered']} of {who['found']} found ones answered"
    print(f"pronouns as sources, polnear dev: {share}; {found_share}; {who['sources']} in all")
    for name in ("worldwide", "gum", "uner", "politics"):
        rows = entities(name)
        each = ", ".join(f"{k} {100 * v[2]:.1f}" for k, v in rows.items() if k.isupper())
        print(f"entities, {name} dev: F1 {100 * rows['micro'][2]:.1f} ({each})")


if __name__ == "__main__":
    main()
