"""What names are resolved from and to: the notice's context, the names around, the name in full."""

from __future__ import annotations

from typing import NamedTuple

from noticetab.normalize.places import Place


class NameContext(NamedTuple):
    """What is known of a notice: the issuing body's place, the issuing school if it is one, the year."""

    region: Place | None = None
    school: str | None = None
    year: int | None = None


class OrgName(NamedTuple):
    """An organization as understood.

    ``name`` is the full official name, ``confidence`` how certain it is (1 printed in full or
    certain from the rules; below 0.6 an abbreviation left as printed or a place not settled),
    ``rule`` how it was found, ``kind`` its org_kind, ``region_adcode`` the place it serves.
    """

    raw: str
    name: str
    confidence: float
    rule: str
    kind: tuple[str, ...]
    region_adcode: str | None
    org_id: str


class Near(NamedTuple):
    """What the names before this one in the list leave behind.

    ``named`` are the places named so far, the last one first; ``body`` is the place of the name
    directly before, if that was a body of a place; ``owner`` the school or ministry whose unit the
    name directly before was.
    """

    named: tuple[Place, ...] = ()
    body: Place | None = None
    owner: str | None = None
    society: bool = False
    """Whether that body was a learned society."""


class Full(NamedTuple):
    """A name in full, and what it means for the names after it."""

    name: str
    confidence: float
    rule: str
    place: Place | None = None
    owner: str | None = None
