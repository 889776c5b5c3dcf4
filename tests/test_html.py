"""HTML: the text comes back exactly, marks nest, everything is escaped, nothing is fetched."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

import quoth
from conftest import TEXT, offsets

VOID = {"meta"}


class Nesting(HTMLParser):
    """Collects the tags and fails where they do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def checked(html: str) -> Nesting:
    parser = Nesting()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in parser.tags}
    assert not any(name.startswith("on") for _, attributes in parser.tags for name in attributes)
    assert "http" not in html
    assert "url(" not in html
    return parser


def article_text(html: str) -> str:
    article = re.search(r"<article[^>]*>(.*)</article>", html, re.S)
    assert article is not None
    return unescape(re.sub(r"<[^>]*>", "", article[1]))


def test_the_text_comes_back(made: quoth.Document) -> None:
    for html in (made.to_html(), made.to_html(page=True), made._repr_html_()):
        checked(html)
        assert article_text(html) == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<b>bold</b> &amp; “<script>alert('1')</script>,” said Ann \"O'Neil\" Bell.",
        "One.\r\nTwo.\rThree.\u2028Four.\x85Five.",
        "\ufeff“Emoji \U0001f600 e\u0301,” she said.",
        "“Never closed, said Ann.\n\n“Again.\n\nNever.",
    ],
)
def test_any_text_comes_back(nlp: quoth.Pipeline, text: str) -> None:
    html = nlp(text).to_html()
    checked(html)
    assert article_text(html) == text


def test_what_html_cannot_hold(nlp: quoth.Pipeline) -> None:
    html = nlp("a\x00b \ud800c \U0001f600 d").to_html()
    html.encode()
    assert article_text(html) == "a\ufffdb \ufffdc \U0001f600 d"


def test_page(made: quoth.Document, nlp: quoth.Pipeline) -> None:
    page = made.to_html(page=True)
    assert page.startswith("<!DOCTYPE html>")
    assert "<title>Harbour Towns Fear &lt;Rising&gt; Seas &amp; Storms</title>" in page
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    assert "<html" not in made.to_html()
    assert "<title>quoth</title>" in nlp("").to_html(page=True)


def test_quotes_are_marked(made: quoth.Document) -> None:
    html = made.to_html()
    marks = [attributes for tag, attributes in checked(html).tags if tag == "mark"]
    classes = [str(attributes["class"]).split() for attributes in marks]
    assert len(marks) == 6, "two pieces, two paragraphs, one indirect, one without source"
    tints = [next(c for c in some if re.fullmatch(r"t[0-9n]+", c)) for some in classes]
    assert tints == ["t0", "t0", "t1", "t1", "t2", "tn"]
    assert "unsaid" in classes[4]
    assert html.count('<small class="who" data-label="Ann Bell">') == 1, (
        "behind the last piece only"
    )
    assert html.count('<small class="who" data-label="Tom Ré">') == 1
    assert marks[0]["data-hint"] == "Ann Bell, direct, speech · 0.75 by-hand"


def test_cue_source_and_names_are_marked(made: quoth.Document) -> None:
    html = made.to_html()
    assert '<span class="cue t0" data-hint="cue">said</span>' in html
    assert re.search(r'<span class="source t0" data-hint="source: Ann Bell">she</span>', html)
    name = '<span class="e" data-hint="PERSON, Ann Bell · 0.90 by-hand">Ann Bell</span>'
    assert f'{name}<small class="label" data-label="PERSON"></small>' in html
    assert re.search(r'<span class="source t1"[^>]*>Engineer <span class="e"[^>]*>Tom Ré', html)


def test_table_says_who_said_what(made: quoth.Document) -> None:
    html = made.to_html()
    rows = re.findall(r"<tr>(.*?)</tr>", html[html.index("<table") :], re.S)
    plain = [" | ".join(re.sub(r"<[^>]*>", " ", row).split()) for row in rows]
    assert any(row.startswith("Ann | Bell | “The | water,” | … | “won’t") for row in plain)
    assert any("The | council | (source | not | named)" in row for row in plain)
    assert any("(no | source)" in row for row in plain)
    assert any(row == "Valmouth | GPE | 2 | 0 | Q1 | VALMOUTH" for row in plain)


def test_marks_that_overlap(data: dict[str, Any]) -> None:
    """Whatever crosses what: tags nest, and the text stays."""
    start = offsets("Mayor Ann")["start"]
    first = {"start": start, "end": start + 30}
    second = {"start": start + 20, "end": start + 60}
    data["quotes"][0].update(
        content=[first], cue=second, source={"start": start + 10, "end": start + 25}
    )
    data["quotes"][1].update(content=[second], cue=first)
    data["quotes"][2].update(content=[{"start": 0, "end": len(TEXT)}])
    doc = quoth.from_json(data)
    html = doc.to_html()
    checked(html)
    assert article_text(html) == TEXT


def test_names_are_escaped(data: dict[str, Any]) -> None:
    data["entities"][1]["name"] = "<b onclick='x()'>\"&"
    html = quoth.from_json(data).to_html(page=True)
    checked(html)
    assert "<b " not in html
    assert "&lt;b onclick=&#x27;x()&#x27;&gt;&quot;&amp;" in html
