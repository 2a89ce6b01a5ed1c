"""What stands beside the body of a Word file or is tracked in it: notes, red heads, contents, deletions."""

from __future__ import annotations

import base64
import io
import zipfile

import pytest

from noticetab.read import read_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
DELETED = '<w:del w:id="1" w:author="a"/>'


def p(text: str, properties: str = "", run: str = "", more: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r>{more}</w:p>'
    )


def table(*rows: list[str], marks: str = "") -> str:
    cells = ["".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows]
    return (
        "<w:tbl>"
        + "".join(f"<w:tr>{marks if i == 1 else ''}{row}</w:tr>" for i, row in enumerate(cells))
        + "</w:tbl>"
    )


def document(body: str, **parts: str) -> bytes:
    """A docx of ``body``; ``parts`` are the XML of others by the word of their relation."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        relations = "".join(f'<Relationship Id="{key}" Type="x/{key}" Target="{key}.xml"/>' for key in parts)
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
        for key, xml in parts.items():
            archive.writestr(f"word/{key}.xml", xml)
    return stream.getvalue()


def lines(data: bytes) -> list[str]:
    return read_bytes(data).text.rstrip("\n").split("\n")


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_stand_behind_their_paragraph(kind: str) -> None:
    notes = (
        f'<w:{kind}s {NAMES}><w:{kind} w:id="0" w:type="separator"><w:p/></w:{kind}>'
        f'<w:{kind} w:id="2">{p("联系人：李明。")}</w:{kind}>'
        f'<w:{kind} w:id="3">{p("名单另发。")}</w:{kind}></w:{kind}s>'
    )
    mark = f'<w:r><w:{kind}Reference w:id="%d"/></w:r>'
    body = (
        p("关于举办科技周的通知", more=mark % 3)
        + p("请报送市科技局", more=mark % 2 + "<w:r><w:t>。</w:t></w:r>")
        + p("2031年4月8日")
    )
    reading = read_bytes(document(body, **{f"{kind}s": notes}))
    assert reading.text.rstrip("\n").split("\n") == [
        "关于举办科技周的通知", "请报送市科技局。", "名单另发。", "联系人：李明。", "2031年4月8日",
    ]  # fmt: skip
    assert not reading.margins


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = f"<w:rPr>{DELETED}</w:rPr>"
    assert lines(document(p("三、报送", mark) + p("要求") + p("四、其他", mark))) == [
        "三、报送要求",
        "四、其他",
    ]
    cell = p("星空", mark) + p("讲堂")
    assert lines(document(table([cell, p("甲")], [p("乙"), p("丙")]))) == ["星空讲堂\t甲", "乙\t丙"]


def test_a_wholly_deleted_paragraph_takes_no_number() -> None:
    numbering = (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    old = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    gone = f"<w:p><w:pPr>{listed}<w:rPr>{DELETED}</w:rPr></w:pPr>{old}</w:p>"
    assert lines(document(p("甲", listed) + gone + p("乙", listed), numbering=numbering)) == ["1.甲", "2.乙"]


def test_deleted_rows_and_cells_are_gone() -> None:
    gone = f"<w:trPr>{DELETED}</w:trPr>"
    reading = read_bytes(
        document(table([p("序号"), p("名称")], [p(""), p("")], [p("1"), p("甲")], marks=gone))
    )
    assert reading.text == "序号\t名称\n1\t甲\n"
    assert [len(one.rows) for one in reading.tables] == [2]


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    inner = table([p("摊位"), p("内容")], [p("A区"), p("标本")])
    frame = table([p("框内文字")])
    reading = read_bytes(
        document(table([p("1"), p("集市") + inner + p("")], [p("2"), p("讲堂") + frame + p("")]))
    )
    assert reading.text == "1\t集市\n2\t讲堂 框内文字\n摊位\t内容\nA区\t标本\n"
    assert [len(one.rows) for one in reading.tables] == [2, 2]
    outer, nested = reading.tables
    assert outer.end < nested.start


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("look", ['<w:color w:val="FF0000"/>', '<w:sz w:val="72"/>'])
def test_a_red_head_in_the_header_opens_the_text(first: bool, look: str) -> None:
    kind, page = ("first", "<w:titlePg/>") if first else ("default", "")
    section = f'<w:sectPr><w:headerReference w:type="{kind}" r:id="header1"/>{page}</w:sectPr>'
    head = f"<w:hdr {NAMES}>{p('云山市科学技术局文件', run=look)}{p('云科〔2031〕5号')}</w:hdr>"
    assert lines(document(p("关于举办科技周的通知") + section, header1=head)) == [
        "云山市科学技术局文件", "云科〔2031〕5号", "关于举办科技周的通知",
    ]  # fmt: skip
    plain = f"<w:hdr {NAMES}>{p('云山市科学技术局文件汇编')}</w:hdr>"
    reading = read_bytes(document(p("关于举办科技周的通知") + section, header1=plain))
    assert reading.text == "关于举办科技周的通知\n"
    assert reading.margins == ["云山市科学技术局文件汇编"]


def test_tables_of_contents_are_left_out() -> None:
    style = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    styles = f"<w:styles {NAMES}>{style}</w:styles>"
    made = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{p('目录')}{p('一、时间 1')}</w:sdtContent></w:sdt>"
    )
    styled = p("一、时间\t1", '<w:pStyle w:val="11"/>')
    body = p("一、时间") + p("5月20日。")
    for contents in (made, styled):
        assert lines(document(contents + body, styles=styles)) == ["一、时间", "5月20日。"]


@pytest.mark.parametrize("leader", ["\t", "……", ".......", "   ", " . . . . "])
def test_typed_contents_are_left_out_of_every_format(leader: str) -> None:
    top = "关于举办科技周的通知\n目 录\n"
    rest = "各区科技局：\n一、时间\n5月20日。\n二、要求\n请报送。\n"
    source = f"{top}一、时间{leader}1\n二、要求{leader}- 2 -\n{rest}".replace("- 2 -", "2")
    assert read_bytes(source.encode()).text == "关于举办科技周的通知\n" + rest


def test_tables_that_look_like_contents_stay() -> None:
    text = "名额分配\n甲镇\t3\n乙镇\t5\n丙镇\t9\n各镇如下：\n甲镇科协\n乙镇科协\n丙镇科协\n"
    assert read_bytes(("各镇：\n请按名额分配推荐。\n" + text).encode()).text.endswith("丙镇科协\n")
    quota = "各镇名额安排\n甲镇\t3\n乙镇\t5\n丙镇\t9\n各镇如下：\n甲镇\n乙镇\n丙镇\n"
    assert read_bytes(quota.encode()).text == quota


@pytest.mark.parametrize("look", ["<w:vanish/>", '<w:color w:val="FFFFFF"/>'])
def test_text_that_nobody_sees_is_left_out_and_told(look: str) -> None:
    body = p("请于4月30日前报送。", more=f"<w:r><w:rPr>{look}</w:rPr><w:t>旧：3月1日</w:t></w:r>") + p("完")
    reading = read_bytes(document(body))
    assert reading.text == "请于4月30日前报送。\n完\n"
    (note,) = reading.notes
    assert note.code == "TEXT_HIDDEN"
    assert "旧：3月1日" in note.chinese
    dark = '<w:tcPr><w:shd w:val="clear" w:fill="C00000"/></w:tcPr>'
    head = table([dark + p("名称", run=look), dark + p("时间", run=look)], [p("甲"), p("乙")])
    if "color" in look:
        assert lines(document(head))[0] == "名称\t时间"


def test_a_document_in_one_xml_file_is_read_as_the_container_is() -> None:
    body = p("关于举办科技周的通知") + p("各区科技局：")
    blank = base64.b64encode(b"picture").decode()
    flat = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document {NAMES}><w:body>{body}</w:body>'
        '</w:document></pkg:xmlData></pkg:part><pkg:part pkg:name="/word/media/a.png">'
        f"<pkg:binaryData>{blank}</pkg:binaryData></pkg:part></pkg:package>"
    )
    assert read_bytes(flat.encode()).text == read_bytes(document(body)).text
