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
  // of the elements of the page, those that to_html() never writes, or with other attributes
  foreign: [...document.querySelectorAll(".quoth *, body > :not(.quoth, script)")].filter(n =>
    !/^(ARTICLE|SPAN|MARK|SMALL|UL|LI|I|DIV|TABLE|CAPTION|THEAD|TBODY|TR|TH|TD)$/.test(n.tagName) ||
    [...n.attributes].some(a =>
      !/^(class|dir|scope|colspan|aria-label|data-(hint|label|again))$/.test(a.name))).length,
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


# One of each kind that public collections of cross-site scripting have, written for this test:
# tags, attributes and comments that are left open, elements with a parser of their own, references
# and characters that a filter reads otherwise than a browser, and templates.
ATTACKS = [
    "<script>window.attacked=1</script>",
    "<ScRiPt >window.attacked=1</sCrIpT\t>",
    "<script/x>window.attacked=1</script>",
    "<scr\x00ipt>window.attacked=1</scr\x00ipt>",
    "<scr<script>ipt>window.attacked=1</scr</script>ipt>",
    "<script src=data:text/javascript,window.attacked=1></script>",
    '<img src=x onerror="window.attacked=1">',
    "<img src=x onerror=window.attacked=1//",
    "<img\x0csrc=x\x0conerror=window.attacked=1>",
    "<img/src=x/onerror=window.attacked=1>",
    "<img src=`x`onerror=window.attacked=1>",
    '<img """><script>window.attacked=1</script>">',
    '"><svg onload=window.attacked=1>',
    "' onmouseover='window.attacked=1' style='position:fixed;inset:0' x='",
    '" autofocus onfocus="window.attacked=1" tabindex="1',
    "\x0b onfocus=window.attacked=1 autofocus",
    "</article></div><iframe srcdoc='<script>parent.attacked=1</script>'>",
    "</style><script>window.attacked=1</script>",
    "</title><script>window.attacked=1</script>",
    "</textarea><script>window.attacked=1</script>",
    "<!--<img src=--><img src=x onerror=window.attacked=1//>",
    "--><script>window.attacked=1</script><!--",
    "<![CDATA[<script>window.attacked=1</script>]]>",
    "<?xml version='1.0'?><script>window.attacked=1</script>",
    "<!DOCTYPE x [<!ENTITY y '<script>window.attacked=1</script>'>]>&y;",
    "&lt;script&gt;window.attacked=1&lt;/script&gt; &#x3c;b&#x3e; &amp;amp;",
    "&lt&#115;cript&gtwindow.attacked=1&lt/script&gt &#60script&#62",
    "&#0000060;script&#0000062;window.attacked=1&#x000003c;/script>",
    "%3Cscript%3Ewindow.attacked=1%3C/script%3E",
    "+ADw-script+AD4-window.attacked=1+ADw-/script+AD4-",
    "＜script＞window.attacked=1＜/script＞ ‹script› ʺ onload=1 ʺ",
    "\\x3cscript\\x3ewindow.attacked=1 \\u003cscript\\u003e",
    "<a href=javascript:window.attacked=1>x</a><form action=javascript:alert(1)><button>",
    "<a href='jav&#x09;ascript:window.attacked=1' autofocus onfocus=window.attacked=1>x</a>",
    "<details open ontoggle=window.attacked=1><summary>x",
    "<input autofocus onfocus=window.attacked=1><select autofocus onfocus=window.attacked=1>",
    "<video><source onerror=window.attacked=1></video><audio src=x onerror=window.attacked=1>",
    "<body onload=window.attacked=1><frameset onload=window.attacked=1>",
    "<marquee onstart=window.attacked=1>x</marquee>",
    "<object data=data:text/html,x><embed src=data:text/html,x>",
    "<base href=//a.invalid/><link rel=stylesheet href=x><meta http-equiv=refresh content=0>",
    "<style>@import'//attacker.invalid/x';*{background:url(//attacker.invalid/y)}</style>",
    "<div style='background:url(javascript:window.attacked=1);width:expression(1)'>",
    "<svg><script>window.attacked=1</script><a xlink:href=javascript:window.attacked=1>",
    "<svg><style><img src=x onerror=window.attacked=1></style>",
    "<svg><animate onbegin=window.attacked=1 attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><!--</style><img src=x onerror=window.attacked=1>",
    '<noscript><p title="</noscript><img src=x onerror=window.attacked=1>">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=window.attacked=1>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>window.attacked=1</x:script>",
    "<template><script>window.attacked=1</script></template><slot onslotchange=1>",
    "<plaintext><xmp><listing>",
    "<table><td><script>window.attacked=1</script></table>",
    "<custom-tag is=x onpointerenter=window.attacked=1 contenteditable>",
    "{{constructor.constructor('window.attacked=1')()}} ${window.attacked=1} <%= 1 %>",
    "\u202e<bdo dir=rtl>\u2066x\u2069",
    "\ufeff<\u2028script\u2029>window.attacked=1</script>",
    "<\ud800script>window.attacked=1</script>\udfff",
    "<" * 300 + ">" * 300 + "'" * 30 + '"' * 31,
]


def shown(text: str) -> str:
    """What a page can hold of a text: NUL and lone surrogates are U+FFFD there."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def test_no_text_becomes_code(nlp: quoth.Pipeline, tmp_path: pathlib.Path) -> None:
    """In text, names, sources and titles."""
    lines = [f"Ann {attack} Low said, “We {attack} wait,” in {attack}." for attack in ATTACKS]
    doc = nlp(f"{ATTACKS[18]} Title\n\n" + "\n\n".join(lines))
    found = measured(doc.to_html(page=True), tmp_path)
    assert found["text"] == shown(doc.text)
    assert found["attacked"] == 0
    assert found["foreign"] == found["fetched"] == 0


def test_no_name_of_a_term_becomes_code(nlp: quoth.Pipeline, tmp_path: pathlib.Path) -> None:
    """In what the caller's terms and a record from elsewhere bring along: names and identifiers."""
    terms = [(f"Thing{n}", attack, attack) for n, attack in enumerate(ATTACKS)]
    own = nlp.with_terms("ORG", [term for term in terms if shown(term[1]) == term[1]])
    doc = own(" ".join(f"“We wait,” Thing{n} said." for n in range(len(terms))))
    record = doc.to_dict()
    again = quoth.from_json(record)
    for page in (doc.to_html(page=True), again.to_html(page=True), doc.entities._repr_html_()):
        assert "window.attacked=1" in page
        found = measured(page if "<article" in page else page + "<article>", tmp_path)
        assert found["attacked"] == 0
        assert found["foreign"] == found["fetched"] == 0
