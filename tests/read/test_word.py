"""Word documents: order of the body, tables, computed numbers, and what is not text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from layouts.blocks import NAMES, load, squeeze
from layouts.word import write_docx
from noticetab.read import Limits, ReadError, read, read_bytes
from noticetab.read.numerals import chinese, numeral

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def lines(text: str) -> list[str]:
    return [squeeze(line) for line in text.split("\n") if line.strip()]


def package(body: str, namespace: str = W, **parts: str) -> bytes:
    """A docx of the bare XML, as small as it may be."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
        )
        relations = "".join(
            f'<Relationship Id="r{key}" Type="x/{key}" Target="{key}.xml"/>'
            for key in parts
            if "/" not in key
        )
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
        for key, xml in parts.items():
            archive.writestr(f"word/{key}.xml", f'<w:{key} xmlns:w="{namespace}">{xml}</w:{key}>')
    return stream.getvalue()


def paragraph(text: str, list_id: int | None = None, level: int = 0) -> str:
    number = (
        "" if list_id is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    )
    return f"<w:p><w:pPr>{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def level(index: int, style: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


@pytest.mark.parametrize("numbered", [False, True], ids=["typed numbers", "computed numbers"])
@pytest.mark.parametrize("name", NAMES)
def test_the_notice_as_laid_out(tmp_path: Path, name: str, numbered: bool) -> None:
    layout = load(name)
    reading = read(write_docx(layout, tmp_path / "notice.docx", numbered=numbered))
    assert lines(reading.text) == lines(layout.text)
    assert reading.joined
    assert len(reading.tables) == sum(hasattr(block, "rows") for block in layout.blocks)
    if numbered and any(line.startswith("2.") for line in layout.text.split("\n")):
        assert reading.computed
    for start, end in reading.computed:
        assert reading.text[start:end].rstrip(".").isdigit()
        assert start == 0 or reading.text[start - 1] == "\n"


def test_numbers_of_several_levels_restart() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "chineseCountingThousand", "%1、")
        + level(1, "chineseCounting", "（%2）")
        + level(2, "decimal", "%3.")
        + level(3, "decimal", "%1.%4", "<w:isLgl/>")
        + '</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    )
    places = [
        ("时间", 0),
        ("地点", 0),
        ("甲", 1),
        ("乙", 1),
        ("丙", 2),
        ("丁", 2),
        ("戊", 1),
        ("己", 2),
        ("庚", 3),
    ]
    body = "".join(paragraph(text, 5, index) for text, index in places) + paragraph("主题", 5, 0)
    reading = read_bytes(package(body, numbering=numbering))
    expected = "一、时间 二、地点 （一）甲 （二）乙 1.丙 2.丁 （三）戊 1.己 2.1 庚 三、主题"
    assert " ".join(reading.text.split()) == expected
    assert len(reading.computed) == 10


def test_numbers_through_styles_as_wps_writes_them() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="3">'
        + level(0, "japaneseCounting", "第%1条", '<w:pStyle w:val="2"/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>'
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="7"><w:basedOn w:val="2"/></w:style>'
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, more, text in [
            ("2", "", "总则"),
            ("7", "", "分则"),
            ("2", '<w:numPr><w:numId w:val="0"/></w:numPr>', "无号"),
        ]
    )
    reading = read_bytes(package(body, numbering=numbering, styles=styles))
    assert reading.text == "第一条 总则\n第二条 分则\n无号\n".replace("条 ", "条 ")


@pytest.mark.parametrize(
    ("number", "style", "written"),
    [
        (12, "chineseCounting", "十二"), (21, "chineseCountingThousand", "二十一"),
        (105, "chineseCounting", "一百零五"), (10, "japaneseCounting", "十"),
        (3, "decimalEnclosedCircle", "③"),
        (12, "chineseLegalSimplified", "壹拾贰"), (2, "ideographTraditional", "乙"), (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"), (7, "unknown", "7"), (10, "ideographDigital", "一〇"),
        (3, "decimalEnclosedParen", "⑶"), (5, "none", ""),
    ],
)  # fmt: skip
def test_numerals(number: int, style: str, written: str) -> None:
    assert numeral(number, style) == written


def test_chinese_counting_reads_back() -> None:
    digits = {char: value for value, char in enumerate("零一二三四五六七八九")}
    for number in range(1, 10000):
        total, digit = 0, 0
        for char in chinese(number):
            if char in "十百千":
                total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
                digit = 0
            else:
                digit = digits[char]
        assert total + digit == number


def test_merged_cells_frames_and_signs() -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{paragraph(text)}</w:tc>"

    table = (
        "<w:tbl><w:tr>" + cell("项目", '<w:vMerge w:val="restart"/>') + cell("甲") + cell("乙")
        + "</w:tr><w:tr>" + cell("", "<w:vMerge/>") + cell("丙", '<w:gridSpan w:val="2"/>')
        + "</w:tr></w:tbl>"
    )  # fmt: skip
    box = (
        "<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:txbxContent>" + paragraph("云山市科协文件")
        + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" + paragraph("云山市科协文件")
        + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>关于举办</w:t><w:br/><w:t>科技周的通知</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        '<w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:r><w:sym w:font="Wingdings 2" w:char="00A3"/>'
        "<w:t>是</w:t></w:r></w:p>"
    )  # fmt: skip
    reading = read_bytes(package(box + table + paragraph("完")))
    assert reading.text == "云山市科协文件\n关于举办\n科技周的通知增□是\n项目\t甲\t乙\n\t丙\n完\n"
    (found,) = reading.tables
    assert found.rows[0][0].row_span == 2
    assert found.rows[1][0].column_span == 2
    assert len(found.rows[1]) == 1


def test_strict_files_and_controls_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f"<w:sdt><w:sdtContent>{paragraph('各有关单位：')}</w:sdtContent></w:sdt>"
    assert read_bytes(package(body, namespace=strict)).text == "各有关单位：\n"


def test_headers_and_footers_stand_apart(tmp_path: Path) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.add_paragraph("各有关单位：")
    document.save(str(tmp_path / "a.docx"))
    reading = read(tmp_path / "a.docx")
    assert reading.text == "各有关单位：\n"
    assert reading.margins == ["内部资料"]


def test_content_decides_not_the_extension(tmp_path: Path) -> None:
    path = tmp_path / "notice.pdf"
    path.write_bytes(package(paragraph("各有关单位：")))
    assert read(path).text == "各有关单位：\n"


def test_entity_bombs_are_refused() -> None:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "lol"}">' for i in range(12))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<!DOCTYPE w [{entities}]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&a11;'
            "</w:t></w:r></w:p></w:body></w:document>",
        )
    with pytest.raises(ReadError, match=r"a\.docx: .*(document type|well-formed)"):
        read_bytes(stream.getvalue(), name="a.docx")


def test_zip_bombs_paths_and_truncation_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (20 * 1024 * 1024))
    with pytest.raises(ReadError, match="zip bomb"):
        read_bytes(stream.getvalue())
    with pytest.raises(ReadError, match="expands to"):
        read_bytes(stream.getvalue(), limits=Limits(expanded_bytes=1024 * 1024))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/../../evil.xml", "x")
        archive.writestr("word/document.xml", "x")
    with pytest.raises(ReadError, match="leads out"):
        read_bytes(stream.getvalue())
    whole = package(paragraph("各有关单位：" * 50))
    with pytest.raises(ReadError, match="damaged"):
        read_bytes(whole[: len(whole) // 2])


def test_an_empty_picture_is_no_bomb() -> None:
    """Uncompressed pictures of blank paper are packed to a thousandth; nobody reads them."""
    stream = io.BytesIO(package(paragraph("各有关单位：")))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.bmp", b"BM" + b"\xff" * (6 * 1024 * 1024))
    assert read_bytes(stream.getvalue()).text == "各有关单位：\n"


def picture(width: int, height: int) -> str:
    """A drawing with a picture, in EMU."""
    return (
        f'<w:p><w:r><w:drawing><inline xmlns="wp"><extent cx="{width}" cy="{height}"/>'
        '<graphic><pic xmlns="pic"/></graphic></inline></w:drawing></w:r></w:p>'
    )


def test_pages_that_are_pictures_are_never_passed_over_silently() -> None:
    body = paragraph("各有关单位：") + picture(5_400_000, 7_600_000) + paragraph("附件")
    reading = read_bytes(package(body))
    ((code, _, english, start, end),) = reading.notes
    assert code == "PART_UNREAD"
    assert "picture" in english
    assert reading.text.index("：") < start < reading.text.index("附")
    assert start < end
    chunk = paragraph("各有关单位：") + "<w:altChunk/>" + paragraph("附件")
    assert "embedded" in read_bytes(package(chunk)).notes[0].english
    small = paragraph("各有关单位：") + picture(900_000, 900_000)
    assert read_bytes(package(small)).notes == []
    stream = io.BytesIO(package(picture(5_400_000, 7_600_000)))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/media/image1.jpeg", b"\xff\xd8\xff")
    with pytest.raises(ReadError, match="pages are pictures"):
        read_bytes(stream.getvalue())


def test_sheets_and_archives_say_what_they_are() -> None:
    for name, word in (
        ("xl/workbook.xml", "spreadsheet"),
        ("ppt/presentation.xml", "presentation"),
        ("a.txt", "archive"),
    ):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr(name, "x")
        with pytest.raises(ReadError, match=word):
            read_bytes(stream.getvalue())
