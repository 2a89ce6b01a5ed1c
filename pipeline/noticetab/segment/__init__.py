"""Segment: the canonical text becomes lines, the parts of GB/T 9704, and an outline tree."""

from noticetab.segment.document import Document, segment

__all__ = ["Document", "segment"]
