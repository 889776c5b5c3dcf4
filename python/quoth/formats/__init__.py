"""Documents in the forms that other tools read, one module for each.

    brat             stand-off annotation, as PolNeAR has it; read back, too
    conll            CoNLL-2003 columns and CoNLL-U
    web_annotation   W3C Web Annotation (JSON-LD) with position and quote selectors
    spacy            a spaCy Doc, a DocBin, and the spaCy component "quoth"
    prodigy          Prodigy's tasks
    label_studio     Label Studio's tasks with predictions
    citron           the JSON of BBC Citron; read back, too
    cas              UIMA CAS for INCEpTION, by dkpro-cassis
    csv              tables of sentences, quotes or entities; read back, too

Documents have a method for each (``doc.to_brat()``); ``read_documents`` reads gold files for
evaluation. Nothing here is imported before it is used.
"""
