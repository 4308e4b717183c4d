"""Templates and the filters they share: the standalone page and the site look alike because of
them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kb.links import is_safe_url
from kb.render.dates import due_text, long_day, short_day
from kb.render.kinds import kind_name
from kb.render.readings import choice_text, how_long, library_label
from kb.text import plural, strip_markdown
from kb.views.models import LinkView, ReadingView, SessionView

__all__ = [
    "ReadingGroup",
    "add_filters",
    "css",
    "environment",
    "how_long",
    "reading_groups",
    "session_title",
]


@dataclass(frozen=True, slots=True)
class ReadingGroup:
    """Readings that stand alone (`number` None) or are alternatives."""

    number: int | None
    readings: tuple[ReadingView, ...]


def reading_groups(readings: Iterable[ReadingView]) -> tuple[ReadingGroup, ...]:
    """Group alternatives, in order."""
    return tuple(
        ReadingGroup(n, tuple(found))
        for n, found in groupby(readings, key=lambda r: r.alternative_group)
    )


def session_title(session: SessionView) -> str:
    """Give a row's title made of its topics."""
    return " and ".join(t.label for t in session.topics) or session.title


def all_materials(session: SessionView) -> tuple[LinkView, ...]:
    """Give the links of a row, those of its topics first."""
    return (*(m for t in session.topics for m in t.materials), *session.materials)


def anchor(name: str) -> str:
    """Give an id for a part of a page, made of a slug or key."""
    return "at-" + re.sub(r"[^\w.-]+", "-", name)


def shorten(text: str, limit: int) -> str:
    """Give the beginning of a text, cut between words, with an ellipsis when something is left
    out."""
    line = strip_markdown(text)
    if len(line) <= limit:
        return line
    return (line[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–—") or line[: limit - 1]) + "…"


def add_filters(env: Any) -> Any:
    """Add our filters to a Jinja environment."""
    env.filters.update(
        safe_url=is_safe_url,
        short_day=short_day,
        long_day=long_day,
        due=due_text,
        groups=reading_groups,
        session_title=session_title,
        all_materials=all_materials,
        how_long=how_long,
        choice_text=choice_text,
        library_label=library_label,
        number_word=lambda n: {2: "two", 3: "three", 4: "four", 5: "five"}.get(n, str(n)),
        kind_name=kind_name,
        plural=plural,
        anchor=anchor,
        shorten=shorten,
        unmarked=strip_markdown,
        capitalize_first=lambda text: text[:1].upper() + text[1:],
        sum_readings=lambda sessions: sum(len(s.readings) for s in sessions),
    )
    return env


@cache
def environment() -> Environment:
    """Give the environment of our templates: everything escaped, unknown names an error."""
    env = Environment(
        loader=PackageLoader("kb.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(work_link=None, session_link=None, first_today="")
    add_filters(env)
    return env


@cache
def css() -> str:
    """Give our stylesheet."""
    return files("kb.render").joinpath("assets/kb.css").read_text(encoding="utf-8")
