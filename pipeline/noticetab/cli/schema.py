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


class Dialect(StrEnum):
    """A kind of database."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    DUCKDB = "duckdb"


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
    dialect: Annotated[
        Dialect, typer.Option("--dialect", help="The database that sql is for.")
    ] = Dialect.SQLITE,
) -> None:
    """Print the schema of records (JSON Schema) or of the tables (SQL, data dictionary)."""
    from noticetab.stores import dictionary

    if form is Format.JSON:
        import json

        typer.echo(json.dumps(dictionary.json_schema(), ensure_ascii=False, indent=2))
    elif form is Format.SQL:
        typer.echo(dictionary.sql(dialect.value), nl=False)
    else:
        typer.echo(dictionary.markdown(), nl=False)
