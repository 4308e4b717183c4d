"""The source directory: where it is, which files it holds, what they say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.errors import SourceNotFound
from kb.findings import Finding, Severity
from kb.sources.decode import decode

__all__ = ["Sources", "SourceFile", "find_source_root", "list_sources", "read_source"]

HOW_TO_BEGIN = "`kb new DIRECTORY` writes a small example to start from"
"""Said wherever sources are missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file and its text."""

    path: str
    """Relative to the source directory, with forward slashes."""
    text: str
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The files of one source directory, by kind, sorted by name."""

    root: Path
    bib: tuple[Path, ...]
    topics: tuple[Path, ...]
    notes: tuple[Path, ...]
    semesters: tuple[Path, ...]
    prompts: tuple[Path, ...]
    waivers: tuple[Path, ...]
    people: tuple[Path, ...]
    thesaurus: tuple[Path, ...] = ()

    def all(self) -> tuple[Path, ...]:
        """Give every file, sorted."""
        return tuple(
            sorted(
                (
                    *self.bib,
                    *self.topics,
                    *self.notes,
                    *self.semesters,
                    *self.prompts,
                    *self.waivers,
                    *self.people,
                    *self.thesaurus,
                )
            )
        )


def find_source_root(start: Path, explicit: bool = False) -> Path:
    """Give the directory that holds `bib/` or `quizzes/`: `start`, else (not `explicit`) a parent.

    Raises:
        SourceNotFound: when there is none.
    """
    start = start.absolute()
    for directory in (start,) if explicit else (start, *start.parents):
        if (directory / "bib").is_dir() or (directory / "quizzes").is_dir():
            return directory
    where = f"in {start}" if explicit else f"in {start} or above it"
    raise SourceNotFound(f"no bib/ and no quizzes/ {where}; {HOW_TO_BEGIN}")


def list_sources(root: Path) -> Sources:
    """List the files of a source directory; hidden files and editors' back-ups are left out."""
    bib, quizzes = root / "bib", root / "quizzes"
    yaml_in_bib = [p for p in walk(bib) if p.suffix in {".yaml", ".yml"}]
    yaml_in_quizzes = [p for p in walk(quizzes) if p.suffix in {".yaml", ".yml"}]
    return Sources(
        root=root,
        bib=tuple(p for p in walk(bib) if p.suffix.lower() == ".bib"),
        topics=tuple(p for p in yaml_in_bib if p.stem == "topics"),
        notes=tuple(p for p in yaml_in_bib if p.stem.startswith("annotations")),
        semesters=tuple(p for p in yaml_in_quizzes if p.parent == quizzes and p.stem != "waivers"),
        prompts=tuple(p for p in yaml_in_quizzes if p.parent != quizzes),
        waivers=tuple(p for p in (*yaml_in_bib, *yaml_in_quizzes) if p.stem == "waivers"),
        people=tuple(p for p in yaml_in_bib if p.stem == "people"),
        thesaurus=tuple(p for p in yaml_in_bib if p.stem == "thesaurus"),
    )


def walk(directory: Path) -> Iterator[Path]:
    """Give the files below `directory`, sorted; nothing when it is missing."""
    for folder, names, files in os.walk(directory):
        names[:] = sorted(n for n in names if not n.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "#")) and not name.endswith("~"):
                yield Path(folder) / name


def read_source(path: Path, root: Path) -> tuple[SourceFile | None, tuple[Finding, ...]]:
    """Read a file; None and a finding `unreadable` when it cannot be read.

    Text in another encoding than UTF-8 that does not declare it gives an error `encoding`.
    """
    name = path.relative_to(root).as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        what = f"cannot be read: {error.strerror or error}"
        return None, (
            Finding(
                code="unreadable", path=name, what=what, hint="check the file and its permissions"
            ),
        )
    text, encoding, findings = decode(data, name, severity=Severity.ERROR)
    return SourceFile(path=name, text=text, encoding=encoding), findings
