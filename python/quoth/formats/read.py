"""Documents that people or other tools have annotated, from files: gold for ``quoth evaluate``."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from typing import Any

from quoth._core import Document
from quoth._json import from_json
from quoth.formats.brat import from_brat
from quoth.formats.citron import from_citron
from quoth.formats.csv import from_csv, ids

__all__ = ["AnnotationError", "document_of", "read_documents"]


class AnnotationError(ValueError):
    """A file is not in the form that its name says."""


def read_documents(
    path: str | os.PathLike[str], texts: str | os.PathLike[str] | None = None
) -> Iterator[tuple[str, Document]]:
    """The documents of a file or folder with their ids.

    - a folder: brat's .ann files in it, in the order of their names; one .ann file: the text is in
      the .txt file beside it
    - .json, .jsonl, perhaps .gz: what to_json() wrote, or Citron's annotations; .jsonl has one a
      line
    - .csv: a table that to_csv() wrote; texts is the folder with a file DOC_ID or DOC_ID.txt each

    Raises OSError, and AnnotationError that names the file.
    """
    name = os.fspath(path)
    if os.path.isdir(name):
        found = sorted(entry for entry in os.listdir(name) if entry.endswith(".ann"))
        if not found:
            raise AnnotationError(f"{name}: expected .ann files in this folder")
        for entry in found:
            yield from read_documents(os.path.join(name, entry))
        return
    try:
        if name.endswith(".ann"):
            stem = name.removesuffix(".ann")
            yield os.path.basename(stem), from_brat(_text(f"{stem}.txt"), _text(name))
        elif name.endswith(".csv"):
            yield from _tables(name, texts)
        else:
            yield from _records(name)
    except ValueError as error:
        raise AnnotationError(f"{name}: {error}") from error


def document_of(data: Any) -> Document:
    """The Document of a record in quoth's JSON form or in Citron's. Raises ValueError."""
    if not isinstance(data, dict):
        raise ValueError(f"expected a JSON object, got {type(data).__name__}")
    return from_json(data) if "schema_version" in data else from_citron(data)


def _text(path: str) -> str:
    """The characters as they are: offsets count carriage returns, too."""
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def _records(name: str) -> Iterator[tuple[str, Document]]:
    with (gzip.open if name.endswith(".gz") else open)(name, "rt", encoding="utf-8") as file:
        lines = name.removesuffix(".gz").endswith(".jsonl")
        for number, line in enumerate(file if lines else [file.read()]):
            if line.strip():
                data = json.loads(line)
                own = data.get("id") if isinstance(data, dict) else None
                yield str(number if own is None else own), document_of(data)


def _tables(name: str, texts: str | os.PathLike[str] | None) -> Iterator[tuple[str, Document]]:
    if texts is None:
        raise ValueError("a table needs its texts: expected a folder with a file for each doc_id")
    table = _text(name)
    for doc_id in ids(table):
        path = os.path.join(os.fspath(texts), doc_id)
        yield (
            doc_id,
            from_csv(_text(path if os.path.exists(path) else f"{path}.txt"), [table], doc_id),
        )
