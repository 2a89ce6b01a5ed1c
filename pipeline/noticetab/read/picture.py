"""Pictures of a file's pages with the boxes of rows drawn on them, to look at the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from noticetab.aside import aside
from noticetab.read.limits import Budget, Limits

if TYPE_CHECKING:
    from noticetab.record import Row

_COLOURS = {
    "events": "#c00000", "themes": "#d07000", "sections": "#808080", "organizers": "#0060c0",
    "activities": "#008040", "dates": "#a000a0", "deadlines": "#e00060", "contacts": "#008090",
    "people": "#604020", "attachments": "#5050c0", "quotas": "#907000", "references": "#707070",
    "findings": "#ff0000",
}  # fmt: skip
DOTS = 110.0
"""Dots to the inch of the pictures."""


def draw(
    path: Path, rows: Iterable[tuple[str, Row]], directory: Path, *, limits: Limits | None = None
) -> list[Path]:
    """Write ``page-001.png`` and so on into ``directory``: pages of ``path`` with boxes of rows.

    ``rows`` are (name of the list, row) as :meth:`Record.rows` gives them; those without page
    and bbox are left out. Pages without a row are written too. An OFD page is drawn from its
    text and lines (without its fonts' shapes). Gives the files written, page by page.

    Raises :class:`ReadError` for files that have no pages (text, html, docx) or cannot be opened,
    and when Pillow is missing.
    """
    from noticetab.read.kind import kind

    budget = Budget(path, limits or Limits())
    try:
        from PIL import Image, ImageDraw
    except ImportError as error:
        raise budget.error("drawing pages needs Pillow", "pip install noticetab[review]") from error
    try:
        data = path.read_bytes()
    except OSError as error:
        raise budget.error(error.strerror or "cannot be read") from error
    boxes: dict[int, list[tuple[str, tuple[float, float, float, float]]]] = {}
    for name, row in rows:
        evidence = row.evidence
        if evidence.page is not None and evidence.bbox is not None:
            boxes.setdefault(evidence.page, []).append((name, evidence.bbox))
    found = kind(data, budget)
    if found not in ("pdf", "ofd", "png", "jpeg", "tiff", "bmp", "webp"):
        raise budget.error("a file without pages", "only PDF, OFD and scans can be drawn")
    pictures = _pages(found, data, budget)
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for number, (pixels, scale) in enumerate(pictures, start=1):
        image = Image.fromarray(pixels)
        canvas = ImageDraw.Draw(image)
        labelled: set[tuple[int, int]] = set()
        for name, (x0, top, x1, bottom) in boxes.get(number, []):
            colour = _COLOURS.get(name, "#000000")
            box = (x0 * scale - 2, top * scale - 2, x1 * scale + 2, bottom * scale + 2)
            canvas.rectangle(box, outline=colour, width=2)
            corner = (round(box[0]), round(box[1]))
            if corner not in labelled:
                canvas.text((box[0], max(0, box[1] - 11)), name, fill=colour)
                labelled.add(corner)
        target = directory / f"page-{number:03d}.png"
        with aside(target, encoding=None) as file:
            image.save(file, format="PNG")
        written.append(target)
    return written


def _pages(found: str, data: bytes, budget: Budget) -> Iterable[tuple[Any, float]]:
    """Pixels of each page, and how many of them make a point."""
    if found == "pdf":
        from noticetab.read.pdf import open_pdf, render

        document = open_pdf(data, budget)
        try:
            for page in document:
                yield render(page, budget, dots=DOTS)
        finally:
            document.close()
    elif found == "ofd":
        from noticetab.read.ofd import pages

        for page in pages(data, budget):
            yield _sketch(page)
    else:
        yield from _frames(data, budget)


def _frames(data: bytes, budget: Budget) -> Iterable[tuple[Any, float]]:
    from noticetab.read.scan import frames

    for pixels, points in frames(data, budget):
        step = max(1, round(72 / points / DOTS))
        yield pixels[::step, ::step].copy(), 1 / points / step


def _sketch(page: Any) -> tuple[Any, float]:
    """A page drawn from its pieces and lines alone."""
    import numpy as np
    from PIL import Image, ImageDraw

    scale = DOTS / 72
    image = Image.new("RGB", (round(page.width * scale), round(page.height * scale)), "white")
    canvas = ImageDraw.Draw(image)
    for line in page.segments:
        canvas.line((line.x0 * scale, line.top * scale, line.x1 * scale, line.bottom * scale), fill="#606060")
    for piece in page.pieces:
        box = (piece.x0 * scale, piece.top * scale, piece.x1 * scale, piece.bottom * scale)
        canvas.rectangle(box, fill="#d8d8d8")
    return np.asarray(image), scale
