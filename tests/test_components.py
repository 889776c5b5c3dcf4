"""Components: what they see and change, in which order, for one text and for many, and what is said
when one is wrong."""

import copy
import json
import pickle
import threading
from collections.abc import Iterator

import pytest

import quoth

TEXT = (
    "Harbour reopens\n\n"
    "The port of Elvik will reopen in May, Mayor Anna Keller said on Monday. “We are ready,” "
    "Keller told reporters. “The cranes work again.”\n\n"
    "Tom Brandt of the Dockers Union said that he doubts it. “Show me,” he said."
)


@quoth.component("party", after="entity", version="1")
def party(doc):
    """Parties by their names."""
    at = doc.text.find("Dockers Union")
    if at >= 0:
        item = {"start": at, "end": at + 13, "label": "PARTY", "kb_id": "P1", "name": "The Union"}
        doc.add_mentions([item])


@quoth.component(needs=["party"])
def counter(doc):
    doc.data["counts"] = {"ents": len(doc.ents), "parties": [m.text for m in doc.ents][-1:]}


@quoth.component("places", after="link")
def places(doc):
    for mention in doc.ents:
        if mention.text == "Elvik":
            doc.relabel(mention, "PORT")
        if mention.text == "Tom Brandt":
            doc.reject(mention)


@quoth.component("editor")
def editor(doc):
    keller = next(e for e in doc.entities if e.name == "Anna Keller")
    for quote in doc.quotes:
        if quote.text == "“Show me,”":
            doc.set_speaker(quote, keller)
        if quote.text.startswith("that he"):
            doc.reject(quote)
    doc.add_quotes([{"content": doc.title, "speaker": keller, "score": 0.5, "factual": False}])
    doc.label_sent(doc.sents[0], "headline")


@quoth.component("sizes", batch=True)
def sizes(batch):
    counts = [0] * len(batch)
    for number in batch.ents.array("doc_id"):
        counts[number] += 1
    for doc, count in zip(batch, counts, strict=True):
        doc.data["size"] = count
    numbers = range(len(batch))
    batch.add_mentions(numbers, [0] * len(batch), [3] * len(batch), "HEAD", overlap="beside")


@quoth.component("broken")
def broken(doc):
    doc.data["left"] = 1
    raise KeyError("x")


def read(*components, text=TEXT, **options):
    nlp = quoth.load("en")
    for component in components:
        nlp = nlp.with_pipe(component, **options)
    return nlp(text)


def run(function, text=TEXT, **options):
    return read(quoth.component("test", **options)(function), text=text)


# --- what a component can do ----------------------------------------------------------------------


def test_a_mention_is_added_and_later_layers_follow():
    doc = read(party)
    union = doc.ents[-1]
    assert (union.text, union.label_, union.kb_id_) == ("Dockers Union", "PARTY", "P1")
    assert union.entity.name == "The Union"
    assert union.rule == "component: party"
    assert doc.explain(union) == [("Dockers Union", "component: party", 1.0)]


def test_what_a_component_changed_shows_to_the_next():
    doc = read(party, counter)
    assert doc.data == {"counts": {"ents": len(doc.ents), "parties": ["Dockers Union"]}}


def test_mentions_are_rejected_and_relabelled():
    before, doc = quoth.load("en")(TEXT), read(places)
    assert [q.speaker.name for q in before.quotes[-2:]] == ["Tom Brandt"] * 2
    elvik = next(m for m in doc.ents if m.text == "Elvik")
    was = next(m for m in before.ents if m.text == "Elvik").rule
    assert (elvik.label_, elvik.rule) == ("PORT", f"component: places, was {was}")
    assert elvik.entity.label_ == "PORT"
    assert all(m.text != "Tom Brandt" for m in doc.ents)
    assert all(q.speaker is None or q.speaker.name != "Tom Brandt" for q in doc.quotes)


def test_quotes_are_changed_added_and_rejected():
    doc = read(editor)
    quotes = {q.text: q for q in doc.quotes}
    show, title = quotes["“Show me,”"], quotes["Harbour reopens"]
    assert (show.speaker.name, show.speaker_reason) == ("Anna Keller", "given")
    assert (title.speaker.name, title.score, title.factual) == ("Anna Keller", 0.5, False)
    assert not any(text.startswith("that he") for text in quotes)
    assert "a component changed it" in doc.explain(show)
    assert "rule: component: editor: a component made it" in doc.explain(title)
    assert "a component says so" in doc.explain(title)
    marked = next(q for q in doc.quotations if q.text == "“Show me,”")
    assert marked.quote == show


def test_quotes_that_were_changed_stay_so_when_mentions_change():
    @quoth.component("late")
    def late(doc):
        doc.reject(next(m for m in doc.ents if m.text == "Monday"))

    doc = read(editor, late)
    assert {q.text: q for q in doc.quotes}["“Show me,”"].speaker.name == "Anna Keller"
    assert any(q.text == "Harbour reopens" for q in doc.quotes)
    assert all(m.text != "Monday" for m in doc.ents)


def test_a_speaker_may_be_new():
    def new(doc):
        at = doc.text.index("port of Elvik")
        doc.add_mentions([(at, at + 13, "ORG")])
        doc.set_speaker(doc.quotes[0], quoth.Span(doc.text, at, at + 13))
        doc.set_speaker(doc.quotes[1], None)

    doc = run(new)
    assert doc.quotes[0].speaker.name == "port of Elvik"
    assert (doc.quotes[1].speaker, doc.quotes[1].speaker_reason) == (None, "given")
    assert "unknown: a component says so" in doc.explain(doc.quotes[1])


def test_entities_are_linked():
    def link(doc):
        doc.link(next(e for e in doc.entities if e.name == "Anna Keller"), kb_id="Q7")
        doc.link(next(m for m in doc.ents if m.text == "Tom Brandt"), name="Thomas Brandt")

    doc = run(link, after="link")
    keller = next(e for e in doc.entities if e.kb_id_ == "Q7")
    assert (keller.name, len(keller.mentions)) == ("Anna Keller", 2)
    assert {m.kb_id_ for m in keller.mentions} == {"Q7"}
    assert doc.quotes[-1].speaker.name == "Thomas Brandt"


def test_sentences_have_labels():
    doc = read(editor)
    assert doc.sents[0].label_ == "headline"
    assert doc.sents[1].label_ is None
    assert doc.quotes[0].sents[0].label_ == "headline"
    assert doc.to_dict()["sents"][0]["label"] == "headline"
    assert quoth.from_json(doc.to_json()).sents == doc.sents
    assert pickle.loads(pickle.dumps(doc.sents[0])) == doc.sents[0]
    assert doc.sents[0] != quoth.load("en")(TEXT).sents[0]
    assert quoth.Sentence(TEXT, 0, 15, label_="headline") == doc.sents[0]


@pytest.mark.parametrize(
    ("overlap", "found", "matches"),
    [
        ("replace", ["Brandt"], []),
        ("longest", ["Tom Brandt"], []),
        ("keep", ["Tom Brandt"], []),
        ("beside", ["Tom Brandt"], ["Brandt"]),
    ],
)
def test_overlaps(overlap, found, matches):
    def add(doc):
        at = doc.text.index("Brandt")
        doc.add_mentions([(at, at + 6, "CREW")], overlap=overlap)

    doc = run(add, after="entity")
    assert [m.text for m in doc.ents if "Brandt" in m.text] == found
    assert [m.text for m in doc.matches] == matches


def test_values_of_mentions():
    def add(doc):
        doc.add_mentions([{"span": doc.title, "label": "HEAD", "value": "7", "score": 0.25}])

    mention = run(add, after="entity").ents[0]
    assert (mention.value, mention.score) == ("7", 0.25)


def test_a_component_reads_every_layer():
    seen = {}

    def look(doc):
        for name in ("sents", "paragraphs", "tokens", "quotations", "ents", "matches", "entities"):
            seen[name] = len(getattr(doc, name))
        seen["quotes"] = [q.text for q in doc.quotes]
        seen["frame"] = (doc.title.text, doc.standfirst, doc.byline, doc.dateline)
        seen["rest"] = (doc.source_line, doc.author_note, len(doc.warnings))
        seen["repr"] = repr(doc)

    doc = run(look)
    plain = quoth.load("en")(TEXT)
    assert doc == plain
    assert seen["sents"] == len(plain.sents)
    assert seen["entities"] == len(plain.entities)
    assert seen["quotes"] == [q.text for q in plain.quotes]
    assert seen["frame"] == ("Harbour reopens", None, None, None)
    assert seen["rest"] == (None, None, 0)
    assert seen["repr"].startswith("Draft after 'attribution' of Document('Harbour reopens'")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "x", "Ä" * 10, "\ud800 said “\udc00”."])
def test_texts_of_any_kind(text):
    def add(doc):
        if text.strip():
            doc.add_mentions([(0, 1, "X")])
        doc.data["text"] = len(doc.text)

    doc = run(add, after="entity", text=text)
    assert doc.text == text
    assert [m.text for m in doc.ents[:1]] == ([text[0]] if text.strip() else [])
    assert doc.data == {"text": len(text)}


# --- order ----------------------------------------------------------------------------------------


def test_order():
    order = []

    def make(name, after):
        return quoth.component(name, after=after)(lambda doc: order.append(name))

    components = [
        make("a", "attribution"),
        make("b", "sentence"),
        make("c", "entity"),
        make("d", "structure"),
        make("e", "c"),
        make("f", "entity"),
        make("g", "c"),
        make("h", "link"),
    ]
    read(*components)
    assert order == ["b", "d", "c", "e", "g", "f", "h", "a"]


def test_only_what_is_asked_for_is_run():
    nlp = quoth.load("en").with_pipe(party).with_pipe(broken)
    assert nlp.ents(TEXT)[-1].label_ == "PARTY"  # broken runs last, and not for mentions
    with pytest.raises(quoth.ComponentError):
        nlp.quotes(TEXT)
    assert quoth.load("en").with_pipe(editor).quotes(TEXT)[0].text == "Harbour reopens"


# --- many texts -----------------------------------------------------------------------------------

ALL = (party, places, counter, editor, sizes)


def everything():
    nlp = quoth.load("en").with_terms("FRUIT", ["cranes"])
    nlp = nlp.with_patterns([{"label": "READY", "pattern": "ready|doubts", "context": "in quote"}])
    for component in ALL:
        if component is not editor:
            nlp = nlp.with_pipe(component)
    return nlp


def some_texts():
    return [TEXT.replace("Elvik", f"Elvik{n % 7}") + f"\n\nEnd {n}." for n in range(150)]


@pytest.mark.parametrize("n_threads", [1, 2, 4])
def test_pipe_gives_what_each_text_gives(n_threads):
    nlp = everything()
    texts = some_texts()
    expected = [nlp(text).to_json() for text in texts]
    assert [doc.to_json() for doc in nlp.pipe(texts, n_threads=n_threads)] == expected
    pairs = nlp.pipe(((t, n) for n, t in enumerate(texts)), n_threads=n_threads, as_tuples=True)
    assert [n for _, n in pairs] == list(range(len(texts)))


def test_sixteen_threads_give_the_same_bytes():
    nlp = everything()
    texts = some_texts()[:40]
    expected = [nlp(text).to_json().encode() for text in texts]
    found: dict[int, list[bytes]] = {}

    def work(number):
        found[number] = [nlp(text).to_json().encode() for text in texts]

    threads = [threading.Thread(target=work, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[n] == expected for n in range(16)] == [True] * 16
    assert [d.to_json().encode() for d in nlp.pipe(texts, n_threads=16)] == expected


def test_tables_have_what_components_made():
    nlp = quoth.load("en").with_pipe(party).with_pipe(editor)
    tables = quoth.tables([TEXT, TEXT], nlp=nlp, n_threads=2)
    doc = nlp(TEXT)
    assert len(tables["ents"]) == 2 * len(doc.ents)
    assert "PARTY" in tables["ents"].column("label")
    assert tables["quotes"].column("text")[0] == "Harbour reopens"
    assert tables["quotes"].column("speaker")[0] == "Anna Keller"
    assert doc.to_table("quotes").to_pylist() == quoth.quotes_table([TEXT], nlp=nlp).to_pylist()


def test_batches_are_bounded_and_in_order():
    sizes_seen = []

    @quoth.component("batches", batch=True, after="sentence")
    def batches(batch):
        sizes_seen.append(len(batch))
        for doc, text in zip(batch, batch.texts, strict=True):
            doc.data["text"] = text[-8:]
        assert batch[0] is next(iter(batch))
        assert len(batch.sents) == sum(len(doc.sents) for doc in batch)

    nlp = quoth.load("en").with_pipe(batches)
    texts = some_texts()
    docs = list(nlp.pipe(texts, n_threads=2))
    assert [doc.data["text"] for doc in docs] == [text[-8:] for text in texts]
    assert max(sizes_seen) == 64
    assert sum(sizes_seen) == len(texts)


def test_columns_of_a_batch():
    seen = {}

    @quoth.component("columns", batch=True)
    def columns(batch):
        seen["start"] = batch.ents.array("start")
        seen["kb"] = batch.quotes.array("speaker_id").tolist()
        seen["score"] = batch.ents.array("score").format
        seen["labels"] = batch.ents.column("label")
        with pytest.raises(TypeError, match="array: expected a column of numbers, got 'label'"):
            batch.ents.array("label")
        with pytest.raises(KeyError):
            batch.ents.array("nothing")
        assert batch.ents is batch.ents

    doc = quoth.load("en").with_pipe(columns)(TEXT)
    assert seen["start"].tolist() == [m.start_char for m in doc.ents]
    assert seen["start"].format == "q"
    assert seen["score"] == "d"
    assert len(seen["kb"]) == len(doc.quotes)
    assert seen["labels"] == [m.label_ for m in doc.ents]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (([0, 0], [0], [3], "X"), "expected columns of one length, got 2, 1, 1, 2"),
        (([1], [0], [3], "X"), "doc_id: expected 0 to 0, got 1"),
        (([0], [0], [3], ["X", "Y"]), "expected columns of one length, got 1, 1, 1, 2"),
    ],
)
def test_wrong_columns(columns, message):
    with pytest.raises(quoth.ComponentError, match=message):
        run(lambda batch: batch.add_mentions(*columns), batch=True)


def test_the_iterable_may_fail():
    def texts() -> Iterator[str]:
        yield TEXT
        yield TEXT
        raise OSError("gone")

    for nlp in (everything(), quoth.load("en").with_pipe(party)):
        docs = nlp.pipe(texts(), n_threads=2)
        assert [next(docs) == nlp(TEXT), next(docs) == nlp(TEXT)] == [True, True]
        with pytest.raises(OSError, match="gone"):
            next(docs)


def test_a_text_that_is_none_is_told():
    nlp = everything()
    told = []
    docs = list(nlp.pipe([TEXT, 7, TEXT], errors=lambda *args: told.append(args)))
    assert len(docs) == 2
    assert [(number, str(error)) for number, _, error in told] == [
        (1, "text: expected str, got int")
    ]


# --- errors ---------------------------------------------------------------------------------------


def test_component_error():
    with pytest.raises(quoth.ComponentError) as caught:
        read(broken)
    error = caught.value
    assert str(error) == "component 'broken': KeyError: 'x', in the document 'Harbour reopens'"
    assert (error.component, error.document) == ("broken", "Harbour reopens")
    assert isinstance(error.__cause__, KeyError)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_document_without_a_title_is_named_by_its_first_words():
    with pytest.raises(quoth.ComponentError) as caught:
        read(broken, text="he said no. " * 20)
    assert caught.value.document == ("he said no. " * 5)[:59] + "…"


def test_errors_warn():
    doc = read(broken, party, errors="warn")
    assert [w.code for w in doc.warnings] == ["component"]
    assert doc.warnings[0].detail == "broken: KeyError: 'x'"
    assert doc.warnings[0].message == (
        "a component failed, and what it did was undone: broken: KeyError: 'x'"
    )
    assert doc.data == {}  # what the component did is undone
    assert doc.ents[-1].label_ == "PARTY"
    assert quoth.from_json(doc.to_json()) == doc


def test_errors_call_a_function():
    told = []
    doc = read(broken, errors=lambda name, draft, error: told.append((name, draft.text, error)))
    assert [(name, text) for name, text, _ in told] == [("broken", TEXT)]
    assert isinstance(told[0][2], KeyError)
    assert doc == quoth.load("en")(TEXT)


def test_errors_in_pipe():
    nlp = quoth.load("en").with_pipe(broken)
    with pytest.raises(quoth.ComponentError, match="component 'broken': KeyError") as caught:
        list(nlp.pipe([TEXT]))
    assert caught.value.__notes__ == ["while reading text number 0 (counted from 0)"]
    with pytest.warns(RuntimeWarning, match="text number 0 left out: ComponentError: component"):
        assert list(nlp.pipe([TEXT], errors="warn")) == []


def test_a_batch_fails_together_and_others_go_on():
    @quoth.component("picky", batch=True)
    def picky(batch):
        if any("End 70." in text for text in batch.texts):
            raise ValueError("no")

    nlp = quoth.load("en").with_pipe(picky)
    lost = []
    docs = list(nlp.pipe(some_texts(), errors=lambda n, *_: lost.append(n)))
    assert lost == list(range(64, 128))
    assert len(docs) == 150 - 64


def test_memory_is_no_component_error():
    def hungry(doc):
        raise MemoryError

    with pytest.raises(MemoryError):
        run(hungry)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.add_mentions("no"), "mentions: expected an iterable, got str"),
        (lambda d: d.add_mentions([7]), r"mentions\[0\]: expected \(start, end, label\), \(span"),
        (lambda d: d.add_mentions([(0, 3)]), r"mentions\[0\]: expected \(start, end, label\)"),
        (lambda d: d.add_mentions([(3, 3, "X")]), r"mentions\[0\]: expected 0 <= start < end <= "),
        (lambda d: d.add_mentions([(0, 9999, "X")]), r"got \(0, 9999\)"),
        (lambda d: d.add_mentions([(0, 20, "X")]), "expected a span in one paragraph, got"),
        (lambda d: d.add_mentions([(0.0, 2, "X")]), "expected int as offset, got float"),
        (lambda d: d.add_mentions([(0, 3, 7)]), "label: expected str, got int"),
        (lambda d: d.add_mentions([(0, 3, " ")]), "label: expected a name, got ' '"),
        (lambda d: d.add_mentions([{"start": 0}]), r"mentions\[0\]: expected end, got nothing"),
        (
            lambda d: d.add_mentions([{"start": 0, "end": 3, "label": "X", "size": 1}]),
            r"mentions\[0\]: expected start, end, span, label, kb_id, .* got 'size'",
        ),
        (
            lambda d: d.add_mentions([{"start": 0, "end": 3, "label": "X", "score": 2}]),
            "score: expected 0 to 1, got 2",
        ),
        (
            lambda d: d.add_mentions([{"start": 0, "end": 3, "label": "X", "score": "1"}]),
            "score: expected float, got str",
        ),
        (lambda d: d.add_mentions([], overlap="no"), "overlap: expected 'longest', .* got 'no'"),
        (lambda d: d.reject(7), "reject: expected a mention of this document, got 7"),
        (lambda d: d.relabel(d.ents[0], 7), "relabel: label: expected str, got int"),
        (lambda d: d.relabel(d.title, "X"), "relabel: expected a mention of this document"),
        (lambda d: d.link(d.ents[0]), "link: expected kb_id, name or both"),
        (lambda d: d.link(d.ents[0], kb_id=7), "link: kb_id: expected str, got int"),
        (lambda d: d.set_speaker(d.ents[0], None), "quote: expected Quote, got Mention"),
        (
            lambda d: d.set_speaker(d.quotes[0], d.title),
            r"speaker: expected an entity or a mention of this document, got \(0, 15\)",
        ),
        (lambda d: d.add_quotes([7]), r"quotes\[0\]: expected dict, got int"),
        (lambda d: d.add_quotes([{}]), r"quotes\[0\]: expected content, got nothing"),
        (lambda d: d.add_quotes([{"content": [], "x": 1}]), "expected content, cue, .* got 'x'"),
        (
            lambda d: d.add_quotes([{"content": [(5, 9), (0, 3)]}]),
            r"quotes\[0\]: content: expected spans in the order of the text",
        ),
        (
            lambda d: d.add_quotes([{"content": (0, 3), "type": "x"}]),
            "type: expected 'direct', 'mixed' or 'indirect', got 'x'",
        ),
        (lambda d: d.label_sent(d.title, "X"), None),
        (lambda d: d.label_sent(d.ents[0], "X"), "label_sent: expected a sentence of this"),
        (lambda d: d.label_sent(d.sents[0], 7), "label_sent: label: expected str, got int"),
        (
            lambda d: d.data.update(a=object()),
            r"data\['a'\]: expected None, bool, int, float, str, or lists and dicts of these, got "
            "object",
        ),
        (lambda d: d.data.update(a=[1e999]), r"data\['a'\]: expected finite numbers, got inf"),
        (lambda d: d.data.update(a={1: 2}), r"data\['a'\]: expected str as keys, got 1"),
        (lambda d: d.data.__setitem__(1, 2), "data: expected str as keys, got 1"),
    ],
)
def test_wrong_changes(change, message):
    if message is None:  # the title is a sentence, too
        run(change)
        return
    with pytest.raises(quoth.ComponentError, match=message):
        run(change)


@pytest.mark.parametrize(
    ("after", "change", "message"),
    [
        ("sentence", lambda d: d.add_mentions([]), "add_mentions: the stage 'entity' has not run"),
        ("entity", lambda d: d.add_quotes([]), "add_quotes: the stage 'attribution' has not run"),
        ("link", lambda d: d.set_speaker(None, None), "give the component after='attribution'"),
    ],
)
def test_too_early(after, change, message):
    with pytest.raises(quoth.ComponentError, match=message):
        run(change, after=after)


def test_too_late():
    drafts = []
    run(drafts.append)
    with pytest.raises(RuntimeError, match="can be changed only while a component runs"):
        drafts[0].add_mentions([(0, 3, "X")])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: quoth.component(7), "name: expected str, got int"),
        (lambda: quoth.component("x", after=7)(print), "after: expected str, got int"),
        (lambda: quoth.component("x", needs="y")(print), "needs: expected a collection of str"),
        (lambda: quoth.component("x", version=1)(print), "version: expected str, got int"),
        (lambda: quoth.component("x")(7), "component: expected a function, got int"),
        (
            lambda: quoth.load().with_pipe(print),
            "component: expected what @quoth.component.* or a name, got builtin_function",
        ),
        (lambda: quoth.load().with_pipe(party, errors="no"), "errors: expected 'raise', 'warn' or"),
        (
            lambda: quoth.load().with_pipe(party).with_pipe(party),
            "component 'party': there is one of this name already",
        ),
        (
            lambda: quoth.load().with_pipe(counter),
            "component 'counter': needs the component 'party': add that before",
        ),
        (
            lambda: quoth.load().with_pipe(quoth.component("x", after="nothing")(print)),
            "component 'x': after: expected 'sentence', .* added before, got 'nothing'",
        ),
        (
            lambda: quoth.load(stages=["sentence"]).with_pipe(party),
            "component 'party': runs after 'entity': this pipeline was loaded without that stage",
        ),
        (
            lambda: quoth.load().with_pipe(editor).without("attribution"),
            "component 'editor': runs after 'attribution': this pipeline was loaded without",
        ),
        (
            lambda: quoth.load().with_pipe("nothing like this"),
            "component 'nothing like this': not made in this process, and no package brings it",
        ),
    ],
)
def test_wrong_components(make, message):
    with pytest.raises((TypeError, ValueError), match=message):
        make()


# --- values ---------------------------------------------------------------------------------------


def test_components_are_values():
    nlp = quoth.load("en").with_pipe(party, errors="warn")
    assert nlp == quoth.load("en").with_pipe("party", errors="warn")
    assert nlp != quoth.load("en").with_pipe(party)
    assert nlp != quoth.load("en")
    assert len({nlp.version, quoth.load("en").version}) == 2
    assert pickle.loads(pickle.dumps(nlp)) == nlp
    assert hash(pickle.loads(pickle.dumps(nlp))) == hash(nlp)
    assert copy.deepcopy(nlp) is nlp
    assert repr(party) == "Component('party', after='entity')"
    assert party.__doc__ == "Parties by their names."
    entry = nlp.config["extras"][0]
    assert entry == {
        "kind": "component",
        "name": "party",
        "function": f"{__name__}:party",
        "after": "entity",
        "needs": [],
        "batch": False,
        "version": "1",
        "errors": "warn",
    }
    assert json.loads(json.dumps(nlp.config)) == nlp.config


def test_save_and_load(tmp_path):
    nlp = everything()
    nlp.save(tmp_path / "x.quoth")
    loaded = quoth.Pipeline.load(tmp_path / "x.quoth", components=[party])
    assert loaded == nlp
    assert loaded(TEXT).to_json() == nlp(TEXT).to_json()

    @quoth.component("party", after="link")
    def other(doc):
        pass

    with pytest.raises(ValueError, match="made with the component 'party' of .*, got "):
        quoth.Pipeline.load(tmp_path / "x.quoth", components=[other])
    quoth.component("party", after="entity", version="1")(party.function)
    with pytest.raises(ValueError, match="component 'party': errors: a function can't be saved"):
        quoth.load("en").with_pipe(party, errors=print).save(tmp_path / "y.quoth")


def test_a_package_brings_a_component(tmp_path, monkeypatch):
    (tmp_path / "parties.py").write_text(
        "import quoth\n\n\n@quoth.component('of a package', after='entity')\n"
        "def shipped(doc):\n    doc.data['shipped'] = True\n"
    )
    info = tmp_path / "parties-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: parties\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        "[quoth.components]\nof a package = parties:shipped\nwrong = parties:quoth\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert quoth.load("en").with_pipe("of a package")(TEXT).data == {"shipped": True}
    rules = tmp_path / "rules.toml"
    rules.write_text('abbreviations = ["Stv."]\ncomponents = ["of a package"]\n')
    assert quoth.load("en", rules=rules)(TEXT).data == {"shipped": True}
    with pytest.raises(TypeError, match="component 'wrong': expected a Component as the entry"):
        quoth.load("en").with_pipe("wrong")
    rules.write_text('abbreviations = []\n\ncomponents = ["nobody has this"]\n')
    with pytest.raises(ValueError, match=r"rules.toml, line 3: component 'nobody has this'"):
        quoth.load("en", rules=rules)
    rules.write_text("components = 7\n")
    with pytest.raises(ValueError, match=r"line 1: components: expected a list, got int"):
        quoth.load("en", rules=rules)
    rules.write_text("components = [7]\n")
    with pytest.raises(ValueError, match=r"line 1: components: expected str, got int"):
        quoth.load("en", rules=rules)


def test_version_of_results():
    nlp = quoth.load("en").with_pipe(party)
    doc = nlp(TEXT)
    assert doc.version == nlp.version != quoth.load("en").version
    assert doc.to_dict()["pipeline_version"] == nlp.version
    assert quoth.from_json(doc.to_json()).version == nlp.version
    assert pickle.loads(pickle.dumps(doc)).version == nlp.version
    data = doc.to_dict()
    del data["pipeline_version"]
    assert quoth.from_json(data).version is None
    assert next(iter(nlp.pipe([TEXT]))).version == nlp.version


def test_data_is_a_copy_and_goes_with_the_document():
    doc = read(party, counter)
    doc.data["counts"]["ents"] = 99
    assert doc.data["counts"]["ents"] != 99
    for other in (quoth.from_json(doc.to_json()), pickle.loads(pickle.dumps(doc))):
        assert other == doc
        assert other.data == doc.data
    assert doc != quoth.load("en").with_pipe(party)(TEXT)
    assert quoth.load("en")(TEXT).data == {}
    data = doc.to_dict()
    data["data"] = [1]
    with pytest.raises(ValueError, match="data: expected a dict"):
        quoth.from_json(data)
