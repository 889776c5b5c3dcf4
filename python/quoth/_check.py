"""Checks of what callers give, and the words for what is wrong with it: expected ..., got ..."""

from __future__ import annotations

TYPE_CHECKING = False  # typing takes longer to import than all of quoth
if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from typing import Any

__all__ = ["ATTITUDES", "OVERLAPS", "check_choice", "check_keys", "check_str", "check_words"]

# In the order of quoth_attitude and quoth_overlap.
ATTITUDES = ("speech", "belief", "intention", "emotion", "evidence")
OVERLAPS = ("longest", "replace", "keep", "beside")


def check_str(argument: str, value: object) -> str:
    """A str that says something."""
    if not isinstance(value, str):
        raise TypeError(f"{argument}: expected str, got {type(value).__name__}")
    if not value.strip():
        raise ValueError(f"{argument}: expected a name, got {value!r}")
    return str(value)


def check_choice(argument: str, value: object, choices: Sequence[str]) -> int:
    """Which of the choices it is."""
    if value not in choices:
        listed = ", ".join(map(repr, choices[:-1])) + f" or {choices[-1]!r}"
        raise ValueError(f"{argument}: expected {listed}, got {value!r}")
    return choices.index(str(value))


def check_words(argument: str, words: Any) -> list[str]:
    """A list of str that are not empty."""
    if isinstance(words, (str, bytes)) or not hasattr(words, "__iter__"):
        raise TypeError(f"{argument}: expected a collection of str, got {type(words).__name__}")
    return [check_str(f"{argument}[{number}]", word) for number, word in enumerate(words)]


def check_keys(
    where: str, given: Mapping[Any, Any], known: Sequence[str], wanted: Container[str] = ()
) -> None:
    """The keys of a dict: all are known, and those that are wanted are there. where: what stands
    before the message, "items[0]: ", or nothing."""
    unknown = sorted(str(key) for key in given if key not in known)
    if unknown:
        raise ValueError(f"{where}expected {', '.join(known)}, got {unknown[0]!r}")
    for key in known:
        if key in wanted and key not in given:
            raise ValueError(f"{where}expected {key}, got nothing")
