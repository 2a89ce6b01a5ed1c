"""The worked examples of CONTRIBUTING.md, executed in a copy of the repository."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from running import environment, shell

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "CONTRIBUTING.md"


class Block(NamedTuple):
    """A fenced block: its language, the file it is to be written to, and its text."""

    language: str
    title: str
    text: str


def chapters() -> Iterator[tuple[str, list[Block]]]:
    for chapter in re.split(r"^## ", DOCUMENT.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        found = re.findall(r"^```(\w+)(?: title=(\S+))?\n(.*?)^```$", chapter, re.MULTILINE | re.DOTALL)
        yield (
            chapter.split("\n")[0],
            [Block(language, title or None, text) for language, title, text in found],
        )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for part in ("pipeline", "rules", "corpus"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def patch(copy: Path, text: str) -> None:
    """Apply a diff whose hunk stands, with its unchanged lines, exactly once in the file."""
    head, *lines = text.splitlines()
    file = copy / head.removeprefix("--- ")
    old = "\n".join(line[1:] for line in lines if line[0] in " -")
    new = "\n".join(line[1:] for line in lines if line[0] in " +")
    before = file.read_text("utf-8")
    assert f"\n{before}".count(f"\n{old}") == 1, (
        f"CONTRIBUTING.md: {file.name} no longer has just one of\n{old}"
    )
    file.write_text(f"\n{before}".replace(f"\n{old}", f"\n{new}")[1:], "utf-8")


@pytest.mark.parametrize(("title", "blocks"), chapters(), ids=[title for title, _ in chapters()])
def test_the_example_does_what_it_says(title: str, blocks: list[Block], copy: Path) -> None:
    assert blocks, f"{title} has no example"
    for block in blocks:
        if block.title:
            (copy / block.title).parent.mkdir(parents=True, exist_ok=True)
            (copy / block.title).write_text(block.text, "utf-8")
        elif block.language == "diff":
            patch(copy, block.text)
        elif block.language == "python":
            run = [sys.executable, "-c", block.text]
            said = subprocess.run(run, cwd=copy, env=environment(copy), capture_output=True, text=True)
            assert said.returncode == 0, said.stderr
        else:
            for line in block.text.splitlines():
                said = shell(line, copy)
                assert said.returncode == 0, said.stdout + said.stderr
