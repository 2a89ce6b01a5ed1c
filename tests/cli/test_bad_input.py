"""Bad input with the real extraction: a clear message, nothing else harmed, and the reason written down."""

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD = sorted((ROOT / "corpus" / "notices").glob("*.txt"))[0]
Command = Callable[..., "tuple[int, str, str]"]

BAD = {
    "empty.txt": b"",
    "blank.txt": "  \n\n\u3000\n".encode(),
    "zeros.txt": b"\x00" * 4096,
    "noise.txt": random.Random(1).randbytes(4096),
    "noise.pdf": random.Random(2).randbytes(4096),
    "noise.docx": b"PK\x03\x04" + random.Random(3).randbytes(4096),
    "half.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
    "program.txt": b"\x7fELF" + random.Random(4).randbytes(4096),
}
"""Files from which nothing can be read."""


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_line_on_standard_error(command: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    status, said, err = command("extract", tmp_path / name)
    assert (status, said) == (1, "")
    assert err.startswith("noticetab: ") and name in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("name", ["extract", "explain", "check"])
def test_a_missing_file_is_named(command: Command, tmp_path: Path, name: str) -> None:
    status, said, err = command(name, tmp_path / "missing.txt")
    assert (status, said) == (1, "")
    assert "missing.txt" in err and "No such file" in err


def test_the_rest_of_a_batch_is_done(command: Command, tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name, data in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "notice.txt").write_bytes(GOOD.read_bytes())
    (folder / "news.txt").write_text(
        "本报讯（记者李明）昨日，我市科技周活动圆满落幕，市民纷纷表示收获很大。\n", "utf-8"
    )
    assert command("run", folder, folder / "missing.txt", "-o", out, "--jobs", "2")[0] == 1
    with (out / "failures.csv").open(encoding="utf-8-sig", newline="") as file:
        failures = {Path(row["path"]).name: row for row in csv.DictReader(file)}
    assert set(failures) == {*BAD, "missing.txt"}
    assert all(row["kind"] == "unreadable" and row["error"] for row in failures.values())
    assert {path.name for path in (out / "records").iterdir()} == {"notice.json", "news.json"}
    news = json.loads((out / "records" / "news.json").read_text("utf-8"))
    assert news["notice"]["is_notice"] is False
    assert [finding["code"] for finding in news["findings"]] == ["NOT_A_NOTICE"]
    assert not (out / "tracebacks").exists(), "no bad file is a defect of the program"


@pytest.mark.slow
def test_one_line_of_five_million_characters(command: Command, tmp_path: Path) -> None:
    """Above the limit it is refused by name; with the limit raised it is read and finishes."""
    line = tmp_path / "line.txt"
    line.write_text("关于举办科技周的通知，各区科协：请于5月10日前报送。" * 200_000, "utf-8")
    status, _, err = command("extract", line)
    assert status == 1 and "characters" in err and "chars" in err
    status, said, err = command("extract", line, "--limit", "chars=9000000", "--format", "jsonl")
    assert status == 0, err
    record = json.loads(said)
    assert record["source"]["chars"] >= 5_000_000
    assert "Traceback" not in err


def test_a_rules_file_with_a_mistake_is_named_with_its_line(command: Command, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "labels.toml").write_text("[fields]\ntime = ['时间']\n[unknown]\nx = 1\n", "utf-8")
    status, said, err = command("extract", GOOD, "--rules", rules)
    assert (status, said) == (1, "")
    assert "labels.toml:3" in err and "unknown" in err and "Traceback" not in err
    assert command("extract", GOOD)[0] == 0, "the shipped rules are in force again"
