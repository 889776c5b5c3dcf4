"""Training and measuring the models of attribution, on articles of our own."""

from __future__ import annotations

import gzip
import json
import pathlib
from typing import Any

import pytest

import quoth
from quoth.cli import main
from quoth.train.model_file import pack_sections, read_sections
from quoth.train.quote_gold import read_articles
from quoth.train.quotes import train_quotes

NAMES = ("Anna Keller", "Omar Haddad", "Lena Fischer", "Rui Prata", "Mary Oduya", "Ivo Blaž")
VERBS = ("said", "added", "argued", "insisted")


def article(number: int) -> dict[str, Any]:
    name, other = NAMES[number % 6], NAMES[(number + 1) % 6]
    verb = VERBS[number % 4]
    text = (
        f"“The harbour of Holm is closed,” {name} {verb}. {other} opened the “old” door. "
        f"{other} {verb} that the ferry was late."
    )

    def span(words: str, start: int = 0) -> list[int]:
        at = text.index(words, start)
        return [at, at + len(words)]

    report = text.rindex(other)
    return {
        "id": str(number),
        "text": text,
        "quotes": [
            {
                "type": "direct",
                "content": [span("“The harbour of Holm is closed,”")],
                "cue": [span(verb)],
                "source": [span(name)],
            },
            {
                "type": "indirect",
                "content": [span("that the ferry was late")],
                "cue": [span(verb, report)],
                "source": [span(other, report)],
            },
        ],
    }


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "quotes").mkdir()
    with gzip.open(folder / "quotes" / "polnear.train.jsonl.gz", "wt", encoding="utf-8") as out:
        for number in range(24):
            out.write(json.dumps(article(number)) + "\n")
    return folder


@pytest.fixture(scope="module")
def model(data: pathlib.Path) -> pathlib.Path:
    out = data / "own.model"
    assert main(["train", "quotes", "--data", str(data), "--out", str(out)]) == 0
    return out


def test_training_learns_and_is_used(model: pathlib.Path) -> None:
    nlp = quoth.load("en", model=model)
    doc = nlp(article(40)["text"])
    found = [(q.type, q.source and q.source.text, q.cue and q.cue.text) for q in doc.quotes]
    assert found == [("direct", "Mary Oduya", "said"), ("indirect", "Ivo Blaž", "said")]


def test_training_twice_gives_the_same_bytes(data: pathlib.Path, model: pathlib.Path) -> None:
    articles = read_articles(data / "quotes" / "polnear.train.jsonl.gz")
    assert train_quotes(articles) == read_sections(model)


def test_evaluation(
    data: pathlib.Path, model: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = str(data / "quotes" / "polnear.train.jsonl.gz")
    assert main(["evaluate", "quotes", "--model", str(model), gold]) == 0
    rows = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert rows["attributed pieces"] == rows["reports with source"] == rows["cues"] == "100.0"


def test_a_damaged_section_is_refused(model: pathlib.Path) -> None:
    sections = read_sections(model)
    sections["quote.cue"] = sections["quote.cue"][:-1]
    with pytest.raises(quoth.ModelError, match="section for quotes"):
        quoth.Pipeline(model=quoth.Model(pack_sections(sections)))
