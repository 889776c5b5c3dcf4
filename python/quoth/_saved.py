"""Pipelines as values: their configuration as plain data, their version, and files for them.

A file is MAGIC, the size of what follows (8 bytes, the lower first), its SHA-256, and then: the
size of a JSON text (8 bytes), that text, the sizes of packed terms (8 bytes each), and these terms.
Reading one makes nothing but what the with_... calls make, from data that are checked: no code is
in it, and none is run.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from quoth._core import Model, Pattern, Pipeline, Terms

if TYPE_CHECKING:
    from quoth._components import Component

__all__ = ["config", "load", "save"]

MAGIC = b"quothpl\x01"
_HEAD = len(MAGIC) + 8 + 32
_WITH_TERMS = ("terms", "cues", "titles")
_CUE = ("cue", "attitude")
_PATTERN = ("rule", "priority", "overlap", "context", "of", "value", "errors")


def config(nlp: Pipeline) -> dict[str, Any]:
    """What a pipeline is, as plain values; terms by their number and checksum."""
    return {
        "language": nlp.language,
        "stages": list(nlp.stages),
        "newlines": nlp.newlines,
        "split_in_quotes": nlp.split_in_quotes,
        "abbreviations": list(nlp.abbreviations),
        "model": nlp.model.version if nlp.model is not None else None,
        "extras": [_entry_config(entry) for entry in nlp.extras],
    }


def name_of(function: Any) -> str:
    return f"{function.__module__}:{function.__qualname__}"


def terms_config(terms: Terms) -> dict[str, Any]:
    return {
        "count": len(terms),
        "version": terms.version,
        "exact_case": terms.exact_case,
        "exact_marks": terms.exact_marks,
    }


def _entry_config(entry: tuple[Any, ...]) -> dict[str, Any]:
    kind, what, *rest = entry
    if kind in ("cues", "titles"):
        return {"kind": kind, "terms": terms_config(what), **dict(zip(_CUE, rest, strict=False))}
    label, *rest = rest
    if kind == "component":
        return {
            "kind": kind,
            "name": what.name,
            "function": name_of(what),
            "after": what.after,
            "needs": list(what.needs),
            "batch": what.batch,
            "version": what.version,
            "errors": label if isinstance(label, str) else name_of(label),
        }
    if kind == "terms":
        rest_of = dict(zip(_PATTERN[:3], rest, strict=True))
        return {"kind": kind, "label": label, "terms": terms_config(what), **rest_of}
    return {
        "kind": kind,
        "label": label,
        "pattern": what.pattern,
        "ignore_case": what.ignore_case,
        "step_limit": what.step_limit,
        **dict(zip(_PATTERN, rest, strict=True)),
    }


# --- files ----------------------------------------------------------------------------------------


def save(nlp: Pipeline, path: str | os.PathLike[str]) -> None:
    """Writes the pipeline to one file; Pipeline.load() reads it. The model is not in it, only
    which one it was; nor are components, only their names. ValueError for one whose errors= is a
    function."""
    for entry in nlp.extras:
        if entry[0] == "component" and not isinstance(entry[2], str):
            raise ValueError(f"component {entry[1].name!r}: errors: a function can't be saved")
    text = json.dumps(config(nlp), ensure_ascii=True).encode("ascii")
    parts = [len(text).to_bytes(8, "little"), text]
    parts += [entry[1].pack() for entry in nlp.extras if entry[0] in _WITH_TERMS]
    sizes = [len(part) for part in parts[2:]]
    parts[2:2] = [size.to_bytes(8, "little") for size in sizes]
    payload = b"".join(parts)
    head = MAGIC + len(payload).to_bytes(8, "little") + hashlib.sha256(payload).digest()
    target = os.fspath(path)
    handle, name = tempfile.mkstemp(prefix=".quoth-", dir=os.path.dirname(target) or ".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(head)
            file.write(payload)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, target)  # all of it or nothing
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def load(
    cls: type[Pipeline],
    path: str | os.PathLike[str],
    model: Model | str | None = None,
    components: Iterable[Component] = (),
) -> Pipeline:
    """The pipeline that save() wrote.

    model: the one that it was made with, when that is not the one that comes with quoth.
    components: those that it was made with. One that is not among them is looked for among those
        that were made in this process, and those that installed packages bring; nothing else is
        imported.

    Raises ValueError for what is no such file, or damaged, or was made with another model, or with
    other components.
    """
    name = os.fspath(path)
    payload = _payload(name)
    try:
        size = int.from_bytes(payload[:8], "little")
        data = json.loads(payload[8 : 8 + size])
        packed = _split(payload[8 + size :], data["extras"])
        given = {component.name: component for component in components}
        extras = tuple(_entry(name, entry, packed, given) for entry in data["extras"])
        nlp = cls(
            data["language"],
            data["stages"],
            data["newlines"],
            data["split_in_quotes"],
            data["abbreviations"],
            _model(name, data, model),
            extras,
        )
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError, json.JSONDecodeError):
        raise ValueError(f"{name}: not a pipeline that this version of quoth knows") from None
    return nlp


def _payload(name: str) -> bytes:
    """What is behind the head, checked before anything is made of it."""
    with open(name, "rb") as file:
        head = file.read(_HEAD)
        if head[: len(MAGIC)] != MAGIC or len(head) < _HEAD:
            raise ValueError(f"{name}: not a pipeline of quoth")
        size = int.from_bytes(head[len(MAGIC) : len(MAGIC) + 8], "little")
        left = os.fstat(file.fileno()).st_size - _HEAD
        if size != left or size < 8:
            raise ValueError(f"{name}: damaged: expected {size} bytes, got {left}")
        payload = file.read(size)
    if hashlib.sha256(payload).digest() != head[len(MAGIC) + 8 :]:
        raise ValueError(f"{name}: damaged: the checksum differs")
    return payload


def _split(data: bytes, extras: list[dict[str, Any]]) -> list[bytes]:
    count = sum(entry["kind"] in _WITH_TERMS for entry in extras)
    sizes = [int.from_bytes(data[8 * i : 8 * i + 8], "little") for i in range(count)]
    if 8 * count + sum(sizes) != len(data):
        raise TypeError
    parts, at = [], 8 * count
    for size in sizes:
        parts.append(data[at : at + size])
        at += size
    return parts


def _component(name: str, data: dict[str, Any], given: dict[str, Component]) -> Component:
    from quoth._components import find_component

    try:
        found = given.get(data["name"]) or find_component(data["name"])
    except ValueError as error:
        raise ValueError(f"{name}: {error}; give components=") from None
    there = _entry_config(("component", found, data["errors"]))
    for key, value in data.items():
        if there.get(key) != value:
            raise ValueError(
                f"{name}: made with the component {found.name!r} of {key} {value!r}, "
                f"got {there.get(key)!r}"
            )
    return found


def _entry(
    name: str, data: dict[str, Any], packed: list[bytes], given: dict[str, Component]
) -> tuple[Any, ...]:
    what: Terms | Pattern
    if data["kind"] == "component":
        return ("component", _component(name, data, given), data["errors"])
    if data["kind"] in _WITH_TERMS:
        terms = data["terms"]
        what = Terms(packed.pop(0), terms["exact_case"], terms["exact_marks"])
        if data["kind"] != "terms":
            return (data["kind"], what, *(data[key] for key in _CUE if data["kind"] == "cues"))
        keys: tuple[str, ...] = _PATTERN[:3]
    else:
        what = Pattern(data["pattern"], data["ignore_case"], data["step_limit"])
        keys = _PATTERN
    return (data["kind"], what, data["label"], *(data[key] for key in keys))


def _model(name: str, data: dict[str, Any], given: Model | str | None) -> Model | None:
    if data["model"] is None:
        return None
    if given is not None and not isinstance(given, Model):
        from quoth._model import open_model

        given = open_model(given)
    model = given if given is not None else Pipeline(data["language"]).model
    found = model.version if model is not None else None
    if found != data["model"]:
        raise ValueError(f"{name}: made with the model {data['model']}, got {found}; give model=")
    return model
