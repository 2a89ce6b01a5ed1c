"""``noticetab check``: findings like those of a linter."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from noticetab.cli import options
from noticetab.printable import shown_path
from noticetab.privacy import Contacts

if TYPE_CHECKING:
    from noticetab.record import Finding, Record


class Level(StrEnum):
    """Severities, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Language(StrEnum):
    """The language of messages."""

    ZH = "zh"
    EN = "en"


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSONL = "jsonl"


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(short_help="Print what is wrong with a notice.")(check)


def check(
    paths: options.PathsArgument,
    level: Annotated[
        Level, typer.Option("--level", help="Leave out findings that are less grave than this.")
    ] = Level.INFO,
    language: Annotated[
        Language, typer.Option("--language", "-l", help="Language of messages.")
    ] = Language.ZH,
    form: Annotated[
        Format,
        typer.Option("--format", "-f", help="text: one line a finding; jsonl: one JSON object a line."),
    ] = Format.TEXT,
    rules: options.RulesOption = None,
    contacts: options.ContactsOption = Contacts.KEEP,
    limit: options.LimitOption = None,
    jobs: options.JobsOption = None,
) -> None:
    """Read notices as an editor would and print what is wrong: FILE:LINE:COLUMN: severity CODE message.

    Lines and columns count from 1 in the text as it was read. The exit status is 1 if there is a
    finding of severity error, or a file that cannot be read, so that an office can run this
    before it publishes.
    """
    from noticetab import batch
    from noticetab.cli.console import warn, warn_if_no_notice

    bad = False
    shown = tuple(Level)[: tuple(Level).index(level) + 1]
    for outcome in batch.extract_all(options.files(paths), options.chosen(rules, contacts, limit), jobs):
        if outcome.record is None:
            bad = True
            warn(outcome.failure.error if outcome.failure else f"{outcome.path}: not read")
            continue
        warn_if_no_notice(outcome.records, outcome.path)
        for record in outcome.records:
            for finding in sorted(record.findings, key=lambda f: f.evidence.start):
                bad = bad or finding.severity == Level.ERROR.value
                if finding.severity in shown:
                    path = record.source.path or shown_path(outcome.path)
                    typer.echo(_line(path, record, finding, form, language))
    raise typer.Exit(1 if bad else 0)


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset into ``text``, both from 1."""
    before = text[:offset]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _line(path: str, record: Record, finding: Finding, form: Format, language: Language) -> str:
    line, column = position(record.text, finding.evidence.start)
    message = finding.message if language is Language.ZH or not finding.message_en else finding.message_en
    if form is Format.TEXT:
        return f"{path}:{line}:{column}: {finding.severity} {finding.code} {message}"
    import json

    place = {"path": path, "part": record.source.part, "line": line, "column": column}
    row = finding.model_dump(mode="json", exclude={"evidence", "related", "rule", "spans"})
    places = [position(record.text, other.start) for other in finding.related]
    related = [{"line": at[0], "column": at[1]} for at in places]
    return json.dumps({**place, **row, "related": related}, ensure_ascii=False)
