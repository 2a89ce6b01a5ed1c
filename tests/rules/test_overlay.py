"""A folder of one's own laid over the shipped rules: what it adds, replaces, removes, and its mistakes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import noticetab
from noticetab import rules
from noticetab.rules.overlay import Source, merged


class Column(rules.Rules):
    name: str
    heads: list[str]
    width: int = 0


class Words(rules.Rules):
    stops: list[str]
    limit: int
    short: dict[str, str] = {}
    inner: Inner
    column: list[Column] = []


class Inner(rules.Rules):
    most: int
    ends: list[str] = []


class Place(NamedTuple):
    code: str
    name: str
    year: int | None


SHIPPED = """\
stops = ["甲", "乙"]
limit = 3
[short]
"科协" = "科学技术协会"
"团委" = "共青团委员会"
[inner]
most = 5
ends = ["丙"]
[[column]]
name = "time"
heads = ["时间"]
"""
PLACES = "# shipped\ncode,name,year\n11,子县,\n11,子市,2001\n12,丑市,\n"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "base"
    folder.mkdir()
    (folder / "words.toml").write_text(SHIPPED, "utf-8")
    (folder / "places.csv").write_text(PLACES, "utf-8")
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def laid(base: Path, own: Path, text: str) -> Words:
    (own / "words.toml").write_text(text, "utf-8")
    return rules.Rulebook(own, base=base).load("words", Words)


def test_one_new_entry_is_added_to_what_is_there(base: Path, own: Path) -> None:
    words = laid(base, own, '[short]\n"气象办" = "气象工作办公室"\n')
    assert words.short == {"科协": "科学技术协会", "团委": "共青团委员会", "气象办": "气象工作办公室"}
    assert (words.stops, words.limit, words.inner.most) == (["甲", "乙"], 3, 5)


def test_lists_grow_and_single_values_are_replaced(base: Path, own: Path) -> None:
    words = laid(
        base, own, 'stops = ["乙", "丁"]\nlimit = 4\n[inner]\nends = ["戊"]\n[short]\n"科协" = "科普协会"'
    )
    assert (words.stops, words.limit) == (["甲", "乙", "丁"], 4)
    assert (words.inner.most, words.inner.ends) == (5, ["丙", "戊"])
    assert words.short["科协"] == "科普协会"


def test_tables_of_a_list_stand_before_the_shipped_ones(base: Path, own: Path) -> None:
    words = laid(base, own, '[[column]]\nname = "time"\nheads = ["时段"]\nwidth = 2\n')
    assert [(c.heads, c.width) for c in words.column] == [(["时段"], 2), (["时间"], 0)]


@pytest.mark.parametrize(
    ("text", "stops", "short"),
    [
        ('replace = ["stops"]\nstops = ["己"]\n', ["己"], ["团委", "科协"]),
        ('remove = ["short.科协"]\n', ["甲", "乙"], ["团委"]),
        ("remove = ['short.\"科协\"']\n", ["甲", "乙"], ["团委"]),
        ('replace = ["short", "stops"]\nstops = []\n[short]\n"庚" = "辛"\n', [], ["庚"]),
        ('replace = ["*"]\nstops = ["己"]\nlimit = 1\n[inner]\nmost = 1\n', ["己"], []),
    ],
)
def test_what_is_shipped_can_be_replaced_or_removed(
    base: Path, own: Path, text: str, stops: list[str], short: list[str]
) -> None:
    words = laid(base, own, text)
    assert (words.stops, sorted(words.short)) == (stops, short)


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ('[short]\n"科协" = 3\n', "own/words.toml:2", "string"),
        ('stops = ["丁",\n 4]\n', "own/words.toml:1", "string"),
        ('limit = "x"\n', "own/words.toml:1", "integer"),
        ("# one\n[inner]\nmore = 5\n", "own/words.toml:3", "unknown key 'inner.more'"),
        ('\n[[column]]\nname = "x"\n', "own/words.toml:2", "'column.0.heads' is missing"),
        ('\n\nremove = ["short.无"]\n', "own/words.toml:3", "no key 'short.无'"),
        ('replace = ["stops"]\n', "own/words.toml:1", "use remove"),
        ('replace = "stops"\nstops = []\n', "own/words.toml:1", "a list of dotted keys"),
        ('replace = ["*"]\nstops = []\n', "own/words.toml:1", "'limit' is missing"),
        ("replace = ['inner.ends']\n[inner]\nends = [\n'x',\n5]", "own/words.toml:3", "string"),
        ("[short\n", "own/words.toml", "not valid TOML"),
    ],
)
def test_mistakes_name_the_file_and_line_of_the_overlay(
    base: Path, own: Path, text: str, place: str, says: str
) -> None:
    with pytest.raises(rules.RulesError) as error:
        laid(base, own, text)
    assert place in str(error.value).replace("\\", "/") and says in str(error.value)


def test_a_fault_of_the_shipped_file_is_told_of_that_file(base: Path, own: Path) -> None:
    (base / "words.toml").write_text(SHIPPED + 'width = "x"\n', "utf-8")
    with pytest.raises(rules.RulesError, match=r"base.words\.toml:12: column\.1\.width"):
        laid(base, own, 'limit = 4\n[[column]]\nname = "place"\nheads = ["地点"]\n')


def test_where_names_the_file_that_says_it(base: Path, own: Path) -> None:
    (own / "words.toml").write_text('\nlimit = 4\n[[column]]\nname = "place"\nheads = []\n', "utf-8")
    book = rules.Rulebook(own, base=base)
    places = {
        key: Path(book.where("words", *key)).relative_to(base.parent).as_posix()
        for key in (("limit",), ("stops",), ("column", 0, "name"), ("column", 1, "name"), ("short", "团委"))
    }
    assert places == {
        ("limit",): "own/words.toml:2",
        ("stops",): "base/words.toml:1",
        ("column", 0, "name"): "own/words.toml:4",
        ("column", 1, "name"): "base/words.toml:10",
        ("short", "团委"): "base/words.toml:5",
    }


def test_rows_of_a_table_are_added_or_replace_those_of_their_key(base: Path, own: Path) -> None:
    (own / "places.csv").write_text("# own\ncode,name,year\n13,寅市,1999\n11,子州,\n", "utf-8")
    assert rules.Rulebook(own, base=base).table("places", Place) == (
        Place("12", "丑市", None),
        Place("13", "寅市", 1999),
        Place("11", "子州", None),
    )
    assert rules.Rulebook(own, base=base).lines("places") == ["12,丑市,", "13,寅市,1999", "11,子州,"]


def test_a_table_can_be_replaced_as_a_whole(base: Path, own: Path) -> None:
    (own / "places.csv").write_text("#!replace\ncode,name,year\n13,寅市,\n", "utf-8")
    assert rules.Rulebook(own, base=base).table("places", Place) == (Place("13", "寅市", None),)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("code,title,year\n", "own/places.csv:1: columns must be code,name,year"),
        ("# x\n\ncode,name,year\n13,寅市\n", "own/places.csv:4: 2 cells where 3"),
        ("code,name,year\n13,寅市,soon\n", "own/places.csv:2: year: 'soon'"),
    ],
)
def test_mistakes_of_a_table_name_file_and_line(base: Path, own: Path, text: str, place: str) -> None:
    (own / "places.csv").write_text(text, "utf-8")
    with pytest.raises(rules.RulesError) as error:
        rules.Rulebook(own, base=base).table("places", Place)
    assert place in str(error.value).replace("\\", "/")


def test_folders_that_are_none_and_names_that_mean_nothing_are_refused(tmp_path: Path, own: Path) -> None:
    with pytest.raises(rules.RulesError, match="no such directory"):
        rules.Rulebook(tmp_path / "nowhere")
    (own / "README.txt").write_text("ours", "utf-8")
    with pytest.raises(rules.RulesError, match="no rules in it"):
        rules.Rulebook(own)
    (own / "organisations.toml").write_text("", "utf-8")
    with pytest.raises(rules.RulesError, match=r"organisations\.toml: no rules file.*organizations\.toml"):
        rules.Rulebook(own)


def test_a_folder_of_rules_may_have_folders(base: Path, own: Path) -> None:
    for folder, text in ((base, "most = 1\n"), (own, 'ends = ["丙"]\n')):
        (folder / "deep").mkdir()
        (folder / "deep" / "inner.toml").write_text(text, "utf-8")
    before = rules.Rulebook(base=base).hash
    book = rules.Rulebook(own, base=base)
    assert book.load("deep/inner", Inner) == Inner(most=1, ends=["丙"]) and book.hash != before
    (base / "deep" / "inner.toml").write_text("most = 2\n", "utf-8")
    assert rules.Rulebook(base=base).hash != before


def test_no_shipped_file_uses_a_name_that_directs_an_overlay() -> None:
    for file in rules.files():
        if file.suffix == ".toml":
            assert not {"replace", "remove"} & set(tomllib.loads(file.read_text("utf-8")))


NOTICE = """关于举办2031年云山科普周的通知

各有关单位：
定于2031年5月20日至26日举办2031年云山科普周。现将有关事项通知如下：
一、组织单位
主办单位：市科普办、市文物委
二、工作要求
各单位要精心组织，确保安全。

天津市科普工作办公室
2031年4月8日
"""


def test_one_abbreviation_is_all_that_a_folder_must_say(own: Path) -> None:
    (own / "organizations.toml").write_text('[government.short]\n"文物委" = "文物管理委员会"\n', "utf-8")
    names = [o.name for o in noticetab.extract_text(NOTICE, rules=own).organizers]
    assert "天津市文物管理委员会" in names
    names = [o.name for o in noticetab.extract_text(NOTICE).organizers]
    assert "天津市文物管理委员会" not in names


_LEAVES = st.one_of(st.integers(), st.lists(st.sampled_from("甲乙丙"), max_size=3))
_TABLES = st.recursive(
    st.dictionaries(st.sampled_from("abc"), _LEAVES, max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("abc"), st.one_of(_LEAVES, inner), max_size=3),
    max_leaves=6,
)


@given(_TABLES, _TABLES)
def test_laying_over_twice_changes_no_more(shipped: dict[str, object], own: dict[str, object]) -> None:
    source = Source("own.toml", "")
    once = merged(shipped, own, source).data
    assert merged(once, own, source).data == once
    assert merged(shipped, {}, source).data == shipped
