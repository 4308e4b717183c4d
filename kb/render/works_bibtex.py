"""Works as BibTeX, as written in the sources."""

from __future__ import annotations

from collections.abc import Iterable

from kb.views.models import WorkView

__all__ = ["render"]


def render(works: Iterable[WorkView]) -> str:
    """Give one entry per work, a blank line between them."""
    return "\n".join(work.bibtex for work in works)
