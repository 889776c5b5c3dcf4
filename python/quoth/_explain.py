"""Why a mention was found, and why a quote is whose it is."""

from __future__ import annotations

from quoth._core import Document, Mention, Pipeline, Quote
from quoth._core import explain as core_explain
from quoth._speakers import explain_quote

__all__ = ["explain"]


def explain(
    doc: Document, what: Mention | Quote, nlp: Pipeline | None = None
) -> str | list[tuple[str, str, float]]:
    """What decided for a quote, in a few lines, or for a mention.

    A mention gives (word, what spoke for it, how much), strongest first for each word. How much is
    in log odds, over the next best reading of the word; what is negative spoke against. A mention
    that a rule found has that rule alone, with its score. The text is read again by nlp, which has
    to be the pipeline that made the document; None is quoth.load("en").
    """
    if isinstance(what, Quote):
        return explain_quote(doc, what)
    if not isinstance(what, Mention):
        raise TypeError(f"what: expected Mention or Quote, got {type(what).__name__}")
    if what.rule != "model":
        return [(what.text, what.rule, what.score)]
    if nlp is None:
        nlp = Pipeline("en")
    text = doc.text
    found = core_explain(nlp, text, what.start_char, what.end_char)
    return [(text[start:end], feature, weight) for start, end, feature, weight in found]
