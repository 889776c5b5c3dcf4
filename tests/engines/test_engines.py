"""The adapters on the real engines: each gives exactly the rows that nlp.pipe gives.

`make test-engines` runs this in an environment of its own; where an engine is missing, its test is
left out.
"""

from __future__ import annotations

import datetime
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import quoth
from quoth.arrow import Annotate, annotate, schema

pa = pytest.importorskip("pyarrow")

NAMES: tuple[Any, ...] = ("sents", "quotes", "ents")
PARTS = [
    "Mayor Ann Bell opened the dyke on Monday. “The water,” she said, “won’t wait.”",
    "Engineer Tom Ré told reporters: “We measured it twice.”",
    "",
    "Nobody spoke. 😀 It rained in Oslo.",
    'The council said that the wall "will hold".',
]
TEXTS = [f"Part {n}\n\n{PARTS[n % 5]}\n\n{PARTS[n * 7 % 5]}" if n % 11 else "" for n in range(240)]
TEXTS_OR_NULL = [None if n % 13 == 5 else text for n, text in enumerate(TEXTS)]
IDS = [f"id {n}" for n in range(len(TEXTS))]
DAYS = [datetime.date(2020, 1, 1 + n % 28) for n in range(len(TEXTS))]
ROWS = [
    {"url": IDS[n], "body": text, "day": DAYS[n], "size": n} for n, text in enumerate(TEXTS_OR_NULL)
]
SETTINGS: dict[str, Any] = {"text": "body", "id": "url", "keep": ["size"]}


@pytest.fixture(scope="module")
def nlp() -> quoth.Pipeline:
    return quoth.load("en")


def by_pipe(nlp: quoth.Pipeline, table: Any) -> list[dict[str, Any]]:
    """The rows that the documents of nlp.pipe() have."""
    pairs = ((text, n) for n, text in enumerate(TEXTS_OR_NULL) if text is not None)
    return [
        row | {"size": n}
        for doc, n in nlp.pipe(pairs, as_tuples=True)
        for row in doc.to_table(table, IDS[n]).to_pylist()
    ]


def in_order(rows: list[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    return sorted(
        rows,
        key=lambda row: (
            row["size"],
            row[{"sents": "sent_id", "quotes": "quote_id"}.get(table, "ent_id")],
        ),
    )


def batch(kind: Any = None) -> Any:
    made = pa.Table.from_pylist(ROWS)
    if kind is not None:
        at = made.schema.get_field_index("body")
        column = made.column("body")
        cast = column.dictionary_encode() if kind == "dictionary" else column.cast(kind)
        made = made.set_column(at, "body", cast)
    return made


# --- the function ---------------------------------------------------------------------------------


@pytest.mark.parametrize("table", NAMES)
@pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "dictionary"])
def test_kinds_of_strings(nlp: quoth.Pipeline, table: Any, kind: str) -> None:
    types = {"large_string": pa.large_string(), "string_view": pa.string_view()}
    made = batch(types.get(kind, kind if kind == "dictionary" else None))
    found = annotate(made, table, **SETTINGS)
    assert found.to_pylist() == by_pipe(nlp, table)
    assert found.schema.equals(schema(made.schema, table, id="url", keep=["size"]))
    found.validate(full=True)


@pytest.mark.parametrize("table", NAMES)
def test_any_cut_into_batches_gives_the_same(nlp: quoth.Pipeline, table: Any) -> None:
    made, expected = batch(), by_pipe(nlp, table)
    for size in (1, 7, 64, 1000):
        for threads in (1, 2):
            call = Annotate(table, "body", "url", ("size",), n_threads=threads)
            parts = [call(part) for part in made.to_batches(size)]
            assert pa.concat_tables(parts).to_pylist() == expected


@pytest.mark.parametrize("table", NAMES)
def test_the_schema_is_always_the_same(table: Any) -> None:
    call = Annotate(table, "body", "url", ("day", "size"))
    made = batch()
    empty = made.slice(0, 0)
    nulls = pa.Table.from_pylist([ROWS[0] | {"body": None}], schema=made.schema)
    expected = call.schema(made.schema)
    for some in (made, empty, nulls, made.to_batches()[0]):
        assert call(some).schema.equals(expected)
    assert expected.field("day").type == pa.date32()
    plain = Annotate(table, "body")
    assert plain(made).column("doc_id").type == pa.int64()


def test_a_call_is_pickled() -> None:
    call = Annotate("ents", "body", "url", ["size"], "skip", {"newlines": "break"})
    assert pickle.loads(pickle.dumps(call)) == call
    assert len(pickle.dumps(call)) < 1000
    assert pickle.loads(pickle.dumps(call))(batch()).equals(call(batch()))


def test_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """No str that Arrow holds is an error by itself: one is made."""
    import quoth.arrow as module

    made = pa.table({"body": ["One.", "bad", "Two.", "bad", None], "url": list("abcde")})
    real = module._strings
    monkeypatch.setattr(module, "_strings", lambda *a: [3 if s == "bad" else s for s in real(*a)])
    with pytest.raises(TypeError, match="text: expected str") as caught:
        annotate(made, "sents", text="body")
    assert caught.value.__notes__ == ["while reading row 1 of a batch (counted from 0)"]
    skipped = annotate(made, "sents", text="body", id="url", errors="skip")
    assert skipped.column("doc_id").to_pylist() == ["a", "c"]
    told = annotate(made, "sents", text="body", id="url", errors="null")
    assert [(row["doc_id"], row["text"]) for row in told.to_pylist()] == [
        ("a", "One."), ("b", None), ("c", "Two."), ("d", None),
    ]  # fmt: skip
    assert told.schema.equals(skipped.schema)


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"text": "x"}, KeyError, "no column 'x' among url, body, day, size"),
        ({"text": "size"}, TypeError, "text: expected strings in column 'size', got int64"),
        ({"text": "body", "keep": ["text"]}, ValueError, "keep: 'text' is the name of a column"),
        ({"text": "body", "keep": "size"}, TypeError, "keep: expected a collection of str"),
        ({"text": "body", "errors": "warn"}, ValueError, "errors: expected 'raise', 'null' or"),
        ({"text": "body", "n_threads": -1}, ValueError, "n_threads: expected 0 or more"),
        ({"text": "body", "options": {"language": "xx"}}, ValueError, "language: expected 'en'"),
    ],
)
def test_what_is_wrong_is_named(settings: dict[str, Any], error: Any, message: str) -> None:
    with pytest.raises(error, match=message):
        annotate(batch(), **settings)
    with pytest.raises(ValueError, match="table: expected 'sents', 'quotes' or 'ents', got 'x'"):
        annotate(batch(), "x", text="body")  # type: ignore[arg-type]


# --- the engines ----------------------------------------------------------------------------------


@pytest.mark.parametrize("table", NAMES)
def test_polars(nlp: quoth.Pipeline, table: Any) -> None:
    pl = pytest.importorskip("polars")
    import quoth.polars

    frame = pl.DataFrame(ROWS)
    expected = by_pipe(nlp, table)
    assert quoth.polars.annotate(frame, table, **SETTINGS).to_dicts() == expected
    lazy = quoth.polars.annotate(frame.lazy(), table, **SETTINGS)
    assert lazy.collect().to_dicts() == expected
    assert lazy.filter(pl.col("size") > 100).select("text").collect().to_series().to_list() == [
        row["text"] for row in expected if row["size"] > 100
    ]


@pytest.mark.parametrize("table", NAMES)
def test_duckdb(nlp: quoth.Pipeline, table: Any) -> None:
    duckdb = pytest.importorskip("duckdb")
    import quoth.duckdb

    with duckdb.connect() as connection:
        quoth.duckdb.register(connection)
        articles = batch()
        connection.register("articles", articles)
        found = connection.sql(
            f"SELECT url AS doc_id, unnest({table}(body), recursive := true), size FROM articles"
        ).to_arrow_table()
        rows = in_order(found.to_pylist(), table)
        assert rows == by_pipe(nlp, table)
        assert connection.sql(f"SELECT {table}(NULL)").fetchall() == [([],)]
        assert connection.sql(f"SELECT typeof({table}('')) LIKE 'STRUCT%[]'").fetchall() == [
            (True,)
        ]


@pytest.mark.parametrize("table", NAMES)
def test_dask(nlp: quoth.Pipeline, table: Any) -> None:
    dd = pytest.importorskip("dask.dataframe")
    pd = pytest.importorskip("pandas")
    import quoth.dask

    frame = dd.from_pandas(pd.DataFrame(ROWS), npartitions=5)
    rows = quoth.dask.annotate(frame, table, **SETTINGS)
    computed = rows.compute()
    assert dict(computed.dtypes) == dict(rows._meta.dtypes)
    found = [
        {name: None if pd.isna(value) else value for name, value in row.items()}
        for row in computed.to_dict("records")
    ]
    assert found == by_pipe(nlp, table)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "50")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.mark.parametrize("table", NAMES)
def test_spark(nlp: quoth.Pipeline, spark: Any, table: Any) -> None:
    import quoth.spark

    frame = spark.createDataFrame(
        ROWS, "url string, body string, day date, size bigint"
    ).repartition(4)
    rows = quoth.spark.annotate(frame, table, **SETTINGS)
    found = [row.asDict() for row in rows.collect()]
    assert in_order(found, table) == by_pipe(nlp, table)
    kinds = dict(rows.dtypes)
    assert (kinds["doc_id"], kinds["start"], kinds["size"]) == ("string", "bigint", "bigint")


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    module = pytest.importorskip("ray")
    pytest.importorskip("ray.data")
    paths = os.pathsep.join(path for path in sys.path if path)
    module.init(num_cpus=2, include_dashboard=False, log_to_driver=False,
                runtime_env={"env_vars": {"PYTHONPATH": paths}})  # fmt: skip
    yield module
    module.shutdown()


@pytest.mark.parametrize("table", NAMES)
def test_ray(nlp: quoth.Pipeline, ray: Any, table: Any) -> None:
    import quoth.ray

    dataset = ray.data.from_arrow(batch()).repartition(4)
    found = quoth.ray.annotate(dataset, table, batch_size=50, **SETTINGS).take_all()
    assert in_order(found, table) == by_pipe(nlp, table)


def test_missing_engines_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: dict[str, Callable[[], object]] = {}
    for name in ("polars", "dask", "spark"):
        module = __import__(f"quoth.{name}", fromlist=["annotate"])
        calls[name] = lambda module=module: module.annotate(None, **SETTINGS)  # type: ignore[misc]
    from quoth.duckdb import register

    calls["duckdb"] = lambda: register(None)
    for name, call in calls.items():
        package = "pyspark" if name == "spark" else name
        for loaded in [m for m in sys.modules if m == package or m.startswith(package + ".")]:
            monkeypatch.setitem(sys.modules, loaded, None)
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(ImportError, match=rf"pip install 'quoth\[{name}\]'"):
            call()
