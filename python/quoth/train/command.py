"""The commands ``quoth train`` and ``quoth evaluate``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence

from quoth._load import load

__all__ = ["evaluate_command", "train_command"]


def train_command(arguments: Sequence[str]) -> int:
    """quoth train PART ..."""
    parts = {"entities": _train_entities, "quotes": _quotes("train"), "sentences": _train_sentences}
    return parts[_part("train", arguments, parts)](arguments[1:])


def evaluate_command(arguments: Sequence[str]) -> int:
    """quoth evaluate PART ..."""
    parts = {"entities": _evaluate_entities, "quotes": _quotes("evaluate")}
    return parts[_part("evaluate", arguments, parts)](arguments[1:])


def _part(name: str, arguments: Sequence[str], parts: Iterable[str]) -> str:
    parser = argparse.ArgumentParser(
        prog=f"quoth {name}", description=f"Each part takes --help: quoth {name} PART --help."
    )
    parser.add_argument("part", choices=sorted(parts), help="of what quoth has learnt")
    return str(parser.parse_args(arguments[:1]).part)


def _quotes(name: str) -> Callable[[Sequence[str]], int]:
    def command(arguments: Sequence[str]) -> int:
        from quoth.train.quote_command import main

        return main([name, "quotes", *arguments])

    return command


def _train_sentences(arguments: Sequence[str]) -> int:
    from quoth.train.sentences import train

    return train(arguments)


def _train_entities(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="quoth train entities", description="Rebuilds the tagger of names from data files."
    )
    parser.add_argument("--data", metavar="DIR", required=True, help="files SET.train.jsonl[.gz]")
    parser.add_argument("--out", metavar="FILE", required=True, help="the model to write into")
    parser.add_argument(
        "--clusters",
        metavar="DIR",
        help="files of spacy-lookups-data; without, the clusters of the model that quoth has",
    )
    options = parser.parse_args(arguments)
    from quoth.train.entities import train

    train(options.data, options.out, clusters=options.clusters, progress=sys.stderr.isatty())
    return 0


def _evaluate_entities(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="quoth evaluate entities",
        description="Scores what quoth finds against gold files, JSON Lines, perhaps gzipped: "
        '{"id", "text", "ents": [[start, end, label], ...]}; or files of brat, of Citron, or CSV.',
    )
    parser.add_argument("gold", metavar="GOLD", nargs="+", help="SET.anything.jsonl[.gz]")
    parser.add_argument("--set", metavar="NAME", help="whose labels these are")
    parser.add_argument("--texts", metavar="DIR", help="the texts of a .csv, one file a doc_id")
    parser.add_argument("--model", metavar="FILE", help='a model of your own; "none": rules only')
    options = parser.parse_args(arguments)
    from quoth.train.evaluate import Scores, evaluate

    model = None if options.model == "none" else options.model or "shipped"
    nlp = load("en", stages=("entity", "link"), model=model)
    for path in options.gold:
        scores = evaluate(nlp, path, options.set, options.texts)
        print(f"{path}\n{'':38} precision  recall      F1    gold   found")
        for title, rows in (("coarse", scores.coarse), ("own labels", scores.own)):
            print(title)
            for label, row in [*sorted(rows.items()), ("all", Scores.total(rows))]:
                print(
                    f"  {label:36} {100 * row.precision:9.2f} {100 * row.recall:7.2f} "
                    f"{100 * row.f1:7.2f} {row.there:7} {row.found:7}"
                )
        print("score: how many coarse mentions, how many of them right")
        for tenth, row in sorted(scores.sure.items()):
            reach = f"{tenth / 10:.1f} to {(tenth + 1) / 10:.1f}"
            print(f"  {reach} {row.found:9} {row.precision:9.2f}")
    return 0
