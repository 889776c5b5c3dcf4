"""Polars: articles of a DataFrame or of a LazyFrame, which is read in batches.

import quoth.polars

quotes = quoth.polars.annotate(frame, text="body", id="url", keep=["date"])
"""

from __future__ import annotations

from typing import Any

from quoth._extra import extra
from quoth.arrow import Annotate

__all__ = ["annotate"]


def annotate(frame: Any, table: Any = "quotes", *, n_threads: int = 0, **settings: Any) -> Any:
    """The frame of the quotes (sentences, mentions) of a frame; see quoth.arrow.Annotate.

    A DataFrame gives a DataFrame; a LazyFrame one that reads when it is collected.
    """
    pl = extra("polars", "polars", "quoth.polars")
    call = Annotate(table, n_threads=n_threads, **settings)
    part = _Part(call)
    if isinstance(frame, pl.LazyFrame):
        empty = part(frame.collect_schema().to_frame())
        return frame.map_batches(part, schema=empty.schema, streamable=True)
    return part(frame)


class _Part:
    def __init__(self, call: Annotate) -> None:
        self.call = call

    def __call__(self, frame: Any) -> Any:
        pl = extra("polars", "polars", "quoth.polars")
        return pl.DataFrame(self.call(frame.to_arrow()))
