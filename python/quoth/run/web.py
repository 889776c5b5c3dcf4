"""The article of a web page that was saved, by trafilatura (the extra quoth[html])."""

from __future__ import annotations

from quoth._extra import extra

__all__ = ["article_of"]


def article_of(page: str, name: str) -> str | None:
    """The text of the article of an HTML page, or None if there is none; name is for messages."""
    trafilatura = extra("trafilatura", "html", name)
    text = trafilatura.extract(
        page, output_format="txt", include_comments=False, include_tables=False
    )
    return text if isinstance(text, str) and text.strip() else None
