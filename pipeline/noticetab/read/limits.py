"""How much one file may cost: limits that keep a hostile or broken file from taking the machine."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from noticetab.read.reading import ReadError

_ADDRESS = re.compile(r"(?i)(?:^|[/\\])(?:https?|ftps?|file):[/\\]+[^/\\]")
"""An address, such as https://…, also where it was taken for a path of the present folder."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one file may have or take; going beyond is a :class:`ReadError`.

    All of them are options of the command line as well (``--limit pages=100``).
    """

    bytes: int = 100 * 1024 * 1024
    """Size of the file itself."""
    chars: int = 1_000_000
    """Characters of text in the end (a thick book of rules has 300,000)."""
    lines: int = 100_000
    """Lines of text in the end."""
    pages: int = 300
    """Pages of a PDF, OFD or TIFF."""
    scanned_pages: int = 60
    """Pages that need recognition (seconds each, not milliseconds)."""
    seconds: float = 60.0
    """Time for a file that has text: plain text, web pages, DOCX, PDF and OFD."""
    scan_seconds: float = 600.0
    """Time for a file of which a page or picture must be recognized."""
    office_seconds: float = 180.0
    """Time for a file that LibreOffice converts (DOC, WPS, RTF, ODT)."""
    memory: int = 768 * 1024 * 1024
    """Resident bytes of the process that reads a file with text."""
    scan_memory: int = 3 * 1024 * 1024 * 1024
    """The same of a file of which a page or picture must be recognized."""
    office_memory: int = 2 * 1024 * 1024 * 1024
    """The same of a file that LibreOffice converts, LibreOffice included."""
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

    def of(self, cost: str) -> tuple[float, int]:
        """Seconds and resident bytes of a file by what it costs: ``text``, ``scan`` or ``office``."""
        seconds, memory = _NAMES[cost]
        return getattr(self, seconds), getattr(self, memory)


_NAMES = {
    "text": ("seconds", "memory"),
    "scan": ("scan_seconds", "scan_memory"),
    "office": ("office_seconds", "office_memory"),
}


class Budget:
    """The time left for one file, and the name that errors call it by."""

    def __init__(self, path: Path, limits: Limits, on_cost: Callable[[str], None] | None = None) -> None:
        """Start the clock for ``path``; ``on_cost`` is told when the file turns out to cost more."""
        self.path = path
        self.limits = limits
        self.cost = "text"
        self._on_cost = on_cost
        self._begun = time.monotonic()

    def costs(self, cost: str) -> None:
        """Say that the file is a ``scan`` or goes through ``office``: other limits hold from now on."""
        if self.cost != cost:
            self.cost = cost
            if self._on_cost is not None:
                self._on_cost(cost)

    def left(self) -> float:
        """Seconds left, at least 0."""
        return max(0.0, self._begun + self.limits.of(self.cost)[0] - time.monotonic())

    def check(self) -> None:
        """Raise :class:`ReadError` when the time is used up."""
        if self.left() <= 0:
            raise self.too_long(self.cost)

    def unopened(self, error: OSError) -> ReadError:
        """The error for a file that cannot be opened; an address of the web is told from a path."""
        if _ADDRESS.search(str(self.path)):
            return self.error("addresses are not fetched", "save the page or file and give its path")
        if isinstance(error, FileNotFoundError):
            return self.error("No such file or directory", "see whether the name is spelt as it should be")
        return self.error(error.strerror or "cannot be opened")

    def too_long(self, cost: str) -> ReadError:
        """The error of a file that takes longer than it may."""
        name = _NAMES[cost][0]
        return self.error(
            f"not read within {self.limits.of(cost)[0]:g} seconds",
            f"raise the limit `{name}` (--limit {name}=…) or split the file",
            kind="timeout",
        )

    def too_much_memory(self, cost: str) -> ReadError:
        """The error of a file that takes more memory than it may."""
        name = _NAMES[cost][1]
        return self.error(
            f"reading it takes more than {self.limits.of(cost)[1]} bytes of memory",
            f"it may be made to do harm; if you trust it, raise the limit `{name}` (--limit {name}=…)",
            kind="memory",
        )

    def error(self, what: str, advice: str = "", *, kind: str = "unreadable") -> ReadError:
        """A :class:`ReadError` in one line: the file, what is wrong, what to do."""
        message = f"{self.path}: {what}"
        return ReadError(" ".join((f"{message}; {advice}" if advice else message).split()), kind=kind)


def too_long(number: int, points: float, budget: Budget) -> ReadError:
    """The error for a page whose longer side, in points, is not above 0 or beyond the limit."""
    if not points > 0:
        return budget.error(f"page {number} has no size: it is damaged", "open the file and save it again")
    metres, most = (length / 72 * 0.0254 for length in (points, budget.limits.page_points))
    return budget.error(
        f"page {number} is {_metres(metres)} long, more than the limit of {_metres(most)}",
        f"raise the limit `page_points` to {math.ceil(points)}",
    )


def _metres(length: float) -> str:
    """A length so that two that differ look different, however short."""
    return f"{length:.2f} m" if length >= 1 else f"{length * 1000:.1f} mm"
