"""Packages that quoth can do without: imported when something needs them, named when missing."""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["extra"]


def extra(module: str, name: str, what: str) -> Any:
    """The module; ImportError says that what needs it, and by which extra of quoth it comes."""
    try:
        __import__(module)
    except ImportError as error:
        package = module.partition(".")[0]
        if error.name is not None and error.name.partition(".")[0] != package:
            raise  # it is there, and lacks something itself
        raise ImportError(
            f"{what}: this needs {package}; install it with: pip install 'quoth[{name}]'"
            f" (or: pip install {package})",
            name=package,
        ) from None
    return sys.modules[module]
