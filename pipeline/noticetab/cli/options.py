"""Options that several commands share, so that they are called and explained alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noticetab.privacy import Contacts

if TYPE_CHECKING:
    from noticetab.batch import Options

RulesOption = Annotated[
    Path | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help="Folder with rules files (.toml, .csv) that replace the shipped ones of the same name.",
    ),
]
ContactsOption = Annotated[
    Contacts,
    typer.Option(
        "--contacts",
        help="Personal data of contact points: keep it, mask it (same length, so that evidence still "
        "fits), or drop the rows and black the text out.",
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, help="Processes to use. Default: as many as the work needs."),
]
PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Files, folders (searched through, known formats) or patterns such as 'notices/*.docx'.",
        show_default=False,
    ),
]
LimitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=VALUE",
        help="The most that one file may have or take, such as pages=100 or seconds=60; may be repeated. "
        "Names: bytes, chars, pages, scanned_pages, seconds, expanded_bytes, parts, ratio, pixels, "
        "page_points.",
    ),
]


def files(paths: list[str]) -> list[Path]:
    """The files that the paths of a command line mean; ends with status 2 if there are none."""
    from noticetab import batch
    from noticetab.cli.console import stop

    found = batch.find(paths)
    if not found:
        raise stop(f"no files of a known format in {', '.join(paths)}")
    return found


def chosen(rules: Path | None, contacts: Contacts, limit: list[str] | None) -> Options:
    """The options of a batch, from those of a command line.

    Raises :class:`typer.BadParameter` (exit status 2) for a folder of rules that does not exist
    or a limit that is none.
    """
    from noticetab.batch import Options

    if rules is not None and not rules.is_dir():
        raise typer.BadParameter(f"{rules} is no folder", param_hint="--rules")
    return Options(rules, tuple(map(_limit, limit or ())), contacts)


def _limit(text: str) -> tuple[str, float]:
    from dataclasses import fields

    from noticetab.read import Limits

    name, _, value = text.partition("=")
    known = {field.name: field.type for field in fields(Limits)}
    if name not in known:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(known)}", param_hint="--limit")
    try:
        number = float(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no number", param_hint=f"--limit {name}") from None
    return name, number if known[name] == "float" else int(number)
