"""How far a run is, on standard error: a line that is written over, or one a minute in a file."""

from __future__ import annotations

import sys
import time
from typing import TextIO

from quoth.run.inputs import Inputs
from quoth.run.journal import Journal

__all__ = ["Progress"]

_EVERY = 0.5  # seconds
_EVERY_IN_A_FILE = 60.0


class Progress:
    """Tells the share that is read, the rate, and the time that is left."""

    def __init__(self, inputs: Inputs, journal: Journal, quiet: bool) -> None:
        self.inputs = inputs
        self.quiet = quiet
        self.out: TextIO = sys.stderr
        self.terminal = self.out.isatty()
        self.began = self.told = time.monotonic()
        self.records = journal.records
        self.share: float | None = None

    def __call__(self, journal: Journal) -> None:
        now = time.monotonic()
        if self.share is None:
            self.share = self._share()
        every = _EVERY if self.terminal else _EVERY_IN_A_FILE
        if not self.quiet and now - self.told >= every:
            self.told = now
            self._show(self.line(journal, now))

    def line(self, journal: Journal, now: float) -> str:
        seconds = max(now - self.began, 1e-9)
        rate = (journal.records - self.records) / seconds
        share = self._share()
        gone = share - (self.share or 0.0)
        left = f", {_clock(seconds * (1 - share) / gone)} left" if gone > 0 else ""
        bad = f", {journal.bad:,} bad" if journal.bad else ""
        part = f"{share:4.0%} " if self.inputs.total else ""
        return f"{part}{journal.records:,} texts{bad}, {rate:,.0f} a second{left}"

    def end(self, journal: Journal) -> None:
        if self.quiet:
            return
        seconds = time.monotonic() - self.began
        new = journal.records - self.records
        rate = new / max(seconds, 1e-9)
        bad = f", {journal.bad:,} of them bad" if journal.bad else ""
        now = f"{new:,} now, in {_clock(seconds)}, {rate:,.0f} a second"
        self._show(f"{journal.records:,} texts{bad}; {now}")
        if self.terminal:
            self.out.write("\n")

    def _share(self) -> float:
        return self.inputs.done / self.inputs.total if self.inputs.total else 0.0

    def _show(self, line: str) -> None:
        self.out.write(f"\r\x1b[K{line}" if self.terminal else f"quoth run: {line}\n")
        self.out.flush()


def _clock(seconds: float) -> str:
    whole = int(seconds + 0.5)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
