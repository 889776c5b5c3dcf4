"""Forms of other tools: each is read back, by a reader from PyPI where there is one."""

from __future__ import annotations

import csv
import io
import json
import pathlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quoth
from conftest import TEXT
from quoth.cli import main
from quoth.formats.brat import from_brat
from quoth.formats.citron import from_citron
from quoth.formats.csv import from_csv
from quoth.formats.offsets import from_unit, to_unit
from quoth.formats.read import AnnotationError, read_documents

ODD = (
    "\ufeff  “It is 😀 here,” said Zoë Ångström.\r\n\r\n"
    "\tShe added: “No\u2028more.\n\n“Never again.” \n"
)


@pytest.fixture(scope="module", params=["made", "article", "odd", "empty"])
def doc(request: pytest.FixtureRequest, nlp: quoth.Pipeline) -> quoth.Document:
    """A document by hand, one that is read, one of odd characters, and an empty one."""
    if request.param == "made":
        return nlp(TEXT)
    if request.param == "article":
        path = pathlib.Path(__file__).parent.parent / "docs/examples/article.txt"
        return nlp(path.read_text(encoding="utf-8"))
    return nlp(ODD if request.param == "odd" else "")


Ends = tuple[int, int]


def ends(span: quoth.Span | None) -> Ends | None:
    return None if span is None else (span.start_char, span.end_char)


def said(doc: quoth.Document) -> list[Any]:
    """What annotation keeps of quotes."""
    return sorted(
        ([ends(piece) for piece in q.content], ends(q.cue) or (), ends(q.source) or (), q.type)
        for q in doc.quotes
    )


def named(doc: quoth.Document) -> list[Any]:
    """Names; entities by where they are first named."""
    return [
        (ends(m), m.label_, m.kb_id_, m.entity and ends(m.entity.mentions[0])) for m in doc.ents
    ]


# --- brat -----------------------------------------------------------------------------------------


def test_brat_comes_back(doc: quoth.Document) -> None:
    back = from_brat(doc.text, doc.to_brat())
    assert said(back) == said(doc)
    assert named(back) == named(doc)
    facts = [
        (q.attitude, q.factual, q.speaker and q.speaker.mentions[0].start_char)
        for q in sorted(doc.quotes, key=lambda q: [ends(p) for p in q.content])
    ]
    assert [
        (q.attitude, q.factual, q.speaker and q.speaker.mentions[0].start_char) for q in back.quotes
    ] == facts


def test_brat_is_read_by_bioc(doc: quoth.Document) -> None:
    brat = pytest.importorskip("bioc.brat")
    read = brat.load(io.StringIO(doc.text, newline=""), io.StringIO(doc.to_brat()))
    events = [event for event in read.events if event.type == "Attribution"]
    assert len(events) == len(doc.quotes)
    bound = {entity.id: entity for entity in read.entities}
    for event, quote in zip(events, doc.quotes, strict=True):
        start, end = bound[event.arguments["Content"]].total_span
        assert (start, end) == (quote.start_char, quote.end_char)
        if quote.source is not None:
            assert bound[event.arguments["Source"]].text == " ".join(quote.source.text.split("\n"))


def test_brat_lines_are_whole() -> None:
    """A line break of any kind inside a span would tear the .ann file apart."""
    text = "A\u2028B said C\x0bD.\nE"
    span = {"start": 0, "end": 3}
    record = quoth.load("en")(text).to_dict()
    record["quotes"] = [
        {
            "id": "q0",
            "type": "indirect",
            "content": [{"start": 9, "end": 13}],
            "cue": None,
            "source": span,
            "speaker": None,
            "speaker_reason": "unnamed",
            "attitude": "speech",
            "factual": True,
            "score": 1.0,
            "rule": "x",
            "closed": True,
        }
    ]
    record["ents"] = record["entities"] = record["quotations"] = []
    doc = quoth.from_json(record)
    written = doc.to_brat()
    assert len(written.splitlines()) == written.count("\n")
    assert said(from_brat(text, written)) == said(doc)


def test_brat_of_polnear() -> None:
    """As annotators write it: discontinuous content, no attributes."""
    text = "Rain, said Ann Low, will come."
    annotations = (
        "T1\tSource 11 18\tAnn Low\nT2\tCue 6 10\tsaid\n"
        "T3\tContent 0 4;20 29\tRain will come\nT4\tAttribution 6 10\tsaid\n"
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n#1\tAnnotatorNotes T1\tsure\n"
    )
    doc = from_brat(text, annotations)
    (quote,) = doc.quotes
    assert [piece.text for piece in quote.content] == ["Rain", "will come"]
    assert quote.source is not None
    assert quote.source.text == "Ann Low"
    assert quote.type == "indirect"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("T1\tSource 0 99\tx", "line 1: not brat's"),
        ("T1 Source 0 1", "line 1: not brat's"),
        ("Q9\tx", "line 1: not brat's"),
        ("E1\tAttribution:T4 Cue:T2", "event E1: expected an argument Content"),
        ("E1\tAttribution:T4 Content:T9", "event E1: there is no T9"),
    ],
)
def test_brat_errors(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        from_brat("abc", line)


# --- columns --------------------------------------------------------------------------------------


def test_conllu_is_read_by_conllu(doc: quoth.Document) -> None:
    conllu = pytest.importorskip("conllu")
    spaces = {"\\s": " ", "\\t": "\t", "\\n": "\n", "\\r": "\r", "\\p": "|", "\\\\": "\\"}
    text, tokens = "", []

    def unescaped(value: str) -> str:
        out, at = "", 0
        while at < len(value):
            piece = value[at : at + 2] if value[at] == "\\" else value[at]
            out += spaces.get(piece, piece)
            at += len(piece)
        return out

    sentences = conllu.parse(doc.to_conll("u", "one"))
    for sentence in sentences:
        for token in sentence:
            misc = token["misc"]
            text += unescaped(misc.get("SpacesBefore", "")) + token["form"]
            text += unescaped(misc.get("SpacesAfter", "" if "SpaceAfter" in misc else " "))
            tokens.append((int(misc["start_char"]), int(misc["end_char"])))
    if doc.tokens:
        assert text.removesuffix(" ") == doc.text.removesuffix(" ")
    assert tokens == [ends(token) for token in doc.tokens]
    assert len(sentences) == len(doc.sents)


def test_conllu_marks_quotes(made: quoth.Document, nlp: quoth.Pipeline) -> None:
    lines = nlp("“Rain,” said Ann Low.").to_conll("u").splitlines()
    row = next(line.split("\t") for line in lines if "\tsaid\t" in line)
    assert "Quote=B-cue-q0" in row[9].split("|")
    assert len(row) == 10


def test_conll2003(doc: quoth.Document) -> None:
    blocks = doc.to_conll().split("\n\n")
    assert blocks[0].startswith("-DOCSTART-")
    rows_ = [line.split(" ") for block in blocks[1:] for line in block.splitlines()]
    assert all(len(row) == 4 for row in rows_)
    assert len(rows_) == len(doc.tokens)
    assert sum(row[3].startswith("B-") for row in rows_) == len([m for m in doc.ents if m.label_])


def test_columns_need_tokens() -> None:
    bare = quoth.load("en", stages=("sentence",))("One. Two.")
    for name in ("to_conll", "to_prodigy", "to_spacy"):
        with pytest.raises(ValueError, match=f"{name} needs tokens"):
            getattr(bare, name)()
    with pytest.raises(ValueError, match="scheme: expected '2003' or 'u', got 'x'"):
        bare.to_conll("x")  # type: ignore[arg-type]


# --- spaCy ----------------------------------------------------------------------------------------


def test_spacy(doc: quoth.Document) -> None:
    spacy = pytest.importorskip("spacy")
    made = doc.to_spacy(spacy.blank("en").vocab)
    assert made.text == doc.text
    assert {(e.start_char, e.end_char, e.label_, e.kb_id_ or None) for e in made.ents} == {
        (m.start_char, m.end_char, m.label_, m.kb_id_) for m in doc.ents
    }
    starts = [s.start_char for s in made.sents if not s.text.isspace()]
    assert [max(s, doc.sents[0].start_char) for s in starts] == [s.start_char for s in doc.sents]
    pieces = [ends(piece) for quote in doc.quotes for piece in quote.content]
    found = [(s.start_char, s.end_char) for s in made.spans["quotes"]]
    assert all(a[0] <= b[0] and b[1] <= a[1] for a, b in zip(found, pieces, strict=True))
    assert [q["speaker"] for q in made.spans["quotes"].attrs["quotes"]] == [
        q.speaker and q.speaker.name for q in doc.quotes
    ]


def test_docbin_keeps_all(doc: quoth.Document) -> None:
    spacy = pytest.importorskip("spacy")
    from quoth.formats.spacy import to_docbin

    vocab = spacy.blank("en").vocab
    data = to_docbin([doc, doc], vocab).to_bytes()
    first, second = spacy.tokens.DocBin().from_bytes(data).get_docs(vocab)
    made = doc.to_spacy(vocab)
    assert first.text == second.text == doc.text
    assert [(e.text, e.kb_id_) for e in first.ents] == [(e.text, e.kb_id_) for e in made.ents]
    assert first.spans["quotes"].attrs == made.spans["quotes"].attrs
    assert [s.id_ for s in first.spans["cues"]] == [s.id_ for s in made.spans["cues"]]


def test_spacy_component() -> None:
    spacy = pytest.importorskip("spacy")
    import quoth.formats.spacy  # noqa: F401 - an installed quoth is found by its entry point

    pipeline = spacy.blank("en")
    pipeline.add_pipe("quoth")
    read = pipeline("“We will wait,” Ann Low said. Nobody answered. Then rain fell on Oslo.")
    assert [s.text for s in read.sents] == [
        "“We will wait,” Ann Low said.",
        "Nobody answered.",
        "Then rain fell on Oslo.",
    ]
    assert ("Ann Low", "PERSON") in [(e.text, e.label_) for e in read.ents]
    assert read.spans["sources"][0].text == "Ann Low"


def test_spacy_takes_surrogates(nlp: quoth.Pipeline) -> None:
    pytest.importorskip("spacy")
    made = nlp("Ann Low \ud800 said so.").to_spacy()
    assert made.text == "Ann Low \ufffd said so."


# --- JSON of tools --------------------------------------------------------------------------------


def test_web_annotation(doc: quoth.Document) -> None:
    page = doc.to_web_annotations("https://example.org/a.txt")
    json.dumps(page)
    assert len(page["items"]) == len(doc.ents) + len(doc.quotes)
    for item in page["items"]:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            position, quote = target["selector"]
            start, end = position["start"], position["end"]
            assert doc.text[start:end] == quote["exact"]
            assert doc.text[:start].endswith(quote["prefix"])
            assert doc.text[end:].startswith(quote["suffix"])


def test_prodigy(doc: quoth.Document) -> None:
    task = doc.to_prodigy({"source": "x"})
    tokens = task["tokens"]
    assert [task["text"][t["start"] : t["end"]] for t in tokens] == [t.text for t in doc.tokens]
    for span in task["spans"]:
        first, last = tokens[span["token_start"]], tokens[span["token_end"]]
        assert first["start"] <= span["start"] < first["end"]
        assert last["start"] < span["end"] <= last["end"]
    parts = sum(
        len(q.content) - 1 + (q.cue is not None) + (q.source is not None) for q in doc.quotes
    )
    assert len(task["relations"]) == parts


def test_label_studio_counts_as_browsers_do(doc: quoth.Document) -> None:
    task = doc.to_label_studio({"id": "x"})
    units = doc.text.encode("utf-16-le")
    for entry in task["predictions"][0]["result"]:
        if entry["type"] == "labels":
            value = entry["value"]
            cut = units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le")
            assert cut == value["text"]
    known = {e["id"] for e in task["predictions"][0]["result"] if e["type"] == "labels"}
    for entry in task["predictions"][0]["result"]:
        if entry["type"] == "relation":
            assert {entry["from_id"], entry["to_id"]} <= known


def test_citron_comes_back(doc: quoth.Document) -> None:
    back = from_citron(json.loads(json.dumps(doc.to_citron())))
    assert [row[:3] for row in said(back)] == [row[:3] for row in said(doc)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "text: expected a str, got NoneType"),
        ({"text": "x", "quotes": 3}, "quotes: expected a list, got int"),
        ({"text": "x", "quotes": [{}]}, r"quotes\[0\].contents: expected a list, got NoneType"),
        (
            {"text": "x", "quotes": [{"contents": [{"start": 0}]}]},
            r"quotes\[0\].contents\[0\]: expected a dict with start and end",
        ),
    ],
)
def test_citron_errors(data: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        from_citron(data)


def test_cas_is_read_by_cassis(doc: quoth.Document, tmp_path: pathlib.Path) -> None:
    cassis = pytest.importorskip("cassis")
    from quoth.formats.cas import type_system

    path = tmp_path / "a.xmi"
    doc.to_cas().to_xmi(path)
    with open(path, "rb") as file:
        read = cassis.load_cas_from_xmi(file, typesystem=type_system())
    names = read.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    assert sorted((n.begin, n.end, n.value) for n in names) == [
        (m.start_char, m.end_char, m.label_) for m in doc.ents
    ]
    parts = read.select("webanno.custom.QuotePart")
    found = sorted((p.begin, p.end) for p in parts if p.role == "content")
    assert found == sorted(ends(piece) for quote in doc.quotes for piece in quote.content)
    assert all(p.get_covered_text() == doc.text[p.begin : p.end] for p in parts)


# --- tables ---------------------------------------------------------------------------------------


def test_csv_comes_back(doc: quoth.Document) -> None:
    back = from_csv(doc.text, [doc.to_csv("quotes"), doc.to_csv("ents"), doc.to_csv("sents")])
    assert said(back) == said(doc)
    assert named(back) == named(doc)
    assert [ends(s) for s in back.sents] == [ends(s) for s in doc.sents]


def test_csv_is_the_table(doc: quoth.Document) -> None:
    for table, make in (("ents", quoth.ents_table), ("sents", quoth.sents_table)):
        lines = list(csv.DictReader(io.StringIO(doc.to_csv(table, "a"), newline="")))  # type: ignore[arg-type]
        expected = make([doc], ["a"]).to_pylist()
        assert [line["text"] for line in lines] == [row["text"] for row in expected]
        assert [line["doc_id"] for line in lines] == ["a"] * len(expected)
    with pytest.raises(ValueError, match="table: expected 'sents', 'quotes' or 'ents', got 'x'"):
        doc.to_csv("x")  # type: ignore[arg-type]


def test_csv_errors() -> None:
    with pytest.raises(ValueError, match="tables: line 2: .*invalid literal"):
        from_csv("abc", ["quote_id,type,text,start,end\n0,direct,a,zero,1\n"])


# --- offsets --------------------------------------------------------------------------------------


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_offsets_are_those_of_the_encodings(text: str) -> None:
    utf8, utf16 = to_unit(text, "utf8"), to_unit(text, "utf16")
    for at in range(len(text) + 1):
        assert utf8(at) == len(text[:at].encode("utf-8", "surrogatepass"))
        assert utf16(at) == len(text[:at].encode("utf-16-le", "surrogatepass")) // 2
        assert from_unit(text, "utf8")(utf8(at)) == at
        assert from_unit(text, "utf16")(utf16(at)) == at


def test_json_in_other_units(doc: quoth.Document) -> None:
    for unit in ("utf8", "utf16"):
        data = json.loads(doc.to_json(offset_unit=unit))  # type: ignore[arg-type]
        assert data["offset_unit"] == unit
        assert quoth.from_json(data) == doc
    assert json.loads(doc.to_json(offset_unit="codepoint")) == json.loads(doc.to_json())
    with pytest.raises(ValueError, match="offset_unit: expected 'codepoint', 'utf8' or 'utf16'"):
        doc.to_json(offset_unit="bytes")  # type: ignore[arg-type]


def test_offset_inside_a_character(nlp: quoth.Pipeline) -> None:
    data = json.loads(nlp("é said Ann Low.").to_json(offset_unit="utf8"))
    data["sents"][0]["start"] = 1
    with pytest.raises(ValueError, match="offset 1: no character of the text begins there"):
        quoth.from_json(data)


# --- files ----------------------------------------------------------------------------------------

FORMS = [
    *("brat", "cas", "citron", "conll2003", "conllu", "csv-ents", "csv-quotes", "csv-sents"),
    *("html", "jsonl", "label-studio", "prodigy", "web-annotation"),
]


@pytest.mark.parametrize("form", FORMS)
def test_convert(form: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "a.txt"
    article.write_bytes(TEXT.encode())
    assert main(["convert", "--to", form, str(article)]) == 0
    whole = capsys.readouterr().out
    assert (
        main(["convert", "--to", form, "-o", f"{tmp_path}/out/", str(article), str(article)]) == 0
    )
    made = sorted((tmp_path / "out").glob("*"))
    kinds = {path.suffix for path in made}
    assert {path.stem for path in made} == {"a", "a-2"}  # two of one name, and neither is lost
    assert len(kinds) == (2 if form == "brat" else 1)
    one = next(path for path in made if path.suffix != ".txt")
    if form != "cas":
        assert one.read_bytes().decode() == whole


def test_convert_there_and_back(tmp_path: pathlib.Path, nlp: quoth.Pipeline) -> None:
    article = tmp_path / "a.txt"
    article.write_bytes(ODD.encode())
    assert main(["convert", "--to", "brat", "-o", f"{tmp_path}/brat/", str(article)]) == 0
    assert main(["convert", "--to", "jsonl", "-o", f"{tmp_path}/b.jsonl", f"{tmp_path}/brat"]) == 0
    ((name, doc),) = read_documents(tmp_path / "b.jsonl")
    assert name == "a"
    assert doc.text == ODD
    assert said(doc) == said(nlp(ODD))


def test_convert_problems(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "--to", "brat", str(tmp_path / "none.txt")]) == 1
    assert "none.txt: No such file" in capsys.readouterr().err
    (tmp_path / "bad.json").write_text('{"text": 3}')
    assert main(["convert", "--to", "brat", str(tmp_path / "bad.json")]) == 1
    assert "bad.json: text: expected a str, got int" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stop:
        main(["convert", "--to", "brat", "a.txt", "b.txt"])
    assert stop.value.code == 2
    assert "needs -o FOLDER/" in capsys.readouterr().err
    with pytest.raises(AnnotationError, match="expected .ann files"):
        list(read_documents(tmp_path))


@pytest.mark.parametrize("form", ["brat", "jsonl", "citron", "csv-quotes"])
def test_evaluate_any_form(
    form: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What quoth itself found, as gold: all of it is right."""
    article = tmp_path / "a.txt"
    path = pathlib.Path(__file__).parent.parent / "docs/examples/article.txt"
    article.write_bytes(path.read_bytes())
    assert main(["convert", "--to", form, "-o", f"{tmp_path}/gold/", str(article)]) == 0
    gold = next(p for p in (tmp_path / "gold").iterdir() if p.suffix != ".txt")
    if form == "brat":
        gold = gold.parent
    assert main(["evaluate", "quotes", str(gold), "--texts", str(tmp_path)]) == 0
    lines = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert lines["pieces"] == "100.0"


def test_evaluate_says_what_is_wrong(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.csv").write_text("quote_id\n1\n")
    assert main(["evaluate", "quotes", str(tmp_path / "x.csv")]) == 1
    assert "a table needs its texts" in capsys.readouterr().err


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_any_text_in_any_form(text: str) -> None:
    doc = quoth.load("en")(text)
    assert said(from_brat(text, doc.to_brat())) == said(doc)
    assert said(from_csv(text, [doc.to_csv("quotes")])) == said(doc)
    doc.to_conll("u")
    doc.to_label_studio()
    doc.to_web_annotations()
