"""The views of the database: what people ask, as one SELECT each.

Names and columns are public interface, like those of the tables.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["VIEWS", "View"]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view: what people ask, as one SELECT."""

    name: str
    doc: str
    sql: str


VIEWS: tuple[View, ...] = (
    View(
        name="reading_list",
        doc="Every reading of every semester with its date, title, portion, link and reason.",
        sql="""
select s.semester, s.id as session, s.position as row, s.date, s.kind, s.title as session_title,
       r.position, r.role, r.alternative_group, r.work,
           coalesce(nullif(r.title, ''), w.title, r.work) as title,
       w.authors, w.year, r.locator, coalesce(nullif(r.url, ''), w.url) as url,
       coalesce(nullif(r.why, ''), w.why) as why
from readings r join sessions s on s.id = r.session left join works w on w.key = r.work
order by s.semester, s.position, r.position""",
    ),
    View(
        name="assigned_in",
        doc="Where a work was assigned: semester, session, portion, question.",
        sql="""
select r.work, w.title, m.position as semester_position, s.semester, s.id
    as session, s.date, s.title as session_title,
       r.locator, r.role,
       (select group_concat(q.prompt, ' ') from quiz_prompts q
           join prompt_works p on p.prompt = q.prompt
        where q.session = s.id and p.work = r.work) as prompts
from readings r join sessions s on s.id = r.session join works w on w.key = r.work
join semesters m on m.id = s.semester
order by r.work, m.position, s.position, r.position""",
    ),
    View(
        name="due_next",
        doc="Quizzes in the order they are due, with their readings and questions.",
        sql="""
select q.due, q.due_utc, q.semester, q.session, s.date, s.title,
       (select group_concat(coalesce(w.title, r.work) || case when r.locator <> ''
           then ', ' || r.locator else '' end, '; ')
        from readings r left join works w on w.key = r.work where r.session = q.session)
            as readings,
       (select group_concat(p.text, char(10)) from quiz_prompts i join prompts p on p.id = i.prompt
        where i.session = q.session) as questions
from quizzes q join sessions s on s.id = q.session
order by q.due_utc, s.position""",
    ),
    View(
        name="unannotated",
        doc="Works without a public note.",
        sql="""
select w.key, w.title, w.authors, w.year, w.url from works w
where not exists (select 1 from work_annotations a where a.work = w.key) order by w.key""",
    ),
    View(
        name="never_assigned",
        doc="Works that no semester assigned.",
        sql="""
select w.key, w.title, w.authors, w.year, w.url, w.why from works w
where not exists (select 1 from readings r where r.work = w.key) order by w.key""",
    ),
)
"""Read models; the command line and the web ask the same ones."""
