"""Gaps among topics: taught or promised, and nothing to read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from kb.plan.history_facts import Facts, read_facts

__all__ = ["goals_without_reading", "topics_without_reading"]

GOALS = "select topic, goal from learning_goals order by topic, position"


def without_reading(
    facts: Facts, goals: dict[str, list[str]], semester: str | None
) -> Iterator[str]:
    """Give the slugs, in the order of the tree, of topics without any reading.

    Over all semesters: topics that are taught or have goals. In one semester: those it teaches.
    """
    for slug in facts.topic_titles:
        semesters = facts.semesters if semester is None else (semester,)
        taught = any(facts.sessions_on.get((slug, s)) for s in semesters)
        reads = any(facts.by_topic.get(slug, {}).get(s) for s in semesters)
        if not reads and (taught or (semester is None and slug in goals)):
            yield slug


def read_goals(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Give the learning goals by topic."""
    goals: dict[str, list[str]] = {}
    for slug, goal in connection.execute(GOALS):
        goals.setdefault(slug, []).append(goal)
    return goals


def topics_without_reading(
    connection: sqlite3.Connection, semester: str | None
) -> Iterator[tuple[str, str]]:
    """Give (topic, title), with what was read last where there was something."""
    facts = read_facts(connection)
    for slug in without_reading(facts, read_goals(connection), semester):
        taught = [s for s in facts.semesters if facts.sessions_on.get((slug, s))]
        last = next(
            (s for s in reversed(facts.semesters) if facts.by_topic.get(slug, {}).get(s)), None
        )
        more = (
            f"; last assigned {last}: "
            f"{', '.join(dict.fromkeys(a.work for a in facts.by_topic[slug][last]))}"
            if last
            else ""
        )
        where = (
            "" if semester else f" (taught in {', '.join(taught)})" if taught else " (not taught)"
        )
        yield slug, f"{facts.topic_titles[slug]}{where}{more}"


def goals_without_reading(
    connection: sqlite3.Connection, semester: str | None
) -> Iterator[tuple[str, str]]:
    """Give (topic, goal) for each goal of the topics without reading."""
    goals = read_goals(connection)
    for slug in without_reading(read_facts(connection), goals, semester):
        yield from ((slug, goal) for goal in goals.get(slug, ()))
