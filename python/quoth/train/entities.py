"""Trains the tagger of names: ``quoth train entities --data DIR --out FILE``.

The data are files SET.train.jsonl or SET.train.jsonl.gz for the sets of quoth.train.gold. What was
held back for choosing (SET.dev...) is never read. The same files, settings and build give the same
bytes.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quoth._core import Model, Pipeline, Trainer
from quoth.train.calibrate import logistic_fit
from quoth.train.clusters import cluster_section
from quoth.train.gold import (
    BIT,
    KIND_OF_LABEL,
    SCHEMES,
    Scheme,
    read_lines,
    training_names,
    trimmed,
)
from quoth.train.made import made_texts
from quoth.train.model_file import pack_sections, read_sections, update_model

if TYPE_CHECKING:
    from quoth._core import Stage

__all__ = ["Settings", "train"]

_PREFIX = "entity."
_CLUSTERS = "entity.clusters"
# The kinds of the names that fill patterns: a place may be a building.
_FILLED = ("person", "org", "place", "place fac", "misc")
_STAGES: tuple[Stage, ...] = ("entity",)


@dataclass(frozen=True)
class Settings:
    """What was chosen on the dev sets."""

    sets: tuple[str, ...] = ("worldwide", "gum", "uner", "politics")
    made: int = 100  # texts made from patterns
    made_weight: float = 0.12  # what an error in one of them costs
    folds: int = 4  # parts of the data, each tagged by a model of the others, for the second pass
    fold_epochs: int = 4
    epochs: int = 5
    trials: int = 1  # runs that show which features tell most
    features: int = 150_000  # that are kept
    runs: int = 6  # with those alone, from different seeds; the model is their mean
    least: int = 2  # how often a feature has to occur
    rate: float = 0.05
    decay: float = 1e-5
    dropped: float = 0.3  # share of the features that is left out at a time
    seed: int = 1


@dataclass(frozen=True)
class _Text:
    text: str
    names: list[tuple[int, int, int]]
    scheme: Scheme


def _texts(data: str, sets: Iterable[str]) -> Iterator[_Text]:
    for name in sets:
        paths = [os.path.join(data, f"{name}.train.jsonl{end}") for end in (".gz", "")]
        path = next((p for p in paths if os.path.exists(p)), None)
        if path is None:
            raise FileNotFoundError(f"{paths[1]}: there is no such file, nor with .gz")
        scheme = SCHEMES[name]
        for document in read_lines(path):
            yield _Text(document["text"], training_names(document, scheme), scheme)


def _made(texts: list[_Text], s: Settings) -> Iterator[_Text]:
    """Texts from patterns, with the names of the others."""
    kind_of = {sum(BIT[k] for k in kinds.split()): kinds.split()[0] for kinds in _FILLED}
    bits = {kinds.split()[0]: sum(BIT[k] for k in kinds.split()) for kinds in _FILLED}
    named = [(t.text, [(a, b, kind_of.get(kinds, "")) for a, b, kinds in t.names]) for t in texts]
    for text, names in made_texts(named, s.made, s.seed):
        spans = [(start, end, bits[kind]) for start, end, kind in names]
        yield _Text(text, spans, Scheme({}, weight=s.made_weight))


class _Bar:
    """A progress bar where tqdm is there, else a line at the end of each part."""

    def __init__(self, total: int, show: bool) -> None:
        self.bar: Any = None
        if show:
            try:
                from tqdm.auto import tqdm
            except ImportError:
                return
            self.bar = tqdm(total=total, unit="step")

    def step(self, what: str) -> None:
        if self.bar is not None:
            self.bar.set_description(what)
            self.bar.update()

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()


def _pipeline(sections: dict[str, bytes]) -> Pipeline:
    return Pipeline("en", _STAGES, model=Model(pack_sections(sections)))


def _add(trainer: Trainer, texts: Iterable[_Text]) -> None:
    for one in texts:
        trainer.add(one.text, one.names, one.scheme.hidden, one.scheme.weight)


def _fold(
    texts: list[_Text], sections: dict[str, bytes], k: int, s: Settings, bar: _Bar
) -> Pipeline:
    """A pipeline that has not seen every s.folds-th text from k on."""
    trainer = Trainer(_pipeline(sections))
    _add(trainer, (one for i, one in enumerate(texts) if i % s.folds != k))
    trainer.begin(s.least)
    for epoch in range(s.fold_epochs):
        trainer.epoch(s.rate, s.decay, s.dropped, s.seed + epoch)
        bar.step(f"part {k + 1} of {s.folds}")
    return _pipeline({**sections, **trainer.export(1.0, 0.0)})


def _leads(nlp: Pipeline, texts: Iterable[_Text]) -> Iterator[tuple[float, bool]]:
    """The lead of each name that the tagger found in texts that it has not seen, and whether the
    name is there. A pipeline that was exported with slope 1 and shift 0 tells it by its score."""
    for one in texts:
        spans = {(start, end): kinds for start, end, kinds in one.names}
        for mention in nlp.ents(one.text):
            if mention.rule != "model" or not 0.0 < mention.score < 1.0:
                continue
            span = trimmed(one.text, mention.start_char, mention.end_char)
            kinds = spans.get(span, 0)
            lead = math.log(mention.score / (1 - mention.score))
            yield lead, bool(kinds & KIND_OF_LABEL.get(mention.label_, 0))


def _learn(texts: list[_Text], clusters: bytes, s: Settings, bar: _Bar) -> dict[str, bytes]:
    sections = {_CLUSTERS: clusters}
    parts = [_fold(texts, sections, k, s, bar) for k in range(s.folds)]
    leads = [pair for k, part in enumerate(parts) for pair in _leads(part, texts[k :: s.folds])]
    slope, shift = logistic_fit([lead for lead, _ in leads], [right for _, right in leads])
    trainer = Trainer(_pipeline(sections))
    for k, part in enumerate(parts):
        trainer.use(part)
        _add(trainer, texts[k :: s.folds])
    trainer.begin(s.least)
    for run in range(s.trials + s.runs):
        if run == s.trials:
            trainer.prune(s.features)
        if run > 0:
            trainer.restart()
        for epoch in range(s.epochs):
            loss = trainer.epoch(s.rate, s.decay, s.dropped, s.seed + 100 * run + epoch)
            bar.step(f"run {run + 1} of {s.trials + s.runs}, loss {loss:.4f}")
    return {**sections, **trainer.export(slope, shift)}


def train(
    data: str,
    out: str,
    *,
    clusters: str | None = None,
    settings: Settings | None = None,
    progress: bool = False,
) -> None:
    """Trains on the files in the folder data and writes the sections "entity.*" of the model out.

    Other sections of out stay. clusters is a folder for quoth.train.clusters; None takes
    the clusters of the model that comes with quoth.
    """
    s = settings or Settings()
    texts = list(_texts(data, s.sets))
    texts += list(_made(texts, s))
    if clusters is not None:
        table = cluster_section(Trainer(Pipeline("en", _STAGES, model=None)), clusters)
    else:
        from quoth._model import shipped_model

        shipped = shipped_model("en")
        if shipped is None or shipped.path is None:
            raise FileNotFoundError("there is no model to take the clusters from; give a folder")
        table = read_sections(shipped.path)[_CLUSTERS]
    bar = _Bar(s.folds * s.fold_epochs + (s.trials + s.runs) * s.epochs, progress)
    try:
        sections = _learn(texts, table, s, bar)
    finally:
        bar.close()
    update_model(out, sections, _PREFIX)
