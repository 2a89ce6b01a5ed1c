"""``noticetab purge-contacts``: personal data of contact points out of a database, older versions too."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from noticetab.cli import options


class Shown(StrEnum):
    """What is left of personal data."""

    MASK = "mask"
    DROP = "drop"


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("purge-contacts")(purge_contacts)


def purge_contacts(
    database: Annotated[
        str,
        typer.Argument(
            metavar="DB",
            help="Database: a path ending in .sqlite or .duckdb, sqlite:///…, postgresql://… or duckdb:///…",
        ),
    ],
    contacts: Annotated[
        Shown,
        typer.Option("--contacts", help="Mask names and numbers, or drop the rows and black the text out."),
    ] = Shown.DROP,
    quiet: options.QuietOption = False,
) -> None:
    """Take personal data of contact points out of a database, with all that earlier runs left there.

    Goes through every version of every notice, what each changed, the paths of files, runs and
    failures. It cannot be undone. Copies of the database, and what was exported from it, are
    not reached.
    """
    from noticetab import stores
    from noticetab.cli.console import stop
    from noticetab.privacy import Contacts
    from noticetab.stores.purge import purge

    try:
        with stores.open(database, create=False) as store:
            done = purge(store.engine, Contacts(contacts.value))
            if not quiet:
                typer.echo(
                    f"{store}: {done.versions} versions of {done.notices} notices, {done.changes} changes "
                    f"and {done.sources} paths of files have no personal data of contact points any more"
                )
    except stores.StoreError as error:
        raise stop(str(error), 1) from None
