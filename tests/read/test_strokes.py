"""Marks that recognizers take for one another: settled by the ink, or named as unsure."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from layouts.scan import FONT
from noticetab.read.layout import compose
from noticetab.read.pieces import Page, Piece
from noticetab.read.scan import weak_lines
from noticetab.read.spacing import parted
from noticetab.read.strokes import UNSURE, Place, matched, settle, unpaired

EM = 44


def drawn(text: str, seen: str) -> tuple[list[Place], np.ndarray]:
    """The ink of ``text``, and places as a recognizer gives them that reads it as ``seen``."""
    font = ImageFont.truetype(FONT, EM)
    picture = Image.new("L", (EM * (len(text) + 1), 2 * EM), 255)
    canvas = ImageDraw.Draw(picture)
    for at, char in enumerate(text):
        canvas.text((at * EM, 10), char, font=font, fill=0)
    step = EM * len(text) / len(seen)
    places = [(char, at * step, (at + 1) * step) for at, char in enumerate(seen)]
    return places, np.asarray(picture) < 128


@pytest.mark.fonts
@pytest.mark.parametrize(
    ("printed", "seen", "read"),
    [
        ("云上——彩虹", "云上—彩虹", "云上——彩虹"),
        ("云上——彩虹", "云上一彩虹", "云上——彩虹"),
        ("云上—彩虹", "云上—彩虹", "云上—彩虹"),
        ("云上一彩虹", "云上一彩虹", "云上一彩虹"),
        ("云上——彩虹", "云上——彩虹", "云上——彩虹"),
        ("第一十条", "第一十条", "第一十条"),
        ("十一士兵", "十一士兵", "十一士兵"),
    ],
)
def test_two_dashes_are_told_from_one_by_their_length(printed: str, seen: str, read: str) -> None:
    places, ink = drawn(printed, seen)
    text, settled, _ = settle(seen, places, ink, EM)
    assert text == read
    assert "".join(place[0] for place in settled) == read
    assert all(left <= right for _, left, right in settled)


@pytest.mark.fonts
def test_an_even_stroke_read_as_a_numeral_is_unsure() -> None:
    places, ink = drawn("共享自然—我是", "共享自然一我是")
    assert settle("共享自然一我是", places, ink, EM)[2] == [4]
    bar = np.zeros((2 * EM, 5 * EM), dtype=bool)  # 一 of Heiti, evenly thick
    bar[40:45, EM + 2 : 2 * EM - 2] = True
    places = [(char, at * EM, (at + 1) * EM) for at, char in enumerate("统一部署")]
    assert settle("统一部署", places, bar, EM)[2] == [1]
    places, ink = drawn("进一步", "进一步")
    assert settle("进一步", places, ink, EM)[2] == []


def test_numbers_of_headings_are_never_unsure() -> None:
    bar = np.zeros((2 * EM, 5 * EM), dtype=bool)
    bar[40:45, 2 : EM - 2] = True
    places = [(char, at * EM, (at + 1) * EM) for at, char in enumerate("一、时间")]
    assert settle("一、时间", places, bar, EM)[2] == []


@pytest.mark.fonts
def test_places_that_do_not_fit_change_nothing() -> None:
    places, ink = drawn("云上—彩虹", "云上—彩虹")
    assert settle("云上—彩虹桥", places, ink, EM) == ("云上—彩虹桥", places, [])


def test_halves_of_brackets_and_dates_come_together() -> None:
    assert matched("历政办字〔2023]16号") == "历政办字〔2023〕16号"
    assert matched("科协发[2023〕 7 号") == "科协发〔2023〕 7 号"
    assert matched("科协发[2023]7号") == "科协发[2023]7号"
    assert matched("5月27日一6月3日，2021年一2035年，9时一11时") == "5月27日—6月3日，2021年—2035年，9时—11时"
    assert matched("第一批10项、统一部署、二〇二一年") == "第一批10项、统一部署、二〇二一年"


def test_marks_without_their_other_half() -> None:
    text = "“走进核科技核’你我同行”\n《通知\n“一”‘二’《三》"
    assert [text[at] for at in unpaired(text)] == ["’", "《"]
    assert unpaired("‘甲“乙”丙’") == []


@pytest.mark.fonts
def test_columns_in_one_recognized_line_are_found() -> None:
    places, ink = drawn("科协　　宣传部", "科协宣传部")
    places = [(char, at * EM, (at + 1) * EM) for char, at in zip("科协宣传部", (0, 1, 4, 5, 6), strict=True)]
    ((index, start, end),) = parted(places, ink.any(axis=0), EM, 1.2)
    assert index == 1
    assert 1.6 * EM < start <= 2 * EM
    assert 4 * EM <= end < 4.4 * EM
    assert parted(places, ink.any(axis=0), EM, 2.5) == []


def test_an_unsure_character_has_a_box_and_a_warning_of_its_own() -> None:
    edges = [80.0 + 16 * at for at in range(8)]
    piece = Piece("复兴·科技报国", 80, 100, 192, 116, 0.98, edges, unsure=(2,))
    reading = compose([Page(1, 595, 842, [piece])], "image/png")
    assert [(box.start, box.end, box.confidence) for box in reading.boxes] == [
        (0, 2, 0.98), (2, 3, UNSURE), (3, 7, 0.98),
    ]  # fmt: skip
    assert reading.boxes[1].bbox == (112, 100, 128, 116)
    assert [(start, end) for _, _, _, start, end in weak_lines(reading)] == [(2, 3)]


def test_an_unsure_character_in_a_theme_is_no_line_end() -> None:
    theme = "主题：云上·科普你我同行。"
    edges = [80.0 + 16 * at for at in range(len(theme) + 1)]
    piece = Piece(theme, 80, 100, edges[-1], 116, 0.98, edges, unsure=(5,))
    reading = compose([Page(1, 595, 842, [piece])], "image/png")
    assert [(start, end) for _, _, _, start, end in weak_lines(reading)] == [(5, 6)]
