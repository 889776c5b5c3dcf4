"""One digest of all that quoth says of this repository's own texts: is it the same everywhere?

usage: python tests/bench/digest.py [--texts N] [--threads N]...

The texts are the articles of docs/examples and those of the cases of tests/golden. Each is read
alone, then all in a batch by each number of threads, in both orders; what comes out differently
ends the program with status 1. Prints the SHA-256 of their JSON, which `make determinism` compares
between Pythons, instruction sets and hash seeds.
"""

from __future__ import annotations

import argparse
import hashlib
import pathlib
import re
import sys

import quoth

ROOT = pathlib.Path(__file__).parent.parent.parent


def own_texts() -> list[str]:
    """The articles, and the text of each golden case, which stands between "===" and "---"."""
    found = [p.read_text(encoding="utf-8") for p in sorted(ROOT.glob("docs/examples/**/*.txt"))]
    for path in sorted(ROOT.glob("tests/golden/*.txt")):
        cases = re.split(r"^=== .*\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        found += [re.split(r"^---$", case, flags=re.MULTILINE)[0] for case in cases[1:]]
    return [*found, "\n\n".join(found[:200])]


def digest(records: list[str]) -> str:
    total = hashlib.sha256()
    for record in records:
        total.update(record.encode("utf-8", "surrogatepass") + b"\n")
    return total.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=None, help="no more than so many")
    parser.add_argument("--threads", type=int, action="append", default=[])
    options = parser.parse_args()
    texts = own_texts()[: options.texts]
    nlp = quoth.load("en")
    alone = [nlp(text).to_json() for text in texts]
    for threads in options.threads:
        together = [doc.to_json() for doc in nlp.pipe(texts, n_threads=threads)]
        turned = [doc.to_json() for doc in nlp.pipe(texts[::-1], n_threads=threads)]
        if together != alone or turned[::-1] != alone:
            print(f"not the same by {threads} threads", file=sys.stderr)
            return 1
    print(digest(alone))
    return 0


if __name__ == "__main__":
    sys.exit(main())
