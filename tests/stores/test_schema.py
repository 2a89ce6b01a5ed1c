"""The schema in each database: what models say is what migrations make, and all of it is explained."""

import json
import sqlite3
from contextlib import closing

import jsonschema
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.script import ScriptDirectory

from noticetab import stores
from noticetab.stores import dictionary, engine, migrate, model
from noticetab.stores.ingest import Settings
from noticetab.stores.runs import program
from noticetab.stores.snapshot import content
from noticetab.stores.views import VIEWS
from noticetab.tables import schema, to_tables
from stores.fakes import extract, write_notice
from stores.state import broken_references, rows, state
from tables.sample import full_record


def made(url, how):
    found = engine.connect(url)
    engine.write(found, how)
    return found


def described(found):
    """Tables, columns, keys, checks, indexes, comments as the database itself lists them."""
    if found.dialect.name == "duckdb":
        queries = (
            "SELECT table_name, comment FROM duckdb_tables() ORDER BY ALL",
            "SELECT table_name, column_name, data_type, is_nullable, column_default, comment"
            " FROM duckdb_columns() WHERE NOT internal ORDER BY ALL",
            "SELECT table_name, constraint_type, constraint_text FROM duckdb_constraints() ORDER BY ALL",
            "SELECT table_name, index_name, sql FROM duckdb_indexes() ORDER BY ALL",
            "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL",
        )
        with found.connect() as connection:
            return [connection.exec_driver_sql(query).all() for query in queries]
    look = sa.inspect(found)
    return {
        name: (
            [
                (c["name"], str(c["type"]), c["nullable"], c["default"], c.get("comment"))
                for c in look.get_columns(name)
            ],
            look.get_pk_constraint(name),
            sorted(look.get_foreign_keys(name), key=repr),
            sorted(look.get_check_constraints(name), key=repr),
            sorted(look.get_unique_constraints(name), key=repr),
            sorted(look.get_indexes(name), key=repr),
        )
        for name in look.get_table_names()
    } | {"views": sorted(look.get_view_names())}


def test_migrations_from_the_first_on_make_what_the_models_say(url, server, tmp_path):
    other = server.new_database("other_" + tmp_path.name[-20:].lower()) if "postgres" in url else url + "2"
    stepwise, at_once = made(url, migrate.upgrade), made(other, migrate.create)
    assert described(stepwise) == described(at_once)
    if stepwise.dialect.name != "duckdb":  # Alembic cannot read DuckDB's catalogue
        with stepwise.connect() as connection:
            ours = migrate.context(connection, compare_type=True, include_object=_ours)
            assert compare_metadata(ours, model.metadata()) == []


def _ours(_, name, *__):
    return name != model.VERSION_TABLE


def test_every_step_up_keeps_what_is_there(url, tmp_path):
    write_notice(tmp_path / "a.txt")
    revisions = [s.revision for s in ScriptDirectory.from_config(migrate.config()).walk_revisions()][::-1]
    found = made(url, lambda connection: migrate.upgrade(connection, revisions[0]))
    for revision in revisions[1:]:
        engine.write(found, lambda connection, revision=revision: migrate.upgrade(connection, revision))
    with stores.open(url) as store:
        assert store.schema_version() == migrate.head() == revisions[-1]
        store.ingest([tmp_path / "a.txt"], Settings(jobs=1, extract=extract))
        before = state(store.engine)
    with stores.open(url) as store:
        assert state(store.engine) == before


OLD_NAMES = {"program": "program_version", "rules_hash": "rules_version"}


def fill(connection, revision, found):
    """Make a database as it was at a revision before 0004, with rows as this program has them."""
    migrate.upgrade(connection, revision)
    for name in schema.tables():
        target = model.table(name)
        for row in found.get(name, []):
            old = {target.c[key].name: (target.c[key].type, value) for key, value in row.items()}
            if name in ("sources", "versions", "runs"):
                old = {OLD_NAMES.get(key, key): said for key, said in old.items()}
                kind, said = old["program_version"]
                old["program_version"] = (kind, said.removeprefix("noticetab "))
            for key in ("part", "contract_version"):
                old.pop(key, None)
            columns = (sa.column(key, kind) for key, (kind, _) in old.items())
            values = {key: value for key, (_, value) in old.items()}
            connection.execute(sa.insert(sa.table(target.name, *columns)).values(values))


def test_a_database_of_an_older_version_keeps_its_history(url, tmp_path):
    """At 0003 sources and versions did not say which contract and which document of a file."""
    write_notice(tmp_path / "in" / "1.txt", 1)
    with stores.open(tmp_path / "new.sqlite") as store:
        store.ingest([tmp_path / "in"], Settings(jobs=1, extract=extract))
        write_notice(tmp_path / "in" / "1.txt", 1, starts_on="2023-05-22")
        store.ingest([tmp_path / "in"], Settings(jobs=1, extract=extract))
        found = {spec: rows(store.engine, spec) for spec in schema.tables()}
    assert found["changes"]
    found["versions"][-1]["reason"] = "rebuilt"
    for row in found["sources"]:
        row["reading"] = {"changed": "rebuilt"}.get(row["reading"], row["reading"])
    made(url, lambda connection: fill(connection, "0003", found)).dispose()
    with stores.open(url) as store:
        assert store.schema_version() == migrate.head()
        assert broken_references(store.engine) == []
        for name in ("notices", "changes", "activities", "organizations", "runs"):
            assert rows(store.engine, name) == found[name], name
        versions, sources = rows(store.engine, "versions"), rows(store.engine, "sources")
        assert [row["reason"] for row in versions] == ["first", "program"]
        assert sorted(row["reading"] for row in sources) == ["first", "program"]
        assert {(row["part"], row["contract_version"]) for row in sources} == {(1, 1)}
        assert {row["program"] for row in versions + sources} == {program()}
        assert [row["record"] for row in versions] == [row["record"] for row in found["versions"]]
        # and it goes on: the same file brings nothing, its next state a version
        assert store.ingest([tmp_path / "in"], Settings(jobs=1, extract=extract)).unchanged == 1
        write_notice(tmp_path / "in" / "1.txt", 1, starts_on="2023-05-23")
        assert store.ingest([tmp_path / "in"], Settings(jobs=1, extract=extract)).changed == 1


def test_a_database_without_aliases_gets_them_from_its_organizers(url, tmp_path):
    for n, printed in enumerate(["市科技局", "科技局", "海滨市科学技术局"]):
        write_notice(tmp_path / f"{n}.txt", n, printed={"海滨市科学技术局": printed})
    with stores.open(tmp_path / "new.sqlite") as store:
        store.ingest([tmp_path], Settings(jobs=1, extract=extract))
        expected = state(store.engine)
        found = {spec: rows(store.engine, spec) for spec in schema.tables()}
    assert [row["aliases"] for row in found["organizations"] if row["aliases"]] == [["市科技局", "科技局"]]
    for row in found["organizations"]:
        del row["aliases"]
        row["org_kind"] = ["被更正的类别"]  # what older programs left when a correction took it back

    made(url, lambda connection: fill(connection, "0002", found)).dispose()
    with stores.open(url) as store:
        assert store.schema_version() == migrate.head()
        assert state(store.engine) == expected
        write_notice(tmp_path / "1.txt", 1)
        assert store.ingest([tmp_path], Settings(jobs=1, extract=extract)).changed == 1
        aliases = [row["aliases"] for row in rows(store.engine, "organizations") if row["aliases"]]
        assert aliases == [["市科技局"]]


NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = {head!r}


def upgrade():
    op.add_column("events", sa.Column("note", sa.Text()))
    op.execute("UPDATE events SET note = name")
"""


def test_a_step_to_come_changes_a_filled_database(url, tmp_path, monkeypatch):
    write_notice(tmp_path / "a.txt")
    with stores.open(url) as store:
        store.ingest([tmp_path / "a.txt"], Settings(jobs=1, extract=extract))
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "next.py").write_text(NEXT.format(head=migrate.head()))
    real = migrate.config

    def config(connection=None):
        made = real(connection)
        shipped = f"{made.get_main_option('script_location')}/versions"
        made.set_main_option("version_locations", f"{shipped}\n{tmp_path}/versions")
        made.set_main_option("path_separator", "newline")
        return made

    monkeypatch.setattr(migrate, "config", config)
    migrate.head.cache_clear()
    try:
        assert migrate.head() == "next"
        with stores.open(url) as store, store.engine.connect() as connection:
            assert store.schema_version() == "next"
            query = "SELECT note FROM events UNION SELECT title FROM calendar WHERE kind = 'event'"
            assert connection.exec_driver_sql(query).all() == [("第1届海滨市科技活动周",)]
    finally:
        migrate.head.cache_clear()


def test_a_database_of_a_newer_program_is_refused(url):
    with stores.open(url) as store, store.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {model.VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(stores.StoreError, match="update noticetab"):
        stores.open(url)


def test_a_database_of_somebody_else_is_refused(url):
    found = engine.connect(url)
    with found.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE events (x INTEGER)")
    found.dispose()
    with pytest.raises(stores.StoreError, match="events"):
        stores.open(url)


def test_opening_what_is_no_database(tmp_path):
    (tmp_path / "text.sqlite").write_text("这不是数据库" * 100)
    with pytest.raises(stores.StoreError, match=r"text\.sqlite"):
        stores.open(tmp_path / "text.sqlite")
    with pytest.raises(stores.StoreError, match="does not exist"):
        stores.open(tmp_path / "missing" / "a.sqlite")
    with pytest.raises(stores.StoreError, match="no such database"):
        stores.open(tmp_path / "a.sqlite", create=False)
    with pytest.raises(stores.StoreError, match="postgresql://"):
        stores.open("oracle://host/base")
    with pytest.raises(stores.StoreError, match="gave up"):
        stores.open("postgresql://nobody@127.0.0.1:1/none", patience=0.3)


@pytest.mark.postgres
def test_comments_stand_in_postgresql(postgres_url):
    found = made(postgres_url, migrate.create)
    look = sa.inspect(found)
    for table in schema.tables().values():
        assert look.get_table_comment(table.sql)["text"] == table.comment
        for column in look.get_columns(table.sql):
            assert any("\u4e00" <= c <= "\u9fff" for c in column["comment"])


def test_keys_and_checks_hold(url):
    with stores.open(url) as store:
        notice = {
            "notice_id": "n1",
            "is_notice": True,
            "issuers": [],
            "addressees": [],
            "cc": [],
            "evidence": {},
            "rule": {},
            "confidence": 1,
        }
        theme = {
            "theme_id": "t1",
            "notice_id": "n1",
            "position": 1,
            "role": "主题",
            "text": "x",
            "start": 0,
            "end": 1,
            "rule": "",
            "confidence": 1,
        }
        with store.engine.begin() as connection:
            connection.execute(sa.insert(model.table("notices")), [notice])
            connection.execute(sa.insert(model.table("themes")), [theme])
        wrong = [
            {"role": "口号"},
            {"confidence": 2},
            {"end": -1},
            {"position": 0},
            {"text": None},
            {"theme_id": "t1"},
        ]
        if store.engine.dialect.name != "duckdb":
            wrong.append({"notice_id": "n2"})
        for change in wrong:
            with pytest.raises(sa.exc.DBAPIError), store.engine.begin() as connection:
                connection.execute(sa.insert(model.table("themes")), [theme | {"theme_id": "t2"} | change])


@pytest.mark.parametrize(
    "dialect", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres), "duckdb"]
)
def test_the_printed_ddl_runs(dialect, tmp_path, request):
    text = dictionary.sql(dialect)
    if dialect == "sqlite":
        with closing(sqlite3.connect(tmp_path / "a.sqlite")) as connection:
            connection.executescript(text)
            kinds = dict(connection.execute("SELECT type, count(*) FROM sqlite_master GROUP BY type"))
        assert (kinds["table"], kinds["view"]) == (len(schema.tables()), len(VIEWS))
        return
    url = (
        request.getfixturevalue("postgres_url")
        if dialect == "postgresql"
        else f"duckdb:///{tmp_path}/a.duckdb"
    )
    found = engine.connect(url)
    with found.begin() as connection:
        connection.exec_driver_sql(text.replace("%", "%%"))
    other = made(
        request.getfixturevalue("server").new_database("ddl") if dialect == "postgresql" else url + "2",
        migrate.create,
    )
    left, right = described(found), described(other)
    for one in (left, right):
        if isinstance(one, dict):
            one.pop(model.VERSION_TABLE, None)
    if isinstance(left, dict):
        assert left == right
    else:
        assert left[1] == [row for row in right[1] if row[0] != model.VERSION_TABLE]


def test_json_schema_fits_records_and_explains_every_field():
    made_schema = dictionary.json_schema()
    jsonschema.Draft202012Validator.check_schema(made_schema)
    jsonschema.validate(json.loads(full_record().model_dump_json()), made_schema)
    for name in dictionary.MODELS:
        for field, part in made_schema["$defs"][name]["properties"].items():
            assert field in ("evidence", "spans", "organizers", "fields") or "。" in part["description"], (
                name,
                field,
            )


def test_the_dictionary_names_every_column_in_both_languages():
    text = dictionary.markdown()
    for table in schema.tables().values():
        assert f"## {table.name}" in text
        for column in table.columns:
            assert f"| {column.name}" in text
            assert column.zh in text
    assert "(SQL: end_char)" in text


def test_snapshot_is_whole_and_the_same_each_time(tmp_path):
    path = tmp_path / "notices.sqlite"
    other = full_record(path="b.txt", sha256="b" * 64)
    found = to_tables([full_record(), other], [])
    stores.write_sqlite(found, path)
    first = path.read_bytes(), path.stat().st_mtime_ns
    stores.write_sqlite(found, path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == first
    stores.write_sqlite(to_tables([full_record()]), tmp_path / "one.sqlite")
    assert content(tmp_path / "one.sqlite") != content(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        readings = connection.execute("SELECT reading FROM sources ORDER BY path").fetchall()
        assert readings == [("first",), ("duplicate",)]
        assert connection.execute("SELECT hosts FROM activity_hosts WHERE name = '启动仪式'").fetchone() == (
            "海滨市科学技术局、海滨市科学技术协会",
        )
        for name, frame in found.items():
            count = connection.execute(f"SELECT count(*) FROM {schema.tables()[name].sql}").fetchone()[0]
            assert count == len(frame), name
    assert sorted(p.name for p in tmp_path.iterdir()) == ["notices.sqlite", "one.sqlite"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("duckdb:///a.duckdb", "the driver of DuckDB is not installed; install noticetab[export]"),
        (
            "postgresql://u:secret@h/d",
            "the driver of PostgreSQL is not installed; install noticetab[postgres]",
        ),
        ("mysql://u:secret@h/d", "not a kind of database that is known here; give sqlite:///"),
        ("nonsense://", "not a kind of database that is known here; give sqlite:///"),
    ],
)
def test_a_database_that_cannot_be_opened_names_what_to_install(monkeypatch, url, said):
    def none(*_args, **_options):
        raise sa.exc.NoSuchModuleError("Can't load plugin: sqlalchemy.dialects:duckdb")

    monkeypatch.setattr("noticetab.stores.engine.sa.create_engine", none)
    with pytest.raises(stores.StoreError) as caught:
        engine.connect(url)
    assert said in str(caught.value)
    assert "plugin" not in str(caught.value)
    assert "secret" not in str(caught.value)
