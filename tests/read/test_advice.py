"""What a file that cannot be read is answered with: one line that says what is wrong and what to do."""

import io
import re
import zipfile

import pytest
from reportlab.pdfgen.canvas import Canvas

from noticetab.read import Limits, ReadError, formats, read_bytes


def package(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


def blank_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


BOMB = package(word__document_xml=b"<document>" + b" " * 60_000_000)
REFUSED = [
    (b"", Limits(), "no bytes; get the file again"),
    ("  \n\u3000\n".encode(), Limits(), "no text; "),
    (blank_pdf(), Limits(), "no text; "),
    (BOMB, Limits(), "a zip bomb; made to do harm: do not open it"),
    (BOMB, Limits(expanded_bytes=1000), "limit of 1000; raise the limit `expanded_bytes`"),
    (package(word__document_xml=b"<a><b></a>"), Limits(), "not well-formed"),
    (b"12345678", Limits(bytes=4), "limit of 4; raise the limit `bytes`"),
]


@pytest.mark.parametrize(("data", "limits", "said"), REFUSED, ids=range(len(REFUSED)))
def test_a_refusal_says_what_to_do(data: bytes, limits: Limits, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name="notice.docx", limits=limits)
    message = str(caught.value)
    assert said in message
    assert message.startswith("notice.docx: ") and "; " in message and "\n" not in message


def picture(width: int, height: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def sized(width: float, height: float) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height))
    canvas.drawString(1, 1, "text")
    canvas.save()
    return out.getvalue()


WITHOUT_WORDS_OF_LIBRARIES = [
    (b"PK\x03\x04" + bytes(40) + b"PK\x05\x06" + b"\xff" * 18, "a damaged document, or one cut short"),
    (b"\x89PNG\r\n\x1a\n" + bytes(60), "a damaged picture, or one that was cut short; get the file again"),
    (picture(60, 200)[:-40], "damaged"),
]


@pytest.mark.parametrize(("data", "said"), WITHOUT_WORDS_OF_LIBRARIES, ids=range(3))
def test_no_library_speaks_to_people(data: bytes, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name="notice.docx")
    assert said in str(caught.value)
    assert not re.search(r"Error|assert|seek|\(-\d+:|cannot identify", str(caught.value))


@pytest.mark.ocr
@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3), (4000, 12)])
def test_a_picture_without_room_for_text_is_one_in_which_none_was_found(size: tuple[int, int]) -> None:
    with pytest.raises(ReadError, match=r"no text was found; if there is some, scan it"):
        read_bytes(picture(*size), name="scan.png")


def test_a_page_that_is_too_long_says_how_long_and_what_to_set() -> None:
    with pytest.raises(ReadError, match=r"page 1 is 17\.6 mm long, more than the limit of 14\.1 mm; .*to 50"):
        read_bytes(sized(50, 50), name="a.pdf", limits=Limits(page_points=40))
    with pytest.raises(ReadError, match=r"page 1 is 5\.29 m long, more than the limit of 5\.08 m"):
        read_bytes(sized(15_000, 50), name="a.pdf")


def test_a_reader_that_stumbles_says_so_without_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(data: bytes, budget: object) -> None:
        raise AssertionError("OpenCV(4.9) error: (-215:Assertion failed) !ssize.empty()")

    monkeypatch.setitem(formats.READERS, "pdf", stumble)
    with pytest.raises(ReadError) as caught:
        read_bytes(b"%PDF-1.7", name="a.pdf")
    assert str(caught.value) == (
        "a.pdf: cannot be read as pdf: it is damaged, or made in a way that is not known here; "
        "open it in the program that made it and save it again, or as PDF"
    )
    assert "OpenCV" in str(caught.value.__cause__)
