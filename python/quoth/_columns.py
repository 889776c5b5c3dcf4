"""Values that users give for each text, as columns: one type for all, found by looking at them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

__all__ = ["Column", "column_of", "ids_of"]

Column = tuple[str, str, list[Any]]  # name, format as in Arrow's C data interface, values
_WANTED = "str, int, float, bool, date or datetime, of one kind"


def ids_of(ids: Iterable[Any]) -> Column:
    """The column doc_id; TypeError if the ids are not all str or all int."""
    if isinstance(ids, (str, bytes)) or not isinstance(ids, Iterable):
        raise TypeError(f"ids: expected an iterable of str or int, got {type(ids).__name__}")
    values = [_plain(value) for value in ids]
    kinds = {type(value) for value in values}
    if not kinds <= {str} and not kinds <= {int}:
        found = ", ".join(sorted(kind.__name__ for kind in kinds))
        raise TypeError(f"ids: expected all str or all int, got {found}")
    return "doc_id", "u" if kinds == {str} else "l", values  # of no ids at all: int64


def column_of(name: str, values: Iterable[Any]) -> Column:
    """A column of metadata; TypeError names it if its values have no type in common."""
    plain: list[Any] = [_plain(value) for value in values]
    kinds = {type(value) for value in plain if value is not None}
    if float in kinds and not kinds <= {int, float}:  # what pandas has for "nothing" among others
        plain = [None if isinstance(v, float) and v != v else v for v in plain]
        kinds = {type(value) for value in plain if value is not None}
    if kinds <= {str}:
        return name, "u", plain
    if kinds == {bool}:
        return name, "b", plain
    if kinds == {int}:
        return name, "l", plain
    if kinds <= {int, float}:
        return name, "g", plain
    if kinds == {datetime.date}:
        first = datetime.date(1970, 1, 1).toordinal()
        return name, "tdD", [None if v is None else v.toordinal() - first for v in plain]
    if kinds == {datetime.datetime}:
        return _moments(name, plain)
    found = ", ".join(sorted(kind.__name__ for kind in kinds))
    raise TypeError(f"meta: {name!r}: expected {_WANTED}, got {found}")


def _moments(name: str, values: list[Any]) -> Column:
    zones = {value.tzinfo is not None for value in values if value is not None}
    if len(zones) > 1:
        raise TypeError(f"meta: {name!r}: expected all times with a zone, or none, got both")
    zone = datetime.UTC if zones == {True} else None
    start = datetime.datetime(1970, 1, 1, tzinfo=zone)
    step = datetime.timedelta(microseconds=1)
    return (
        name,
        "tsu:UTC" if zone else "tsu:",
        [None if value is None else (value - start) // step for value in values],
    )


def _plain(value: Any) -> Any:
    """What a scalar of NumPy or pandas stands for; subclasses become what they extend."""
    if value is None or type(value) in (str, int, float, bool):
        return value
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, datetime.datetime):  # pandas' Timestamp, too
        to_python = getattr(value, "to_pydatetime", None)
        return to_python(warn=False) if to_python is not None else value
    if hasattr(value, "item") and hasattr(value, "dtype"):
        return value.item()
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value
