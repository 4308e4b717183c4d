"""The questions of `kb plan --interactive`; every answer is an option too."""

from __future__ import annotations

import shlex
from datetime import date
from typing import TYPE_CHECKING

import typer

from cli.output import printable

if TYPE_CHECKING:
    from cli.planning import Choices
    from kb.plan.notices import Notice
    from kb.plan.roll_plan import Plan

__all__ = [
    "ask",
    "confirm",
    "prompt",
    "of_kind",
    "ask_shorten",
    "ask_lengthen",
    "ask_fixed",
    "ask_renames",
    "is_day",
]


def ask(plan: Plan, choices: Choices) -> bool:
    """Walk through the decisions of a plan and add the answers to `choices`; True if any."""
    before = choices.options()
    typer.echo(
        f"{plan.id} from {plan.roll.old.id}; an empty answer leaves things as they are.", err=True
    )
    ask_shorten(plan, choices)
    ask_lengthen(plan, choices)
    ask_fixed(plan, choices)
    ask_renames(plan, choices)
    stale = [n for n in plan.notices if n.kind == "stale-link" and n.warning]
    if stale and not choices.relink:
        choices.relink = confirm(f"{stale[0].what}. Make them {plan.id}?")
    return choices.options() != before


def confirm(question: str) -> bool:
    """Ask for yes or no."""
    return typer.confirm(printable(question), default=False, err=True)


def prompt(question: str) -> str:
    """Ask for a text; empty for none."""
    return str(typer.prompt(printable(question), default="", show_default=False, err=True)).strip()


def of_kind(plan: Plan, kind: str) -> list[Notice]:
    """Give the notices of a kind."""
    return [n for n in plan.notices if n.kind == kind]


def ask_shorten(plan: Plan, choices: Choices) -> None:
    """Ask what to merge or put aside until everything fits."""
    missing = sum(
        p.fate == "no slot" and p.bundle is not None and p.bundle.kind is plan.roll.main
        for p in plan.roll.placed
    )
    for notice in of_kind(plan, "shorten"):
        if missing <= 0:
            return
        answer = prompt(
            f"{missing} too many. {notice.what}: m to merge it with the session before, p to put "
            "it aside, empty to keep it"
        )
        if answer[:1].casefold() in {"m", "p"}:
            (choices.merge if answer[:1].casefold() == "m" else choices.park).append(notice.subject)
            missing -= 1


def ask_lengthen(plan: Plan, choices: Choices) -> None:
    """Ask what to continue while slots are free."""
    free = len(plan.roll.free.get(plan.roll.main, ())) if not plan.roll.exact else 0
    for notice in of_kind(plan, "lengthen"):
        if free <= 0:
            return
        if notice.subject and confirm(f"{free} free. {notice.what}. Continue it in the next slot?"):
            choices.extend.append(notice.subject)
            free -= 1


def ask_fixed(plan: Plan, choices: Choices) -> None:
    """Ask for the dates of exams and events."""
    for notice in of_kind(plan, "fixed"):
        if not notice.subject or any(
            value.startswith(f"{notice.subject}=") for value in choices.fix
        ):
            continue
        answer = prompt(
            f"{notice.what}. Date (YYYY-MM-DD), week for the old week and weekday, empty to leave "
            "it"
        )
        while answer and answer != "week" and not is_day(answer):
            answer = prompt(f"{answer!r} is neither a date such as 2023-12-14 nor week")
        if answer:
            choices.fix.append(f"{notice.subject}={answer}")


def ask_renames(plan: Plan, choices: Choices) -> None:
    """Ask about the names later semesters use."""
    for notice in of_kind(plan, "renamed"):
        if confirm(f"{notice.what}. Take the newer name?"):
            choices.rename.append(shlex.split(notice.hint)[1])


def is_day(value: str) -> bool:
    """Tell whether a text is a date."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
