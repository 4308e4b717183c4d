"""The names that topics go by. Apart from reading the tree, which needs far more of the library."""

from __future__ import annotations

from kb.records import Topic
from kb.text import title_key

__all__ = ["topic_index"]


def topic_index(topics: tuple[Topic, ...]) -> dict[str, str]:
    """Give the slug for every folded name of a topic: title, alias, full and last part of the slug.

    Aliases win over titles and titles over last parts; of two topics the first listed wins.
    """
    index: dict[str, str] = {}
    for names in (
        lambda t: t.aliases,
        lambda t: (t.title, t.slug),
        lambda t: (t.slug.rsplit("/", 1)[-1],),
    ):
        for topic in topics:
            for name in names(topic):
                index.setdefault(title_key(name), topic.slug)
    return index
