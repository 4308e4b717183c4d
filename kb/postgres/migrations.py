"""Numbered changes of the schema on the server; each runs once, in one transaction with its number.

They only add, so that readers and loaders of the version before go on working while one runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kb.errors import UsageError
from kb.postgres.ddl import SHARED_TABLES, policy_ddl, reference_ddl, table_ddl, view_ddl
from kb.postgres.views import VIEW_SQL

if TYPE_CHECKING:
    import psycopg

__all__ = ["MIGRATIONS", "migrate", "pending", "require_current"]

LOCK = 7_236_001
"""Advisory lock under which migrations run: two at once wait for each other."""

ROLES = """
do $$ begin
  if not exists (select from pg_roles where rolname = 'kb_reader') then
    create role kb_reader nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'kb_loader') then
    create role kb_loader nologin;
  end if;
end $$"""

BASE = """
create table kb.institutions (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  title text not null default '',
  role name unique
);
create table kb.loads (
  id bigint generated always as identity primary key,
  institution text not null references kb.institutions (id),
  finished timestamptz not null default now(),
  written bigint not null,
  fingerprint text not null default '',
  version text not null default ''
);
create index loads_institution on kb.loads (institution, id);
create function kb.writer() returns text language sql stable security definer
  set search_path = kb, pg_temp as
  $$ select coalesce(
       (select id from kb.institutions where role = session_user),
       case when (select rolsuper from pg_roles where rolname = session_user)
              or pg_has_role(session_user, (select tableowner::name from pg_tables
                   where schemaname = 'kb' and tablename = 'institutions'), 'member')
            then current_setting('kb.institution', true) end) $$;
grant usage on schema kb, mine to kb_reader, kb_loader;
grant select on kb.institutions, kb.loads to kb_reader, kb_loader;
grant insert on kb.loads to kb_loader;
alter table kb.loads enable row level security;
alter table kb.loads force row level security;
create policy everybody_reads on kb.loads for select using (true);
create policy owner_adds on kb.loads for insert with check (institution = (select kb.writer()));
"""
"""Institutions, loads, and who writes: a role's own institution; the tables' owner says which."""

IDENTITIES = """
create table kb.identities (
  institution text not null references kb.institutions (id),
  work text not null,
  kind text not null check (kind in ('doi', 'arxiv', 'title')),
  value text not null,
  primary key (institution, work, kind)
);
create index identities_value on kb.identities (kind, value);
create view kb.shared_works as
  select kind, value, array_agg(institution || ':' || work order by institution, work) as held_by,
         count(distinct institution) as institutions
  from kb.identities group by kind, value having count(distinct institution) > 1;
create view kb.differing_facts as
  select i.kind, i.value, f.fact, w.institution, w.key as work, f.said
  from kb.identities i
  join kb.works w on w.institution = i.institution and w.key = i.work
  cross join lateral (values ('title', w.title), ('year', w.year::text), ('venue', w.venue),
                             ('doi', w.doi)) as f (fact, said)
  where exists (
    select from kb.identities j join kb.works v on v.institution = j.institution and v.key = j.work
    where j.kind = i.kind and j.value = i.value and j.institution <> i.institution
      and case f.fact when 'title' then v.title when 'year' then v.year::text
          when 'venue' then v.venue else v.doi end is distinct from f.said)
  order by i.kind, i.value, f.fact, w.institution;
grant select on kb.shared_works, kb.differing_facts to kb_reader, kb_loader;
"""
"""Which works of several institutions are one, and where their facts differ and whose they are."""

SEARCH = """
create text search dictionary kb.stem (template = snowball, language = porter);
create text search configuration kb.words (copy = simple);
alter text search configuration kb.words
  alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part
  with kb.unaccented, kb.stem;
create text search configuration kb.plain (copy = simple);
alter text search configuration kb.plain
  alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part
  with kb.unaccented, simple;
create table kb.documents (
  institution text not null references kb.institutions (id),
  work text not null,
  title text not null, people text not null, venue text not null, topics text not null,
  notes text not null, course text not null,
  words tsvector not null,
  primary key (institution, work)
);
create table kb.thesaurus (
  institution text not null references kb.institutions (id),
  position int not null,
  words text[] not null,
  primary key (institution, position)
);
create table kb.vocabulary (word text primary key, works bigint not null);
create index vocabulary_trigrams on kb.vocabulary using gin (word public.gin_trgm_ops);
grant select on kb.vocabulary to kb_reader, kb_loader;
"""
"""Words with Porter's stems and without accents or stop words, as FTS5 has them in the file."""

UNACCENTED = """
do $$ begin
  create extension if not exists unaccent schema public;
  create extension if not exists pg_trgm schema public;
end $$;
create text search dictionary kb.unaccented (template = public.unaccent, rules = 'unaccent');
"""


def base(connection: psycopg.Connection) -> Iterator[str]:
    """Give the statements of the first schema."""
    del connection
    yield ROLES
    yield "create schema if not exists mine"
    yield BASE
    for table in SHARED_TABLES:
        yield from table_ddl(table)
        yield from view_ddl(table)
    for table in SHARED_TABLES:
        yield from reference_ddl(table)
    yield from VIEW_SQL
    yield "grant select on all tables in schema mine to kb_reader, kb_loader"


def identities(connection: psycopg.Connection) -> Iterator[str]:
    """Give the statements that match works of several institutions."""
    del connection
    yield IDENTITIES
    yield from policy_ddl("identities")


def search(connection: psycopg.Connection) -> Iterator[str]:
    """Give the statements of full-text search; RUM where it is installed, GIN else."""
    yield UNACCENTED
    yield SEARCH
    yield from policy_ddl("documents")
    yield from policy_ddl("thesaurus")
    rum = connection.execute("select 1 from pg_available_extensions where name = 'rum'").fetchone()
    if rum:
        yield "create extension if not exists rum schema public"
        yield (
            "create index documents_words on kb.documents using rum (words public.rum_tsvector_ops)"
        )
    else:
        yield "create index documents_words on kb.documents using gin (words)"


Migration = Callable[["psycopg.Connection"], Iterator[str]]

MIGRATIONS: tuple[tuple[int, str, Migration], ...] = (
    (1, "tables of the file, owned by institutions", base),
    (2, "works that several institutions have", identities),
    (3, "full-text search", search),
)
"""Number, what it does, and its statements. Released ones are never changed."""


def pending(connection: psycopg.Connection) -> tuple[int, ...]:
    """Give the numbers that have not run here."""
    there = connection.execute("select to_regclass('kb.migrations') is not null").fetchone()
    done: set[int] = set()
    if there and there[0]:
        done = {n for (n,) in connection.execute("select number from kb.migrations")}
    return tuple(number for number, _, _ in MIGRATIONS if number not in done)


def migrate(connection: psycopg.Connection) -> tuple[str, ...]:
    """Run what has not run; give what each did."""
    ran: list[str] = []
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
        connection.execute("create schema if not exists kb")
        connection.execute(
            "create table if not exists kb.migrations (number int primary key, "
            "name text not null, at timestamptz not null default now())"
        )
        todo = set(pending(connection))
        for number, name, statements in MIGRATIONS:
            if number in todo:
                for statement in statements(connection):
                    connection.execute(statement)
                connection.execute(
                    "insert into kb.migrations (number, name) values (%s, %s)", (number, name)
                )
                ran.append(f"{number}: {name}")
        if ran:
            connection.execute("grant select on kb.migrations to kb_reader, kb_loader")
    return tuple(ran)


def require_current(connection: psycopg.Connection) -> None:
    """Refuse a database whose schema is older than this program.

    Raises:
        UsageError: naming the command that brings it up to date.
    """
    if pending(connection):
        raise UsageError("the schema on the server is not set up or older; run `kb server migrate`")
