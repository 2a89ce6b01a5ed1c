"""The steps by which databases follow the schema. A step never changes once it is released.

Tables are made and changed here; comments and views hold no data and are made anew from
``schema.toml`` and :mod:`noticetab.stores.views` after the last step.
"""

from __future__ import annotations

from importlib import resources

TYPES = {
    "sqlite": {"json": "TEXT", "timestamp": "DATETIME", "float": "FLOAT"},
    "postgresql": {"json": "JSONB", "timestamp": "TIMESTAMP", "float": "FLOAT(53)"},
    "duckdb": {"json": "TEXT", "timestamp": "TIMESTAMP", "float": "DOUBLE"},
}


def run_script(name: str) -> None:
    """Execute the statements of a script of ``versions/`` in the words of the database at hand."""
    from alembic import op

    connection = op.get_bind()
    dialect = connection.dialect.name
    text = resources.files("noticetab.stores.migrations").joinpath("versions", name).read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    for statement in "\n".join(lines).format_map(TYPES[dialect]).split(";"):
        if statement.strip():
            connection.exec_driver_sql(_for(dialect, statement.strip()))


def _for(dialect: str, statement: str) -> str:
    if dialect != "duckdb":
        return statement
    kept = [line for line in statement.splitlines() if "FOREIGN KEY" not in line]
    return "\n".join(kept).replace(",\n)", "\n)")
