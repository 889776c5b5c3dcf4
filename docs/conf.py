"""The documentation as a site: ``make docs``. The pages are Markdown; the reference is made from
the docstrings of the package."""

import re
from typing import Any

import quoth

project = "quoth"
copyright = "the developers of quoth"
version = release = quoth.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["examples"]
html_theme = "furo"
html_title = f"quoth {release}"
myst_heading_anchors = 3
autodoc_member_order = "bysource"
nitpicky = False


def links_into_the_sources(app: Any, name: str, source: list[str]) -> None:
    """Relative links to files of the repository, which a site has not: only the words stay."""
    source[0] = re.sub(r"\[([^\]]+)\]\((?:\.\./|examples/|notebooks/)[^)]*\)", r"\1", source[0])


def plain_text_to_rst(
    app: Any, what: str, name: str, of: Any, options: Any, lines: list[str]
) -> None:
    """Docstrings are plain text: ``name: what it means`` becomes a field, an indented block after
    an empty line is code, and other indented lines go on with the paragraph, field or item."""
    made: list[str] = []
    code = False
    hanging = ""  # what lines of this field or list item are indented by
    for line in lines:
        argument = re.match(r"([a-z]\w*(?:, [a-z]\w*)*): ", line)
        if not line:
            hanging = ""
        elif line.startswith(" ") and (code or (made and not made[-1])):
            made += [] if code else ["::", ""]
            code = True
        elif argument and what in ("function", "method", "class"):
            if not hanging and made and made[-1]:
                made.append("")
            # several names are no field of Sphinx, which takes the first for a type
            field = argument[1] if "," in argument[1] else f"param {argument[1]}"
            line = f":{field}: {line[argument.end() :]}"
            hanging, code = "   ", False
        elif line.startswith("- "):
            hanging, code = "  ", False
        else:
            line = hanging + line.strip().replace("_...", "\\_...")
            code = False
        made.append(line)
    lines[:] = made


def setup(app: Any) -> None:
    app.connect("source-read", links_into_the_sources)
    app.connect("autodoc-process-docstring", plain_text_to_rst)
