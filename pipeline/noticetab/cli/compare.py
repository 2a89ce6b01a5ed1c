"""``noticetab compare``: notices side by side."""

from __future__ import annotations

import importlib.util
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noticetab.cli import options
from noticetab.privacy import Contacts

if TYPE_CHECKING:
    from noticetab.record import Record


NEEDED = ("jinja2", "openpyxl", "scipy", "sklearn")
"""Packages of the extra ``compare``."""


class Grouping(StrEnum):
    """What one column of the comparison is."""

    NOTICE = "notice"
    REGION = "region"
    YEAR = "year"


class ShownLanguage(StrEnum):
    """The language of tables and pages; notices stay as they are."""

    ZH = "zh"
    EN = "en"


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(short_help="Set notices side by side: table, web page, spreadsheet.")(compare)


def compare(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH...]",
            help="Two or more files, or folders and patterns; leave out with --db.",
            show_default=False,
        ),
    ] = None,
    db: Annotated[
        str | None,
        typer.Option(
            "--db",
            metavar="URL",
            help="Compare notices of a database (see noticetab ingest), not files.",
        ),
    ] = None,
    where: Annotated[
        str | None,
        typer.Option(
            "--where",
            metavar="FILTER",
            help="Which notices of the database: \"series='全国科普日' and year=2023\". Fields: title, "
            "doc_type, doc_number, region, region_adcode, issued_on, notice_id, event, series, edition, "
            "year, starts_on, ends_on, theme, organizer.",
        ),
    ] = None,
    by: Annotated[
        Grouping, typer.Option("--by", help="What a column is: each notice, or all of a region or a year.")
    ] = Grouping.NOTICE,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the comparison as one web page.")
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Write the comparison as a workbook.")
    ] = None,
    language: Annotated[
        ShownLanguage, typer.Option("--language", help="Language of the table, page and workbook.")
    ] = ShownLanguage.ZH,
    rules: options.RulesOption = None,
    contacts: options.ContactsOption = Contacts.KEEP,
    jobs: options.JobsOption = None,
    quiet: options.QuietOption = False,
) -> None:
    """Set notices side by side: facts, activities and focus points aligned, what changed by year.

    Prints a table; --html writes one page that needs no network, in which every value opens the
    source text at its place; --xlsx writes a workbook. A file that cannot be read is named and
    the others are compared; the exit status is then 1.
    """
    from noticetab.cli.console import console, stop, warn
    from noticetab.compare import compare as compare_records
    from noticetab.compare import report, workbook
    from noticetab.compare.terminal import print_comparison

    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise stop(f"comparing needs {', '.join(missing)}; pip install 'noticetab[compare]'", 1)
    if bool(paths) == bool(db):
        raise stop("give either files to compare or --db URL")
    if where is not None and not db:
        raise stop("--where chooses notices of a database; give --db URL too")
    if db:
        records, failed = _stored(db, where, contacts), False
    else:
        records, failed = _extracted(paths or [], rules, contacts, jobs, quiet)
    others = [record for record in records if not record.notice.is_notice]
    for record in others:
        warn(f"{record.source.path}: is no notice and is left out")
    if len(records) - len(others) < 2:
        raise stop(f"a comparison needs at least two notices, here is {len(records) - len(others)}", 1)
    comparison = compare_records(records, by.value)
    for written, function in ((html, report), (xlsx, workbook)):
        if written:
            function(comparison, written, language.value)
            if not quiet:
                typer.echo(f"written: {written}", err=True)
    if not quiet:
        print_comparison(comparison, console(), language.value)
    raise typer.Exit(1 if failed else 0)


def _extracted(
    paths: list[str], rules: Path | None, contacts: Contacts, jobs: int | None, quiet: bool
) -> tuple[list[Record], bool]:
    from noticetab import batch
    from noticetab.cli.console import progress

    files = batch.find(paths)
    records: list[Record] = []
    failed = False
    with progress(len(files), "reading", quiet=quiet) as step:
        for outcome in batch.extract_all(files, options.chosen(rules, contacts, None), jobs):
            step()
            records += outcome.records
            if outcome.failure is not None:
                failed = True
                typer.echo(f"failed: {outcome.failure.error}", err=True)
    return records, failed


def _stored(url: str, where: str | None, contacts: Contacts) -> list[Record]:
    from noticetab import privacy, stores
    from noticetab.cli.console import stop
    from noticetab.compare.where import WhereError, select

    try:
        with stores.open(url, create=False) as store:
            return [privacy.apply(record, contacts) for record in select(store, where)]
    except (WhereError, stores.StoreError) as error:
        raise stop(str(error), 2 if isinstance(error, WhereError) else 1) from None
