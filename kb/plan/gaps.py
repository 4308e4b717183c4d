"""Gaps: what is assigned, noted, asked or promised, and what is missing to it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

__all__ = ["GAPS", "Gap", "find_gaps"]


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing or odd."""

    kind: str
    """Key of `GAPS`."""
    subject: str
    """Citation key, session, prompt or topic."""
    detail: str


GAPS: dict[str, tuple[str, str]] = {
    "assigned-unannotated": (
        "Assigned but not annotated",
        """
select distinct r.work, w.title from readings r join works w on w.key = r.work
where not exists (select 1 from work_annotations a where a.work = r.work) order by 1""",
    ),
    "assigned-no-prompt": (
        "Assigned without a question",
        """
select s.id, group_concat(r.work || case when r.locator <> '' then ', ' || r.locator else '' end, '; ')
from readings r join sessions s on s.id = r.session
where r.role in ('required', 'one-of') and (:semester is null or s.semester = :semester)
  and not exists (select 1 from prompt_works p join prompts q on q.id = p.prompt where p.work = r.work and (q.locator = r.locator or q.locator = '' or r.locator = ''
      or exists (select 1 from quiz_prompts i where i.session = s.id and i.prompt = q.id)))
group by s.id order by min(s.date)""",
    ),
    "unannotated": ("In the bibliography but not annotated", "select key, title from unannotated"),
    "never-assigned": (
        "Annotated but never assigned",
        "select n.key, n.title from never_assigned n where exists (select 1 from work_annotations a where a.work = n.key)",
    ),
    "prompt-unused": (
        "Questions never asked",
        """
select p.id, p.work || case when p.locator <> '' then ', ' || p.locator else '' end from prompts p
where not exists (select 1 from quiz_prompts q where q.prompt = p.id) order by 1""",
    ),
    "chapter-twice": (
        "Chapters assigned twice in a semester",
        """
select s.id, w.title || ': ' || a.value || ' also in ' || s2.id
from readings r, json_each(r.locator_parts) a join sessions s on s.id = r.session join works w on w.key = r.work
join readings r2 on r2.work = r.work and r2.locator_unit = r.locator_unit and r2.session <> r.session
join sessions s2 on s2.id = r2.session and s2.semester = s.semester and s2.position < s.position
where exists (select 1 from json_each(r2.locator_parts) b where b.value = a.value)
  and (:semester is null or s.semester = :semester) order by s.semester, s.position""",
    ),
    "other-topic": (
        "Readings under another topic than in all earlier semesters",
        """
select s.id, w.title || ': now ' || t.topic || ', before ' || (
        select group_concat(distinct t2.topic) from readings r2 join sessions s2 on s2.id = r2.session
        join semesters m2 on m2.id = s2.semester join session_topics t2 on t2.session = s2.id
        where r2.work = r.work and r2.locator = r.locator and m2.position < m.position and t2.topic is not null)
from readings r join sessions s on s.id = r.session join semesters m on m.id = s.semester join works w on w.key = r.work
join session_topics t on t.session = s.id and t.position = 1 and t.topic is not null
where (:semester is null or s.semester = :semester)
  and exists (select 1 from readings r2 join sessions s2 on s2.id = r2.session join semesters m2 on m2.id = s2.semester
              join session_topics t2 on t2.session = s2.id and t2.topic is not null
              where r2.work = r.work and r2.locator = r.locator and m2.position < m.position)
  and not exists (select 1 from readings r2 join sessions s2 on s2.id = r2.session join semesters m2 on m2.id = s2.semester
              join session_topics t2 on t2.session = s2.id join session_topics own on own.session = s.id and own.topic = t2.topic
              where r2.work = r.work and r2.locator = r.locator and m2.position < m.position)
order by m.position, s.position""",
    ),
    "topic-no-reading": (
        "Topics with learning goals that no semester gives a reading",
        """
select t.slug, t.title from topics t
where exists (select 1 from learning_goals g where g.topic = t.slug)
  and not exists (select 1 from session_topics x join readings r on r.session = x.session join sessions s on s.id = x.session
                  where x.topic = t.slug and (:semester is null or s.semester = :semester))
order by t.position""",
    ),
    "session-no-reading": (
        "Lectures on a new topic without reading",
        """
select s.id, s.title from sessions s
where s.kind = 'lecture' and s.cancelled = 0 and s.dated = 1 and (:semester is null or s.semester = :semester)
  and not exists (select 1 from readings r where r.session = s.id)
  and exists (select 1 from session_topics t where t.session = s.id and t.continued = 0)
order by s.semester, s.position""",
    ),
}
"""Each kind of gap: its heading and the query that finds it (subject, detail)."""


def find_gaps(connection: sqlite3.Connection, semester: str | None = None, kinds: tuple[str, ...] = ()) -> tuple[Gap, ...]:
    """Give the gaps, kind by kind, in the order of `GAPS`.

    Args:
        semester: look at one semester where that makes sense.
        kinds: only these; all when empty.

    Unknown works in a semester are no gap but an error of the build, `unknown-work`.
    """
    found: list[Gap] = []
    for kind, (_, query) in GAPS.items():
        if kinds and kind not in kinds:
            continue
        found.extend(Gap(kind, subject, detail or "") for subject, detail in connection.execute(query, {"semester": semester}))
    return tuple(found)
