"""quoth run: what it reads and writes, bad records, and going on wherever it was stopped."""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import quoth
from conftest import TEXT
from quoth.cli import main
from quoth.run import inputs as run_inputs
from quoth.run import work as run_work

TEXTS = [f"{TEXT}\n\nPart {n} — ends “here,” said Ann Bell." for n in range(40)]
COMMAND = [sys.executable, "-m", "quoth", "run"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def lines_of(texts: list[str]) -> bytes:
    rows = ({"id": f"a{n}", "text": text, "n": n} for n, text in enumerate(texts))
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def records(out: Path) -> list[dict[str, Any]]:
    parts = sorted(out.glob("part-*.jsonl"))
    return [json.loads(line) for part in parts for line in part.read_bytes().splitlines()]


def errors(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "errors.jsonl").read_bytes().splitlines()]


def run(*arguments: object, status: int = 0) -> None:
    assert main(["run", "--quiet", *map(str, arguments)]) == status


@pytest.mark.parametrize("threads", [1, 3])
def test_json_lines(tmp_path: Path, nlp: quoth.Pipeline, threads: int) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_bytes(lines_of(TEXTS))
    options = ("--id-field", "id", "--keep", "n", "--shard-texts", 7, "--threads", threads)
    run(source, "-o", out, *options)
    assert len(list(out.glob("part-*.jsonl"))) == 6
    found = records(out)
    assert [(record["id"], record["meta"]) for record in found] == [
        (f"a{n}", {"n": n}) for n in range(len(TEXTS))
    ]
    assert [quoth.from_json(record) for record in found] == [nlp(text) for text in TEXTS]
    assert errors(out) == []
    before = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    run(source, "-o", out, *options)
    assert {path: path.stat().st_mtime_ns for path in out.iterdir()} == before, "it was complete"


@pytest.mark.parametrize("group_size", [1000, run_work.GROUP_SIZE])
def test_parquet(
    tmp_path: Path, nlp: quoth.Pipeline, monkeypatch: pytest.MonkeyPatch, group_size: int
) -> None:
    """The rows are those of the tables, however few texts are held in memory at a time."""
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(run_work, "GROUP_SIZE", group_size)
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_bytes(lines_of(TEXTS[:5]) + b"[]\n" + lines_of(TEXTS[5:]))
    run(source, "-o", out, "-f", "parquet", "--id-field", "id", "--keep", "n",
        "--shard-texts", 7, status=1)  # fmt: skip
    ids = [f"a{n}" for n in range(5)] + [f"a{n}" for n in range(len(TEXTS) - 5)]
    meta = {"n": [str(n) for n in [*range(5), *range(len(TEXTS) - 5)]]}
    expected = quoth.tables(TEXTS, ids, meta, nlp=nlp)
    for name, table in expected.items():
        parts = sorted((out / name).glob("*.parquet"))
        assert len(parts) == 6
        rows = [row for part in parts for row in parquet.read_table(part).to_pylist()]
        assert rows == table.to_pylist()
        groups = {parquet.read_metadata(part).num_row_groups for part in parts[:-1]}
        assert groups == {1} if group_size > 1000 else min(groups) > 1
        schemas = {str(parquet.read_schema(part)) for part in parts}
        assert len(schemas) == 1
    assert [error["record"] for error in errors(out)] == [5]


def test_one_table_only(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "in.jsonl").write_bytes(lines_of(TEXTS[:3]))
    out = tmp_path / "out"
    run(tmp_path / "in.jsonl", "-o", out, "-f", "parquet", "--table", "ents")
    assert sorted(path.name for path in out.iterdir() if not path.name.startswith(".")) == [
        "_quoth_run.json",
        "ents",
        "errors.jsonl",
    ]


def test_every_kind_of_input(tmp_path: Path, nlp: quoth.Pipeline) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    zstandard = pytest.importorskip("zstandard")
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    data = lines_of(TEXTS[:4])
    (folder / "1.jsonl").write_bytes(b"\xef\xbb\xbf" + data + b"\n  \n")
    (folder / "2.ndjson.gz").write_bytes(gzip.compress(data))
    packed = zstandard.ZstdCompressor().compress
    (folder / "3.jsonl.zst").write_bytes(packed(data[:900]) + packed(data[900:]))
    with (folder / "4.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["id", "text"], *([f"a{n}", t] for n, t in enumerate(TEXTS[:4]))])
    rows = [json.loads(line) for line in data.splitlines()]
    parquet.write_table(pa.Table.from_pylist(rows), folder / "5.parquet", row_group_size=3)
    (folder / "sub" / "6.txt").write_text(TEXTS[0], encoding="utf-8")
    (folder / "ignored.md").write_text("no article")
    out = tmp_path / "out"
    run(folder, "-o", out, "--threads", 1)
    found = records(out)
    assert [record["text"] for record in found] == [*(TEXTS[:4] * 5), TEXTS[0]]
    assert found[0]["id"] == f"{folder}/1.jsonl:0"
    assert found[-1]["id"] == f"{folder}/sub/6.txt"
    assert found[-1]["quotes"] == nlp(TEXTS[0]).to_dict()["quotes"]


def test_standard_input(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "-", "-o", str(tmp_path / "out")],
        input=lines_of(TEXTS[:3]),
        capture_output=True,
        env=ENVIRONMENT,
    )
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.startswith(b"quoth run: 3 texts; 3 now, in ")
    assert [record["id"] for record in records(tmp_path / "out")] == ["-:0", "-:1", "-:2"]


def test_a_page_of_the_web(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    story = "".join(
        f"<p>Mayor Ann Bell said the dyke would hold, for the {n}th time.</p>" for n in range(20)
    )
    page = f"<html><body><nav>Home</nav><article><h1>Sea</h1>{story}</article></body></html>"
    (tmp_path / "page.html").write_text(page)
    run(tmp_path / "page.html", "-o", tmp_path / "out")
    [record] = records(tmp_path / "out")
    assert "would hold, for the 7th time." in record["text"]
    assert "<p>" not in record["text"]


def test_bad_records_go_to_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_inputs, "LINE_MOST", 100_000)
    good = lines_of(["One."])
    (tmp_path / "1.jsonl").write_bytes(
        b"".join(
            [
                good,
                b"{bad\n",
                b'{"text": "\xff"}\n',
                b"3\n",
                b'{"id": "x"}\n',
                b'{"id": "x", "text": null}\n',
                b'{"text": "no id"}\n',
                b'{"id": "y", "text": "' + b"x" * 300_000 + b'"}\n',
                b"[" * 60_000 + b"\n",
                good,
            ]
        )
    )
    (tmp_path / "2.jsonl.gz").write_bytes(gzip.compress(lines_of(TEXTS[:5]))[:-40])
    (tmp_path / "3.parquet").write_bytes(b"PAR1 not really")
    (tmp_path / "4.txt").write_bytes(b"caf\xe9")
    (tmp_path / "5.txt").write_bytes(b"Fine.")
    out = tmp_path / "out"
    files = sorted(path for path in tmp_path.iterdir() if path != out)
    run(*files, "-o", out, "--id-field", "id", status=1)
    told = [(Path(e["input"]).name, e["record"], e["error"]) for e in errors(out)]
    assert [(name, number) for name, number, _ in told[:8]] == [("1.jsonl", n) for n in range(1, 9)]
    assert [name for name, *_ in told[8:]] == ["2.jsonl.gz", "3.parquet", "4.txt"]
    for (_, _, error), expected in zip(
        told,
        ["not JSON", "not UTF-8: byte 0xff at 10", "expected an object, got int",
         "field 'text': there is none", "field 'text': expected str, got NoneType",
         "field 'id': there is none", "longer than 100000 bytes", "not JSON",
         "EOFError", "Arrow", "not UTF-8: byte 0xe9 at 3"],
        strict=True,
    ):  # fmt: skip
        assert expected in error
    texts = [record["text"] for record in records(out)]
    assert texts[:2] == ["One.", "One."]
    assert texts[-1] == "Fine."


def contents(out: Path) -> dict[str, bytes]:
    """All that counts: not the journal's file, whose places depend on where shards were cut."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.mark.parametrize(
    ("ending", "form"),
    [("jsonl", "jsonl"), ("jsonl.gz", "jsonl"), ("parquet", "parquet"), ("csv", "jsonl")],
)
def test_a_run_that_is_killed_goes_on(tmp_path: Path, form: str, ending: str) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    source = tmp_path / f"in.{ending}"
    data = (lines_of(TEXTS) + b"{bad\n") * 4
    rows = [{"text": text, "id": f"a{n}"} for n, text in enumerate(TEXTS * 4)]
    if ending == "jsonl":
        source.write_bytes(data)
    elif ending == "jsonl.gz":
        source.write_bytes(gzip.compress(data, 1))
    elif ending == "parquet":
        parquet.write_table(
            pa.Table.from_pylist([*rows, {"id": "none"}]), source, row_group_size=50
        )
    else:
        with source.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["text", "id"])
            writer.writeheader()
            writer.writerows(rows)
    whole, out = tmp_path / "whole", tmp_path / "out"
    options = ["-f", form, "--shard-texts", "11"]
    run(source, "-o", whole, *options, status=0 if ending == "csv" else 1)
    chance = random.Random(form + ending)
    killed = 0
    for _ in range(200):
        process = subprocess.Popen(
            [*COMMAND, str(source), "-o", str(out), *options],
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
        )
        journal = out / "_quoth_run.json"
        before = journal.stat().st_mtime_ns if journal.exists() else 0
        # until it has done something, and a moment longer
        while process.poll() is None and (
            not journal.exists() or journal.stat().st_mtime_ns == before
        ):
            time.sleep(0.002)
        time.sleep(chance.random() * 0.05)
        if process.poll() is not None or killed == 3:
            assert process.wait() in (0, 1)
            break
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed += 1
    assert killed > 0
    assert contents(out) == contents(whole)


def test_ctrl_c(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_bytes(lines_of(TEXTS * 15))
    program = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from quoth.cli import main; sys.exit(main())"
    )
    command = [sys.executable, "-c", program, "run", str(source), "-o", str(out)]
    process = subprocess.Popen(
        [*command, "--shard-texts", "10"], stderr=subprocess.PIPE, env=ENVIRONMENT
    )
    while not (out / "part-000001.jsonl").exists():
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode == 130
    assert told.endswith(b"quoth run: interrupted; the same command goes on\n")
    run(source, "-o", out, "--shard-texts", "10")
    assert [record["id"].rpartition(":")[2] for record in records(out)] == [
        str(n) for n in range(len(TEXTS) * 15)
    ]


def told(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_what_is_wrong_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_bytes(lines_of(TEXTS[:2]))
    run(source, "-o", out)
    run(source, "-o", out, "--text-field", "body", status=1)
    assert "holds a run with other text field; choose another folder" in told(capsys)
    source.write_bytes(lines_of(TEXTS[:3]))
    run(source, "-o", out, status=1)
    assert "holds a run with other inputs" in told(capsys)
    (out / "_quoth_run.json").write_text("{")
    run(source, "-o", out, status=1)
    assert "not a journal" in told(capsys)
    (out / "_quoth_run.json").unlink()
    run(source, "-o", out, status=1)
    assert "the folder is not empty" in told(capsys)
    run(tmp_path / "none.jsonl", "-o", tmp_path / "out2", status=1)
    assert "none.jsonl: No such file or directory" in told(capsys)
    run(tmp_path / "out" / "errors.jsonl", tmp_path / "out" / ".quoth_run.lock",
        "-o", tmp_path / "out2", status=1)  # fmt: skip
    assert "expected a name that ends in .jsonl" in told(capsys)
    for wrong in (["--threads", "-1"], ["--shard-texts", "0"], ["-f", "xml"], []):
        with pytest.raises(SystemExit) as exit_:
            main(["run", *([str(source), "-o", str(tmp_path / "out3")] if wrong else []), *wrong])
        assert exit_.value.code == 2
    with pytest.raises(SystemExit) as exit_:
        main(["run", str(source), "-o", str(out), "-f", "parquet", "--keep", "text"])
    assert exit_.value.code == 2


def test_two_runs_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from quoth.run.work import locked

    (tmp_path / "in.jsonl").write_bytes(lines_of(TEXTS[:2]))
    out = tmp_path / "out"
    out.mkdir()
    with locked(str(out)):
        run(tmp_path / "in.jsonl", "-o", out, status=1)
    assert "another run is writing there" in told(capsys)


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    """Records are taken one by one: few are ahead of what is written."""
    taken = 0

    class Counting(run_inputs.Inputs):
        def records(self, start: Any) -> Iterator[Any]:
            nonlocal taken
            for record in super().records(start):
                taken += 1
                yield record

    from quoth._core import Pipeline
    from quoth.run.journal import Journal
    from quoth.run.records import Fields
    from quoth.run.shards import JsonLines
    from quoth.run.work import work

    (tmp_path / "in.jsonl").write_bytes(lines_of(["It rained."] * 2000))
    out = tmp_path / "out"
    out.mkdir()
    source = Counting([str(tmp_path / "in.jsonl")], Fields())
    most = 0

    def tell(journal: Journal) -> None:
        nonlocal most
        most = max(most, taken - journal.records)

    work(
        Pipeline("en", ("sentence",)),
        source,
        JsonLines(str(out), True),
        Journal({}),
        str(out),
        threads=2,
        shard_texts=100,
        tell=tell,
    )
    assert taken == 2000
    assert most <= 40
