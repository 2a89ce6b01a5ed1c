"""A file that could not be read."""

from __future__ import annotations

from dataclasses import dataclass


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
        """Keep ``error`` to one line whatever an exception's text holds."""
        object.__setattr__(self, "error", " ".join(self.error.split()) or self.kind)
