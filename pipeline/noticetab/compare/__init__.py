"""Notices side by side: what is the same, what is similar, what only one has.

``noticetab.compare(records)`` returns DataFrames (:class:`Comparison`), ``noticetab.compare.report``
writes them as one HTML page, ``noticetab.compare.workbook`` as an XLSX file. The module itself can
be called; type checkers prefer ``from noticetab.compare import compare``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import ModuleType
from typing import TYPE_CHECKING

from .collection import By
from .comparison import Comparison, compare
from .page import report

if TYPE_CHECKING:
    from noticetab.record import Record

__all__ = ["By", "Comparison", "compare", "report"]


class _Callable(ModuleType):
    """This package, callable: ``noticetab.compare(records)`` is :func:`compare`."""

    def __call__(self, records: Iterable[Record], by: By = "notice") -> Comparison:
        """See :func:`noticetab.compare.compare`."""
        return compare(records, by)


sys.modules[__name__].__class__ = _Callable
