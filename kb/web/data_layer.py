"""Datasette's own pages in our frame: templates, and what they ask of us."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FunctionLoader, PackageLoader

from kb.web.links import person_path, semester_path, session_path, topic_path, work_path
from kb.web.templating import MENU, asset_path

__all__ = ["frame"]

PAGES: dict[str, tuple[str, Callable[[str], str]]] = {
    "works": ("key", work_path),
    "unannotated": ("key", work_path),
    "never_assigned": ("key", work_path),
    "topics": ("slug", topic_path),
    "people": ("id", person_path),
    "semesters": ("id", semester_path),
    "sessions": ("id", session_path),
}
"""Tables whose rows have a page of ours: the column that names it, and its path."""


MENDED = (
    ("<h3>", "<h2>"),
    ("</h3>", "</h2>"),
    ('<select name="_filter_column', '<select aria-label="Column" name="_filter_column'),
    ('<select name="_filter_op', '<select aria-label="Condition" name="_filter_op'),
    ('<select name="_sort"', '<select aria-label="Order" name="_sort"'),
    (
        '<input type="text" name="_filter_value',
        '<input aria-label="Value" type="text" name="_filter_value',
    ),
    ('<pre class="wrapped-sql"', '<pre tabindex="0" class="wrapped-sql"'),
    ('<pre id="sql-query"', '<pre tabindex="0" id="sql-query"'),
    ('<textarea id="sql-editor"', '<textarea aria-label="SQL" id="sql-editor"'),
)
"""What Datasette's templates say, and what people who hear or type a page need them to say."""

MENDED_TEMPLATES = frozenset({"table.html", "query.html", "database.html", "row.html"})


def mended(env: Environment, loader: BaseLoader) -> BaseLoader:
    """Give a loader of Datasette's templates with names for their fields and headings in order."""

    def load(name: str) -> str | None:
        if name not in MENDED_TEMPLATES:
            return None
        source = loader.get_source(env, name)[0]
        for told, better in MENDED:
            source = source.replace(told, better)
        return source

    return FunctionLoader(load)


def frame(env: Environment, datasette: Any) -> None:
    """Let Datasette's pages take our frame before their own.

    Args:
        env: the templates of a Datasette that serves a database of ours.
    """
    base = datasette.setting("base_url")

    def link(path: str) -> str:
        return str(base) + path.lstrip("/")

    def page_of(table: str, values: Sequence[object]) -> str:
        known = PAGES.get(table)
        return link(known[1](str(values[0]))) if known and len(values) == 1 and values[0] else ""

    def title() -> str:
        found = datasette.metadata("title") if hasattr(datasette, "metadata") else ""
        return str(found or "coursebib")

    ours = PackageLoader("kb.web", "data_templates")
    theirs = env.loader
    if theirs is not None:
        env.loader = ChoiceLoader([ours, mended(env, theirs), theirs])
    env.globals.update(
        coursebib_asset=lambda name: link(asset_path(name)),
        coursebib_key=lambda table: PAGES[table][0] if table in PAGES else "",
        coursebib_link=link,
        coursebib_menu=MENU,
        coursebib_page=page_of,
        coursebib_title=title,
    )
