"""Numbers as list formats of ECMA-376 (17.18.59 ST_NumberFormat) and of web pages write them."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_UNITS = (("", "十", "百", "千"), ("", "拾", "佰", "仟"))


def chinese(number: int, *, legal: bool = False) -> str:
    """``number`` in Chinese counting: 12 is 十二, 105 一百零五; ``legal`` gives 壹拾贰."""
    digits, units = (_LEGAL, _UNITS[1]) if legal else (_DIGITS.replace("〇", "零"), _UNITS[0])
    if number <= 0:
        return digits[0] if number == 0 else str(number)
    if number >= 10000:
        head = chinese(number // 10000, legal=legal) + "万"
        rest = number % 10000
        gap = digits[0] if rest and rest < 1000 else ""
        return head + (gap + chinese(rest, legal=legal) if rest else "")
    written = ""
    zero = False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            written += (digits[0] if zero and written else "") + digits[digit] + units[power]
            zero = False
        else:
            zero = True
    if not legal and 10 <= number < 20:
        written = written[1:]
    return written


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _from(first: str, last: int, otherwise: Callable[[int], str] = str) -> Callable[[int], str]:
    """A run of characters from ``first`` for 1 to ``last``."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= last else otherwise(number)


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else str(number)


def _circled(number: int) -> str:
    if 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    return str(number)


def _letters(number: int) -> str:
    """A to Z, then AA, BB … as Word counts."""
    if number < 1:
        return str(number)
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        written += sign * (number // value)
        number %= value
    return written


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from("⒈", 20, lambda number: f"{number}."),
    "decimalEnclosedParen": _from("⑴", 20, lambda number: f"({number})"),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "chineseLegalSimplified": lambda number: chinese(number, legal=True),
    "japaneseCounting": chinese,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "taiwaneseDigital": _digital,
    "ideographDigital": _digital,
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _from("㊀", 10, chinese),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "none": lambda _number: "",
    "bullet": lambda _number: "",
}


def numeral(number: int, style: str) -> str:
    """``number`` in the list format ``style`` (a name of ST_NumberFormat); unknown ones in digits."""
    return _FORMATS.get(style, str)(number)
