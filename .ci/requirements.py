"""Prints requirements of pyproject.toml, one a line: those of the build, or of extras.

The extras that an extra names ("quoth[test]") are included.

usage: .ci/requirements.py build|EXTRA...
"""

import re
import sys
import tomllib
from pathlib import Path


def extra(optional: dict[str, list[str]], name: str) -> list[str]:
    found = []
    for requirement in optional[name]:
        own = re.fullmatch(r"quoth\[(.+)\]", requirement)
        found += (
            [r for n in own[1].split(",") for r in extra(optional, n.strip())]
            if own
            else [requirement]
        )
    return found


def main(names: list[str]) -> None:
    project = tomllib.loads(
        (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    )
    for name in names:
        if name == "build":
            print(*project["build-system"]["requires"], sep="\n")
        else:
            print(*extra(project["project"]["optional-dependencies"], name), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:] or sys.exit(__doc__))
