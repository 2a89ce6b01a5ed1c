"""What a reader process does: bytes come in, a reading or an error goes out, until nobody asks.

Started by :mod:`noticetab.read.isolation`, which says why. It ends when the process that started it
has gone, however that went, and takes LibreOffice along.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import queue
import shutil
import signal
import sys
import threading
from pathlib import Path
from typing import IO, Any

from noticetab.read import isolation
from noticetab.read.isolation import GRACE, HEAD
from noticetab.read.limits import Budget, Limits
from noticetab.read.reading import ReadError


def main(folder: str) -> None:
    """Answer what comes on standard input; ``folder`` is removed if nobody is left to do it."""
    isolation.ISOLATED = False
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what becomes of an interrupt the parent decides
    # Libraries that print must not print into the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    coming: queue.SimpleQueue[tuple[dict[str, Any], bytes]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, coming, folder), daemon=True).start()
    while True:
        asked, data = coming.get()
        _answer(asked, data, answers)


def _listen(stream: IO[bytes], coming: queue.SimpleQueue[tuple[dict[str, Any], bytes]], folder: str) -> None:
    """Take in what is asked, also while something is read: so the end of the parent is seen at once."""
    with contextlib.suppress(Exception):
        while head := stream.read(HEAD.size):
            said, size = HEAD.unpack(head)
            coming.put((json.loads(stream.read(said)), stream.read(size)))
    _end(folder)


def _end(folder: str) -> None:
    with contextlib.suppress(Exception):
        import psutil

        for process in psutil.Process().children(recursive=True):
            process.kill()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _answer(asked: dict[str, Any], data: bytes, answers: IO[bytes]) -> None:
    from noticetab.read import read_here

    def tell(kind: str, said: Any) -> None:
        body = pickle.dumps(said, pickle.HIGHEST_PROTOCOL)
        name = kind.encode()
        answers.write(HEAD.pack(len(name), len(body)) + name)
        answers.write(body)
        answers.flush()

    def dearer(cost: str) -> None:
        _bound(budget.limits, cost)
        tell("cost", cost)

    limits = Limits(**asked["limits"])
    _bound(limits, "text")
    budget = Budget(Path(asked["path"]), limits, on_cost=dearer)
    try:
        tell("reading", read_here(data, budget))
    except ReadError as error:
        tell("error", (error.kind, str(error)))
    except MemoryError:
        tell("error", ("memory", str(budget.too_much_memory(budget.cost))))
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def _bound(limits: Limits, cost: str) -> None:
    """The bounds that the system keeps even if neither process looks: data, and time as the last."""
    seconds, memory = limits.of(cost)
    if hasattr(signal, "alarm"):
        signal.alarm(int(seconds + 4 * GRACE))
    try:
        import resource

        import psutil

        most = resource.getrlimit(resource.RLIMIT_DATA)[1]
        # What is promised to it and not used counts too (stacks of threads), so there is room above.
        held = getattr(psutil.Process().memory_info(), "data", 0)
        wanted = resource.RLIM_INFINITY if cost != "text" else held + memory + memory // 4
        if most != resource.RLIM_INFINITY and (wanted == resource.RLIM_INFINITY or wanted > most):
            wanted = most
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))
    except (ImportError, AttributeError, ValueError, OSError):
        return  # Windows has no such bounds
