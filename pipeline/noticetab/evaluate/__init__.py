"""Evaluate: how records compare with gold, field by field, and with those of an earlier version.

>>> from noticetab.evaluate import score
>>> result = score({"notice": {"title": "关于甲的通知"}}, {"notice": {"title": "关于甲的 通知"}})
>>> result.fields["notice.title"].f1
1.0
"""

from __future__ import annotations

from noticetab.evaluate.changes import Change, changes
from noticetab.evaluate.corpus import Corpus, Document, evaluate, find_corpus, read_records
from noticetab.evaluate.score import score
from noticetab.evaluate.tally import Score, Tally, silent

__all__ = [
    "Change",
    "Corpus",
    "Document",
    "Score",
    "Tally",
    "changes",
    "evaluate",
    "find_corpus",
    "read_records",
    "score",
    "silent",
]
