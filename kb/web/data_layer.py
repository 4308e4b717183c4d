"""Datasette's own pages in our frame: templates, and what they ask of us."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, TemplateNotFound

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


class MendedLoader(BaseLoader):
    """Datasette's templates with names for their fields and headings in order.

    A loader that can list its templates: Datasette 1.0 lists them all for each page it looks for.
    """

    def __init__(self, theirs: BaseLoader) -> None:
        self.theirs = theirs

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Give a template that is mended here; all others are left to the next loader.

        Raises:
            TemplateNotFound: it is none of those that are mended.
        """
        if template not in MENDED_TEMPLATES:
            raise TemplateNotFound(template)
        source, name, fresh = self.theirs.get_source(environment, template)
        for told, better in MENDED:
            source = source.replace(told, better)
        return source, name, fresh

    def list_templates(self) -> list[str]:
        """Give the names of the templates that are mended."""
        return sorted(MENDED_TEMPLATES)


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
        env.loader = ChoiceLoader([ours, MendedLoader(theirs), theirs])
    env.globals.update(
        coursebib_asset=lambda name: link(asset_path(name)),
        coursebib_key=lambda table: PAGES[table][0] if table in PAGES else "",
        coursebib_link=link,
        coursebib_menu=MENU,
        coursebib_page=page_of,
        coursebib_title=title,
    )
