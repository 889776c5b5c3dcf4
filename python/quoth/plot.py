"""Plots of who says what, by matplotlib (``pip install quoth[plot]``).

Each function draws into an Axes, a new one by default, and returns it. Colours are those of Okabe
and Ito, which people who see colours differently can tell apart; no plot relies on colour alone.
"""

from __future__ import annotations

import datetime
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from quoth._core import Document, Entity, Mention, Quote
from quoth._extra import extra

try:
    import matplotlib.pyplot as plt
    from matplotlib.axes import Axes
    from matplotlib.dates import date2num
    from matplotlib.ticker import MaxNLocator
except ImportError:
    extra("matplotlib", "plot", "quoth.plot")  # says how to get it
    raise

__all__ = ["DocumentPlots", "network", "speakers", "timeline"]

_TYPES = {"direct": "#0072b2", "mixed": "#e69f00", "indirect": "#999999"}
_HATCHES = {"direct": "", "mixed": "//", "indirect": ".."}
_ACTORS = ("PERSON", "ORG", "GPE", "NORP")
_MOST = 20  # speakers shown unless asked otherwise


class DocumentPlots:
    """The plots of one document: ``doc.plot.speakers()``."""

    def __init__(self, doc: Document) -> None:
        self._doc = doc

    def speakers(self, *, most: int = _MOST, ax: Axes | None = None) -> Axes:
        """How often each speaker is quoted, by type of quote."""
        return speakers([self._doc], most=most, ax=ax)

    def network(self, *, most: int = _MOST, ax: Axes | None = None) -> Axes:
        """Which speakers name whom in what they say."""
        return network([self._doc], most=most, ax=ax)


def _documents(docs: Document | Iterable[Document]) -> list[Document]:
    return [docs] if isinstance(docs, Document) else list(docs)


def _axes(ax: Axes | None, rows: int) -> Axes:
    if ax is not None:
        return ax
    made: Axes = plt.subplots(figsize=(7, max(2.0, 0.35 * rows + 1)), layout="constrained")[1]
    return made


def _key(entity: Entity) -> str:
    """What makes two entities of two documents the same: the identifier, or else the name."""
    return entity.kb_id_ or entity.name


def speakers(
    docs: Document | Iterable[Document], *, most: int = _MOST, ax: Axes | None = None
) -> Axes:
    """Bars: how often each speaker is quoted, by type of quote, most quoted first."""
    counts: dict[str, Counter[str]] = {}
    names: dict[str, str] = {}
    for doc in _documents(docs):
        for quote in doc.quotes:
            if quote.speaker is not None:
                key = _key(quote.speaker)
                names.setdefault(key, quote.speaker.name)
                counts.setdefault(key, Counter())[quote.type] += 1
    order = sorted(counts, key=lambda key: (-counts[key].total(), names[key]))[:most]
    axes = _axes(ax, len(order))
    left = [0] * len(order)
    for kind, colour in _TYPES.items():
        values = [counts[key][kind] for key in order]
        axes.barh(
            range(len(order)),
            values,
            left=left,
            color=colour,
            hatch=_HATCHES[kind],
            edgecolor="white",
            label=kind,
        )
        left = [a + b for a, b in zip(left, values, strict=True)]
    axes.set_yticks(range(len(order)), [names[key] for key in order])
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("quotes")
    if order:
        axes.legend(frameon=False)
    return axes


def network(
    docs: Document | Iterable[Document], *, most: int = _MOST, ax: Axes | None = None
) -> Axes:
    """A circle of persons and organizations, with an arrow from each speaker to whom it speaks of.

    The more often, the thicker; a speaker's own name in its own words is left out. Shown are those
    with most arrows.
    """
    names: dict[str, str] = {}
    arrows: Counter[tuple[str, str]] = Counter()
    for doc in _documents(docs):
        starts = [mention.start_char for mention in doc.ents]
        for quote in doc.quotes:
            if quote.speaker is None:
                continue
            source = _key(quote.speaker)
            names.setdefault(source, quote.speaker.name)
            for target, name in _named_in(doc.ents, starts, quote).items():
                if target != source:
                    names.setdefault(target, name)
                    arrows[source, target] += 1
    degree: Counter[str] = Counter()
    for (source, target), count in arrows.items():
        degree[source] += count
        degree[target] += count
    shown = [key for key, _ in sorted(degree.items(), key=lambda item: (-item[1], item[0]))[:most]]
    return _draw_network(shown, names, arrows, ax)


def _named_in(mentions: Sequence[Mention], starts: list[int], quote: Quote) -> dict[str, str]:
    """The keys and names of whom the words of a quote name."""
    found: dict[str, str] = {}
    for piece in quote.content:
        first = bisect_left(starts, piece.start_char)
        for mention in mentions[first : bisect_left(starts, piece.end_char)]:
            if mention.entity is not None and mention.label_ in _ACTORS:
                found.setdefault(_key(mention.entity), mention.entity.name)
    return found


def _draw_network(
    shown: list[str],
    names: dict[str, str],
    arrows: Counter[tuple[str, str]],
    ax: Axes | None,
) -> Axes:
    if ax is None:
        _, ax = plt.subplots(figsize=(7, 7), layout="constrained")
    angles = [2 * math.pi * n / max(1, len(shown)) for n in range(len(shown))]
    place = {key: (math.cos(a), math.sin(a)) for key, a in zip(shown, angles, strict=True)}
    largest = max(arrows.values(), default=1)
    for (source, target), count in sorted(arrows.items()):
        if source in place and target in place:
            ax.annotate(
                "",
                xy=place[target],
                xytext=place[source],
                arrowprops={
                    "arrowstyle": "-|>",
                    "connectionstyle": "arc3,rad=0.15",
                    "linewidth": 0.8 + 3 * count / largest,
                    "color": "#0072b2",
                    "alpha": 0.6,
                    "shrinkA": 8,
                    "shrinkB": 8,
                },
            )
    speaking = {source for source, _ in arrows}
    for key, (x, y) in place.items():
        filled = key in speaking
        ax.plot(x, y, "o", markersize=8, color="#0072b2", fillstyle="full" if filled else "none")
        side = "left" if x >= 0 else "right"
        ax.text(1.08 * x, 1.08 * y, names[key], ha=side, va="center", fontsize=9)
    ax.set_xlim(-1.9, 1.9)
    ax.set_ylim(-1.3, 1.3)
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def timeline(
    docs: Document | Iterable[Document],
    dates: Iterable[datetime.date | None] | None = None,
    *,
    most: int = 8,
    ax: Axes | None = None,
) -> Axes:
    """Dots: on which day each of the most quoted speakers was quoted, larger for more quotes.

    dates: one for each document; by default that of its dateline or source line. Documents without
    a date are left out.
    """
    documents = _documents(docs)
    if dates is None:
        days = [_date(doc) for doc in documents]
    else:
        days = list(dates)
        if len(days) != len(documents):
            raise ValueError(f"dates: expected {len(documents)}, one a document, got {len(days)}")
    counts: dict[str, Counter[datetime.date]] = {}
    names: dict[str, str] = {}
    for doc, day in zip(documents, days, strict=True):
        for quote in doc.quotes:
            if day is not None and quote.speaker is not None:
                key = _key(quote.speaker)
                names.setdefault(key, quote.speaker.name)
                counts.setdefault(key, Counter())[day] += 1
    order = sorted(counts, key=lambda key: (-counts[key].total(), names[key]))[:most]
    axes = _axes(ax, len(order))
    for row, key in enumerate(order):
        points = sorted(counts[key].items())
        axes.plot(
            date2num([day for day, _ in points]), [row] * len(points), color="#bbbbbb", zorder=1
        )
        axes.scatter(
            date2num([day for day, _ in points]),
            [row] * len(points),
            s=[30 * count for _, count in points],
            color="#0072b2",
            zorder=2,
        )
    axes.set_yticks(range(len(order)), [names[key] for key in order])
    axes.invert_yaxis()
    axes.xaxis_date()
    axes.tick_params(axis="x", rotation=30)
    return axes


def _date(doc: Document) -> datetime.date | None:
    for line in (doc.dateline, doc.source_line):
        if line is not None and line.date is not None:
            return line.date
    return None
