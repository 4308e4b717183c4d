"""Killed primaries, promoted standbys, loads side by side."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import psycopg
import pytest

from kb.errors import DatabaseUnusable
from kb.postgres.admin import add_institution
from kb.postgres.link import Server, connect, with_retries
from kb.postgres.load import load_corpus_rows
from kb.postgres.migrations import migrate, pending
from kb.records import Corpus
from kb.validate.corpus import load_corpus

pytestmark = pytest.mark.postgres


def entries(prefix: str, count: int) -> str:
    return "".join(
        f"@article{{{prefix}{n}, author={{Roe, Ann}}, title={{Title {n} of {prefix}}}, "
        f"year={{2020}}, annotation={{Note {n} about debt and data.}}}}\n"
        for n in range(count)
    )


def corpus_of(tree, prefix: str, count: int) -> Corpus:
    return load_corpus(tree({"bib/a.bib": entries(prefix, count)})).corpus


def works(url: str, name: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select count(*) from kb.works where institution = %s", (name,)
        ).fetchone()
    return int(row[0]) if row else 0


def test_loads_of_three_institutions_side_by_side_while_readers_search(server, tree) -> None:
    corpora = {name: corpus_of(tree, name, 300) for name in ("alpha", "beta", "gamma")}
    done: dict[str, int] = {}
    counts: set[int] = set()
    stop = threading.Event()

    def load(name: str) -> None:
        source = Server(server.url(f"{name}_loader"))
        done[name] = load_corpus_rows(source, corpora[name]).written

    def read() -> None:
        with connect(Server(server.url())) as connection:
            while not stop.is_set():
                row = connection.execute(
                    "select count(*) from kb.documents where words @@ to_tsquery('kb.words','debt')"
                ).fetchone()
                counts.add(row[0] if row else 0)

    reader = threading.Thread(target=read)
    reader.start()
    threads = [threading.Thread(target=load, args=(name,)) for name in corpora]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    time.sleep(0.1)
    stop.set()
    reader.join(10)
    assert set(done) == set(corpora) and all(written > 600 for written in done.values())
    assert counts <= {0, 300, 600, 900}, "a reader saw half a load"
    assert works(server.url(), "beta") == 300


def test_a_load_that_is_cut_off_leaves_nothing_and_ends_the_same_again(server, tree) -> None:
    corpus = corpus_of(tree, "alpha", 400)
    source = Server(server.url("alpha_loader"))
    cut = 0

    def kill() -> None:
        nonlocal cut
        with psycopg.connect(server.url(), autocommit=True) as admin:
            for _ in range(400):
                found = admin.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where "
                    "usename = 'alpha_loader' and state <> 'idle' and query like 'insert into kb.%'"
                ).fetchall()
                cut += len(found)
                if cut >= 2:
                    return
                time.sleep(0.005)

    killer = threading.Thread(target=kill)
    killer.start()
    load_corpus_rows(source, corpus)
    killer.join(20)
    assert cut >= 1, "nothing was cut off"
    assert works(server.url(), "alpha") == 400
    assert load_corpus_rows(source, corpus).written == 0


def test_a_server_that_stays_away_is_named_without_the_password() -> None:
    source = Server("postgresql://me:secret@127.0.0.1:9/kb")
    with pytest.raises(DatabaseUnusable, match=r"postgresql://127\.0\.0\.1:9/kb") as caught:
        with_retries(source, lambda connection: None, pause=0.0)
    assert "secret" not in str(caught.value)
    several = Server("postgresql://me:secret@one:5432,two:5433/kb?target_session_attrs=any")
    assert str(several) == "postgresql://one:5432,two:5433/kb"


def test_primary_killed_in_a_load_and_standby_promoted_lose_nothing(
    pg_root: Path, tree, start_pair
) -> None:
    primary, standby = start_pair()
    first, second = corpus_of(tree, "first", 200), corpus_of(tree, "second", 3000)
    both = f"postgresql://alpha_loader@127.0.0.1:{primary.port},127.0.0.1:{standby.port}/kb"
    source = Server(f"{both}?target_session_attrs=read-write")
    load_corpus_rows(source, first)
    assert works(standby.url(), "alpha") == 200
    refused = pytest.raises(psycopg.errors.ReadOnlySqlTransaction)
    with psycopg.connect(standby.url()) as connection, refused:
        connection.execute("delete from kb.works")

    def fail_over() -> None:
        time.sleep(0.4)
        primary.stop("immediate")
        standby.run(
            str(standby.bin / "pg_ctl"), "-D", str(standby.folder / "data"), "-w", "promote"
        )

    other = threading.Thread(target=fail_over)
    other.start()
    load_corpus_rows(source, second)
    other.join(60)
    final = load_corpus_rows(source, second)
    assert final.written == 0
    assert works(standby.url(), "alpha") == 3000


def test_migrations_run_once_and_old_readers_go_on(server) -> None:
    with connect(Server(server.url())) as connection:
        assert pending(connection) == ()
        assert migrate(connection) == ()
        with psycopg.connect(server.url()) as reader:
            reader.execute("select count(*) from kb.works")
            connection.execute("set lock_timeout = '2s'")
            add_institution(connection, "delta")
            reader.execute("select count(*) from kb.works")
