"""doc.speakers, doc.said_by and doc.explain."""

from __future__ import annotations

import pytest

import quoth

TEXT = (
    "Anna Keller, the mayor of Holm, opened the meeting. “The harbour is closed,” she said. "
    "Omar Haddad disagreed. “It will open again,” Haddad said. “It has to,” he added. “We need it.”"
)


@pytest.fixture(scope="module")
def doc() -> quoth.Document:
    return quoth.load("en")(TEXT)


def test_speakers_most_quoted_first(doc: quoth.Document) -> None:
    assert [s.name for s in doc.speakers] == ["Omar Haddad", "Anna Keller"]


@pytest.mark.parametrize("name", ["Omar Haddad", "Haddad", "haddad", " OMAR  haddad "])
def test_said_by_any_form_of_the_name(doc: quoth.Document, name: str) -> None:
    assert doc.said_by(name)[0].text == "“It will open again,”"
    assert {q.speaker.name for q in doc.said_by(name) if q.speaker} == {"Omar Haddad"}


def test_said_by_nobody(doc: quoth.Document) -> None:
    assert doc.said_by("Lena Fischer") == doc.said_by("") == ()
    with pytest.raises(TypeError, match="name: expected str, got int"):
        doc.said_by(7)  # type: ignore[arg-type]


def test_explain(doc: quoth.Document) -> None:
    lines = doc.explain(doc.quotes[0]).splitlines()
    assert lines[0] == "direct quote: “The harbour is closed,”"
    assert "speaker: Anna Keller: the pronoun fits nobody else of the article" in lines
    other = quoth.load("en")("“No,” said Lena Fischer.")
    with pytest.raises(ValueError, match="one of this document"):
        doc.explain(other.quotes[0])


def test_scores_are_shares(doc: quoth.Document) -> None:
    assert all(0.0 < q.score <= 1.0 for q in doc.quotes)
