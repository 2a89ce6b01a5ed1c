"""How fast extraction is, as ratios: run ``python benchmarks/extract.py`` (or ``make bench``).

Machines differ and drift, so what counts is a ratio of two things measured in one process, one
after the other in turn:

* the whole extraction of the sample notices (text to record) against ``jieba.lcut`` of the same text,
  both warm; target at most 1.0,
* the cold time of one ``noticetab extract`` and of ``noticetab --help`` (target 0.3 s) against starting
  Python itself,
* peak memory of one extraction,
* time against length of text, the activities once to 64 times (linear: the last column stays near 1).
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from figures import Figures

ROOT = Path(__file__).parents[1]
LINEAR = 2.0
"""Times as much time for each character of the longest text from which on growth is no longer linear."""
NOTICES = sorted((ROOT / "corpus" / "notices").glob("*.txt"))


def seconds(call: Callable[[], object]) -> float:
    """The processor time of one call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def warm(rounds: int) -> dict[str, float]:
    """Extraction against segmentation, median of ``rounds`` in turn after one that is not counted."""
    import jieba

    import noticetab

    jieba.setLogLevel(logging.ERROR)
    texts = [path.read_text("utf-8") for path in NOTICES]

    def extract() -> None:
        for text in texts:
            noticetab.extract_text(text)

    def segment() -> None:
        for text in texts:
            jieba.lcut(text)

    pairs = [(seconds(extract), seconds(segment)) for _ in range(rounds + 1)][1:]
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    return {"extract_s": ours, "jieba_lcut_s": theirs, "ratio": ratio}


def cold(rounds: int) -> dict[str, float]:
    """Wall times of new processes, medians in turn."""
    commands = {
        "python_s": ["-c", "pass"],
        "help_s": ["-m", "noticetab.cli", "--help"],
        "extract_s": ["-m", "noticetab.cli", "extract", str(NOTICES[0])],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, arguments in commands.items():
            run = [sys.executable, *arguments]
            start = time.perf_counter()
            subprocess.run(run, check=True, capture_output=True)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def memory() -> dict[str, float]:
    """Peak resident memory in MiB of a process that starts, and of one that extracts all samples."""
    code = "import sys, noticetab\nfor p in sys.argv[1:]: noticetab.extract(p)\n"
    # Not getrusage: its peak is inherited from the process that starts this one.
    code += "print(next(l for l in open('/proc/self/status') if l.startswith('VmHWM')).split()[1])"
    peaks = {}
    for name, paths in (("start_mib", []), ("extract_mib", NOTICES)):
        run = [sys.executable, "-c", code, *map(str, paths)]
        said = subprocess.run(run, check=True, capture_output=True, text=True).stdout
        peaks[name] = int(said) / 1024
    return peaks


def growth(longest: int) -> list[dict[str, float]]:
    """Time for a plan whose section of numbered activities comes 1, 2, 4 ... ``longest`` times."""
    import noticetab

    text = next(text for path in NOTICES if "区级示范活动（" in (text := path.read_text("utf-8")))
    starts = [match.start() for match in re.finditer(r"(?m)^[一二三四五六七八九十]、", text)]
    sections = [text[start:end].split("、", 1)[1] for start, end in itertools.pairwise([*starts, len(text)])]
    repeated = next(i for i, section in enumerate(sections) if section.startswith("区级示范活动"))
    noticetab.extract_text(text)  # loads rules and dictionaries
    found: list[dict[str, float]] = []
    times = 1
    while times <= longest:
        chosen = [*sections[:repeated], *[sections[repeated]] * times, *sections[repeated + 1 :]]
        longer = text[: starts[0]] + "".join(f"{_numeral(n)}、{part}" for n, part in enumerate(chosen, 1))
        spent = min(seconds(lambda longer=longer: noticetab.extract_text(longer)) for _ in range(2))
        rows = len(noticetab.extract_text(longer).activities)
        each = spent / len(longer) * 1e6
        first = found[0]["us_per_char"] if found else each
        found.append(
            {"times": times, "chars": len(longer), "activities": rows, "s": spent}
            | {"us_per_char": each, "against_first": each / first}
        )
        times *= 2
    return found


def _numeral(number: int) -> str:
    """A number below 100 as headings have it."""
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    return ("十" if tens == 1 else f"{digits[tens]}十" if tens else "") + (digits[ones] if ones else "")


def proof(share: float) -> Figures:
    """Speed: extraction against segmentation, new processes, peak memory, time against length."""
    rounds = max(1, round(15 * share))
    times, started, peaks = warm(rounds), cold(rounds), memory()
    longer = growth(64 if share >= 1 else 4)
    columns = ("times as long", "characters", "activities", "seconds", "µs a character", "against once")
    table = [
        (
            row["times"],
            row["chars"],
            row["activities"],
            round(row["s"], 2),
            round(row["us_per_char"], 2),
            round(row["against_first"], 2),
        )
        for row in longer
    ]
    facts = [
        f"The {len(NOTICES)} sample notices take {times['extract_s']:.3f} s of processor time, jieba.lcut of "
        f"the same texts {times['jieba_lcut_s']:.3f} s: ratio {times['ratio']:.2f} (median of {rounds}).",
        f"A new process: python {started['python_s']:.2f} s, noticetab --help {started['help_s']:.2f} s, "
        f"noticetab extract {started['extract_s']:.2f} s (medians of {rounds}).",
        f"Peak memory: {peaks['start_mib']:.0f} MiB after the import, {peaks['extract_mib']:.0f} MiB after "
        "the sample notices.",
    ]
    faults = []
    if longer[-1]["against_first"] > LINEAR:
        faults.append(f"time grows faster than length: {longer[-1]['against_first']:.2f} times a character")
    return Figures("Speed of extraction", columns, table, facts, faults)


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7, help="repetitions (default 7)")
    parser.add_argument("--longest", type=int, default=64, help="longest text, as a multiple (default 64)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    found = {
        "warm": warm(arguments.rounds),
        "cold": cold(arguments.rounds),
        "memory": memory(),
        "growth": growth(arguments.longest),
    }
    if arguments.json:
        print(json.dumps(found, indent=1))
        return
    warm_times, processes, peaks = found["warm"], found["cold"], found["memory"]
    print(
        "{} notices: extraction {extract_s:.3f} s, jieba.lcut {jieba_lcut_s:.3f} s, ratio {ratio:.2f} "
        "(target 1.0)".format(len(NOTICES), **warm_times)
    )
    print(
        "new processes: python {python_s:.2f} s, --help {help_s:.2f} s (target 0.3), extract "
        "{extract_s:.2f} s".format(**processes)
    )
    print("peak memory: start {start_mib:.0f} MiB, extraction {extract_mib:.0f} MiB".format(**peaks))
    for row in found["growth"]:
        print(
            "{times:>4}x {chars:>7} chars {activities:>5} activities {s:6.2f} s {us_per_char:6.2f} us/char "
            "{against_first:5.2f}".format(**row)
        )


if __name__ == "__main__":
    main()
