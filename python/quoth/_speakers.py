"""Who speaks in a document, what somebody says, and why a quote is whose it is."""

from __future__ import annotations

from quoth._core import Document, Entity, Quote

__all__ = ["explain_quote", "said_by", "speakers"]

_RULES = {
    "after": "its source and a verb of saying stand behind the marks",
    "inverted": "a verb of saying and its source stand behind the marks",
    "before": "a cue leads up to the marks",
    "clause": "it is, or is part of, the clause behind the cue",
    "colon": "a colon leads up to it",
    "dash": "a name stands behind a dash after it",
    "cleft": "it is 'all that' or 'how' its source put it",
    "according": "it is credited with 'according to' or the like",
    "end": "the end of its sentence credits it",
    "noun": "a noun of saying stands before it",
    "agent": "it is said 'by' somebody, or comes 'from' somebody",
    "beside": "its source stands beside it without a verb",
    "label": "the paragraph opens with the name of its speaker, as in a transcript",
    "letter": "it is a letter that its source signed",
    "continued": "the speaker of the quotation before goes on",
    "preceding": "the sentence before it tells of its source",
    "following": "the sentence behind it tells of its source",
    "subject": "its source is the subject of the sentence around it",
    "alone": "it stands alone, and nothing tells who speaks",
    "weighed": "the models take the cue for one that reports this",
}
_REASONS = {
    "name": "the source names them",
    "pronoun": "the pronoun fits nobody else of the article",
    "title": "no other name of the article fits this title or description",
    "continued": "the speaker of the quote before goes on",
    "label": "the label is their name",
    "spokesperson": "somebody without a name speaks for them",
    "no_source": "no source was found",
    "undecided": "the source may stand for several persons, or for none",
    "unnamed": "no name of the article fits the source",
    "given": "a component says so",
}


def speakers(doc: Document) -> tuple[Entity, ...]:
    """The entities that are quoted, most often quoted first, then in order of first mention."""
    quoted = [entity for entity in doc.entities if entity.quotes]
    return tuple(sorted(quoted, key=lambda entity: -len(entity.quotes)))


def said_by(doc: Document, name: str) -> tuple[Quote, ...]:
    """The quotes of the speakers that the name names: the whole one, an alias, or its last word."""
    if not isinstance(name, str):
        raise TypeError(f"name: expected str, got {type(name).__name__}")
    wanted = " ".join(name.casefold().split())
    return tuple(q for q in doc.quotes if q.speaker is not None and wanted in _names(q.speaker))


def _names(entity: Entity) -> set[str]:
    names = {" ".join(n.casefold().split()) for n in (entity.name, *entity.aliases)}
    if entity.members:  # "Keller" of "the Keller family" is not what a family is called
        return {name for name in names if name not in set().union(*map(_names, entity.members))}
    if entity.label_ == "PERSON":
        names |= {name.rsplit(" ", 1)[-1] for name in names}
    return names


def _rule(rule: str) -> str:
    if rule.startswith("component: "):
        return "a component changed it" if ", was " in rule else "a component made it"
    return _RULES.get(rule, "a rule for reports")


def explain_quote(doc: Document, quote: Quote) -> str:
    """Why the quote is there and whose it is, in a few lines."""
    if quote not in doc.quotes:
        raise ValueError("quote: expected one of this document")
    lines = [f"{quote.type} quote: {quote.text}"]
    lines.append(f"rule: {quote.rule}: {_rule(quote.rule)}")
    lines.append(f"cue: {'none' if quote.cue is None else quote.cue.text}")
    lines.append(f"source: {'none' if quote.source is None else quote.source.text}")
    who = "unknown" if quote.speaker is None else quote.speaker.name
    lines.append(f"speaker: {who}: {_REASONS[quote.speaker_reason]}")
    kind = quote.attitude if quote.factual else f"{quote.attitude}, not as a fact"
    lines.append(f"attitude: {kind}")
    if quote.parent is not None:
        lines.append(f"within: {quote.parent.text}")
    lines.append(f"score: {quote.score:.2f}")
    return "\n".join(lines)
