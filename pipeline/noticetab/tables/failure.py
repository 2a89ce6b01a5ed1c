"""A file that could not be read."""

from __future__ import annotations

from dataclasses import dataclass

from noticetab.printable import escaped, shown_path


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why.

    ``error`` is one line for people; ``kind`` a word to sort by (``unreadable``, ``changing``,
    ``memory``, ``crash``, ``timeout``, ``error``); ``traceback`` the path of a file with the whole traceback.
    """

    path: str
    error: str
    kind: str = "error"
    traceback: str | None = None

    def __post_init__(self) -> None:
        """Keep ``error`` to one line whatever an exception's text holds, and both to what UTF-8 writes."""
        object.__setattr__(self, "error", " ".join(escaped(self.error).split()) or self.kind)
        object.__setattr__(self, "path", shown_path(self.path))
