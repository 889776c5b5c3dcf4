"""Training the model of the sentences: what it makes of small data, the same every time."""

from __future__ import annotations

import gzip
import itertools
import json
import pathlib

import pytest

import quoth
from quoth import cli
from quoth._core import sentence_decisions
from quoth.train import sentences

SENTENCES = [
    "We met the men from Acme Corp. They had a plan.",
    "It is in the U.S. Tom saw it there.",
    "They spoke of a plan — It came to nothing.",
    "Nobody knew... The door was open.",
]


def texts(*, joined: bool) -> list[dict[str, object]]:
    """Each text is one sentence when joined, else it ends at each place that is asked about."""
    nlp = quoth.load("en", stages=["sentence"])
    documents = []
    for number in range(60):
        text = SENTENCES[number % len(SENTENCES)]
        ends = set() if joined else {end for end, _, _ in sentence_decisions(nlp, text)}
        bounds = [0, *sorted(ends | {len(text)})]
        spans = list(itertools.pairwise(bounds))
        documents.append({"id": str(number), "text": text, "sents": spans})
    return documents


def write(folder: pathlib.Path, *, joined: bool) -> None:
    (folder / "sentences").mkdir(exist_ok=True)
    for name in ("gum", "ewt"):
        with gzip.open(folder / "sentences" / f"{name}.train.jsonl.gz", "wt") as file:
            file.writelines(json.dumps(d) + "\n" for d in texts(joined=joined))


def test_places_are_those_of_the_text() -> None:
    nlp = quoth.load("en", stages=["sentence"])
    text = "Café in the U.S. The end."
    [(end, rule, features)] = sentence_decisions(nlp, text)
    assert text[:end] == "Café in the U.S."
    assert isinstance(rule, bool)
    assert all(0 <= f < 1 << sentences.BITS for f in features)
    with pytest.raises(TypeError):
        sentence_decisions(nlp, b"bytes")  # type: ignore[arg-type]


def test_a_stop_in_a_note_comes_behind_that_of_the_note() -> None:
    nlp = quoth.load("en", stages=["sentence"])
    text = "Ws![T?he pa sp lost.”] x"
    ends = [end for end, _, _ in sentence_decisions(nlp, text)]
    assert [text[:end] for end in ends] == ["Ws![T?he pa sp lost.”]", "Ws![T?"]


@pytest.mark.parametrize("joined", [True, False])
def test_the_model_learns_what_the_data_say(tmp_path: pathlib.Path, joined: bool) -> None:
    write(tmp_path, joined=joined)
    examples = sentences.examples_of(
        sentences.treebank_texts(tmp_path / "sentences" / "gum.train.jsonl.gz")
    )
    assert {example.ends for example in examples} == {not joined}
    weights = sentences.quantised(sentences.fit(examples))
    assert all(
        (sum(weights.get(f, 0) for f in example.features) > 0) is not joined for example in examples
    )
    assert max(map(abs, weights.values())) == 127


def test_the_same_data_give_the_same_file(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, joined=False)
    cases = pathlib.Path(__file__).parent / "golden" / "sentences.txt"
    made = []
    for name in ("one.txt", "two.txt"):
        out = tmp_path / name
        arguments = ["train", "sentences", "--data", str(tmp_path), "--cases", str(cases)]
        assert cli.main([*arguments, "--out", str(out)]) == 0
        made.append(out.read_text(encoding="utf-8"))
    assert made[0] == made[1]
    for line in ("# What:", "# Source:", "# Licence:", f"@weights ending {sentences.BITS}"):
        assert line in made[0]
    assert "places; the rules alone err at" in capsys.readouterr().err


def test_golden_cases_as_texts() -> None:
    path = pathlib.Path(__file__).parent / "golden" / "sentences.txt"
    found = list(sentences.golden_texts(path))
    assert len(found) > 90
    assert ("Who paid for it? Nobody knows! The audit goes on.", {16, 30, 49}) in found


def test_wrong_command_lines(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["train"], ["train", "horses"], ["train", "sentences"]):
        with pytest.raises(SystemExit) as caught:
            cli.main(arguments)
        assert caught.value.code == 2
    assert "horses" in capsys.readouterr().err
