"""The command quoth: an article in, a readable view, JSON, HTML or tab-separated lines out.

Results go to standard output, problems to standard error. Exit status: 0 all was read, 1 a file
could not be read or written, 2 the command line is wrong.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import TextIO

from quoth._core import Document, Pipeline, __version__

__all__ = ["main"]

_TABLES = ("sents", "quotes", "ents")
_EPILOG = """\
tables, one thing per line, tab-separated, offsets in code points of the file:
  quoth sents FILE    start end text
  quoth quotes FILE   start end type speaker source cue text
  quoth ents FILE     start end label entity kb_id text

archives, into shards, from where an interrupted run stopped (quoth run --help):
  quoth run IN... -o FOLDER [--format parquet]

other forms (quoth convert --help lists them):
  quoth convert --to brat -o FOLDER/ FILE...

others:
  quoth explain FILE:OFFSET      what is there, and why
  quoth info                     versions, the model, which extras are installed
  source <(quoth completion bash)   completes command lines; zsh and fish, too
  quoth page.html                a saved page; its article is found by quoth[html]

patterns of your own that may need very many steps:
  quoth lint-patterns FILE...    rules (.toml), or a pattern on each line

the model (each takes --help):
  quoth evaluate entities GOLD...           scores names against gold files
  quoth train entities --data DIR --out FILE   rebuilds the tagger of names
  quoth train sentences --data DIR --out FILE  rebuilds the weights of sentences
  quoth train quotes --data DIR --out FILE     makes the models of quotes from PolNeAR
  quoth evaluate quotes GOLD                   measures them
"""


class _Problem(Exception):
    """Something to be told in one line, with exit status 1."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command with the given arguments (those of the process by default)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        if arguments and arguments[0] in _TABLES:
            status = _table_command(arguments[0], arguments[1:])
        elif arguments and arguments[0] == "run":
            from quoth.run.command import run_command

            status = run_command(arguments[1:])
        elif arguments and arguments[0] == "info":
            from quoth._info import info_command

            status = info_command(arguments[1:])
        elif arguments and arguments[0] == "completion":
            from quoth._completion import completion_command

            status = completion_command(arguments[1:])
        elif arguments and arguments[0] == "convert":
            from quoth.formats.command import convert_command

            status = convert_command(arguments[1:])
        elif arguments and arguments[0] == "explain":
            status = _explain_command(arguments[1:])
        elif arguments and arguments[0] == "lint-patterns":
            from quoth._lint import lint_command

            status = lint_command(arguments[1:])
        elif arguments and arguments[0] in ("train", "evaluate"):
            status = _model_command(arguments[0], arguments[1:])
        else:
            status = _view_command(arguments)
        sys.stdout.flush()
    except OSError as error:
        # Python would complain again when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # whoever was reading has just gone
            print(f"quoth: cannot write: {error.strerror or error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except _Problem as problem:
        print(f"quoth: {problem}", file=sys.stderr)
        return 1
    return status


# --- the command line -----------------------------------------------------------------------------


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="OUT", help="write to OUT (UTF-8)")
    parser.add_argument(
        "--newlines",
        choices=("auto", "break", "space"),
        default="auto",
        help="what one newline means: the end of a paragraph, white space, or what fits the text",
    )
    parser.add_argument(
        "--keep-quotes-whole",
        action="store_true",
        help="let no sentence end inside a quotation",
    )


def _view_command(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="quoth",
        description="Reads news articles: which sentences, who said what, who is named.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", metavar="FILE", nargs="+", help="an article in UTF-8; - is stdin")
    parser.add_argument(
        "-f",
        "--format",
        choices=("text", "json", "jsonl", "html"),
        default="text",
        help="text (default) is for reading; jsonl is one line per FILE",
    )
    parser.add_argument("--version", action="version", version=f"quoth {__version__}")
    _common(parser)
    options = parser.parse_args(arguments)
    if len(options.files) > 1 and options.format in ("json", "html"):
        parser.error(f"--format {options.format} takes one FILE")
    nlp = _pipeline(options)
    with _Output(options.output, options.format) as out:
        return _each_file(options.files, nlp, options.format, out)


def _table_command(name: str, arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog=f"quoth {name}", description=f"Prints the {name} of an article, one per line."
    )
    parser.add_argument("file", metavar="FILE", help="an article in UTF-8; - is stdin")
    _common(parser)
    options = parser.parse_args(arguments)
    nlp = _pipeline(options)
    text = _read(options.file)
    rows = {"sents": _sent_rows, "quotes": _quote_rows, "ents": _ent_rows}[name](nlp, text)
    with _Output(options.output, name) as out:
        for row in rows:
            out.write("\t".join(map(_field, row)) + "\n")
    return 0


def _explain_command(arguments: list[str]) -> int:
    from quoth._explain_command import explain_lines, offset_of

    parser = argparse.ArgumentParser(
        prog="quoth explain", description="Tells what is at a place of an article, and why."
    )
    parser.add_argument(
        "place", metavar="FILE:OFFSET", help="an article in UTF-8, - is stdin; a code point of it"
    )
    parser.add_argument("--rules", metavar="TOML", help="terms and patterns of your own")
    _common(parser)
    options = parser.parse_args(arguments)
    place = offset_of(options.place)
    if place is None:
        parser.error(f"expected FILE:OFFSET, got {options.place}")
    nlp = _pipeline(options)
    if options.rules is not None:
        from quoth._rules import with_rules

        try:
            nlp = with_rules(nlp, options.rules)
        except OSError as error:
            raise _Problem(f"{options.rules}: {error.strerror or error}") from None
        except ValueError as error:
            raise _Problem(str(error)) from None
    name, at = place
    lines = list(explain_lines(nlp, nlp(_read(name)), at))
    if not lines:
        raise _Problem(f"{name}: nothing is at {at}")
    with _Output(options.output, "explain") as out:
        for line in lines:
            out.write(line + "\n")
    return 0


def _model_command(name: str, arguments: list[str]) -> int:
    from quoth._core import ModelError
    from quoth.formats.read import AnnotationError
    from quoth.train.command import evaluate_command, train_command

    try:
        return (train_command if name == "train" else evaluate_command)(arguments)
    except (AnnotationError, ModelError, FileNotFoundError) as error:
        raise _Problem(str(error)) from None


def _pipeline(options: argparse.Namespace) -> Pipeline:
    return Pipeline("en", newlines=options.newlines, split_in_quotes=not options.keep_quotes_whole)


# --- files ----------------------------------------------------------------------------------------


def _read(name: str) -> str:
    """The characters of a file as they are, so that offsets are those of the file.

    Of a web page that was saved (.html, .htm) it is the text of the article.
    """
    try:
        if name == "-":
            data = sys.stdin.buffer.read()
        else:
            with open(name, "rb") as file:
                data = file.read()
    except OSError as error:
        raise _Problem(f"{name}: {error.strerror or error}") from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        raise _Problem(f"{name}: not UTF-8: byte 0x{byte:02x} at byte {error.start}") from None
    return _article(text, name) if name.lower().endswith((".html", ".htm")) else text


def _article(page: str, name: str) -> str:
    from quoth.run.web import article_of

    try:
        text = article_of(page, name)
    except ImportError as error:
        raise _Problem(str(error)) from None
    if text is None:
        raise _Problem(f"{name}: no article was found in the page")
    return text


class _Output:
    """Standard output, or the file named by -o; the text is written as it is.

    A file, and what programs read, is UTF-8; text to be read has the encoding of the stream, with
    escapes for what that lacks.
    """

    def __init__(self, name: str | None, form: str) -> None:
        self.name = name
        self.form = form

    def __enter__(self) -> TextIO:
        if self.name is None:
            self.stream = sys.stdout
            if isinstance(self.stream, io.TextIOWrapper):
                encoding = None if self.form == "text" else "utf-8"
                self.stream.reconfigure(encoding=encoding, errors="backslashreplace", newline="")
            return self.stream
        try:
            self.stream = open(self.name, "w", encoding="utf-8", newline="")
        except OSError as error:
            raise _Problem(f"{self.name}: {error.strerror or error}") from None
        return self.stream

    def __exit__(self, *_: object) -> None:
        if self.name is not None:
            self.stream.close()


def _each_file(names: list[str], nlp: Pipeline, form: str, out: TextIO) -> int:
    status = 0
    for number, name in enumerate(names):
        try:
            doc = nlp(_read(name))
        except _Problem as problem:
            print(f"quoth: {problem}", file=sys.stderr)
            status = 1
            continue
        if form == "text" and len(names) > 1:
            out.write(f"{'' if number == 0 else chr(10)}== {name} ==\n\n")
        out.write(_formatted(doc, name, form, out))
    return status


def _formatted(doc: Document, name: str, form: str, out: TextIO) -> str:
    if form == "html":
        return doc.to_html(page=True)
    if form == "text":
        from quoth._terminal import terminal_view, wants_colour

        width = min(shutil.get_terminal_size().columns, 100) if out.isatty() else 80
        return terminal_view(doc, width=width, colour=wants_colour(out))
    from quoth._json import dumps

    data = doc.to_dict()
    data["id"] = name
    return dumps(data, indent=2 if form == "json" else None) + "\n"


# --- tables ---------------------------------------------------------------------------------------

_Row = tuple[object, ...]


def _field(value: object) -> str:
    """A value without tabs or newlines: they are written as in C, and a backslash twice."""
    if value is None:
        return ""
    text = str(value).replace("\\", "\\\\").replace("\t", "\\t")
    return text.replace("\n", "\\n").replace("\r", "\\r")


def _sent_rows(nlp: Pipeline, text: str) -> Iterator[_Row]:
    for sentence in nlp.sents(text):
        yield sentence.start_char, sentence.end_char, sentence.text


def _quote_rows(nlp: Pipeline, text: str) -> Iterator[_Row]:
    for quote in nlp.quotes(text):
        yield (
            quote.start_char,
            quote.end_char,
            quote.type,
            quote.speaker.name if quote.speaker is not None else None,
            quote.source.text if quote.source is not None else None,
            quote.cue.text if quote.cue is not None else None,
            quote.text,
        )


def _ent_rows(nlp: Pipeline, text: str) -> Iterator[_Row]:
    for mention in nlp.ents(text):
        yield (
            mention.start_char,
            mention.end_char,
            mention.label_,
            mention.entity.name if mention.entity is not None else None,
            mention.kb_id_,
            mention.text,
        )
