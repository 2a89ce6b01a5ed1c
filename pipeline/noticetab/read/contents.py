"""Tables of contents: lines that only say on which page a heading stands, before the text they lead to."""

from __future__ import annotations

import re

from noticetab.read.assembly import squeeze

_ENTRY = re.compile(
    r"[ \u3000]*(?P<heading>[^\t\n]*?[^\t\n .．…·⋯])"
    r"(?P<leader>[ \u3000]*(?:\t|[.．…·⋯]{3,}|…|(?:[.．·][ \u3000]){3,})[\t .．…·⋯\u3000]*|[ \u3000]{3,})"
    r"[-—(（]*(?P<page>\d{1,3})[-—)）]*[ \u3000]*"
)
_SIGN = re.compile(r"[\t….．·⋯\u3000 ][-—(（]*\d{1,3}[-—)）]*[ \u3000]*\n")
_LABEL = 4
"""Most characters of the word above a table of contents."""
_LEAST = 2
"""Fewest entries of one."""


def contents(text: str) -> list[tuple[int, int]]:
    """Spans of tables of contents: entries with rising pages whose headings come again in the same order.

    There must be a short line above them, or dots that lead to the pages: a table of two columns
    has neither.
    """
    if _SIGN.search(text) is None:
        return []
    found: list[tuple[int, int]] = []
    entries: list[tuple[str, int]] = []
    start = at = 0
    label: tuple[str, int] | None = None
    dotted = False
    for line in [*text.splitlines(keepends=True), ""]:
        match = _ENTRY.fullmatch(line.rstrip("\n")) if line.strip() else None
        page = int(match["page"]) if match else 0
        if match and (not entries or page >= entries[-1][1]):
            if not entries:
                start, dotted = at, False
            entries.append((squeeze(match["heading"]), page))
            dotted = dotted or re.search(r"[.．…·⋯]{2}", match["leader"]) is not None
        elif line.strip() or not line:
            if len(entries) >= _LEAST and (label or dotted) and _leads(entries, text[at:]):
                found.append((label[1] if label else start, at))
            entries = []
            label = (line, at) if 0 < len(squeeze(line)) <= _LABEL else None
        at += len(line)
    return found


def _leads(entries: list[tuple[str, int]], rest: str) -> bool:
    """Whether most headings of ``entries`` begin lines of ``rest``, in their order."""
    lines = [squeeze(line) for line in rest.splitlines()]
    at = met = 0
    for heading, _ in entries:
        place = next((index for index in range(at, len(lines)) if lines[index].startswith(heading)), None)
        if place is not None:
            at, met = place + 1, met + 1
    return met * 2 > len(entries)
