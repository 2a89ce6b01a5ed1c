"""What docs/database.md tells to type works."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from noticetab import cli, exports, stores
from noticetab.stores.ingest import Settings
from noticetab.stores.views import VIEWS
from noticetab.tables import schema
from stores.fakes import extract, write_notice

TEXT = (Path(__file__).parents[2] / "docs" / "database.md").read_text("utf-8")


def test_queries(url, tmp_path):
    write_notice(tmp_path / "a.txt")
    queries = "".join(re.findall(r"```sql\n(.*?)```", TEXT, re.DOTALL)).split(";")
    with stores.open(url) as store:
        store.ingest([tmp_path], Settings(jobs=1, extract=extract))
        with store.engine.connect() as connection:
            found = [connection.execute(sa.text(query)).all() for query in queries if query.strip()]
    assert len(found) == 4
    assert found[2] == [("海滨市科学技术局", 4), ("海滨市第1中学", 3)]
    assert [row.name for row in found[3]] == ["海滨市科学技术局", "海滨市第1中学"]


def test_python(tmp_path, monkeypatch):
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    write_notice(tmp_path / "incoming" / "a.txt", doc_number="济历城科字〔2023〕16号")
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(code.replace("Settings(jobs=4)", "Settings(jobs=1, extract=extract)"), {"extract": extract}, names)
    assert names["summary"].new == 1
    assert len(names["tables"]["notices"]) == len(names["versions"]) == 1


def test_commands_and_options_exist():
    import typer

    group = typer.main.get_command(cli.build())
    lines = re.findall(r"^noticetab ([\w-]+)(.*?)(?: #.*)?$", TEXT, re.MULTILINE)
    assert lines
    for name, rest in lines:
        command = group.commands[name]
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"--[\w-]+", rest)) <= known


@pytest.mark.parametrize("what", ["formats", "views", "reasons"])
def test_lists_are_complete(what):
    wanted = {
        "formats": exports.FORMATS,
        "views": [view.name for view in VIEWS],
        "reasons": schema.tables()["versions"].column("reason").one_of,
    }[what]
    for name in wanted:
        assert re.search(rf"^\| {name} \||`{name}`", TEXT, re.MULTILINE), name
