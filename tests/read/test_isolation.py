"""Readers: a file that takes too much or ends its process costs only itself, and nothing stays behind."""

from __future__ import annotations

import io
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from noticetab import outputs
from noticetab.batch import Options
from noticetab.read import Limits, ReadError, isolation, read, read_bytes
from noticetab.read.limits import Budget
from read import hostile

PAGE = "<html><body><p>各有关单位：</p><p>请按时参加。</p></body></html>".encode()
MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Here files are read by readers; each test begins and ends without any."""
    monkeypatch.setattr(isolation, "ISOLATED", True)
    isolation.stop_readers()
    yield
    isolation.stop_readers()
    assert [p for p in psutil.Process().children() if "read.reader" in " ".join(p.cmdline())] == []


def own_reader() -> psutil.Process:
    (reader,) = isolation._idle
    return reader.watched


def test_a_reader_gives_what_is_read_here_and_serves_again(monkeypatch: pytest.MonkeyPatch) -> None:
    there = read_bytes(PAGE)
    first = own_reader().pid
    assert read_bytes(hostile.attributes(10)).text == "各有关单位：\n"
    assert own_reader().pid == first
    monkeypatch.setattr(isolation, "ISOLATED", False)
    assert read_bytes(PAGE) == there


def test_a_reader_is_replaced_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "FILES", 2)
    pids = set()
    for _ in range(4):
        read_bytes(PAGE)
        pids |= {reader.watched.pid for reader in isolation._idle}
    assert len(pids) == 2


def test_plain_text_needs_no_reader() -> None:
    assert read_bytes("各有关单位：".encode()).text == "各有关单位："
    assert not isolation._idle
    with pytest.raises(ReadError, match="lines, more than the limit of 100000; raise the limit `lines`"):
        read_bytes("一\n".encode() * 120_000)
    assert not isolation._idle
    read_bytes(("一" * 400 + "\n").encode() * 1000)
    assert isolation._idle, "more than SMALL_TEXT is not decoded here"


HOSTILE = {
    "itself.pdf": hostile.draws_itself(),
    "twice.pdf": hostile.drawn_twice(),
    "nested.pdf": hostile.nested(400),
    "stream.pdf": hostile.long_stream(48 * MIB),
    "paragraphs.docx": hostile.paragraphs(200_000),
    "attributes.html": hostile.attributes(60_000),
    "picture.png": hostile.picture(20_000, 20_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_a_reading_or_a_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    limits = Limits(seconds=6, scan_seconds=6, memory=400 * MIB, scan_memory=900 * MIB)
    try:
        assert isinstance(read(path, limits=limits).text, str)
    except ReadError as error:
        assert str(error).startswith(f"{path}: ")
        assert "\n" not in str(error)
        if error.kind in ("memory", "timeout"):
            assert "--limit" in str(error)


def test_memory_is_watched_and_the_message_says_which_limit() -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(hostile.paragraphs(400_000), name="big.docx", limits=Limits(memory=150 * MIB))
    assert caught.value.kind == "memory"
    assert str(caught.value) == (
        "big.docx: reading it takes more than 157286400 bytes of memory; it may be made to do harm; "
        "if you trust it, raise the limit `memory` (--limit memory=…)"
    )
    assert read_bytes(PAGE).text, "the next file is read"


def test_time_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "GRACE", 0.0)
    with pytest.raises(ReadError, match=r"not read within 0\.3 seconds; raise the limit `seconds`") as caught:
        read_bytes(hostile.paragraphs(400_000), limits=Limits(seconds=0.3))
    assert caught.value.kind == "timeout"


def test_one_bad_file_is_a_row_of_failures_with_one_job(tmp_path: Path) -> None:
    for name, data in (("1.html", PAGE), ("2.docx", hostile.paragraphs(400_000)), ("3.html", PAGE)):
        (tmp_path / name).write_bytes(data)
    options = Options(limits=(("memory", 150 * MIB),))
    summary = outputs.run(sorted(tmp_path.iterdir()), tmp_path / "out", options, jobs=1)
    assert summary.files == 3
    (failure,) = summary.failures
    assert (Path(failure.path).name, failure.kind) == ("2.docx", "memory")


def test_a_reader_that_dies_is_a_crash() -> None:
    read_bytes(PAGE)
    reader = own_reader()
    reader.suspend()

    def kill() -> None:
        reader.send_signal(signal.SIGKILL)

    threading.Timer(0.3, kill).start()
    with pytest.raises(ReadError, match=r"it ended the process that read it \(SIGKILL\)") as caught:
        read_bytes(PAGE)
    assert caught.value.kind == "crash"
    assert read_bytes(PAGE).text


def test_threads_have_a_reader_each() -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(read_bytes(PAGE).text)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3 and len(set(found)) == 1
    assert len(isolation._alive) == len(isolation._idle) <= 3


def _in_child(send: object) -> None:
    send.send((os.getpid(), read_bytes(PAGE).text))


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_other_processes_have_readers_of_their_own(method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} on this system")
    text = read_bytes(PAGE).text
    context = multiprocessing.get_context(method)
    here, there = context.Pipe()
    process = context.Process(target=_in_child, args=(there,))
    process.start()
    assert here.recv()[1] == text
    process.join()
    assert read_bytes(PAGE).text == text


def test_the_reader_ends_with_the_program(tmp_path: Path) -> None:
    program = textwrap.dedent("""
        import sys, time
        from noticetab.read import isolation, read_bytes
        read_bytes(b"<html><body><p>x</p></body></html>")
        print(isolation._idle[0].process.pid, isolation._idle[0].folder, flush=True)
        if sys.argv[1] == "wait":
            time.sleep(60)
    """)
    for how in ("end", "wait"):
        run = subprocess.Popen([sys.executable, "-c", program, how], stdout=subprocess.PIPE, text=True)
        assert run.stdout is not None
        pid, folder = run.stdout.readline().split()
        if how == "wait":
            run.kill()
        run.wait()
        run.stdout.close()
        if psutil.pid_exists(int(pid)):
            psutil.wait_procs([psutil.Process(int(pid))], timeout=10)
        assert not psutil.pid_exists(int(pid))
        assert not Path(folder).exists()


def test_answers_are_made_of_readings_alone() -> None:
    for harm in (os.system, subprocess.Popen, eval):
        with pytest.raises(pickle.UnpicklingError):
            isolation._Answer(io.BytesIO(pickle.dumps(harm))).load()


def test_a_scan_has_limits_of_its_own() -> None:
    told: list[str] = []
    budget = Budget(Path("x"), Limits(seconds=0, scan_seconds=100), told.append)
    assert budget.left() == 0
    budget.costs("scan")
    budget.costs("scan")
    assert budget.left() > 50
    assert told == ["scan"]
