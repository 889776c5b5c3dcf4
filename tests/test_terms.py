"""Terms of one's own: quoth.Terms and Pipeline.with_terms()."""

from __future__ import annotations

import itertools
import json
import pathlib
import pickle
import threading
from collections.abc import Callable
from typing import Any

import pytest

import quoth

TEXT = (
    "OSLO — The Harbour Party will rebuild the docks, Anna Keller said on Friday. “The Harbour "
    "Party’s plan is wrong,” said João Silva of the Dock Union. The HP declined to comment."
)
PARTY = ("Harbour Party", "P1", "The Harbour Party of Norway")


@pytest.fixture(scope="module")
def plain() -> quoth.Pipeline:
    return quoth.load("en")


def found(nlp: quoth.Pipeline, text: str, label: str) -> list[str]:
    return [mention.text for mention in nlp(text).ents if mention.label_ == label]


def test_terms_are_mentions_with_label_entity_and_identifier(plain: quoth.Pipeline) -> None:
    nlp = plain.with_terms("PARTY", [PARTY, ("HP", None, "The Harbour Party of Norway")])
    doc = nlp(TEXT)
    ents = [mention for mention in doc.ents if mention.label_ == "PARTY"]
    assert [mention.text for mention in ents] == ["Harbour Party", "Harbour Party", "HP"]
    assert {mention.entity for mention in ents} == {ents[0].entity}
    entity = ents[0].entity
    assert entity is not None
    assert (entity.name, entity.kb_id_, entity.label_) == (PARTY[2], "P1", "PARTY")
    assert all(mention.rule == "terms: PARTY" and mention.kb_id_ == "P1" for mention in ents)
    assert found(plain, TEXT, "PARTY") == []


def test_a_term_may_speak(plain: quoth.Pipeline) -> None:
    nlp = plain.with_terms("PARTY", ["Greens"])
    (quote,) = nlp("“It will win,” the Greens said on Monday.").quotes
    assert quote.speaker is not None
    assert quote.speaker.name == "Greens"


@pytest.mark.parametrize(
    ("overlap", "text", "expected"),
    [
        ("longest", "He left the New York Times.", []),
        ("longest", "He left New York.", ["New York"]),
        ("replace", "He left the New York Times.", ["New York"]),
        ("keep", "He left New York.", []),
        ("keep", "He saw the new york.", ["new york"]),
    ],
)
def test_overlap_with_what_quoth_found(
    plain: quoth.Pipeline, overlap: Any, text: str, expected: list[str]
) -> None:
    nlp = plain.with_terms("MINE", ["New York"], overlap=overlap)
    assert found(nlp, text, "MINE") == expected
    spans = [(m.start_char, m.end_char) for m in nlp(text).ents]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def test_beside_leaves_the_mentions_alone(plain: quoth.Pipeline) -> None:
    nlp = plain.with_terms("MINE", {"New York": "Q60"}, overlap="beside")
    doc = nlp("He left New York for Oslo.")
    assert doc.ents == plain(doc.text).ents
    (match,) = doc.matches
    assert (match.text, match.label_) == ("New York", "MINE")
    assert (match.kb_id_, match.entity) == ("Q60", None)
    assert pickle.loads(pickle.dumps(match)) == match


def test_own_finds_by_priority_then_length_then_order(plain: quoth.Pipeline) -> None:
    short = plain.with_terms("A", ["dock"], priority=1).with_terms("B", ["dock union"])
    assert [m.label_ for m in short("the dock union").ents] == ["A"]
    longer = plain.with_terms("A", ["dock"]).with_terms("B", ["dock union"])
    assert [m.label_ for m in longer("the dock union").ents] == ["B"]
    first = plain.with_terms("A", ["dock"]).with_terms("B", ["dock"])
    assert [m.label_ for m in first("the dock").ents] == ["A"]


def test_case_and_marks(plain: quoth.Pipeline) -> None:
    exact = plain.with_terms("A", ["US", "O'Neil’s"], case="exact", marks="exact")
    assert found(exact, "The US told us about O'Neil’s and O’Neil’s.", "A") == ["US", "O'Neil’s"]
    loose = plain.with_terms("A", ["straße", "O'Neil's Inn"], overlap="replace")
    assert found(loose, "STRASSE, O’Neil‘s INN", "A") == ["STRASSE", "O’Neil‘s INN"]


def test_no_term_crosses_a_paragraph() -> None:
    text = "A line of the dock\nunion here"
    broken = quoth.load("en", newlines="break").with_terms("A", ["dock union"])
    joined = quoth.load("en", newlines="space").with_terms("A", ["dock union"])
    assert found(broken, text, "A") == []
    assert found(joined, text, "A") == ["dock\nunion"]


def test_every_form_of_terms(plain: quoth.Pipeline, tmp_path: pathlib.Path) -> None:
    wanted = quoth.Terms([("Dock Union", "D1", None), ("Harbour Party", "P1", "The Party")])
    rows = [("Dock Union", "D1", ""), ("Harbour Party", "P1", "The Party")]
    (tmp_path / "plain.csv").write_text("\n".join(",".join(row) for row in rows))
    (tmp_path / "headed.csv").write_text(
        "name,term,kb_id\n,Dock Union,D1\nThe Party,Harbour Party,P1\n"
    )
    (tmp_path / "terms.jsonl").write_text(
        json.dumps(rows[0]) + '\n\n{"term": "Harbour Party", "kb_id": "P1", "name": "The Party"}\n'
    )
    forms: list[Any] = [
        rows,
        (row for row in rows),
        [list(row) for row in rows],
        [{"term": "Dock Union", "kb_id": "D1"}, rows[1]],
        tmp_path / "plain.csv",
        str(tmp_path / "headed.csv"),
        tmp_path / "terms.jsonl",
        wanted,
    ]
    for form in forms:
        assert plain.with_terms("X", form).extras[0][1] == wanted
    (tmp_path / "terms.txt").write_text("Dock Union\n\n  Harbour Party\n")
    names = quoth.Terms(["Dock Union", "Harbour Party"])
    assert plain.with_terms("X", tmp_path / "terms.txt").extras[0][1] == names
    both = plain.with_terms("X", {"Dock Union": None, "Harbour Party": None}, kb_id="K")
    assert list(both.extras[0][1]) == [("Dock Union", "K", None), ("Harbour Party", "K", None)]


def test_pipelines_with_terms_are_values(plain: quoth.Pipeline) -> None:
    nlp = plain.with_terms("PARTY", [PARTY])
    other = plain.with_terms("PARTY", [PARTY])
    assert nlp == other
    assert hash(nlp) == hash(other)
    assert nlp != plain
    assert nlp != plain.with_terms("PARTY", [PARTY], case="exact")
    again = pickle.loads(pickle.dumps(nlp))
    assert again == nlp
    assert again(TEXT) == nlp(TEXT)


def test_documents_with_labels_of_ones_own_are_data(plain: quoth.Pipeline) -> None:
    nlp = plain.with_terms("PARTY", [PARTY]).with_terms("X", {"docks": "K1"}, overlap="beside")
    doc = nlp(TEXT)
    assert quoth.from_json(doc.to_json()) == doc
    assert pickle.loads(pickle.dumps(doc)) == doc
    data = doc.to_dict()
    assert data["labels"] == ["PARTY", "X"]
    assert data["matches"][0]["kb_id"] == "K1"
    data["labels"] = ["X"]
    with pytest.raises(ValueError, match=r"entities\[\d\]\.label: expected .*, got 'PARTY'"):
        quoth.from_json(data)
    data["labels"] = [3]
    with pytest.raises(ValueError, match=r"labels\[0\]: expected a str, got 3"):
        quoth.from_json(data)
    assert doc != plain(TEXT)


def test_threads_give_what_one_gives(plain: quoth.Pipeline) -> None:
    nlp = plain.with_terms("PARTY", [PARTY, "Dock Union", "declined"])
    texts = [TEXT[i:] for i in range(0, 100, 3)]
    wanted = [nlp(text).to_json() for text in texts]
    results: list[list[str]] = [[] for _ in range(16)]

    def work(n: int) -> None:
        results[n] = [nlp(text).to_json() for text in texts]

    threads = [threading.Thread(target=work, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(result == wanted for result in results)
    assert [doc.to_json() for doc in nlp.pipe(texts, n_threads=16)] == wanted


def test_terms_find_offsets_in_code_points() -> None:
    terms = quoth.Terms(["naïve plan", "🙂", "İstanbul"])
    text = "🙂 a NAÏVE  plan for İSTANBUL \ud800"
    assert [text[a:b] for a, b, _ in terms.find(text)] == ["🙂", "NAÏVE  plan", "İSTANBUL"]
    assert [number for _, _, number in terms.find(text)] == [1, 0, 2]
    assert len(terms) == 3
    assert terms[1] == ("🙂", None, None)
    assert quoth.Terms(terms.pack()) == terms


WRONG: list[tuple[type[Exception], str, Callable[[], object]]] = [
    (TypeError, "terms: expected an iterable of str, got str", lambda: quoth.Terms("ab")),
    (TypeError, "terms: expected an iterable of str, got int", lambda: quoth.Terms(3)),  # type: ignore[arg-type]
    (
        TypeError,
        r"terms\[1\]: expected str or a tuple \(term, kb_id, name\), got int",
        lambda: quoth.Terms(["a", 3]),  # type: ignore[list-item]
    ),
    (TypeError, r"terms\[0\]: expected str as kb_id, got int", lambda: quoth.Terms([("a", 3)])),  # type: ignore[list-item]
    (ValueError, r"terms\[1\]: expected 1 to 64 words, got ' '", lambda: quoth.Terms(["a", " "])),
    (
        ValueError,
        r"terms\[0\]: expected no lone surrogate, got '\\ud800'",
        lambda: quoth.Terms(["\ud800"]),
    ),
    (ValueError, "terms: damaged at 3 bytes from the end", lambda: quoth.Terms(b"abc")),
    (ValueError, "terms: damaged at 7 bytes", lambda: quoth.Terms(b"\x02\0\0\0\0\0a")),
    (ValueError, "terms: damaged at term number 0", lambda: quoth.Terms(b"\x01\0\0\0\0\0\xff")),
]
NLP = quoth.load("en")
WRONG += [
    (TypeError, "label: expected str, got int", lambda: NLP.with_terms(3, ["a"])),  # type: ignore[arg-type]
    (ValueError, "label: expected a name, got ''", lambda: NLP.with_terms("", ["a"])),
    (
        ValueError,
        "case: expected 'ignore' or 'exact', got 'lower'",
        lambda: NLP.with_terms("X", ["a"], case="lower"),  # type: ignore[arg-type]
    ),
    (
        ValueError,
        "overlap: expected 'longest', 'replace', 'keep' or 'beside', got 'x'",
        lambda: NLP.with_terms("X", ["a"], overlap="x"),  # type: ignore[arg-type]
    ),
    (
        TypeError,
        "priority: expected int, got str",
        lambda: NLP.with_terms("X", ["a"], priority="1"),  # type: ignore[arg-type]
    ),
    (
        ValueError,
        "priority: expected an int of 32 bits, got",
        lambda: NLP.with_terms("X", ["a"], priority=2**40),
    ),
    (TypeError, "terms: expected an iterable", lambda: NLP.with_terms("X", 3)),  # type: ignore[arg-type]
    (
        ValueError,
        r"terms\[0\]: expected term, kb_id and name, got the key 'x'",
        lambda: NLP.with_terms("X", [{"term": "a", "x": "b"}]),
    ),
    (
        TypeError,
        "terms: Terms have their own kb_id",
        lambda: NLP.with_terms("X", quoth.Terms(["a"]), kb_id="Q1"),
    ),
    (
        ValueError,
        "with_terms: this pipeline was loaded without the stage 'entity'",
        lambda: quoth.load(stages=["sentence"]).with_terms("X", ["a"]),
    ),
    (
        ValueError,
        "terms: expected a .csv, .jsonl or .txt file, got 'terms.xls'",
        lambda: NLP.with_terms("X", "terms.xls"),
    ),
    (
        TypeError,
        "extras: expected tuple, got list",
        lambda: quoth.Pipeline(extras=[]),  # type: ignore[arg-type]
    ),
    (
        ValueError,
        r"extras\[0\]: expected a tuple that starts with what it is",
        lambda: quoth.Pipeline(extras=(3,)),  # type: ignore[arg-type]
    ),
]


@pytest.mark.parametrize(("kind", "message", "make"), WRONG, ids=[w[1] for w in WRONG])
def test_errors_say_what_was_expected(
    kind: type[Exception], message: str, make: Callable[[], object]
) -> None:
    with pytest.raises(kind, match=message):
        make()


def test_errors_in_files_say_where(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "terms.jsonl"
    path.write_text('"a"\n{"term"\n')
    with pytest.raises(ValueError, match=r"terms\.jsonl, line 2: expected JSON"):
        NLP.with_terms("X", path)
    path = tmp_path / "terms.csv"
    path.write_text("term,kb_id\na,b\nc\n")
    with pytest.raises(ValueError, match=r"terms\.csv, line 3: expected 2 columns"):
        NLP.with_terms("X", path)
    with pytest.raises(FileNotFoundError):
        NLP.with_terms("X", tmp_path / "none.csv")


def test_as_many_labels_as_there_are_numbers() -> None:
    terms = quoth.Terms(["a"])
    entries = tuple(("terms", terms, f"L{n}", "r", 0, "longest") for n in range(238))
    nlp = quoth.Pipeline(extras=entries[:237])
    assert nlp("a").ents[0].label_ == "L0"
    message = "label: expected at most 237 labels, got one more: 'L237'"
    with pytest.raises(ValueError, match=message):
        quoth.Pipeline(extras=entries)
