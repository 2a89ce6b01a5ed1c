"""Where each value of a row was read; rows of notices that are known get theirs when they are read again."""

from __future__ import annotations

from alembic import op

from noticetab.stores.migrations import run_script

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    run_script("0005_field_spans.sql")
    op.create_index("ix_field_spans_notice_id", "field_spans", ["notice_id"])
