"""Where the module lives: several interpreters in a process, forks, imports again, old pickles."""

from __future__ import annotations

import importlib
import json
import os
import pathlib
import pickle
import subprocess
import sys
import textwrap
import threading
from typing import Any

import pytest

import quoth
from conftest import TEXT

PICKLES = sorted((pathlib.Path(__file__).parent / "data").glob("document_protocol*.pickle"))


def interpreters() -> Any:
    """The module of interpreters that each have a lock of their own (CPython 3.12 and later)."""
    for name in ("_interpreters", "_xxsubinterpreters"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    pytest.skip("needs isolated subinterpreters")


READ = f"""
import sys
sys.path[:] = {sys.path!r}
import quoth
nlp = quoth.load("en")
docs = [nlp({TEXT!r}), *nlp.pipe([{TEXT!r}] * 8, n_threads=2)]
assert all(doc == docs[0] for doc in docs)
assert quoth.from_json(docs[0].to_json()) == docs[0]
assert docs[0].dateline.date is None or docs[0].dateline.date.year == 2021
with open(path, "w", encoding="utf-8") as file:
    file.write(docs[0].to_json())
"""


def test_isolated_subinterpreters(nlp: quoth.Pipeline, tmp_path: pathlib.Path) -> None:
    """Each reads with its own module, at once, and ends while the others go on."""
    module = interpreters()
    wrong: list[object] = []

    def run(number: int) -> None:
        try:
            for turn in range(2):
                interpreter = module.create()
                code = f"path = {str(tmp_path / f'{number} {turn}')!r}\n{READ}"
                failed = (
                    module.exec(interpreter, code)
                    if hasattr(module, "exec")
                    else module.run_string(interpreter, code)
                )
                module.destroy(interpreter)
                if failed is not None:
                    wrong.append(failed)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert nlp(TEXT).dateline is not None
    assert wrong == []
    expected = nlp(TEXT).to_json()
    found = [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()]
    assert found == [expected] * 6


def test_subinterpreters_that_share_a_lock(nlp: quoth.Pipeline, tmp_path: pathlib.Path) -> None:
    testcapi = pytest.importorskip("_testcapi")
    for turn in range(3):
        path = tmp_path / str(turn)
        assert testcapi.run_in_subinterp(f"path = {str(path)!r}\n{READ}") == 0
        assert path.read_text(encoding="utf-8") == nlp(TEXT).to_json()


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_fork_after_load(nlp: quoth.Pipeline) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("needs fork")
    doc = nlp(TEXT)
    expected = [doc.to_json()] * 5
    for _ in range(3):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                found = [nlp(TEXT), *nlp.pipe([TEXT] * 3, n_threads=2), doc]
                status = 0 if [one.to_json() for one in found] == expected else 2
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert nlp(TEXT) == doc


def test_reload() -> None:
    """Imported again, the module has types of its own; what the old one made stays whole."""
    program = """
        import gc, importlib, pickle, sys
        import quoth
        text = sys.stdin.read()
        old = quoth.load("en")
        doc = old(text)
        assert importlib.reload(quoth) is quoth
        assert quoth.load("en")(text) == doc
        for name in [name for name in sys.modules if name.split(".")[0] == "quoth"]:
            del sys.modules[name]
        import quoth as again
        new = again.load("en")(text)
        assert type(new) is not type(doc)
        assert new.to_json() == doc.to_json() == old(text).to_json()
        assert isinstance(pickle.loads(pickle.dumps(new)), again.Document)
        quotes = doc.quotes
        del quoth, old, doc
        gc.collect()
        assert [quote.text for quote in quotes] == [quote.text for quote in new.quotes]
        print("whole")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        input=TEXT.encode(),
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"},
    )
    assert done.stdout == b"whole\n", done.stderr.decode()


@pytest.mark.parametrize("path", PICKLES, ids=lambda path: path.stem)
def test_pickles_of_another_python(path: pathlib.Path, made: quoth.Document) -> None:
    """The files were written by CPython 3.11, with version 0.1.0, from the document by hand."""
    doc, quote, entity = pickle.loads(path.read_bytes())
    assert doc == made
    assert quote.document == made if hasattr(quote, "document") else quote == made.quotes[0]
    assert entity == made.entities[1]
    assert json.loads(doc.to_json()) == made.to_dict()


def test_there_are_pickles_of_another_python() -> None:
    assert {path.stem for path in PICKLES} == {f"document_protocol{n}" for n in (2, 5)}
