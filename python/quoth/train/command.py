"""quoth train: makes anew what quoth learnt from data. Progress goes to standard error."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

__all__ = ["main"]

# What can be trained, and the module whose function train() does it.
_TRAINED = {"sentences": "quoth.train.sentences"}


def main(arguments: Sequence[str]) -> int:
    """Runs ``quoth train WHAT ...``; arguments: all behind "train"."""
    import argparse

    parser = argparse.ArgumentParser(
        prog="quoth train", description="Makes a model of quoth anew from data."
    )
    parser.add_argument("what", choices=sorted(_TRAINED), help="which model")
    options = parser.parse_args(arguments[:1])
    return int(importlib.import_module(_TRAINED[options.what]).train(arguments[1:]))
