"""What travels with a planned semester and may be out of date: links, works, names, rules,
questions.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from kb.plan.notices import Notice
from kb.plan.roll_models import Roll
from kb.plan.roll_rules_report import carried_notices, policy_notices, prompt_notices
from kb.plan.roll_write import Wishes
from kb.plan.stale_links import StaleNames, semester_links
from kb.records import Corpus, Semester, Work
from kb.text import plural, title_key

__all__ = ["content_notices", "later_semesters"]

WITHOUT_NAME = (
    "docs.google.com",
    "drive.google.com",
    "colab.research.google.com",
    "canvas",
    "piazza",
    "youtu",
    "zoom",
    "slack",
    "gradescope",
    "panopto",
    "dropbox",
)
"""Hosts whose addresses do not tell which semester a page belongs to."""


def content_notices(
    roll: Roll, corpus: Corpus, stale: StaleNames, wishes: Wishes
) -> Iterator[Notice]:
    """Say what of the old content to look at."""
    old = roll.old
    later = later_semesters(corpus, old)
    yield from left_out_notices(roll, wishes)
    yield from link_notices(old, stale, wishes)
    yield from newer_link_notices(old, later)
    yield from edition_notices(old, corpus)
    yield from replaced_notices(old, later)
    yield from name_notices(old, later, wishes)
    yield from policy_notices(old, later)
    yield from prompt_notices(old, corpus)
    yield from carried_notices(roll)


def later_semesters(corpus: Corpus, old: Semester) -> tuple[Semester, ...]:
    """Give the semesters after one, in order; a corpus has them in order of time."""
    ids = [s.id for s in corpus.semesters]
    return tuple(corpus.semesters[ids.index(old.id) + 1 :]) if old.id in ids else ()


def left_out_notices(roll: Roll, wishes: Wishes) -> Iterator[Notice]:
    """Say what does not come along."""
    gone: dict[str, list[str]] = {}
    for placed in roll.dropped:
        if placed.bundle:
            gone.setdefault(placed.bundle.head.title, []).append(str(placed.bundle.head.date))
    if gone:
        each = "; ".join(f"{title} ({', '.join(days)})" for title, days in gone.items())
        yield Notice(
            "left-out",
            f"days off of {roll.old.id}, the new calendar has its own: {each}",
            warning=False,
        )
    for session in roll.old.sessions:
        if session.cancelled and (session.topics or session.readings):
            state = "stays cancelled" if roll.exact else "is in the file without date"
            yield Notice(
                "left-out",
                f"{session.title!r} was cancelled on {session.date}"
                f"{f' ({session.reason})' if session.reason else ''}; it {state}",
                "decide whether it takes place",
                session.id,
            )
        for deliverable in session.deliverables if not wishes.submissions else ():
            if deliverable.submissions:
                what = (
                    f"{plural(len(deliverable.submissions), 'public submission')} to "
                    f"{deliverable.code or deliverable.title} belong to {roll.old.id}"
                )
                yield Notice(
                    "left-out", what, "--keep-submissions keeps them", session.id, warning=False
                )


def link_notices(old: Semester, stale: StaleNames, wishes: Wishes) -> Iterator[Notice]:
    """List links that carry an older semester in their address, with what they would be."""
    links = list(semester_links(old))
    found = [f for f in map(stale.look, links) if f]
    certain = sum(f.certain for f in found)
    if certain and wishes.relink:
        yield Notice(
            "stale-link",
            f"{plural(certain, 'link')} were made to carry {stale.new_id}",
            "check that the pages exist: kb check --links",
            warning=False,
        )
    elif certain:
        names = sorted({f.name for f in found if f.certain})
        yield Notice(
            "stale-link",
            f"{plural(certain, 'link')} carry {', '.join(names)}: materials, assignments "
            "and home still lead to the old pages (kb check: semester-link)",
            f"--relink makes them {stale.new_id}",
        )
    for link in found:
        yield Notice(
            "stale-link",
            f"{link.where}: {link.url} -> {link.suggestion}{'' if link.certain else ' perhaps'}",
            "",
            link.url,
            warning=False,
        )
    silent = sum(
        any(name in link.url for name in WITHOUT_NAME) for link in links if stale.look(link) is None
    )
    if silent:
        yield Notice(
            "stale-link",
            f"{plural(silent, 'link')} to documents, drives or recordings whose address "
            "does not say whose they are",
            "open them",
            warning=False,
        )


def newer_link_notices(old: Semester, later: Sequence[Semester]) -> Iterator[Notice]:
    """Name readings for which a later semester has another address."""
    known = {
        (r.work, r.locator): (r.url, s.id)
        for s in later
        for row in s.sessions
        for r in row.readings
        if r.url
    }
    works: dict[str, tuple[str, str]] = {}
    for (work, _), value in known.items():
        works[work] = value
    seen = set()
    for session in old.sessions:
        for reading in session.readings:
            url, where = known.get((reading.work, reading.locator)) or works.get(
                reading.work, ("", "")
            )
            key = (reading.work, reading.url, url)
            if url and reading.url and bare(url) != bare(reading.url) and key not in seen:
                seen.add(key)
                yield Notice(
                    "newer-link",
                    f"{reading.work}: {where} links {url}, {old.id} {reading.url}",
                    "",
                    reading.work,
                    warning=False,
                )


def bare(url: str) -> str:
    """Give an address without what makes no difference."""
    return url.partition("://")[2].rstrip("/").removeprefix("www.").casefold()


def edition_notices(old: Semester, corpus: Corpus) -> Iterator[Notice]:
    """Name assigned works of which the bibliography has a newer edition: same first author and
    title, later year.
    """
    works = {w.key: w for w in corpus.works}
    for key in dict.fromkeys(r.work for s in old.sessions for r in s.readings):
        work = works.get(key)
        if work is None or work.year is None or not work.people:
            continue
        for other in corpus.works:
            if (
                other.key != key
                and other.year
                and other.year > work.year
                and newer_edition(work, other)
            ):
                yield Notice(
                    "newer-edition",
                    f"{key} ({work.year}): {other.key} ({other.year}), {other.title!r}",
                    "exchange it if it is the same text",
                    key,
                )


def newer_edition(work: Work, other: Work) -> bool:
    """Tell whether two works have the same first author and main title."""
    if not other.people or other.people[0].family.casefold() != work.people[0].family.casefold():
        return False
    one, two = (title_key(w.title.partition(":")[0]) for w in (work, other))
    return one == two and len(one) > 5


def readings_by_topic(semester: Semester) -> dict[str, set[str]]:
    """Give the works assigned under each topic."""
    found: dict[str, set[str]] = {}
    for session in semester.sessions:
        for slug in {t.topic for t in session.topics if t.topic}:
            found.setdefault(slug, set()).update(r.work for r in session.readings)
    return found


def replaced_notices(old: Semester, later: Sequence[Semester]) -> Iterator[Notice]:
    """Name topics for which the newest later semester with readings reads something else."""
    mine = readings_by_topic(old)
    newest: dict[str, tuple[str, set[str]]] = {}
    for semester in later:
        for slug, works in readings_by_topic(semester).items():
            if works:
                newest[slug] = (semester.id, works)
    for slug, works in mine.items():
        where, theirs = newest.get(slug, ("", set()))
        if works and theirs and not works & theirs:
            yield Notice(
                "replaced",
                f"{slug}: {where} reads {', '.join(sorted(theirs))} instead of "
                f"{', '.join(sorted(works))}",
                "",
                slug,
                warning=False,
            )


def name_notices(old: Semester, later: Sequence[Semester], wishes: Wishes) -> Iterator[Notice]:
    """Name topics that the newest later semester calls otherwise."""
    mine, theirs = single_titles(old), {}
    for semester in later:
        theirs.update(
            {slug: (title, semester.id) for slug, title in single_titles(semester).items()}
        )
    for slug, title in mine.items():
        other, where = theirs.get(slug, ("", ""))
        if (
            other
            and title_key(other) != title_key(title)
            and title_key(title) not in wishes.renames
        ):
            yield Notice(
                "renamed",
                f"{title!r} is {other!r} in {where}",
                f"--rename {shlex.quote(f'{title}={other}')}",
                slug,
                warning=False,
            )


def single_titles(semester: Semester) -> dict[str, str]:
    """Give the title of each topic that one session has and no other."""
    found: dict[str, list[str]] = {}
    for session in semester.sessions:
        for topic in session.topics if session.kind.value == "lecture" else ():
            if topic.topic and not topic.continued:
                found.setdefault(topic.topic, []).append(topic.title)
    return {slug: titles[0] for slug, titles in found.items() if len(titles) == 1}
