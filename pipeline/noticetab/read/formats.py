"""Which reader reads which kind of file; each is imported when the first such file comes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from noticetab.read.limits import Budget
from noticetab.read.reading import Reading

Reader = Callable[[bytes, Budget], Reading]


def _lazy(module: str, function: str) -> Reader:
    """A reader that is imported at its first call."""

    def reader(data: bytes, budget: Budget) -> Reading:
        loaded = getattr(import_module(f"noticetab.read.{module}"), function)
        reading: Reading = loaded(data, budget)
        return reading

    return reader


READERS: dict[str, Reader] = {
    "text": _lazy("text", "read_plain"),
    "html": _lazy("webpage", "read_page"),
    "mhtml": _lazy("webpage", "read_archive"),
    "docx": _lazy("word", "read_word"),
    "flat": _lazy("word", "read_flat"),
    "office": _lazy("office", "read_office"),
    "pdf": _lazy("pdf", "read_pdf"),
    "ofd": _lazy("ofd", "read_ofd"),
    "png": _lazy("scan", "read_image"),
    "jpeg": _lazy("scan", "read_image"),
    "tiff": _lazy("scan", "read_image"),
    "bmp": _lazy("scan", "read_image"),
    "webp": _lazy("scan", "read_image"),
}
