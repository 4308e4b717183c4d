"""The files an imported schedule becomes: the semester, and stubs for works that are new."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kb.edit.bib import append_entries
from kb.edit.changes import open_file
from kb.ids import make_citation_key
from kb.importers.drafts import DraftReading
from kb.importers.ledger import Fate, LedgerEntry
from kb.importers.schedule import ImportedSchedule, new_key
from kb.importers.semester_yaml import semester_yaml, sessions_yaml
from kb.links import is_safe_url
from kb.records import Corpus
from kb.text import clean, collapse
from kb.validate.topic_names import topic_index

__all__ = ["FilePlan", "plan_files"]

STUBS = "bib/stubs.bib"
"""Where entries for unknown works go, to be completed by hand."""


@dataclass(frozen=True, slots=True)
class FilePlan:
    """Files to write, ledger lines about them, and why nothing can be written."""

    files: dict[Path, str]
    ledger: tuple[LedgerEntry, ...]
    refused: str = ""


def plan_files(
    root: Path, corpus: Corpus, schedule: ImportedSchedule, origin: str, title: str, force: bool
) -> FilePlan:
    """Give the files an import would write; an empty dict when everything is there already.

    An existing semester file keeps all that stands above its `sessions:`; its rows are replaced only
    with `force` when they differ.
    """
    keys = {work.key for work in corpus.works}
    stubs: dict[str, str] = {}
    titles: dict[str, str] = {}
    stub_text = ""
    for reading in schedule.new_works:
        key = make_citation_key("stub", None, reading.title, keys)
        keys.add(key)
        stubs[new_key(reading)] = key
        titles[key] = reading.title
        stub_text += stub(key, reading)
    sessions = tuple(
        replace(
            s,
            readings=tuple(r if r.work else replace(r, work=stubs[new_key(r)]) for r in s.readings),
        )
        for s in schedule.sessions
    )
    complete = replace(schedule, sessions=sessions)
    topics = topic_index(corpus.topics)
    target = root / "quizzes" / f"{schedule.semester}.yaml"
    files: dict[Path, str] = {}
    ledger: list[LedgerEntry] = []
    if target.exists():
        written = open_file(target, root).text
        old = written.replace("\r\n", "\n")
        head, marker, _ = old.partition("\nsessions:\n")
        tail_at = old.find("\nwaivers:")
        tail = old[tail_at:] if tail_at > 0 else ""
        new = (
            head
            + "\nsessions:\n"
            + "\n".join(sessions_yaml(sessions, topics))
            + "\n"
            + tail.lstrip("\n")
        )
        if same_sessions(complete, corpus):
            ledger.append(
                LedgerEntry(
                    line=1, fate=Fate.UNCHANGED, what=f"{target.name} says the same already"
                )
            )
        elif not force or not marker:
            return FilePlan(
                {},
                tuple(ledger),
                f"{target}: exists and differs; see the ledger, then use --force to replace its sessions",
            )
        else:
            files[target] = new.replace("\n", "\r\n") if "\r\n" in written else new
    else:
        other = corpus.semesters[-1].title if corpus.semesters else ""
        files[target] = f"# Imported from {collapse(origin)}.\n" + semester_yaml(
            complete, title or other, topics
        )
    if stub_text:
        path = root / STUBS
        before = (
            open_file(path, root).text
            or "% Works found in schedules; complete them and move them to their theme.\n"
        )
        files[path] = append_entries(before, stub_text)
        ledger.extend(
            LedgerEntry(line=1, fate=Fate.NEW, what=f"stub {key} in {STUBS}", text=name)
            for key, name in titles.items()
        )
    return FilePlan(files, tuple(ledger))


def stub(key: str, reading: DraftReading) -> str:
    """Give a BibTeX entry with what the schedule says."""

    def safe(value: str) -> str:
        return clean(collapse(value)).replace("\\", "").replace("{", "(").replace("}", ")")

    lines = [f"@misc{{{key},", f"  title = {{{safe(reading.title)}}},"]
    if is_safe_url(reading.url) and "{" not in reading.url and "}" not in reading.url:
        lines.append(f"  url   = {{{reading.url}}},")
    if reading.note:
        lines.append(f"  note  = {{{safe(reading.note)}}},")
    return "\n" + "\n".join([*lines, "}"]) + "\n"


def same_sessions(schedule: ImportedSchedule, corpus: Corpus) -> bool:
    """Tell whether a semester file says about its rows what the schedule says."""
    semester = corpus.semester(schedule.semester)
    if semester is None or len(semester.sessions) != len(schedule.sessions):
        return False
    for have, want in zip(semester.sessions, schedule.sessions, strict=True):
        if (have.date if have.dated else None) != want.day or have.kind is not want.kind:
            return False
        if [t.title for t in have.topics] != [t.title for t in want.topics]:
            return False
        if [(r.work, r.locator, r.alternative_group) for r in have.readings] != [
            (r.work, r.locator, r.group) for r in want.readings
        ]:
            return False
        if [(d.code, d.title) for d in have.deliverables] != [
            (d.code, d.title) for d in want.deliverables
        ]:
            return False
    return True
