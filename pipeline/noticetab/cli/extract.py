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
            help="json: the record of each file; jsonl: one record a line; table: tables to look at, with "
            "blank forms as they are printed.",
        ),
    ] = Format.JSON,
    every: Annotated[
        bool,
        typer.Option("--all", help="json: the records of all documents that a file holds, not the first's."),
    ] = False,
    rules: options.RulesOption = None,
    contacts: options.ContactsOption = Contacts.KEEP,
    limit: options.LimitOption = None,
) -> None:
    """Extract a notice and print its record.

    As json a file that holds several documents prints the record of the first, so that one file is one
    JSON value; a line on standard error says how many more there are. jsonl and table print all. Several
    files print one record after another (jsonl is what other programs read then). A file that cannot
    be read is told on standard error, the exit status is 1.
    """
    from noticetab import batch
    from noticetab.cli.console import warn, warn_if_no_notice
    from noticetab.printable import shown_path

    failed = False
    for outcome in batch.extract_all(options.files(paths), options.chosen(rules, contacts, limit), jobs=1):
        first_alone = form is Format.JSON and not every
        for record in outcome.records[:1] if first_alone else outcome.records:
            _print(record, form)
        if first_alone and (more := len(outcome.records) - 1) > 0:
            warn(
                f"{shown_path(outcome.path)}: holds {more + 1} documents, printed is the first; --all or "
                f"--format jsonl prints the other{'s' if more > 1 else ''} too"
            )
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
