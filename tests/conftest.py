"""What tests of the Python surface share: a pipeline, and a document made by hand.

The document by hand does not depend on how well the core reads: every kind of thing is in
it, such as a quote that is interrupted, one over two paragraphs and one without a source.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import json
import os
import pathlib
import shlex
import subprocess
import sysconfig
from typing import Any

import pytest

import quoth

TEXT = (
    "Harbour Towns Fear <Rising> Seas & Storms\n"
    "\n"
    "By Mara Quill\n"
    "\n"
    "VALMOUTH (NPA) — Mayor Ann Bell opened the dyke on Monday. "
    "“The water,” she said, “won’t wait.”\n"
    "\n"
    "Engineer Tom Ré told reporters: “We measured it twice.\n"
    "\n"
    "“It rose by a hand’s breadth.”\n"
    "\n"
    "The council may say that the old wall will hold. “Not this time,” ran one placard.\n"
    "\n"
    "This article appeared in the Valmouth Post on March 5, 2021.\n"
    "\n"
    "Mara Quill writes about the sea.\n"
)


def offsets(piece: str, start: int = 0) -> dict[str, int]:
    """Where piece lies in TEXT, looked for from start on."""
    at = TEXT.index(piece, start)
    return {"start": at, "end": at + len(piece)}


def document_data() -> dict[str, Any]:
    """The document by hand in its JSON form, as to_dict() gives it."""
    water, wait = offsets("“The water,”"), offsets("“won’t wait.”")
    measured, rose = offsets("“We measured it twice."), offsets("“It rose by a hand’s breadth.”")
    hold, placard = offsets("the old wall will hold"), offsets("“Not this time,”")
    bell, re_, post = offsets("Ann Bell"), offsets("Tom Ré"), offsets("Valmouth Post")

    def mention(
        number: int, span: dict[str, int], label: str, entity: str | None, **more: Any
    ) -> dict[str, Any]:
        text = TEXT[span["start"] : span["end"]]
        rest = {"title": None, "score": 0.9, "rule": "by-hand", "value": None, **more}
        return {"text": text, "id": f"m{number}", **span, "label": label, "entity": entity, **rest}

    def quote(number: int, kind: str, content: list[dict[str, int]], **more: Any) -> dict[str, Any]:
        rest = {
            "cue": None,
            "source": None,
            "speaker": None,
            "speaker_reason": "no_source",
            "speaker_candidates": [],
            "attitude": "speech",
            "factual": True,
            "score": 0.75,
            "rule": "by-hand",
            "closed": True,
            "parent": None,
        }
        return {"id": f"q{number}", "type": kind, "content": content, **rest, **more}

    def quotation(
        span: dict[str, int], quote_id: str | None, closed: bool = True
    ) -> dict[str, Any]:
        inner = {"start": span["start"] + 1, "end": span["end"] - (1 if closed else 0)}
        return {**span, "inner": inner, "kind": "speech", "closed": closed, "quote": quote_id}

    paragraphs = [
        ("title", offsets("Harbour Towns Fear <Rising> Seas & Storms")),
        ("byline", offsets("By Mara Quill")),
        ("body", {"start": offsets("VALMOUTH")["start"], "end": wait["end"]}),
        ("body", {"start": offsets("Engineer")["start"], "end": measured["end"]}),
        ("body", rose),
        ("body", {"start": offsets("The council")["start"], "end": offsets("one placard.")["end"]}),
        ("source_line", offsets("This article appeared in the Valmouth Post on March 5, 2021.")),
        ("author_note", offsets("Mara Quill writes about the sea.")),
    ]
    monday = offsets("on Monday.")["end"]
    council = offsets("wall will hold.")["end"]
    spans = [span for _, span in paragraphs]
    sents = [
        *spans[:2],
        {"start": spans[2]["start"], "end": monday},
        {"start": monday + 1, "end": wait["end"]},
        *spans[3:5],
        {"start": spans[5]["start"], "end": council},
        {"start": council + 1, "end": spans[5]["end"]},
        *spans[6:],
    ]
    person = {"label": "PERSON", "kb_id": None, "aliases": []}
    whole = {
        "id": None,
        "schema_version": 1,
        "quoth_version": quoth.__version__,
        "model_version": None,
        "offset_unit": "codepoint",
        "text": TEXT,
        "meta": {},
        "title": spans[0],
        "standfirst": None,
        "byline": spans[1],
        "dateline": {
            **offsets("VALMOUTH (NPA) —"),
            "date": "2021-03-05",
            "place": offsets("VALMOUTH"),
            "section": None,
            "outlet": offsets("NPA"),
        },
        "source_line": {**spans[6], "date": "2021-03-05", "outlet": post},
        "author_note": spans[7],
        "paragraphs": [{**span, "kind": kind} for kind, span in paragraphs],
        "sents": sents,
        "quotations": [
            quotation(water, "q0"),
            quotation(wait, "q0"),
            quotation(measured, "q1", closed=False),
            quotation(rose, "q1"),
            quotation(placard, "q3"),
        ],
        "ents": [
            mention(0, offsets("VALMOUTH"), "GPE", "e0"),
            mention(1, bell, "PERSON", "e1", title=offsets("Mayor")),
            mention(2, offsets("Monday"), "DATE", None, value="2021-03-01"),
            mention(3, re_, "PERSON", "e2", title=offsets("Engineer"), score=1.0),
            mention(4, offsets("Valmouth", post["start"]), "GPE", "e0"),
        ],
        "entities": [
            {
                "id": "e0",
                "name": "Valmouth",
                "label": "GPE",
                "kb_id": "Q1",
                "aliases": ["VALMOUTH"],
                "titles": [],
                "members": [],
            },
            {**person, "id": "e1", "name": "Ann Bell", "titles": ["Mayor"], "members": []},
            {**person, "id": "e2", "name": "Tom Ré", "titles": ["Engineer"], "members": []},
        ],
        "quotes": [
            quote(
                0,
                "direct",
                [water, wait],
                cue=offsets("said"),
                source=offsets("she"),
                speaker="e1",
                speaker_reason="pronoun",
                speaker_candidates=[
                    {"speaker": "e1", "score": 0.75},
                    {"speaker": "e2", "score": 0.125},
                ],
            ),
            quote(
                1,
                "direct",
                [measured, rose],
                cue=offsets("told reporters"),
                source=offsets("Engineer Tom Ré"),
                speaker="e2",
                speaker_reason="name",
            ),
            quote(
                2,
                "indirect",
                [hold],
                cue=offsets("may say"),
                source=offsets("The council"),
                speaker_reason="unnamed",
                factual=False,
            ),
            quote(3, "direct", [placard], closed=False),
        ],
        "warnings": [{**offsets("“Not"), "code": "unclosed_quotation"}],
    }
    data: dict[str, Any] = json.loads(json.dumps(whole))  # so that no part is shared
    return data


@pytest.fixture
def data() -> dict[str, Any]:
    """The document by hand in its JSON form; a new one for each test."""
    return document_data()


@pytest.fixture(scope="session")
def made() -> quoth.Document:
    """The document by hand."""
    return quoth.from_json(document_data())


@pytest.fixture(scope="session")
def nlp() -> quoth.Pipeline:
    return quoth.load("en")


@pytest.fixture(scope="session")
def shouting(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The component in C of the documentation, built by its two lines."""
    source = pathlib.Path(__file__).parent.parent / "docs/examples/component/shouting.c"
    path = tmp_path_factory.mktemp("component") / "shouting.so"
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
    includes = [f"-I{sysconfig.get_paths()['include']}", f"-I{quoth.get_include()}"]
    flags = ["-shared", "-fPIC", "-Wall", "-Wextra", "-Werror"]
    subprocess.run([*compiler, *flags, *includes, str(source), "-o", str(path)], check=True)
    loader = importlib.machinery.ExtensionFileLoader("shouting", str(path))
    spec = importlib.util.spec_from_loader("shouting", loader, origin=str(path))
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module.shouting
