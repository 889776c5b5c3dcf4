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
    LimitError,
    Mention,
    Model,
    ModelError,
    Paragraph,
    Pipeline,
    Quotation,
    Quote,
    Sentence,
    SentenceOffsets,
    SourceLine,
    Span,
    Terms,
    TextWarning,
    __version__,
)
from quoth._json import from_json
from quoth._load import load, sentence_offsets, split_sentences
from quoth._stream import iter_sentences

__all__ = [
    "Dateline",
    "Document",
    "Entity",
    "LimitError",
    "Mention",
    "Model",
    "ModelError",
    "Paragraph",
    "Pipeline",
    "Quotation",
    "Quote",
    "Sentence",
    "SentenceOffsets",
    "SourceLine",
    "Span",
    "Terms",
    "TextWarning",
    "__version__",
    "from_json",
    "iter_sentences",
    "load",
    "sentence_offsets",
    "split_sentences",
]
