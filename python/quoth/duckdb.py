"""DuckDB: functions for SQL.

    import duckdb, quoth.duckdb

    connection = duckdb.connect()
    quoth.duckdb.register(connection)
    connection.sql("SELECT id, unnest(quotes(body), recursive := true) FROM articles")

``quotes(text)``, ``sents(text)`` and ``ents(text)`` give a list of structs, one for each row that
quoth.quotes_table() and its kin have; a null, an empty list of none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quoth._extra import extra
from quoth.arrow import Annotate

__all__ = ["register"]

_NAMES: Any = ("sents", "quotes", "ents")


def register(
    connection: Any,
    *,
    prefix: str = "",
    errors: Any = "raise",
    options: Mapping[str, Any] | None = None,
    n_threads: int = 1,
) -> None:
    """Gives a connection the functions quotes(), sents() and ents(), with a prefix to their names.

    errors, options, n_threads: as in quoth.arrow.Annotate; DuckDB itself calls from many threads.
    """
    duckdb = extra("duckdb", "duckdb", "quoth.duckdb")
    for name in _NAMES:
        call = Annotate(name, "text", errors=errors, options=options or {}, n_threads=n_threads)
        lists = _Lists(call)
        connection.create_function(
            f"{prefix}{name}",
            lists,
            [duckdb.typing.VARCHAR] if hasattr(duckdb, "typing") else ["VARCHAR"],
            lists.sql_type(),
            type="arrow",
            null_handling="special",
        )


class _Lists:
    """A column of texts in, a column of lists of structs out."""

    def __init__(self, call: Annotate) -> None:
        self.call = call
        pa = extra("pyarrow", "duckdb", "quoth.duckdb")
        rows = call.schema(pa.schema([("text", pa.string())]))
        self.fields = [f for f in rows if f.name != "doc_id"]

    def sql_type(self) -> Any:
        names = {"int64": "BIGINT", "double": "DOUBLE", "string": "VARCHAR"}
        columns = ", ".join(f'"{f.name}" {names[str(f.type)]}' for f in self.fields)
        return f"STRUCT({columns})[]"

    def __call__(self, texts: Any) -> Any:
        pa = extra("pyarrow", "duckdb", "quoth.duckdb")
        column = texts if isinstance(texts, pa.ChunkedArray) else pa.chunked_array([texts])
        rows = self.call(pa.table({"text": column}))
        numbers = rows.column("doc_id").to_numpy()
        structs = pa.StructArray.from_arrays(
            [rows.column(f.name).combine_chunks() for f in self.fields], fields=self.fields
        )
        import numpy

        ends = numpy.searchsorted(numbers, numpy.arange(len(column) + 1))
        return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), structs)
