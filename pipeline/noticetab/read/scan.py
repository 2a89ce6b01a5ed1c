"""Scans: pages and pictures recognized with RapidOCR, whose models come with its package.

A page is turned upright, black text is read through red seals (in the red channel a seal is
white), and drawn lines are found so that forms come out as tables. Every piece keeps the
recognizer's confidence and the place where it stands on the page as scanned.
"""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import regex

from noticetab.read.layout import compose
from noticetab.read.limits import Budget
from noticetab.read.line import COLUMN
from noticetab.read.pieces import Page, Piece
from noticetab.read.reading import Reading
from noticetab.read.ruling import Segment
from noticetab.read.spacing import parted, respaced
from noticetab.read.strokes import Place, matched, settle, unpaired

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]

INSTALL = "pip install noticetab[ocr]"
A4_WIDTH = 595.28
"""Points: a picture that does not say its resolution is taken for an A4 page."""
WIDTH = 1800
"""Pixels across a page that is recognized (218 dots to the inch on A4)."""
WEAK = 0.85
"""Confidence below which a line gets a warning."""
LEAST, LONGEST = 12, 80
"""Pixels that a line of text is high at least, and times that a strip of it may be as long as high:
a smaller or longer picture (a dot, a rule) holds no text, and recognizers stumble over it."""
_LOCK = threading.Lock()
Warned = tuple[str, str, str, int, int]
_THEME = regex.compile(r"主\s*题\s*[为是：:“][^。；;\n\t]{2,60}")
_HALF = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"}
_MARK = regex.compile(
    r"(?<=[\p{Han}》”）])[,:;?!(]|[,:;?!](?=\p{Han})|[)](?=[\p{Han}，。；])|(?<=[\p{Han}》”])[)]|[(](?=\p{Han})"
)


def read_image(data: bytes, budget: Budget) -> Reading:
    """A picture of pages (PNG, JPEG, TIFF of many, BMP, WebP) as a :class:`Reading`."""
    pages = [
        recognize(picture, number, points, budget)
        for number, (picture, points) in enumerate(frames(data, budget), start=1)
    ]
    reading = compose(pages, f"image/{_format(data, budget)}")
    if not reading.text.strip():
        raise budget.error(
            "a picture in which no text was found", "if there is some, scan it upright at 200 dpi or more"
        )
    reading.warnings += weak_lines(reading)
    return reading


def frames(data: bytes, budget: Budget) -> Iterator[tuple[Picture, float]]:
    """The pages of a picture file as RGB pixels, each with its points per pixel."""
    budget.costs("scan")
    image = _image(budget)
    try:
        with image.open(io.BytesIO(data)) as source:
            count = int(getattr(source, "n_frames", 1))
            if count > budget.limits.scanned_pages:
                raise budget.error(
                    f"{count} pages, more than the limit of {budget.limits.scanned_pages}",
                    "raise the limit `scanned_pages`",
                )
            for index in range(count):
                budget.check()
                source.seek(index)
                picture = _pixels(source, budget)
                dots = float((source.info.get("dpi") or (0, 0))[0])
                yield picture, 72 / dots if dots >= 90 else A4_WIDTH / picture.shape[1]
    except (image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise budget.error("a damaged picture, or one that was cut short", "get the file again") from error


def _format(data: bytes, budget: Budget) -> str:
    with _image(budget).open(io.BytesIO(data)) as source:
        return str(source.format or "unknown").lower()


def _image(budget: Budget) -> Any:
    try:
        from PIL import Image
    except ImportError as error:
        raise budget.error("a scan, which needs text recognition", INSTALL) from error
    return Image


def _pixels(source: Any, budget: Budget) -> Picture:
    """The frame of an opened picture as RGB, turned as its camera says."""
    import numpy as np
    from PIL import ImageOps

    width, height = source.size
    if width * height > budget.limits.pixels:
        raise budget.error(
            f"a picture of {width} by {height} pixels, more than the limit of {budget.limits.pixels}",
            "raise the limit `pixels` or make it smaller",
        )
    picture: Picture = np.asarray(ImageOps.exif_transpose(source).convert("RGB"))
    return picture


def open_picture(data: bytes, budget: Budget) -> Picture:
    """The bytes of a picture inside a document as RGB pixels."""
    image = _image(budget)
    try:
        with image.open(io.BytesIO(data)) as source:
            return _pixels(source, budget)
    except (image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise budget.error(
            "a page is a picture that is damaged or of a kind that cannot be opened",
            "print it to a PDF",
        ) from error


@cache
def _engine() -> Any:
    """The recognizer, loaded once per process (a second or two)."""
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    from rapidocr import RapidOCR

    return RapidOCR(
        params={"Global.log_level": "error", "Global.use_cls": False, "Global.max_side_len": 2600}
    )


def recognize(
    picture: Any,
    number: int,
    scale: float,
    budget: Budget,
    *,
    shift: tuple[float, float] = (0.0, 0.0),
) -> Page:
    """A page recognized from its ``picture``.

    ``scale`` is points per pixel, ``shift`` where the picture's corner stands on the page.
    Raises ``ReadError`` that names the extra to install when the recognizer is missing.
    """
    budget.costs("scan")
    try:
        import cv2
        import numpy as np

        with _LOCK:
            engine = _engine()
    except ImportError as error:
        raise budget.error(f"page {number} is a scan, which needs text recognition", INSTALL) from error
    height, width = picture.shape[:2]
    page = Page(number, width * scale, height * scale)
    if min(width, height) < LEAST or max(width, height) > LONGEST * min(width, height):
        return page
    factor = WIDTH / width if not 0.8 < width / WIDTH < 1.25 else 1.0
    if factor != 1.0:
        factor = min(factor, (budget.limits.pixels / (width * height)) ** 0.5)
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)
    angle = skew(picture)
    turn = cv2.getRotationMatrix2D((picture.shape[1] / 2, picture.shape[0] / 2), angle, 1.0)
    upright = picture
    if abs(angle) > 0.05:
        upright = cv2.warpAffine(
            picture, turn, (picture.shape[1], picture.shape[0]), flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        )  # fmt: skip
    back = cv2.invertAffineTransform(turn)
    cleared = without_seals(upright, scale / factor)
    with _LOCK:
        result = engine(
            np.ascontiguousarray(cleared[:, :, ::-1]),
            use_cls=False,
            return_word_box=True,
            return_single_char_box=True,
        )
    budget.check()
    points = scale / factor

    def shown(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        corners = np.array([[x0, y0, 1], [x1, y0, 1], [x0, y1, 1], [x1, y1, 1]]) @ back.T
        left, top = corners.min(axis=0) * points
        right, bottom = corners.max(axis=0) * points
        return (
            float(left + shift[0]),
            float(top + shift[1]),
            float(right + shift[0]),
            float(bottom + shift[1]),
        )

    gray = cleared.min(axis=2)
    dark = gray < min(170, int(np.median(gray)) - 40)
    page.segments = drawn_lines(dark, points)
    words = result.word_results or ()
    for index, (box, text, score) in enumerate(
        zip(
            result.boxes if result.boxes is not None else (),
            result.txts or (),
            result.scores or (),
            strict=False,
        )
    ):
        x0, y0 = (float(value) for value in np.min(box, axis=0))
        x1, y1 = (float(value) for value in np.max(box, axis=0))
        # The box has room around the text; where the ink is tells which lines are full.
        left = max(0, int(x0))
        strip = dark[max(0, int(y0 + 4)) : int(y1 - 3), left : int(x1)]
        places = [
            (char, float(np.min(place, axis=0)[0]) - left, float(np.max(place, axis=0)[0]) - left)
            for char, _, place in (words[index] if index < len(words) else ())
        ]
        shrink = 0.08 * (y1 - y0)
        for piece in _pieces(str(text), places, strip, y1 - y0, x1 - x0):
            x0, x1 = piece.x0 + left, piece.x1 + left
            piece.shown = shown(x0, y0, x1, y1)
            piece.x0, piece.x1, piece.confidence = x0 * points, x1 * points, float(score)
            piece.top, piece.bottom = (y0 + shrink) * points, (y1 - shrink) * points
            if piece.edges is not None:
                piece.edges = [(edge + left) * points for edge in piece.edges]
            page.pieces.append(piece)
    return page


def _pieces(text: str, words: Sequence[Place], strip: Any, height: float, width: float) -> list[Piece]:
    """A recognized line as pieces, in pixels from its left end; several where it spans columns.

    ``words`` are its characters where the recognizer guesses them, ``strip`` its ink.
    """
    import numpy as np

    text = matched(full_width(text))
    if not text.strip():
        return []
    ink = strip.any(axis=0)
    columns = np.flatnonzero(ink)
    if not columns.size:
        return [Piece(text, 0.0, 0.0, width, 0.0)]
    first, last = float(columns[0]), float(columns[-1]) + 1
    em = _em(text, last - first, height)
    places = [(char, place[1], place[2]) for place, char in zip(words, text.replace(" ", ""), strict=False)]
    text, places, doubted = settle(text, places, strip, em)
    text, edges = respaced(text, places, ink, em)
    if edges is None:
        return [_piece(text, first, last, em, None, ())]
    pieces = []
    printed = [at for at, char in enumerate(text) if char != " "]
    begin, left = 0, first
    for at, end, start in (*parted(places, ink, em, COLUMN), (len(places) - 1, int(last), 0)):
        one, two = printed[begin], printed[at] + 1
        unsure = tuple(printed[place] - one for place in doubted if begin <= place <= at)
        pieces.append(_piece(text[one:two], left, float(end), em, edges[one + 1 : two], unsure))
        begin, left = at + 1, float(start)
    return pieces


def _piece(
    text: str, left: float, right: float, em: float, inner: list[float] | None, unsure: tuple[int, ...]
) -> Piece:
    """A piece whose ink goes from ``left`` to ``right``; marks at its ends have room beside the ink."""
    left -= 0.5 * em if text[0] in "（《“【〔" else 0.04 * em
    right += 0.55 * em if text[-1] in "，。、；：）》”" else 0.04 * em
    edges = None if inner is None else [left, *(min(max(edge, left), right) for edge in inner), right]
    return Piece(text, left, 0.0, right, 0.0, edges=edges, unsure=unsure)


def _em(text: str, width: float, height: float) -> float:
    """The width of a Chinese character in a line of ``text``, in the units of its box."""
    units = sum(1.0 if char > "\u2e7f" or char in "—…“”□" else 0.5 for char in text)
    return min(width / units, height) if units >= 3 else 0.75 * height


def full_width(text: str) -> str:
    """Half-width marks beside Chinese characters as the full-width ones that were printed."""
    return _MARK.sub(lambda match: _HALF[match[0]], text)


def skew(picture: Picture) -> float:
    """The angle in degrees by which a page must be turned to stand upright, at most 5.

    Upright text has rows of ink and rows of paper: the angle is the one at which the ink of rows
    differs most from row to row.
    """
    import cv2
    import numpy as np

    small = cv2.resize(picture.min(axis=2), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = (small < min(170, int(np.median(small)) - 40)).astype(np.uint8)
    height, width = ink.shape
    ink[: height // 40], ink[-height // 40 :] = 0, 0  # shadows along the edges
    ink[:, : width // 40], ink[:, -width // 40 :] = 0, 0

    def contrast(angle: float) -> float:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        rows = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_NEAREST).sum(axis=1, dtype=np.int64)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    best = 0.0
    for span, step in ((5.0, 0.5), (0.5, 0.1)):
        angles = best + np.arange(-span, span + step / 2, step)
        best = float(max(angles, key=lambda angle: (contrast(float(angle)), -abs(float(angle)))))
    return best if abs(best) >= 0.1 else 0.0


def without_seals(picture: Picture, points: float) -> Picture:
    """The page with round red seals made white, so that black text under them shows.

    Red text (a red head) stays: only red shapes of about the size of a seal (42 mm across for
    bodies of the state, at least 20) and about as wide as high are looked through.
    """
    import cv2
    import numpy as np

    red = picture[:, :, 0].astype(np.int16)
    other = picture[:, :, 1:].max(axis=2).astype(np.int16)
    mask = ((red - other > 40) & (red > 110)).astype(np.uint8)
    if int(mask.sum()) < 400:
        return picture
    millimetre = 72 / 25.4 / points
    kernel = np.ones((max(1, int(3 * millimetre)),) * 2, np.uint8)
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel)
    count, _, stats, _ = cv2.connectedComponentsWithStats(closed)
    cleared = picture
    for index in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[index])
        if not (18 * millimetre < width < 65 * millimetre and 18 * millimetre < height < 65 * millimetre):
            continue
        if not 0.6 < width / height < 1.7:
            continue
        if cleared is picture:
            cleared = picture.copy()
        margin = int(millimetre)
        area = (slice(max(0, y - margin), y + height + margin), slice(max(0, x - margin), x + width + margin))
        channel = picture[area][:, :, 0].astype(np.int32)
        # What is as light in red as the seal's ink is paper; black print under it stays dark.
        seal = int(np.median(channel[mask[area] > 0])) - 30
        light = np.clip((channel - 50) * 255 // max(30, seal - 50), 0, 255).astype(np.uint8)
        cleared[area] = light[:, :, None]
    return cleared


def drawn_lines(dark: Any, points: float) -> list[Segment]:
    """Straight lines of a picture of ink, at least 8 mm long and thin, in points."""
    import cv2
    import numpy as np

    millimetre = 72 / 25.4 / points
    ink = dark.astype(np.uint8)
    found = []
    for across in (True, False):
        length = int((12 if across else 7) * millimetre)
        kernel = np.ones((1, length) if across else (length, 1), np.uint8)
        bridged = cv2.dilate(ink, np.ones((3, 1) if across else (1, 3), np.uint8))
        lines = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, kernel)
        count, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for index in range(1, min(count, 4000)):
            x, y, width, height, _ = (float(value) for value in stats[index])
            thin = height if across else width
            if thin > 2.2 * millimetre:
                continue
            if across:
                middle = (y + height / 2) * points
                found.append(Segment(x * points, middle, (x + width) * points, middle))
            else:
                middle = (x + width / 2) * points
                found.append(Segment(middle, y * points, middle, (y + height) * points))
    return found


def weak_lines(reading: Reading) -> list[Warned]:
    """Warnings on what a scan cannot show: weak lines, lost blanks, marks without their other half.

    A blank at the end of a printed line is not to be seen; between the halves of a theme it means
    something.
    """
    warned = [
        (
            "LOW_CONFIDENCE",
            f"第{box.page}页文字识别把握不大（{box.confidence:.2f}）",
            f"text on page {box.page} was recognized with little confidence ({box.confidence:.2f})",
            box.start,
            box.end,
        )
        for box in reading.boxes
        if box.confidence < WEAK
    ]
    broken = {
        two.start
        for one, two in pairwise(reading.boxes)
        if one.end == two.start and (one.page != two.page or two.bbox[0] < one.bbox[2] - 1)
    }
    inside = {
        place for match in _THEME.finditer(reading.text) for place in range(match.start() + 3, match.end())
    }
    warned += [
        (
            "LOW_CONFIDENCE",
            "主题在行末断开，此处原有空格与否无法从扫描件看出",
            "a line ends inside the theme: a scan does not show whether a blank stood there",
            place - 1,
            place + 1,
        )
        for place in sorted(broken & inside)
    ]
    warned += [
        (
            "LOW_CONFIDENCE",
            "标点不成对，可能漏识或误识一半",
            "a mark without its other half: one of the two may have been lost or misread",
            place,
            place + 1,
        )
        for place in unpaired(reading.text)
        if any(box.start <= place < box.end and box.confidence < 1 for box in reading.boxes)
    ]
    return warned


def unread(pages: list[int]) -> list[Warned]:
    """A warning on pages whose text could not be had at all."""
    listed = "、".join(str(page) for page in pages)
    return [
        (
            "LOW_CONFIDENCE",
            f"第{listed}页的文字无法读出",
            f"the text of page {listed} could not be read",
            0,
            0,
        )
    ]
