"""quoth reads news articles: which sentences, who said what, who is named.

    import quoth

    nlp = quoth.load("en")
    doc = nlp(text)
    for quote in doc.quotes:
        print(quote.speaker, quote.cue, quote.text)

All offsets are half-open and count code points of the text that was given:
``text[x.start_char:x.end_char] == x.text``. Text is never an error; a wrong type is a TypeError, a
text of 4 GiB or more a LimitError, a damaged model file a ModelError.
"""

from quoth._core import (
    Dateline,
    Document,
    Entity,
    Items,
    LimitError,
    Mention,
    Model,
    ModelError,
    Paragraph,
    Pattern,
    PatternError,
    Pipeline,
    Quotation,
    Quote,
    Sentence,
    SentenceOffsets,
    SourceLine,
    Span,
    Table,
    Terms,
    TextWarning,
    __version__,
)
from quoth._json import from_json
from quoth._load import load, sentence_offsets, split_sentences
from quoth._stream import iter_sentences

TYPE_CHECKING = False  # what few need is imported when it is asked for
if TYPE_CHECKING:
    from quoth._components import Component, ComponentError, component
    from quoth._draft import Batch, Draft
    from quoth._include import get_include
    from quoth._show import show
    from quoth._tables import ents_table, quotes_table, sents_table, tables
    from quoth._tried import Tried

__all__ = [
    "Batch",
    "Component",
    "ComponentError",
    "Dateline",
    "Document",
    "Draft",
    "Entity",
    "Items",
    "LimitError",
    "Mention",
    "Model",
    "ModelError",
    "Paragraph",
    "Pattern",
    "PatternError",
    "Pipeline",
    "Quotation",
    "Quote",
    "Sentence",
    "SentenceOffsets",
    "SourceLine",
    "Span",
    "Table",
    "Terms",
    "TextWarning",
    "Tried",
    "__version__",
    "component",
    "ents_table",
    "from_json",
    "get_include",
    "iter_sentences",
    "load",
    "quotes_table",
    "sentence_offsets",
    "sents_table",
    "show",
    "split_sentences",
    "tables",
]

_LATER = {
    "Batch": "quoth._draft",
    "Component": "quoth._components",
    "ComponentError": "quoth._components",
    "Draft": "quoth._draft",
    "Tried": "quoth._tried",
    "component": "quoth._components",
    "get_include": "quoth._include",
    "ents_table": "quoth._tables",
    "plot": "quoth.plot",
    "quotes_table": "quoth._tables",
    "sents_table": "quoth._tables",
    "show": "quoth._show",
    "tables": "quoth._tables",
}

if not TYPE_CHECKING:  # to type checkers it would mean that there is any name

    def __getattr__(name):
        if name not in _LATER:
            raise AttributeError(f"module 'quoth' has no attribute {name!r}", name=name)
        import importlib

        module = importlib.import_module(_LATER[name])
        globals()[name] = module if name == "plot" else getattr(module, name)
        return globals()[name]

    def __dir__():
        return sorted({*globals(), *__all__})
