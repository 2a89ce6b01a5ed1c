"""PDF text that is not printed, or runs another way than its page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.lib.colors import Color, white
from reportlab.pdfgen.canvas import Canvas

from noticetab.read import read_bytes

from .test_pdf import FONT, LEFT, RIGHT, SIZE, draw, lines, put

BODY = "各有关单位：", "请于4月30日前将总结报送市科技局。", "云山市科学技术局"
OLD = "请于3月1日前报送旧表。"


def body(canvas: Canvas) -> None:
    canvas.setFont(FONT, SIZE)
    put(canvas, *((LEFT, 700 - 28 * at, text) for at, text in enumerate(BODY)))


def white_on_white(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    put(canvas, (LEFT, 500, OLD))


def without_ink(canvas: Canvas) -> None:
    text = canvas.beginText(LEFT, 500)
    text.setTextRenderMode(3)
    text.textOut(OLD)
    canvas.drawText(text)


def transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    put(canvas, (LEFT, 500, OLD))


def off_the_page(canvas: Canvas) -> None:
    put(canvas, (LEFT, -60, OLD))


@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize("unseen", [white_on_white, without_ink, transparent, off_the_page])
def test_what_nobody_sees_is_left_out_and_told(unseen: Callable[[Canvas], None], ruled: bool) -> None:
    def paint(canvas: Canvas) -> None:
        body(canvas)
        if ruled:
            grid(canvas, [("时间", "地点"), ("上午", "礼堂")], 420)
        unseen(canvas)

    reading = read_bytes(draw(paint))
    assert "旧表" not in reading.text
    assert lines(reading.text)[:2] == list(BODY[:2])
    (note,) = reading.notes
    assert note.code == "TEXT_HIDDEN"
    assert "3月1日" in note.chinese
    assert reading.text[note.start : note.end] == "各"


def grid(canvas: Canvas, rows: list[tuple[str, ...]], top: float, *, first: int = 0) -> None:
    """A drawn table of rows 24 points high, without the rules above row ``first``."""
    width = (RIGHT - LEFT) / len(rows[0])
    for at in range(len(rows) + 1):
        if at == 0 or at > first:
            canvas.line(LEFT, top - 24 * at, RIGHT, top - 24 * at)
    for at in range(len(rows[0]) + 1):
        canvas.line(LEFT + width * at, top, LEFT + width * at, top - 24 * len(rows))
    for at, row in enumerate(rows):
        put(canvas, *((LEFT + width * place + 5, top - 24 * at - 18, cell) for place, cell in enumerate(row)))


def test_invisible_text_over_a_scan_is_its_text() -> None:
    def paint(canvas: Canvas) -> None:
        from PIL import Image

        canvas.drawInlineImage(Image.new("RGB", (60, 80), (250, 250, 240)), 0, 0, 595, 842)
        canvas.setFont(FONT, SIZE)
        text = canvas.beginText(LEFT, 700)
        text.setTextRenderMode(3)
        for line in (*BODY, OLD):
            text.textLine(line)
        canvas.drawText(text)

    reading = read_bytes(draw(paint))
    assert "旧表" in reading.text
    assert not reading.notes


def test_white_letters_on_a_coloured_ground_are_read() -> None:
    def paint(canvas: Canvas) -> None:
        body(canvas)
        canvas.setFillColor(Color(0.7, 0, 0))
        canvas.rect(LEFT - 5, 490, 300, 30, fill=1, stroke=0)
        white_on_white(canvas)

    reading = read_bytes(draw(paint))
    assert OLD in lines(reading.text)
    assert not reading.notes


def test_a_pale_watermark_is_no_text_and_parts_no_paragraph() -> None:
    first = "为深入贯彻落实科学技术普及法，请各有关单位于四月三十日前把"

    def paint(canvas: Canvas, mark: bool = True) -> None:
        canvas.setFont(FONT, SIZE)
        put(canvas, (LEFT, 700, first), (LEFT, 672, "总结报送市科技局。"))
        if mark:
            canvas.setFillColor(Color(0.85, 0.85, 0.85))
            canvas.setFont(FONT, 40)
            put(canvas, (LEFT + 60, 676, "存档专用"))

    reading = read_bytes(draw(paint))
    plain = read_bytes(draw(lambda canvas: paint(canvas, mark=False)))
    assert reading.text == plain.text
    assert reading.margins == ["存档专用"]
    assert not reading.notes


def test_a_page_printed_in_pale_ink_is_read() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFillColor(Color(0.75, 0.75, 0.75))
        body(canvas)

    assert lines(read_bytes(draw(paint)).text) == list(BODY)


@pytest.mark.parametrize("angle", [90, 270, 180])
@pytest.mark.parametrize("ruled", [False, True])
def test_what_runs_sideways_is_put_in_order(angle: int, ruled: bool) -> None:
    rows = [("序号", "活动名称", "时间"), ("1", "星空讲堂", "5月26日"), ("2", "机器人体验", "5月27日")]

    def paint(canvas: Canvas) -> None:
        body(canvas)
        canvas.showPage()
        canvas.translate(*{90: (595, 0), 270: (0, 842), 180: (595, 842)}[angle])
        canvas.rotate(angle)
        canvas.setFont(FONT, 12)
        put(canvas, (100, 480, "科技周重点活动安排一览表"))
        if ruled:
            grid(canvas, rows, 440)
        else:
            for at, row in enumerate(rows):
                put(canvas, *((LEFT + 120 * place, 440 - 24 * at, cell) for place, cell in enumerate(row)))

    reading = read_bytes(draw(paint))
    assert lines(reading.text)[3:] == ["科技周重点活动安排一览表", *("".join(row) for row in rows)]
    assert reading.pages == 2
    assert len(reading.tables) == ruled
    assert {box.page for box in reading.boxes} == {1, 2}
    at = reading.text.index("一览表")
    (box,) = [one for one in reading.boxes if one.start <= at < one.end]
    x0, top, x1, bottom = box.bbox
    assert 0 <= x0 < x1 <= 596
    assert 0 <= top < bottom <= 842
    assert (bottom - top > x1 - x0) == (angle in (90, 270))


def test_a_header_printed_again_without_a_rule_is_dropped() -> None:
    head = ("序号", "活动名称", "时间")

    def paint(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        grid(canvas, [head, *((str(n), f"第{n}讲堂", "上午") for n in range(1, 26))], 740)
        canvas.showPage()
        canvas.setFont(FONT, 12)
        grid(canvas, [head, *((str(n), f"第{n}讲堂", "上午") for n in range(26, 29))], 740, first=1)

    reading = read_bytes(draw(paint))
    (table,) = reading.tables
    assert [reading.text[row[0].start : row[0].end] for row in table.rows] == [
        "序号",
        *map(str, range(1, 29)),
    ]
    assert reading.text.count("活动名称") == 1
