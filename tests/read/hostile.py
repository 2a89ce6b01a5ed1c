"""Files that ask for more than anybody has: small ones, made here, each with what it does."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of numbered objects, of which the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(
        out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    )


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<< " + entries + b" /Length %d >>\nstream\n" % len(content) + content + b"\nendstream"


def _page(form: bytes) -> list[bytes]:
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /XObject << /F 5 0 R >> >> >>",
        _stream(b"", b"/F Do"),
        form,
    ]


def drawn_twice(depth: int = 40) -> bytes:
    """Forms that each draw the next one twice: a billion drawings behind a few kilobytes."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
    objects = _page(b"")[:4]
    for number in range(5, 5 + depth):
        entries = form + b" /Resources << /XObject << /F %d 0 R >> >>" % (number + 1)
        objects.append(_stream(entries, b"/F Do /F Do"))
    objects.append(_stream(form, b"0 0 10 10 re f 20 20 m 30 30 l S"))
    return pdf(objects)


def draws_itself() -> bytes:
    """A form that draws itself, twice."""
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F 5 0 R >> >>"
    return pdf(_page(_stream(entries, b"/F Do /F Do")))


def nested(depth: int = 60) -> bytes:
    """Forms inside one another, deeper than anybody draws."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
    objects = _page(b"")[:4]
    for number in range(5, 5 + depth):
        entries = form + b" /Resources << /XObject << /F %d 0 R >> >>" % (number + 1)
        objects.append(_stream(entries, b"q /F Do Q"))
    objects.append(_stream(form, b"0 0 10 10 re f"))
    return pdf(objects)


def long_stream(size: int = 300 * 1024 * 1024) -> bytes:
    """A page whose drawing is ``size`` bytes, packed a thousand times smaller."""
    packer, packed, piece = zlib.compressobj(9), bytearray(), b"0 0 1 1 re f\n" * 80_000
    for _ in range(size // len(piece)):
        packed += packer.compress(piece)
    packed += packer.flush()
    objects = _page(b"<< >>")
    objects[3] = _stream(b"/Filter /FlateDecode", bytes(packed))
    return pdf(objects)


def paragraphs(count: int = 2_500_000) -> bytes:
    """A DOCX of so many paragraphs, packed to a few kilobytes in parts below the ratio of a bomb."""
    body = "<w:p><w:r><w:t>各</w:t></w:r></w:p>" * count
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
    return stream.getvalue()


def attributes(count: int = 300_000) -> bytes:
    """A web page with an element of so many attributes."""
    many = " ".join(f'a{n}="{n}"' for n in range(count))
    return f"<html><body><p {many}>各有关单位：</p></body></html>".encode()


def picture(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of so many pixels, all white, one bit each."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    packer, packed, row = zlib.compressobj(9), bytearray(), b"\0" + b"\xff" * (-(-width // 8))
    for _ in range(height):
        packed += packer.compress(row)
    packed += packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", bytes(packed)) + chunk(b"IEND", b"")
