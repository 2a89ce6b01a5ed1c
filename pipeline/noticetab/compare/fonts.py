"""Chinese text in matplotlib plots: a font that has it, or numbers with a key; never squares.

matplotlib draws an empty square for a character that its font lacks. :func:`chinese_font` finds an
installed font that has Chinese; where there is none, :class:`Labels` writes ①, ②, ③ in the plot's
own font as plain numbers and gives the key as text, which the notebook shows in a font of the
browser. No font is shipped: a font of 20,000 characters weighs more than the whole package.
"""

from __future__ import annotations

from collections.abc import Iterable

FAMILIES = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
    "Hiragino Sans GB", "Microsoft YaHei", "SimHei", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
    "Noto Sans CJK JP", "Heiti SC", "STHeiti", "Arial Unicode MS", "Droid Sans Fallback",
)  # fmt: skip
"""Families that are tried first, sans serif with simplified forms before others."""
PROBE = "科普周讲座龥"
"""Characters that a usable font must have."""
NO_CHARACTER = "\U0010fffe"
"""What Unicode says is never a character: a font of placeholders (matplotlib brings "Last Resort"), which
draws a box for every code, has it all the same."""


def chinese_font() -> str | None:
    """The name of an installed font family that has Chinese, else None."""
    return _known() or (_known() if _add_installed() else None)


def _known() -> str | None:
    """The best family that has Chinese, among those in matplotlib's list."""
    from matplotlib import font_manager

    order = {name: i for i, name in enumerate(FAMILIES)}
    fonts = sorted(
        font_manager.fontManager.ttflist,
        key=lambda font: (order.get(font.name, len(order)), font.weight not in ("normal", 400), font.name),
    )
    return next((font.name for font in fonts if _has_chinese(font.fname)), None)


def _add_installed() -> bool:
    """Add fonts with Chinese that were installed after matplotlib wrote its list; whether there are any."""
    from matplotlib import font_manager

    listed = {font.fname for font in font_manager.fontManager.ttflist}
    new = [path for path in font_manager.findSystemFonts() if path not in listed and _has_chinese(path)]
    for path in new:
        font_manager.fontManager.addfont(path)
    return bool(new)


def _has_chinese(path: str) -> bool:
    from matplotlib.ft2font import FT2Font

    try:
        font = FT2Font(path)
        has = [bool(font.get_char_index(ord(character))) for character in PROBE + NO_CHARACTER]
        return all(has[:-1]) and not has[-1]
    except (OSError, RuntimeError):  # a font that cannot be loaded is none
        return False


class Labels:
    """Labels of one plot: Chinese if a font has it, else numbers with a key.

    >>> labels = Labels(font=None)
    >>> labels(["天津", "唐山", "2023"])
    ['(1)', '(2)', '2023']
    >>> labels.key
    {'(1)': '天津', '(2)': '唐山'}
    """

    def __init__(self, font: str | None) -> None:
        self.font = font
        self.key: dict[str, str] = {}

    def __call__(self, texts: Iterable[str]) -> list[str]:
        """The texts as they can be drawn."""
        return [self._drawn(text) for text in texts]

    def _drawn(self, text: str) -> str:
        if self.font or text.isascii():
            return text
        for number, known in self.key.items():
            if known == text:
                return number
        number = f"({len(self.key) + 1})"
        self.key[number] = text
        return number


def set_up() -> Labels:
    """Prepare matplotlib for Chinese and give the labels to draw with."""
    import matplotlib as mpl

    font = chinese_font()
    mpl.rcParams.update(
        {
            "axes.unicode_minus": False,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "figure.dpi": 80,
            "savefig.bbox": "tight",
        }
    )
    if font:
        mpl.rcParams["font.family"] = [font, "DejaVu Sans"]
    return Labels(font)
