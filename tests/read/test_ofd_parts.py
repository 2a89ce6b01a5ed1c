"""OFD files of several documents, text that leaves no ink, characters on a grid."""

from __future__ import annotations

import io
import zipfile

import pytest

from layouts.ofd import NS, package, text_object
from noticetab.read import read_bytes

SIZE = 5.6


def lines(*texts: str, more: str = "") -> str:
    return "".join(text_object(text, 25, 30 + 10 * at, SIZE, more=more) for at, text in enumerate(texts))


def two(first: list[str], second: list[str]) -> bytes:
    """One OFD of two documents (GB/T 33190-2016, 7.4)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        bodies = ""
        for number, pages in enumerate((first, second)):
            bodies += f"<ofd:DocBody><ofd:DocRoot>Doc_{number}/Document.xml</ofd:DocRoot></ofd:DocBody>"
            with zipfile.ZipFile(io.BytesIO(package(pages))) as one:
                for name in one.namelist():
                    if name != "OFD.xml":
                        archive.writestr(name.replace("Doc_0", f"Doc_{number}"), one.read(name))
        archive.writestr("OFD.xml", f'<ofd:OFD {NS} Version="1.0" DocType="OFD">{bodies}</ofd:OFD>')
    return stream.getvalue()


def test_several_documents_are_never_mixed() -> None:
    reading = read_bytes(
        two([lines("甲局关于举办科技周的通知")], [lines("乙局关于读书月的通知"), lines("第二页")])
    )
    assert reading.text == "甲局关于举办科技周的通知\n"
    (second,) = reading.rest
    assert second.text.startswith("乙局关于读书月的通知\n")
    assert "甲局" not in second.text
    assert [reading.pages, second.pages] == [1, 2]
    assert {box.page for box in second.boxes} == {1, 2}
    assert second.attached == ["备案表.docx"]


def test_a_document_without_text_is_none() -> None:
    reading = read_bytes(two([""], [lines("乙局关于读书月的通知")]))
    assert reading.text == "乙局关于读书月的通知\n"
    assert reading.rest == ()


WHITE = '<ofd:FillColor Value="255 255 255"/>'


def unseen(kind: str) -> str:
    text = "请于3月1日前报送。"
    if kind == "off the page":
        return text_object(text, 25, 400, SIZE)
    more = {"not filled": ' Fill="false"', "transparent": ' Alpha="0"'}.get(kind, "")
    drawn = text_object(text, 25, 100, SIZE, more=more)
    return drawn.replace("<ofd:TextCode", f"{WHITE}<ofd:TextCode") if kind == "white" else drawn


@pytest.mark.parametrize("kind", ["white", "not filled", "transparent", "off the page"])
def test_text_without_ink_is_left_out_and_told(kind: str) -> None:
    reading = read_bytes(package([lines("各单位：", "请于4月30日前报送。") + unseen(kind)]))
    assert reading.text == "各单位：\n请于4月30日前报送。\n"
    (note,) = reading.notes
    assert (note.code, note.start) == ("TEXT_HIDDEN", 0)
    assert "3月1日" in note.chinese


def test_white_letters_on_a_coloured_ground_are_seen() -> None:
    ground = (
        '<ofd:PathObject ID="8" Boundary="20 95 170 20" Fill="true" Stroke="false">'
        '<ofd:FillColor Value="192 0 0"/><ofd:AbbreviatedData>M 0 0 L 170 0 L 170 20 L 0 20 C'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )
    reading = read_bytes(package([lines("各单位：") + ground + unseen("white")]))
    assert "3月1日" in reading.text.replace(" ", "")
    assert not reading.notes


def test_figures_on_a_grid_are_whole_numbers() -> None:
    reading = read_bytes(package([lines("活动时间为2031年5月25日至5月31日。")]))
    assert reading.text == "活动时间为2031年5月25日至5月31日。\n"
    start = reading.text.index("25日")
    assert any(box.start <= start < box.end for box in reading.boxes)
