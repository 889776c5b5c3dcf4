"""How well quotes are read, in shares from 0 to 1, against gold quotes.

The unit of quoted speech is the piece: a stretch between marks, without marks and punctuation at
its ends. A piece is right if it shares four fifths of its bytes with a gold one; attributed right
if its source, too, overlaps with the gold source. A report without marks is found if it shares half
of its content; a cue, if it overlaps with a gold one.
"""

from __future__ import annotations

from itertools import accumulate

from quoth._core import Document, Pipeline
from quoth.train.quote_gold import Article, GoldQuote, Span, overlap, shared, stripped

__all__ = ["score_quotes"]


class _Count:
    """Right ones among those found and those that there are."""

    def __init__(self) -> None:
        self.right = self.found = self.gold = 0

    def f1(self) -> float:
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def score_quotes(nlp: Pipeline, articles: list[Article]) -> dict[str, float]:
    """F1 of each kind, by name."""
    names = ("attributed pieces", "pieces", "cues", "reports", "reports with source")
    counts = {name: _Count() for name in names}
    for article in articles:
        doc = nlp(article.text)
        found = _found(doc)
        marked = _marked(doc)
        _count_pieces(article, found, marked, counts)
        _count_cues(article, found, counts["cues"])
        _count_reports(article, found, marked, counts)
    return {name: count.f1() for name, count in counts.items()}


def _found(doc: Document) -> list[GoldQuote]:
    at = [0, *accumulate(len(char.encode("utf-8", "surrogatepass")) for char in doc.text)]

    def span(start: int, end: int) -> Span:
        return at[start], at[end]

    out = []
    for quote in doc.quotes:
        content = tuple(span(s.start_char, s.end_char) for s in quote.content)
        cue = () if quote.cue is None else (span(quote.cue.start_char, quote.cue.end_char),)
        source = (
            () if quote.source is None else (span(quote.source.start_char, quote.source.end_char),)
        )
        out.append(GoldQuote(quote.type, content, cue, source))
    return out


def _marked(doc: Document) -> list[Span]:
    """What stands between marks."""
    at = [0, *accumulate(len(char.encode("utf-8", "surrogatepass")) for char in doc.text)]
    return [(at[q.inner.start_char], at[q.inner.end_char]) for q in doc.quotations]


def _pieces(
    article: Article, quotes: list[GoldQuote], marked: list[Span]
) -> list[tuple[Span, GoldQuote]]:
    out: dict[Span, GoldQuote] = {}
    for quote in quotes:
        within: list[Span] = []
        for start, end in quote.content:
            for s, e in marked:
                if e > start and s < end:
                    within.append(stripped(article.data, (max(s, start), min(e, end))))
        if not within and quote.type != "indirect":
            within = [stripped(article.data, span) for span in quote.content]
        for piece in within:
            if piece[1] > piece[0]:
                out.setdefault(piece, quote)
    return list(out.items())


def _count_pieces(
    article: Article, found: list[GoldQuote], marked: list[Span], counts: dict[str, _Count]
) -> None:
    gold = _pieces(article, [q for q in article.quotes if q.type != "indirect"], marked)
    ours = _pieces(article, found, marked)
    pairs = _pairs([[p[0]] for p in gold], [[p[0]] for p in ours], 0.8)
    for name in ("attributed pieces", "pieces"):
        counts[name].found += len(ours)
        counts[name].gold += len(gold)
    counts["pieces"].right += len(pairs)
    for g, p in pairs:
        counts["attributed pieces"].right += _same_source(gold[g][1], ours[p][1])


def _count_cues(article: Article, found: list[GoldQuote], count: _Count) -> None:
    gold = [q.cue for q in article.quotes if q.cue]
    ours = sorted({q.cue for q in found if q.cue})
    count.gold += len(gold)
    count.found += len(ours)
    free = set(range(len(gold)))
    for cue in ours:
        hit = next((g for g in sorted(free) if any(overlap(cue[0], s) for s in gold[g])), None)
        if hit is not None:
            free.discard(hit)
            count.right += 1


def _count_reports(
    article: Article, found: list[GoldQuote], marked: list[Span], counts: dict[str, _Count]
) -> None:
    gold = [q for q in article.quotes if q.type == "indirect"]
    ours = [q for q in found if not _pieces(article, [q], marked)]
    pairs = _pairs([list(q.content) for q in gold], [list(q.content) for q in ours], 0.5)
    for name in ("reports", "reports with source"):
        counts[name].found += len(ours)
        counts[name].gold += len(gold)
    counts["reports"].right += len(pairs)
    for g, p in pairs:
        counts["reports with source"].right += _same_source(gold[g], ours[p])


def _same_source(gold: GoldQuote, found: GoldQuote) -> bool:
    if not gold.source:
        return not found.source
    return any(overlap(a, b) for a in gold.source for b in found.source)


def _pairs(gold: list[list[Span]], found: list[list[Span]], least: float) -> list[tuple[int, int]]:
    """One to one, the most alike first."""
    alike = []
    for g, mine in enumerate(gold):
        for p, other in enumerate(found):
            share = shared(mine, tuple(other))
            if share >= least:
                alike.append((-share, g, p))
    free_gold, free_found, out = set(range(len(gold))), set(range(len(found))), []
    for _, g, p in sorted(alike):
        if g in free_gold and p in free_found:
            free_gold.discard(g)
            free_found.discard(p)
            out.append((g, p))
    return out
