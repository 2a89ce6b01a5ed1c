"""A record as tables on the screen; a blank form as the table that is printed in the notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from noticetab.cli.console import print_table

if TYPE_CHECKING:
    from noticetab.record import Attachment, FormField, Record

COLUMNS: dict[str, tuple[str, ...]] = {
    "events": ("name", "series", "edition", "year", "starts_on", "ends_on"),
    "themes": ("role", "text"),
    "organizers": ("role", "raw", "name"),
    "activities": ("section", "number", "name", "kind", "starts_on", "ends_on", "venues", "organizers"),
    "dates": ("role", "raw", "starts_on", "ends_on", "start_time", "precision"),
    "deadlines": ("due_on", "due_time", "who", "what", "channel"),
    "contacts": ("unit", "persons", "phones", "fax", "emails", "address"),
    "people": ("body", "role", "name", "title"),
    "attachments": ("number", "title", "embedded"),
    "quotas": ("who", "what", "min", "max", "unit"),
    "references": ("title", "doc_number", "kind"),
    "findings": ("severity", "code", "message"),
}
"""What of each table is worth a column on the screen."""

PAIRS = 3
"""Labels that stand beside one another in a form whose cells are printed one a line, at most."""


def print_record(record: Record) -> None:
    """Print every table of ``record`` that has rows, and its blank forms."""
    notice = record.notice.model_dump(exclude={"evidence", "rule", "confidence", "spans"})
    known = [(key, shown(value)) for key, value in notice.items() if value not in (None, [])]
    print_table("notice", ("field", "value"), known)
    for table, columns in COLUMNS.items():
        if rows := getattr(record, table):
            print_table(table, columns, [[shown(getattr(row, c)) for c in columns] for row in rows])
    for attachment in record.attachments:
        if attachment.fields:
            print_form(attachment, record.text)


def shown(value: Any) -> str:
    """A value as it stands in a cell."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(shown(part) for part in value)
    if hasattr(value, "role"):
        return f"{value.role}：{value.name}"
    return str(value)


def print_form(attachment: Attachment, text: str) -> None:
    """Print a blank form as an empty table, its labels and choices where the printed one has them."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from noticetab.cli.console import console

    rows = form_rows(attachment.fields, text)
    table = Table(title=attachment.title, box=box.SQUARE, show_header=False, show_lines=True)
    for _ in range(2 * max(map(len, rows))):
        table.add_column(overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for field in row for cell in (field.label, blank(field))))
    console().print(table)


def blank(field: FormField) -> str:
    """What is printed in the cell to be filled in: its choices, else its unit."""
    if field.options:
        return "  ".join(f"□{option}" for option in field.options)
    return f"      {field.unit}" if field.unit else ""


def form_rows(fields: list[FormField], text: str) -> list[list[FormField]]:
    """The fields by rows of the printed table.

    Cells of one row stand on one line of the text, divided by tabs; in a table that was flattened
    to one cell a line, a row ends where a blank line follows.
    """
    rows: list[list[FormField]] = []
    flattened = "\n\n" in _between(fields[0], fields[-1], text)
    for before, field in zip([None, *fields], fields, strict=False):
        between = "\n\n" if before is None else _between(before, field, text)
        beside = "\n" not in between or (flattened and "\n\n" not in between and len(rows[-1]) < PAIRS)
        if before is not None and beside and field.evidence is not None and before.evidence is not None:
            rows[-1].append(field)
        else:
            rows.append([field])
    return rows


def _between(one: FormField, other: FormField, text: str) -> str:
    if one.evidence is None or other.evidence is None:
        return "\n"
    return text[one.evidence.end : other.evidence.start]
