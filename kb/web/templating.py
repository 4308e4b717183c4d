"""The one place that makes HTML: our templates, those shared with the standalone reading list,
their filters."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from textwrap import shorten
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kb.links import is_safe_url
from kb.render.dates import zone_abbreviation
from kb.render.templating import add_filters, css
from kb.text import plural
from kb.views.models import SessionView
from kb.web.links import Links
from kb.web.page import Page, PageRequest

__all__ = ["ASSETS", "MENU", "asset", "asset_path", "environment", "render_page"]

MENU = (
    ("/next", "Read"),
    ("/semesters", "Semesters"),
    ("/topics", "Topics"),
    ("/works", "Works"),
    ("/people", "People"),
    ("/search", "Search"),
    ("/history", "History"),
)
"""Paths and names of the menu."""

ASSETS = {
    "rows.css": "text/css",
    "kb.css": "text/css",
    "copy.js": "text/javascript",
    "search.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
"""Files of ours that pages load."""


@cache
def environment() -> Environment:
    """Give the environment of the site's templates: everything escaped, unknown names an error."""
    env = Environment(
        loader=ChoiceLoader([PackageLoader("kb.web"), PackageLoader("kb.render")]),
        autoescape=True,
        auto_reload=False,  # a newer template under an older program breaks pages
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    add_filters(env)
    env.globals.update(first_today="", menu=MENU)
    env.filters.update(
        plural=plural,
        rest_of_rules=rest_of_rules,
        rule_name=rule_name,
        plural_kind=lambda kind: f"{kind.title()}s",
        zone=session_zone,
    )
    env.filters.update(
        reference=Markup
    )  # references hold no markup but the processor's <i> and <b>
    return env


def rest_of_rules(rules: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Give an area's rules without the prices, which are shown in words."""
    return tuple(
        (rule, value) for rule, value in rules.items() if not rule.startswith("prices.") and value
    )


def rule_name(rule: str) -> str:
    """Give a rule's name in words; a grade keeps its sign.

    Examples:
        >>> rule_name("minutes.per-week"), rule_name("A-")
        ('Minutes: per week', 'A-')
    """
    text = re.sub(r"-(?=\w)", " ", rule).replace(".", ": ")
    return text[:1].upper() + text[1:]


def session_zone(session: SessionView, zone: str) -> str:
    """Give the zone's abbreviation at the start of a session: `EDT`."""
    return zone_abbreviation(datetime.fromisoformat(f"{session.date}T{session.start}"), zone)


@cache
def asset(name: str) -> bytes:
    """Give the bytes of an asset."""
    if name == "kb.css":
        return css().encode()
    return files("kb.web").joinpath("assets", name).read_bytes()


@cache
def asset_path(name: str) -> str:
    """Give the path of an asset below the root, with the hash of its content: it may be kept for
    ever."""
    stem, _, ending = name.rpartition(".")
    return f"/assets/{stem}.{hashlib.sha256(asset(name)).hexdigest()[:12]}.{ending}"


def data_block(value: object) -> Markup:
    """Give data as JSON that may stand inside a `<script>` element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(
        text.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def complete(value: object, links: Links) -> object:
    """Give schema.org data with the paths below our root as full addresses."""
    if isinstance(value, Mapping):
        return {k: complete(v, links) for k, v in value.items() if v not in (None, "", ())}
    if isinstance(value, list | tuple):
        return [complete(v, links) for v in value]
    return links.absolute(value) if isinstance(value, str) and value.startswith("/") else value


def safe_prose(links: Links) -> Any:
    """Give the function that marks stored HTML, cleaned when it was built, as safe, links fitted to
    the site."""
    return lambda html: Markup(links.prose(html))  # nh3 cleaned it before it was stored


def render_page(page: Page, ask: PageRequest, links: Links, site: Mapping[str, str]) -> str:
    """Give the HTML of a page.

    Args:
        site: `title`, `licence`, `licence_url` of the collection.
    """
    ld = (
        complete({"@context": "https://schema.org", "name": site["title"], **page.json_ld}, links)
        if page.json_ld
        else None
    )
    names: dict[str, Any] = {
        "page": page,
        "ask": ask,
        "asked": {name: list(ask.all(name)) for name, _ in ask.query},
        "site": site,
        "links": links,
        "link": links.to,
        "work_link": links.work,
        "topic_link": links.topic,
        "person_link": links.person,
        "semester_link": links.semester,
        "session_link": links.session,
        "prose": safe_prose(links),
        "asset_link": lambda name: links.to(asset_path(name)),
        "description": shorten(page.description, 300, placeholder=" …"),
        "json_ld": data_block(ld) if ld else "",
        "canonical": links.absolute(page.canonical or ask.path),
        "is_safe_url": is_safe_url,
        "json_path": ("/index" if ask.path == "/" else ask.path) + ".json"
        if page.data is not None and page.status == 200
        else "",
    }
    return (
        environment().get_template(page.template).render({**names, **page.context}).rstrip() + "\n"
    )
