"""When a question may be read by everybody: `release:` of a semester or of a prompt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kb.records import Corpus, Prompt

__all__ = ["CLASS", "NEVER", "Held", "release_doubt", "released"]

CLASS = "class"
"""Released on the day of the class that asks it."""

NEVER = "never"


@dataclass(frozen=True, slots=True)
class Held:
    """What is public on a day, and what is not yet."""

    corpus: Corpus
    """Without the questions that are held back."""
    prompts: tuple[Prompt, ...]
    """Those."""
    until: date | None
    """When the next of them is released; None when no day is known."""


def release_doubt(value: str) -> str:
    """Say what is wrong with a `release:`; empty when nothing is."""
    if value in {"", CLASS, NEVER}:
        return ""
    try:
        date.fromisoformat(value)
    except ValueError:
        return f"{value!r} is no date such as 2022-09-07, and neither class nor never"
    return ""


def released(corpus: Corpus, today: date) -> Held:
    """Give the corpus without the questions that are not public yet.

    A prompt's own `release` decides, else that of each semester which asks it: the earliest day
    counts. A prompt that no semester asks and that says nothing itself is held back.

    Args:
        corpus: with the prompts that sessions ask.
        today: the day of the build.
    """
    days: dict[str, list[date]] = {}
    for prompt, day in release_days(corpus):
        days.setdefault(prompt, []).append(day)
    held = tuple(p for p in corpus.prompts if min(days.get(p.id, [date.max])) > today)
    names = {prompt.id for prompt in held}
    later = [day for name in names for day in days.get(name, ()) if today < day < date.max]
    public = replace(
        corpus,
        prompts=tuple(p for p in corpus.prompts if p.id not in names),
        semesters=tuple(
            replace(
                semester,
                sessions=tuple(
                    replace(s, prompts=tuple(p for p in s.prompts if p not in names))
                    if names.intersection(s.prompts)
                    else s
                    for s in semester.sessions
                ),
            )
            for semester in corpus.semesters
        ),
    )
    return Held(public, held, min(later, default=None))


def release_days(corpus: Corpus) -> Iterator[tuple[str, date]]:
    """Give prompts, each with a day from which it is public."""
    own = {prompt.id: prompt.release for prompt in corpus.prompts}
    for name, rule in own.items():
        if rule not in {"", CLASS}:
            yield name, day_of(rule, None)
    for semester in corpus.semesters:
        for session in semester.sessions:
            for name in session.prompts:
                rule = own.get(name, "") or semester.release
                if own.get(name, "") in {"", CLASS}:
                    yield name, day_of(rule, session.date)


def day_of(rule: str, day: date | None) -> date:
    """Give the day of a rule; `date.max` for never, and for a class without date."""
    if not rule:
        return date.min
    if rule == CLASS:
        return day or date.max
    return date.max if rule == NEVER else date.fromisoformat(rule)
