"""A file that holds several documents gives a record for each; what made a record stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest

import noticetab
from noticetab import outputs
from noticetab.pipeline import extract_readings
from noticetab.read import Limits, ReadError, Reading, formats, read
from noticetab.record import CONTRACT_VERSION, Record
from noticetab.rules import rulebook
from noticetab.tables import to_tables

NOTICES = [
    f"关于举办第{n}届科普讲座的通知\n\n各区科协：\n定于2031年{n}月5日举办第{n}届科普讲座。\n\n海滨市科学技术协会\n2031年{n}月1日\n"
    for n in (3, 4, 5)
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose text files hold a document after each line of ``===``."""

    def reader(data: bytes, budget: object) -> Reading:
        first, *rest = (Reading(text) for text in data.decode().split("===\n"))
        first.rest = tuple(rest)
        return first

    monkeypatch.setitem(formats.READERS, "text", reader)
    (tmp_path / "all.txt").write_text("===\n".join([*NOTICES, " \n"]), encoding="utf-8")
    (tmp_path / "all-2.txt").write_text(NOTICES[0], encoding="utf-8")
    return tmp_path


def titles(records: list[Record]) -> list[str | None]:
    return [record.notice.title for record in records]


def test_every_document_of_a_file_is_a_record_and_blank_ones_are_none(folder: Path) -> None:
    records = noticetab.extract_all(folder / "all.txt")
    assert titles(records) == [text.split("\n")[0] for text in NOTICES]
    assert [record.source.part for record in records] == [1, 2, 3]
    assert {(r.source.path, r.source.sha256) for r in records} == {("all.txt", records[0].source.sha256)}
    for record, text in zip(records, NOTICES, strict=True):
        alone = noticetab.extract_text(text)
        assert (record.notice, record.activities, record.findings) == (
            alone.notice,
            alone.activities,
            alone.findings,
        )
    sources = to_tables(records)["sources"]
    assert sources["part"].tolist() == [1, 2, 3]
    assert sources["source_id"].nunique() == 3


def test_the_first_alone_says_that_there_are_more(folder: Path) -> None:
    record = noticetab.extract(folder / "all.txt")
    (finding,) = [one for one in record.findings if one.code == "SEVERAL_DOCUMENTS"]
    assert "3" in finding.message and "3" in finding.message_en
    assert not [f for f in noticetab.extract(folder / "all-2.txt").findings if f.code == "SEVERAL_DOCUMENTS"]


def test_limits_count_all_documents(folder: Path) -> None:
    with pytest.raises(ReadError, match=r"all\.txt: \d+ characters, more than the limit of 100"):
        read(folder / "all.txt", limits=Limits(chars=100))


def test_a_run_writes_a_record_for_each(folder: Path, tmp_path: Path) -> None:
    paths = [folder / "all.txt", folder / "all-2.txt"]
    summary = outputs.run(paths, tmp_path / "out", jobs=1)
    written = sorted(path.name for path in (tmp_path / "out" / "records").iterdir())
    assert written == ["all-2-1.json", "all-2.json", "all-3.json", "all.json"]
    assert (summary.files, summary.further, summary.notices, summary.copies) == (2, 2, 3, 1)
    assert summary.rows["sources"] == 4


def test_a_record_says_what_made_it(tmp_path: Path) -> None:
    record = noticetab.extract_text(NOTICES[0])
    assert record.contract_version == CONTRACT_VERSION
    assert record.program == f"noticetab {noticetab.__version__}"
    assert record.rules_hash == rulebook(None).hash
    own = tmp_path / "rules"
    own.mkdir()
    (own / "organizations.toml").write_text('[government.short]\n"邮管局" = "邮政管理局"\n', encoding="utf-8")
    assert noticetab.extract_text(NOTICES[0], rules=own).rules_hash == rulebook(own).hash != record.rules_hash
    assert extract_readings(Reading(NOTICES[0]))[0].rules_hash == record.rules_hash
