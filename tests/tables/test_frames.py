"""Records as DataFrames and CSV: every field arrives, ids stay, bytes do not change."""

import datetime as dt
import json
import subprocess
import sys
import typing

import pandas as pd
import pytest
from hypothesis import given, settings

from noticetab import record as r
from noticetab import tables
from noticetab.aside import aside
from noticetab.tables import delimited, frames, schema
from noticetab.tables.frames import plain_rows
from noticetab.tables.rows import ID_COLUMNS, flatten
from tables.sample import full_record, records

MODELS = {
    "notices": r.Notice, "sources": r.Source, "events": r.Event, "themes": r.Theme, "sections": r.Section,
    "activities": r.Activity, "organizers": r.Organizer, "dates": r.DateRow, "deadlines": r.Deadline,
    "contacts": r.Contact, "people": r.Person, "attachments": r.Attachment, "form_fields": r.FormField,
    "quotas": r.Quota, "references": r.Reference, "findings": r.Finding,
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_every_field_of_the_record_is_a_column_and_its_values_are_checked_alike(name):
    table = schema.tables()[name]
    elsewhere = {"evidence", "spans", "organizers", "fields"} - ({"evidence"} if name == "notices" else set())
    for field, info in MODELS[name].model_fields.items():
        if field in elsewhere:
            continue
        column = table.column(field)
        allowed = [a for a in (info.annotation, *typing.get_args(info.annotation)) if _is_literal(a)]
        if allowed:
            assert set(column.one_of) == set(typing.get_args(allowed[0]))


def _is_literal(annotation):
    return typing.get_origin(annotation) is typing.Literal


def test_a_full_record_fills_every_table():
    found = tables.to_tables([full_record()], [tables.Failure("b.pdf", "no\n text", "unreadable")])
    assert list(found) == list(schema.flat_tables())
    assert [name for name, frame in found.items() if frame.empty] == []
    for name, frame in found.items():
        assert list(frame.columns) == [c.name for c in schema.tables()[name].flat_columns]
        for column in schema.tables()[name].flat_columns:
            assert str(frame[column.name].dtype) == frames.DTYPES[column.type]
            if not column.null:
                assert frame[column.name].notna().all(), (name, column.name)
    assert found["failures"].loc[0, "error"] == "no text"
    activities = found["activities"].set_index("name")
    assert activities.loc["启动仪式", "starts_on"] == pd.Timestamp(2023, 5, 20)
    assert activities.loc["启动仪式", "venues"] == ["市民广场"]
    assert activities.loc["科普报告", "parent_id"] == activities.loc["专题活动", "activity_id"]
    sections = found["sections"].set_index("heading")
    assert activities.loc["科普报告", "section_id"] == sections.loc["专题活动", "section_id"]
    assert sections.loc["专题活动", "parent_id"] == sections.loc["主要活动", "section_id"]
    assert len(found["organizers"]) == 3
    assert len(found["organizations"]) == 2


def test_keys_are_unique_and_references_hold():
    found = tables.to_tables([full_record(), full_record(path="b.txt"), r.Record(text="另一件")])
    for name, frame in found.items():
        assert frame[list(schema.tables()[name].key)].notna().all(axis=None)
        assert not frame.duplicated(list(schema.tables()[name].key)).any()
        for column in schema.tables()[name].flat_columns:
            if column.ref:
                target = found[column.ref][schema.tables()[column.ref].key[0]]
                assert frame[column.name].dropna().isin(target).all(), (name, column.name)
    assert len(found["sources"]) == 3
    assert len(found["notices"]) == 2


def test_copies_of_a_notice_give_one_notice_and_the_fuller_rows():
    poor = full_record(path="web.html", sha256="b" * 64)
    poor.activities = poor.activities[:1]
    for order in ([poor, full_record()], [full_record(), poor]):
        found = tables.to_tables(order)
        assert len(found["notices"]) == 1
        assert len(found["sources"]) == 2
        assert len(found["activities"]) == 3


def test_two_numbers_under_one_title_and_day_are_two_notices():
    other = full_record(path="b.txt")
    other.notice.doc_number = "海科发〔2023〕8号"
    assert len(tables.to_tables([full_record(), other])["notices"]) == 2


def _organizer(name, raw, **more):
    where = r.Evidence(start=0, end=1)
    return r.Organizer(role="主办", name=name, raw=raw, org_id="org-1", rule="", evidence=where, **more)


def test_an_organization_lists_every_form_it_was_printed_in_whatever_the_order():
    full, wide, narrow = "天津市科学技术协会", "天津科技馆（新馆）", "天津科技馆(新馆)"
    city = [
        _organizer(full, "市科协", org_kind=["群团", "科协"]),
        _organizer(full, full, region_adcode="120000"),
        _organizer(full, "天津市科协"),
        _organizer(full, "市科协"),
    ]
    museum = [_organizer(name, name) for name in (wide, narrow)]
    other = _organizer("湖州市科学技术协会", "市科协")
    for row in museum:
        row.org_id = "org-2"
    other.org_id = "org-3"
    named = [*city, *museum, other]
    notices = [r.Record(text=f"第{n}件", organizers=[row]) for n, row in enumerate(named)]
    together = r.Record(organizers=named[:3], activities=[full_record().activities[0]])
    together.activities[0].organizers = named[3:]
    for found in ([*notices], notices[::-1], [together]):
        rows = plain_rows("organizations", tables.to_tables(found)["organizations"])
        assert [tuple(row.values()) for row in rows] == [
            ("org-1", full, ["科协", "群团"], "120000", ["天津市科协", "市科协"]),
            ("org-2", narrow, [], None, [wide]),
            ("org-3", "湖州市科学技术协会", [], None, ["市科协"]),
        ]


def test_ids_do_not_move_when_a_row_is_put_before_or_a_date_is_corrected():
    before = {row["name"]: row["activity_id"] for row in flatten(full_record())["activities"]}
    corrected = full_record()
    corrected.activities.insert(
        0, r.Activity(section="主要活动", number=9, name="新的活动", evidence=corrected.events[0].evidence)
    )
    corrected.activities[1].starts_on = dt.date(2023, 5, 21)
    after = {row["name"]: row["activity_id"] for row in flatten(corrected)["activities"]}
    assert {name: after[name] for name in before} == before


def test_ids_are_the_same_in_another_process():
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from tables.sample import full_record\nfrom noticetab.tables.rows import flatten\n"
        "print(sorted(v for rows in flatten(full_record()).values() for row in rows for k, v in row.items()"
        " if k.endswith('_id') and v))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 500


@given(records())
@settings(max_examples=60, deadline=None)
def test_any_record_flattens_with_distinct_ids(record):
    rows = flatten(record)
    for name, column in ID_COLUMNS.items():
        ids = [row[column] for row in rows[name]]
        assert len(set(ids)) == len(ids)
    assert len(rows["organizers"]) == len(record.organizers) + sum(
        len(a.organizers) for a in record.activities
    )


@given(records())
@settings(max_examples=10, deadline=None)
def test_csv_gives_back_the_same_tables(tmp_path_factory, record):
    directory = tmp_path_factory.mktemp("csv")
    found = tables.to_tables([record])
    tables.write_csv(found, directory)
    again = tables.read_csv(directory)
    for name, frame in found.items():
        assert frames.plain_rows(name, again[name]) == frames.plain_rows(name, frame)


def test_csv_is_for_excel(tmp_path):
    tables.write_csv(tables.to_tables([full_record()]), tmp_path)
    raw = (tmp_path / "references.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    assert ",'=cmd|calc," in text
    assert "'+86" not in (tmp_path / "contacts.csv").read_text("utf-8-sig")  # inside a JSON array
    activities = (tmp_path / "activities.csv").read_text("utf-8-sig")
    assert ",2023-05-20,," in activities
    assert json.loads(tables.read_csv(tmp_path)["activities"]["venues"][0].__repr__().replace("'", '"')) == [
        "市民广场"
    ]


def test_csv_bytes_are_the_same_each_time_and_nothing_is_left_beside(tmp_path):
    first, second = tmp_path / "1", tmp_path / "2"
    for directory in (first, second, second):
        tables.write_csv(tables.to_tables([full_record()]), directory)
    assert {p.name: p.read_bytes() for p in first.iterdir()} == {
        p.name: p.read_bytes() for p in second.iterdir()
    }
    assert len(list(second.iterdir())) == len(schema.flat_tables())


@pytest.mark.parametrize("mark", delimited.FORMULA_MARKS + "'")
def test_no_cell_begins_a_formula(mark):
    assert delimited.cell(mark + "1", "text") == "'" + mark + "1"


def test_half_a_file_never_takes_the_place_of_a_whole_one(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("whole")
    with pytest.raises(RuntimeError), aside(path) as file:
        file.write("ha")
        raise RuntimeError
    assert path.read_text() == "whole"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_a_wrong_schema_is_refused():
    good = {
        "rows": {"columns": {}},
        "a": {"zh": "甲", "en": "A", "key": ["x"], "columns": {"x": {"type": "id", "zh": "x", "en": "x"}}},
    }
    assert list(schema.parse(json.loads(json.dumps(good)))) == ["a"]
    for change in ({"typo": 1}, {"key": ["y"]}, {"index": [["z"]]}):
        bad = json.loads(json.dumps(good))
        bad["a"] |= change
        with pytest.raises(schema.SchemaError, match="a"):
            schema.parse(bad)
    for change in ({"type": "number"}, {"ref": "b"}, {"nul": False}):
        bad = json.loads(json.dumps(good))
        bad["a"]["columns"]["x"] |= change
        with pytest.raises(schema.SchemaError, match=r"a\.x"):
            schema.parse(bad)
