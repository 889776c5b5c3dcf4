"""Why a mention was found, why a quote is whose it is, and what was tried and lost."""

from __future__ import annotations

from typing import Any

from quoth._core import Document, Mention, Pipeline, Quote
from quoth._core import explain as core_explain
from quoth._speakers import explain_quote
from quoth._tried import Attempts, Tried

__all__ = ["explain", "explain_with"]


def explain(
    doc: Document, what: Mention | Quote | int, nlp: Pipeline | None = None
) -> str | list[tuple[str, str, float]]:
    """What decided for a quote, in a few lines, or for a mention; and what was tried and lost.

    A mention gives (word, what spoke for it, how much), strongest first for each word. How much is
    in log odds, over the next best reading of the word; what is negative spoke against. A mention
    that a rule found has that rule alone, with its score. Behind them is what lost, (words, "lost:
    ...", how much): in log odds below what won, or the score of a rule. A quote ends with lines of
    what lost, and an offset has such lines alone. The text is read again by nlp, which
    has to be the pipeline that made the document, or else nothing is said of what lost; None is
    quoth.load("en").
    """
    if isinstance(what, bool) or not isinstance(what, (Mention, Quote, int)):
        raise TypeError(f"what: expected Mention, Quote or int, got {type(what).__name__}")
    if isinstance(what, Quote) and what not in doc.quotes:
        raise ValueError("quote: expected one of this document")
    return explain_with(doc, what, nlp, Attempts.of(doc, nlp))


def explain_with(
    doc: Document, what: Any, nlp: Pipeline | None, attempts: Attempts | None
) -> str | list[tuple[str, str, float]]:
    """The same, with what was tried for the document; None: nothing is known of it."""
    if isinstance(what, Quote):
        lost = attempts.for_quote(what) if attempts is not None else ()
        return "\n".join([explain_quote(doc, what), *map(_line, lost)])
    if isinstance(what, Mention):
        lost = attempts.for_mention(what) if attempts is not None else ()
        return [*_reasons(doc, what, nlp), *map(_row, lost)]
    return "\n".join(map(_line, attempts.at((what, what + 1)))) if attempts is not None else ""


def _reasons(doc: Document, mention: Mention, nlp: Pipeline | None) -> list[tuple[str, str, float]]:
    if mention.rule != "model":
        return [(mention.text, mention.rule, mention.score)]
    text = doc.text
    nlp = Pipeline("en") if nlp is None else nlp
    found = core_explain(nlp, text, mention.start_char, mention.end_char)
    return [(text[start:end], feature, weight) for start, end, feature, weight in found]


def _line(lost: Tried) -> str:
    return f"lost: {lost}"


def _row(lost: Tried) -> tuple[str, str, float]:
    how = lost.score if lost.behind is None else -lost.behind
    return lost.text, f"lost: {lost.what}, by {lost.by}, to {lost.lost_to}", how
