"""``noticetab schema``: what a record and the tables are made of, for programs and for people."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Format(StrEnum):
    """What the schema is written in."""

    JSON = "json"
    SQL = "sql"
    MARKDOWN = "markdown"


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(short_help="Print the schema of records or tables.")(schema)


def schema(
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            "-f",
            help="json: JSON Schema of a record; sql: CREATE TABLE statements; markdown: data dictionary "
            "in English and Chinese.",
        ),
    ] = Format.JSON,
) -> None:
    """Print the schema of records (JSON Schema) or of the tables (SQL, data dictionary)."""
    if form is Format.JSON:
        import json

        from noticetab.record import Record

        typer.echo(json.dumps(Record.model_json_schema(), ensure_ascii=False, indent=2))
