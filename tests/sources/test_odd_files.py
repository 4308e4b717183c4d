"""Odd things among the sources: each is named, nothing hangs, the rest is built."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.errors import BuildRefused
from kb.store.build import build_database
from kb.store.fresh import is_fresh
from kb.validate.corpus import load_corpus

BIB = "@book{good, title={Good}, author={A, B}, year=2001, keywords={}}\n"


def pipe(path: Path) -> None:
    os.mkfifo(path)


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def looping(path: Path) -> None:
    path.symlink_to(path.name)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def folder(path: Path) -> None:
    path.mkdir()


def leaving(path: Path) -> None:
    (path.parent.parent.parent / "secret.bib").write_text("@misc{secret, title={SECRET}}")
    path.symlink_to("../../secret.bib")


def circle(path: Path) -> None:
    path.symlink_to("..")


ODD = [
    (pipe, "no file but a pipe, a socket or a device"),
    (dangling, "a link that leads nowhere"),
    (looping, "a link that leads in a circle"),
    (device, "no file but a pipe, a socket or a device"),
    (folder, "a folder that is named like a file"),
    (leaving, "a link that leaves the sources; --follow, or KB_FOLLOW=1, reads it all the same"),
    (circle, "a link to a folder, which is not followed"),
]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    (root / "bib").mkdir(parents=True)
    (root / "bib/good.bib").write_text(BIB)
    return root


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes among files")
@pytest.mark.parametrize(("make", "what"), ODD)
@pytest.mark.parametrize("name", ["bib/x.bib", "bib/annotations-x.yaml"])
def test_odd_files(course: Path, make: Callable[[Path], None], what: str, name: str) -> None:
    make(course / name)
    loaded = load_corpus(course)
    assert [(f.path, f.what) for f in loaded.findings if f.code == "odd-file"] == [(name, what)]
    assert [work.key for work in loaded.corpus.works] == ["good"]
    build_database(course, course / "kb.db")
    assert is_fresh(course / "kb.db", course)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_is_followed_when_that_is_asked_for(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaving(course / "bib/x.bib")
    monkeypatch.setenv("KB_FOLLOW", "1")
    assert {work.key for work in load_corpus(course).corpus.works} == {"good", "secret"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_cannot_be_read_replaces_nothing(course: Path) -> None:
    build_database(course, course / "kb.db")
    (course / "bib").chmod(0)
    try:
        with pytest.raises(BuildRefused):
            build_database(course, course / "kb.db")
    finally:
        (course / "bib").chmod(0o755)


def test_a_field_beyond_measure_is_left_out(course: Path) -> None:
    long = f"@misc{{long, title={{Long}}, abstract={{{'x ' * 100_001}}}}}\n"
    (course / "bib/long.bib").write_text(long)
    loaded = load_corpus(course)
    assert [f.what for f in loaded.findings if f.code == "too-large"] == [
        "'abstract' has 200002 characters and is left out"
    ]
    work = loaded.corpus.work("long")
    assert work is not None
    assert (work.title, work.abstract) == ("Long", "")


def test_a_yaml_file_beyond_measure_is_left_out(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.sources.files.MAX_YAML", 10)
    (course / "bib/topics.yaml").write_text("- {slug: a, title: A}\n")
    assert [
        f.code for f in load_corpus(course).findings if f.left_out or f.code == "too-large"
    ] == ["too-large"]
