"""A page as an office scanner gives it: 200 dpi, a little turned, noise, a red seal."""

from __future__ import annotations

import io
import math

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DOTS = 200
FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"


def scan_pages(
    pdf: bytes, *, angle: float = 0.8, seed: int = 7, pages: list[int] | None = None
) -> list[Image.Image]:
    """The pages of a PDF as scanned pictures; the last one has a seal over its lowest right text."""
    document = pdfium.PdfDocument(pdf)
    random = np.random.default_rng(seed)
    wanted = list(range(len(document))) if pages is None else pages
    pictures = []
    for place, index in enumerate(wanted):
        picture = document[index].render(scale=DOTS / 72).to_pil().convert("RGB")
        if place == len(wanted) - 1:
            picture = _sealed(picture)
        turned = picture.rotate(
            angle if place % 2 else -angle, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255)
        )
        blurred = turned.filter(ImageFilter.GaussianBlur(0.7))
        pixels = np.asarray(blurred, dtype=np.int16) * 0.93 + random.normal(
            0, 9, (blurred.height, blurred.width, 1)
        )
        pictures.append(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)))
    return pictures


def scan_pdf(pdf: bytes, **options: object) -> bytes:
    """The scanned pages as a PDF of JPEG pictures, as copiers write it."""
    pictures = scan_pages(pdf, **options)  # type: ignore[arg-type]
    stream = io.BytesIO()
    pictures[0].save(
        stream, format="PDF", save_all=True, append_images=pictures[1:], resolution=DOTS, quality=80
    )
    return stream.getvalue()


def _sealed(picture: Image.Image) -> Image.Image:
    """A round seal of 42 mm with a star and a name in a circle, over the lowest right text."""
    dark = np.asarray(picture.convert("L")) < 120
    dark[int(0.9 * picture.height) :] = False  # page numbers
    rows = np.flatnonzero(dark[:, picture.width // 2 :].any(axis=1))
    centre_y = int(rows[-1]) - 40 if rows.size else picture.height // 2
    size = int(42 / 25.4 * DOTS)
    seal = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    canvas = ImageDraw.Draw(seal)
    red = (222, 40, 40, 235)
    canvas.ellipse((4, 4, size - 4, size - 4), outline=red, width=10)
    middle = size / 2
    star = [
        (middle + radius * math.sin(turn * math.pi / 5), middle - radius * math.cos(turn * math.pi / 5))
        for turn, radius in ((turn, 48 if turn % 2 == 0 else 20) for turn in range(10))
    ]
    canvas.polygon(star, fill=red)
    font = ImageFont.truetype(FONT, 34)
    for at, char in enumerate("云山市科学技术协会"):
        turn = math.radians(-120 + 30 * at)
        letter = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
        ImageDraw.Draw(letter).text((8, 0), char, font=font, fill=red)
        letter = letter.rotate(-math.degrees(turn), Image.Resampling.BICUBIC)
        x = middle + 0.36 * size * math.sin(turn) - 25
        y = middle - 0.36 * size * math.cos(turn) - 25
        seal.alpha_composite(letter, (int(x), int(y)))
    page = picture.convert("RGBA")
    corner = (int(picture.width * 0.68 - size / 2), max(0, centre_y - size // 2))
    # A stamp's ink lets what is printed below it through.
    below = page.crop((*corner, corner[0] + size, corner[1] + size))
    mixed = Image.alpha_composite(below, seal)
    darkest = Image.fromarray(np.minimum(np.asarray(mixed), np.asarray(below)))
    page.paste(darkest, corner)
    return page.convert("RGB")
