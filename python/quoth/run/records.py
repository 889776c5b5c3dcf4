"""Records: one text with its id, and where in the input it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Fields", "Place", "Record"]


@dataclass(frozen=True, slots=True)
class Place:
    """How far the input is read: so many files wholly, and of the next one so much."""

    file: int = 0
    record: int = 0  # records of that file, bad ones too
    byte: int | None = None  # where the next one starts, if one can go there at once

    def as_list(self) -> list[int | None]:
        return [self.file, self.record, self.byte]


@dataclass(frozen=True, slots=True)
class Record:
    """A text, or why there is none."""

    id: str
    text: str | None
    input: str  # the file
    number: int  # of the record in the file, from 0
    after: Place  # where the next record is
    error: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a record are what."""

    text: str = "text"
    id: str | None = None
    keep: tuple[str, ...] = ()  # carried along as metadata

    def record(self, data: Any, input: str, number: int, after: Place) -> Record:
        """The Record that a decoded object stands for."""
        name = f"{input}:{number}"
        if not isinstance(data, dict):
            error = f"expected an object, got {type(data).__name__}"
            return Record(name, None, input, number, after, error)
        if self.id is not None:
            if data.get(self.id) is None:
                error = f"field {self.id!r}: there is none"
                return Record(name, None, input, number, after, error)
            name = str(data[self.id])
        meta = {key: data.get(key) for key in self.keep}
        text = data.get(self.text)
        if isinstance(text, str):
            return Record(name, text, input, number, after, None, meta)
        error = f"field {self.text!r}: " + (
            f"expected str, got {type(text).__name__}" if self.text in data else "there is none"
        )
        return Record(name, None, input, number, after, error, meta)
