"""Personal data of contact points kept, masked or dropped; docs/record.md says where it can stand.

What does the work (:mod:`noticetab.privacy.hiding`) is imported when it is first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from noticetab.privacy.levels import Contacts

if TYPE_CHECKING:
    from noticetab.privacy.hiding import Hiding as Hiding
    from noticetab.privacy.hiding import Known as Known
    from noticetab.privacy.hiding import apply as apply
    from noticetab.privacy.hiding import hide as hide
    from noticetab.privacy.hiding import is_shown_as as is_shown_as
    from noticetab.privacy.hiding import known_of as known_of
    from noticetab.privacy.hiding import mask_value as mask_value

__all__ = ["Contacts", "Hiding", "Known", "apply", "hide", "is_shown_as", "known_of", "mask_value"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(importlib.import_module("noticetab.privacy.hiding"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
