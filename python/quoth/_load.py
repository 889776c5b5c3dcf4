"""Pipelines: making one, and the quick way without one."""

from __future__ import annotations

from quoth._core import Model, Pipeline, split

TYPE_CHECKING = False  # type checkers know better; typing takes longer to import than all of quoth
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from quoth._core import Newlines, Stage

__all__ = ["load", "split_sentences"]


def load(
    language: str = "en",
    *,
    stages: Iterable[Stage] | None = None,
    newlines: Newlines = "auto",
    split_in_quotes: bool = True,
    model: Model | str | os.PathLike[str] | None = "shipped",
) -> Pipeline:
    """Makes a Pipeline, which reads texts: ``nlp = quoth.load("en"); doc = nlp(text)``.

    stages: the names of the stages to run, out of "sentence", "structure", "entity", "link" and
        "attribution"; each brings those that it needs. None runs all of them.
    newlines: what one newline means. "break" ends a paragraph, "space" is white space, "auto"
        decides for each text whether its lines are hard-wrapped.
    split_in_quotes: whether a sentence may end inside a quotation.
    model: "shipped" is the model that comes with quoth, mapped when a stage uses it; None reads
        with rules and lists only; a path, or a Model, is one of your own.

    Raises TypeError or ValueError naming the argument that is wrong, ModelError (a ValueError) for
    a model file that is damaged.
    """
    if model == "shipped":
        return Pipeline(language, stages, newlines, split_in_quotes)
    if model is not None and not isinstance(model, Model):
        from quoth._model import open_model

        model = open_model(model)
    return Pipeline(language, stages, newlines, split_in_quotes, model)


_sentence_pipelines: dict[tuple[str, bool], Pipeline] = {}  # one for each choice of options


def split_sentences(
    text: str, *, newlines: Newlines = "auto", split_in_quotes: bool = True
) -> list[str]:
    """The sentences of an English text, the quick way; the options are those of load()."""
    if not isinstance(newlines, str):
        raise TypeError(f"newlines: expected str, got {type(newlines).__name__}")
    options = (newlines, bool(split_in_quotes))
    nlp = _sentence_pipelines.get(options)
    if nlp is None:
        nlp = Pipeline("en", ("sentence",), newlines, split_in_quotes)
        _sentence_pipelines[options] = nlp
    return split(nlp, text)
