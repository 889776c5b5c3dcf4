"""Cost per byte of texts made to be hard, against that of the articles that are given.

    .venv/bin/python tests/bench/worst_cases.py MEGABYTES ARTICLE...

Twice the size must not cost more per byte: run it with two sizes.
"""

from __future__ import annotations

import pathlib
import sys
import time

import quoth

UNITS = {
    "nested marks": "“‘",
    "nested clauses": "“a ‘b ",
    "unclosed paragraphs": "“We came and saw.\n\n",
    "unclosed in one paragraph": "“We came and saw. ",
    "unclosed credits": "“It was late, Ann Lee said, ",
    "straight marks, odd": '"we came, he said. ',
    "closing marks only": "went” away ",
    "cues": "said ",
    "cues and commas": "said, ",
    "nouns that are cues": "claims that ",
    "pronouns": "he said. ",
    "names": "Anna Keller ",
    "names and commas": "Anna Keller, ",
    "names that speak": "Anna Keller said. ",
    "titles": "The senator said it was. ",
    "organizations": "Volta Ltd. The company said it was. ",
    "labels": "BOB COLE: We will.\n\n",
    "letters": "To the Editor:\n\nIt is.\n\n",
    "capitals": "SAID THE MAN ",
    "inches": '6" ',
}


def nanoseconds_per_byte(nlp: quoth.Pipeline, text: str) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        nlp(text)
        best = min(best, time.process_time() - start)
    return best * 1e9 / len(text.encode())


def main() -> None:
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    size = int(float(sys.argv[1]) * 1e6)
    articles = "\n\n".join(pathlib.Path(p).read_text(encoding="utf-8") for p in sys.argv[2:])
    nlp = quoth.load("en")
    normal = nanoseconds_per_byte(nlp, (articles * (size // len(articles) + 1))[:size])
    print(f"{'articles':26} {normal:7.1f} ns per byte")
    for name, unit in UNITS.items():
        cost = nanoseconds_per_byte(nlp, (unit * (size // len(unit) + 1))[:size])
        print(f"{name:26} {cost:7.1f} ns per byte, {cost / normal:.2f} of normal")


if __name__ == "__main__":
    main()
