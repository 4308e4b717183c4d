"""Courses: which semesters offer the same one."""

from __future__ import annotations

from collections.abc import Sequence

from kb.records import Semester
from kb.text import title_key

__all__ = ["course_names", "same_course"]


def course_names(semesters: Sequence[Semester]) -> dict[str, str]:
    """Give the course of each semester by id; empty for all where there is only one.

    A semester says its course, or shares a title, a former title or a course number with one that
    does, or with an earlier one; the course is then called by the newest title.

    Args:
        semesters: in order of time.
    """
    groups: list[list[Semester]] = []
    for semester in semesters:
        joined = [g for g in groups if any(same_course(semester, other) for other in g)]
        groups = [g for g in groups if g not in joined]
        groups.append([*(s for g in joined for s in g), semester])
    if len(groups) < 2:
        return {s.id: s.course for s in semesters}
    return {
        s.id: next((o.course for o in reversed(group) if o.course), group[-1].title)
        for group in groups
        for s in group
    }


def same_course(one: Semester, other: Semester) -> bool:
    """Tell whether two semesters offer the same course."""
    if one.course and other.course:
        return title_key(one.course) == title_key(other.course)
    return bool(names(one) & names(other))


def names(semester: Semester) -> set[str]:
    """Give everything a course is called in a semester."""
    titles = (semester.title, *semester.former_titles, *semester.also_known_as, semester.course)
    return {title_key(t) for t in titles if t} | {n.casefold() for n in semester.numbers}
