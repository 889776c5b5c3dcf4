"""Pipelines with knowledge of your own: what the with_... methods of Pipeline do."""

from __future__ import annotations

from quoth._check import (
    ATTITUDES,
    OVERLAPS,
    check_choice,
    check_keys,
    check_str,
    check_words,
)
from quoth._core import Pattern, Pipeline, Terms

TYPE_CHECKING = False  # type checkers know better; typing takes longer to import than all of quoth
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any, Literal, Required, TypedDict

    class PatternSpec(TypedDict, total=False):
        """What with_patterns() takes; label and pattern have to be there."""

        label: Required[str]
        pattern: Required[str | Pattern]
        name: str
        priority: int
        overlap: Literal["longest", "replace", "keep", "beside"]
        context: str
        value: str
        ignore_case: bool
        step_limit: int


__all__ = [
    "with_abbreviations",
    "with_aliases",
    "with_cues",
    "with_patterns",
    "with_terms",
    "with_titles",
    "without",
]


def extended(nlp: Pipeline, *extras: tuple[Any, ...]) -> Pipeline:
    """The same pipeline with more extras."""
    return Pipeline(
        nlp.language,
        nlp.stages,
        nlp.newlines,
        nlp.split_in_quotes,
        nlp.abbreviations,
        nlp.model,
        nlp.extras + extras,
    )


def with_terms(
    nlp: Pipeline,
    label: str,
    terms: Terms | str | os.PathLike[str] | Iterable[Any] | Mapping[str, Any],
    *,
    kb_id: str | None = None,
    name: str | None = None,
    case: str = "ignore",
    marks: str = "ignore",
    overlap: str = "longest",
    priority: int = 0,
    rule: str | None = None,
) -> Pipeline:
    """A new pipeline that also finds these words and phrases, as mentions with this label.

    terms: an iterable of str, of tuples (term, kb_id, name) of which the last two may be left out
        or None, or of dicts with these keys; a dict from terms to identifiers; the path of a file
        that ends with .csv (columns term, kb_id, name, or no header and one to three columns),
        .jsonl (a str, a list or a dict a line) or .txt (a term a line); or Terms, which pipelines
        share. name is what the entity is called; terms of one name are one entity.
    kb_id, name: those of all terms that have none of their own.
    case: "ignore" compares by Unicode case folding, "exact" as written.
    marks: "ignore" takes all apostrophes for one and all hyphens for one, "exact" does not.
    overlap: what becomes of a term that overlaps what quoth found: "longest" keeps the longer one,
        and yours when they are as long; "replace" keeps yours; "keep" keeps quoth's; "beside"
        keeps both, yours in doc.matches.
    priority: of your own finds that overlap each other, the one of the highest priority stays, then
        the longest, then the first.
    rule: what the mentions have as their rule; "terms: " and the label by default.

    Terms are found as whole words, the longest at each place, over line ends but not over empty
    lines or paragraphs. White space of any kind is one space.
    """
    check_stage(nlp, "with_terms")
    check_str("label", label)
    check_choice("case", case, ("ignore", "exact"))
    check_choice("marks", marks, ("ignore", "exact"))
    check_choice("overlap", overlap, OVERLAPS)
    if isinstance(priority, bool) or not isinstance(priority, int):
        raise TypeError(f"priority: expected int, got {type(priority).__name__}")
    for argument, value in (("kb_id", kb_id), ("name", name), ("rule", rule)):
        if value is not None:
            check_str(argument, value)
    if not isinstance(terms, Terms):
        exact = (case == "exact", marks == "exact")
        if kb_id is None and name is None and isinstance(terms, (list, tuple)):
            plain = all(type(term) is str for term in terms)  # the quick way for a million
            terms = Terms(terms if plain else _items(terms, None, None), *exact)
        else:
            terms = Terms(_items(terms, kb_id, name), *exact)
    elif kb_id is not None or name is not None or case != "ignore" or marks != "ignore":
        raise TypeError("terms: Terms have their own kb_id, name, case and marks")
    entry = ("terms", terms, str(label), rule or f"terms: {label}", priority, overlap)
    return extended(nlp, entry)


_PATTERN_KEYS = (
    "context",
    "ignore_case",
    "label",
    "name",
    "overlap",
    "pattern",
    "priority",
    "step_limit",
    "value",
)


def with_patterns(
    nlp: Pipeline, patterns: Iterable[Mapping[str, Any]], *, errors: str = "warn"
) -> Pipeline:
    """A new pipeline that also finds what these regular expressions match.

    patterns: dicts with the keys
        label, pattern: what the mentions are, and the pattern of PCRE2 (a str, or a Pattern). It
            knows Unicode and sees one paragraph at a time. Named groups become mention.fields.
        name: what the mentions have as their rule, behind "pattern: "; the label by default.
        value: a template such as "{chamber} {number}", which makes mention.value of the groups.
        context: where a match has to be: "in title", "in quotation" (between quotation marks), "in
            quote" (in the content of a quote), "in sentence with a mention of LABEL"; or "not in
            ...". What a quote is shows last: such finds are in doc.matches.
        overlap, priority: as for with_terms().
        ignore_case: True: case makes no difference.
        step_limit: how many steps a match may take from one place; 0 is what suits the text.
    errors: what to do when a pattern exceeds its limits on a text: "warn" leaves a TextWarning in
        doc.warnings and what was found until then, "raise" raises PatternError. The other patterns
        are looked for all the same.

    Raises PatternError, with pattern, position and message, for one that does not compile.
    """
    check_stage(nlp, "with_patterns")
    check_choice("errors", errors, ("warn", "raise"))
    if isinstance(patterns, (str, dict)) or not hasattr(patterns, "__iter__"):
        found = type(patterns).__name__
        raise TypeError(f"patterns: expected an iterable of dicts, got {found}")
    entries = []
    for number, item in enumerate(patterns):
        if not isinstance(item, dict):
            raise TypeError(f"patterns[{number}]: expected dict, got {type(item).__name__}")
        check_keys(f"patterns[{number}]: ", item, _PATTERN_KEYS)
        entries.append(_pattern_entry(nlp, f"patterns[{number}].", item, errors))
    return extended(nlp, *entries)


def _pattern_entry(
    nlp: Pipeline, where: str, item: Mapping[str, Any], errors: str
) -> tuple[Any, ...]:
    for key in ("label", "pattern"):
        if key not in item:
            raise ValueError(f"{where}{key}: expected a str, got nothing")
    label, pattern, value = item["label"], item["pattern"], item.get("value")
    check_str(where + "label", label)
    priority, limit = item.get("priority", 0), item.get("step_limit", 0)
    for key, number in (("priority", priority), ("step_limit", limit)):
        if isinstance(number, bool) or not isinstance(number, int):
            raise TypeError(f"{where}{key}: expected int, got {type(number).__name__}")
    if not isinstance(pattern, Pattern):
        check_str(where + "pattern", pattern)
        pattern = Pattern(pattern, bool(item.get("ignore_case", False)), limit)
    elif "ignore_case" in item or "step_limit" in item:
        raise TypeError(f"{where}pattern: a Pattern has its own ignore_case and step_limit")
    name = item.get("name", label)
    check_str(where + "name", name)
    context, of = _context(nlp, where, item.get("context"))
    overlap = item.get("overlap", "beside" if context.endswith("quote") else "longest")
    check_choice(where + "overlap", overlap, OVERLAPS)
    if context.endswith("quote") and overlap != "beside":
        raise ValueError(f"{where}overlap: expected 'beside' with this context, got {overlap!r}")
    if value is not None:
        _check_template(where + "value", value, pattern)
    rule = f"pattern: {name}"
    return ("pattern", pattern, str(label), rule, priority, overlap, context, of, value, errors)


def _context(nlp: Pipeline, where: str, given: object) -> tuple[str, str | None]:
    """The context as the core knows it, and the label that it asks for."""
    if given is None:
        return "", None
    check_str(where + "context", given)
    rest = str(given)
    prefix = "not " if rest.startswith("not ") else ""
    rest = rest.removeprefix("not ")
    mention = "in sentence with a mention of "
    if rest.startswith(mention) and rest.removeprefix(mention).strip():
        return prefix + "mention", rest.removeprefix(mention).strip()
    if rest not in ("in title", "in quotation", "in quote"):
        raise ValueError(
            f"{where}context: expected 'in title', 'in quotation', 'in quote' or "
            f"'in sentence with a mention of LABEL', with 'not ' before it or not, got {given!r}"
        )
    if rest == "in quote" and "attribution" not in nlp.stages:
        raise ValueError(f"{where}context: this pipeline was loaded without 'attribution'")
    return prefix + rest.removeprefix("in "), None


def _check_template(argument: str, value: object, pattern: Pattern) -> None:
    from string import Formatter

    check_str(argument, value)
    try:
        parts = list(Formatter().parse(str(value)))
    except ValueError as error:
        raise ValueError(f"{argument}: {error}, in {value!r}") from None
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if form or conversion or name not in pattern.groups:
            groups = ", ".join(f"{{{group}}}" for group in pattern.groups) or "no group"
            raise ValueError(f"{argument}: expected {groups} of the pattern, got {value!r}")


def with_abbreviations(nlp: Pipeline, words: Iterable[str]) -> Pipeline:
    """A new pipeline that also knows these words as ones that a full stop shortens: "Stv."."""
    if isinstance(words, str) or not hasattr(words, "__iter__"):
        raise TypeError(f"abbreviations: expected a collection of str, got {type(words).__name__}")
    return _changed(nlp, nlp.stages, (*nlp.abbreviations, *words), nlp.model)


def with_cues(
    nlp: Pipeline, words: Iterable[str], *, kind: str = "verb", attitude: str = "speech"
) -> Pipeline:
    """A new pipeline that also takes these words for ones that attribute.

    words: one word each, in every form that is to count: ["fumed", "fumes", "fuming"].
    kind: "verb", or "noun" for nouns that a clause follows: the boast that ...
    attitude: what they tell of: "speech", "belief", "intention", "emotion" or "evidence".
    """
    check_stage(nlp, "with_cues")
    check_choice("kind", kind, ("verb", "noun"))
    check_choice("attitude", attitude, ATTITUDES)
    listed = check_words("cues", words)
    for number, word in enumerate(listed):
        if len(word.split()) != 1:
            raise ValueError(f"cues[{number}]: expected one word, got {word!r}")
    return extended(nlp, ("cues", Terms(listed), kind, attitude))


def with_titles(nlp: Pipeline, titles: Iterable[str]) -> Pipeline:
    """A new pipeline that also knows these titles and roles of persons, words or phrases:
    "harbourmaster", "deputy reeve". Beside a name they are mention.title then."""
    check_stage(nlp, "with_titles")
    return extended(nlp, ("titles", Terms(check_words("titles", titles))))


def with_aliases(nlp: Pipeline, aliases: Mapping[str, Any], *, label: str = "PERSON") -> Pipeline:
    """A new pipeline that also knows by which other names somebody or something goes.

    aliases: a dict from the name to its other names, or to a dict with these as aliases, and kb_id:
        {"Margaret Thatcher": ["the Iron Lady"]}, {"EU": {"aliases": ["Brussels"], "kb_id": "Q458"}}
    label: what all of them are.

    The aliases are found like terms, in place of what they overlap; they, the name, and the short
    forms of it are one entity, which is called by that name.
    """
    check_stage(nlp, "with_aliases")
    check_str("label", label)
    if not hasattr(aliases, "items"):
        raise TypeError(f"aliases: expected dict, got {type(aliases).__name__}")
    terms: list[tuple[str, str | None, str]] = []
    for name, given in aliases.items():
        check_str("aliases: name", name)
        terms += _aliases_of(name, given)
    return extended(nlp, ("terms", Terms(terms), str(label), "alias", 0, "replace"))


def _aliases_of(name: str, given: Any) -> list[tuple[str, str | None, str]]:
    where, kb_id = f"aliases[{name!r}]", None
    if hasattr(given, "items"):
        check_keys(f"{where}: ", given, ("aliases", "kb_id"))
        kb_id = given.get("kb_id")
        if kb_id is not None:
            check_str(f"{where}: kb_id", kb_id)
        given = given.get("aliases", ())
    return [(term, kb_id, name) for term in (name, *check_words(where, given))]


_NEEDS = {"entity": {"structure"}, "link": {"entity"}, "attribution": {"link"}}


def without(nlp: Pipeline, *stages: str) -> Pipeline:
    """A new pipeline that leaves these stages out, and those that need them."""
    names = ("structure", "entity", "link", "attribution")
    for stage in stages:
        check_choice("stages", stage, names)
    gone = set(stages)
    for stage, needed in _NEEDS.items():  # in the order of the stages
        if needed & gone:
            gone.add(stage)
    kept = [stage for stage in nlp.stages if stage not in gone]
    if "entity" not in kept and any(e[0] != "component" for e in nlp.extras):
        raise ValueError("stages: terms, patterns and words of your own need the stage 'entity'")
    if "attribution" not in kept and any(e[6:7] == ("quote",) for e in nlp.extras):
        raise ValueError("stages: a pattern in quotes needs the stage 'attribution'")
    left = _changed(nlp, kept, nlp.abbreviations, nlp.model if "entity" in kept else None)
    if any(entry[0] == "component" for entry in left.extras):
        from quoth._components import check_stages

        check_stages(left)
    return left


def _changed(nlp: Pipeline, stages: Any, abbreviations: Any, model: Any) -> Pipeline:
    options = (nlp.newlines, nlp.split_in_quotes, abbreviations, model, nlp.extras)
    return Pipeline(nlp.language, stages, *options)


def check_stage(nlp: Pipeline, method: str) -> None:
    if "entity" not in nlp.stages:
        raise ValueError(f"{method}: this pipeline was loaded without the stage 'entity'")


def _items(terms: Any, kb_id: str | None, name: str | None) -> Iterator[tuple[Any, Any, Any]]:
    """Terms of any form as tuples; what is wrong with one is told by Terms()."""
    if isinstance(terms, str) or hasattr(terms, "__fspath__"):
        terms = _from_file(terms)
    elif hasattr(terms, "items"):
        terms = terms.items()
    elif not hasattr(terms, "__iter__"):
        raise TypeError(f"terms: expected an iterable of str, got {type(terms).__name__}")
    for number, item in enumerate(terms):
        if isinstance(item, dict):
            unknown = sorted(set(item) - {"term", "kb_id", "name"})
            if unknown or "term" not in item:
                found = f"the key {unknown[0]!r}" if unknown else "no key 'term'"
                raise ValueError(f"terms[{number}]: expected term, kb_id and name, got {found}")
            item = (item["term"], item.get("kb_id"), item.get("name"))
        if isinstance(item, (tuple, list)):
            if not 1 <= len(item) <= 3:
                raise ValueError(f"terms[{number}]: expected (term, kb_id, name), got {item!r:.80}")
            item = (*item, None, None)[:3]
            yield item[0], item[1] or kb_id, item[2] or name
        else:
            yield item, kb_id, name


def _from_file(path: str | os.PathLike[str]) -> Iterator[Any]:
    file_name = str(path)
    kind = file_name.rpartition(".")[2].lower()
    if kind not in ("csv", "jsonl", "txt"):
        raise ValueError(f"terms: expected a .csv, .jsonl or .txt file, got {file_name!r}")
    with open(path, encoding="utf-8-sig", newline="" if kind == "csv" else None) as file:
        if kind == "csv":
            yield from _from_csv(file_name, file)
            return
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            if kind == "txt":
                yield line.strip()
            else:
                yield _from_json(f"{file_name}, line {number}", line)


def _from_csv(file_name: str, file: Iterable[str]) -> Iterator[Any]:
    import csv

    columns = None
    reader = csv.reader(file)
    for number, row in enumerate(reader):
        if number == 0 and "term" in row:
            columns = row
            continue
        if not any(row):
            continue
        if columns is None and len(row) <= 3:
            yield tuple(row)
        elif columns is not None and len(row) == len(columns):
            cells = dict(zip(columns, row, strict=True))
            yield cells["term"], cells.get("kb_id"), cells.get("name")
        else:
            expected = len(columns) if columns else "one to three"
            where = f"{file_name}, line {reader.line_num}"
            raise ValueError(f"{where}: expected {expected} columns, got {len(row)}")


def _from_json(where: str, line: str) -> Any:
    import json

    try:
        item = json.loads(line)
    except ValueError as error:
        raise ValueError(f"{where}: expected JSON: {error}") from None
    if not isinstance(item, (str, list, dict)):
        raise ValueError(f"{where}: expected a str, a list or a dict, got {line.strip():.80}")
    return tuple(item) if isinstance(item, list) else item
