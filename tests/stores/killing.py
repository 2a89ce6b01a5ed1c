"""Killing ingests at random points and going on, until the database is whole.

Run it for the figures of the documentation (a PostgreSQL of its own is started):

    PYTHONPATH=tests python -m stores.killing --times 50
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from noticetab import stores
from noticetab.stores.ingest import Settings
from stores.fakes import extract, slow_extract, write_notice
from stores.state import broken_references, state

TESTS = Path(__file__).resolve().parent.parent
LONGEST = 2.0
"""Seconds within which a run is killed; importing takes about half a second of them."""


def write_corpus(folder: Path, files: int = 60) -> None:
    """Files of every kind: new notices, copies, corrections, older states, failures."""
    for n in range(files):
        path, number = folder / f"{n:04}.txt", n // 4
        changes = (
            {},
            {"doc_number": None, "phones": [], "pad": "打印本页"},
            {"starts_on": f"2023-05-{10 + n % 20}", "activities": ["启动仪式", "闭幕式", f"第{n}项活动"]},
            {"issued_on": "2023-05-01"} if n % 8 < 4 else {"broken": True},
        )[n % 4]
        printed = f"第{n}种写法" if n % 4 == 2 else ("市科技局", "海滨市科技局")[number % 2]
        write_notice(path, number, printed={"海滨市科学技术局": printed}, **changes)


def undisturbed(folder: Path, url: str) -> dict[str, list[str]]:
    """What the database holds after one run that nothing disturbs."""
    with stores.open(url) as store:
        store.ingest([folder], Settings(jobs=1, extract=extract, tracebacks=folder.parent / "tracebacks"))
        return state(store.engine)


def command(folder: Path, url: str, jobs: int) -> list[str]:
    """A run in a process of its own."""
    return [sys.executable, "-m", "stores.killing", "--run", str(folder), "--to", url, "--jobs", str(jobs)]


def run(folder: Path, url: str, jobs: int) -> None:
    """The run that is killed."""
    with stores.open(url) as store:
        settings = Settings(jobs=jobs, extract=slow_extract, batch=5, tracebacks=folder.parent / "tracebacks")
        store.ingest([folder], settings)


def kill_until_done(
    folder: Path, url: str, jobs: int, seed: int, kills: int, longest: float = LONGEST
) -> Iterator[float]:
    """Start runs and kill each within ``longest`` seconds, at most ``kills`` times; gives the seconds
    each had, then lets one finish."""
    chance = random.Random(seed)
    for _ in range(kills):
        process = subprocess.Popen(command(folder, url, jobs), cwd=TESTS)
        wait = chance.uniform(0.3, longest)
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            children = psutil.Process(process.pid).children(recursive=True)
            process.send_signal(signal.SIGKILL)
            process.wait()
            _, alive = psutil.wait_procs(children, timeout=10)
            assert alive == [], "processes of a killed run linger"
            yield wait
        else:
            assert process.returncode == 0
            return
    subprocess.run(command(folder, url, jobs), cwd=TESTS, check=True)


def check(folder: Path, url: str, expected: dict[str, list[str]]) -> None:
    """Compare with the undisturbed run."""
    with stores.open(url) as store:
        assert state(store.engine) == expected
        assert broken_references(store.engine) == []


def main() -> None:
    """Kill as often as wanted with each kind of database and print the counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--run")
    parser.add_argument("--to")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--times", type=int, default=50)
    options = parser.parse_args()
    if options.run:
        run(Path(options.run), options.to, options.jobs)
        return
    from stores.server import Server

    server = Server()
    server.start()
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "in"
            write_corpus(folder)
            for kind in ("sqlite", "postgresql", "duckdb"):
                measure(kind, folder, server, options.times)
    finally:
        server.remove()


def measure(kind, folder: Path, server, times: int) -> None:
    """Kill ``times`` times with one kind of database, starting anew whenever a run came through."""

    def new(name: str) -> str:
        if kind == "postgresql":
            return server.new_database(name)
        return f"{kind}:///{folder.parent}/{name}.{kind}"

    expected = undisturbed(folder, new("undisturbed"))
    begun = time.monotonic()
    subprocess.run(command(folder, new("timed"), 1), cwd=TESTS, check=True)
    longest = time.monotonic() - begun
    killed, databases, begun = 0, 0, time.monotonic()
    while killed < times:
        url, jobs = new(f"killed{databases}"), 1 + databases % 2
        kills = min(1 + databases % 3, times - killed)
        killed += sum(1 for _ in kill_until_done(folder, url, jobs, databases, kills, longest))
        check(folder, url, expected)
        databases += 1
    print(f"{kind}: killed {killed} times, {databases} databases, each equal to an undisturbed run; "
          f"{time.monotonic() - begun:.0f} s")  # fmt: skip


if __name__ == "__main__":
    main()
