"""The texts that commands are given: files, or standard input as "-"."""

from __future__ import annotations

import sys

__all__ = ["Problem", "read_text"]


class Problem(Exception):
    """Something to be told in one line, with exit status 1."""


def read_text(name: str) -> str:
    """The characters of a file as they are, so that offsets are those of the file.

    Of a web page that was saved (.html, .htm) it is the text of the article. Problem says why a
    file has no text.
    """
    try:
        if name == "-":
            data = sys.stdin.buffer.read()
        else:
            with open(name, "rb") as file:
                data = file.read()
    except OSError as error:
        raise Problem(f"{name}: {error.strerror or error}") from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        raise Problem(f"{name}: not UTF-8: byte 0x{byte:02x} at byte {error.start}") from None
    return _article(text, name) if name.lower().endswith((".html", ".htm")) else text


def _article(page: str, name: str) -> str:
    from quoth.run.web import article_of

    try:
        text = article_of(page, name)
    except ImportError as error:
        raise Problem(str(error)) from None
    if text is None:
        raise Problem(f"{name}: no article was found in the page")
    return text
