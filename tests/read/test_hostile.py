"""Hostile and broken input: one clear line each, nothing outside the folder, bounded memory."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layouts.ofd import package, text_object
from noticetab.read import Limits, ReadError, read, read_bytes, read_many

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, **parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


PARAGRAPH = "<w:p><w:r><w:t>各有关单位：</w:t></w:r></w:p>"
PICTURE = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("zero bytes", b""),
        ("zip cut off", docx(PARAGRAPH)[:80]),
        ("not xml", docx("<w:p>")),
        ("no body", docx(PARAGRAPH).replace(b"document.xml", b"documemt.xml")),
        ("an archive", b"Rar!\x1a\x07\x00" + b"x" * 100),
        ("a program", b"\x7fELF" + b"\x00" * 500),
        ("a picture cut off", PICTURE + b"\x00" * 40),
        (
            "a spreadsheet of old",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 120 + "Workbook".encode("utf-16-le"),
        ),
        ("a PDF of nothing", b"%PDF-1.4\n%%EOF"),
        ("an OFD of nothing", package([])),
        ("noise", bytes((at * 197 + 13) % 256 for at in range(5000))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_refusal_is_one_line_that_names_the_file(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    assert len(message) < len(str(path)) + 250


@pytest.mark.parametrize(
    ("ending", "data"),
    [
        ("pdf", docx(PARAGRAPH)),
        ("docx", "各有关单位：".encode("gb18030")),
        ("txt", package([text_object("各有关单位：", 28, 80, 5.6)])),
        ("doc", b"<html><body><p>" + "各有关单位：".encode() + b"</p></body></html>"),
    ],
    ids=["docx as pdf", "text as docx", "ofd as txt", "html as doc"],
)
def test_content_decides_the_format(tmp_path: Path, ending: str, data: bytes) -> None:
    path = tmp_path / f"notice.{ending}"
    path.write_bytes(data)
    assert read(path).text.strip() == "各有关单位："


def test_a_bad_file_among_good_ones_stops_nothing(tmp_path: Path) -> None:
    for at in range(3):
        (tmp_path / f"{at}.txt").write_text(f"各有关单位：第{at}", encoding="utf-8")
    (tmp_path / "bad.docx").write_bytes(docx(PARAGRAPH)[:80])
    results = dict(read_many(sorted(tmp_path.iterdir())))
    assert isinstance(results[tmp_path / "bad.docx"], ReadError)
    assert sum(not isinstance(one, ReadError) for one in results.values()) == 3


def test_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ReadError, match="not a file"):
        read(pipe)
    with pytest.raises(ReadError, match="not a file"):
        read(Path("/dev/zero"))


def test_external_entities_and_pictures_reach_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("不得外传", encoding="utf-8")
    entity = (
        f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document xmlns:w="{W}"><w:body><w:p><w:r>'
        "<w:t>各有关单位&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", entity)
    with pytest.raises(ReadError, match="document type"):
        read_bytes(stream.getvalue())
    image = '<ofd:ImageObject ID="7" ResourceID="500" Boundary="0 0 210 60" CTM="210 0 0 60 0 0"/>'
    linked = package([image]).replace(b"</ofd:MultiMedias>", b"</ofd:MultiMedias>")
    with pytest.raises(ReadError):
        read_bytes(linked)
    (tmp_path / "page.html").write_text(
        f'<html><body><p>各有关单位：</p><iframe src="{secret.as_uri()}"></iframe></body></html>',
        encoding="utf-8",
    )
    assert "不得外传" not in read(tmp_path / "page.html").text
    assert sorted(one.name for one in tmp_path.iterdir()) == ["page.html", "secret.txt"]


def test_deep_nesting_ends_in_a_line_or_a_text() -> None:
    for data in (
        ("<html><body>" + "<div>" * 50_000 + "各有关单位：" + "</div>" * 50_000).encode(),
        docx("<w:sdt><w:sdtContent>" * 3000 + PARAGRAPH + "</w:sdtContent></w:sdt>" * 3000),
    ):
        try:
            assert "各有关单位" in read_bytes(data).text
        except ReadError as error:
            assert "\n" not in str(error)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_damaged_documents_never_raise_anything_else(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from([docx(PARAGRAPH * 5), package([text_object("各有关单位：", 28, 80, 5.6)])])
    )
    place = data.draw(st.integers(0, len(whole) - 1))
    broken = whole[:place] + bytes([data.draw(st.integers(0, 255))]) + whole[place + 1 :]
    try:
        read_bytes(broken[: data.draw(st.integers(1, len(broken)))], name="damaged")
    except ReadError as error:
        assert str(error).startswith("damaged: ")


@pytest.mark.slow
def test_bombs_take_no_memory(tmp_path: Path) -> None:
    """A gigabyte behind a few kilobytes is refused by a process that may not have 600 MB."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(256):
            part.write(b" " * (4 * 1024 * 1024))
    bomb = tmp_path / "bomb.docx"
    bomb.write_bytes(stream.getvalue())
    # The same with sizes that lie: the directory says a few bytes.
    lying = tmp_path / "lying.docx"
    data = bytearray(stream.getvalue())
    size = (1024 * 1024 * 1024).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    lying.write_bytes(data)
    program = textwrap.dedent("""
        import resource, sys
        from noticetab.read import ReadError, read
        import lxml.etree
        resource.setrlimit(resource.RLIMIT_AS, (600 * 1024 * 1024,) * 2)
        for path in sys.argv[1:]:
            try:
                read(path)
            except ReadError as error:
                print(error)
    """)
    run = subprocess.run(
        [sys.executable, "-c", program, str(bomb), str(lying)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert len(lines) == 2
    assert "expands to" in lines[0]
    assert "Memory" not in run.stdout


def test_limits_are_what_the_document_says() -> None:
    text = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    for name in Limits.__slots__:
        assert f"`{name}`" in text, f"docs/formats.md does not tell the limit {name}"
