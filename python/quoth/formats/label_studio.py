"""Tasks for Label Studio (https://labelstud.io/guide/predictions.html), offsets in UTF-16.

Label Studio counts as browsers do, in code units of UTF-16: an emoji counts twice. What quoth
found is a prediction, which annotators correct: labelled spans and relations between them.
labelling_config() is a project configuration that fits.
"""

from __future__ import annotations

from typing import Any

from quoth._core import Document, Span, __version__
from quoth.formats.build import LABELS
from quoth.formats.offsets import to_unit

__all__ = ["labelling_config", "to_label_studio"]

_ROLES = ("Content", "Cue", "Source")


def labelling_config() -> str:
    """The configuration of a Label Studio project for these tasks."""
    labels = "".join(f'    <Label value="{name}"/>\n' for name in (*_ROLES, *LABELS))
    return (
        '<View>\n  <Labels name="label" toName="text">\n'
        f"{labels}  </Labels>\n"
        '  <Text name="text" value="$text" granularity="word"/>\n</View>\n'
    )


def to_label_studio(doc: Document, meta: dict[str, Any] | None = None) -> dict[str, Any]:
    """A task: the text, and one prediction with all names and quotes.

    meta: what goes beside the text in the task's data.
    """
    offset = to_unit(doc.text, "utf16")
    result: list[dict[str, Any]] = []

    def add(name: str, span: Span, label: str, score: float) -> None:
        value = {
            "start": offset(span.start_char),
            "end": offset(span.end_char),
            "text": span.text,
            "labels": [label],
        }
        ids = {"id": name, "from_name": "label", "to_name": "text", "type": "labels"}
        result.append({**ids, "value": value, "score": round(score, 4)})

    def relate(start: str, end: str, label: str) -> None:
        ends = {"from_id": start, "to_id": end, "type": "relation", "direction": "right"}
        result.append({**ends, "labels": [label]})

    for number, mention in enumerate(doc.ents):
        add(f"m{number}", mention, mention.label_, mention.score)
    for number, quote in enumerate(doc.quotes):
        for part, piece in enumerate(quote.content):
            add(f"q{number}-content{part}", piece, "Content", quote.score)
            if part > 0:
                relate(f"q{number}-content0", f"q{number}-content{part}", "continued")
        for role, span in (("cue", quote.cue), ("source", quote.source)):
            if span is not None:
                add(f"q{number}-{role}", span, role.capitalize(), quote.score)
                relate(f"q{number}-content0", f"q{number}-{role}", role)
    prediction = {"model_version": f"quoth {__version__}", "result": result}
    return {"data": {"text": doc.text, **(meta or {})}, "predictions": [prediction]}
