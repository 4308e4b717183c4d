"""A small commented knowledge base to start from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from kb.errors import UsageError

__all__ = ["write_example"]

FILES = (
    "bib/works.bib",
    "bib/topics.yaml",
    "quizzes/E2025.yaml",
    "quizzes/prompts/prompts.yaml",
    "README.md",
)
"""What an example consists of."""


def write_example(directory: Path) -> tuple[Path, ...]:
    """Write the example and give the paths written.

    Raises:
        UsageError: the directory has files of these names, or cannot be written.
    """
    taken = [name for name in FILES if (directory / name).exists()]
    if taken:
        raise UsageError(f"{directory}: has {', '.join(taken)} already; choose an empty directory")
    written = []
    try:
        for name in FILES:
            target = directory / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(
                files("kb.sources").joinpath("starter", name).read_text(encoding="utf-8"),
                encoding="utf-8",
            )
            written.append(target)
    except OSError as error:
        raise UsageError(f"{directory}: cannot be written: {error.strerror or error}") from error
    return tuple(written)
