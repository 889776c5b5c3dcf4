"""The commands ``quoth train quotes`` and ``quoth evaluate quotes``.

Results go to standard output, progress to standard error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

__all__ = [
    "evaluate_parser",
    "evaluate_quotes_command",
    "train_parser",
    "train_quotes_command",
]

_TRAINING = "polnear.train.jsonl.gz"


def train_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quoth train quotes",
        description="Makes the models of who said what, and of what is reported, from PolNeAR.",
    )
    parser.add_argument(
        "--data", required=True, metavar="DIR", help=f"a folder with quotes/{_TRAINING}"
    )
    parser.add_argument(
        "--out", required=True, metavar="FILE", help="the model file; its other parts are kept"
    )
    return parser


def train_quotes_command(arguments: Sequence[str]) -> int:
    options = train_parser().parse_args(arguments)
    return _train_quotes(options.data, options.out)


def evaluate_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quoth evaluate quotes", description="Scores who said what against gold quotes."
    )
    parser.add_argument("gold", metavar="GOLD", help="JSON Lines, brat, Citron, CSV")
    parser.add_argument("--texts", metavar="DIR", help="the texts of a .csv, one file a doc_id")
    parser.add_argument("--model", metavar="FILE", help="default: the one that comes with quoth")
    return parser


def evaluate_quotes_command(arguments: Sequence[str]) -> int:
    options = evaluate_parser().parse_args(arguments)
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
