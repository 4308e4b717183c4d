"""Fixtures shared by all tests."""

from __future__ import annotations

import shutil
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
