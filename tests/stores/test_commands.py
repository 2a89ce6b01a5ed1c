"""The commands ingest, history and export with the real extraction, as people call them."""

import html
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import frictionless
import pytest
from typer.testing import CliRunner

from noticetab import cli, exports

NOTICES = Path(__file__).parents[2] / "corpus" / "notices"
FIRST = NOTICES / "jinan-licheng-2023-science-week.txt"


def call(*arguments, status=0):
    result = CliRunner().invoke(cli.build(), [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result.output


@pytest.fixture(scope="module")
def fed(tmp_path_factory):
    """A database with two files of one notice, then a correction of one of them."""
    folder = tmp_path_factory.mktemp("fed")
    text = FIRST.read_text("utf-8")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(text, "utf-8")
    (folder / "in" / "copy.txt").write_text(text.replace("（", "("), "utf-8")
    database = folder / "a.sqlite"
    assert "new" in call("ingest", folder / "in", "--to", database, "--jobs", 1)
    assert "88023810" in text
    (folder / "in" / "a.txt").write_text(text.replace("88023810", "88029999"), "utf-8")
    call("ingest", folder / "in", "--to", database, "--jobs", 1, "--quiet")
    return database


def test_ingest_recognizes_copy_and_correction(fed):
    with closing(sqlite3.connect(fed)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        runs = connection.execute(
            "SELECT new_count, duplicates, changed, unchanged, status FROM runs ORDER BY started_at"
        )
        assert runs.fetchall() == [(1, 1, 0, 0, "finished"), (0, 0, 1, 1, "finished")]
        counts = [
            connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("notices", "sources", "versions")
        ]
        assert counts == [1, 3, 2]


def test_history_shows_the_corrected_field(fed):
    found = json.loads(call("history", "历城", "--from", fed, "--format", "json"))
    assert [version["reason"] for version in found] == ["first", "changed"]
    changed = {(c["table"], c["field"]) for c in found[1]["changes"]}
    assert ("contacts", "phones") in changed
    shown = call("history", "历城", "--from", fed)
    assert "version 2 (changed)" in shown
    assert "88029999" in shown


@pytest.mark.parametrize("form", exports.FORMATS)
def test_export(fed, form, tmp_path):
    written = [
        Path(line)
        for line in call("export", "--format", form, "--out", tmp_path, "--from", fed).split("\n")
        if line
    ]
    assert written
    assert all(path.stat().st_size for path in written)
    if form == "datapackage":
        report = frictionless.validate(str(tmp_path / "datapackage.json"))
        assert report.valid, report.flatten(["type", "note"])


def test_one_notice_in_four_formats_is_one_notice(tmp_path):
    import docx

    lines = FIRST.read_text("utf-8").splitlines()
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("\n".join(lines), "utf-8")
    (folder / "b.txt").write_text("\n".join(lines), "gb18030")
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    page = (
        f"<html><head><meta charset=utf-8><title>网站</title></head><body><nav>首页</nav>{body}</body></html>"
    )
    (folder / "c.html").write_text(page, "utf-8")
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(folder / "d.docx")
    call("ingest", folder, "--to", tmp_path / "a.sqlite", "--jobs", 1)
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as connection:
        readings = connection.execute("SELECT reading FROM sources ORDER BY path").fetchall()
        assert readings == [("first",), ("duplicate",), ("duplicate",), ("duplicate",)]
        assert connection.execute("SELECT count(*) FROM notices").fetchone() == (1,)


def test_failures_set_the_status_and_say_why(tmp_path):
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    said = call("ingest", tmp_path / "bad.pdf", FIRST, "--to", tmp_path / "a.sqlite", "--jobs", 1, status=1)
    assert "bad.pdf" in said
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM notices").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM failures").fetchone() == (1,)


def test_wrong_use_is_told_in_a_line(tmp_path):
    (tmp_path / "empty").mkdir()
    assert "no files" in call("ingest", tmp_path / "empty", "--to", tmp_path / "a.sqlite", status=2)
    assert "oracle" in call("ingest", FIRST, "--to", "oracle://x/y", status=1)
    assert "no such database" in call("history", "x", "--from", tmp_path / "none.sqlite", status=1)
    assert "no such database" in call(
        "export", "-F", "csv", "-o", tmp_path, "--from", tmp_path / "none.sqlite", status=1
    )


def test_passwords_stay_out_of_the_run_record():
    from noticetab.cli.ingest import _without_password

    assert _without_password("postgresql://me:secret@host/base") == "postgresql://me:***@host/base"
    assert _without_password("notices.sqlite") == "notices.sqlite"


def test_watch_takes_what_arrives_until_it_is_ended(tmp_path):
    folder, database = tmp_path / "in", tmp_path / "a.sqlite"
    folder.mkdir()
    command = [
        sys.executable,
        "-m",
        "noticetab.cli",
        "ingest",
        folder,
        "--to",
        database,
        "--jobs",
        "1",
        "--watch",
    ]
    process = subprocess.Popen([*map(str, command), "--interval", "0.1"], stdout=subprocess.PIPE, text=True)
    try:
        wait_for(database.exists)
        (folder / "a.txt").write_bytes(FIRST.read_bytes())
        wait_for(lambda: count(database) == 1)
    finally:
        os.kill(process.pid, signal.SIGTERM)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "1 files into" in output


def wait_for(condition, seconds=120):
    for _ in range(seconds * 10):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("waited in vain")


def count(database):
    try:
        with closing(sqlite3.connect(database)) as connection:
            return connection.execute("SELECT count(*) FROM notices").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
