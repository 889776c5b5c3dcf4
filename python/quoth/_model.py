"""Model files: mapped read-only, once a process for each, and shared by pipelines and threads."""

from __future__ import annotations

import mmap
import os

from quoth._core import Model, ModelError

__all__ = ["open_model", "shipped_model"]

_shipped: dict[str, Model] = {}


def open_model(path: str | os.PathLike[str]) -> Model:
    """Maps the model file at path.

    Raises ModelError if the file is truncated, damaged or no model file, OSError if it cannot be
    read.
    """
    name = os.fspath(path)
    with open(name, "rb") as file:
        if os.fstat(file.fileno()).st_size == 0:
            raise ModelError(f"{name}: the file is empty")
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return Model(data, name)


def shipped_model(language: str) -> Model | None:
    """The model that comes with quoth for a language, or None if there is none."""
    model = _shipped.get(language)
    if model is None:
        path = os.path.join(os.path.dirname(__file__), "data", f"{language}.model")
        if not os.path.exists(path):
            return None
        model = _shipped.setdefault(language, open_model(path))
    return model
