"""What tells organizations apart: one id each, however often and however the name is typed."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache

_BRACKETS = str.maketrans("〔〕【】[]", "()()()")


@lru_cache(maxsize=8192)
def org_id(name: str) -> str:
    """The stable id of an organization: a hash of its full name, whatever its width and brackets."""
    plain = "".join(unicodedata.normalize("NFKC", name).translate(_BRACKETS).split())
    return "org-" + hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:12]
