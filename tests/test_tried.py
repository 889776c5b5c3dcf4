"""What was tried and lost: doc.tried, doc.explain, and that watching changes nothing."""

from __future__ import annotations

import math
import pathlib

import pytest

import quoth
from quoth._tried import Attempts
from test_golden import CASES

NLP = quoth.load("en")
TEXT = (
    "Omar Haddad met Washington at Acme Corp. “The harbour is closed,” Anna Keller said on Monday. "
    "The mayor of Lisbon, Ann Reed, believes that the port will close soon, and told the council. "
    "It was a “quiet” year, and the men opened the gate. The Browns won."
)


def lost(doc: quoth.Document, what: object, nlp: quoth.Pipeline = NLP) -> list[quoth.Tried]:
    return list(doc.tried(what, nlp))  # type: ignore[arg-type]


def mention(doc: quoth.Document, text: str) -> quoth.Mention:
    return next(m for m in doc.ents if m.text == text)


@pytest.fixture(scope="module")
def doc() -> quoth.Document:
    return NLP(TEXT)


# --- names ----------------------------------------------------------------------------------------


def test_the_other_labels_of_a_name(doc: quoth.Document) -> None:
    washington = mention(doc, "Washington")
    first, *others = lost(doc, washington)
    assert (first.kind, first.what, first.by, first.text) == ("name", "ORG", "model", "Washington")
    assert (first.start, first.end) == (washington.start_char, washington.end_char)
    assert first.lost_to == f"GPE Washington ({washington.rule})"
    assert first.behind is not None
    assert 0 < first.behind < 10
    assert 0 < first.score < 0.5
    assert all(t.behind is not None and t.behind > first.behind for t in others)
    # The share is that of the odds, over all readings.
    assert first.score <= 1 / (1 + math.exp(first.behind)) + 1e-4
    rows = doc.explain(washington, NLP)
    assert rows[-len(others) - 1] == (
        "Washington",
        f"lost: ORG, by model, to {first.lost_to}",
        -first.behind,
    )
    assert rows[0][1].startswith(("word", "gazetteer", "what", "list", "cluster")) or rows[0][2] > 0


def test_what_the_rules_took_a_name_for() -> None:
    """A place of the gazetteer is a person, since the document names him in full."""
    doc = NLP("Cheryl Boston left the firm. Critics say Boston was tired.")
    boston = doc.ents[-1]
    assert (boston.text, boston.label_) == ("Boston", "PERSON")
    told = {(t.what, t.by) for t in lost(doc, boston)}
    assert ("GPE", "gazetteer") in told or ("GPE", "model") in told


def test_terms_and_patterns_that_lost() -> None:
    nlp = NLP.with_terms("PORT", ["Lisbon"], overlap="keep").with_terms("CITY", ["mayor of Lisbon"])
    nlp = nlp.with_patterns([{"label": "MAYOR", "pattern": r"mayor \w+", "name": "mayors"}])
    doc = nlp(TEXT)
    city = mention(doc, "mayor of Lisbon")
    assert city.label_ == "CITY"
    told = {(t.text, t.what, t.by): t.lost_to for t in lost(doc, city, nlp)}
    to = "CITY mayor of Lisbon (terms: CITY)"
    assert told["Lisbon", "PORT", "terms: PORT"] == to
    assert told["mayor of", "MAYOR", "pattern: mayors"] == to
    assert told["Lisbon", "GPE", "gazetteer"] == to
    # Where the term stands alone it keeps what is there, and loses to it.
    doc = nlp("They sailed to Lisbon.")
    told = {(t.text, t.what, t.by): t.lost_to for t in lost(doc, mention(doc, "Lisbon"), nlp)}
    assert told["Lisbon", "PORT", "terms: PORT"].startswith("GPE Lisbon (")


def test_finds_beside_are_not_lost() -> None:
    nlp = NLP.with_terms("PORT", ["Lisbon"], overlap="beside")
    doc = nlp("They sailed to Lisbon.")
    assert [t for t in lost(doc, mention(doc, "Lisbon"), nlp) if t.what == "PORT"] == []


@quoth.component("corrector", after="entity")
def corrector(draft: quoth.Draft) -> None:
    for one in draft.ents:
        if one.text == "Lisbon":
            draft.relabel(one, "PORT")
        if one.text == "Washington":
            draft.reject(one)


@quoth.component("judge", after="attribution")
def judge(draft: quoth.Draft) -> None:
    for quote in draft.quotes:
        if quote.type == "direct":
            draft.set_speaker(quote, None)
        else:
            draft.reject(quote)


def test_what_components_changed() -> None:
    nlp = NLP.with_pipe(corrector)
    doc = nlp(TEXT)
    lisbon = mention(doc, "Lisbon")
    was = mention(NLP(TEXT), "Lisbon")
    first = lost(doc, lisbon, nlp)[0]
    assert first[:6] == ("edit", lisbon.start_char, lisbon.end_char, "Lisbon", "GPE", was.rule)
    assert first.lost_to == "component: corrector, which relabelled it"
    assert first.score == was.score
    assert [t.kind for t in lost(doc, lisbon, nlp)].count("edit") == 1
    # The other one is not there any more: only its place is.
    at = TEXT.index("Washington")
    told = lost(doc, at, nlp)
    assert told[0].lost_to == "component: corrector, which rejected it"
    assert (told[0].kind, told[0].text, told[0].what) == ("edit", "Washington", "GPE")
    assert "lost: edit: Washington: GPE" in doc.explain(at, nlp)
    assert all(t.what != "GPE" for t in told[1:]), "said once"
    assert {t.lost_to for t in told if t.kind == "name"} == {"no name"}


def test_what_components_did_to_quotes() -> None:
    nlp = NLP.with_pipe(judge)
    doc = nlp(TEXT)
    before = NLP(TEXT)
    (quote,) = doc.quotes
    first = lost(doc, quote, nlp)[0]
    assert (first.kind, first.what, first.by) == (
        "edit",
        "direct quote by Anna Keller",
        before.quotes[0].rule,
    )
    assert first.lost_to == "component: judge, which set the speaker"
    gone = before.quotes[1]
    told = [t for t in lost(doc, gone.content[0], nlp) if t.kind == "edit"]
    assert [(t.text, t.what) for t in told] == [(gone.text, "indirect quote by Ann Reed")]
    assert told[0].lost_to == "component: judge, which rejected it"


def test_what_a_component_put_in_the_place() -> None:
    @quoth.component("adder", after="entity")
    def adder(draft: quoth.Draft) -> None:
        start = draft.text.index("of Lisbon")
        draft.add_mentions([(start, start + 9, "ORIGIN")])

    nlp = NLP.with_pipe(adder)
    doc = nlp(TEXT)
    told = {(t.text, t.what): t.lost_to for t in lost(doc, mention(doc, "of Lisbon"), nlp)}
    assert told["Lisbon", "GPE"] == "ORIGIN of Lisbon (component: adder)"


# --- quotes ---------------------------------------------------------------------------------------


def test_sources_that_lost(doc: quoth.Document) -> None:
    quote = doc.quotes[0]
    assert quote.type == "direct"
    told = lost(doc, quote)
    kinds = {t.kind: t for t in told}
    assert kinds["kind"].what == "words set apart, no speech"
    assert {t.lost_to for t in told} == {f"Anna Keller, with said ({quote.rule})"}
    nobody = next(t for t in told if t.what == "nobody is named")
    assert (nobody.text, nobody.start, nobody.end) == ("", 0, 0)
    shares = [t.score for t in told if t.behind is not None]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) + quote.score == pytest.approx(1, abs=0.02)
    lines = doc.explain(quote, NLP).splitlines()
    assert lines[: -len(told)] == [line for line in lines if not line.startswith("lost: ")]
    assert lines[-len(told) :] == [f"lost: {t}" for t in told]


def test_another_source_and_another_cue() -> None:
    doc = NLP("Lena Fischer left. “It will open again,” Omar Haddad told Ann Reed, who nodded.")
    quote = doc.quotes[-1]
    assert quote.source is not None
    told = [t for t in lost(doc, quote) if t.kind == "source" and t.text]
    what = "with nodded, in the sentence behind the marks"
    assert ("who", what) in [(t.text, t.what) for t in told]
    assert {t.lost_to for t in told} == {f"Omar Haddad, with told ({quote.rule})"}
    assert all(doc.text[t.start : t.end] == t.text for t in told)


def test_whom_a_pronoun_may_stand_for() -> None:
    doc = NLP(
        "Robert Hale met Thomas Vane on the quay. Robert Hale and Thomas Vane talked for an hour. "
        "“The harbour is closed,” he said."
    )
    quote = doc.quotes[-1]
    told = [t for t in lost(doc, quote) if t.kind == "speaker"]
    assert {t.what for t in told} == {e.name for e, _ in quote.speaker_candidates}
    assert {(t.text, t.by, t.lost_to) for t in told} == {("he", "pronoun", "nobody")}
    assert [t.score for t in told] == pytest.approx([s for _, s in quote.speaker_candidates])


def test_contents_of_a_report_that_lost(doc: quoth.Document) -> None:
    quote = next(q for q in doc.quotes if q.type == "indirect")
    assert quote.text == "that the port will close soon"
    told = lost(doc, quote)
    contents = [t for t in told if t.kind == "content"]
    assert contents
    assert all(t.lost_to == quote.text and t.text != quote.text for t in contents)
    longer = next(t for t in contents if t.what == "another end")
    assert longer.text.startswith(quote.text + ",")
    assert longer.start == quote.start_char
    sources = [t for t in told if t.kind == "source"]
    assert "the port" in {t.text for t in sources}
    assert "nobody" in {t.what for t in sources}
    (verdict,) = [t for t in told if t.kind == "report"]
    assert (verdict.text, verdict.what, verdict.lost_to) == ("believes", "no report", quote.text)
    assert verdict.behind is not None
    assert verdict.score == pytest.approx(1 / (1 + math.exp(verdict.behind)), abs=1e-3)


def test_stretches_of_a_mixed_quote() -> None:
    doc = NLP("Anna Keller left. Haddad told reporters the so-called “wall” may fall.")
    (quote,) = doc.quotes
    assert quote.type == "mixed"
    contents = [t for t in lost(doc, quote) if t.kind == "content"]
    assert any(t.what == "another start" and t.end == quote.end_char for t in contents)
    assert any(t.what == "another end" and t.start == quote.start_char for t in contents)


# --- where nothing was found ----------------------------------------------------------------------


def test_words_set_apart(doc: quoth.Document) -> None:
    quotation = next(q for q in doc.quotations if q.inner.text == "quiet")
    assert quotation.quote is None
    told = [t for t in lost(doc, TEXT.index("quiet")) if t.kind == "source"]
    assert {t.lost_to for t in told} == {f"{quotation.kind}, no speech"}
    assert "nobody is named" in {t.what for t in told}
    assert lost(doc, quotation) == lost(doc, TEXT.index("quiet"))


def test_a_candidate_that_is_no_name(doc: quoth.Document) -> None:
    at = TEXT.index("Browns")
    assert not any(m.start_char <= at < m.end_char for m in doc.ents)
    told = [t for t in lost(doc, at) if t.kind == "name"]
    assert {(t.text, t.lost_to) for t in told} == {("Browns", "no name")}
    assert any(t.what == "a name" for t in told), "the rules saw words with a capital"


def test_a_word_that_reports_nothing(doc: quoth.Document) -> None:
    told = lost(doc, TEXT.index("opened"))
    assert {t.kind for t in told} <= {"cue", "report"}
    assert told
    assert told[0].lost_to == "no report"
    assert 0 <= told[0].score < 0.5
    assert "opened" in (told[0].text if told[0].kind == "cue" else told[0].what)


def test_nothing_was_tried(doc: quoth.Document) -> None:
    assert lost(doc, len(TEXT) + 5) == []
    assert doc.explain(len(TEXT) + 5, NLP) == ""


# --- the way it is asked --------------------------------------------------------------------------


def test_offsets_are_those_of_the_text() -> None:
    text = "\U0001f600 É\u0301 \ud800 " + TEXT
    doc = NLP(text)
    told = [t for what in (*doc.ents, *doc.quotes) for t in lost(doc, what)]
    assert len(told) > 10
    assert all(text[t.start : t.end] == t.text for t in told)


def test_another_pipeline(doc: quoth.Document) -> None:
    bare = quoth.load("en", model=None)
    with pytest.raises(ValueError, match=r"^nlp: expected the pipeline that made the document$"):
        doc.tried(0, bare)
    assert "lost" not in doc.explain(doc.quotes[0], bare)
    assert doc.explain(0, bare) == ""


@pytest.mark.parametrize("what", ["Keller", None, 1.5, True])
def test_wrong_questions(doc: quoth.Document, what: object) -> None:
    kind = type(what).__name__
    with pytest.raises(TypeError, match=f"what: expected Quote, Span or int, got {kind}"):
        doc.tried(what)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=f"what: expected Mention, Quote or int, got {kind}"):
        doc.explain(what)  # type: ignore[call-overload]


def test_without_a_model() -> None:
    bare = quoth.load("en", model=None)
    doc = bare(TEXT)
    told = lost(doc, doc.quotes[0], bare)
    assert all(t.by != "model" for t in told)
    assert lost(doc, mention(doc, "Lisbon"), bare) == []


def test_only_some_stages() -> None:
    nlp = quoth.load("en", stages=["entity"])
    doc = nlp(TEXT)
    assert lost(doc, mention(doc, "Washington"), nlp)[0].what == "ORG"


def test_as_text() -> None:
    tried = quoth.Tried("name", 0, 4, "Acme", "GPE", "model", 0.25, 1.0986, "ORG Acme (model)")
    assert str(tried) == ("name: Acme: GPE (by model, 0.25, 1.10 behind); lost to ORG Acme (model)")
    by_rule = tried._replace(text="", behind=None, by="gazetteer")
    assert str(by_rule) == "name: GPE (by gazetteer, 0.25); lost to ORG Acme (model)"


def test_watching_changes_nothing() -> None:
    """Each text of the golden cases is read as it is when nobody asks why."""
    texts = {case.text for _, case in CASES}
    assert len(texts) > 500
    for text in texts:
        attempts = Attempts(NLP, text)
        assert attempts.doc == NLP(text), text


def test_every_quote_and_mention_can_be_asked_for() -> None:
    article = pathlib.Path(__file__).parent.parent / "docs" / "examples" / "article.txt"
    text = article.read_text(encoding="utf-8")
    doc = NLP(text)
    attempts = Attempts.of(doc, None)
    assert attempts is not None
    for quote in doc.quotes:
        told = attempts.for_quote(quote)
        assert all(0 <= t.score <= 1 and text[t.start : t.end] == t.text for t in told)
        assert all((t.behind or 0) >= 0 for t in told)
    for one in doc.ents:
        told = attempts.for_mention(one)
        keys = [(t.start, t.end, t.what, t.kind) for t in told]
        assert len(set(keys)) == len(keys)
        assert (one.start_char, one.end_char, one.label_, "name") not in keys
        assert one.rule != "model" or told, "the best other label is always told"
