"""Many texts through one pipeline: lazily, in order, on several threads."""

from __future__ import annotations

import os
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sized
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from quoth._core import Document, Pipeline

__all__ = ["pipe"]

_CHUNK = 16  # texts that a thread takes at once: handing over one costs as much as reading one
_AHEAD = 3  # chunks per thread that are read or waiting to be taken

_Job = tuple[int, Any, Any]  # number, text, context
_Result = Document | Exception
_OnError = Callable[[int, Any, Exception], object]
_Results = Generator[tuple[_Job, _Result], None, None]


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

    Texts are taken from the iterable only as far ahead as keeps the threads busy.

    n_threads: how many threads read; 0 is one for each processor, 1 reads in the calling thread.
    as_tuples: texts are pairs of a text and a context of any kind, and so is what is yielded.
    errors: what to do about a text that cannot be read, because it is no str or too long. "raise"
        passes the exception on, with a note that says which text it was; "warn" warns and leaves
        the text out; a function is called with its number, the text and the exception, and the
        text is left out.
    progress: True shows a progress bar; this needs tqdm.
    """
    if isinstance(texts, (str, bytes)) or not isinstance(texts, Iterable):
        raise TypeError(f"texts: expected an iterable of str, got {type(texts).__name__}")
    if isinstance(n_threads, bool) or not isinstance(n_threads, int):
        raise TypeError(f"n_threads: expected int, got {type(n_threads).__name__}")
    if n_threads < 0:
        raise ValueError(f"n_threads: expected 0 or more, got {n_threads}")
    if not callable(errors) and errors not in ("raise", "warn"):
        raise ValueError(f"errors: expected 'raise', 'warn' or a function, got {errors!r}")
    bar_type = _progress_bar() if progress else None
    total = len(texts) if isinstance(texts, Sized) else None
    jobs = _jobs(texts, as_tuples)
    threads = n_threads or os.cpu_count() or 1
    results = _in_place(nlp, jobs) if threads == 1 else _in_threads(nlp, jobs, threads)
    bar = (lambda: bar_type(total=total, unit="doc")) if bar_type is not None else None
    return _yielding(results, as_tuples, errors, bar)


def _progress_bar() -> Any:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        raise ImportError("progress: this needs tqdm; install it with: pip install tqdm") from None
    return tqdm


def _jobs(texts: Iterable[Any], as_tuples: bool) -> Iterator[_Job]:
    items = iter(texts)
    return _paired(items) if as_tuples else ((n, text, None) for n, text in enumerate(items))


def _paired(items: Iterator[Any]) -> Iterator[_Job]:
    for number, item in enumerate(items):
        if not isinstance(item, tuple) or len(item) != 2:
            raise TypeError(f"texts: expected pairs (text, context), got {item!r:.80}")
        yield number, item[0], item[1]


def _yielding(
    results: _Results, as_tuples: bool, errors: str | _OnError, make_bar: Callable[[], Any] | None
) -> Iterator[Any]:
    bar = make_bar() if make_bar is not None else None
    try:
        for (number, text, context), result in results:
            if bar is not None:
                bar.update()
            if isinstance(result, Document):
                yield (result, context) if as_tuples else result
            elif callable(errors):
                errors(number, text, result)
            elif errors == "warn":
                message = f"text number {number} left out: {type(result).__name__}: {result}"
                warnings.warn(message, RuntimeWarning, stacklevel=2)
            else:
                result.add_note(f"while reading text number {number} (counted from 0)")
                raise result
    finally:
        results.close()
        if bar is not None:
            bar.close()


def _read(nlp: Pipeline, text: Any) -> _Result:
    try:
        return nlp(text)
    except Exception as error:
        return error


def _in_place(nlp: Pipeline, jobs: Iterator[_Job]) -> _Results:
    for job in jobs:
        yield job, _read(nlp, job[1])


def _read_chunk(nlp: Pipeline, chunk: list[_Job]) -> list[_Result]:
    return [_read(nlp, job[1]) for job in chunk]


def _in_threads(nlp: Pipeline, jobs: Iterator[_Job], threads: int) -> _Results:
    pending: deque[tuple[list[_Job], Future[list[_Result]]]] = deque()
    failure: Exception | None = None  # of the iterable itself: told after what came before it
    more = True
    pool = ThreadPoolExecutor(threads, thread_name_prefix="quoth")
    try:
        while more or pending:
            while more and len(pending) < threads * _AHEAD:
                chunk: list[_Job] = []
                try:
                    while len(chunk) < _CHUNK:
                        chunk.append(next(jobs))
                except StopIteration:
                    more = False
                except Exception as error:
                    more = False
                    failure = error
                if chunk:
                    pending.append((chunk, pool.submit(_read_chunk, nlp, chunk)))
            if pending:
                chunk, future = pending.popleft()
                yield from zip(chunk, future.result(), strict=True)
        if failure is not None:
            raise failure
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
