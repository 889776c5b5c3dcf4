"""Fuzzes what a Python program can call, with atheris.

usage: python tests/fuzz/fuzz_python.py [libFuzzer options] [DIR]

The first byte of an input chooses what is tried:

    text      a str of any code points, surrogates too; every offset, JSON and back
    record    the dict of a document with some values changed, through from_json
    json      any text through from_json
    pipeline  any bytes as a saved pipeline
    model     any bytes as a model
    stream    a file in pieces of odd sizes against the whole text
    threads   several texts by one thread and by four
    arrow     texts in Arrow arrays of any layout, against the texts themselves
    html      markup that must not come from a text

What it raises has to be among the errors that are documented; anything else is a finding. Built
with clang (make fuzz does so), the extension gives coverage of its C code, too. QUOTH_TRY=3 tries
nothing but the fourth.
"""

from __future__ import annotations

import contextlib
import copy
import hashlib
import io
import os
import pathlib
import re
import sys
import tempfile
from html import unescape
from typing import Any

import atheris

with atheris.instrument_imports(include=["quoth"]):
    import quoth

try:
    import pyarrow as pa

    import quoth.arrow
except ImportError:
    pa = None

STARTS = [
    "Port Shut\n\nOSLO (AP) — “We had to,” said Ann Lee, mayor since March 9, 2021. “It was so.”",
    "BELL: Yes.\nQ: No?\n\nMr. Aas said that 14 percent of the Bank of Oslo left, she said.",
    "",
]
NLP = quoth.load("en")
RULES = quoth.load("en", model=None)
DICT = NLP(STARTS[0]).to_dict()


def some_text(data: Any) -> str:
    start = STARTS[data.ConsumeIntInRange(0, len(STARTS) - 1)]
    cut = data.ConsumeIntInRange(0, len(start))
    text: str = data.ConsumeUnicode(data.ConsumeIntInRange(0, 400))
    return start[:cut] + text + start[cut:]


def check_document(doc: Any, text: str) -> None:
    assert doc.text == text
    for things in (doc.sents, doc.ents, doc.quotations, doc.paragraphs):
        for thing in things:
            assert 0 <= thing.start_char <= thing.end_char <= len(text)
            assert text[thing.start_char : thing.end_char] == thing.text
    for quote in doc.quotes:
        assert quote.text
        repr(quote)
    as_json = doc.to_json()
    again = quoth.from_json(as_json)
    assert again == doc
    assert again.to_json() == as_json


def try_text(data: Any) -> None:
    nlp = (NLP, RULES)[data.ConsumeBool()]
    text = some_text(data)
    check_document(nlp(text), text)
    assert [s.text for s in nlp.sents(text)] == [s.text for s in nlp(text).sents]


def changed(value: Any, data: Any, depth: int = 0) -> Any:
    """value with one thing in it changed, at a place that the input chooses."""
    if depth < 6 and isinstance(value, (dict, list)) and value and data.ConsumeProbability() < 0.9:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        key = keys[data.ConsumeIntInRange(0, len(keys) - 1)]
        value[key] = changed(value[key], data, depth + 1)
        return value
    odd = [None, True, -1, 0, 1 << 70, 0.5, float("nan"), "", [], {}, ["x"], {"start": 1}, b"x"]
    choice = data.ConsumeIntInRange(0, len(odd) + 2)
    if choice < len(odd):
        return odd[choice]
    if choice == len(odd):
        return data.ConsumeInt(4)
    return data.ConsumeUnicode(12)


def try_record(data: Any) -> None:
    record = copy.deepcopy(DICT)
    for _ in range(data.ConsumeIntInRange(1, 4)):
        record = changed(record, data)
    try:
        doc = quoth.from_json(record)
    except (ValueError, TypeError):
        return
    check_document(doc, doc.text)
    doc.to_html()
    doc.to_csv()


def try_json(data: Any) -> None:
    with contextlib.suppress(ValueError, TypeError, RecursionError):
        quoth.from_json(data.ConsumeUnicode(2000))


def saved_pipeline() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "saved"
        nlp = RULES.with_terms("ORG", ["Bank of Oslo"])
        nlp.with_patterns([{"label": "BILL", "pattern": r"HR (?<n>\d+)"}]).save(path)
        return path.read_bytes()


SAVED = saved_pipeline()
HEAD = 8 + 8 + 32  # magic, size, SHA-256


def try_pipeline(data: Any) -> None:
    saved = bytearray(SAVED)
    for _ in range(data.ConsumeIntInRange(0, 6)):
        at = data.ConsumeIntInRange(HEAD, len(saved))
        saved[at : at + data.ConsumeIntInRange(0, 8)] = data.ConsumeBytes(8)
    if data.ConsumeProbability() < 0.9:  # a head that fits, so that what follows is read
        payload = bytes(saved[HEAD:])
        size = len(payload).to_bytes(8, "little")
        saved[:HEAD] = saved[:8] + size + hashlib.sha256(payload).digest()
    with tempfile.NamedTemporaryFile() as file:
        file.write(saved)
        file.flush()
        with contextlib.suppress(ValueError, TypeError):
            quoth.Pipeline.load(file.name)(STARTS[0])


def try_model(data: Any) -> None:
    try:
        model = quoth.Model(data.ConsumeBytes(4000))
        quoth.load("en", model=model)
    except quoth.ModelError:
        pass


def try_stream(data: Any) -> None:
    window = data.ConsumeIntInRange(1, 300)
    text = some_text(data) * data.ConsumeIntInRange(1, 4)
    stream = io.StringIO(text, newline="")
    got = list(quoth.iter_sentences(stream, window=window, offsets=True, newlines="break"))
    end = 0
    for start, stop, sentence in got:
        assert text[start:stop] == sentence
        assert not text[end:start].strip()
        end = stop
    assert not text[end:].strip()
    if len(text) <= 2 * window:
        assert [s for _, _, s in got] == quoth.split_sentences(text, newlines="break")


def try_threads(data: Any) -> None:
    texts = [some_text(data) for _ in range(data.ConsumeIntInRange(2, 6))]
    alone = [NLP(text).to_json() for text in texts]
    assert [doc.to_json() for doc in NLP.pipe(texts, n_threads=4)] == alone


def try_arrow(data: Any) -> None:
    if pa is None:
        return
    types = [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())]
    if hasattr(pa, "string_view"):
        types.append(pa.string_view())
    kind = types[data.ConsumeIntInRange(0, len(types) - 1)]
    texts: list[str | None] = []
    for _ in range(data.ConsumeIntInRange(0, 6)):
        text = some_text(data).encode("utf-8", "replace").decode()
        texts.append(None if data.ConsumeBool() else text)
    start = data.ConsumeIntInRange(0, len(texts))
    column = pa.array(texts, pa.string()).cast(kind)
    batch = pa.table({"text": pa.chunked_array([column, column[:start]])}).slice(start)
    table = ("quotes", "sents", "ents")[data.ConsumeIntInRange(0, 2)]
    rows = quoth.arrow.annotate(batch, table)
    rows.validate(full=True)
    plain = batch.column("text").cast(pa.string()).to_pylist()
    for row in rows.to_pylist():
        text = plain[row["doc_id"]]
        assert text is not None
        assert 0 <= row["start"] <= row["end"] <= len(text)


def try_html(data: Any) -> None:
    text = some_text(data)
    page = NLP(text).to_html()
    body = page.split("</style>")[-1]
    tags = {tag.lower() for tag in re.findall(r"<\s*([a-zA-Z!/?][\w-]*)", body)}
    assert not tags & {"script", "img", "iframe", "svg", "object", "embed", "link", "meta", "base"}
    unescape(body)


TRIES = [
    try_text,
    try_record,
    try_json,
    try_pipeline,
    try_model,
    try_stream,
    try_threads,
    try_arrow,
    try_html,
]


@atheris.instrument_func
def test_one_input(data: bytes) -> None:
    provider = atheris.FuzzedDataProvider(data)
    only = os.environ.get("QUOTH_TRY")
    choice = provider.ConsumeIntInRange(0, len(TRIES) - 1)
    TRIES[int(only) if only else choice](provider)


if __name__ == "__main__":
    atheris.Setup(sys.argv, test_one_input)
    atheris.Fuzz()
