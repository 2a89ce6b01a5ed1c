"""How much one file may cost: limits that keep a hostile or broken file from taking the machine."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from noticetab.read.reading import ReadError


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may have or take; going beyond is a :class:`ReadError`.

    All of them are options of the command line as well (``--limit pages=100``).
    """

    bytes: int = 100 * 1024 * 1024
    """Size of the file itself."""
    chars: int = 3_000_000
    """Characters of text in the end."""
    pages: int = 300
    """Pages of a PDF, OFD or TIFF."""
    scanned_pages: int = 60
    """Pages that need recognition (seconds each, not milliseconds)."""
    seconds: float = 600.0
    """Time for one file; looked at between pages and passed on to LibreOffice."""
    expanded_bytes: int = 400 * 1024 * 1024
    """Size of all parts of a zip container (docx, ofd) when expanded."""
    parts: int = 5_000
    """Number of parts of a zip container."""
    ratio: int = 200
    """Expanded to packed size of one part above 1 MiB of a container that is read: more is a bomb."""
    pixels: int = 40_000_000
    """Pixels of one picture, or of a page when drawn (an A3 page at 300 dpi has 17 million)."""
    page_points: float = 14_400.0
    """Longest side of a page in points: 5.08 m, the bound of ISO 32000-1 Annex C."""


class Budget:
    """The time left for one file, and the name that errors call it by."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Start the clock for ``path``."""
        self.path = path
        self.limits = limits
        self._end = time.monotonic() + limits.seconds

    def left(self) -> float:
        """Seconds left, at least 0."""
        return max(0.0, self._end - time.monotonic())

    def check(self) -> None:
        """Raise :class:`ReadError` when the time is used up."""
        if self.left() <= 0:
            raise self.error(
                f"not read within {self.limits.seconds:g} seconds",
                "raise the limit `seconds` or split the file",
            )

    def error(self, what: str, advice: str = "") -> ReadError:
        """A :class:`ReadError` in one line: the file, what is wrong, what to do."""
        message = f"{self.path}: {what}"
        return ReadError(" ".join((f"{message}; {advice}" if advice else message).split()))
