"""Differences between two semesters, or between two states of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.plan.diff_facts import fact_changes, policy_changes
from kb.plan.diff_models import AREAS, Change
from kb.plan.diff_readings import reading_changes, reading_fill
from kb.plan.diff_sessions import deliverable_changes, session_changes
from kb.plan.diff_topics import align_topics, topic_changes
from kb.records import Corpus, Semester, Work

__all__ = ["AREAS", "Change", "SemesterDiff", "diff_semesters"]


@dataclass(frozen=True, slots=True)
class SemesterDiff:
    """What changed from one semester to another."""

    old: str
    """Name as asked for, `F2020` or `F2022@v1`."""
    new: str
    changes: tuple[Change, ...]
    """By area in the order of `AREAS`, within it in calendar order."""
    not_filled: tuple[str, ...]
    """What one of the two never filled in, so that its absence says nothing."""

    def of(self, area: str) -> tuple[Change, ...]:
        """Give the changes of an area."""
        return tuple(c for c in self.changes if c.area == area)


def diff_semesters(
    old: Semester, new: Semester, corpus: Corpus, old_name: str = "", new_name: str = ""
) -> SemesterDiff:
    """Compare two semesters.

    Topics are the same when their names are, else when the topic tree says so, else when they read
    the
    same. Readings are compared under their topics. What a semester never filled in (no reading at
    all,
    no deliverable, no policy on a subject) is named in `not_filled` and not listed as dropped; nor
    are
    the readings of topics that an unfinished semester leaves open.
    """
    names = (old_name or old.id, new_name or new.id)
    works: Mapping[str, Work] = {w.key: w for w in corpus.works}
    aligned = align_topics(old, new, corpus, works)
    not_filled: list[str] = []
    changes: list[Change] = []
    changes += fact_changes(old, new, names, not_filled)
    changes += topic_changes(aligned)
    changes += reading_changes(
        aligned, reading_fill(old), reading_fill(new), works, names, not_filled
    )
    changes += session_changes(old, new)
    changes += deliverable_changes(old, new, names, not_filled)
    changes += policy_changes(old, new, names, not_filled)
    changes.sort(key=lambda c: AREAS.index(c.area))
    return SemesterDiff(*names, tuple(changes), tuple(not_filled))
