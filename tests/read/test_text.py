"""Plain text: every encoding gives the same text, and nothing is wrong silently."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticetab.read import Limits, ReadError, read, read_bytes, read_text

NOTICES = Path(__file__).parents[2] / "corpus" / "notices"
NOTICE = (
    "云山市科学技术协会\n关于举办2024年云山市全国科普日活动的通知\n\n云科协发〔2024〕7号\n\n各有关单位：\n"
    "    为深入贯彻落实《科学技术普及法》，定于9月15日至25日开展活动，现将有关事项通知如下：\n"
    "一、活动主题\n提升全民科学素质 协力建设科技强国\n"
)
TRADITIONAL = (
    "雲山市科學技術協會關于舉辦2024年全國科普日活動的通知\n各有關單位：\n為深入貫徹落實全國科技創新大會精神，"
    "現將有關事項通知如下：\n一、活動時間\n9月15日至25日\n"
)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_same_text_from_every_encoding_and_line_end(tmp_path: Path, encoding: str, ending: str) -> None:
    path = tmp_path / "notice.txt"
    data = NOTICE.replace("\n", ending).encode(encoding)
    path.write_bytes(data)
    reading = read(path)
    assert reading.text == NOTICE
    expected = {"utf-8-sig": "utf-8", "gbk": "gb18030"}.get(encoding, encoding)
    assert reading.encoding == expected
    assert reading.media_type == "text/plain"
    assert reading.sha256 == hashlib.sha256(data).hexdigest()
    assert reading.path == str(path)
    assert reading.warnings == []


@pytest.mark.parametrize("name", [path.name for path in sorted(NOTICES.glob("*.txt"))])
def test_clean_notices_are_returned_unchanged(name: str) -> None:
    path = NOTICES / name
    text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    assert read(path).text == text
    assert read_bytes(text.encode("gb18030")).text == text
    assert not read_text(text).traditional


@given(
    st.lists(
        st.sampled_from("科技周活动通知关于举办的各有单位主题时间地点报送于月日前（一）1234。，：、 "),
        min_size=6,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_chinese_text_comes_back_from_gb18030_and_utf8(chars: list[str]) -> None:
    text = "各有关单位的" + "".join(chars) + "。"
    for encoding in ("utf-8", "gb18030"):
        assert read_bytes(text.encode(encoding)).text == text


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@settings(max_examples=200, deadline=None)
def test_reading_a_text_twice_changes_nothing_more(text: str) -> None:
    once = read_text(text).text
    assert read_text(once).text == once


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_reading_or_one_clear_line(data: bytes) -> None:
    try:
        reading = read_bytes(data, name="any.bin")
    except ReadError as error:
        assert "any.bin" in str(error)
        assert "\n" not in str(error)
    else:
        assert reading.text.strip()
        assert "\x00" not in reading.text


def test_big5_becomes_simplified_with_the_same_length() -> None:
    reading = read_bytes(TRADITIONAL.replace("于", "於").encode("big5"))
    assert reading.encoding == "big5"
    assert reading.traditional
    assert len(reading.text) == len(TRADITIONAL)
    assert "云山市科学技术协会" in reading.text
    assert "一、活动时间" in reading.text


def test_traditional_with_glosses() -> None:
    glossed = (
        TRADITIONAL.replace("協", "協(xié)").replace("關于", "關(guān)于").replace("動的", "動(dòng)的(de)")
    )
    assert read_text(glossed).text == read_text(TRADITIONAL).text
    assert read_text(glossed).traditional


def test_a_simplified_notice_that_quotes_traditional_names_stays() -> None:
    text = NOTICE + "联系人：林國樑、乾隆、李瞭（liào）\n"
    reading = read_text(text)
    assert reading.text == text
    assert not reading.traditional


def test_unseen_characters_and_radicals() -> None:
    assert (
        read_text("\ufeff一、活\u200b动\x00⽇期：5⽉\u00ad1⽇\x0c⺠政局").text
        == "一、活动日期：5月1日\n民政局"
    )
    assert read_text("\uf0a3讲座 \uf0a8展览").text == "□讲座 □展览"


@pytest.mark.parametrize("data", [b"", b"\n\n  \n", b"\xef\xbb\xbf", "\u3000\u3000\r\n".encode("gbk")])
def test_empty_is_an_error(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"notice\.txt: empty"):
        read_bytes(data, name="notice.txt")


def test_binary_is_an_error() -> None:
    with pytest.raises(ReadError):
        read_bytes(bytes(range(256)) * 64)
    with pytest.raises(ReadError):
        read_bytes(b"\x00\x01\x02\x03" * 512)


def test_text_in_another_writing_is_not_taken_for_chinese() -> None:
    with pytest.raises(ReadError, match="UTF-8"):
        read_bytes("Всем учреждениям города: приказ о проведении недели науки".encode("cp1251"))


@pytest.mark.parametrize("text", ["联通", "李树晴", "科技周", "联系人：刘霖", "第5届 ABC"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_short_texts(text: str, encoding: str) -> None:
    assert read_bytes(text.encode(encoding)).text == text


def test_a_few_destroyed_bytes_give_a_warning_where_they_stand() -> None:
    data = (NOTICE * 4).encode("gb18030")
    place = data.index("定于".encode("gb18030"))
    reading = read_bytes(data[:place] + b"\xff" + data[place + 1 :])
    assert "\ufffd" in reading.text
    code, chinese, english, start, end = reading.warnings[0]
    assert code == "LOW_CONFIDENCE"
    assert "\ufffd" in reading.text[start:end]
    assert chinese
    assert english


@pytest.mark.parametrize(
    ("encoding", "rest"), [("gb18030", b"\xa5"), ("utf-8", b"\xe6\x97"), ("utf-16", b"\x2f")]
)
def test_a_file_that_ends_inside_a_character_keeps_its_last_line(encoding: str, rest: bytes) -> None:
    signed = NOTICE * 3 + "云山市科学技术协会\n2024年8月8日"
    reading = read_bytes(signed.encode(encoding) + rest)
    assert reading.text == signed
    assert any(start <= len(signed) - 1 < end for *_, start, end in reading.warnings)


@pytest.mark.parametrize("encoding", ["hz", "utf-7"])
def test_chinese_in_seven_bits(encoding: str) -> None:
    text = NOTICE.replace("〔2024〕7号", "字第7号").replace("\n\n", "\n")
    reading = read_bytes(text.encode(encoding))
    assert (reading.text, reading.encoding) == (text, encoding)


def test_ascii_with_a_few_signs_of_seven_bit_writing_stays_as_it_is() -> None:
    assert read_bytes(b"a ~{ b ~} c + d + e ~{").text == "a ~{ b ~} c + d + e ~{"


def test_garbled_text_is_flagged() -> None:
    garbled = NOTICE + "锟斤拷锟斤拷\n"
    assert any(code == "LOW_CONFIDENCE" for code, *_ in read_text(garbled).warnings)
    twice = NOTICE.encode("utf-8").decode("latin-1")
    assert read_bytes(twice.encode("utf-8")).warnings


def test_missing_folder_and_large_files(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.txt"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="not a file"):
        read(tmp_path)
    path = tmp_path / "large.txt"
    path.write_text(NOTICE, encoding="utf-8")
    with pytest.raises(ReadError, match="limit"):
        read(path, limits=Limits(bytes=100))
    with pytest.raises(ReadError, match="limit"):
        read(path, limits=Limits(chars=100))
