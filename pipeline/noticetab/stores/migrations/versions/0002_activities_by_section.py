"""Find the activities of a section by index, lest replacing sections searches through all activities."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_activities_section_id", "activities", ["section_id"])
