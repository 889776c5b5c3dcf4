"""A text between two stages: how far it is read, and what a component has changed until it ends.

quoth._components runs it; components see it as a Draft (quoth._draft).
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from quoth._core import Document, Reading, plain

if TYPE_CHECKING:
    from quoth._core import Pipeline, Stage

__all__ = ["Edit", "MentionEdit", "QuoteEdit", "Work", "offsets"]

# As Reading.edit_mentions() takes them: the index of a mention or -1, whether it is rejected,
# start, end, overlap, label, score, kb_id, name, value, rule.
MentionEdit = tuple[int, bool, int, int, int, Any, float, Any, Any, Any, str]
# As Reading.edit_quotes() does: what is done, content, speaker, cue, source, type, attitude,
# factual, score, rule.
QuoteEdit = tuple[int, Any, Any, Any, Any, int, int, bool, float, str]


class Edit(NamedTuple):
    """What a component took away: a mention or its label, a quote or its speaker."""

    kind: str  # "mention", "quote"
    span: tuple[int, int]
    label: str  # what it was
    rule: str  # what had made it
    score: float
    by: str


def offsets(span: Any) -> tuple[int, int]:
    return span.start_char, span.end_char


class Work:
    """One text on its way through a pipeline with components."""

    __slots__ = (
        "_before",
        "_document",
        "_mentions",
        "_sents",
        "added",
        "applied",
        "data",
        "edits",
        "is_open",
        "labels",
        "mention_edits",
        "quote_edits",
        "reading",
        "rule",
        "stage",
        "text",
        "warnings",
    )

    def __init__(self, nlp: Pipeline, text: str, stages: int = 0) -> None:
        self.reading = Reading(nlp, text, stages)
        self.text = text
        self.data: dict[str, Any] = {}
        self.labels: dict[int, str] = {}  # of sentences
        self.warnings: list[str] = []
        self.stage: Stage = "sentence"
        self.applied = True  # what follows from changes has been read again
        self.edits: list[Edit] | None = None  # None: they need not be told
        self._document: Document | None = None
        self.begin("")

    def begin(self, rule: str) -> None:
        """Before a component, whose changes are marked with rule."""
        self.rule = rule
        self.mention_edits: list[MentionEdit] = []
        self.quote_edits: list[QuoteEdit] = []
        self.added: set[tuple[int, int]] = set()  # spans of new mentions
        self._mentions: dict[tuple[int, int], int] | None = None
        self._sents: dict[tuple[int, int], int] | None = None
        self._before = copy.deepcopy((self.data, self.labels)) if self.data or self.labels else None
        self.is_open = rule != ""

    def run(self, stage: Stage) -> None:
        """Reads up to a stage, and again what follows from what was changed."""
        self.reading.run(stage)
        self.reached(stage)

    def reached(self, stage: Stage) -> None:
        self.stage = stage
        self._document = None
        self.applied = True

    def check(self) -> None:
        """TypeError or ValueError for what a component left that can't be kept."""
        for name, value in self.data.items():
            if not isinstance(name, str):
                raise TypeError(f"data: expected str as keys, got {name!r:.80}")
            plain(value, f"data[{name!r}]")

    def end(self) -> None:
        """After a component: what it changed is changed now."""
        self.is_open = False
        if self.edits is not None:
            self.edits += self._told()
        if self.mention_edits:
            self.applied = False
            self.reading.edit_mentions(self.mention_edits)
        if self.quote_edits:
            self.applied = False
            self.reading.edit_quotes(self.quote_edits)
        self._document = self._document if self.applied else None

    def _told(self) -> Iterator[Edit]:
        """What the changes take away."""
        for index, rejected, *_, label, _score, _kb_id, _name, _value, _rule in self.mention_edits:
            old = self.document.ents[index] if index >= 0 else None
            if old is not None and (rejected or label not in (None, old.label_)):
                by = f"{self.rule}, which {'rejected' if rejected else 'relabelled'} it"
                yield Edit("mention", offsets(old), old.label_, old.rule, old.score, by)
        for change, contents, *_ in self.quote_edits:
            for quote in self.document.quotes if change else ():
                if offsets(quote.content[0]) == contents[0]:
                    name = "nobody" if quote.speaker is None else quote.speaker.name
                    by = f"{self.rule}, which {'rejected it' if change == 1 else 'set the speaker'}"
                    span = (quote.start_char, quote.end_char)
                    yield Edit(
                        "quote", span, f"{quote.type} quote by {name}", quote.rule, quote.score, by
                    )

    def undo(self) -> None:
        """After a component that failed."""
        self.is_open = False
        data, labels = self._before if self._before is not None else ({}, {})
        self.data.clear()  # the same dict: drafts may hold it
        self.data.update(data)
        self.labels = labels

    def finish(self) -> Document:
        return self.reading.finish(self.data, self.labels, self.warnings)

    @property
    def document(self) -> Document:
        """What is known so far."""
        if self._document is None:
            self._document = self.reading.document()
        return self._document

    @property
    def mentions(self) -> dict[tuple[int, int], int]:
        """The index of each mention, by its offsets."""
        if self._mentions is None:
            self._mentions = {offsets(m): n for n, m in enumerate(self.document.ents)}
        return self._mentions

    @property
    def sents(self) -> dict[tuple[int, int], int]:
        """The index of each sentence, by its offsets."""
        if self._sents is None:
            self._sents = {offsets(s): n for n, s in enumerate(self.document.sents)}
        return self._sents
