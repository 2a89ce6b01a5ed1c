"""A short, seeded form of ``benchmarks/untrusted.py``: no text and no damaged file raises anything."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from fuzz import mutated, texts
from layouts.blocks import NAMES, load
from layouts.ofd import package, text_object
from layouts.word import write_docx
from noticetab import extract_text
from noticetab.batch import Options, extract_one


def test_fuzzed_texts_give_a_record_or_a_line(tmp_path: Path) -> None:
    for number, text in enumerate(texts(60, seed=3)):
        path = tmp_path / f"{number}.txt"
        path.write_text(text, "utf-8", errors="surrogatepass")
        outcome = extract_one(path, Options())
        assert not outcome.traceback, (number, outcome.traceback)


@pytest.mark.parametrize("ending", ["docx", "ofd", "html"])
def test_damaged_files_give_a_record_or_a_line(tmp_path: Path, ending: str) -> None:
    sound = {
        "docx": lambda: write_docx(load(NAMES[0]), tmp_path / "sound.docx").read_bytes(),
        "ofd": lambda: package([text_object("各有关单位：", 28, 80, 5.6)]),
        "html": lambda: ("<html><body>" + "<p>各有关单位：</p><table><tr><td>1</table>" * 20).encode(),
    }[ending]()
    for number in range(40):
        path = tmp_path / f"{number}.{ending}"
        path.write_bytes(mutated(sound, random.Random(number)))
        outcome = extract_one(path, Options())
        assert not outcome.traceback, (number, outcome.traceback)


def test_the_seed_decides() -> None:
    assert list(texts(5, seed=1)) == list(texts(5, seed=1)) != list(texts(5, seed=2))


def test_a_lone_surrogate_in_memory_is_a_character_like_others() -> None:
    text = "关于举办讲座的通知\n\n各区科协：\n主办单位：海滨市科\ud800学技术协会\n\n海滨市科学技术协会\n"
    names = [organizer.raw for organizer in extract_text(text).organizers]
    assert names and not any("\ud800" in name for name in names)
