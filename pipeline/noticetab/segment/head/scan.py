"""The state of going down the head of a document."""

from __future__ import annotations

from dataclasses import dataclass, field

from noticetab.segment.lines import Line
from noticetab.segment.parts import Parts
from noticetab.segment.strand import Strand


@dataclass(slots=True)
class Scan:
    """The lines, what was found so far, and what waits to be understood."""

    parts: Parts
    body: list[Line]
    titles: list[Strand] = field(default_factory=list)
    pending: list[Line] = field(default_factory=list)
    """Offices above the title: the red head's, or issuers stacked."""
    ruled: bool = False
    """Whether a rule (the red line) was passed."""
    below: bool = False
    """Whether title or number were passed, so that addressees may follow."""

    def norm(self, i: int) -> str:
        """The folded text of a line without the blanks around it."""
        return self.body[i].norm.strip()

    site: int = 0
    """Lines so far that belong to the site alone."""
