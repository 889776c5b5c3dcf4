"""Articles in Arrow batches: the one function that every engine calls.

    import quoth.arrow

    rows = quoth.arrow.annotate(batch, text="body", id="url", keep=["date"])

In: a pyarrow RecordBatch or Table with a column of texts. Out: a pyarrow Table of quotes, sentences
or mentions, with the schema that ``schema()`` tells beforehand; it is the same for every batch, an
empty one too. The function is pure: the rows of a text depend on that text alone. The pipeline is
made once in each process, from settings that are plain values, so that a call can be sent anywhere.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from quoth._core import Pipeline, Reader
from quoth._extra import extra
from quoth._pipe import Job, check_options, read_jobs, room_for
from quoth._tables import column_names

if TYPE_CHECKING:
    from quoth._core import TableName

__all__ = ["Annotate", "annotate", "schema"]

Errors = Literal["raise", "null", "skip"]
_MADE = "doc_id"  # the column that is the id


@dataclass(frozen=True)
class Annotate:
    """A call of annotate() with all but the batch: picklable, and callable on a batch.

    table: "quotes", "sents" or "ents".
    text: the column with the texts: string, large_string, string_view, or a dictionary of one.
    id: the column that becomes doc_id, of any type; None: the number of the row in the batch.
    keep: columns of any type that are carried along, behind those of the table.
    errors: what becomes of a text that cannot be read. "raise" raises; "skip" leaves it out; "null"
        gives one row with its id and nothing else, so that it is found. A null is a text that is
        not there: it has no rows, without being an error.
    options: arguments of quoth.load(), as plain values: {"newlines": "break"}.
    n_threads: for one batch; engines run several workers, so 1 is the default.
    """

    table: TableName = "quotes"
    text: str = "text"
    id: str | None = None
    keep: Sequence[str] = ()
    errors: Errors = "raise"
    options: Mapping[str, Any] = field(default_factory=dict)
    n_threads: int = 1

    def __post_init__(self) -> None:
        if self.table not in ("sents", "quotes", "ents"):
            raise ValueError(f"table: expected 'sents', 'quotes' or 'ents', got {self.table!r}")
        if self.errors not in ("raise", "null", "skip"):
            raise ValueError(f"errors: expected 'raise', 'null' or 'skip', got {self.errors!r}")
        if isinstance(self.keep, str):
            raise TypeError("keep: expected a collection of str, got str")
        object.__setattr__(self, "keep", tuple(self.keep))
        object.__setattr__(self, "options", dict(self.options))
        check_options([], self.n_threads, "raise")
        for name in self.keep:
            if name in column_names(self.table):
                raise ValueError(f"keep: {name!r} is the name of a column of the table itself")

    def __call__(self, batch: Any) -> Any:
        pa = extra("pyarrow", "arrow", "quoth.arrow")
        for name in (self.text, self.id, *self.keep):
            if name is not None and name not in batch.schema.names:
                raise KeyError(f"no column {name!r} among {', '.join(batch.schema.names)}")
        texts = _strings(pa, batch, self.text)
        threads = check_options([], self.n_threads, "raise")
        reader = Reader(_pipeline(self.options), threads, (self.table,), room_for(threads))
        failed = self._read(reader, texts, threads)
        numbers = reader.finish(self.table, None, ()).to_arrow()
        if failed:
            numbers = _with_failed(pa, numbers, failed)
        return self._joined(pa, numbers, batch)

    def _read(self, reader: Reader, texts: list[str | None], threads: int) -> list[int]:
        """Fills the reader; the numbers of the texts for which "null" rows are wanted."""
        jobs: Iterator[Job] = ((n, text, None) for n, text in enumerate(texts) if text is not None)
        failed: list[int] = []
        results = read_jobs(_pipeline(self.options), jobs, threads, reader)
        try:
            for job, result in results:
                if not isinstance(result, Exception):
                    continue
                if self.errors == "raise":
                    result.add_note(f"while reading row {job[0]} of a batch (counted from 0)")
                    raise result
                failed += [job[0]] if self.errors == "null" else []
        finally:
            results.close()
        return failed

    def _joined(self, pa: Any, numbers: Any, batch: Any) -> Any:
        """The rows with the ids and the kept columns of their texts."""
        rows = numbers.column(_MADE)
        columns = dict(zip(numbers.schema.names, numbers.columns, strict=True))
        if self.id is not None:
            columns[_MADE] = _plain(pa, batch, self.id).take(rows)
        for name in self.keep:
            columns[name] = _plain(pa, batch, name).take(rows)
        return pa.table(list(columns.values()), schema=self.schema(batch.schema))

    def schema(self, input: Any) -> Any:
        """The schema of the result for batches of this schema; every field may be null."""
        pa = extra("pyarrow", "arrow", "quoth.arrow")
        fields = [pa.field(f.name, f.type) for f in _empty(self.table).to_arrow().schema]
        if self.id is not None:
            fields[0] = pa.field(_MADE, _plain_type(input.field(self.id).type))
        fields += [pa.field(name, _plain_type(input.field(name).type)) for name in self.keep]
        return pa.schema(fields)


def annotate(
    batch: Any,
    table: TableName = "quotes",
    *,
    text: str = "text",
    id: str | None = None,
    keep: Sequence[str] = (),
    errors: Errors = "raise",
    options: Mapping[str, Any] | None = None,
    n_threads: int = 1,
) -> Any:
    """The quotes (sentences, mentions) of a batch of texts as a pyarrow.Table; see Annotate."""
    return Annotate(table, text, id, keep, errors, options or {}, n_threads)(batch)


def schema(
    input: Any, table: TableName = "quotes", *, id: str | None = None, keep: Sequence[str] = ()
) -> Any:
    """The schema of what annotate() gives for batches of the schema input."""
    return Annotate(table, id=id, keep=keep).schema(input)


# --- once in a process ----------------------------------------------------------------------------

_pipelines: dict[str, Pipeline] = {}
_lock = threading.Lock()


def _pipeline(options: Mapping[str, Any]) -> Pipeline:
    """The pipeline of these options, made when it is first wanted in this process."""
    key = repr(sorted(options.items(), key=lambda item: item[0]))
    nlp = _pipelines.get(key)
    if nlp is None:
        from quoth._load import load

        with _lock:
            nlp = _pipelines.setdefault(key, load(**options))
    return nlp


def _empty(table: TableName) -> Any:
    return Reader(_pipeline({}), 1, (table,), 1).finish(table, None, ())


# --- columns --------------------------------------------------------------------------------------


def _plain_type(kind: Any) -> Any:
    """Views and dictionaries become what they are of: not every engine and function knows them."""
    pa = extra("pyarrow", "arrow", "quoth.arrow")
    if pa.types.is_dictionary(kind):
        return _plain_type(kind.value_type)
    return pa.string() if str(kind) == "string_view" else kind


def _plain(pa: Any, batch: Any, name: str) -> Any:
    column = batch.column(name)
    kind = _plain_type(column.type)
    return column if column.type == kind else column.cast(kind)


def _strings(pa: Any, batch: Any, name: str) -> list[str | None]:
    column = _plain(pa, batch, name)
    if pa.types.is_null(column.type):
        return [None] * len(column)
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        raise TypeError(f"text: expected strings in column {name!r}, got {column.type}")
    strings: list[str | None] = column.to_pylist()
    return strings


def _with_failed(pa: Any, table: Any, failed: list[int]) -> Any:
    """The table with a row for each of these texts: their number, and nothing else."""
    nulls = {f.name: pa.nulls(len(failed), f.type) for f in table.schema}
    nulls[_MADE] = pa.array(failed, pa.int64())
    fields = pa.schema([pa.field(f.name, f.type) for f in table.schema])
    rows = pa.concat_tables(
        [pa.table(table.columns, schema=fields), pa.table(nulls, schema=fields)]
    )
    return rows.take(pa.compute.sort_indices(rows, [(_MADE, "ascending")]))
