"""What commands print, write and return."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import noticetab
from noticetab.cli.check import position
from noticetab.record import Record
from noticetab.tables import read_csv

pytestmark = pytest.mark.usefixtures("stand_in")
Command = Callable[..., "tuple[int, str, str]"]


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    folder = tmp_path / "notices"
    folder.mkdir()
    (folder / "good.txt").write_text("关于甲的通知\n电话：022-27121418\n", "utf-8")
    (folder / "bad.txt").write_text("!", "utf-8")
    (folder / "defect.txt").write_text("?", "utf-8")
    (folder / "wrong.txt").write_text("关于乙的通知\n  错\n错\n", "utf-8")
    return folder


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_run_writes_tables_and_goes_on_after_a_bad_file(
    command: Command, notices: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    status, _, err = command("run", notices, notices / "missing.txt", "-o", out)
    assert status == 1
    assert "failed: " in err and "bad.txt: damaged" in err and "missing.txt: No such file" in err
    made = files(out)
    assert {"records/good.json", "records/wrong.json", "notices.csv", "failures.csv"} <= made
    assert "notices.sqlite" in made
    assert not any("bad" in name for name in made)
    assert not list(out.glob(".*")), "nothing is left beside"
    failures = (out / "failures.csv").read_text("utf-8-sig")
    assert failures.count("\n") == 4
    (trace,) = (out / "tracebacks").iterdir()
    assert "ZeroDivisionError" in trace.read_text("utf-8")
    assert (out / "notices.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_run_says_what_the_files_held(command: Command, notices: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name in ("good", "wrong"):
        (notices / f"{name} copy.txt").write_bytes((notices / f"{name}.txt").read_bytes())
    (notices / "news.txt").write_text("新闻一则\n", "utf-8")
    said = command("run", notices, "-o", out)[1]
    counts = {}
    for line in said.splitlines():
        if found := re.search(r"(\S.*\S)\s{2,}(\d+)\s*$", line):
            counts[re.split(r"\s{2,}", found[1])[-1].split(" (")[0]] = int(found[2])
    assert counts.pop("read") == 7
    files_of = {name: counts.pop(name) for name in list(counts) if name.startswith("- ")}
    assert files_of == {
        "- a notice": 2,
        "- another copy of one of these": 2,
        "- no notice": 1,
        "- failed": 2,
    }
    assert {name: counts.pop(name) for name in ("error", "warning", "info")} == {
        "error": 1,
        "warning": 0,
        "info": 0,
    }
    assert counts == {f"{name}.csv": len(table) for name, table in read_csv(out).items() if len(table)}


def test_run_replaces_what_an_earlier_run_wrote(command: Command, notices: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command("run", notices, "-o", out, "-q")
    (out / "mine.txt").write_text("a file of the user")
    status, said, err = command("run", notices / "good.txt", "-o", out, "--quiet")
    assert (status, said, err) == (0, "", "")
    assert {name for name in files(out) if name.startswith(("records", "tracebacks"))} == {
        "records/good.json"
    }
    assert (out / "mine.txt").exists()


def test_run_is_the_same_twice(command: Command, notices: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        command("run", notices / "good.txt", "-o", tmp_path / name)
    one, two = tmp_path / "one", tmp_path / "two"
    assert files(one) == files(two)
    for name in files(one) - {"notices.sqlite"}:
        assert (one / name).read_bytes() == (two / name).read_bytes(), name


def test_run_that_is_broken_off_leaves_the_old_results(
    command: Command, notices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    command("run", notices / "good.txt", "-o", out)
    before = {name: (out / name).read_bytes() for name in files(out)}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("noticetab.tables.write_csv", full)
    status, _, err = command("run", notices / "wrong.txt", "-o", out)
    assert status == 1 and "No space left" in err and "Traceback" not in err
    assert {name: (out / name).read_bytes() for name in files(out)} == before


@pytest.mark.parametrize("name", ["run", "extract", "check"])
def test_nothing_to_do_is_wrong_use(command: Command, tmp_path: Path, name: str) -> None:
    assert command(name, tmp_path)[0] == 2
    assert command(name)[0] == 2


def test_extract_json_and_jsonl(command: Command, notices: Path) -> None:
    status, said, _ = command("extract", notices / "good.txt")
    assert status == 0
    assert json.loads(said)["notice"]["title"] == "关于甲的通知"
    status, said, err = command("extract", notices, "--format", "jsonl")
    assert status == 1 and "bad.txt" in err
    assert [json.loads(line)["notice"]["title"] for line in said.splitlines()] == [
        "关于甲的通知",
        "关于乙的通知",
    ]


def test_json_of_a_file_is_one_value_and_says_what_it_left_out(
    command: Command, notices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def two(path: Path, **_: object) -> list[Record]:
        first = noticetab.extract(path)
        return [first, first.model_copy(update={"source": first.source.model_copy(update={"part": 2})})]

    monkeypatch.setattr(noticetab, "extract_all", two)
    path = notices / "good.txt"
    status, said, err = command("extract", path)
    assert status == 0 and json.loads(said)["source"]["part"] == 1
    assert err.count("\n") == 1 and "good.txt: holds 2 documents" in err and "--all" in err
    status, said, err = command("extract", path, "--format", "jsonl")
    assert [json.loads(line)["source"]["part"] for line in said.splitlines()] == [1, 2] and not err
    status, said, err = command("extract", path, "--all")
    assert said.count('"part": ') == 2 and not err


def test_extract_as_tables(command: Command, tmp_path: Path) -> None:
    form = tmp_path / "form.txt"
    form.write_text(
        "关于丙的通知\n表\n活动名称\n\t\n\n活动类别\n□讲座\n\n举办地点\n\t\n参加人数\n人次\n", "utf-8"
    )
    status, said, _ = command("extract", form, "--format", "table")
    assert status == 0
    rows = [
        [cell.strip() for cell in line.split("│")[1:-1]] for line in said.splitlines() if line.startswith("│")
    ]
    assert rows == [
        ["活动名称", "", "", ""],
        ["活动类别", "□讲座  □展览", "", ""],
        ["举办地点", "", "参加人数", "人次"],
    ]


@pytest.mark.parametrize(
    ("contacts", "left"), [("keep", "022-27121418"), ("mask", "022-2712****"), ("drop", "")]
)
def test_contacts_in_every_output(
    command: Command, notices: Path, tmp_path: Path, contacts: str, left: str
) -> None:
    out = tmp_path / contacts
    command("run", notices / "good.txt", "-o", out, "--contacts", contacts)
    written = {name: (out / name).read_bytes().decode("utf-8", "replace") for name in files(out)}
    for form in ("json", "jsonl", "table"):
        written[form] = command("extract", notices / "good.txt", "-f", form, "--contacts", contacts)[1]
    written["explain"] = command("explain", notices / "good.txt", "--contacts", contacts)[1]
    for name, text in written.items():
        assert ("27121418" in text) <= (contacts == "keep"), name
    if left:
        assert left in written["json"] and left in written["contacts.csv"]


def test_check_prints_like_a_linter(command: Command, notices: Path) -> None:
    path = notices / "wrong.txt"
    status, said, _ = command("check", path)
    assert (status, said) == (1, f"{path}:3:1: error DATE_ORDER 日期颠倒\n")
    assert command("check", path, "--language", "en")[1].endswith("DATE_ORDER dates in the wrong order\n")
    row = json.loads(command("check", path, "--format", "jsonl")[1])
    assert (row["line"], row["column"], row["code"]) == (3, 1, "DATE_ORDER")
    assert command("check", notices / "good.txt")[:2] == (0, "")


def test_explain_puts_rows_under_their_line(command: Command, notices: Path) -> None:
    status, said, _ = command("explain", notices / "good.txt")
    assert status == 0
    lines = said.splitlines()
    at = next(i for i, line in enumerate(lines) if line.endswith("│ 关于甲的通知"))
    assert "notice.title: 关于甲的通知  [title.line]" in "".join(lines[at + 1 : at + 3])
    assert "  一、 关于甲的通知" in lines
    assert command("explain", notices / "bad.txt")[0] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "x.txt", "--limit", "minutes=3"),
        ("extract", "x.txt", "--limit", "pages=many"),
        ("extract", "x.txt", "--rules", "no/such/folder"),
        ("extract", "x.txt", "--format", "xml"),
        ("run", "x.txt", "--jobs", "none"),
        ("unheard-of",),
    ],
)
def test_wrong_use_is_status_2_with_a_reason(command: Command, arguments: tuple[str, ...]) -> None:
    status, _, err = command(*arguments)
    assert status == 2
    assert any(part.split("=")[0] in err for part in arguments[-2:]) and "Traceback" not in err


def test_a_defect_of_the_program_shows_its_traceback(command: Command, notices: Path) -> None:
    status, _, err = command("extract", notices / "defect.txt")
    assert status == 1 and "ZeroDivisionError" in err


def test_lines_and_columns_count_from_one() -> None:
    text = "甲乙\n丙\n"
    assert [position(text, i) for i in (0, 1, 3, 5)] == [(1, 1), (1, 2), (2, 1), (3, 1)]


def test_schema_is_that_of_a_record(command: Command) -> None:
    said = json.loads(command("schema")[1])
    assert {"notice", "activities", "findings"} <= set(said["properties"])


def test_schema_of_the_tables_can_be_run(command: Command) -> None:
    import sqlite3

    with sqlite3.connect(":memory:") as connection:
        connection.executescript(command("schema", "--format", "sql")[1])
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    assert {"notices", "activities", "cited_documents"} <= tables
    assert "COMMENT ON" in command("schema", "--format", "sql", "--dialect", "postgresql")[1]
    dictionary = command("schema", "--format", "markdown")[1]
    assert all(f"## {table}" in dictionary for table in tables - {"cited_documents", "alembic_version"})


def test_version(command: Command) -> None:
    from importlib.metadata import version

    assert command("--version")[1].strip() == f"noticetab {version('noticetab')}"
