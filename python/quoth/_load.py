"""Pipelines: making one, and the quick ways to sentences without one."""

from __future__ import annotations

from quoth._core import Model, Pipeline

TYPE_CHECKING = False  # type checkers know better; typing takes longer to import than all of quoth
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from typing import overload

    from quoth._core import Newlines, SentenceOffsets, Stage

__all__ = ["load", "sentence_offsets", "sentence_pipeline", "split_sentences"]


def load(
    language: str = "en",
    *,
    stages: Iterable[Stage] | None = None,
    newlines: Newlines = "auto",
    split_in_quotes: bool = True,
    abbreviations: Iterable[str] = (),
    model: Model | str | os.PathLike[str] | None = "shipped",
    rules: str | os.PathLike[str] | None = None,
) -> Pipeline:
    """Makes a Pipeline, which reads texts: ``nlp = quoth.load("en"); doc = nlp(text)``.

    stages: the names of the stages to run, out of "sentence", "structure", "entity", "link" and
        "attribution"; each brings those that it needs. None runs all of them.
    newlines: what one newline means. "break" ends a paragraph, "space" is white space, "auto"
        decides for each text whether its lines are hard-wrapped.
    split_in_quotes: whether a sentence may end inside a quotation.
    abbreviations: words that a full stop shortens, beside those that quoth knows: "Stv." or "Stv".
        They end a sentence only before a word that typically begins one.
    model: "shipped" is the model that comes with quoth, mapped when a stage uses it; None reads
        with rules and lists only; a path, or a Model, is one of your own.

    rules: a TOML file with abbreviations, terms and patterns of your own; see docs/extending.md.

    Raises TypeError or ValueError naming the argument that is wrong, or the line of the rules;
        ModelError (a ValueError) for a model file that is damaged.
    """
    if rules is not None:
        from quoth._rules import with_rules

        nlp = load(
            language,
            stages=stages,
            newlines=newlines,
            split_in_quotes=split_in_quotes,
            abbreviations=abbreviations,
            model=model,
        )
        return with_rules(nlp, rules)
    if model == "shipped":
        return Pipeline(language, stages, newlines, split_in_quotes, abbreviations)
    if model is not None and not isinstance(model, Model):
        from quoth._model import open_model

        model = open_model(model)
    return Pipeline(language, stages, newlines, split_in_quotes, abbreviations, model)


_plain = Pipeline("en", ("sentence",))
_pipelines: dict[tuple[str, bool, tuple[str, ...]], Pipeline] = {}  # one for each choice of options
_PIPELINES_MOST = 64


def sentence_pipeline(
    newlines: Newlines, split_in_quotes: bool, abbreviations: Iterable[str]
) -> Pipeline:
    """A Pipeline that finds sentences only, kept for the next call with the same options."""
    if newlines == "auto" and split_in_quotes is True and abbreviations == ():
        return _plain
    if not isinstance(newlines, str):
        raise TypeError(f"newlines: expected str, got {type(newlines).__name__}")
    if isinstance(abbreviations, str):
        raise TypeError("abbreviations: expected a collection of str, got str")
    options = (newlines, bool(split_in_quotes), tuple(abbreviations) if abbreviations else ())
    nlp = _pipelines.get(options)
    if nlp is None:
        nlp = Pipeline("en", ("sentence",), newlines, split_in_quotes, options[2])
        if len(_pipelines) >= _PIPELINES_MOST:
            _pipelines.clear()
        _pipelines[options] = nlp
    return nlp


if TYPE_CHECKING:

    @overload
    def split_sentences(
        text: str,
        *,
        newlines: Newlines = "auto",
        split_in_quotes: bool = True,
        abbreviations: Iterable[str] = (),
    ) -> list[str]: ...
    @overload
    def split_sentences(
        text: bytes,
        *,
        newlines: Newlines = "auto",
        split_in_quotes: bool = True,
        abbreviations: Iterable[str] = (),
    ) -> list[bytes]: ...


def split_sentences(
    text: str | bytes,
    *,
    newlines: Newlines = "auto",
    split_in_quotes: bool = True,
    abbreviations: Iterable[str] = (),
) -> list[str] | list[bytes]:
    """The sentences of an English text, the quick way; the options are those of load().

    The UTF-8 of a text as bytes gives bytes; a UnicodeDecodeError says where it is no UTF-8.
    """
    return sentence_pipeline(newlines, split_in_quotes, abbreviations).split(text)


def sentence_offsets(
    text: str | bytes,
    *,
    newlines: Newlines = "auto",
    split_in_quotes: bool = True,
    abbreviations: Iterable[str] = (),
) -> SentenceOffsets:
    """Where the sentences of an English text start and end; the options are those of load().

    A sequence of pairs that is also a buffer of int64 with the shape (n, 2): ``numpy.asarray()``
    and ``pyarrow.py_buffer()`` take it without a copy. Offsets are half-open and count code points
    of a str, bytes of bytes.
    """
    return sentence_pipeline(newlines, split_in_quotes, abbreviations).sentence_offsets(text)
