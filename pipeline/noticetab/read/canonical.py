"""The canonical text: what every reader's text goes through at the end.

Line ends become ``\\n``; characters that nobody sees go (NUL, byte order marks, zero width,
direction marks, soft hyphens, other control characters); radicals and compatibility forms that
fonts put into a text layer become the ordinary characters; a document in traditional characters
is written in simplified ones; blanks that only a wide setting put into numbers go, and so does a
table of contents. A clean text comes out as it went in.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import partial

from noticetab.read.contents import contents
from noticetab.read.reading import Cell, Reading, Table
from noticetab.read.traditional import glosses, is_traditional, simplify
from noticetab.read.wide_set import wide_set

_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = (
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    r"\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0100-\U000e01ef]"
)
# As a class and its repetition: ``re`` searches fast for a class, and slowly for one that is repeated.
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile(f"{_INVISIBLE}{_INVISIBLE}*")
_FORMS = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\uf052-\uf0fe]")

# Radicals without a compatibility mapping (Unicode, EquivalentUnifiedIdeograph.txt): fonts of
# PDF makers name their glyphs so, and 民 comes out as ⺠.
_RADICALS = dict(
    zip(
        "⺁⺇⺈⺊⺌⺗⺟⺠⺩⺪⺫⺮⺳⺶⺷⺻⺼⻁⻂⻄⻅⻆⻈⻉⻋⻌⻍⻐⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "厂几刀卜小心母民王疋目竹网羊羊聿月虎衣西见角言贝车辶辶钅長镸长门青韦页风飞食饣食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)

# Signs of the Symbol and Wingdings fonts, which Word keeps at U+F000 plus their code: the boxes
# of forms and the bullets of lists.
_SIGNS = {
    "\uf052": "☑", "\uf053": "☒", "\uf06c": "●", "\uf06e": "■", "\uf06f": "□", "\uf070": "□", "\uf071": "□",
    "\uf072": "□", "\uf075": "◆", "\uf0a3": "□", "\uf0a8": "□", "\uf0b7": "•", "\uf0d8": "➢", "\uf0fc": "✓",
    "\uf0fe": "☑",
}  # fmt: skip


def _ordinary(match: re.Match[str]) -> str:
    """The ordinary character for a radical or compatibility form, always one character."""
    char = match[0]
    plain = _RADICALS.get(char) or _SIGNS.get(char) or unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def finish(reading: Reading) -> Reading:
    """``reading`` with its text made canonical; boxes, cells and other spans follow."""
    text = _SURROGATE.sub("\ufffd", reading.text)
    cuts = [(match.start(), match.end(), "\n") for match in _LINE_END.finditer(text)]
    cuts += [(match.start(), match.end(), "") for match in _UNSEEN.finditer(text)]
    if "\u2e3a" in text:  # a dash of two ems in one piece
        cuts += [(at, at + 1, "——") for at, char in enumerate(text) if char == "\u2e3a"]
    text, moved = _cut(text, cuts)
    text = _FORMS.sub(_ordinary, text)
    shifts = [moved]
    traditional = is_traditional(text)
    if traditional:
        text = simplify(text)
    for superfluous in (partial(glosses, traditional=traditional), wide_set, contents):
        if spans := superfluous(text):
            text, moved = _cut(text, [(start, end, "") for start, end in spans])
            shifts.append(moved)

    def shift(offset: int) -> int:
        for step in shifts:
            offset = step(offset)
        return offset

    if text == reading.text:
        return reading
    reading.text = text
    reading.traditional = reading.traditional or traditional
    reading.boxes = [
        box._replace(start=shift(box.start), end=shift(box.end))
        for box in reading.boxes
        if shift(box.start) < shift(box.end)
    ]
    shifted = [_shift_table(table, shift) for table in reading.tables]
    reading.tables = [table for table in shifted if table.start < table.end]
    reading.computed = [(shift(start), shift(end)) for start, end in reading.computed]
    reading.warnings = [
        (code, chinese, english, shift(start), shift(end))
        for code, chinese, english, start, end in reading.warnings
    ]
    reading.notes = [note._replace(start=shift(note.start), end=shift(note.end)) for note in reading.notes]
    return reading


def _cut(text: str, cuts: list[tuple[int, int, str]]) -> tuple[str, Callable[[int], int]]:
    """Replace the spans ``cuts`` and give the function from old offsets to new ones."""
    if not cuts:
        return text, lambda offset: offset
    cuts.sort()
    pieces: list[str] = []
    starts: list[int] = []
    removed: list[int] = []
    last = gone = 0
    for start, end, instead in cuts:
        pieces += (text[last:start], instead)
        gone += end - start - len(instead)
        starts.append(start + len(instead))
        removed.append(gone)
        last = end
    pieces.append(text[last:])
    ends = [end for _, end, _ in cuts]

    def moved(offset: int) -> int:
        index = bisect_right(starts, offset) - 1
        if index < 0:
            return offset
        if offset < ends[index]:  # inside what went: its place
            before = removed[index - 1] if index else 0
            return starts[index] - before
        return offset - removed[index]

    return "".join(pieces), moved


def _shift_table(table: Table, shift: Callable[[int], int]) -> Table:
    """``table`` with its spans moved by ``shift``."""
    rows = tuple(
        tuple(Cell(shift(cell.start), shift(cell.end), cell.row_span, cell.column_span) for cell in row)
        for row in table.rows
    )
    return Table(shift(table.start), shift(table.end), rows)
