"""A reading list as BibTeX: the works it assigns, in the order of first use."""

from __future__ import annotations

import sqlite3

from kb.views.models import ReadingList
from kb.views.read import get_works_bibtex

__all__ = ["render"]


def render(reading_list: ReadingList, connection: sqlite3.Connection) -> str:
    """Give one entry per assigned work."""
    return "\n".join(get_works_bibtex(connection, reading_list.works))
