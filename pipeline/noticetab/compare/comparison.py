"""Sets notices side by side: the function ``compare`` and what it returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from .alignment import Alignment, steps
from .collection import By, Compared, collect, items
from .facts import FACTS

if TYPE_CHECKING:
    import pandas as pd

    from noticetab.record import Record


HUES = 8
"""Colours of the report's palette."""


@dataclass(frozen=True)
class Comparison:
    """Notices side by side, as DataFrames to go on from.

    ``notices`` has one row per notice and its ``label``, by which every other table names it.
    ``facts`` is long (fact, notice, value, place in the text); :meth:`facts_table` is the wide
    one. ``activities`` and ``focus_points`` hold every item with the aligned ``row`` it is in;
    ``activity_pairs`` and ``focus_pairs`` the aligned pairs of every two notices; ``changes``
    what was kept, renamed, new or dropped from one year of a region to the next. ``hosts`` is
    every organization in a role, ``organizations`` the same gathered. Columns ``start`` and
    ``end`` are characters of the notice's text (:attr:`compared` has the records).
    """

    compared: list[Compared] = field(repr=False)
    by: By
    notices: pd.DataFrame
    facts: pd.DataFrame
    counts: pd.DataFrame
    activities: pd.DataFrame
    activity_pairs: pd.DataFrame
    focus_points: pd.DataFrame
    focus_pairs: pd.DataFrame
    changes: pd.DataFrame
    hosts: pd.DataFrame
    organizations: pd.DataFrame
    network_nodes: pd.DataFrame
    network_edges: pd.DataFrame
    timeline: pd.DataFrame
    deadlines: pd.DataFrame
    findings: pd.DataFrame

    @property
    def labels(self) -> list[str]:
        """What the notices are called, in order."""
        return [one.label for one in self.compared]

    @property
    def groups(self) -> list[str]:
        """The columns: the notices themselves, or the regions or years they are gathered by."""
        return list(dict.fromkeys(one.group for one in self.compared))

    @property
    def colors(self) -> list[int]:
        """The number of each notice's column, by which plots and pages colour it.

        All are 0 where there are more columns than hues that can be told apart.
        """
        order = {group: i for i, group in enumerate(self.groups)}
        if len(order) > HUES:
            return [0 for _ in self.compared]
        return [order[one.group] for one in self.compared]

    def tables(self) -> dict[str, pd.DataFrame]:
        """All DataFrames by name."""
        return {
            one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("compared", "by")
        }

    def facts_table(self) -> pd.DataFrame:
        """One row per fact, one column per notice; several values of one fact are lines of one cell."""
        import pandas as pd

        shown = self.facts.assign(
            text=[
                f"{value}（{note}）" if isinstance(note, str) and note else value
                for value, note in zip(self.facts["value"], self.facts["note"], strict=True)
            ]
        )
        cells = shown.groupby(["fact", "notice"], observed=True, sort=False)["text"].agg("\n".join)
        wide = cells.unstack("notice") if len(cells) else pd.DataFrame()
        order = [name for name in FACTS if name in wide.index]
        return wide.reindex(index=order, columns=self.labels).astype(object).where(lambda x: x.notna(), "")

    def activities_table(self) -> pd.DataFrame:
        """One aligned row of activities per row, one column per column of the comparison."""
        return wide_rows(self.activities, self.groups)

    def focus_table(self) -> pd.DataFrame:
        """The same of the focus points."""
        return wide_rows(self.focus_points, self.groups)


def wide_rows(table: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    """Aligned items with one column per group; several items of a group are lines of one cell."""
    heads = table.drop_duplicates("row").set_index("row")[["status", "similarity", "words"]]
    cells = table.groupby(["row", "group"], sort=False)["name"].agg("\n".join)
    if not len(cells):
        return heads.reindex(columns=[*heads.columns, *groups])
    wide = cells.unstack("group").reindex(columns=groups)
    return heads.join(wide.astype(object).where(wide.notna(), ""))


def compare(records: Iterable[Record], by: By = "notice") -> Comparison:
    """Set notices side by side.

    ``records`` are at least two results of :func:`noticetab.extract`; documents that are no
    notices are left out. ``by`` gathers the columns of counts and alignments by ``region`` or
    ``year`` (alignment itself is always between notices). The order of the records is kept.

    Raises ValueError for fewer than two notices, or an unknown ``by``.
    """
    from . import frames

    notices = collect((record for record in records if record.notice.is_notice), by)
    if len(notices) < 2:
        raise ValueError(f"a comparison needs at least two notices, here is {len(notices)}")
    activities = Alignment(notices, items(notices, ("activity", "group")))
    focus = Alignment(notices, items(notices, ("focus",)))
    hosts = frames.hosts_frame(notices)
    nodes, edges = frames.network_frames(hosts, notices)
    return Comparison(
        compared=notices,
        by=by,
        notices=frames.notices_frame(notices),
        facts=frames.facts_frame(notices),
        counts=frames.counts_frame(notices),
        activities=frames.aligned_frame(activities, activities.rows()),
        activity_pairs=frames.pairs_frame(activities),
        focus_points=frames.aligned_frame(focus, focus.rows()),
        focus_pairs=frames.pairs_frame(focus),
        changes=frames.changes_frame([(activities, steps(activities)), (focus, steps(focus))]),
        hosts=hosts,
        organizations=frames.organizations_frame(hosts),
        network_nodes=nodes,
        network_edges=edges,
        timeline=frames.timeline_frame(notices),
        deadlines=frames.deadlines_frame(notices),
        findings=frames.findings_frame(notices),
    )
