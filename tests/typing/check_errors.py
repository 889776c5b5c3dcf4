"""What type checkers have to refuse: each line is an error, which "ignore" makes a passing test.

Both checkers are told to complain about an ignore that nothing needs.
"""

import quoth

nlp = quoth.load("en")
doc = nlp("It rained.")

nlp(b"bytes")  # type: ignore[arg-type]
quoth.load("en", newlines="both")  # type: ignore[arg-type]
quoth.load("en", stages=("sentences",))  # type: ignore[arg-type]
quoth.split_sentences(None)  # type: ignore[call-overload]
doc.text = "other"  # type: ignore[misc]
doc.sents[0].start_char = 1  # type: ignore[misc]
print(doc.quotes[0].speaker.name)  # type: ignore[union-attr]
quoth.Paragraph("text", 0, 4, "footnote")  # type: ignore[arg-type]
nlp.with_terms("X", ["a"], overlap="longer")  # type: ignore[arg-type]
nlp.with_patterns([{"label": "X", "patern": "a"}])  # type: ignore[typeddict-item]
nlp.pipe(["One."], errors="ignore")  # type: ignore[call-overload]
