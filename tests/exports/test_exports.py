"""Each export comes back whole through the reader that its users have."""

import datetime as dt
import json

import duckdb
import frictionless
import icalendar
import openpyxl
import pytest
from hypothesis import given, settings
from pyarrow import parquet

from noticetab import exports, tables
from noticetab import record as r
from noticetab.exports.lines import read_jsonl
from noticetab.exports.package import write_datapackage
from noticetab.exports.workbook import write_xlsx
from noticetab.tables import schema
from noticetab.tables.frames import plain_rows
from tables.sample import full_record, records


def full_tables():
    return tables.to_tables([full_record()], [tables.Failure("b.pdf", "no text", "unreadable")])


@pytest.mark.parametrize("form", exports.FORMATS)
def test_every_format_gives_the_same_bytes_each_time_and_leaves_nothing_beside(form, tmp_path):
    made = []
    for name in ("1", "2"):
        out = tmp_path / name
        out.mkdir()
        written = exports.export(form, full_tables(), [full_record()], out)
        made.append({path.name: path.read_bytes() for path in written})
        assert sorted(path.name for path in out.iterdir()) == sorted(made[-1])
    assert made[0] == made[1]
    assert all(made[0].values())


def test_parquet_has_arrow_types_and_comes_back(tmp_path):
    found = full_tables()
    exports.export("parquet", found, [], tmp_path)
    for name, frame in found.items():
        table = parquet.read_table(tmp_path / f"{name}.parquet")
        expected = plain_rows(name, frame)
        for column in schema.tables()[name].flat_columns:
            field = table.schema.field(column.name)
            assert field.metadata[b"zh"].decode() == (column.note or column.zh)
            values = table[column.name].to_pylist()
            wanted = [row[column.name] for row in expected]
            if column.type == "object" or column.name == "related":
                values = [json.loads(value) for value in values]
            assert values == wanted, (name, column.name)
        kinds = {"date": "date32[day]", "timestamp": "timestamp[ms]", "int": "int64", "bool": "bool"}
        for column in schema.tables()[name].flat_columns:
            if column.type in kinds:
                assert str(table.schema.field(column.name).type) == kinds[column.type]
    query = f"SELECT name, venues, typeof(starts_on) FROM '{tmp_path}/activities.parquet' WHERE number = 1"
    assert duckdb.connect().execute(query).fetchone() == ("启动仪式", ["市民广场"], "DATE")


@pytest.mark.parametrize("chinese", [False, True])
def test_workbook(chinese, tmp_path):
    path = write_xlsx(full_tables(), tmp_path / "a.xlsx", chinese_headers=chinese)
    book = openpyxl.load_workbook(path)
    specs = schema.flat_tables()
    assert book.sheetnames == [spec.zh if chinese else name for name, spec in specs.items()]
    for name, frame in full_tables().items():
        spec = specs[name]
        sheet = book[spec.zh if chinese else name]
        assert [cell.value for cell in sheet[1]] == [c.zh if chinese else c.name for c in spec.flat_columns]
        assert sheet.max_row == len(frame) + 1
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(6 <= dimension.width <= 60 for dimension in sheet.column_dimensions.values())
    sheet = book[specs["events"].zh if chinese else "events"]
    column = [c.name for c in specs["events"].flat_columns].index("starts_on") + 1
    assert sheet.cell(2, column).value == dt.datetime(2023, 5, 20)
    assert sheet.cell(2, column).number_format == "yyyy-mm-dd"
    sheet = book[specs["references"].zh if chinese else "references"]
    column = [c.name for c in specs["references"].flat_columns].index("title") + 1
    assert (sheet.cell(2, column).value, sheet.cell(2, column).data_type) == ("=cmd|calc", "s")


@given(records())
@settings(max_examples=10, deadline=None)
def test_a_workbook_opens_whatever_the_words_and_runs_nothing(tmp_path_factory, record):
    path = write_xlsx(tables.to_tables([record]), tmp_path_factory.mktemp("x") / "a.xlsx")
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for line in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in line)


def test_long_and_strange_text_in_a_workbook(tmp_path):
    record = full_record()
    record.activities[0].description = "长" * 40_000
    record.activities[1].description = "\x01_x0041_\r\n=1+1"
    path = write_xlsx(tables.to_tables([record]), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(path)["activities"]
    column = [c.name for c in schema.tables()["activities"].flat_columns].index("description") + 1
    assert len(sheet.cell(2, column).value) == 32_767
    assert sheet.cell(2, column).value.endswith("…")
    assert openpyxl.utils.escape.unescape(sheet.cell(3, column).value) == "\ufffd_x0041_\r\n=1+1"


def test_json_lines(tmp_path):
    found = [full_record(), r.Record(text="空\n行")]
    (path,) = exports.export("jsonl", {}, found, tmp_path)
    assert len(path.read_text("utf-8").splitlines()) == 2
    assert list(read_jsonl(path)) == found
    assert set(json.loads(path.read_text("utf-8").splitlines()[1])) == set(r.Record.model_fields)


def entries(tmp_path, record):
    (path,) = exports.export("ics", tables.to_tables([record]), [], tmp_path)
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    assert calendar.errors == []
    return {str(entry["summary"]): entry for entry in calendar.walk("VEVENT")}


def test_calendar(tmp_path):
    record = full_record()
    found = entries(tmp_path, record)
    assert set(found) == {"2023年海滨市科技活动周", "启动仪式", "截止：方案"}
    event = found["2023年海滨市科技活动周"]
    assert event["dtstart"].dt == dt.date(2023, 5, 20)
    assert event["dtend"].dt == dt.date(2023, 5, 28)  # RFC 5545: the end is not included
    activity = found["启动仪式"]
    assert activity["dtstart"].dt.isoformat() == "2023-05-20T09:00:00+08:00"
    assert str(activity["location"]) == "市民广场"
    assert "主办：海滨市科学技术局" in str(activity["description"])
    deadline = found["截止：方案"]
    assert deadline["dtstart"].dt.isoformat() == "2023-05-11T00:00:00+08:00"  # 24:00 of the day before
    (alarm,) = deadline.walk("VALARM")
    assert alarm["trigger"].dt == dt.timedelta(days=-1)


def test_calendar_of_daily_times_and_odd_orders(tmp_path):
    record = full_record()
    one, two = record.activities[0], record.activities[2]
    one.ends_on, one.end_time = dt.date(2023, 5, 22), "17:00"
    two.starts_on, two.ends_on = dt.date(2023, 6, 3), dt.date(2023, 6, 1)
    found = entries(tmp_path, record)
    assert found["启动仪式"]["dtstart"].dt == dt.date(2023, 5, 20)
    assert found["启动仪式"]["dtend"].dt == dt.date(2023, 5, 23)
    assert "每日09:00—17:00" in str(found["启动仪式"]["description"])
    assert found["科普报告"]["dtend"].dt == dt.date(2023, 6, 4)


def test_linked_data(tmp_path):
    (path,) = exports.export("jsonld", full_tables(), [], tmp_path)
    document = json.loads(path.read_text("utf-8"))
    assert document["@context"] == "https://schema.org"
    graph = {(node["@type"], node.get("name")): node for node in document["@graph"]}
    ids = {node["@id"] for node in document["@graph"]}
    assert len(ids) == len(document["@graph"])
    activity = graph["Event", "启动仪式"]
    assert activity["startDate"] == "2023-05-20T09:00:00+08:00"
    assert activity["superEvent"]["@id"] == graph["Event", "2023年海滨市科技活动周"]["@id"]
    assert activity["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert [host["name"] for host in activity["organizer"]] == ["海滨市科学技术局", "海滨市科学技术协会"]
    assert graph["Organization", "海滨市科学技术局"]["alternateName"] == ["市科技局"]
    for node in document["@graph"]:
        for value in node.values():
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict) and "@id" in item:
                    assert item["@id"] in ids


def test_data_package_validates_and_notices_damage(tmp_path):
    other = full_record(path="b.txt", sha256="b" * 64)
    other.notice.title = "另一通知"
    found = tables.to_tables([full_record(), other], [tables.Failure("b.pdf", "no text")])
    write_datapackage(found, tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    assert len(report.tasks) == len(schema.flat_tables())
    path = tmp_path / "organizers.csv"
    organizer = found["organizers"]["org_id"][0]
    path.write_text(path.read_text("utf-8-sig").replace(organizer, "o" + "0" * 16), encoding="utf-8-sig")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert {"foreign-key", "hash-count"} <= {error[0] for error in report.flatten(["type"])}
