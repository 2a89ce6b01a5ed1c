"""Pictures of pages with the boxes of rows on them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from layouts.ofd import package, text_object
from noticetab.read import ReadError, read
from noticetab.read.picture import DOTS, draw
from noticetab.record import Evidence, Theme

from .test_pdf import LEFT, put
from .test_pdf import draw as draw_pdf


def rows(path: Path, text: str) -> list[tuple[str, Theme]]:
    reading = read(path)
    start = reading.text.index(text)
    box = next(box for box in reading.boxes if box.start <= start < box.end)
    evidence = Evidence(start=start, end=start + len(text), page=box.page, bbox=box.bbox)
    return [("themes", Theme(role="主题", text=text, evidence=evidence))]


def test_the_box_is_drawn_around_the_words(tmp_path: Path) -> None:
    path = tmp_path / "notice.pdf"
    path.write_bytes(
        draw_pdf(lambda canvas: put(canvas, (LEFT, 700, "一、活动主题"), (LEFT, 600, "走近科学")))
    )
    (row,) = rows(path, "走近科学")
    written = draw(path, [row], tmp_path / "pages")
    assert written == [tmp_path / "pages" / "page-001.png"]
    pixels = np.asarray(Image.open(written[0]).convert("RGB")).astype(int)
    coloured = (pixels[:, :, 0] - pixels[:, :, 2]) > 150
    ys, xs = np.nonzero(coloured)
    assert row[1].evidence.bbox is not None
    x0, _, _, bottom = (value * DOTS / 72 for value in row[1].evidence.bbox)
    assert xs.min() == pytest.approx(x0, abs=4)
    assert ys.max() == pytest.approx(bottom, abs=4)
    assert list(tmp_path.glob("pages/*.part")) == []


def test_ofd_pages_and_files_without_pages(tmp_path: Path) -> None:
    path = tmp_path / "notice.ofd"
    path.write_bytes(package([text_object("走近科学", 28, 80, 5.6)] * 2))
    assert len(draw(path, rows(path, "走近科学"), tmp_path / "pages")) == 2
    text = tmp_path / "notice.txt"
    text.write_text("各有关单位：", encoding="utf-8")
    with pytest.raises(ReadError, match="without pages"):
        draw(text, [], tmp_path / "none")
    assert not (tmp_path / "none").exists()
