"""The commands ``quoth train quotes`` and ``quoth evaluate quotes``.

Results go to standard output, progress to standard error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

__all__ = ["main"]

_TRAINING = "polnear.train.jsonl.gz"


def main(arguments: Sequence[str]) -> int:
    """arguments[0] is "train" or "evaluate"."""
    parser = argparse.ArgumentParser(prog=f"quoth {arguments[0]}")
    parts = parser.add_subparsers(dest="part", required=True)
    if arguments[0] == "train":
        quotes = parts.add_parser("quotes", help="who said what, and what is reported")
        quotes.add_argument(
            "--data", required=True, metavar="DIR", help=f"a folder with quotes/{_TRAINING}"
        )
        quotes.add_argument(
            "--out", required=True, metavar="FILE", help="the model file; its other parts are kept"
        )
        options = parser.parse_args(arguments[1:])
        return _train_quotes(options.data, options.out)
    quotes = parts.add_parser("quotes", help="who said what, against gold quotes")
    quotes.add_argument("gold", metavar="GOLD", help="JSON Lines, brat, Citron, CSV")
    quotes.add_argument("--texts", metavar="DIR", help="the texts of a .csv, one file a doc_id")
    quotes.add_argument("--model", metavar="FILE", help="default: the one that comes with quoth")
    options = parser.parse_args(arguments[1:])
    return _evaluate_quotes(options.gold, options.texts, options.model)


def _train_quotes(data: str, out: str) -> int:
    from quoth.train.model_file import read_sections, update_model
    from quoth.train.quote_gold import read_articles
    from quoth.train.quotes import PREFIX, train_quotes

    articles = read_articles(os.path.join(data, "quotes", _TRAINING))
    there = read_sections(out) if os.path.exists(out) else {}
    others = {name: section for name, section in there.items() if not name.startswith(PREFIX)}
    sections = train_quotes(articles, lambda line: print(line, file=sys.stderr, flush=True), others)
    update_model(out, sections, PREFIX)
    return 0


def _evaluate_quotes(gold: str, texts: str | None, model: str | None) -> int:
    import quoth
    from quoth.train.quote_gold import read_articles
    from quoth.train.quote_score import score_quotes

    nlp = quoth.load("en") if model is None else quoth.load("en", model=model)
    for name, value in score_quotes(nlp, read_articles(gold, texts)).items():
        print(f"{name}\t{100 * value:.1f}")
    return 0
