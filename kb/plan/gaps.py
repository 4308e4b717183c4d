"""Gaps: what is assigned, noted, asked or promised, and what is missing to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from kb.plan.gaps_models import Gap
from kb.plan.gaps_readings import other_topic, unassigned_chapters
from kb.plan.gaps_topics import goals_without_reading, topics_without_reading

__all__ = ["GAPS", "Gap", "find_gaps"]

Check = str | Callable[[sqlite3.Connection, str | None], Iterable[tuple[str, str]]]
"""A query with the parameter `semester`, or a function; both give (subject, detail)."""

GAPS: dict[str, tuple[str, Check]] = {
    "assigned-unknown": (
        "Assigned but not in the bibliography",
        """
select r.session, r.work || case when r.locator <> '' then ', ' || r.locator else '' end
from readings r join sessions s on s.id = r.session
where not exists (select 1 from works w where w.key = r.work)
  and (:semester is null or s.semester = :semester)
order by s.semester, s.position, r.position""",
    ),
    "assigned-stub": (
        "Assigned with an entry that is only a stub: no people, no year",
        """
select distinct w.key, w.title
from works w join readings r on r.work = w.key join sessions s on s.id = r.session
where w.authors = '' and w.year is null and (:semester is null or s.semester = :semester)
order by 1""",
    ),
    "assigned-unannotated": (
        "Assigned but not annotated",
        """
select distinct r.work, w.title
from readings r join works w on w.key = r.work join sessions s on s.id = r.session
where not exists (select 1 from work_annotations a where a.work = r.work)
  and (:semester is null or s.semester = :semester) order by 1""",
    ),
    "assigned-no-prompt": (
        "Assigned without a question",
        """
select s.id,
  group_concat(r.work || case when r.locator <> '' then ', ' || r.locator else '' end, '; ')
from readings r join sessions s on s.id = r.session
where r.role in ('required', 'one-of') and (:semester is null or s.semester = :semester)
  and not exists (
    select 1 from prompt_works p join prompts q on q.id = p.prompt
    where p.work = r.work and (q.locator = r.locator or q.locator = '' or r.locator = ''
      or exists (select 1 from quiz_prompts i where i.session = s.id and i.prompt = q.id)))
group by s.id order by min(s.date)""",
    ),
    "unannotated": ("In the bibliography but not annotated", "select key, title from unannotated"),
    "never-assigned": (
        "Annotated but never assigned",
        "select n.key, n.title from never_assigned n where exists (select 1 from "
        "work_annotations a where a.work = n.key)",
    ),
    "prompt-unused": (
        "Questions never asked",
        """
select p.id, p.work || case when p.locator <> '' then ', ' || p.locator else '' end || coalesce((
    select ' (assigned only in ' || group_concat(distinct s.semester) || ', which has no quizzes)'
    from prompt_works w join readings r on r.work = w.work join sessions s on s.id = r.session
    where w.prompt = p.id
    having min(exists (
      select 1 from policies q where q.semester = s.semester
        and q.area = 'quiz' and q.rule = 'grading' and q.value = 'none')) = 1), '')
from prompts p where not exists (select 1 from quiz_prompts q where q.prompt = p.id) order by 1""",
    ),
    "chapter-twice": (
        "Chapters assigned twice in a semester",
        """
select s.id, w.title || ': ' || a.value || ' also in ' || s2.id
from readings r, json_each(r.locator_parts) a
join sessions s on s.id = r.session join works w on w.key = r.work
join readings r2
  on r2.work = r.work and r2.locator_unit = r.locator_unit and r2.session <> r.session
join sessions s2 on s2.id = r2.session and s2.semester = s.semester and s2.position < s.position
where exists (select 1 from json_each(r2.locator_parts) b where b.value = a.value)
  and r.role in ('required', 'one-of') and r2.role in ('required', 'one-of')
  and (:semester is null or s.semester = :semester) order by s.semester, s.position""",
    ),
    "other-topic": ("Readings under another topic than in all earlier semesters", other_topic),
    "topic-no-reading": (
        "Topics that are taught or have learning goals, and have no reading",
        topics_without_reading,
    ),
    "goal-no-reading": ("Learning goals of topics without reading", goals_without_reading),
    "session-no-reading": (
        "Lectures on a new topic without reading",
        """
select s.id, s.title from sessions s
where s.kind = 'lecture' and s.cancelled = 0 and s.dated = 1
  and (:semester is null or s.semester = :semester)
  and not exists (select 1 from readings r where r.session = s.id)
  and exists (select 1 from session_topics t where t.session = s.id and t.continued = 0)
order by (select position from semesters where id = s.semester), s.position""",
    ),
    "chapter-unassigned": ("Chapters of textbooks that were never assigned", unassigned_chapters),
}
"""Each kind of gap: its heading and how it is found."""


def find_gaps(
    connection: sqlite3.Connection, semester: str | None = None, kinds: tuple[str, ...] = ()
) -> tuple[Gap, ...]:
    """Give the gaps, kind by kind, in the order of `GAPS`.

    Args:
        connection: a built database.
        semester: look at one semester where that makes sense.
        kinds: only these; all when empty.
    """
    found: list[Gap] = []
    for kind, (_, check) in GAPS.items():
        if kinds and kind not in kinds:
            continue
        rows = (
            connection.execute(check, {"semester": semester})
            if isinstance(check, str)
            else check(connection, semester)
        )
        found.extend(Gap(kind, subject, detail or "") for subject, detail in rows)
    return tuple(found)
