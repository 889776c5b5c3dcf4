"""What cues tell of, and whether as a fact: sentences written for this, before anything was tried.

Each line of data/attitudes.tsv is a sentence, its cue, the attitude, and whether it is factual.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import quoth

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "attitudes.tsv").read_text().splitlines()
]


def quote_at(doc: Any, start: int, end: int) -> Any:
    """The quote whose cue shares a character with text[start:end], or None."""
    for quote in doc.quotes:
        if quote.cue is not None and quote.cue.start_char < end and start < quote.cue.end_char:
            return quote
    return None


def test_attitude_and_fact() -> None:
    nlp = quoth.load("en")
    missed, wrong = [], []
    for sentence, cue, attitude, factual in CASES:
        start = sentence.index(cue)
        quote = quote_at(nlp(sentence), start, start + len(cue))
        if quote is None:
            missed.append(sentence)
        elif (quote.attitude, quote.factual) != (attitude, factual == "yes"):
            wrong.append(f"{sentence} {quote.attitude}, {quote.factual}")
    assert len(missed) <= 5, missed
    assert len(wrong) <= 6, wrong
