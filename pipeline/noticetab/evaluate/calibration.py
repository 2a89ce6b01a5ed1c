"""Calibration: how often the rows of each rule are right, measured on gold, for rules/confidence.toml.

    python -m noticetab.evaluate.calibration corpus/gold corpus/dev/gold corpus/more/gold \\
        --judged corpus/real_judged.csv

writes the counts into the file in force; ``--dry-run`` prints them alone. Run it again when
rules of extraction have changed. What the figures mean is said in :mod:`noticetab.check.confidence`.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from noticetab.aside import aside
from noticetab.check import confidence
from noticetab.check.confidence import ConfidenceRules, own_grade
from noticetab.evaluate.corpus import find_corpus
from noticetab.evaluate.score import score
from noticetab.evaluate.tally import Json, rows_of

COMPARED = {
    "events": "events",
    "themes": "themes",
    "event_organizers": "organizers",
    "activities": "activities",
    "deadlines": "deadlines",
    "contacts": "contacts",
    "people": "people",
    "attachments": "attachments",
    "quotas": "quotas",
}
"""Keys of gold under which every row of a list is compared, and that list."""


def judged(gold: Json, record: Json) -> Iterator[tuple[Json, bool]]:
    """The rows of a record that gold can judge, each with whether nothing in it is wrong.

    A field that gold has and the row leaves null is no error of the row. Sections are judged on
    the first level, where gold lists them; dates and references are not, for gold lists some only.
    """
    wrong = {id(row) for row, _ in score(gold, record).total.wrong}
    for key, name in COMPARED.items():
        if key not in gold:
            continue
        for row in rows_of(record, name):
            if name == "organizers" and row.get("role") == "成员":
                continue
            yield row, id(row) not in wrong
            for organizer in rows_of(row, "organizers"):
                yield organizer, id(organizer) not in wrong
    if "sections" in gold:
        for row in rows_of(record, "sections"):
            if row.get("level") == 1:
                yield row, id(row) not in wrong
    if "member_units" in gold:
        for row in rows_of(record, "organizers"):
            if row.get("role") == "成员":
                yield row, id(row) not in wrong


Measured = Counter[tuple[str, float]]
"""Counts by rule id and grade."""


def measure(folders: Sequence[Path]) -> tuple[Measured, Measured]:
    """Rows compared and rows right, by rule and grade, over all notices of the folders of gold.

    Raises :class:`OSError` for a folder without gold, :class:`noticetab.read.ReadError` for a
    notice that cannot be read.
    """
    from noticetab.pipeline import extract

    rows: Measured = Counter()
    right: Measured = Counter()
    for folder in folders:
        for document in find_corpus(folder).documents:
            if document.notice is None or document.gold["notice"].get("is_notice") is False:
                continue
            with uncalibrated():
                record = extract(document.notice).model_dump(mode="json")
            for row, is_right in judged(document.gold, record):
                key = row["rule"], own_grade(row["confidence"])
                rows[key] += 1
                right[key] += is_right
    return rows, right


@contextmanager
def uncalibrated() -> Iterator[None]:
    """Rows keep the figure that their rules give them."""
    kept = confidence.calibrate
    confidence.calibrate = lambda record: None  # noqa: ARG005  # mypy wants the name
    try:
        yield
    finally:
        confidence.calibrate = kept


_HEAD = """\
# How often the rows of each rule are right. Measured, not written by hand:
#     python -m noticetab.evaluate.calibration corpus/gold corpus/dev/gold corpus/more/gold \\
#         --judged corpus/real_judged.csv
# The confidence of a row is (right + weight × own) / (rows + weight), own being what the rule says of it,
# and at most the same figure of its rule under [real], own being the share of all judged rows that were
# right.

# A row below this raises LOW_CONFIDENCE.
threshold = {threshold}
# How many measured rows the rule's own figure counts for.
weight = {weight}
# No row is trusted more than this: the share of rows that were right in notices that no rule was tested with.
ceiling = {ceiling}

[rules]
"""


def earned(judgements: Path) -> dict[str, tuple[int, int]]:
    """Rows judged and rows with nothing wrong, by rule, of a table of judgements on real notices.

    The table has a line for each judged value, with ``document``, ``table``, ``row``, ``rule`` and
    ``verdict`` (right, wrong, missing) among its columns. Raises :class:`OSError` if it cannot be read,
    :class:`KeyError` for other columns.
    """
    whole: dict[tuple[str, str, str], tuple[str, bool]] = {}
    with judgements.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            if line["verdict"] == "missing" or line["table"] == "notice" or not line["rule"]:
                continue
            key = line["document"], line["table"], line["row"]
            so_far = whole.get(key, (line["rule"], True))[1]
            whole[key] = line["rule"], so_far and line["verdict"] == "right"
    counts: dict[str, tuple[int, int]] = {}
    for rule, is_right in whole.values():
        rows, right = counts.get(rule, (0, 0))
        counts[rule] = rows + 1, right + is_right
    return counts


def render(
    rows: Measured, right: Measured, settings: ConfidenceRules, real: dict[str, tuple[int, int]]
) -> str:
    """The text of rules/confidence.toml."""
    text = _HEAD.format(threshold=settings.threshold, weight=settings.weight, ceiling=settings.ceiling)
    for rule in sorted({rule for rule, _ in rows}):
        grades = [
            f"{{ own = {own}, rows = {count}, right = {right[rule, own]} }}"
            for (name, own), count in sorted(rows.items())
            if name == rule
        ]
        text += f'"{rule}" = [{", ".join(grades)}]\n'
    text += "\n[real]\n"
    for rule, (judged_rows, right_rows) in sorted(real.items()):
        text += f'"{rule}" = {{ rows = {judged_rows}, right = {right_rows} }}\n'
    return text


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit status."""
    from noticetab import rules

    parser = argparse.ArgumentParser(
        prog="python -m noticetab.evaluate.calibration",
        description="Measure the confidence of each rule on gold.",
    )
    parser.add_argument("gold", nargs="+", type=Path, help="folders of gold; the notices lie beside them")
    parser.add_argument(
        "--judged", type=Path, metavar="CSV", help="judgements on real notices; else as they are"
    )
    parser.add_argument("--dry-run", action="store_true", help="print the file instead of writing it")
    options = parser.parse_args(arguments)
    file = rules.path("confidence.toml")
    settings = rules.load("confidence", ConfidenceRules)
    rows, right = measure(options.gold)
    kept = {rule: (count.rows, count.right) for rule, count in settings.real.items()}
    text = render(rows, right, settings, earned(options.judged) if options.judged else kept)
    if options.dry_run:
        print(text)  # noqa: T201
        return 0
    with aside(file) as written:
        written.write(text)
    print(f"{file}: {len(rows)} grades, {sum(rows.values())} rows, {sum(right.values())} right")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
