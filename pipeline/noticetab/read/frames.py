"""Frames of web pages: what they hold is read where the file has it, else said to be elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from noticetab.read.assembly import squeeze
from noticetab.read.limits import Budget
from noticetab.read.reading import Note
from noticetab.read.render import weight

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LITTLE = 60
"""Characters of running text beside its title up to which a page with a frame has its body in the frame."""
_DEPTH = 4
_TAGS = ("iframe", "frame", "object", "embed")
_FILE = regex.compile(r"(?i)\.(?:pdf|docx?|wps|ofd|xlsx?|rtf|ceb)(?:$|[?#&])")
_NOWHERE = regex.compile(r"(?i)^(?:about:|javascript:|data:|#|$)")
_MOVING = regex.compile(
    r"(?i)^(?:video|audio|application/x-shockwave)|\.(?:swf|mp4|mp3|flv|m3u8|webm)(?:$|[?#])"
)


def fill(root: HtmlElement, held: dict[str, str], depth: int = 0) -> None:
    """Put the body of every frame whose page the file itself holds where the frame stands.

    That is the ``srcdoc`` of a frame (HTML, 4.8.5), or a page of ``held`` by its address.
    """
    from lxml import etree, html

    for frame in list(root.iter("iframe", "frame")):
        source = frame.get("srcdoc") or held.get((frame.get("src") or "").strip(), "")
        if not source.strip() or _is_hidden(frame):
            continue
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
        try:
            inner = html.document_fromstring(source, parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError):
            continue
        if depth < _DEPTH:
            fill(inner, held, depth + 1)
        body = inner.find("body")
        if body is None:
            continue
        body.tag = "div"
        body.attrib.clear()
        body.tail = frame.tail
        parent = frame.getparent()
        if parent is not None:
            parent.replace(frame, body)
            _out_of_frameset(body)


def _out_of_frameset(body: HtmlElement) -> None:
    """A page of frames has no body of its own: its frameset is one."""
    for frameset in list(body.iterancestors("frameset")):
        frameset.tag = "div" if frameset.getparent() is None or frameset.getparent().tag != "html" else "body"


def pages_elsewhere(root: HtmlElement) -> list[str]:
    """The addresses of the frames and embedded files whose content the page does not hold."""
    found = []
    for frame in root.iter(*_TAGS):
        address = " ".join((frame.get("src") or frame.get("data") or "").split())
        moving = _MOVING.search(address) or _MOVING.search(frame.get("type") or "")
        if not _NOWHERE.match(address) and not moving and not _is_hidden(frame) and address not in found:
            found.append(address)
    return found


def _is_hidden(frame: HtmlElement) -> bool:
    """Whether a frame is too small to be seen, as those that count visits are."""
    style = (frame.get("style") or "").replace(" ", "").lower()
    small = any((frame.get(side) or "").strip().rstrip("px") in ("0", "1") for side in ("width", "height"))
    return small or frame.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


def unread(addresses: list[str], text: str, title: str | None, budget: Budget) -> list[Note]:
    """Notes for the frames of a page; raises ``ReadError`` when nothing is left without them.

    A page that has running text of its own has its body: frames in it are maps and share boxes
    unless they show a file.
    """
    own = weight(squeeze(text).replace(squeeze(title or ""), "", 1))
    told = [address for address in addresses if own <= LITTLE or _FILE.search(address)]
    if told and not squeeze(text):
        raise budget.error(
            f"a page whose text is in a frame ({told[0]})", "save the page of the frame itself"
        )
    return [
        Note(
            "PART_UNREAD",
            f"框架中的内容未读取（{address}），正文可能在其中",
            f"what stands in a frame is not read ({address}); it may be the text itself",
            max(0, len(text.rstrip()) - 1),
            len(text.rstrip()),
        )
        for address in told
    ]
