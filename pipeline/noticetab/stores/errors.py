"""What can be wrong with a database, told to people."""

from __future__ import annotations


class StoreError(OSError):
    """A database that cannot be used; the message says which, what is wrong and what to do."""
