"""The page of the manual, quoth(1), from the parsers of the commands.

python -m quoth._manual > docs/quoth.1
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator

from quoth._commands import COMMANDS, parser_for
from quoth._core import __version__

__all__ = ["manual"]


def manual() -> str:
    """The page, in the macros of man(7)."""
    view = parser_for([])
    lines = [
        f'.TH QUOTH 1 "" "quoth {__version__}" "User Commands"',
        ".SH NAME",
        "quoth \\- reads news articles: which sentences, who said what, who is named",
        ".SH SYNOPSIS",
        "\\fBquoth\\fR [options] \\fIFILE\\fR...",
        ".br",
        "\\fBquoth\\fR \\fICOMMAND\\fR ...",
        ".SH DESCRIPTION",
        "Prints what is in an article, for reading, or as data or a page. A \\fIFILE\\fR is a text",
        "in UTF\\-8; \\- is standard input. Results go to standard output, everything else to",
        "standard error.",
        ".SH OPTIONS",
        *_options(view),
        ".SH COMMANDS",
    ]
    for name, command in COMMANDS.items():
        for words in [[name, part] for part in command.parts] or [[name]]:
            parser = parser_for(words)
            lines += [f'.SS "quoth {_text(" ".join(words))}"', _text(parser.description or "")]
            lines += [".PP", _usage(parser), *_options(parser)]
            lines += _epilog(parser.epilog or "", ".PP")
    lines += _epilog((view.epilog or "").partition("\n\n")[2], ".SH")
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """Plain words: nothing in them is a macro or an escape."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return re.sub(r"(?m)^\.", "\\\\&.", escaped)


def _usage(parser: argparse.ArgumentParser) -> str:
    required = [a for a in parser._actions if a.required and a.option_strings]
    words = [_text(parser.prog)]
    words += [f"{_text(a.option_strings[-1])} \\fI{_value(a)}\\fR" for a in required]
    words.append("[options]")
    for action in parser._actions:
        if not action.option_strings:
            words.append(f"\\fI{_value(action)}\\fR{'...' if action.nargs == '+' else ''}")
    return " ".join(words)


def _value(action: argparse.Action) -> str:
    if action.metavar is not None:
        return _text(str(action.metavar))
    return "|".join(map(str, action.choices or (action.dest.upper(),)))


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        value = "" if action.nargs == 0 else f" \\fI{_value(action)}\\fR"
        names = ", ".join(f"\\fB{_text(name)}\\fR" for name in action.option_strings)
        yield ".TP"
        yield f"{names}{value}" if names else f"\\fI{_value(action)}\\fR"
        yield _text(action.help or "")


def _epilog(epilog: str, heading: str) -> Iterator[str]:
    """Paragraphs; one that ends in a colon is the title of the lines below it."""
    for block in filter(None, epilog.split("\n\n")):
        first, _, rest = block.partition("\n")
        if first.endswith(":"):
            title = first[:-1]
            yield f'.SH "{_text(title.upper())}"' if heading == ".SH" else f".PP\n{_text(title)}:"
            yield ".nf\n" + _text(rest.rstrip("\n")) + "\n.fi"
        else:
            yield ".PP\n" + _text(block.rstrip("\n"))


if __name__ == "__main__":
    sys.stdout.write(manual())
