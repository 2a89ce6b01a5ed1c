"""Tests of noticetab.compare."""
