"""The knowledge about official writing, loaded from the data files of ``rules/``.

Code holds mechanism, ``rules/*.toml`` and ``rules/*.csv`` hold knowledge. A room describes its
own file by a pydantic model and asks for it::

    class Labels(rules.Rules):
        deadline: list[rules.Regex]

    labels = rules.load("labels", Labels)       # rules/labels.toml, read once

An unknown key, a missing key, a wrong type or a pattern that could run away is a
:class:`RulesError` that names file and line. All files together are a :class:`Rulebook`: the
shipped one, or one with a folder of one's own laid over it (``--rules DIR``), which holds while
``with book.in_force():`` lasts, and in that thread alone. What a room builds from its rules it
keeps by :func:`cached` or :func:`remembered` in the rulebook, never in its own module.
"""

from noticetab.rules.book import (
    Rulebook,
    Rules,
    cached,
    current,
    directory,
    files,
    lines,
    load,
    path,
    remembered,
    rulebook,
    table,
    where,
)
from noticetab.rules.patterns import Regex, RulesError, compile_pattern

__all__ = [
    "Regex",
    "Rulebook",
    "Rules",
    "RulesError",
    "cached",
    "compile_pattern",
    "current",
    "directory",
    "files",
    "lines",
    "load",
    "path",
    "remembered",
    "rulebook",
    "table",
    "where",
]
