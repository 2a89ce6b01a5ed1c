"""noticetab: Chinese official notices become tables that people can trust.

>>> import noticetab
>>> record = noticetab.extract("notice.txt")          # one file, any supported format
>>> tables = noticetab.to_tables([record])            # pandas DataFrames, dates as dates
>>> nlp = noticetab.load()                            # the stages as a spaCy pipeline

Everything here is imported when it is first used, so that importing the package costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from noticetab.compare import compare as compare
    from noticetab.components import load as load
    from noticetab.pipeline import extract as extract
    from noticetab.pipeline import extract_all as extract_all
    from noticetab.pipeline import extract_text as extract_text
    from noticetab.record import Record as Record
    from noticetab.tables import to_tables as to_tables

__version__ = "0.1.0"
__all__ = [
    "Record",
    "__version__",
    "compare",
    "dates",
    "extract",
    "extract_all",
    "extract_text",
    "load",
    "to_tables",
]

_PLACES = {
    "Record": "noticetab.record",
    "compare": "noticetab.compare",
    "extract": "noticetab.pipeline",
    "extract_all": "noticetab.pipeline",
    "extract_text": "noticetab.pipeline",
    "load": "noticetab.components",
    "to_tables": "noticetab.tables",
}


def __getattr__(name: str) -> Any:
    if name == "dates":
        return importlib.import_module("noticetab.dates")
    if name in _PLACES:
        return getattr(importlib.import_module(_PLACES[name]), name)
    raise AttributeError(f"module 'noticetab' has no attribute {name!r}")
