"""Components: stages of the caller's own, in Python, which run between those of quoth."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias, overload

from quoth._check import check_str
from quoth._core import Document, Pipeline, Reader
from quoth._draft import Batch, Draft
from quoth._extend import extended
from quoth._work import Work

if TYPE_CHECKING:
    from quoth._core import Stage
    from quoth._pipe import Job

__all__ = ["Component", "ComponentError", "component", "read", "read_documents", "with_pipe"]

ENTRY_POINTS = "quoth.components"  # the group in which other packages name theirs
_STAGES: tuple[Stage, ...] = ("sentence", "structure", "entity", "link", "attribution")
_BATCH = 64  # documents that a component with batch=True gets at once, at most
_BATCH_CHARACTERS = 4_000_000
_Result: TypeAlias = Work | Document | Exception


class ComponentError(RuntimeError):
    """A component raised an exception, which is its __cause__.

    component is its name, document that of the document: its title, or else its first words.
    """

    def __init__(self, component: str, document: str, message: str) -> None:
        super().__init__(component, document, message)
        self.component = component
        self.document = document
        self.message = message

    def __str__(self) -> str:
        return f"component {self.component!r}: {self.message}, in the document {self.document!r}"


ComponentError.__module__ = "quoth"


class Component:
    """A function that reads and changes documents; made by the decorator quoth.component."""

    def __init__(
        self,
        function: Callable[..., object],
        name: str,
        after: str = "attribution",
        *,
        needs: Iterable[str] = (),
        batch: bool = False,
        version: str = "",
    ) -> None:
        check_str("name", name)
        check_str("after", after)
        if not callable(function):
            raise TypeError(f"component: expected a function, got {type(function).__name__}")
        if not isinstance(version, str):
            raise TypeError(f"version: expected str, got {type(version).__name__}")
        if isinstance(needs, str) or not hasattr(needs, "__iter__"):
            raise TypeError(f"needs: expected a collection of str, got {type(needs).__name__}")
        self.function = function
        self.name = name
        self.after = after
        self.needs = tuple(needs)
        self.batch = bool(batch)
        self.version = version
        self.__doc__ = function.__doc__
        self.__module__ = function.__module__
        self.__name__ = getattr(function, "__name__", name)
        self.__qualname__ = getattr(function, "__qualname__", name)

    def __call__(self, doc: Any) -> object:
        return self.function(doc)

    def __repr__(self) -> str:
        batch = ", batch=True" if self.batch else ""
        return f"Component({self.name!r}, after={self.after!r}{batch})"

    @property
    def content(self) -> str:
        """What it is, by name: pipelines with components of the same content are the same."""
        parts = (self.name, self.after, ",".join(self.needs), str(self.batch), self.version)
        return "\0".join((f"{self.__module__}:{self.__qualname__}", *parts))

    def __eq__(self, other: object) -> bool:
        return self.content == other.content if isinstance(other, Component) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.content)

    def __reduce__(self) -> str:
        return self.__qualname__  # as functions are: by the module and the name in it


_made: dict[str, Component] = {}  # by name, the last one of each
_lock = threading.Lock()


@overload
def component(name: Callable[..., object]) -> Component: ...
@overload
def component(
    name: str | None = None,
    *,
    after: str = "attribution",
    needs: Iterable[str] = (),
    batch: bool = False,
    version: str = "",
) -> Callable[[Callable[..., object]], Component]: ...
def component(
    name: str | Callable[..., object] | None = None,
    *,
    after: str = "attribution",
    needs: Iterable[str] = (),
    batch: bool = False,
    version: str = "",
) -> Component | Callable[[Callable[..., object]], Component]:
    """Makes a component of a function, for Pipeline.with_pipe()::

        @quoth.component("party", after="entity")
        def party(doc):
            doc.add_mentions([(0, 5, "PARTY")])

    name: what it is called; the name of the function by default.
    after: the stage behind which it runs, "sentence", "structure", "entity", "link" or
        "attribution" (the last), or another component, behind which it runs then. Components of one
        stage run in the order in which they were added.
    needs: names of components that have to be in the pipeline before it.
    batch: the function gets many documents at once, as a Batch with columns, not one Draft.
    version: of what it does, for the version of pipelines.

    The function may be called from any thread, one at a time for each text.
    """

    def make(function: Callable[..., object]) -> Component:
        given = name if isinstance(name, str) else getattr(function, "__name__", "component")
        made = Component(function, given, after, needs=needs, batch=batch, version=version)
        with _lock:
            _made[made.name] = made
        return made

    if callable(name):
        return make(name)
    if name is not None:
        check_str("name", name)
    return make


def find_component(name: str) -> Component:
    """The component of a name: one that was made in this process, or that a package brings."""
    from importlib.metadata import entry_points

    with _lock:
        found = _made.get(name)
    if found is not None:
        return found
    for entry in entry_points(group=ENTRY_POINTS, name=name):
        loaded = entry.load()
        if not isinstance(loaded, Component):
            raise TypeError(
                f"component {name!r}: expected a Component as the entry point {entry.value}, "
                f"got {type(loaded).__name__}"
            )
        return loaded
    raise ValueError(
        f"component {name!r}: not made in this process, and no package brings it "
        f"(entry points {ENTRY_POINTS!r})"
    )


def components_of(nlp: Pipeline) -> list[tuple[Component, Any]]:
    """The components of a pipeline in the order in which they were added, with their errors=."""
    return [(entry[1], entry[2]) for entry in nlp.extras if entry[0] == "component"]


def with_pipe(
    nlp: Pipeline,
    component: Component | str,
    *,
    errors: str | Callable[[str, Draft, Exception], object] = "raise",
) -> Pipeline:
    """A new pipeline that also runs a component.

    component: what the decorator quoth.component made, or the name of one that was made before or
        that an installed package brings as an entry point of the group "quoth.components".
    errors: what to do when it raises an exception: "raise" raises ComponentError, with that as its
        cause; "warn" leaves a TextWarning in doc.warnings; a function is called with the name of
        the component, the Draft and the exception. What the component did is undone then.
    """
    if isinstance(component, str):
        component = find_component(component)
    if not isinstance(component, Component):
        raise TypeError(
            f"component: expected what @quoth.component(...) made, or a name, got "
            f"{type(component).__name__}"
        )
    if not callable(errors) and errors not in ("raise", "warn"):
        raise ValueError(f"errors: expected 'raise', 'warn' or a function, got {errors!r}")
    there = {other.name for other, _ in components_of(nlp)}
    if component.name in there:
        raise ValueError(f"component {component.name!r}: there is one of this name already")
    for needed in component.needs:
        if needed not in there:
            raise ValueError(
                f"component {component.name!r}: needs the component {needed!r}: add that before"
            )
    if component.after not in _STAGES and component.after not in there:
        stages = ", ".join(map(repr, _STAGES))
        raise ValueError(
            f"component {component.name!r}: after: expected {stages} or a component that was "
            f"added before, got {component.after!r}"
        )
    added = extended(nlp, ("component", component, errors))
    check_stages(added)
    return added


def _stage_of(component: Component, stages: dict[str, Stage]) -> Stage:
    """The stage behind which a component runs; stages: those of the components before."""
    for stage in _STAGES:
        if component.after == stage:
            return stage
    return stages[component.after]


def check_stages(nlp: Pipeline) -> None:
    """ValueError if a component runs behind a stage that the pipeline was loaded without."""
    for stage, components in _plan(nlp):
        for component, _ in components:
            if stage not in nlp.stages:
                raise ValueError(
                    f"component {component.name!r}: runs after {stage!r}: "
                    "this pipeline was loaded without that stage"
                )


def _plan(nlp: Pipeline) -> list[tuple[Stage, list[tuple[Component, Any]]]]:
    """The components by the stage behind which they run, in the order in which they do."""
    stages: dict[str, Stage] = {}
    at: dict[str, list[tuple[Component, Any]]] = {}
    for component, errors in components_of(nlp):
        stage = _stage_of(component, stages)
        stages[component.name] = stage
        list_of = at.setdefault("sentence" if stage == "structure" else stage, [])
        behind = len(list_of)
        if component.after not in _STAGES:  # right behind that one and what follows it so far
            names = [c.name for c, _ in list_of]
            behind = names.index(component.after) + 1
            while behind < len(list_of) and list_of[behind][0].after not in _STAGES:
                behind += 1
        list_of.insert(behind, (component, errors))
    return [(stage, at[stage]) for stage in _STAGES if stage in at]


# --- running --------------------------------------------------------------------------------------


def read(nlp: Pipeline, text: str, stages: int = 0) -> Document:
    """A text through a pipeline with components."""
    return read_work(nlp, Work(nlp, text, stages), stages).finish()


def read_work(nlp: Pipeline, work: Work, stages: int = 0) -> Work:
    """The same, before it is finished."""
    last = _last_stage(nlp, stages)
    for stage, components in _planned(nlp, stages):
        work.run(stage)
        for component, errors in components:
            failed = _apply(nlp, component, errors, [work], stage)
            if failed:
                raise failed[0]
    if not work.applied or work.stage != last:
        work.run(last)
    return work


def _last_stage(nlp: Pipeline, stages: int) -> Stage:
    wanted = [stage for n, stage in enumerate(_STAGES) if not stages or stages >> n & 1]
    there: list[Stage] = [stage for stage in wanted if stage in nlp.stages]
    return there[-1] if there else "sentence"


def _planned(nlp: Pipeline, stages: int) -> list[tuple[Stage, list[tuple[Component, Any]]]]:
    last = _STAGES.index(_last_stage(nlp, stages))
    return [(stage, found) for stage, found in _plan(nlp) if _STAGES.index(stage) <= last]


def _name_of(work: Work) -> str:
    title = work.document.title
    name = " ".join((title.text if title is not None else work.text[:200]).split())
    return name if len(name) <= 60 else name[:59] + "…"


def _apply(
    nlp: Pipeline, component: Component, errors: Any, works: list[Work], stage: Stage
) -> dict[int, Exception]:
    """Runs a component on documents, one or a batch; the exceptions of those that are lost."""
    wrong: Exception | None = None
    try:
        for work in works:
            if not work.applied:  # what the component before changed shows to this one
                work.run(stage)
            work.begin(f"component: {component.name}")
    except Exception as error:  # of quoth: no memory, or a pattern that is to raise
        return dict.fromkeys(range(len(works)), error)
    try:
        component.function(Batch(nlp, works) if component.batch else Draft(works[0]))
        for work in works:
            work.check()
    except Exception as error:
        wrong = error
    failed: dict[int, Exception] = {}
    for number, work in enumerate(works):
        try:
            if wrong is None:
                work.end()
            else:
                work.undo()
                _settle(component, errors, work, wrong)
        except Exception as error:
            failed[number] = error
    return failed


def _settle(component: Component, errors: Any, work: Work, error: Exception) -> None:
    """Does what errors says about a component that failed; memory that runs out is no failure of
    its own."""
    if isinstance(error, MemoryError):
        raise error
    if callable(errors):
        errors(component.name, Draft(work), error)
        return
    message = f"{type(error).__name__}: {error}"
    if errors == "warn":
        work.warnings.append(f"{component.name}: {message}")
        return
    raise ComponentError(component.name, _name_of(work), message) from error


# --- many texts -----------------------------------------------------------------------------------


def read_documents(
    nlp: Pipeline, jobs: Iterator[Job], threads: int
) -> Generator[tuple[Job, Document | Exception], None, None]:
    """The jobs in order, each with its Document or the exception that reading it raised.

    Between two stops, where components run in this thread, texts are read by threads of their own:
    each step is a generator that takes from the one before.
    """
    with_close: list[Generator[Any, None, None]] = []
    stream: Iterator[tuple[Job, _Result]] = _begun(nlp, jobs)
    last = _last_stage(nlp, 0)
    stops = _planned(nlp, 0)
    if not stops or stops[-1][0] != last:
        stops.append((last, []))
    for stage, components in stops:
        steps = _stepped(nlp, stream, threads, stage)
        with_close.append(steps)
        stream = steps
        for component, errors in components:
            stream = _through(nlp, stream, component, errors, stage)
    try:
        for job, result in stream:
            yield job, _finished(result, last)
    finally:
        for steps in reversed(with_close):
            steps.close()


def _finished(result: _Result, last: Stage) -> Document | Exception:
    if not isinstance(result, Work):
        return result
    try:
        if not result.applied:
            result.run(last)
        return result.finish()
    except Exception as error:
        return error


def _begun(nlp: Pipeline, jobs: Iterator[Job]) -> Iterator[tuple[Job, _Result]]:
    for job in jobs:
        result: _Result
        try:
            # What was read before is only handed through, for tables.
            result = job[1] if isinstance(job[1], Document) else Work(nlp, job[1])
        except Exception as error:
            result = error
        yield job, result


def _stepped(
    nlp: Pipeline, stream: Iterator[tuple[Job, _Result]], threads: int, stage: Stage
) -> Generator[tuple[Job, _Result], None, None]:
    """Reads the documents up to a stage, side by side."""
    from quoth._pipe import room_for

    room = room_for(threads)
    reader = Reader(nlp, threads, (), room, stage)
    pending: deque[tuple[Job, _Result]] = deque()
    failure: Exception | None = None  # of the iterable itself: told after what came before it
    more = True
    try:
        while more or pending:
            waits = pending and (reader.ready() or not isinstance(pending[0][1], Work))
            if more and not waits and len(pending) < room and not reader.full():
                try:
                    job, result = next(stream)
                except StopIteration:
                    more = False
                except Exception as error:
                    more, failure = False, error
                else:
                    pending.append((job, _lent(reader, job, result)))
            elif pending:
                job, result = pending.popleft()
                yield job, _taken(reader, result, stage)
            if not more and not pending and failure is not None:
                raise failure
    finally:
        reader.close()


def _lent(reader: Reader, job: Job, result: _Result) -> _Result:
    if isinstance(result, Work):
        try:
            reader.put(result.reading, job[0])
        except Exception as error:
            return error
    return result


def _taken(reader: Reader, result: _Result, stage: Stage) -> _Result:
    if isinstance(result, Work):
        try:
            reader.take()
        except Exception as error:
            return error
        result.reached(stage)
    return result


def _through(
    nlp: Pipeline,
    stream: Iterator[tuple[Job, _Result]],
    component: Component,
    errors: Any,
    stage: Stage,
) -> Iterator[tuple[Job, _Result]]:
    """Runs a component on the documents of a stream."""
    for items, failure in _batches(stream, _BATCH if component.batch else 1):
        works = [result for _, result in items if isinstance(result, Work)]
        failed = _apply(nlp, component, errors, works, stage) if works else {}
        number = 0
        for job, result in items:
            if isinstance(result, Work):
                yield job, failed.get(number, result)
                number += 1
            else:
                yield job, result
        if failure is not None:
            raise failure


def _batches(
    stream: Iterator[tuple[Job, _Result]], most: int
) -> Iterator[tuple[list[tuple[Job, _Result]], Exception | None]]:
    """Items in lists; at the end, perhaps, the exception that the stream itself ended with."""
    while True:
        items: list[tuple[Job, _Result]] = []
        characters = 0
        failure: Exception | None = None
        more = True
        while more and len(items) < most and characters < _BATCH_CHARACTERS:
            try:
                item = next(stream)
            except StopIteration:
                more = False
            except Exception as error:
                more, failure = False, error
            else:
                items.append(item)
                characters += len(item[1].text) if isinstance(item[1], Work) else 0
        if items or failure is not None:
            yield items, failure
        if not more:
            return
