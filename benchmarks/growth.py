"""How processor time grows with the length of a text: run ``python benchmarks/growth.py``.

Every word of ``rules/`` and some phrases of notices are repeated to 4,000 and 8,000 characters, on one
line and on many; the worst of them to 100,000 and 200,000. Time that grows with the length gives twice
the time for twice the length.
"""

from __future__ import annotations

import random
import re
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests")]

from figures import Figures  # noqa: E402

from extraction.repeated import PHRASES, repeated  # noqa: E402
from noticetab import extract_text  # noqa: E402

SHORT = 4_000
TOP = 200_000
WORST = 50
MOST = 2.3
"""Twice the length takes at most so many times the processor time."""
_WORD = re.compile(r"[\u4e00-\u9fff、，：（）]{2,12}")


def proof(share: float) -> Figures:
    """Processor time grows with the length of a text, not with its square."""
    words = sorted(set(_words()))
    drawn = random.Random(7).sample(words, max(1, int(share * len(words))))
    extract_text(repeated("1.", 100, "\n"))  # what is built at first use
    tried = []
    for unit in [*PHRASES[: max(1, int(share * len(PHRASES)))], *drawn]:
        for glue in ("", "\n"):
            half, whole = (seconds(unit, size, glue) for size in (SHORT, 2 * SHORT))
            tried.append((whole * whole / max(half, 1e-6), unit, glue))
    tried.sort(reverse=True)
    top = max(int(share * TOP), 4 * SHORT)
    rows: list[tuple[str, str, float, float]] = []
    faults = []
    for _, unit, glue in tried[: max(1, int(share * WORST))]:
        half, whole = seconds(unit, top // 2, glue), seconds(unit, top, glue)
        shape = "lines" if glue else "one line"
        rows.append((unit, shape, round(whole, 2), round(whole / half, 2)))
        if whole > MOST * half:
            faults.append(
                f"{unit!r} on {shape}: {top:,} characters take {whole / half:.2f} times {top // 2:,}"
            )
    rows.sort(key=lambda row: -row[3])
    return Figures(
        "Growth of processor time with length",
        ("repeated", "on", f"seconds for {top:,} characters", "times half of it"),
        rows,
        [f"{len(tried)} repetitions tried at {SHORT:,} and {2 * SHORT:,} characters; the worst are shown."],
        faults,
    )


def seconds(unit: str, size: int, glue: str) -> float:
    """Processor seconds for a notice that holds ``unit`` repeated to ``size`` characters."""
    text = repeated(unit, size, glue)
    start = time.process_time()
    extract_text(text)
    return time.process_time() - start


def _words() -> Iterator[str]:
    for path in sorted((ROOT / "rules").rglob("*.toml")):
        yield from _strings(tomllib.loads(path.read_text("utf-8")))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if _WORD.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _strings(key)
            yield from _strings(below)
    elif isinstance(value, list):
        for below in value:
            yield from _strings(below)


if __name__ == "__main__":
    figures = proof(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
    print("\n".join(figures.lines()))
    sys.exit(1 if figures.faults else 0)
