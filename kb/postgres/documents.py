"""What is searched: one document a work, made of the tables, with weights by where words stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psycopg

__all__ = ["refresh_documents"]

DOCUMENTS = """
create temp table made on commit drop as
with people as (
  select a.work, string_agg(p.display, ' ' order by a.position) as text
  from kb.authorship a join kb.people p using (institution)
  where a.institution = %(own)s and p.id = a.person group by a.work),
topics as (
  select w.work, string_agg(t.title, ' ' order by w.position) as text
  from kb.work_topics w join kb.topics t on t.institution = w.institution and t.slug = w.topic
  where w.institution = %(own)s group by w.work),
notes as (
  select w.work, string_agg(a.text, E'\\n' order by w.position) as text
  from kb.work_annotations w
  join kb.annotations a on a.institution = w.institution and a.id = w.annotation
  where w.institution = %(own)s group by w.work),
course as (
  select r.work, string_agg(distinct s.title, ' ') as text
  from kb.readings r join kb.sessions s on s.institution = r.institution and s.id = r.session
  where r.institution = %(own)s group by r.work),
asked as (
  select p.work, string_agg(distinct q.text, ' ') as text
  from kb.prompt_works p join kb.prompts q on q.institution = p.institution and q.id = p.prompt
  where p.institution = %(own)s group by p.work)
select w.institution, w.key as work, w.title, coalesce(people.text, '') as people,
       coalesce(w.venue, '') as venue, coalesce(topics.text, '') as topics,
       coalesce(notes.text, '') as notes,
       concat_ws(' ', course.text, asked.text) as course
from kb.works w
left join people on people.work = w.key
left join topics on topics.work = w.key
left join notes on notes.work = w.key
left join course on course.work = w.key
left join asked on asked.work = w.key
where w.institution = %(own)s
"""
"""The text of each work of an institution."""

WORDS = """
setweight(to_tsvector('kb.words', title), 'A') ||
setweight(to_tsvector('kb.words', people || ' ' || topics), 'B') ||
setweight(to_tsvector('kb.words', notes), 'C') ||
setweight(to_tsvector('kb.words', venue || ' ' || course), 'D')
"""
"""The vector: titles weigh most, then people and topics, then notes, then where it appeared."""

COLUMNS = ("title", "people", "venue", "topics", "notes", "course")


def refresh_documents(connection: psycopg.Connection, own: str) -> None:
    """Bring an institution's documents to what the tables say, writing those that differ."""
    connection.execute(DOCUMENTS, {"own": own})
    connection.execute("create index on made (work)")
    connection.execute("analyze made")
    connection.execute(
        "delete from kb.documents d where institution = %s and not exists "
        "(select from made m where m.work = d.work)",
        (own,),
    )
    names = ", ".join(COLUMNS)
    sets = ", ".join(f"{name} = excluded.{name}" for name in (*COLUMNS, "words"))
    connection.execute(
        f"insert into kb.documents as d (institution, work, {names}, words) "  # noqa: S608 declared names
        f"select institution, work, {names}, {WORDS} from made m where not exists ("
        "select from kb.documents o where o.institution = m.institution and o.work = m.work and "
        f"({', '.join('o.' + n for n in COLUMNS)}) = ({', '.join('m.' + n for n in COLUMNS)})) "
        f"on conflict (institution, work) do update set {sets}"
    )
