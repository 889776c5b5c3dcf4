"""The command ``quoth info``: versions, the model, and which extras are there."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform

from quoth._core import Pipeline, __version__

__all__ = ["info_command", "info_parser"]

# The extras of quoth, and the package by which one sees that it is there.
EXTRAS = {
    "arrow": "pyarrow",
    "cas": "dkpro-cassis",
    "dask": "dask",
    "duckdb": "duckdb",
    "html": "trafilatura",
    "pandas": "pandas",
    "plot": "matplotlib",
    "polars": "polars",
    "progress": "tqdm",
    "ray": "ray",
    "spacy": "spacy",
    "spark": "pyspark",
    "zstd": "zstandard",
}


def info_parser(_: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog="quoth info", description="Prints versions, the model, and which extras are installed."
    )


def info_command(command: str, arguments: list[str]) -> int:
    info_parser(command).parse_args(arguments)
    for name, value in info():
        print(f"{name:<12} {value}")
    return 0


def info() -> list[tuple[str, str]]:
    """Names and values, in the order in which they are shown."""
    nlp = Pipeline("en")
    model = nlp.model
    lines = [
        ("quoth", f"{__version__}, {os.path.dirname(os.path.abspath(__file__))}"),
        ("model", f"{model.version}, {model.path}" if model is not None else "none"),
        ("stages", ", ".join(nlp.stages)),
        ("Python", f"{platform.python_version()}, {platform.machine()}, {platform.system()}"),
        ("processors", str(os.cpu_count())),
    ]
    return lines + [(f"[{extra}]", _version(package)) for extra, package in EXTRAS.items()]


def _version(package: str) -> str:
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return f"{package} is not installed"
