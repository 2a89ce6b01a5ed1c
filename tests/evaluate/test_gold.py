"""Gold that is written wrongly is refused with the file and the key, and never compared in part."""

import json
from pathlib import Path

import pytest

from noticetab.evaluate import find_corpus

ROOT = Path(__file__).parents[2]
GOOD = {
    "source": "a.txt",
    "notice": {"is_notice": True, "title": "关于举办2031年科技周的通知"},
    "events": [{"name": "2031年科技周", "starts_on": "2031-05-20"}],
    "activities": [{"section": "活动安排", "number": 1, "name": "开幕式", "kind": "activity"}],
    "deadlines": [{"due_on": "2031-05-10", "what": "总结"}],
    "event_organizers": [{"role": "主办", "names": ["市科技局"], "canonical": ["云山市科学技术局"]}],
}


def refused(tmp_path: Path, gold: object) -> str:
    (tmp_path / "a.json").write_text(json.dumps(gold, ensure_ascii=False), "utf-8")
    with pytest.raises(OSError, match=r"a\.json") as caught:
        find_corpus(tmp_path)
    assert "\n" not in str(caught.value)
    return str(caught.value).partition("a.json: ")[2]


WRONG = [
    ({"activites": []}, "activites: no such key in gold; known here: activities, "),
    ({"notice": {"is_notice": True, "titel": "x"}}, "notice.titel: no such key"),
    ({"notice": {"is_notice": "ja"}}, "notice.is_notice: input should be a valid boolean, not 'ja'"),
    ({"events": [{"nam": "x"}]}, "events[0].name: this key is missing"),
    (
        {"activities": [{"name": "x"}, {"name": "y", "strats_on": None}]},
        "activities[1].strats_on: no such key",
    ),
    ({"deadlines": [{"due": "2031-05-10", "what": "x"}]}, "deadlines[0].due_on: this key is missing"),
    ({"sections": "x"}, "sections: input should be a valid list, not 'x'"),
    ({"event_organizers": [{"role": "主办", "nmaes": ["x"]}]}, "event_organizers[0].nmaes: no such key"),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=[said.split(":")[0] for _, said in WRONG])
def test_a_wrong_key_is_named(tmp_path: Path, change: dict, said: str) -> None:
    assert said in refused(tmp_path, GOOD | change)


def test_the_known_keys_of_the_place_are_named(tmp_path: Path) -> None:
    said = refused(tmp_path, GOOD | {"event_organizers": [{"role": "主办", "nmaes": ["x"]}]})
    assert "known here: canonical, name, names, raw, role" in said


def test_many_faults_stay_one_line(tmp_path: Path) -> None:
    said = refused(tmp_path, GOOD | {name: [] for name in ("a", "b", "c", "d", "e")})
    assert said.endswith("; and 2 more")


def test_good_gold_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(GOOD), "utf-8")
    assert [document.name for document in find_corpus(tmp_path).documents] == ["a"]


@pytest.mark.parametrize("folder", sorted((ROOT / "corpus").rglob("gold")), ids=str)
def test_the_gold_of_the_repository_is_valid(folder: Path) -> None:
    assert find_corpus(folder).documents
