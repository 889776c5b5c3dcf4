"""Writes the inputs that the fuzz targets start from: the cases of tests/golden and the articles of
docs/examples, each in the form that a target reads.

usage: python tests/fuzz/seeds.py DIR

DIR gets a folder for each target: plain texts for most, with settings, terms and patterns before
the text for those that take them.
"""

from __future__ import annotations

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).parent.parent.parent
PLAIN = ["read", "kinds", "split", "scan", "text"]
TERMS = "Ann Lee\nBank\nnew york\nO'Brien\n日本\n\n"
PATTERNS = r"\b(?<who>[A-Z]\w+) said" + "\n" + r"\d+(?:\.\d+)? percent" + "\n\n"


def texts() -> list[str]:
    """The articles, and the text of each golden case, which stands between "===" and "---"."""
    found = [p.read_text(encoding="utf-8") for p in sorted(ROOT.glob("docs/examples/**/*.txt"))]
    for path in sorted(ROOT.glob("tests/golden/*.txt")):
        cases = re.split(r"^=== .*\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        found += [re.split(r"^---$", case, flags=re.MULTILINE)[0] for case in cases[1:]]
    return found


def models() -> list[bytes]:
    """Small models of each kind that fuzz_model.c knows; the bytes fill their sections."""
    made = [bytes([kind, 0]) + bytes(range(256)) * n for kind in range(5) for n in (1, 4)]
    changes = [
        [section, at, 0, 0, value] for section in range(14) for at, value in ((0, 9), (4, 255))
    ]
    return [*made, *(bytes([4, *change]) for change in changes)]


def main() -> int:
    out = pathlib.Path(sys.argv[1])
    forms = {name: [text.encode() for text in texts()] for name in PLAIN}
    plain = forms["read"]
    forms["stages"] = [bytes([i % 32, i % 6]) + text for i, text in enumerate(plain)]
    forms["terms"] = [bytes([i % 4]) + TERMS.encode() + text for i, text in enumerate(plain)]
    forms["extend"] = [
        bytes([i % 256, i * 7 % 256, i * 31 % 256, 3]) + (TERMS + PATTERNS).encode() + text
        for i, text in enumerate(plain)
    ]
    forms["edit"] = [
        bytes([i % 2 * 128 + 4]) + bytes(i * k % 256 for k in range(1, 17)) + text
        for i, text in enumerate(plain)
    ]
    # What chooses comes off the end of an input, text off its start.
    forms["python"] = [text[:300] + bytes(range(i, i + 40)) for i, text in enumerate(plain[:200])]
    forms["columns"] = [bytes([i % 5, 8, 32, 3, 2]) + text[:200] for i, text in enumerate(plain)]
    forms["model"] = models()
    for target, inputs in forms.items():
        folder = out / target
        folder.mkdir(parents=True, exist_ok=True)
        for i, data in enumerate(inputs):
            (folder / f"{i:04}").write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
