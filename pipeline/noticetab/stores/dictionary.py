"""The schema for programs and for people: DDL, JSON Schema, and a data dictionary in two languages."""

from __future__ import annotations

from typing import Any

from noticetab.tables import schema

MODELS = {
    "Notice": "notices", "Source": "sources", "Event": "events", "Theme": "themes", "Section": "sections",
    "Activity": "activities", "Organizer": "organizers", "DateRow": "dates", "Deadline": "deadlines",
    "Contact": "contacts", "Person": "people", "Attachment": "attachments", "FormField": "form_fields",
    "Quota": "quotas", "Reference": "references", "Finding": "findings",
}  # fmt: skip
"""The table that explains each part of a record."""

TYPE_NAMES = {
    "id": "TEXT", "text": "TEXT", "time": "TEXT HH:MM", "int": "INTEGER", "real": "REAL", "bool": "BOOLEAN",
    "date": "DATE", "timestamp": "TIMESTAMP", "list": "JSON array", "object": "JSON object",
}  # fmt: skip


def sql(dialect: str = "sqlite") -> str:
    """CREATE statements of all tables, indexes and views with their meanings, ready to be run.

    ``dialect`` is ``sqlite``, ``postgresql`` or ``duckdb``; PostgreSQL and DuckDB get COMMENTs,
    SQLite (which has none) comments in the statements. Raises ValueError for another dialect.
    """
    import sqlalchemy as sa
    from sqlalchemy.dialects import postgresql, sqlite
    from sqlalchemy.schema import CreateIndex, CreateTable, SetColumnComment, SetTableComment

    from noticetab.stores.model import metadata_for
    from noticetab.stores.views import VIEWS

    dialects: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql, "duckdb": postgresql}
    if dialect not in dialects:
        raise ValueError(f"{dialect}: give one of {', '.join(dialects)}")
    speak: sa.Dialect = dialects[dialect].dialect()
    if dialect == "duckdb":
        speak.name = "duckdb"
    parts: list[str] = []
    for table in metadata_for(dialect).sorted_tables:
        create = str(CreateTable(table).compile(dialect=speak)).strip()
        if dialect == "sqlite":
            create = _with_comments(create, table)
        statements = [create]
        statements += [str(CreateIndex(index).compile(dialect=speak)) for index in _indexes(table)]
        if dialect != "sqlite":
            statements.append(str(SetTableComment(table).compile(dialect=speak)))
            statements += [str(SetColumnComment(column).compile(dialect=speak)) for column in table.columns]
        parts.append(";\n".join(statement.strip().replace("\t", "  ") for statement in statements) + ";")
    parts += [f"-- {view.en}。{view.zh}\n{view.sql(dialect)};" for view in VIEWS]
    return "\n\n".join(parts) + "\n"


def _indexes(table: Any) -> list[Any]:
    return sorted(table.indexes, key=lambda index: str(index.name))


def _with_comments(create: str, table: Any) -> str:
    lines = [f"-- {table.comment}"]
    columns = {column.name: column.comment for column in table.columns}
    for line in create.splitlines():
        name = line.strip().split(" ")[0].strip('"')
        lines.append(f"{line.rstrip()} -- {columns[name]}" if name in columns else line.rstrip())
    return "\n".join(lines)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record, with what each field means in English and Chinese."""
    from noticetab.record import Record

    made = Record.model_json_schema()
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
    for model, table in MODELS.items():
        spec = schema.tables()[table]
        part = made["$defs"][model]
        part["description"] = spec.comment
        known = {column.name: column for column in spec.columns}
        for name, field in part["properties"].items():
            if name in known:
                field["description"] = known[name].comment
    return made


def markdown() -> str:
    """The data dictionary: every table and column in English and Chinese, with types and keys."""
    from noticetab.stores.views import VIEWS

    lines = ["# Data dictionary 数据字典", ""]
    for spec in schema.tables().values():
        name = spec.name if spec.sql == spec.name else f"{spec.name} (SQL: {spec.sql})"
        where = " Databases only. 仅存于数据库。" if spec.store else ""
        lines += [f"## {name} {spec.zh}", "", f"{spec.en}.{where} Key: {', '.join(spec.key)}.", ""]
        lines += ["| column | 字段 | type | null | meaning | 说明 |", "|---|---|---|---|---|---|"]
        for column in spec.columns:
            cells = (
                column.name if column.sql == column.name else f"{column.name} (SQL: {column.sql})",
                column.zh,
                TYPE_NAMES[column.type] + (f" → {column.ref}" if column.ref else ""),
                "yes" if column.null else "no",
                column.en + (" (databases only)" if column.store and not spec.store else ""),
                column.note or column.zh,
            )
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        lines.append("")
    lines += ["## Views 视图", "", "| view | meaning | 说明 |", "|---|---|---|"]
    lines += [f"| {view.name} | {view.en} | {view.zh} |" for view in VIEWS]
    return "\n".join(lines) + "\n"
