"""Word's “XML document” (flat OPC): all parts of a docx in one XML file, put back into a container."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from typing import TYPE_CHECKING

from noticetab.read.limits import Budget
from noticetab.read.numbering import attribute, child, name

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = b"http://schemas.microsoft.com/office/2006/xmlPackage"


def packed(data: bytes, budget: Budget) -> bytes:
    """The container that ``data`` writes out; raises ``ReadError`` when it is damaged or hostile."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise budget.error(
            f"a Word XML document that is not well-formed ({error.msg})", "save it as docx"
        ) from error
    if root.getroottree().docinfo.doctype:
        raise budget.error("a Word XML document that declares a document type", "save it as docx")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as container:
        for part in root:
            if name(part) == "part" and (place := (attribute(part, "name") or "").lstrip("/")):
                container.writestr(place, _content(part))
    return stream.getvalue()


def _content(part: etree._Element) -> bytes:
    """The bytes of one part: its XML, or what base64 stands for."""
    from lxml import etree

    inner = child(part, "xmlData")
    if inner is not None:
        return b"".join(etree.tostring(one, encoding="utf-8") for one in inner)
    binary = child(part, "binaryData")
    try:
        return base64.b64decode((binary.text or "") if binary is not None else "")
    except binascii.Error:
        return b""
