"""Fuzzed texts, mutated files and a long run in one process: no traceback, no file above its limits."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil
from figures import Figures

from fuzz import mutated, texts
from layouts.blocks import NAMES, load
from layouts.ofd import package, text_object
from layouts.word import write_docx
from noticetab import extract_text
from noticetab.batch import Options, extract_one
from noticetab.read import Limits, isolation

TEXTS, FILES, OFFICE, RUN = 50_000, 5_000, 300, 20_000
SECONDS = 60.0
GIGABYTE = 10**9
LIMITS = (
    ("seconds", SECONDS),
    ("scan_seconds", SECONDS),
    ("office_seconds", SECONDS),
    ("scan_memory", 960_000_000),
    ("office_memory", 960_000_000),
)
"""The same for all, scans and office files too: a damaged font makes a PDF a scan, which takes minutes."""


def proof(share: float) -> Figures:
    """Fuzzed texts and mutated files: 0 tracebacks, 0 above 1 GB, 0 above the deadline; memory level."""
    found = Figures("Untrusted input", ["what", "files", "read", "refused", "slowest s", "most MB"])
    with tempfile.TemporaryDirectory() as folder:
        for name, paths in (
            ("fuzzed texts", _texts(Path(folder), max(1, round(TEXTS * share)))),
            ("mutated files", _files(Path(folder), max(1, round((FILES - OFFICE) * share)), office=False)),
            (
                "mutated files through LibreOffice",
                _files(Path(folder), max(1, round(OFFICE * share)), office=True),
            ),
        ):
            _measure(found, name, paths)
        _level(found, max(200, round(RUN * share)))
    return found


def _texts(folder: Path, count: int) -> Iterator[Path]:
    for number, text in enumerate(texts(count, seed=1)):
        path = folder / f"{number}.txt"
        path.write_text(text, "utf-8", errors="surrogatepass")
        yield path


def _files(folder: Path, count: int, *, office: bool) -> Iterator[Path]:
    sources = _sources(folder, office=office)
    for number in range(count):
        ending, data = sources[number % len(sources)]
        path = folder / f"{number}.{ending}"
        path.write_bytes(mutated(data, random.Random(number)))
        yield path


def _sources(folder: Path, *, office: bool) -> list[tuple[str, bytes]]:
    """Sound files of every format to damage; those of LibreOffice only if there is one."""
    from noticetab.read.limits import Budget
    from noticetab.read.office import convert, program

    made = [write_docx(load(name), folder / f"source-{name}.docx") for name in NAMES]
    endings = ["doc", "rtf", "odt"] if office else ["pdf", "html"]
    if program() is not None:
        for ending in endings:
            convert(made, folder, Budget(folder, Limits()), ending=ending)
    found = [(e, path.read_bytes()) for e in endings for path in sorted(folder.glob(f"source-*.{e}"))]
    if not office:
        found += [("docx", path.read_bytes()) for path in made]
        found.append(("ofd", package([text_object("各有关单位：", 28, 80, 5.6)])))
    return found


def _measure(figures: Figures, name: str, paths: Iterator[Path]) -> None:
    count: Counter[str] = Counter()
    slowest = most = 0.0
    extract_text("关于举办讲座的通知")  # rules and libraries are loaded before the clock runs
    for path in paths:
        begun = time.monotonic()
        outcome = extract_one(path, Options(limits=LIMITS))
        slowest = max(slowest, time.monotonic() - begun)
        most = max(most, _memory())
        count["files"] += 1
        count["read" if outcome.records else "refused"] += 1
        if outcome.traceback:
            kept = Path(tempfile.gettempdir()) / f"untrusted-{path.name}"
            kept.write_bytes(path.read_bytes())
            figures.faults = [*figures.faults, f"{name}: {kept}: {outcome.traceback.splitlines()[-1]}"]
        path.unlink()
    limit = SECONDS + isolation.GRACE
    if slowest > limit:
        figures.faults = [
            *figures.faults,
            f"{name}: {slowest:.0f} s is more than the deadline of {limit:.0f} s",
        ]
    if most > GIGABYTE:
        figures.faults = [*figures.faults, f"{name}: {most / 1e6:.0f} MB is more than 1 GB"]
    row = [name, count["files"], count["read"], count["refused"], round(slowest, 2), round(most / 1e6)]
    figures.rows = [*figures.rows, row]


def _memory() -> float:
    """The larger of what this process and its readers hold."""
    own = psutil.Process()
    found = [own.memory_info().rss]
    for child in own.children(recursive=True):
        try:
            found.append(child.memory_info().rss)
        except psutil.Error:
            continue
    return float(max(found))


def _level(figures: Figures, count: int) -> None:
    """The same process reads document after document: its memory does not go up."""
    own = psutil.Process()
    held = []
    for number, text in enumerate(texts(count, seed=2, changes=1), 1):
        extract_text(text)
        if number % max(1, count // 20) == 0:
            held.append(own.memory_info().rss / 1e6)
    early, late = max(held[len(held) // 4 : len(held) // 2]), max(held[-len(held) // 4 :])
    figures.facts = [
        *figures.facts,
        f"{count} documents in one process: {early:.0f} MB at most in the second quarter, {late:.0f} MB in "
        "the last.",
    ]
    if late > early * 1.1 + 20:
        figures.faults = [
            *figures.faults,
            f"memory grows over {count} documents: {early:.0f} to {late:.0f} MB",
        ]
