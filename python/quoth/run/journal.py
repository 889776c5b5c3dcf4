"""How far a run has come: one file that is replaced at once when a shard is complete.

A shard's files are written under other names, brought to the disk, and renamed; then the journal is
replaced, which makes them count. A run that was killed in between finds files of a shard that the
journal does not know, and writes that shard anew: nothing is lost, nothing is there twice.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from typing import Any

from quoth.run.records import Place

__all__ = ["Journal", "RunError", "load", "sync_folder", "write_file"]

NAME = "_quoth_run.json"


class RunError(Exception):
    """A run cannot begin or go on; told in one line."""


@dataclass(slots=True)
class Journal:
    settings: dict[str, Any]  # what has to be the same for the run to go on
    shards: int = 0  # that are complete
    records: int = 0
    bad: int = 0
    errors_size: int = 0  # bytes of the file of errors that count
    place: tuple[int, int, int | None] = (0, 0, None)
    finished: bool = False

    def start(self) -> Place:
        return Place(*self.place)

    def save(self, folder: str) -> None:
        write_file(os.path.join(folder, NAME), json.dumps(asdict(self), indent=1).encode() + b"\n")
        sync_folder(folder)


def load(folder: str, settings: dict[str, Any]) -> Journal:
    """The journal of a folder, or a new one; RunError if it is of another run."""
    path = os.path.join(folder, NAME)
    if not os.path.exists(path):
        if any(not name.startswith(".") for name in os.listdir(folder)):
            raise RunError(f"{folder}: the folder is not empty, and holds no run that could go on")
        return Journal(settings)
    try:
        with open(path, encoding="utf-8") as file:
            data: dict[str, Any] = json.load(file)
        journal = Journal(**data)
        journal.place = (data["place"][0], data["place"][1], data["place"][2])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise RunError(f"{path}: not a journal: {error}") from None
    for name, value in settings.items():
        if journal.settings.get(name) != value:
            raise RunError(
                f"{folder}: holds a run with other {name}; choose another folder, or remove it"
            )
    return journal


def write_file(path: str, data: bytes) -> None:
    """Writes a file so that it is there whole, under this name, or not at all."""
    temporary = f"{path}.tmp"
    with open(temporary, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def sync_folder(folder: str) -> None:
    """Brings the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
