"""Frames: what stands around a mention and decides what it means, as data (``rules/frames/*.toml``).

A frame names a meaning and the cues for it: words in the label before the mention, in its clause, its
sentence, the heading above. :func:`choose` weighs the frames of a mention and gives the best with its
margin to the next, so that a close call can be told from a sure one.
"""

from __future__ import annotations

from noticetab.frames.engine import Choice, Setting, choose
from noticetab.frames.model import Cue, Frame, FrameRules, frames
from noticetab.frames.words import Hit, hits

__all__ = ["Choice", "Cue", "Frame", "FrameRules", "Hit", "Setting", "choose", "frames", "hits"]
