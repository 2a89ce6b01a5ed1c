"""Options that several commands share, so that they are called and explained alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noticetab.privacy import Contacts

if TYPE_CHECKING:
    from noticetab.batch import Options


def _rules_in_force(context: typer.Context, folder: Path | None) -> Path | None:
    """Put the rules of ``--rules`` in force until the command ends."""
    if folder is not None:
        from noticetab.rules import rulebook

        if not folder.is_dir():
            raise typer.BadParameter(f"{folder} is no folder")
        context.with_resource(rulebook(folder).in_force())
    return folder


RulesOption = Annotated[
    Path | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        callback=_rules_in_force,
        help="Folder with rules of one's own (.toml, .csv), laid over the shipped ones: docs/rules.md.",
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
        "Names: bytes, chars, lines, pages, scanned_pages, seconds, scan_seconds, office_seconds, memory, "
        "scan_memory, office_memory, expanded_bytes, parts, ratio, pixels, page_points.",
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

    Raises :class:`typer.BadParameter` (exit status 2) for a limit that is none.
    """
    from noticetab.batch import Options

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
