"""doc.speakers, doc.said_by and doc.explain."""

from __future__ import annotations

import json

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


OPEN = (
    "Robert Hale met Thomas Vane on the quay. Robert Hale and Thomas Vane talked for an hour. "
    "“The harbour is closed,” he said."
)


def test_a_pronoun_that_stays_open_has_candidates() -> None:
    quote = quoth.load("en")(OPEN).quotes[-1]
    assert quote.source is not None
    assert quote.source.text == "he"
    assert (quote.speaker, quote.speaker_reason) == (None, "undecided")
    assert {entity.name for entity, _ in quote.speaker_candidates} == {"Robert Hale", "Thomas Vane"}
    shares = [share for _, share in quote.speaker_candidates]
    assert shares == sorted(shares, reverse=True)
    assert 0.0 < sum(shares) <= 1.0


def test_candidates_of_a_pronoun_that_is_decided(doc: quoth.Document) -> None:
    first, last = doc.quotes[0], doc.quotes[-1]
    entity, share = first.speaker_candidates[0]
    assert entity == first.speaker
    assert share > 0.5
    assert all(q.speaker_candidates == () for q in doc.quotes if q.speaker_reason == "name")
    assert last.speaker is not None


def test_candidates_survive_json() -> None:
    doc = quoth.load("en")(OPEN)
    back = quoth.from_json(doc.to_json())
    assert back == doc
    assert back.quotes[-1].speaker_candidates == doc.quotes[-1].speaker_candidates
    record = doc.to_dict()
    record["quotes"][-1]["speaker_candidates"][0]["speaker"] = "e99"
    with pytest.raises(ValueError, match=r"quotes\[\d+\]\.speaker_candidates\[0\]\.speaker"):
        quoth.from_json(json.dumps(record))


def test_said_by_a_title_is_nobody_and_an_alias_is_somebody() -> None:
    text = (
        "The Harbour Safety Board (HSB) met on Monday. The HSB said the wall was safe. "
        "“It is not,” said Anna Keller. “It never was,” Ms. Keller said."
    )
    doc = quoth.load("en")(text)
    assert [q.text for q in doc.said_by("hsb")] == ["the wall was safe"]
    assert doc.said_by("HSB") == doc.said_by("Harbour Safety Board")
    assert len(doc.said_by("KELLER")) == len(doc.said_by("Anna Keller")) == 2
    assert doc.said_by("Board") == doc.said_by("Anna") == ()
    assert [s.name for s in doc.speakers] == ["Anna Keller", "Harbour Safety Board"]


def test_speakers_who_are_quoted_as_often_come_in_the_order_of_the_text() -> None:
    doc = quoth.load("en")("“No,” said Omar Haddad. “Yes,” said Anna Keller. “Perhaps,” it said.")
    assert [s.name for s in doc.speakers] == ["Omar Haddad", "Anna Keller"]
    assert quoth.load("en")("Nobody spoke.").speakers == ()
