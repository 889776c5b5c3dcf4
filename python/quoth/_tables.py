"""Tables of a corpus: one row for each sentence, quote or mention, in columns that Arrow knows."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from typing import TYPE_CHECKING, Any

from quoth._columns import Column, column_of, ids_of
from quoth._core import Document, Pipeline, Reader, Table
from quoth._extra import extra
from quoth._load import load
from quoth._pipe import Job, check_options, progress_bar, read_jobs, room_for, settle

if TYPE_CHECKING:
    from quoth._core import TableName

__all__ = ["ents_table", "quotes_table", "sents_table", "tables"]

_NAMES: tuple[TableName, ...] = ("sents", "quotes", "ents")
_Errors = str | Callable[[int, Any, Exception], object]
_Texts = Iterable[str | Document] | Document
_Meta = Mapping[str, Iterable[Any]] | Sequence[Mapping[str, Any]]

_pipelines: list[Pipeline] = []  # the one that is used when none is given


def sents_table(
    texts: _Texts,
    ids: Iterable[str] | Iterable[int] | None = None,
    meta: _Meta | None = None,
    *,
    nlp: Pipeline | None = None,
    n_threads: int = 0,
    errors: _Errors = "raise",
    progress: bool | None = None,
) -> Table:
    """One row for each sentence: doc_id, sent_id, para_id, start, end, text; see tables()."""
    read = tables(
        texts,
        ids,
        meta,
        names=("sents",),
        nlp=nlp,
        n_threads=n_threads,
        errors=errors,
        progress=progress,
    )
    return read["sents"]


def quotes_table(
    texts: _Texts,
    ids: Iterable[str] | Iterable[int] | None = None,
    meta: _Meta | None = None,
    *,
    nlp: Pipeline | None = None,
    n_threads: int = 0,
    errors: _Errors = "raise",
    progress: bool | None = None,
) -> Table:
    """One row for each quote: doc_id, quote_id, type, text, start, end, cue, cue_start, cue_end,
    source, source_start, source_end, speaker, speaker_id, score, rule, sent_id, para_id; see
    tables()."""
    read = tables(
        texts,
        ids,
        meta,
        names=("quotes",),
        nlp=nlp,
        n_threads=n_threads,
        errors=errors,
        progress=progress,
    )
    return read["quotes"]


def ents_table(
    texts: _Texts,
    ids: Iterable[str] | Iterable[int] | None = None,
    meta: _Meta | None = None,
    *,
    nlp: Pipeline | None = None,
    n_threads: int = 0,
    errors: _Errors = "raise",
    progress: bool | None = None,
) -> Table:
    """One row for each mention: doc_id, ent_id, text, start, end, label, entity_id, entity, kb_id,
    score, sent_id; see tables()."""
    read = tables(
        texts,
        ids,
        meta,
        names=("ents",),
        nlp=nlp,
        n_threads=n_threads,
        errors=errors,
        progress=progress,
    )
    return read["ents"]


def tables(
    texts: _Texts,
    ids: Iterable[str] | Iterable[int] | None = None,
    meta: _Meta | None = None,
    *,
    names: Iterable[TableName] = _NAMES,
    nlp: Pipeline | None = None,
    n_threads: int = 0,
    errors: _Errors = "raise",
    progress: bool | None = None,
) -> dict[TableName, Table]:
    """Reads a corpus once and gives its tables by name: "sents", "quotes", "ents".

    Numbers are int64, scores float64, and what is absent is null; the columns are always the same.
    Offsets are code points of the text of the row. Text is a slice of the article; a lone
    surrogate, which has no UTF-8, is U+FFFD.

    texts: strings or Documents, as many as memory holds rows for; or one Document.
    ids: what stands in doc_id, str or int, one for each text; None numbers the texts from 0.
    meta: further columns, a value for each text: {"date": [...], "outlet": [...]}, a pandas
        DataFrame, or a list of dicts. Values are str, int, float, bool, date or datetime.
    names: which tables are made; only the stages that they need are run.
    nlp: the pipeline; None is quoth.load("en").
    n_threads, errors, progress: as for Pipeline.pipe(). A text that is left out has no rows.
    """
    if isinstance(texts, Document):
        texts = [texts]
    threads = check_options(texts, n_threads, errors)
    wanted = _check_names(names)
    nlp = nlp if nlp is not None else _shared_pipeline()
    count = len(texts) if isinstance(texts, Sized) else None
    id_column = ids_of(ids) if ids is not None else None
    columns = _meta_columns(meta, wanted) if meta is not None else []
    _check_lengths(count, id_column, columns)
    make_bar = progress_bar(texts) if progress else None
    reader = Reader(nlp, threads, wanted, room_for(threads))
    bar = make_bar() if make_bar is not None else None
    jobs: Iterator[Job] = ((n, text, None) for n, text in enumerate(texts))
    results = read_jobs(nlp, jobs, threads, reader)
    count = 0
    try:
        for job, result in results:
            count += 1
            if bar is not None:
                bar.update()
            if isinstance(result, Exception):
                settle(job, result, errors)
    finally:
        results.close()
        if bar is not None:
            bar.close()
    _check_lengths(count, id_column, columns)
    return {name: reader.finish(name, id_column, tuple(columns)) for name in wanted}


def _shared_pipeline() -> Pipeline:
    if not _pipelines:
        _pipelines.append(load("en"))
    return _pipelines[0]


def _check_names(names: Iterable[str]) -> tuple[TableName, ...]:
    if isinstance(names, str):
        raise TypeError("names: expected a collection of str, got str")
    given = tuple(names)
    for name in given:
        if name not in _NAMES:
            raise ValueError(f"names: expected 'sents', 'quotes' or 'ents', got {name!r}")
    return tuple(name for name in _NAMES if name in given)


def _meta_columns(meta: Any, tables_made: tuple[TableName, ...]) -> list[Column]:
    columns: dict[Any, list[Any]]
    if isinstance(meta, Sequence) and not isinstance(meta, (str, bytes)):
        rows = list(meta)
        names: list[Any] = list(dict.fromkeys(name for row in rows for name in row))
        columns = {name: [row.get(name) for row in rows] for name in names}
    elif not isinstance(meta, (str, bytes)) and hasattr(meta, "keys"):  # a DataFrame, too
        columns = {name: list(meta[name]) for name in meta.keys()}  # noqa: SIM118
    else:
        raise TypeError(f"meta: expected columns by name or dicts, got {type(meta).__name__}")
    own = {name for table in tables_made for name in column_names(table)}
    for name in columns:
        if not isinstance(name, str):
            raise TypeError(f"meta: expected names that are str, got {name!r}")
        if name in own:
            raise ValueError(f"meta: {name!r} is the name of a column of the table itself")
    return [column_of(name, values) for name, values in columns.items()]


def column_names(table: TableName) -> tuple[str, ...]:
    """The columns that a table of this name always has."""
    if table not in _columns:
        reader = Reader(load("en", model=None), 1, (table,), 1)
        _columns[table] = reader.finish(table, None, ()).column_names
    return _columns[table]


_columns: dict[str, tuple[str, ...]] = {}


def _check_lengths(count: int | None, ids: Column | None, columns: list[Column]) -> None:
    if count is None:
        return
    for argument, column in [("ids", ids), *(("meta", column) for column in columns)]:
        if column is not None and len(column[2]) != count:
            raise ValueError(
                f"{argument}: expected a value for each of {count} texts, got {len(column[2])}"
                + (f" in {column[0]!r}" if argument == "meta" else "")
            )


# --- what Table's methods do ----------------------------------------------------------------------


def to_arrow(table: Table) -> Any:
    return extra("pyarrow", "arrow", "to_arrow()").table(table)


def to_polars(table: Table) -> Any:
    return extra("polars", "polars", "to_polars()").DataFrame(table)


def to_pandas(table: Table) -> Any:
    """Columns that may lack values have pandas' own type for that (Int64), always."""
    pandas = extra("pandas", "pandas", "to_pandas()")
    types = dict(zip(table.column_names, table.column_types, strict=True))
    frame = pandas.DataFrame({name: table.column(name) for name in types}, dtype=object)
    for name, (kind, nullable) in types.items():
        if kind in ("l", "b"):
            plain, missing = ("int64", "Int64") if kind == "l" else ("bool", "boolean")
            frame[name] = frame[name].astype(missing if nullable else plain)
        elif kind == "g":
            frame[name] = frame[name].astype("float64")
        elif kind == "tdD":
            frame[name] = pandas.to_datetime(frame[name])
        elif kind.startswith("ts"):
            frame[name] = pandas.to_datetime(frame[name], utc=kind == "tsu:UTC")
        else:
            frame[name] = frame[name].astype("str").where(frame[name].notna(), None)
    return frame


def to_pylist(table: Table) -> list[dict[str, Any]]:
    names = table.column_names
    columns = [table.column(name) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def moments(values: list[int | None], format: str) -> list[Any]:
    """Dates and times of what a column holds: days, or microseconds since 1970."""
    if format == "tdD":
        first = datetime.date(1970, 1, 1).toordinal()
        return [None if v is None else datetime.date.fromordinal(first + v) for v in values]
    zone = datetime.UTC if format.endswith("UTC") else None
    start = datetime.datetime(1970, 1, 1, tzinfo=zone)
    return [None if v is None else start + datetime.timedelta(microseconds=v) for v in values]
