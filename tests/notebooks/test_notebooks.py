from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest

from noticetab.compare.fonts import Labels, chinese_font

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
FILES = sorted(NOTEBOOKS.glob("*.ipynb"))


def outputs(path):
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        yield from cell.get("outputs", [])


def test_both_notebooks_are_there():
    assert [path.name for path in FILES] == ["three_cities.ipynb", "tianjin_2022_2024.ipynb"]


def test_notebooks_run():
    # A character without a glyph is an error in them, so squares fail here too.
    command = [sys.executable, "-m", "pytest", "--nbmake", "-q", "-p", "no:cacheprovider", str(NOTEBOOKS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_committed_outputs_are_small_and_clean(path):
    assert path.stat().st_size < 100_000
    found = list(outputs(path))
    assert found
    assert not [one for one in found if one["output_type"] == "error"]
    assert not [one for one in found if one.get("name") == "stderr"]
    assert any("image/png" in one.get("data", {}) for one in found)
    for one in found:
        if "image/png" in one.get("data", {}):
            assert len(base64.b64decode(one["data"]["image/png"])) < 40_000


@pytest.mark.fonts
def test_the_font_found_has_chinese():
    name = chinese_font()
    assert name is not None
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    wanted = font_manager.FontProperties(family=[name])  # a bare name is read as a pattern: - : parts it
    font = FT2Font(font_manager.findfont(wanted, fallback_to_default=False))
    assert all(font.get_char_index(ord(character)) for character in "天津市科普日讲座")


def without_fonts(monkeypatch):
    """As on a machine that has the fonts of matplotlib alone."""
    from matplotlib import font_manager, get_data_path

    own = [
        font for font in font_manager.fontManager.ttflist if Path(get_data_path()) in Path(font.fname).parents
    ]
    assert own
    monkeypatch.setattr(font_manager.fontManager, "ttflist", own)
    monkeypatch.setattr(font_manager, "findSystemFonts", list)


@pytest.mark.fonts
def test_a_font_that_was_installed_later_is_found(monkeypatch):
    from matplotlib import font_manager

    installed = font_manager.findSystemFonts()
    without_fonts(monkeypatch)
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: installed)
    assert chinese_font() is not None


def test_without_a_font_labels_are_numbers_with_a_key(monkeypatch):
    without_fonts(monkeypatch)
    assert chinese_font() is None
    labels = Labels(None)
    assert labels(["天津", "2023", "唐山"]) == ["(1)", "2023", "(2)"]
    assert labels(["唐山", "济南"]) == ["(2)", "(3)"]
    assert labels.key == {"(1)": "天津", "(2)": "唐山", "(3)": "济南"}
    assert all(text.isascii() for text in labels(["天津", "河北"]))


def test_with_a_font_labels_stay():
    labels = Labels("Some Font")
    assert labels(["天津"]) == ["天津"]
    assert labels.key == {}
