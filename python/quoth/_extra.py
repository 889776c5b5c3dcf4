"""Packages that quoth can do without: imported when something needs them, named when missing."""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["extra"]


def extra(module: str, name: str, what: str, package: str | None = None) -> Any:
    """The module; ImportError says that what needs it, and by which extra of quoth it comes.

    package: what it is called where packages are fetched, if that is not the module's name.
    """
    try:
        __import__(module)
    except ImportError as error:
        top = module.partition(".")[0]
        if error.name is not None and error.name.partition(".")[0] != top:
            raise  # it is there, and lacks something itself
        raise ImportError(
            f"{what}: this needs {package or top}; install it with: pip install 'quoth[{name}]'"
            f" (or: pip install {package or top})",
            name=top,
        ) from None
    return sys.modules[module]
