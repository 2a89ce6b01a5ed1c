"""Dates and periods in Chinese official writing: found, read, and kept partial where print is.

:func:`find` gives every date of a running text, :func:`parse` the one that a phrase is. Both read
by one grammar (``grammar``), whose pieces are in ``patterns`` and whose words are in
``rules/dates.toml``; what only looks like a date is in ``refused``. ``resolve`` turns what is
printed into days under an :class:`Anchor`.
"""

from noticetab.dates.find import find, parse
from noticetab.dates.model import Anchor, Found, PartialDate, Printed

__all__ = ["Anchor", "Found", "PartialDate", "Printed", "find", "parse"]
