"""Faults done for real: killed programs, full disks, lost servers, changing files, jumping clocks."""

import datetime as dt
import itertools
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from noticetab import exports, stores
from noticetab.stores import engine as engines
from noticetab.stores.ingest import Settings
from noticetab.stores.model import table
from stores import killing
from stores.fakes import extract, slow_extract, write_notice
from stores.state import broken_references, rows


@pytest.fixture
def folder(tmp_path):
    killing.write_corpus(tmp_path / "in")
    return tmp_path / "in"


@pytest.fixture
def expected(folder, tmp_path):
    return killing.undisturbed(folder, f"sqlite:///{tmp_path}/undisturbed.sqlite")


KILLED = [("sqlite", 1), ("sqlite", 2), ("postgresql", 2), ("duckdb", 1)]


@pytest.mark.slow
@pytest.mark.parametrize(("url", "jobs"), KILLED, indirect=["url"])
def test_killed_at_random_points_and_resumed(url, folder, tmp_path, jobs):
    expected = killing.undisturbed(folder, f"sqlite:///{tmp_path}/undisturbed.sqlite")
    kills = list(killing.kill_until_done(folder, url, jobs, seed=jobs, kills=3, longest=1.2))
    assert kills  # reading alone takes 0.6 seconds, importing about as much
    killing.check(folder, url, expected)
    with stores.open(url) as store:
        statuses = [row["status"] for row in rows(store.engine, "runs")]
        assert "finished" in statuses  # twice, if a run was killed when it was done but not yet gone
        assert set(statuses) <= {"finished", "interrupted"}


def test_disk_full_then_space_again(folder, expected, tmp_path):
    """The kernel refuses to let any file grow beyond a limit, as a full disk does."""
    url = f"sqlite:///{tmp_path}/a.sqlite"
    with stores.open(url):
        pass
    limit = (tmp_path / "a.sqlite").stat().st_size + 100_000

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        killing.command(folder, url, 1), cwd=killing.TESTS, preexec_fn=small, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "StoreError" in done.stderr
    with stores.open(url) as store:
        part = len(rows(store.engine, "sources"))
        assert 0 < part < len(expected["sources"])
        assert broken_references(store.engine) == []
    killing.run(folder, url, 1)
    killing.check(folder, url, expected)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
def test_a_small_disk_runs_full(folder, expected, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no right to mount here")
    try:
        url = f"sqlite:///{disk}/a.sqlite"
        with stores.open(url) as store, pytest.raises(stores.StoreError, match=r"full|I/O"):
            store.ingest([folder], Settings(jobs=1, extract=extract, batch=5))
        with stores.open(url) as store:
            assert broken_references(store.engine) == []
            found = store.tables()
        with pytest.raises(OSError, match="space"):
            for n in range(100):
                exports.export("csv", found, [], disk / str(n))
        whole = {len(list(part.iterdir())) for part in disk.iterdir() if part.is_dir()}
        assert not list(disk.rglob(".*.csv*"))
        assert whole
        subprocess.run(["mount", "-o", "remount,size=30m", str(disk)], check=True)
        killing.run(folder, url, 1)
        killing.check(folder, url, expected)
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def test_two_ingests_at_once(url, folder, expected):
    if url.startswith("duckdb"):
        with stores.open(url):
            pass
    both = [subprocess.Popen(killing.command(folder, url, 1), cwd=killing.TESTS) for _ in range(2)]
    assert [process.wait(120) for process in both] == [0, 0]
    killing.check(folder, url, expected)
    with stores.open(url) as store:
        runs = rows(store.engine, "runs")
        assert [run["status"] for run in runs] == ["finished"] * 2
        assert sum(run["new"] for run in runs) == len(expected["notices"])


@pytest.mark.postgres
def test_the_server_goes_away_and_comes_back(server, postgres_url, folder, expected):
    waits, seen = [], []

    def outage(path, result):
        seen.append(path)
        if len(seen) in (10, 30):
            server.stop(signal.SIGKILL if len(seen) == 30 else signal.SIGINT)

    def wait(reason):
        waits.append(reason)
        if len(waits) % 3 == 0 and server.process is None:
            server.start()

    with stores.open(postgres_url) as store:
        settings = Settings(jobs=1, extract=extract, batch=5, on_file=outage, on_wait=wait)
        settings = Settings(**{**_fields(settings), "tracebacks": folder.parent / "tracebacks"})
        summary = store.ingest([folder], settings)
        assert len(seen) == summary.files == 60
        assert summary.new == len(expected["notices"])
        assert waits
    killing.check(folder, postgres_url, expected)


def _fields(settings):
    return {name: getattr(settings, name) for name in settings.__dataclass_fields__}


@pytest.mark.postgres
def test_patience_ends(server, postgres_url, folder):
    with stores.open(postgres_url) as store:
        server.stop()
        try:
            with pytest.raises(stores.StoreError, match="gave up after"):
                store.ingest([folder], Settings(jobs=1, extract=extract, patience=0.5))
        finally:
            server.start()


def test_a_commit_whose_answer_is_lost_is_not_counted_twice(url, tmp_path, monkeypatch):
    """The commit arrives, the answer does not: the work is done again and finds itself done."""
    write_notice(tmp_path / "a.txt")
    real, lost = engines.write, []

    def write(engine, work, **options):
        result = real(engine, work, **options)
        if not lost and isinstance(result, list):
            lost.append(result)
            return real(engine, work, **options)
        return result

    monkeypatch.setattr(engines, "write", write)
    with stores.open(url) as store:
        summary = store.ingest([tmp_path / "a.txt"], Settings(jobs=1, extract=extract))
        assert lost
        assert (summary.new, summary.unchanged) == (1, 0)
        assert len(rows(store.engine, "versions")) == 1


def test_a_file_that_changes_while_it_is_read(url, tmp_path):
    path = write_notice(tmp_path / "a.txt", starts_on="2023-05-20")
    times = []

    def read(path):
        record = extract(path)
        times.append(path)
        if len(times) == 1:
            write_notice(path, starts_on="2023-05-21")
        return record

    with stores.open(url) as store:
        assert store.ingest([path], Settings(jobs=1, extract=read)).new == 1
        assert len(times) == 2
        assert rows(store.engine, "events")[0]["starts_on"] == dt.date(2023, 5, 21)
        from noticetab.stores.reading import file_hash

        assert rows(store.engine, "sources")[0]["sha256"] == file_hash(path)


def test_a_file_that_never_keeps_still(tmp_path):
    path = write_notice(tmp_path / "a.txt")

    def read(path):
        record = extract(path)
        path.write_text(path.read_text() + " ")
        return record

    with stores.open(tmp_path / "a.sqlite") as store:
        summary = store.ingest([path], Settings(jobs=1, extract=read))
        assert [failure.kind for failure in summary.failures] == ["changing"]
        assert rows(store.engine, "sources") == []
        assert store.ingest([path], Settings(jobs=1, extract=extract)).new == 1


def test_a_clock_that_jumps(url, tmp_path):
    day = dt.datetime(2024, 1, 1)
    jumps = iter([day + dt.timedelta(days=n) for n in (0, 900, -900, 30, -4000, 5, 1, 9999, -9999, 3) * 10])
    path = write_notice(tmp_path / "a.txt")
    with stores.open(url) as store:
        for n in range(5):
            write_notice(path, starts_on=f"2023-05-{20 + n}")
            store.ingest([path], Settings(jobs=1, extract=extract, clock=lambda: next(jumps)))
        versions = store.history("a.txt")
        assert [version.version for version in versions] == [1, 2, 3, 4, 5]
        for before, after in itertools.pairwise(versions):
            assert before.valid_from <= before.valid_to == after.valid_from
        assert versions[-1].valid_to is None
        assert all(run["seconds"] >= 0 for run in rows(store.engine, "runs"))


@pytest.fixture
def nobody():
    """A folder that we may not write; as root we are somebody else meanwhile."""
    folder = Path(tempfile.mkdtemp())
    write_notice(folder / "in" / "a.txt")
    with stores.open(folder / "a.sqlite") as store:
        store.ingest([folder / "in"], Settings(jobs=1, extract=extract))
        for form in exports.FORMATS:  # so that everything is imported while we may still read it
            exports.export(form, store.tables(), store.records(), folder / "in" / "out")
        shutil.rmtree(folder / "in" / "out")
    write_notice(folder / "in" / "b.txt", 2)
    for path in (folder / "a.sqlite", folder):
        path.chmod(0o444 if path.is_file() else 0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield folder
    if root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_read_only_output(nobody):
    with stores.open(nobody / "a.sqlite") as store:
        with pytest.raises(stores.StoreError, match="readonly"):
            store.ingest([nobody / "in"], Settings(jobs=1, extract=extract))
        found = store.tables()
        assert len(found["notices"]) == 1
        assert store.history("a.txt")
    with pytest.raises((stores.StoreError, OSError), match="open"):
        stores.open(nobody / "new.sqlite")
    with pytest.raises(OSError, match="denied"):
        stores.write_sqlite(found, nobody / "b.sqlite")
    for form in exports.FORMATS:
        with pytest.raises(OSError, match="denied"):
            exports.export(form, found, [], nobody / "out")
    assert sorted(path.name for path in nobody.iterdir()) == ["a.sqlite", "in"]


@pytest.mark.postgres
def test_a_server_that_only_reads(postgres_url, tmp_path):
    write_notice(tmp_path / "a.txt")
    with stores.open(postgres_url) as store:
        name = store.engine.url.database
        with store.engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with stores.open(postgres_url) as store, pytest.raises(stores.StoreError, match="read-only"):
        store.ingest([tmp_path], Settings(jobs=1, extract=extract))


def test_readers_see_whole_notices_while_a_run_writes(tmp_path, folder):
    """A reader beside a writer finds every notice with all its rows or not at all."""
    url = f"sqlite:///{tmp_path}/a.sqlite"
    with stores.open(url) as store:
        running = subprocess.Popen([sys.executable, *killing.command(folder, url, 1)[1:]], cwd=killing.TESTS)
        looks = 0
        while running.poll() is None:
            with store.engine.connect() as connection:
                notices = connection.scalar(sa.select(sa.func.count()).select_from(table("notices")))
                activities = connection.scalar(sa.select(sa.func.count()).select_from(table("activities")))
                assert activities == 3 * notices
            looks += 1
            time.sleep(0.02)
        assert running.returncode == 0
        assert looks > 5


def test_slow_files_do_not_hold_back_what_is_read(tmp_path):
    """A file is committed within seconds even if the batch is far from full."""
    assert slow_extract(write_notice(tmp_path / "x" / "a.txt")).text
    for n in range(3):
        write_notice(tmp_path / "in" / f"{n}.txt", n, sleep=0.9)
    committed = []
    with stores.open(tmp_path / "a.sqlite") as store:

        def look(path, result):
            committed.append(len(rows(store.engine, "sources")))

        store.ingest([tmp_path / "in"], Settings(jobs=1, extract=extract, on_file=look))
        assert committed[0] in (2, 3)
