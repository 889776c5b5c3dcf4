"""Cues, titles and aliases of the caller: what they change, and what is said of wrong ones."""

import pathlib
import pickle

import pytest

import quoth

SPEECH = (
    "Harbourmaster Anna Keller grumphed that the port was closed. “It will not reopen,” Keller "
    "grumphed. The deputy reeve, Tom Brandt, repeated his brag that Elvik would win."
)


def test_cues_make_quotes():
    plain, nlp = quoth.load("en"), quoth.load("en").with_cues(["grumphed"], attitude="emotion")
    # By what stands around it the model may find such a cue, but not what it tells of.
    assert "emotion" not in [quote.attitude for quote in plain(SPEECH).quotes]
    quotes = {quote.text: quote for quote in nlp(SPEECH).quotes}
    closed = quotes["that the port was closed"]
    assert (closed.cue.text, closed.speaker.name) == ("grumphed", plain(SPEECH).ents[0].text)
    assert (closed.type, closed.attitude) == ("indirect", "emotion")
    assert quotes["“It will not reopen,”"].cue.text == "grumphed"


def test_cues_may_be_nouns():
    nlp = quoth.load("en").with_cues(["brag"], kind="noun")
    cues = [quote.cue.text for quote in nlp(SPEECH).quotes if quote.cue is not None]
    assert "brag" in " ".join(cues)


def test_titles():
    nlp = quoth.load("en").with_titles(["harbourmaster", "deputy reeve"])
    titles = {m.text: m.title and m.title.text for m in nlp(SPEECH).ents if m.label_ == "PERSON"}
    assert titles["Anna Keller"] == "Harbourmaster"
    assert titles["Tom Brandt"] == "deputy reeve"


NAMES = "Margaret Thaler spoke on Monday. The Iron Duchess said that taxes would fall. Thaler left."


def test_aliases_are_one_entity():
    aliases = {"Margaret Thaler": {"aliases": ["the Iron Duchess"], "kb_id": "Q7"}}
    nlp = quoth.load("en").with_aliases(aliases)
    doc = nlp(NAMES)
    thaler = doc.entities[0]
    assert (thaler.name, thaler.kb_id_, len(thaler.mentions)) == ("Margaret Thaler", "Q7", 3)
    assert doc.quotes[0].speaker == thaler
    assert {m.rule for m in doc.ents if m.entity == thaler} >= {"alias"}


def test_an_alias_comes_before_the_name():
    nlp = quoth.load("en").with_aliases({"Margaret Thaler": ["the Iron Duchess"]})
    for text in (
        "The Iron Duchess said that taxes would fall. Thaler left.",
        "The Iron Duchess said that taxes would fall. Margaret Thaler left.",
    ):
        doc = nlp(text)
        assert [entity.name for entity in doc.entities] == ["Margaret Thaler"], text
        assert len(doc.entities[0].mentions) == 2


@pytest.mark.parametrize(
    ("label", "terms", "text", "name", "count"),
    [
        ("PERSON", [("the Iron Duchess", "Q7", "Margaret Thaler")], NAMES, "Margaret Thaler", 3),
        (
            "PERSON",
            [("Anna Keller", "K1")],
            "Anna M. Keller spoke. Anna Keller left. Keller fell.",
            "Anna M. Keller",
            3,
        ),
        (
            "ORG",
            [("HWQ", "H1", "Acme Harbour Group")],
            "HWQ won. Acme Harbour Group lost. HWQ fell.",
            "Acme Harbour Group",
            3,
        ),
    ],
)
def test_terms_join_what_quoth_found(label, terms, text, name, count):
    doc = quoth.load("en").with_terms(label, terms)(text)
    found = next(entity for entity in doc.entities if entity.kb_id_ == terms[0][1])
    assert (found.name, len(found.mentions)) == (name, count)


def test_terms_of_one_text_and_two_names_are_two():
    nlp = quoth.load("en").with_terms(
        "PERSON", [("Ann Lee", "A", "Ann Lee"), ("Lee", "B", "Bo Lee")]
    )
    doc = nlp("Ann Lee spoke. Lee left.")
    assert [entity.kb_id_ for entity in doc.entities] == ["A", "B"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda nlp: nlp.with_cues("said"), "cues: expected a collection of str, got str"),
        (lambda nlp: nlp.with_cues([7]), r"cues\[0\]: expected str, got int"),
        (lambda nlp: nlp.with_cues(["a b"]), r"cues\[0\]: expected one word, got 'a b'"),
        (lambda nlp: nlp.with_cues(["x"], kind="y"), "kind: expected 'verb' or 'noun', got 'y'"),
        (lambda nlp: nlp.with_cues(["x"], attitude="y"), "attitude: expected 'speech', 'belief'"),
        (lambda nlp: nlp.with_titles("x"), "titles: expected a collection of str, got str"),
        (lambda nlp: nlp.with_titles([" "]), r"titles\[0\]: expected a name, got ' '"),
        (lambda nlp: nlp.with_aliases(["x"]), "aliases: expected dict, got list"),
        (lambda nlp: nlp.with_aliases({"x": "y"}), r"aliases\['x'\]: expected a collection of str"),
        (lambda nlp: nlp.with_aliases({"x": [7]}), r"aliases\['x'\]\[0\]: expected str, got int"),
        (
            lambda nlp: nlp.with_aliases({"x": {"names": []}}),
            r"aliases\['x'\]: expected aliases, kb_id, got 'names'",
        ),
        (lambda nlp: nlp.with_aliases({"x": []}, label=""), "label: expected a name, got ''"),
        (
            lambda nlp: nlp.without("entity").with_titles(["x"]),
            "with_titles: this pipeline was loaded without the stage 'entity'",
        ),
    ],
)
def test_wrong_words(change, message):
    with pytest.raises((TypeError, ValueError), match=message):
        change(quoth.load("en"))


def everything():
    nlp = quoth.load("en").with_cues(["grumphed"]).with_titles(["harbourmaster"])
    return nlp.with_aliases({"Margaret Thaler": ["the Iron Duchess"]})


def test_they_are_values(tmp_path: pathlib.Path):
    nlp = everything()
    assert nlp == everything()
    assert nlp.version == everything().version != quoth.load("en").version
    assert nlp != quoth.load("en").with_cues(["grumphed"], attitude="belief")
    assert pickle.loads(pickle.dumps(nlp)) == nlp
    nlp.save(tmp_path / "x.quoth")
    loaded = quoth.Pipeline.load(tmp_path / "x.quoth")
    assert loaded == nlp
    assert loaded(SPEECH).to_json() == nlp(SPEECH).to_json()
    assert [entry["kind"] for entry in nlp.config["extras"]] == ["cues", "titles", "terms"]


RULES = """\
titles = ["harbourmaster"]

[[cues]]
words = ["grumphed"]

[[aliases]]
name = "Margaret Thaler"
aliases = ["the Iron Duchess"]
"""


def test_rules(tmp_path: pathlib.Path):
    path = tmp_path / "rules.toml"
    path.write_text(RULES)
    nlp = quoth.load("en", rules=path)
    assert nlp(SPEECH).to_dict()["quotes"] == everything()(SPEECH).to_dict()["quotes"]


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ("titles = 'x'\n", "line 1: titles: expected a collection of str, got str"),
        ("[[cues]]\nwords = ['a b']\n", r"line 1: cues\[0\]: expected one word, got 'a b'"),
        ("[[cues]]\nwords = ['a']\nkind = 'x'\n", "line 3: kind: expected 'verb' or 'noun'"),
        ("[[cues]]\nkind = 'verb'\n", "line 1: expected words, got nothing"),
        (
            "[[cues]]\nwords = ['a']\nsize = 1\n",
            "line 3: expected attitude, kind, .*, got 'size'",
        ),
        ("[[aliases]]\nname = 'x'\n", "line 1: expected aliases, got nothing"),
        ("[[aliases]]\nname = 'x'\naliases = 7\n", r"aliases\['x'\]: expected a collection of str"),
    ],
)
def test_wrong_rules(rules, message, tmp_path: pathlib.Path):
    path = tmp_path / "rules.toml"
    path.write_text(rules)
    with pytest.raises(ValueError, match=message):
        quoth.load("en", rules=path)
