"""The floors under quality, on the development data that QUOTH_DATA names; skipped without it."""

from __future__ import annotations

import importlib.util
import pathlib
import sys
from typing import Any

import pytest

import quoth


def bench(name: str) -> Any:
    path = pathlib.Path(__file__).parent / "bench" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where its dataclasses look
    spec.loader.exec_module(module)
    return module


quality = bench("quality")
consistency = bench("consistency")
renaming = bench("renaming")

pytestmark = pytest.mark.skipif(
    not quality.available(), reason="QUOTH_DATA names no folder with quotes and sentences"
)


@pytest.mark.parametrize(("name", "floor"), [("gum", 97.5), ("ewt", 91.0)])
def test_sentence_ends(name: str, floor: float) -> None:
    assert 100 * quality.sentences(name)["f1"] >= floor


@pytest.mark.parametrize(
    ("name", "floor"), [("worldwide", 85.0), ("politics", 80.5), ("gum", 73.0), ("uner", 69.0)]
)
def test_entities(name: str, floor: float) -> None:
    assert 100 * quality.entities(name)["micro"][2] >= floor


def test_quotes() -> None:
    found = quality.quotes()
    assert 100 * found["SUMMARY"]["F1"] >= 90.0
    assert 100 * found["a_mixed_whole_recall"] >= 77.0
    assert 100 * found["d_indirect"]["F1"] >= 59.5


def test_short_forms_are_the_persons_of_their_full_forms() -> None:
    found = consistency.measure(quoth.load("en"), consistency.articles(300))
    assert found.forms > 1000
    assert found.share(found.labelled) >= 0.99
    assert found.share(found.linked) >= 0.975


def test_persons_with_other_names_are_still_persons() -> None:
    found = renaming.measure(quoth.load("en", stages=("entity",)), rounds=1)
    assert found.persons > 700
    assert found.kept_share >= 0.97


def test_pronouns_as_sources() -> None:
    found = quality.pronouns()
    assert found["right"] >= 0.93 * found["answers"]
    assert found["answered"] >= 0.92 * found["found"]
