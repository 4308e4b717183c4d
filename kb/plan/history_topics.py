"""Topics by semesters: what each read, and what was read last where a semester reads nothing."""

from __future__ import annotations

from dataclasses import dataclass

from kb.plan.history_facts import Facts

__all__ = ["TopicCell", "TopicHistory", "topic_histories"]


@dataclass(frozen=True, slots=True)
class TopicCell:
    """A topic in a semester that teaches it."""

    titles: tuple[str, ...]
    """As the semester prints it."""
    sessions: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]
    """(work, portion); empty when its lectures assign nothing."""
    last: str = ""
    """For an empty cell: the latest earlier semester that gave the topic a reading, else the next
    later one.
    """
    last_readings: tuple[tuple[str, str], ...] = ()
    later: bool = False
    """True when no earlier semester gave the topic a reading and `last` is a later one."""

    @property
    def text(self) -> str:
        """Say what was read, or what was read last."""
        if self.readings:
            return "; ".join(
                work if portion == "all" else f"{work} {portion}" for work, portion in self.readings
            )
        if not self.last:
            return "never assigned"
        return f"{'later' if self.later else 'last'} assigned {self.last}: " + "; ".join(
            w if p == "all" else f"{w} {p}" for w, p in self.last_readings
        )


@dataclass(frozen=True, slots=True)
class TopicHistory:
    """A topic and the semesters that teach it; a semester that does not has no cell."""

    topic: str
    title: str
    cells: dict[str, TopicCell]


def topic_histories(facts: Facts) -> tuple[TopicHistory, ...]:
    """Give the topics that some lecture ever had, in the order of the tree."""
    found: list[TopicHistory] = []
    for slug, title in facts.topic_titles.items():
        cells: dict[str, TopicCell] = {}
        read = {s: pairs(facts, slug, s) for s in facts.semesters}
        for number, semester in enumerate(facts.semesters):
            sessions = facts.sessions_on.get((slug, semester), [])
            if not sessions:
                continue
            near = [*reversed(facts.semesters[:number]), *facts.semesters[number + 1 :]]
            last = "" if read[semester] else next((s for s in near if read[s]), "")
            names = tuple(dict.fromkeys(t for _, t in sessions))
            cells[semester] = TopicCell(
                names,
                tuple(s for s, _ in sessions),
                read[semester],
                last,
                read.get(last, ()),
                last in facts.semesters[number:],
            )
        if cells:
            found.append(TopicHistory(slug, title, cells))
    return tuple(found)


def pairs(facts: Facts, slug: str, semester: str) -> tuple[tuple[str, str], ...]:
    """Give (work, portion) of a topic's readings in a semester."""
    return tuple(
        dict.fromkeys((a.work, a.portion) for a in facts.by_topic.get(slug, {}).get(semester, ()))
    )
