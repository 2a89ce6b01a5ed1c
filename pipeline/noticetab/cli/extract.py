"""``noticetab extract``: one file's record on standard output."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from noticetab.cli import options
from noticetab.privacy import Contacts

if TYPE_CHECKING:
    from noticetab.record import Record


class Format(StrEnum):
    """How a record is printed."""

    JSON = "json"
    JSONL = "jsonl"
    TABLE = "table"


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(short_help="Print the record of a notice.")(extract)


def extract(
    paths: options.PathsArgument,
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            "-f",
            help="json: the record; jsonl: one record a line; table: tables to look at, with blank forms "
            "as they are printed.",
        ),
    ] = Format.JSON,
    rules: options.RulesOption = None,
    contacts: options.ContactsOption = Contacts.KEEP,
    limit: options.LimitOption = None,
) -> None:
    """Extract a notice and print its record.

    Several files, and files that hold several documents, print one record after another (for
    several, jsonl is the format that other programs read). A file that cannot be read is told on
    standard error, the exit status is 1.
    """
    from noticetab import batch
    from noticetab.cli.console import warn, warn_if_no_notice

    failed = False
    for outcome in batch.extract_all(options.files(paths), options.chosen(rules, contacts, limit), jobs=1):
        for record in outcome.records:
            _print(record, form)
        warn_if_no_notice(outcome.records, outcome.path)
        if outcome.failure is not None:
            failed = True
            warn(outcome.failure.error)
            if outcome.traceback:
                typer.echo(outcome.traceback, err=True)
    raise typer.Exit(1 if failed else 0)


def _print(record: Record, form: Format) -> None:
    if form is Format.TABLE:
        from noticetab.cli.sheets import print_record

        print_record(record)
    else:
        typer.echo(record.model_dump_json(indent=2 if form is Format.JSON else None))
