"""``noticetab rules audit``: rules and lexicon entries that rest on one document, or on none."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from noticetab.cli import options

if TYPE_CHECKING:
    from noticetab.evaluate.audit import Audit, Entry, Use
    from noticetab.record import Record


class Format(StrEnum):
    """How the result is printed."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to ``app``, as part of a group."""
    group = typer.Typer(help="Look after the rules.", no_args_is_help=True, rich_markup_mode=None)
    group.callback()(_rules)
    group.command(short_help="List rules that rest on one document.")(audit)
    app.add_typer(group, name="rules")


def _rules() -> None:
    """Look after the rules."""


def audit(
    corpus: options.PathsArgument,
    allow: Annotated[
        Path | None,
        typer.Option(
            "--allow", metavar="FILE", help="TOML file of entries that need not be borne out, with reasons."
        ),
    ] = None,
    deep: Annotated[
        bool,
        typer.Option(
            "--deep",
            help="Take out the entries that fire in one document, and name only those without which a row "
            "is lost or changed.",
        ),
    ] = False,
    form: Annotated[Format, typer.Option("--format", "-f", help="text or json.")] = Format.TEXT,
    jobs: options.JobsOption = None,
    quiet: options.QuietOption = False,
) -> None:
    """Say in how many documents each rule and lexicon entry fires, and list those of one or none.

    A rule that a single document bears out may state what that document says and not how official
    writing works. The exit status is 1 if an entry is named that is not allowed.
    """
    from noticetab import batch
    from noticetab.cli.console import progress, stop, warn
    from noticetab.evaluate import audit as auditing

    files = batch.find(corpus)
    if len(files) < 2:
        raise stop("a corpus has at least two documents")
    records = {}
    with progress(len(files), "reading", quiet=quiet) as step:
        for outcome in batch.extract_all(files, jobs=jobs):
            step()
            if outcome.record is not None:
                records[str(outcome.path)] = outcome.record
            elif outcome.failure is not None:
                warn(outcome.failure.error)
    result = auditing.audit(records)
    allowances = auditing.read_allowances(allow) if allow else []
    lonely = [
        entry
        for entry, use in result.entries.items()
        if len(use.documents) == 1 and not any(allowance.covers(entry) for allowance in allowances)
    ]
    if deep:
        _support(result, records, lonely, quiet)
        lonely = [entry for entry in lonely if result.entries[entry].only_support]
    if form is Format.JSON:
        _print_json(result)
    elif not quiet:
        _print_text(result)
    for entry in lonely:
        alone = " and is the only support of a row" if result.entries[entry].only_support else ""
        typer.echo(f"fires in one document only{alone}: {entry.id} ({result.entries[entry].documents[0]})")
    raise typer.Exit(1 if lonely else 0)


def _support(result: Audit, records: dict[str, Record], entries: list[Entry], quiet: bool) -> None:
    """Fill in where each of ``entries`` is the only support of a row."""
    from noticetab.cli.console import progress
    from noticetab.evaluate.audit import support

    of_document: dict[str, list[Entry]] = {}
    for entry in entries:
        of_document.setdefault(result.entries[entry].documents[0], []).append(entry)
    with progress(len(of_document), "taking out", quiet=quiet) as step:
        for document, found in of_document.items():
            for entry in support(records[document], Path(document), found):
                result.entries[entry].only_support.append(document)
            step()


def _print_text(result: Audit) -> None:
    from noticetab.cli.console import print_table

    rows = [(rule, len(use.documents)) for rule, use in result.rules.items()]
    print_table(f"rules, over {result.documents} documents", ("rule", "documents"), rows, numbers=1)
    blocks: dict[str, list[Use]] = {}
    for entry, use in result.entries.items():
        blocks.setdefault(f"{entry.file} {entry.key}", []).append(use)
    counted = []
    for block, uses in blocks.items():
        documents = [len(use.documents) for use in uses]
        one, none = documents.count(1), documents.count(0)
        counted.append((block, len(uses), len(uses) - one - none, one, none))
    columns = ("block of rules", "entries", "in several", "in one", "in none")
    print_table("entries by block", columns, counted, numbers=4)
    never = [entry for entry, use in result.entries.items() if not use.documents]
    typer.echo(
        "never fire: " + ", ".join(f"{entry.text}" for entry in never) if never else "all entries fire"
    )


def _print_json(result: Audit) -> None:
    import json
    from dataclasses import asdict

    uses = [
        {"file": e.file, "block": e.key, "entry": e.text, **asdict(use)} for e, use in result.entries.items()
    ]
    rules = {rule: asdict(use) for rule, use in result.rules.items()}
    data = {"documents": result.documents, "rules": rules, "entries": uses}
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
