"""Classify: each activity by the code lists of the statistics form of science weeks.

``activity_types`` (活动类别), ``topics`` (主题类别), ``settings`` (“七进”类别), ``forms`` (活动形式) and
``audience`` are decided by words in an activity's name, description and venues; lists and words
are data (``rules/classes.toml``). Every value decided has its word's place in ``labels``. What no
word decides stays an empty list.
"""

from noticetab.classify.classify import classify
from noticetab.classify.lists import LISTS, Decision, decide, values

__all__ = ["LISTS", "Decision", "classify", "decide", "values"]
