"""A PDF's pages as an OFD file (GB/T 33190-2016), as converters write them.

Text objects with a place for every character, drawn lines as path objects, millimetres from the
top left, a template page for what stands on every page, an attachment.
"""

from __future__ import annotations

import io
import zipfile
from itertools import groupby, pairwise
from xml.sax.saxutils import escape

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MM = 25.4 / 72
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_ofd(pdf: bytes) -> bytes:
    """The OFD of a PDF with a text layer."""
    document = pdfium.PdfDocument(pdf)
    pages = [_page(document[index]) for index in range(len(document))]
    width, height = document[0].get_size()
    return package(pages, width * MM, height * MM)


def package(
    pages: list[str], width: float = 210.0, height: float = 297.0, *, template: str = "", **media: bytes
) -> bytes:
    """An OFD file of pages given as the XML of their layers; ``media`` are pictures by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "OFD.xml",
            f'{HEAD}<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
            "<ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        templates = '<ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
        listed = "".join(
            f'<ofd:Page ID="{100 + at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages))
        )
        archive.writestr(
            "Doc_0/Document.xml",
            f"{HEAD}<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea>"
            f"<ofd:PhysicalBox>0 0 {width:.3f} {height:.3f}</ofd:PhysicalBox></ofd:PageArea>"
            f"<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>{templates}</ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
            "</ofd:Document>",
        )
        archive.writestr(
            "Doc_0/Attachs/Attachments.xml",
            f'{HEAD}<ofd:Attachments {NS}><ofd:Attachment ID="1" Name="备案表.docx">'
            "<ofd:FileLoc>a.docx</ofd:FileLoc></ofd:Attachment></ofd:Attachments>",
        )
        listed = "".join(
            f'<ofd:MultiMedia ID="{500 + at}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile>'
            "</ofd:MultiMedia>"
            for at, name in enumerate(media)
        )
        archive.writestr(
            "Doc_0/DocumentRes.xml",
            f'{HEAD}<ofd:Res {NS} BaseLoc="Res"><ofd:MultiMedias>{listed}</ofd:MultiMedias></ofd:Res>',
        )
        for name, data in media.items():
            archive.writestr(f"Doc_0/Res/{name}", data)
        if template:
            archive.writestr("Doc_0/Tpls/Tpl_0/Content.xml", _content(template, ""))
        for at, layer in enumerate(pages):
            use = '<ofd:Template TemplateID="9" ZOrder="Background"/>' if template else ""
            archive.writestr(f"Doc_0/Pages/Page_{at}/Content.xml", _content(layer, use))
    return stream.getvalue()


def _content(layer: str, template: str) -> str:
    return (
        f'{HEAD}<ofd:Page {NS}>{template}<ofd:Content><ofd:Layer ID="2" Type="Body">{layer}</ofd:Layer>'
        "</ofd:Content></ofd:Page>"
    )


def text_object(text: str, x: float, y: float, size: float, *, deltas: str = "", more: str = "") -> str:
    """A line of text whose baseline begins at (x, y + size) mm; ``deltas`` as in DeltaX."""
    deltas = deltas or (f"g {len(text) - 1} {size}" if len(text) > 1 else "")
    across = f' DeltaX="{deltas}"' if deltas else ""
    return (
        f'<ofd:TextObject ID="3" Font="1" Size="{size:.3f}" '
        f'Boundary="{x:.3f} {y:.3f} 170 {size * 1.3:.3f}"{more}>'
        f'<ofd:TextCode X="0" Y="{size:.3f}"{across}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """A drawn line in mm."""
    box = f"{x0:.3f} {y0:.3f} {max(x1 - x0, 0.3):.3f} {max(y1 - y0, 0.3):.3f}"
    return (
        f'<ofd:PathObject ID="4" Boundary="{box}" LineWidth="0.3"><ofd:AbbreviatedData>'
        f"M 0 0 L {x1 - x0:.3f} {y1 - y0:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _page(page: pdfium.PdfPage) -> str:
    """The layer of one page: its characters by line and size, its straight lines."""
    height = page.get_size()[1]
    text_page = page.get_textpage()
    characters = []
    for index in range(text_page.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text_page, index))
        if char.strip() and not raw.FPDFText_IsGenerated(text_page, index):
            left, bottom, right, top = text_page.get_charbox(index, loose=True)
            size = raw.FPDFText_GetFontSize(text_page, index)
            characters.append((round(height - bottom, 1), size, left, "-" if char in "\x02\ufffe" else char))
    pieces = []
    for (bottom, size), group in groupby(characters, key=lambda one: one[:2]):
        places = [(left, char) for _, _, left, char in group]
        steps = [f"{(after - before) * MM:.3f}" for (before, _), (after, _) in pairwise(places)]
        text = "".join(char for _, char in places)
        top = (bottom - size) * MM
        pieces.append(text_object(text, places[0][0] * MM, top, size * MM, deltas=" ".join(steps)))
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_TEXT], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            if raw.FPDFTextObj_GetText(item, text_page, None, 0) <= 2:  # a blank at a line's end
                pieces.append(text_object(" ", left * MM, (height - bottom - 16) * MM, 16 * MM))
            continue
        if right - left < 3 or top - bottom < 3:
            across, middle = right - left > top - bottom, ((left + right) / 2, height - (top + bottom) / 2)
            x0, x1 = (left, right) if across else (middle[0], middle[0])
            y0, y1 = (middle[1], middle[1]) if across else (height - top, height - bottom)
            pieces.append(rule(x0 * MM, y0 * MM, x1 * MM, y1 * MM))
    return "".join(pieces)
