"""Scans: upright, under a seal, with forms as tables; one page stands for all in the suite."""

from __future__ import annotations

import difflib
import io
import unicodedata

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from layouts.blocks import Grid, load, squeeze
from layouts.scan import DOTS, FONT, scan_pages, scan_pdf
from noticetab.read import Limits, ReadError, Reading, read_bytes
from noticetab.read.scan import drawn_lines, full_width, skew, without_seals

from .conftest import Office

NAME = "tianjin-2022-science-week-36"
FORM = 5  # the page of the second form, where the seal is put


def folded(text: str) -> str:
    return squeeze(unicodedata.normalize("NFKC", text))


def lettered(size: tuple[int, int], *texts: tuple[int, int, str], font: int = 44) -> Image.Image:
    picture = Image.new("RGB", size, "white")
    canvas = ImageDraw.Draw(picture)
    for x, y, text in texts:
        canvas.text((x, y), text, font=ImageFont.truetype(FONT, font), fill="black")
    return picture


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, format=kind, **options)  # type: ignore[arg-type]
    return stream.getvalue()


@pytest.fixture(scope="module")
def scanned(office: Office) -> Reading:
    data = scan_pdf(office.file(NAME, "pdf").read_bytes(), pages=[FORM])
    return read_bytes(data, name="scan.pdf")


@pytest.mark.office
@pytest.mark.ocr
def test_a_turned_noisy_page_with_a_seal(scanned: Reading) -> None:
    layout = load(NAME)
    place = [getattr(block, "text", "") for block in layout.blocks].index("附件2")
    layout.blocks = layout.blocks[place:]
    likeness = difflib.SequenceMatcher(
        None, folded(layout.text), folded(scanned.text), autojunk=False
    ).ratio()
    assert likeness > 0.985
    assert "云山" not in scanned.text  # the seal's own words are no text of the page
    assert "— 6 —" not in scanned.text


@pytest.mark.office
@pytest.mark.ocr
def test_the_form_comes_out_as_a_table(scanned: Reading) -> None:
    form = [block for block in load(NAME).blocks if isinstance(block, Grid)][1]
    (table,) = scanned.tables
    cells = [[folded(scanned.text[cell.start : cell.end]) for cell in row] for row in table.rows]
    expected = [[folded(cell) for cell in row] for row in form.rows]
    assert [len(row) for row in cells] == [len(row) for row in expected]
    same = sum(
        one == two
        for row, other in zip(cells, expected, strict=True)
        for one, two in zip(row, other, strict=True)
    )
    assert same >= 0.95 * sum(len(row) for row in expected)


@pytest.mark.office
@pytest.mark.ocr
def test_boxes_stand_on_the_page_as_scanned(office: Office, scanned: Reading) -> None:
    picture = np.asarray(scan_pages(office.file(NAME, "pdf").read_bytes(), pages=[FORM])[0].convert("L"))
    scale = DOTS / 72
    for box in scanned.boxes:
        x0, top, x1, bottom = (int(value * scale) for value in box.bbox)
        assert (picture[top:bottom, x0:x1] < 130).any(), scanned.text[box.start : box.end]
    assert all(0 < box.confidence <= 1 for box in scanned.boxes)
    assert len({box.confidence for box in scanned.boxes}) > 3
    weak = {(box.start, box.end) for box in scanned.boxes if box.confidence < 0.85}
    assert {(start, end) for code, _, _, start, end in scanned.warnings if code == "LOW_CONFIDENCE"} == weak


@pytest.mark.fonts
@pytest.mark.ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_kinds_of_pictures(kind: str) -> None:
    picture = lettered((1654, 300), (220, 100, "关于举办科技周的通知"))
    reading = read_bytes(encoded(picture, kind), name="notice.pdf")  # content decides
    assert reading.text == "关于举办科技周的通知\n"
    assert reading.media_type == f"image/{kind.lower()}"
    assert reading.pages == 1


@pytest.mark.fonts
@pytest.mark.ocr
def test_pages_of_a_tiff() -> None:
    pages = [lettered((1654, 300), (220, 100, text)) for text in ("一、活动主题", "二、活动时间")]
    reading = read_bytes(encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert reading.text.split() == ["一、活动主题", "二、活动时间"]
    assert [box.page for box in reading.boxes] == [1, 2]


@pytest.mark.fonts
@pytest.mark.parametrize("angle", [-2.5, -0.8, 0.0, 1.3])
def test_the_angle_of_a_page_is_found(angle: float) -> None:
    picture = lettered(
        (1654, 1200), *((220, 100 + 80 * at, "为进一步做好科普工作经研究决定举办活动") for at in range(12))
    )
    turned = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    assert skew(np.asarray(turned)) == pytest.approx(-angle, abs=0.25)


@pytest.mark.fonts
def test_seals_go_and_red_heads_stay() -> None:
    picture = Image.new("RGB", (1654, 1200), (240, 240, 240))
    canvas = ImageDraw.Draw(picture)
    head = ImageFont.truetype(FONT, 110)
    canvas.text((200, 60), "云山市科学技术协会文件", font=head, fill=(225, 30, 30))
    canvas.ellipse((900, 600, 1230, 930), outline=(205, 60, 60), width=12)
    canvas.text((850, 720), "2023年5月8日", font=ImageFont.truetype(FONT, 44), fill=(30, 30, 30))
    cleared = without_seals(np.asarray(picture), 72 / DOTS)
    assert (np.asarray(picture)[:300] == cleared[:300]).all()
    red = (cleared[500:, :, 0].astype(int) - cleared[500:, :, 1]) > 60
    assert not red.any()
    assert (cleared[720:780, 850:1200].max(axis=2) < 100).sum() > 500


@pytest.mark.fonts
def test_drawn_lines_are_found_and_strokes_of_letters_are_not() -> None:
    picture = lettered((1000, 600), (100, 60, "一二三十工土王"))
    canvas = ImageDraw.Draw(picture)
    for y in (200, 300):
        canvas.line((100, y, 900, y), fill="black", width=3)
    for x in (100, 500, 900):
        canvas.line((x, 200, x, 300), fill="black", width=3)
    segments = drawn_lines(np.asarray(picture).min(axis=2) < 128, 72 / DOTS)
    assert sum(one.across for one in segments) == 2
    assert sum(not one.across for one in segments) == 3


def test_marks_beside_chinese_are_full_width() -> None:
    assert full_width("时间:5月8日9:30(星期六),地点:云山市") == "时间：5月8日9:30（星期六），地点：云山市"
    assert full_width("http://a.cn:80/(1)") == "http://a.cn:80/(1)"


@pytest.mark.fonts
def test_limits_and_damage() -> None:
    whole = encoded(lettered((400, 300), (20, 20, "通知")))
    with pytest.raises(ReadError, match="pixels"):
        read_bytes(whole, limits=Limits(pixels=1000))
    with pytest.raises(ReadError, match="damaged"):
        read_bytes(whole[: len(whole) // 2])
    pages = [Image.new("L", (50, 50))] * 4
    with pytest.raises(ReadError, match="4 pages"):
        read_bytes(
            encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:]), limits=Limits(scanned_pages=3)
        )
