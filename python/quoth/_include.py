"""Where the header for components in C is."""

from __future__ import annotations

import os

__all__ = ["get_include"]


def get_include() -> str:
    """The directory of quoth_component.h, for compilers: components in C or Cython include it."""
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "include")
