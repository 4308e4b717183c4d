"""What columns hold: a score for each role and column over all cells, the header's word being one feature among others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.importers.columns import Role, column_role, header_roles
from kb.importers.runs import ATOM, Cell
from kb.importers.schedules.evidence import CASE, CERTAIN, due_score, is_slides, work_score
from kb.importers.schedules.words import portion_only
from kb.importers.topic_cell import badge_kind, is_title_of_row
from kb.parse.dates import find_day

__all__ = ["role_columns", "score_columns"]

Scores = dict[Role, float]

HEADER = 3.0
"""What the word in a header counts; the cells of a column can count as much against it."""

STRONG = 0.4
"""The share of cells that name works beyond doubt from which on a column named `Assignment` holds readings."""

DUE = re.compile(r"\b(?:due|deadline|homework|hw)\b", re.IGNORECASE)
"""Names of columns that no cell contradicts."""

HINT = 100.0
NUMBERS = re.compile(
    r"(?:#?\d{1,3}[ab]?\.?|(?:week|wk|lecture|class|session)\s*#?\d{1,2})?", re.IGNORECASE
)
COUNTS = frozenset({"#", "no", "nr", "n", "wk", "week"})
NOTHING = re.compile(r"[-–—\s/*._]*|n/?a|none|tb[ad]", re.IGNORECASE)
UNIQUE = (Role.DATE, Role.TOPIC)
CONTRADICTED = frozenset({Role.DELIVERABLE, Role.RELEASED, Role.EXTRA, Role.NOTE, Role.KIND})
"""Roles a header may name though its cells name works: `Assignment` in law and the humanities."""


def score_columns(
    names: Sequence[str], columns: Sequence[Sequence[Cell]], hints: dict[str, str]
) -> list[Scores]:
    """Give the scores of each column."""
    by_name = header_roles(tuple(names), hints)
    scores = []
    for number, cells in enumerate(columns):
        own = content_scores(
            [c for c in cells if c.text.strip() and not NOTHING.fullmatch(c.plain())]
        )
        role = by_name[number] if number < len(by_name) else Role.EXTRA
        if role is not Role.EXTRA:
            hinted = bool(hints) and column_role(names[number], hints) is not column_role(
                names[number], {}
            )
            own[role] = own.get(role, 0.0) + (HINT if hinted else HEADER)
        scores.append(own)
    return scores


def content_scores(cells: Sequence[Cell]) -> Scores:
    """Give what the cells of a column look like, each feature as the share of cells that have it."""
    if not cells:
        return {}
    plain = [c.plain() for c in cells]

    def share(flags: Sequence[bool]) -> float:
        return sum(flags) / len(cells)

    dated = [
        (found := find_day(p[:60], 2000)).day is not None and len(found.rest) <= 12 for p in plain
    ]
    works = [work_score(c) >= CERTAIN for c in cells]
    strong = [
        w and (work_score(Cell(ATOM.sub("", c.text))) >= CERTAIN or bool(CASE.search(p)))
        for w, c, p in zip(works, cells, plain, strict=True)
    ]
    due = [due_score(c) >= CERTAIN for c in cells]
    slides = [bool(c.links) and all(is_slides(x) for x in c.links) for c in cells]
    kinds = [badge_kind(p) is not None for p in plain]
    numbered = [bool(NUMBERS.fullmatch(p)) for p in plain]
    portions = [portion_only(p) for p in plain]
    titles = [is_title_of_row(p) for p in plain]
    words = sum(len(p.split()) for p in plain) / len(cells)
    return {
        Role.DATE: 4.0 * share(dated),
        Role.WEEK: 2.2 * share(numbered),
        Role.READING: 3.4 * share(works) + 1.5 * share(portions),
        Role.BOTH: share([s or p for s, p in zip(strong, portions, strict=True)]),
        Role.DELIVERABLE: 3.0 * share(due),
        Role.MATERIAL: 2.0 * share(slides),
        Role.KIND: 2.0 * (share(kinds) > 0.7 and len(cells) > 1),
        Role.TOPIC: 1.0
        * (1 - share(works))
        * (1 - share(numbered))
        * (1 - share(dated))
        * (words >= 1.3)
        + 0.8 * bool(sum(titles)),
    }


def role_columns(
    names: Sequence[str], columns: Sequence[Sequence[Cell]], hints: dict[str, str]
) -> tuple[Role, ...]:
    """Give the role of each column.

    The header's word stands unless the cells speak against it: works below `Assignment`, nothing dated
    below `When`, more text below another name than below `Topic`.
    """
    scores = score_columns(names, columns, hints)
    by_name = list(header_roles(tuple(names), hints)) + [Role.EXTRA] * max(
        0, len(columns) - len(names)
    )
    padded = [*names, *[""] * len(columns)]
    roles = [
        role if DUE.search(name) else settled(role, own)
        for name, role, own in zip(padded, by_name, scores, strict=False)
    ]
    for role in UNIQUE:
        if role not in roles and (role is not Role.TOPIC or Role.BOTH not in roles):
            at = best_free(role, roles, scores)
            if at >= 0:
                roles[at] = role
    return tuple(topics_settled(roles, scores, columns))


def settled(role: Role, own: Scores) -> Role:
    """Give the role of a column: that of its name, or another when its cells speak against it."""
    due = own.get(Role.DELIVERABLE, 0.0) - (HEADER if role is Role.DELIVERABLE else 0.0)
    if (
        role in {Role.DELIVERABLE, Role.RELEASED}
        and own.get(Role.BOTH, 0.0) >= STRONG
        and due < 1.5
    ):
        return Role.READING
    if role is Role.EXTRA and own.get(Role.READING, 0.0) >= 1.7:
        return Role.READING
    if role is Role.EXTRA and own.get(Role.WEEK, 0.0) >= 2.2:
        return Role.WEEK
    if (
        role is Role.DATE
        and own.get(Role.DATE, 0.0) - HEADER < 0.4
        and own.get(Role.TOPIC, 0.0) >= 1.0
    ):
        return Role.EXTRA
    return role


def best_free(role: Role, roles: Sequence[Role], scores: Sequence[Scores]) -> int:
    """Give the column whose name says nothing and whose cells fit a role best; -1 when none does."""
    free = [
        n
        for n, own in enumerate(roles)
        if own is Role.EXTRA or (role is Role.DATE and own in {Role.WEEK, Role.TOPIC})
    ]
    least = 2.0 if role is Role.DATE else 0.7
    fit = [(scores[n].get(role, 0.0), -n) for n in free if scores[n].get(role, 0.0) >= least]
    return -max(fit)[1] if fit else -1


def topics_settled(
    roles: list[Role], scores: Sequence[Scores], columns: Sequence[Sequence[Cell]]
) -> list[Role]:
    """Give roles in which a column of topics that is nearly empty gives way to one that is not."""
    filled = [sum(bool(c.text.strip()) for c in cells) for cells in columns]
    if Role.TOPIC not in roles:
        return roles
    at = roles.index(Role.TOPIC)
    for other, role in enumerate(roles):
        if (
            role is Role.EXTRA
            and scores[other].get(Role.TOPIC, 0.0) >= 1.0
            and filled[other] > filled[at] * 2
        ):
            roles[at], roles[other] = Role.NOTE, Role.TOPIC
            break
    return roles
