"""What a file that cannot be read is answered with: one line that says what is wrong and what to do."""

import io
import zipfile

import pytest
from reportlab.pdfgen.canvas import Canvas

from noticetab.read import Limits, ReadError, read_bytes


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
