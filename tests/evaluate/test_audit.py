"""The audit of rules: what it counts, and that no rule rests on one document of the corpus."""

from pathlib import Path

import pytest

import noticetab
from noticetab import batch, rules
from noticetab.evaluate import audit
from noticetab.evaluate.audit import Allowance, Entry
from noticetab.record import Evidence, Notice, Record, Theme

ROOT = Path(__file__).parents[2]
ALLOWED = ROOT / "tests" / "rules_audit_allow.toml"

RULES = """
# '注释' in a comment is no entry
words = ['主办', '承办']
pattern = '^(?:开幕式|闭幕式)$|启动仪式'
[[kinds]]
name = "news"
cues = ['本报讯']
[short]
"科协" = "科学技术协会"
"""


@pytest.fixture
def rules_file(tmp_path: Path) -> Path:
    file = tmp_path / "toy.toml"
    file.write_text(RULES, "utf-8")
    return file


def test_entries_are_words_patterns_and_the_words_in_them(rules_file: Path) -> None:
    found = {(entry.key, entry.text, entry.within) for entry in audit.entries([rules_file])}
    assert found == {
        ("words", "主办", False),
        ("words", "承办", False),
        ("pattern", "^(?:开幕式|闭幕式)$|启动仪式", False),
        ("pattern", "开幕式", True),
        ("pattern", "闭幕式", True),
        ("pattern", "启动仪式", True),
        ("kinds.news.cues", "本报讯", False),
        ("short", "科协", False),
    }


def record(text: str, rule: str) -> Record:
    theme = Theme(evidence=Evidence(start=0, end=1), rule=rule, role="主题", text="甲")
    return Record(text=text, notice=Notice(rule={"title": "title.line"}), themes=[theme])


def test_uses_are_counted_by_document(rules_file: Path) -> None:
    records = {
        "a": record("开幕式\n主办：科协", "theme.label"),
        "b": record("参加开幕式，主办", "theme.line"),
    }
    result = audit.audit(records, audit.entries([rules_file]))
    uses = {(entry.text, entry.within): use.documents for entry, use in result.entries.items()}
    assert uses["主办", False] == ["a", "b"]
    assert uses["承办", False] == []
    assert uses["^(?:开幕式|闭幕式)$|启动仪式", False] == ["a"], "a line of its own"
    assert uses["开幕式", True] == ["a", "b"]
    assert uses["科协", False] == ["a"]
    assert {rule: use.documents for rule, use in result.rules.items()} == {
        "theme.label": ["a"],
        "theme.line": ["b"],
        "title.line": ["a", "b"],
    }


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        (Entry("toy.toml", "words", "承办"), "words = ['主办', '\ue000\ue0010']"),
        (Entry("toy.toml", "pattern", "闭幕式", within=True), "(?:开幕式|\ue000\ue001)$|启动仪式"),
        (Entry("toy.toml", "pattern", "^(?:开幕式|闭幕式)$|启动仪式"), "pattern = '(?!)'"),
        (Entry("toy.toml", "short", "科协"), "'\ue000\ue0010' = \"科学技术协会\""),
    ],
)
def test_an_entry_is_taken_out_and_nothing_else(entry: Entry, left: str) -> None:
    changed = audit._without(RULES, [entry])
    assert left in changed
    before, after = RULES.splitlines(), changed.splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_an_entry_that_a_row_needs_is_its_only_support() -> None:
    """In the shipped rules: without the word the label is no label any more, with it again it is."""
    path = ROOT / "corpus" / "notices" / "jinan-licheng-2023-science-week.txt"
    record = noticetab.extract(path)
    words = [entry for entry in audit.entries() if (entry.file, entry.key) == ("labels.toml", "roles.words")]
    few = [entry for entry in words if entry.text in ("冠名", "协办", "策划", "赞助")]
    assert [entry.text for entry in audit.support(record, path, few)] == ["协办"]
    assert noticetab.extract(path) == record, "the shipped rules are in force again"


def test_an_allowance_covers_its_block_alone() -> None:
    entry = Entry("labels.toml", "roles.words", "冠名")
    assert Allowance("labels.toml roles", "x").covers(entry)
    assert Allowance("labels.toml", "x").covers(entry)
    assert Allowance("labels.toml roles.words", "x", entry="冠名").covers(entry)
    assert not Allowance("labels.toml roles.words", "x", entry="主办").covers(entry)
    assert not Allowance("labels.toml role", "x").covers(entry)


def test_an_allowance_says_why(tmp_path: Path) -> None:
    file = tmp_path / "allow.toml"
    for text in ('[[allow]]\nblock = "x"\n', '[[allow]]\nblock = "x"\nwhy = " "\n', "[[allow]\n"):
        file.write_text(text)
        with pytest.raises(rules.RulesError, match=r"allow\.toml"):
            audit.read_allowances(file)


FILES = batch.find([ROOT / "corpus" / folder for folder in ("notices", "dev/texts", "more/texts")])


@pytest.fixture(scope="module")
def lonely() -> tuple[dict[str, Record], dict[str, list[Entry]]]:
    """The records of the corpus, and by document the entries that fire in it alone."""
    records = {path.stem: noticetab.extract(path) for path in FILES}
    allowances = audit.read_allowances(ALLOWED)
    asked = [
        entry for entry in audit.entries() if not any(allowance.covers(entry) for allowance in allowances)
    ]
    found: dict[str, list[Entry]] = {}
    for entry, use in audit.audit(records, asked).entries.items():
        if len(use.documents) == 1:
            found.setdefault(use.documents[0], []).append(entry)
    return records, found


@pytest.mark.slow
@pytest.mark.xdist_group("audit")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_rule_rests_on_one_document(
    path: Path, lonely: tuple[dict[str, Record], dict[str, list[Entry]]]
) -> None:
    """An entry without which one document alone loses a row may say what that document says."""
    records, found = lonely
    resting = audit.support(records[path.stem], path, found.get(path.stem, []))
    assert not [entry.id for entry in resting], (
        "make the rule general, or say in tests/rules_audit_allow.toml why it is"
    )


def test_every_allowance_is_of_use() -> None:
    blocks = {f"{entry.file} {entry.key}": entry.text for entry in audit.entries()}
    for allowance in audit.read_allowances(ALLOWED):
        entries = [entry for entry in audit.entries() if allowance.covers(entry)]
        assert entries, f"{allowance.block}: no such block; there are {sorted(blocks)}"
