"""Shards: the results of some thousand texts, written whole or not at all.

JSON Lines has one file for a shard, with a record for each text; Parquet has one for each table, in
folders of their names, so that `OUT/quotes/*.parquet` is a table.
"""

from __future__ import annotations

import contextlib
import glob
import json
import os
from collections.abc import Generator, Iterator
from typing import IO, TYPE_CHECKING, Any, Protocol

from quoth._core import Document, Pipeline, Reader
from quoth._extra import extra
from quoth._json import dumps
from quoth._pipe import Job, read_jobs, room_for
from quoth.run.journal import sync_folder
from quoth.run.records import Record

if TYPE_CHECKING:
    from quoth._core import TableName

__all__ = ["JsonLines", "Parquet", "Writer"]


class Writer(Protocol):
    """Where results go. Texts are numbered within their group."""

    def read(
        self, nlp: Pipeline, jobs: Iterator[Job], threads: int
    ) -> Generator[tuple[Job, Any], None, None]:
        """Reads the jobs in the way that suits the writer."""
        ...

    def add(self, record: Record, result: Document | None) -> None:
        """The next text of the shard; None: it is bad, or its rows are with the reader."""
        ...

    def end_group(self) -> None:
        """Ends a group of texts: what is held of them in memory goes to the shard's files."""
        ...

    def commit(self, shard: int) -> None:
        """Ends the group and the shard: its files are on the disk, under their names."""
        ...

    def clean(self, shards: int) -> None:
        """Removes what is there beyond so many complete shards."""
        ...


class JsonLines:
    """One JSON object for each text, as Document.to_dict() has it, with its id and metadata."""

    def __init__(self, folder: str, with_text: bool) -> None:
        self.folder = folder
        self.with_text = with_text
        self.file: IO[bytes] | None = None

    def read(
        self, nlp: Pipeline, jobs: Iterator[Job], threads: int
    ) -> Generator[tuple[Job, Any], None, None]:
        return read_jobs(nlp, jobs, threads)

    def clean(self, shards: int) -> None:
        _remove_beyond(self.folder, shards, ".jsonl")

    def add(self, record: Record, result: Document | None) -> None:
        if result is None:
            return
        data = result.to_dict(include_text=self.with_text)
        data["id"] = record.id
        data["meta"] = record.meta
        self._open().write(dumps(data).encode("utf-8", "replace") + b"\n")

    def end_group(self) -> None:
        pass  # nothing is held

    def _open(self) -> IO[bytes]:
        if self.file is None:
            self.file = open(os.path.join(self.folder, "part.tmp"), "wb")  # noqa: SIM115
        return self.file

    def commit(self, shard: int) -> None:
        file = self._open()
        self.file = None
        with file:
            file.flush()
            os.fsync(file.fileno())
        os.replace(file.name, os.path.join(self.folder, f"{_part(shard)}.jsonl"))
        sync_folder(self.folder)


class Parquet:
    """The tables of the texts, with the id of the text as doc_id; kept fields are str."""

    def __init__(self, folder: str, tables: tuple[TableName, ...], keep: tuple[str, ...]) -> None:
        self.folder = folder
        self.tables = tables
        self.keep = keep
        self.parquet = extra("pyarrow.parquet", "arrow", "--format parquet")
        self.ids: list[str] = []
        self.kept: list[list[str | None]] = [[] for _ in keep]
        self.open: dict[str, tuple[IO[bytes], Any]] = {}  # the files of the shard

    def read(
        self, nlp: Pipeline, jobs: Iterator[Job], threads: int
    ) -> Generator[tuple[Job, Any], None, None]:
        self.reader = Reader(nlp, threads, self.tables, room_for(threads))
        return read_jobs(nlp, jobs, threads, self.reader)

    def clean(self, shards: int) -> None:
        for table in self.tables:
            os.makedirs(os.path.join(self.folder, table), exist_ok=True)
            _remove_beyond(os.path.join(self.folder, table), shards, ".parquet")

    def add(self, record: Record, result: Document | None) -> None:
        self.ids.append(record.id)
        for values, name in zip(self.kept, self.keep, strict=True):
            value = record.meta.get(name)
            plain = value is None or isinstance(value, str)
            values.append(value if plain else json.dumps(value, default=str, ensure_ascii=False))

    def end_group(self) -> None:
        """The rows become a row group, or several if a table has a million of them."""
        more = tuple((n, "u", values) for n, values in zip(self.keep, self.kept, strict=True))
        for name in self.tables:
            table = self.reader.finish(name, ("doc_id", "u", self.ids), more).to_arrow()
            if name not in self.open:
                file = open(os.path.join(self.folder, name, "part.tmp"), "wb")  # noqa: SIM115
                writer = self.parquet.ParquetWriter(file, table.schema, compression="zstd")
                self.open[name] = file, writer
            self.open[name][1].write_table(table)
        self.ids = []
        self.kept = [[] for _ in self.keep]

    def commit(self, shard: int) -> None:
        if self.ids or not self.open:
            self.end_group()
        for name, (file, writer) in self.open.items():
            with file:
                writer.close()
                file.flush()
                os.fsync(file.fileno())
            folder = os.path.join(self.folder, name)
            os.replace(file.name, os.path.join(folder, f"{_part(shard)}.parquet"))
            sync_folder(folder)
        self.open = {}


def _part(shard: int) -> str:
    return f"part-{shard:06d}"


def _remove_beyond(folder: str, shards: int, ending: str) -> None:
    for path in glob.glob(os.path.join(glob.escape(folder), "part*")):
        number, found = os.path.splitext(os.path.basename(path)[len("part-") :])
        if not (found == ending and number.isdecimal() and int(number) < shards):
            with contextlib.suppress(FileNotFoundError):
                os.remove(path)
