"""Old office files through LibreOffice: the same text, honest failures, several at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from layouts.blocks import NAMES, load, squeeze
from noticetab.read import Limits, ReadError, Reading, read, read_bytes, read_many
from noticetab.read import office as office_module
from noticetab.read.limits import Budget

from .conftest import Office

pytestmark = pytest.mark.office


def lines(text: str) -> list[str]:
    return [squeeze(line) for line in text.split("\n") if line.strip()]


def test_many_at_once_and_a_corrupt_one_among_them(office: Office, tmp_path: Path) -> None:
    corrupt = tmp_path / "corrupt.doc"
    corrupt.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 5000)
    wps = tmp_path / "notice.wps"
    shutil.copy(office.file(NAMES[0], "doc"), wps)
    text = tmp_path / "notice.txt"
    text.write_text(load(NAMES[0]).text, encoding="utf-8")
    paths = [corrupt, wps, text, *(office.file(name, "doc") for name in NAMES), tmp_path / "none.doc"]
    results = list(read_many(paths))
    assert [path for path, _ in results] == paths
    outcomes = [outcome for _, outcome in results]
    assert isinstance(outcomes[0], ReadError)
    assert isinstance(outcomes[-1], ReadError)
    for outcome, name in zip(outcomes[1:-1], [NAMES[0], NAMES[0], *NAMES], strict=True):
        assert isinstance(outcome, Reading)
        assert lines(outcome.text) == lines(load(name).text)
    first = outcomes[1]
    assert isinstance(first, Reading)
    assert first.media_type == "application/msword"
    assert first.path == str(wps)


def test_rich_text() -> None:
    body = "".join(f"\\u{ord(char)}?" for char in "各有关单位：")
    reading = read_bytes(b"{\\rtf1\\ansi " + body.encode() + b"\\par}")
    assert reading.text.strip() == "各有关单位："
    assert reading.media_type == "application/rtf"


def test_a_truncated_document_is_never_taken_for_text(office: Office) -> None:
    data = office.file(NAMES[0], "doc").read_bytes()
    for share in (0.3, 0.7):
        try:
            reading = read_bytes(data[: int(share * len(data))])
        except ReadError as error:
            assert "\n" not in str(error)
        else:
            assert set(lines(reading.text)) <= set(lines(load(NAMES[0]).text))


def test_without_libreoffice_the_error_says_what_to_install(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_module, "program", lambda: None)
    with pytest.raises(ReadError, match="libreoffice-writer-nogui"):
        read(office.file(NAMES[0], "doc"))


def test_out_of_time_is_an_error_and_leaves_nothing_behind(office: Office) -> None:
    with pytest.raises(ReadError, match="time"):
        read(office.file(NAMES[0], "doc"), limits=Limits(office_seconds=0.05))
    budget = Budget(Path("x"), Limits())
    assert office_module.convert_many([]) == []
    assert budget.left() > 0
