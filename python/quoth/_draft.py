"""What a component sees: a document between two stages, which it reads and changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from quoth._check import ATTITUDES, OVERLAPS, check_choice, check_keys, check_str
from quoth._core import Entity, Mention, Quote, Reader, Sentence, Span, Table
from quoth._work import MentionEdit, QuoteEdit, Work, offsets

if TYPE_CHECKING:
    from quoth._core import (
        Dateline,
        Items,
        Paragraph,
        Pipeline,
        Quotation,
        SourceLine,
        TableName,
        TextWarning,
    )

    Overlap = Literal["longest", "replace", "keep", "beside"]

__all__ = ["Batch", "Draft"]

_QUOTE_TYPES = ("direct", "mixed", "indirect")
_MENTION_KEYS = ("start", "end", "span", "label", "kb_id", "name", "value", "score")
_QUOTE_KEYS = ("content", "cue", "source", "speaker", "type", "attitude", "factual", "score")
_ABSENT = (0, 0)
_ADD, _REJECT, _SPEAKER = range(3)  # quoth_quote_change


class Draft:
    """A document between two stages, as a component gets it.

    It reads like a Document: text, sents, quotes, ents, entities and so on are what the stages and
    the components before have found. What the component changes shows to whatever comes after it,
    not to itself.
    """

    __slots__ = ("_work",)

    def __init__(self, work: Work) -> None:
        self._work = work

    def __repr__(self) -> str:
        return f"Draft after {self._work.stage!r} of {self._work.document!r}"

    @property
    def text(self) -> str:
        """The text that is read."""
        return self._work.text

    @property
    def data(self) -> dict[str, Any]:
        """What there is to say beside the layers, by name; of plain values, as JSON has them."""
        return self._work.data

    @property
    def sents(self) -> Items[Sentence]:
        """Tuple of Sentence, in text order."""
        return self._work.document.sents

    @property
    def paragraphs(self) -> Items[Paragraph]:
        """Tuple of Paragraph, in text order."""
        return self._work.document.paragraphs

    @property
    def tokens(self) -> Items[Span]:
        """Tuple of Span, in text order; once the stage "entity" has run."""
        return self._work.document.tokens

    @property
    def title(self) -> Span | None:
        """The title, or None."""
        return self._work.document.title

    @property
    def standfirst(self) -> Span | None:
        """The line or two below the title that sum it up, or None."""
        return self._work.document.standfirst

    @property
    def byline(self) -> Span | None:
        """Who wrote it, or None."""
        return self._work.document.byline

    @property
    def dateline(self) -> Dateline | None:
        """The Dateline, or None."""
        return self._work.document.dateline

    @property
    def source_line(self) -> SourceLine | None:
        """The SourceLine, or None."""
        return self._work.document.source_line

    @property
    def author_note(self) -> Span | None:
        """About the author, at the end, or None."""
        return self._work.document.author_note

    @property
    def quotations(self) -> Items[Quotation]:
        """Tuple of Quotation: every stretch between quotation marks."""
        return self._work.document.quotations

    @property
    def ents(self) -> Items[Mention]:
        """Tuple of Mention, in text order."""
        return self._work.document.ents

    @property
    def matches(self) -> tuple[Mention, ...]:
        """Tuple of Mention: what was to be found beside the mentions."""
        return self._work.document.matches

    @property
    def entities(self) -> Items[Entity]:
        """Tuple of Entity, in order of first mention."""
        return self._work.document.entities

    @property
    def quotes(self) -> Items[Quote]:
        """Tuple of Quote: who said what, in text order."""
        return self._work.document.quotes

    @property
    def warnings(self) -> Items[TextWarning]:
        """Tuple of TextWarning: what was odd about the text."""
        return self._work.document.warnings

    # --- what a component can change ---

    def add_mentions(self, mentions: Iterable[Any], *, overlap: Overlap = "replace") -> None:
        """Adds mentions.

        mentions: tuples (start, end, label) in code points, or (span, label), or dicts with start,
            end (or span), label, and what else is known: kb_id, name (what the entity is called;
            mentions of one name are one entity), value (str) and score (0 to 1).
        overlap: what becomes of a new one that overlaps what is there: "replace" keeps the new one,
            "longest" the longer, "keep" the old, "beside" both, the new one in matches. Of new ones
            that overlap each other the first stays.
        """
        self._need("add_mentions", "entity")
        number = check_choice("overlap", overlap, OVERLAPS)
        for at, given in enumerate(_iterated("mentions", mentions)):
            self._work.mention_edits.append(self._new_mention(f"mentions[{at}]", given, number))

    def _new_mention(self, where: str, given: Any, overlap: int) -> MentionEdit:
        item = _as_dict(where, given)
        label = check_str(f"{where}: label", item["label"])
        span = item.get("span", (item.get("start"), item.get("end")))
        start, end = self._span(where, span, paragraph=True)
        kb_id, name, value = (
            _string_or_none(f"{where}: {key}", item.get(key)) for key in ("kb_id", "name", "value")
        )
        score = _score(where, item.get("score", 1.0))
        self._work.added.add((start, end))
        return -1, False, start, end, overlap, label, score, kb_id, name, value, self._work.rule

    def reject(self, what: Mention | Quote) -> None:
        """Takes out a mention, with all that follows from it, or a quote."""
        if isinstance(what, Quote):
            self._need("reject", "attribution")
            self._edit_quote(_REJECT, what, _ABSENT)
            return
        self._need("reject", "entity")
        index = self._mention("reject", what)
        edit = (index, True, 0, 0, 0, None, 0.0, None, None, None, self._work.rule)
        self._work.mention_edits.append(edit)

    def relabel(self, mention: Mention, label: str) -> None:
        """Gives a mention another label."""
        self._need("relabel", "entity")
        self._change("relabel", mention, check_str("relabel: label", label), None, None)

    def link(
        self, what: Mention | Entity, *, kb_id: str | None = None, name: str | None = None
    ) -> None:
        """Says whom or what a mention, or every mention of an entity, names.

        kb_id: the identifier of the entity. name: what it is called; mentions of one name are one
        entity.
        """
        self._need("link", "entity")
        if kb_id is None and name is None:
            raise TypeError("link: expected kb_id, name or both")
        kb_id = _string_or_none("link: kb_id", kb_id)
        name = _string_or_none("link: name", name)
        mentions = what.mentions if isinstance(what, Entity) else (what,)
        if isinstance(what, Entity) and name is None:
            name = what.name
        for mention in mentions:
            self._change("link", mention, None, kb_id, name)

    def _change(
        self, where: str, mention: Mention, label: str | None, kb_id: str | None, name: str | None
    ) -> None:
        index = self._mention(where, mention)
        rule = f"{self._work.rule}, was {mention.rule}"
        edit = (index, False, 0, 0, 0, label, mention.score, kb_id, name, None, rule)
        self._work.mention_edits.append(edit)

    def set_speaker(self, quote: Quote, speaker: Entity | Mention | Span | None) -> None:
        """Says whose a quote is: an entity, a mention of it, or nobody (None)."""
        self._need("set_speaker", "attribution")
        self._edit_quote(_SPEAKER, quote, self._speaker("set_speaker", speaker))

    def add_quotes(self, quotes: Iterable[Mapping[str, Any]]) -> None:
        """Adds quotes: dicts with content (a span, a pair of offsets, or a list of them in the
        order of the text), and what else is known: cue, source (spans), speaker (an Entity, a
        Mention or the span of one), type ("direct", "mixed", "indirect"), attitude, factual,
        score."""
        self._need("add_quotes", "attribution")
        for at, given in enumerate(_iterated("quotes", quotes)):
            self._work.quote_edits.append(self._new_quote(f"quotes[{at}]", given))

    def _new_quote(self, where: str, given: Any) -> QuoteEdit:
        if not isinstance(given, Mapping):
            raise TypeError(f"{where}: expected dict, got {type(given).__name__}")
        check_keys(f"{where}: ", given, _QUOTE_KEYS, ("content",))
        content = given["content"]
        pieces = content if isinstance(content, list) else [content]
        contents = tuple(self._span(f"{where}: content", piece) for piece in pieces)
        if not contents or any(a[1] > b[0] for a, b in pairwise(contents)):
            raise ValueError(f"{where}: content: expected spans in the order of the text")
        spans = [
            self._span(f"{where}: {key}", given[key]) if given.get(key) is not None else _ABSENT
            for key in ("cue", "source")
        ]
        return (
            _ADD,
            contents,
            self._speaker(where, given.get("speaker")),
            spans[0],
            spans[1],
            check_choice(f"{where}: type", given.get("type", "indirect"), _QUOTE_TYPES),
            check_choice(f"{where}: attitude", given.get("attitude", "speech"), ATTITUDES),
            bool(given.get("factual", True)),
            _score(where, given.get("score", 1.0)),
            self._work.rule,
        )

    def label_sent(self, sent: Sentence, label: str | None) -> None:
        """Gives a sentence a label, which is its label_; None takes it away."""
        self._need("label_sent", "sentence")
        index = self._work.sents.get(offsets(sent)) if isinstance(sent, Span) else None
        if index is None:
            raise ValueError(f"label_sent: expected a sentence of this document, got {sent!r:.80}")
        if label is None:
            self._work.labels.pop(index, None)
        else:
            self._work.labels[index] = check_str("label_sent: label", label)

    # --- checks ---

    def _need(self, method: str, stage: str) -> None:
        if not self._work.is_open:
            raise RuntimeError(f"{method}: a document can be changed only while a component runs")
        stages = ("sentence", "structure", "entity", "link", "attribution")
        if stages.index(self._work.stage) < stages.index(stage):
            raise ValueError(
                f"{method}: the stage {stage!r} has not run yet; give the component after={stage!r}"
            )

    def _span(self, where: str, given: Any, *, paragraph: bool = False) -> tuple[int, int]:
        """The offsets of a Span or a pair, checked."""
        pair = offsets(given) if isinstance(given, Span) else given
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise TypeError(f"{where}: expected a Span or (start, end), got {given!r:.80}")
        start, end = (_integer(where, offset) for offset in pair)
        if not 0 <= start < end <= len(self.text):
            raise ValueError(
                f"{where}: expected 0 <= start < end <= {len(self.text)}, got ({start}, {end})"
            )
        if paragraph and not self._work.reading.can_hold(start, end):
            raise ValueError(f"{where}: expected a span in one paragraph, got ({start}, {end})")
        return start, end

    def _mention(self, where: str, mention: Any) -> int:
        """The index of a mention of this document."""
        index = None
        if isinstance(mention, Mention) and mention.text == self.text[slice(*offsets(mention))]:
            index = self._work.mentions.get(offsets(mention))
        if index is None:
            raise ValueError(f"{where}: expected a mention of this document, got {mention!r:.80}")
        return index

    def _speaker(self, where: str, speaker: Any) -> tuple[int, int]:
        if speaker is None:
            return _ABSENT
        if isinstance(speaker, Entity):
            speaker = speaker.mentions[0]
        start, end = self._span(f"{where}: speaker", speaker)
        if (start, end) not in self._work.added and (start, end) not in self._work.mentions:
            raise ValueError(
                f"{where}: speaker: expected an entity or a mention of this document, "
                f"got ({start}, {end})"
            )
        return start, end

    def _edit_quote(self, change: int, quote: Any, speaker: tuple[int, int]) -> None:
        if not isinstance(quote, Quote):
            raise TypeError(f"quote: expected Quote, got {type(quote).__name__}")
        rule = f"{self._work.rule}, was {quote.rule}"
        content = (offsets(quote.content[0]),)
        self._span("quote", content[0])
        edit = (change, content, speaker, _ABSENT, _ABSENT, 0, 0, True, 1.0, rule)
        self._work.quote_edits.append(edit)


class Batch(Sequence[Draft]):
    """Documents between two stages, as a component with batch=True gets them: a sequence of Draft,
    and the columns of all of them at once, with the number of the document in the batch as doc_id.
    """

    def __init__(self, nlp: Pipeline, works: list[Work]) -> None:
        self._nlp = nlp
        self._works = works
        self._drafts = [Draft(work) for work in works]
        self._tables: dict[str, Table] = {}

    def __len__(self) -> int:
        return len(self._drafts)

    def __iter__(self) -> Iterator[Draft]:
        return iter(self._drafts)

    def __getitem__(self, index: Any) -> Any:
        return self._drafts[index]

    @property
    def texts(self) -> list[str]:
        """The text of each document."""
        return [draft.text for draft in self._drafts]

    @property
    def sents(self) -> Table:
        """doc_id, sent_id, para_id, start, end, text"""
        return self._table("sents")

    @property
    def ents(self) -> Table:
        """doc_id, ent_id, text, start, end, label, entity_id, entity, kb_id, score, sent_id"""
        return self._table("ents")

    @property
    def quotes(self) -> Table:
        """As quoth.quotes_table() has them."""
        return self._table("quotes")

    def _table(self, name: TableName) -> Table:
        if name not in self._tables:
            reader = Reader(self._nlp, 1, (name,), 1)
            for number, work in enumerate(self._works):
                reader.add(work.document, number)
            self._tables[name] = reader.finish(name, None, ())
        return self._tables[name]

    def add_mentions(
        self,
        doc_id: Iterable[int],
        start: Iterable[int],
        end: Iterable[int],
        label: str | Iterable[str],
        *,
        overlap: Overlap = "replace",
    ) -> None:
        """Adds mentions to documents: columns, lists or arrays, of one length; label may be one for
        all."""
        columns: list[list[Any]] = [list(_plain(c)) for c in (doc_id, start, end)]
        count = len(columns[0])
        columns.append([label] * count if isinstance(label, str) else list(_plain(label)))
        if any(len(column) != count for column in columns):
            lengths = ", ".join(str(len(column)) for column in columns)
            raise ValueError(f"add_mentions: expected columns of one length, got {lengths}")
        of: dict[int, list[tuple[Any, Any, Any]]] = {}
        for number, *mention in zip(*columns, strict=True):
            if not isinstance(number, int) or not 0 <= number < len(self._drafts):
                raise ValueError(
                    f"add_mentions: doc_id: expected 0 to {len(self._drafts) - 1}, got {number!r}"
                )
            of.setdefault(number, []).append((mention[0], mention[1], mention[2]))
        for number, mentions in of.items():
            self._drafts[number].add_mentions(mentions, overlap=overlap)


# --- values ---------------------------------------------------------------------------------------


def _plain(column: Any) -> Any:
    """An array as a list."""
    to_list = getattr(column, "tolist", None)
    return to_list() if to_list is not None else column


def _iterated(name: str, items: Any) -> Iterable[Any]:
    if isinstance(items, (str, bytes, Mapping)) or not isinstance(items, Iterable):
        raise TypeError(f"{name}: expected an iterable, got {type(items).__name__}")
    return items


def _as_dict(where: str, given: Any) -> Mapping[str, Any]:
    if isinstance(given, Mapping):
        wanted = ("span", "label") if "span" in given else ("start", "end", "label")
        check_keys(f"{where}: ", given, _MENTION_KEYS, wanted)
        return given
    if isinstance(given, tuple) and len(given) == 3:
        return {"start": given[0], "end": given[1], "label": given[2]}
    if isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], Span):
        return {"span": given[0], "label": given[1]}
    raise TypeError(
        f"{where}: expected (start, end, label), (span, label) or a dict, got {given!r:.80}"
    )


def _string_or_none(where: str, value: Any) -> str | None:
    return None if value is None else check_str(where, value)


def _integer(where: str, value: Any) -> int:
    index = getattr(value, "__index__", None)  # NumPy's integers, too
    if index is None or isinstance(value, bool):
        raise TypeError(f"{where}: expected int as offset, got {type(value).__name__}")
    return int(index())


def _score(where: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{where}: score: expected float, got {type(value).__name__}")
    if not 0 <= value <= 1:
        raise ValueError(f"{where}: score: expected 0 to 1, got {value!r}")
    return float(value)
