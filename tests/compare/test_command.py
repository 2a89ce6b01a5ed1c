from __future__ import annotations

from openpyxl import load_workbook
from typer.testing import CliRunner

from noticetab import stores
from noticetab.cli import build

from .samples import NOTICES

TWO = [str(NOTICES / "tianjin-2024-science-day.txt"), str(NOTICES / "tangshan-2023-science-day.txt")]


def run(*arguments):
    return CliRunner().invoke(build(), ["compare", *map(str, arguments)])


def test_files_to_table_page_and_workbook(tmp_path):
    page, book = tmp_path / "a.html", tmp_path / "a.xlsx"
    result = run(*TWO, "--html", page, "--xlsx", book)
    assert result.exit_code == 0
    assert "学会科普联合行动" in result.stdout
    assert "唐山 2023" in page.read_text("utf-8")
    assert load_workbook(book).sheetnames


def test_english(tmp_path):
    result = run(*TWO, "--language", "en", "--html", tmp_path / "a.html")
    assert "Theme" in result.stdout
    assert '<html lang="en">' in (tmp_path / "a.html").read_text("utf-8")


def test_a_missing_file_is_named_and_the_others_are_compared(tmp_path):
    result = run(*TWO, tmp_path / "missing.txt", "--quiet", "--html", tmp_path / "a.html")
    assert result.exit_code == 1
    assert "missing.txt" in result.stderr
    assert (tmp_path / "a.html").exists()


def test_one_notice_is_no_comparison():
    result = run(TWO[0])
    assert result.exit_code == 1
    assert "at least two" in result.stderr


def test_wrong_use_is_told():
    assert run().exit_code == 2
    assert run(*TWO, "--where", "year=2023").exit_code == 2
    assert run(*TWO, "--db", "x.sqlite").exit_code == 2


def test_notices_of_a_database(tmp_path):
    database = tmp_path / "n.sqlite"
    with stores.open(database) as store:
        store.ingest([NOTICES])
    before = database.read_bytes()
    result = run("--db", f"sqlite:///{database}", "--where", "year=2023", "--by", "region")
    assert result.exit_code == 0
    assert "唐山市" in result.stdout
    assert "天津 2022" not in result.stdout
    assert database.read_bytes() == before
    assert run("--db", database, "--where", "drop table notices").exit_code == 2
    assert run("--db", tmp_path / "none.sqlite").exit_code == 1


def test_personal_data_can_be_masked(tmp_path):
    page = tmp_path / "a.html"
    run(*TWO, "--contacts", "drop", "--quiet", "--html", page)
    assert "27128948" not in page.read_text("utf-8")


def test_a_missing_extra_is_told(monkeypatch):
    monkeypatch.setattr("noticetab.cli.compare.NEEDED", ("no_such_package",))
    result = run(*TWO)
    assert result.exit_code == 1
    assert "noticetab[compare]" in result.stderr
