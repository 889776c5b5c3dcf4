"""The work of ``quoth run``: records through the threads into shards, with a journal."""

from __future__ import annotations

import contextlib
import enum
import os
from collections.abc import Callable, Generator, Iterator
from typing import IO, Any

from quoth._core import Pipeline
from quoth._json import dumps
from quoth._pipe import Job
from quoth.run.inputs import Inputs
from quoth.run.journal import Journal, RunError
from quoth.run.records import Place, Record
from quoth.run.shards import Writer

__all__ = ["ERRORS", "locked", "work"]

ERRORS = "errors.jsonl"
SHARD_SIZE = 32 * 1024 * 1024  # code points of text in a shard, beside its number of texts
GROUP_SIZE = 4 * 1024 * 1024  # the same in a part of it, whose rows are held in memory


class _End(enum.Enum):
    NOTHING = enum.auto()
    GROUP = enum.auto()
    SHARD = enum.auto()


@contextlib.contextmanager
def locked(folder: str) -> Generator[None]:
    """Holds a folder against a second run; RunError if there is one."""
    import fcntl

    descriptor = os.open(os.path.join(folder, ".quoth_run.lock"), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RunError(f"{folder}: another run is writing there") from None
        yield
    finally:
        os.close(descriptor)


def work(
    nlp: Pipeline,
    inputs: Inputs,
    writer: Writer,
    journal: Journal,
    folder: str,
    *,
    threads: int,
    shard_texts: int,
    tell: Callable[[Journal], None],
) -> None:
    """Reads all that is left, and ends with a journal that says so.

    tell is called after each text. Whatever ends this early, an exception, a signal or the power,
    leaves a folder from which the same call goes on.
    """
    writer.clean(journal.shards)
    jobs = _jobs(inputs.records(journal.start()), shard_texts)
    results = writer.read(nlp, jobs, threads)
    with _errors_file(folder, journal.errors_size) as errors:
        place: Place | None = None  # behind the last text
        open_shard = False
        try:
            for (_, _, (record, end)), result in results:
                place = record.after
                journal.records += 1
                if isinstance(result, Exception):
                    journal.bad += 1
                    errors.write(_error_line(record, result))
                    result = None
                writer.add(record, result)
                if end is _End.SHARD:
                    _commit(writer, journal, errors, folder, place)
                elif end is _End.GROUP:
                    writer.end_group()
                open_shard = end is not _End.SHARD
                tell(journal)
        finally:
            results.close()
        journal.finished = True
        _commit(writer, journal, errors, folder, place, shard=open_shard)


def _jobs(records: Iterator[Record], shard_texts: int) -> Iterator[Job]:
    """What is to be read, numbered in its group, each with what ends there.

    The records alone decide that, so that a run that goes on cuts where the first one did.
    """
    index = group_size = shard_size = texts = 0
    for record in records:
        size = len(record.text) if record.text is not None else 0
        group_size += size
        shard_size += size
        texts += 1
        if texts >= shard_texts or shard_size >= SHARD_SIZE:
            end = _End.SHARD
            shard_size = texts = 0
        else:
            end = _End.GROUP if group_size >= GROUP_SIZE else _End.NOTHING
        yield index, record.text, (record, end)
        index += 1
        if end is not _End.NOTHING:
            index = group_size = 0


def _errors_file(folder: str, size: int) -> IO[bytes]:
    """Open at its end, without what an earlier run wrote after its last shard."""
    file = open(os.path.join(folder, ERRORS), "ab")  # noqa: SIM115
    file.truncate(size)
    return file


def _error_line(record: Record, error: Exception) -> bytes:
    line: dict[str, Any] = {"input": record.input, "record": record.number, "id": record.id}
    line["error"] = record.error if record.error is not None else f"{error}"
    return dumps(line).encode("utf-8", "replace") + b"\n"


def _commit(
    writer: Writer,
    journal: Journal,
    errors: IO[bytes],
    folder: str,
    place: Place | None,
    *,
    shard: bool = True,
) -> None:
    if shard:
        writer.commit(journal.shards)
        journal.shards += 1
    errors.flush()
    os.fsync(errors.fileno())
    journal.errors_size = errors.tell()
    if place is not None:
        journal.place = (place.file, place.record, place.byte)
    journal.save(folder)
