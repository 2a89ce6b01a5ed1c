"""Read: a file of any format becomes a Reading (canonical text, boxes, tables).

>>> from noticetab.read import read_text
>>> read_text("关于举办科技周的通知\\r\\n").text
'关于举办科技周的通知\\n'
"""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from noticetab.read.limits import Budget, Limits
from noticetab.read.reading import Box, Cell, ReadError, Reading, Table

__all__ = ["Box", "Cell", "Limits", "ReadError", "Reading", "Table", "read", "read_bytes", "read_text"]


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
        raise budget.error(error.strerror or "cannot be opened") from error
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
        raise budget.error(f"{len(data)} bytes, more than the limit of {budget.limits.bytes}")
    reading = _read(data, budget)
    reading.path = None
    return reading


def read_text(text: str) -> Reading:
    """A text that is already decoded, made canonical; an empty one gives an empty reading."""
    from noticetab.read.canonical import finish
    from noticetab.read.text import doubts

    reading = Reading(text, encoding=None)
    reading.warnings = doubts(text, 0)
    reading.sha256 = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    return finish(reading)


def _read(data: bytes, budget: Budget) -> Reading:
    """Read ``data`` with the reader for its kind and make the text canonical."""
    from noticetab.read.canonical import finish
    from noticetab.read.formats import READERS
    from noticetab.read.kind import kind

    found = kind(data, budget)
    try:
        reading = finish(READERS[found](data, budget))
    except ReadError:
        raise
    except (MemoryError, RecursionError) as error:
        raise budget.error(f"too large or too deeply nested to read as {found}") from error
    except Exception as error:  # a reader's library meets a file it was not made for
        raise budget.error(
            f"cannot be read as {found} ({type(error).__name__}: {error})", "the file may be damaged"
        ) from error
    if not reading.text.strip():
        raise budget.error("empty: it holds no text")
    if len(reading.text) > budget.limits.chars:
        raise budget.error(
            f"{len(reading.text)} characters, more than the limit of {budget.limits.chars}",
            "raise the limit `chars`",
        )
    reading.path = str(budget.path)
    reading.sha256 = hashlib.sha256(data).hexdigest()
    return reading
