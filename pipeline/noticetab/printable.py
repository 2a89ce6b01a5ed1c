"""Text that can be written as UTF-8: names of files and strings that hold halves of characters.

Python keeps a byte of a file name that is no UTF-8, and half of a pair of UTF-16, as a lone
surrogate (U+D800 to U+DFFF). No encoding can write one, so none may reach a record or a table.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_SURROGATES = re.compile("[\ud800-\udfff]+")


def without_surrogates(text: str) -> str:
    """``text`` with the two halves of a character joined, and U+FFFD for each half that is alone."""
    return _SURROGATES.sub(_joined, text)


def _joined(match: re.Match[str]) -> str:
    return match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def escaped(text: str) -> str:
    """``text`` for a message or a table: what UTF-8 cannot write is escaped (``\\udcb9``)."""
    return text.encode("utf-8", "backslashreplace").decode()


def shown_path(path: str | Path) -> str:
    """A path as text that can be written; bytes that are no UTF-8 become ``\\xb9``, links of the
    path are ``/`` on every system."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")
