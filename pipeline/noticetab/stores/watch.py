"""Keeping on as files arrive: looking at folders again and again.

Looking works on every file system (network shares and containers send no events), and a file is
only taken when it has been left alone between two looks, so that one still being copied is not.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from noticetab.batch import find
from noticetab.stores.ingest import Settings, ingest
from noticetab.stores.runs import Summary

_State = tuple[int, int, int]


def watch(
    engine: sa.Engine,
    folders: Iterable[str],
    settings: Settings,
    arguments: dict[str, Any],
    *,
    interval: float = 2.0,
    stop: threading.Event | None = None,
) -> Iterator[Summary]:
    """See :meth:`noticetab.stores.store.Store.watch`."""
    stop = stop or threading.Event()
    named = list(folders)
    seen: dict[Path, _State] = {}
    done: dict[Path, _State] = {}
    while not stop.is_set():
        now = {path: state for path in find(named) if (state := _state(path)) is not None}
        ready = [path for path, state in now.items() if seen.get(path) == state != done.get(path)]
        seen = now
        if ready:
            summary = ingest(engine, ready, replace(settings, again=False), arguments)
            changing = {failure.path for failure in summary.failures if failure.kind == "changing"}
            done |= {path: now[path] for path in ready if str(path.absolute()) not in changing}
            yield summary
            continue
        stop.wait(interval)


def _state(path: Path) -> _State | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
