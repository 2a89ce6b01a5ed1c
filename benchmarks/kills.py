"""Databases whose programs are killed: run ``python benchmarks/kills.py`` (or ``make proof PART=kills``).

* Ingests are killed at random points and started again until they are done, for SQLite, PostgreSQL
  and DuckDB; the database must then equal that of a run which nothing disturbed.
* A PostgreSQL server is killed in the middle of runs and comes back; the run goes on by itself.
* A SQLite file is damaged at random places: the program says so or reads what is right, and ends
  without a traceback; a new database made of the same files equals the undamaged one.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests")]

from figures import Figures  # noqa: E402

from noticetab import stores  # noqa: E402
from noticetab.stores.ingest import Settings  # noqa: E402
from stores import killing  # noqa: E402
from stores.fakes import extract  # noqa: E402
from stores.server import Server, find_binaries  # noqa: E402
from stores.state import broken_references, state  # noqa: E402

TIMES = {"sqlite": 100, "postgresql": 50, "duckdb": 30}
"""How often each kind of database is killed."""
OUTAGES = 10
"""How often the server is killed in the middle of a run."""
DAMAGES = 50
"""How many damaged SQLite files are tried."""
Row = tuple[str, int, int, int]


def proof(share: float) -> Figures:
    """Kills: programs, a server and a file of a database, each against an undisturbed run."""
    faults: list[str] = []
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        killing.write_corpus(folder)
        for kind in ("sqlite", "duckdb"):
            times = max(1, round(TIMES[kind] * share))
            rows.append(_killed(kind, folder, lambda new, k=kind: f"{k}:///{name}/{new}.{k}", times, faults))
        if find_binaries() is None:
            faults.append("no PostgreSQL on this machine, so it was not measured (./setup-system.sh)")
        else:
            server = Server()
            server.start()
            try:
                times = max(1, round(TIMES["postgresql"] * share))
                rows.append(_killed("postgresql", folder, server.new_database, times, faults))
                rows.append(_outages(server, folder, max(1, round(OUTAGES * share)), faults))
            finally:
                server.remove()
        rows.append(_damaged(folder, Path(name), max(1, round(DAMAGES * share)), faults))
    facts = [
        "60 files a run: new notices, copies, corrections, older states, failures; each run is killed at a "
        "random moment between its start and the time that an undisturbed one takes.",
        "Compared are all rows of all tables, without times and run numbers, and all references.",
    ]
    return Figures("Kills", ("what", "times", "databases", "that differ"), rows, facts, faults)


def _differs(url: str, expected: dict[str, list[str]], what: str, faults: list[str]) -> int:
    """1 and a fault if the database is not what it should be."""
    with stores.open(url) as store:
        found, broken = state(store.engine), broken_references(store.engine)
    tables = sorted(name for name in expected if found.get(name) != expected[name])
    if tables or broken:
        faults.append(f"{what}: {', '.join(tables) or 'no table'} differ; {len(broken)} broken references")
    return int(bool(tables or broken))


def _killed(kind: str, folder: Path, new: Callable[[str], str], times: int, faults: list[str]) -> Row:
    """Programs killed ``times`` times."""
    expected = killing.undisturbed(folder, new("undisturbed"))
    begun = time.monotonic()
    subprocess.run(killing.command(folder, new("timed"), 1), cwd=killing.TESTS, check=True)
    longest = time.monotonic() - begun
    killed = databases = different = 0
    while killed < times:
        url, jobs = new(f"killed{databases}"), 1 + databases % 2
        kills = min(1 + databases % 3, times - killed)
        killed += sum(1 for _ in killing.kill_until_done(folder, url, jobs, databases, kills, longest))
        what = f"{kind}, database {databases} (its number is the seed)"
        different += _differs(url, expected, what, faults)
        databases += 1
    return f"{kind}: the program is killed", killed, databases, different


def _outages(server: Server, folder: Path, times: int, faults: list[str]) -> Row:
    """The server killed in the middle of a run, ``times`` times."""
    expected = killing.undisturbed(folder, server.new_database("outages"))
    chance = random.Random(1)
    killed = databases = different = 0
    while killed < times:
        url = server.new_database(f"outage{databases}")
        ends = set(chance.sample(range(5, 55), min(2, times - killed)))
        seen: list[Path] = []

        def file_done(path: Path, _result: object, seen: list[Path] = seen, ends: set[int] = ends) -> None:
            seen.append(path)
            if len(seen) in ends and server.process is not None:
                server.stop(signal.SIGKILL)

        waits: list[str] = []

        def waiting(reason: str, waits: list[str] = waits) -> None:
            waits.append(reason)
            if len(waits) % 3 == 0 and server.process is None:
                server.start()

        with stores.open(url) as store:
            store.ingest(
                [folder],
                Settings(
                    jobs=1,
                    extract=extract,
                    batch=5,
                    on_file=file_done,
                    on_wait=waiting,
                    tracebacks=folder.parent / "tracebacks",
                ),
            )
        killed += len(ends)
        different += _differs(url, expected, f"outage {databases}", faults)
        databases += 1
    return "postgresql: the server is killed in a run", killed, databases, different


def _damaged(folder: Path, place: Path, times: int, faults: list[str]) -> Row:
    """A SQLite file damaged at random places: no traceback, and nothing of it is believed unseen."""
    whole = place / "whole.sqlite"
    expected = killing.undisturbed(folder, f"sqlite:///{whole}")
    chance = random.Random(2)
    different = 0
    for number in range(times):
        damaged = place / "damaged.sqlite"
        shutil.copy(whole, damaged)
        _damage(damaged, chance, number)
        for arguments in (["history", "海滨", "--from"], ["ingest", str(folder), "--to"]):
            command = [sys.executable, "-m", "noticetab.cli", *arguments, str(damaged)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if "Traceback" in done.stderr or done.returncode < 0:
                last = done.stderr.strip().rpartition("\n")[2]
                faults.append(f"damaged file {number}, {arguments[0]}: status {done.returncode}: {last}")
                different += 1
        damaged.unlink()
        for beside in place.glob("damaged.sqlite-*"):
            beside.unlink()
    again = f"sqlite:///{place}/again.sqlite"
    killing.undisturbed(folder, again)
    different += _differs(again, expected, "the database made anew", faults)
    return "sqlite: the file is damaged", times, times, different


def _damage(path: Path, chance: random.Random, number: int) -> None:
    """Cut the file short, or write noise over a part of it; its first page in one of four."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        if number % 4 == 1:
            file.truncate(chance.randrange(1, size))
            return
        file.seek(chance.randrange(100) if number % 4 == 0 else chance.randrange(4096, size - 512))
        file.write(chance.randbytes(512))


if __name__ == "__main__":
    print("\n".join(proof(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0).lines()))
