"""A reading list as PDF: a few pages to print, an address behind each title and not below it."""

from __future__ import annotations

from kb.render.paper import pdf
from kb.render.setting import PLAIN, Setting
from kb.render.templating import environment
from kb.views.models import ReadingList

__all__ = ["page", "render"]


def render(reading_list: ReadingList, how: Setting = PLAIN) -> bytes:
    """Give the list as PDF.

    Raises:
        UsageError: neither WeasyPrint nor Chromium is there.
    """
    return pdf(page(reading_list))


def page(reading_list: ReadingList) -> str:
    """Give the page that is printed; everything from the sources is escaped."""
    template = environment().get_template("paper_list.html")
    return template.render(
        semester=reading_list.semester,
        sessions=reading_list.sessions,
        section=reading_list.section,
    )
