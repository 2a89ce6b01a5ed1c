"""PDF: paragraphs, columns, tables and boxes as printed; broken and hostile files are refused."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable

import numpy as np
import pypdfium2 as pdfium
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from layouts.blocks import NAMES, Grid, load, squeeze
from noticetab.read import Limits, ReadError, Reading, read, read_bytes, scan

from .conftest import Office

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
LEFT, RIGHT, SIZE = 79.0, 521.0, 16


def draw(paint: Callable[[Canvas], None], **options: object) -> bytes:
    """A PDF that ``paint`` draws, with nothing on it to begin with."""
    stream = io.BytesIO()
    canvas = Canvas(stream, **{"pagesize": A4, **options})
    canvas.setFont(FONT, SIZE)
    paint(canvas)
    canvas.save()
    return stream.getvalue()


def put(canvas: Canvas, *places: tuple[float, float, str]) -> None:
    for x, y, text in places:
        canvas.drawString(x, y, text)


def words(text: str) -> str:
    return squeeze(text)


def lines(text: str) -> list[str]:
    return [squeeze(line) for line in text.split("\n") if line.strip()]


@pytest.mark.office
@pytest.mark.parametrize("name", NAMES)
def test_paragraphs_come_back_as_laid_out(office: Office, name: str) -> None:
    layout = load(name)
    reading = read(office.file(name, "pdf"))
    expected, found = lines(layout.text), lines(reading.text)
    # A title that its width broke is one line here, two in the office's text.
    missing = [line for line in expected if line not in found]
    extra = [line for line in found if line not in expected]
    assert "".join(missing) == "".join(extra)
    assert all(line in squeeze(layout.title) or squeeze(layout.title) in line for line in missing)
    assert reading.joined
    assert reading.warnings == []
    assert len(reading.tables) == sum(isinstance(block, Grid) and block.ruled for block in layout.blocks)


@pytest.mark.office
def test_forms_come_out_cell_by_cell(office: Office) -> None:
    name = "tianjin-2022-science-week-36"
    forms = [block for block in load(name).blocks if isinstance(block, Grid)]
    reading = read(office.file(name, "pdf"))
    for form, table in zip(forms, reading.tables, strict=True):
        cells = [[squeeze(reading.text[cell.start : cell.end]) for cell in row] for row in table.rows]
        assert cells == [[squeeze(cell) for cell in row] for row in form.rows]


@pytest.mark.office
def test_every_printed_character_stands_in_a_box(office: Office) -> None:
    """Boxes are right when all ink of the page is inside them, but for page numbers and rules."""
    path = office.file("tangshan-2023-science-day", "pdf")
    reading = read(path)
    document = pdfium.PdfDocument(path)
    assert reading.pages == len(document)
    for number in range(1, len(document) + 1):
        pixels = document[number - 1].render(scale=1.5).to_numpy()[:, :, 0] < 140
        inked = int(pixels.sum())
        for box in (box for box in reading.boxes if box.page == number):
            x0, top, x1, bottom = (value * 1.5 for value in box.bbox)
            area = pixels[int(top) - 2 : int(bottom) + 3, int(x0) - 2 : int(x1) + 3]
            assert area.any(), reading.text[box.start : box.end]
            area[:] = False
        pixels[int(0.9 * pixels.shape[0]) :] = False
        assert int(pixels.sum()) < 0.002 * inked


def test_boxes_name_their_text() -> None:
    data = draw(lambda canvas: put(canvas, (LEFT, 700, "各有关单位："), (300, 400, "2023年5月8日")))
    reading = read_bytes(data)
    places = {reading.text[box.start : box.end]: box for box in reading.boxes}
    box = places["2023年5月8日"]
    assert box.page == 1
    assert box.bbox[0] == pytest.approx(300, abs=2)
    assert box.bbox[1] < A4[1] - 400 < box.bbox[3] + 6
    assert places["各有关单位："].bbox[3] < box.bbox[1]


BODY = "为深入贯彻落实全民科学素质行动规划纲要精神经研究决定举办二〇二三年科普日活动现将有关事项通知如下"


def test_wraps_are_joined_and_paragraphs_stay_apart() -> None:
    def paint(canvas: Canvas) -> None:
        put(canvas, (LEFT, 700, "各有关单位："))
        put(canvas, (LEFT + 2 * SIZE, 671, BODY[:25]), (LEFT, 642, BODY[25:] + "："))
        put(canvas, (LEFT + 2 * SIZE, 613, "一、活动主题"))
        put(canvas, (LEFT + 2 * SIZE, 584, "走近科学"))

    assert lines(read_bytes(draw(paint)).text) == ["各有关单位：", BODY + "：", "一、活动主题", "走近科学"]


@pytest.mark.fonts  # widths of a font that is not embedded are those of the one installed
def test_a_paragraph_goes_on_over_the_page_and_its_number() -> None:
    def paint(canvas: Canvas) -> None:
        for page in range(3):
            canvas.setFont(FONT, SIZE)
            put(canvas, (LEFT, 790, "云山市科学技术协会文件汇编"))
            put(canvas, *((LEFT, 700 - 29 * at, BODY[:27]) for at in range(20)))
            put(canvas, (280, 60, f"— {page + 1} —"))
            canvas.showPage()

    reading = read_bytes(draw(paint))
    assert lines(reading.text) == [BODY[:27] * 60]
    assert reading.margins == ["云山市科学技术协会文件汇编"]
    assert reading.pages == 3


def test_a_grid_of_signatures_stays_apart_and_its_wraps_come_home() -> None:
    def paint(canvas: Canvas) -> None:
        put(canvas, *((LEFT, 740 - 29 * at, BODY[:27]) for at in range(3)), (LEFT, 653, "完。"))
        columns = (LEFT + 5, LEFT + 152, LEFT + 299)
        rows = [("云山市教育局", "云山市水利局", "云山市人民政府国"), ("", "", "有资产管理委员会"),
                ("云山市总工会", "共青团云山市委", "云山市妇女联合会")]  # fmt: skip
        for at, row in enumerate(rows):
            put(canvas, *((x, 600 - 22 * at, text) for x, text in zip(columns, row, strict=True) if text))

    text = read_bytes(draw(paint)).text
    assert "云山市人民政府国有资产管理委员会" in text
    last = text.split("\n")[-2]
    assert last.split() == ["云山市总工会", "共青团云山市委", "云山市妇女联合会"]


def test_values_in_a_column_below_their_label_stay_apart() -> None:
    def paint(canvas: Canvas) -> None:
        put(canvas, (LEFT, 700, "联系人："), (LEFT + 90, 700, "张三丰"), (LEFT + 90, 671, "李四光"))

    assert "李四光" in read_bytes(draw(paint)).text.split("\n")


def test_ruled_tables_with_merged_cells() -> None:
    def paint(canvas: Canvas) -> None:
        xs, ys = (80, 130, 330, 520), (700, 670, 640, 610)
        for y in ys:
            canvas.line(80 if y != 640 else 130, y, 520, y)
        for x in xs:
            canvas.line(x, 700, x, 610)
        put(canvas, (85, 678, "序号"), (140, 678, "内容"), (340, 678, "时间"), (85, 640, "1"))
        put(
            canvas,
            (140, 648, "启动仪式"),
            (340, 648, "5月20日"),
            (140, 618, "科普讲座"),
            (340, 618, "5月21日"),
        )

    reading = read_bytes(draw(paint))
    (table,) = reading.tables
    cells = [[squeeze(reading.text[cell.start : cell.end]) for cell in row] for row in table.rows]
    assert cells == [["序号", "内容", "时间"], ["1", "启动仪式", "5月20日"], ["科普讲座", "5月21日"]]
    assert table.rows[1][0].row_span == 2
    assert "\t科普讲座\t5月21日\n" in reading.text


@pytest.mark.parametrize("ruled", [False, True], ids=["text", "with a table"])
def test_what_stands_aslant_is_no_text_and_slanted_letters_are(ruled: bool) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(300, 400)
        canvas.rotate(45)
        canvas.setFont(FONT, 60)
        canvas.drawString(-200, 0, "内部资料")
        canvas.restoreState()
        canvas.setFont(FONT, SIZE)
        put(canvas, (LEFT, 700, "各有关单位："), (LEFT + 32, 672, "现将有关事项通知如下。"))
        canvas.saveState()
        canvas.transform(1, 0, 0.33, 1, LEFT, 640)
        canvas.drawString(0, 0, "附件")
        canvas.restoreState()
        if ruled:
            for y in (560, 530, 500):
                canvas.line(LEFT, y, RIGHT, y)
            for x in (LEFT, 300, RIGHT):
                canvas.line(x, 500, x, 560)
            put(canvas, (LEFT + 5, 537, "时间"), (305, 537, "地点"))

    reading = read_bytes(draw(paint))
    table = ["时间地点"] if ruled else []
    assert lines(reading.text) == ["各有关单位：", "现将有关事项通知如下。", "附件", *table]
    assert ("内部资料" in reading.margins) == (not ruled)


def test_rows_of_a_numbered_grid_stay_apart_on_a_page_of_its_own() -> None:
    """Its own last column is then the widest thing on the page, and every cell of it looks full."""
    rows = [
        ("序号", "活动名称", "时间", "地点"),
        ("1", "科普展览", "5月20日", "市科技馆"),
        ("2", "科普大篷车进校园", "5月21日", "第一中学"),
    ]

    def paint(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        for at, row in enumerate(rows):
            put(canvas, *zip((79, 130, 300, 400), [700 - 24 * at] * 4, row, strict=True))

    assert lines(read_bytes(draw(paint)).text) == ["".join(row) for row in rows]


def test_a_rule_alone_makes_no_table() -> None:
    def paint(canvas: Canvas) -> None:
        put(canvas, (200, 720, "云科协发〔2023〕7号"), (LEFT, 650, "各有关单位："))
        canvas.line(LEFT, 700, RIGHT, 700)

    reading = read_bytes(draw(paint))
    assert reading.tables == []
    assert lines(reading.text) == ["云科协发〔2023〕7号", "各有关单位："]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("登录大赛网站", "（www.example.com.cn）报名，逾期不再受理"),
        ("根据通知安", "排，2023年在全市举办"),
        ("7月18日（星期", "日）14:00前报到，逾期不再受理"),
        ("现将市科协《关于转发", "〈全省科技活动周方案〉的通知》转发给你们"),
        ("请于2023年9月10日", "18:00前将作品寄至组委会"),
    ],
    ids=lambda text: text[:6],
)
def test_what_cannot_be_broken_leaves_the_line_before_short(above: str, below: str) -> None:
    """The line ends as far from the edge as what begins the next one is wide, less one character."""
    unit = re.match(r"（[!-~]+|.，\d+|.）[\d:]+|〈.|[\d:]+", below)
    assert unit is not None
    room = sum(0.5 if "!" <= char <= "~" else 1.0 for char in unit[0]) - 0.2

    def paint(canvas: Canvas) -> None:
        put(canvas, *((LEFT, 760 - 28 * row, "为" * 27) for row in range(5)))
        text = "为" * 30
        end = RIGHT - room * SIZE
        while canvas.stringWidth(text + above, FONT, SIZE) > end - LEFT:
            text = text[1:]
        put(
            canvas,
            (end - canvas.stringWidth(text + above, FONT, SIZE), 560, text + above),
            (LEFT, 532, below),
        )

    assert above + below in words(read_bytes(draw(paint)).text)


@pytest.mark.parametrize("pages", [1, 2])
def test_paragraphs_of_one_line_stay_apart_when_all_are_indented(pages: int) -> None:
    """Nothing on such a page begins at its left edge; other pages show it, or the right margin."""
    rows = [
        "时间：5月24日至26日，地点：云山市科学技术馆二楼",
        "主办单位：云山市科技局",
        "承办单位：云山市科学技术馆、云山市青少年宫和各区",
        "协办单位：各县",
        "联系单位：云山市科学技术馆办公室",
        "参与方式：凭证",
    ]

    def paint(canvas: Canvas) -> None:
        for page in range(pages):
            canvas.setFont(FONT, SIZE)
            put(canvas, *((LEFT + 32, 680 - 28 * at, row) for at, row in enumerate(rows)))
            if page == 0 and pages > 1:
                put(canvas, *((LEFT, 400 - 28 * at, "为" * 27) for at in range(6)))
            canvas.showPage()

    found = lines(read_bytes(draw(paint)).text)
    assert found[:6] == rows
    assert found[-6:] == rows


@pytest.mark.parametrize("across", [3, 4])
def test_a_single_upright_line_divides_cells(across: int) -> None:
    """Two columns with one line between them and rules above and below: tables open at the sides."""

    def paint(canvas: Canvas) -> None:
        put(canvas, (LEFT + 10, 650, "联系人"), (LEFT + 210, 650, "李明"))
        for row in range(across):
            canvas.line(LEFT, 670 - 40 * row, RIGHT, 670 - 40 * row)
        canvas.line(LEFT + 200, 690, LEFT + 200, 560)  # longer than its table

    reading = read_bytes(draw(paint))
    (table,) = reading.tables
    assert [reading.text[cell.start : cell.end] for cell in table.rows[0]] == ["联系人", "李明"]


@pytest.mark.parametrize(
    "lines_drawn",
    [
        ["主题为：热爱科学 ", "崇尚科学。"],
        ["活动主题", "热爱科学 ", "崇尚科学"],
        ["各地要以“热爱科学 ", "崇尚科学”为主题开展活动。"],
        ["开展“热爱科学 ", "崇尚科学”主题活动。"],
        ["主 题：热爱科学 ", "崇尚科学"],
    ],
    ids=lambda lines_drawn: lines_drawn[0],
)
def test_a_blank_at_a_line_end_inside_a_theme_is_kept(lines_drawn: list[str]) -> None:
    """A blank of its own at the end of a full line: it has no extent, and pdfium leaves it out."""

    def paint(canvas: Canvas) -> None:
        for row, line in enumerate(lines_drawn):
            text = line.rstrip(" ")
            left = RIGHT - canvas.stringWidth(text, FONT, SIZE) if line.endswith(" ") else LEFT
            put(canvas, (left, 700 - 28 * row, text))
            if line.endswith(" "):
                put(canvas, (RIGHT, 700 - 28 * row, " "))
        put(canvas, *((LEFT, 500 - 28 * row, "为" * 27) for row in range(5)))

    assert "热爱科学 崇尚科学" in read_bytes(draw(paint)).text


def test_text_drawn_in_another_order_and_twice_is_read_once_in_order() -> None:
    def paint(canvas: Canvas) -> None:
        put(canvas, (LEFT, 640, "二、时间"), (LEFT, 700, "一、主题"), (LEFT, 670, "走近科学"))
        canvas.line(80, 600, 520, 600), canvas.line(80, 560, 520, 560)
        for x in (80, 300, 520):
            canvas.line(x, 600, x, 560)
        for offset in (0, 0.4):  # bold by drawing twice
            put(canvas, (85 + offset, 575, "填报单位"))

    assert lines(read_bytes(draw(paint)).text) == ["一、主题", "走近科学", "二、时间", "填报单位"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages(turn: int) -> None:
    source = pdfium.PdfDocument(
        draw(lambda canvas: put(canvas, (LEFT, 700, "各有关单位："), (LEFT, 650, "通知如下")))
    )
    page = source[0]
    page.set_rotation(turn)
    width, height = page.get_size()
    stream = io.BytesIO()
    source.save(stream)
    reading = read_bytes(stream.getvalue())
    assert "各有关单位" in squeeze(reading.text) or turn != 0
    for box in reading.boxes:
        assert -1 <= box.bbox[0] < box.bbox[2] <= width + 1
        assert -1 <= box.bbox[1] < box.bbox[3] <= height + 1


def test_encrypted_truncated_and_broken_files_are_refused() -> None:
    whole = draw(lambda canvas: put(canvas, (LEFT, 700, BODY[:20])))
    locked = draw(lambda canvas: put(canvas, (LEFT, 700, BODY[:20])), encrypt=StandardEncryption("secret"))
    for data, message in (
        (locked, "password"),
        (whole[: len(whole) // 2], "truncated"),
        (b"%PDF-1.7\n" + b"x" * 500 + b"\n%%EOF", "damaged"),
    ):
        with pytest.raises(ReadError, match=message) as caught:
            read_bytes(data, name="notice.pdf")
        assert str(caught.value).startswith("notice.pdf: ")
        assert "\n" not in str(caught.value)


def test_an_owner_password_alone_does_not_stop_reading() -> None:
    lock = StandardEncryption("", ownerPassword="owner", canModify=0)
    assert BODY[:20] in squeeze(read_bytes(draw(lambda c: put(c, (LEFT, 700, BODY[:20])), encrypt=lock)).text)


def test_too_many_pages_and_too_long_pages_are_refused() -> None:
    def pages(canvas: Canvas) -> None:
        for _ in range(500):
            canvas.showPage()

    with pytest.raises(ReadError, match="500 pages, more than the limit of 300"):
        read_bytes(draw(pages))
    wide = draw(lambda canvas: put(canvas, (LEFT, 100, BODY)), pagesize=(10_000 / 25.4 * 72, 500))
    with pytest.raises(ReadError, match=r"10\.00 m long"):
        read_bytes(wide)
    with pytest.raises(ReadError, match="within 0 seconds"):
        read_bytes(draw(lambda canvas: put(canvas, (LEFT, 700, BODY))), limits=Limits(seconds=0))


def broken_layer(mapped: Callable[[int], int] = lambda code: 0xE000 + code) -> bytes:
    """A page that shows a line of English whose codes lead to other characters."""
    shown = b"NOTICE OF THE SCIENCE WEEK 2023"
    mapping = b"\n".join(b"<%02X> <%04X>" % (code, mapped(code)) for code in range(0x20, 0x5B))
    cmap = (
        b"begincmap\n1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"%d beginbfchar\n%s\nendbfchar\nendcmap"
        % (
            0x5B - 0x20,
            mapping,
        )
    )
    content = b"BT /F1 24 Tf 60 700 Td (%s) Tj ET" % shown
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    return (
        data
        + b"xref\n0 7\n0000000000 65535 f \n%strailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            start,
        )
    )


@pytest.mark.ocr
@pytest.mark.parametrize(
    "mapped",
    [lambda code: 0xE000 + code, lambda code: code << 8, lambda code: 0x3400 + 7 * code],
    ids=["private use", "bytes swapped", "characters that nobody writes"],
)
def test_a_broken_text_layer_is_recognized_from_the_page(mapped: Callable[[int], int]) -> None:
    reading = read_bytes(broken_layer(mapped))
    assert "SCIENCE" in reading.text
    assert not any("\ue000" <= char <= "\uf8ff" for char in reading.text)
    assert all(box.page == 1 for box in reading.boxes)


def test_without_the_recognizer_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    scan._engine.cache_clear()
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(ReadError, match=r"pip install noticetab\[ocr\]"):
        read_bytes(broken_layer())


def test_reading_is_the_same_every_time() -> None:
    data = draw(lambda canvas: put(canvas, (LEFT, 700, BODY[:20]), (LEFT, 650, "联系人：张三  李四")))

    def shape(reading: Reading) -> tuple[object, ...]:
        return reading.text, reading.boxes, reading.tables, reading.sha256

    assert shape(read_bytes(data)) == shape(read_bytes(data))
    assert np.isfinite([value for box in read_bytes(data).boxes for value in box.bbox]).all()
