"""Several rulebooks in one process: one after the other, at once in threads and tasks, in other processes."""

from __future__ import annotations

import asyncio
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

import noticetab
from noticetab import batch, rules, stores

FULL = {"first": "天津市文物管理委员会", "second": "天津市文化遗产委员会", "shipped": "天津市文物委"}
"""What 市文物委 is written out to, by rulebook."""

TEXT = """关于举办2031年云山科普周的通知

各有关单位：
定于2031年5月20日至26日举办2031年云山科普周。现将有关事项通知如下：
一、组织单位
主办单位：市文物委
二、活动{label}
各单位要精心组织，确保安全。

天津市科普工作办公室
2031年4月8日
"""


def text(number: int = 0) -> str:
    return TEXT.format(label=number)


def host(record: noticetab.Record) -> str:
    (found,) = {o.name for o in record.organizers if o.raw == "市文物委"}
    return found


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = {}
    for name in ("first", "second"):
        made[name] = tmp_path_factory.mktemp(name)
        entry = f'[government.short]\n"文物委" = "{FULL[name].removeprefix("天津市")}"\n'
        (made[name] / "organizations.toml").write_text(entry, "utf-8")
    return made


@pytest.fixture(scope="module")
def books(folders: dict[str, Path]) -> dict[str, rules.Rulebook]:
    return {name: rules.Rulebook(folder) for name, folder in folders.items()} | {"shipped": rules.Rulebook()}


ORDER = ("first", "shipped", "second", "first", "first", "second", "shipped")


def test_each_call_goes_by_its_own_rules(books: dict[str, rules.Rulebook]) -> None:
    found = [(name, host(noticetab.extract_text(text(), rules=books[name]))) for name in ORDER]
    assert found == [(name, FULL[name]) for name in ORDER]
    assert host(noticetab.extract_text(text())) == FULL["shipped"], "nothing stays in force"


def test_a_folder_may_be_given_and_changed(folders: dict[str, Path], tmp_path: Path) -> None:
    assert host(noticetab.extract_text(text(), rules=folders["first"])) == FULL["first"]
    own = tmp_path / "organizations.toml"
    for name in ("first", "second"):
        own.write_bytes((folders[name] / "organizations.toml").read_bytes())
        assert host(noticetab.extract_text(text(), rules=str(tmp_path))) == FULL[name]


def test_a_rulebook_does_not_change_with_its_folder(folders: dict[str, Path], tmp_path: Path) -> None:
    own = tmp_path / "organizations.toml"
    own.write_bytes((folders["first"] / "organizations.toml").read_bytes())
    book = rules.Rulebook(tmp_path)
    own.unlink()
    assert host(noticetab.extract_text(text(), rules=book)) == FULL["first"]
    assert host(noticetab.extract_text(text(), rules=pickle.loads(pickle.dumps(book)))) == FULL["first"]


def test_rules_are_in_force_for_as_long_as_said(books: dict[str, rules.Rulebook]) -> None:
    with books["first"].in_force():
        assert host(noticetab.extract_text(text())) == FULL["first"]
        assert host(noticetab.extract_text(text(), rules=books["second"])) == FULL["second"]
        assert host(noticetab.extract_text(text())) == FULL["first"]
    with pytest.raises(RuntimeError), books["first"].in_force():
        raise RuntimeError
    assert rules.current().hash == rules.Rulebook().hash


def test_threads_at_the_same_time(folders: dict[str, Path]) -> None:
    names = ("first", "second", "shipped")
    start = threading.Barrier(len(names))
    # Nothing is built before the threads build it side by side.
    fresh = {name: rules.Rulebook(folder) for name, folder in folders.items()} | {"shipped": rules.Rulebook()}

    def work(name: str) -> set[str]:
        start.wait()
        return {host(noticetab.extract_text(text(i), rules=fresh[name])) for i in range(12)}

    with ThreadPoolExecutor(len(names)) as pool:
        assert dict(zip(names, pool.map(work, names), strict=True)) == {name: {FULL[name]} for name in names}


def test_tasks_that_take_turns(books: dict[str, rules.Rulebook]) -> None:
    async def work(name: str) -> list[str]:
        found = []
        with books[name].in_force():
            for i in range(3):
                await asyncio.sleep(0)
                found.append(host(noticetab.extract_text(text(i))))
            found.append(host(await asyncio.to_thread(noticetab.extract_text, text())))
        return found

    async def all_of_them() -> list[list[str]]:
        return await asyncio.gather(*map(work, ORDER[:3]))

    assert asyncio.run(all_of_them()) == [[FULL[name]] * 4 for name in ORDER[:3]]


def test_pipelines_of_components_side_by_side(
    folders: dict[str, Path], books: dict[str, rules.Rulebook], tmp_path: Path
) -> None:
    import spacy

    pipelines = {
        "first": noticetab.load(rules=folders["first"]),
        "second": noticetab.load(rules=books["second"]),
        "shipped": noticetab.load(),
    }
    found = [host(pipelines[name](text())._.noticetab) for name in ORDER]
    assert found == [FULL[name] for name in ORDER]
    for name, nlp in pipelines.items():
        nlp.to_disk(tmp_path / name)
        assert host(spacy.load(tmp_path / name)(text())._.noticetab) == FULL[name]
    nlp = spacy.blank("zh")
    for stage in ("segment", "extract"):
        nlp.add_pipe(f"noticetab_{stage}", config={"rules": str(folders["second"])})
    assert host(nlp(text())._.noticetab) == FULL["second"]
    with pytest.raises(rules.RulesError, match="no such directory"):
        noticetab.load(rules=tmp_path / "nowhere")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = [tmp_path / f"{number}.txt" for number in range(6)]
    for number, file in enumerate(made):
        file.write_text(text(number), "utf-8")
    return made


@pytest.mark.parametrize("jobs", [1, 2])
def test_batches_take_turns(books: dict[str, rules.Rulebook], files: list[Path], jobs: int) -> None:
    runs = {name: batch.extract_all(files, batch.Options(book), jobs) for name, book in books.items()}
    found: dict[str, set[str]] = {name: set() for name in runs}
    for outcomes in zip(*runs.values(), strict=True):
        for name, outcome in zip(runs, outcomes, strict=True):
            assert outcome.record is not None, outcome
            found[name].add(host(outcome.record))
    assert found == {name: {FULL[name]} for name in runs}


def test_rules_in_force_go_to_other_processes(books: dict[str, rules.Rulebook], files: list[Path]) -> None:
    with books["first"].in_force():
        outcomes = list(batch.extract_all(files, jobs=2))
    assert {host(o.record) for o in outcomes if o.record is not None} == {FULL["first"]}


def test_stores_keep_by_which_rules_they_were_fed(
    books: dict[str, rules.Rulebook], files: list[Path], tmp_path: Path
) -> None:
    from noticetab.stores.ingest import Settings, ingest

    kept = {}
    for name, book in books.items():
        with stores.open(f"sqlite:///{tmp_path / name}.db") as store:
            settings = Settings(jobs=2)
            settings = replace(settings, options=replace(settings.options, rules=book))
            ingest(store.engine, files, settings, {})
            with store.engine.connect() as connection:
                names = connection.execute(
                    sa.text("SELECT DISTINCT name FROM organizers WHERE raw = '市文物委'")
                )
                versions = connection.execute(sa.text("SELECT rules_hash FROM runs"))
                kept[name] = (names.scalars().all(), versions.scalars().all())
    assert kept == {name: ([FULL[name]], [books[name].hash]) for name in books}


def test_the_hash_is_that_of_the_rules_and_not_of_the_folder(
    books: dict[str, rules.Rulebook], folders: dict[str, Path], tmp_path: Path
) -> None:
    hashes = {name: book.hash for name, book in books.items()}
    assert len(set(hashes.values())) == 3
    for value in hashes.values():
        assert len(value) == 16 and int(value, 16) >= 0
    text = (folders["first"] / "organizations.toml").read_text("utf-8")
    (tmp_path / "organizations.toml").write_bytes(text.replace("\n", "\r\n").encode())
    assert rules.Rulebook(tmp_path).hash == hashes["first"]
    (tmp_path / "organizations.toml").write_text(text + "\n", "utf-8")
    assert rules.Rulebook(tmp_path).hash != hashes["first"]
    code = "from noticetab.rules import Rulebook; print(Rulebook().hash)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == hashes["shipped"], done.stderr
