"""Every SELECT of the read models, by name. Values are bound parameters."""

__all__ = [
    "ALL_SEMESTERS",
    "ASSIGNED_IN",
    "BREAKS",
    "DELIVERABLES",
    "MATERIALS",
    "MEETINGS",
    "OUTCOMES",
    "POLICIES",
    "QUIZZES",
    "QUIZ_PROMPTS",
    "READINGS",
    "RECOMMENDED",
    "SECTIONS",
    "SECTION_DUE",
    "SECTION_SESSIONS",
    "SEMESTER_COUNTS",
    "SESSIONS",
    "SESSION_SEMESTER",
    "SESSION_TOPICS",
    "STAFF",
    "SUBMISSIONS",
    "TOPICS",
    "TOPIC_ALIASES",
    "TITLES",
    "TOPIC_GOALS",
    "TRACKS",
    "WORK",
    "WORKS_BIBTEX",
    "WORK_NOTES",
    "WORK_PEOPLE",
    "WORK_TOPICS",
]

ALL_SEMESTERS = "select * from semesters order by position"

SESSIONS = """
select case when doubt = '' then note else trim('Date in doubt: ' || doubt || '. ' || note) end
    as note, *
from sessions where semester = :semester order by position"""

SESSION_TOPICS = """
select t.* from session_topics t join sessions s on s.id = t.session where s.semester = :semester
order by t.session, t.position"""

MATERIALS = """
select m.* from materials m join sessions s on s.id = m.session where s.semester = :semester
order by m.session, m.position"""

READINGS = """
select coalesce(nullif(r.title, ''), w.title, r.work) as title, coalesce(w.title, r.work)
    as full_title,
       coalesce(w.authors, '') as authors, w.year,
       coalesce(nullif(r.url, ''), w.url, '') as url, coalesce(nullif(r.why, ''), w.why, '') as why,
       w.length_pages, w.minutes, w.key is not null as known,
       coalesce(w.told_apart, '') as told_apart, r.*
from readings r join sessions s on s.id = r.session left join works w on w.key = r.work
where s.semester = :semester order by r.session, r.position"""

QUIZZES = "select session, due from quizzes where semester = :semester"

QUIZ_PROMPTS = """
select i.session, (select group_concat(work, ' ') from prompt_works where prompt = p.id)
    as works, p.*
from quiz_prompts i join prompts p on p.id = i.prompt join sessions s on s.id = i.session
where s.semester = :semester order by i.session, i.position"""

DELIVERABLES = """
select d.* from deliverables d join sessions s on s.id = d.session where s.semester = :semester
order by d.session, d.position"""

SUBMISSIONS = """
select u.session, u.deliverable, u.title as label, u.url
from submissions u join sessions s on s.id = u.session where s.semester = :semester
order by u.session, u.deliverable, u.position"""

WORK = "select * from works where key = :key"

WORK_PEOPLE = """
select p.id, p.display, a.role from authorship a join people p on p.id = a.person
    where a.work = :key
order by a.position"""

WORK_TOPICS = """
select t.slug, t.title from work_topics w join topics t on t.slug = w.topic where w.work = :key
order by w.position"""

WORK_NOTES = """
select a.id, a.text, a.html,
       (select group_concat(work, ' ') from work_annotations where annotation = a.id) as works
from work_annotations w join annotations a on a.id = w.annotation where w.work = :key
    order by w.position"""

ASSIGNED_IN = "select * from assigned_in where work = :key"

WORKS_BIBTEX = "select key, bibtex from works where key = :key"

TOPICS = "select * from topics order by position"

TOPIC_ALIASES = "select topic, alias from topic_aliases order by topic, position"

TITLES = "select key, title from works where key in (select value from json_each(:keys))"
TOPIC_GOALS = "select topic, goal from learning_goals order by topic, position"

SESSION_SEMESTER = """
select id, semester from sessions where id = :session collate nocase
    order by id = :session desc limit 1"""

POLICIES = "select area, rule, value from policies where semester = :semester order by position"

SEMESTER_COUNTS = """
select m.id,
       (select count(*) from sessions where semester = m.id and kind = 'lecture' and cancelled = 0)
           as lectures,
       (select count(*) from readings r join sessions s on s.id = r.session
           where s.semester = m.id and r.role in ('required', 'one-of')) as readings,
       (select count(*) from quizzes where semester = m.id) as quizzes,
       (select count(*) from deliverables d join sessions s on s.id = d.session
           where s.semester = m.id) as deliverables
from semesters m order by m.position"""

SECTIONS = "select * from sections where semester = :semester order by position"

BREAKS = "select * from breaks where semester = :semester order by first"

SECTION_SESSIONS = """
select c.* from section_sessions c join sessions s on s.id = c.session
where s.semester = :semester and c.section = :section"""

SECTION_DUE = """
select d.* from section_due d join sessions s on s.id = d.session
where s.semester = :semester and d.section = :section"""

STAFF = "select * from staff where semester = :semester order by position"

MEETINGS = "select * from meetings where semester = :semester order by position"

OUTCOMES = "select text from outcomes where semester = :semester order by position"

RECOMMENDED = """
select r.why, coalesce(w.title, r.work) as title, coalesce(w.authors, '')
    as authors, w.year, r.work,
       w.key is not null as known, r.locator, coalesce(nullif(r.url, ''), w.url, '') as url
from recommended r left join works w on w.key = r.work where r.semester = :semester
    order by r.position"""

TRACKS = "select * from tracks where semester = :semester order by position"
