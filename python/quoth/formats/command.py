"""The command ``quoth convert``: articles, or what annotators made of them, in another form.

Exit status as for quoth: 0 all was converted, 1 a file could not be read or written, 2 the command
line is wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from quoth._core import Document
from quoth._files import read_text
from quoth.formats.read import AnnotationError, read_documents

__all__ = ["convert_command", "convert_parser"]

_READABLE = (".ann", ".csv", ".json", ".jsonl", ".json.gz", ".jsonl.gz")


def _line(data: Any) -> str:
    from quoth._json import dumps

    return dumps(data) + "\n"


def _json(doc: Document, doc_id: str) -> str:
    data = doc.to_dict()
    data["id"] = doc_id
    return _line(data)


def _xmi(doc: Document, doc_id: str) -> str:
    return str(doc.to_cas().to_xmi())


# Each form: the ending of its files, whether many documents fit into one, and how one is written.
_FORMS: dict[str, tuple[str, bool, Callable[[Document, str], str]]] = {
    "brat": (".ann", False, lambda doc, _: doc.to_brat()),
    "cas": (".xmi", False, _xmi),
    "citron": (".json", False, lambda doc, _: _line(doc.to_citron())),
    "conll2003": (".conll", True, lambda doc, doc_id: doc.to_conll("2003", doc_id)),
    "conllu": (".conllu", True, lambda doc, doc_id: doc.to_conll("u", doc_id)),
    "csv-ents": (".csv", False, lambda doc, doc_id: doc.to_csv("ents", doc_id)),
    "csv-quotes": (".csv", False, lambda doc, doc_id: doc.to_csv("quotes", doc_id)),
    "csv-sents": (".csv", False, lambda doc, doc_id: doc.to_csv("sents", doc_id)),
    "html": (".html", False, lambda doc, _: doc.to_html(page=True)),
    "jsonl": (".jsonl", True, _json),
    "label-studio": (  # its import wants a list
        ".json",
        False,
        lambda doc, doc_id: _line([doc.to_label_studio({"id": doc_id})]),
    ),
    "prodigy": (".jsonl", True, lambda doc, doc_id: _line(doc.to_prodigy({"id": doc_id}))),
    "web-annotation": (
        ".jsonld",
        False,
        lambda doc, doc_id: _line(doc.to_web_annotations(f"urn:quoth:{doc_id}")),
    ),
}


def convert_parser(_: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quoth convert",
        description="Writes articles in a form that other tools read. A FILE is a text in UTF-8, "
        "which is read as quoth FILE reads it; or annotations: .ann (with its .txt beside it), "
        ".json and .jsonl of quoth or Citron, .csv of quoth.",
        epilog="forms:\n  "
        + textwrap.fill(", ".join(sorted([*_FORMS, "spacy"])), 76, subsequent_indent="  ")
        + "\n\nexamples:\n  quoth convert --to label-studio article.txt\n"
        "  quoth convert --to brat -o folder/ *.txt\n"
        "  quoth convert --to spacy -o articles.spacy *.txt\n",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", metavar="FILE", nargs="+", help="see above; - is a text on stdin")
    parser.add_argument(
        "--to",
        metavar="FORM",
        choices=sorted([*_FORMS, "spacy"]),
        required=True,
        help="one of those below",
    )
    parser.add_argument("--texts", metavar="DIR", help="the texts of a .csv, one file a doc_id")
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="a file; or a folder, for one file a document. Default: standard output",
    )
    return parser


def convert_command(name: str, arguments: Sequence[str]) -> int:
    """quoth convert --to FORM FILE..."""
    parser = convert_parser(name)
    options = parser.parse_args(arguments)
    documents = _documents(options.files, options.texts)
    try:
        if options.to == "spacy":
            if options.output is None:
                parser.error("--to spacy needs -o FILE")
            return _write_docbin(documents, options.output)
        return _write(documents, options.to, options.output, len(options.files), parser)
    except (AnnotationError, UnicodeDecodeError) as error:
        print(f"quoth: {error}", file=sys.stderr)
    except OSError as error:
        if error.filename is None:
            raise
        print(f"quoth: {error.filename}: {error.strerror}", file=sys.stderr)
    return 1


def _documents(files: Sequence[str], texts: str | None) -> Iterator[tuple[str, Document]]:
    nlp = None
    for name in files:
        if name.endswith(_READABLE) or os.path.isdir(name):
            yield from read_documents(name, texts)
            continue
        if nlp is None:
            from quoth._load import load

            nlp = load("en")
        doc_id = "stdin" if name == "-" else os.path.splitext(os.path.basename(name))[0]
        yield doc_id, nlp(read_text(name))


def _write(
    documents: Iterator[tuple[str, Document]],
    form: str,
    out: str | None,
    files: int,
    parser: argparse.ArgumentParser,
) -> int:
    ending, together, write = _FORMS[form]
    folder = out is not None and (os.path.isdir(out) or out.endswith(os.sep))
    if files > 1 and not folder and not together:
        parser.error(f"--to {form} with several FILEs needs -o FOLDER/")
    if out is None or not folder:
        stream = sys.stdout if out is None else open(out, "w", encoding="utf-8", newline="")  # noqa: SIM115
        for doc_id, doc in documents:
            stream.write(write(doc, doc_id))
        if out is not None:
            stream.close()
        return 0
    os.makedirs(out, exist_ok=True)
    taken: set[str] = set()
    for doc_id, doc in documents:
        stem = os.path.join(out, _file_name(doc_id, taken))
        _save(stem + ending, write(doc, doc_id))
        if form == "brat":
            _save(f"{stem}.txt", doc.text)
    return 0


def _file_name(doc_id: str, taken: set[str]) -> str:
    """A name that no other document of this run has."""
    name = "".join("_" if char in "/\\:\0" else char for char in doc_id).strip(".") or "_"
    number = 1
    unused = name
    while unused.casefold() in taken:
        number += 1
        unused = f"{name}-{number}"
    taken.add(unused.casefold())
    return unused


def _save(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def _write_docbin(documents: Iterator[tuple[str, Document]], out: str) -> int:
    from quoth.formats.spacy import to_docbin

    to_docbin(doc for _, doc in documents).to_disk(out)
    return 0
