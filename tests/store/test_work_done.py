"""How much a build and an edit do, counted in files, statements and rows, not in seconds."""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.store.build import build_database
from kb.store.fresh import is_fresh
from kb.store.patch import patch_database

OPENED: Counter[str] = Counter()


def count_opened(event: str, args: tuple) -> None:
    if event == "open" and isinstance(args[0], str) and args[0].endswith((".bib", ".yaml")):
        OPENED[Path(args[0]).name] += 1


sys.addaudithook(count_opened)


class Counted(sqlite3.Connection):
    """A connection that counts."""

    statements = 0
    rows = 0

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.set_trace_callback(self.count)

    def count(self, statement: str) -> None:
        Counted.statements += not statement.startswith("--")

    def close(self) -> None:
        Counted.rows += self.total_changes
        super().close()


@pytest.fixture
def work(
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[Callable[[], object]], tuple[Counter[str], int, int]]]:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **o: connect(*a, **o | {"factory": Counted}))

    def measured(action: Callable[[], object]) -> tuple[Counter[str], int, int]:
        OPENED.clear()
        Counted.statements = Counted.rows = 0
        action()
        return Counter(OPENED), Counted.statements, Counted.rows

    yield measured


def collection(count: int) -> dict[str, str]:
    entries = [
        f"@misc{{w{n}x,\n  title = {{Title}},\n  author = {{Doe, Jane}},\n  year = {{2000}},\n  keywords = {{t}},\n"
        f"  annotation = {{A note.}},\n}}\n"
        for n in range(100, 100 + count)
    ]
    half = count // 2
    return {
        "bib/a.bib": "\n".join(entries[:half]),
        "bib/b.bib": "\n".join(entries[half:]),
        "bib/topics.yaml": "- {slug: t, title: T}\n",
    }


def settled(root: Path) -> None:
    """Make files old enough that their times prove that nobody wrote to them."""
    import time

    time.sleep(0.15)


def test_a_fresh_database_is_seen_without_reading(tree, work) -> None:
    root = tree(collection(20))
    settled(root)
    build_database(root, root / "kb.db")
    assert work(lambda: is_fresh(root / "kb.db", root))[0] == Counter()


def test_an_edit_reads_the_file_that_changed_and_writes_what_changed(tree, work) -> None:
    done = []
    for count in (20, 40):
        root = tree(collection(count))
        settled(root)
        build_database(root, root / "kb.db")
        path = root / "bib/a.bib"
        path.write_text(path.read_text().replace("A note.", "Another note.", 1))
        opened, statements, rows = work(lambda root=root: patch_database(root, root / "kb.db"))
        assert set(opened) == {"a.bib"}
        done.append((statements, rows))
    assert done[0] == done[1]
    assert done[0][1] < 60


def test_the_rows_of_a_build_grow_with_the_works(tree, work) -> None:
    rows = []
    for count in (20, 40, 60):
        root = tree(collection(count))
        rows.append(work(lambda root=root: build_database(root, root / "kb.db"))[2])
    assert rows[2] - rows[1] == rows[1] - rows[0]
