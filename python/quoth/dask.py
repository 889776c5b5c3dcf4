"""Dask: articles of a DataFrame, by map_partitions.

import quoth.dask

quotes = quoth.dask.annotate(frame, text="body", id="url", keep=["date"])
"""

from __future__ import annotations

from typing import Any

from quoth._extra import extra
from quoth.arrow import Annotate

__all__ = ["annotate"]


def annotate(frame: Any, table: Any = "quotes", **settings: Any) -> Any:
    """The quotes (sentences, mentions) of a DataFrame, as one; see quoth.arrow.Annotate."""
    extra("dask.dataframe", "dask", "quoth.dask")
    call = Annotate(table, **settings)
    partition = _Partition(call)
    meta = partition(frame._meta.iloc[:0])
    return frame.map_partitions(partition, meta=meta)


class _Partition:
    """What a worker calls: a pandas DataFrame in, one out, with the same types for every part."""

    def __init__(self, call: Annotate) -> None:
        self.call = call

    def __call__(self, part: Any) -> Any:
        pa = extra("pyarrow", "dask", "quoth.dask")
        pd = extra("pandas", "dask", "quoth.dask")
        call = self.call
        names = list(dict.fromkeys([call.text, *([call.id] if call.id else []), *call.keep]))
        batch = pa.Table.from_pandas(part[names], preserve_index=False)
        if pa.types.is_null(batch.schema.field(call.text).type):
            at = batch.schema.get_field_index(call.text)
            batch = batch.set_column(at, call.text, batch.column(at).cast(pa.string()))
        rows = call(batch)
        frame = rows.to_pandas(types_mapper=_types(pa, pd))
        for name in [*(["doc_id"] if call.id else []), *call.keep]:
            frame[name] = frame[name].astype(part[call.id if name == "doc_id" else name].dtype)
        return frame


def _types(pa: Any, pd: Any) -> Any:
    """Types of pandas that hold nulls, so that a part without any has the same as others."""
    return {
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.string(): pd.StringDtype(),
    }.get
