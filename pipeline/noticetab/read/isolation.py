"""Untrusted bytes are read in a process of their own, whose memory and time this one watches.

A PDF of a kilobyte can ask for gigabytes or end the process that opens it, and no library says so
beforehand. So the bytes go to a reader process (:mod:`noticetab.read.reader`), and what comes back is
a reading or one line that says what is wrong. A reader that takes more than the file may take is
killed with whatever it started; the next file gets a fresh one.

Resident memory is watched, since a bound on address space would break onnxruntime and LibreOffice
and Windows has none; where there is RLIMIT_DATA it stops what grows faster than we look. A reader
is kept for the files to come until it has read :data:`FILES` or its memory stays high. It is started
when it is first needed, by a plain command and not by ``multiprocessing``, so that a script needs no
``if __name__ == "__main__"``. Several threads have a reader each; a forked process begins with none.
"""

from __future__ import annotations

import atexit
import io
import json
import os
import pickle
import queue
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from noticetab.read.limits import Budget
from noticetab.read.reading import ReadError, Reading

if TYPE_CHECKING:
    import psutil

FILES = 200
"""A reader is replaced after so many files: what libraries leak stays small."""
KEPT = 4
"""Idle readers that are kept; more are stopped as they come back."""
SMALL_TEXT = 1024 * 1024
"""Plain text up to so many bytes is decoded here: no library stands between it and us."""
GRACE = 3.0
"""Seconds that a reader may go over its time to say so itself, which gives the better message."""
LOOK = 0.02
"""Seconds between two looks at the memory of a reader."""

HEAD = struct.Struct("<IQ")
"""Before each message: the bytes of its JSON or pickle, and of the data behind it."""

Cost = Literal["text", "scan", "office"]

ISOLATED = True
"""Whether readers are used; false in a reader itself."""

_MADE_OF = {
    ("noticetab.read.reading", name) for name in ("Reading", "Box", "Cell", "Note", "Table")
} | {("datetime", "datetime"), ("copyreg", "__newobj__")}  # fmt: skip
"""What an answer may be made of: a reader that was taken over cannot make us call anything else."""


class _Answer(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _MADE_OF:
            raise pickle.UnpicklingError(f"{module}.{name} in a reading")
        return super().find_class(module, name)


def read_isolated(data: bytes, budget: Budget) -> Reading:
    """What :func:`noticetab.read.read_here` gives for ``data``, worked out by a reader process.

    Raises :class:`ReadError` as that does, and for a file that takes too much memory or time or that
    ends the reader; its ``kind`` tells these apart (``memory``, ``timeout``, ``crash``).
    """
    reader = _take(budget)
    try:
        reading = reader.read(data, budget)
    except ReadError:
        _give_back(reader)
        raise
    except BaseException:
        reader.stop()  # interrupted: the answer would come when nobody waits for it
        raise
    _give_back(reader)
    return reading


_idle: list[_Reader] = []
_alive: list[_Reader] = []
_lock = threading.Lock()


def _take(budget: Budget) -> _Reader:
    while True:
        with _lock:
            reader = _idle.pop() if _idle else None
        if reader is None:
            return _Reader(budget)
        if reader.is_usable():
            return reader
        reader.stop()


def _give_back(reader: _Reader) -> None:
    if reader.is_usable():
        with _lock:
            if len(_idle) < KEPT:
                _idle.append(reader)
                return
    reader.stop()


def stop_readers() -> None:
    """End all idle readers; the next file starts one anew."""
    with _lock:
        found = _idle[:]
        _idle.clear()
    for reader in found:
        reader.stop()


def _forget_readers() -> None:
    """In a forked process: the readers are the parent's, who alone may speak to them."""
    global _lock
    _lock = threading.Lock()
    for reader in _alive:
        reader.forget()
    _idle.clear()


atexit.register(stop_readers)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_readers)


class _Reader:
    """A reader process and the pipes to it."""

    def __init__(self, budget: Budget) -> None:
        import psutil

        self.folder = tempfile.mkdtemp(prefix="noticetab-reader-")
        begin = (
            f"import sys; sys.path[:] = {sys.path!r}; from noticetab.read.reader import main; "
            f"main({self.folder!r})"
        )
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-c", begin],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self.folder)},
            )
            self.watched: psutil.Process = psutil.Process(self.process.pid)
        except (OSError, psutil.Error) as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise budget.error(
                f"no process could be started to read it ({error})", "see what memory and processes are left"
            ) from error
        self.files = 0
        self.scanned = False
        self.answers: queue.SimpleQueue[tuple[str, Any] | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, name="noticetab-reader", daemon=True).start()
        with _lock:
            _alive.append(self)

    def _listen(self) -> None:
        """Put each answer into the queue, and None when there will be no more."""
        stream = self.process.stdout
        assert stream is not None
        with suppress(OSError, ValueError, EOFError, pickle.UnpicklingError, AttributeError, TypeError):
            while head := stream.read(HEAD.size):
                said, size = HEAD.unpack(head)
                kind = stream.read(said).decode()
                body = stream.read(size)
                if len(body) < size:
                    break
                self.answers.put((kind, _Answer(io.BytesIO(body)).load()))
        self.answers.put(None)

    def read(self, data: bytes, budget: Budget) -> Reading:
        """Send ``data`` and wait for its reading. Raises :class:`ReadError`."""
        self.files += 1
        self.scanned = False
        limits = budget.limits
        start = self._memory()
        cost: Cost = "text"
        begun, asked = time.monotonic(), False
        with suppress(OSError, ValueError):  # it is gone, and what it answered before tells more
            self._send(data, budget)
        while True:
            seconds, most = limits.of(cost)
            try:
                answer = self.answers.get(timeout=LOOK if asked else LOOK / 4)
                asked = True
            except queue.Empty:
                asked = True
                if self._memory(cost) > max(most, start + most // 2):
                    self.stop()
                    raise budget.too_much_memory(cost) from None
                if time.monotonic() - begun > seconds + GRACE:
                    self.stop()
                    raise budget.too_long(cost) from None
                continue
            match answer:
                case ("cost", ("scan" | "office") as other):
                    cost = other
                    self.scanned = cost == "scan"
                case ("reading", Reading() as reading):
                    return reading
                case ("error", (str() as kind, str() as message)):
                    raise ReadError(message, kind=kind)
                case _:
                    raise self._lost(budget)

    def _send(self, data: bytes, budget: Budget) -> None:
        stream = self.process.stdin
        assert stream is not None
        asked = {"path": str(budget.path), "limits": asdict(budget.limits)}
        said = json.dumps(asked).encode()
        stream.write(HEAD.pack(len(said), len(data)) + said)
        stream.write(data)
        stream.flush()

    def _memory(self, cost: Cost = "text") -> int:
        """Resident bytes of the reader, with LibreOffice's where it runs; 0 when it is gone."""
        import psutil

        found = 0
        with suppress(psutil.Error):
            found = self.watched.memory_info().rss
            if cost == "office":
                for child in self.watched.children(recursive=True):
                    with suppress(psutil.Error):
                        found += child.memory_info().rss
        return found

    def _lost(self, budget: Budget) -> ReadError:
        """The error of a file that ended the reader."""
        self.stop()
        status = self.process.returncode
        how = f"exit status {status}"
        if status < 0:
            how = next((one.name for one in signal.Signals if one.value == -status), f"signal {-status}")
        return budget.error(
            f"it ended the process that read it ({how})",
            "the file may be damaged, or made to do harm: get another copy",
            kind="crash",
        )

    def is_usable(self) -> bool:
        """Whether it may read another file."""
        if self.files >= FILES or self.process.poll() is not None:
            return False
        from noticetab.read.limits import Limits

        return self._memory() < Limits().of("scan" if self.scanned else "text")[1] // 2

    def stop(self) -> None:
        """End it, with what it started, and wait for its end."""
        import psutil

        own: list[psutil.Process] = []
        with suppress(psutil.Error):
            own = self.watched.children(recursive=True)
        for process in own:
            with suppress(psutil.Error):
                process.kill()
        with suppress(OSError):
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError, ValueError):
                if stream is not None:
                    stream.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        with _lock, suppress(ValueError):
            _alive.remove(self)

    def forget(self) -> None:
        """In a forked process: let go of the pipes, since a reader ends when all hold of them is lost.

        They are not closed as files: a thread that is not there any more may hold their locks.
        """
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError, ValueError):
                if stream is not None:
                    os.dup2(null, stream.fileno(), inheritable=False)
        os.close(null)


def is_plain(data: bytes, path: Path) -> bool:
    """Whether ``data`` may be read in this process: a little plain text, which no library opens."""
    if len(data) > SMALL_TEXT or data.startswith(b"PK"):
        return False
    from noticetab.read.kind import kind
    from noticetab.read.limits import Limits

    try:
        return kind(data, Budget(path, Limits())) == "text"
    except ReadError:
        return True  # of no kind that is read: that is said without opening it
