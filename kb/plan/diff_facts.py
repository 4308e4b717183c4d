"""Policy and other facts of two semesters side by side: named fields, old and new."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from kb.plan.diff_models import Change
from kb.records import Meeting, Semester

__all__ = ["fact_changes", "policy_changes"]


def fact_changes(
    old: Semester, new: Semester, names: tuple[str, str], not_filled: list[str]
) -> Iterator[Change]:
    """Give title, numbers, meeting pattern, staff and the like where they differ; what one side
    leaves out is not filled in.
    """
    rows = (
        ("title", old.title, new.title),
        ("course numbers", ", ".join(old.numbers), ", ".join(new.numbers)),
        ("units", old.units, new.units),
        ("staff", ", ".join(s.name for s in old.staff), ", ".join(s.name for s in new.staff)),
        ("time zone", old.zone, new.zone),
        ("outcomes", "; ".join(old.outcomes), "; ".join(new.outcomes)),
        (
            "recommended",
            ", ".join(r.work for r in old.recommended),
            ", ".join(r.work for r in new.recommended),
        ),
        (
            "tracks",
            "; ".join(f"{t.number} {t.text}" for t in old.tracks),
            "; ".join(f"{t.number} {t.text}" for t in new.tracks),
        ),
    )
    silent: dict[str, list[str]] = {}
    for name, before, after in rows:
        if before == after:
            continue
        if not before or not after:
            silent.setdefault(names[0] if not before else names[1], []).append(name)
        elif name == "outcomes":
            yield Change(
                area="offering",
                change="changed",
                subject=name,
                key=name,
                old=f"{len(old.outcomes)} outcomes",
                new=f"{len(new.outcomes)} outcomes",
                note="worded differently",
            )
        else:
            yield Change(
                area="offering", change="changed", subject=name, key=name, old=before, new=after
            )
    not_filled.extend(
        f"{side} does not state: {', '.join(missing)}" for side, missing in silent.items()
    )
    yield from meeting_changes(old, new, names, not_filled)
    if old.id == new.id and old.breaks != new.breaks:
        yield break_change(old, new)


def break_change(old: Semester, new: Semester) -> Change:
    """Give the breaks of two states of one semester."""
    spans = [
        "; ".join(
            f"{b.title} {b.first}{f' to {b.last}' if b.last != b.first else ''}" for b in s.breaks
        )
        or "none"
        for s in (old, new)
    ]
    return Change(
        area="offering",
        change="changed",
        subject="breaks",
        key="breaks",
        old=spans[0],
        new=spans[1],
    )


def meeting_changes(
    old: Semester, new: Semester, names: tuple[str, str], not_filled: list[str]
) -> Iterator[Change]:
    """Give the weekly pattern of each kind where it differs."""
    if not old.meetings or not new.meetings:
        if old.meetings or new.meetings:
            not_filled.append(f"{names[0] if new.meetings else names[1]} states no meeting pattern")
        return
    for kind in dict.fromkeys(m.kind for m in (*old.meetings, *new.meetings)):
        before, after = (
            "; ".join(slot(m) for m in s.meetings if m.kind is kind) for s in (old, new)
        )
        if before != after:
            change = "added" if not before else "dropped" if not after else "changed"
            yield Change(
                area="offering",
                change=change,
                subject=f"{kind.value} meetings",
                key=kind.value,
                old=before,
                new=after,
            )


def slot(meeting: Meeting) -> str:
    """Give `Mon, Wed 13:30 (80 minutes), Zoom`."""
    start = f" {meeting.start:%H:%M}" if meeting.start else ""
    length = f" ({meeting.minutes} minutes)" if meeting.minutes else ""
    return (
        f"{', '.join(meeting.days)}{start}{length}{', ' + meeting.place if meeting.place else ''}"
    )


def policy_changes(
    old: Semester, new: Semester, names: tuple[str, str], not_filled: list[str]
) -> Iterator[Change]:
    """Give each rule that differs, `tokens / individual: 7 -> 8`; areas that one side does not
    state at all are not filled in.
    """
    before, after = ({(r.area, r.rule): r.value for r in s.policy.rules} for s in (old, new))
    if not before or not after:
        if before or after:
            not_filled.append(f"{names[0] if not before else names[1]} states no policy")
        return
    areas = [{area for area, _ in side} for side in (before, after)]
    silent = {0: sorted(areas[1] - areas[0]), 1: sorted(areas[0] - areas[1])}
    for side, missing in silent.items():
        if missing:
            not_filled.append(f"the policy of {names[side]} says nothing on {', '.join(missing)}")
    reworded = reworded_rules(before, after)
    for area, rule in dict.fromkeys((*before, *after)):
        if area not in areas[0] & areas[1] or (area, rule) in reworded.values():
            continue
        successor = reworded.get((area, rule))
        was, now = before.get((area, rule), ""), after.get(successor or (area, rule), "")
        note = f"now: {successor[1]}" if successor else ""
        if was == now and not successor:
            continue
        change = "added" if not was else "dropped" if not now else "changed"
        yield Change(
            area="policy",
            change=change,
            subject=f"{area} / {rule}" if rule else area,
            key=f"{area}.{rule}" if rule else area,
            old=was,
            new=now,
            note=note,
        )


def reworded_rules(
    before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Pair rules of one area whose names say nearly the same: `redo a homework`, `improve or redo a
    homework`.
    """
    gone, came = [k for k in before if k not in after], [k for k in after if k not in before]
    pairs = sorted(
        (
            (float(fuzz.token_set_ratio(a[1], b[1])), a, b)
            for a in gone
            for b in came
            if a[0] == b[0] and " " in a[1]
        ),
        reverse=True,
    )
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for ratio, a, b in pairs:
        if ratio >= 80 and a not in found and b not in found.values():
            found[a] = b
    return found
