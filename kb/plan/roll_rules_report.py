"""What the head of a planned file still says of the old semester: rules, questions, names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.plan.notices import Notice
from kb.plan.roll_head import speaks_of_old
from kb.plan.roll_models import Roll
from kb.records import Corpus, Semester, Session
from kb.text import plural

POLICY_AREAS = ("quiz", "tokens", "weights")
"""Rules that decide what a reading counts."""


RULES = 3
"""Changed rules of an area that are named."""


def policy_notices(old: Semester, later: Sequence[Semester]) -> Iterator[Notice]:
    """Name the rules on quizzes, tokens and weights that the newest later semester states
    otherwise.
    """
    newest = next((s for s in reversed(later) if s.policy.rules), None)
    for area in POLICY_AREAS if newest else ():
        assert newest is not None
        mine = {r.rule: r.value for r in old.policy.rules if r.area == area}
        theirs = {r.rule: r.value for r in newest.policy.rules if r.area == area}
        if theirs and not mine:
            yield Notice(
                "policy",
                f"{area}: {old.id} states nothing, {newest.id} does",
                f"kb diff {old.id} {newest.id}",
                area,
                warning=False,
            )
            continue
        changed = [
            f"{rule}: {mine.get(rule) or 'not stated'}, in {newest.id} "
            f"{theirs.get(rule) or 'not stated'}"
            for rule in {**mine, **theirs}
            if mine.get(rule) != theirs.get(rule)
        ]
        if changed:
            more = (
                f" and {len(changed) - RULES} more (kb diff {old.id} {newest.id})"
                if len(changed) > RULES + 1
                else ""
            )
            shown = changed[:RULES] if more else changed
            yield Notice(
                "policy",
                f"{area}: {'; '.join(shown)}{more}",
                "the planned semester has the older rules",
                area,
                warning=False,
            )


def prompt_notices(old: Semester, corpus: Corpus) -> Iterator[Notice]:
    """Say where questions do not go with the policy: no quizzes any more, other times, questions
    that went missing.
    """
    prompts = {p.id: p for p in corpus.prompts}
    asked: list[Session] = [s for s in old.sessions if s.prompts]
    weight = old.policy.get("quiz", "weight")
    if asked and (weight == "0" or old.policy.get("quiz", "grading") == "none"):
        yield Notice(
            "prompt",
            f"{plural(len(asked), 'session')} ask questions, but quizzes have weight "
            f"{weight or 'none'}",
            "state the policy, or take the questions as discussion",
        )
    minutes = old.policy.get("quiz", "minutes.answering")
    for session in asked:
        for name in session.prompts:
            prompt = prompts.get(name)
            if prompt and minutes.isdigit() and prompt.minutes != int(minutes):
                yield Notice(
                    "prompt",
                    f"{name} is meant for {prompt.minutes} minutes, the policy says {minutes}",
                    "",
                    session.id,
                    warning=False,
                )
    if old.policy.rules:
        unasked = [
            s
            for s in old.sessions
            if any(r.role in {"required", "one-of"} for r in s.readings) and not s.prompts
        ]
        if unasked and weight not in {"0", ""}:
            yield Notice(
                "prompt",
                f"no question for the readings of {'; '.join(s.title for s in unasked)}",
                "add prompts to quizzes/prompts/",
            )


def carried_notices(roll: Roll) -> Iterator[Notice]:
    """Name what the head of the file still says of the old semester."""
    old = roll.old
    if old.staff:
        yield Notice(
            "carried", f"staff: {', '.join(s.name for s in old.staff)}", "", "staff", warning=False
        )
    slots = [
        f"{m.kind} {'/'.join(m.days)}{f' {m.start:%H:%M}' if m.start else ''}"
        f"{f', {m.place}' if m.place else ''}"
        for m in old.meetings
    ]
    if slots:
        yield Notice(
            "carried", f"times and places: {'; '.join(slots)}", "", "meetings", warning=False
        )
    if speaks_of_old(old.notes, old.id, old.year):
        yield Notice(
            "carried",
            "the notes speak of the old semester; they are a comment now",
            "",
            "notes",
            warning=False,
        )
    for track in old.tracks:
        if track.due:
            yield Notice(
                "carried",
                f"track {track.number}: due {track.due} became {track.due + roll.weeks}",
                "",
                "tracks",
            )
    if old.policy.rules:
        yield Notice("carried", f"the policy of {old.id}", "", "policy", warning=False)
    guests = [f"{t.guest} ({s.title})" for s in old.sessions for t in s.topics if t.guest]
    if guests:
        yield Notice("carried", f"guests: {'; '.join(guests)}", "ask them", "guests")
    timed = [f"{s.title} {s.start:%H:%M}" for s in old.sessions if s.start]
    if timed:
        yield Notice(
            "carried", f"times of their own: {'; '.join(timed)}", "", "times", warning=False
        )
