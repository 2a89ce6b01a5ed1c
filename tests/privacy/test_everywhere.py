"""A name, numbers, addresses and accounts planted in notices and looked for in all that is written."""

from __future__ import annotations

import contextlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from noticetab.cli import build

NAME = "丁晓禾"
SECRETS = {
    "name": NAME,
    "mobile": "13800001111",
    "a mobile number in no contact row": "13900002222",
    "a number broken over a line": "27121418",
    "e-mail": "kepu2031@",
    "an e-mail in a demand": "shangbao31@",
    "WeChat": "dxh_2031",
    "QQ": "876543210",
    "a former contact": "13700003333",
}
"""What must not be found again, blanks and line breaks aside; each by the kind of place it is planted in."""

NOTICE = """关于举办{year}年云山科普周的通知

各有关单位：
定于{year}年5月20日至26日举办{year}年云山科普周。现将有关事项通知如下：
一、活动安排
（一）科普讲座。时间：{year}年5月21日，地点：市图书馆。
（二）科普展览。时间：{year}年5月22日，地点：市科技馆。
二、工作要求
请各单位于{year}年5月10日前将总结报送邮箱shangbao31@example.com，急事请致电13900002222。
三、联系方式
联系人：丁晓禾，电话：022-2712
1418，{mobile}，邮箱：kepu2031@example.com，微信号：dxh_2031，工作QQ群：876543210。

天津市科学技术协会
{year}年4月8日
"""


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    folder = tmp_path / "notices"
    folder.mkdir()
    write(folder)
    return folder


def write(folder: Path, mobile: str = "13800001111") -> None:
    for year in (2031, 2032):
        # Names of files are told too: by whom a notice was sent, with the number.
        file = folder / f"{year}-{NAME}-13800001111.txt"
        file.write_text(NOTICE.format(year=year, mobile=mobile), "utf-8")


def command(folder: Path, *arguments: object) -> str:
    """What a command says on both channels; exit status 2 is wrong use."""
    environment = {"COLUMNS": "400", "XDG_STATE_HOME": str(folder / "state")}
    with contextlib.chdir(folder):
        done = CliRunner().invoke(build(), list(map(str, arguments)), env=environment)
    assert done.exit_code in (0, 1), done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done.stdout + done.stderr


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """Everything that stands in a file or folder, by name: names, bytes, members of archives, columns."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        yield f"the name of {file.name}", file.name
        if not file.is_file():
            continue
        data = file.read_bytes()
        yield file.name, data.decode("utf-8", "replace")
        yield file.name, data.decode("utf-16-le", "replace")
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                for member in archive.namelist():
                    yield f"{file.name}/{member}", archive.read(member).decode("utf-8", "replace")
        if file.suffix == ".parquet":
            import pyarrow.parquet

            yield file.name, str(pyarrow.parquet.read_table(file).to_pylist())


def found(where: Iterator[tuple[str, str]] | list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Where which secret stands, escaped as JSON does it or not."""
    hits = set()
    for place, text in where:
        plain = "".join(text.split()).replace("\\n", "")
        for kind, secret in SECRETS.items():
            if secret in plain or json.dumps(secret)[1:-1] in plain:
                hits.add((place, kind))
    return hits


def kinds(hits: set[tuple[str, str]]) -> set[str]:
    return {kind for _, kind in hits}


PLANTED = set(SECRETS) - {"a former contact"}


@pytest.mark.parametrize("contacts", ["mask", "drop"])
def test_no_output_of_a_run_shows_them(notices: Path, tmp_path: Path, contacts: str) -> None:
    kept = command(tmp_path, "run", "notices", "-o", "kept")
    assert kinds(found(texts(tmp_path / "kept"))) == PLANTED, "the search finds what is there"
    said = command(tmp_path, "run", "notices", "-o", "out", "--contacts", contacts)
    assert found([*texts(tmp_path / "out"), ("run", said)]) == set()
    assert len(list((tmp_path / "out" / "records").iterdir())) == 2, kept


@pytest.mark.parametrize(
    "words",
    [
        ("extract", "--format", "json"),
        ("extract",),
        ("check",),
        ("check", "--format", "jsonl"),
        ("explain",),
        ("compare", "--html", "out.html", "--xlsx", "out.xlsx"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("contacts", ["mask", "drop"])
def test_no_command_shows_them(notices: Path, tmp_path: Path, words: tuple[str, ...], contacts: str) -> None:
    files = sorted(notices.iterdir())
    given = files[:1] if words[0] == "explain" else files
    said = command(tmp_path, *words, "--contacts", contacts, *(file.relative_to(tmp_path) for file in given))
    written = [text for file in tmp_path.glob("out.*") for text in texts(file)]
    assert found([("said", said), *written]) == set()


@pytest.mark.parametrize("contacts", ["mask", "drop"])
def test_a_failure_does_not_show_them(tmp_path: Path, contacts: str) -> None:
    (tmp_path / "13800001111-kepu2031@example.com.txt").write_bytes(b"")
    (tmp_path / "13900002222.docx").write_bytes(b"PK no archive")
    names = sorted(file.name for file in tmp_path.iterdir())
    for words in (("run", "-o", "out"), ("ingest", "--to", "out.sqlite")):
        said = command(tmp_path, words[0], *names, *words[1:], "--contacts", contacts)
        assert found([(words[0], said)]) == set()
    written = [text for name in ("out", "out.sqlite") for text in texts(tmp_path / name)]
    assert found(written) == set()


FORMATS = {
    "csv": "csv",
    "datapackage": "datapackage",
    "parquet": "parquet",
    "xlsx": "out.xlsx",
    "jsonl": "out.jsonl",
    "ics": "out.ics",
    "jsonld": "out.jsonld",
}


@pytest.mark.parametrize("contacts", ["mask", "drop"])
def test_no_database_and_no_export_shows_them(notices: Path, tmp_path: Path, contacts: str) -> None:
    said = [
        ("ingest", command(tmp_path, "ingest", "-j1", "notices", "--to", "db.sqlite", "--contacts", contacts))
    ]
    again = command(tmp_path, "ingest", "-j1", "notices", "--to", "db.sqlite", "--contacts", contacts)
    assert "purge" not in again and _count(again, "unchanged") == 2, again
    write(notices, "13700003333")
    said.append(
        ("ingest", command(tmp_path, "ingest", "-j1", "notices", "-t", "db.sqlite", "--contacts", contacts))
    )
    said.append(("history", command(tmp_path, "history", "2031年云山科普周", "--from", "db.sqlite")))
    for form, out in FORMATS.items():
        command(tmp_path, "export", "--from", "db.sqlite", "--format", form, "--out", f"exports/{out}")
    assert found([*said, *texts(tmp_path / "db.sqlite"), *texts(tmp_path / "exports")]) == set()


def _count(said: str, result: str) -> int:
    (line,) = [line for line in said.splitlines() if line.strip().startswith(result)]
    return int(line.split()[-1])


@pytest.mark.parametrize("database", ["db.sqlite", "db.duckdb"])
@pytest.mark.parametrize("contacts", ["mask", "drop"])
def test_a_purge_takes_out_what_earlier_runs_stored(
    notices: Path, tmp_path: Path, contacts: str, database: str
) -> None:
    command(tmp_path, "ingest", "-j1", *sorted(notices.iterdir()), "--to", database)
    write(notices, "13700003333")
    kept = command(tmp_path, "ingest", "-j1", "notices", "--to", database)
    assert "purge-contacts" not in kept
    if database.endswith("sqlite"):
        assert kinds(found(texts(tmp_path / database))) == set(SECRETS)
    for more in ((), ("--again",)):
        said = command(tmp_path, "ingest", "-j1", "notices", "--to", database, "--contacts", contacts, *more)
        assert f"purge-contacts sqlite:///{database}" in said or "purge-contacts duckdb" in said, said
    said = command(tmp_path, "purge-contacts", database, "--contacts", contacts)
    assert found([("purge", said)]) == set() and "2 notices" in said
    if database.endswith("sqlite"):  # DuckDB writes over freed blocks when it needs them
        assert found(texts(tmp_path / database)) == set()
    exported = command(tmp_path, "export", "--from", database, "-F", "jsonl", "-o", "out.jsonl")
    history = command(tmp_path, "history", "2031年云山科普周", "--from", database)
    assert found([("history", history), ("export", exported), *texts(tmp_path / "out.jsonl")]) == set()
    after = command(tmp_path, "ingest", "-j1", "notices", "--to", database, "--contacts", contacts)
    assert "purge" not in after and _count(after, "unchanged") == 2, after
    twice = command(tmp_path, "purge-contacts", database, "--contacts", contacts)
    assert "0 versions of 0 notices, 0 changes and 0 paths" in twice


def test_what_is_nobodys_own_stays(tmp_path: Path) -> None:
    text = NOTICE.format(year=2031, mobile="13800001111").replace(
        "急事", "热线12345、400-123-4567，公众号：yunshankepu，预算13812元，编号20310000138000011119，急事"
    )
    (tmp_path / "a.txt").write_text(text, "utf-8")
    said = command(tmp_path, "extract", "a.txt", "--format", "json", "--contacts", "drop")
    for value in ("12345", "400-123-4567", "yunshankepu", "13812元", "20310000138000011119"):
        assert value in said
