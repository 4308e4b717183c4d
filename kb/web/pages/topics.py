"""Topics: the tree, and each topic with its works and the sessions on it."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from urllib.parse import quote

from kb.errors import Unknown
from kb.plan.history import get_history
from kb.render.svg_areas import area_years
from kb.render.svg_topics import topic_rows
from kb.text import strip_markdown
from kb.views.browse import (
    PER_PAGE,
    browse_works,
    get_topic_prompts,
    get_topic_sessions,
    years_by_area,
)
from kb.views.models import TopicView
from kb.views.read import get_titles, get_topics
from kb.views.selection import find_topic
from kb.web.links import topic_path
from kb.web.page import Page, PageRequest, Redirect
from kb.web.pages.files import work_feeds
from kb.web.pages.works import page_number

__all__ = ["page", "tree"]


def tree(connection: sqlite3.Connection, ask: PageRequest) -> Page:
    """Give the page of all topics."""
    topics = get_topics(connection)
    history = get_history(connection)
    below = {
        parent: [t for t in topics if t.parent == parent]
        for parent in ("", *(t.slug for t in topics))
    }
    return Page(
        template="topics.html",
        title="Topics",
        description="What the works are about: " + ", ".join(t.title for t in below[""]) + ".",
        section="/topics",
        context={
            "topics": topics,
            "areas": below[""],
            "below": below,
            "years": area_years(years_by_area(connection)),
            "semesters": history.semesters,
            "rows": topic_rows(history.topics, history.semesters),
        },
        data=topics,
        rows="topics",
    )


def page(connection: sqlite3.Connection, ask: PageRequest) -> Page | Redirect:
    """Give the page of a topic; an alias leads to it.

    Raises:
        Unknown: no such topic, or no such page of it.
    """
    topics = get_topics(connection)
    slug = find_topic(connection, ask.names["slug"])
    if slug != ask.names["slug"]:
        return Redirect(topic_path(slug))
    topic = next(t for t in topics if t.slug == slug)
    shelf = browse_works(connection, slug, page=page_number(ask))
    if not shelf.works and shelf.page > 1:
        raise Unknown("page of works", str(shelf.page))
    sessions = get_topic_sessions(connection, slug)
    prompts = get_topic_prompts(connection, slug) if shelf.page == 1 else ()
    children = [t for t in topics if t.parent == slug]
    return Page(
        template="topic.html",
        title=topic.title + (f", page {shelf.page}" if shelf.page > 1 else ""),
        description=strip_markdown(topic.intro) or f"Works on {topic.title}.",
        section="/topics",
        links=work_feeds(topic_path(slug)),
        context={
            "topic": topic,
            "topic_path": topic_path(slug),
            "path": ancestors(topics, topic),
            "children": children,
            "prompts": prompts,
            "prompt_titles": get_titles(connection, {w for p in prompts for w in p.works}),
            "shelf": shelf,
            "first": (shelf.page - 1) * PER_PAGE + 1,
            "sessions": [
                (semester, list(group))
                for semester, group in groupby(sessions, key=lambda s: s.semester)
            ],
        },
        data={
            "topic": topic,
            "below": [t.slug for t in children],
            "total": shelf.total,
            "page": shelf.page,
            "pages": shelf.pages,
            "works": shelf.works,
            "sessions": sessions,
            "prompts": prompts,
        },
        json_ld={
            "@type": "DefinedTerm",
            "@id": topic_path(slug),
            "name": topic.title,
            "description": strip_markdown(topic.intro),
            "alternateName": list(topic.aliases),
            "inDefinedTermSet": "/topics",
        },
        rows=f"topic_works?topic={quote(slug, safe='')}",
    )


def ancestors(topics: tuple[TopicView, ...], topic: TopicView) -> tuple[TopicView, ...]:
    """Give the topics above one, highest first."""
    by_slug = {t.slug: t for t in topics}
    found: list[TopicView] = []
    while topic.parent in by_slug and by_slug[topic.parent] not in found:
        topic = by_slug[topic.parent]
        found.insert(0, topic)
    return tuple(found)
