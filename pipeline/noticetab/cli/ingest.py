"""``noticetab ingest``, ``history`` and ``export``: databases of notices, fed and asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from noticetab.cli import options
from noticetab.privacy import Contacts

if TYPE_CHECKING:
    from noticetab.stores.history import Version
    from noticetab.stores.ingest import Settings
    from noticetab.stores.runs import Summary
    from noticetab.stores.store import Store


class Format(StrEnum):
    """What tables are exported as."""

    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"
    JSONL = "jsonl"
    ICS = "ics"
    JSONLD = "jsonld"
    DATAPACKAGE = "datapackage"


class HistoryFormat(StrEnum):
    """What a history is printed as."""

    TABLE = "table"
    JSON = "json"


ToOption = Annotated[
    str,
    typer.Option(
        "--to",
        "-t",
        metavar="URL",
        help="Database: a path ending in .sqlite or .duckdb, sqlite:///…, postgresql://… or duckdb:///…",
    ),
]
FromOption = Annotated[str, typer.Option("--from", "-f", metavar="URL", help="Database, as for --to.")]
DATABASE = "notices.sqlite"


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command()(ingest)
    app.command()(history)
    app.command()(export)


def ingest(
    paths: options.PathsArgument,
    to: ToOption = DATABASE,
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Keep going as files arrive in PATH, until interrupted.")
    ] = False,
    interval: Annotated[
        float, typer.Option("--interval", min=0.05, help="With --watch: seconds between two looks.")
    ] = 2.0,
    again: Annotated[
        bool,
        typer.Option("--again", help="Read known files anew too, for another program version or rules."),
    ] = False,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, help="Seconds that one file may take, with several jobs.")
    ] = 600.0,
    patience: Annotated[
        float, typer.Option("--patience", min=0, help="Seconds to wait for a database that is busy or away.")
    ] = 300.0,
    tracebacks: Annotated[
        Path | None,
        typer.Option(
            "--tracebacks",
            metavar="DIR",
            help="Folder for tracebacks. Default: beside the database file, for a "
            "server ~/.local/state/noticetab/tracebacks.",
        ),
    ] = None,
    rules: options.RulesOption = None,
    contacts: options.ContactsOption = Contacts.KEEP,
    limit: options.LimitOption = None,
    jobs: options.JobsOption = None,
    quiet: options.QuietOption = False,
) -> None:
    """Feed a database: new files are read, known ones cost a hash, corrections become versions.

    Doing it twice changes nothing; after a crash or a lost server the next run goes on where the
    last one ended. Exit status 1 if files failed (table failures) or the database did.
    """
    from noticetab import stores
    from noticetab.cli.console import progress, stop, warn
    from noticetab.stores.ingest import Settings

    arguments = {
        "paths": paths,
        "to": _without_password(to),
        "watch": watch,
        "again": again,
        "jobs": jobs,
        "rules": None if rules is None else str(rules),
        "contacts": contacts.value,
        "limit": limit,
    }
    shared: dict[str, Any] = {
        "jobs": jobs,
        "options": options.chosen(rules, contacts, limit),
        "again": again,
        "timeout": timeout,
        "patience": patience,
        "tracebacks": None if tracebacks is None else tracebacks.absolute(),
        "on_wait": lambda reason: warn(f"waiting: {reason}"),
    }
    try:
        with stores.open(to, patience=patience) as store:
            if watch:
                _watch(store, paths, Settings(**shared), interval, arguments, quiet)
                return
            files = options.files(paths)
            with progress(len(files), "reading", quiet=quiet) as step:
                settings = Settings(**shared, on_file=lambda _path, _result: step())
                summary = store.ingest(files, settings, arguments)
            _report(summary, str(store), quiet)
    except stores.StoreError as error:
        raise stop(str(error), 1) from None
    raise typer.Exit(1 if summary.failed else 0)


def _without_password(url: str) -> str:
    import re

    return re.sub(r"(?<=://)([^:@/]*):[^@/]*@", r"\1:***@", url)


def _watch(
    store: Store,
    paths: list[str],
    settings: Settings,
    interval: float,
    arguments: dict[str, Any],
    quiet: bool,
) -> None:
    import threading

    stop = threading.Event()
    with _ended_by_signal(stop.set):
        for summary in store.watch(paths, settings, interval=interval, stop=stop, arguments=arguments):
            _report(summary, str(store), quiet)


@contextmanager
def _ended_by_signal(end: Callable[[], None]) -> Iterator[None]:
    """Let SIGINT and SIGTERM end the watching after the run at hand."""
    import signal

    before = {number: signal.signal(number, lambda *_: end()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _report(summary: Summary, where: str, quiet: bool) -> None:
    from noticetab.cli.console import print_table, warn

    for failure in summary.failures:
        typer.echo(f"failed: {failure.error}", err=True)
    if summary.exposed:
        warn(
            f"{where} still has the names and numbers that {summary.exposed} earlier runs stored: files that "
            "are known are not read again, and older versions keep them in any case; "
            f"noticetab purge-contacts {where} takes them out"
        )
    if quiet:
        return
    counts = [(name, count) for name, count in summary.counts().items() if name != "files"]
    typer.echo(f"{summary.files} files into {where} in {summary.seconds:.1f} s")
    print_table("", ("result", "files"), counts, numbers=1)
    if summary.stale:
        typer.echo(
            f"{summary.stale} unchanged files were read by another version of program or rules; "
            "--again reads them anew"
        )


def history(
    notice: Annotated[
        str,
        typer.Argument(
            metavar="NOTICE", help="Id (or its beginning), document number, file, or words of the title."
        ),
    ],
    source: FromOption = DATABASE,
    form: Annotated[HistoryFormat, typer.Option("--format", help="A table, or JSON.")] = HistoryFormat.TABLE,
) -> None:
    """Show the versions of a notice and what each changed, field by field."""
    from noticetab import stores
    from noticetab.cli.console import stop

    try:
        with stores.open(source, create=False) as store:
            versions = store.history(notice)
    except stores.StoreError as error:
        raise stop(str(error), 1) from None
    if form is HistoryFormat.JSON:
        import json
        from dataclasses import asdict

        listed = [asdict(version) for version in versions]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=1, default=lambda day: day.isoformat()))
        return
    _print_history(versions)


def _print_history(versions: list[Version]) -> None:
    from noticetab.cli.console import print_table
    from noticetab.tables.delimited import to_json

    def shown(value: Any) -> str:
        return "" if value is None else value if isinstance(value, str) else to_json(value)

    typer.echo(f"{versions[0].notice_id} {versions[0].title or ''}")
    for version in versions:
        until = "now" if version.is_current else f"{version.valid_to:%Y-%m-%d %H:%M}"
        when = f"{version.valid_from:%Y-%m-%d %H:%M} to {until} UTC"
        file = version.path or "an unknown file"
        typer.echo(f"\nversion {version.version} ({version.reason}), {when}, from {file}")
        rows = [
            (c.table, c.row_label or c.row_id, c.field or c.kind, shown(c.old), shown(c.new))
            for c in version.changes
        ]
        if rows:
            print_table("", ("table", "row", "field", "before", "after"), rows)


def export(
    form: Annotated[
        Format,
        typer.Option(
            "--format",
            "-F",
            help="csv, parquet, datapackage (CSV with datapackage.json): a folder; xlsx, jsonl, ics "
            "(calendar), jsonld (schema.org): one file.",
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="PATH", help="Folder, or file of one-file formats.")
    ],
    source: FromOption = DATABASE,
    chinese_headers: Annotated[
        bool, typer.Option("--chinese-headers", help="xlsx: names of sheets and columns in Chinese.")
    ] = False,
    quiet: options.QuietOption = False,
) -> None:
    """Write a database's notices in a format that others read."""
    from noticetab import exports, stores
    from noticetab.cli.console import stop, told

    try:
        with stores.open(source, create=False) as store:
            tables = {} if form is Format.JSONL else store.tables()
            records = store.records() if form is Format.JSONL else ()
            written = exports.export(form.value, tables, records, out, chinese_headers=chinese_headers)
    except ModuleNotFoundError as error:
        raise stop(f"{form.value} needs {error.name}; install noticetab[export]", 1) from None
    except OSError as error:
        raise stop(told(error), 1) from None
    if not quiet:
        for path in written:
            typer.echo(path)
