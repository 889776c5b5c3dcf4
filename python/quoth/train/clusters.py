"""The table of word clusters, from the files of spacy-lookups-data (MIT)."""

from __future__ import annotations

import gzip
import json
import os
import struct
from collections.abc import Iterator

from quoth._core import Trainer

__all__ = ["cluster_section"]

_SLOT_BITS = 18
_FULL = 0.72  # how much of the table is filled
_PATH_BITS = 18
_PROBES = 24


def _read(folder: str, name: str) -> dict[str, float]:
    with gzip.open(os.path.join(folder, f"{name}.json.gz"), "rt", encoding="utf-8") as file:
        values: dict[str, float] = json.load(file)
    return values


def _words(folder: str) -> Iterator[tuple[str, int]]:
    """Words with their paths, frequent ones first."""
    paths = _read(folder, "en_lexeme_cluster")
    chances = _read(folder, "en_lexeme_prob")
    known = [word for word, path in paths.items() if path]
    for word in sorted(known, key=lambda w: (-chances.get(w, -30), w)):
        yield word, int(paths[word])


def cluster_section(trainer: Trainer, folder: str) -> bytes:
    """The section "entity.clusters" from a folder with en_lexeme_cluster and en_lexeme_prob.

    The layout is that of csrc/core/cluster.h. The most frequent words come first, so that what
    does not fit are rare ones.
    """
    mask = (1 << _SLOT_BITS) - 1
    slots = [0] * (mask + 1)
    seen: set[int] = set()
    for word, path in _words(folder):
        if len(seen) >= _FULL * len(slots):
            break
        key = trainer.word_key(word)
        if key == 0 or key in seen:
            continue
        seen.add(key)
        entry = (key & 0xFFFFFFFF) >> _PATH_BITS << _PATH_BITS | path & ((1 << _PATH_BITS) - 1)
        slot = key >> 40 & mask
        for _ in range(_PROBES):
            if slots[slot] == 0:
                slots[slot] = entry
                break
            slot = (slot + 1) & mask
    return struct.pack(f"<{len(slots)}I", *slots)
