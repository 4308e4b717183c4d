"""Fixtures shared by all tests."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("random", deadline=None)  # a busy machine is no failure
settings.register_profile("same", settings.get_profile("random"), derandomize=True)
settings.load_profile(
    "same"
)  # the same examples on every machine; `--hypothesis-profile random` looks for new ones

PROJECT = Path(__file__).resolve().parent.parent
UPSTREAM = PROJECT.parent / "shared" / "upstream"


REQUIRED = frozenset(os.environ.get("COURSEBIB_REQUIRED", "").split(","))
"""What must be here, such as `browser,git,postgres`: tests that need it fail instead of being skipped."""


@pytest.fixture(scope="session")
def need() -> Callable[[str, object, str], None]:
    """Give the function that skips a test when something is missing, or fails it if required."""

    def check(what: str, found: object, message: str) -> None:
        if not found:
            (pytest.fail if what in REQUIRED else pytest.skip)(message)

    return check


@pytest.fixture(scope="session")
def git_program(need: Callable[[str, object, str], None]) -> str:
    """Give git's path; tests that need it are skipped where it is missing."""
    found = shutil.which("git")
    need("git", found, "git is not installed: histories were NOT tested")
    return str(found)


@pytest.fixture
def in_proportion() -> Callable[..., None]:
    """Give the check that work grows with its input: CPU seconds of a half against the whole.

    Ratios of one process's own CPU time hold on a busy machine, where seconds of the clock do not.
    """

    def cpu(run: Callable[[object], object], value: object) -> float:
        best = float("inf")
        for _ in range(2):
            begun = time.process_time()
            run(value)
            best = min(best, time.process_time() - begun)
        return best

    def check(run: Callable[[object], object], half: object, whole: object) -> None:
        small, large = cpu(run, half), cpu(run, whole)
        assert large < 8 * small + 0.05, f"{small:.3f} s for a half, {large:.3f} s for the whole"

    return check


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's own directory."""
    return PROJECT


@pytest.fixture(scope="session")
def upstream() -> Path:
    """The course's own pages; tests that need them are skipped where they are missing."""
    if not UPSTREAM.is_dir():
        pytest.skip("the course's own pages are not beside the project")
    return UPSTREAM


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A copy of the real bib/ and quizzes/ that a test may spoil."""
    root = tmp_path / "collection"
    root.mkdir()
    for name in ("bib", "quizzes"):
        shutil.copytree(PROJECT / name, root / name)
    return root


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real collection, built once."""
    from kb.store.build import build_database

    target = tmp_path_factory.mktemp("db") / "kb.db"
    build_database(PROJECT, target)
    return target


@pytest.fixture(scope="session")
def published(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real collection as a published site, below `some/course` of a web server's root, which is given."""
    from kb.views.read import open_database
    from kb.web.publish import publish

    root = tmp_path_factory.mktemp("www")
    connection = open_database(database)
    done = publish(connection, root / "some/course", root=PROJECT)
    connection.close()
    assert done.broken == ()
    return root


def write_tree(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write small files below `root`."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@pytest.fixture
def tree(tmp_path: Path):
    """Write files below a fresh directory and give it: `tree({"bib/a.bib": "..."})`."""
    return lambda files: write_tree(tmp_path / "tree", files)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden files change only when asked."""
    parser.addoption(
        "--update-golden", action="store_true", help="Write golden files anew; read the diff."
    )
