"""From a source directory to a corpus: the pipeline, all findings together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from kb.errors import SourceNotFound
from kb.findings import Finding, Severity, sort_findings
from kb.parse.bibtex import RawEntry, duplicate_key_findings, parse_bibtex
from kb.parse.inheritance import resolve_inheritance
from kb.records import Corpus, Place, Semester, Topic, Waiver, Work
from kb.sources.files import HOW_TO_BEGIN, SourceFile, Sources, list_sources, read_source
from kb.validate.calendar import calendar_findings
from kb.validate.calendar_links import semester_link_findings
from kb.validate.calendar_readings import reading_shift_findings
from kb.validate.calendar_shift import usual_days
from kb.validate.codes import LEAVES_OUT
from kb.validate.link_form import link_form_findings, passing_link_findings
from kb.validate.people import join_people, people_findings, read_people
from kb.validate.prompt_checks import prompt_findings
from kb.validate.prompts import read_notes, read_prompts, read_waivers
from kb.validate.quality import quality_findings
from kb.validate.record_checks import record_findings
from kb.validate.references import Broken, reference_findings, with_prompts
from kb.validate.semesters import read_semester
from kb.validate.thesaurus import read_thesaurus
from kb.validate.topic_names import topic_index
from kb.validate.topics import read_topics
from kb.validate.works import entry_to_work

__all__ = [
    "Loaded",
    "apply_waivers",
    "corpus_findings",
    "in_order",
    "load_corpus",
    "load_corpus_or_nothing",
]

T = TypeVar("T")

Progress = Callable[[str, int, int], None]
"""Called with what is read, how many files are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A corpus and what is wrong with it."""

    corpus: Corpus
    findings: tuple[Finding, ...]
    """Sorted by place, without the waived ones."""
    waived: tuple[tuple[Finding, Waiver], ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that leave something out or in doubt; a strict build stops at them."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def left_out(self) -> int:
        """How many entries, rows and files are not in the database."""
        return sum(f.left_out or f.code in LEAVES_OUT for f in self.errors)

    @property
    def in_doubt(self) -> int:
        """How many errors are about something that is in the database all the same."""
        return len(self.errors) - self.left_out


def load_corpus(root: Path, progress: Progress = lambda what, done, total: None) -> Loaded:
    """Read, check and join everything below `root`.

    Raises:
        SourceNotFound: when there is no source file at all.
    """
    sources = some_sources(root)
    total = len(sources.all())
    problems: list[Finding] = [*odd_findings(sources)]
    done = 0

    def read(
        paths: Iterable[Path],
        reader: Callable[[SourceFile], tuple[Iterable[T], tuple[Finding, ...]]],
    ) -> Iterator[T]:
        nonlocal done
        for path in paths:
            progress(path.name, done, total)
            file, findings = read_source(path, root)
            done += 1
            problems.extend(findings)
            if file is not None:
                found, findings = reader(file)
                problems.extend(findings)
                yield from found

    topics = tuple(read(sources.topics, read_topics))
    entries = list(
        read(sources.bib, lambda file: parse_bibtex(file.text, file.path, library=False))
    )
    known_people = tuple(read(sources.people, read_people))
    works = join_people(read_works(entries, topics, problems), known_people)
    notes = tuple(read(sources.notes, read_notes))
    prompts = tuple(read(sources.prompts, read_prompts))
    waivers = list(read(sources.waivers, read_waivers))
    thesaurus = tuple(read(sources.thesaurus, read_thesaurus))
    semesters: list[Semester] = []
    for semester, own_waivers in read(sources.semesters, semester_with_waivers):
        waivers.extend(own_waivers)
        semesters.extend(() if semester is None else (semester,))
    raw_corpus = Corpus(
        works=works,
        annotations=notes,
        topics=topics,
        semesters=tuple(semesters),
        prompts=prompts,
        waivers=tuple(waivers),
        known_people=known_people,
        thesaurus=thesaurus,
    )
    corpus = replace(
        raw_corpus,
        semesters=tuple(with_prompts(s, raw_corpus.prompts) for s in in_order(semesters)),
    )
    problems.extend(corpus_findings(raw_corpus, corpus, find_broken(problems, sources, root)))
    kept, waived, unused = apply_waivers(sort_findings(problems), corpus.waivers)
    return Loaded(corpus, sort_findings((*kept, *unused)), waived)


def some_sources(root: Path) -> Sources:
    """List the sources.

    Raises:
        SourceNotFound: when there is no source file at all.
    """
    sources = list_sources(root)
    if not sources.all() and not sources.odd:
        raise SourceNotFound(
            f"bib/ and quizzes/ in {root} hold no .bib and no .yaml file; {HOW_TO_BEGIN}"
        )
    return sources


def semester_with_waivers(
    file: SourceFile,
) -> tuple[tuple[tuple[Semester | None, tuple[Waiver, ...]]], tuple[Finding, ...]]:
    """Give a semester file's semester and waivers as the one thing it holds."""
    semester, waivers, findings = read_semester(file)
    return ((semester, waivers),), findings


def odd_findings(sources: Sources) -> Iterator[Finding]:
    """Report what stands among the sources and is no file to read (`odd-file`)."""
    for odd in sources.odd:
        yield Finding(
            code="odd-file",
            path=odd.path.relative_to(sources.root).as_posix(),
            what=odd.what,
            hint="put a file in its place, or remove it",
        )


def find_broken(problems: Iterable[Finding], sources: Sources, root: Path) -> Broken:
    """Give what errors so far hide: works by key, and whole files."""
    errors = [p for p in problems if p.severity is Severity.ERROR]

    def hurt(paths: Iterable[Path], whole: bool) -> bool:
        names = {path.relative_to(root).as_posix() for path in paths}
        return any(e.path in names and (not whole or e.code == "unreadable") for e in errors)

    checks = (
        ("unknown-work", sources.bib, True),
        ("unknown-topic", sources.topics, False),
        ("unknown-prompt", sources.prompts, False),
    )
    keys = frozenset(e.key for e in errors if e.path.endswith(".bib"))
    return Broken(keys, frozenset(code for code, paths, whole in checks if hurt(paths, whole)))


def corpus_findings(raw: Corpus, corpus: Corpus, broken: Broken = Broken()) -> Iterator[Finding]:
    """Report what is wrong between records that read well each.

    Args:
        raw: with the prompts that sessions name.
        corpus: with those they ask, semesters in order of time.
        broken: what could not be read.
    """
    yield from reference_findings(raw, broken)
    usual = usual_days(corpus.semesters)
    for semester in corpus.semesters:
        yield from calendar_findings(semester, usual)
        yield from semester_link_findings(semester)
    yield from reading_shift_findings(corpus)
    yield from link_form_findings(corpus)
    yield from passing_link_findings(corpus)
    yield from quality_findings(corpus)
    yield from record_findings(corpus)
    yield from prompt_findings(corpus)
    yield from people_findings(corpus.works)


def load_corpus_or_nothing(root: Path) -> Corpus:
    """Give what is there, flaws or not; an empty corpus when there are no sources yet."""
    try:
        return load_corpus(root).corpus
    except SourceNotFound:
        return Corpus()


def read_works(
    entries: list[RawEntry], topics: tuple[Topic, ...], problems: list[Finding]
) -> tuple[Work, ...]:
    """Resolve inheritance, report repeated keys, convert; the first of repeated keys is kept."""
    problems.extend(duplicate_key_findings(entries))
    resolved, findings = resolve_inheritance(entries)
    problems.extend(findings)
    index = topic_index(topics)
    works: dict[str, Work] = {}
    for entry in resolved:
        if entry.entry_type == "xdata" or entry.key in works:
            continue
        work, doubts = entry_to_work(entry, index)
        problems.extend(doubts)
        if work is not None:
            works[work.key] = work
    return tuple(works.values())


TERM_ORDER = {"winter": 0, "spring": 1, "summer": 2, "fall": 3}
"""Order of the terms within a year."""


def in_order(semesters: Iterable[Semester]) -> list[Semester]:
    """Sort semesters by time."""
    return sorted(semesters, key=lambda s: (s.year, TERM_ORDER[s.term.value], s.id))


def apply_waivers(
    findings: tuple[Finding, ...], waivers: tuple[Waiver, ...]
) -> tuple[tuple[Finding, ...], tuple[tuple[Finding, Waiver], ...], tuple[Finding, ...]]:
    """Split findings into kept and waived, and report waivers that waive nothing (`waiver-unused`).

    A waiver in `waivers.yaml` counts everywhere, one in a semester file in that file. Errors of
    syntax
    and of references cannot be waived, because records would be missing.
    """
    kept: list[Finding] = []
    waived: list[tuple[Finding, Waiver]] = []
    used: set[Place] = set()
    for found in findings:
        waiver = next((w for w in waivers if covers(w, found)), None)
        if waiver is None:
            kept.append(found)
        else:
            waived.append((found, waiver))
            used.add(waiver.place)
    unused = tuple(
        Finding(
            code="waiver-unused",
            severity=Severity.WARNING,
            path=w.place.path,
            line=w.place.line,
            column=w.place.column,
            key=w.key,
            what=f"waives {w.code}, which does not occur here",
            hint="remove the waiver",
        )
        for w in waivers
        if w.place not in used and w.code not in ONLINE
    )
    return tuple(kept), tuple(waived), unused


ONLINE = frozenset(
    {"link-dead", "link-moved", "link-unclear", "registry-differs", "registry-knows"}
)
"""Findings that only occur when servers are asked; a waiver of one is not unused otherwise."""

UNWAIVABLE = frozenset({"unknown-work", "unknown-topic", "unknown-prompt", "duplicate-key"})
"""Errors whose records would be missing or doubtful in the database."""


def covers(waiver: Waiver, found: Finding) -> bool:
    """Tell whether a waiver names a finding."""
    if waiver.code != found.code or found.code in UNWAIVABLE or found.code.startswith("yaml"):
        return False
    if waiver.key:
        return waiver.key in (found.key, found.key.split(":")[0])
    return waiver.place.path == found.path
