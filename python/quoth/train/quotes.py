"""Trains the models of attribution: who said what, and what is reported without marks.

The core writes down the choices that it makes and what it sees of each candidate
(``quoth._core.trace``); here they are compared with the gold quotes, and the core fits the weights
(``quoth._core.fit``). The models are used one after the other, so they are trained in that order,
each on what those before it find. The last one, which accepts or rejects a report, has to know how
far the others can be trusted on articles that they have not seen: it is trained on held-out parts
of the articles. The same articles give the same bytes.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from quoth._core import Model, Pipeline, fit, trace
from quoth.train.model_file import pack_sections
from quoth.train.quote_gold import Article, GoldQuote, Span, overlap, shared, stripped

__all__ = ["PREFIX", "train_quotes"]

PREFIX = "quote."
QUOTE_SOURCE, CUE, REPORT_SOURCE, START, END, REPORT, MIXED_START, MIXED_END = range(8)
_SECTION = {
    QUOTE_SOURCE: "quote.source",
    CUE: "quote.cue",
    REPORT_SOURCE: "quote.reporter",
    START: "quote.start",
    END: "quote.end",
    REPORT: "quote.report",
    MIXED_START: "quote.mixed_1",
    MIXED_END: "quote.mixed_2",
}
_HEADER = struct.Struct("<IIff")
# Small enough for a processor's cache. Larger tables gained nothing on held-out articles but for
# the cues, of which there are many kinds: 256 KB cost 0.9 points of them, 64 KB 2.
_BITS = {QUOTE_SOURCE: 18, CUE: 20, REPORT_SOURCE: 16, START: 16, REPORT: 16}
_BITS_ELSE = 14
_FOLDS = 4
# The mean of several fits, whose order alone differs: one may be half a point luckier than another,
# most of all for the sources of quotations.
_SEEDS = {QUOTE_SOURCE: tuple(range(1, 10))}
_SEEDS_ELSE = (1, 2, 3)
# Chosen on held-out articles of PolNeAR's training part.
_RATE = {QUOTE_SOURCE: 0.05, CUE: 0.02, REPORT_SOURCE: 0.06, START: 0.06, REPORT: 0.02}
_RATE_ELSE = 0.04
_DECAY = {QUOTE_SOURCE: 0.003, CUE: 0.003}
_DECAY_ELSE = 0.01
_EPOCHS = {QUOTE_SOURCE: 6, CUE: 6, REPORT_SOURCE: 8, START: 8, REPORT: 8}
_EPOCHS_ELSE = 5
_BIAS = {REPORT: 1.35}  # precision and recall are balanced there

# qt_place of candidate.h, and the kinds of content of report_ranking.c.
_PREVIOUS, _NOWHERE, _APART = 4, 5, 6
_BEFORE, _AROUND = 60, 61


@dataclass
class _Candidate:
    source: Span
    cue: Span
    content: Span
    features: memoryview


@dataclass
class _Choice:
    article: int
    part: int
    about: Span
    candidates: list[_Candidate]


@dataclass
class _Examples:
    """What quoth_fit() wants, growing."""

    choice_ends: array[int] = field(default_factory=lambda: array("I"))
    candidate_ends: array[int] = field(default_factory=lambda: array("I"))
    right: bytearray = field(default_factory=bytearray)
    features: array[int] = field(default_factory=lambda: array("I"))

    def add(self, choice: _Choice, right: list[bool]) -> None:
        for candidate in choice.candidates:
            self.features.frombytes(candidate.features)
            self.candidate_ends.append(len(self.features))
        self.right += bytes(right)
        self.choice_ends.append(len(self.candidate_ends))


Sections = dict[str, bytes]
Report = Callable[[str], None]


def train_quotes(
    articles: list[Article], report: Report = lambda _: None, others: Sections | None = None
) -> Sections:
    """The sections of a model, by name. others: those of the models that find the names."""
    sections: Sections = dict(others or {})
    _fit_quotations(articles, sections, report)
    _fit_clauses(articles, sections, report)
    verdicts = _Examples()
    for fold in range(_FOLDS):
        kept = [a for i, a in enumerate(articles) if i % _FOLDS != fold]
        held = [a for i, a in enumerate(articles) if i % _FOLDS == fold]
        trial = dict(sections)
        _fit_reports(kept, trial, lambda _: None)
        _judge_reports(held, trial, verdicts)
        report(f"part {fold + 1} of {_FOLDS} held out")
    _fit_reports(articles, sections, report)
    _fit(REPORT, verdicts, sections, report)
    return {name: data for name, data in sections.items() if name.startswith(PREFIX)}


def _fit(part: int, examples: _Examples, sections: Sections, report: Report) -> None:
    bits, seeds = _BITS.get(part, _BITS_ELSE), _SEEDS.get(part, _SEEDS_ELSE)
    mean, loss = [0.0] * (1 << bits), 0.0
    for seed in seeds:
        weights, scale, last = fit(
            examples.choice_ends,
            examples.candidate_ends,
            examples.right,
            examples.features,
            bits,
            _EPOCHS.get(part, _EPOCHS_ELSE),
            seed,
            _RATE.get(part, _RATE_ELSE),
            _DECAY.get(part, _DECAY_ELSE),
        )
        scale /= len(seeds)
        loss += last / len(seeds)
        mean = [a + scale * b for a, b in zip(mean, memoryview(weights).cast("b"), strict=True)]
    scale = max(map(abs, mean)) / 127 or 1.0
    head = _HEADER.pack(1, bits, scale, _BIAS.get(part, 0.0))
    sections[_SECTION[part]] = head + array("b", [round(x / scale) for x in mean]).tobytes()
    report(f"{_SECTION[part]}: {len(examples.choice_ends)} choices, loss {loss:.4f}")


def _choices(articles: list[Article], sections: Sections, parts: set[int]) -> Iterable[_Choice]:
    nlp = Pipeline("en", model=Model(pack_sections(sections)))
    for number, article in enumerate(articles):
        raw_choices, raw_candidates, raw_features = trace(nlp, article.text)
        choices = memoryview(raw_choices).cast("I")
        candidates = memoryview(raw_candidates).cast("I")
        features = memoryview(raw_features)
        for c in range(0, len(choices), 5):
            part, start, end, first, count = choices[c : c + 5]
            if part not in parts:
                continue
            found = []
            for k in range(first, first + count):
                a = candidates[8 * k : 8 * k + 8]
                seen = features[4 * a[6] : 4 * (a[6] + a[7])]
                found.append(_Candidate((a[0], a[1]), (a[2], a[3]), (a[4], a[5]), seen))
            yield _Choice(number, part, (start, end), found)


# --- quotations -----------------------------------------------------------------------------------


def _fit_quotations(articles: list[Article], sections: Sections, report: Report) -> None:
    examples = _Examples()
    before: dict[int, GoldQuote | None] = {}
    for choice in _choices(articles, sections, {QUOTE_SOURCE}):
        article = articles[choice.article]
        quote = _quote_around(article, choice.about)
        right = _right_sources(article, choice, quote, before.get(choice.article))
        before[choice.article] = quote
        if any(right):
            examples.add(choice, right)
    _fit(QUOTE_SOURCE, examples, sections, report)


def _quote_around(article: Article, span: Span) -> GoldQuote | None:
    """The gold quote with marks that has most of what stands in the span."""
    best, most = None, 0
    for quote in article.quotes:
        if quote.type == "indirect":
            continue
        both = sum(max(0, min(span[1], e) - max(span[0], s)) for s, e in quote.content)
        if both > most:
            best, most = quote, both
    return best if 2 * most >= span[1] - span[0] else None


def _right_sources(
    article: Article, choice: _Choice, quote: GoldQuote | None, before: GoldQuote | None
) -> list[bool]:
    """The candidates that are right, or at least as right as any other."""
    if quote is None:
        return [c.content[0] == _APART for c in choice.candidates]
    exact = {stripped(article.data, span) for span in quote.source}
    marks = []
    for c in choice.candidates:
        place, mark = c.content[0], 0
        if place == _NOWHERE:
            mark = 0 if quote.source else 6
        elif place == _PREVIOUS:
            if before is quote:
                mark = 6
            elif before is not None and quote.source and before.source == quote.source:
                mark = 5
        elif place != _APART and any(overlap(c.source, span) for span in quote.source):
            mark = 2 + 2 * ({stripped(article.data, c.source)} == exact)
            mark += 2 * any(overlap(c.cue, span) for span in quote.cue)
        marks.append(mark)
    most = max(marks)
    return [mark > 0 and mark >= min(most, 5) for mark in marks]


def _fit_clauses(articles: list[Article], sections: Sections, report: Report) -> None:
    """The clauses around quotations."""
    for part in (MIXED_START, MIXED_END):
        examples = _Examples()
        for choice in _choices(articles, sections, {part}):
            right = _right_edges(articles[choice.article], choice)
            if any(right):
                examples.add(choice, right)
        _fit(part, examples, sections, report)


def _right_edges(article: Article, choice: _Choice) -> list[bool]:
    marks = choice.candidates[0].source
    quote = _quote_around(article, marks)
    if quote is None or not any(overlap(choice.about, span) for span in quote.cue):
        return [False]
    start, end = next(s for s in quote.content if overlap(s, marks))
    if start < choice.about[0]:
        return [False]
    if choice.part == MIXED_START:
        right = [c.content[0] <= start + 1 <= c.content[1] for c in choice.candidates]
        return [hit and not any(right[:i]) for i, hit in enumerate(right)]
    end = max(e for s, e in quote.content if s >= choice.about[0] and s < marks[1])
    while end > start and article.data[end - 1 : end] in (b".", b",", b" ", b";"):
        end -= 1
    apart = [abs(c.content[1] - end) for c in choice.candidates]
    return [n == min(apart) and n <= 12 for n in apart]


# --- reports without marks ------------------------------------------------------------------------


def _fit_reports(articles: list[Article], sections: Sections, report: Report) -> None:
    """Cues first; then what hangs on them, which is looked at where a cue is likely."""
    of_reports = {_SECTION[p] for p in (CUE, REPORT_SOURCE, START, END, REPORT)}
    quotations_only = {n: data for n, data in sections.items() if n not in of_reports}
    examples = _Examples()
    choices = list(_choices(articles, quotations_only, {CUE}))
    anchors, others = _anchors(articles, choices)
    for number, choice in enumerate(choices):
        if number not in others or number in anchors:
            examples.add(choice, [number not in anchors, number in anchors])
    _fit(CUE, examples, sections, report)
    cues = {(choices[n].article, choices[n].about[0]): quote for n, quote in anchors.items()}
    del choices
    by_part = {REPORT_SOURCE: _Examples(), START: _Examples(), END: _Examples()}
    for parts in ({REPORT_SOURCE, START}, {END}):
        for choice in _choices(articles, sections, parts):
            quote = cues.get((choice.article, choice.about[0]))
            if quote is None or not choice.candidates:
                continue
            right = _RIGHT[choice.part](articles[choice.article], choice, quote)
            if any(right):
                by_part[choice.part].add(choice, right)
        for part in sorted(parts):
            _fit(part, by_part[part], sections, report)


def _anchors(
    articles: list[Article], choices: list[_Choice]
) -> tuple[dict[int, GoldQuote], set[int]]:
    """The one word of each gold cue that is to find it, and the words of the cues of quotations.

    A cue of several words (*issued a statement expressing*) is found by the word that most often
    stands in cues: counted with any word of a cue at first, then with those that were chosen.
    """
    words = [articles[c.article].data[slice(*c.about)].lower() for c in choices]
    of_article: dict[int, list[int]] = {}
    for number, choice in enumerate(choices):
        of_article.setdefault(choice.article, []).append(number)
    inside: list[tuple[GoldQuote, list[int]]] = []
    others: set[int] = set()
    for index, numbers in of_article.items():
        starts = [choices[n].about[0] for n in numbers]
        for quote in articles[index].quotes:
            if not quote.cue:
                continue
            start, end = quote.cue[0]
            near = numbers[bisect_left(starts, start - 2) : bisect_left(starts, end)]
            near = [n for n in near if choices[n].about[1] > start]
            if quote.type != "indirect":
                others.update(near)
            elif near:
                inside.append((quote, near))
    total = Counter(words)
    rate: dict[bytes, float] = {}
    anchors: dict[int, GoldQuote] = {}
    for _ in range(3):
        anchors = {}
        for quote, near in inside:
            best = max(near, key=lambda n: (rate.get(words[n], 0.0), n))
            anchors.setdefault(best, quote)
        chosen = Counter(words[n] for n in anchors)
        rate = {word: (chosen[word] + 0.1) / (n + 1.0) for word, n in total.items()}
    return anchors, others


def _right_reporters(article: Article, choice: _Choice, quote: GoldQuote) -> list[bool]:
    exact = {stripped(article.data, span) for span in quote.source}
    marks = []
    for c in choice.candidates:
        if c.source[0] == c.source[1]:
            marks.append(0 if quote.source else 3)
        elif any(overlap(c.source, span) for span in quote.source):
            marks.append(2 + ({stripped(article.data, c.source)} == exact))
        else:
            marks.append(0)
    return [mark > 0 and mark == max(marks) for mark in marks]


def _right_starts(article: Article, choice: _Choice, quote: GoldQuote) -> list[bool]:
    cue, first = choice.about[0], quote.content[0][0]
    if first >= cue:
        right = [
            c.cue[0] < _BEFORE and c.content[0] <= first + 1 <= c.content[1]
            for c in choice.candidates
        ]
    else:
        want = _AROUND if any(start >= cue for start, _ in quote.content) else _BEFORE
        right = [c.cue[0] == want for c in choice.candidates]
    if True in right:
        only = right.index(True)
        right = [i == only for i in range(len(right))]
    return right


def _right_ends(article: Article, choice: _Choice, quote: GoldQuote) -> list[bool]:
    behind = [end for start, end in quote.content if start >= choice.about[0]]
    if not behind:
        return [False]
    end = max(behind)
    while end > choice.about[0] and article.data[end - 1 : end] in (b".", b",", b" ", b";"):
        end -= 1
    apart = [abs(c.content[1] - end) for c in choice.candidates]
    return [n == min(apart) and n <= 12 for n in apart]


_RIGHT = {REPORT_SOURCE: _right_reporters, START: _right_starts, END: _right_ends}


def _judge_reports(articles: list[Article], sections: Sections, examples: _Examples) -> None:
    """Whether each report that is found shares half of its content with a gold one."""
    for choice in _choices(articles, sections, {REPORT}):
        found = choice.candidates[1]
        content = [found.content] + ([found.cue] if found.cue[1] > found.cue[0] else [])
        right = any(
            shared(content, quote.content) >= 0.5
            and any(overlap(choice.about, span) for span in quote.cue)
            for quote in articles[choice.article].quotes
            if quote.type == "indirect"
        )
        examples.add(choice, [not right, right])
