"""Documents before the reader's eyes: in a notebook as HTML, elsewhere as text."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from quoth._core import Document

__all__ = ["show"]


def show(
    docs: Document | Iterable[Document], *, file: str | os.PathLike[str] | None = None
) -> None:
    """Shows one document or several: as HTML in a notebook, as text on a terminal.

    file: where to write them as one HTML page instead.
    """
    documents = [docs] if isinstance(docs, Document) else list(docs)
    for number, doc in enumerate(documents):
        if not isinstance(doc, Document):
            raise TypeError(f"docs[{number}]: expected Document, got {type(doc).__name__}")
    if file is not None:
        from quoth._html import page_of

        with open(file, "w", encoding="utf-8", newline="") as out:
            out.write(page_of(documents))
    elif _in_notebook():
        from IPython.display import display

        for doc in documents:
            display(doc)
    else:
        from quoth._terminal import terminal_view, wants_colour

        colour = wants_colour(sys.stdout)
        print("\n".join(terminal_view(doc, colour=colour) for doc in documents), end="")


def _in_notebook() -> bool:
    """Whether a kernel runs this, so that what is displayed can be HTML."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and getattr(shell, "kernel", None) is not None
