"""A PostgreSQL of our own: Debian's programs, another user, a free loopback port, a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

psycopg = pytest.importorskip("psycopg", reason="coursebib[postgres] is not installed")

pytestmark = pytest.mark.postgres


def programs() -> Path | None:
    """Give the folder of the newest PostgreSQL, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Node:
    """One server."""

    folder: Path
    port: int
    bin: Path

    def url(self, user: str = "owner", name: str = "kb") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{name}"

    def run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*as_other(), *words], check=check, capture_output=True, text=True, cwd="/tmp"
        )

    def start(self, *options: str) -> None:
        settings = " ".join(
            [
                f"-p {self.port}",
                "-c listen_addresses=127.0.0.1",
                f"-c unix_socket_directories={self.folder}",
                *options,
            ]
        )
        self.run(
            str(self.bin / "pg_ctl"),
            *("-D", str(self.folder / "data"), "-l", str(self.folder / "log")),
            *("-o", settings, "-w", "-t", "60", "start"),
        )

    def stop(self, mode: str = "immediate") -> None:
        self.run(
            str(self.bin / "pg_ctl"),
            *("-D", str(self.folder / "data"), "-m", mode, "-w", "stop"),
            check=False,
        )


def as_other() -> list[str]:
    """Give the words that run a program as another user, since PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return []
    names = {user.pw_name for user in pwd.getpwall()}
    return ["runuser", "-u", "postgres" if "postgres" in names else "nobody", "--"]


def new_node(root: Path, bin_folder: Path, name: str) -> Node:
    folder = root / name
    folder.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, as_other()[2])
    return Node(folder, free_port(), bin_folder)


@pytest.fixture(scope="session")
def pg_root(need) -> Iterator[Path]:
    bin_folder = programs()
    need(
        "postgres",
        bin_folder,
        "no PostgreSQL: the server was NOT tested; apt-get install postgresql",
    )
    root = Path(f"/tmp/coursebib-pg-{os.getpid()}-{time.monotonic_ns()}")
    root.mkdir()
    root.chmod(0o755)
    yield root
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(scope="session")
def primary(pg_root: Path) -> Iterator[Node]:
    """Give a running server with a superuser `owner` and no password on loopback."""
    bin_folder = programs()
    assert bin_folder
    node = new_node(pg_root, bin_folder, "primary")
    node.run(
        str(bin_folder / "initdb"),
        *("-D", str(node.folder / "data"), "-U", "owner", "-A", "trust", "-E", "UTF8"),
        *("--locale=C.UTF-8", "--no-sync"),
    )
    node.start("-c fsync=off", "-c wal_level=replica", "-c max_wal_senders=4")
    yield node
    node.stop()


@pytest.fixture(scope="session")
def template(primary: Node) -> str:
    """Give a database with the schema in place and three institutions, to be copied."""
    from kb.postgres.admin import add_institution
    from kb.postgres.link import Server, connect
    from kb.postgres.migrations import migrate

    with psycopg.connect(primary.url(name="postgres"), autocommit=True) as admin:
        admin.execute("create database empty_kb")
    with connect(Server(primary.url(name="empty_kb"))) as connection:
        migrate(connection)
        for name in ("alpha", "beta", "gamma"):
            add_institution(connection, name, role=f"{name}_loader")
    return "empty_kb"


def fresh(primary: Node, template: str) -> Node:
    with psycopg.connect(primary.url(name="postgres"), autocommit=True) as admin:
        admin.execute("drop database if exists kb with (force)")
        admin.execute(f"create database kb template {template}")
    return primary


@pytest.fixture
def server(primary: Node, template: str) -> Node:
    """Give the server with a fresh database `kb`."""
    return fresh(primary, template)


@pytest.fixture(scope="module")
def full_server(primary: Node, template: str, project: Path) -> Node:
    """Give the server with the real collection in `kb`, for the tests of a module that only read."""
    from kb.postgres.link import Server, connect
    from kb.postgres.load import load_corpus_rows
    from kb.postgres.search import refresh_vocabulary
    from kb.validate.corpus import load_corpus

    fresh(primary, template)
    load_corpus_rows(Server(primary.url("alpha_loader")), load_corpus(project).corpus)
    with connect(Server(primary.url())) as owner:
        refresh_vocabulary(owner)
    return primary


@pytest.fixture
def start_pair(pg_root: Path) -> Iterator[Callable[[], tuple[Node, Node]]]:
    """Give the function that starts a primary and a synchronous standby, schema in place."""
    from kb.postgres.admin import add_institution
    from kb.postgres.link import Server, connect
    from kb.postgres.migrations import migrate

    bin_folder = programs()
    assert bin_folder
    nodes: list[Node] = []

    def start() -> tuple[Node, Node]:
        primary = new_node(pg_root, bin_folder, f"pair-{time.monotonic_ns()}")
        standby = new_node(pg_root, bin_folder, f"standby-{time.monotonic_ns()}")
        nodes.extend((primary, standby))
        primary.run(
            str(bin_folder / "initdb"),
            *("-D", str(primary.folder / "data"), "-U", "owner", "-A", "trust", "-E", "UTF8"),
            *("--locale=C.UTF-8", "--no-sync"),
        )
        primary.start("-c wal_level=replica", "-c max_wal_senders=4")
        primary.run(
            str(bin_folder / "pg_basebackup"),
            *("-h", "127.0.0.1", "-p", str(primary.port), "-U", "owner"),
            *("-D", str(standby.folder / "data"), "-c", "fast", "-R", "-X", "stream"),
        )
        standby.start()
        with psycopg.connect(primary.url(name="postgres"), autocommit=True) as admin:
            admin.execute("create database kb")
            # Acknowledged means: on the standby too.
            admin.execute("alter system set synchronous_standby_names = '*'")
            admin.execute("select pg_reload_conf()")
        with connect(Server(primary.url())) as connection:
            migrate(connection)
            add_institution(connection, "alpha", role="alpha_loader")
        return primary, standby

    yield start
    for node in nodes:
        node.stop()
