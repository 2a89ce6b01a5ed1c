"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any


@contextmanager
def aside(path: Path, *, encoding: str | None = "utf-8") -> Iterator[IO[Any]]:
    """A file beside ``path`` that takes its place when the block ends well and else disappears.

    Text without newline translation; binary with ``encoding=None``.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        binary = encoding is None
        with os.fdopen(
            handle, "wb" if binary else "w", encoding=encoding, newline=None if binary else ""
        ) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
