"""Plain text: which encoding its bytes are in, never wrong silently.

UTF-8, UTF-16 (marked or not), GB18030 (which holds GBK and GB 2312) and Big5 are told apart by
what the decoded text looks like: Chinese writing has a few hundred characters that come again
and again, and a wrong decoding has hardly any of them.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import regex

from noticetab.read.limits import Budget
from noticetab.read.reading import Reading

# The most frequent characters of Chinese official prose, traditional forms beside simplified.
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
    "而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把"
    "性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质"
    "气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活"
    "设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则"
    "任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美"
    "再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元"
    "况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委"
    "素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江"
    "型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严协普讲宣届街镇村园校各"
    "這個為時來們對會發動過說產種後學經進等電裡現實應開還與關線內數樣間當點從業兩體機長總設統條通題黨員"
    "將組見計區強單導務報類離華確節話傳許廣記研際辦習響約團歷構稱準標寫親養專狀識適屬包調縣參紅細聽該鐵價嚴協講屆街鎮園"
)
_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉【】〔〕—…·　「」『』□％～－")
# What shows that UTF-8 was read as something else and saved again: 锟斤拷 is the replacement
# character in GBK; Ã and its like with a continuation byte are UTF-8 read as Latin-1.
_MOJIBAKE = regex.compile(
    r"锟斤拷|烫烫烫|屯屯屯|(?:[\u00c2-\u00ef][\u0080-\u00bf]{1,2}){3,}|(?:[À-ÿ]{2}){4,}"
    r"|(?:[ä-é][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2}){3,}"  # UTF-8 read as Windows-1252
)
_PRIVATE = regex.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_DOUBTFUL = re.compile("[锟烫屯\u00c0-\u00ff\ue000-\uf8ff\U000f0000-\U0010fffd]")
"""What both begin with: few texts have any of it, and a class is searched for fast."""
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

PLAUSIBLE = 0.35
"""Least mean weight of a decoding that is taken; Chinese prose has 0.6 to 0.8."""
MULTIBYTE = 10
"""So many characters of several bytes that are all valid UTF-8 are no chance: it is UTF-8."""
DAMAGE = 0.01
"""Most share of undecodable bytes that is still read (with a warning)."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)


@cache
def _common() -> frozenset[str]:
    """The first-level characters of GB 2312 and Big5: those in common use."""
    codes = [bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)]
    simplified = b"".join(codes).decode("gb2312", errors="ignore")
    lows = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    codes = [bytes((high, low)) for high in range(0xA4, 0xC7) for low in lows]
    return frozenset(simplified + b"".join(codes).decode("big5", errors="ignore"))


def plausibility(text: str) -> float:
    """How much ``text`` looks like Chinese writing: the mean weight of what is not ASCII.

    1 for the most frequent characters and Chinese punctuation, 0.5 for others in common use, 0.1
    for rare ones, -1 for what hardly ever stands in a notice (letters of other scripts, private
    use, replacement characters). A text in ASCII alone has 1.
    """
    weights = 0.0
    count = 0
    for char, times in Counter(text).items():
        if char < "\x80":
            if _CONTROL.match(char) and char != "\x00":
                weights -= 3 * times
                count += times
            continue
        count += times
        if char in _FREQUENT or char in _PUNCTUATION:
            weights += times
        elif char in _common() or "\uff01" <= char <= "\uff5e" or "\u2000" <= char <= "\u27bf":
            weights += 0.5 * times
        elif "\u3400" <= char <= "\u9fff" or "\u3000" <= char <= "\u303f" or char in "\u00a0\ufeff·×÷°±":
            weights += 0.1 * times
        else:
            weights -= times
    return weights / count if count else 1.0


def frequent_share(text: str) -> float:
    """Share of the most frequent characters among the Chinese ones of ``text``; 1 without any.

    Chinese prose has 0.6 to 0.75, a list of names 0.3; a text whose characters were exchanged
    for others has 0.1 at most.
    """
    counted = frequent = 0
    for char, times in Counter(text).items():
        if "\u3400" <= char <= "\u9fff":
            counted += times
            frequent += times * (char in _FREQUENT)
    return frequent / counted if counted else 1.0


def decode(data: bytes, budget: Budget, *, declared: str | None = None) -> tuple[str, str, int]:
    """The text of ``data``, the encoding it is in, and how many characters could not be decoded.

    ``declared`` is what the file says of itself (a page's charset); it is tried first and taken
    only if the text is plausible in it. Raises :class:`ReadError` when no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                text = data.decode(encoding, errors="replace")
            lost = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
            if lost > max(1, DAMAGE * len(text)):
                raise budget.error(f"marked as {encoding} but not in it", "save it again as UTF-8")
            return text.lstrip("\ufeff"), encoding.removesuffix("-sig"), max(0, lost)
    if (seven := _seven_bit(data)) is not None:
        return seven
    utf8 = _utf8(data)
    if utf8 is not None:
        return utf8, "utf-8", 0
    candidates = ["utf-8", "gb18030", "big5hkscs"]
    if len(data) % 2 == 0:
        candidates += ["utf-16-le", "utf-16-be"]
    if declared:
        candidates.insert(0, declared)
    sample = data if len(data) <= 200_000 else data[:200_000]
    best: tuple[float, str] | None = None
    for encoding in candidates:
        score = _score(sample, encoding, cut=len(sample) < len(data))
        # Earlier candidates keep the place unless a later one is clearly better: short texts
        # fit several encodings.
        if score is not None and (best is None or score > best[0] + (0.15 if best[0] > PLAUSIBLE else 0)):
            best = (score, encoding)
    if best is not None and best[0] >= PLAUSIBLE:
        try:
            return data.decode(best[1]), _name(best[1]), 0
        except UnicodeDecodeError:
            pass
    damaged = _damaged(data)
    if damaged is not None:
        return damaged
    raise budget.error(
        "not in UTF-8, UTF-16, GB18030 or Big5, or not a text at all",
        "open it in the program it comes from and save it as UTF-8",
    )


_SEVEN_BIT = ((b"~{", "hz"), (b"+", "utf-7"))
"""What Chinese writing in seven bits begins with (RFC 1843, RFC 2152), and the encoding."""


def _seven_bit(data: bytes) -> tuple[str, str, int] | None:
    """``data`` from an encoding that writes Chinese in ASCII, or None when it is in none of them."""
    if not data.isascii():
        return None
    for mark, encoding in _SEVEN_BIT:
        if data.count(mark) < 2:
            continue
        text = data.decode(encoding, errors="replace")
        lost = text.count("\ufffd")
        written = sum("\u3400" <= char <= "\u9fff" for char in text)
        if written >= MULTIBYTE and lost <= DAMAGE * len(text) and plausibility(text) >= PLAUSIBLE:
            return text, encoding, lost
    return None


def _utf8(data: bytes) -> str | None:
    """``data`` as UTF-8 when there can be no doubt about it: all ASCII, or enough and all valid."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    several = len(text) - len(text.encode("ascii", "ignore"))
    if several >= MULTIBYTE or (several == 0 and "\x00" not in text):
        return text
    return None


def _name(encoding: str) -> str:
    return "big5" if encoding == "big5hkscs" else encoding


def _score(sample: bytes, encoding: str, *, cut: bool) -> float | None:
    """Plausibility of ``sample`` in ``encoding``, None when it does not decode."""
    tries = range(4 if cut else 1)  # a cut sample may end inside a character
    for drop in tries:
        try:
            return plausibility(sample[: len(sample) - drop].decode(encoding))
        except UnicodeDecodeError:
            continue
        except LookupError:
            return None
    return None


def _damaged(data: bytes) -> tuple[str, str, int] | None:
    """The best decoding of a text with a few destroyed bytes, or None."""
    best: tuple[float, str, str, int] | None = None
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        text = data.decode(encoding, errors="replace")
        lost = text.count("\ufffd")
        score = plausibility(text)
        if lost <= max(1, DAMAGE * len(text)) and score > PLAUSIBLE and (best is None or score > best[0]):
            best = (score, text, _name(encoding), lost)
    return None if best is None else best[1:]


def is_binary(data: bytes) -> bool:
    """Whether ``data`` is no text: many control characters in every encoding that fits."""
    head = data[:65536]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    controls = sum(head.count(code) for code in _CONTROL_BYTES)
    if controls <= max(2, len(head) // 100):
        return False
    even = head[: len(head) // 2 * 2]
    scores = [score for code in ("utf-16-le", "utf-16-be") if (score := _score(even, code, cut=True))]
    return not any(score >= PLAUSIBLE for score in scores)


_CONTROL_BYTES = tuple(bytes([code]) for code in (*range(9), *range(14, 27), *range(28, 32), 127))


def doubts(text: str, lost: int) -> list[tuple[str, str, str, int, int]]:
    """Warnings on characters of ``text`` that stand for something else than was written."""
    warnings = []
    first = text.find("\ufffd")
    if first >= 0:
        count = text.count("\ufffd")
        warnings.append(
            (
                "LOW_CONFIDENCE",
                f"有{count}个字符已损坏，无法还原",
                f"{count} characters are destroyed and cannot be restored"
                + (f" ({lost} bytes did not decode)" if lost else ""),
                first,
                text.rfind("\ufffd") + 1,
            )
        )
    for pattern, chinese, english in (
        (_MOJIBAKE, "文字在转码时被破坏（乱码）", "text was garbled by a wrong conversion before"),
        (_PRIVATE, "含有自造字，原字不明", "holds private-use characters whose meaning is unknown"),
    ):
        match = pattern.search(text) if _DOUBTFUL.search(text) else None
        if match:
            warnings.append(("LOW_CONFIDENCE", chinese, english, match.start(), match.end()))
    return warnings


def read_plain(data: bytes, budget: Budget) -> Reading:
    """A text file as a :class:`Reading`; raises ``ReadError`` when it is none."""
    if is_binary(data):
        raise budget.error(
            "not a text, and not a format that is read", "see docs/formats.md for those that are"
        )
    text, encoding, lost = decode(data, budget)
    cut = lost and text.endswith("\ufffd")
    text = text.removesuffix("\ufffd") if cut else text
    if not text.strip("\x00\ufeff\u200b \t\r\n\u3000\xa0"):
        raise budget.error("empty: it holds no text", "get the file again")
    from noticetab.read.markdown import is_markdown, read_markdown

    if is_markdown(text, named=budget.path.suffix.lower() in (".md", ".markdown")):
        reading = read_markdown(text.replace("\r\n", "\n").replace("\r", "\n"), encoding)
    else:
        reading = Reading(text, media_type="text/plain", encoding=encoding)
    text = reading.text
    reading.warnings = doubts(text, lost)
    if cut:  # the last bytes are no character: a file that was cut off, or a stray byte behind its end
        at = len(text.rstrip())
        reading.warnings.append((
            "LOW_CONFIDENCE", "文件在一个字符中间结束，末尾可能不全",
            "the file ends in the middle of a character; its end may be missing", max(0, at - 1), at,
        ))  # fmt: skip
    return reading
