"""One pipeline with all that a caller can add, from sixteen threads at once: the same bytes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

import quoth

TEXT = (
    "Dockers vote\n\nBy Ann Lee\n\nELVIK, March 3, 2021 (AP) — “We will NEVER go back,” "
    "Harbourmaster Anna Keller grumphed. Amb. Tom Brandt said that HR 12 would pass, and the Iron "
    "Duchess that it would not. The Kellers own 20 cranes. “Nor will we,” said the Keller "
    "family.\n\n" + "word " * 300 + "!\n\nMargaret Thaler left for Elvik No. 7."
)
COUNT = 16


@quoth.component("threads_ports", after="entity")
def ports(draft: quoth.Draft) -> None:
    for mention in draft.ents:
        if mention.text.startswith("Elvik"):
            draft.relabel(mention, "PORT")
        elif mention.label_ == "DATE":
            draft.reject(mention)


@quoth.component("threads_counts", batch=True)
def counts(batch: quoth.Batch) -> None:
    for draft in batch:
        draft.data["counts"] = {"ents": len(draft.ents), "quotes": len(draft.quotes)}
        for quote in draft.quotes:
            if quote.speaker is None and draft.ents:
                draft.set_speaker(quote, draft.ents[0])


@pytest.fixture(scope="module")
def nlp(shouting: Callable[[Any], object]) -> quoth.Pipeline:
    patterns: list[Any] = [
        {"label": "BILL", "pattern": r"\b(?<chamber>HR|S) (?<n>\d+)", "value": "{chamber}-{n}"},
        {"label": "READY", "pattern": "go back|pass", "context": "in quote"},
        {"label": "NEAR", "pattern": r"\d+", "context": "in sentence with a mention of PERSON"},
        {"label": "BAD", "pattern": r"(\w+\s?)+$"},
    ]
    return (
        quoth.load("en")
        .with_abbreviations(["Elv."])
        .with_terms("CRANE", ["cranes", ("Dockers", "K1", "Dockers Union")], overlap="replace")
        .with_patterns(patterns)
        .with_cues(["grumphed"], attitude="emotion")
        .with_titles(["harbourmaster"])
        .with_aliases({"Margaret Thaler": {"aliases": ["the Iron Duchess"], "kb_id": "Q7"}})
        .with_pipe(ports)
        .with_pipe(counts)
        .with_pipe(quoth.component("threads_shouting")(shouting))
    )


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [TEXT.replace("Elvik", f"Elvik{n % 5}")[n % 3 :] + f"\n\nEnd {n}." for n in range(24)]


def in_threads(work: Callable[[], object]) -> list[object]:
    """What the work gives in each of sixteen threads, which all begin at once."""
    found: list[object] = [None] * COUNT
    start = threading.Barrier(COUNT)

    def run(number: int) -> None:
        start.wait()
        found[number] = work()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(COUNT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_everything_is_in_it(nlp: quoth.Pipeline) -> None:
    """Else the same bytes would tell nothing of what is added."""
    doc = nlp(TEXT)
    labels = {m.label_ for m in (*doc.ents, *doc.matches)}
    assert labels >= {"CRANE", "BILL", "READY", "NEAR", "PORT", "SHOUT", "PERSON"}
    assert "DATE" not in labels
    assert {q.cue.text for q in doc.quotes if q.cue is not None} >= {"grumphed", "said"}
    assert next(m.title.text for m in doc.ents if m.title is not None) == "Harbourmaster"
    thaler = next(e for e in doc.entities if e.name == "Margaret Thaler")
    assert "the Iron Duchess" in thaler.aliases
    family = next(e for e in doc.entities if e.members)
    assert [e.name for e in family.members] == ["Anna Keller"]
    assert doc.data.keys() == {"counts", "shouting"}
    assert [w.code for w in doc.warnings] == ["pattern_limit"]


def test_sixteen_threads_give_the_same_bytes(nlp: quoth.Pipeline, texts: list[str]) -> None:
    wanted = [nlp(text).to_json().encode() for text in texts]
    found = in_threads(lambda: [nlp(text).to_json().encode() for text in texts])
    assert [one == wanted for one in found] == [True] * COUNT


def test_sixteen_threads_of_a_pipe_do(nlp: quoth.Pipeline, texts: list[str]) -> None:
    wanted = [nlp(text).to_json().encode() for text in texts]
    for threads in (1, COUNT):
        assert [d.to_json().encode() for d in nlp.pipe(texts, n_threads=threads)] == wanted


def test_tables_do(nlp: quoth.Pipeline, texts: list[str]) -> None:
    """Columns, with threads of their own in each thread."""
    wanted = quoth.quotes_table(texts, nlp=nlp, n_threads=1).to_pylist()
    found = in_threads(lambda: quoth.quotes_table(texts, nlp=nlp, n_threads=2).to_pylist())
    assert [one == wanted for one in found] == [True] * COUNT


def test_what_lost_is_the_same_in_all(nlp: quoth.Pipeline) -> None:
    doc = nlp(TEXT)
    wanted = [str(t) for quote in doc.quotes for t in doc.tried(quote, nlp)]
    assert wanted
    found = in_threads(lambda: [str(t) for quote in doc.quotes for t in doc.tried(quote, nlp)])
    assert [one == wanted for one in found] == [True] * COUNT
