"""``noticetab run``: files and folders become a folder of tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noticetab.cli.options import (
    ContactsOption,
    JobsOption,
    LimitOption,
    PathsArgument,
    QuietOption,
    RulesOption,
    options_from,
)
from noticetab.privacy import Contacts

if TYPE_CHECKING:
    from noticetab.outputs import Summary


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(short_help="Extract notices into a folder of tables.")(run)


def run(
    paths: PathsArgument,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the results; made if missing.")
    ] = Path("outputs"),
    rules: RulesOption = None,
    contacts: ContactsOption = Contacts.KEEP,
    limit: LimitOption = None,
    jobs: JobsOption = None,
    quiet: QuietOption = False,
) -> None:
    """Extract notices and write tables: a CSV for each table, notices.sqlite, records/NAME.json.

    What an earlier run wrote into the folder is replaced, all of it, and only when the new results
    are complete. A file that cannot be read stops nothing: it is a row of failures.csv, and the
    exit status is 1.
    """
    from noticetab import batch, outputs
    from noticetab.cli.console import progress, stop

    files = batch.find(paths)
    if not files:
        raise stop(f"no files of a known format in {', '.join(paths)}")
    options = options_from(rules, contacts, limit)
    with progress(len(files), "reading", quiet=quiet) as step:
        summary = outputs.run(files, out, options, jobs, lambda outcome: step())
    for failure in summary.failures:
        typer.echo(f"failed: {failure.error}", err=True)
    if not quiet:
        _print(summary)
    raise typer.Exit(1 if summary.failures else 0)


def _print(summary: Summary) -> None:
    from noticetab.cli.console import print_table

    rows = [
        ("files read", summary.files),
        ("notices", summary.notices),
        ("documents that are no notice", summary.others),
        ("files that failed", len(summary.failures)),
        *((f"findings: {severity}", n) for severity in SEVERITIES if (n := summary.findings[severity])),
        *((f"rows: {table}", n) for table, n in summary.rows.items() if n and table not in UNCOUNTED),
    ]
    print_table(f"written to {summary.folder}", ("", "count"), rows, numbers=1)


SEVERITIES = ("error", "warning", "info")
UNCOUNTED = frozenset({"notices", "sources", "findings", "failures"})
"""Tables whose rows are counted in words above."""
