"""The first schema."""

from __future__ import annotations

from noticetab.stores.migrations import run_script

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    run_script("0001_first.sql")
