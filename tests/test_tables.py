"""Tables: the rows of documents and corpora, and that Arrow's readers see them as they are."""

from __future__ import annotations

import ctypes
import datetime
import gc
import pickle
import random
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import quoth
from conftest import TEXT, document_data
from test_pipeline import TEXTS

NAMES = ("sents", "quotes", "ents")
COLUMNS = {
    "sents": "doc_id sent_id para_id start end text",
    "quotes": "doc_id quote_id type text start end cue cue_start cue_end source source_start"
    " source_end speaker speaker_id score rule sent_id para_id",
    "ents": "doc_id ent_id text start end label entity_id entity kb_id score sent_id",
}
TEXT_COLUMNS = {"text", "type", "cue", "source", "speaker", "rule", "label", "entity", "kb_id"}
ODD = "A “lone \ud800 mark,” said Zoë \udfff Keller 😀 of Oslo.\n\n“A,” she said, “B 😀.”"


def clean(text: str) -> str:
    return "".join("�" if "\ud800" <= c <= "\udfff" else c for c in text)


def place(things: tuple[Any, ...], start: int) -> int | None:
    return next(
        (i for i, thing in enumerate(things) if thing.start_char <= start < thing.end_char), None
    )


def sents_by_hand(doc: quoth.Document, doc_id: Any) -> Iterator[dict[str, Any]]:
    for i, s in enumerate(doc.sents):
        yield {
            "doc_id": doc_id,
            "sent_id": i,
            "para_id": place(doc.paragraphs, s.start_char),
            "start": s.start_char,
            "end": s.end_char,
            "text": clean(s.text),
        }


def quotes_by_hand(doc: quoth.Document, doc_id: Any) -> Iterator[dict[str, Any]]:
    entities = {entity: i for i, entity in reversed(list(enumerate(doc.entities)))}
    for i, q in enumerate(doc.quotes):
        row: dict[str, Any] = {"doc_id": doc_id, "quote_id": i, "type": q.type}
        row |= {"text": clean(q.text), "start": q.start_char, "end": q.end_char}
        for name, span in (("cue", q.cue), ("source", q.source)):
            row[name] = None if span is None else clean(span.text)
            row[f"{name}_start"] = None if span is None else span.start_char
            row[f"{name}_end"] = None if span is None else span.end_char
        row["speaker"] = None if q.speaker is None else clean(q.speaker.name)
        row["speaker_id"] = None if q.speaker is None else entities[q.speaker]
        row |= {"score": q.score, "rule": q.rule, "sent_id": place(doc.sents, q.start_char)}
        yield row | {"para_id": place(doc.paragraphs, q.start_char)}


def ents_by_hand(doc: quoth.Document, doc_id: Any) -> Iterator[dict[str, Any]]:
    entities = {entity: i for i, entity in reversed(list(enumerate(doc.entities)))}
    for i, m in enumerate(doc.ents):
        row: dict[str, Any] = {"doc_id": doc_id, "ent_id": i, "text": clean(m.text)}
        row |= {"start": m.start_char, "end": m.end_char, "label": m.label_}
        row["entity_id"] = None if m.entity is None else entities[m.entity]
        row["entity"] = None if m.entity is None else clean(m.entity.name)
        row |= {"kb_id": m.kb_id_, "score": m.score, "sent_id": place(doc.sents, m.start_char)}
        yield row


BY_HAND: dict[str, Callable[[quoth.Document, Any], Iterator[dict[str, Any]]]] = {
    "sents": sents_by_hand,
    "quotes": quotes_by_hand,
    "ents": ents_by_hand,
}


# --- one document ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", [TEXT, ODD, "", "It rained.", TEXTS[0]])
def test_rows_are_what_the_document_says(nlp: quoth.Pipeline, name: Any, text: str) -> None:
    doc = nlp(text)
    expected = list(BY_HAND[name](doc, 0))
    assert doc.to_table(name).to_pylist() == expected
    assert quoth.tables([text], nlp=nlp, names=[name])[name].to_pylist() == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_document_from_elsewhere_has_rows(name: Any) -> None:
    doc = quoth.from_json(document_data())
    rows = doc.to_table(name, "x1").to_pylist()
    assert rows == list(BY_HAND[name](doc, "x1"))
    assert rows


@pytest.mark.parametrize("name", NAMES)
def test_the_columns_are_always_the_same(nlp: quoth.Pipeline, name: Any) -> None:
    pa = pytest.importorskip("pyarrow")
    schemas = [nlp(text).to_arrow(name).schema for text in ("", TEXT, ODD)]
    schemas.append(quoth.tables([], nlp=nlp)[name].to_arrow().schema)
    assert schemas[0].names == COLUMNS[name].split()
    for schema in schemas:
        assert schema.equals(schemas[0], check_metadata=True)
    for field in schemas[0]:
        text = field.name in TEXT_COLUMNS
        expected = pa.string() if text else pa.float64() if field.name == "score" else pa.int64()
        assert field.type == expected, field


def test_what_to_table_refuses(nlp: quoth.Pipeline) -> None:
    doc = nlp("It rained.")
    with pytest.raises(
        ValueError, match="table: expected 'sents', 'quotes' or 'ents', got 'quote'"
    ):
        doc.to_table("quote")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="doc_id: expected str or int, got float"):
        doc.to_table("ents", 1.5)  # type: ignore[arg-type]
    with pytest.raises(OverflowError, match="doc_id: expected int of 64 bits"):
        doc.to_table("ents", 2**63)
    with pytest.raises(KeyError, match="speaker"):
        doc.to_table("sents").column("speaker")
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(doc.to_table())


# --- a corpus -------------------------------------------------------------------------------------


@pytest.mark.parametrize("n_threads", [1, 2, 5])
def test_a_corpus_has_the_rows_of_its_documents(nlp: quoth.Pipeline, n_threads: int) -> None:
    texts = [*TEXTS, "", ODD]
    ids = [f"id{n}" for n in range(len(texts))]
    read = quoth.tables(texts, ids, nlp=nlp, n_threads=n_threads)
    for name in NAMES:
        expected = [
            row
            for text, doc_id in zip(texts, ids, strict=True)
            for row in BY_HAND[name](nlp(text), doc_id)
        ]
        assert read[name].to_pylist() == expected  # type: ignore[index]
        assert len(read[name]) == len(expected)  # type: ignore[index]


@pytest.mark.parametrize("n_threads", [1, 2])
def test_labels_and_identifiers_of_ones_own(nlp: quoth.Pipeline, n_threads: int) -> None:
    own = nlp.with_terms("VESSEL", ["old wall", "dyke"], kb_id="x:1").with_terms("ORG", ["placard"])
    read = quoth.tables(TEXTS, nlp=own, n_threads=n_threads)
    for name in NAMES:
        rows = [row for n, text in enumerate(TEXTS) for row in BY_HAND[name](own(text), n)]
        assert read[name].to_pylist() == rows  # type: ignore[index]
    found = set(zip(*(read["ents"].column(n) for n in ("text", "label", "kb_id")), strict=True))
    assert {("old wall", "VESSEL", "x:1"), ("placard", "ORG", None)} <= found


def test_documents_and_texts_mix(nlp: quoth.Pipeline) -> None:
    texts = [nlp(text) if n % 3 else text for n, text in enumerate(TEXTS)]
    whole = quoth.quotes_table(TEXTS, nlp=nlp).to_pylist()
    assert quoth.quotes_table(texts, nlp=nlp, n_threads=2).to_pylist() == whole
    assert quoth.quotes_table(nlp(TEXT), nlp=nlp).to_pylist() == nlp(TEXT).to_table().to_pylist()


def test_many_rows_make_several_batches(nlp: quoth.Pipeline) -> None:
    pa = pytest.importorskip("pyarrow")
    text = "It rained. " * 40_000
    table = quoth.sents_table([text, text, "One."], nlp=nlp)
    reader = pa.RecordBatchReader.from_stream(table)
    batches = list(reader)
    assert len(batches) == 2
    assert sum(len(batch) for batch in batches) == len(table) == 80_001
    for batch in batches:
        batch.validate(full=True)
    assert table.column("doc_id") == [0] * 40_000 + [1] * 40_000 + [2]


def test_metadata_is_carried_along(nlp: quoth.Pipeline) -> None:
    zone = datetime.timezone(datetime.timedelta(hours=2))
    meta: dict[str, list[Any]] = {
        "outlet": ["Post", None, "Zei\ud800t"],
        "words": [3, 4, None],
        "weight": [0.5, 1, None],
        "paid": [True, None, False],
        "day": [datetime.date(1969, 12, 31), None, datetime.date(2026, 2, 28)],
        "seen": [datetime.datetime(1950, 1, 1, 1, 2, 3, 4), None, None],
        "sent": [datetime.datetime(2020, 5, 1, tzinfo=zone), None, None],
        "nothing": [None, None, None],
    }
    texts = ["One. Two.", "Three.", "Four. Five. Six."]
    table = quoth.sents_table(texts, [5, 6, 7], meta, nlp=nlp)
    assert table.column_names == (*COLUMNS["sents"].split(), *meta)
    repeats = [0, 0, 1, 2, 2, 2]
    assert table.column("doc_id") == [5, 5, 6, 7, 7, 7]
    for name, values in meta.items():
        expected = [values[i] for i in repeats]
        expected = [clean(v) if isinstance(v, str) else v for v in expected]
        assert table.column(name) == expected, name
    rows = [{name: values[i] for name, values in meta.items()} for i in range(3)]
    assert quoth.sents_table(texts, [5, 6, 7], rows, nlp=nlp).to_pylist() == table.to_pylist()


def test_numbers_of_numpy_and_pandas_are_numbers(nlp: quoth.Pipeline) -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(
        {
            "id": [11, 12],
            "name": ["a", None],
            "score": [0.5, float("nan")],
            "when": pd.to_datetime(["2020-01-02 03:04:05", None]),
        }
    )
    texts = pd.Series(["One.", "Two."])
    table = quoth.sents_table(texts, frame["id"], frame[["name", "score", "when"]], nlp=nlp)
    assert table.column("doc_id") == [11, 12]
    assert table.column("name") == ["a", None]
    assert table.column("score")[0] == 0.5
    assert table.column("when") == [datetime.datetime(2020, 1, 2, 3, 4, 5), None]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"texts": "text"}, TypeError, "texts: expected an iterable of str, got str"),
        ({"ids": [1]}, ValueError, "ids: expected a value for each of 2 texts, got 1"),
        ({"ids": "ab"}, TypeError, "ids: expected an iterable of str or int, got str"),
        ({"ids": ["a", 1]}, TypeError, "ids: expected all str or all int, got int, str"),
        ({"ids": ["a", None]}, TypeError, "ids: expected all str or all int, got NoneType, str"),
        ({"ids": [1, 2**64]}, OverflowError, "doc_id: expected int of 64 bits"),
        ({"meta": {"a": [1, 2, 3]}}, ValueError, "for each of 2 texts, got 3 in 'a'"),
        ({"meta": {"a": [1, "b"]}}, TypeError, "meta: 'a': expected .* of one kind, got int, str"),
        ({"meta": {"a": [[], []]}}, TypeError, "meta: 'a': expected str, int, .* got list"),
        ({"meta": {"text": [1, 2]}}, ValueError, "meta: 'text' is the name of a column"),
        ({"meta": {3: [1, 2]}}, TypeError, "meta: expected names that are str, got 3"),
        ({"meta": 3}, TypeError, "meta: expected columns by name or dicts, got int"),
        ({"names": ["x"]}, ValueError, "names: expected 'sents', 'quotes' or 'ents', got 'x'"),
        ({"names": "ents"}, TypeError, "names: expected a collection of str, got str"),
        ({"n_threads": -1}, ValueError, "n_threads: expected 0 or more"),
        ({"errors": "ignore"}, ValueError, "errors: expected"),
    ],
)
def test_what_is_wrong_is_named(
    nlp: quoth.Pipeline, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        quoth.tables(**{"texts": ["One.", "Two."], "nlp": nlp, **options})


def test_lengths_of_lazy_texts_are_checked(nlp: quoth.Pipeline) -> None:
    with pytest.raises(ValueError, match="ids: expected a value for each of 2 texts, got 3"):
        quoth.sents_table((t for t in ("One.", "Two.")), [1, 2, 3], nlp=nlp)


def test_a_stage_that_is_missing_is_named() -> None:
    plain = quoth.load("en", stages=["sentence"])
    assert len(quoth.sents_table(["One. Two."], nlp=plain)) == 2
    with pytest.raises(ValueError, match="loaded without the stage 'attribution'"):
        quoth.quotes_table(["One."], nlp=plain)


@pytest.mark.parametrize("n_threads", [1, 2])
def test_a_text_that_cannot_be_read(nlp: quoth.Pipeline, n_threads: int) -> None:
    texts: list[Any] = ["One.", None, "Two. Three."]
    with pytest.raises(TypeError, match="text: expected str, got NoneType") as caught:
        quoth.sents_table(texts, nlp=nlp, n_threads=n_threads)
    assert caught.value.__notes__ == ["while reading text number 1 (counted from 0)"]
    told: list[int] = []
    table = quoth.sents_table(
        texts, nlp=nlp, n_threads=n_threads, errors=lambda n, *_: told.append(n)
    )
    assert (told, table.column("doc_id")) == ([1], [0, 2, 2])
    with pytest.warns(RuntimeWarning, match="text number 1 left out"):
        quoth.sents_table(texts, nlp=nlp, n_threads=n_threads, errors="warn")


# --- who reads them -------------------------------------------------------------------------------


def test_every_library_reads_the_same(nlp: quoth.Pipeline) -> None:
    pa = pytest.importorskip("pyarrow")
    for name in NAMES:
        table = quoth.tables(TEXTS, nlp=nlp)[name]  # type: ignore[index]
        rows = table.to_pylist()
        arrow = table.to_arrow()
        arrow.validate(full=True)
        assert arrow.to_pylist() == rows
        assert pa.schema(table) == arrow.schema


def test_polars_reads_it(nlp: quoth.Pipeline) -> None:
    pl = pytest.importorskip("polars")
    table = quoth.quotes_table(TEXTS, nlp=nlp)
    frame = pl.DataFrame(table)
    assert frame.to_dicts() == table.to_pylist()
    assert nlp(TEXT).to_polars("ents").to_dicts() == nlp(TEXT).to_table("ents").to_pylist()


def test_duckdb_reads_it(nlp: quoth.Pipeline) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    quotes = quoth.quotes_table(TEXTS, nlp=nlp)
    found = duckdb.sql("SELECT quote_id, text, cue_start, score FROM quotes").fetchall()
    names = ("quote_id", "text", "cue_start", "score")
    assert found == list(zip(*(quotes.column(name) for name in names), strict=True))


def test_pandas_reads_it(nlp: quoth.Pipeline) -> None:
    pd = pytest.importorskip("pandas")
    table = quoth.quotes_table(
        TEXTS, meta={"day": [datetime.date(2020, 1, 2)] * len(TEXTS)}, nlp=nlp
    )
    frame = table.to_pandas()
    assert list(frame.columns) == list(table.column_names)
    for name in table.column_names[:-1]:
        values = [None if pd.isna(value) else value for value in frame[name]]
        assert values == table.column(name), name
    kinds = {name: str(frame[name].dtype) for name in ("doc_id", "start", "cue_start", "score")}
    assert kinds == {"doc_id": "int64", "start": "int64", "cue_start": "Int64", "score": "float64"}
    assert set(frame["day"]) == {pd.Timestamp("2020-01-02")}
    empty = quoth.quotes_table([], nlp=nlp).to_pandas()
    assert {name: str(empty[name].dtype) for name in kinds} == kinds


def test_missing_libraries_are_named(nlp: quoth.Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    for package, extra in (("pyarrow", "arrow"), ("pandas", "pandas"), ("polars", "polars")):
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(ImportError, match=rf"pip install 'quoth\[{extra}\]'"):
            getattr(nlp("It rained."), f"to_{extra}")()


def test_columns_outlive_everything(nlp: quoth.Pipeline) -> None:
    pytest.importorskip("pyarrow")
    table = quoth.sents_table(["It rained. " * 5000] * 20, nlp=nlp)
    column = table.to_arrow().column("text")
    other = [table.to_arrow() for _ in range(3)]
    del table
    gc.collect()
    chunks = column.chunks
    del column, other
    gc.collect()
    assert {chunk[0].as_py() for chunk in chunks} == {"It rained."}
    done: list[int] = []

    def let_go() -> None:  # release callbacks run in whatever thread lets go last
        done.append(sum(len(chunk) for chunk in chunks))
        chunks.clear()

    thread = threading.Thread(target=let_go)
    thread.start()
    thread.join()
    assert done == [100_000]


class _Stream(ctypes.Structure):
    _fields_ = [
        ("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)),
        ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)),
        ("get_last_error", ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)),
        ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    ]


def test_callbacks_say_when_memory_runs_out(nlp: quoth.Pipeline) -> None:
    testcapi = pytest.importorskip("_testcapi")
    table = nlp(TEXT).to_table()
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    codes = set()
    for fail_at in range(60):
        for callback in ("get_schema", "get_next"):
            capsule = table.__arrow_c_stream__()
            stream = _Stream.from_address(pointer(capsule, b"arrow_array_stream"))
            out = (ctypes.c_uint8 * 256)()
            call = getattr(stream, callback)
            testcapi.set_nomemory(fail_at, fail_at + 1)
            try:
                code = call(ctypes.addressof(stream), ctypes.addressof(out))
            except (MemoryError, ctypes.ArgumentError):
                code = None
            finally:
                testcapi.remove_mem_hooks()
            codes.add(code)
            # what is handed out is let go here, as a consumer does: "release" of either struct
            if code == 0:
                at = 56 if callback == "get_schema" else 64
                release = ctypes.c_void_p.from_buffer(out, at).value
                assert release
                ctypes.CFUNCTYPE(None, ctypes.c_void_p)(release)(ctypes.addressof(out))
            elif code is not None:
                assert stream.get_last_error(ctypes.addressof(stream)) == b"out of memory"
    assert codes - {None} == {0, 12}


def test_offsets_point_into_the_text(nlp: quoth.Pipeline) -> None:
    texts = [ODD, *random.Random(5).sample(TEXTS, 5)]
    for name in NAMES:
        for row in quoth.tables(texts, nlp=nlp)[name].to_pylist():  # type: ignore[index]
            text = clean(texts[row["doc_id"]])
            spans = [("text", "start", "end")]
            if name == "quotes":
                spans = [(n, f"{n}_start", f"{n}_end") for n in ("cue", "source")]
            for part, start, end in spans:
                if row[part] is not None:
                    assert row[part] == text[row[start] : row[end]]
