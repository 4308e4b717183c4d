"""SELECTs that list works: browsing, topics, people, exports. Values are bound; each has an index
(a test asks SQLite)."""

__all__ = [
    "ALL_KEYS",
    "COUNTS",
    "COUNT_PEOPLE",
    "LAST_ROW",
    "CO_AUTHORS",
    "LINES",
    "NEXT_IN_TOPIC",
    "PEOPLE",
    "PEOPLE_FROM",
    "PERSON",
    "PREVIOUS_IN_TOPIC",
    "PROMPTS_OF_TOPIC",
    "PROMPTS_OF_WORK",
    "SESSIONS_OF_TOPIC",
    "WORKS_OF_PERSON",
    "WORKS_OF_SEMESTER",
    "WORKS_OF_SESSION",
    "WORKS_OF_TOPIC",
    "YEARS_BY_AREA",
]

ALL_KEYS = "select key from works order by key"

LINES = """
select w.key, w.title, w.authors, w.year, w.venue, w.type, w.why, w.url, w.length_pages, w.minutes,
       (select count(distinct s.semester) from readings r join sessions s on s.id = r.session
           where r.work = w.key) as semesters
from works w where w.key = :key"""

YEARS_BY_AREA = """
select a.slug, c.year, sum(c.works) from topics a join work_counts c on c.topic = a.slug
where a.parent = '' group by a.slug, c.year order by a.position, c.year"""

LAST_ROW = "select max(rowid) from works"

WORKS_OF_TOPIC = "select work from topic_works where topic = :topic order by work"

WORKS_OF_SEMESTER = """
select distinct r.work from readings r join sessions s on s.id = r.session
    where s.semester = :semester order by r.work"""

WORKS_OF_SESSION = "select distinct work from readings where session = :session order by work"

WORKS_OF_PERSON = """
select work, role from authorship where person = :person
order by year desc, work limit :limit offset :offset"""

NEXT_IN_TOPIC = """
select w.key, w.title from topic_works t join works w on w.key = t.work
where t.topic = :topic and ((t.year = :year and t.work > :key) or t.year < :year)
order by t.year desc, t.work limit 1"""

PREVIOUS_IN_TOPIC = """
select w.key, w.title from topic_works t join works w on w.key = t.work
where t.topic = :topic and ((t.year = :year and t.work < :key) or t.year > :year)
order by t.year, t.work desc limit 1"""

SESSIONS_OF_TOPIC = """
select m.id, m.term, m.year, s.id, s.date, s.title,
       (select group_concat(distinct r.work) from readings r where r.session = s.id
           and (r.topic = t.topic or r.topic is null or r.topic = ''))
from session_topics t join sessions s on s.id = t.session join semesters m on m.id = s.semester
where t.topic = :slug group by s.id order by m.position desc, s.position"""

PERSON = "select id, family, given, display, works from people where id = :person"

COUNTS = "select year, type, works from work_counts where topic = :topic"

COUNT_PEOPLE = "select count(*) from people where id >= :first and id < :last"

PEOPLE = """
select id, display, family, given, works from people
order by works desc, id limit :limit offset :offset"""

PEOPLE_FROM = """
select id, display, family, given, works from people where id >= :first and id < :last
order by id limit :limit offset :offset"""

CO_AUTHORS = """
select p.id, p.display, count(distinct b.work) as shared
from (select distinct work from authorship where person = :person
    order by year desc, work limit :newest) a
join authorship b on b.work = a.work and b.person <> :person join people p on p.id = b.person
group by p.id order by shared desc, p.family, p.id limit :limit"""

PROMPTS_OF_WORK = """
select p.id, (select group_concat(work, ' ') from prompt_works where prompt = p.id)
    as works, p.locator, p.text, p.html, p.minutes
from prompt_works w join prompts p on p.id = w.prompt where w.work = :key order by p.id"""

PROMPTS_OF_TOPIC = """
select p.id, (select group_concat(work, ' ') from prompt_works where prompt = p.id) as works,
       p.locator, p.text, p.html, p.minutes
from prompts p where p.id in (
    select w.prompt from work_topics t join prompt_works w on w.work = t.work
    where t.topic = :topic) order by p.id"""
