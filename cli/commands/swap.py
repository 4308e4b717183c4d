"""Command: swap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.changing import DryRun, SemesterArgument, SessionArgument, finish, open_semester
from cli.context import JsonOption, SourceOption
from kb.plan.find_session import find_session
from kb.plan.ripple import calendar_of, swap_bundles

if TYPE_CHECKING:
    pass

__all__ = ["run"]


def run(
    semester: SemesterArgument,
    one: SessionArgument,
    other: SessionArgument,
    dry_run: DryRun = False,
    json_output: JsonOption = False,
    source: SourceOption = None,
) -> None:
    """Exchange the dates of two sessions; readings and deliverables go along.

    Example:

      kb swap F2022 "Security and Privacy" Safety --dry-run
    """
    opened = open_semester(semester, source)
    first, second = find_session(opened.semester, one), find_session(opened.semester, other)
    calendar, ripple = swap_bundles(calendar_of(opened.semester), first, second)
    finish(
        opened,
        calendar,
        ripple,
        undated=True,
        swapped=True,
        dry_run=dry_run,
        json_output=json_output,
    )
