"""The commands ``quoth train`` and ``quoth evaluate``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from quoth._commands import COMMANDS
from quoth._core import ModelError
from quoth._files import Problem
from quoth._load import load
from quoth.formats.read import AnnotationError

__all__ = ["evaluate_command", "part_parser", "train_command"]


def train_command(name: str, arguments: Sequence[str]) -> int:
    """quoth train PART ..."""
    from quoth.train.quote_command import train_quotes_command
    from quoth.train.sentences import train

    parts: _Parts = {
        "entities": _train_entities,
        "quotes": train_quotes_command,
        "sentences": train,
    }
    return _run_part(name, arguments, parts)


def evaluate_command(name: str, arguments: Sequence[str]) -> int:
    """quoth evaluate PART ..."""
    from quoth.train.quote_command import evaluate_quotes_command

    parts: _Parts = {"entities": _evaluate_entities, "quotes": evaluate_quotes_command}
    return _run_part(name, arguments, parts)


_Parts = dict[str, Callable[[Sequence[str]], int]]


def _run_part(name: str, arguments: Sequence[str], parts: _Parts) -> int:
    part = str(part_parser(name).parse_args(arguments[:1]).part)
    try:
        return parts[part](arguments[1:])
    except (AnnotationError, ModelError) as error:
        raise Problem(str(error)) from None
    except FileNotFoundError as error:
        missing = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        raise Problem(missing) from None


def part_parser(name: str, part: str | None = None) -> argparse.ArgumentParser:
    """The parser of "quoth train" or "quoth evaluate" (name), or of one of its parts."""
    from quoth.train import quote_command, sentences

    if part is not None:
        return {
            ("train", "entities"): _train_entities_parser,
            ("train", "quotes"): quote_command.train_parser,
            ("train", "sentences"): sentences.train_parser,
            ("evaluate", "entities"): _evaluate_entities_parser,
            ("evaluate", "quotes"): quote_command.evaluate_parser,
        }[name, part]()
    parser = argparse.ArgumentParser(
        prog=f"quoth {name}", description=f"Each part takes --help: quoth {name} PART --help."
    )
    parser.add_argument("part", choices=COMMANDS[name].parts, help="of what quoth has learnt")
    return parser


def _train_entities_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quoth train entities", description="Rebuilds the tagger of names from data files."
    )
    parser.add_argument("--data", metavar="DIR", required=True, help="files SET.train.jsonl[.gz]")
    parser.add_argument("--out", metavar="FILE", required=True, help="the model to write into")
    parser.add_argument(
        "--clusters",
        metavar="DIR",
        help="files for quoth.train.clusters; without, the clusters of the model that quoth has",
    )
    return parser


def _train_entities(arguments: Sequence[str]) -> int:
    options = _train_entities_parser().parse_args(arguments)
    from quoth.train.entities import train

    train(options.data, options.out, clusters=options.clusters, progress=sys.stderr.isatty())
    return 0


def _evaluate_entities_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quoth evaluate entities",
        description="Scores what quoth finds against gold files, JSON Lines, perhaps gzipped: "
        '{"id", "text", "ents": [[start, end, label], ...]}; or files of brat, of Citron, or CSV.',
    )
    parser.add_argument("gold", metavar="GOLD", nargs="+", help="SET.anything.jsonl[.gz]")
    parser.add_argument("--set", metavar="NAME", help="whose labels these are")
    parser.add_argument("--texts", metavar="DIR", help="the texts of a .csv, one file a doc_id")
    parser.add_argument("--model", metavar="FILE", help='a model of your own; "none": rules only')
    return parser


def _evaluate_entities(arguments: Sequence[str]) -> int:
    options = _evaluate_entities_parser().parse_args(arguments)
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
