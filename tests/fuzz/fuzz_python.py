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
    edits     components that change mentions and quotes in any way, in Python and by the
              functions that those in C have

What it raises has to be among the errors that are documented; anything else is a finding. Built
with clang (make fuzz does so), the extension gives coverage of its C code, too. QUOTH_TRY=3 tries
nothing but the fourth.
"""

from __future__ import annotations

import contextlib
import copy
import ctypes
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


ACTS: list[Any] = []  # what the components below do, one after the other


@quoth.component("early", after="entity")
def early(doc: Any) -> None:
    act(doc, ACTS[0])


@quoth.component("late", after="attribution")
def late(doc: Any) -> None:
    act(doc, ACTS[1])


EDITED = [nlp.with_pipe(early).with_pipe(late) for nlp in (NLP, RULES)]


def some_of(things: Any, data: Any) -> Any:
    return things[data.ConsumeIntInRange(0, len(things) - 1)] if things else None


def some_span(doc: Any, data: Any) -> Any:
    things = (doc.tokens, doc.sents, doc.ents, doc.quotations)[data.ConsumeIntInRange(0, 3)]
    if things and data.ConsumeProbability() < 0.8:
        return some_of(things, data)
    end = len(doc.text) + 1
    return data.ConsumeIntInRange(-1, end), data.ConsumeIntInRange(0, end)


def edit(doc: Any, data: Any) -> None:
    match data.ConsumeIntInRange(0, 7):
        case 0:
            overlap = some_of(("replace", "longest", "keep", "beside"), data)
            label = some_of(("PERSON", "ORG", "BILL"), data)
            items = [(some_span(doc, data), label) for _ in range(data.ConsumeIntInRange(1, 3))]
            doc.add_mentions(items, overlap=overlap)
        case 1:
            doc.reject(some_of(doc.ents, data))
        case 2:
            doc.relabel(some_of(doc.ents, data), some_of(("GPE", "PERSON", "LAW"), data))
        case 3:
            name = data.ConsumeUnicode(8) if data.ConsumeBool() else None
            doc.link(some_of(doc.ents, data), kb_id="Q1", name=name)
        case 4:
            doc.reject(some_of(doc.quotes, data))
        case 5:
            speaker = some_of((*doc.entities, *doc.ents, None), data)
            doc.set_speaker(some_of(doc.quotes, data), speaker)
        case 6:
            content = [some_span(doc, data) for _ in range(data.ConsumeIntInRange(1, 2))]
            quote = {"content": content, "speaker": some_of((*doc.ents, None), data)}
            if data.ConsumeBool():
                quote |= {"cue": some_span(doc, data), "source": some_span(doc, data)}
            doc.add_quotes([quote])
        case 7:
            doc.label_sent(some_of(doc.sents, data), some_of(("head", None), data))


def act(doc: Any, data: Any) -> None:
    for _ in range(data.ConsumeIntInRange(0, 6)):
        with contextlib.suppress(ValueError, TypeError, IndexError):
            (edit, call)[data.ConsumeProbability() < 0.3](doc, data)


class Span(ctypes.Structure):
    _fields_ = (("start", ctypes.c_uint32), ("end", ctypes.c_uint32))


class Item(ctypes.Structure):
    _fields_ = (
        ("span", Span),
        ("cue", Span),
        ("source", Span),
        ("label", ctypes.c_char_p),
        ("entity", ctypes.c_uint32),
        ("score", ctypes.c_float),
    )


def function(result: Any, *arguments: Any) -> Any:
    return ctypes.PYFUNCTYPE(result, *arguments)


class Api(ctypes.Structure):
    """quoth_component_api."""

    _fields_ = (
        ("version", ctypes.c_uint32),
        ("size", ctypes.c_uint32),
        ("open", function(ctypes.c_void_p, ctypes.py_object)),
        ("text", function(ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_size_t))),
        ("count", function(ctypes.c_size_t, ctypes.c_void_p, ctypes.c_int)),
        (
            "item",
            function(
                ctypes.c_int,
                ctypes.c_void_p,
                ctypes.c_int,
                ctypes.c_size_t,
                ctypes.POINTER(Item),
            ),
        ),
        (
            "add_mention",
            function(ctypes.c_int, ctypes.py_object, Span, *(3 * [ctypes.c_char_p])),
        ),
        (
            "set_data",
            function(ctypes.c_int, ctypes.py_object, ctypes.c_char_p, ctypes.py_object),
        ),
    )


def component_api() -> Api:
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    name = b"quoth._core.component_api"
    address: int = pointer(sys.modules["quoth._core"].component_api, name)
    return Api.from_address(address)


API = component_api()


def call(doc: Any, data: Any) -> None:
    """Everything a component in C may ask of a document; what fails raises here, too."""
    wrong = some_of((doc, doc, doc, doc, None, doc.text, doc.sents), data)
    handle = API.open(wrong)
    size = ctypes.c_size_t()
    text = ctypes.string_at(API.text(handle, ctypes.byref(size)), size.value)
    plain = re.sub("[\ud800-\udfff]", "\ufffd", doc.text)
    assert text.decode() == plain
    layer = data.ConsumeIntInRange(0, 4)
    layers = (doc.sents, doc.tokens, doc.ents, doc.matches, doc.quotes)
    assert API.count(handle, layer) == len(layers[layer])
    item = Item()
    index = data.ConsumeIntInRange(0, len(layers[layer]))
    thing = layers[layer][index] if index < len(layers[layer]) else None
    API.item(handle, layer, index, ctypes.byref(item))  # IndexError for one too many
    first, last = item.span.start, item.span.end
    assert first <= last <= len(text)
    if layer < 4:
        assert text[first:last].decode() == plain[thing.start_char : thing.end_char]
    if layer in (2, 3):
        assert item.label.decode() == thing.label_
    span = Span(data.ConsumeIntInRange(0, 999), data.ConsumeIntInRange(0, 999))
    span = some_of((span, item.span), data)
    label = some_of((b"PERSON", b"BILL", b"", b"\xff", None), data)
    API.set_data(doc, some_of((b"seen", b"\xff"), data), index)
    API.add_mention(doc, span, label, some_of((None, b"Q1"), data), some_of((None, b"A"), data))


def try_edits(data: Any) -> None:
    nlp = EDITED[data.ConsumeBool()]
    text = some_text(data)
    ACTS[:] = [data, data]
    check_document(nlp(text), text)


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
    try_edits,
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
