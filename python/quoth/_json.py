"""Documents as JSON and back. The form itself is made and checked in C (export.c, import.c)."""

from __future__ import annotations

from quoth._core import Document, document_from_dict

TYPE_CHECKING = False  # type checkers know better; typing takes longer to import than all of quoth
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from quoth.formats.offsets import OffsetUnit

__all__ = ["dumps", "from_json", "to_json"]


def dumps(data: dict[str, Any], indent: int | None = None) -> str:
    """JSON with characters as they are.

    With a lone surrogate, which UTF-8 cannot hold, it is all ASCII instead; but where one stands
    before another that would make a pair with it, an escape would be read as the pair.
    """
    import json  # not needed to read a text: import quoth stays quick
    import re

    separators = (",", ":") if indent is None else (",", ": ")
    result = json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)
    try:
        result.encode()
    except UnicodeEncodeError:
        if re.search("[\ud800-\udbff][\udc00-\udfff]", result) is None:
            result = json.dumps(data, ensure_ascii=True, indent=indent, separators=separators)
    return result


def to_json(
    doc: Document,
    *,
    include_text: bool = True,
    include_tokens: bool = False,
    indent: int | None = None,
    offset_unit: OffsetUnit = "codepoint",
) -> str:
    """The document as a JSON str.

    offset_unit: "codepoint", "utf8" (bytes) or "utf16" (code units, as in JavaScript and Java).
    """
    data = doc.to_dict(include_text=include_text, include_tokens=include_tokens)
    if offset_unit != "codepoint":
        from quoth.formats.offsets import to_unit

        data = _moved(data, to_unit(doc.text, offset_unit))
        data["offset_unit"] = offset_unit
    return dumps(data, indent)


def _moved(data: Any, convert: Callable[[int], int]) -> Any:
    """A copy of data whose offsets, the values named start and end, are converted."""
    if isinstance(data, list):
        return [_moved(item, convert) for item in data]
    if not isinstance(data, dict):
        return data
    return {
        key: convert(value)
        if key in ("start", "end") and type(value) is int
        else _moved(value, convert)
        for key, value in data.items()
    }


def _in_code_points(data: dict[str, Any], text: str | None) -> dict[str, Any]:
    unit = data.get("offset_unit")
    whole = data.get("text", text)
    if unit not in ("utf8", "utf16") or not isinstance(whole, str):
        return data  # what is wrong with it, import.c will say
    from quoth.formats.offsets import from_unit

    converted: dict[str, Any] = _moved(data, from_unit(whole, unit))
    converted["offset_unit"] = "codepoint"
    return converted


def from_json(data: str | bytes | bytearray | dict[str, Any], text: str | None = None) -> Document:
    """The Document that to_json() or to_dict() made.

    text: the text that was read, when the data were written with include_text=False.

    Raises ValueError naming the field that is wrong and what was expected there; offsets and the
    texts beside them are checked against the text. TypeError for anything but str, bytes or dict.
    """
    if isinstance(data, (str, bytes, bytearray)):
        import json

        try:
            data = json.loads(data)
        except RecursionError:
            raise ValueError("data: expected JSON of a document, got too deep nesting") from None
        if not isinstance(data, dict):
            raise ValueError(f"data: expected a JSON object, got {type(data).__name__}")
    elif not isinstance(data, dict):
        raise TypeError(f"data: expected str, bytes or dict, got {type(data).__name__}")
    return document_from_dict(_in_code_points(data, text), text)
