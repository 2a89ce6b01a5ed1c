"""OFD: text by its places, drawn tables, templates, attachments; pictures go to the recognizer."""

from __future__ import annotations

import io

import pytest
import regex
from PIL import Image

from layouts.blocks import NAMES, squeeze
from layouts.ofd import package, rule, text_object, write_ofd
from noticetab.read import Limits, ReadError, Reading, read, read_bytes

from .conftest import Office


def lines(text: str) -> list[str]:
    return [squeeze(line) for line in text.split("\n") if line.strip()]


@pytest.mark.office
@pytest.mark.parametrize("name", NAMES)
def test_the_same_text_and_places_as_the_pdf(office: Office, name: str) -> None:
    pdf = read(office.file(name, "pdf"))
    ofd = read_bytes(write_ofd(office.file(name, "pdf").read_bytes()))
    assert lines(ofd.text) == lines(pdf.text)
    assert len(ofd.tables) == len(pdf.tables)
    assert ofd.pages == pdf.pages
    assert ofd.media_type == "application/ofd"
    one, two = places(pdf), places(ofd)
    common = one.keys() & two.keys()
    assert len(common) > 0.8 * len(one)
    # Where a line ends is known only as far as the fonts' widths are guessed.
    assert all(abs(a - b) < 9 for key in common for a, b in zip(one[key], two[key], strict=True))


def places(reading: Reading) -> dict[tuple[str, int], tuple[float, ...]]:
    """Boxes by text and page, for texts that stand once on their page."""
    found = [(reading.text[box.start : box.end], box.page) for box in reading.boxes]
    return {key: box.bbox for key, box in zip(found, reading.boxes, strict=True) if found.count(key) == 1}


def test_repeated_and_stretched_places() -> None:
    layer = (
        text_object("云山市科学技术协会文件", 40, 40, 14, deltas="g 10 12.4", more=' HScale="0.64"')
        + text_object("各有关单位", 28, 80, 5.6, deltas="g 4 8.4")
        + text_object("张三", 28, 100, 5.6)
        + text_object("李四", 28, 100, 5.6, more=' CTM="1 0 0 1 60 0"')
        + text_object("隐藏", 28, 120, 5.6, more=' Visible="false"')
    )
    reading = read_bytes(package([layer]))
    assert reading.text.split("\n")[:2] == ["云山市科学技术协会文件", "各有关单位"]
    assert reading.text.split("\n")[2].split() == ["张三", "李四"]
    assert "隐藏" not in reading.text
    box = next(box for box in reading.boxes if reading.text[box.start : box.end] == "李四")
    assert box.bbox[0] == pytest.approx((28 + 60) * 72 / 25.4, abs=0.5)


def test_a_writer_that_leaves_out_the_size_is_read_all_the_same() -> None:
    whole = text_object("各有关单位：", 28, 80, 5.6) + text_object("现通知如下。", 39, 90, 5.6)
    bare = regex.sub(r' Size="[^"]*"', "", whole)
    assert bare != whole
    assert lines(read_bytes(package([bare])).text) == ["各有关单位：", "现通知如下。"]
    flat = regex.sub(r' Boundary="(\S+ \S+) [^"]*"', r' Boundary="\1 0 0"', bare)
    assert "".join(lines(read_bytes(package([flat])).text))  # without any extent: the text at least


def test_watermarks_aslant_are_no_text_and_slanted_letters_are() -> None:
    layer = text_object("各有关单位：", 28, 80, 5.6)
    layer += text_object("内部资料", 40, 200, 20, more=' CTM="0.7 -0.7 0.7 0.7 0 0"')
    layer += text_object("附件", 28, 100, 5.6, more=' CTM="1 0 -0.33 1 0 0"')
    assert lines(read_bytes(package([layer])).text) == ["各有关单位：", "附件"]


def test_drawn_tables_templates_and_attachments() -> None:
    ruled = "".join(rule(30, y, 150, y) for y in (60, 70, 80))
    ruled += "".join(rule(x, 60, x, 80) for x in (30, 90, 150))
    page = ruled + "".join(
        text_object(text, x, y, 4)
        for text, x, y in (("序号", 32, 63), ("内容", 92, 63), ("1", 32, 73), ("启动仪式", 92, 73))
    )
    reading = read_bytes(package([page, page], template=text_object("第二届科技周", 30, 30, 5)))
    assert reading.margins == ["第二届科技周"]  # on every page at one place: a running head
    (table,) = reading.tables  # it goes on over the page, its header is printed again
    cells = [[reading.text[cell.start : cell.end] for cell in row] for row in table.rows]
    assert cells == [["序号", "内容"], ["1", "启动仪式"], ["1", "启动仪式"]]
    assert reading.attached == ["备案表.docx"]


@pytest.mark.fonts
@pytest.mark.ocr
def test_a_page_that_is_a_picture_is_recognized() -> None:
    from PIL import ImageDraw, ImageFont

    from layouts.scan import FONT

    picture = Image.new("RGB", (1654, 500), "white")
    font = ImageFont.truetype(FONT, 44)
    ImageDraw.Draw(picture).text((220, 200), "关于举办科技周的通知", font=font, fill="black")
    stream = io.BytesIO()
    picture.save(stream, format="PNG")
    layer = '<ofd:ImageObject ID="7" ResourceID="500" Boundary="0 0 210 63.5" CTM="210 0 0 63.5 0 0"/>'
    reading = read_bytes(package([layer], 210, 63.5, **{"page.png": stream.getvalue()}))
    assert reading.text == "关于举办科技周的通知\n"
    assert reading.boxes[0].bbox[0] == pytest.approx(220 / 1654 * 595, abs=8)
    assert 0.5 < reading.boxes[0].confidence <= 1


def test_hostile_and_broken_files() -> None:
    good = package([text_object("各有关单位", 28, 80, 5.6)])
    with pytest.raises(ReadError, match="damaged"):
        read_bytes(good[: len(good) // 2])
    with pytest.raises(ReadError, match=r"limit"):
        read_bytes(package([text_object("各有关单位", 28, 80, 5.6)] * 5), limits=Limits(pages=3))
    with pytest.raises(ReadError, match=r"10\.00 m long"):
        read_bytes(package([text_object("各有关单位", 28, 80, 5.6)], 10_000, 297))
    with pytest.raises(ReadError, match="without pages"):
        read_bytes(package([]))
    with pytest.raises(ReadError, match="not well-formed"):
        read_bytes(package(["<ofd:TextObject"]))
    many = text_object("各" * 10, 28, 80, 5.6, deltas="g 999999999 5")
    assert "各" in read_bytes(package([many])).text
