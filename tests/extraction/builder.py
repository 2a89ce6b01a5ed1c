"""The smallest official notice round a few lines: what the tests of this folder read.

All of it is invented; places are real, because full names of bodies and GB/T 2260 codes come from them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

import noticetab
from noticetab.record import Activity, Organizer, Record

TITLE = "关于举办2024年泰安市科技活动周的通知"
ADDRESSEES = "各县（市、区）科技局，各有关单位："
PREAMBLE = "为普及科学知识，定于2024年5月25日至31日举办2024年泰安市科技活动周。现将有关事项通知如下："
SIGNED = "泰安市科学技术局"
ISSUED = "2024年5月6日"


def text(
    *body: str,
    title: str | Iterable[str] = TITLE,
    addressees: str | None = ADDRESSEES,
    preamble: str | None = PREAMBLE,
    signed: str | Iterable[str] | None = SIGNED,
    issued: str | None = ISSUED,
    above: Iterable[str] = (),
    number: str | None = None,
    after: Iterable[str] = (),
) -> str:
    """A notice with ``body`` between preamble and signature.

    ``above`` stands over the title (red head, site chrome), ``number`` under it, ``after`` behind the date
    (attachments, copies). Several lines of title or signature are given as a list.
    """
    titles = [title] if isinstance(title, str) else list(title)
    signers = [signed] if isinstance(signed, str) else list(signed or ())
    lines = [*above, *titles, ""]
    if number:
        lines += [number, ""]
    lines += [line for line in (addressees,) if line]
    lines += ["　　" + line for line in ([preamble] if preamble else [])]
    lines += ["　　" + line if line and "\t" not in line else line for line in body]
    lines += ["", *("　　　　　　　　" + signer for signer in signers)]
    lines += ["　　　　　　　　" + issued] if issued else []
    lines += ["", *after] if after else []
    return "\n".join(lines) + "\n"


def read(*body: str, **parts: object) -> Record:
    """The record of :func:`text` with the same arguments."""
    return noticetab.extract_text(text(*body, **parts))  # type: ignore[arg-type]


def wrapped(whole: str, wide: int = 28) -> str:
    """The text with the line ends of a printed page ``wide`` Chinese characters wide.

    As word processors break lines: never inside a number or word, no closing mark begins a line.
    """
    made = []
    for line in whole.splitlines():
        units = re.findall(r"(?:[\w.:@-]+(?<![^\x00-\x7f])|.)[，。；：、）”》]*", line, re.ASCII)
        made.append("")
        for unit in units:
            room = sum(1 if ord(char) < 128 else 2 for char in made[-1] + unit.rstrip("，。；：、）”》"))
            if room > 2 * wide:
                made.append("")
            made[-1] += unit
    return "\n".join(made) + "\n"


def day(value: str | None) -> dt.date | None:
    """``05-25`` in 2024, or a whole date."""
    if value is None:
        return None
    return dt.date.fromisoformat(value if len(value) > 5 else f"2024-{value}")


def hosts(rows: Iterable[Organizer]) -> list[tuple[str, str]]:
    """(role, raw) of organizers."""
    return [(row.role, squeeze(row.raw)) for row in rows]


def squeeze(value: str | None) -> str:
    """Without white space and with full-width marks, as values are compared."""
    table = str.maketrans(",:;()", "，：；（）")
    return "".join((value or "").split()).translate(table)


def activity(record: Record, name: str) -> Activity:
    """The one activity of that name."""
    found = [row for row in record.activities if row.name == name]
    assert len(found) == 1, (name, [row.name for row in record.activities], record.text)
    return found[0]
