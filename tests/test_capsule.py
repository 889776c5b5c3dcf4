"""Components in C: the header, the capsule, and the example of the documentation, built and run."""

import pathlib

import pytest

import quoth

TEXT = "Élan! “We will NEVER PAY,” Anna Keller said in BONN. “Not É,” she said."


def test_it_reads_and_changes(shouting):
    nlp = quoth.load("en").with_pipe(quoth.component("shouting")(shouting))
    doc = nlp(TEXT)
    shouts = [m for m in doc.ents if m.label_ == "SHOUT"]
    assert [m.text for m in shouts] == ["NEVER", "BONN"]
    assert {m.rule for m in shouts} == {"component: shouting"}
    quotes = [doc.text[q.start_char : q.end_char] for q in doc.quotes]
    capitals = sum(c.isascii() and c.isupper() for text in quotes for c in text)
    assert doc.data["shouting"] == pytest.approx(capitals / len("".join(quotes).encode()))
    assert [d.to_json() for d in nlp.pipe([TEXT] * 5, n_threads=2)] == [doc.to_json()] * 5


def test_it_runs_after_any_stage(shouting):
    nlp = quoth.load("en").with_pipe(quoth.component("early", after="entity")(shouting))
    doc = nlp(TEXT)
    assert doc.data == {"shouting": 0.0}  # no quotes yet
    assert "NEVER" in [m.text for m in doc.ents]
    early = quoth.load("en").with_pipe(quoth.component("first", after="sentence")(shouting))
    assert early(TEXT).data == {"shouting": 0.0}  # no tokens either
    assert early("").data == {"shouting": 0.0}


def test_what_is_no_draft(shouting):
    for wrong in (7, quoth.load("en")(TEXT)):
        with pytest.raises(TypeError, match="expected Draft, got "):
            shouting(wrong)
    drafts = []
    quoth.load("en").with_pipe(quoth.component("keep")(drafts.append))(TEXT)
    with pytest.raises(RuntimeError, match="is no longer there"):
        shouting(drafts[0])


def test_the_header_is_there():
    header = pathlib.Path(quoth.get_include()) / "quoth_component.h"
    assert "quoth_component_api" in header.read_text(encoding="ascii")
