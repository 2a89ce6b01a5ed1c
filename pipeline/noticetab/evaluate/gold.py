"""How gold is written, and what is wrong with a file that is written otherwise.

A key that is misspelt would not be compared, and nobody would know; so every key is known here,
those that are only for people who read gold (``found``, ``signer`` …) too. ``score`` says what
each means.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

Text = str | None
Number = int | str | None


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Notice(_Part):
    is_notice: bool = True
    doc_type: Text = None
    title: Text = None
    doc_number: Text = None
    issued_on: Text = None
    issuers: list[str] = []
    addressees: list[str] = []
    printed_by: Text = None
    printed_on: Text = None
    published_at: Text = None
    region: Text = None
    region_adcode: Text = None
    header_mark: Text = None
    annotation: Text = None
    classification: Text = None
    copy_number: Text = None
    signer: Text = None
    urgency: Text = None


class _Event(_Part):
    name: str
    series: Text = None
    edition: Number = None
    year: Number = None
    starts_on: Text = None
    ends_on: Text = None


class _Theme(_Part):
    role: Text
    text: Text


class _DeclaredCount(_Part):
    section: str
    declared: int
    found: Number = None


class _Organizers(_Part):
    """A group of one role, or one organizer as records have them."""

    role: Text
    names: list[str] | None = None
    canonical: list[Text] | None = None
    raw: Text = None
    name: Text = None


class _Activity(_Part):
    section: Text = None
    number: Number = None
    name: Text = None
    kind: Text = None
    parent: Text = None
    organizers: list[_Organizers] = []
    starts_on: Text = None
    ends_on: Text = None
    start_time: Text = None
    venues: list[str] = []
    description_head: Text = None
    description_tail: Text = None


class _Date(_Part):
    starts_on: str
    ends_on: Text = None
    start_time: Text = None
    role: Text = None


class _Deadline(_Part):
    due_on: Text
    what: Text
    due_time: Text = None


class _Contact(_Part):
    unit: Text = None
    persons: list[str] = []
    phones: list[str] = []
    fax: list[str] = []
    emails: list[str] = []


class _Person(_Part):
    role: Text
    name: str
    title: Text = None


class _Attachment(_Part):
    title: str
    number: Number = None
    embedded: bool | None = None
    fields: list[str] = []
    options: dict[str, list[str]] | None = None


class _Quota(_Part):
    who: Text = None
    what: Text = None
    min: Number = None
    max: Number = None
    unit: Text = None


class _Reference(_Part):
    title: str
    doc_number: Text = None


class Gold(_Part):
    """A gold file."""

    source: str = ""
    notice: _Notice
    events: list[_Event] = []
    themes: list[_Theme] = []
    sections: list[str] = []
    declared_counts: list[_DeclaredCount] = []
    event_organizers: list[_Organizers] = []
    member_units: list[str] = []
    activities: list[_Activity] = []
    dates: list[_Date] = []
    deadlines: list[_Deadline] = []
    contacts: list[_Contact] = []
    people: list[_Person] = []
    attachments: list[_Attachment] = []
    quotas: list[_Quota] = []
    references: list[_Reference] = []
    findings: list[str] = []


def validate(gold: Any, file: Path) -> None:
    """Raise :class:`OSError` with one line for people, naming file and key, if ``gold`` is written
    in another way than gold is: an unknown key, a missing one, a value of another kind."""
    try:
        Gold.model_validate(gold)
    except ValidationError as error:
        wrong = error.errors(include_url=False)[:3]
        more = error.error_count() - len(wrong)
        said = "; ".join(f"{_place(one['loc'])}: {_what(one)}" for one in wrong)
        raise OSError(f"{file}: {said}" + (f"; and {more} more" if more else "")) from None


def _place(path: tuple[int | str, ...]) -> str:
    """Where a value stands: ``activities[3].starts_on``; rows count from 0, as in JSON tools."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _what(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        keys = ", ".join(_siblings(error["loc"]))
        return f"no such key in gold; known here: {keys}"
    if error["type"] == "missing":
        return "this key is missing"
    return f"{error['msg'][:1].lower()}{error['msg'][1:]}, not {error['input']!r:.40}"


def _siblings(path: tuple[int | str, ...]) -> list[str]:
    """The keys that are known where ``path`` ends."""
    model: Any = Gold
    for part in path[:-1]:
        if isinstance(part, str):
            kind = model.model_fields[part].annotation
            model = getattr(kind, "__args__", (kind,))[0]
    return sorted(model.model_fields)
