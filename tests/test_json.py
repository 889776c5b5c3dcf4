"""Documents as dicts and JSON, and back."""

from __future__ import annotations

import json
from typing import Any

import pytest

import quoth
from conftest import TEXT, document_data


def test_to_dict_is_the_form_that_was_read(made: quoth.Document, data: dict[str, Any]) -> None:
    assert made.to_dict() == data
    assert list(made.to_dict()) == list(data)


def test_round_trip(made: quoth.Document) -> None:
    assert quoth.from_json(made.to_json()) == made
    assert quoth.from_json(made.to_json().encode()) == made
    assert quoth.from_json(bytearray(made.to_json(indent=2).encode())) == made
    assert quoth.from_json(made.to_dict()) == made


def test_round_trip_of_what_was_read(nlp: quoth.Pipeline) -> None:
    for text in (TEXT, "", " \n ", "“One", "\ud800 ‘x’ \U0001f600 said Ann.\r\n\x00"):
        doc = nlp(text)
        assert quoth.from_json(doc.to_json()) == doc
        again = quoth.from_json(doc.to_json(include_tokens=True))
        assert again.tokens == doc.tokens
        assert again.to_json() == doc.to_json()


def test_json_has_the_characters_themselves(made: quoth.Document, nlp: quoth.Pipeline) -> None:
    assert "Tom Ré" in made.to_json()
    assert "\n" not in made.to_json()
    assert "\n" in made.to_json(indent=1)
    nlp("a \udcff b").to_json().encode()  # a lone surrogate is written as an escape


def test_without_text(made: quoth.Document) -> None:
    data = made.to_dict(include_text=False)
    assert "text" not in data
    assert quoth.from_json(data, text=TEXT) == made
    assert quoth.from_json(made.to_json(include_text=False), TEXT) == made
    with pytest.raises(
        ValueError, match="text: expected a str here or as an argument, got nothing"
    ):
        quoth.from_json(data)
    with pytest.raises(ValueError, match=r"ents\[0\]\.text: expected '\\nVALMOUT', got 'VALMOUTH'"):
        quoth.from_json(data, text="x" + TEXT)
    with pytest.raises(TypeError, match="text: expected str, got int"):
        quoth.from_json(data, text=3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="text: the one given and the one in the document differ"):
        quoth.from_json(made.to_dict(), text=TEXT + " ")


def test_tokens_only_when_asked_for(nlp: quoth.Pipeline) -> None:
    doc = nlp(TEXT)
    assert "tokens" not in doc.to_dict()
    assert len(doc.to_dict(include_tokens=True)["tokens"]) == len(doc.tokens)


def test_things_may_be_dropped_and_reordered(data: dict[str, Any]) -> None:
    data["entities"].reverse()
    data["ents"] = [m for m in data["ents"] if m["label"] == "PERSON"]
    data["quotes"] = data["quotes"][:1]
    data["quotations"] = data["quotations"][:2]
    del data["id"], data["meta"], data["quoth_version"], data["model_version"]
    doc = quoth.from_json(data)
    assert doc.quotes[0].speaker is not None
    assert doc.quotes[0].speaker.name == "Ann Bell"
    assert [entity.name for entity in doc.entities] == ["Tom Ré", "Ann Bell", "Valmouth"]
    assert doc.entities[2].mentions == ()


@pytest.mark.parametrize("data", [None, 3, ["x"], 1.5])
def test_wrong_types(data: Any) -> None:
    with pytest.raises(TypeError, match="data: expected str, bytes or dict, got"):
        quoth.from_json(data)


@pytest.mark.parametrize("data", ["", "{", "[1]", "null", "3", b"\xff", "[" * 100_000])
def test_wrong_json(data: Any) -> None:
    with pytest.raises(ValueError, match="."):
        quoth.from_json(data)


WRONG: list[tuple[tuple[Any, ...], Any, str]] = [
    (("schema_version",), 2, "schema_version: expected 1, got 2"),
    (("schema_version",), "1", "schema_version: expected 1, got '1'"),
    (("schema_version",), True, "schema_version: expected 1, got True"),
    (("schema_version",), 10**30, "schema_version: expected 1, got 1000"),
    (("offset_unit",), "bytes", "offset_unit: expected 'codepoint', got 'bytes'"),
    (("text",), 3, "text: expected a str, got 3"),
    (("sents",), None, "sents: expected a list, got None"),
    (("sents",), {}, "sents: expected a list, got a dict"),
    (("sents", 0), 3, r"sents\[0\]: expected a dict with start and end, got 3"),
    (("sents", 0, "start"), -1, r"sents\[0\]\.start: expected an offset within the text, got -1"),
    (("sents", 0, "start"), "0", r"sents\[0\]\.start: expected an int, got '0'"),
    (("sents", 0, "start"), True, r"sents\[0\]\.start: expected an int, got True"),
    (("sents", 0, "end"), 10**20, r"sents\[0\]\.end: expected an offset within the text, got 1000"),
    (("sents", 0, "end"), 0, r"sents\[0\]\.end: expected an offset behind start, got 0"),
    (
        ("sents", 1, "start"),
        0,
        r"sents\[1\]\.start: expected an offset behind the sentence before, got 0",
    ),
    (("title",), "x", "title: expected a dict with start and end, got 'x'"),
    (
        ("dateline", "date"),
        "2021-02-29",
        "dateline.date: expected null or a date as YYYY-MM-DD, got '2021-02-29'",
    ),
    (("dateline", "date"), "2021-2-3", "dateline.date: expected null or a date"),
    (("dateline", "place"), 3, "dateline.place: expected a dict with start and end, got 3"),
    (
        ("source_line", "outlet", "end"),
        None,
        r"source_line\.outlet\.end: expected an int, got None",
    ),
    (
        ("paragraphs", 0, "kind"),
        "x",
        r"paragraphs\[0\]\.kind: expected 'body', .* or 'author_note', got 'x'",
    ),
    (
        ("warnings", 0, "code"),
        "",
        r"warnings\[0\]\.code: expected 'unclosed_quotation', .* or 'component', got ''",
    ),
    (("quotes", 0), 3, r"quotes\[0\]: expected a dict, got 3"),
    (("quotes", 0, "id"), "q1", r"quotes\[1\]\.id: expected a str that no other one has, got 'q1'"),
    (("quotes", 0, "id"), 0, r"quotes\[0\]\.id: expected a str that no other one has, got 0"),
    (("quotes", 0, "content"), [], r"quotes\[0\]\.content: expected a list of at least one"),
    (
        ("quotes", 0, "content", 1, "start"),
        0,
        r"quotes\[0\]\.content\[1\]\.start: expected an offset behind",
    ),
    (
        ("quotes", 0, "type"),
        ["direct"],
        r"quotes\[0\]\.type: expected 'direct', 'mixed' or 'indirect', got a list",
    ),
    (
        ("quotes", 0, "speaker"),
        "e9",
        r"quotes\[0\]\.speaker: expected null or the id of an entity, got 'e9'",
    ),
    (
        ("quotes", 0, "speaker"),
        1,
        r"quotes\[0\]\.speaker: expected null or the id of an entity, got 1",
    ),
    (
        ("quotes", 0, "parent"),
        "q1",
        r"quotes\[0\]\.parent: expected null or the id of an earlier quote, got 'q1'",
    ),
    (
        ("quotes", 1, "parent"),
        "q9",
        r"quotes\[1\]\.parent: expected null or the id of an earlier quote, got 'q9'",
    ),
    (("quotes", 0, "factual"), 1, r"quotes\[0\]\.factual: expected true or false, got 1"),
    (("quotes", 0, "score"), 1.5, r"quotes\[0\]\.score: expected a number from 0 to 1, got 1.5"),
    (
        ("quotes", 0, "score"),
        float("nan"),
        r"quotes\[0\]\.score: expected a number from 0 to 1, got nan",
    ),
    (
        ("quotes", 0, "score"),
        10**400,
        r"quotes\[0\]\.score: expected a number from 0 to 1, got 1000",
    ),
    (("quotes", 0, "rule"), None, r"quotes\[0\]\.rule: expected a str, got None"),
    (("quotes", 0, "cue"), 5, r"quotes\[0\]\.cue: expected a dict with start and end, got 5"),
    (
        ("quotations", 0, "quote"),
        "x",
        r"quotations\[0\]\.quote: expected null or the id of a quote, got 'x'",
    ),
    (
        ("quotations", 0, "inner"),
        None,
        r"quotations\[0\]\.inner: expected a dict with start and end, got None",
    ),
    (
        ("ents", 0, "label"),
        "CITY",
        r"ents\[0\]\.label: expected 'PERSON', .* or 'CARDINAL', got 'CITY'",
    ),
    (("ents", 0, "text"), "VALMOUTh", r"ents\[0\]\.text: expected 'VALMOUTH', got 'VALMOUTh'"),
    (("entities", 0, "name"), 7, r"entities\[0\]\.name: expected a str, got 7"),
    (("entities", 0, "kb_id"), 7, r"entities\[0\]\.kb_id: expected a str, got 7"),
    (("entities", 0), None, r"entities\[0\]: expected a dict, got None"),
]


@pytest.mark.parametrize(("path", "value", "message"), WRONG)
def test_wrong_values(
    data: dict[str, Any], path: tuple[Any, ...], value: Any, message: str
) -> None:
    inside: Any = data
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = value
    with pytest.raises(ValueError, match=f"^{message}"):
        quoth.from_json(data)


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, inside in value.items():
            found += paths(inside, (*path, key))
    elif isinstance(value, list):
        for index, inside in enumerate(value):
            found += paths(inside, (*path, index))
    return found


def test_values_and_titles(data: dict[str, Any]) -> None:
    """They are in the record, and told anew from the text when it is read back."""
    nlp = quoth.load("en")
    text = (
        "LISBON, March 12, 2021 — Mayor Anna Keller paid $2 million last Tuesday. "
        "Dr. Keller is the third mayor."
    )
    record = nlp(text).to_dict()
    values = {m["text"]: m["value"] for m in record["ents"]}
    assert values["$2 million"] == "USD 2000000"
    assert values["last Tuesday"] == "2021-03-09"
    assert values["third"] == "3"
    assert values["Anna Keller"] is None
    (keller,) = [e for e in record["entities"] if e["name"] == "Anna Keller"]
    assert keller["titles"] == ["Mayor", "Dr."]
    assert quoth.from_json(json.dumps(record)).to_dict() == record
    assert quoth.from_json(record).entities[1].titles == ("Mayor", "Dr.")


FAMILY = (
    "Ann Keller and Tom Keller came. The Kellers left. “We are tired,” the Keller family said. "
    "“I am not,” Ann Keller said."
)


def test_members_of_a_family() -> None:
    doc = quoth.load("en")(FAMILY)
    record = doc.to_dict()
    assert [(e["name"], e["members"]) for e in record["entities"]] == [
        ("Ann Keller", []),
        ("Tom Keller", []),
        ("Kellers", ["e0", "e1"]),
    ]
    read = quoth.from_json(json.dumps(record))
    assert read == doc
    assert read.to_dict() == record
    assert [e.name for e in read.entities[2].members] == ["Ann Keller", "Tom Keller"]
    for entity in record["entities"]:
        del entity["members"]  # as records of other makes
    bare = quoth.from_json(record)
    assert [e.members for e in bare.entities] == [(), (), ()]
    assert bare != doc


def test_members_follow_their_ids() -> None:
    record = quoth.load("en")(FAMILY).to_dict()
    record["entities"].reverse()
    family = quoth.from_json(record).entities[0]
    assert (family.name, [e.name for e in family.members]) == (
        "Kellers",
        ["Ann Keller", "Tom Keller"],
    )


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ("e1", r"entities\[0\]\.members: expected a list of ids of entities, got 'e1'"),
        (["e1", "e7"], r"entities\[0\]\.members\[1\]: expected the id of another entity, got 'e7'"),
        (["e0"], r"entities\[0\]\.members\[0\]: expected the id of another entity, got 'e0'"),
        ([1], r"entities\[0\]\.members\[0\]: expected the id of another entity, got 1"),
    ],
)
def test_wrong_members(data: dict[str, Any], members: Any, message: str) -> None:
    data["entities"][0]["members"] = members
    with pytest.raises(ValueError, match=message):
        quoth.from_json(data)


FREE = {
    "id",
    "meta",
    "quoth_version",
    "model_version",
    "aliases",
    "titles",
    "value",
}  # not read, or (ents' ids) not referred to


def test_every_value_is_checked(data: dict[str, Any]) -> None:
    """Whatever is put in any place: a ValueError that names the field, or it did not matter."""
    for path in paths(data):
        for wrong in ("missing", None, 3.5, "x", [], {}, -7, True, "\udc00"):
            broken = document_data()
            inside: Any = broken
            for key in path[:-1]:
                inside = inside[key]
            if wrong == "missing":
                if isinstance(inside, list):
                    continue
                del inside[path[-1]]
            else:
                inside[path[-1]] = wrong
            try:
                doc = quoth.from_json(broken)
            except ValueError as error:
                assert ": expected " in str(error), (path, wrong, error)
            else:
                assert doc.to_dict()
                if path[-1] not in FREE and wrong == "missing":
                    assert path[-1] in ("text", "speaker_candidates", "parent", "members"), path


def test_a_dict_that_changes_while_it_is_read(data: dict[str, Any]) -> None:
    """Another thread, or a key with a mind of its own, must not make it write out of bounds."""
    armed = False

    class Key(str):
        def __eq__(self, other: object) -> bool:
            if armed:
                for name in ("sents", "quotes", "ents"):
                    data[name].extend(data[name] * 100)
                data["quotes"][0]["content"].extend([{"start": 0, "end": 1}] * 1000)
            return False

        __hash__ = str.__hash__

    lists = {name: data.pop(name) for name in ("entities", "quotations")}
    for name in lists:
        data[Key(name)] = None  # met before the real key, as it has the same hash
    data.update(lists)
    armed = True
    with pytest.raises(ValueError, match="expected"):
        quoth.from_json(data)


def test_json_module_reads_it(made: quoth.Document) -> None:
    assert json.loads(made.to_json()) == made.to_dict()
