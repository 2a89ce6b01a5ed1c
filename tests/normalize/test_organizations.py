"""Full names of organizations: gold, cases from many provinces, years and offices, and properties."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noticetab import rules
from noticetab.normalize import places
from noticetab.normalize.organizations import NameContext, OrganizationNormalizer, OrgName

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def context(region: str | None, school: str | None = None, year: int | None = None) -> NameContext:
    place = places.resolve(region, None, year) if region else None
    assert place is not None or region is None
    return NameContext(place, school, year)


# --- gold -----------------------------------------------------------------------------------------


def gold_files() -> list[Path]:
    return sorted([*CORPUS.glob("gold/*.json"), *CORPUS.glob("dev/gold/*.json")])


def gold_context(notice: dict[str, Any]) -> NameContext:
    adcode, issued = notice.get("region_adcode"), notice.get("issued_on")
    school = re.match(r".*?(?:大学|学院)", (notice.get("issuers") or [""])[0])
    return NameContext(
        places.get(adcode) if adcode else None,
        school[0] if school and not adcode else None,
        int(issued[:4]) if issued else None,
    )


def gold_lines(gold: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    yield gold.get("event_organizers", [])
    for activity in gold.get("activities", []):
        yield activity.get("organizers", [])


@pytest.mark.parametrize("path", gold_files(), ids=lambda path: path.stem)
def test_gold_names_become_their_full_names(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    names = OrganizationNormalizer(gold_context(gold["notice"]))
    for group in gold_lines(gold):
        previous = None
        for line in group:
            spans = names.split("、".join(line["names"]))
            assert [span.raw for span in spans] == line["names"]
            found = names.names([span.raw for span in spans], previous)
            assert found == line["canonical"]
            previous = found[-1]


@pytest.mark.parametrize("path", gold_files(), ids=lambda path: path.stem)
def test_gold_members_are_split_and_none_is_dropped(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    members = gold.get("member_units") or []
    spans = OrganizationNormalizer(NameContext()).split("、".join(members), generic=True)
    assert [span.raw for span in spans] == members


# --- cases: region or school, year, the list as printed, the full names ----------------------------

CASES = (Path(__file__).parent / "organization_cases.txt").read_text(encoding="utf-8")


def cases() -> list[Any]:
    found = []
    blocks = re.findall(r"^(\S+) (\d{4}): (.*)\n= (.*)$", CASES, re.M)
    for where, year, printed, full in blocks:
        school = where.removeprefix("@") if where.startswith("@") else None
        region = None if school or where == "-" else where
        found.append(
            pytest.param(region, school, int(year), printed, full.split(), id=f"{where}-{printed[:12]}")
        )
    return found


@pytest.mark.parametrize(("region", "school", "year", "printed", "full"), cases())
def test_printed_names_become_full_names(
    region: str | None, school: str | None, year: int, printed: str, full: list[str]
) -> None:
    names = OrganizationNormalizer(context(region, school, year))
    spans = names.split(printed)
    assert names.names([span.raw for span in spans]) == full
    assert names.names(full) == full


FULL_NAMES = (Path(__file__).parent / "full_names.txt").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize(
    ("region", "year"), [(None, None), ("天津市", 2023), ("湖州市", 2008), ("德清县", 2015)]
)
def test_official_names_in_full_stay_as_they_are(region: str | None, year: int | None) -> None:
    names = OrganizationNormalizer(context(region, None, year))
    # One at a time: what stands before must not matter here.
    changed = {name: names.names([name])[0] for name in FULL_NAMES if names.names([name]) != [name]}
    assert changed == {}
    assert [name for name in FULL_NAMES if [span.raw for span in names.split(name)] != [name]] == []


@pytest.mark.parametrize(
    ("region", "printed", "name"),
    [
        # Abbreviations with several readings stay as printed behind their place.
        ("杭州市", "西湖区文广旅体局", "杭州市西湖区文广旅体局"),
        ("北京市西城区", "区科信局", "北京市西城区科信局"),
        ("天津市", "市纪委监委", "天津市纪委监委"),
        ("歙县", "县科商工信局", "歙县科商工信局"),
        # A level that neither the list nor the issuer settles.
        ("湖州市", "区科协", "区科协"),
        ("天津市", "县教育局", "县教育局"),
        (None, "市科协", "市科协"),
        # A zone whose city is not printed, a town office without town.
        ("湖州市", "高新区管委会", "高新区管理委员会"),
        ("湖州市", "镇政府", "镇人民政府"),
        # A homonym that no context settles.
        (None, "和平区科协", "和平区科学技术协会"),
    ],
)
def test_what_is_not_certain_stays_as_printed_and_says_so(
    region: str | None, printed: str, name: str
) -> None:
    (found,) = OrganizationNormalizer(context(region)).resolve([printed])
    assert found.name == name
    assert found.confidence < 0.6


@pytest.mark.parametrize(
    ("region", "printed", "name"),
    [
        ("天津市", "天津市科学技术局", "天津市科学技术局"),
        ("天津市", "市科协", "天津市科学技术协会"),
        ("湖州市", "团市委", "共青团湖州市委员会"),
        ("湖州市", "吴兴区委宣传部", "中共湖州市吴兴区委宣传部"),
        ("湖州市", "麒麟软件有限公司", "麒麟软件有限公司"),
    ],
)
def test_what_is_certain_says_so(region: str, printed: str, name: str) -> None:
    (found,) = OrganizationNormalizer(context(region)).resolve([printed])
    assert (found.name, found.confidence) == (name, 1.0)


def test_a_district_named_on_the_line_before_is_the_district() -> None:
    names = OrganizationNormalizer(context("天津市"))
    assert names.names(["区教育局"], "天津市河东区科学技术协会") == ["天津市河东区教育局"]
    assert names.names(["区教育局"], "中共天津市河西区委员会") == ["天津市河西区教育局"]
    assert names.names(["区教育局"]) == ["区教育局"]


def test_the_issuers_own_level_wins_over_another_of_that_level_but_is_less_certain() -> None:
    county_city, own = OrganizationNormalizer(context("郴州市")).resolve(["资兴市科技局", "市委编办"])
    assert county_city.name == "资兴市科学技术局"
    assert own.name == "中共郴州市委机构编制委员会办公室"
    (plain,) = OrganizationNormalizer(context("郴州市")).resolve(["市科协"])
    (after,) = OrganizationNormalizer(context("郴州市")).resolve(["资兴市科技局", "市科协"])[1:]
    assert after.name == plain.name and after.confidence < plain.confidence


def test_names_of_a_time_are_kept() -> None:
    names = OrganizationNormalizer(context("天津市", year=2008))
    assert names.names(["市环保局", "市卫生局", "市安监局"]) == [
        "天津市环境保护局", "天津市卫生局", "天津市安全生产监督管理局",
    ]  # fmt: skip


def test_a_result_carries_kind_place_and_id() -> None:
    region, university = OrganizationNormalizer(context("天津市")).resolve(["河东区科协", "天津大学"])
    assert (region.kind, region.region_adcode) == (("科协", "群团"), "120102")
    assert (university.kind, university.region_adcode) == (("高校",), None)
    assert region.org_id != university.org_id
    (again,) = OrganizationNormalizer(context("天津市河东区")).resolve(["区科协"])
    assert (again.name, again.org_id) == (region.name, region.org_id)


def test_own_rules_reach_the_names(tmp_path: Path) -> None:
    own = '[masses.short]\n"科普办" = "科学普及工作办公室"\n'
    (tmp_path / "organizations.toml").write_text(own, encoding="utf-8")
    assert OrganizationNormalizer(context("天津市")).names(["市科普办"]) == ["天津市科普办"]
    with rules.Rulebook(tmp_path).in_force():
        assert OrganizationNormalizer(context("天津市")).names(["市科普办"]) == ["天津市科学普及工作办公室"]
    assert OrganizationNormalizer(context("天津市")).names(["市科普办"]) == ["天津市科普办"]


def test_a_name_without_end_stays_as_printed() -> None:
    (found,) = OrganizationNormalizer(context("天津市")).resolve(["市科协" * 20_000])
    assert found.name == "市科协" * 20_000 and found.confidence < 0.5


# --- properties -------------------------------------------------------------------------------------

PRINTED = sorted(
    {
        name
        for path in gold_files()
        for group in gold_lines(json.loads(path.read_text(encoding="utf-8")))
        for line in group
        for name in line["names"]
    }
    | {
        "区科协",
        "市教育局",
        "团委",
        "县委宣传部",
        "水利厅",
        "理学院",
        "街道办事处",
        "高新区管委会",
        "市北区科协",
    }
)
CONTEXTS = [
    *map(context, (None, "天津市", "湖州市", "德清县", "石家庄市裕华区", "江苏省", "正蓝旗")),
    context(None, "洛阳理工学院"),
    context(None, "天津大学", 2020),
]


def unsettled(results: list[OrgName]) -> set[str]:
    """Names that were left as printed, and may be settled when their neighbours are written in full."""
    return {found.name for found in results if found.confidence < 0.6}


@given(st.sampled_from(CONTEXTS), st.lists(st.sampled_from(PRINTED), min_size=1, max_size=6))
def test_full_names_are_never_empty_and_stay_themselves(where: NameContext, raws: list[str]) -> None:
    names = OrganizationNormalizer(where)
    results = names.resolve(raws)
    full = [found.name for found in results]
    assert len(full) == len(raws) and all(full)
    assert all(0 < found.confidence <= 1 and found.rule and found.kind for found in results)
    again = names.names(full)
    changed = [(found.name, new) for found, new in zip(results, again, strict=True) if found.name != new]
    assert [pair for pair in changed if pair[0] not in unsettled(results)] == []


@given(
    st.sampled_from(CONTEXTS),
    st.text(alphabet="市区县科协委局教育团大学院、，（） 等单位中共天津河东\n", max_size=30),
)
def test_any_text_gives_a_name(where: NameContext, text: str) -> None:
    names = OrganizationNormalizer(where)
    for span in names.split(text, generic=True):
        (found,) = names.resolve([span.raw])
        assert found.name
