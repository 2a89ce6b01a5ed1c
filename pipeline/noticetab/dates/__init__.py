"""Dates and periods in Chinese official writing: found, read, and kept partial where print is.

:func:`find` gives every date of a running text, :func:`parse` the one that a phrase is. Both read
by one grammar (``grammar``), whose pieces are in ``patterns`` and whose words are in
``rules/dates.toml``; what only looks like a date is in ``refused``. ``resolve`` works out
the days of what is printed under an :class:`Anchor`, ``found`` keeps both together.
"""

from noticetab.dates.find import find, parse
from noticetab.dates.found import Found
from noticetab.dates.model import Anchor, PartialDate, Printed

__all__ = ["Anchor", "Found", "PartialDate", "Printed", "find", "parse"]
