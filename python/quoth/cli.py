"""The command quoth: an article in, a readable view, JSON, HTML or tab-separated lines out.

Results go to standard output, problems to standard error. Exit status: 0 all was read, 1 a file
could not be read or written, 2 the command line is wrong.
"""

from __future__ import annotations

import argparse
import difflib
import io
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import TextIO

from quoth._commands import COMMANDS
from quoth._core import Document, Pipeline, __version__
from quoth._files import Problem, read_text

__all__ = [
    "explain_command",
    "explain_parser",
    "main",
    "table_command",
    "table_parser",
    "view_parser",
]

_COLUMNS = {
    "sents": ("start", "end", "text"),
    "quotes": ("start", "end", "type", "speaker", "source", "cue", "text"),
    "ents": ("start", "end", "label", "entity", "kb_id", "text"),
}
_EPILOG = """\
commands (quoth help COMMAND, or quoth COMMAND --help, says more):
{commands}

examples:
  quoth article.txt                         who said what, for reading
  quoth -f html article.txt > article.html  the same as a page
  quoth quotes article.txt | cut -f 4,7     speakers and their words
  quoth run archive/ -o results/ -f parquet
  quoth convert --to brat -o folder/ *.txt
  quoth explain article.txt:120
  quoth page.html                           a saved page; needs quoth[html]
  source <(quoth completion bash)           zsh and fish, too

exit status:
  0  all was read
  1  a file could not be read or written, with the reason on standard error
  2  the command line is wrong
  130  interrupted
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command with the given arguments (those of the process by default)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:], "--help"]
    try:
        command = COMMANDS.get(arguments[0]) if arguments else None
        if command is not None:
            status = command.run(arguments[0], arguments[1:])
        else:
            status = _view_command(arguments)
        sys.stdout.flush()
    except OSError as error:
        if error.filename is not None and not isinstance(error, BrokenPipeError):
            print(f"quoth: {error.filename}: {error.strerror or error}", file=sys.stderr)
            return 1
        # Python would complain again when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # whoever was reading has just gone
            print(f"quoth: cannot write: {error.strerror or error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except Problem as problem:
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


def view_parser() -> argparse.ArgumentParser:
    commands = "\n".join(f"  {name:<14} {command.what}" for name, command in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="quoth",
        usage="quoth [options] FILE...\n       quoth COMMAND ...",
        description="Reads news articles: which sentences, who said what, who is named.",
        epilog=_EPILOG.format(commands=commands),
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
    return parser


def _view_command(arguments: list[str]) -> int:
    parser = view_parser()
    options = parser.parse_args(arguments)
    first = options.files[0]
    meant = difflib.get_close_matches(first, COMMANDS, 1)
    if meant and not os.path.exists(first):
        parser.error(f"{first} is neither a file nor a command; is {meant[0]} meant?")
    if len(options.files) > 1 and options.format in ("json", "html"):
        parser.error(f"--format {options.format} takes one FILE")
    nlp = _pipeline(options)
    with _Output(options.output, options.format) as out:
        return _each_file(options.files, nlp, options.format, out)


def table_parser(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"quoth {name}",
        description=f"{COMMANDS[name].what.capitalize()}: one on each line, tab-separated.",
        epilog=f"columns:\n  {' '.join(_COLUMNS[name])}\n\n"
        "Offsets are in code points of the file, from 0, the end exclusive. In a field, \\t, \\n,\n"
        "\\r and \\\\ stand for a tab, a newline, a carriage return and a backslash.\n",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="an article in UTF-8; - is stdin")
    parser.add_argument("--header", action="store_true", help="first a line with the columns")
    _common(parser)
    return parser


def table_command(name: str, arguments: list[str]) -> int:
    options = table_parser(name).parse_args(arguments)
    nlp = _pipeline(options)
    text = read_text(options.file)
    rows = {"sents": _sent_rows, "quotes": _quote_rows, "ents": _ent_rows}[name](nlp, text)
    with _Output(options.output, name) as out:
        if options.header:
            out.write("\t".join(_COLUMNS[name]) + "\n")
        for row in rows:
            out.write("\t".join(map(_field, row)) + "\n")
    return 0


def explain_parser(_: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quoth explain",
        description="Tells what is at a place of an article, and why; and what lost there.",
    )
    parser.add_argument(
        "place", metavar="FILE:OFFSET", help="an article in UTF-8, - is stdin; a code point of it"
    )
    parser.add_argument("--rules", metavar="TOML", help="terms and patterns of your own")
    _common(parser)
    return parser


def explain_command(name: str, arguments: list[str]) -> int:
    from quoth._explain_command import explain_lines, offset_of

    parser = explain_parser(name)
    stdin = [argument for argument in arguments if argument.startswith("-:")]  # is no option
    others = [argument for argument in arguments if argument not in stdin]
    options = parser.parse_args([*others, "--", *stdin] if stdin else others)
    place = offset_of(options.place)
    if place is None:
        parser.error(f"expected FILE:OFFSET, got {options.place}")
    nlp = _pipeline(options)
    if options.rules is not None:
        from quoth._rules import with_rules

        try:
            nlp = with_rules(nlp, options.rules)
        except OSError as error:
            raise Problem(f"{options.rules}: {error.strerror or error}") from None
        except ValueError as error:
            raise Problem(str(error)) from None
    file, at = place
    lines = list(explain_lines(nlp, nlp(read_text(file)), at))
    if not lines:
        raise Problem(f"{file}: nothing is at {at}")
    with _Output(options.output, "explain") as out:
        for line in lines:
            out.write(line + "\n")
    return 0


def _pipeline(options: argparse.Namespace) -> Pipeline:
    return Pipeline("en", newlines=options.newlines, split_in_quotes=not options.keep_quotes_whole)


# --- files ----------------------------------------------------------------------------------------


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
            raise Problem(f"{self.name}: {error.strerror or error}") from None
        return self.stream

    def __exit__(self, *_: object) -> None:
        if self.name is not None:
            self.stream.close()


def _each_file(names: list[str], nlp: Pipeline, form: str, out: TextIO) -> int:
    status = 0
    for number, name in enumerate(names):
        try:
            doc = nlp(read_text(name))
        except Problem as problem:
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
