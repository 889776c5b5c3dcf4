"""The page as a browser renders it: contrast, scrolling, text to the character, no foreign code.

Needs Chromium; .ci/run installs it, and without it these tests are skipped.
"""

from __future__ import annotations

import html
import json
import pathlib
import re
import shutil
import subprocess
from typing import Any

import pytest

import quoth

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")

# Measures what is shown. Backgrounds are mixed from the outermost to the innermost.
MEASURE = """
<script>
function numbers(colour) { return colour.match(/[\\d.]+/g).map(Number); }
function over(top, under) {
  const a = top.length > 3 ? top[3] : 1;
  return [0, 1, 2].map(i => top[i] * a + under[i] * (1 - a));
}
function background(node, base) {
  const chain = [];
  for (let at = node; at; at = at.parentElement) chain.unshift(at);
  return chain.reduce((c, at) => over(numbers(getComputedStyle(at).backgroundColor), c), base);
}
function luminance(c) {
  const part = c.map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
  return .2126 * part[0] + .7152 * part[1] + .0722 * part[2];
}
function contrast(node, base) {
  const under = background(node, base);
  const ink = over(numbers(getComputedStyle(node).color), under);
  const [a, b] = [luminance(ink), luminance(under)].sort((x, y) => y - x);
  return (a + .05) / (b + .05);
}
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
const base = dark ? [18, 18, 18] : [255, 255, 255];
const article = document.querySelector("article");
const ours = [...document.querySelectorAll(".quoth *")];
const result = {
  dark,
  text: article.textContent,
  least: Math.min(...ours.filter(n => n.tagName != "SMALL").map(n => contrast(n, base))),
  height: article.clientHeight,
  inside: article.scrollHeight,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  foreign: ours.filter(n => /^(SCRIPT|IMG|SVG|IFRAME|OBJECT|A|FORM)$/i.test(n.tagName)).length,
  fetched: performance.getEntriesByType("resource").length,
  attacked: window.attacked || 0,
  tints: [...new Set([...document.querySelectorAll("mark.q")].map(
    n => getComputedStyle(n).backgroundColor))].length,
  names: [...document.querySelectorAll("mark.q + small, mark.q small")].map(
    n => getComputedStyle(n, "::after").content).filter(c => c.length > 2).length,
};
const out = document.createElement("pre");
out.id = "measured";
out.textContent = JSON.stringify(result);
document.body.append(out);
</script>
"""


def measured(page: str, folder: pathlib.Path, *options: str) -> dict[str, Any]:
    path = folder / "page.html"
    path.write_text(page + MEASURE, encoding="utf-8", newline="")
    done = subprocess.run(
        [
            str(CHROMIUM),
            *("--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"),
            *("--virtual-time-budget=2000", f"--user-data-dir={folder}/profile"),
            *options,
            path.as_uri(),
        ],
        capture_output=True,
        timeout=120,
    )
    found = re.search(r'<pre id="measured">(.*?)</pre>', done.stdout.decode(), re.S)
    assert found is not None, done.stderr.decode()[-2000:]
    result: dict[str, Any] = json.loads(html.unescape(found[1]))
    return result


@pytest.fixture(scope="module")
def article(nlp: quoth.Pipeline) -> quoth.Document:
    path = pathlib.Path(__file__).parent.parent / "docs/examples/article.txt"
    return nlp(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page(article: quoth.Document, tmp_path: pathlib.Path, scheme: str) -> None:
    options = ["--blink-settings=preferredColorScheme=0"] if scheme == "dark" else []
    found = measured(article.to_html(page=True), tmp_path, *options, "--window-size=420,900")
    assert found["dark"] is (scheme == "dark")
    assert found["text"] == article.text
    assert found["least"] >= 4.5  # WCAG 2.1, 1.4.3
    assert found["wide"] <= 0  # on a phone
    assert found["inside"] <= found["height"] + 1  # a page does not scroll within itself
    assert found["foreign"] == found["fetched"] == 0
    assert found["tints"] >= 3
    assert found["names"] >= 3  # a speaker is never told by colour alone


def test_a_notebook_scrolls_long_articles(
    nlp: quoth.Pipeline, article: quoth.Document, tmp_path: pathlib.Path
) -> None:
    long = nlp("\n\n".join([article.text] * 3))
    found = measured(f"<!DOCTYPE html><meta charset=utf-8>{long._repr_html_()}", tmp_path)
    assert found["text"] == long.text
    assert 300 < found["height"] < found["inside"]


ATTACKS = [
    "<script>window.attacked=1</script>",
    '<img src=x onerror="window.attacked=1">',
    '"><svg onload=window.attacked=1>',
    "' onmouseover='window.attacked=1' style='position:fixed;inset:0' x='",
    "</article></div><iframe srcdoc='<script>parent.attacked=1</script>'>",
    "</style><script>window.attacked=1</script>",
    "<!--<img src=--><img src=x onerror=window.attacked=1//>",
    "&lt;script&gt;window.attacked=1&lt;/script&gt; &#x3c;b&#x3e; &amp;amp;",
    "<a href=javascript:window.attacked=1>x</a><form action=javascript:alert(1)><button>",
    "\u202e<bdo dir=rtl>\u2066x\u2069",
]


def test_no_text_becomes_code(nlp: quoth.Pipeline, tmp_path: pathlib.Path) -> None:
    """Collected from public lists of cross-site scripting, in text, names, sources and titles."""
    lines = [f"Ann {attack} Low said, “We {attack} wait,” in {attack}." for attack in ATTACKS]
    doc = nlp(f"{ATTACKS[5]} Title\n\n" + "\n\n".join(lines))
    found = measured(doc.to_html(page=True), tmp_path)
    assert found["text"] == doc.text
    assert found["attacked"] == 0
    assert found["foreign"] == found["fetched"] == 0
