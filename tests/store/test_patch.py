"""An edit of notes patches the database, and gives what a full build gives."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from kb.store import build as building
from kb.store.build import build_database
from kb.store.fresh import is_fresh
from kb.store.patch import patch_database

WORDS = (
    "tests of models in production rarely fail where data drift meets people *who* label".split()
)
TOPICS = "- {slug: t, title: Testing, aliases: [checks]}\n- {slug: u, title: Users}\n"
NOTES = "- id: pair\n  works: [w1x, w2x]\n  text: Both, beside [@w3x].\n"
SHADOWS = ("_data", "_idx", "_docsize", "_config", "_content")


def entry(number: int, note: str, topic: str = "t") -> str:
    return (
        f"@article{{w{number}x,\n  title = {{Work {number} on data}},\n  author = {{Doe, Jane and Roe, R{number}}},\n"
        f"  year = {{{2000 + number % 20}}},\n  keywords = {{{topic}}},\n  annotation = {{{note}}},\n}}\n"
    )


def content(path: Path) -> dict[str, list[tuple]]:
    """Everything a reader can see: rows of all tables, and the terms of all full-text indexes."""
    connection = sqlite3.connect(path)
    names = [
        (name, sql.startswith("CREATE VIRTUAL") or sql.startswith("create virtual"))
        for name, sql in connection.execute(
            "select name, sql from sqlite_master where type = 'table'"
        )
        if not name.endswith(SHADOWS) and not name.startswith("sqlite_")
    ]
    found = {}
    for name, virtual in names:
        if virtual:
            connection.execute(
                f"create virtual table temp.v_{name} using fts5vocab(main, {name}, 'instance')"
            )
            query = f"select * from temp.v_{name}"
        else:
            query = f"select * from {name}"
        found[name] = connection.execute(query).fetchall()
    connection.close()
    return found


@pytest.fixture
def built(tree) -> Path:
    files = {
        "bib/a.bib": "\n".join(entry(n, f"Note {n} names [@w{n + 1}x].") for n in range(1, 8)),
        "bib/b.bib": "\n".join(entry(n, "Plain words.", "u") for n in range(8, 12)),
        "bib/topics.yaml": TOPICS,
        "bib/annotations.yaml": NOTES,
    }
    root = tree(files)
    build_database(root, root / "kb.db")
    return root


def agrees_with_full_build(root: Path) -> bool:
    build_database(root, root / "full.db")
    return content(root / "kb.db") == content(root / "full.db") and is_fresh(root / "kb.db", root)


@pytest.mark.parametrize("seed", range(12))
def test_random_edits_of_notes_equal_a_full_build(built: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(3):
        for name in chance.sample(["a.bib", "b.bib"], chance.randint(1, 2)):
            path = built / "bib" / name
            parts = path.read_text().split("\n@")
            at = chance.randrange(len(parts))
            head, _, rest = parts[at].partition("annotation = {")
            words = " ".join(chance.choices(WORDS, k=chance.randint(1, 30)))
            link = f" See [@w{chance.randint(1, 11)}x]." if chance.random() < 0.5 else ""
            lines = "\n\n  Second paragraph." * chance.randint(0, 2)
            parts[at] = (
                f"{head}annotation = {{{words}.{link}{lines}}},\n" + rest.partition("},\n")[2]
            )
            path.write_text("\n@".join(parts))
        assert patch_database(built, built / "kb.db")
        assert agrees_with_full_build(built)


def replaced(old: str, new: str):
    return lambda root: (root / "bib/a.bib").write_text(
        (root / "bib/a.bib").read_text().replace(old, new, 1)
    )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(replaced("Work 2 on data", "Other"), id="title"),
        pytest.param(replaced("annotation = {Note 2 names [@w3x].},\n", ""), id="note-removed"),
        pytest.param(replaced("Note 2 names [@w3x]", "Note 2 names [@nobody1]"), id="link-to-nowhere"),
        pytest.param(replaced("Note 2 names", "Note } 2 names"), id="brace"),
        pytest.param(replaced("@article{w2x", "@article{w2y"), id="key"),
        pytest.param(replaced("Note 2", "Note 2}, number = {7"), id="another-field"),
        pytest.param(lambda root: (root / "bib/c.bib").write_text(entry(20, "New.")), id="new-file"),
        pytest.param(lambda root: (root / "bib/b.bib").unlink(), id="file-removed"),
        pytest.param(lambda root: (root / "bib/topics.yaml").write_text(TOPICS + "- {slug: v, title: V}\n"), id="topics"),
        pytest.param(lambda root: (root / ".kb.db.state").unlink(), id="no-state"),
    ],
)  # fmt: skip
def test_any_other_change_is_left_to_a_full_build(built: Path, change) -> None:
    before = (built / "kb.db").read_bytes()
    change(built)
    assert not patch_database(built, built / "kb.db")
    assert (built / "kb.db").read_bytes() == before


def test_an_edit_of_the_same_size_and_time_is_seen(built: Path) -> None:
    path = built / "bib/a.bib"
    status = path.stat()
    other = built / "other"
    other.write_text(path.read_text().replace("Note 3", "Nose 3"))
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns - 10**12))
    shutil.copy2(other, path)
    assert not is_fresh(built / "kb.db", built)
    assert patch_database(built, built / "kb.db")
    assert agrees_with_full_build(built)


def test_an_edit_during_a_build_is_seen(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load = building.load_corpus

    def slow(root: Path, progress) -> building.Loaded:
        loaded = load(root, progress)
        path = root / "bib/a.bib"
        status = path.stat()
        path.write_text(path.read_text().replace("Note 3", "Nose 3"))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        return loaded

    monkeypatch.setattr(building, "load_corpus", slow)
    build_database(built, built / "kb.db")
    assert not is_fresh(built / "kb.db", built)
    monkeypatch.undo()
    build_database(built, built / "kb.db")
    assert is_fresh(built / "kb.db", built)


def test_nothing_is_written_for_an_edit_that_is_taken_back(built: Path) -> None:
    before = (built / "kb.db").read_bytes()
    path = built / "bib/a.bib"
    text = path.read_text()
    path.write_text(text + "\n")
    path.write_text(text)
    assert is_fresh(built / "kb.db", built)
    assert (built / "kb.db").read_bytes() == before
