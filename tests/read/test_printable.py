"""Halves of characters: no text that comes from us holds one, so that everything can be written."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import noticetab
from noticetab.normalize.registry import org_id
from noticetab.printable import shown_path, without_surrogates
from noticetab.read import read_bytes, read_text
from noticetab.tables import Failure

NOTICE = """云山市科学技术局关于举办2031年科技周的通知

各区科技局：
定于2031年5月20日举办2031年科技周。
主办单位：云山市科技{}局
联系人：王{}明，电话：0571-12345678

云山市科学技术局
2031年4月8日
"""


@given(st.text(st.characters(codec=None, categories=["Cs", "Lo", "So"]), max_size=30))
def test_whole_text_stays_and_halves_are_joined_or_marked(text: str) -> None:
    whole = without_surrogates(text)
    whole.encode()
    assert whole == without_surrogates(whole)
    if not any("\ud800" <= char <= "\udfff" for char in text):
        assert whole == text


def test_two_halves_are_a_character() -> None:
    assert without_surrogates("a\ud83d\ude00b\udc00") == "a😀b\ufffd"


def test_a_notice_with_halves_of_characters_goes_through_everything() -> None:
    record = noticetab.extract_text(NOTICE.format("\ud800", "\udfff"))
    assert json.loads(record.model_dump_json())["text"].count("\ufffd") == 2
    assert record.organizers[0].raw == "云山市科技\ufffd局"
    assert any("损坏" in finding.message for finding in record.findings)
    assert len(noticetab.to_tables([record])["organizers"]) == 1


def test_references_of_web_pages_bring_none() -> None:
    page = "<html><body><p>关于举办科技&#xD800;周的通知</p></body></html>".encode()
    read_bytes(page, name="page.html").text.encode()
    read_text("\ud800").text.encode()


def test_ids_are_made_of_any_name() -> None:
    assert org_id("\ud800局") != org_id("局")
    assert org_id("云山市科学技术局") == org_id("云山市科学技术局 ")


@pytest.mark.skipif(os.name == "nt", reason="names are UTF-16 there")
def test_failures_can_be_written() -> None:
    failure = Failure(os.fsdecode(b"a/\xd7\xca.txt"), os.fsdecode(b"\xd7\xca.txt: damaged"))
    assert failure.path == shown_path(Path(os.fsdecode(b"a/\xd7\xca.txt"))) == "a/\\xd7\\xca.txt"
    failure.error.encode()
