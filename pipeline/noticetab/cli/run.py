"""``noticetab run``: files and folders become a folder of tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noticetab.cli import options
from noticetab.printable import shown_path
from noticetab.privacy import Contacts

if TYPE_CHECKING:
    from noticetab.outputs import Summary


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(short_help="Extract notices into a folder of tables.")(run)


def run(
    paths: options.PathsArgument,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the results; made if missing.")
    ] = Path("outputs"),
    rules: options.RulesOption = None,
    contacts: options.ContactsOption = Contacts.KEEP,
    limit: options.LimitOption = None,
    jobs: options.JobsOption = None,
    quiet: options.QuietOption = False,
) -> None:
    """Extract notices and write tables: a CSV for each table, notices.sqlite, records/NAME.json.

    What an earlier run wrote into the folder is replaced, all of it, and only when the new results
    are complete and at least one file could be read. A file that cannot be read stops nothing: it
    is a row of failures.csv, and the exit status is 1. Files in folders that are of no kind that is
    read are named and left out.
    """
    from noticetab import batch, outputs, privacy
    from noticetab.cli.console import progress, warn

    files = options.files(paths)
    how = options.chosen(rules, contacts, limit)
    with progress(len(files), "reading", quiet=quiet) as step:
        summary = outputs.run(files, out, how, jobs, lambda _outcome: step())
    for failure in summary.failures:
        typer.echo(f"failed: {failure.error}", err=True)
    if summary.kept:
        warn(f"{out}: nothing could be read, so the results of an earlier run stay as they are")
        raise typer.Exit(1)
    passed = batch.passed_over(paths)
    if not quiet:
        for path in passed:
            shown = privacy.hide(shown_path(path), contacts)
            typer.echo(
                f"not read: {shown}: not a kind that is read; give the file itself to try it", err=True
            )
        _print(summary, len(passed))
    raise typer.Exit(1 if summary.failures else 0)


def _print(summary: Summary, passed: int) -> None:
    from noticetab.cli.console import print_table

    groups = {
        "files": {
            "read": summary.files,
            **({"+ further documents in them": summary.further} if summary.further else {}),
            "- a notice": summary.notices,
            "- another copy of one of these": summary.copies,
            "- no notice (a row of notices.csv too)": summary.others,
            "- failed": len(summary.failures),
            **({"not a kind that is read": passed} if passed else {}),
        },
        "findings": {severity: summary.findings[severity] for severity in SEVERITIES},
        "rows": {f"{table}.csv": n for table, n in summary.rows.items() if n},
    }
    lines = [
        ("" if i else group, what, count)
        for group, counts in groups.items()
        for i, (what, count) in enumerate(counts.items())
    ]
    print_table(f"written to {summary.folder}", ("", "", "count"), lines, numbers=1)


SEVERITIES = ("error", "warning", "info")
