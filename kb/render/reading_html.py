"""A reading list as one HTML page that needs nothing else."""

from __future__ import annotations

from kb.render.setting import PLAIN, Setting
from kb.render.templating import css, environment
from kb.views.models import ReadingList

__all__ = ["render"]


def render(reading_list: ReadingList, how: Setting = PLAIN) -> str:
    """Give the page; everything from the sources is escaped, addresses that are no links stay
    text."""
    template = environment().get_template("reading_list.html")
    return (
        template.render(
            semester=reading_list.semester, sessions=reading_list.sessions, css=css()
        ).rstrip()
        + "\n"
    )
