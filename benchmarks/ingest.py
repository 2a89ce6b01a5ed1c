"""How fast databases are fed: ``python benchmarks/ingest.py --notices 10000``.

Notices are made from the corpus by changing places, years, numbers, telephone numbers and names,
each by something of the same length; no two are alike. They are ingested into SQLite and into a
PostgreSQL that is started for it, quarter by quarter, then once more unchanged. Printed are
notices per second, and per second of processor time of the process that writes (which other work
on the machine does not distort), the last quarter's time against the second's (linear growth stays near 1),
the peak memory of the program and of its readers, and how many times faster the second run is.

By default records are made beforehand in the same way as the texts, so that storing is measured and
not extraction; ``--extract`` reads the texts (several times slower; use fewer notices).
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import os
import random
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from noticetab.normalize.registry import org_id  # noqa: E402
from noticetab.record import Organizer, Record  # noqa: E402

QUARTERS = 4
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


def bases() -> list[tuple[str, Record]]:
    """Texts of the corpus that name a place of two characters, each with its record."""
    import noticetab

    found = []
    folders = (ROOT / "corpus" / "notices", ROOT / "corpus" / "dev" / "texts")
    for path in itertools.chain.from_iterable(sorted(folder.glob("*.txt")) for folder in folders):
        record = noticetab.extract(path)
        place = (record.notice.region or "")[:2]
        if record.notice.is_notice and record.notice.title and len(place) == 2:
            found.append((place, record))
    return found


def variants(count: int, seed: int = 1) -> Iterator[Record]:
    """``count`` records with their texts, no two with the same place, year and base."""
    chance = random.Random(seed)
    with (ROOT / "rules" / "places.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        places = sorted({row["short"] for row in rows if len(row["short"]) == 2})
    known = bases()
    shifts = range(-9, 10)
    choices = [(b, p, s) for b in range(len(known)) for p in range(len(places)) for s in shifts]
    for base, place, shift in chance.sample(choices, count):
        old, record = known[base]
        text = record.model_dump_json(exclude_defaults=True)
        text = text.replace(old, places[place])
        years = {str(year): str(2000 + (year + shift) % 100) for year in range(2000, 2030)}
        table = str.maketrans(dict(zip("13579", chance.sample("13579", 5), strict=True)))
        text = _replace(text, years, table, chance)
        made = Record.model_validate_json(text)
        for _, row in made.rows():
            if isinstance(row, Organizer):  # another place's body is another body
                row.org_id = org_id(row.name)
        yield made


def _replace(text: str, years: dict[str, str], digits: dict[int, str], chance: random.Random) -> str:
    """Years moved, telephone numbers and surnames changed; numbers of offsets stay."""
    import regex

    surname = dict(zip(SURNAMES, chance.sample(SURNAMES, len(SURNAMES)), strict=True))
    text = regex.sub(r"20[0-2]\d(?=年|-\d\d-\d\d|〕|］|\]|\D{0,2}号)", lambda m: years.get(m[0], m[0]), text)
    text = regex.sub(r"-02-29", "-02-28", text)
    text = regex.sub(r"(?<=[-—－])\d{7,8}(?!\d)|(?<!\d)1\d{10}(?!\d)", lambda m: m[0].translate(digits), text)
    return regex.sub(f"(?<=联系人：|姓名：)[{SURNAMES}]", lambda m: surname[m[0]], text)


def write(folder: Path, count: int) -> list[Path]:
    """The texts as files, and beside each a record for :func:`kept`."""
    paths = []
    for n, record in enumerate(variants(count)):
        path = folder / f"{n // 1000:03}" / f"{n:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(record.text, encoding="utf-8")
        path.with_suffix(".json").write_text(record.model_dump_json(exclude_defaults=True), encoding="utf-8")
        paths.append(path)
    return paths


def kept(path: Path) -> Record:
    """The record that was made beforehand."""
    return Record.model_validate_json(path.with_suffix(".json").read_text("utf-8"))


class Memory:
    """The most memory that this program, and that its children together, held at one time (MiB)."""

    def __init__(self) -> None:
        self.readers = 0.0
        self._stop = threading.Event()

    def __enter__(self) -> Memory:
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def program(self) -> float:
        """Of this program."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    def _look(self) -> None:
        me = psutil.Process()
        while not self._stop.wait(0.5):
            total = 0
            for child in me.children(recursive=True):
                try:
                    total += child.memory_info().rss if "python" in child.name() else 0
                except psutil.Error:
                    continue
            self.readers = max(self.readers, total / 2**20)


def measure(url: str, paths: list[Path], jobs: int, extract: bool) -> dict[str, float]:
    """Ingest quarter by quarter, then everything once more."""
    from noticetab import stores
    from noticetab.stores.ingest import Settings

    settings = Settings(jobs=jobs, extract=None if extract else kept, patience=30)
    step = -(-len(paths) // QUARTERS)
    seconds, busy = [], time.process_time()
    with Memory() as memory, stores.open(url) as store:
        for first in range(0, len(paths), step):
            begun = time.perf_counter()
            summary = store.ingest(paths[first : first + step], settings)
            seconds.append(time.perf_counter() - begun)
            assert summary.failed == 0, summary.failures[:3]
        busy = time.process_time() - busy
        begun = time.perf_counter()
        summary = store.ingest(paths, settings)
        second = time.perf_counter() - begun
        assert summary.unchanged == len(paths)
        rows = sum(len(frame) for frame in store.tables().values()) if len(paths) <= 2000 else 0
    return {
        "notices": len(paths),
        "rows": rows,
        "seconds": sum(seconds),
        "notices_per_second": len(paths) / sum(seconds),
        "notices_per_cpu_second_of_writer": len(paths) / busy,
        "last_quarter_against_second": seconds[-1] / seconds[1],
        "second_run_seconds": second,
        "second_run_times_faster": sum(seconds) / second,
        "program_mib": memory.program,
        "readers_mib": memory.readers,
    }


def main() -> None:
    """Measure and print, a line for each figure; ``--json`` prints JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--notices", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--extract", action="store_true", help="read the texts by noticetab.extract")
    parser.add_argument("--only", choices=["sqlite", "postgresql", "duckdb"])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    from stores.server import Server

    results = {}
    with tempfile.TemporaryDirectory() as name:
        paths = write(Path(name) / "in", options.notices)
        kinds = [options.only] if options.only else ["sqlite", "postgresql"]
        for kind in kinds:
            server = Server() if kind == "postgresql" else None
            try:
                if server:
                    server.start()
                    url = server.new_database("bench")
                else:
                    url = f"{kind}:///{name}/bench.{kind}"
                results[kind] = measure(url, paths, options.jobs, options.extract)
            finally:
                if server:
                    server.remove()
    if options.json:
        print(json.dumps(results, indent=1))
        return
    for kind, figures in results.items():
        print(kind)
        for figure, value in figures.items():
            print(f"  {figure:34} {value:12.1f}")


if __name__ == "__main__":
    main()
