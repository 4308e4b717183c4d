"""From a corpus to rows: for each table its rows, in source order, without staff-only text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from kb.markup import to_html
from kb.parse.locators import format_locator
from kb.records import Corpus, Kind, Prompt, Role, Semester, Session, Work
from kb.text import day_name, first_sentence, name_works, word_count
from kb.validate.references import KEY_LINK

__all__ = ["Row", "class_start", "corpus_rows"]

Row = dict[str, object]
"""Column names to values SQLite takes."""


def corpus_rows(corpus: Corpus) -> Iterator[tuple[str, Row]]:
    """Give `(table, row)` for every public row of the corpus, tables mixed, order stable.

    Staff annotations and rubrics are not in it: they have no column.
    """
    yield from topic_rows(corpus)
    yield from work_rows(corpus)
    yield from annotation_rows(corpus)
    for prompt in corpus.prompts:
        yield from prompt_rows(prompt)
    for position, semester in enumerate(corpus.semesters, 1):
        yield from semester_rows(semester, position)
        for session in semester.sessions:
            yield from session_rows(session, semester)


def topic_rows(corpus: Corpus) -> Iterator[tuple[str, Row]]:
    """Give topics, aliases and goals."""
    above = {topic.slug: topic.parent for topic in corpus.topics}
    counts = Counter(slug for work in corpus.works for slug in with_parents(work.topics, above))
    for position, topic in enumerate(corpus.topics, 1):
        row: Row = {
            "slug": topic.slug,
            "parent": topic.parent,
            "position": position,
            "title": topic.title,
            "intro": topic.intro,
        }
        yield "topics", {**row, "works": counts[topic.slug]}
        for number, alias in enumerate(topic.aliases, 1):
            yield "topic_aliases", {"topic": topic.slug, "position": number, "alias": alias}
        for number, goal in enumerate(topic.goals, 1):
            yield "learning_goals", {"topic": topic.slug, "position": number, "goal": goal}


def with_parents(slugs: Iterable[str], above: Mapping[str, str]) -> tuple[str, ...]:
    """Give topics and everything above them, each once; `above` maps a slug to its parent's or to an empty text."""
    found: dict[str, None] = {}
    for slug in slugs:
        while slug and slug not in found:
            found[slug] = None
            slug = above.get(slug, "")
    return tuple(found)


def work_rows(corpus: Corpus) -> Iterator[tuple[str, Row]]:
    """Give works, people, authorship and the topics of works."""
    known: set[str] = set()
    above = {topic.slug: topic.parent for topic in corpus.topics}
    shelves: Counter[tuple[str, int, str]] = Counter()
    written = Counter(person for work in corpus.works for person in {p.id for p in work.people})
    shared = {
        key: note.text
        for note in reversed(corpus.annotations)
        if not note.staff
        for key in note.works
    }
    titles = {work.key: work.title for work in corpus.works}
    for work in corpus.works:
        yield (
            "works",
            work_row(work, name_works(work.annotation or shared.get(work.key, ""), titles)),
        )
        for position, person in enumerate(work.people, 1):
            if person.id not in known:
                known.add(person.id)
                row: Row = {
                    "id": person.id,
                    "family": person.family,
                    "given": person.given,
                    "display": person.display,
                }
                yield "people", {**row, "works": written[person.id]}
            yield (
                "authorship",
                {
                    "work": work.key,
                    "person": person.id,
                    "position": position,
                    "role": person.role,
                    "year": work.year or 0,
                },
            )
        for position, slug in enumerate(work.topics, 1):
            yield "work_topics", {"work": work.key, "topic": slug, "position": position}
        shelves["", work.year or 0, work.type] += 1
        for slug in with_parents(work.topics, above):
            shelves[slug, work.year or 0, work.type] += 1
            yield (
                "topic_works",
                {
                    "topic": slug,
                    "year": work.year or 0,
                    "work": work.key,
                    "type": work.type,
                    "own": int(slug in work.topics),
                },
            )
    yield from count_rows(shelves)


def count_rows(shelves: Mapping[tuple[str, int, str], int]) -> Iterator[tuple[str, Row]]:
    """Give the sizes of shelves."""
    for (topic, year, kind), works in sorted(shelves.items()):
        yield "work_counts", {"topic": topic, "year": year, "type": kind, "works": works}


def names_of(work: Work) -> str:
    """Give the authors, or else the editors, as one text."""
    authors = [p.display for p in work.people if p.role == "author"]
    editors = [p.display for p in work.people if p.role == "editor"]
    names = authors or editors
    if work.et_al:
        names = [*names, "et al."]
    text = ", ".join(names)
    return text + " (ed.)" if editors and not authors else text


def work_row(work: Work, note: str) -> Row:
    """Give the row of a work; the first sentence of its note says why to read it."""
    return {
        "key": work.key,
        "type": work.type,
        "title": work.title,
        "authors": names_of(work),
        "year": work.year,
        "venue": work.venue,
        "url": work.url
        or (f"https://doi.org/{work.doi}" if work.doi else "")
        or (f"https://arxiv.org/abs/{work.arxiv}" if work.arxiv else ""),
        "doi": work.doi,
        "arxiv": work.arxiv,
        "isbn": work.isbn,
        "publisher": work.publisher,
        "volume": work.volume,
        "number": work.number,
        "pages": work.pages,
        "length_pages": work.length_pages,
        "minutes": work.minutes,
        "et_al": int(work.et_al),
        "short_titles": "\n".join(work.short_titles),
        "why": first_sentence(note),
        "topics": "\n".join(work.topics),
        "keywords": "\n".join(work.keywords),
        "abstract": work.abstract,
        "bibtex": work.bibtex,
        "file": work.place.path,
        "line": work.place.line,
    }


def annotation_rows(corpus: Corpus) -> Iterator[tuple[str, Row]]:
    """Give public notes, the works they are about and the works they name."""
    titles = {work.key: work.title for work in corpus.works}
    positions: dict[str, int] = {}
    links: set[tuple[str, str]] = set()

    def link(key: str) -> tuple[str, str] | None:
        return (f"/works/{key}", titles[key]) if key in titles else None

    own = [(w.key, (w.key,), w.annotation, "") for w in corpus.works if w.annotation]
    shared = [(n.id, n.works, n.text, n.topic) for n in corpus.annotations if not n.staff]
    for name, keys, text, topic in (*own, *shared):
        yield (
            "annotations",
            {
                "id": name,
                "text": text,
                "html": to_html(text, link),
                "words": word_count(text),
                "topic": topic,
            },
        )
        for key in keys:
            positions[key] = positions.get(key, 0) + 1
            yield "work_annotations", {"work": key, "annotation": name, "position": positions[key]}
            for other in KEY_LINK.findall(text):
                if other in titles and other != key and (key, other) not in links:
                    links.add((key, other))
                    yield "work_links", {"work": key, "other": other}


def prompt_rows(prompt: Prompt) -> Iterator[tuple[str, Row]]:
    """Give a prompt and its works."""
    yield (
        "prompts",
        {
            "id": prompt.id,
            "work": prompt.works[0],
            "locator": format_locator(prompt.locator) if prompt.locator else prompt.locator_text,
            "topic": prompt.topic or None,
            "minutes": prompt.minutes,
            "text": prompt.text,
            "html": to_html(prompt.text),
        },
    )
    for position, key in enumerate(prompt.works, 1):
        yield "prompt_works", {"prompt": prompt.id, "position": position, "work": key}


def semester_rows(semester: Semester, position: int) -> Iterator[tuple[str, Row]]:
    """Give a semester, its pattern, breaks, staff, tracks, outcomes, policy and recommendations."""
    days = sorted(s.date for s in semester.sessions if s.date)
    name = semester.id
    yield (
        "semesters",
        {
            "id": name,
            "position": position,
            "term": semester.term.value,
            "year": semester.year,
            "title": semester.title,
            "former_titles": "\n".join(semester.former_titles),
            "also_known_as": "\n".join(semester.also_known_as),
            "numbers": "\n".join(semester.numbers),
            "units": semester.units,
            "status": semester.status,
            "licence": semester.licence,
            "home": semester.home,
            "notes": semester.notes,
            "zone": semester.zone,
            "first_day": days[0].isoformat() if days else "",
            "last_day": days[-1].isoformat() if days else "",
        },
    )
    for number, meeting in enumerate(semester.meetings, 1):
        yield (
            "meetings",
            {
                "semester": name,
                "position": number,
                "kind": meeting.kind.value,
                "days": " ".join(meeting.days),
                "start": hours(meeting.start),
                "minutes": meeting.minutes,
                "place": meeting.place,
            },
        )
    for off in {b.first: b for b in semester.breaks}.values():
        yield (
            "breaks",
            {
                "semester": name,
                "first": off.first.isoformat(),
                "last": off.last.isoformat(),
                "title": off.title,
            },
        )
    for number, member in enumerate(semester.staff, 1):
        yield (
            "staff",
            {
                "semester": name,
                "position": number,
                "name": member.name,
                "role": member.role,
                "url": member.url,
            },
        )
    for number, track in enumerate(semester.tracks, 1):
        yield (
            "tracks",
            {
                "semester": name,
                "position": number,
                "number": track.number,
                "text": track.text,
                "replaces": " ".join(track.replaces),
                "due": track.due.isoformat() if track.due else "",
            },
        )
    for number, text in enumerate(semester.outcomes, 1):
        yield "outcomes", {"semester": name, "position": number, "text": text}
    for number, rule in enumerate(semester.policy.rules, 1):
        yield (
            "policies",
            {
                "semester": name,
                "position": number,
                "area": rule.area,
                "rule": rule.rule,
                "value": rule.value,
            },
        )
    for number, item in enumerate(semester.recommended, 1):
        yield (
            "recommended",
            {"semester": name, "position": number, "work": item.work, "why": item.why},
        )


def hours(value: time | None) -> str:
    """Give `13:30`, or an empty text."""
    return f"{value:%H:%M}" if value else ""


def class_start(session: Session, semester: Semester) -> time | None:
    """Give the local start of a session: its own, else that of the pattern for its kind and day.

    A kind without a slot of its own on that day (an exam in class time) starts when a lecture would.
    """
    if session.start is not None:
        return session.start
    if session.date is None:
        return None
    day = day_name(session.date)
    for kind in (session.kind, Kind.LECTURE):
        for meeting in semester.meetings:
            if meeting.kind is kind and day in meeting.days and meeting.start is not None:
                return meeting.start
    return None


def due_moment(day: date, start: time | None, zone: str) -> tuple[str, str]:
    """Give a due moment as local ISO text with offset and as UTC; the date alone when the time is unknown."""
    if start is None:
        return day.isoformat(), day.isoformat()
    local = datetime.combine(day, start, ZoneInfo(zone))
    return local.isoformat(timespec="minutes"), local.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def session_rows(session: Session, semester: Semester) -> Iterator[tuple[str, Row]]:
    """Give a session and everything that hangs on it."""
    start = class_start(session, semester)
    yield (
        "sessions",
        {
            "id": session.id,
            "semester": semester.id,
            "position": session.position,
            "date": session.date.isoformat() if session.date else None,
            "dated": int(session.dated),
            "weekday": day_name(session.date) if session.date else "",
            "start": hours(start),
            "end": hours(session.end),
            "kind": session.kind.value,
            "title": session.title,
            "url": session.url,
            "cancelled": int(session.cancelled),
            "reason": session.reason,
            "note": session.note,
        },
    )
    number = 0
    for position, topic in enumerate(session.topics, 1):
        yield (
            "session_topics",
            {
                "session": session.id,
                "position": position,
                "topic": topic.topic or None,
                "title": topic.title,
                "continued": int(topic.continued),
                "part": topic.part,
                "guest": topic.guest,
            },
        )
        for material in topic.materials:
            number += 1
            yield (
                "materials",
                {
                    "session": session.id,
                    "position": number,
                    "topic_position": position,
                    "label": material.label,
                    "url": material.url,
                },
            )
    for material in session.materials:
        number += 1
        yield (
            "materials",
            {
                "session": session.id,
                "position": number,
                "topic_position": 0,
                "label": material.label,
                "url": material.url,
            },
        )
    yield from reading_rows(session)
    yield from quiz_rows(session, semester, start)
    for position, deliverable in enumerate(session.deliverables, 1):
        yield (
            "deliverables",
            {
                "session": session.id,
                "position": position,
                "code": deliverable.code,
                "title": deliverable.title,
                "url": deliverable.url,
                "released": deliverable.released.isoformat() if deliverable.released else "",
                "due": deliverable.due.isoformat(timespec="minutes") if deliverable.due else "",
            },
        )
        for place, submission in enumerate(deliverable.submissions, 1):
            yield (
                "submissions",
                {
                    "session": session.id,
                    "deliverable": position,
                    "position": place,
                    "title": submission.title,
                    "url": submission.url,
                },
            )


def reading_rows(session: Session) -> Iterator[tuple[str, Row]]:
    """Give a session's readings."""
    for position, reading in enumerate(session.readings, 1):
        locator = reading.locator
        yield (
            "readings",
            {
                "session": session.id,
                "position": position,
                "work": reading.work,
                "role": reading.role.value,
                "alternative_group": reading.alternative_group,
                "locator": format_locator(locator) if locator else reading.locator_text,
                "locator_unit": locator.unit if locator else "",
                "locator_parts": json.dumps(list(locator.parts), ensure_ascii=False)
                if locator
                else "[]",
                "title": reading.title,
                "url": reading.url,
                "topic": reading.topic or None,
                "why": reading.why,
            },
        )


def quiz_rows(
    session: Session, semester: Semester, start: time | None
) -> Iterator[tuple[str, Row]]:
    """Give the quiz of a session with readings; none in a semester whose policy says `grading: none`."""
    asks = session.prompts or any(r.role in {Role.REQUIRED, Role.ONE_OF} for r in session.readings)
    if (
        not asks
        or session.kind is Kind.BREAK
        or session.cancelled
        or semester.policy.get("quiz", "grading") == "none"
    ):
        return
    due, due_utc = due_moment(session.date, start, semester.zone) if session.date else ("", "9999")
    yield (
        "quizzes",
        {"session": session.id, "semester": semester.id, "due": due, "due_utc": due_utc},
    )
    for position, prompt in enumerate(session.prompts, 1):
        yield "quiz_prompts", {"session": session.id, "position": position, "prompt": prompt}
