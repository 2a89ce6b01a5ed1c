"""The fields of a blank form, from whatever a copy left of its table (docs/record.md, rule 11)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from noticetab.extraction.context import Context
from noticetab.patterns import pattern
from noticetab.record import FormField
from noticetab.segment.blank import patterns
from noticetab.segment.grid import cells_of
from noticetab.segment.lines import Line
from noticetab.segment.parts import Unit
from noticetab.segment.strand import Strand, drop_blanks, join


def fields(context: Context, unit: Unit) -> list[FormField]:
    """The fields of a form, in the order printed."""
    f = patterns()
    lines = _above_list(context, unit.lines)
    cells = [x for cell in _structured(context, unit) or _cells(lines) for x in _ruled(cell)]
    made: list[FormField] = []
    listed = next((i for i, c in enumerate(cells) if f.rules.list_head.match(c.compact.norm)), None)
    if listed is not None:
        cells = cells[:listed]  # one cell a line: the heads of a list, then its serial numbers
    tabular = listed is not None or any(x.tabular for x in unit.lines)
    on_colons = not tabular and sum("：" in c.norm for c in cells) * 2 > len(cells)
    any_table = tabular or (not on_colons and any(f.box.search(c.norm) for c in cells))
    on_lines = any("__" in c.norm for c in cells)
    for i, cell in enumerate(cells):
        text = cell.compact.norm
        if not text:
            continue
        if f.rules.note.match(text):
            break
        if f.box.search(text) and pattern(rf"{f.rules.box}\s*\S").search(cell.norm):
            _options(context, cell, made)
            continue
        if made and cell.norm.split() in f.rules.yes_no:
            made[-1].kind = "choice"
            made[-1].options = cell.norm.split()
            continue
        pair = [c.compact.norm for c in cells[i : i + 2]]
        if made and pair in f.rules.yes_no:
            made[-1].kind, made[-1].options = "choice", pair
            continue
        if made and made[-1].options[1:] == [text]:
            continue
        if made and text.strip("（）") in f.rules.units:
            made[-1].kind = "number"
            made[-1].unit = text.strip("（）")
            continue
        if (
            f.rules.blank_date.match(text)
            or f.rules.seal.match(text)
            or pattern(r"（.*）|[/\\—_-]+").fullmatch(text)
        ):
            continue
        if ruled := pattern(
            r"^(?P<label>[^：_]{1,16})：_+(?P<unit>[^_]{0,3}|（[^（）]{1,6}）|年_+月_+日)$"
        ).match(text):
            made.append(_field(context, cell, ruled["label"]))
            if ruled["unit"] in f.rules.units:
                made[-1].kind, made[-1].unit = "number", ruled["unit"]
            continue
        if text.endswith("：") or pattern(r"^[^：]{1,16}：\s*(?:_*|年月日)$").match(text):
            if (any_table and not on_lines) or len(cells) < 3:
                continue
            text = text.split("：")[0]
            made.append(_field(context, cell, text))
            continue
        if "。" in text or len(text) > 30 or "：" in text or pattern(r"\d+").fullmatch(text):
            continue
        made.append(_field(context, cell, drop_blanks(cell.text)))
    return made


def _ruled(cell: Strand) -> list[Strand]:
    """A line of labels with lines to write on (姓名：____  性别：□男 □女), cut before each label."""
    norm = cell.norm
    if "__" not in norm and pattern(r"：\s{2,}\S").search(norm) is None:
        return [cell]
    starts = [
        m.start()
        for m in pattern(r"(?:^|(?<=[_\s岁人元]))[\u4e00-\u9fff][\u4e00-\u9fff\s]{0,12}：").finditer(norm)
    ]
    bounds = [0, *(x for x in starts if x > 0), len(norm)]
    return [x for a, b in pairwise(bounds) if (x := cell.sub(a, b))]


def _above_list(context: Context, lines: Sequence[Line]) -> Sequence[Line]:
    """The lines above a list to be filled in: a full row of at least three heads with blank rows below it.

    A row 项目 | 内容 heads the two columns of a form and is left out as well.
    """
    text = context.doc.text
    kept: list[Line] = []
    for at, line in enumerate(lines):
        heads = cells_of(line) if line.tabular or "|" in line.norm else []
        if len(heads) == 2 and _TWO_HEADS.fullmatch("|".join(c.compact.norm for c in heads)):
            continue
        if len(heads) >= 3 and all(heads):
            after = at + 1
            while after < len(lines) and pattern(r"[|\s：—-]+").fullmatch(lines[after].norm):
                after += 1
            stop = lines[after].span()[0] if after < len(lines) else len(text)
            if any(
                pattern(r"[|\s]+").fullmatch(row) and row.count("\t") + row.count("|") >= len(heads) - 1
                for row in text[line.span()[1] : stop].splitlines()[1:]
            ):
                return kept if any(x.tabular or "|" in x.norm for x in kept) else []
        kept.append(line)
    return kept


_TWO_HEADS = regex.compile(r"(?:项目|栏目|指标|事项)(?:名称)?\|(?:填[写报])?(?:内容|情况|数据|数量)")


def _field(context: Context, cell: Strand, label: str) -> FormField:
    made = FormField(label="".join(label.split()), evidence=context.evidence(cell))
    counted = pattern(r"[（(]([^（()）]{1,4})[)）]$").search(made.label)
    if counted and counted[1] in patterns().rules.units:
        made.kind, made.unit = "number", counted[1]  # 参加人数（人）
    return made


def _options(context: Context, cell: Strand, made: list[FormField]) -> None:
    """□ options of the label before; a label may stand before the first box of the same cell."""
    norm = cell.norm
    boxes = list(patterns().box.finditer(norm))
    if made and len(boxes) > 1 and boxes[0].start() and not norm[boxes[-1].end() :].strip():
        bounds = [0, *(b.end() for b in boxes)]  # 图文类□ 视频类□: the boxes stand behind
        names = ["".join(cell.text[a : b.start()].split()) for a, b in zip(bounds, boxes, strict=False)]
        made[-1].kind, made[-1].options = "choice", [x for x in names if x]
        return
    lead = "".join(norm[: boxes[0].start()].split()).rstrip("：")
    if lead and len(lead) <= 14 and not pattern(r"（.*）").fullmatch(lead):
        made.append(_field(context, cell.sub(0, boxes[0].start()), lead))
    if not made:
        return
    field = made[-1]
    for i, match in enumerate(boxes):
        stop = boxes[i + 1].start() if i + 1 < len(boxes) else len(norm)
        option = "".join(cell.text[match.end() : stop].split())
        option = pattern(r"[（(].*$").sub("", option).rstrip("_：:，、；;")
        if option:
            field.options.append(option)
    if field.options:
        field.kind = "choice"


def _structured(context: Context, unit: Unit) -> list[Strand]:
    """Cells of the tables that the source itself draws within the unit."""
    if not unit.lines or not context.doc.reading.tables:
        return []
    start, end = unit.lines[0].span()[0], unit.lines[-1].span()[1]
    text = context.doc.text
    found: list[Strand] = []
    for table in context.doc.reading.tables:
        if table.start >= start - 1 and table.end <= end + 2:
            for i, row in enumerate(table.rows):
                strands = [
                    Strand(text[c.start : c.end], range(c.start, c.end)) for c in row if c.end > c.start
                ]
                below = table.rows[i + 1] if i + 1 < len(table.rows) else []
                if len(strands) == len(row) == len(below) > 2 and not any(c.end > c.start for c in below):
                    return found  # the heads of a list
                if strands and patterns().rules.list_head.match(strands[0].compact.norm):
                    return found
                found += strands
    return found


def _cells(lines: Sequence[Line]) -> list[Strand]:
    """The cells of a form flattened to text, however its converter did it."""
    tabbed = [x for x in lines if "\t" in x.text]
    if tabbed and sum(x.text.startswith("\t") for x in tabbed) * 2 >= len(tabbed):
        return _led_by_tabs(lines)
    if any(x.tabular and len(cells_of(x)) > 1 and sum(bool(c) for c in cells_of(x)) > 1 for x in lines):
        return _rows(lines)
    return _one_a_line(lines)


def _led_by_tabs(lines: Sequence[Line]) -> list[Strand]:
    """Every cell opens with a tab; a line without one goes on with the cell above."""
    cells: list[list[Strand]] = []
    for line in lines:
        pieces = cells_of(line)
        if line.text.startswith("\t"):
            cells += [[p] for p in pieces[1:]]
        elif cells and not line.norm.startswith("注"):
            cells[-1].append(pieces[0])
            cells += [[p] for p in pieces[1:]]
        else:
            cells += [[p] for p in pieces]
    return [join(c, " ") if any("□" in x.text for x in c) else join(c) for c in cells]


def _rows(lines: Sequence[Line]) -> list[Strand]:
    """One row a line; single characters below each other are a label written downwards."""
    cells: list[Strand] = []
    upright: list[Strand] = []
    wrapped = False
    for at, line in enumerate(lines):
        tabular = line.tabular or "|" in line.norm
        pieces = cells_of(line) if tabular else [line.sub(0)]
        if pieces and patterns().rules.list_head.match(pieces[0].compact.norm) and len(pieces) > 2:
            break
        first = pieces[0]
        if len(first.compact) == 1 and "\u4e00" <= first.compact.text <= "\u9fff":
            upright.append(first)
            if len(pieces) > 1:
                cells.append(join(upright))
                upright = []
                cells += pieces[1:]
            continue
        if upright:
            joined = join([*upright, first])
            cells.append(join(upright) if not (tabular and wrapped) else joined)
            upright = []
            if tabular and wrapped:
                wrapped = False
                cells += pieces[1:]
                continue
        if (
            not tabular
            and at + 1 < len(lines)
            and lines[at + 1].tabular
            and not lines[at + 1].gap
            and len(first.compact) <= 10
            and not first.norm.endswith("：")
            and not patterns().box.search(first.norm)
            and not patterns().rules.blank_date.match(first.compact.norm)
            and not patterns().rules.seal.match(first.compact.norm)
            and len(cells_of(lines[at + 1])[0].compact) > 1
        ):
            upright, wrapped = [first], True  # a label over two lines
            continue
        if (
            not tabular
            and cells
            and patterns().box.match(first.norm)
            and patterns().box.search(cells[-1].norm)
        ):
            cells[-1] = join([cells[-1], first], " ")
            continue
        cells += pieces
    if upright:
        cells.append(join(upright))
    return cells


def _goes_on(above: Strand, line: Strand) -> bool:
    """Whether a short line may be the rest of the cell above: no unit, and nothing behind options or a unit."""
    f = patterns()
    if line.compact.norm in f.rules.units or above.compact.norm in f.rules.units:
        return False
    if f.box.search(above.norm) is None or f.box.match(line.norm.lstrip()):
        return True
    return above.norm.count("（") > above.norm.count("）")


def _one_a_line(lines: Sequence[Line]) -> list[Strand]:
    """One cell a line, blank lines between cells; lines without one between are one cell."""
    gaps = sum(x.gap for x in lines) * 2 >= len(lines)
    cells: list[list[Strand]] = []
    for whole in lines:
        line = whole
        if "|" in whole.norm:  # one cell a line, bars left over
            bare = whole.sub(len(whole.norm) - len(whole.norm.lstrip("| ")), len(whole.norm.rstrip("| ")))
            if not bare:
                continue
            line = Line(bare.text, bare.offsets, whole.indent, True)
        joined = gaps and cells and not line.gap and len(line.compact) <= 6 and _goes_on(cells[-1][-1], line)
        upright = cells and len(line.compact) == 1 and len(cells[-1][-1].compact) == 1
        if joined or upright:
            cells[-1].append(line.sub(0))
        else:
            cells.append([line.sub(0)])
    return [join(c) for c in cells]
