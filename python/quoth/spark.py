"""Spark: articles of a DataFrame, by mapInArrow.

    import quoth.spark

    quotes = quoth.spark.annotate(articles, text="body", id="url", keep=["date"])

quoth and pyarrow have to be installed where the workers run. Nothing is sent there but settings:
each Python worker makes its pipeline once, and the workers of a machine share the mapped model.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quoth._extra import extra
from quoth.arrow import Annotate

__all__ = ["annotate"]


def annotate(frame: Any, table: Any = "quotes", **settings: Any) -> Any:
    """The quotes (sentences, mentions) of a DataFrame, as one; see quoth.arrow.Annotate."""
    types = extra("pyspark.sql.pandas.types", "spark", "quoth.spark")
    call = Annotate(table, **settings)
    names = list(dict.fromkeys([call.text, *([call.id] if call.id else []), *call.keep]))
    frame = frame.select(*names)
    schema = types.from_arrow_schema(call.schema(types.to_arrow_schema(frame.schema)))
    return frame.mapInArrow(_Batches(call), schema)


class _Batches:
    """What mapInArrow calls in a worker."""

    def __init__(self, call: Annotate) -> None:
        self.call = call

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            yield from self.call(batch).to_batches()
