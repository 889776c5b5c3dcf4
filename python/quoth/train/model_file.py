"""The model file, read and written: named sections of bytes. csrc/core/model.h describes it."""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping

from quoth._core import Model

__all__ = ["pack_sections", "read_sections", "unpack_sections", "update_model"]

_MAGIC = b"QUOTHMDL"
_VERSION = 1
_HEADER = struct.Struct("<8sQQQ")
_COUNT = struct.Struct("<I28x")
_ENTRY = struct.Struct("<16sQQ")
_ALIGNMENT = 64
_MASK = (1 << 64) - 1


def pack_sections(sections: Mapping[str, bytes]) -> bytes:
    """The bytes of a model file; sections are written in the order of their names."""
    names = sorted(sections)
    offset = _HEADER.size + _COUNT.size + len(names) * _ENTRY.size
    directory = b""
    body = bytearray()
    for name in names:
        code = name.encode("ascii")
        if not 0 < len(code) < 16:
            raise ValueError(f"name of a section: expected 1 to 15 characters, got {name!r}")
        data = sections[name]
        body += bytes(-(offset + len(body)) % _ALIGNMENT)
        directory += _ENTRY.pack(code, offset + len(body), len(data))
        body += data
    body += bytes(-(offset + len(body)) % _ALIGNMENT)
    rest = _COUNT.pack(len(names)) + directory + bytes(body)
    size = _HEADER.size + len(rest)
    return _HEADER.pack(_MAGIC, _VERSION, size, _checksum(rest)) + rest


def unpack_sections(data: bytes) -> dict[str, bytes]:
    """The sections of a model file; ModelError if it is damaged."""
    Model(data)
    (count,) = _COUNT.unpack_from(data, _HEADER.size)
    sections: dict[str, bytes] = {}
    for i in range(count):
        code, offset, size = _ENTRY.unpack_from(data, _HEADER.size + _COUNT.size + i * _ENTRY.size)
        sections[code.rstrip(b"\0").decode("ascii")] = data[offset : offset + size]
    return sections


def read_sections(path: str | os.PathLike[str]) -> dict[str, bytes]:
    """The sections of the model file at path."""
    with open(path, "rb") as file:
        return unpack_sections(file.read())


def update_model(path: str | os.PathLike[str], sections: Mapping[str, bytes], prefix: str) -> None:
    """Writes sections into the model file at path, in place of all whose names have the prefix.

    What others trained stays; a file that is not there is made; nobody sees half a file.
    """
    kept = read_sections(path) if os.path.exists(path) else {}
    kept = {name: data for name, data in kept.items() if not name.startswith(prefix)}
    temporary = f"{os.fspath(path)}.new"
    with open(temporary, "wb") as file:
        file.write(pack_sections({**kept, **sections}))
    os.replace(temporary, path)


def _checksum(data: bytes) -> int:
    """qt_model_checksum() of csrc/core/model.c."""
    prime = 0x100000001B3
    lanes = [1, 2, 3, 4]
    words = struct.unpack(f"<{len(data) // 8}Q", data)
    for n in range(4):
        lane = lanes[n]
        for word in words[n::4]:
            lane = (lane ^ word) * prime & _MASK
            lane ^= lane >> 29
        lanes[n] = lane
    value = len(data)
    for lane in lanes:
        value = (value ^ lane) * 0xFF51AFD7ED558CCD & _MASK
        value = (value ^ value >> 33) * 0xC4CEB9FE1A85EC53 & _MASK
        value ^= value >> 33
    return value
