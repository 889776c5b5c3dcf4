"""The commands of quoth beside the plain view: what each is for, and where it is."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["COMMANDS", "Command", "parser_for"]


@dataclass(frozen=True, slots=True)
class Command:
    """A module is imported when its command is run: each costs time that others need not pay."""

    what: str
    place: str  # module:function, which is given the arguments and returns the exit status
    parsers: str  # module:function, which gives the parser of a command, or of each of its parts
    parts: tuple[str, ...] = ()

    def run(self, name: str, arguments: list[str]) -> int:
        return int(_function(self.place)(name, arguments))

    def parser(self, *words: str) -> argparse.ArgumentParser:
        """The parser of the command with this name, or of one of its parts."""
        parser: argparse.ArgumentParser = _function(self.parsers)(*words)
        return parser


def _function(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return function


def _table(what: str) -> Command:
    return Command(what, "quoth.cli:table_command", "quoth.cli:table_parser")


COMMANDS = {
    "sents": _table("sentences of an article"),
    "quotes": _table("who said what in an article"),
    "ents": _table("names in an article"),
    "explain": Command(
        "what is at a place of an article, and why",
        "quoth.cli:explain_command",
        "quoth.cli:explain_parser",
    ),
    "run": Command(
        "archives of articles into shards",
        "quoth.run.command:run_command",
        "quoth.run.command:run_parser",
    ),
    "convert": Command(
        "articles in the forms of other tools",
        "quoth.formats.command:convert_command",
        "quoth.formats.command:convert_parser",
    ),
    "evaluate": Command(
        "scores results against gold files",
        "quoth.train.command:evaluate_command",
        "quoth.train.command:part_parser",
        ("entities", "quotes"),
    ),
    "train": Command(
        "rebuilds the models",
        "quoth.train.command:train_command",
        "quoth.train.command:part_parser",
        ("entities", "quotes", "sentences"),
    ),
    "lint-patterns": Command(
        "which patterns may need very many steps",
        "quoth._lint:lint_command",
        "quoth._lint:lint_parser",
    ),
    "info": Command(
        "versions, the model, extras", "quoth._info:info_command", "quoth._info:info_parser"
    ),
    "completion": Command(
        "what a shell needs to complete these",
        "quoth._completion:completion_command",
        "quoth._completion:completion_parser",
    ),
}


def parser_for(words: list[str]) -> argparse.ArgumentParser:
    """The parser of a command, or of a part of one; without words that of the plain view."""
    if not words:
        from quoth.cli import view_parser

        return view_parser()
    return COMMANDS[words[0]].parser(*words)
