"""From a corpus to rows: for each table its rows, in source order, without staff-only text.

What a row is made of is said here; how each column is taken from it, in the tables themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kb.held import due_moment, held, usual_due
from kb.records import Corpus, Kind, Prompt, Role, Semester, Session, Work
from kb.store.schema import TABLES
from kb.store.table import Subject
from kb.text import first_sentence, name_works
from kb.validate.courses import course_names
from kb.validate.editions import other_editions, told_apart
from kb.validate.references import KEY_LINK, has_quizzes

__all__ = ["Row", "corpus_rows"]

Row = tuple[object, ...]
"""The values of a table's columns, in their order."""

TAKES = {table.name: tuple(column.taken for column in table.columns) for table in TABLES}
"""Table to the functions that give its columns."""

Subjects = Iterator[tuple[str, Subject]]
"""Table names, each with what a row of it is made of."""


def corpus_rows(corpus: Corpus) -> Iterator[tuple[str, Row]]:
    """Give `(table, row)` for every public row of the corpus, tables mixed, order stable.

    Staff annotations and rubrics are not in it: they have no column.
    """
    for table, subject in corpus_subjects(corpus):
        yield table, tuple([take(subject) for take in TAKES[table]])


def corpus_subjects(corpus: Corpus) -> Subjects:
    """Give what every row is made of."""
    yield from topic_subjects(corpus)
    yield from work_subjects(corpus)
    yield from annotation_subjects(corpus)
    for prompt in corpus.prompts:
        yield from prompt_subjects(prompt)
    works = {work.key: work for work in corpus.works}
    courses = course_names(corpus.semesters)
    for position, semester in enumerate(corpus.semesters, 1):
        yield from semester_subjects(semester, position, courses[semester.id])
        for session in semester.sessions:
            yield from session_subjects(session, semester, works)


def listed(table: str, values: Iterable[object], owner: object, more: object = None) -> Subjects:
    """Give the subjects of what a record lists, in order."""
    for position, value in enumerate(values, 1):
        yield table, Subject(value, position, owner, more)


def topic_subjects(corpus: Corpus) -> Subjects:
    """Give topics, aliases and goals."""
    above = {topic.slug: topic.parent for topic in corpus.topics}
    counts = Counter(slug for work in corpus.works for slug in with_parents(work.topics, above))
    for position, topic in enumerate(corpus.topics, 1):
        yield "topics", Subject(topic, position, more=counts[topic.slug])
        yield from listed("topic_aliases", topic.aliases, topic)
        yield from listed("learning_goals", topic.goals, topic)


def with_parents(slugs: Iterable[str], above: Mapping[str, str]) -> tuple[str, ...]:
    """Give topics and everything above them, each once; `above` maps a slug to its parent's or to
    an empty text."""
    found: dict[str, None] = {}
    for slug in slugs:
        while slug and slug not in found:
            found[slug] = None
            slug = above.get(slug, "")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Shelf:
    """How many works of one year and type a topic holds."""

    topic: str
    year: int
    type: str
    works: int


def work_subjects(corpus: Corpus) -> Subjects:
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
    alike = told_apart(corpus.works)
    named = {p.id: p for w in corpus.works for p in w.people}
    for work in corpus.works:
        for person in work.people:
            named[person.id] = max(named[person.id], person, key=lambda p: len(p.display))
    for work in corpus.works:
        apart = alike.get(work.key, "")
        yield "works", Subject(work, owner=apart, more=why(work, shared, titles))
        for person in work.people:
            if person.id not in known:
                known.add(person.id)
                yield "people", Subject(named[person.id], more=written[person.id])
        yield from listed("authorship", work.people, work)
        yield from listed("work_topics", work.topics, work)
        shelves["", work.year or 0, work.type] += 1
        for slug in with_parents(work.topics, above):
            shelves[slug, work.year or 0, work.type] += 1
            yield "topic_works", Subject(slug, owner=work)
    for (topic, year, kind), works in sorted(shelves.items()):
        yield "work_counts", Subject(Shelf(topic, year, kind, works))


def why(work: Work, shared: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Give why to read a work: the first sentence of its note, or of the first note it shares."""
    return first_sentence(name_works(work.annotation or shared.get(work.key, ""), titles))


@dataclass(frozen=True, slots=True)
class Note:
    """A public note, a work's own or one about several works."""

    id: str
    works: tuple[str, ...]
    text: str
    topic: str = ""


def annotation_subjects(corpus: Corpus) -> Subjects:
    """Give public notes, the works they are about and the works they name."""
    titles = {work.key: work.title for work in corpus.works}
    positions: Counter[str] = Counter()
    links: set[tuple[str, str]] = set()

    def link(key: str) -> tuple[str, str] | None:
        return (f"/works/{key}", titles[key]) if key in titles else None

    own = [Note(w.key, (w.key,), w.annotation) for w in corpus.works if w.annotation]
    shared = [Note(n.id, n.works, n.text, n.topic) for n in corpus.annotations if not n.staff]
    for note in (*own, *shared):
        yield "annotations", Subject(note, more=link)
        named = [key for key in KEY_LINK.findall(note.text) if key in titles]
        for key in note.works:
            positions[key] += 1
            yield "work_annotations", Subject(key, positions[key], note)
            for other in named:
                if other != key and (key, other) not in links:
                    links.add((key, other))
                    yield "work_links", Subject(other, owner=key)


def prompt_subjects(prompt: Prompt) -> Subjects:
    """Give a prompt and its works."""
    yield "prompts", Subject(prompt)
    yield from listed("prompt_works", prompt.works, prompt)


def semester_subjects(semester: Semester, position: int, course: str) -> Subjects:
    """Give a semester, its pattern, breaks, staff, tracks, outcomes, policy and recommendations."""
    yield "semesters", Subject(semester, position, more=course)
    slots = [(meeting, "") for meeting in semester.meetings]
    slots += [(meeting, s.id) for s in semester.sections for meeting in s.meetings]
    for number, (meeting, section) in enumerate(slots, 1):
        yield "meetings", Subject(meeting, number, semester, section)
    yield from listed("sections", semester.sections, semester)
    yield from listed("follow_days", semester.follow_days, semester)
    yield from listed("breaks", {b.first: b for b in semester.breaks}.values(), semester)
    yield from listed("staff", semester.staff, semester)
    yield from listed("tracks", semester.tracks, semester)
    yield from listed("outcomes", semester.outcomes, semester)
    yield from listed("policies", semester.policy.rules, semester)
    yield from listed("recommended", semester.recommended, semester)


def session_subjects(session: Session, semester: Semester, works: Mapping[str, Work]) -> Subjects:
    """Give a session and everything that hangs on it."""
    meets = held(session, semester)
    yield "sessions", Subject(session, session.position, semester, meets)
    yield from listed("session_topics", session.topics, session)
    placed = [(m, at) for at, topic in enumerate(session.topics, 1) for m in topic.materials]
    placed += [(material, 0) for material in session.materials]
    for number, (material, at) in enumerate(placed, 1):
        yield "materials", Subject(material, number, session, at)
    for position, reading in enumerate(session.readings, 1):
        fields = works[reading.work].fields if reading.work in works else {}
        elsewhere = other_editions(reading.locator, fields)
        yield "readings", Subject(reading, position, session, elsewhere)
    yield from quiz_subjects(session, semester)
    for position, deliverable in enumerate(session.deliverables, 1):
        due = due_moment(deliverable, session, semester)
        usual = usual_due(semester.policy.get("deliverables", "due"), session.date)
        shown = replace(deliverable, due=deliverable.due or usual)
        yield "deliverables", Subject(shown, position, session, due)
        yield from listed("submissions", deliverable.submissions, session, position)
    for section in semester.sections:
        yield from section_subjects(session, semester, section.id)


def section_subjects(session: Session, semester: Semester, section: str) -> Subjects:
    """Give when and where a section has a class, and when what it asks is due there."""
    yield "section_sessions", Subject(session, 0, section, held(session, semester, section))
    if has_quiz(session, semester):
        due = due_moment(None, session, semester, section)
        yield "section_due", Subject(session, 0, section, due)
    for position, deliverable in enumerate(session.deliverables, 1):
        due = due_moment(deliverable, session, semester, section)
        yield "section_due", Subject(session, position, section, due)


def has_quiz(session: Session, semester: Semester) -> bool:
    """Tell whether a session's readings ask something: none in a semester without quizzes."""
    asks = session.prompts or any(r.role in {Role.REQUIRED, Role.ONE_OF} for r in session.readings)
    taken = session.kind is not Kind.BREAK and not session.cancelled
    return bool(asks) and taken and has_quizzes(semester)


def quiz_subjects(session: Session, semester: Semester) -> Subjects:
    """Give the quiz of a session."""
    if not has_quiz(session, semester):
        return
    due = due_moment(None, session, semester)
    yield "quizzes", Subject(session, owner=semester, more=due)
    yield from listed("quiz_prompts", session.prompts, session)
