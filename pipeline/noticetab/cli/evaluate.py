"""``noticetab evaluate``: how right the records are, and what changed since an earlier version."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from noticetab.cli import options

if TYPE_CHECKING:
    from noticetab.evaluate import Change, Corpus, Score, Tally

DEFAULT_GOLD = ("corpus/gold", "corpus/dev/gold")


class Format(StrEnum):
    """How the result is printed."""

    TEXT = "text"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command(short_help="Compare records with gold.")(evaluate)


def evaluate(
    gold: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[GOLD_DIR]...",
            help="Folders with a gold file (JSON) for each notice. Default: corpus/gold and corpus/dev/gold.",
            show_default=False,
        ),
    ] = None,
    notices: Annotated[
        Path | None,
        typer.Option(
            "--notices",
            metavar="DIR",
            help="Folder of the notices. Default: notices/ or texts/ beside the gold.",
        ),
    ] = None,
    records: Annotated[
        Path | None,
        typer.Option(
            "--records",
            metavar="PATH",
            help="Compare these records and extract nothing: a folder of NAME.json, or a file of --save.",
        ),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="FILE", help="Write all records into FILE, for --against."),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            metavar="OLD",
            help="Show the rows gained, lost and changed since the records of OLD (a file of --save).",
        ),
    ] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="text or json.")] = Format.TEXT,
    brief: Annotated[
        bool, typer.Option("--brief", "-b", help="Figures alone, without what is missing and extra.")
    ] = False,
    threshold: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            help="Confidence below which a wrong value does not count as silent. Default: that of "
            "LOW_CONFIDENCE.",
        ),
    ] = None,
    rules: options.RulesOption = None,
    jobs: options.JobsOption = None,
    quiet: options.QuietOption = False,
) -> None:
    """Compare records with gold: precision, recall and F1 of each field, what is missing and extra.

    White space, width of characters and shape of brackets do not count. The exit status is 1 if
    anything is missing or extra.
    """
    from noticetab.check.confidence import confidence_rules
    from noticetab.cli.console import stop, told
    from noticetab.evaluate import Score, changes, find_corpus, read_records
    from noticetab.evaluate import evaluate as compare

    folders = gold or [folder for name in DEFAULT_GOLD if (folder := Path(name)).is_dir()]
    if not folders:
        raise stop("no gold: give a folder with a JSON file for each notice")
    try:
        corpora = [find_corpus(folder, notices) for folder in folders]
        found = read_records(records) if records else _extract(corpora, rules, jobs, quiet)
        old = read_records(against) if against else None
    except OSError as error:
        raise stop(told(error)) from None
    scores = {name: score for corpus in corpora for name, score in compare(corpus, found).items()}
    total = Score()
    for score in scores.values():
        total.add(score)
    if save:
        _save(save, found)
    if threshold is None:
        threshold = confidence_rules().threshold
    changed = (
        list(changes(old, {name: found[name] for name in scores if name in found}))
        if old is not None
        else None
    )
    if form is Format.JSON:
        _print_json(total, scores, changed, threshold)
    elif not quiet:
        _print_text(total, scores, changed, threshold, brief)
    raise typer.Exit(0 if total.perfect else 1)


def _extract(
    corpora: list[Corpus], rules: Path | None, jobs: int | None, quiet: bool
) -> dict[str, dict[str, Any]]:
    """Records of the notices of ``corpora`` by name of their gold."""
    from noticetab import batch
    from noticetab.cli.console import progress, warn

    names = {d.notice: d.name for corpus in corpora for d in corpus.documents if d.notice}
    for corpus in corpora:
        for document in corpus.documents:
            if document.notice is None:
                warn(f"{corpus.folder}: the notice of {document.name}.json was not found")
    found = {}
    with progress(len(names), "reading", quiet=quiet) as step:
        for outcome in batch.extract_all(list(names), batch.Options(rules), jobs):
            step()
            if outcome.record is not None:
                found[names[outcome.path]] = outcome.record.model_dump(mode="json")
            elif outcome.failure is not None:
                warn(outcome.traceback or outcome.failure.error)
    return found


def _save(file: Path, records: dict[str, dict[str, Any]]) -> None:
    import json

    from noticetab.aside import aside

    file.parent.mkdir(parents=True, exist_ok=True)
    with aside(file) as out:
        json.dump(records, out, ensure_ascii=False, indent=1)


def _print_json(
    total: Score, scores: dict[str, Score], changed: list[Change] | None, threshold: float
) -> None:
    import json
    from dataclasses import asdict

    from noticetab.evaluate import silent

    quiet, wrong = silent(total.total.wrong, threshold)
    result: dict[str, Any] = {
        "total": _figures(total.total, brief=True),
        "fields": {name: _figures(total.fields[name], brief=True) for name in sorted(total.fields)},
        "documents": {
            document: {name: _figures(score.fields[name]) for name in sorted(score.fields)}
            for document, score in scores.items()
        },
        "silent": {"threshold": threshold, "wrong": wrong, "silent": quiet},
    }
    if changed is not None:
        result["changes"] = [asdict(change) for change in changed]
    typer.echo(json.dumps(result, ensure_ascii=False, indent=1))


def _figures(tally: Tally, brief: bool = False) -> dict[str, Any]:
    right, extra, missing = tally.counts
    figures: dict[str, Any] = {
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
        "f1": round(tally.f1, 4),
        "right": right,
    }
    if brief:
        return {**figures, "extra": extra, "missing": missing}
    return {**figures, "extra": tally.extra, "missing": tally.missing}


def _print_text(
    total: Score, scores: dict[str, Score], changed: list[Change] | None, threshold: float, brief: bool
) -> None:
    from noticetab.cli.console import print_table
    from noticetab.evaluate import silent

    fields = [(name, total.fields[name]) for name in sorted(total.fields) if any(total.fields[name].counts)]
    rows = [(name, *_row(tally)) for name, tally in [*fields, ("all fields", total.total)]]
    columns = ("field", "precision", "recall", "F1", "right", "extra", "missing")
    print_table(f"{len(scores)} documents", columns, rows, numbers=6)
    quiet, wrong = silent(total.total.wrong, threshold)
    if wrong:
        typer.echo(
            f"{wrong} wrong values, {quiet} of them ({quiet / wrong:.0%}) silent: no finding at their place "
            f"and a confidence of {threshold:g} or more"
        )
    if not brief:
        for name, score in scores.items():
            for field, tally in sorted(score.fields.items()):
                for mark, keys in (("-", tally.missing), ("+", tally.extra)):
                    for key in keys:
                        typer.echo(f"{mark} {name} {field}: {_key(key)}")
    if changed is not None:
        for change in changed:
            typer.echo(_change(change))
        kinds = ("gained", "lost", "changed")
        typer.echo(", ".join(f"{sum(c.kind == kind for c in changed)} rows {kind}" for kind in kinds))


def _row(tally: Tally) -> tuple[str, str, str, int, int, int]:
    return (f"{tally.precision:.3f}", f"{tally.recall:.3f}", f"{tally.f1:.3f}", *tally.counts)


def _key(key: Any) -> str:
    if isinstance(key, tuple):
        return " | ".join(_key(part) for part in key)
    return "-" if key is None else str(key)


def _change(change: Change) -> str:
    """One line: what happened to which row, and for a changed one from what to what."""
    import json

    def brief(value: Any) -> str:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return text if len(text) <= 60 else f"{text[:59]}…"

    mark = {"gained": "+", "lost": "-", "changed": "~"}[change.kind]
    row = change.new or change.old or {}
    if change.kind == "changed" and change.old is not None and change.new is not None:
        said = "; ".join(
            f"{name}: {brief(change.old.get(name))} → {brief(change.new.get(name))}" for name in change.fields
        )
        label = row.get("name") or row.get("heading") or row.get("title") or row.get("raw") or row.get("what")
        return f"{mark} {change.document} {change.table} {brief(label or '')}: {said}"
    known = {name: value for name, value in row.items() if value not in (None, [], {}, "", False)}
    return f"{mark} {change.document} {change.table}: " + ", ".join(
        f"{k}={brief(v)}" for k, v in known.items()
    )
