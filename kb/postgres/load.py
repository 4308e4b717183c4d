"""Load one repository: COPY into staging tables, then change only the rows that differ.

One transaction: readers see everything before it or everything after it. A repeated load of the
same sources writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb import __version__
from kb.postgres.ddl import SHARED_TABLES, columns_of, keys_of, quoted
from kb.postgres.documents import refresh_documents
from kb.postgres.link import Server, own_institution, with_retries
from kb.postgres.migrations import require_current
from kb.records import Corpus
from kb.store.rows import Row, corpus_rows
from kb.store.table import Table
from kb.text import fold_words, title_key

if TYPE_CHECKING:
    import psycopg

__all__ = ["LoadedRows", "load_corpus_rows"]


@dataclass(frozen=True, slots=True)
class LoadedRows:
    """What a load did."""

    institution: str
    rows: int
    """Rows of the repository."""
    written: int
    """Rows that were added, changed or removed."""


def load_corpus_rows(server: Server, corpus: Corpus, fingerprint: str = "") -> LoadedRows:
    """Bring an institution's rows to what the corpus says, all or nothing.

    Begun anew when the server goes away: the transaction that was cut off left nothing behind.

    Raises:
        DatabaseUnusable: the server cannot be reached, or refuses.
        UsageError: no such institution, or a schema that is older.
    """
    grouped: dict[str, list[Row]] = defaultdict(list)
    for name, row in corpus_rows(corpus):
        grouped[name].append(row)
    names = tuple(identity_rows(corpus))

    def work(connection: psycopg.Connection) -> LoadedRows:
        require_current(connection)
        own = own_institution(connection, server)
        with connection.transaction():
            connection.execute("select set_config('kb.institution', %s, true)", (own,))
            connection.execute("select pg_advisory_xact_lock(hashtext('kb load ' || %s))", (own,))
            written = 0
            for table in SHARED_TABLES:
                stage(connection, table, own, grouped[table.name])
            for table in reversed(SHARED_TABLES):
                written += remove_gone(connection, table, own)
            for table in SHARED_TABLES:
                written += add_and_change(connection, table)
            replace_identities(connection, own, names)
            written += replace_thesaurus(connection, own, corpus.thesaurus)
            refresh_documents(connection, own)
            if written:
                connection.execute(
                    "insert into kb.loads (institution, written, fingerprint, version) "
                    "values (%s, %s, %s, %s)",
                    (own, written, fingerprint, __version__),
                )
        return LoadedRows(own, sum(map(len, grouped.values())), written)

    return with_retries(server, work)


def identity_rows(corpus: Corpus) -> Iterator[tuple[str, str, str]]:
    """Give by what each work is recognized elsewhere: work, kind, value."""
    for work in corpus.works:
        if work.doi:
            yield work.key, "doi", work.doi.casefold()
        if work.arxiv:
            yield work.key, "arxiv", work.arxiv.casefold()
        if work.people and title_key(work.title):
            family = "".join(fold_words(work.people[0].family))
            yield work.key, "title", f"{title_key(work.title)}|{family}"


def storable(value: object) -> object:
    """Replace what the server's text cannot hold: unpaired surrogates and NUL."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
    return int(value) if isinstance(value, bool) else value


def stage(connection: psycopg.Connection, table: Table, own: str, rows: Iterable[Row]) -> None:
    """Copy an institution's rows into a temporary table, each with its place in the table."""
    name = f"staged_{table.name}"
    connection.execute(f'create temp table "{name}" (like kb."{table.name}") on commit drop')
    columns = quoted("institution", "ord", *columns_of(table))
    with (
        connection.cursor() as cursor,
        cursor.copy(f'copy "{name}" ({columns}) from stdin') as copy,
    ):
        for at, row in enumerate(rows, 1):
            copy.write_row([own, float(at), *map(storable, row)])
    keys = quoted(*keys_of(table))
    connection.execute(f'create index on "{name}" ({keys})')
    connection.execute(f'analyze "{name}"')
    keep_places(connection, table, name)


def keep_places(connection: psycopg.Connection, table: Table, name: str) -> None:
    """Let rows that are there keep their `ord`, and put new ones between their neighbors.

    Without this, one work inserted at the top of a file would rewrite every row below it. When
    rows changed their order, or no numbers are left between two, all are numbered anew.
    """
    using = ", ".join(f'"{key}"' for key in keys_of(table))
    found = connection.execute(
        f'with kept as (select s.ord as n, k.ord as place from "{name}" s '  # noqa: S608 declared names
        f'join kb."{table.name}" k using (institution, {using})), '
        "steps as (select place - lag(place) over (order by n) as step from kept) "
        "select (select count(*) from kept), coalesce((select bool_and(step > 0) from steps), true)"
    ).fetchone()
    if not found or not found[0] or not found[1]:
        return
    connection.execute(
        f"create temp table placed on commit drop as "  # noqa: S608 declared names
        f'with a as (select s.ord as n, k.ord as place from "{name}" s '
        f'left join kb."{table.name}" k using (institution, {using})), '
        "b as (select n, place, max(place) over (order by n rows unbounded preceding) as low, "
        "min(place) over (order by n desc rows unbounded preceding) as high "
        "from a), "
        "c as (select n, place, coalesce(low, high - count(*) over w - 1) as low, "
        "coalesce(high, low + count(*) over w + 1) as high, "
        "row_number() over (partition by low, high, place is null order by n) as at, "
        "count(*) over w as size from b window w as (partition by low, high, place is null)) "
        "select n, coalesce(place, low + (high - low) * at / (size + 1)) as place from c"
    )
    clear = connection.execute("select count(distinct place) = count(*) from placed").fetchone()
    if clear and clear[0]:
        connection.execute(f'update "{name}" s set ord = p.place from placed p where p.n = s.ord')  # noqa: S608 declared names
    connection.execute("drop table placed")


def remove_gone(connection: psycopg.Connection, table: Table, own: str) -> int:
    """Remove an institution's rows that the repository has no more."""
    same = " and ".join(f's."{key}" = k."{key}"' for key in keys_of(table))
    return connection.execute(
        f'delete from kb."{table.name}" k where k.institution = %s and not exists '  # noqa: S608 declared names
        f'(select from "staged_{table.name}" s where {same})',
        (own,),
    ).rowcount


def add_and_change(connection: psycopg.Connection, table: Table) -> int:
    """Add new rows and change those that differ."""
    keys, columns = keys_of(table), ("ord", *columns_of(table))
    others = [column for column in columns if column not in keys]
    sets = ", ".join(f'"{c}" = excluded."{c}"' for c in others)
    ours = ", ".join(f'k."{c}"' for c in others)
    theirs = ", ".join(f'excluded."{c}"' for c in others)
    return connection.execute(
        f'insert into kb."{table.name}" as k (institution, {quoted(*columns)}) '  # noqa: S608 declared names
        f'select institution, {quoted(*columns)} from "staged_{table.name}" order by ord '
        f"on conflict (institution, {quoted(*keys)}) do update set {sets} "
        f"where ({ours}) is distinct from ({theirs})"
    ).rowcount


def replace_identities(
    connection: psycopg.Connection, own: str, rows: Iterable[tuple[str, str, str]]
) -> None:
    """Bring the names by which works are recognized to what they are now."""
    connection.execute("create temp table named (like kb.identities) on commit drop")
    with connection.cursor() as cursor, cursor.copy("copy named from stdin") as copy:
        for row in rows:
            copy.write_row([own, *map(storable, row)])
    connection.execute("analyze named")
    connection.execute(
        "delete from kb.identities k where institution = %s and not exists (select from named n "
        "where (n.work, n.kind, n.value) = (k.work, k.kind, k.value))",
        (own,),
    )
    connection.execute("insert into kb.identities select * from named on conflict do nothing")


def replace_thesaurus(
    connection: psycopg.Connection, own: str, groups: Iterable[tuple[str, ...]]
) -> int:
    """Bring a course's own words of one meaning to what they are now; give what was written."""
    wanted = [(at, list(words)) for at, words in enumerate(groups, 1)]
    there = connection.execute(
        "select position, words from kb.thesaurus where institution = %s order by position", (own,)
    ).fetchall()
    if there == wanted:
        return 0
    connection.execute("delete from kb.thesaurus where institution = %s", (own,))
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into kb.thesaurus (institution, position, words) values (%s, %s, %s)",
            [(own, at, words) for at, words in wanted],
        )
    return max(len(there), len(wanted))
