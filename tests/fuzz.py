"""Seeded fuzz: texts pieced together from official writing and odd characters, and damaged bytes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"
ODD = (
    *"①⑩㊤㈠🄀²½Ⅷ𝟗٣〇零○廿\u0000\u200b\ufeff\u202e\ud800\U0010ffff", "\r\n", "\u2028",
    "\t\t", "　　　", "……", "——",
    "9月31日", "0000年00月00日", "24:61", "第9999999999999999999届", "（（（", "）））",
    "《《《", "“”", "13800000000",
    "a@b", "1．．", "（零）", "序号\t名称\t单位\n", "附件：", "主办单位：", "时间：", "联系人：", "、、、",
    "；；", "每区至少1—0项",
)  # fmt: skip


def texts(count: int, seed: int, changes: int = 8) -> Iterator[str]:
    """``count`` texts: notices of the corpus with up to ``changes`` pieces cut, moved or put in."""
    sources = [path.read_text("utf-8") for path in sorted((CORPUS / "dev" / "texts").glob("*.txt"))]
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        text = chance.choice(sources)
        at = chance.randrange(len(text))
        text = text[at : at + 3000] if chance.random() < 0.5 else text
        for _ in range(chance.randint(1, changes)):
            text = _changed(text, chance, sources)
        yield text


def _changed(text: str, chance: random.Random, sources: list[str]) -> str:
    at = chance.randrange(len(text) + 1)
    end = at + chance.randint(1, 60)
    match chance.randrange(5):
        case 0:
            return text[:at] + chance.choice(ODD) * chance.choice((1, 1, 1, 30)) + text[at:]
        case 1:
            return text[:at] + text[end:]
        case 2:
            return text[:end] + text[at:]
        case 3:
            other = chance.choice(sources)
            begin = chance.randrange(len(other))
            return text[:at] + other[begin : begin + 80] + text[at:]
        case _:
            return text[:at] + text[at:end].replace("\n", chance.choice(("", " ", "\n\n"))) + text[end:]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """``data`` with a few bytes changed, pieces cut out, doubled or zeroed, or its end cut off."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(found))
        end = min(len(found), at + chance.choice((1, 1, 4, 64, 1024)))
        match chance.randrange(5):
            case 0:
                found[at] = chance.randrange(256)
            case 1:
                del found[at:end]
            case 2:
                found[at:at] = found[at:end]
            case 3:
                found[at:end] = bytes(end - at)
            case _:
                found[at:end] = chance.randbytes(end - at)
        if not found:
            return b""
    return bytes(found[: chance.randrange(len(found))] if chance.random() < 0.1 else found)
