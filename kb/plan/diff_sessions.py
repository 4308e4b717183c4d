"""Rows and deliverables of two semesters side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rapidfuzz import fuzz

from kb.plan.diff_models import Change
from kb.records import Deliverable, Kind, Semester, Session
from kb.text import title_key

__all__ = ["deliverable_changes", "session_changes"]


def session_changes(old: Semester, new: Semester) -> Iterator[Change]:
    """Give rows added, dropped, moved or cancelled within one semester; between two, how many there
    are of each kind.
    """
    if old.id == new.id:
        yield from row_changes(old, new)
        return
    for kind in Kind:
        counts = [
            sum(s.kind is kind and not s.cancelled for s in semester.sessions)
            for semester in (old, new)
        ]
        if counts[0] != counts[1]:
            change = "added" if not counts[0] else "dropped" if not counts[1] else "changed"
            yield Change(
                area="sessions",
                change=change,
                subject=f"{kind.value} rows",
                key=kind.value,
                old=str(counts[0]),
                new=str(counts[1]),
            )
    for kind in (Kind.EXAM, Kind.EVENT):
        titles = [
            [title_key(s.title) for s in semester.sessions if s.kind is kind]
            for semester in (old, new)
        ]
        for semester, other, change in ((new, titles[0], "added"), (old, titles[1], "dropped")):
            for session in semester.sessions:
                if (
                    session.kind is kind
                    and other
                    and not any(close(title_key(session.title), title) for title in other)
                ):
                    side = {"new": session.title} if change == "added" else {"old": session.title}
                    yield Change(
                        area="sessions",
                        change=change,
                        subject=session.title,
                        key=kind.value,
                        **side,
                    )


def close(one: str, two: str) -> bool:
    """Tell whether two titles mean the same, one perhaps saying more."""
    return float(fuzz.token_set_ratio(one, two)) >= 75


def row_key(session: Session) -> tuple[str, str]:
    """Give what makes a row the same one when its date moves: kind and title."""
    return session.kind.value, title_key(session.title)


SAME_ROW: tuple[Callable[[Session, Session], bool], ...] = (
    lambda a, b: row_key(a) == row_key(b) and a.date == b.date,
    lambda a, b: row_key(a) == row_key(b),
    lambda a, b: a.date == b.date and a.kind is b.kind,
)
"""What makes two rows the same one, surest first."""


def row_changes(old: Semester, new: Semester) -> Iterator[Change]:
    """Give what happened to the rows of one semester between two states of its file."""
    left = list(old.sessions)
    pairs: list[tuple[Session | None, Session]] = []
    for same in SAME_ROW:
        for session in new.sessions:
            if any(b is session for _, b in pairs):
                continue
            match = next((a for a in left if same(a, session)), None)
            if match is not None:
                left.remove(match)
                pairs.append((match, session))
    known = {id(b) for _, b in pairs}
    pairs += [(None, s) for s in new.sessions if id(s) not in known]
    for before, after in sorted(pairs, key=lambda pair: pair[1].position):
        if before is None:
            yield row_change(after, "added", after.kind.value, new=when(after))
        else:
            yield from changes_of_row(before, after)
    for session in left:
        yield row_change(session, "dropped", session.kind.value, old=when(session))


def changes_of_row(before: Session, after: Session) -> Iterator[Change]:
    """Give what happened to one row: date, title, time, kind, whether it takes place."""
    kind = after.kind.value
    if before.date != after.date:
        yield row_change(after, "moved", kind, old=when(before), new=when(after))
    if before.title != after.title:
        yield row_change(
            after, "renamed", kind, old=before.title, new=after.title, note=when(after)
        )
    if (before.start, before.end) != (after.start, after.end):
        yield row_change(after, "changed", "time", old=clock(before), new=clock(after))
    if before.kind is not after.kind:
        yield row_change(after, "changed", "kind", old=before.kind.value, new=kind)
    if before.cancelled != after.cancelled:
        state = "cancelled" if after.cancelled else "takes place"
        yield row_change(after, "changed", "cancelled", new=state, note=after.reason)


def row_change(
    session: Session, change: str, key: str, *, old: str = "", new: str = "", note: str = ""
) -> Change:
    """Give a change of a row by its title."""
    return Change(
        area="sessions",
        change=change,
        subject=session.title,
        key=key,
        old=old,
        new=new,
        note=note,
    )


def when(session: Session) -> str:
    """Give a row's date."""
    return session.date.isoformat() if session.date else "tbd"


def clock(session: Session) -> str:
    """Give a row's own time."""
    if session.start is None:
        return "its slot"
    return f"{session.start:%H:%M}" + (f"-{session.end:%H:%M}" if session.end else "")


def deliverable_changes(
    old: Semester, new: Semester, names: tuple[str, str], not_filled: list[str]
) -> Iterator[Change]:
    """Give deliverables added, dropped, retitled and, within one semester, moved; nothing when one
    side has none.
    """
    olds, news = deliverables(old), deliverables(new)
    if not olds or not news:
        if olds or news:
            not_filled.append(
                f"{names[0] if news else names[1]} has no deliverables: not filled in"
            )
        return
    left = list(olds)
    for session, deliverable in news:
        match = best_match(deliverable, [d for _, d in left])
        if match is None:
            yield Change(
                area="deliverables",
                change="added",
                subject=label(deliverable),
                key=deliverable.code,
                new=label(deliverable),
            )
            continue
        before_session, before = next(pair for pair in left if pair[1] is match)
        left.remove((before_session, before))
        if label(before) != label(deliverable):
            change = "renamed" if alike(before, deliverable) else "replaced"
            note = "" if alike(before, deliverable) else "the code has another meaning"
            yield Change(
                area="deliverables",
                change=change,
                subject=label(deliverable),
                key=deliverable.code,
                old=label(before),
                new=label(deliverable),
                note=note,
            )
        if old.id == new.id and due(before_session, before) != due(session, deliverable):
            yield Change(
                area="deliverables",
                change="moved",
                subject=label(deliverable),
                key=deliverable.code,
                old=due(before_session, before),
                new=due(session, deliverable),
            )
    for _, deliverable in left:
        yield Change(
            area="deliverables",
            change="dropped",
            subject=label(deliverable),
            key=deliverable.code,
            old=label(deliverable),
        )


def deliverables(semester: Semester) -> list[tuple[Session, Deliverable]]:
    """Give a semester's deliverables in calendar order."""
    return [(s, d) for s in semester.sessions for d in s.deliverables]


def label(deliverable: Deliverable) -> str:
    """Give `I1: ML Product`."""
    return f"{deliverable.code}: {deliverable.title}" if deliverable.code else deliverable.title


def alike(one: Deliverable, two: Deliverable) -> bool:
    """Tell whether two deliverables mean the same work."""
    return close(title_key(one.title), title_key(two.title))


def best_match(deliverable: Deliverable, others: list[Deliverable]) -> Deliverable | None:
    """Give the same deliverable of the other side: code and title, title, code."""
    rules: tuple[Callable[[Deliverable], bool], ...] = (
        lambda d: d.code == deliverable.code and title_key(d.title) == title_key(deliverable.title),
        lambda d: title_key(d.title) == title_key(deliverable.title),
        lambda d: d.code == deliverable.code and alike(d, deliverable),
        lambda d: bool(deliverable.code) and d.code == deliverable.code,
    )
    for rule in rules:
        found = next((d for d in others if rule(d)), None)
        if found is not None:
            return found
    return None


def due(session: Session, deliverable: Deliverable) -> str:
    """Give when something is due."""
    return deliverable.due.isoformat(timespec="minutes") if deliverable.due else when(session)
