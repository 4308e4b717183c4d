"""The source directory: where it is, which files it holds, what they say."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.errors import SourceNotFound
from kb.findings import Finding, Severity
from kb.sources.decode import decode

__all__ = ["Odd", "Sources", "SourceFile", "find_source_root", "list_sources", "read_source"]

SOURCE_ENDINGS = frozenset({".bib", ".yaml", ".yml"})

MAX_YAML = 20_000_000
"""Bytes of a YAML file; nobody writes one by hand that is larger, and reading takes minutes."""

HOW_TO_BEGIN = "`kb new DIRECTORY` writes a small example to start from"
"""Said wherever sources are missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file and its text."""

    path: str
    """Relative to the source directory, with forward slashes."""
    text: str
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Odd:
    """Something among the sources that is not read."""

    path: Path
    what: str


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
    odd: tuple[Odd, ...] = ()
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
    odd: list[Odd] = []
    in_bib = tuple(walk(bib, odd))
    yaml_in_bib = [p for p in in_bib if p.suffix in {".yaml", ".yml"}]
    yaml_in_quizzes = [p for p in walk(quizzes, odd) if p.suffix in {".yaml", ".yml"}]
    return Sources(
        root=root,
        bib=tuple(p for p in in_bib if p.suffix.lower() == ".bib"),
        topics=tuple(p for p in yaml_in_bib if p.stem == "topics"),
        notes=tuple(p for p in yaml_in_bib if p.stem.startswith("annotations")),
        semesters=tuple(p for p in yaml_in_quizzes if p.parent == quizzes and p.stem != "waivers"),
        prompts=tuple(p for p in yaml_in_quizzes if p.parent != quizzes),
        waivers=tuple(p for p in (*yaml_in_bib, *yaml_in_quizzes) if p.stem == "waivers"),
        odd=tuple(odd),
        people=tuple(p for p in yaml_in_bib if p.stem == "people"),
        thesaurus=tuple(p for p in yaml_in_bib if p.stem == "thesaurus"),
    )


def walk(directory: Path, odd: list[Odd] | None = None) -> Iterator[Path]:
    """Give the files below `directory`, sorted; nothing when it is missing.

    Args:
        directory: where to look.
        odd: what is no file that can be read; added to here.
    """
    found: list[Odd] = [] if odd is None else odd
    inside = directory.parent.resolve()

    def unreadable(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            what = f"the folder cannot be read: {error.strerror or error}"
            found.append(Odd(Path(str(error.filename)), what))

    for folder, names, files in os.walk(directory, onerror=unreadable):
        names[:] = sorted(n for n in names if not n.startswith("."))
        for name in names:
            path = Path(folder) / name
            if path.is_symlink():
                found.append(Odd(path, "a link to a folder, which is not followed"))
            elif path.suffix.lower() in SOURCE_ENDINGS:
                found.append(Odd(path, "a folder that is named like a file"))
        for name in sorted(files):
            path = Path(folder) / name
            if name.startswith((".", "#")) or name.endswith("~"):
                continue
            what = oddity(path, inside) if path.suffix.lower() in SOURCE_ENDINGS else ""
            if what:
                found.append(Odd(path, what))
            else:
                yield path


def oddity(path: Path, inside: Path) -> str:
    """Say why a file is not one to read; empty for the others."""
    try:
        status = path.stat()
    except OSError as error:
        loops = error.errno == errno.ELOOP
        return f"a link that {'leads in a circle' if loops else 'leads nowhere'}"
    if not stat.S_ISREG(status.st_mode):
        return "no file but a pipe, a socket or a device"
    if path.is_symlink() and not path.resolve().is_relative_to(inside) and not follows():
        return "a link that leaves the sources; --follow, or KB_FOLLOW=1, reads it all the same"
    return ""


def follows() -> bool:
    """Tell whether links that leave the sources are read."""
    return os.environ.get("KB_FOLLOW", "") not in {"", "0"}


def read_source(path: Path, root: Path) -> tuple[SourceFile | None, tuple[Finding, ...]]:
    """Read a file; None and a finding `unreadable` when it cannot be read.

    Text in another encoding than UTF-8 that does not declare it gives an error `encoding`.
    """
    name = path.relative_to(root).as_posix()
    try:
        if path.suffix.lower() != ".bib" and path.stat().st_size > MAX_YAML:
            what = f"is larger than {MAX_YAML // 1_000_000} MB and is not read"
            return None, (Finding(code="too-large", path=name, what=what, hint="split it"),)
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
