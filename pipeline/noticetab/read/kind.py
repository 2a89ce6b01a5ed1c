"""What a file is, by its content: extensions are often wrong (a ``.doc`` that is a web page)."""

from __future__ import annotations

import io
import zipfile

import regex

from noticetab.read.limits import Budget

_HTML = regex.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s[^>]*charset", regex.IGNORECASE
)
_TAG = regex.compile(
    rb"</?(?:p|div|table|tr|td|span|br|h[1-6]|a|ul|li|font|center)\b[^>]*>", regex.IGNORECASE
)

# Markdown has its line ends and its tables with merged cells in HTML.
_MARKDOWN = regex.compile(rb"(?m)^(?:#{1,6}[ \t]+\S|[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\||\*\*\S)")

_OTHER = (
    (b"PK\x05\x06", "an empty zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"ID3", "a sound file"),
    (b"GIF8", "a GIF picture"),
)


def kind(data: bytes, budget: Budget) -> str:
    """The kind of ``data``: text, html, mhtml, docx, flat, office, ofd, pdf, png, jpeg, tiff, bmp or webp.

    ``flat`` is a docx that is written out in one XML file;
    ``office`` is everything that LibreOffice reads for us (doc, wps, rtf, odt, flat Word XML).
    Raises :class:`ReadError` for what is recognized but not read, such as archives and sheets.
    """
    head = data[:1024]
    if not data:
        raise budget.error("empty: it has no bytes", "get the file again")
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith((b"II*\x00", b"MM\x00*")):
        return "tiff"
    if (
        head.startswith(b"BM")
        and len(data) > 26
        and data[14:18] in (b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0")
    ):
        return "bmp"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(data, budget)
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data, budget)
    if head.lstrip()[:5] == b"{\\rtf":
        return "office"
    for magic, name in _OTHER:
        if head.startswith(magic):
            raise budget.error(f"{name}, which is not read", "unpack or convert it first")
    start = data[:8192].replace(b"\x00", b"")  # UTF-16 pages too
    if b"http://schemas.microsoft.com/office/2006/xmlPackage" in start:
        return "flat"
    if regex.search(rb"progid=[\"']Word\.Document", start):
        return "office"
    if regex.search(rb"(?mi)^mime-version:", start) and b"multipart/related" in start.lower():
        return "mhtml"
    if _HTML.search(start) or (len(_TAG.findall(start)) >= 6 and not _MARKDOWN.search(start)):
        return "html"
    return "text"


def _compound(data: bytes, budget: Budget) -> str:
    """The kind of an OLE compound file, by the names of its streams (UTF-16 in the directory)."""

    def has(stream: str) -> bool:
        # Entries of the directory are 128 bytes long and begin with the name (MS-CFB 2.6.1).
        name = stream.encode("utf-16-le") + b"\0\0"
        at = data.find(name)
        while at >= 0 and at % 128:
            at = data.find(name, at + 1)
        return at >= 0

    if has("EncryptedPackage"):
        raise budget.error("protected by a password", "remove it in Word or WPS and save again")
    if has("Workbook") or has("Book"):
        raise budget.error("a spreadsheet, which is not read", "save the notice itself as doc or PDF")
    if has("PowerPoint Document"):
        raise budget.error("a presentation, which is not read", "save the notice itself as doc or PDF")
    if has("WordDocument") or has("WpsDocument") or has("CONTENTS"):
        return "office"
    raise budget.error("a damaged document, or one of an unknown program", "save it again as docx or PDF")


def _zipped(data: bytes, budget: Budget) -> str:
    """The kind of a zip container, by the parts it has."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            names = {info.filename.lstrip("/") for info in container.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise budget.error("a damaged document, or one cut short", "get the file again") from error
    lower = {name.lower() for name in names}
    if "ofd.xml" in lower:
        return "ofd"
    if any(name.startswith("word/") for name in lower):
        return "docx"
    if any(name.startswith("xl/") for name in lower):
        raise budget.error("a spreadsheet, which is not read", "save the notice itself as docx or PDF")
    if any(name.startswith("ppt/") for name in lower):
        raise budget.error("a presentation, which is not read", "save the notice itself as docx or PDF")
    if "content.xml" in lower:
        return "office"
    raise budget.error("an archive, which is not read", "unpack it and read the files in it")
