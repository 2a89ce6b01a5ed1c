"""What the command says when something is wrong: which file, what is wrong, what to do."""

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD = sorted((ROOT / "corpus" / "notices").glob("*.txt"))[0]
NEWS = "本报讯（记者李明）昨日，我市科技周活动圆满落幕，市民纷纷表示收获很大。\n"
Command = Callable[..., "tuple[int, str, str]"]


@pytest.mark.parametrize("name", ["extract", "check", "explain"])
def test_addresses_are_not_fetched(command: Command, name: str) -> None:
    status, said, err = command(name, "https://example.org/notice.html")
    assert (status, said) == (1, "")
    assert "addresses are not fetched; save the page or file" in err


def test_an_address_among_the_files_of_a_store(command: Command, tmp_path: Path) -> None:
    status, _, err = command("ingest", "https://example.org/notice.html", "--to", tmp_path / "a.sqlite")
    assert status == 1
    assert "addresses are not fetched" in err


@pytest.mark.parametrize("name", ["extract", "check", "explain"])
def test_a_text_that_is_no_notice_says_so(command: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / "news.txt").write_text(NEWS, "utf-8")
    status, _, err = command(name, tmp_path / "news.txt")
    assert status == 0
    assert err.count("\n") == 1
    assert "news.txt: reads like no official notice" in err
    assert command(name, GOOD)[2] == ""


def test_a_file_where_a_folder_is_needed(command: Command, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", "utf-8")
    status, _, err = command("run", "-q", GOOD, "-o", tmp_path / "out")
    assert status == 1
    assert err == (
        f"noticetab: {tmp_path / 'out'}: File exists; a file of this name is in the way; "
        "give another folder\n"
    )
    assert (tmp_path / "out").read_text("utf-8") == "mine"


def test_a_misspelt_path_leaves_earlier_results(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert command("run", "-q", GOOD, "-o", out)[0] == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    status, _, err = command("run", "-q", tmp_path / "typo.txt", "-o", out)
    assert status == 1
    assert "typo.txt" in err and "results of an earlier run stay" in err
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert command("run", "-q", tmp_path / "typo.txt", "-o", tmp_path / "new")[0] == 1
    assert "typo.txt" in (tmp_path / "new" / "failures.csv").read_text("utf-8")


@pytest.fixture
def latin(tmp_path: Path) -> Path:
    """A folder with a notice and a damaged file whose names are GBK, as old archives unpack them."""
    folder = tmp_path / "in"
    folder.mkdir()
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/\xd7\xca\xc1\xcf.txt")).write_bytes(GOOD.read_bytes())
    except OSError:
        pytest.skip("this file system takes names in UTF-8 alone")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xbb\xb5.pdf")).write_bytes(b"%PDF-1.7 nothing")
    return folder


def test_names_that_are_no_utf8_stop_nothing(command: Command, latin: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert command("run", "-q", latin, "-o", out)[0] == 1  # the damaged file
    database = sqlite3.connect(out / "notices.sqlite")
    assert database.execute("SELECT path FROM sources").fetchall() == [(f"{latin}/\\xd7\\xca\\xc1\\xcf.txt",)]
    assert database.execute("SELECT path FROM failures").fetchall() == [(f"{latin}/\\xbb\\xb5.pdf",)]
    (record,) = (out / "records").iterdir()
    assert json.loads(record.read_text("utf-8"))["notice"]["title"]
    notice = next(path for path in latin.iterdir() if path.suffix == ".txt")
    for name in ("extract", "explain", "check"):
        assert command(name, notice)[0] in (0, 1)
    assert json.loads(command("extract", notice)[1])["source"]["path"].endswith("\\xd7\\xca\\xc1\\xcf.txt")
