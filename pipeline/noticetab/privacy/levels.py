"""How much outputs show of personal data."""

from enum import StrEnum


class Contacts(StrEnum):
    """What outputs show of the personal data of contact points."""

    KEEP = "keep"
    MASK = "mask"
    DROP = "drop"
