"""Notices side by side: what is the same, what is similar, what only one has.

``noticetab.compare(records)`` returns DataFrames (:class:`Comparison`), ``noticetab.compare.report``
writes them as one HTML page, ``noticetab.compare.workbook`` as an XLSX file. The module itself can
be called; to a type checker ``from noticetab.compare import compare`` is the function.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import ModuleType
from typing import TYPE_CHECKING

from .collection import By
from .comparison import Comparison
from .comparison import compare as _compare
from .page import report
from .spreadsheet import workbook

if TYPE_CHECKING:
    from noticetab.record import Record

__all__ = ["By", "Comparison", "compare", "report", "workbook"]


class _Callable(ModuleType):
    """This package, callable: ``noticetab.compare(records)`` is :func:`compare`."""

    def __call__(self, records: Iterable[Record], by: By = "notice") -> Comparison:
        """See :func:`noticetab.compare.compare`."""
        return _compare(records, by)


sys.modules[__name__].__class__ = _Callable

if TYPE_CHECKING:
    from .comparison import compare as compare
else:
    # One thing under both names, so that noticetab.compare(...) and noticetab.compare.report(...)
    # work whichever way the package was reached.
    compare = sys.modules[__name__]
