"""Every SELECT of the read models, by name. Values are bound parameters."""

__all__ = [
    "ALL_SEMESTERS",
    "ASSIGNED_IN",
    "DELIVERABLES",
    "MATERIALS",
    "MEETINGS",
    "OUTCOMES",
    "POLICIES",
    "QUIZZES",
    "QUIZ_PROMPTS",
    "READINGS",
    "RECOMMENDED",
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

ALL_SEMESTERS = """
select id, term, year, title, zone, status, home, first_day, last_day, numbers, notes, units, licence,
       former_titles, also_known_as
from semesters order by position"""

SESSIONS = """
select id, semester, position, date, dated, weekday, start, end, kind, title, url, cancelled, reason, note
from sessions where semester = :semester order by position"""

SESSION_TOPICS = """
select t.session, t.position, t.title, t.topic, t.continued, t.part, t.guest
from session_topics t join sessions s on s.id = t.session where s.semester = :semester
order by t.session, t.position"""

MATERIALS = """
select m.session, m.topic_position, m.label, m.url
from materials m join sessions s on s.id = m.session where s.semester = :semester order by m.session, m.position"""

READINGS = """
select r.session, r.work, coalesce(nullif(r.title, ''), w.title), w.title, w.authors, w.year,
       coalesce(nullif(r.url, ''), w.url), r.locator, r.locator_unit, r.locator_parts, r.role, r.alternative_group,
       r.topic, coalesce(nullif(r.why, ''), w.why), w.length_pages, w.minutes
from readings r join sessions s on s.id = r.session join works w on w.key = r.work
where s.semester = :semester order by r.session, r.position"""

QUIZZES = "select session, due from quizzes where semester = :semester"

QUIZ_PROMPTS = """
select i.session, p.id, (select group_concat(work, ' ') from prompt_works where prompt = p.id), p.locator, p.text,
       p.html, p.minutes
from quiz_prompts i join prompts p on p.id = i.prompt join sessions s on s.id = i.session
where s.semester = :semester order by i.session, i.position"""

DELIVERABLES = """
select d.session, d.position, d.code, d.title, d.url, d.released, d.due
from deliverables d join sessions s on s.id = d.session where s.semester = :semester order by d.session, d.position"""

SUBMISSIONS = """
select u.session, u.deliverable, u.title, u.url
from submissions u join sessions s on s.id = u.session where s.semester = :semester
order by u.session, u.deliverable, u.position"""

WORK = """
select key, type, title, authors, year, venue, publisher, volume, number, pages, length_pages, minutes, url, doi, arxiv,
       isbn, keywords, abstract, bibtex, file, line
from works where key = :key"""

WORK_PEOPLE = """
select p.id, p.display, a.role from authorship a join people p on p.id = a.person where a.work = :key order by a.position"""

WORK_TOPICS = """
select t.slug, t.title from work_topics w join topics t on t.slug = w.topic where w.work = :key order by w.position"""

WORK_NOTES = """
select a.id, a.text, a.html, (select group_concat(work, ' ') from work_annotations where annotation = a.id)
from work_annotations w join annotations a on a.id = w.annotation where w.work = :key order by w.position"""

ASSIGNED_IN = """
select semester, session, date, session_title, locator, role, prompts
from assigned_in where work = :key"""

WORKS_BIBTEX = "select key, bibtex from works where key = :key"

TOPICS = "select slug, parent, title, intro, works from topics order by position"

TOPIC_ALIASES = "select topic, alias from topic_aliases order by topic, position"

TITLES = "select key, title from works where key in (select value from json_each(:keys))"
TOPIC_GOALS = "select topic, goal from learning_goals order by topic, position"

SESSION_SEMESTER = "select id, semester from sessions where id = :session collate nocase order by id = :session desc limit 1"

POLICIES = "select area, rule, value from policies where semester = :semester order by position"

SEMESTER_COUNTS = """
select m.id, (select count(*) from sessions where semester = m.id and kind = 'lecture' and cancelled = 0),
       (select count(*) from readings r join sessions s on s.id = r.session where s.semester = m.id),
       (select count(*) from quizzes where semester = m.id),
       (select count(*) from deliverables d join sessions s on s.id = d.session where s.semester = m.id)
from semesters m order by m.position"""

STAFF = "select name, role, url from staff where semester = :semester order by position"

MEETINGS = "select kind, days, start, minutes, place from meetings where semester = :semester order by position"

OUTCOMES = "select text from outcomes where semester = :semester order by position"

RECOMMENDED = """
select r.work, w.title, w.authors, w.year, r.why
from recommended r join works w on w.key = r.work where r.semester = :semester order by r.position"""

TRACKS = (
    "select number, text, replaces, due from tracks where semester = :semester order by position"
)
