"""Numbers as notices print them: Arabic, full-width, Chinese, and mixtures (二00七, 二OO五)."""

from __future__ import annotations

ZEROS = "〇○◯零ＯOοΟОo"
"""Signs that stand for zero in a Chinese year (GB/T 15835-2011, 5.2.2: 〇), with the look-alikes of print."""

_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")}
_DIGITS |= dict.fromkeys(ZEROS, "0") | {"两": "2", "元": "1"}


def number(text: str) -> int:
    """The value of a number of days, months or hours: 5, ２０, 二十三, 三十, 廿三, 元.

    A line break within the digits counts for nothing. Raises ValueError for anything else.
    """
    if text.isdecimal():
        return int(text)
    text = "".join(text.split())
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.partition("十")
    if not ten:
        tens, ones = "", text
    value = (int(_digits(tens)) if tens else 1) * 10 if ten else 0
    return value + (int(_digits(ones)) if ones else 0)


def year(text: str) -> int:
    """The value of a year read digit by digit: 2023, 二〇二三, 二00七. Raises ValueError else."""
    return int(_digits("".join(text.split())))


def _digits(text: str) -> str:
    return "".join(_DIGITS.get(char, char) for char in text)
