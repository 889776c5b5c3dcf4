"""brat's stand-off annotation (https://brat.nlplab.org/standoff.html), as PolNeAR uses it.

A quote is an event ``Attribution`` with the arguments Content, Cue and Source, each a text-bound
annotation; its trigger is the cue, or the content where there is none. Added to what PolNeAR has:
the argument Speaker (a mention of the entity), the attributes Type, Attitude and NonFactual, names
with OntoNotes labels, Equiv for mentions of one entity, and references to Wikidata. Offsets are
code points. brat wants annotated text in one line: a span is written as fragments without the line
breaks in it, and fragments set apart by one line break are read back as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quoth._check import ATTITUDES
from quoth._core import Document, Entity, Mention, Span
from quoth.formats.build import (
    LABELS,
    VALUE_LABELS,
    Offsets,
    ReadMention,
    ReadQuote,
    document,
    hull,
)

__all__ = ["from_brat", "to_brat"]

# All that str.splitlines() ends a line at: readers of .ann files read by lines.
_LINE_BREAKS = re.compile("(?:\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029])+")
_ONE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")


# --- writing --------------------------------------------------------------------------------------


def to_brat(doc: Document) -> str:
    """The .ann file beside a .txt file that has the document's text."""
    return "".join(f"{line}\n" for line in _Writer(doc).lines())


class _Writer:
    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.bound = 0  # text-bound annotations so far
        self.attributes = 0

    def lines(self) -> Iterator[str]:
        first: dict[Entity, str] = {}
        yield from self._mentions(first)
        for number, quote in enumerate(self.doc.quotes, 1):
            content, line = self._text_bound("Content", quote.content)
            yield line
            arguments = [f"Content:{content}"]
            for role, span in (("Cue", quote.cue), ("Source", quote.source)):
                if span is not None:
                    name, line = self._text_bound(role, (span,))
                    yield line
                    arguments.append(f"{role}:{name}")
            trigger = (quote.cue,) if quote.cue is not None else quote.content
            name, line = self._text_bound("Attribution", trigger)
            yield line
            if quote.speaker is not None and quote.speaker in first:
                arguments.append(f"Speaker:{first[quote.speaker]}")
            yield f"E{number}\tAttribution:{name} {' '.join(arguments)}"
            yield self._attribute(f"Type E{number} {quote.type}")
            if quote.attitude != "speech":
                yield self._attribute(f"Attitude E{number} {quote.attitude}")
            if not quote.factual:
                yield self._attribute(f"NonFactual E{number}")

    def _mentions(self, first: dict[Entity, str]) -> Iterator[str]:
        same: dict[Entity, list[str]] = {}
        references = 0
        for mention in self.doc.ents:
            name, line = self._text_bound(mention.label_ or "NAME", (mention,))
            yield line
            if mention.entity is not None:
                first.setdefault(mention.entity, name)
                same.setdefault(mention.entity, []).append(name)
            if mention.kb_id_ is not None:
                references += 1
                yield f"N{references}\tReference {name} Wikidata:{mention.kb_id_}\t{_name(mention)}"
        for names in same.values():
            if len(names) > 1:
                yield f"*\tEquiv {' '.join(names)}"

    def _text_bound(self, kind: str, spans: Iterable[Span]) -> tuple[str, str]:
        self.bound += 1
        fragments = [f for span in spans for f in _fragments(self.doc.text, span)]
        where = ";".join(f"{start} {end}" for start, end in fragments)
        said = " ".join(self.doc.text[start:end] for start, end in fragments)
        return f"T{self.bound}", f"T{self.bound}\t{kind} {where}\t{said}"

    def _attribute(self, rest: str) -> str:
        self.attributes += 1
        return f"A{self.attributes}\t{rest}"


def _name(mention: Mention) -> str:
    name = mention.entity.name if mention.entity is not None else mention.text
    return " ".join(name.split())


def _fragments(text: str, span: Span) -> Iterator[Offsets]:
    start = span.start_char
    for found in _LINE_BREAKS.finditer(text, span.start_char, span.end_char):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if span.end_char > start or span.end_char == span.start_char:
        yield start, span.end_char


# --- reading --------------------------------------------------------------------------------------


def from_brat(text: str, annotations: str) -> Document:
    """The Document of a .txt file and the .ann file beside it, PolNeAR's among them.

    Names are the text-bound annotations with an OntoNotes label, quotes the events Attribution;
    all else is left out. A cue or source in several parts becomes one span from first to last.

    Raises ValueError with the line that is not understood.
    """
    return _Reader(text).document(annotations)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds: dict[str, str] = {}
        self.spans: dict[str, list[Offsets]] = {}
        self.events: dict[str, dict[str, str]] = {}
        self.attributes: dict[str, dict[str, str]] = {}
        self.wikidata: dict[str, str] = {}
        self.same: dict[str, str] = {}  # a mention to the first one of its entity

    def document(self, annotations: str) -> Document:
        for number, line in enumerate(annotations.split("\n"), 1):
            if line.strip():
                try:
                    self._line(line.rstrip("\r"))
                except (ValueError, IndexError, KeyError):
                    raise ValueError(
                        f"annotations: line {number}: not brat's stand-off format: {line!r:.100}"
                    ) from None
        return document(
            self.text,
            mentions=[*self._mentions()],
            quotes=[self._quote(name, event) for name, event in self.events.items()],
            rule="brat",
        )

    def _line(self, line: str) -> None:
        name, rest = line.split("\t", 1)
        if name == "*":
            kind, *names = rest.split()
            if kind == "Equiv":
                self.same.update((other, names[0]) for other in names)
            return
        head = rest.split("\t", 1)[0]
        kind, _, more = head.partition(" ")
        if name[0] == "T":
            self.kinds[name] = kind
            self.spans[name] = self._joined([_offsets(part) for part in more.split(";")])
        elif name[0] == "E":
            pairs = [part.split(":", 1) for part in head.split()]
            if pairs[0][0] == "Attribution":
                self.events[name] = dict(pairs[1:])
        elif name[0] in "AM":
            target, _, value = more.partition(" ")
            self.attributes.setdefault(target, {})[kind] = value
        elif name[0] == "N":
            target, reference = more.split(" ", 1)
            if reference.startswith("Wikidata:"):
                self.wikidata[target] = reference.removeprefix("Wikidata:")
        elif name[0] not in "R#":
            raise ValueError(name)

    def _joined(self, fragments: list[Offsets]) -> list[Offsets]:
        joined: list[Offsets] = []
        for start, end in sorted(fragments):
            if not 0 <= start <= end <= len(self.text):
                raise ValueError(start)
            if joined and _ONE_BREAK.fullmatch(self.text, joined[-1][1], start):
                start = joined.pop()[0]
            joined.append((start, end))
        return joined

    def _mentions(self) -> Iterator[ReadMention]:
        for name, kind in self.kinds.items():
            span = hull(self.spans[name])
            if kind in LABELS and span is not None:
                known = name in self.same or name in self.wikidata
                key = None if kind in VALUE_LABELS and not known else self._key(name)
                yield ReadMention(*span, kind, key, self.wikidata.get(name))

    def _key(self, name: str) -> str:
        return self.same.get(name, name)

    def _quote(self, name: str, event: dict[str, str]) -> ReadQuote:
        said = [role for role in event if re.fullmatch(r"Content\d*", role)]
        if not said:
            raise ValueError(f"annotations: event {name}: expected an argument Content")
        for target in event.values():
            if target not in self.spans:
                raise ValueError(f"annotations: event {name}: there is no {target}")
        known = self.attributes.get(name, {})
        attitude = known.get("Attitude", "speech")
        return ReadQuote(
            content=[span for role in said for span in self.spans[event[role]]],
            cue=self._part(event, "Cue"),
            source=self._part(event, "Source"),
            type=known.get("Type"),
            speaker=self._key(event["Speaker"]) if "Speaker" in event else None,
            attitude=attitude if attitude in ATTITUDES else "speech",
            factual="NonFactual" not in known,
        )

    def _part(self, event: dict[str, str], role: str) -> Offsets | None:
        parts = [
            s for key in event if re.fullmatch(rf"{role}\d*", key) for s in self.spans[event[key]]
        ]
        return hull(parts)


def _offsets(part: str) -> Offsets:
    start, end = part.split()
    return int(start), int(end)
