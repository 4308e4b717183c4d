"""Loading repositories into one server: all or nothing, only what changed, only one's own rows."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from kb.postgres.ddl import SHARED_TABLES
from kb.postgres.link import Server, connect
from kb.postgres.load import load_corpus_rows
from kb.records import Corpus
from kb.store.rows import corpus_rows
from kb.validate.corpus import load_corpus

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def corpus(project: Path) -> Corpus:
    return load_corpus(project).corpus


def entry(key: str, title: str = "", **fields: str) -> str:
    facts = {"author": "Roe, Ann", "title": title or f"On {key}", "year": "2020"} | fields
    return f"@article{{{key}, " + ", ".join(f"{n} = {{{v}}}" for n, v in facts.items()) + "}\n"


def loader(server, name: str) -> Server:
    return Server(server.url(f"{name}_loader"))


def rows_of(server, name: str, table: str) -> list[tuple[object, ...]]:
    columns = ", ".join(f'"{c.name}"' for t in SHARED_TABLES if t.name == table for c in t.columns)
    with connect(Server(server.url())) as connection:
        return connection.execute(
            f'select {columns} from kb."{table}" where institution = %s order by ord', (name,)
        ).fetchall()


def test_every_row_of_the_collection_is_there_in_its_order(server, corpus: Corpus) -> None:
    done = load_corpus_rows(loader(server, "alpha"), corpus)
    expected: dict[str, list[tuple[object, ...]]] = {table.name: [] for table in SHARED_TABLES}
    for name, row in corpus_rows(corpus):
        expected[name].append(row)
    assert done.rows == done.written == sum(map(len, expected.values()))
    for name, rows in expected.items():
        assert rows_of(server, "alpha", name) == rows, name


def test_the_same_sources_again_write_nothing(server, corpus: Corpus) -> None:
    assert load_corpus_rows(loader(server, "alpha"), corpus).written > 1000
    assert load_corpus_rows(loader(server, "alpha"), corpus).written == 0


def test_one_edit_writes_its_rows_and_keeps_the_order(server, tree) -> None:
    def load(**files: list[str]) -> int:
        texts = {f"bib/{name}.bib": "".join(entries) for name, entries in files.items()}
        root = tree({"bib/a.bib": "", "bib/b.bib": "", "bib/c.bib": "", **texts})
        return load_corpus_rows(loader(server, "alpha"), load_corpus(root).corpus).written

    def keys() -> list[object]:
        return [row[0] for row in rows_of(server, "alpha", "works")]

    first = [entry(f"k{n:02}") for n in range(30)]
    load(a=first[:15], c=first[15:])
    changed = [entry("k07", "Another title") if n == 7 else text for n, text in enumerate(first)]
    assert load(a=changed[:15], c=changed[15:]) == 1
    assert load(a=changed[:15], b=[entry("new1"), entry("new2")], c=changed[15:]) < 10
    assert keys() == [f"k{n:02}" for n in range(15)] + ["new1", "new2"] + [
        f"k{n:02}" for n in range(15, 30)
    ]
    load(a=changed[15:], c=changed[:15])
    assert keys() == [f"k{n:02}" for n in (*range(15, 30), *range(15))]
    load(a=[entry("k01")])
    assert keys() == ["k01"]


def test_a_loader_cannot_touch_the_rows_of_another(server, tree) -> None:
    one, two = (
        load_corpus(tree({"bib/a.bib": entry(k, doi="10.5555/1")})).corpus for k in ("a", "b")
    )
    load_corpus_rows(loader(server, "alpha"), one)
    load_corpus_rows(loader(server, "beta"), two)
    assert [row[0] for row in rows_of(server, "alpha", "works")] == ["a"]
    with psycopg.connect(server.url("alpha_loader"), autocommit=True) as connection:
        assert connection.execute("delete from kb.works where institution = 'beta'").rowcount == 0
        assert connection.execute("update kb.works set title = 'mine'").rowcount == 1
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(
                "insert into kb.works (institution, ord, key) values ('beta', 9, 'z')"
            )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("update kb.works set institution = 'beta' where key = 'a'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("update kb.institutions set role = 'alpha_loader'")
    assert rows_of(server, "beta", "works")[0][:1] == ("b",)


def test_works_of_two_institutions_are_matched_and_their_differences_shown(server, tree) -> None:
    same = {"doi": "10.5555/1"}
    load_corpus_rows(
        loader(server, "alpha"),
        load_corpus(tree({"bib/a.bib": entry("a", "A title", **same)})).corpus,
    )
    load_corpus_rows(
        loader(server, "beta"),
        load_corpus(tree({"bib/a.bib": entry("b", "A Title", year="2021", **same)})).corpus,
    )
    with connect(Server(server.url())) as connection:
        shared = connection.execute("select kind, held_by from kb.shared_works order by kind")
        assert shared.fetchall() == [
            ("doi", ["alpha:a", "beta:b"]),
            ("title", ["alpha:a", "beta:b"]),
        ]
        facts = connection.execute(
            "select fact, institution, said from kb.differing_facts where kind = 'doi'"
        )
        assert facts.fetchall() == [
            ("title", "alpha", "A title"),
            ("title", "beta", "A Title"),
            ("year", "alpha", "2020"),
            ("year", "beta", "2021"),
        ]


def test_references_are_enforced_by_the_server(server, tree) -> None:
    load_corpus_rows(loader(server, "alpha"), load_corpus(tree({"bib/a.bib": entry("a")})).corpus)
    refused = pytest.raises(psycopg.errors.ForeignKeyViolation)
    with psycopg.connect(server.url("alpha_loader"), autocommit=True) as connection, refused:
        connection.execute("delete from kb.works where key = 'a'")


def test_views_of_the_file_show_an_institutions_own_rows(server, corpus: Corpus, database) -> None:
    import sqlite3

    load_corpus_rows(loader(server, "alpha"), corpus)
    file = sqlite3.connect(database)
    with connect(Server(server.url())) as connection:
        connection.execute("set search_path = mine")
        for institution, there in (("alpha", True), ("beta", False)):
            connection.execute("select set_config('kb.institution', %s, false)", (institution,))
            for view in (
                "reading_list",
                "assigned_in",
                "due_next",
                "unannotated",
                "never_assigned",
            ):
                expected = file.execute(f"select count(*) from {view}").fetchone()[0]
                count = connection.execute(f"select count(*) from {view}").fetchone()
                assert count == (expected if there else 0,), view
    file.close()
