"""What ``quoth run`` reads: JSON Lines, CSV, Parquet and plain text, compressed or not.

In: paths of files and folders. Out: Records, one after the other, in an order that is the same each
time, from any Place on. A record that is damaged comes as one with an error; so does a file that
cannot be read (any further). Memory is bounded: one record, or one batch of rows, at a time.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import IO, Any

from quoth._extra import extra
from quoth.run.records import Fields, Place, Record

__all__ = ["Inputs", "expand"]

LINE_MOST = 256 * 1024 * 1024  # bytes of a record; a longer one is an error
_ROWS = 256  # of Parquet at once
_LINES = (".jsonl", ".ndjson")
_PACKED = (".gz", ".zst")
_ENDINGS = (*_LINES, ".csv", ".parquet", ".txt", ".html", ".htm")


def _kind(path: str) -> str:
    """The ending that says what is in a file, without that of its compression."""
    root, ending = os.path.splitext(path.lower())
    return os.path.splitext(root)[1] if ending in _PACKED else ending


def expand(paths: list[str]) -> list[str]:
    """The files that paths name, of folders all those that can be read, in the order of names.

    FileNotFoundError or ValueError tells which path is wrong.
    """
    files: list[str] = []
    for path in paths:
        if path == "-":
            files.append(path)
        elif os.path.isdir(path):
            found = [
                os.path.join(folder, name)
                for folder, _, names in os.walk(path)
                for name in names
                if _kind(name) in _ENDINGS
            ]
            if not found:
                raise ValueError(f"{path}: no file that ends in {', '.join(_ENDINGS)}")
            files += sorted(found)
        elif not os.path.exists(path):
            raise FileNotFoundError(f"{path}: No such file or directory")
        elif _kind(path) not in _ENDINGS:
            raise ValueError(f"{path}: expected a name that ends in {', '.join(_ENDINGS)}")
        else:
            files.append(path)
    return files


class Inputs:
    """The records of files. done and total tell, in bytes, how much of them has been read."""

    def __init__(self, files: list[str], fields: Fields) -> None:
        self.files = files
        self.fields = fields
        self.sizes = [0 if name == "-" else os.path.getsize(name) for name in files]
        self.total = sum(self.sizes)
        self.done = 0

    def records(self, start: Place) -> Iterator[Record]:
        for number in range(start.file, len(self.files)):
            before = sum(self.sizes[:number])
            self.done = before
            place = start if number == start.file else Place(number)
            yield from self._file(number, place, before)
        self.done = self.total

    def _file(self, file: int, start: Place, before: int) -> Iterator[Record]:
        name = self.files[file]
        after = Place(file, start.record)
        kind = ".jsonl" if name == "-" else _kind(name)
        read: Callable[[int, Place, int], Iterator[Record]] = {
            ".csv": self._csv,
            ".parquet": self._parquet,
            ".txt": self._text,
            ".html": self._text,
            ".htm": self._text,
        }.get(kind, self._lines)
        try:
            for record in read(file, start, before):
                after = record.after
                yield record
        except ImportError:
            raise  # not a fault of the file
        except Exception as error:  # of whatever library reads it
            reason = f"{type(error).__name__}: {error}"
            yield Record(name, None, name, after.record, Place(file + 1), reason)

    def _lines(self, file: int, start: Place, before: int) -> Iterator[Record]:
        name = self.files[file]
        with _open(name) as (stream, raw):
            number = start.record
            if start.byte is not None and stream is raw and raw.seekable():
                raw.seek(start.byte)
            else:
                for _ in range(number):
                    _read_line(stream)
            offset = start.byte if start.byte is not None else 0
            while line := _read_line(stream):
                offset += line.size
                self.done = before + (raw.tell() if raw.seekable() else 0)
                after = Place(file, number + 1, offset if stream is raw else None)
                if line.data.strip() or line.too_long:
                    yield self._line(line, name, number, after)
                number += 1

    def _line(self, line: _Line, name: str, number: int, after: Place) -> Record:
        error = f"longer than {LINE_MOST} bytes"
        if not line.too_long:
            try:
                data = json.loads(line.data.decode("utf-8-sig" if number == 0 else "utf-8"))
                return self.fields.record(data, name, number, after)
            except UnicodeDecodeError as problem:
                error = f"not UTF-8: byte 0x{line.data[problem.start]:02x} at {problem.start}"
            except (ValueError, RecursionError) as problem:
                error = f"not JSON: {problem}"
        return Record(f"{name}:{number}", None, name, number, after, error)

    def _csv(self, file: int, start: Place, before: int) -> Iterator[Record]:
        name = self.files[file]
        csv.field_size_limit(LINE_MOST)
        with _open(name) as (stream, raw):
            text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
            for number, row in enumerate(csv.DictReader(text)):
                self.done = before + raw.tell()
                if number >= start.record:
                    yield self.fields.record(row, name, number, Place(file, number + 1))
            text.detach()

    def _parquet(self, file: int, start: Place, before: int) -> Iterator[Record]:
        name = self.files[file]
        parquet = extra("pyarrow.parquet", "arrow", name)
        with parquet.ParquetFile(name) as source:
            total = source.metadata.num_rows
            number, groups = _skip_groups(source.metadata, start.record)
            names = {self.fields.text, self.fields.id, *self.fields.keep}
            columns = [column for column in source.schema_arrow.names if column in names]
            batches = source.iter_batches(_ROWS, row_groups=groups, columns=columns)
            for batch in batches:
                self.done = before + int(self.sizes[file] * number / max(total, 1))
                rows = batch.to_pylist() if number + len(batch) > start.record else []
                for i, row in enumerate(rows, number):
                    if i >= start.record:
                        yield self.fields.record(row, name, i, Place(file, i + 1))
                number += len(batch)

    def _text(self, file: int, start: Place, before: int) -> Iterator[Record]:
        name = self.files[file]
        if start.record > 0:
            return
        after = Place(file + 1)
        with _open(name) as (stream, _):
            data = stream.read()
        self.done = before + self.sizes[file]
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            error = f"not UTF-8: byte 0x{data[problem.start]:02x} at {problem.start}"
            yield Record(name, None, name, 0, after, error)
            return
        if _kind(name) in (".html", ".htm"):
            from quoth.run.web import article_of

            page = article_of(text, name)
            missing = "no article was found in the page" if page is None else None
            yield Record(name, page, name, 0, after, missing)
            return
        yield Record(name, text, name, 0, after)


def _skip_groups(metadata: Any, records: int) -> tuple[int, list[int]]:
    """The row groups from that on in which a row lies, and the number of its first row."""
    number = 0
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group).num_rows
        if number + rows > records:
            return number, list(range(group, metadata.num_row_groups))
        number += rows
    return number, []


# --- bytes ----------------------------------------------------------------------------------------


class _Line:
    __slots__ = ("data", "size", "too_long")

    def __init__(self, data: bytes, size: int, too_long: bool) -> None:
        self.data = data
        self.size = size
        self.too_long = too_long


def _read_line(stream: IO[bytes]) -> _Line | None:
    data = stream.readline(LINE_MOST + 1)
    if not data:
        return None
    size = len(data)
    if size <= LINE_MOST or data.endswith(b"\n"):
        return _Line(data, size, False)
    while rest := stream.readline(1 << 20):
        size += len(rest)
        if rest.endswith(b"\n"):
            break
    return _Line(b"", size, True)


class _open:
    """A file opened for its bytes: as they are unpacked, and as they are."""

    def __init__(self, name: str) -> None:
        self.raw: IO[bytes] = sys.stdin.buffer if name == "-" else open(name, "rb")  # noqa: SIM115
        self.stream: Any = self.raw
        lower = name.lower()
        if lower.endswith(".gz"):
            import gzip

            self.stream = gzip.GzipFile(fileobj=self.raw)
        elif lower.endswith(".zst"):
            self.stream = io.BufferedReader(_unpacked_zst(self.raw, name), 1 << 16)

    def __enter__(self) -> tuple[IO[bytes], IO[bytes]]:
        return self.stream, self.raw

    def __exit__(self, *_: object) -> None:
        if self.stream is not self.raw:
            self.stream.close()
        if self.raw is not sys.stdin.buffer:
            self.raw.close()


def _unpacked_zst(raw: IO[bytes], name: str) -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd

        return zstd.open(raw)
    library = extra("zstandard", "zstd", name)
    return library.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
