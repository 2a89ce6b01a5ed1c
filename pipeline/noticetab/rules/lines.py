"""Where the keys of a TOML text stand, for messages (tomllib keeps no line numbers)."""

from __future__ import annotations

from collections.abc import Iterable

import regex

Key = tuple[str | int, ...]
"""The way to a value: names of tables and places in lists."""


class Lines:
    """Line numbers of the keys of a TOML text."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.found: dict[Key, int] = {}
        self.names: set[str | int] = set()
        base: Key = ()
        counts: dict[Key, int] = {}
        for number, line in enumerate(self.lines, 1):
            if header := _HEADER.match(line):
                base = ()
                parts = names(header["name"])
                for i, part in enumerate(parts):
                    base += (part,)
                    if i == len(parts) - 1 and header["array"]:
                        counts[base] = counts.get(base, -1) + 1
                    if base in counts:
                        base += (counts[base],)
                self._note(base, number)
            elif key := _KEY.match(line):
                self._note(base + tuple(names(key["name"])), number)

    def _note(self, key: Key, number: int) -> None:
        for end in range(1, len(key) + 1):
            self.found.setdefault(key[:end], number)
        self.names.update(key)

    def of(self, key: Iterable[str | int], value: str | None = None) -> int:
        """The line of ``key``, or of the nearest table above it; of ``value`` if it stands further down."""
        wanted = tuple(key)
        while wanted and wanted not in self.found:
            wanted = wanted[:-1]
        line = self.found.get(wanted, 1)
        if value:
            for number in range(line, len(self.lines) + 1):
                if value in self.lines[number - 1]:
                    return number
        return line


_NAME = r'(?:[\w-]+|"[^"\n]*"|\'[^\'\n]*\')'
_HEADER = regex.compile(rf"^\s*(?P<array>\[)?\[\s*(?P<name>{_NAME}(?:\.{_NAME})*+)\s*\]")
_KEY = regex.compile(rf"^\s*(?P<name>{_NAME}(?:\.{_NAME})*+)\s*=")


def names(dotted: str) -> list[str]:
    """The names of a dotted key, without quotes: ``findings."date.weekday"`` is two."""
    return [name.strip("\"'") for name in regex.findall(_NAME, dotted)]
