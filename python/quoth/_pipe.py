"""Many texts through one pipeline: lazily, in order, on several threads."""

from __future__ import annotations

import os
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sized
from typing import Any

from quoth._core import Document, Pipeline, Reader

__all__ = ["Job", "check_options", "pipe", "progress_bar", "read_jobs", "room_for", "settle"]

_AHEAD = 16  # texts per thread that are being read or wait to be taken

Job = tuple[int, Any, Any]  # number, text, context
_OnError = Callable[[int, Any, Exception], object]
_Result = Document | Exception | None


def pipe(
    nlp: Pipeline,
    texts: Iterable[Any],
    *,
    n_threads: int = 0,
    as_tuples: bool = False,
    errors: str | _OnError = "raise",
    progress: bool | None = None,
) -> Iterator[Any]:
    """Reads texts and yields their Documents in the same order.

    The threads are the core's own: none of them holds the lock of the interpreter while it reads,
    and there are neither processes nor copies. Texts are taken from the iterable only as far ahead
    as keeps the threads busy, and a Document is handed out as soon as it is its turn. Ctrl-C is
    heard at once; a generator that is given up leaves no thread behind.

    n_threads: how many threads read; 0 is one for each processor, 1 reads in the calling thread.
    as_tuples: texts are pairs of a text and a context of any kind, and so is what is yielded.
    errors: what to do about a text that cannot be read, because it is no str or too long. "raise"
        passes the exception on, with a note that says which text it was; "warn" warns and leaves
        the text out; a function is called with its number, the text and the exception, and the
        text is left out.
    progress: True shows a progress bar; this needs tqdm.
    """
    threads = check_options(texts, n_threads, errors)
    bar = progress_bar(texts) if progress else None
    jobs = _jobs(texts, as_tuples)
    return _yielding(nlp, jobs, threads, as_tuples, errors, bar)


def check_options(texts: Any, n_threads: int, errors: str | _OnError) -> int:
    """How many threads are to be used; TypeError or ValueError names what is wrong."""
    if isinstance(texts, (str, bytes)) or not isinstance(texts, Iterable):
        raise TypeError(f"texts: expected an iterable of str, got {type(texts).__name__}")
    if isinstance(n_threads, bool) or not isinstance(n_threads, int):
        raise TypeError(f"n_threads: expected int, got {type(n_threads).__name__}")
    if n_threads < 0:
        raise ValueError(f"n_threads: expected 0 or more, got {n_threads}")
    if not callable(errors) and errors not in ("raise", "warn"):
        raise ValueError(f"errors: expected 'raise', 'warn' or a function, got {errors!r}")
    return n_threads or _processors()


def _processors() -> int:
    """Those that this process may use, where the system can tell."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def progress_bar(texts: Any) -> Callable[[], Any]:
    """Makes a bar when it is called; ImportError, now, if there is no tqdm."""
    from quoth._extra import extra

    tqdm = extra("tqdm.auto", "progress", "progress").tqdm
    total = len(texts) if isinstance(texts, Sized) else None
    return lambda: tqdm(total=total, unit="doc")


def _jobs(texts: Iterable[Any], as_tuples: bool) -> Iterator[Job]:
    items = iter(texts)
    return _paired(items) if as_tuples else ((n, text, None) for n, text in enumerate(items))


def _paired(items: Iterator[Any]) -> Iterator[Job]:
    for number, item in enumerate(items):
        if not isinstance(item, tuple) or len(item) != 2:
            raise TypeError(f"texts: expected pairs (text, context), got {item!r:.80}")
        yield number, item[0], item[1]


def _yielding(
    nlp: Pipeline,
    jobs: Iterator[Job],
    threads: int,
    as_tuples: bool,
    errors: str | _OnError,
    make_bar: Callable[[], Any] | None,
) -> Iterator[Any]:
    bar = make_bar() if make_bar is not None else None
    results = read_jobs(nlp, jobs, threads)
    try:
        for job, result in results:
            if bar is not None:
                bar.update()
            if isinstance(result, Exception):
                settle(job, result, errors)
            else:
                yield (result, job[2]) if as_tuples else result
    finally:
        results.close()
        if bar is not None:
            bar.close()


def settle(job: Job, error: Exception, errors: str | _OnError) -> None:
    """Does what errors says about a text that could not be read."""
    if callable(errors):
        errors(job[0], job[1], error)
    elif errors == "warn":
        message = f"text number {job[0]} left out: {type(error).__name__}: {error}"
        warnings.warn(message, RuntimeWarning, stacklevel=3)
    else:
        error.add_note(f"while reading text number {job[0]} (counted from 0)")
        raise error


def read_jobs(
    nlp: Pipeline, jobs: Iterator[Job], threads: int, reader: Reader | None = None
) -> Generator[tuple[Job, _Result], None, None]:
    """The jobs in order, each with its Document or the exception that reading it raised.

    With a reader that makes tables, Documents are taken, too, and results are None.
    """
    if any(entry[0] == "component" for entry in nlp.extras):
        yield from _read_with_components(nlp, jobs, threads, reader)
        return
    room = room_for(threads)
    with_documents = reader is not None
    if reader is None:
        reader = Reader(nlp, threads, (), room)
    pending: deque[tuple[Job, Exception | None]] = deque()  # taken from jobs, not yet handed out
    failure: Exception | None = None  # of the iterable itself: told after what came before it
    more = True
    try:
        while more or pending:
            if more and _takes_more(reader, pending, room):
                try:
                    job = next(jobs)
                except StopIteration:
                    more = False
                except Exception as error:
                    more = False
                    failure = error
                else:
                    ready = with_documents and isinstance(job[1], Document)
                    pending.append((job, None if ready else _put(reader, job)))
            elif pending:
                job, wrong = pending.popleft()
                yield job, wrong if wrong is not None else _take(reader, job)
        if failure is not None:
            raise failure
    finally:
        reader.close()


def _read_with_components(
    nlp: Pipeline, jobs: Iterator[Job], threads: int, reader: Reader | None
) -> Generator[tuple[Job, _Result], None, None]:
    from quoth._components import read_documents

    documents = read_documents(nlp, jobs, threads)
    try:
        for job, result in documents:
            if reader is None or isinstance(result, Exception):
                yield job, result
            else:
                yield job, _take(reader, (job[0], result, job[2]))
    finally:
        documents.close()
        if reader is not None:
            reader.close()


def _takes_more(reader: Reader, pending: deque[tuple[Job, Exception | None]], room: int) -> bool:
    """Whether another text is to be asked for before the oldest result is handed out."""
    if not pending:
        return True
    (_, text, _), error = pending[0]
    if error is not None or isinstance(text, Document) or reader.ready():
        return False
    return len(pending) < room and not reader.full()


def room_for(threads: int) -> int:
    """How many texts a Reader takes at once."""
    return _AHEAD * threads if threads > 1 else 1


def _put(reader: Reader, job: Job) -> Exception | None:
    try:
        reader.put(job[1], job[0])
    except (TypeError, ValueError, MemoryError) as error:
        return error
    return None


def _take(reader: Reader, job: Job) -> _Result:
    try:
        if isinstance(job[1], Document):
            reader.add(job[1], job[0])
            return None
        return reader.take()
    except Exception as error:
        return error
