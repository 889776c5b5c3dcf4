"""Comma-separated tables of sentences, quotes or entities, with the columns of the Arrow tables.

RFC 4180 with a head line; what is absent is empty. Read back for evaluation, a table needs the text
that it is about; the pieces of a quote's content are found again by comparing the two.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from quoth._core import Document
from quoth._tables import column_names
from quoth.formats.build import Offsets, ReadMention, ReadQuote, document

if TYPE_CHECKING:
    from quoth._core import TableName

__all__ = ["from_csv", "ids", "to_csv", "write_csv"]

_SEEN = (24, 12, 6, 3)  # characters by which the start of a piece is found, which may be short


def to_csv(doc: Document, table: TableName = "quotes", doc_id: str | None = None) -> str:
    """One table of a document; doc_id is 0 when none is given."""
    out = io.StringIO(newline="")
    write_csv(out, [(doc_id, doc)], table)
    return out.getvalue()


def write_csv(
    out: io.TextIOBase, docs: Iterable[tuple[str | None, Document]], table: TableName = "quotes"
) -> None:
    """One table of many documents, given with their ids, into a file opened with newline=''.

    Documents are taken one by one; one without an id is called by its number.
    """
    if table not in ("sents", "quotes", "ents"):
        raise ValueError(f"table: expected 'sents', 'quotes' or 'ents', got {table!r}")
    writer = csv.writer(out)
    writer.writerow(column_names(table))
    for number, (doc_id, doc) in enumerate(docs):
        rows = doc.to_table(table, number if doc_id is None else doc_id)
        writer.writerows(zip(*map(rows.column, rows.column_names), strict=True))


def from_csv(text: str, tables: Iterable[str], doc_id: str | None = None) -> Document:
    """The Document of a text and of tables about it (quotes, ents, sents, in any order).

    doc_id: only the rows with this doc_id; None: all rows.

    Raises ValueError naming the table, line and column.
    """
    mentions: list[ReadMention] = []
    quotes: list[ReadQuote] = []
    sents: list[Offsets] = []
    for table in tables:
        reader = csv.DictReader(io.StringIO(table, newline=""))
        columns = set(reader.fieldnames or ())
        for row in reader:
            if doc_id is not None and row.get("doc_id") != doc_id:
                continue
            try:
                if "quote_id" in columns:
                    quotes.append(_quote(text, row))
                elif "ent_id" in columns:
                    mentions.append(_mention(row))
                elif "sent_id" in columns:
                    sents.append((int(row["start"]), int(row["end"])))
                else:
                    raise ValueError("expected a column quote_id, ent_id or sent_id")
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"tables: line {reader.line_num}: {error}") from None
    return document(text, mentions=mentions, quotes=quotes, sents=sents, rule="csv")


def ids(table: str) -> list[str]:
    """The doc_ids of a table, in order, each once."""
    reader = csv.DictReader(io.StringIO(table, newline=""))
    return list(dict.fromkeys(row.get("doc_id") or "" for row in reader))


def _pair(row: dict[str, str], name: str) -> Offsets | None:
    start, end = row.get(f"{name}_start"), row.get(f"{name}_end")
    return (int(start), int(end)) if start and end else None


def _pieces(text: str, said: str, start: int, end: int) -> list[Offsets]:
    """The pieces of content in text[start:end], which said has joined by single spaces.

    Each goes on as far as the two agree; where they part, the last space of said was a joint.
    """
    pieces: list[Offsets] = []
    while end - len(said) != start or text[start:end] != said:
        joint = said.rfind(" ", 0, _agreeing(text, start, said) + 1)
        rest = said[joint + 1 :]
        after = start + joint
        last = end - len(rest)
        following = last if last > after and text[last:end] == rest else -1
        for length in _SEEN:
            if following < 0:
                following = text.find(rest[:length], after, end)
        if joint <= 0 or following < 0:
            return [*pieces, (start, end)]  # written by hand, perhaps
        pieces.append((start, after))
        start, said = following, rest
    return [*pieces, (start, end)]


def _agreeing(text: str, start: int, said: str) -> int:
    """How many characters of said stand at start."""
    same = 0
    while same < len(said) and text[start + same : start + same + 1] == said[same]:
        same += 1
    return same


def _quote(text: str, row: dict[str, str]) -> ReadQuote:
    return ReadQuote(
        _pieces(text, row["text"], int(row["start"]), int(row["end"])),
        _pair(row, "cue"),
        _pair(row, "source"),
        row["type"],
        speaker=row.get("speaker_id") or None,
        score=float(row.get("score") or 1),
    )


def _mention(row: dict[str, str]) -> ReadMention:
    return ReadMention(
        int(row["start"]),
        int(row["end"]),
        row["label"],
        row.get("entity_id") or None,
        row.get("kb_id") or None,
        float(row.get("score") or 1),
    )
