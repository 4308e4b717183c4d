"""A reading list as PDF: the page that needs nothing else, printed."""

from __future__ import annotations

from kb.render.paper import pdf
from kb.render.reading_html import render as render_html
from kb.render.setting import PLAIN, Setting
from kb.views.models import ReadingList

__all__ = ["render"]


def render(reading_list: ReadingList, how: Setting = PLAIN) -> bytes:
    """Give the list as PDF.

    Raises:
        UsageError: neither WeasyPrint nor Chromium is there.
    """
    return pdf(render_html(reading_list, how))
