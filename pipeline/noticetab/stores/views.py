"""Views for the common questions. They hold no data, so they are made anew after every migration."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa


@dataclass(frozen=True, slots=True)
class View:
    """A view: its name, meaning and query (one text for all databases, or one for each)."""

    name: str
    zh: str
    en: str
    query: str | dict[str, str]

    def sql(self, dialect: str) -> str:
        """The CREATE VIEW statement."""
        query = self.query if isinstance(self.query, str) else self.query[dialect]
        return f"CREATE VIEW {self.name} AS\n{query.strip()}"


_HOSTS = """
SELECT a.notice_id, n.title AS notice_title, n.region, n.region_adcode, n.issued_on,
       a.activity_id, a.position, a.section, a.number, a.name, a.starts_on, a.ends_on,
{roles}
FROM activities a
JOIN notices n ON n.notice_id = a.notice_id
WHERE a.kind = 'activity'
"""
_NAMES = """       (SELECT {join} FROM (SELECT o.name FROM organizers o
         WHERE o.activity_id = a.activity_id AND {condition} ORDER BY o.position) AS named)
         AS {column}"""
_ROLES = {
    "hosts": "o.role = '主办'",
    "undertakers": "o.role = '承办'",
    "co_organizers": "o.role = '协办'",
    "others": "o.role NOT IN ('主办', '承办', '协办')",
}


def _hosts(join: str) -> str:
    roles = [_NAMES.format(join=join, condition=sql, column=column) for column, sql in _ROLES.items()]
    return _HOSTS.format(roles=",\n".join(roles))


_CALENDAR = """
SELECT e.notice_id, 'event' AS kind, e.event_id AS row_id, e.name AS title, e.starts_on,
       coalesce(e.ends_on, e.starts_on) AS ends_on, NULL AS start_time, NULL AS end_time, n.region
FROM events e JOIN notices n ON n.notice_id = e.notice_id WHERE e.starts_on IS NOT NULL
UNION ALL
SELECT a.notice_id, 'activity', a.activity_id, coalesce(a.name, substr(a.description, 1, 40)), a.starts_on,
       coalesce(a.ends_on, a.starts_on), a.start_time, a.end_time, n.region
FROM activities a JOIN notices n ON n.notice_id = a.notice_id
WHERE a.starts_on IS NOT NULL AND a.kind = 'activity'
UNION ALL
SELECT d.notice_id, 'deadline', d.deadline_id, coalesce(d.what, d.raw), d.due_on,
       d.due_on, d.due_time, d.due_time, n.region
FROM deadlines d JOIN notices n ON n.notice_id = d.notice_id
"""
_DUE = """
SELECT d.deadline_id, d.notice_id, n.title AS notice_title, n.region, d.due_on, d.due_time,
       d.who, d.what, d.channel, d.raw
FROM deadlines d JOIN notices n ON n.notice_id = d.notice_id
WHERE d.due_on >= {today}
"""

VIEWS = (
    View(
        "activity_hosts",
        "活动及其主办、承办、协办等单位",
        "Activities with their organizations by role, joined by 、",
        {
            "sqlite": _hosts("group_concat(name, '、')"),
            "postgresql": _hosts("string_agg(name, '、')"),
            "duckdb": _hosts("string_agg(name, '、')"),
        },
    ),
    View(
        "calendar",
        "日历：主题活动、活动与截止事项",
        "Calendar: events, activities and deadlines by day",
        _CALENDAR,
    ),
    View(
        "deadlines_to_come",
        "今天及以后的截止事项",
        "Deadlines of today and later, by the database's clock in local time",
        {
            "sqlite": _DUE.format(today="date('now', 'localtime')"),
            "postgresql": _DUE.format(today="CURRENT_DATE"),
            "duckdb": _DUE.format(today="CAST(current_localtimestamp() AS DATE)"),
        },
    ),
)


def drop_views(connection: sa.Connection) -> None:
    """Drop the views, so that the tables under them can be changed."""
    for view in VIEWS:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {view.name}")


def create_views(connection: sa.Connection) -> None:
    """Make the views, with their comments where the database keeps comments."""
    for view in VIEWS:
        connection.exec_driver_sql(view.sql(connection.dialect.name))
        if connection.dialect.name != "sqlite":
            comment = f"{view.en}。{view.zh}".replace("'", "''")
            connection.exec_driver_sql(f"COMMENT ON VIEW {view.name} IS '{comment}'")
