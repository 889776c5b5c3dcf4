"""The compiled types. Offsets are half-open and count code points of the text that was read."""

import datetime
import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from mmap import mmap
from typing import (
    Any,
    Literal,
    SupportsIndex,
    TypeAlias,
    TypeVar,
    final,
    overload,
)

from typing_extensions import Buffer

from quoth._components import Component
from quoth._draft import Draft
from quoth._extend import PatternSpec
from quoth._tried import Tried

Stage: TypeAlias = Literal["sentence", "structure", "entity", "link", "attribution"]
Newlines: TypeAlias = Literal["auto", "break", "space"]
ParagraphKind: TypeAlias = Literal[
    "body",
    "title",
    "standfirst",
    "byline",
    "dateline",
    "source_line",
    "heading",
    "list_item",
    "author_note",
]
QuotationKind: TypeAlias = Literal["speech", "scare", "title", "nickname", "mention"]
QuoteType: TypeAlias = Literal["direct", "mixed", "indirect"]
Attitude: TypeAlias = Literal["speech", "belief", "intention", "emotion", "evidence"]
SpeakerReason: TypeAlias = Literal[
    "name",
    "pronoun",
    "title",
    "continued",
    "label",
    "spokesperson",
    "no_source",
    "undecided",
    "unnamed",
    "given",
]
TableName: TypeAlias = Literal["sents", "quotes", "ents"]
WarningCode: TypeAlias = Literal["unclosed_quotation", "stray_mark", "pattern_limit", "component"]

_Context = TypeVar("_Context")
_OnError: TypeAlias = Callable[[int, Any, Exception], object]
_Errors: TypeAlias = Literal["raise", "warn"] | _OnError

_Term: TypeAlias = str | tuple[str | None, ...] | list[str | None] | dict[str, str | None]
_Overlap: TypeAlias = Literal["longest", "replace", "keep", "beside"]

__version__: str

class ModelError(ValueError):
    """A model file is damaged, or is none."""

class LimitError(ValueError):
    """A text is too long to be read."""

class Span:
    """A stretch of a text. Within one text, spans of one type are ordered by their offsets."""

    def __new__(cls, text: str, start_char: int, end_char: int) -> Span: ...
    @property
    def text(self) -> str:
        """The characters of the span."""
    @property
    def start_char(self) -> int:
        """Offset of the first character, in code points."""
    @property
    def end_char(self) -> int:
        """Offset behind the last character, in code points."""
    def __len__(self) -> int: ...
    def __hash__(self) -> int: ...
    def __lt__(self, other: Span, /) -> bool: ...
    def __le__(self, other: Span, /) -> bool: ...
    def __gt__(self, other: Span, /) -> bool: ...
    def __ge__(self, other: Span, /) -> bool: ...

@final
class SentenceOffsets(Sequence[tuple[int, int]]):
    """Starts and ends of sentences: pairs of int, and a buffer of int64 with the shape (n, 2)."""

    def __new__(cls, data: Buffer) -> SentenceOffsets: ...
    @overload
    def __getitem__(self, index: SupportsIndex, /) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, index: slice, /) -> Sequence[tuple[int, int]]: ...
    def __len__(self) -> int: ...
    def __hash__(self) -> int: ...
    def __buffer__(self, flags: int, /) -> memoryview: ...

@final
class Sentence(Span):
    """One sentence; a heading, a dateline and a list item count as one, too."""

    def __new__(
        cls, text: str, start_char: int, end_char: int, label_: str | None = None
    ) -> Sentence: ...
    @property
    def label_(self) -> str | None:
        """The label that a component gave it."""

@final
class Paragraph(Span):
    """A paragraph, without the white space around it."""

    def __new__(
        cls, text: str, start_char: int, end_char: int, kind: ParagraphKind = "body"
    ) -> Paragraph: ...
    @property
    def kind(self) -> ParagraphKind:
        """What the paragraph is."""

@final
class TextWarning(Span):
    """Something odd about the text, which was read all the same."""

    def __new__(
        cls, text: str, start_char: int, end_char: int, code: WarningCode
    ) -> TextWarning: ...
    @property
    def code(self) -> WarningCode:
        """What is odd."""
    @property
    def message(self) -> str:
        """The same as an English sentence."""
    @property
    def detail(self) -> str | None:
        """Which pattern of your own it is about."""

@final
class Dateline(Span):
    """The line, or the opening of the first paragraph, that says when and where."""

    @property
    def date(self) -> datetime.date | None:
        """The date of the article."""
    @property
    def place(self) -> Span | None:
        """Where it was written."""
    @property
    def section(self) -> Span | None:
        """The kind of article, such as Commentary."""
    @property
    def outlet(self) -> Span | None:
        """The news agency."""

@final
class SourceLine(Span):
    """The line that says where the article appeared first."""

    @property
    def date(self) -> datetime.date | None:
        """The date of the article."""
    @property
    def outlet(self) -> Span | None:
        """Where it appeared."""

@final
class Quotation(Span):
    """A stretch between quotation marks; the marks are part of its text."""

    @property
    def inner(self) -> Span:
        """What is between the marks."""
    @property
    def kind(self) -> QuotationKind:
        """What the marks are for."""
    @property
    def closed(self) -> bool:
        """False when the closing mark is missing, or when the next paragraph goes on."""
    @property
    def quote(self) -> Quote | None:
        """The quote that it belongs to."""

@final
class Mention(Span):
    """A stretch of the text that names someone or something."""

    @property
    def label_(self) -> str:
        """An OntoNotes label, or one of your own."""
    @property
    def entity(self) -> Entity | None:
        """Who or what is named."""
    @property
    def title(self) -> Span | None:
        """The title or role of a person beside the name."""
    @property
    def score(self) -> float:
        """How sure the label is, 0 to 1."""
    @property
    def rule(self) -> str:
        """The name of what found the mention."""
    @property
    def value(self) -> str | None:
        """What a date, a time, an amount or a number says, in one form: ISO 8601, USD 2000000."""
    @property
    def kb_id_(self) -> str | None:
        """The identifier of the entity: of Wikidata, or one of your own."""
    @property
    def fields(self) -> dict[str, Span]:
        """The named groups of the pattern that found it."""

@final
class Entity:
    """Who or what one or more mentions of an article name."""

    @property
    def name(self) -> str:
        """The canonical name."""
    @property
    def aliases(self) -> tuple[str, ...]:
        """The other texts of its mentions, in order."""
    @property
    def titles(self) -> tuple[str, ...]:
        """The titles and roles beside its mentions, in order."""
    @property
    def label_(self) -> str:
        """An OntoNotes label, or one of your own."""
    @property
    def kb_id_(self) -> str | None:
        """The Wikidata identifier."""
    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Where it is named, in text order."""
    @property
    def members(self) -> tuple[Entity, ...]:
        """Of a family ("the Clintons"): the persons who bear its name, in order; else empty."""
    @property
    def quotes(self) -> tuple[Quote, ...]:
        """What it says, in text order."""
    def __hash__(self) -> int: ...

@final
class Quote:
    """What someone says, thinks or shows, as an article reports it."""

    @property
    def type(self) -> QuoteType:
        """Whether all of it, part of it or none of it is between quotation marks."""
    @property
    def content(self) -> tuple[Span, ...]:
        """What is said, marks included; at least one piece."""
    @property
    def text(self) -> str:
        """The texts of its content, joined by a space."""
    @property
    def cue(self) -> Span | None:
        """The words that attribute it, such as "said"."""
    @property
    def source(self) -> Span | None:
        """The words that name who says it."""
    @property
    def speaker(self) -> Entity | None:
        """Whom the source stands for."""
    @property
    def speaker_reason(self) -> SpeakerReason:
        """How the speaker was found, or why there is none."""
    @property
    def speaker_candidates(self) -> tuple[tuple[Entity, float], ...]:
        """Whom a pronoun as source may stand for, likeliest first, with shares of one."""
    @property
    def parent(self) -> Quote | None:
        """The quote of whose content this one is a part."""
    @property
    def attitude(self) -> Attitude:
        """Whether it is said, believed, intended, felt or shown."""
    @property
    def factual(self) -> bool:
        """False: not said, or only might or should be said."""
    @property
    def sents(self) -> tuple[Sentence, ...]:
        """The sentences that its content touches."""
    @property
    def score(self) -> float:
        """How sure the attribution is, 0 to 1."""
    @property
    def rule(self) -> str:
        """The name of the rule that attributed it."""
    @property
    def closed(self) -> bool:
        """False: a closing quotation mark is missing."""
    @property
    def start_char(self) -> int:
        """Where its first piece of content starts, in code points."""
    @property
    def end_char(self) -> int:
        """Where its last piece of content ends, in code points."""
    def __hash__(self) -> int: ...

_Item = TypeVar("_Item", covariant=True)

@final
class Items(tuple[_Item, ...]):
    """A tuple of things of one document; a notebook shows it, and a slice of it, as a table."""

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> _Item: ...
    @overload
    def __getitem__(self, index: slice, /) -> Items[_Item]: ...
    def _repr_html_(self) -> str: ...

@final
class Document:
    """One article, read. It never changes. Equal by text and results."""

    @property
    def text(self) -> str:
        """The text that was read."""
    @property
    def sents(self) -> Items[Sentence]:
        """The sentences: in order, not overlapping, with all characters but white space."""
    @property
    def paragraphs(self) -> Items[Paragraph]:
        """The paragraphs, in text order."""
    @property
    def tokens(self) -> Items[Span]:
        """Words, numbers and marks, in text order; empty when no stage needed them."""
    @property
    def title(self) -> Span | None:
        """The title."""
    @property
    def standfirst(self) -> Span | None:
        """The line or two below the title that sum it up."""
    @property
    def byline(self) -> Span | None:
        """Who wrote it."""
    @property
    def dateline(self) -> Dateline | None:
        """When and where."""
    @property
    def source_line(self) -> SourceLine | None:
        """Where it appeared first."""
    @property
    def author_note(self) -> Span | None:
        """About the author, at the end."""
    @property
    def quotes(self) -> Items[Quote]:
        """Who said what, in text order."""
    @property
    def quotations(self) -> Items[Quotation]:
        """Every stretch between quotation marks, in text order."""
    @property
    def ents(self) -> Items[Mention]:
        """What is named, in text order, not overlapping."""
    @property
    def entities(self) -> Items[Entity]:
        """Who and what is named, in order of first mention."""
    @property
    def matches(self) -> tuple[Mention, ...]:
        """What was to be found beside the mentions, in text order."""
    @property
    def warnings(self) -> Items[TextWarning]:
        """What was odd about the text."""
    def to_dict(self, *, include_text: bool = True, include_tokens: bool = False) -> dict[str, Any]:
        """The document as a dict of plain values."""
    def to_json(
        self,
        *,
        include_text: bool = True,
        include_tokens: bool = False,
        indent: int | None = None,
        offset_unit: Literal["codepoint", "utf8", "utf16"] = "codepoint",
    ) -> str:
        """The same as a JSON str; quoth.from_json() reads it back."""
    @property
    def plot(self) -> Any:
        """Plots of the document, as of quoth.plot; needs quoth[plot]."""
    @property
    def data(self) -> dict[str, Any]:
        """What components had to say, by name; a copy."""
    @property
    def version(self) -> str | None:
        """The version of the pipeline that read it, or None if that is not known."""
    @property
    def speakers(self) -> tuple[Entity, ...]:
        """Who is quoted, most often quoted first."""
    def said_by(self, name: str, /) -> tuple[Quote, ...]:
        """The quotes of the speakers that the name names, by an alias or the last name too."""
    @overload
    def explain(self, what: Quote | int, nlp: Pipeline | None = None) -> str:
        """Why a quote is whose it is, in a few lines; why a mention was found, as a list of (word,
        what spoke for it, how much), strongest first; both with what was tried and lost, which is
        all that an offset has."""
    @overload
    def explain(
        self, what: Mention, nlp: Pipeline | None = None
    ) -> list[tuple[str, str, float]]: ...
    def tried(self, what: Quote | Span | int, nlp: Pipeline | None = None) -> tuple[Tried, ...]:
        """What was tried for a quote or a mention, or at a span or an offset, and lost."""
    def to_table(self, table: TableName = "quotes", doc_id: str | int | None = None) -> Table:
        """Its sentences, quotes or mentions, a row each; doc_id is 0 if none is given."""
    def to_arrow(self, table: TableName = "quotes", doc_id: str | int | None = None) -> Any:
        """The same as a pyarrow.Table."""
    def to_pandas(self, table: TableName = "quotes", doc_id: str | int | None = None) -> Any:
        """The same as a pandas.DataFrame."""
    def to_polars(self, table: TableName = "quotes", doc_id: str | int | None = None) -> Any:
        """The same as a polars.DataFrame."""
    def to_html(self, page: bool = False) -> str:
        """The article with quotes, speakers and entities marked; page: as a whole page."""
    def to_brat(self) -> str:
        """The .ann file of brat, as PolNeAR has it."""
    def to_conll(self, scheme: Literal["2003", "u"] = "2003", doc_id: str | None = None) -> str:
        """CoNLL-2003 columns, or CoNLL-U."""
    def to_web_annotations(self, source: str = "urn:quoth:text") -> dict[str, Any]:
        """A W3C Web Annotation page."""
    def to_spacy(self, vocab: Any = None) -> Any:
        """A spaCy Doc; needs quoth[spacy]."""
    def to_prodigy(self, meta: dict[str, Any] | None = None) -> dict[str, Any]:
        """A task for Prodigy."""
    def to_label_studio(self, meta: dict[str, Any] | None = None) -> dict[str, Any]:
        """A task for Label Studio with a prediction; offsets in UTF-16."""
    def to_citron(self) -> dict[str, Any]:
        """The JSON of BBC Citron."""
    def to_cas(self, system: Any = None) -> Any:
        """A UIMA CAS as INCEpTION reads it; needs quoth[cas]."""
    def to_csv(
        self, table: Literal["sents", "quotes", "ents"] = "quotes", doc_id: str | None = None
    ) -> str:
        """One table as comma-separated values."""
    def _repr_html_(self) -> str: ...
    def __hash__(self) -> int: ...

@final
class Table:
    """Rows of sentences, quotes or mentions, in columns as Apache Arrow has them: what knows the
    Arrow PyCapsule interface (pyarrow, Polars, DuckDB, pandas) takes it as it is."""

    @property
    def name(self) -> TableName:
        """What the rows are."""
    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of its columns."""
    @property
    def column_types(self) -> tuple[tuple[str, bool], ...]:
        """Of each column its format in Arrow's C data interface and whether it may hold nulls."""
    def __len__(self) -> int: ...
    def column(self, name: str, /) -> list[Any]:
        """The values of a column; absent ones are None. KeyError if there is no such column."""
    def array(self, name: str, /) -> memoryview:
        """The values of a column of numbers, which NumPy takes as they are: int64, -1 where there
        is none, or float64, NaN where there is none. TypeError for other columns."""
    def to_pylist(self) -> list[dict[str, Any]]:
        """A dict for each row."""
    def to_arrow(self) -> Any:
        """A pyarrow.Table that shares the memory."""
    def to_pandas(self) -> Any:
        """A pandas.DataFrame."""
    def to_polars(self) -> Any:
        """A polars.DataFrame."""
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

_Pair: TypeAlias = tuple[int, int]
_Try: TypeAlias = tuple[int, _Pair, _Pair, _Pair, _Pair, int, str, str | None, float]

class Reading:
    """A text between two stages; not public, see quoth._components."""

    def __new__(cls, pipeline: Pipeline, text: str, stages: int, /) -> Reading: ...
    def run(self, stage: str, /) -> None:
        """Reads up to a stage, or again what has changed."""
    def document(self) -> Document:
        """What is known so far."""
    def finish(
        self, data: dict[str, Any], sentence_labels: dict[int, str], warnings: list[str], /
    ) -> Document:
        """The Document; nothing can be read after it."""
    def edit_mentions(self, edits: list[Any], /) -> None:
        """See quoth._draft."""
    def edit_quotes(self, edits: list[Any], /) -> None:
        """See quoth._draft."""
    def can_hold(self, start: int, end: int, /) -> bool:
        """Whether a mention can be there."""
    def watch(self) -> None:
        """What is tried from now on is written down."""
    def tries(self) -> list[_Try]:
        """What was tried; see quoth._tried."""

class Reader:
    """Reads many texts side by side and in order; not public, see quoth._pipe."""

    def __new__(
        cls,
        pipeline: Pipeline,
        threads: int,
        tables: tuple[TableName, ...],
        room: int,
        until: Stage = ...,
        /,
    ) -> Reader: ...
    def __len__(self) -> int: ...
    def put(self, text: str | Reading, number: int, /) -> None:
        """Gives a text to be read; it must not be full."""
    def full(self) -> bool:
        """Whether no more texts are to be put in now."""
    def ready(self) -> bool:
        """Whether take() would not wait."""
    def take(self) -> Document | None:
        """What the oldest text holds; None when its rows went to tables."""
    def add(self, document: Document, number: int, /) -> None:
        """The rows of a document, to the tables."""
    def finish(
        self,
        name: TableName,
        ids: tuple[str, str, list[Any]] | None,
        more: tuple[tuple[str, str, list[Any]], ...],
        /,
    ) -> Table:
        """The table of what was read."""
    def close(self) -> None:
        """Ends the threads."""

@final
class Model:
    """A model file, checked: what pipelines know beside rules and lists."""

    def __new__(
        cls, data: bytes | bytearray | memoryview | mmap, path: str | None = None
    ) -> Model: ...
    @property
    def path(self) -> str | None:
        """Where it was read from, or None."""
    @property
    def version(self) -> str:
        """The checksum of its content in hexadecimal digits."""

class PatternError(ValueError):
    """A pattern does not compile, or exceeded its limits on a text."""

    pattern: str
    position: int | None
    message: str

@final
class Pattern:
    """A regular expression of PCRE2, compiled. It never changes; pipelines share it."""

    def __new__(cls, pattern: str, ignore_case: bool = False, step_limit: int = 0) -> Pattern: ...
    @property
    def pattern(self) -> str:
        """Its source."""
    @property
    def groups(self) -> tuple[str, ...]:
        """The names of its groups."""
    @property
    def ignore_case(self) -> bool:
        """Whether case makes no difference."""
    @property
    def step_limit(self) -> int:
        """How many steps a match may take from one place; 0: what suits the text."""
    def __hash__(self) -> int: ...

@final
class Terms(Sequence[tuple[str, str | None, str | None]]):
    """Words and phrases to look for, all at once. It never changes; pipelines share it."""

    def __new__(
        cls,
        terms: Iterable[str | tuple[str | None, ...]] | bytes,
        exact_case: bool = False,
        exact_marks: bool = False,
    ) -> Terms: ...
    @overload
    def __getitem__(self, index: SupportsIndex, /) -> tuple[str, str | None, str | None]: ...
    @overload
    def __getitem__(self, index: slice, /) -> Sequence[tuple[str, str | None, str | None]]: ...
    def __len__(self) -> int: ...
    def __hash__(self) -> int: ...
    def find(self, text: str, /) -> list[tuple[int, int, int]]:
        """The terms in a text, leftmost and longest first: start, end, number of the term."""
    def pack(self) -> bytes:
        """All terms as bytes, for Terms()."""
    @property
    def exact_case(self) -> bool:
        """Whether upper and lower case differ."""
    @property
    def exact_marks(self) -> bool:
        """Whether kinds of apostrophes and hyphens differ."""
    @property
    def memory(self) -> int:
        """Bytes of memory that it takes."""
    @property
    def version(self) -> str:
        """The checksum of its content in hexadecimal digits."""

@final
class Trainer:
    """Learns a tagger; quoth.train uses it."""

    def __new__(cls, pipeline: Pipeline) -> Trainer: ...
    def add(
        self,
        text: str,
        names: Sequence[tuple[int, int, int]],
        hidden: int,
        weight: float,
        /,
    ) -> None:
        """A text with its names (start, end, set of kinds)."""
    def use(self, pipeline: Pipeline, /) -> None:
        """Reads texts with this pipeline from now on."""
    def begin(self, least: int, /) -> None:
        """After the last text: how often a feature has to occur."""
    def epoch(self, rate: float, decay: float, dropped: float, seed: int, /) -> float:
        """Learns from every text once; the mean loss."""
    def restart(self) -> None:
        """Learns from nothing again, beside what was learnt."""
    def prune(self, features: int, /) -> None:
        """Forgets all but so many features."""
    def export(self, slope: float, shift: float, /) -> dict[str, bytes]:
        """The sections of the model as learnt so far."""
    def word_key(self, word: str, /) -> int:
        """The key of a word for the clusters; 0 if it is not one."""

@final
class Pipeline:
    """Reads articles. It never changes and may be used from any number of threads."""

    def __new__(
        cls,
        language: str = "en",
        stages: Iterable[Stage] | None = None,
        newlines: Newlines = "auto",
        split_in_quotes: bool = True,
        abbreviations: Iterable[str] = (),
        model: Model | None = ...,
        extras: tuple[tuple[Any, ...], ...] = (),
    ) -> Pipeline: ...
    def __call__(self, text: str) -> Document:
        """Reads one article. TypeError if text is no str, LimitError if it is too long."""
    @property
    def language(self) -> str:
        """The language that it reads."""
    @property
    def stages(self) -> tuple[Stage, ...]:
        """The names of its stages, with those that the ones asked for need."""
    @property
    def newlines(self) -> Newlines:
        """What one newline means."""
    @property
    def split_in_quotes(self) -> bool:
        """Whether a sentence may end inside a quotation."""
    @property
    def abbreviations(self) -> tuple[str, ...]:
        """The abbreviations that were given to it, sorted."""
    @overload
    def split(self, text: str, /) -> list[str]:
        """The sentences of text as str, or as bytes for the UTF-8 of a text."""
    @overload
    def split(self, text: bytes, /) -> list[bytes]: ...
    def sentence_offsets(self, text: str | bytes, /) -> SentenceOffsets:
        """Where the sentences are: code points of a str, bytes of bytes."""
    @property
    def model(self) -> Model | None:
        """The Model that it uses, or None."""
    @property
    def config(self) -> dict[str, Any]:
        """What it is, as plain values."""
    @property
    def version(self) -> str:
        """16 hexadecimal digits, the same for equal pipelines of one version of quoth."""
    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the pipeline to one file, for Pipeline.load()."""
    @classmethod
    def load(
        cls,
        path: str | os.PathLike[str],
        model: Model | str | None = None,
        components: Iterable[Component] = (),
    ) -> Pipeline:
        """The pipeline that save() wrote."""
    def with_abbreviations(self, words: Iterable[str]) -> Pipeline:
        """A new pipeline that also knows these words as ones that a full stop shortens."""
    def with_cues(
        self,
        words: Iterable[str],
        *,
        kind: Literal["verb", "noun"] = "verb",
        attitude: Attitude = "speech",
    ) -> Pipeline:
        """A new pipeline that also takes these words for ones that attribute."""
    def with_titles(self, titles: Iterable[str]) -> Pipeline:
        """A new pipeline that also knows these titles and roles of persons."""
    def with_aliases(self, aliases: Mapping[str, Any], *, label: str = "PERSON") -> Pipeline:
        """A new pipeline that also knows by which other names somebody or something goes."""
    def with_pipe(
        self,
        component: Component | str,
        *,
        errors: Literal["raise", "warn"] | Callable[[str, Draft, Exception], object] = "raise",
    ) -> Pipeline:
        """A new pipeline that also runs a component: what @quoth.component() made, or its name."""
    def without(self, *stages: Stage) -> Pipeline:
        """A new pipeline that leaves these stages out, and those that need them."""
    @property
    def extras(self) -> tuple[tuple[Any, ...], ...]:
        """What the with_... calls added."""
    def with_terms(
        self,
        label: str,
        terms: Terms | str | os.PathLike[str] | Iterable[_Term] | Mapping[str, str | None],
        *,
        kb_id: str | None = None,
        name: str | None = None,
        case: Literal["ignore", "exact"] = "ignore",
        marks: Literal["ignore", "exact"] = "ignore",
        overlap: _Overlap = "longest",
        priority: int = 0,
        rule: str | None = None,
    ) -> Pipeline:
        """A new pipeline that also finds these words and phrases, as mentions with this label."""
    def with_patterns(
        self, patterns: Iterable[PatternSpec], *, errors: Literal["warn", "raise"] = "warn"
    ) -> Pipeline:
        """A new pipeline that also finds what these patterns match."""
    def sents(self, text: str, /) -> tuple[Sentence, ...]:
        """The sentences of text only."""
    def quotes(self, text: str, /) -> tuple[Quote, ...]:
        """The quotes of text only."""
    def ents(self, text: str, /) -> tuple[Mention, ...]:
        """The mentions of text only."""
    @overload
    def pipe(
        self,
        texts: Iterable[str],
        *,
        n_threads: int = 0,
        as_tuples: Literal[False] = False,
        errors: _Errors = "raise",
        progress: bool | None = None,
    ) -> Iterator[Document]: ...
    @overload
    def pipe(
        self,
        texts: Iterable[tuple[str, _Context]],
        *,
        n_threads: int = 0,
        as_tuples: Literal[True],
        errors: _Errors = "raise",
        progress: bool | None = None,
    ) -> Iterator[tuple[Document, _Context]]: ...
    def __hash__(self) -> int: ...

def document_from_dict(data: dict[str, Any], text: str | None, /) -> Document: ...
def text_warning(
    text: str, start: int, end: int, code: WarningCode, detail: str, /
) -> TextWarning: ...
def sentence_decisions(
    pipeline: Pipeline, text: str, /
) -> list[tuple[int, bool, tuple[int, ...]]]: ...
def trace(pipeline: Pipeline, text: str, /) -> tuple[bytes, bytes, bytes]: ...
def fit(
    choice_ends: bytes | bytearray | array[int],
    candidate_ends: bytes | bytearray | array[int],
    right: bytes | bytearray,
    features: bytes | bytearray | array[int],
    bits: int,
    epochs: int,
    seed: int,
    rate: float,
    decay: float,
    /,
) -> tuple[bytes, float, float]: ...
def plain(value: Any, where: str, /) -> Any:
    """A copy of a value that JSON has; where says whose it is."""

def explain(
    pipeline: Pipeline, text: str, start: int, end: int, /
) -> list[tuple[int, int, str, float]]: ...
