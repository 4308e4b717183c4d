"""The semesters that a difference is asked for: by name, or as git had them."""

from __future__ import annotations

from pathlib import Path

from kb.errors import Unknown, UsageError
from kb.findings import nearest
from kb.records import Corpus, Semester
from kb.sources.files import SourceFile
from kb.sources.git import read_at
from kb.validate.semesters import read_semester

__all__ = ["get_semester_state"]


def get_semester_state(root: Path, corpus: Corpus, name: str) -> Semester:
    """Give the semester `F2022`, or as git had its file: `F2022@v1`, `F2022@HEAD~3`.

    Raises:
        Unknown: no such semester now.
        UsageError: git does not have it at that revision, or it cannot be read as it was there.
    """
    wanted, at, revision = name.partition("@")
    known = next((s for s in corpus.semesters if s.id.casefold() == wanted.casefold()), None)
    if not at:
        if known is None:
            ids = [s.id for s in corpus.semesters]
            raise Unknown(
                "semester",
                wanted,
                nearest(wanted, ids),
                f"there are: {', '.join(ids)}" if ids else "there is none",
            )
        return known
    path = known.place.path if known is not None else f"quizzes/{wanted}.yaml"
    semester, _, findings = read_semester(SourceFile(path=path, text=read_at(root, path, revision)))
    if semester is None:
        raise UsageError(
            f"{path} at {revision!r} cannot be read: {findings[0] if findings else 'it is empty'}"
        )
    return semester
