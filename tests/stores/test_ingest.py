"""Files into each kind of database: nothing lost, nothing doubled, corrections traceable."""

import datetime as dt
import json
import os
import threading
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from noticetab import stores
from noticetab.stores.ingest import Settings
from noticetab.tables import to_tables
from noticetab.tables.frames import plain_rows
from stores.fakes import extract, write_notice
from stores.state import broken_references, rows, state

SETTINGS = Settings(jobs=1, extract=extract)


def ingest(store, *paths, **changes):
    return store.ingest(paths, Settings(**({"jobs": 1, "extract": extract} | changes)))


def counts(summary):
    return {name: n for name, n in summary.counts().items() if n}


def test_new_then_unchanged(url, tmp_path):
    for n in range(5):
        write_notice(tmp_path / "in" / f"{n}.txt", n)
    with stores.open(url) as store:
        assert counts(ingest(store, tmp_path / "in")) == {"files": 5, "new": 5}
        first = state(store.engine)
        assert {len(first[name]) for name in ("notices", "sources", "versions", "events")} == {5}
        assert len(first["organizations"]) == 6
        assert len(first["organizers"]) == 5 * (1 + 3 * 2)
        assert broken_references(store.engine) == []
        assert counts(ingest(store, tmp_path / "in")) == {"files": 5, "unchanged": 5}
        assert state(store.engine) == first
        runs = sorted(rows(store.engine, "runs"), key=lambda run: run["new"])
        assert [run["status"] for run in runs] == ["finished", "finished"]
        assert runs[1]["new"] == 5
        assert runs[1]["arguments"] == {"paths": [str(tmp_path / "in")], "contacts": "keep"}
        assert runs[1]["seconds"] > 0
        assert runs[1]["schema_version"] == store.schema_version()


def test_the_same_notice_from_another_file_is_a_source_and_no_notice(url, tmp_path):
    write_notice(tmp_path / "a" / "notice.txt")
    write_notice(tmp_path / "b" / "copy.txt")
    write_notice(tmp_path / "c" / "web.txt", doc_number=None, phones=[], pad="打印本页 关闭窗口")
    write_notice(tmp_path / "d" / "undated.txt", issued_on=None)
    with stores.open(url) as store:
        assert counts(ingest(store, tmp_path / "a")) == {"files": 1, "new": 1}
        assert counts(ingest(store, tmp_path)) == {"files": 4, "unchanged": 1, "duplicates": 3}
        found = rows(store.engine, "sources")
        assert len({row["notice_id"] for row in found}) == 1
        assert sorted(row["reading"] for row in found) == ["duplicate"] * 3 + ["first"]
        assert len(rows(store.engine, "versions")) == 1
        assert len(rows(store.engine, "activities")) == 3


def test_a_correction_is_a_version_with_its_changes(url, tmp_path):
    path = write_notice(tmp_path / "notice.txt")
    with stores.open(url) as store:
        ingest(store, path)
        ids = {row["name"]: row["activity_id"] for row in rows(store.engine, "activities")}
        write_notice(path, starts_on="2023-05-21", activities=["启动仪式", "第1次科普报告会", "闭幕式"])
        assert counts(ingest(store, path)) == {"files": 1, "changed": 1}
        after = {row["name"]: row for row in rows(store.engine, "activities")}
        assert set(after) == {"启动仪式", "第1次科普报告会", "闭幕式"}
        assert after["启动仪式"]["activity_id"] == ids["启动仪式"]
        assert after["启动仪式"]["starts_on"] == dt.date(2023, 5, 21)
        first, second = store.history("海科发〔2023〕1号")
        assert (first.version, first.is_current, first.reason) == (1, False, "first")
        assert (second.version, second.is_current, second.reason) == (2, True, "changed")
        assert first.valid_to == second.valid_from
        said = [(c.table, c.row_label, c.kind, c.field, c.old, c.new) for c in second.changes]
        assert ("activities", "启动仪式", "changed", "starts_on", "2023-05-20", "2023-05-21") in said
        assert {
            (c.kind, c.row_label) for c in second.changes if c.table == "activities" and c.field is None
        } == {
            ("removed", "实验室开放日"),
            ("added", "闭幕式"),
        }
        assert broken_references(store.engine) == []
        current = [
            row["is_current"] for row in sorted(rows(store.engine, "sources"), key=lambda r: r["reading"])
        ]
        assert current == [True, False]  # changed, first
        write_notice(path)
        assert counts(ingest(store, path)) == {"files": 1, "changed": 1}
        assert [v.is_current for v in store.history("海科发〔2023〕1号")] == [False, False, True]
        found = {row["is_current"]: row["reading"] for row in rows(store.engine, "sources")}
        assert found == {True: "first", False: "changed"}  # the file as it was first read is back


def organizations(store):
    return {row["name"]: row["aliases"] for row in rows(store.engine, "organizations")}


def test_organizations_have_the_forms_that_notices_print_and_lose_those_that_are_corrected(url, tmp_path):
    office, museum = "海滨市科学技术局", "海滨市科技馆"
    first = write_notice(tmp_path / "1.txt", 1, hosts=[office], printed={office: "市科技局"})
    second = write_notice(
        tmp_path / "2.txt", 2, hosts=[office, museum], printed={office: "科技局", museum: "市科技馆"}
    )
    with stores.open(url) as store:
        ingest(store, second, first)
        assert organizations(store) == {office: ["市科技局", "科技局"], museum: ["市科技馆"]}
        with stores.open(tmp_path / "other.sqlite") as other:
            ingest(other, first)
            ingest(other, second)
            assert organizations(other) == organizations(store)
        write_notice(second, 2, hosts=[office], printed={office: "市科技局"})
        assert ingest(store, second).changed == 1
        assert organizations(store) == {office: ["市科技局"]}
        write_notice(second, 2, hosts=[museum])
        ingest(store, second)
        assert organizations(store) == {office: ["市科技局"], museum: []}
        write_notice(first, 1, hosts=[office])
        ingest(store, first)
        assert organizations(store) == {office: [], museum: []}
        write_notice(first, 1, hosts=[])
        ingest(store, first)
        assert organizations(store) == {museum: []}
        assert broken_references(store.engine) == []


def test_corrections_in_one_transaction_leave_what_the_last_one_says(url, tmp_path):
    """The name itself changes here and back: brackets of another width are the same organization."""
    wide, narrow, school = "海滨市科技馆（新馆）", "海滨市科技馆(新馆)", "海滨市第1中学"
    files = []
    for n, hosts in enumerate([[wide], [narrow], [wide, school], [narrow], [wide], [school], [wide]]):
        printed = dict.fromkeys(hosts, f"第{n}种写法")
        number = 1 if n % 2 else 2
        changes = {"hosts": hosts, "printed": printed, "issued_on": f"2023-05-{10 + n}"}
        files.append(write_notice(tmp_path / f"{n}.txt", number, **changes))
    with stores.open(url) as store:
        summary = ingest(store, *files)
        assert counts(summary) == {"files": 7, "new": 2, "changed": 5}
        assert organizations(store) == {wide: ["第6种写法"], school: ["第5种写法"]}
        ingest(store, write_notice(tmp_path / "7.txt", 3, hosts=[narrow], printed={narrow: "第6种写法"}))
        assert organizations(store) == {narrow: ["第6种写法"], school: ["第5种写法"]}
        assert broken_references(store.engine) == []


def test_a_reissued_notice_elsewhere_is_a_version_and_an_old_one_that_comes_late_is_not_current(
    url, tmp_path
):
    new = write_notice(tmp_path / "new.txt", issued_on="2023-05-15", starts_on="2023-05-27")
    old = write_notice(tmp_path / "old.txt", issued_on="2023-05-08")
    with stores.open(url) as store:
        ingest(store, new)
        assert counts(ingest(store, old)) == {"files": 1, "changed": 1}
        assert [(v.reason, v.is_current) for v in store.history("关于举办")] == [
            ("first", True),
            ("superseded", False),
        ]
        assert rows(store.engine, "events")[0]["starts_on"] == dt.date(2023, 5, 27)
        assert counts(ingest(store, write_notice(tmp_path / "old copy.txt"))) == {"files": 1, "duplicates": 1}


def test_a_fuller_copy_completes(url, tmp_path):
    with stores.open(url) as store:
        ingest(store, write_notice(tmp_path / "web.txt", doc_number=None, phones=[], pad="正文"))
        assert counts(ingest(store, write_notice(tmp_path / "whole.txt"))) == {"files": 1, "changed": 1}
        assert store.history("关于举办")[-1].reason == "completed"
        assert rows(store.engine, "notices")[0]["doc_number"] == "海科发〔2023〕1号"


def test_next_years_notice_in_the_same_file_is_another_notice(url, tmp_path):
    path = write_notice(tmp_path / "latest.txt")
    with stores.open(url) as store:
        ingest(store, path)
        write_notice(
            path, title="关于举办2024年第2届海滨市科技活动周的通知", doc_number=None, issued_on="2024-05-08"
        )
        assert counts(ingest(store, path)) == {"files": 1, "new": 1}
        assert len(rows(store.engine, "notices")) == 2


def test_two_notices_of_a_day_and_title_with_other_numbers_stay_two(url, tmp_path):
    with stores.open(url) as store:
        ingest(store, write_notice(tmp_path / "1.txt"))
        ingest(store, write_notice(tmp_path / "2.txt", doc_number="海科发〔2023〕99号"))
        assert len(rows(store.engine, "notices")) == 2
        assert len(rows(store.engine, "activities")) == 6


def test_failures_are_rows_until_they_are_mended(url, tmp_path):
    good, bad = write_notice(tmp_path / "a.txt"), write_notice(tmp_path / "b.txt", 2, broken=True)
    with stores.open(url) as store:
        summary = ingest(store, good, bad, tmp_path / "missing.txt")
        assert counts(summary) == {"files": 3, "new": 1, "failed": 2}
        found = {Path(row["path"]).name: row for row in rows(store.engine, "failures")}
        assert found["b.txt"]["error"].endswith("ValueError: broken on purpose")
        assert "Traceback" in Path(found["b.txt"]["traceback"]).read_text()
        assert found["missing.txt"]["kind"] == "unreadable"
        run = rows(store.engine, "runs")[0]
        assert {failure["path"] for failure in run["failures"]} == {str(bad), str(tmp_path / "missing.txt")}
        first = state(store.engine)
        ingest(store, good, bad, tmp_path / "missing.txt")
        assert state(store.engine) == first
        write_notice(bad, 2)
        assert counts(ingest(store, bad)) == {"files": 1, "new": 1}
        assert [Path(row["path"]).name for row in rows(store.engine, "failures")] == ["missing.txt"]


def test_a_row_that_the_database_refuses_costs_only_its_file(url, tmp_path):
    for n in range(4):
        write_notice(tmp_path / f"{n}.txt", n, **({"region_adcode": "12"} if n == 2 else {}))
    with stores.open(url) as store:
        summary = ingest(store, tmp_path)
        assert counts(summary) == {"files": 4, "new": 3, "failed": 1}
        assert summary.failures[0].kind == "rejected"
        assert len(rows(store.engine, "notices")) == 3
        assert broken_references(store.engine) == []


def test_characters_that_no_database_holds(url, tmp_path):
    strange = os.fsdecode("通知".encode("gbk") + b"\xff.txt")
    path = write_notice(tmp_path / strange, text="正文\x00有空字符")
    with stores.open(url) as store:
        assert counts(ingest(store, path)) == {"files": 1, "new": 1}
        assert rows(store.engine, "sources")[0]["path"].endswith("\\xff.txt")
        assert next(store.records()).text == "正文\ufffd有空字符"
        assert counts(ingest(store, tmp_path)) == {"files": 1, "unchanged": 1}


def test_processes_give_what_one_process_gives(tmp_path):
    for n in range(12):
        write_notice(tmp_path / "in" / f"{n:02}.txt", n % 5, starts_on=f"2023-05-{10 + n}")
    states = []
    for jobs in (1, 2):
        with stores.open(tmp_path / f"{jobs}.sqlite") as store:
            ingest(store, tmp_path / "in", jobs=jobs)
            states.append(state(store.engine))
    assert states[0] == states[1]
    assert len(states[0]["versions"]) == 12


def test_a_file_that_kills_its_process_or_hangs_costs_only_itself(tmp_path):
    for n in range(8):
        extra = {3: {"kill": True}, 5: {"sleep": 60}}.get(n, {})
        write_notice(tmp_path / "in" / f"{n}.txt", n, **extra)
    with stores.open(tmp_path / "a.sqlite") as store:
        summary = ingest(store, tmp_path / "in", jobs=2, timeout=3)
        assert counts(summary) == {"files": 8, "new": 6, "failed": 2}
        assert {Path(f.path).name: f.kind for f in summary.failures} == {"3.txt": "crash", "5.txt": "timeout"}


def test_reading_again_with_other_rules(url, tmp_path):
    path = write_notice(tmp_path / "notice.txt")
    with stores.open(url) as store:
        ingest(store, path)
        before = state(store.engine)
        assert counts(ingest(store, path, again=True)) == {"files": 1, "unchanged": 1}
        assert state(store.engine) == before
        assert counts(ingest(store, path, again=True, extract=extract_otherwise)) == {
            "files": 1,
            "changed": 1,
        }
        assert store.history("关于举办")[-1].reason == "rebuilt"
        assert rows(store.engine, "contacts")[0]["unit"] == "市科学技术局"


def extract_otherwise(path):
    record = extract(path)
    record.contacts[0].unit = "市科学技术局"
    return record


def test_watching_takes_what_arrives_and_stops(tmp_path):
    folder = tmp_path / "in"
    write_notice(folder / "1.txt", 1)
    stop, seen = threading.Event(), []
    with stores.open(tmp_path / "a.sqlite") as store:
        for summary in store.watch([folder], SETTINGS, interval=0.05, stop=stop):
            seen.append(counts(summary))
            if len(seen) == 1:
                write_notice(folder / "2.txt", 2)
            elif len(seen) == 2:
                write_notice(folder / "1.txt", 1, starts_on="2023-05-22")
            else:
                stop.set()
    assert seen == [{"files": 1, "new": 1}, {"files": 1, "new": 1}, {"files": 1, "changed": 1}]


def test_records_and_tables_come_back(url, tmp_path):
    for n in range(3):
        write_notice(tmp_path / f"{n}.txt", n)
    with stores.open(url) as store:
        ingest(store, tmp_path)
        records = list(store.records())
        assert {record.notice.doc_number for record in records} == {f"海科发〔2023〕{n}号" for n in range(3)}
        again = to_tables(records)
        for name, frame in store.tables().items():
            key = repr
            assert sorted(plain_rows(name, frame), key=key) == sorted(
                plain_rows(name, again[name]), key=key
            ), name


def test_history_says_what_it_cannot_find(tmp_path):
    for n in range(2):
        write_notice(tmp_path / f"{n}.txt", n)
    with stores.open(tmp_path / "a.sqlite") as store:
        ingest(store, tmp_path / "0.txt", tmp_path / "1.txt")
        with pytest.raises(stores.StoreError, match="several"):
            store.history("科技活动周")
        with pytest.raises(stores.StoreError, match="no such notice"):
            store.history("没有的")
        assert store.history("1.txt")[0].title == "关于举办2023年第1届海滨市科技活动周的通知"


def test_views_answer_the_common_questions(url, tmp_path):
    write_notice(tmp_path / "a.txt", due_on="2099-01-01")
    with stores.open(url) as store:
        ingest(store, tmp_path)
        with store.engine.connect() as connection:
            hosts = (
                connection.execute(sa.text("SELECT * FROM activity_hosts ORDER BY position")).mappings().all()
            )
            assert [row["hosts"] for row in hosts] == ["海滨市科学技术局、海滨市第1中学"] * 3
            assert hosts[0]["undertakers"] is None
            kinds = connection.execute(
                sa.text("SELECT kind, count(*) FROM calendar GROUP BY kind ORDER BY kind")
            )
            assert [tuple(row) for row in kinds] == [("activity", 3), ("deadline", 1), ("event", 1)]
            assert connection.execute(sa.text("SELECT what FROM deadlines_to_come")).all() == [("方案",)]


def test_json_columns_are_json(url, tmp_path):
    write_notice(tmp_path / "a.txt")
    with stores.open(url) as store:
        ingest(store, tmp_path)
        with store.engine.connect() as connection:
            value = connection.scalar(sa.text("SELECT phones FROM contacts"))
        assert (json.loads(value) if isinstance(value, str) else value) == ["0532-1234567"]


def test_one_title_a_year_is_not_one_notice_unless_the_texts_are_alike(url, tmp_path):
    lecture = {"title": "关于举办2023年科普讲座的通知", "doc_number": None}
    first = write_notice(tmp_path / "1.txt", 1, **lecture)
    again = write_notice(tmp_path / "2.txt", 1, **lecture, issued_on="2023-05-12", phones=["0532-7654321"])
    pad = "本次讲座邀请专家介绍海洋生态保护，请组织师生参加，座位有限，先到先得，现场不设停车位。" * 5
    other = write_notice(tmp_path / "3.txt", 3, **lecture, issued_on="2023-09-12", pad=pad)
    with stores.open(url) as store:
        assert ingest(store, first).new == 1
        assert ingest(store, again).changed == 1
        assert ingest(store, other).new == 1


OPERATION = st.tuples(
    st.sampled_from(["a", "b", "c"]),
    st.integers(1, 2),
    st.fixed_dictionaries(
        {},
        optional={
            "starts_on": st.sampled_from(["2023-05-20", "2023-05-21"]),
            "issued_on": st.sampled_from(["2023-05-08", "2023-05-15", None]),
            "doc_number": st.none(),
            "phones": st.sampled_from([[], ["0532-1111111"], ["0532-2222222"]]),
            "activities": st.sampled_from([["启动仪式"], ["启动仪式", "启动仪式", "闭幕式"]]),
            "hosts": st.sampled_from([[], ["海滨市教育局"], ["海滨市 教育局"]]),
            "printed": st.dictionaries(
                st.sampled_from(["海滨市教育局", "海滨市 教育局", "海滨市科学技术局"]),
                st.sampled_from(["市教育局", "海滨市教育局", "主办方"]),
            ),
            "broken": st.just(True),
        },
    ),
)


@given(st.lists(OPERATION, min_size=2, max_size=6))
@settings(max_examples=12, deadline=None)
def test_whatever_arrives_the_database_is_consistent(tmp_path_factory, operations):
    folder = tmp_path_factory.mktemp("any")
    with stores.open(folder / "a.sqlite") as store:
        for name, number, changes in operations:
            path = write_notice(folder / f"{name}.txt", number, **changes)
            ingest(store, path, tracebacks=folder / "tracebacks")
            before = state(store.engine)
            assert ingest(store, path, tracebacks=folder / "tracebacks").new == 0
            assert state(store.engine) == before
        assert broken_references(store.engine) == []
        notices = {row["notice_id"] for row in rows(store.engine, "notices")}
        versions = rows(store.engine, "versions")
        assert sorted(v["notice_id"] for v in versions if v["is_current"]) == sorted(notices)
        assert all((v["valid_to"] is None) == v["is_current"] for v in versions)
        by_path = Counter(row["path"] for row in rows(store.engine, "sources") if row["is_current"])
        assert set(by_path.values()) <= {1}
        flat = to_tables(store.records())
        for table, frame in store.tables().items():
            if table not in ("sources", "failures"):
                expected = sorted(plain_rows(table, flat[table]), key=repr)
                assert sorted(plain_rows(table, frame), key=repr) == expected, table


def test_no_statement_of_a_run_searches_through_a_table(tmp_path):
    """What a file costs must not grow with what is stored: every statement uses an index."""
    path = write_notice(tmp_path / "a.txt")
    write_notice(tmp_path / "b.txt", 2)
    plans = []
    with stores.open(tmp_path / "a.sqlite") as store:
        ingest(store, tmp_path)

        @sa.event.listens_for(store.engine, "before_cursor_execute")
        def explain(connection, cursor, statement, parameters, context, many):
            if statement.split()[0] in ("SELECT", "UPDATE", "DELETE"):
                one = parameters[0] if many else parameters
                cursor.execute("EXPLAIN QUERY PLAN " + statement, one)
                plans.extend((statement, row[3]) for row in cursor.fetchall())

        write_notice(path, starts_on="2023-05-22", hosts=["海滨市教育局"])
        assert ingest(store, tmp_path).changed == 1
        write_notice(tmp_path / "c.txt", 3)
        assert ingest(store, tmp_path).new == 1
    assert len(plans) > 30
    small = ("runs", "failures")  # a row a run; only files that still fail
    scans = [plan for plan in plans if plan[1].startswith("SCAN") and plan[1].split()[1] not in small]
    assert scans == []
