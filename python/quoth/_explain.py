"""Why a mention was found, or a quote is whose it is."""

from __future__ import annotations

from quoth._core import Document, Mention, Pipeline, Quote
from quoth._core import explain as core_explain
from quoth._speakers import explain as explain_quote

__all__ = ["explain"]


def explain(
    doc: Document, mention: Mention | Quote, nlp: Pipeline | None = None
) -> list[tuple[str, str, float]] | str:
    """Why a mention was found: (word, what spoke for it, how much), strongest first for each word.

    How much is in log odds, over the next best reading of the word; what is negative spoke
    against. A mention that a rule found has that rule alone, with its score. The text is read
    again by nlp, which has to be the pipeline that made the document; None is quoth.load("en").
    For a quote, a few lines of text.
    """
    if isinstance(mention, Quote):
        return explain_quote(doc, mention)
    if not isinstance(mention, Mention):
        raise TypeError(f"mention: expected Mention, got {type(mention).__name__}")
    if mention.rule != "model":
        return [(mention.text, mention.rule, mention.score)]
    if nlp is None:
        nlp = Pipeline("en")
    text = doc.text
    found = core_explain(nlp, text, mention.start_char, mention.end_char)
    return [(text[start:end], feature, weight) for start, end, feature, weight in found]
