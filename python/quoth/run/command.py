"""The command ``quoth run``: its options, messages and exit status."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from quoth._core import Pipeline, __version__
from quoth._pipe import check_options
from quoth._tables import column_names
from quoth.run.inputs import Inputs, expand
from quoth.run.journal import RunError, load
from quoth.run.progress import Progress
from quoth.run.records import Fields
from quoth.run.shards import JsonLines, Parquet, Writer
from quoth.run.work import ERRORS, locked, work

if TYPE_CHECKING:
    from quoth._core import TableName

__all__ = ["run_command", "run_parser"]

_DESCRIPTION = "Reads archives of articles and writes what is in them, in shards."
_EPILOG = """\
inputs, in the order given, folders with all files in them by name:
  .jsonl .ndjson   a JSON object on each line; - is the same from standard input
  .csv             with the names of the fields in the first line
  .parquet         needs quoth[arrow]
  .txt             one article; its id is the path
  .html            a saved page; needs quoth[html]
  .gz and .zst behind any but .parquet are unpacked (.zst needs quoth[zstd] before Python 3.14)

outputs in the folder OUT:
  --format jsonl     part-000000.jsonl and so on: a record for each article, as doc.to_dict()
  --format parquet   quotes/, sents/ and ents/ with part-000000.parquet: rows, as quoth.tables()
  errors.jsonl       what could not be read, with the reason
  _quoth_run.json    how far the run has come

A run that was interrupted, by whatever, goes on when the same command is given again; no article
is lost and none is there twice.

examples:
  quoth run archive/ -o results/
  quoth run 2021.jsonl.gz 2022.jsonl.gz -o results/ -f parquet --text-field body --id-field url
  zcat archive.gz | quoth run - -o results/

exit status:
  0  all was read
  1  something could not be; errors.jsonl says what
  2  the command line is wrong
  130  interrupted
"""


def run_parser(_: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quoth run",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("inputs", metavar="IN", nargs="+", help="a file, a folder, or - for standard input")
    add("-o", "--output", metavar="OUT", required=True, help="the folder for the results")
    add("-f", "--format", choices=("jsonl", "parquet"), default="jsonl", help="jsonl by default")
    add("--text-field", metavar="NAME", default="text", help="the field with the text: text")
    add("--id-field", metavar="NAME", help="the field with the id; else file:number")
    add("--keep", metavar="NAME", action="append", default=[], help="a field to carry along")
    add(
        "--table",
        choices=("sents", "quotes", "ents"),
        action="append",
        default=[],
        help="for parquet: make only this table (may be repeated)",
    )
    add("--without-text", action="store_true", help="for jsonl: leave the text out")
    add("--threads", metavar="N", type=int, default=0, help="0 (default): one for each processor")
    add("--shard-texts", metavar="N", type=int, default=10_000, help="articles in a shard: 10000")
    add("--quiet", action="store_true", help="no progress on standard error")
    add("--newlines", choices=("auto", "break", "space"), default="auto", help="see quoth --help")
    add("--keep-quotes-whole", action="store_true", help="no sentence ends inside a quotation")
    return parser


def run_command(name: str, arguments: list[str]) -> int:
    parser = run_parser(name)
    options = parser.parse_args(arguments)
    if options.threads < 0 or options.shard_texts < 1:
        parser.error("--threads: expected 0 or more, --shard-texts: 1 or more")
    tables: tuple[TableName, ...] = tuple(dict.fromkeys(options.table)) or (
        "sents",
        "quotes",
        "ents",
    )
    if options.format == "parquet":
        for kept in options.keep:
            if any(kept in column_names(table) for table in tables):
                parser.error(f"--keep {kept}: a table of its own has a column of this name")
    try:
        return _run(options, tables)
    except (RunError, ImportError, ValueError, FileNotFoundError) as error:
        print(f"quoth run: {error}", file=sys.stderr)
        return 1


def _run(options: argparse.Namespace, tables: tuple[TableName, ...]) -> int:
    fields = Fields(options.text_field, options.id_field, tuple(options.keep))
    inputs = Inputs(expand(options.inputs), fields)
    nlp = Pipeline("en", newlines=options.newlines, split_in_quotes=not options.keep_quotes_whole)
    os.makedirs(options.output, exist_ok=True)
    with locked(options.output):
        journal = load(options.output, _settings(options, inputs, tables, nlp))
        progress = Progress(inputs, journal, options.quiet)
        if not journal.finished:
            writer: Writer = (
                JsonLines(options.output, not options.without_text)
                if options.format == "jsonl"
                else Parquet(options.output, tables, fields.keep)
            )
            try:
                work(
                    nlp,
                    inputs,
                    writer,
                    journal,
                    options.output,
                    threads=check_options([], options.threads, "raise"),
                    shard_texts=options.shard_texts,
                    tell=progress,
                )
            except KeyboardInterrupt:
                print("\nquoth run: interrupted; the same command goes on", file=sys.stderr)
                return 130
        progress.end(journal)
    if journal.bad:
        errors = os.path.join(options.output, ERRORS)
        print(f"quoth run: {journal.bad} records could not be read: {errors}", file=sys.stderr)
    return 1 if journal.bad else 0


def _settings(
    options: argparse.Namespace, inputs: Inputs, tables: tuple[TableName, ...], nlp: Pipeline
) -> dict[str, Any]:
    """What has to be the same for an interrupted run to go on; the names are for the message."""
    return {
        "inputs": [list(pair) for pair in zip(inputs.files, inputs.sizes, strict=True)],
        "format": options.format,
        "text field": options.text_field,
        "id field": options.id_field,
        "kept fields": options.keep,
        "tables": list(tables) if options.format == "parquet" else [],
        "text": not options.without_text,
        "shard size": options.shard_texts,
        "newlines": options.newlines,
        "split in quotes": nlp.split_in_quotes,
        "version of quoth": __version__,
        "version of the model": nlp.model.version if nlp.model is not None else None,
    }
