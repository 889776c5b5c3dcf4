"""What type checkers have to understand of quoth's interface; checked, not run."""

import datetime
from collections.abc import Iterator
from typing import Any, Literal, assert_type

import quoth

nlp = quoth.load("en", stages=("sentence", "entity"), newlines="auto", split_in_quotes=True)
doc = nlp("Ann Bell said it rained.")

assert_type(nlp, quoth.Pipeline)
assert_type(nlp.language, str)
assert_type(doc, quoth.Document)
assert_type(quoth.split_sentences("One. Two."), list[str])
assert_type(quoth.__version__, str)

assert_type(doc.sents, quoth.Items[quoth.Sentence])
assert_type(doc.paragraphs, quoth.Items[quoth.Paragraph])
assert_type(doc.tokens, quoth.Items[quoth.Span])
assert_type(doc.quotes, quoth.Items[quoth.Quote])
assert_type(doc.quotations, quoth.Items[quoth.Quotation])
assert_type(doc.ents, quoth.Items[quoth.Mention])
assert_type(doc.entities, quoth.Items[quoth.Entity])
assert_type(doc.warnings, quoth.Items[quoth.TextWarning])
assert_type(doc.title, quoth.Span | None)
assert_type(doc.dateline, quoth.Dateline | None)
assert_type(doc.source_line, quoth.SourceLine | None)

for quote in doc.quotes:
    assert_type(quote.content, tuple[quoth.Span, ...])
    assert_type(quote.cue, quoth.Span | None)
    assert_type(quote.source, quoth.Span | None)
    assert_type(quote.speaker, quoth.Entity | None)
    assert_type(quote.sents, tuple[quoth.Sentence, ...])
    assert_type(quote.factual, bool)
    assert_type(quote.score, float)
    if quote.type == "direct":
        assert_type(quote.text, str)

for mention in doc.ents:
    assert_type(mention.entity, quoth.Entity | None)
    assert_type(mention.title, quoth.Span | None)
    assert_type(mention.kb_id_, str | None)
    assert_type(len(mention), int)

for entity in doc.entities:
    assert_type(entity.aliases, tuple[str, ...])
    assert_type(entity.members, tuple[quoth.Entity, ...])
    assert_type(entity.mentions, tuple[quoth.Mention, ...])
    assert_type(entity.quotes, tuple[quoth.Quote, ...])

if doc.dateline is not None:
    assert_type(doc.dateline.date, datetime.date | None)
    assert_type(doc.dateline.place, quoth.Span | None)

assert_type(nlp.sents("One. Two."), tuple[quoth.Sentence, ...])
assert_type(nlp.quotes("One. Two."), tuple[quoth.Quote, ...])
assert_type(nlp.ents("One. Two."), tuple[quoth.Mention, ...])
assert_type(nlp.pipe(["One.", "Two."]), Iterator[quoth.Document])
assert_type(nlp.pipe([("One.", [1])], as_tuples=True), Iterator[tuple[quoth.Document, list[int]]])

assert_type(doc.to_dict(include_text=False), dict[str, Any])
assert_type(doc.to_json(indent=2), str)
assert_type(quoth.from_json(doc.to_json()), quoth.Document)
assert_type(doc.to_html(page=True), str)

terms = quoth.Terms(["Harbour Party", ("HP", "P1", "Harbour Party")], exact_case=True)
assert_type(terms.find("text"), list[tuple[int, int, int]])
assert_type(nlp.with_terms("PARTY", terms), quoth.Pipeline)
assert_type(nlp.with_terms("PARTY", {"HP": "P1"}, overlap="beside", priority=2), quoth.Pipeline)
assert_type(doc.matches, tuple[quoth.Mention, ...])
assert_type(doc.ents[0].fields, dict[str, quoth.Span])

assert_type(nlp.with_patterns([{"label": "BILL", "pattern": r"HR (?<n>\d+)"}]), quoth.Pipeline)
assert_type(quoth.Pattern("a", ignore_case=True).groups, tuple[str, ...])
try:
    quoth.Pattern("(")
except quoth.PatternError as wrong:
    assert_type(wrong.position, int | None)

assert_type(nlp.config, dict[str, Any])
assert_type(nlp.version, str)
assert_type(quoth.Pipeline.load("file"), quoth.Pipeline)
assert_type(nlp.without("attribution").with_abbreviations(["Stv."]), quoth.Pipeline)
assert_type(quoth.load("en", rules="rules.toml"), quoth.Pipeline)

span = quoth.Span("some text", 0, 4)
assert_type(span, quoth.Span)
assert_type(span < quoth.Span("some text", 1, 4), bool)
assert_type({span: 1}, dict[quoth.Span, int])

try:
    nlp("text")
except quoth.LimitError as error:
    assert_type(error, quoth.LimitError)

assert_type(doc.to_table(), quoth.Table)
assert_type(doc.to_table("ents", "id").column_names, tuple[str, ...])
assert_type(doc.to_table("sents", 3).to_pylist(), list[dict[str, Any]])
assert_type(quoth.quotes_table(["One."], ids=["a"], meta={"year": [1]}, nlp=nlp), quoth.Table)
assert_type(quoth.sents_table([doc, "Two."], progress=True), quoth.Table)
assert_type(quoth.ents_table(doc, n_threads=2, errors="warn"), quoth.Table)
for table_name, table in quoth.tables(iter(["One."]), names=["sents", "ents"]).items():
    assert_type(table_name, Literal["sents", "quotes", "ents"])
    assert_type(len(table), int)
