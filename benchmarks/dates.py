"""How fast dates are found, as ratios: run ``python benchmarks/dates.py`` (or ``make bench``).

Machines differ and drift, so what counts is a ratio of two things measured in one process, one
after the other in turn:

* ``find`` over the sample notices against ``jieba.lcut`` of the same text, both warm,
* the time per character when a text is 1 to 64 times as long, against once (linear: near 1),
* the same for texts made to be hard (digits, units and list signs without end).

Characters per second are printed beside them for orientation.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from noticetab.dates import find

ROOT = Path(__file__).parents[1]
NOTICES = sorted((ROOT / "corpus" / "notices").glob("*.txt"))
HARD = ("1", "月", "、", "5月20日、", "2023年5-", "9:00-11:00，")


def seconds(call: Callable[[], object]) -> float:
    """Processor time of one call (other load matters less), without garbage collection, as in timeit."""
    gc.disable()
    start = time.process_time()
    call()
    taken = time.process_time() - start
    gc.enable()
    return taken


def against_segmentation(texts: list[str], rounds: int) -> dict[str, float]:
    """Finding against segmentation, medians of ``rounds`` in turn after one that is not counted."""
    import jieba

    jieba.setLogLevel(logging.ERROR)

    def dates() -> None:
        for text in texts:
            find(text, 2023)

    def segment() -> None:
        for text in texts:
            jieba.lcut(text)

    pairs = [(seconds(dates), seconds(segment)) for _ in range(rounds + 1)][1:]
    chars = sum(map(len, texts))
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    return {
        "find_chars_per_s": chars / ours,
        "jieba_lcut_chars_per_s": chars / theirs,
        "ratio": statistics.median(a / b for a, b in pairs),
    }


def growth(text: str, rounds: int) -> dict[int, float]:
    """Time per character of 1 to 64 copies of ``text``, against one copy."""
    times: dict[int, float] = {}
    for copies in (1, 4, 16, 64):
        longer = text * copies
        times[copies] = min(seconds(lambda t=longer: find(t, 2023)) for _ in range(rounds)) / copies  # type: ignore[misc]
    return {copies: taken / times[1] for copies, taken in times.items()}


def main() -> None:
    """Measures and prints; ``--json`` for machines."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()

    texts = [path.read_text("utf-8") for path in NOTICES]
    speed = against_segmentation(texts, chosen.rounds)
    grown = {"notices": growth("".join(texts), 3)}
    grown |= {unit: growth(unit * (2000 // len(unit)), 3) for unit in HARD}
    if chosen.json:
        print(json.dumps({"speed": speed, "growth": grown}, ensure_ascii=False, indent=2))
        return
    print(
        f"find {speed['find_chars_per_s'] / 1e6:.2f} M chars/s, "
        f"jieba.lcut {speed['jieba_lcut_chars_per_s'] / 1e6:.2f} M chars/s, "
        f"time of find / time of lcut = {speed['ratio']:.3f}"
    )
    print("time per character of 1, 4, 16, 64 copies, against one copy:")
    for name, ratios in grown.items():
        print(f"  {name!r:16} " + "  ".join(f"{copies}x {ratio:.2f}" for copies, ratio in ratios.items()))


if __name__ == "__main__":
    main()
