"""What the READMEs show is real, and what they tell to type works, line by line."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from excerpts import DOCUMENTS, render
from running import environment, shell

ROOT = Path(__file__).parents[2]
RUN: dict[Path, set[str]] = {}
"""Lines that were already run in a folder: the READMEs share most of them."""
pytestmark = pytest.mark.xdist_group("readme")
READMES = pytest.mark.parametrize("readme", DOCUMENTS, ids=lambda path: path.name)


@READMES
def test_excerpts_are_of_the_outputs(readme: Path) -> None:
    text = readme.read_text("utf-8")
    assert render(text) == text, "run python tests/docs/excerpts.py"


def blocks(readme: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", readme.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    for part in ("pipeline", "rules", "corpus"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@READMES
def test_every_command_works(readme: Path, folder: Path) -> None:
    lines = [line for block in blocks(readme, "sh") for line in block.splitlines() if line.strip()]
    assert len(lines) > 8
    done = RUN.setdefault(folder, set())
    for line in lines:
        if line.startswith("make") or line in done:
            continue
        done.add(line)
        said = shell(line, folder)
        # 1 is what check gives when it finds an error in a notice, and evaluate when something is missing.
        wanted = (0, 1) if line.split()[1] in ("check", "evaluate") else (0,)
        assert said.returncode in wanted, f"{line}\n{said.stdout}{said.stderr}"
        assert "Traceback" not in said.stderr
    assert (folder / "comparison.html").stat().st_size > 10_000
    assert (folder / "notices.xlsx").exists()


def test_the_second_ingest_finds_nothing_new(folder: Path) -> None:
    line = "noticetab ingest corpus/notices --to again.sqlite"
    first, second = shell(line, folder), shell(line, folder)
    assert first.returncode == second.returncode == 0, second.stderr
    numbers = dict(re.findall(r"(\w+)\W+?(\d+)", second.stdout))
    assert numbers.get("new", "0") == "0" and numbers["unchanged"] == "5", second.stdout


@READMES
def test_the_python_example_works(readme: Path, folder: Path) -> None:
    for code in blocks(readme, "python"):
        run = [sys.executable, "-c", code]
        said = subprocess.run(run, cwd=folder, env=environment(folder), capture_output=True, text=True)
        assert said.returncode == 0, said.stderr
        assert "唐山市" in said.stdout


def test_make_run_does_what_the_readme_says() -> None:
    """Without setting anything up again: the stamps are taken for new.

    The tests themselves run under ``make test``: what that make tells its children is none of this one's.
    """
    plan = ["make", "--no-print-directory", "--dry-run", "--old-file=.venv/.core", "run"]
    outer = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")
    apart = {name: value for name, value in os.environ.items() if name not in outer}
    said = subprocess.run(plan, cwd=ROOT, env=apart, capture_output=True, text=True, check=True)
    assert said.stdout.strip().splitlines()[-1].endswith("noticetab run corpus/notices -o outputs")


def test_both_languages_show_the_same() -> None:
    english, chinese = (path.read_text("utf-8") for path in DOCUMENTS)
    assert len(re.findall(r"^## ", english, re.MULTILINE)) == len(re.findall(r"^## ", chinese, re.MULTILINE))
    assert len(re.findall(r"^```", english, re.MULTILINE)) == len(re.findall(r"^```", chinese, re.MULTILINE))
