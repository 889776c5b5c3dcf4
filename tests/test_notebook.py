"""What notebooks show: documents, tables of things, plots; and the two notebooks of docs/ run."""

from __future__ import annotations

import datetime
import pathlib
import pickle
import re
import subprocess
import sys

import pytest

import quoth
from conftest import TEXT
from test_html import article_text, checked

ROOT = pathlib.Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "docs/notebooks").glob("*.ipynb"))


# --- tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["sents", "paragraphs", "tokens", "quotes", "quotations", "ents", "entities"]
)
def test_items_are_tuples_with_a_table(
    made: quoth.Document, nlp: quoth.Pipeline, name: str
) -> None:
    doc = nlp(TEXT)
    items = getattr(doc, name)
    assert isinstance(items, quoth.Items)
    assert items == tuple(items)
    assert hash(items) == hash(tuple(items))
    assert pickle.loads(pickle.dumps(items)) == items
    assert getattr(doc, name) is items
    assert isinstance(items[:1], quoth.Items)
    assert items[:1] == tuple(items)[:1]
    assert items[-1] == tuple(items)[-1]
    with pytest.raises(IndexError):
        items[len(items)]
    html = items._repr_html_()
    checked(html)
    assert html.count("<tr>") == min(len(items), 1000) + 1
    assert "none" in getattr(nlp(""), name)._repr_html_()


def test_a_table_of_quotes_says_who(made: quoth.Document) -> None:
    html = made.quotes._repr_html_()
    assert "Ann Bell" in html
    assert "<Rising>" not in made.sents._repr_html_()
    assert "&lt;Rising&gt;" in made.sents._repr_html_()


def test_long_tables_are_cut(nlp: quoth.Pipeline) -> None:
    html = nlp("It rains. " * 1200).sents._repr_html_()
    assert "… and 200 more" in html
    assert len(html) < 400_000


# --- show -----------------------------------------------------------------------------------------


def test_show_prints_outside_a_notebook(
    made: quoth.Document, capsys: pytest.CaptureFixture[str]
) -> None:
    quoth.show(made)
    once = capsys.readouterr().out
    assert "Who said what (4)" in once
    quoth.show([made, made])
    assert capsys.readouterr().out.count("Who said what (4)") == 2


def test_show_writes_a_page(made: quoth.Document, tmp_path: pathlib.Path) -> None:
    quoth.show([made, made], file=tmp_path / "page.html")
    html = (tmp_path / "page.html").read_bytes().decode()
    checked(html)
    assert html.count("<article") == 2
    quoth.show(made, file=tmp_path / "page.html")
    assert article_text((tmp_path / "page.html").read_bytes().decode()) == TEXT


def test_show_errors(made: quoth.Document) -> None:
    with pytest.raises(TypeError, match=r"docs\[1\]: expected Document, got str"):
        quoth.show([made, "x"])  # type: ignore[list-item]


# --- plots ----------------------------------------------------------------------------------------

plt = pytest.importorskip("matplotlib.pyplot")
plt.switch_backend("agg")


def labels(axes: object) -> list[str]:
    return [label.get_text() for label in axes.get_yticklabels()]  # type: ignore[attr-defined]


def test_speakers(made: quoth.Document) -> None:
    axes = made.plot.speakers()
    assert labels(axes) == ["Ann Bell", "Tom Ré"]
    assert sum(patch.get_width() for patch in axes.patches) == 2
    both = quoth.plot.speakers([made, made], most=1)
    assert labels(both) == ["Ann Bell"]
    assert sum(patch.get_width() for patch in both.patches) == 2
    assert labels(quoth.plot.speakers([])) == []
    plt.close("all")


def test_network(nlp: quoth.Pipeline) -> None:
    doc = nlp(
        "“Tom Reed is right,” Ann Low said. “Ann Low knows it,” Tom Reed said. "
        "“I know,” Ann Low said."
    )
    axes = quoth.plot.network(doc)
    assert {text.get_text() for text in axes.texts if text.get_text()} == {"Ann Low", "Tom Reed"}
    assert sum(text.get_text() == "" for text in axes.texts) == 2  # arrows, there and back
    plt.close("all")


def test_timeline(made: quoth.Document) -> None:
    axes = quoth.plot.timeline([made, made])
    assert labels(axes) == ["Ann Bell", "Tom Ré"]
    days = [datetime.date(2021, 3, 1), None]
    assert labels(quoth.plot.timeline([made, made], days)) == ["Ann Bell", "Tom Ré"]
    with pytest.raises(ValueError, match="dates: expected 2, one a document, got 1"):
        quoth.plot.timeline([made, made], days[:1])
    plt.close("all")


def test_without_matplotlib_the_extra_is_named() -> None:
    """The same for the other extras: what has to be installed is said."""
    code = (
        "import sys\n"
        "for name in ('matplotlib', 'spacy', 'cassis'): sys.modules[name] = None\n"
        "import quoth\n"
        "doc = quoth.load('en')('Ann Low said so.')\n"
        "for call in (lambda: doc.plot, doc.to_spacy, doc.to_cas):\n"
        "    try: call()\n"
        "    except ImportError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert re.findall(r"quoth\[(\w+)\]", done.stdout) == ["plot", "spacy", "cas"]


# --- the notebooks --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path: pathlib.Path) -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    notebook = nbformat.read(path, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "outputs are not kept in git"
    client = nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": path.parent}}
    )
    client.execute()
    shown = [
        output["data"]["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "text/html" in output.get("data", {})
    ]
    assert len(shown) >= 3
    assert any('<div class="quoth">' in html for html in shown)


def test_there_are_notebooks() -> None:
    assert {path.stem for path in NOTEBOOKS} == {"one_article", "corpus"}
