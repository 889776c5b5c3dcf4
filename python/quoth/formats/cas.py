"""A document as a UIMA CAS, as INCEpTION reads it (UIMA CAS XMI), by dkpro-cassis.

Sentences, tokens and names are DKPro's types. A quote is in two custom layers that an INCEpTION
project gets by importing the type system: ``webanno.custom.QuotePart`` (a span with role, quote,
type, speaker, attitude, factual) and ``webanno.custom.Attribution`` (a relation from each cue and
source to the first piece of content).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quoth._core import Document, Quote, Span
from quoth._extra import extra

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

__all__ = ["to_cas", "type_system"]

_SEGMENTATION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"
_NAME = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_PART = "webanno.custom.QuotePart"
_RELATION = "webanno.custom.Attribution"
_WIKIDATA = "http://www.wikidata.org/entity/"


def _cassis() -> Any:
    return extra("cassis", "cas", "to_cas()", package="dkpro-cassis")


def type_system() -> TypeSystem:
    """DKPro's types and the two of quotes, to be imported into INCEpTION once."""
    system = _cassis().load_dkpro_core_typesystem()
    part = system.create_type(_PART, supertypeName="uima.tcas.Annotation")
    for feature in ("role", "quote", "quoteType", "speaker", "attitude"):
        system.create_feature(part, feature, "uima.cas.String")
    system.create_feature(part, "factual", "uima.cas.Boolean")
    relation = system.create_type(_RELATION, supertypeName="uima.tcas.Annotation")
    for end in ("Dependent", "Governor"):
        system.create_feature(relation, end, part)
    return system


def to_cas(doc: Document, system: TypeSystem | None = None) -> Cas:
    """The document as a CAS; ``cas.to_xmi(path)`` writes it, with offsets in UTF-16 as UIMA counts.

    system: what type_system() gave; to be shared by many documents.

    Raises ImportError without dkpro-cassis.
    """
    cassis = _cassis()
    system = type_system() if system is None else system
    cas = cassis.Cas(typesystem=system)
    cas.sofa_string = doc.text
    cas.sofa_mime = "text/plain"
    for kind, spans in (("Sentence", doc.sents), ("Token", doc.tokens)):
        make = system.get_type(f"{_SEGMENTATION}.{kind}")
        cas.add_all([make(begin=s.start_char, end=s.end_char) for s in spans])
    name = system.get_type(_NAME)
    for mention in doc.ents:
        kb_id = None if mention.kb_id_ is None else _WIKIDATA + mention.kb_id_
        begin, end = mention.start_char, mention.end_char
        cas.add(name(begin=begin, end=end, value=mention.label_, identifier=kb_id))
    for number, quote in enumerate(doc.quotes):
        _add_quote(cas, system, quote, f"q{number}")
    return cas


def _add_quote(cas: Cas, system: TypeSystem, quote: Quote, name: str) -> None:
    part, relation = system.get_type(_PART), system.get_type(_RELATION)

    def add(span: Span, role: str) -> Any:
        made = part(
            begin=span.start_char,
            end=span.end_char,
            role=role,
            quote=name,
            quoteType=quote.type,
            speaker=quote.speaker.name if quote.speaker is not None else None,
            attitude=quote.attitude,
            factual=quote.factual,
        )
        cas.add(made)
        return made

    pieces = [add(piece, "content") for piece in quote.content]
    for role, span in (("cue", quote.cue), ("source", quote.source)):
        if span is not None:
            other = add(span, role)
            head = pieces[0]
            made = relation(begin=other.begin, end=other.end, Dependent=other, Governor=head)
            cas.add(made)
