"""The head of a document: what stands above its body, each kind of thing known by a module of its own.

:mod:`.read` goes down the lines and asks the recognizers in turn: :mod:`.marks` (red head, urgency, signer),
:mod:`.number`, :mod:`.fields` (labels with values, of portals and bars), :mod:`.furniture` (buttons, breadcrumbs,
greetings, summaries), :mod:`.title` and :mod:`.addressees`. Their words are in ``rules/head.toml``.
"""

from noticetab.segment.head.read import read

__all__ = ["read"]
