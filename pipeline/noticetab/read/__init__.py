"""Read: a file of any format becomes a Reading (canonical text, boxes, tables).

>>> from noticetab.read import read_text
>>> read_text("关于举办科技周的通知\\r\\n").text
'关于举办科技周的通知\\n'
"""

from __future__ import annotations

import hashlib
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from noticetab.printable import without_surrogates
from noticetab.read.limits import Budget, Limits
from noticetab.read.reading import Box, Cell, Note, ReadError, Reading, Table

__all__ = [
    "Box",
    "Cell",
    "Limits",
    "Note",
    "ReadError",
    "Reading",
    "Table",
    "read",
    "read_bytes",
    "read_many",
    "read_text",
]


def read(path: Path | str, *, limits: Limits | None = None) -> Reading:
    """Read the file at ``path``; its content decides the format, not its extension.

    Raises :class:`ReadError` with one line that says what is wrong and what to do: a file that
    is missing, empty, damaged, protected, too large for ``limits``, or of a format that is not
    read. Other exceptions do not come out of a bad file.
    """
    path = Path(path)
    budget = Budget(path, limits or Limits())
    try:
        status = path.stat()
    except OSError as error:
        raise budget.unopened(error) from error
    if not stat.S_ISREG(status.st_mode):
        raise budget.error("not a file", "give the file itself")
    if status.st_size > budget.limits.bytes:
        raise budget.error(
            f"{status.st_size} bytes, more than the limit of {budget.limits.bytes}", "raise the limit `bytes`"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise budget.error(error.strerror or "cannot be read") from error
    return _read(data, budget)


def read_bytes(data: bytes, *, name: str = "bytes", limits: Limits | None = None) -> Reading:
    """Read a file's content that is already in memory; ``name`` is for messages alone."""
    budget = Budget(Path(name), limits or Limits())
    if len(data) > budget.limits.bytes:
        raise budget.error(
            f"{len(data)} bytes, more than the limit of {budget.limits.bytes}", "raise the limit `bytes`"
        )
    reading = _read(data, budget)
    reading.path = None
    return reading


def read_text(text: str) -> Reading:
    """A text that is already decoded, made canonical; an empty one gives an empty reading."""
    from noticetab.read.canonical import finish
    from noticetab.read.text import doubts

    text = without_surrogates(text)
    reading = Reading(text, encoding=None)
    reading.warnings = doubts(text, 0)
    reading.sha256 = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    return finish(reading)


def read_many(
    paths: Iterable[Path | str], *, limits: Limits | None = None, at_once: int = 50
) -> Iterator[tuple[Path, Reading | ReadError]]:
    """Read many files; a file that cannot be read gives its :class:`ReadError` in place of a reading.

    Old office files are converted ``at_once`` in one start of LibreOffice, which takes a second
    however many they are. Files come out in the order in which they went in.
    """
    waiting: list[tuple[Path, bytes | None]] = []
    held = 0
    for given in paths:
        path = Path(given)
        data = _old_office(path, limits or Limits())
        waiting.append((path, data))
        held += len(data or b"")
        if held > 64 * 1024 * 1024 or len(waiting) >= at_once:
            yield from _read_waiting(waiting, limits)
            waiting, held = [], 0
    yield from _read_waiting(waiting, limits)


def _old_office(path: Path, limits: Limits) -> bytes | None:
    """The bytes of ``path`` if it is an old office file, else None (also when it cannot be read)."""
    from noticetab.read.kind import kind

    try:
        with path.open("rb") as stream:
            head = stream.read(8)
        if not head.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")) or path.stat().st_size > limits.bytes:
            return None
        data = path.read_bytes()
        return data if kind(data, Budget(path, limits)) == "office" else None
    except (OSError, ReadError):
        return None  # read() says what is wrong with it


def _read_waiting(
    waiting: list[tuple[Path, bytes | None]], limits: Limits | None
) -> Iterator[tuple[Path, Reading | ReadError]]:
    """Read files, the old office ones among them through one start of LibreOffice."""
    from noticetab.read.office import convert_many, from_docx, program

    old = [(data, Budget(path, limits or Limits())) for path, data in waiting if data is not None]
    converted: Iterator[bytes | None] = iter(())
    if old and program() is not None:
        try:
            converted = iter(convert_many(old))
        except ReadError:  # out of time: one file may have hung the rest, so each gets its own start
            converted = iter(())
    for path, data in waiting:
        docx = next(converted, None) if data is not None else None
        if data is None or docx is None:
            yield path, _outcome(partial(read, path, limits=limits))
            continue
        budget = Budget(path, limits or Limits())
        reader = partial(from_docx, data, docx, budget)
        yield path, _outcome(partial(_finished, "office", data, budget, reader))


def _outcome(reader: Callable[[], Reading]) -> Reading | ReadError:
    try:
        return reader()
    except ReadError as error:
        return error


def _read(data: bytes, budget: Budget) -> Reading:
    """Read ``data``: what needs a library in a process of its own, a little plain text here."""
    from noticetab.read import isolation

    if isolation.ISOLATED and sys.executable and not isolation.is_plain(data, budget.path):
        reading = isolation.read_isolated(data, budget)
        reading.path = str(budget.path)
        return reading
    return read_here(data, budget)


def read_here(data: bytes, budget: Budget) -> Reading:
    """Read ``data`` with the reader for its kind, in this process."""
    from noticetab.read.formats import READERS
    from noticetab.read.kind import kind

    found = kind(data, budget)
    return _finished(found, data, budget, lambda: READERS[found](data, budget))


def _finished(found: str, data: bytes, budget: Budget, reader: Callable[[], Reading]) -> Reading:
    """What ``reader`` gives, made canonical; whatever goes wrong inside it is a ``ReadError``."""
    from noticetab.read.canonical import finish

    try:
        reading = reader()
        texts = [finish(part) for part in (reading, *reading.rest)]
    except ReadError:
        raise
    except MemoryError as error:
        raise budget.too_much_memory(budget.cost) from error
    except RecursionError as error:
        raise budget.error(
            f"too deeply nested to read as {found}", "save it again with the program that made it"
        ) from error
    except ImportError as error:
        raise budget.error(
            f"reading {found} needs {error.name or error}", "install noticetab again"
        ) from error
    except Exception as error:  # a reader's library meets a file it was not made for
        raise budget.error(
            f"cannot be read as {found}: it is damaged, or made in a way that is not known here",
            "open it in the program that made it and save it again, or as PDF",
        ) from error
    parts = [part for part in texts if part.text.strip()]
    if not parts:
        raise budget.error("empty: it holds no text", "see whether it is the right file, or scan it again")
    if (chars := sum(len(part.text) for part in parts)) > budget.limits.chars:
        raise budget.error(
            f"{chars} characters, more than the limit of {budget.limits.chars}", "raise the limit `chars`"
        )
    if (lines := sum(part.text.count("\n") for part in parts)) > budget.limits.lines:
        raise budget.error(
            f"{lines} lines, more than the limit of {budget.limits.lines}", "raise the limit `lines`"
        )
    sha256 = hashlib.sha256(data).hexdigest()
    for part in parts:
        part.path, part.sha256, part.rest = str(budget.path), sha256, ()
    parts[0].rest = tuple(parts[1:])
    return parts[0]
