"""Work spread over processes, results in order, whatever happens to a process.

A process that dies (out of memory, a crash in a library) or that takes too long costs only the
item it was at; everything else is done again by fresh processes. When the program itself is
killed, its processes end too and do not linger.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from multiprocessing.synchronize import Event
from typing import Generic, Literal, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

Loss = Literal["crash", "timeout"]
"""Why an item has no result."""

AHEAD = 4
"""Items given out ahead for each process, so that none waits for the one whose turn it is."""


ADVICE = (
    'call it under `if __name__ == "__main__":` in a script that is a file, because each process begins by '
    "importing that script; or work with one process (jobs=1)"
)


class StartError(RuntimeError):
    """Processes cannot be started from where they were asked for; the message says what to do."""


def refuse_import() -> None:
    """Raises :class:`StartError` in a process that has only begun to import the program it is to work for.

    A script that starts processes when it is imported would start them in each of these again.
    """
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        raise StartError(f"a script starts processes while it is imported; {ADVICE}")


class Workers(Generic[Item, Result]):
    """``jobs`` processes doing ``function``; with one job it is done in this process itself.

    ``function`` must be importable by name (the processes are started afresh: forking a program
    that has threads may hang). ``timeout`` is the longest that one item may take, in seconds;
    it cannot be kept with one job.
    """

    def __init__(self, function: Callable[[Item], Result], jobs: int, timeout: float | None = None) -> None:
        self.function = function
        self.jobs = jobs
        self.timeout = timeout
        self._pool: ProcessPoolExecutor | None = None
        self._begun: Event | None = None

    def __enter__(self) -> Workers[Item, Result]:
        """Nothing is started before there is work. Raises :class:`StartError` where nothing can be."""
        if self.jobs > 1:
            refuse_import()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the processes; work that nobody waits for any more is dropped."""
        self._stop()

    def map(self, items: Iterable[Item]) -> Iterator[tuple[Item, Result | Loss]]:
        """Each item with its result or the reason why there is none, in the order of ``items``."""
        if self.jobs <= 1:
            for item in items:
                yield item, self.function(item)
            return
        coming = iter(items)
        waiting: deque[tuple[Item, Future[Result]]] = deque()
        while True:
            while len(waiting) < AHEAD * self.jobs:
                for item in coming:
                    waiting.append((item, self._submit(item)))
                    break
                else:
                    break
            if not waiting:
                return
            item, future = waiting[0]
            try:
                result: Result | Loss = future.result(self.timeout)
            except (BrokenProcessPool, FutureTimeout) as error:
                if isinstance(error, BrokenProcessPool):
                    self._see_beginning()
                # Any of those under way may be to blame: this one alone, the others anew.
                result = self._alone(item)
                waiting.popleft()
                yield item, result
                again = [other for other, _ in waiting]
                waiting = deque((other, self._submit(other)) for other in again)
                continue
            waiting.popleft()
            yield item, result

    def _alone(self, item: Item) -> Result | Loss:
        self._stop()
        try:
            return self._submit(item).result(self.timeout)
        except BrokenProcessPool:
            self._stop()
            return "crash"
        except FutureTimeout:
            self._stop()
            return "timeout"

    def _submit(self, item: Item) -> Future[Result]:
        for _ in range(3):
            if self._pool is None:
                context = multiprocessing.get_context("spawn")
                self._begun = self._begun or context.Event()
                self._pool = ProcessPoolExecutor(
                    self.jobs, mp_context=context, initializer=_begin, initargs=(self._begun,)
                )
            try:
                return self._pool.submit(self.function, item)
            except BrokenProcessPool:
                self._stop()
        self._see_beginning()
        raise RuntimeError("processes end as soon as they are started; is there memory left?")

    def _see_beginning(self) -> None:
        """Raises :class:`StartError` if no process has come so far as to work: no file is to blame."""
        if self._begun is not None and not self._begun.is_set():
            raise StartError(f"the processes end before they begin to work; {ADVICE}")

    def _stop(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        processes = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()
        for process in processes:
            process.join()


def _begin(begun: Event) -> None:
    """What each process does first: say that it works, and see to it that it does not stay behind."""
    begun.set()
    _end_with_parent()


def _end_with_parent() -> None:
    """In a process of ours: end when the program that started it has gone, however it went.

    An interrupt from the keyboard reaches all processes; what becomes of them the program decides.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
