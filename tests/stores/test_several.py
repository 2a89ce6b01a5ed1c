"""Files that hold several documents, and programs that read the same file differently."""

from dataclasses import replace

import pytest

from noticetab import stores
from noticetab.batch import Outcome
from noticetab.stores import reading, runs
from noticetab.stores.ingest import Settings
from noticetab.tables.rows import source_id
from stores.fakes import extract, write_notice
from stores.state import broken_references, rows


@pytest.fixture
def several(monkeypatch, tmp_path):
    """Makes every file hold documents 1 to ``n``, in a list that the test may change."""
    held = [1, 2, 3]

    def extract_one(path, options):
        found = []
        for part, number in enumerate(held, 1):
            record = extract(write_notice(tmp_path / "parts" / f"{number}.txt", number))
            record.source.part = part
            found.append(record)
        return Outcome(path, record=found[0], rest=tuple(found[1:]))

    monkeypatch.setattr(reading, "extract_one", extract_one)
    return held


def parts(store):
    kept = [row for row in rows(store.engine, "sources") if row["is_current"]]
    return sorted((row["part"], row["notice_id"]) for row in kept)


def test_each_document_of_a_file_is_a_notice(url, tmp_path, several):
    path = tmp_path / "in" / "all.txt"
    path.parent.mkdir()
    path.write_text("三份公文")
    with stores.open(url) as store:
        summary = store.ingest([path], Settings(jobs=1))
        assert (summary.files, summary.new) == (1, 1)
        assert [part for part, _ in parts(store)] == [1, 2, 3]
        assert len(rows(store.engine, "notices")) == 3
        assert store.ingest([path], Settings(jobs=1)).unchanged == 1
        before = parts(store)
        path.write_text("两份公文")
        several.pop()
        store.ingest([path], Settings(jobs=1))
        assert parts(store) == before[:2], "the third is no longer there"
        assert len(rows(store.engine, "notices")) == 3
        assert broken_references(store.engine) == []


def test_the_source_of_the_first_document_has_the_id_that_files_always_had():
    assert source_id("a.txt", "0" * 64) == source_id("a.txt", "0" * 64, 1)
    assert len({source_id("a.txt", "0" * 64, part) for part in (1, 2, 3)}) == 3


def retitled(path):
    """What another program makes of the file: another title, and one activity less."""
    record = extract(path)
    record.notice.title = f"海滨市科学技术局{record.notice.title}"
    record.activities.pop()
    return record


def test_an_upgrade_keeps_the_id_and_lists_what_it_reads_otherwise(url, tmp_path, monkeypatch):
    path = write_notice(tmp_path / "notice.txt")
    with stores.open(url) as store:
        store.ingest([path], Settings(jobs=1, extract=extract))
        (before,) = rows(store.engine, "notices")
        monkeypatch.setattr(runs, "program", lambda: "noticetab 99.0")
        assert store.ingest([path], Settings(jobs=1, extract=retitled)).stale == 1
        assert store.ingest([path], Settings(jobs=1, extract=retitled, again=True)).changed == 1
        (after,) = rows(store.engine, "notices")
        assert after["notice_id"] == before["notice_id"]
        assert after["title"] != before["title"]
        version = store.history(before["notice_id"])[-1]
        assert (version.reason, version.program) == ("program", "noticetab 99.0")
        assert [(one.table, one.kind, one.field) for one in version.changes] == [
            ("notices", "changed", "title"),
            ("activities", "removed", None),
            ("organizers", "removed", None),
            ("organizers", "removed", None),
        ]
        assert {row["program"] for row in rows(store.engine, "sources")} == {"noticetab 99.0"}
        assert store.ingest([path], Settings(jobs=1, extract=retitled)).stale == 0


def test_an_upgrade_does_not_let_a_poorer_copy_win(url, tmp_path, monkeypatch):
    whole = write_notice(tmp_path / "a.txt")
    poorer = write_notice(tmp_path / "b.txt", pad="打印本页", phones=[])
    with stores.open(url) as store:
        store.ingest([whole, poorer], Settings(jobs=1, extract=extract))
        held = rows(store.engine, "contacts")
        monkeypatch.setattr(runs, "program", lambda: "noticetab 99.0")
        store.ingest([whole, poorer], Settings(jobs=1, extract=retitled, again=True))
        assert rows(store.engine, "contacts") == held
        assert [version.reason for version in store.history("关于举办")] == ["first", "program"]


def test_other_options_of_the_same_program_are_another_reason(tmp_path):
    path = write_notice(tmp_path / "notice.txt")
    with stores.open(tmp_path / "a.sqlite") as store:
        store.ingest([path], Settings(jobs=1, extract=extract))
        store.ingest([path], replace(Settings(jobs=1, extract=retitled), again=True))
        assert store.history("关于举办")[-1].reason == "rebuilt"
