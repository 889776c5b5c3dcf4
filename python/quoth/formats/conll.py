"""CoNLL-2003 columns and CoNLL-U, one token a line.

CoNLL-2003: the word, two columns that quoth does not fill, and the name as B-, I- or O (IOB2).
CoNLL-U (https://universaldependencies.org/format.html): of the ten columns FORM and MISC are
filled. MISC has SpacesAfter (and SpacesBefore at the start of the text), from which the text comes
back to the character; start_char and end_char; NER for the name; Entity for the number of what it
names; Quote for the parts of quotes that the word is in, such as B-content-q3.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from quoth._core import Document, Span

__all__ = ["Scheme", "to_conll"]

Scheme = Literal["2003", "u"]

_SPACES = str.maketrans(
    {" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\", "|": "\\p"}
)


def to_conll(doc: Document, scheme: Scheme = "2003", doc_id: str | None = None) -> str:
    """The document in columns, a blank line behind each sentence.

    Raises ValueError when the document has no tokens, since no stage was asked that needs them.
    """
    if scheme not in ("2003", "u"):
        raise ValueError(f"scheme: expected '2003' or 'u', got {scheme!r}")
    if doc.sents and not doc.tokens:
        raise ValueError("to_conll needs tokens: read the text with the stage 'entity'")
    write = _columns_2003 if scheme == "2003" else _columns_u
    return "".join(f"{line}\n" for line in write(doc, doc_id))


def _sentences(doc: Document) -> Iterator[tuple[int, list[int]]]:
    """Each sentence's number with the numbers of its tokens."""
    tokens = doc.tokens
    at = 0
    for number, sent in enumerate(doc.sents):
        first = at
        while at < len(tokens) and tokens[at].start_char < sent.end_char:
            at += 1
        if at > first:
            yield number, list(range(first, at))


def _marked(tokens: tuple[Span, ...], spans: Iterator[tuple[str, Span]]) -> dict[int, list[str]]:
    """B- and I- marks of spans on the numbers of the tokens that they touch."""
    ends = [token.end_char for token in tokens]
    marks: dict[int, list[str]] = {}
    for name, span in spans:
        at = bisect_right(ends, span.start_char)
        letter = "B"
        while at < len(tokens) and tokens[at].start_char < span.end_char:
            marks.setdefault(at, []).append(f"{letter}-{name}")
            letter = "I"
            at += 1
    return marks


def _word(text: str) -> str:
    """White space cannot stand in a column, nor does it in a token of quoth but by surprise."""
    return "_".join(text.split()) or "_"


def _columns_2003(doc: Document, doc_id: str | None) -> Iterator[str]:
    yield f"-DOCSTART- {_word(doc_id or '-X-')} -X- O"
    yield ""
    names = _marked(doc.tokens, ((m.label_, m) for m in doc.ents if m.label_))
    for _, numbers in _sentences(doc):
        for at in numbers:
            yield f"{_word(doc.tokens[at].text)} -X- _ {names.get(at, ['O'])[0]}"
        yield ""


def _columns_u(doc: Document, doc_id: str | None) -> Iterator[str]:
    text, tokens = doc.text, doc.tokens
    names = _marked(tokens, ((m.label_, m) for m in doc.ents if m.label_))
    entities = {entity: number for number, entity in enumerate(doc.entities)}
    named = _marked(
        tokens, ((f"e{entities[m.entity]}", m) for m in doc.ents if m.entity is not None)
    )
    said = _marked(tokens, _quote_parts(doc))
    starts = {paragraph.start_char for paragraph in doc.paragraphs}
    if not doc.sents:
        return
    yield f"# newdoc id = {' '.join((doc_id or 'doc').split())}"
    for number, numbers in _sentences(doc):
        sent = doc.sents[number]
        if sent.start_char in starts:
            yield "# newpar"
        yield f"# sent_id = {number + 1}"
        yield f"# text = {' '.join(sent.text.split())}"
        for column, at in enumerate(numbers, 1):
            token = tokens[at]
            following = tokens[at + 1].start_char if at + 1 < len(tokens) else len(text)
            misc = [f"start_char={token.start_char}", f"end_char={token.end_char}"]
            if at == 0 and token.start_char > 0:
                misc.append(f"SpacesBefore={text[: token.start_char].translate(_SPACES)}")
            space = text[token.end_char : following]
            if not space:
                misc.append("SpaceAfter=No")
            elif space != " ":
                misc.append(f"SpacesAfter={space.translate(_SPACES)}")
            misc += [f"NER={name}" for name in names.get(at, ())]
            misc += [f"Entity={name[2:]}" for name in named.get(at, ())]
            if at in said:
                misc.append(f"Quote={','.join(said[at])}")
            yield "\t".join((str(column), _word(token.text), *"_______", "|".join(misc)))
        yield ""


def _quote_parts(doc: Document) -> Iterator[tuple[str, Span]]:
    for number, quote in enumerate(doc.quotes):
        for span in quote.content:
            yield f"content-q{number}", span
        if quote.cue is not None:
            yield f"cue-q{number}", quote.cue
        if quote.source is not None:
            yield f"source-q{number}", quote.source
