"""Works as BibTeX, as written in the sources."""

from __future__ import annotations

from collections.abc import Iterable

from kb.render.setting import PLAIN, Setting
from kb.views.models import WorkView

__all__ = ["render"]


def render(works: Iterable[WorkView], how: Setting = PLAIN) -> str:
    """Give one entry per work, a blank line between them."""
    return "\n".join(work.bibtex for work in works)
