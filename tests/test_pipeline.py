"""Pipelines: options, errors, many texts, many threads."""

from __future__ import annotations

import builtins
import copy
import gc
import itertools
import os
import pickle
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import quoth
from conftest import TEXT

TEXTS = [f"{TEXT}\n\nPart {n} — ends “here,” said Ann Bell." for n in range(60)]


# --- load -----------------------------------------------------------------------------------------


def test_load() -> None:
    nlp = quoth.load("en")
    assert nlp.language == "en"
    assert nlp.stages == ("sentence", "structure", "entity", "link", "attribution")
    assert nlp.newlines == "auto"
    assert nlp.split_in_quotes
    assert nlp == quoth.load()
    assert repr(quoth.load(stages=["sentence"], newlines="break", split_in_quotes=False)) == (
        "Pipeline('en', stages=('sentence',), newlines='break', split_in_quotes=False, "
        "abbreviations=())"
    )


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"language": "xx"}, ValueError, "language: expected 'en', got 'xx'"),
        ({"language": "e\0"}, ValueError, "language: expected 'en', got"),
        ({"language": "é" * 100}, ValueError, "language: expected 'en', got"),
        ({"language": None}, TypeError, "language: expected str, got NoneType"),
        (
            {"newlines": "both"},
            ValueError,
            "newlines: expected 'auto', 'break' or 'space', got 'both'",
        ),
        ({"newlines": 1}, TypeError, "newlines: expected str, got int"),
        ({"stages": "sentence"}, TypeError, "stages: expected a collection of names, got str"),
        ({"stages": 1}, TypeError, "stages: expected a collection of names, got int"),
        (
            {"stages": ["sentences"]},
            ValueError,
            "stages: expected 'sentence', .* or 'attribution', got 'sentences'",
        ),
        ({"stages": [1]}, ValueError, "stages: expected 'sentence', .* or 'attribution', got 1"),
        ({"stages": []}, ValueError, "stages: expected at least one name, got none"),
    ],
)
def test_load_refuses(options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        quoth.load(**options)


def test_a_stage_brings_those_that_it_needs() -> None:
    assert quoth.load(stages=["entity"]).stages == ("sentence", "structure", "entity")
    assert quoth.load(stages=["attribution"]) == quoth.load()
    assert len(quoth.load(stages=["entity"]).sents("It rained. We left.")) == 2


def test_an_error_in_stages_is_passed_on() -> None:
    def stages() -> Iterator[Any]:
        yield "sentence"
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        quoth.load(stages=stages())


def test_protocols() -> None:
    options: list[dict[str, Any]] = [
        {},
        {"stages": ("sentence", "entity")},
        {"newlines": "space"},
        {"split_in_quotes": False},
    ]
    pipelines = [quoth.load(**some) for some in options]
    assert len(set(pipelines)) == len(options)
    for nlp, some in zip(pipelines, options, strict=True):
        assert nlp == quoth.load(**some)
        assert hash(nlp) == hash(quoth.load(**some))
        assert pickle.loads(pickle.dumps(nlp)) == nlp
        assert copy.deepcopy(nlp) is nlp
        with pytest.raises(AttributeError):
            nlp.language = "de"  # type: ignore[misc]
        with pytest.raises(TypeError):
            assert nlp < nlp  # type: ignore[operator]


# --- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [None, 3, b"bytes", ["text"], bytearray(b"x")])
def test_wrong_types(nlp: quoth.Pipeline, wrong: Any) -> None:
    message = f"text: expected str, got {type(wrong).__name__}"
    for read in (nlp, nlp.sents, nlp.quotes, nlp.ents):
        with pytest.raises(TypeError, match=message):
            read(wrong)
    with pytest.raises(TypeError):
        nlp()  # type: ignore[call-arg]


def test_text_by_name(nlp: quoth.Pipeline) -> None:
    assert nlp(text="It rained.") == nlp("It rained.")


def test_split_sentences() -> None:
    assert quoth.split_sentences("It rained. We left.") == ["It rained.", "We left."]
    assert quoth.split_sentences("") == []
    assert quoth.split_sentences("It rained\nand we left.", newlines="space") == [
        "It rained\nand we left."
    ]
    assert quoth.split_sentences("It rained\nand we left.", newlines="break") == [
        "It rained",
        "and we left.",
    ]
    quoted = "“It rained. We left,” she said."
    assert quoth.split_sentences(quoted, split_in_quotes=False) == [quoted]
    assert len(quoth.split_sentences(quoted)) == 2
    with pytest.raises(ValueError, match="newlines: expected 'auto', 'break' or 'space', got 'x'"):
        quoth.split_sentences("", newlines="x")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="newlines: expected str, got list"):
        quoth.split_sentences("", newlines=[])  # type: ignore[arg-type]


def test_one_stage_gives_what_all_give(nlp: quoth.Pipeline) -> None:
    doc = nlp(TEXTS[0])
    assert nlp.sents(TEXTS[0]) == doc.sents
    assert nlp.quotes(TEXTS[0]) == doc.quotes
    assert nlp.ents(TEXTS[0]) == doc.ents
    assert quoth.split_sentences(TEXTS[0]) == [sentence.text for sentence in doc.sents]


def test_a_stage_that_was_not_loaded() -> None:
    nlp = quoth.load("en", stages=("sentence",))
    assert len(nlp.sents("It rained. We left.")) == 2
    assert nlp("Ann Bell said it rained.").quotes == ()
    with pytest.raises(
        ValueError, match="this pipeline was loaded without the stage 'attribution'"
    ):
        nlp.quotes("It rained.")
    with pytest.raises(ValueError, match="this pipeline was loaded without the stage 'entity'"):
        nlp.ents("It rained.")


@pytest.mark.skipif(
    "QUOTH_LARGE" not in os.environ, reason="QUOTH_LARGE=1 runs it; it needs 10 GB of memory"
)
def test_a_text_that_is_too_long(nlp: quoth.Pipeline) -> None:
    with pytest.raises(quoth.LimitError, match="text: expected at most 4294967231 bytes of UTF-8"):
        nlp("a" * (1 << 32))
    with pytest.raises(quoth.LimitError):
        nlp("é" * (1 << 31))
    assert issubclass(quoth.LimitError, ValueError)


# --- pipe -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("n_threads", [0, 1, 2, 5])
def test_pipe_keeps_the_order(nlp: quoth.Pipeline, n_threads: int) -> None:
    alone = [nlp(text) for text in TEXTS]
    assert list(nlp.pipe(TEXTS, n_threads=n_threads)) == alone
    pairs = nlp.pipe(
        ((text, n) for n, text in enumerate(TEXTS)), as_tuples=True, n_threads=n_threads
    )
    assert list(pairs) == [(doc, n) for n, doc in enumerate(alone)]
    assert list(nlp.pipe([], n_threads=n_threads)) == []


@pytest.mark.parametrize("n_threads", [1, 2])
def test_pipe_is_lazy(nlp: quoth.Pipeline, n_threads: int) -> None:
    taken = 0

    def texts() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield "It rained."

    threads = threading.active_count()
    docs = nlp.pipe(texts(), n_threads=n_threads)
    assert taken == 0
    assert next(docs).text == "It rained."
    assert 1 <= taken <= 200
    docs.close()  # type: ignore[attr-defined]
    assert threading.active_count() == threads


@pytest.mark.parametrize("n_threads", [1, 2])
def test_pipe_tells_which_text_was_wrong(nlp: quoth.Pipeline, n_threads: int) -> None:
    texts: list[Any] = [*TEXTS[:30], None, *TEXTS[30:]]
    docs = nlp.pipe(texts, n_threads=n_threads)
    assert [next(docs).text for _ in range(30)] == TEXTS[:30]
    with pytest.raises(TypeError, match="text: expected str, got NoneType") as caught:
        next(docs)
    assert caught.value.__notes__ == ["while reading text number 30 (counted from 0)"]

    with pytest.warns(
        RuntimeWarning, match="text number 30 left out: TypeError: text: expected str"
    ):
        assert [doc.text for doc in nlp.pipe(texts, n_threads=n_threads, errors="warn")] == TEXTS

    told: list[tuple[int, Any, Exception]] = []
    docs = nlp.pipe(texts, n_threads=n_threads, errors=lambda *problem: told.append(problem))
    assert [doc.text for doc in docs] == TEXTS
    assert [(n, text, type(error)) for n, text, error in told] == [(30, None, TypeError)]


@pytest.mark.parametrize("n_threads", [1, 2])
def test_pipe_passes_on_what_its_texts_raise(nlp: quoth.Pipeline, n_threads: int) -> None:
    def texts() -> Iterator[str]:
        yield from TEXTS[:20]
        raise KeyError("mine")

    read = []
    with pytest.raises(KeyError, match="mine"):
        for doc in nlp.pipe(texts(), n_threads=n_threads):
            read.append(doc.text)
    assert read == TEXTS[:20]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"texts": "text"}, TypeError, "texts: expected an iterable of str, got str"),
        ({"texts": 3}, TypeError, "texts: expected an iterable of str, got int"),
        ({"n_threads": -1}, ValueError, "n_threads: expected 0 or more, got -1"),
        ({"n_threads": "2"}, TypeError, "n_threads: expected int, got str"),
        ({"n_threads": True}, TypeError, "n_threads: expected int, got bool"),
        (
            {"errors": "ignore"},
            ValueError,
            "errors: expected 'raise', 'warn' or a function, got 'ignore'",
        ),
    ],
)
def test_pipe_refuses_at_once(
    nlp: quoth.Pipeline, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        nlp.pipe(**{"texts": [], **options})


def test_pipe_refuses_what_is_no_pair(nlp: quoth.Pipeline) -> None:
    with pytest.raises(TypeError, match=r"texts: expected pairs \(text, context\), got 'One.'"):
        list(nlp.pipe(["One."], as_tuples=True, n_threads=1))  # type: ignore[list-item]


def test_pipe_shows_progress(nlp: quoth.Pipeline, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    assert len(list(nlp.pipe(TEXTS, progress=True))) == len(TEXTS)
    captured = capsys.readouterr()
    assert f"{len(TEXTS)}/{len(TEXTS)}" in captured.err
    assert captured.out == ""


def test_pipe_says_what_progress_needs(
    nlp: quoth.Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_import = builtins.__import__

    def without_tqdm(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("tqdm"):
            raise ImportError(name)
        return real_import(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without_tqdm)
    with pytest.raises(
        ImportError, match=r"pip install 'quoth\[progress\]' \(or: pip install tqdm\)"
    ):
        nlp.pipe(TEXTS, progress=True)


def native_threads() -> int:
    tasks = Path("/proc/self/task")
    if not tasks.exists():
        pytest.skip("needs /proc")
    return len(list(tasks.iterdir()))


def test_a_pipe_given_up_leaves_no_thread(nlp: quoth.Pipeline) -> None:
    before = native_threads()
    for taken in (1, 7):
        docs = nlp.pipe(itertools.cycle(TEXTS), n_threads=3)
        for _ in range(taken):
            next(docs)
        assert native_threads() == before + 3
        del docs
        gc.collect()
        assert native_threads() == before
    with pytest.raises(ZeroDivisionError):
        for _ in nlp.pipe(TEXTS, n_threads=3):
            raise ZeroDivisionError
    gc.collect()
    assert native_threads() == before
    list(nlp.pipe(TEXTS, n_threads=1))
    assert native_threads() == before


@pytest.mark.parametrize("size", [20, 8_000_000])
def test_few_texts_wait(nlp: quoth.Pipeline, size: int) -> None:
    """A consumer that is slow holds up the source: by number, and by size."""
    taken = 0
    quick = quoth.load("en", stages=["sentence"])
    text = "It rained. " * (size // 11)

    def texts() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield text

    docs = quick.pipe(texts(), n_threads=2)
    for read in range(1, 6):
        next(docs)
        time.sleep(0.02)
        assert taken - read <= (32 if size < 1000 else 4)


def test_long_texts_are_read_side_by_side(nlp: quoth.Pipeline) -> None:
    long = "It rained on Monday. " * 20_000  # more than is read in the calling thread
    for n_threads in (1, 2):
        docs = nlp.pipe([long, "One.", long], n_threads=n_threads)
        assert [len(doc.sents) for doc in docs] == [20_000, 1, 20_000]


# A text that takes long to read; the program tells what it sees.
LONG = """
import os, signal, sys, threading, time
sys.path += sys.argv[2:]
import quoth
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored, where tests run in background
nlp = quoth.load("en")
text = "“It rained,” said Ann Bell of Oslo. " * 400_000
n_threads = int(sys.argv[1])
"""


def run_program(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LONG + textwrap.dedent(program), *arguments, *sys.path],
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.parametrize("n_threads", ["1", "2"])
def test_ctrl_c_does_not_wait_for_a_text(n_threads: str) -> None:
    native_threads()
    done = run_program(
        """
        def interrupt():
            time.sleep(0.3)
            os.kill(os.getpid(), signal.SIGINT)
        threading.Thread(target=interrupt).start()
        try:
            for doc in nlp.pipe([text] * 3, n_threads=n_threads):
                print("read")
        except KeyboardInterrupt:
            # the thread that reads the text is not yet done with it
            print("interrupted", len(os.listdir("/proc/self/task")) > 1)
        print(nlp("It rained.").sents[0].text)
        """,
        n_threads,
    )
    assert done.stdout == "interrupted True\nIt rained.\n", done.stderr


def test_exit_while_a_text_is_read() -> None:
    for program in (
        "docs = nlp.pipe(['One.', text, text], n_threads=2); next(docs); print('out')",
        "docs = nlp.pipe(['One.', text], n_threads=2); next(docs); docs.close(); print('out')",
        "quoth._kept = nlp.pipe(['One.', text], n_threads=2); next(quoth._kept); print('out')",
    ):
        done = run_program(program, "2")
        assert (done.returncode, done.stdout, done.stderr) == (0, "out\n", "")


def test_a_thread_that_was_left_behind_is_put_away() -> None:
    done = run_program(
        """
        text = text[: len(text) // 8]
        docs = nlp.pipe([text], n_threads=2)
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            next(docs)
        except KeyboardInterrupt:
            pass
        held = sys.getrefcount(text)
        while len(os.listdir("/proc/self/task")) > 1:
            time.sleep(0.05)
        list(nlp.pipe(["One.", "Two."], n_threads=2))
        print(held - sys.getrefcount(text))
        """,
        "2",
    )
    assert done.stdout == "1\n", done.stderr


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_fork_while_texts_are_read(nlp: quoth.Pipeline) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("needs fork")
    docs = nlp.pipe(TEXTS, n_threads=2)
    next(docs)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            try:
                list(docs)
            except RuntimeError as error:
                status = 2 if "before a fork" in str(error) else 3
            again = list(nlp.pipe(TEXTS, n_threads=2)) == [nlp(text) for text in TEXTS]
            del docs
            status = 0 if status == 2 and again else status
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert len(list(docs)) == len(TEXTS) - 1


# --- threads --------------------------------------------------------------------------------------


def test_one_pipeline_in_many_threads(nlp: quoth.Pipeline) -> None:
    alone = [nlp(text) for text in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert list(pool.map(nlp, TEXTS)) == alone


def test_a_document_shared_by_threads(nlp: quoth.Pipeline) -> None:
    for text in TEXTS[:10]:
        doc = nlp(text)
        with ThreadPoolExecutor(8) as pool:
            forms = list(pool.map(lambda d: (d.sents, d.quotes, d.ents, d.to_json()), [doc] * 32))
        assert all(form == forms[0] for form in forms)


def test_another_process_reads_the_same() -> None:
    program = (
        "import pickle, sys; nlp, text = pickle.load(sys.stdin.buffer);"
        "sys.stdout.buffer.write(nlp(text).to_json().encode())"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    nlp = quoth.load("en")
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=pickle.dumps((nlp, TEXTS[0])),
            capture_output=True,
            check=True,
            env={**environment, "PYTHONHASHSEED": seed},
        )
        assert quoth.from_json(done.stdout) == nlp(TEXTS[0])


def test_import_is_quick() -> None:
    """What is not needed to read a text is imported when it is: JSON, HTML, threads."""
    program = (
        "import sys; sys.path += sys.argv;"
        "import quoth; quoth.load('en')('It rained.'); print(*sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, *sys.path],
        capture_output=True,
        check=True,
        text=True,
        env=environment,
    )
    loaded = set(done.stdout.split())
    late = {"argparse", "concurrent.futures", "datetime", "html", "json", "re", "tqdm", "typing"}
    assert not loaded & late
