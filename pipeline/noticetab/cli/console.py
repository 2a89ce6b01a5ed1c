"""What commands print: tables, progress and messages. rich is imported when something is printed."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from noticetab.printable import escaped, shown_path

if TYPE_CHECKING:
    from rich.console import Console

    from noticetab.record import Record

PLAIN_WIDTH = 120
"""Columns of output that goes to a file or a pipe and not to a screen."""


def console(*, stderr: bool = False) -> Console:
    """A console on standard output or error; plain text of a fixed width if that is no screen."""
    from rich.console import Console

    screen = (sys.stderr if stderr else sys.stdout).isatty()
    width = None if screen or os.environ.get("COLUMNS") else PLAIN_WIDTH
    return Console(stderr=stderr, highlight=False, width=width, soft_wrap=False)


def warn(message: str) -> None:
    """One line on standard error."""
    typer.echo(f"noticetab: {message}", err=True)


def stop(message: str, status: int = 2) -> typer.Exit:
    """Say ``message`` on standard error; raise what this gives to end with ``status``."""
    warn(message)
    return typer.Exit(status)


def told(error: BaseException) -> str:
    """The line for people on an error: the file, what is wrong, what to do.

    What the system says of a file begins with a number and ends with the name (``[Errno 17] File
    exists: 'out'``); here the name comes first, and where the reason alone does not help, what to do.
    """
    if not isinstance(error, OSError) or error.strerror is None:
        return escaped(str(error))
    advice = {
        errno.EEXIST: "a file of this name is in the way; give another folder",
        errno.ENOTDIR: "a file of this name is in the way; give another folder",
        errno.EISDIR: "this is a folder; give the name of a file",
        errno.ENOENT: "see whether the name is spelt as it should be",
        errno.EACCES: "give another place, or the right to this one",
        errno.EROFS: "give another place",
        errno.ENOSPC: "make room, or give another place",
    }.get(error.errno or 0)
    parts = [f"{shown_path(error.filename)}: " if error.filename else "", error.strerror]
    return "".join(parts) + (f"; {advice}" if advice else "")


def warn_if_no_notice(records: Sequence[Record], path: str | Path) -> None:
    """Say on standard error that a file holds no notice, so that nobody waits for its rows."""
    if records and not any(record.notice.is_notice for record in records):
        warn(f"{shown_path(path)}: reads like no official notice, so no rows were made of it")


def print_table(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    numbers: int = 0,
) -> None:
    """A table of ``rows``; the last ``numbers`` columns are flush right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for i, column in enumerate(columns):
        right = i >= len(columns) - numbers
        table.add_column(column, justify="right" if right else "left", overflow="fold", no_wrap=right)
    for row in rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    console().print(table)


@contextmanager
def progress(total: int, what: str, *, quiet: bool = False) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error, if that is a screen; the function it gives counts one on."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
