"""Training and scoring the tagger on a small made-up language; the commands."""

from __future__ import annotations

import gzip
import json
import math
import pathlib
import random

import pytest

import quoth
from quoth.cli import main
from quoth.train.calibrate import logistic_fit
from quoth.train.entities import Settings, train
from quoth.train.evaluate import Scores, evaluate
from quoth.train.gold import SCHEMES, training_names, trimmed
from quoth.train.made import made_texts
from quoth.train.model_file import read_sections, update_model

SMALL = Settings(sets=("worldwide",), folds=2, fold_epochs=2, epochs=3, runs=2, features=3000)
SYLLABLES = ["zor", "bel", "tav", "rin", "mux", "lip", "qua", "nto", "bex", "dar", "ulm", "vek"]


def made_up_text(rng: random.Random) -> tuple[str, list[list[object]]]:
    """Drones have strange names, and fly over towns of which nothing is known."""
    text, ents = "", []
    for _ in range(4):
        for before, label in (("The drone ", "Product"), (" flew over ", "Location")):
            name = "".join(rng.sample(SYLLABLES, 2)).capitalize()
            ents.append([len(text) + len(before), len(text) + len(before) + len(name), label])
            text += before + name
        text += ". Nobody saw it.\n\n"
    return text, ents


def write_set(path: pathlib.Path, texts: int, seed: int) -> None:
    rng = random.Random(seed)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8") as file:
        for number in range(texts):
            text, ents = made_up_text(rng)
            file.write(json.dumps({"id": str(number), "text": text, "ents": ents}) + "\n")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("data")
    write_set(folder / "worldwide.train.jsonl.gz", 40, 1)
    write_set(folder / "worldwide.dev.jsonl", 10, 2)
    train(str(folder), str(folder / "a.model"), settings=SMALL)
    return folder


def test_the_model_finds_names_that_it_has_never_seen(folder: pathlib.Path) -> None:
    gold = str(folder / "worldwide.dev.jsonl")
    stages = ("entity", "link")
    learnt = evaluate(quoth.load("en", stages=stages, model=folder / "a.model"), gold)
    known = evaluate(quoth.load("en", stages=stages, model=None), gold)
    assert learnt.own["PRODUCT"].f1 > 0.9 > known.own.get("PRODUCT", Scores.total({})).f1
    assert learnt.coarse["LOC"].f1 > 0.9


def test_the_same_data_give_the_same_bytes(folder: pathlib.Path) -> None:
    train(str(folder), str(folder / "b.model"), settings=SMALL)
    assert (folder / "a.model").read_bytes() == (folder / "b.model").read_bytes()


def test_made_texts_are_the_same_and_their_spans_are_names() -> None:
    rng = random.Random(3)
    filled = {"person": "Ana", "place": "Port", "org": "Union"}
    gold = []
    for _ in range(30):
        text, spans = "", []
        for kind, word in filled.items():
            name = f"{word} {''.join(rng.sample(SYLLABLES, 2)).capitalize()}"
            spans.append((len(text), len(text) + len(name), kind))
            text += name + "\n"
        gold.append((text, spans))
    made = made_texts(gold, 60, 1)
    assert made == made_texts(gold, 60, 1) != made_texts(gold, 60, 2)
    assert made_texts(gold[:5], 60, 1) == []
    names = [(text[a:b], kind) for text, spans in made for a, b, kind in spans]
    assert len(names) > 1000
    assert all(name == name.strip() and not name[0].islower() for name, _ in names)
    persons = {name for name, kind in names if kind == "person" and name.startswith("Ana")}
    assert len(persons) > 20
    assert {text[i] for text, spans in made for _, i, _ in spans} <= set(" \n,.;:)'-/")


def test_other_sections_stay(folder: pathlib.Path) -> None:
    path = folder / "c.model"
    update_model(path, {"quote.a": b"1", "entity.head": b"2"}, "quote.")
    train(str(folder), str(path), settings=SMALL)
    sections = read_sections(path)
    assert sections["quote.a"] == b"1"
    assert len(sections["entity.head"]) == 64
    assert read_sections(folder / "a.model").keys() == sections.keys() - {"quote.a"}


def test_mentions_of_a_model_say_so_and_how_sure(folder: pathlib.Path) -> None:
    nlp = quoth.load("en", model=folder / "a.model")
    found = [m for m in nlp("The drone Zorlip flew over Bexmux.").ents if m.rule == "model"]
    assert [m.text for m in found] == ["Zorlip", "Bexmux"]
    assert all(0.5 < m.score < 1 for m in found)


def test_names_for_training() -> None:
    document = {
        "text": "The Alba’s Ann Lee",
        "ents": [[0, 10, "Organization"], [11, 18, "Person"], [11, 14, "Person"], [0, 3, "Date"]],
    }
    names = training_names(document, SCHEMES["worldwide"])
    assert names == [(4, 8, 2), (11, 14, 1)] or names == [(4, 8, 2), (11, 18, 1)]
    assert trimmed("the’s", 0, 5) == (0, 3)


def test_calibration() -> None:
    rng = random.Random(7)
    leads = [rng.uniform(-2, 6) for _ in range(4000)]
    right = [rng.random() < 1 / (1 + math.exp(-0.8 * lead + 0.5)) for lead in leads]
    slope, shift = logistic_fit(leads, right)
    assert slope == pytest.approx(0.8, abs=0.1)
    assert shift == pytest.approx(-0.5, abs=0.15)
    assert logistic_fit([1.0] * 20, [True] * 20) == (1.0, 0.0)


def test_evaluate_command(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = str(folder / "worldwide.dev.jsonl")
    assert main(["evaluate", "entities", "--model", str(folder / "a.model"), gold]) == 0
    out = capsys.readouterr().out
    assert "GPE LOC" in out
    assert "PRODUCT" in out
    assert main(["evaluate", "entities", "--model", "none", "--set", "other", gold]) == 0
    assert main(["evaluate", "entities", str(folder / "missing.jsonl")]) == 1
    assert "missing.jsonl" in capsys.readouterr().err


def test_train_command_without_data(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.model"
    assert main(["train", "entities", "--data", str(tmp_path), "--out", str(out)]) == 1
    assert "worldwide.train.jsonl: there is no such file" in capsys.readouterr().err
    assert not out.exists()


def test_explain(folder: pathlib.Path) -> None:
    nlp = quoth.load("en", model=folder / "a.model")
    doc = nlp("«é» The drone Zorlip flew over Bexmux on March 9, 2021.")
    drone = next(m for m in doc.ents if m.rule == "model")
    reasons = doc.explain(drone, nlp)
    assert drone.text == "Zorlip"
    assert {word for word, _, _ in reasons} == {"Zorlip"}
    weights = [weight for _, _, weight in reasons]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 0
    assert any("before" in feature for _, feature, weight in reasons if weight > 0)
    date = next(m for m in doc.ents if m.label_ == "DATE")
    assert doc.explain(date, nlp) == [("March 9, 2021", "date", date.score)]
    assert doc.explain(drone, quoth.load("en", model=None)) == []
    with pytest.raises(TypeError, match="what: expected Mention, Quote or int, got str"):
        doc.explain("Zorlip")  # type: ignore[arg-type]


def test_records_say_which_model_made_them(folder: pathlib.Path) -> None:
    nlp = quoth.load("en", model=folder / "a.model")
    assert nlp.model is not None
    data = nlp("Ann Lee spoke.").to_dict()
    assert data["model_version"] == nlp.model.version
    assert quoth.from_json(data).to_dict() == data
    assert quoth.load("en", model=None)("Ann Lee spoke.").to_dict()["model_version"] is None
