"""The model file: mapped once, checked wholly, refused with one clear error when it is damaged."""

from __future__ import annotations

import pathlib
import pickle
import subprocess
import sys

import pytest

import quoth
from quoth.train.model_file import pack_sections, read_sections, unpack_sections, update_model

SECTIONS = {"other.a": b"hello", "other.b": bytes(range(256)) * 3, "empty": b""}
DATA = pack_sections(SECTIONS)


def test_what_is_written_is_read() -> None:
    assert unpack_sections(DATA) == SECTIONS
    assert unpack_sections(pack_sections({})) == {}
    assert pack_sections(dict(reversed(SECTIONS.items()))) == DATA


def test_update_keeps_what_others_trained(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.model"
    update_model(path, {"one.a": b"1", "one.b": b"2"}, "one.")
    update_model(path, {"two.a": b"3"}, "two.")
    update_model(path, {"one.a": b"4"}, "one.")
    assert read_sections(path) == {"one.a": b"4", "two.a": b"3"}
    assert [p.name for p in tmp_path.iterdir()] == ["a.model"]


@pytest.mark.parametrize("size", [0, 1, 31, 32, 63, 64, 200, len(DATA) - 64, len(DATA) - 1])
def test_truncated(tmp_path: pathlib.Path, size: int) -> None:
    path = tmp_path / "cut.model"
    path.write_bytes(DATA[:size])
    with pytest.raises(quoth.ModelError, match=r"cut\.model: the (model|file) is "):
        quoth.load("en", model=path)


@pytest.mark.parametrize("at", [0, 8, 12, 16, 24, 32, 50, 60, 100, 200, len(DATA) - 1])
def test_damaged(tmp_path: pathlib.Path, at: int) -> None:
    path = tmp_path / "bad.model"
    path.write_bytes(DATA[:at] + bytes([DATA[at] ^ 1]) + DATA[at + 1 :])
    with pytest.raises(quoth.ModelError, match=r"bad\.model: the model "):
        quoth.load("en", model=str(path))


def test_something_else(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n" + bytes(1000))
    with pytest.raises(quoth.ModelError, match="not a model file of quoth"):
        quoth.load("en", model=path)
    with pytest.raises(FileNotFoundError):
        quoth.load("en", model=tmp_path / "missing.model")
    with pytest.raises(TypeError, match="model: expected Model or None, got int"):
        quoth.Pipeline("en", None, "auto", True, (), 7)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        quoth.Model("text")  # type: ignore[arg-type]
    assert issubclass(quoth.ModelError, ValueError)


def test_models_are_values(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.model"
    path.write_bytes(DATA)
    model = quoth.load("en", model=path).model
    assert model is not None
    assert model.path == str(path)
    assert len(model.version) == 16
    assert model == quoth.Model(DATA) != quoth.Model(pack_sections({}))
    assert hash(model) == hash(quoth.Model(DATA))
    assert model.version in repr(model)
    for one in (model, quoth.Model(DATA)):
        assert pickle.loads(pickle.dumps(one)) == one
        nlp = quoth.load("en", model=one)
        assert pickle.loads(pickle.dumps(nlp)) == nlp
        assert nlp != quoth.load("en", model=None)


def test_the_shipped_model_is_mapped_once_and_when_needed() -> None:
    assert quoth.load("en").model is quoth.load("en", newlines="break").model is not None
    assert quoth.load("en", model=None).model is None
    assert quoth.load("en", stages=("structure",)).model is None
    program = (
        "import sys, quoth; quoth.split_sentences('One. Two.'); "
        "quoth.load('en', stages=['sentence'])('One. Two.'); "
        "assert 'quoth._model' not in sys.modules and 'mmap' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
