"""What was tried at a place of a document, and lost.

The text is read again, through its components too, with a trace that watches (quoth_explain.h): it
tells of each candidate that a rule, a list, the tagger or a model of quotes had. What is no longer
so in the document has lost; to what stands there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

from quoth._components import read_work
from quoth._core import Document, Mention, Pipeline, Quotation, Quote, Span
from quoth._work import Edit, Work, offsets

__all__ = ["Attempts", "Tried", "tried"]

_Pair: TypeAlias = tuple[int, int]

# quoth_try_kind
_SOURCE, _CUE, _REPORT_SOURCE, _START, _END, _REPORT, _MIXED_START, _MIXED_END = range(8)
_CREDIT, _CLAUSE, _WORDS, _AMOUNT, _TAGGED, _READING, _NAME, _FIND = range(8, 16)
_PLACES = (  # quoth_try_place
    "in the sentence before the marks",
    "in the sentence behind the marks",
    "in an earlier sentence",
    "in a later sentence",
    "that of the quotation before",
    "nobody is named",
    "words set apart, no speech",
)
_PREVIOUS, _NOWHERE, _APART = 4, 5, 6
_KINDS = ("speech", "scare", "title", "nickname", "mention")  # quoth_quotation_kind
_BEFORE_CUE = 60  # the number of a start from which on it stands before the cue
_MOST = 5  # losers of one choice that are told
_LEAST = 0.01  # share below which a reading is not worth telling, but for the best one


class Tried(NamedTuple):
    """Something that was tried and lost.

    kind: what it was about: "name" (a label for words), "source" (who said it, with which cue),
        "speaker", "content" (what is said), "kind" (speech or not), "cue" (whether a word reports
        something), "report" (what it would report), "edit" (what a component took away).
    start, end, text: the words in question; 0, 0 and "" where there are none.
    what: as what they were tried: a label, a cue, a place.
    by: what tried it: a rule, "model", a term, pattern or component.
    score: 0 to 1: the score of a rule, or the share of the candidates' odds.
    behind: by how much it lost, in log odds; None where nothing was weighed.
    lost_to: what is there instead, or what took it away.
    """

    kind: str
    start: int
    end: int
    text: str
    what: str
    by: str
    score: float
    behind: float | None
    lost_to: str

    def __str__(self) -> str:
        words = f"{self.text}: " if self.text else ""
        behind = "" if self.behind is None else f", {self.behind:.2f} behind"
        return (
            f"{self.kind}: {words}{self.what} (by {self.by}, {self.score:.2f}{behind}); "
            f"lost to {self.lost_to}"
        )


Tried.__module__ = "quoth"


class _Try(NamedTuple):
    kind: int
    about: _Pair
    source: _Pair
    cue: _Pair
    content: _Pair
    number: int
    label: str
    rule: str | None
    score: float


def tried(doc: Document, what: Any, nlp: Pipeline | None = None) -> tuple[Tried, ...]:
    """What was tried for a quote or a mention, or at a span or an offset, and lost.

    The text is read again by nlp, which has to be the pipeline that made the document; None is
    quoth.load("en"). ValueError if it makes another one of it.
    """
    if isinstance(what, bool) or not isinstance(what, (Quote, Span, int)):
        raise TypeError(f"what: expected Quote, Span or int, got {type(what).__name__}")
    attempts = Attempts.of(doc, nlp)
    if attempts is None:
        raise ValueError("nlp: expected the pipeline that made the document")
    if isinstance(what, Quote):
        return attempts.for_quote(what)
    if isinstance(what, Mention):
        return attempts.for_mention(what)
    return attempts.at(offsets(what) if isinstance(what, Span) else (what, what + 1))


def _meets(a: _Pair, b: _Pair) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _meets_any(a: _Pair, others: list[_Pair]) -> bool:
    return True in [_meets(a, other) for other in others]


def _share(odds: float, all_odds: Iterable[float]) -> float:
    return 1 / sum(math.exp(min(other - odds, 700.0)) for other in all_odds)


class Attempts:
    """All that was tried while a document was read."""

    def __init__(self, nlp: Pipeline, text: str) -> None:
        work = Work(nlp, text)
        self.edits: list[Edit] = []
        work.edits = self.edits
        work.reading.watch()
        read_work(nlp, work)
        self.tries = [_Try(*one) for one in work.reading.tries()]
        self.text = text
        self.doc = work.finish()

    @classmethod
    def of(cls, doc: Document, nlp: Pipeline | None) -> Attempts | None:
        """Those of the document, or None if the pipeline makes another one of its text."""
        attempts = cls(Pipeline("en") if nlp is None else nlp, doc.text)
        return attempts if attempts.doc == doc else None

    # --- questions ---

    def for_mention(self, mention: Mention) -> tuple[Tried, ...]:
        place = offsets(mention)
        return (*self._edited(place, quotes=False), *self._names(place))

    def for_quote(self, quote: Quote) -> tuple[Tried, ...]:
        place = (quote.start_char, quote.end_char)
        found = [*self._edited(place, quotes=True)]
        marks = [offsets(q) for q in self.doc.quotations if q.quote == quote]
        for about in marks:
            found += self._of_marks(about, quote)
            found += self._clauses(about, quote)
        if not marks and quote.cue is not None:
            found += self._of_report(offsets(quote.cue), quote)
        best: dict[tuple[Any, ...], Tried] = {}  # of marks of several pieces the same may be told
        for t in found:
            there = best.setdefault(t[:6], t)
            if t.score > there.score:
                best[t[:6]] = t
        return (*best.values(), *self._speakers(quote))

    def at(self, place: _Pair) -> tuple[Tried, ...]:
        """Names and quotes that touch a place, and those that there might have been."""
        found = [*self._edited(place, quotes=False), *self._names(place)]
        found += self._edited(place, quotes=True)
        for quote in self.doc.quotes:
            if _meets((quote.start_char, quote.end_char), place):
                found += self.for_quote(quote)
        for quotation in self.doc.quotations:
            if _meets(offsets(quotation), place) and quotation.quote is None:
                found += self._held_for(quotation)
        found += self._no_reports(place)
        return tuple(dict.fromkeys(found))

    # --- names ---

    def _names(self, place: _Pair) -> Iterator[Tried]:
        there = (*self.doc.ents, *self.doc.matches)
        kept = {(*offsets(m), m.label_) for m in there}
        rules = {(*offsets(m), m.label_, m.rule) for m in there}
        seen = {(*edit.span, edit.label) for edit in self.edits}
        best: dict[_Pair, int] = {}
        for t in sorted(
            (t for t in self.tries if t.kind >= _WORDS and _meets(t.content, place)),
            key=lambda t: (t.kind == _READING, -t.score if t.kind == _READING else 0),
        ):
            key = (*t.content, t.label)
            won = (*key, t.rule) in rules if t.kind == _FIND else key in kept
            if won or key in seen or (not t.label and any(k[:2] == t.content for k in kept)):
                continue
            if t.kind == _READING:
                best[t.content] = best.get(t.content, 0) + 1
                if not self._is_told(t, best[t.content]):
                    continue
            seen.add(key)
            yield self._lost_name(t)

    def _readings(self, span: _Pair) -> list[float]:
        return [0.0] + [t.score for t in self.tries if t.kind == _READING and t.content == span]

    def _is_told(self, t: _Try, rank: int) -> bool:
        """The best other reading of a mention's words, and any that had a chance."""
        whole = any(offsets(m) == t.content for m in self.doc.ents)
        if rank == 1 and whole:
            return True
        return rank <= _MOST and _share(t.score, self._readings(t.content)) >= _LEAST

    def _lost_name(self, t: _Try) -> Tried:
        score, behind = t.score, None
        by = t.rule or "model"
        if t.kind == _READING:
            score, behind = _share(t.score, self._readings(t.content)), max(-t.score, 0.0)
        return self._tried(
            "name", t.content, t.label or "a name", by, score, behind, self._winner(t)
        )

    def _winner(self, t: _Try) -> str:
        """What stands where words were tried as a name."""
        for edit in self.edits:
            if edit.kind == "mention" and edit.span == t.content and edit.label == t.label:
                return edit.by
        for mention in (*self.doc.ents, *self.doc.matches):
            if _meets(offsets(mention), t.content):
                return f"{mention.label_} {mention.text} ({mention.rule})"
        return "no name"

    # --- quotes with marks ---

    def _of_marks(self, about: _Pair, quote: Quote) -> Iterator[Tried]:
        choice = [t for t in self.tries if t.kind == _SOURCE and t.about == about]
        odds = [t.score for t in choice]
        told = 0
        lost_to = self._attribution(quote)
        for t in sorted(choice, key=lambda t: -t.score):
            if told == _MOST or self._is_attribution(t, quote):
                continue
            told += 1
            yield self._lost_source(t, odds, lost_to)
        for t in self.tries:
            if t.kind == _CREDIT and t.about == about:
                yield from self._lost_credit(t, quote, lost_to)

    def _lost_source(self, t: _Try, odds: list[float], lost_to: str) -> Tried:
        place = t.number // 8
        kind = "kind" if place == _APART else "source"
        what = _PLACES[place] if place < len(_PLACES) else "elsewhere"
        if t.cue[1] > t.cue[0]:
            what = f"with {self.text[slice(*t.cue)]}, {what}"
        share, behind = _share(t.score, odds), max(max(odds) - t.score, 0.0)
        return self._tried(kind, t.source, what, "model", share, behind, lost_to)

    def _lost_credit(self, t: _Try, quote: Quote, lost_to: str) -> Iterator[Tried]:
        if t.number and t.number < len(_KINDS):
            yield self._tried("kind", t.about, _KINDS[t.number], "rules", t.score, None, "speech")
        elif t.rule and not self._is_attribution(t, quote):
            what = f"with {self.text[slice(*t.cue)]}" if t.cue[1] > t.cue[0] else "without a cue"
            yield self._tried("source", t.source, what, t.rule, t.score, None, lost_to)

    def _is_attribution(self, t: _Try, quote: Quote) -> bool:
        """Whether a candidate is what the quote has."""
        place = t.number // 8 if t.kind == _SOURCE else 0
        if place == _APART:
            return False
        if place == _PREVIOUS:
            return quote.rule == "continued"
        if quote.source is None or t.source[0] == t.source[1]:
            return quote.source is None and t.source[0] == t.source[1]
        return _meets(t.source, offsets(quote.source)) and (
            quote.cue is None or t.cue[0] == t.cue[1] or _meets(t.cue, offsets(quote.cue))
        )

    def _attribution(self, quote: Quote) -> str:
        source = "no source" if quote.source is None else quote.source.text
        cue = "" if quote.cue is None else f", with {quote.cue.text}"
        return f"{source}{cue} ({quote.rule})"

    def _clauses(self, about: _Pair, quote: Quote) -> Iterator[Tried]:
        """Other stretches than the one that a quote with marks has."""
        mine = [
            t
            for t in self.tries
            if t.kind in (_MIXED_START, _MIXED_END) and _meets(t.source, about)
        ]
        for piece in quote.content:
            if _meets(offsets(piece), about):
                yield from self._contents(mine, offsets(piece), (_MIXED_START, _MIXED_END))

    def _held_for(self, quotation: Quotation) -> Iterator[Tried]:
        """Who might have said what was taken for no speech."""
        about = offsets(quotation)
        choice = [t for t in self.tries if t.kind == _SOURCE and t.about == about]
        odds = [t.score for t in choice]
        lost_to = f"{quotation.kind}, no speech"
        ranked = sorted(choice, key=lambda t: -t.score)
        for t in [t for t in ranked if t.number // 8 != _APART][:_MOST]:
            yield self._lost_source(t, odds, lost_to)
        for t in self.tries:
            if t.kind == _CREDIT and t.about == about and t.rule:
                what = f"with {self.text[slice(*t.cue)]}" if t.cue[1] > t.cue[0] else "speech"
                yield self._tried("source", t.source, what, t.rule, t.score, None, lost_to)

    # --- reports ---

    def _of_report(self, cue: _Pair, quote: Quote) -> Iterator[Tried]:
        mine = [t for t in self.tries if _meets(t.about, cue)]
        sources = [t for t in mine if t.kind == _REPORT_SOURCE]
        odds = [t.score for t in sources]
        source = None if quote.source is None else offsets(quote.source)
        losers = [
            t
            for t in sorted(sources, key=lambda t: -t.score)
            if source is None or not _meets(t.source, source)
        ]
        lost_to = self._attribution(quote)
        for t in losers[:_MOST]:
            behind = max(max(odds) - t.score, 0.0)
            what = "nobody" if t.source[0] == t.source[1] else "as source"
            yield self._tried(
                "source", t.source, what, "model", _share(t.score, odds), behind, lost_to
            )
        yield from self._contents(mine, (quote.start_char, quote.end_char), (_START, _END))
        for t in mine:
            if t.kind == _REPORT and t.number == 1:
                share = _share(-t.score, (0.0, -t.score))
                yield self._tried(
                    "report", t.about, "no report", "model", share, max(t.score, 0.0), quote.text
                )
        place = (quote.start_char, quote.end_char)
        for t in mine:
            if t.kind == _CLAUSE and t.content[1] > t.content[0] and t.content != place:
                rule = t.rule or ""
                yield self._tried(
                    "content", t.content, "by the rules", rule, t.score, None, quote.text
                )
        yield from self._rivals(cue, place, quote)

    def _contents(self, mine: list[_Try], won: _Pair, kinds: tuple[int, int]) -> Iterator[Tried]:
        """The likeliest other stretches: another start, then another end."""
        start, end = won
        lost_to = self.text[start:end]
        for kind in kinds:
            choice = [t for t in mine if t.kind == kind]
            odds = [t.score for t in choice]
            for t in sorted(choice, key=lambda t: -t.score)[: _MOST + 1]:
                if kind == kinds[1]:
                    span, what = (start, t.content[1]), "another end"
                elif kind == _START and t.number >= _BEFORE_CUE:
                    span, what = (t.content[0], t.about[0]), "what stands before the cue"
                else:
                    span, what = (t.content[0], end), "another start"
                share = _share(t.score, odds)
                if span != won and span[0] < span[1] and share >= _LEAST:
                    behind = max(max(odds) - t.score, 0.0)
                    yield self._tried("content", span, what, "model", share, behind, lost_to)

    def _rivals(self, cue: _Pair, place: _Pair, quote: Quote) -> Iterator[Tried]:
        """What other words of the sentence would report, of the same words."""
        for t in self._reports_lost():
            if not _meets(t.about, cue) and _meets(t.content, place):
                yield self._lost_report(t, f"{quote.cue.text if quote.cue else ''}: {quote.text}")

    def _reports_lost(self) -> list[_Try]:
        """Reports whose cue is none of a quote."""
        cues = [offsets(q.cue) for q in self.doc.quotes if q.cue is not None]
        lost = [t for t in self.tries if t.kind == _REPORT and t.number == 1]
        return [t for t in lost if not _meets_any(t.about, cues)]

    def _no_reports(self, place: _Pair) -> Iterator[Tried]:
        """Words that might have reported something, and do not."""
        cues = [offsets(q.cue) for q in self.doc.quotes if q.cue is not None]
        lost = self._reports_lost()
        for t in lost:
            likely = _share(t.score, (0.0, t.score)) >= _LEAST
            if _meets(t.about, place) or (likely and _meets(t.content, place)):
                yield self._lost_report(t, "no report")
        explored = {t.about for t in lost}
        for t in self.tries:
            if t.kind != _CUE or t.number != 1 or t.about in explored:
                continue
            if _meets(t.about, place) and not _meets_any(t.about, cues):
                share, behind = _share(t.score, (0.0, t.score)), max(-t.score, 0.0)
                yield self._tried(
                    "cue", t.about, "a word that reports", "model", share, behind, "no report"
                )

    def _lost_report(self, t: _Try, lost_to: str) -> Tried:
        source = self.text[slice(*t.source)] or "nobody"
        what = f"what {source} {self.text[slice(*t.about)]}"
        share, behind = _share(t.score, (0.0, t.score)), max(-t.score, 0.0)
        return self._tried("report", t.content, what, "model", share, behind, lost_to)

    # --- speakers and components ---

    def _speakers(self, quote: Quote) -> Iterator[Tried]:
        found = "nobody" if quote.speaker is None else quote.speaker.name
        source = (0, 0) if quote.source is None else offsets(quote.source)
        for speaker, share in quote.speaker_candidates:
            if speaker != quote.speaker:
                yield self._tried("speaker", source, speaker.name, "pronoun", share, None, found)

    def _edited(self, place: _Pair, *, quotes: bool) -> Iterator[Tried]:
        for edit in self.edits:
            if _meets(edit.span, place) and quotes == (edit.kind == "quote"):
                yield self._tried(
                    "edit", edit.span, edit.label, edit.rule, edit.score, None, edit.by
                )

    def _tried(
        self,
        kind: str,
        span: _Pair,
        what: str,
        by: str,
        score: float,
        behind: float | None,
        lost_to: str,
    ) -> Tried:
        text = self.text[slice(*span)]
        start, end = span if text else (0, 0)
        return Tried(kind, start, end, text, what, by, round(score, 4), behind, lost_to)
