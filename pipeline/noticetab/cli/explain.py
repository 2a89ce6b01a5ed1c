"""``noticetab explain``: what the program saw, line by line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from noticetab.cli import options
from noticetab.privacy import Contacts


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(short_help="Show each row under the line it came from.")(explain)


def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The notice.", show_default=False)],
    image: Annotated[
        Path | None,
        typer.Option(
            "--image",
            metavar="DIR",
            help="Also write a picture of each page (PDF, OFD, scans) with the boxes of the rows.",
        ),
    ] = None,
    rules: options.RulesOption = None,
    contacts: options.ContactsOption = Contacts.KEEP,
    limit: options.LimitOption = None,
) -> None:
    """Show the outline as the program sees it, and each row under the line it came from.

    A row is followed by the id of the rule that made it and by its confidence where it is below 1.
    """
    from noticetab import batch
    from noticetab import explain as explanation
    from noticetab.cli.console import stop, warn_if_no_notice

    outcome = batch.extract_one(file, options.chosen(rules, contacts, limit))
    if outcome.record is None:
        raise stop(outcome.traceback or (outcome.failure.error if outcome.failure else str(file)), status=1)
    warn_if_no_notice(outcome.records, outcome.path)
    for line in explanation.text(outcome.record):
        typer.echo(line)
    if image is not None:
        from noticetab.read.picture import draw

        for made in draw(file, outcome.record.rows(), image):
            typer.echo(f"drawn: {made}")
