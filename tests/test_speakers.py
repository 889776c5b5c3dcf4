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


FAMILY = (
    "Ann Keller and Tom Keller came. “We are tired,” the Keller family said. “I am not,” Ann "
    "Keller said. “Nor am I,” said the Kellers’ son. He left the Kellers alone."
)


def test_a_family_speaks_for_itself() -> None:
    """It is neither of its members, nor whom a pronoun stands for, and is not called by theirs."""
    doc = quoth.load("en")(FAMILY)
    assert [(q.text, q.speaker and q.speaker.name) for q in doc.quotes[:2]] == [
        ("“We are tired,”", "Kellers"),
        ("“I am not,”", "Ann Keller"),
    ]
    assert [q.text for q in doc.said_by("Keller")] == ["“I am not,”"]
    assert [q.text for q in doc.said_by("the Kellers")] == []
    assert [q.text for q in doc.said_by("Kellers")] == ["“We are tired,”"]
    (family,) = [e for e in doc.entities if e.members]
    assert [m.text for m in family.mentions] == ["Keller", "Kellers", "Kellers"]
    assert [e.name for e in family.members] == ["Ann Keller", "Tom Keller"]
    assert family not in family.members
    assert family.members[0].quotes == doc.quotes[1:2]
    assert all(c.speaker != family for q in doc.quotes for c in q.speaker_candidates)


def test_what_the_caller_calls_a_family_stays_that() -> None:
    nlp = quoth.load("en").with_aliases({"Ann Keller": ["the Kellers"]})
    doc = nlp("Ann Keller and Tom Keller came. The Kellers left.")
    assert [(m.text, m.entity and m.entity.name) for m in doc.ents] == [
        ("Ann Keller", "Ann Keller"),
        ("Tom Keller", "Tom Keller"),
        ("The Kellers", "Ann Keller"),
    ]


def test_a_component_that_adds_a_member() -> None:
    @quoth.component("guest", after="entity")
    def guest(draft: quoth.Draft) -> None:
        start = draft.text.index("Zo Keller")
        draft.add_mentions([(start, start + 9, "PERSON")])

    text = "Ann Keller came. The Kellers met zo Keller, or Zo Keller."
    assert [[m.name for m in e.members] for e in quoth.load("en").with_pipe(guest)(text).entities][
        1
    ] == ["Ann Keller", "Zo Keller"]


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
